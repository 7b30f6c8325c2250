"""What several views share: sources, facts with their sources, what a concern is, what is left out and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from decide.report.views.facts import fact_says
from decide.report.views.screening import grounds, source_label
from decide.report.words import PER, capital, in_words, listed, money, number, readable

if TYPE_CHECKING:
    from decide.alternatives.alternative import LeftOut
    from decide.alternatives.cell import Ref
    from decide.alternatives.quotes import QuoteUse, Use
    from decide.answers.claims import Said
    from decide.catalog import Catalog


JUDGED = "judged here"


class SourceView(NamedTuple):
    """A source as texts; `link` is empty unless it leads to a web address."""

    id: str
    title: str = ""
    who: str = ""
    year: str = ""
    link: str = ""
    interest: str = ""
    label: str = ""
    """How people name it, with its year."""

    @property
    def told(self) -> str:
        """The source in one line, without its address."""
        who = ", ".join(x for x in (self.who, self.year) if x)
        return f"{self.title.rstrip('.')}.{f' {who}.' if who else ''}{f' {self.gains}' if self.interest else ''}"

    @property
    def gains(self) -> str:
        """What the source stands to gain."""
        return f"Interest: {self.interest.rstrip('.')}." if self.interest else ""


class RefView(NamedTuple):
    """One fact behind a figure, with its source."""

    says: str
    source: SourceView


def source_view(catalog: "Catalog", identity: str) -> SourceView:
    """A source by its id; one that the catalogue does not hold (a person's own quote) has only its name."""
    known = catalog.sources.get(identity)
    if known is None:
        return SourceView(identity, label=identity)
    return SourceView(
        identity,
        known.title,
        known.authors or known.publisher,
        str(known.year) if known.year else "",
        known.link if known.link.startswith(("https://", "http://")) else "",
        known.interest,
        source_label(catalog, identity),
    )


def ref_views(catalog: "Catalog", refs: "Iterable[Ref]") -> tuple[RefView, ...]:
    """Facts with their sources, each once."""
    found = (RefView(fact_says(ref, catalog), _behind(catalog, ref)) for ref in refs)
    return tuple(dict.fromkeys(found))


def _behind(catalog: "Catalog", ref: "Ref") -> SourceView:
    """The source of a fact; what is judged here stands in a file, which is no name."""
    judged = ref.kind in ("prior", "assumption") and ref.source not in catalog.sources
    return SourceView(ref.source, label=JUDGED) if judged else source_view(catalog, ref.source)


def named_sources(sources: Iterable[SourceView]) -> tuple[SourceView, ...]:
    """Sources in order, each once, those without a title left out."""
    return tuple({source.id: source for source in sources if source.title}.values())


# ------------------------------------------------------------------ what is claimed


class ClaimView(NamedTuple):
    """What somebody says of a procedure, and what they stand to gain."""

    says: str
    source: SourceView


def claim_views(claims: "Iterable[Said]", catalog: "Catalog") -> tuple[ClaimView, ...]:
    """Who says what."""
    found = []
    for said in claims:
        ends = "–".join(dict.fromkeys(f"{x:g}" for x in (said.low, said.high) if x is not None))
        of = f" of {said.of:g}" if said.of else ""
        found.append(
            ClaimView(f"{readable(said.about)}: {in_words(said.words) or ends}{of}", source_view(catalog, said.source))
        )
    return tuple(found)


# ------------------------------------------------------------------ a concern


class AboutView(NamedTuple):
    """What a concern is, what becomes of it untreated, and what to ask a clinician."""

    title: str
    summary: str
    told: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]


ASK, CHECK = "Questions for the clinician", "Checklist for the appointment"
OWN_QUESTIONS = (
    "What is the price of all visits, and of all that goes with them?",
    "What happens if it does not work, and who pays for that?",
)


def about_view(catalog: "Catalog", concern: str) -> AboutView:
    """A concern in the catalogue's words."""
    known = catalog.concerns[concern]
    told = (("Left alone", known.untreated), ("Living with it", known.living_with))
    return AboutView(
        f"About {known.name.lower()}",
        known.summary,
        tuple((name, text) for name, text in told if text),
        (*known.question_for_clinician, *OWN_QUESTIONS),
    )


# ------------------------------------------------------------------ quoted prices


def quote_lines(quotes: "Iterable[QuoteUse]", catalog: "Catalog", symbol: str) -> tuple[str, ...]:
    """What each quote was used for, multiplied out where a session takes several units."""
    return tuple(
        f"Your price {quote.said.partition('=')[2] or quote.said} is used for "
        f"{'; '.join(_used(use, quote, catalog, symbol) for use in quote.procedures)}."
        for quote in quotes
    )


def _used(use: "Use", quote: "QuoteUse", catalog: "Catalog", symbol: str) -> str:
    ends = dict.fromkeys(money(x, symbol) for x in (quote.low, quote.high))
    told = f"{catalog.procedures[use.procedure].name}: {' to '.join(ends)} {_a(use.unit)}"
    if use.counted is None:
        return told
    low, typical, high = use.counted
    if use.unit in ("tube", "bottle"):
        return f"{told}, which lasts {number(typical)} months ({number(low)} to {number(high)})"
    total = money(typical * (quote.low + quote.high) / 2, symbol)
    return f"{told}, {number(typical)} of them a session ({number(low)} to {number(high)}) make {total}"


