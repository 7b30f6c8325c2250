"""Same money elsewhere as texts and marks."""

from typing import TYPE_CHECKING, NamedTuple

from decide.question.names import lower_first
from decide.question.restate import asker
from decide.report.views.common import SourceView, named_sources, quote_lines, ref_views, why_left_out
from decide.report.views.marks import (
    Mark,
    gathered,
    kind_marks,
    name_signs,
    price_marks,
    proof_marks,
    screening_marks,
    simple,
    total_signs,
)
from decide.report.views.ranking import FactsView
from decide.report.views.screening import STATUS
from decide.report.views.verdict import Line
from decide.report.words import (
    NO_FIGURE,
    NONE,
    RANGES,
    SURENESS,
    capital,
    gain,
    gain_alone,
    money,
    money_range,
    plural,
    share,
    stars,
    stars_says,
    whole_span,
)

if TYPE_CHECKING:
    from decide.alternatives.cell import Ref
    from decide.answers.instead import Bought, Instead, InsteadRow
    from decide.answers.ranking.result import People
    from decide.catalog import Catalog

HOW = (
    "Best otherwise: the course of largest expected gain over a dummy treatment that the money buys, of those that are "
    "not next to unproven where there are any. "
    f"{RANGES}. Too close: neither helps more in three cases of four."
)

ONE, MANY = 4, 1
"""Prices, and studies, that are told of a side: for one concern, and for many."""
UNAPPROVED = ("not-approved", "unlawful")
"""Statuses that stand in the verdict itself."""


class BoughtView(NamedTuple):
    """What the money buys on one side."""

    id: str
    name: str
    signs: str
    course: str
    total: str
    gain: str
    stars: str
    aloud: str
    marks: tuple[Mark, ...]

    @property
    def line(self) -> str:
        """All of it in one text."""
        course = f" ({self.course})" if self.course else ""
        return f"{self.name}{self.signs}{course}, {self.total}: {self.gain} {self.stars}"


class InsteadRowView(NamedTuple):
    """One concern."""

    concern: str
    name: str
    spend: str
    named: BoughtView | None
    other: BoughtView | None
    verdict: str
    words: str


class InsteadView(NamedTuple):
    """Everything that a face shows of what the same money buys elsewhere."""

    title: str
    verdict: tuple[Line, ...]
    """Whether it is worth the money, and what the money comes to."""
    columns: tuple[str, ...]
    rows: tuple[InsteadRowView, ...]
    legend: tuple[Mark, ...]
    how: str
    facts: tuple[FactsView, ...]
    """The first facts behind each side: what it costs, and who studied it."""
    sources: tuple[SourceView, ...]


def instead_view(found: "Instead") -> InsteadView:
    """Same money elsewhere, concern by concern."""
    rows = tuple(
        InsteadRowView(
            concern=row.concern,
            name=row.concern_name,
            spend=money(row.spend, found.symbol) if row.spend else "—",
            named=_bought(row.named, row.scale, found),
            other=_bought(row.other, row.scale, found),
            verdict=row.verdict,
            words=_words(row, found),
        )
        for row in found.rows
    )
    sides = [side for row in rows for side in (row.named, row.other) if side is not None]
    return InsteadView(
        title=" · ".join(
            (f"Same money elsewhere: {found.name}", *asker(found.request, found.catalog), f"{found.market_name} prices")
        ),
        verdict=_verdict(found),
        columns=("concern", "money", f"as {lower_first(found.name)}", "best otherwise", "the first is"),
        rows=rows,
        legend=gathered((side.name, side.marks) for side in sides),
        how=" ".join((*quote_lines(found.quotes, found.catalog, found.symbol), HOW)),
        facts=(facts := _facts(found)),
        sources=named_sources(ref.source for one in facts for ref in one.refs),
    )


def _facts(found: "Instead") -> tuple[FactsView, ...]:
    """What each side rests on; of few concerns more than of many."""
    most = MANY if len(found.rows) > 1 else ONE
    sides = {f"{side.name}": side for row in found.rows for side in (row.named, row.other) if side is not None}
    each = (
        FactsView(
            name, ref_views(found.catalog, [r for cell in (s.cost, s.benefit) for r in _read(cell.refs)[:most]]), ""
        )
        for name, s in sides.items()
    )
    return tuple(one for one in each if one.refs)


def _read(refs: "tuple[Ref, ...]") -> list["Ref"]:
    """The facts that somebody else wrote."""
    return [ref for ref in refs if ref.kind in ("price", "study", "quote")]


