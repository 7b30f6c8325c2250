"""Same money elsewhere as texts and marks."""

from typing import TYPE_CHECKING, NamedTuple

from decide.question.restate import asker
from decide.report.views.common import quote_lines, why_left_out
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
from decide.report.words import (
    NO_FIGURE,
    RANGES,
    capital,
    gain_alone,
    money,
    money_range,
    share,
    stars,
    stars_says,
)

if TYPE_CHECKING:
    from decide.answers.instead import Bought, Instead, InsteadRow
    from decide.catalog import Catalog

HOW = (
    "Best otherwise: the course of largest expected gain over a dummy treatment that the money buys. "
    f"{RANGES}. Too close: neither helps more in three draws of four."
)


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
    columns: tuple[str, ...]
    rows: tuple[InsteadRowView, ...]
    legend: tuple[Mark, ...]
    how: str


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
            (f"Same money elsewhere: {found.name}", *asker(found.request, found.catalog), f"{found.market} prices")
        ),
        columns=("concern", "money", f"as {found.name.lower()}", "best otherwise", "the first is"),
        rows=rows,
        legend=gathered((side.name, side.marks) for side in sides),
        how=" ".join((*quote_lines(found.quotes, found.catalog, found.symbol), HOW)),
    )


def _bought(bought: "Bought | None", scale: str, found: "Instead") -> BoughtView | None:
    if bought is None:
        return None
    marks = _marks(bought, found.catalog)
    return BoughtView(
        id=bought.id,
        name=bought.name,
        signs=name_signs(marks),
        course=f"{bought.sessions} of {bought.usual_sessions}" if bought.part_course else "",
        total=f"{money_range(bought.cost, found.symbol)}{total_signs(marks)}",
        gain=gain_alone(bought.benefit, found.catalog.scales[scale]),
        stars=stars(bought.stars),
        aloud=stars_says(bought.stars),
        marks=marks,
    )


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
        return f"neither is ahead often enough ({share(p)} for {theirs.name})"
    better, chance = (theirs.name, p) if row.verdict == "behind" else (ours.name, 1 - p)
    return f"{better} helps more, with a chance of {share(chance)}"


def verdict_line(row: InsteadRowView) -> str:
    """The verdict and why."""
    return f"{capital(row.verdict)}: {row.words}."
