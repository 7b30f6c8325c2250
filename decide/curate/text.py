"""What an addition, or a folder laid over the catalogue, moves in the answers: as text."""

import textwrap
from itertools import groupby

from decide.curate.compared import Move, Moves
from decide.report.terminal import wrap
from decide.result import Form, show

MOST = 12
"""So many changes of one kind are listed; the rest are counted."""
HEADS = {
    "first place": "First places that move",
    "appears": "Options that appear",
    "vanishes": "Options that vanish",
    "rank": "Ranks that change",
    "benefit": "Benefits that change (typical, likely range)",
    "total": "Totals that change",
    "stars": "Stars that change",
}


def moves_text(moves: Moves, most: int | None = MOST) -> str:
    """One paragraph for each kind of change, first places first."""
    if not moves.moves:
        return wrap(f"Nothing moves in {moves.rankings} rankings (every concern and market, default settings).")
    head = f"{moves.changed} of {moves.rankings} rankings change (every concern and market, default settings)."
    if not moves.first_places:
        head += " No first place moves."
    parts = [wrap(head)]
    for kind, found in groupby(moves.moves, key=lambda m: m.kind):
        lines = list(found)
        shown = lines if most is None or kind == "first place" else lines[:most]
        text = [f"{HEADS[kind]}:", *(_line(move) for move in shown)]
        if len(shown) < len(lines):
            text.append(f"  and {len(lines) - len(shown)} more (--all, or --format json)")
        parts.append("\n".join(text))
    return "\n\n".join(parts)


def _line(move: Move) -> str:
    where = f"  {move.concern_name}, {move.market}: "
    if move.kind == "first place":
        return _hung(f"{where}{move.after} instead of {move.before}")
    return _hung(f"{where}{move.name}, {move.before} to {move.after}")


def _hung(text: str) -> str:
    return textwrap.fill(text, 92, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


@show.register
def _moves(moves: Moves, form: Form) -> str:
    return moves_text(moves)
