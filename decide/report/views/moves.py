"""What an addition, or a folder laid over the catalogue, moves in the answers, as texts."""

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decide.answers.moves import Move, Moves

HEADS = {
    "first place": "First places that move",
    "appears": "Options that appear",
    "vanishes": "Options that vanish",
    "rank": "Ranks that change",
    "benefit": "Gains that change (typical, likely range)",
    "total": "Totals that change",
    "stars": "Stars that change",
}


class MovesView(NamedTuple):
    """Every kind of change with its lines, first places first."""

    title: str
    head: str
    kinds: tuple[tuple[str, tuple[str, ...]], ...]


def moves_view(moves: "Moves", most: int | None = None) -> MovesView:
    """Changes as texts, so many of each kind but of first places."""
    title = f"From {moves.before} to {moves.after}"
    asked = f"{moves.rankings} rankings (every concern and market, default settings)"
    if not moves.moves:
        return MovesView(title, f"Nothing moves in {asked}.", ())
    change = "changes" if moves.changed == 1 else "change"
    head = f"{moves.changed} of {asked} {change}.{'' if moves.first_places else ' No first place moves.'}"
    found = []
    for kind, same in groupby(moves.moves, key=lambda m: m.kind):
        lines = [_line(move) for move in same]
        shown = lines if most is None or kind == "first place" else lines[:most]
        more = len(lines) - len(shown)
        found.append((HEADS[kind], (*shown, *([f"and {more} more (--all, or --format json)"] if more else []))))
    return MovesView(title, head, tuple(found))


def _line(move: "Move") -> str:
    change = f"{move.after} instead of {move.before}"
    if move.kind != "first place":
        change = f"{move.name}, {move.before} to {move.after}"
    return f"{move.concern_name}, {move.market}: {change}"
