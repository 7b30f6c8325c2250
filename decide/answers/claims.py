"""What sellers and others claim of a procedure, and who says it."""

from decide.catalog import Catalog
from decide.catalog.models import Procedure
from decide.lazily import dataclass


@dataclass(frozen=True, kw_only=True)
class Said:
    """Who says what about it: words, or a figure with its ends, of how much."""

    about: str
    words: str = ""
    low: float | None
    high: float | None
    of: float | None
    source: str


def said_of(catalog: Catalog, procedure: Procedure) -> tuple[Said, ...]:
    """What sellers and others claim of a procedure or its family."""
    found = []
    for claim in catalog.claims:
        if claim.procedure in (procedure.id, *procedure.families):
            figure = claim.value if isinstance(claim.value, float) else None
            found.append(
                Said(
                    about=claim.about,
                    words=claim.value if isinstance(claim.value, str) else "",
                    low=figure if figure is not None else claim.low,
                    high=figure if figure is not None else claim.high,
                    of=claim.of or None,
                    source=claim.source,
                )
            )
    return tuple(found)
