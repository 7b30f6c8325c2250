"""For those who keep facts: add some to a folder of one's own, and see what they change in the answers."""

from decide.curate.adding import Addition, plan, write_addition
from decide.curate.compared import Moves, moves
from decide.curate.text import moves_text

__all__ = ["Addition", "Moves", "moves", "moves_text", "plan", "write_addition"]
