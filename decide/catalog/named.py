"""Ids that facts of one's own name and that nothing bears: a price for "microneedlng" would else count for nothing.

What ships is checked before it ships; `decide.catalog.check` looks at all there is. This is the part of it that an
answer cannot do without, and that takes no time.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from decide.catalog.catalog import Catalog
from decide.catalog.derived import derived
from decide.errors import CatalogError

IDLE = ("placebo", "untreated", "baseline", "other")
"""Arms of studies that are no procedure."""


@derived()
def nothing_misnamed(catalog: Catalog) -> bool:
    """True, where every overlay names procedures, concerns, markets and sources that there are, each fact once.

    Raises
    ------
    CatalogError : the first that does not.
    """
    for said in _wrong(catalog) if catalog.overlays else ():
        raise CatalogError(said, "'decide catalog check' lists every problem")
    return True


def _wrong(catalog: Catalog) -> Iterator[str]:
    known: dict[str, tuple[Any, ...]] = {
        "procedure": (*catalog.procedures, *catalog.families, *IDLE),
        "concern": (*catalog.concerns,),
        "market": (*catalog.markets,),
        "source": (*catalog.sources,),
    }
    seen: set[tuple[object, ...]] = set()
    for folder, entry in catalog.laid_over():
        place = f"{catalog.shown(entry.file)}: [[{entry.table}]]"
        for key, kind in (("base", "procedure"), *((one, one) for one in known)):
            name = getattr(entry.fact, key, None)
            if isinstance(name, str) and name and name not in known[kind]:
                near = get_close_matches(name, known[kind], n=1)
                yield f"{place} unknown {kind} {name!r}" + (f", did you mean {near[0]!r}?" if near else "")
        if (folder, *entry.key) in seen:
            yield f"{place} {getattr(entry.fact, 'id', '') or 'a fact'!s} stands twice"
        seen.add((folder, *entry.key))
