"""A ranking as texts and marks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from decide.question.names import OptionId
from decide.report.views.cells import CellView, cells, heading
from decide.report.views.common import (
    AboutView,
    Group,
    RefView,
    about_view,
    left_out_view,
    ref_views,
    sentence,
    source_view,
)
from decide.report.views.doors import Door, doors
from decide.report.views.facts import stars_working
from decide.report.views.grid import SideBySide, side_by_side
from decide.report.views.marks import Mark, alike, gathered, name_signs, row_marks, safety
from decide.report.views.sureness import (
    Frontier,
    first_places,
    frontier_view,
    methods,
    order,
    without,
    working,
)
from decide.report.views.unmeasured import UnmeasuredView, unmeasured_view
from decide.report.views.verdict import (
    Line,
    anyway,
    basis,
    filters,
    kinds,
    pair,
    prices,
    standing,
    status,
    title,
    verdict,
)
from decide.report.words import NONE, score, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from decide.answers.ranking.result import Ranked, Ranking

SIDES, FACTS = 3, 5
"""Options of which a paper tells the facts, and how many facts of each."""
BLIND = 4
"""Things without a figure that a short face tells."""


class OptionView(NamedTuple):
    """One option of a ranking: its cells, and its marks with their sentences. Doing nothing has no place."""

    id: str
    name: str
    signs: str
    place: str
    tier: str
    score: str
    first_in: str
    cells: tuple[CellView, ...]
    columns: tuple[CellView, ...]
    """The cells that have a column in a table, in its order."""
    marks: tuple[Mark, ...]
    what: str = ""
    """What it is, in one line."""
    route: str = ""
    """How it is given, by which it is drawn."""

    @property
    def safety(self) -> str:
        """What bears on safety, in a few words each."""
        return safety(self.marks)


class FactsView(NamedTuple):
    """What stands behind one option's figures."""

    name: str
    refs: tuple[RefView, ...]
    working: str


class RankingView(NamedTuple):
    """Everything that a face shows of a ranking."""

    key: str
    name: str
    title: str
    status: str
    foundations: tuple[RefView, ...]
    """What is had with any of the options; stands above them."""
    verdict: tuple[Line, ...]
    """The answer in a few lines."""
    pair: tuple[str, ...]
    """Ids of the two that are worth holding side by side."""
    anyway: str
    """What happens with nothing done."""
    standing: str
    """Where doing nothing stands."""
    columns: tuple[str, ...]
    options: tuple[OptionView, ...]
    nothing: OptionView | None
    above: int
    """Of the options shown, how many stand above doing nothing."""
    between: str
    """Of those above it that are not shown."""
    under: str
    """The line under doing nothing."""
    more: int
    """Options that rank below those shown."""
    with_first_in: bool
    notes: tuple[str, ...]
    """What is told of the order where it was asked for, and what was ruled out."""
    draws: tuple[str, ...]
    """What the draws say of the order, for who looks closer."""
    kinds: tuple[str, ...]
    kind_choices: tuple[tuple[str, str], ...]
    doors: tuple[Door, ...]
    """Ways out where nothing fits."""
    frontier: Frontier | None
    legend: tuple[Mark, ...]
    unmeasured: tuple[UnmeasuredView, ...]
    blind: int
    """Things without a figure that are not shown."""
    sides: SideBySide | None
    facts: tuple[FactsView, ...]
    left_out: tuple[Group, ...]
    about: AboutView
    prices: str
    """On which prices, over which time, and what a range is."""
    basis: str

    @property
    def signs_used(self) -> tuple[Mark, ...]:
        """Every sign that stands on a row, once, with what it means wherever it stands."""
        told = [alike(mark) for mark in self.legend if mark.kind != "gravest"]
        return tuple({(mark.sign, mark.brief): mark for mark in told}.values())

    def lines(self, start: int = 0) -> tuple[OptionView | str, ...]:
        """A table's lines from an option on: doing nothing at its place, and what is said across the table: where a
        tier begins, and what stands on which side of doing nothing.
        """
        around: list[OptionView | str] = [self.between, self.nothing, self.under] if self.nothing is not None else []
        every: list[OptionView | str] = [
            *self.options[start : self.above],
            *(line for line in around if line),
            *self.options[max(start, self.above) :],
        ]
        found: list[OptionView | str] = []
        tier = ""
        for line in every:
            if isinstance(line, OptionView) and line.tier != tier:
                tier = line.tier
                found.append(tier)
            found.append(line)
        return tuple(found)


def _foundations(ranking: "Ranking") -> Iterator[RefView]:
    """What is had with any of the options: the options that are no rivals there, then what is no option."""
    for item in ranking.foundations:
        says = f"With any of these: {item.name}. {sentence(item.value)}"
        yield RefView(says, source_view(ranking.catalog, item.source))
    for foundation in ranking.catalog.foundations(ranking.concern, ranking.subtype or ""):
        if foundation.procedure is None:
            says = f"With any of these: {foundation.text[0].lower()}{foundation.text[1:]}"
            yield RefView(says, source_view(ranking.catalog, foundation.source))


