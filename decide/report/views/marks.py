"""Marks: the signs that stand at figures and names, each with the sentence that explains it.

A mark is decided here and nowhere else. A view holds its marks; a face shows each sign, and its sentence once.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from decide.question.names import lower_first
from decide.report.views.screening import STATUS, caution_words, gravest_words, status_words
from decide.report.words import (
    BORROWED,
    CAUTION,
    DISAGREE,
    DOUBTFUL,
    GRAVEST,
    GUESSED,
    ONE_VOICE,
    OTHER_KINDS,
    OVER,
    PRODUCT,
    SERIES,
    STARTING,
    capital,
)

if TYPE_CHECKING:
    from decide.alternatives.alternative import Option
    from decide.alternatives.cell import Cell
    from decide.alternatives.screening import Screening
    from decide.answers.ranking.result import Ranked
    from decide.catalog import Catalog


class Mark(NamedTuple):
    """A sign and what it means; `of` names what it stands at where the meaning differs from one to the next."""

    kind: str
    sign: str
    says: str
    of: tuple[str, ...] = ()
    short: str = ""
    """The same in a few words, without who says so; empty where the sentence is short itself."""

    @property
    def brief(self) -> str:
        """The few words."""
        return self.short or self.says

    @property
    def line(self) -> str:
        """Sign and sentence: `+ The high end of its range is over your budget.`"""
        joint = ": " if self.sign[-1].isalnum() else " "
        of = f": {', '.join(self.of)}" if self.of else ""
        return f"{self.sign}{joint}{self.says}{of}."

    @property
    def alone(self) -> str:
        """The sentence beside the one thing that it is about."""
        return f"{capital(self.says)}."


SAYS = {
    "part": "a part course, fewer visits than usual; its gain is scaled down",
    "renewed": "visits, and visits within the time counted to renew a result that fades",
    "doubtful": "Every price seen for it is doubtful or an offer: ask for a quote",
    "starting": "Only starting prices are known: how far up it goes is drawn from other prices of their kind",
    "one voice": "Its price is the word of one seller or one page; one fixed price is as wide as sellers are apart",
    "over": "The high end of its range is over your budget",
    "disagree": "Studies are at odds: what they say directly and through others differs by more than chance",
    "series": "no comparison of its own stands behind the figure: in its studies nobody went without",
    "kind": "No study of it names this kind: its figure and its stars are of other kinds, or of all together",
    "guess": "No source gives its downtime: a guess by how deep it goes",
}
BRIEF = {
    "part": "fewer visits than usual",
    "renewed": "visits, and visits to renew it",
    "doubtful": "every price seen is doubtful: ask for a quote",
    "starting": "only starting prices are known",
    "one voice": "price from one seller",
    "over": "may end over budget",
    "disagree": "studies are at odds",
    "series": "in its studies nobody went without",
    "kind": "no study of it names this kind",
    "guess": "a guess",
}
KINDS = (
    "caution", "kind", "product", "status", "clinic", "grave", "gravest", "part", "renewed", "borrowed", "doubtful",
    "starting", "one voice", "over", "disagree", "series", "guess",
)  # fmt: skip
"""The order in which sentences stand: what bears on safety first."""
SAFETY = ("caution", "kind", "grave", "gravest", "status", "product")
"""What stands beside a row wherever it is shown, in this order."""
EACH = ("caution", "product", "status", "grave", "gravest")
"""Kinds whose sentence says of which things it holds."""


ALIKE = {
    "caution": "take care, for what you said",
    "grave": "a lasting or dangerous harm is known, however rare",
    "product": "price and gain are of one product",
    "kind": BRIEF["kind"],
}
"""What a sign means wherever it stands, where its sentence tells of one thing."""


def alike(mark: Mark) -> Mark:
    """A mark with what its sign means wherever it stands."""
    status = next((says for sign, says in STATUS.values() if mark.kind == "status" and mark.says.startswith(says)), "")
    return mark._replace(short=ALIKE.get(mark.kind) or status or mark.brief)


def simple(kind: str, sign: str) -> Mark:
    """A mark whose sentence is always the same."""
    return Mark(kind, sign, SAYS[kind], short=BRIEF[kind])


def price_marks(
    cost: "Cell", lender: str, doubtful: bool, over: bool = False, *, starting: bool = False, voices: int = 0
) -> list[Mark]:
    """What is to be known of a total; `voices` is how many sellers or pages it rests on, 0 where that is not asked."""
    found = []
    if cost.basis == "borrowed":
        of = f"{lender.upper() or 'other'} prices"
        short = f"price borrowed from {lender.upper() or 'elsewhere'}"
        found.append(Mark("borrowed", BORROWED, f"No price known here: borrowed from {of}, range widened", short=short))
    if doubtful:
        found.append(simple("doubtful", DOUBTFUL))
    if starting:
        found.append(simple("starting", STARTING))
    if voices == 1:
        found.append(simple("one voice", ONE_VOICE))
    if over:
        found.append(simple("over", OVER))
    return found


def kind_marks(benefit: "Cell") -> list[Mark]:
    """What is to be known of a figure for one kind of a concern."""
    return [simple("kind", OTHER_KINDS)] if benefit.other_kinds else []


def proof_marks(disagree: bool, series: bool) -> list[Mark]:
    """What is to be known of the studies behind a figure."""
    return [*([simple("disagree", DISAGREE)] if disagree else []), *([simple("series", SERIES)] if series else [])]


def screening_marks(screening: "Screening", catalog: "Catalog") -> list[Mark]:
    """What this person is to take care with, how an option is sold, and the gravest harm known of it."""
    found = []
    for caution in screening.cautions:
        says = caution_words(caution, catalog)
        found.append(Mark("caution", CAUTION, says, short=caution_words(caution, catalog, brief=True)))
    for status in screening.status:
        if status.value in STATUS:
            kind = "clinic" if STATUS[status.value] == STATUS["clinic"] else "status"
            says = status_words(status, screening, catalog)
            found.append(Mark(kind, STATUS[status.value][0], says))
    if screening.gravest:
        grave = any(harm.grave or not harm.value for harm in screening.gravest)
        says, short = (gravest_words(screening.gravest, catalog, brief=brief) for brief in (False, True))
        found.append(Mark("grave" if grave else "gravest", GRAVEST, says, short=short))
    return list(dict.fromkeys(found))


def safety(marks: "Iterable[Mark]") -> str:
    """What bears on safety, in a few words each, in one text; empty where nothing is known to."""
    mine = sorted((mark for mark in marks if mark.kind in SAFETY), key=lambda mark: SAFETY.index(mark.kind))
    found = dict.fromkeys(lower_first(mark.brief) for mark in mine)
    return f"{capital('; '.join(found))}." if found else ""


def course_marks(option: "Option") -> list[Mark]:
    """What is to be known of a course's length."""
    found = []
    if option.part_course:
        found.append(simple("part", f"{option.sessions} of {option.usual_sessions}"))
    if option.renewals:
        found.append(simple("renewed", f"{option.sessions} + {option.renewals:g}"))
    return found


