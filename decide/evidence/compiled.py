"""What a synthesis says, kept as a file (`decide.catalog.worked`) of JSON and plain arrays: nothing in it is run."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from decide.catalog import Catalog, worked
from decide.evidence.index import Effect
from decide.evidence.says import OfKind, Says
from decide.synthesis.consistency import Inconsistency, Split
from decide.synthesis.grid import Kept, Place
from decide.synthesis.heterogeneity import Q
from decide.synthesis.levels import Held, Scale
from decide.synthesis.posterior import Posterior

TYPES: dict[str, Any] = {
    one.__name__: one for one in (Says, OfKind, Effect, Posterior, Inconsistency, Split, Q, Kept, Place, Held, Scale)
}
"""All that a file may hold, beside numbers, texts, tuples and arrays."""
CODE = ("catalog", "evidence", "mcda", "synthesis")
"""The packages by which figures are worked out."""
WORD = 8


def gains_of(concern: str) -> str:
    """The name of what a concern's synthesis says."""
    return f"gains-{concern}"


def scale_of(scale: str) -> str:
    """The name of what a scale's networks say together."""
    return f"scale-{scale}"


def found(catalog: Catalog, name: str) -> Any:
    """What was kept of a catalogue by this name; None where nothing can be trusted."""
    data = worked.found(catalog, name, *CODE)
    return None if data is None else unpacked(data)


def keep(catalog: Catalog, name: str, value: Any) -> None:
    """Keep something that was worked out from a catalogue, where its files are still what they were."""
    worked.keep(catalog, name, packed(value), *CODE)


def packed(value: Any) -> bytes:
    """A value: how long its JSON is, the JSON, and the bytes of its arrays one after another."""
    arrays: list[bytes] = []
    head = json.dumps(_told(value, arrays), separators=(",", ":")).encode()
    head += b" " * (-len(head) % WORD)
    return b"%*d" % (WORD, len(head)) + head + b"".join(arrays)


def unpacked(data: bytes | memoryview) -> Any:
    """The value of `packed`; None where it is none."""
    try:
        size = int(bytes(data[:WORD]))
        return _read(json.loads(bytes(data[WORD : WORD + size])), data, [WORD + size])
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def _told(value: Any, arrays: list[bytes]) -> Any:
    if isinstance(value, np.ndarray):
        plain = np.ascontiguousarray(value, dtype=value.dtype.newbyteorder("<"))
        raw = plain.tobytes()
        arrays.append(raw + bytes(-len(raw) % WORD))
        return {"array": [plain.dtype.str, list(value.shape)]}
    if type(value).__name__ in TYPES:
        names = [field.name for field in fields(value)] if is_dataclass(value) else value._fields
        return {type(value).__name__: [_told(getattr(value, name), arrays) for name in names]}
    if isinstance(value, dict):
        return {"dict": [[_told(k, arrays), _told(v, arrays)] for k, v in value.items()]}
    if isinstance(value, tuple | list):
        return [_told(one, arrays) for one in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"{type(value).__name__} is not kept")


def _read(told: Any, data: bytes | memoryview, at: list[int]) -> Any:
    if isinstance(told, list):
        return tuple([_read(one, data, at) for one in told])
    if not isinstance(told, dict):
        return told
    ((name, inner),) = told.items()
    if name == "array":
        kind, shape = np.dtype(inner[0]), tuple(inner[1])
        count = int(np.prod(shape))
        array = np.frombuffer(data, kind, count, at[0]).reshape(shape)
        at[0] += count * kind.itemsize + -(count * kind.itemsize) % WORD
        return array
    if name == "dict":
        return {_read(k, data, at): _read(v, data, at) for k, v in inner}
    return TYPES[name](*(_read(one, data, at) for one in inner))
