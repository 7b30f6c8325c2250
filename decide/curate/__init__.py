"""For those who keep facts: add some to a folder of one's own, and see what they change in the answers."""

from decide.curate.adding import Addition, plan, write_addition
from decide.curate.compared import moves

__all__ = ["Addition", "moves", "plan", "write_addition"]
