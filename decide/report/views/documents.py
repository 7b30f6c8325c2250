"""The founding documents' comparisons as texts."""

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, get_args

from decide.report.views.screening import source_label
from decide.report.words import NO_FIGURE, RANGES, gain, money, plural, share, whole_span

if TYPE_CHECKING:
    from decide.answers.documents import DocumentRow, Documents, SideSays, Taken
    from decide.catalog.models import Scale


class DocumentView(NamedTuple):
    """One comparison."""

    says: str
    found: str
    verdict: str
    why: str


class DocumentsView(NamedTuple):
    """Everything that a face shows of the documents' comparisons."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[DocumentView, ...]
    summary: str


def documents_view(found: "Documents") -> DocumentsView:
    """One row a comparison: what the document says, what the engine says on the same money, and the verdict."""
    from decide.answers.documents import Verdict

    counts = Counter(row.verdict for row in found.rows)
    summary = ", ".join(f"{verdict} {counts[verdict]}" for verdict in get_args(Verdict) if counts[verdict])
    rows = []
    for row in found.rows:
        symbol = found.catalog.market(row.market).symbol
        scale = found.catalog.scales[found.catalog.concerns[row.concern].scale]
        market, concern = found.catalog.market(row.market).name, found.catalog.concerns[row.concern].name
        spend = f"{market}, {money(row.spend, symbol)}" if row.spend else market
        ahead, behind = _side(row.ahead, symbol, scale), _side(row.behind, symbol, scale)
        rows.append(
            DocumentView(
                f"{concern} ({spend}), {source_label(found.catalog, row.source)}: {claim(row)}",
                f"{ahead} against {behind}",
                row.verdict,
                verdict_words(row),
            )
        )
    return DocumentsView(
        "The founding documents' comparisons",
        ("", "the document says", "the studies say", "the engine"),
        tuple(rows),
        f"{plural(len(rows), 'comparison')}: {summary}. Gains are over a dummy treatment. {RANGES}. The engine follows "
        "the studies.",
    )


def claim(row: "DocumentRow") -> str:
    """What the document says."""
    ahead = (" with " if row.together else " or ").join(row.ahead.named)
    how = "against" if row.claim == "undecided" else f"{row.claim} of"
    return f"{ahead} {how} {' or '.join(row.behind.named)}"


def verdict_words(row: "DocumentRow") -> str:
    """Why the verdict is what it is."""
    sides = (row.ahead, row.behind)
    if row.p_ahead is None:
        missing = " or ".join(_what(side) for side in sides if not side.measured)
        return f"no study gives a figure for {missing} here"
    lead, p = _what(row.ahead if row.p_ahead >= 0.5 else row.behind), max(row.p_ahead, 1 - row.p_ahead)
    if row.verdict == "over the money":
        return f"what it puts ahead costs more here; at full cost {lead} helps more ({share(p)})"
    over = " and ".join(_what(side) for side in sides if not side.within)
    close = row.verdict == "too close" or (row.claim == "undecided" and row.verdict == "agrees")
    chance = f"a chance of {'only ' if close else ''}{share(p)}"
    return f"{lead} helps more with {chance}{f'; {over} costs more than the money' if over else ''}"


def _what(side: "SideSays") -> str:
    return " + ".join(course.name for course in side.courses) or " or ".join(side.named)


def _side(side: "SideSays", symbol: str, scale: "Scale") -> str:
    if side.benefit is None or side.low is None or side.high is None:
        return f"{_what(side)} (nothing known here)"
    figure = f"{gain(side.benefit, scale)} ({whole_span(side.low, side.high)})" if side.measured else NO_FIGURE
    cost = f", {money(side.cost, symbol)}" if side.cost is not None else ""
    return f"{_what(side)} [{', '.join(_taken(course) for course in side.courses)}{cost}]: {figure}"


def _taken(course: "Taken") -> str:
    if course.sessions is None:
        return plural(course.months, "month") if course.months else "once"
    if course.usual_sessions and course.sessions < course.usual_sessions:
        return f"{course.sessions} of {course.usual_sessions}"
    return plural(course.sessions, "visit")
