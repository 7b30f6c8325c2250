"""A ranking as texts and marks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from decide.question.names import lower_first
from decide.question.restate import asker
from decide.report.views.cells import CellView, cells, heading
from decide.report.views.common import (
    AboutView,
    ClaimView,
    Group,
    RefView,
    about_view,
    claim_views,
    left_out_view,
    quote_lines,
    reason,
    ref_views,
    sentence,
    source_view,
)
from decide.report.views.facts import stars_working
from decide.report.views.marks import (
    Mark,
    gathered,
    name_signs,
    price_marks,
    row_marks,
    screening_marks,
    total_signs,
)
from decide.report.views.sureness import (
    Frontier,
    first_places,
    first_tier,
    for_more,
    frontier_view,
    methods,
    order,
    without,
    working,
)
from decide.report.words import (
    IN_ALL,
    NONE,
    RANGES,
    SURENESS,
    gain_alone,
    gain_phrase,
    level,
    listed,
    money,
    money_range,
    number,
    plural,
    score,
    share,
    some,
    stars,
    stars_says,
    whole_span,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from decide.alternatives.cell import Cell
    from decide.answers.ranking.result import Kind, Ranked, Ranking, Unmeasured
    from decide.answers.why import Why

SIDES, FACTS = 3, 5
"""Options of which a paper tells the facts, and how many facts of each."""
CLAIMS, TIED, BLIND = 2, 5, 8
"""How many claims of one thing, names of those too close to call, and things without a figure a short face tells."""
UNMEASURED = "No figure: no study gives one, so it has no place"


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


class UnmeasuredView(NamedTuple):
    """What may be had and has no figure."""

    id: str
    name: str
    signs: str
    total: str
    stars: str
    aloud: str
    claims: tuple[ClaimView, ...]
    marks: tuple[Mark, ...]

    @property
    def claimed(self) -> str:
        """Who claims what of it."""
        told = some([f"{claim.says} (says {claim.source.id})" for claim in self.claims], CLAIMS)
        return f"claimed: {told}" if told else ""

    @property
    def line(self) -> str:
        """All of it in one text."""
        return "; ".join(filter(None, (f"{self.name}{self.signs}, {self.total}, {self.stars}", self.claimed)))


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
    kind: str
    """For which kind this is, where nobody said one, with who leads the others."""
    lead: str
    anyway: str
    """What happens with nothing done, and where doing nothing stands."""
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
    kinds: tuple[str, ...]
    kind_choices: tuple[tuple[str, str], ...]
    frontier: Frontier | None
    legend: tuple[Mark, ...]
    unmeasured: tuple[UnmeasuredView, ...]
    blind: int
    """Things without a figure that are not shown."""
    sides: SideBySide | None
    facts: tuple[FactsView, ...]
    left_out: tuple[Group, ...]
    about: AboutView
    basis: str

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
        kind=assumed(ranking),
        lead=reasons(ranking) if ranking.rows else nothing_fits(ranking),
        anyway=" ".join(filter(None, (anyway(ranking), standing(ranking)))),
        columns=tuple(heading(ranking.catalog.criteria[c], ranking) for c in in_table),
        options=options,
        nothing=option_view(idle, ranking) if idle is not None else None,
        above=above,
        between=f"({better - above} more stand here)" if better > above else "",
        under=_under(len(ranking.options) - better, len(shown) - above),
        more=len(ranking.options) - len(shown),
        with_first_in=any(option.first_in for option in options),
        notes=(
            *for_more(ranking), *first_places(ranking), *order(ranking), *working(ranking), *methods(ranking),
            *without(ranking), *filters(ranking),
        ),
        kinds=tuple(kinds(ranking)),
        kind_choices=tuple((kind.id, kind.name) for kind in ranking.kinds),
        frontier=frontier_view(ranking),
        legend=gathered([*((o.name, o.marks) for o in options), *((u.name, u.marks) for u in unmeasured)]),
        unmeasured=unmeasured,
        blind=len(ranking.unmeasured) - len(unmeasured),
        sides=side_by_side(first, ranking) if len(first) > 1 else None,
        facts=tuple(facts(row, ranking) for row in first),
        left_out=left_out_view([i for i in ranking.left_out if i.why != "foundation"], ranking.catalog, ranking.symbol),
        about=about_view(ranking.catalog, ranking.concern),
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
    )


def _tier(tiers: "Sequence[int]", place: int) -> str:
    """In which tier a line stands, and whether others stand with it."""
    mine = tiers[place]
    return f"Tier {mine + 1}: too close to call" if tiers.count(mine) > 1 else f"Tier {mine + 1}"


def unmeasured_view(item: "Unmeasured", ranking: "Ranking") -> UnmeasuredView:
    """A line of what has no figure."""
    cost = item.option.cost
    marks = (
        *price_marks(
            item.total, cost.borrowed_from, cost.doubtful, item.high_end_over_budget, starting=cost.starting,
            voices=cost.voices,
        ),
        *screening_marks(item.screening, ranking.catalog),
    )  # fmt: skip
    return UnmeasuredView(
        id=item.id,
        name=item.name,
        signs=name_signs(marks),
        total=f"{money_range(item.total, ranking.symbol)}{total_signs(marks)}",
        stars=stars(item.stars),
        aloud=stars_says(item.stars),
        claims=claim_views(item.claims, ranking.catalog),
        marks=marks,
    )


def facts(row: "Ranked", ranking: "Ranking") -> FactsView:
    """The first facts behind each of an option's figures."""
    refs = [ref for c in ranking.catalog.criteria for ref in [r for r in row.cells[c].refs if r.source][:2]]
    working = stars_working(row.stars_working, ranking.catalog)
    return FactsView(row.option.name, ref_views(ranking.catalog, refs)[:FACTS], f"Evidence: {working}.")


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
        return NOTHING_FIRST if ranking.rows else "Nothing fits."
    return (
        f"{plural(len(ranking.options), 'option')}. First: {best.option.name}, "
        f"{money(best['cost'].typical, ranking.symbol)}, score {score(best.score)}."
    )


