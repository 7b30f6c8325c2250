"""The files of an installed catalogue: what each concern's synthesis says, worked out when the program is built."""

from collections.abc import Iterator

from decide.catalog import Catalog, store
from decide.evidence import compiled
from decide.evidence.benefit import benefits, says
from decide.evidence.model import scale_of


def files(catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """Every file with its name, for `decide.evidence.compiled` to find."""
    key = compiled.key_of(catalog)
    for scale in dict.fromkeys(concern.scale for concern in catalog.concerns.values()):
        yield _file(compiled.scale_of(scale), key, scale_of(catalog, scale))
    for concern in catalog.concerns:
        found = benefits(catalog, concern)
        if found.fitted is not None:
            yield _file(compiled.gains_of(concern), key, says(found))


def _file(name: str, key: str, value: object) -> tuple[str, bytes]:
    return compiled.file_of(name), store.sealed(name, key, compiled.packed(value))
