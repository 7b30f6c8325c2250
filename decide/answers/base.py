"""What answers share: the facts that they were worked out from, whose words every face uses.

An answer holds ids and figures; the names behind ids (of a procedure, a condition, a source) are those of the facts it
hangs on, so that it reads as it did when it was made. The field is no part of what is dumped, compared or printed.
"""

from typing import Annotated

from pydantic import Field, InstanceOf
from pydantic.json_schema import SkipJsonSchema

from decide.catalog import Catalog
from decide.lazily import dataclass

Facts = Annotated[Catalog, InstanceOf(), SkipJsonSchema(), Field(exclude=True)]
"""The type of the field that holds it: no part of an answer's plain form."""


@dataclass(frozen=True, kw_only=True)
class Units:
    """What an answer's figures are in: its money by the currency's code, gains by concern, the other criteria by id."""

    money: str
    gain: dict[str, str]
    criteria: dict[str, str]


def units_of(catalog: Catalog, currency: str, *concerns: str) -> Units:
    """The units of an answer about these concerns."""
    scales = {concern: catalog.scales[catalog.concerns[concern].scale] for concern in concerns}
    return Units(
        money=currency,
        gain={concern: scale.step for concern, scale in scales.items()},
        criteria={c.id: c.unit for c in catalog.criteria.values() if c.measure not in ("benefit", "cost")},
    )
