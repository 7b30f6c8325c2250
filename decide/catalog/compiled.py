"""The facts of a file as they were when they had been checked, which read many times faster than the file.

A wheel carries a twin beside each file of facts; of other files the facts are kept in the user's folder (`store`). Both
are sealed with the text that they were read from and the code that checked them, so that an edited file is never
answered from an old twin. What lies beside a file of the user's own is never taken for its twin.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from decide.catalog import store
from decide.catalog.content import code_of
from decide.catalog.models import Fact
from decide.catalog.packed import Later, Packing

SHIPPED = Path(__file__).parent / "data"
"""The folder of facts inside an installed package."""
COMPILED = ".json"
"""Ending of the compiled twin that an installed catalogue has beside each file."""
KEPT = "facts"
Facts = Mapping[str, Sequence[Any]]
"""The facts of a file, by table."""


def kinds(kind: type[Fact] = Fact) -> Iterator[type[Fact]]:
    """Every class of facts, and of what is inside them."""
    for one in kind.__subclasses__():
        yield one
        yield from kinds(one)


PACKING = Packing(*kinds())


def compiled(text: bytes, facts: Facts) -> bytes:
    """The twin of a file with this text and these facts."""
    return store.sealed(KEPT, _key(text), _packed(facts))


def found(path: Path, text: bytes) -> dict[str, Later[Any]] | None:
    """The facts of a file from its twin, where it is a shipped one, else from what was kept; None where there are none,
    they were read from another text or by other code, or are not whole. A table's are the one item of what it has.
    """
    key, data = _key(text), None
    if path.is_relative_to(SHIPPED):
        try:
            data = store.unsealed(KEPT, key, path.with_name(path.name + COMPILED).read_bytes())
        except OSError:
            data = None
    if data is None:
        data = store.read(KEPT, key)
    return None if data is None else PACKING.unpacked(data)


def keep(text: bytes, facts: Facts) -> None:
    """Keep the facts of a file with this text."""
    if store.is_used():
        store.write(KEPT, _key(text), _packed(facts))


def _packed(facts: Facts) -> bytes:
    # a table is read in one go: most of what is asked of it goes through all of it
    return PACKING.packed({table: Later([listed]) for table, listed in facts.items()})


def _key(text: bytes) -> str:
    return f"{hashlib.sha256(text).hexdigest()} {code_of('catalog')}"
