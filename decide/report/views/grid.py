"""Options next to each other and doing nothing: what a person asks of each as rows, the better cell marked.

A cell is marked among the options where it is clearly better: a gain whose likely range leaves out the others' figures,
a sum or harm that is clearly less, more stars, fewer visits. What is not known is never better.
"""

from typing import TYPE_CHECKING, NamedTuple

from decide.answers.ranking.verdict import clearly_less, people_of
from decide.question.names import OptionId, lower_first
from decide.report.views.cells import cells
from decide.report.views.common import TITLES, ref_views
from decide.report.views.marks import Mark, gathered, name_signs, row_marks
from decide.report.views.screening import gravest_words, harms_told
from decide.report.views.unmeasured import unmeasured_view
from decide.report.words import (
    BETTER,
    NONE,
    SURENESS,
    course_says,
    gain_phrase,
    money,
    number,
    plural,
    reach,
    some,
    span,
    stars,
    whole_span,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from decide.alternatives.cell import Cell
    from decide.answers.comparison import Side
    from decide.answers.ranking.result import Ranked, Ranking

ASKED = ("benefit", "cost", "effort", "downtime", "risk", "evidence", "durability")
"""Measures that a question of its own is about."""
HARMS, KEPT = 2, 1
"""How many harms, and facts on what is kept, are told of each."""
NOT_KNOWN = "not known"
UNTREATED = "If I do nothing"
KEY = f"{BETTER} clearly the better of these."


class SideBySide(NamedTuple):
    """A table with one column a side, doing nothing last: a question, then what each side does on it."""

    names: tuple[str, ...]
    heads: tuple[str, ...]
    """The names with the signs that stand at them."""
    ids: tuple[str, ...]
    """Empty for doing nothing."""
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    marks: tuple[Mark, ...]
    key: str
    """What the mark of the better cell says; empty where none is."""


class Blank(NamedTuple):
    """A column of what has no place: what is known of it, by the question."""

    id: str
    name: str
    cells: "Mapping[str, str]"
    marks: tuple[Mark, ...] = ()


def side_by_side(rows: "Sequence[Ranked]", ranking: "Ranking", blanks: "Sequence[Blank]" = ()) -> SideBySide:
    """Options, those without a place, and doing nothing, over what a person asks of each."""
    marks = [(row.option.name, row_marks(row, ranking.catalog)) for row in rows]
    marks += [(blank.name, blank.marks) for blank in blanks]
    names, known = [name for name, _ in marks], ranking.catalog.concerns[ranking.concern]
    people = people_of(ranking, rows[0]["benefit"]) if rows else None
    idle = f"{round(people.dummy)} of 100, with a dummy treatment" if people is not None else "no gain"
    lines = (
        ("What happens", [_happens(row, ranking) for row in rows], "nothing is done", None),
        ("How many it helps", [_helps(row, ranking) for row in rows], idle, _gains(rows)),
        ("In all", [_money(row, ranking) for row in rows], money(0, ranking.symbol), _least("cost", rows, ranking)),
        ("Visits, days off", [_visits(row, ranking) for row in rows], "none", _visits_least(rows)),
        ("What can go wrong", [_harms(row) for row in rows], "nothing of treatment", _least("risk", rows, ranking)),
        ("The gravest", [_gravest(row, ranking) for row in rows], "none of treatment", None),
        ("How sure", [_sure(row) for row in rows], "", _surest(rows)),
        ("How long it lasts", [_lasts(row, ranking) for row in rows], "", None),
        *_rest(rows, ranking),
        (UNTREATED, ["" for _ in rows], known.untreated or NOT_KNOWN, None),
    )
    told = tuple(
        (
            label,
            (
                *(f"{BETTER} {cell}" if k == better else cell for k, cell in enumerate(each)),
                *(blank.cells.get(label, NONE if label != UNTREATED else "") for blank in blanks),
                nothing,
            ),
        )
        for label, each, nothing, better in lines
    )
    return SideBySide(
        names=(*names, "Doing nothing"),
        heads=(*(f"{name}{name_signs(found)}" for name, found in marks), "Doing nothing"),
        ids=(*(row.option.id for row in rows), *(blank.id for blank in blanks), ""),
        rows=told,
        marks=gathered(marks),
        key=KEY if any(better is not None for *_, better in lines) else "",
    )


# ------------------------------------------------------------------ what each does


def _rest(rows: "Sequence[Ranked]", ranking: "Ranking") -> "list[tuple[str, list[str], str, None]]":
    """The criteria that no question above is about, an overlay's among them."""
    each = [cells(row, ranking, row_marks(row, ranking.catalog)) for row in rows]
    columns = [column for column in zip(*each, strict=True) if column[0].measure not in ASKED]
    return [(column[0].name, [cell.says for cell in column], "", None) for column in columns]


def _happens(row: "Ranked", ranking: "Ranking") -> str:
    return happens(row.option.effect.main, ranking)


def happens(procedure: str, ranking: "Ranking") -> str:
    """What is done."""
    known = ranking.catalog.procedures[procedure]
    return (known.during or known.summary).rstrip(".")


def blank_of(side: "Side", ranking: "Ranking") -> Blank:
    """What is known of a side that has no place: it has no figure, or is left out."""
    main, total, screening, more = OptionId.parse(side.asked).procedure, None, None, {}
    marks: tuple[Mark, ...] = ()
    if (item := side.unmeasured) is not None:
        main, total, screening = item.option.effect.main, item.total, item.screening
        marks = unmeasured_view(item, ranking).marks
        visits = course_says(item.option, ranking.horizon_months)
        more = {"How many it helps": "no study gives a figure", "Visits, days off": visits,
                "How sure": f"{stars(item.stars)} {SURENESS[item.stars]}"}  # fmt: skip
    elif (gone := side.left_out) is not None:
        main, total, screening = OptionId.parse(gone.id).procedure, gone.total, gone.screening
        more = {"How many it helps": f"not compared: {lower_first(TITLES[gone.why])}"}
    gravest = gravest_words(screening.gravest, ranking.catalog, brief=True) if screening and screening.gravest else ""
    told = {
        "What happens": happens(main, ranking) if main in ranking.catalog.procedures else "",
        "In all": _sum(total, ranking) if total is not None else "",
        "The gravest": gravest.partition(": ")[2],
        **more,
    }
    identity = main if main in ranking.catalog.procedures else ""
    return Blank(identity, side.name, {label: cell for label, cell in told.items() if cell}, marks)


def _helps(row: "Ranked", ranking: "Ranking") -> str:
    people = people_of(ranking, row["benefit"])
    if people is None:
        return gain_phrase(row["benefit"], ranking.catalog.scales[ranking.scale])
    return f"{round(people.typical)} of 100 ({whole_span(people.low, people.high)}) come out {people.cut}"


def _money(row: "Ranked", ranking: "Ranking") -> str:
    return _sum(row["cost"], ranking)


def _sum(cost: "Cell", ranking: "Ranking") -> str:
    dearest = f", {money(cost.high, ranking.symbol)} at the dearest" if cost.high > cost.typical else ""
    return f"about {money(cost.typical, ranking.symbol)}{dearest}"


def _visits(row: "Ranked", ranking: "Ranking") -> str:
    off = reach(row["downtime"], whole=True)
    days = f", {off.removeprefix('~')} days off after each" if off[-1:].isdigit() and row.option.sessions else ""
    return f"{course_says(row.option, ranking.horizon_months)}{days}{' (a guess)' if days and '~' in off else ''}"


def _harms(row: "Ranked") -> str:
    """The harms that were counted, the commonest first."""
    told = harms_told(row["risk"].refs)
    return some(told, HARMS) if told else "no source gives a rate"


def _gravest(row: "Ranked", ranking: "Ranking") -> str:
    gravest = row.screening.gravest
    return gravest_words(gravest, ranking.catalog, brief=True).partition(": ")[2] or NOT_KNOWN if gravest else NOT_KNOWN


def _sure(row: "Ranked") -> str:
    working = row.stars_working
    seen = f", {plural(working.studies, 'study')} of {number(working.people)} people" if working.people else ""
    return f"{stars(row.stars)} {SURENESS[row.stars]}{seen}"


def _lasts(row: "Ranked", ranking: "Ranking") -> str:
    criterion = next((c for c in ranking.catalog.criteria.values() if c.measure == "durability"), None)
    cell = row[criterion.id] if criterion is not None else None
    if cell is not None and cell.known and criterion is not None:
        return reach(cell, criterion.nought) if cell.basis == "as-used" else f"{span(cell.low, cell.high)} months"
    return "; ".join(ref.says for ref in ref_views(ranking.catalog, row.afterwards[:KEPT])) or NOT_KNOWN


# ------------------------------------------------------------------ which is clearly better


def _gains(rows: "Sequence[Ranked]") -> int | None:
    """Whose likely range leaves out what the others are expected to gain."""
    if len(rows) < 2:
        return None
    best = max(range(len(rows)), key=lambda k: rows[k]["benefit"].typical)
    others = [row["benefit"].typical for k, row in enumerate(rows) if k != best]
    return best if others and rows[best]["benefit"].low > max(others) else None


def _least(criterion: str, rows: "Sequence[Ranked]", ranking: "Ranking") -> int | None:
    cells = [row[criterion] for row in rows]
    if len(cells) < 2:
        return None
    best = min(range(len(cells)), key=lambda k: cells[k].typical)
    others = [cell for k, cell in enumerate(cells) if k != best]
    less = others and all(clearly_less(ranking.catalog, cells[best], other) for other in others)
    return best if less and all(cell.known for cell in cells) else None


def _visits_least(rows: "Sequence[Ranked]") -> int | None:
    """Who asks for fewer visits, and for no more days off."""
    asked = [(row.option.sessions or 0, row["downtime"].high) for row in rows]
    if len(asked) < 2:
        return None
    best = min(range(len(asked)), key=asked.__getitem__)
    others = [pair for k, pair in enumerate(asked) if k != best]
    fewer = others and all(asked[best][0] < visits and asked[best][1] <= days for visits, days in others)
    return best if fewer and all(row["downtime"].known for row in rows) else None


def _surest(rows: "Sequence[Ranked]") -> int | None:
    best = max(range(len(rows)), key=lambda k: rows[k].stars, default=0)
    return best if len(rows) > 1 and [row.stars for row in rows].count(rows[best].stars) == 1 else None
