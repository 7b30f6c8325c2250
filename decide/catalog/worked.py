"""What hangs on a catalogue alone, kept by name: worked out when the program is built or first asked, then read.

An installed program has the files of its own catalogue beside it. For a checkout, or with facts laid over, they are in
the user's folder (`decide.catalog.store`). The key is every byte of the files of facts, the program's version and the
code that works them out, so that nothing old is ever taken.
"""

from decide.catalog import store
from decide.catalog.catalog import Catalog
from decide.catalog.compiled import SHIPPED
from decide.catalog.content import code_of

FOLDER = "compiled"
"""Where an installed catalogue has its files."""


def file_of(name: str) -> str:
    """Where an installed catalogue has what goes by a name."""
    return f"{FOLDER}/{name}{store.ENDING}"


def file(catalog: Catalog, name: str, data: bytes, *code: str) -> tuple[str, bytes]:
    """The file of an installed catalogue that holds what these packages worked out."""
    return file_of(name), store.sealed(name, key_of(catalog, *code), data)


def found(catalog: Catalog, name: str, *code: str) -> bytes | memoryview | None:
    """What was kept of a catalogue by this name, worked out by these packages; None where nothing can be trusted."""
    key = key_of(catalog, *code)
    if not key:
        return None
    data = None
    if catalog.root == SHIPPED and not catalog.overlays:
        try:
            data = store.unsealed(name, key, (SHIPPED / file_of(name)).read_bytes())
        except OSError:
            data = None
    return data if data is not None else store.read(name, key)


def keep(catalog: Catalog, name: str, data: bytes, *code: str) -> None:
    """Keep something that was worked out from a catalogue, where its files are still what they were."""
    if key := key_of(catalog, *code):
        store.write(name, key, data)


def keeps(catalog: Catalog) -> bool:
    """Whether what is worked out from a catalogue would be kept."""
    return store.is_used() and bool(catalog.content)


def key_of(catalog: Catalog, *code: str) -> str:
    """What something worked out from a catalogue by these packages hangs on; '' where that is in doubt."""
    content = catalog.content
    return f"{code_of(*code)} {content}" if content else ""