def ranking_view(ranking: "Ranking", most: int | None = None) -> RankingView:
    """A ranking as texts and marks, its first so many options (all for None)."""
    shown = ranking.options[:most]
    options = tuple(option_view(row, ranking) for row in shown)
    better, idle = next(((k, row) for k, row in enumerate(ranking.rows) if row.nothing), (0, None))
    above = min(better, len(shown))
    blind = ranking.unmeasured if most is None else ranking.unmeasured[:BLIND]
    unmeasured = tuple(unmeasured_view(item, ranking) for item in blind)
    in_table = _in_table(ranking)
    first = shown[:SIDES]
    return RankingView(
        key=ranking.concern,
        name=ranking.concern_name,
        title=title(ranking),
        status=status(ranking),
        foundations=tuple(_foundations(ranking)),
        verdict=verdict(ranking),
        pair=pair(ranking),
        anyway=anyway(ranking),
        standing=standing(ranking),
        columns=tuple(heading(ranking.catalog.criteria[c], ranking) for c in in_table),
        options=options,
        nothing=option_view(idle, ranking) if idle is not None and options else None,
        above=above,
        between=f"({better - above} more stand here)" if better > above else "",
        under=_under(len(ranking.options) - better, len(shown) - above),
        more=len(ranking.options) - len(shown),
        with_first_in=any(option.first_in for option in options),
        notes=(*working(ranking), *methods(ranking), *without(ranking), *filters(ranking)),
        draws=(*first_places(ranking), *order(ranking)),
        kinds=tuple(kinds(ranking)),
        kind_choices=tuple((kind.id, kind.name) for kind in ranking.kinds),
        doors=doors(ranking),
        frontier=frontier_view(ranking),
        legend=gathered([*((o.name, o.marks) for o in options), *((u.name, u.marks) for u in unmeasured)]),
        unmeasured=unmeasured,
        blind=len(ranking.unmeasured) - len(unmeasured),
        sides=side_by_side(first, ranking) if len(first) > 1 else None,
        facts=tuple(facts(row, ranking) for row in first),
        left_out=left_out_view(
            [i for i in ranking.left_out if i.why != "foundation"], ranking.catalog, ranking.symbol,
            {row.option.id.partition("/")[0]: row.score for row in ranking.beyond},
        ),
        about=about_view(ranking.catalog, ranking.concern),
        prices=prices(ranking),
        basis=basis(ranking),
    )  # fmt: skip


def _in_table(ranking: "Ranking") -> list[str]:
    placed = {c.id: c.place for c in ranking.catalog.criteria.values() if c.place is not None}
    return sorted(placed, key=lambda c: placed[c])


def _under(worse: int, shown: int) -> str:
    """The line under doing nothing, where anything stands there."""
    if not worse:
        return ""
    return f"Worth less than doing nothing, by these weights{':' if shown else f': {worse} more'}"


def with_every_column(view: RankingView) -> RankingView:
    """The same with the criteria that have no place in a narrow table after those that have one."""

    def whole(option: OptionView) -> OptionView:
        return option._replace(columns=(*option.columns, *(c for c in option.cells if c not in option.columns)))

    options = tuple(map(whole, view.options))
    columns = tuple(cell.column for cell in options[0].columns) if options else view.columns
    nothing = whole(view.nothing) if view.nothing is not None else None
    return view._replace(options=options, nothing=nothing, columns=columns)


def option_view(row: "Ranked", ranking: "Ranking") -> OptionView:
    """A line of a ranking."""
    marks = () if row.nothing else row_marks(row, ranking.catalog)
    tiers = ranking.sureness.tiers if ranking.sureness is not None else ()
    places = [each.option.id for each in ranking.rows]
    every = cells(row, ranking, marks)
    by_id = {cell.criterion: cell for cell in every}
    named = OptionId.parse(row.option.id)
    parts = [ranking.catalog.procedures[p] for p in (named.base, named.procedure) if p and not row.nothing]
    return OptionView(
        id=row.option.id,
        name=row.option.name,
        signs=name_signs(marks),
        place=NONE if row.nothing else f"{row.rank}",
        tier=_tier(tiers, places.index(row.option.id)) if tiers else "",
        score=score(row.score),
        first_in="" if row.p_best is None else share(row.p_best),
        cells=every,
        columns=tuple(by_id[c] for c in _in_table(ranking)),
        marks=marks,
        what=" ".join(part.summary for part in parts),
        route=parts[0].route if parts else row.option.id,
    )


def _tier(tiers: "Sequence[int]", place: int) -> str:
    """In which tier a line stands, and whether others stand with it."""
    mine = tiers[place]
    return f"Tier {mine + 1}: too close to call" if tiers.count(mine) > 1 else f"Tier {mine + 1}"


def facts(row: "Ranked", ranking: "Ranking") -> FactsView:
    """The first facts behind each of an option's figures."""
    refs = [ref for c in ranking.catalog.criteria for ref in [r for r in row.cells[c].refs if r.source][:2]]
    working = stars_working(row.stars_working, ranking.catalog)
    return FactsView(row.option.name, ref_views(ranking.catalog, refs)[:FACTS], f"Evidence: {working}.")