def _verdict(found: "Instead") -> tuple[Line, ...]:
    lines = [Line("worth", "Worth it?", _worth(found))]
    sums = dict.fromkeys(filter(None, (_sum(row, found) for row in found.rows)))
    if len(sums) == 1:
        lines.append(Line("sum", "The sum", next(iter(sums))))
    elif sums and found.offer is not None:
        totals = [row.usual.cost.typical for row in found.rows if row.usual is not None]
        ends = " to ".join(dict.fromkeys(money(x, found.symbol) for x in (min(totals), max(totals))))
        said = (
            f"You name {money(found.offer, found.symbol)}; by prices read here a course is {ends}, by what it is for."
        )
        lines.append(Line("sum", "The sum", said))
    return tuple(lines)


def _worth(found: "Instead") -> str:
    """Yes, probably not or nobody knows: for the one concern with the reason, or for which concerns; and what of it is
    not approved.
    """
    if len(found.rows) == 1:
        (row,) = found.rows
        reason = _because(row, found)
        return f"{capital(row.worth)}: {reason}.{_unapproved(found)}"
    apart = {
        worth: [row.concern_name.lower() for row in found.rows if row.worth == worth]
        for worth in ("yes", "probably not", "nobody knows", "not to be had")
    }
    if not apart["yes"]:
        first = max(("nobody knows", "probably not"), key=lambda worth: len(apart[worth]))
        start = f"{capital(first)}: for none of {len(found.rows)} concerns is it clearly worth the money. "
    else:
        start = ""
    told = " ".join(f"{capital(worth)} for {'; '.join(names)}." for worth, names in apart.items() if names)
    return f"{start}{told}{_unapproved(found)}"


def _unapproved(found: "Instead") -> str:
    """What of the named one is sold without approval, as its status says it."""
    by_status: dict[str, dict[str, None]] = {}
    for side in filter(None, (row.named for row in found.rows)):
        for status in side.screening.status:
            if status.value in UNAPPROVED:
                by_status.setdefault(STATUS[status.value][1], {})[side.name] = None
    return "".join(f" {says}: {', '.join(names)}." for says, names in by_status.items())


def _because(row: "InsteadRow", found: "Instead") -> str:
    """Why it is worth the money, or not."""
    ours, theirs = row.named, row.other
    if ours is None:
        return _words(row, found)
    likely = gain_alone(ours.benefit, found.catalog.scales[row.scale])
    added = _added(row, found)
    if row.worth == "nobody knows":
        return added or f"{SURENESS[ours.stars]} stands behind its {likely}"
    if ours.benefit.low <= 0:
        return f"it may do no more than nothing: {likely}"
    if row.worth == "yes":
        rest = _words(row, found)
        if row.verdict == "too close":
            rest = "nothing that costs no more is likely to help more"
        return f"a gain of {likely}, {SURENESS[ours.stars]}; {added or rest}"
    if row.rival is not None:
        return "; ".join(filter(None, (_beaten(row, found), added)))
    if row.verdict == "too close" and added:
        return added
    if theirs is None or row.verdict != "too close":
        return _words(row, found)
    less = money(_cost(ours, found) - theirs.cost.typical, found.symbol)
    return f"{theirs.name} costs {less} less and is not clearly behind"


def _cost(ours: "Bought", found: "Instead") -> float:
    """What the named one costs: the sum that was named, else what it comes to by prices read here."""
    return found.offer or ours.cost.typical


def _beaten(row: "InsteadRow", found: "Instead") -> str:
    """What costs no more and is likely to help more."""
    ours, rival = row.named, row.rival
    if ours is None or rival is None:
        return ""
    less = _cost(ours, found) - rival.cost.typical
    costs = f"costs {money(less, found.symbol)} less" if less >= 1 else "costs no more"
    return f"{rival.name} {costs} and is likely to help more (a chance of {share(row.p_rival_better or 0.0)})"


def _added(row: "InsteadRow", found: "Instead") -> str:
    """What the named one adds to its base, for what more."""
    ours, adds = row.named, row.adds
    if ours is None or adds is None:
        return ""
    scale = found.catalog.scales[row.scale]
    more = adds.extra_cost if adds.extra_cost and not ours.part_course else 0.0
    price = f", for {money(more, found.symbol)} more" if more >= 1 else ""
    may = " and may add nothing" if adds.low <= 0 else ""
    return f"{ours.name} adds {gain(adds.gain, scale)} ({whole_span(adds.low, adds.high)}) to {adds.base}{may}{price}"