NOTHING_FIRST = "Nothing here is worth more than doing nothing, by these weights."


def reasons(ranking: "Ranking") -> str:
    """Why the first place is first: what it is expected to gain, and what puts it ahead of the next."""
    tied = first_tier(ranking)
    close = f"Too close to call: {listed(_some_names(tied))}. " if tied else ""
    best, lead = ranking.best, ranking.lead
    if best is None:
        first = ranking.options[0]
        return f"{NOTHING_FIRST} {close}The nearest is {_opening(first, ranking)}."
    opening = f"{close}{best.option.name} comes first: {_opening(best, ranking).partition(': ')[2]}."
    if lead is None:
        return opening
    other = ranking[lead.second]
    second = lower_first(other.option.name) if other.nothing else other.option.name
    if lead.kind == "tie":
        return f"{opening} {second} scores the same."
    if not lead.ahead:
        return f"{opening} It is a hair ahead of {second}."
    criteria = ranking.catalog.criteria
    text = f"{opening} Next to {second} it {listed([criteria[c].ahead for c in lead.ahead])}"
    return f"{text}, but {listed([criteria[c].behind for c in lead.behind])}." if lead.behind else f"{text}."


def _some_names(names: "Sequence[str]") -> list[str]:
    more = len(names) - TIED
    return [*names[:TIED], *([f"{more} more"] if more > 0 else [])]


def _opening(row: "Ranked", ranking: "Ranking") -> str:
    """An option with what it is expected to gain, how sure that is, and what it costs."""
    lent = ", by studies of other kinds" if row["benefit"].other_kinds else ""
    series = ", by series alone" if row.stars_working.series else ""
    phrase = gain_phrase(row["benefit"], ranking.catalog.scales[ranking.scale])
    return (
        f"{row.option.name}: {phrase}{lent}{series}, {SURENESS[row.stars]}, "
        f"about {money(row['cost'].typical, ranking.symbol)} in all"
    )


