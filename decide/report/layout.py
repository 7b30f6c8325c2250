"""Views laid out as text: which of their texts stands where in a terminal and in Markdown, by `LAYOUTS`."""

from collections.abc import Callable, Iterator, Sequence

from decide.question.names import lower_first
from decide.report.blocks import Block, Items, Pairs, Plot, Table, Text, Title, said
from decide.report.charts.forest import KEY, SAYS
from decide.report.views.answer import AnswerView, View
from decide.report.views.card import NO_PRICE, NOT_FOUND, CardView
from decide.report.views.cells import CellView
from decide.report.views.common import LEFT_OUT, Group, RefView, SourceView
from decide.report.views.comparison import ComparisonView
from decide.report.views.documents import DocumentsView
from decide.report.views.grid import SideBySide
from decide.report.views.instead import BoughtView, InsteadView, sides_of, verdict_line
from decide.report.views.marks import Mark
from decide.report.views.moves import MovesView
from decide.report.views.plan import PlanTexts
from decide.report.views.product import ProductView
from decide.report.views.ranking import OptionView, RankingView
from decide.report.views.together import TogetherView
from decide.report.views.unmeasured import UNMEASURED
from decide.report.views.why import NO_STUDY, PULL, WhyView
from decide.report.words import capital, plural, some

LEFT, FEW, STUDIES, UNPOOLED, FACTS, EACH = 8, 4, 14, 6, 8, 4
"""How many of each a text shows; the whole stands in the JSON and on the page."""


NARROW = 92
"""Columns of a screen that has no room for the dearest total."""


def blocks(view: View, *, heading: bool = True, brief: int = 0) -> list[Block]:
    """A view as blocks; without its heading where the question stands above already. What answers in `brief` does so
    for a screen of so many columns.
    """
    if isinstance(view, AnswerView):
        found = list(_answer(view, brief))
    else:
        found = list(_brief(view, brief) if brief and isinstance(view, RankingView) else LAYOUTS[type(view)](view))
    return found if heading else [block for block in found if not (isinstance(block, Title) and block.level == 1)]


def _marks(legend: Sequence[Mark]) -> list[Block]:
    return said(*(mark.line for mark in legend))


def _refs(title: str, refs: Sequence[RefView], most: int) -> list[Block]:
    lines = [f"{ref.says} [{ref.source.label}]" for ref in refs[:most]]
    if len(refs) > most:
        lines.append(f"and {len(refs) - most} more facts")
    return [Items(title, tuple(lines))] if lines or title else []


def _left_out(groups: Sequence[Group]) -> list[Block]:
    lines = [
        group.told
        if group.told
        else f"{group.title}: {some([line.line for line in group.lines], LEFT if group.short else len(group.lines))}."
        for group in groups
    ]
    return said(*lines)


def _short_left_out(groups: Sequence[Group]) -> list[Block]:
    """What is left out, as a table; what is to be asked first with its reasons, and whole."""
    rows = tuple(
        (
            group.title.partition(" (")[0],
            f"{group.things}",
            "" if group.told else some([line.brief for line in group.lines], FEW, ", ") if group.short
            else "; ".join(line.text for line in group.lines),
        )
        for group in groups
    )  # fmt: skip
    return [Table((LEFT_OUT, "", "which"), rows)] if rows else []


def _opening(view: RankingView) -> Iterator[Block]:
    yield Title(view.title)
    yield Pairs(tuple((line.label, line.says) for line in view.verdict))
    yield from said(*(f"{ref.says} ({ref.source.label})" for ref in view.foundations))


def _brief(view: RankingView, width: int) -> Iterator[Block]:
    """The verdict, a few rows with what bears on safety under each, and what has no figure or is left out."""
    yield from _opening(view)
    wide = width > NARROW
    if view.options:

        def rows(line: OptionView | str) -> Iterator[tuple[str, ...]]:
            if isinstance(line, str):
                yield (line,)
                return
            cells = [text for c in line.columns for text in (c.brief or c.short, *([c.dearest] if dear(c) else []))]
            yield (line.place, f"{line.name}{line.signs}", *cells)
            if line.safety:
                yield ("", line.safety)

        def dear(cell: CellView) -> bool:
            return wide and cell.measure == "cost"

        heads = [head for c in view.options[0].columns for head in (c.column, *(["at most"] if dear(c) else []))]
        table = tuple(row for line in view.lines() for row in rows(line))
        yield Table(("", "option", *heads), table, numbered=True)
    key = [f"{mark.sign} {lower_first(mark.brief)}" for mark in view.signs_used]
    yield from said(f"Signs: {' · '.join(key)}." if key else "")
    yield from said(view.anyway, *view.notes)
    if view.frontier:
        yield Table(view.frontier.columns, view.frontier.rows)
        yield Text((view.frontier.best_buys,))
    if view.unmeasured:
        more = (f"and {view.blind} more",) if view.blind else ()
        yield Items(UNMEASURED, (*(item.brief for item in view.unmeasured), *more))
    yield from _short_left_out(view.left_out)
    which = ", ".join(identity for identity, _ in view.kind_choices)
    hints = (
        f"--all shows {plural(view.more, 'more option')}." if view.more else "",
        "How this came about: --details.",
        f"Say which kind with --subtype ({which})." if which else "",
    )
    yield from said(view.prices)
    yield from said(f"More: {' '.join(filter(None, hints))}")