def _sum(row: "InsteadRow", found: "Instead") -> str:
    """What the money comes to: visits times the price of one, as it was quoted or as it is known here."""
    ours, budget, offer = row.usual, found.request.budget, found.offer
    if ours is None or ours.sessions is None:
        at_all = row.offered and row.named is not None and offer is not None
        return f"You name {money(offer or 0, found.symbol)}; no price of it is known here." if at_all else ""
    quoted = float(budget.high) if budget and budget.high and budget.per == "session" else None
    each = quoted or ours.per_visit
    if each is None:
        return ""
    visits = row.spend / each if quoted and row.spend else ours.sessions + ours.renewals
    price = money(each, found.symbol) if each == round(each) else f"{found.symbol}{each:,.2f}"
    told = f"{plural(visits, 'visit')} × {price} = {money(each * visits, found.symbol)}"
    part = row.named
    if quoted and part is not None and part.part_course:
        return f"{told}. At the prices known here that buys {part.sessions} of {part.usual_sessions} visits."
    rest = ours.cost.typical - each * visits
    more = f", and {money(rest, found.symbol)} for the rest of the course" if not quoted and rest >= 1 else ""
    if offer is None:
        return f"{told}{more}."
    apart = offer - ours.cost.typical
    less = f": {money(abs(apart), found.symbol)} {'less' if apart > 0 else 'more'} in all" if abs(apart) >= 1 else ""
    named = money(offer, found.symbol)
    one = f' If {named} is for one visit, say so: "{named} a session".' if visits > 1 and offer < 2 * each else ""
    return f"You name {named}; by prices read here {told}{more}{less}.{one}"


def _bought(bought: "Bought | None", scale: str, found: "Instead") -> BoughtView | None:
    if bought is None:
        return None
    marks = _marks(bought, found.catalog)
    people = _people(bought.people) if len(found.rows) == 1 else ""
    return BoughtView(
        id=bought.id,
        name=bought.name,
        signs=name_signs(marks),
        course=f"{bought.sessions} of {bought.usual_sessions}" if bought.part_course else "",
        total=f"{money_range(bought.cost, found.symbol)}{total_signs(marks)}",
        gain=f"{people}{gain_alone(bought.benefit, found.catalog.scales[scale])}",
        stars=stars(bought.stars),
        aloud=stars_says(bought.stars),
        marks=marks,
    )


def _people(people: "People | None") -> str:
    if people is None:
        return ""
    span = whole_span(people.low, people.high)
    return f"{round(people.typical)} of 100 people ({span}) {people.cut}, {round(people.dummy)} anyway; "


def _marks(bought: "Bought", catalog: "Catalog") -> tuple[Mark, ...]:
    found = [simple("part", f"{bought.sessions} of {bought.usual_sessions}")] if bought.part_course else []
    found += price_marks(bought.cost, bought.borrowed_from, bought.doubtful)
    found += proof_marks(bought.disagree, bought.series)
    found += kind_marks(bought.benefit)
    return (*found, *screening_marks(bought.screening, catalog))


def _words(row: "InsteadRow", found: "Instead") -> str:
    """Why the verdict is what it is."""
    p, ours, theirs = row.p_other_better or 0.0, row.named, row.other
    if row.verdict == "no figure":
        can = f"; {theirs.name} has one" if theirs is not None else ""
        return f"{NO_FIGURE} of {found.name} that a study gives{can}"
    if ours is None:
        gone = row.left_out
        why = why_left_out(gone, found.catalog, found.symbol) if gone else f"no course of {found.name} is known for it"
        return f"{why}; {theirs.name} can be had" if theirs is not None else why
    if theirs is None:
        return "nothing else fits that money"
    if row.verdict == "too close":
        told = f"neither is ahead often enough ({share(p)} for {theirs.name})"
        # beside others there is no room for a reason but here
        more = (_beaten(row, found) if row.rival and row.rival.id != theirs.id else "", _added(row, found))
        return "; ".join(filter(None, (told, *more)))
    better, chance = (theirs.name, p) if row.verdict == "behind" else (ours.name, 1 - p)
    return f"{better} helps more, with a chance of {share(chance)}"


def verdict_line(row: InsteadRowView) -> str:
    """The verdict and why."""
    return f"{capital(row.verdict)}: {row.words}."


def sides_of(row: InsteadRowView) -> tuple[tuple[str, ...], ...]:
    """Both sides of one concern, line by line."""

    def of(side: BoughtView | None) -> tuple[str, ...]:
        if side is None:
            return (NONE,) * 4
        return (
            f"{side.name}{side.signs}{f' ({side.course})' if side.course else ''}",
            side.total,
            side.gain,
            side.stars,
        )

    return tuple(zip(("what", "in all", "gain", "proof"), of(row.named), of(row.other), strict=True))
