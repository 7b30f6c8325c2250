"""A ranking as texts and marks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from decide.question.restate import asker
from decide.report.views.cells import CellView, cells, heading
from decide.report.views.common import (
    AboutView,
    Group,
    RefView,
    about_view,
    left_out_view,
    quote_lines,
    reason,
    ref_views,
    sentence,
    source_view,
)
from decide.report.views.facts import stars_working
from decide.report.views.marks import Mark, gathered, name_signs, row_marks
from decide.report.views.sureness import Frontier, first_places, frontier_view, methods, order, without, working
from decide.report.words import (
    IN_ALL,
    RANGES,
    SURENESS,
    benefit_phrase,
    gain_range,
    listed,
    money,
    number,
    score,
    share,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from decide.answers.ranking.result import Ranked, Ranking

SIDES, FACTS = 3, 7
"""Options of which a paper tells the facts, and how many facts of each."""


class OptionView(NamedTuple):
    """One option of a ranking: its cells, and its marks with their sentences."""

    id: str
    name: str
    signs: str
    place: str
    score: str
    first_in: str
    cells: tuple[CellView, ...]
    columns: tuple[CellView, ...]
    """The cells that have a column in a table, in its order."""
    marks: tuple[Mark, ...]


class FactsView(NamedTuple):
    """What stands behind one option's figures."""

    name: str
    refs: tuple[RefView, ...]
    working: str


class SideBySide(NamedTuple):
    """A table with one column a side: criterion, then what each side does on it."""

    names: tuple[str, ...]
    heads: tuple[str, ...]
    """The names with the signs that stand at them."""
    ids: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    marks: tuple[Mark, ...]


class RankingView(NamedTuple):
    """Everything that a face shows of a ranking."""

    key: str
    name: str
    title: str
    status: str
    foundations: tuple[RefView, ...]
    """What is had with any of the options; stands above them."""
    lead: str
    columns: tuple[str, ...]
    options: tuple[OptionView, ...]
    more: int
    """Options that rank below those shown."""
    with_first_in: bool
    notes: tuple[str, ...]
    kinds: tuple[str, ...]
    kind_choices: tuple[tuple[str, str], ...]
    frontier: Frontier | None
    legend: tuple[Mark, ...]
    sides: SideBySide | None
    facts: tuple[FactsView, ...]
    left_out: tuple[Group, ...]
    about: AboutView
    basis: str


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
    shown = ranking.rows[:most]
    options = tuple(option_view(row, ranking) for row in shown)
    in_table = _in_table(ranking)
    first = shown[:SIDES]
    return RankingView(
        key=ranking.concern,
        name=ranking.concern_name,
        title=title(ranking),
        status=status(ranking),
        foundations=tuple(_foundations(ranking)),
        lead=reasons(ranking) if ranking.rows else nothing_fits(ranking),
        columns=tuple(heading(ranking.catalog.criteria[c], ranking) for c in in_table),
        options=options,
        more=len(ranking.rows) - len(shown),
        with_first_in=any(option.first_in for option in options),
        notes=(
            *first_places(ranking), *order(ranking), *working(ranking), *methods(ranking), *without(ranking),
            *filters(ranking),
        ),
        kinds=tuple(kinds(ranking)),
        kind_choices=tuple((kind.id, kind.name) for kind in ranking.kinds),
        frontier=frontier_view(ranking),
        legend=gathered((option.name, option.marks) for option in options),
        sides=side_by_side(first, ranking) if len(first) > 1 else None,
        facts=tuple(facts(row, ranking) for row in first),
        left_out=left_out_view([i for i in ranking.left_out if i.why != "foundation"], ranking.catalog, ranking.symbol),
        about=about_view(ranking.catalog, ranking.concern),
        basis=basis(ranking),
    )  # fmt: skip


def _in_table(ranking: "Ranking") -> list[str]:
    placed = {c.id: c.place for c in ranking.catalog.criteria.values() if c.place is not None}
    return sorted(placed, key=lambda c: placed[c])


