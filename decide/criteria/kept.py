"""Performance tables as they are kept: what they say without a person is worked out once (`decide.catalog.worked`).

Of an offer its courses, of a table its rows are read when they are looked at: of another kind of a concern that is the
row which would come first.
"""

from dataclasses import fields, replace
from typing import Any

from decide.alternatives.alternative import LeftOut, Option
from decide.alternatives.candidates import Offer
from decide.alternatives.cell import Borrowed, Cell, Counted, Expected, Frequency, Pull, Ref
from decide.alternatives.costs import Cost, CostLine
from decide.alternatives.delivery import Sessions
from decide.catalog import Catalog, worked
from decide.catalog.compiled import kinds
from decide.catalog.models import Fact
from decide.catalog.packed import Later, Packing
from decide.evidence.certainty import Cap, Certainty, Lost, Working
from decide.evidence.index import Effect
from decide.mcda.expected import Worth
from decide.question.problem import Concern

CODE = ("alternatives", "catalog", "criteria", "evidence", "mcda", "question", "synthesis")
"""The packages by which a table is made."""
ROWS = ("options", "certainties", "cells", "unmeasured_sure")
"""The fields of a table that have a value a row."""


PACKING = Packing(
    LeftOut, Option, Offer, Borrowed, Cell, Counted, Expected, Frequency, Pull, Ref, Cost, CostLine, Sessions, Cap,
    Certainty, Lost, Working, Effect, Worth, Concern, *kinds(), shared=(Fact, Ref, Cost, Certainty), given=Catalog,
)  # fmt: skip


def found(catalog: Catalog, name: str) -> dict[str, Any] | None:
    """The fields of a table that was kept; None where nothing can be trusted."""
    data = worked.found(catalog, name, *CODE)
    told: dict[str, Any] | None = None if data is None else PACKING.unpacked(data, catalog)
    return told and told | {"slices": tuple([slice(*ends) for ends in told["slices"]])}


def keep(catalog: Catalog, name: str, table: Any) -> None:
    """Keep a table."""
    if worked.keeps(catalog):
        worked.keep(catalog, name, packed(table), *CODE)


def packed(table: Any) -> bytes:
    """A table's fields as bytes."""
    told = {field.name: getattr(table, field.name) for field in fields(table)}
    told |= {row: Later(told[row]) for row in ROWS}
    told["slices"] = [(place.start, place.stop) for place in told["slices"]]
    for offers in ("offers", "unmeasured"):
        told[offers] = [replace(offer, costs=Later(offer.costs)) for offer in told[offers]]
    return PACKING.packed(told)
