"""The files of an installed catalogue, worked out when the program is built: what each concern's synthesis says, and
the catalogue's words as they are looked up.
"""

from collections.abc import Iterator
from typing import Any

from decide.catalog import Catalog, worked
from decide.evidence import compiled
from decide.evidence.benefit import benefits, says
from decide.evidence.model import scale_of
from decide.question.vocabulary import CODE, WORDS, Vocabulary


def files(catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """Every file with its name, for `decide.catalog.worked` to find."""
    yield worked.file(catalog, WORDS, Vocabulary.of(catalog).told(), *CODE)
    for scale in dict.fromkeys(concern.scale for concern in catalog.concerns.values()):
        yield _file(catalog, compiled.scale_of(scale), scale_of(catalog, scale))
    for concern in catalog.concerns:
        found = benefits(catalog, concern)
        if found.fitted is not None:
            yield _file(catalog, compiled.gains_of(concern), says(found))


def _file(catalog: Catalog, name: str, value: Any) -> tuple[str, bytes]:
    return worked.file(catalog, name, compiled.PACKING.packed(value), *compiled.CODE)