def _ranking(view: RankingView) -> Iterator[Block]:
    yield from _opening(view)
    if view.options:
        first_in = ("first in",) if view.with_first_in else ()

        def row(line: OptionView | str) -> tuple[str, ...]:
            if isinstance(line, str):
                return (line,)
            cells = (cell.short for cell in line.columns)
            return (line.place, f"{line.name}{line.signs}", *cells, line.score, *(line.first_in for _ in first_in))

        head = ("", "option", *view.columns, "score", *first_in)
        yield Table(head, tuple(map(row, view.lines())), numbered=True)
        if view.more:
            yield Text((f"{plural(view.more, 'more option')} stand here when all are shown.",))
    yield from said(" ".join(filter(None, (view.anyway, view.standing))), *view.draws, *view.notes)
    if view.frontier:
        yield Table(view.frontier.columns, view.frontier.rows)
        yield Text((view.frontier.best_buys,))
    which = some([name.lower() for _, name in view.kind_choices], len(view.kind_choices), ", ")
    yield from said(*view.kinds, f"Each kind has an answer of its own: {which}." if which else "")
    if view.unmeasured:
        more = (f"and {view.blind} more",) if view.blind else ()
        yield Items(UNMEASURED, (*(item.line for item in view.unmeasured), *more))
    yield from _marks(view.legend)
    yield from _left_out(view.left_out)
    yield Text((view.basis,))


def _sides(sides: SideBySide | None) -> Iterator[Block]:
    if sides is not None:
        yield Table(("", *sides.heads), tuple((label, *cells) for label, cells in sides.rows))
        yield from said(sides.key)


def _comparison(view: ComparisonView) -> Iterator[Block]:
    yield Title(view.title)
    yield from said(*view.verdict, view.kind)
    yield from _sides(view.sides)
    yield from said(*view.missing)
    for pair in view.pairs:
        heads = "; ".join(f"{head.source.label} ({head.says})" for head in pair.heads)
        yield from said(f"Head to head: {heads}." if heads else pair.without)
    yield from _marks(view.sides.marks)
    yield Text((view.basis,))


def _instead(view: InsteadView) -> Iterator[Block]:
    def side(bought: BoughtView | None) -> str:
        return bought.line if bought is not None else "—"

    yield Title(view.title)
    yield Pairs(tuple((line.label, line.says) for line in view.verdict))
    if len(view.rows) == 1:
        (row,) = view.rows
        yield Text((f"{row.name}, {row.spend}:",))
        yield Table(("", *view.columns[2:4]), sides_of(row))
        yield Text((verdict_line(row),))
    if len(view.rows) > 1:
        rows = ((row.name, row.spend, side(row.named), side(row.other), verdict_line(row)) for row in view.rows)
        yield Table(view.columns, tuple(rows))
    yield Text((view.how,))
    yield from _marks(view.legend)
    yield from said(f"Sources: {some([source.label for source in view.sources], FACTS)}." if view.sources else "")


def _plan(view: PlanTexts) -> Iterator[Block]:
    yield Title(view.title)
    if view.assumed:
        yield Text((view.assumed,))
    yield Table(
        view.columns,
        tuple((f"{c.name}{c.signs}", c.length, c.total, ", ".join(a.line for a in c.alone)) for c in view.courses),
    )
    yield from said(view.together, view.order)
    yield Text((view.proof,))
    yield from _marks(view.legend)
    if view.runner_ups:
        yield Items("Next best", view.runner_ups)
    yield Text((view.more,))
    if view.diary:
        yield Table(("Calendar", "what", "to know"), view.diary)
    yield from said(view.unsaid)
    yield from _left_out(view.left_out)