def anyway(answer: "Ranking | Why") -> str:
    """What people come to with nothing done, which gains are over."""
    scale = answer.catalog.scales[answer.scale]
    dummy, alone = answer.nothing_done, answer.left_alone
    if dummy.basis == "studies":
        told = f"What happens anyway: with a dummy treatment in the trials, {_level(dummy, answer)}"
    else:
        told = f"What happens anyway is assumed, as no trial had a dummy treatment: {_level(dummy, answer)}"
    return f"{told}{f'; left alone, {level(alone.typical, scale)}' if alone is not None else ''}."


def _level(cell: "Cell", answer: "Ranking | Why") -> str:
    scale = answer.catalog.scales[answer.scale]
    return f"{level(cell.typical, scale)} (likely {whole_span(cell.low, cell.high)})"


def standing(ranking: "Ranking") -> str:
    """Where doing nothing stands."""
    at = next((k for k, row in enumerate(ranking.rows) if row.nothing), None)
    if at is None:
        return ""
    worse = len(ranking.options) - at
    below = f"{worse} score less" if worse != 1 else "1 scores less"
    rest = f"; {below} and are not worth it by these weights" if worse > 1 else ""
    rest = rest or (f"; {below} and is not worth it by these weights" if worse else "")
    return f"Doing nothing scores {score(ranking.rows[at].score)}{rest}."


def nothing_fits(ranking: "Ranking") -> str:
    """What would fit, when nothing does."""
    if ranking.unmeasured:
        return "Nothing with a figure fits. What fits has none: it stands below, with what is claimed of it."
    over = [item for item in ranking.left_out if item.why == "over budget" and item.total is not None]
    if over:
        nearest = min(over, key=lambda item: item.amount or 0)
        return f"Nothing fits. The nearest is {nearest.name}: {reason(nearest, ranking.catalog, ranking.symbol)}."
    barred = [item for item in ranking.left_out if item.screening is not None]
    if barred:
        ask = " Some may be had once somebody was asked." if ranking.ask_first else ""
        return f"Nothing here can be offered to you: see a doctor.{ask} What was left out, and why, stands below."
    return "Nothing fits what you allow. What was left out, and why, stands below."


def assumed(ranking: "Ranking") -> str:
    """For which kind this is where nobody said one, and who leads the others."""
    if not ranking.kind_assumed:
        return ""
    others = "; ".join(_leader(kind, ranking) for kind in ranking.kinds)
    return f"{unsaid(ranking)}.{f' The others: {others}.' if others else ''}"


def unsaid(answer: "Ranking | Why") -> str:
    """That nobody said which kind."""
    of = {kind.id: kind.name for kind in answer.catalog.concerns[answer.concern].subtype}
    return f"You did not say which kind: this is for {of[answer.subtype or ''].lower()}, the one most asked about"


def _leader(kind: "Kind", ranking: "Ranking") -> str:
    if kind.gain is None:
        return f"{kind.name.lower()}: nothing with a figure beats doing nothing"
    return f"{kind.name.lower()}: {kind.first}, {gain_alone(kind.gain, ranking.catalog.scales[ranking.scale])}"


def kinds(ranking: "Ranking") -> list[str]:
    """Which kind of the concern would change the answer, and what a document matches to each kind."""
    lines = []
    changing = [kind for kind in ranking.kinds if kind.changes]
    if changing and not ranking.kind_assumed:
        leads = "; ".join(_leader(kind, ranking) for kind in changing)
        lines.append(f"Which kind matters. By the studies of each kind another answer would lead: {leads}.")
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
    """Market, price years, horizon and weights."""
    years = ""
    if ranking.price_years:
        first, last = ranking.price_years
        years = f" of {first}" if first == last else f" of {first}–{last}"
    criteria = ranking.catalog.criteria
    weights = ", ".join(f"{criteria[c].name.lower()} {share(w)}" for c, w in ranking.weights.items() if w >= 0.005)
    quoted = "".join(f"{line} " for line in quote_lines(ranking.quotes, ranking.catalog, ranking.symbol))
    return (
        f"{quoted}On {ranking.market_name} prices{years}, over {number(ranking.horizon_months)} months, upkeep "
        "included. "
        f"{RANGES}. Weights: {weights}. "
        f"Catalogue {ranking.edition} ({ranking.edition_date})."
    )
