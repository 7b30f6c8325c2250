"""The performance tables of an installed catalogue, worked out when the program is built: those of its own market."""

from collections.abc import Iterator

from decide.catalog import Catalog, worked
from decide.criteria import kept
from decide.criteria.table import listed, name_of


def files(catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """Every file with its name, for `decide.catalog.worked` to find."""
    edition = catalog.edition
    for concern in catalog.concerns.values():
        for kind in [one.id for one in concern.subtype] or [""]:
            asked = (edition.default_market, concern.id, kind, int(edition.default_horizon_months), True)
            yield worked.file(catalog, name_of(*asked), kept.packed(listed(catalog, *asked)), *kept.CODE)