def _why(view: WhyView) -> Iterator[Block]:
    yield Title(view.title)
    yield Pairs(tuple((line.label, line.says) for line in view.answer))
    yield Text(tuple(filter(None, (view.gain, view.anyway))))
    yield from said(view.kind, *view.pooled)
    yield Text((view.evidence,))
    yield from said(*view.notes)
    if view.studies:
        shown = view.studies[:STUDIES]
        yield Table(
            view.columns,
            tuple((s.source.label, s.design, s.people, s.figure, s.gain, s.pull, s.interest) for s in shown),
        )
        more = len(view.studies) - len(shown)
        yield from said(PULL, f"{more} more stand behind it." if more else "")
        yield from said(f"{KEY} {SAYS}" if view.forest else "")
        yield Plot(view.forest)
    else:
        yield Text((NO_STUDY,))
    if view.unpooled:
        yield Text((f"Not pooled: {some([f'{u.source.label} ({u.says})' for u in view.unpooled], UNPOOLED)}.",))
    if view.money:
        yield Items("Money", view.money)
        yield from _refs("", view.money_refs, FACTS)
    for name, says, refs in view.course:
        yield from _refs(f"{name}: {says}" if says else name, refs, EACH)
    yield from _marks(view.marks)
    if view.claims:
        yield Items("Claims", tuple(f"{claim.says} (says {claim.source.label})" for claim in view.claims))
    yield from said(view.place)


def _card(view: CardView) -> Iterator[Block]:
    yield Title(view.title)
    yield from said(view.screening, view.glance)
    yield Text((view.summary,))
    yield from _marks(view.safety)
    yield Text(tuple(f"{name}: {text}" for name, text in view.told))
    if view.concerns:
        yield Table(
            ("what studies say of", "proof", "expected"), tuple((c.name, c.stars, c.figure) for c in view.concerns)
        )
    yield from _refs(f"Prices ({view.market})", view.prices, len(view.prices)) if view.prices else said(NO_PRICE)
    yield from _marks(view.marks)
    if view.not_used:
        yield from _refs("Seen and not used", view.not_used, len(view.not_used))
    yield from (
        _refs("Not with", view.forbidden, len(view.forbidden)) if view.forbidden else said(f"Not with: {NOT_FOUND}")
    )
    if view.cautions:
        yield from _refs("Take care with", view.cautions, len(view.cautions))
    if view.given:
        yield from _refs("How it is given", view.given, len(view.given))
    yield from said(view.named)
    if view.said:
        by_source: dict[SourceView, list[str]] = {}
        for claim in view.said:
            by_source.setdefault(claim.source, []).append(claim.says)
        lines = tuple(f"{s.label}: {'; '.join(says)}. {s.gains}".rstrip() for s, says in by_source.items())
        yield Items("Who says what", lines)


def _documents(view: DocumentsView) -> Iterator[Block]:
    yield Title(view.title)
    yield Table(
        view.columns,
        tuple((f"{k}", row.says, row.found, f"{row.verdict.upper()}: {row.why}") for k, row in enumerate(view.rows, 1)),
        numbered=True,
    )
    yield Text((view.summary,))


def _product(view: ProductView) -> Iterator[Block]:
    yield Title(view.title)
    yield from said(view.not_understood)
    for one in view.frameworks:
        yield Title(one.title, 2)
        yield Text((f"{one.met}: {one.verdict}",))
        yield Table(view.columns, one.rows)
        yield Text((one.rule,))
    yield Text((view.read,))


def _moves(view: MovesView) -> Iterator[Block]:
    yield Title(view.title)
    yield Text((view.head,))
    for title, lines in view.kinds:
        yield Items(title, lines)


def _together(view: TogetherView) -> Iterator[Block]:
    yield Title(view.title)
    yield from said(*view.barred)
    for pair in view.pairs:
        by = pair.answer.source.label
        yield from said(f"{pair.answer.says} ({by})" if by else pair.answer.says)
        yield from _refs("Said beside it" if pair.told else "", pair.told, LEFT)


def _answer(view: AnswerView, brief: int = 0) -> Iterator[Block]:
    if view.title:
        yield Title(view.title)
    yield from said(*(capital(gap) for gap in view.gaps))
    for part in view.parts:
        # the restated question stands above already where it is the only one
        alone = isinstance(part, RankingView) and len(view.parts) == 1
        yield from blocks(part, heading=not alone and part.title != view.title, brief=brief)


LAYOUTS: dict[type, Callable[..., Iterator[Block]]] = {
    AnswerView: _answer,
    RankingView: _ranking,
    ComparisonView: _comparison,
    InsteadView: _instead,
    PlanTexts: _plan,
    WhyView: _why,
    CardView: _card,
    DocumentsView: _documents,
    ProductView: _product,
    MovesView: _moves,
    TogetherView: _together,
}