def with_every_column(view: RankingView) -> RankingView:
    """The same with the criteria that have no place in a narrow table after those that have one."""
    options = tuple(
        option._replace(columns=(*option.columns, *(cell for cell in option.cells if cell not in option.columns)))
        for option in view.options
    )
    columns = tuple(cell.column for cell in options[0].columns) if options else view.columns
    return view._replace(options=options, columns=columns)


def option_view(row: "Ranked", ranking: "Ranking") -> OptionView:
    """A line of a ranking."""
    marks = row_marks(row, ranking.catalog)
    every = cells(row, ranking, marks)
    by_id = {cell.criterion: cell for cell in every}
    return OptionView(
        id=row.option.id,
        name=row.option.name,
        signs=name_signs(marks),
        place=f"{row.rank}",
        score=score(row.score),
        first_in="" if row.p_best is None else share(row.p_best),
        cells=every,
        columns=tuple(by_id[c] for c in _in_table(ranking)),
        marks=marks,
    )


def facts(row: "Ranked", ranking: "Ranking") -> FactsView:
    """The first facts behind each of an option's figures."""
    refs = [ref for c in ranking.catalog.criteria for ref in [r for r in row.cells[c].refs if r.source][:3]]
    return FactsView(
        row.option.name, ref_views(ranking.catalog, refs)[:FACTS], f"Evidence: {stars_working(row.stars_working)}."
    )


def side_by_side(rows: "Sequence[Ranked]", ranking: "Ranking") -> SideBySide:
    """Options next to each other over every criterion."""
    views = [option_view(row, ranking) for row in rows]
    lines = [("Place", tuple(f"{view.place} of {len(ranking.rows)}" for view in views))]
    lines += [(each[0].name, tuple(cell.says for cell in each)) for each in zip(*(v.cells for v in views), strict=True)]
    lines.append(("Score", tuple(view.score for view in views)))
    if any(view.first_in for view in views):
        lines.append(("First in", tuple(f"{view.first_in} of draws" if view.first_in else "—" for view in views)))
    return SideBySide(
        tuple(view.name for view in views),
        tuple(f"{view.name}{view.signs}" for view in views),
        tuple(view.id for view in views),
        tuple(lines),
        gathered((view.name, view.marks) for view in views),
    )


# ------------------------------------------------------------------ sentences


def title(ranking: "Ranking") -> str:
    """The question as it was taken, in one line."""
    budget = ranking.request.budget
    bits = [ranking.concern_name]
    if budget and budget.high is not None:
        bits.append(f"up to {money(float(budget.high), ranking.symbol)}{IN_ALL[budget.per]}")
    bits += asker(ranking.request, ranking.catalog)
    bits.append(f"{ranking.market_name} prices")
    if ranking.profile != ranking.catalog.edition.default_profile:
        bits.append(f"{ranking.profile} weights")
    return " · ".join(bits)


def status(ranking: "Ranking") -> str:
    """One short line for somebody who does not see the page change."""
    best = ranking.best
    if best is None:
        return "Nothing fits."
    count = len(ranking.rows)
    return (
        f"{count} option{'' if count == 1 else 's'}. First: {best.option.name}, "
        f"{money(best['cost'].typical, ranking.symbol)}, score {score(best.score)}."
    )


def reasons(ranking: "Ranking") -> str:
    """Why the first place is first: what it is expected to do, and what puts it ahead of the next."""
    first, lead = ranking.rows[0], ranking.lead
    scale = ranking.catalog.scales[ranking.scale]
    lent = ", by studies of other kinds" if first["benefit"].other_kinds else ""
    opening = (
        f"{first.option.name} comes first: {benefit_phrase(first['benefit'], scale)}{lent}, {SURENESS[first.stars]}, "
        f"about {money(first['cost'].typical, ranking.symbol)} in all."
    )
    if lead is None:
        return opening
    second = ranking[lead.second].option.name
    if lead.kind == "tie":
        return f"{opening} {second} scores the same."
    if not lead.ahead:
        return f"{opening} It is a hair ahead of {second}."
    criteria = ranking.catalog.criteria
    text = f"{opening} Next to {second} it {listed([criteria[c].ahead for c in lead.ahead])}"
    return f"{text}, but {listed([criteria[c].behind for c in lead.behind])}." if lead.behind else f"{text}."


