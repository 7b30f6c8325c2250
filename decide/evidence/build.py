"""The files of an installed catalogue, worked out when the program is built: what each concern's synthesis says, and
the catalogue's words as they are looked up.
"""

from collections.abc import Iterator

from decide.catalog import Catalog, store, worked
from decide.evidence import compiled
from decide.evidence.benefit import benefits, says
from decide.evidence.model import scale_of
from decide.question.vocabulary import CODE, WORDS, Vocabulary


def files(catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """Every file with its name, for `decide.catalog.worked` to find."""
    key = worked.key_of(catalog, *compiled.CODE)
    yield _file(WORDS, worked.key_of(catalog, *CODE), Vocabulary.of(catalog).told())
    for scale in dict.fromkeys(concern.scale for concern in catalog.concerns.values()):
        yield _file(compiled.scale_of(scale), key, compiled.PACKING.packed(scale_of(catalog, scale)))
    for concern in catalog.concerns:
        found = benefits(catalog, concern)
        if found.fitted is not None:
            yield _file(compiled.gains_of(concern), key, compiled.PACKING.packed(says(found)))


def _file(name: str, key: str, data: bytes) -> tuple[str, bytes]:
    return worked.file_of(name), store.sealed(name, key, data)
