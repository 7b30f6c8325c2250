"""What an option does on each criterion of the catalogue: as short as in a table, and in words.

Most are worded by the catalogue alone (`column`, `phrase`, `nought`); the few whose figure is more than a number are
worded here, by how they are measured.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from decide.report.views.marks import Mark, total_signs
from decide.report.words import (
    GUESSED,
    NONE,
    course_length,
    course_says,
    gain_short,
    money,
    money_range,
    part_of_score,
    reach,
    score,
    share,
    span,
    stars,
    stars_says,
)

if TYPE_CHECKING:
    from decide.answers.ranking.result import Ranked
    from decide.catalog import Catalog
    from decide.catalog.models import Criterion


class Frame(Protocol):
    """What words an option's figures: the catalogue, the scale of its benefit, money, time and weights."""

    @property
    def catalog(self) -> "Catalog": ...  # noqa: D102
    @property
    def scale(self) -> str: ...  # noqa: D102
    @property
    def symbol(self) -> str: ...  # noqa: D102
    @property
    def horizon_months(self) -> float: ...  # noqa: D102
    @property
    def weights(self) -> "dict[str, float]": ...  # noqa: D102


class CellView(NamedTuple):
    """One criterion of one option: what it does, its value from 0 to 1, its weight, and what that adds to the score."""

    criterion: str
    measure: str
    name: str
    column: str
    short: str
    says: str
    aloud: str
    """For who cannot see the signs in `short`; empty where there are none."""
    value: str
    weight: str
    adds: str
    share: float
    brief: str = ""
    """As short as in a narrow table; empty where `short` is."""
    dearest: str = ""
    """Of money: the most that it may come to."""


Words = tuple[str, str, str]


def cells(row: "Ranked", frame: Frame, marks: tuple[Mark, ...]) -> tuple[CellView, ...]:
    """Every criterion of one line of a ranking, in the catalogue's order."""
    most = max((abs(adds) for adds in row.contributions.values()), default=0.0) or 1.0
    found = []
    for criterion in frame.catalog.criteria.values():
        short, says, aloud = _none(criterion) if row.nothing else _words(criterion, row, frame, marks)
        adds = row.contributions[criterion.id]
        found.append(
            CellView(
                criterion=criterion.id,
                measure=criterion.measure,
                name=criterion.name,
                column=heading(criterion, frame),
                short=short,
                says=says,
                aloud=aloud,
                value=score(row.values[criterion.id]),
                weight=share(frame.weights[criterion.id]),
                adds=part_of_score(adds),
                share=round(adds / most, 4),
                **_short_money(criterion, row, frame, marks),
            )
        )
    return tuple(found)


def heading(criterion: "Criterion", frame: Frame) -> str:
    """What stands over a criterion's column; over gains with their unit."""
    unit = f", {frame.catalog.scales[frame.scale].step}" if criterion.measure == "benefit" else ""
    return f"{criterion.column}{unit}"


def _none(criterion: "Criterion") -> Words:
    """Doing nothing: no gain, and none of the rest."""
    return ("0", "no gain", "") if criterion.measure == "benefit" else (NONE, "none", "none")


def _words(criterion: "Criterion", row: "Ranked", frame: Frame, marks: tuple[Mark, ...]) -> Words:
    return _WORDS.get(criterion.measure, _plain)(criterion, row, frame, marks)


def _gain(criterion: "Criterion", row: "Ranked", frame: Frame, marks: tuple[Mark, ...]) -> Words:
    scale, cell = frame.catalog.scales[frame.scale], row[criterion.id]
    short = gain_short(cell)
    return short, f"{short} {scale.step} {scale.over}", ""


def _stars(criterion: "Criterion", row: "Ranked", frame: Frame, marks: tuple[Mark, ...]) -> Words:
    return stars(row.stars), stars_says(row.stars), stars_says(row.stars)


def _total(criterion: "Criterion", row: "Ranked", frame: Frame, marks: tuple[Mark, ...]) -> Words:
    text = f"{money_range(row[criterion.id], frame.symbol)}{total_signs(marks)}"
    return text, text, ""


def _short_money(criterion: "Criterion", row: "Ranked", frame: Frame, marks: tuple[Mark, ...]) -> dict[str, str]:
    """A total without its range, and the most that it may come to."""
    if criterion.measure != "cost" or row.nothing:
        return {}
    middle = money_range(row[criterion.id], frame.symbol).partition(" (")[0]
    return {"brief": f"{middle}{total_signs(marks)}", "dearest": money(row[criterion.id].high, frame.symbol)}


def _course(criterion: "Criterion", row: "Ranked", frame: Frame, marks: tuple[Mark, ...]) -> Words:
    months = frame.horizon_months
    return course_length(row.option, months), course_says(row.option, months), ""


def _plain(criterion: "Criterion", row: "Ranked", frame: Frame, marks: tuple[Mark, ...]) -> Words:
    cell = row[criterion.id]
    short = reach(cell, criterion.nought, whole=criterion.measure == "downtime")
    if short == "?":
        return short, "not known", ""
    if not any(sign.isdigit() for sign in short):
        return short, short, ""
    says = criterion.phrase.format(short.removeprefix(GUESSED))
    if says.startswith(("1 ", "<1 ")):
        says = says.replace("days", "day", 1)
    return short, f"{says}, a guess" if short.startswith(GUESSED) else says, ""


def _harm(criterion: "Criterion", row: "Ranked", frame: Frame, marks: tuple[Mark, ...]) -> Words:
    cell = row[criterion.id]
    middle, ends = span(cell.typical, cell.typical), span(cell.low, cell.high)
    short = middle if middle == ends else f"{middle} ({ends})"
    return short, criterion.phrase.format(short), ""


_WORDS: "dict[str, Callable[[Criterion, Ranked, Frame, tuple[Mark, ...]], Words]]" = {
    "benefit": _gain,
    "evidence": _stars,
    "cost": _total,
    "effort": _course,
    "risk": _harm,
}