def row_marks(row: "Ranked", catalog: "Catalog") -> tuple[Mark, ...]:
    """Every mark of one line of a ranking."""
    cost = row.option.cost
    found = course_marks(row.option)
    found += price_marks(
        row["cost"], cost.borrowed_from, cost.doubtful, row.high_end_over_budget, starting=cost.starting,
        voices=cost.voices,
    )  # fmt: skip
    found += proof_marks(row.disagree, row.stars_working.series)
    if row["downtime"].basis == "prior":
        found.append(simple("guess", GUESSED))
    found += kind_marks(row["benefit"])
    if row.option.product is not None:
        product = catalog.products[row.option.product].name
        found.append(Mark("product", PRODUCT, f"Price and gain are of one product, {product}", short=f"as {product}"))
    return (*found, *screening_marks(row.screening, catalog))


def signs(marks: Iterable[Mark], *kinds: str) -> str:
    """The signs of these kinds, each once, in order."""
    return "".join(dict.fromkeys(mark.sign for mark in marks if mark.kind in kinds))


def name_signs(marks: Iterable[Mark]) -> str:
    """What stands at a name."""
    marks = list(marks)
    sold = dict.fromkeys(mark.sign for mark in marks if mark.kind in ("series", "status", "clinic"))
    return " ".join((signs(marks, "caution", "grave", "kind", "product", "disagree"), *sold)).rstrip()


def total_signs(marks: Iterable[Mark]) -> str:
    """What stands after a total; what is borrowed stands before it already."""
    return signs(marks, "over", "doubtful", "starting", "one voice")


def gathered(found: Iterable[tuple[str, Iterable[Mark]]]) -> tuple[Mark, ...]:
    """The marks of many things, each sentence once; cautions say of which."""
    by_sentence: dict[tuple[str, str], tuple[Mark, dict[str, None]]] = {}
    for name, marks in found:
        for mark in marks:
            _, names = by_sentence.setdefault((mark.kind, mark.says), (mark, {}))
            names[name] = None
    lines = [mark._replace(of=tuple(names) if mark.kind in EACH else ()) for mark, names in by_sentence.values()]
    return tuple(sorted(lines, key=lambda mark: KINDS.index(mark.kind)))
