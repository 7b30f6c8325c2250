"""What a synthesis says, kept as a file (`decide.catalog.worked`) of JSON and plain arrays: nothing in it is run."""

from typing import Any

from decide.catalog import Catalog, worked
from decide.catalog.packed import Packing
from decide.evidence.index import Effect
from decide.evidence.says import OfKind, Says
from decide.synthesis.consistency import Inconsistency, Split
from decide.synthesis.grid import Kept, Place
from decide.synthesis.heterogeneity import Q
from decide.synthesis.levels import Held, Scale
from decide.synthesis.posterior import Posterior

PACKING = Packing(Says, OfKind, Effect, Posterior, Inconsistency, Split, Q, Kept, Place, Held, Scale)
"""All that a file may hold, beside numbers, texts, tuples and arrays."""
CODE = ("catalog", "evidence", "mcda", "synthesis")
"""The packages by which figures are worked out."""


def gains_of(concern: str) -> str:
    """The name of what a concern's synthesis says."""
    return f"gains-{concern}"


def scale_of(scale: str) -> str:
    """The name of what a scale's networks say together."""
    return f"scale-{scale}"


def found(catalog: Catalog, name: str) -> Any:
    """What was kept of a catalogue by this name; None where nothing can be trusted."""
    data = worked.found(catalog, name, *CODE)
    return None if data is None else PACKING.unpacked(data)


def keep(catalog: Catalog, name: str, value: Any) -> None:
    """Keep something that was worked out from a catalogue, where its files are still what they were."""
    worked.keep(catalog, name, PACKING.packed(value), *CODE)