def _a(unit: str) -> str:
    return f"{'an' if unit[0] == 'a' else 'a'} {unit}"


# ------------------------------------------------------------------ what is left out


class LeftView(NamedTuple):
    """One thing that is left out: its name, what tells more of the reason, and the source behind it."""

    name: str
    reason: str
    source: SourceView | None
    costs: str = ""

    @property
    def brief(self) -> str:
        """The name, and what it costs where that is the reason."""
        return f"{self.name} {self.costs}".rstrip()

    @property
    def text(self) -> str:
        """Name and reason."""
        return _with(self.name, self.reason)

    @property
    def line(self) -> str:
        """All of it in one text."""
        return _with(self.name, "; ".join(x for x in (self.reason, self.source.label if self.source else "") if x))


def _with(name: str, more: str) -> str:
    return f"{name}, {more}" if "(" in more else f"{name} ({more})" if more else name


class Group(NamedTuple):
    """Things left out for one reason; `told` says how many where their names say nothing more."""

    why: str
    title: str
    lines: tuple[LeftView, ...]
    told: str = ""
    things: int = 0
    """How many things: those with one reason stand in one line."""

    @property
    def short(self) -> bool:
        """Whether a face may show the first of its lines alone: never of what is to be asked first."""
        return self.why != ASK_FIRST


LEFT_OUT = "Left out, and why"
ASK_FIRST = "ask first"
TITLES = {
    "not for you": "Not for you",
    "ask first": "Ask first",
    "not allowed": "Not allowed here",
    "avoided": "Ruled out by what you avoid",
    "downtime": "Too much downtime",
    "excluded": "Ruled out by you",
    "failed": "Did not work for you before",
    "foundation": "Had with any of these",
    "over budget": "Over budget",
    "no price": "No price known here (ask for a quote)",
    "no count": "No course known",
    "no study": "No study of this or this kind here",
}
"""Why something is not in a ranking, as a heading; the weightiest reason first."""


def left_out_view(
    items: "Sequence[LeftOut]", catalog: "Catalog", symbol: str, scores: "Mapping[str, float] | None" = None
) -> tuple[Group, ...]:
    """What is left out, by reason; what would score most first, then the nearest to the budget."""
    found = []
    for why, title in TITLES.items():
        mine = [item for item in items if item.why == why]
        mine.sort(key=lambda item: (-(scores or {}).get(item.id, -1.0), item.amount or 0))
        if mine:
            by: dict[tuple[str, SourceView | None, str, str], list[str]] = {}
            for i in mine:
                told = reason(i, catalog, symbol)
                source = source_view(catalog, i.source) if i.source else None
                costs = money(i.total.typical, symbol) if i.total is not None and why == "over budget" else ""
                # one reason is told once, where all are told
                by.setdefault((told, source, costs, "" if why == ASK_FIRST else i.name), []).append(i.name)
            lines = [LeftView(listed(names), told, source, costs) for (told, source, costs, _), names in by.items()]
            procedures = "procedure has" if len(mine) == 1 else "procedures have"
            summed = f"{len(mine)} other {procedures} no study of this or this kind here." if why == "no study" else ""
            found.append(Group(why, title, tuple(lines), summed, len(mine)))
    return tuple(found)


def reason(item: "LeftOut", catalog: "Catalog", symbol: str) -> str:
    """Why one thing is left out, as far as the heading of its group does not say it."""
    if item.why == "over budget" and item.total is not None:
        part = f", for {number(item.sessions)} sessions" if item.sessions and item.sessions > 1 else ""
        if item.sessions and item.usual and item.sessions < item.usual:
            part = f", for {item.sessions} of {item.usual} sessions"
        over = f"over by {money(item.amount or 0, symbol)}{PER[item.per]}"
        return f"{over} ({money(item.total.typical, symbol)} in all{part})"
    if item.screening is not None:
        return grounds(item.screening, catalog, item.id)
    if item.why == "downtime":
        return f"about {number(item.days or 0)} days of downtime{' (a guess)' if item.guess else ''}"
    if item.why == "no price":
        apart = f"studied was {item.value}; the prices known are of other products" if item.value else ""
        alone = f"{item.base} alone is {money(item.base_total, symbol)}" if item.base_total is not None else ""
        return "; ".join(filter(None, (apart, alone)))
    return {
        "not allowed": item.value,
        "foundation": item.value,
        "avoided": f"needs {catalog.avoids[item.value].needs}" if item.value in catalog.avoids else "",
        "no count": "no source says how many sessions a course takes",
    }.get(item.why, "")


def why_left_out(item: "LeftOut", catalog: "Catalog", symbol: str) -> str:
    """The whole reason why one thing is left out, for a face that shows no heading: `over budget, over by $200`."""
    more = reason(item, catalog, symbol)
    title = TITLES[item.why]
    return f"{title[0].lower()}{title[1:]}{f': {more}' if more else ''}"


def sentence(text: str) -> str:
    """A text with a large letter first and a full stop last."""
    return f"{capital(text).rstrip('.')}."