def nothing_fits(ranking: "Ranking") -> str:
    """What would fit, when nothing does."""
    over = [item for item in ranking.left_out if item.why == "over budget" and item.total is not None]
    if over:
        nearest = min(over, key=lambda item: item.amount or 0)
        return f"Nothing fits. The nearest is {nearest.name}: {reason(nearest, ranking.catalog, ranking.symbol)}."
    barred = [item for item in ranking.left_out if item.screening is not None]
    if barred:
        ask = " Some may be had once somebody was asked." if ranking.ask_first else ""
        return f"Nothing here can be offered to you: see a doctor.{ask} What was left out, and why, stands below."
    return "Nothing fits what you allow. What was left out, and why, stands below."


def kinds(ranking: "Ranking") -> list[str]:
    """Which kind of the concern would change the answer, and what a document matches to each kind."""
    lines = []
    changing = [kind for kind in ranking.kinds if kind.changes]
    if changing:
        leads = "; ".join(f"{kind.name.lower()}: {kind.first}" for kind in changing)
        lines.append(f"Which kind matters. By the studies of each kind another option would lead for {leads}.")
    matched = [kind for kind in ranking.kinds if kind.matched]
    if matched:
        by = ", ".join(dict.fromkeys(source for kind in matched for source in kind.matched_by))
        pairs = "; ".join(f"{kind.name.lower()}: {', '.join(kind.matched)}" for kind in matched)
        lines.append(f"Matched to a kind by {by}: {pairs}.")
    return lines


def filters(ranking: "Ranking") -> list[str]:
    """What each thing that is ruled out costs in score."""
    lines = []
    for cost in ranking.filter_costs:
        if cost.best_with is None:
            continue
        what = f"more than {plural_days(cost.days)} of downtime" if cost.days is not None else cost.name
        if cost.best_without is None:
            lines.append(f"Without {what} nothing is left; with it the best score would be {score(cost.best_with)}.")
        elif cost.best_with > cost.best_without + 0.005:
            lines.append(
                f"Without {what} the best score falls from {score(cost.best_with)} to {score(cost.best_without)}."
            )
        else:
            lines.append(f"Leaving out {what} costs nothing: the first place is the same.")
    return lines


def plural_days(days: float) -> str:
    """Days of downtime."""
    return f"{days:g} day{'' if days == 1 else 's'}"


def basis(ranking: "Ranking") -> str:
    """Market, price years, horizon, weights, and what doing nothing gives."""
    years = ""
    if ranking.price_years:
        first, last = ranking.price_years
        years = f" of {first}" if first == last else f" of {first}–{last}"
    criteria = ranking.catalog.criteria
    weights = ", ".join(f"{criteria[c].name.lower()} {share(w)}" for c, w in ranking.weights.items() if w >= 0.005)
    idle = gain_range(ranking.nothing_done.low, ranking.nothing_done.high, ranking.catalog.scales[ranking.scale])
    quoted = "".join(f"{line} " for line in quote_lines(ranking.quotes, ranking.catalog, ranking.symbol))
    return (
        f"{quoted}On {ranking.market_name} prices{years}, over {number(ranking.horizon_months)} months, upkeep "
        "included. "
        f"{RANGES}; with placebo or nothing done, people in these studies got {idle}. Weights: {weights}. "
        f"Catalogue {ranking.edition} ({ranking.edition_date})."
    )
