"""Values as bytes that read back quickly: JSON with the arrays behind it. Nothing in it is run.

An object is told by its class's number, of those that a reader expects, and by those of its fields that are not as the
class has them anyway. What is read back was whole when it was packed, so nothing is checked again. A `Later` is read
item by item when one is asked for.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any, TypeVar, overload

from pydantic import BaseModel

T = TypeVar("T")
Make = Callable[[dict[str, Any]], Any]
IS, OF = "=", "v"
"""The keys of an object's class and of what it is made of, where it has no fields."""
WORD = 8


class Later(Sequence[T]):
    """Several values, each read when it is first asked for."""

    def __init__(self, items: Iterable[T | str], read: Callable[[str], T] | None = None) -> None:
        self._items, self._read = list(items), read

    def __len__(self) -> int:
        return len(self._items)

    def but(self, changed: Mapping[int, T]) -> "Later[T]":
        """The same with other values in some places."""
        return Later([changed.get(i, item) for i, item in enumerate(self._items)], self._read)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            return tuple([self[i] for i in range(*at.indices(len(self._items)))])
        found = self._items[at]
        if isinstance(found, str):
            assert self._read is not None
            found = self._items[at] = self._read(found)
        return found


class _Told:
    """What is told beside the JSON of a value: the bytes of its arrays, and what stands in it several times."""

    def __init__(self) -> None:
        self.arrays: list[bytes] = []
        self.shared: dict[str, int] = {}


class Packing:
    """How objects of these classes (dataclasses, named tuples, models) are told and made. Those of `shared` classes are
    told once and made once, wherever they stand; one that is `given` is what the reader has of that class.
    """

    def __init__(self, *kinds: Any, shared: tuple[Any, ...] = (), given: Any = None) -> None:
        self.given = given
        self._kinds, self._shared = kinds, shared
        self._number = {kind: i for i, kind in enumerate(kinds)}
        self._makers: dict[str | int, Make] = {
            "dict": lambda told: {_plain(key): _plain(value) for key, value in told[OF]},
            "set": lambda told: frozenset(_plain(told[OF])),
            "Decimal": lambda told: Decimal(told[OF]),
        }
        self._usual: dict[Any, dict[str, Any]] = {}

    # ---------------------------------------------------------------- telling

    def packed(self, value: Any) -> bytes:
        """A value: how long its JSON is, the JSON, and the bytes of its arrays one after another.

        Raises
        ------
        TypeError : it holds what is not known here.
        """
        beside = _Told()
        told = _text(self._told(value, beside))
        head = _text([list(beside.shared), told]).encode()
        head += b" " * (-len(head) % WORD)
        return b"%*d" % (WORD, len(head)) + head + b"".join(beside.arrays)

    def _told(self, value: Any, beside: _Told) -> Any:
        kind = type(value)
        if value is None or isinstance(value, bool | int | float | str):
            return value
        if kind in self._number:
            told = self._object(value, beside)
            if not issubclass(kind, self._shared):
                return told
            return {IS: "shared", OF: beside.shared.setdefault(_text(told), len(beside.shared))}
        if kind in (tuple, list):
            return [self._told(one, beside) for one in value]
        if kind is dict:
            return {IS: "dict", OF: [[self._told(k, beside), self._told(v, beside)] for k, v in value.items()]}
        if kind is frozenset:
            return {IS: "set", OF: sorted(value)}
        if kind is Decimal:
            return {IS: "Decimal", OF: str(value)}
        if kind is Later:
            return {IS: "later", OF: [_text(self._told(one, beside)) for one in value]}
        if kind is self.given:
            return {IS: "given"}
        if hasattr(value, "tobytes"):
            return {IS: "array", OF: _array(value, beside.arrays)}
        raise TypeError(f"{kind.__name__} is not kept")

    def _object(self, value: Any, beside: _Told) -> dict[str, Any]:
        kind = type(value)
        if isinstance(value, tuple):
            return {IS: self._number[kind], OF: [self._told(one, beside) for one in value]}
        held = ((name, getattr(value, name), usual) for name, usual in self._usual_of(kind).items())
        return {IS: self._number[kind]} | {
            name: self._told(one, beside) for name, one, usual in held if one is not usual
        }

    def _usual_of(self, kind: Any) -> dict[str, Any]:
        """The fields of a class with what they are where nothing else is told."""
        if kind not in self._usual:
            if is_dataclass(kind):
                found = {field.name: field.default for field in fields(kind) if field.init}
            else:
                found = {name: field.default for name, field in kind.model_fields.items()}
            self._usual[kind] = found
        return self._usual[kind]

    # ---------------------------------------------------------------- making

    def unpacked(self, data: bytes | memoryview, given: Any = None) -> Any:
        """The value of `packed`; None where it is none."""
        try:
            size = int(bytes(data[:WORD]))
            shared, told = json.loads(str(data[WORD : WORD + size], "utf-8"))
            return self._reader(shared, data[WORD + size :], given)(told)
        except (ValueError, KeyError, TypeError, IndexError, RecursionError, AttributeError):
            return None

    def _reader(self, shared: list[str], arrays: bytes | memoryview, given: Any) -> Callable[[str], Any]:
        """What reads a text."""
        makers = self._makers

        def made(told: dict[str, Any]) -> Any:
            name = told.pop(IS)
            if name in makers:
                return makers[name](told)
            if name == "shared":
                return together[told[OF]]
            if name == "array":
                return _read_array(told[OF], arrays)
            if name == "later":
                return Later(told[OF], read)
            if name == "given":
                return given
            makers[name] = self._maker(self._kinds[name])
            return makers[name](told)

        decode = json.JSONDecoder(object_hook=made).decode

        def read(text: str) -> Any:
            return _plain(decode(text))

        together: Later[Any] = Later(shared, read)
        return read

    def _maker(self, kind: Any) -> Make:
        if issubclass(kind, tuple):
            return lambda told: kind(*map(_plain, told[OF]))
        # all fields in their order; those without a default are always told
        usual = self._usual_of(kind)
        new, put = kind.__new__, object.__setattr__
        if issubclass(kind, BaseModel):
            names = set(usual)

            def model(told: dict[str, Any]) -> Any:
                found = new(kind)
                for name, value in told.items():
                    if type(value) is list:
                        told[name] = _plain(value)
                put(found, "__dict__", usual | told)
                put(found, "__pydantic_fields_set__", names)
                put(found, "__pydantic_extra__", None)
                put(found, "__pydantic_private__", None)
                return found

            return model

        def instance(told: dict[str, Any]) -> Any:
            found = new(kind)
            held = found.__dict__
            held.update(usual)
            for name, value in told.items():
                held[name] = _plain(value) if type(value) is list else value
            return found

        return instance


def _text(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """Lists as tuples, however deep."""
    return tuple([_plain(one) for one in value]) if type(value) is list else value


def _array(value: Any, arrays: list[bytes]) -> list[Any]:
    import numpy as np

    plain = np.ascontiguousarray(value, dtype=value.dtype.newbyteorder("<"))
    raw = plain.tobytes()
    at = sum(map(len, arrays))
    arrays.append(raw + bytes(-len(raw) % WORD))
    return [plain.dtype.str, list(plain.shape), at]


def _read_array(told: list[Any], arrays: bytes | memoryview) -> Any:
    import numpy as np

    kind, shape, at = np.dtype(told[0]), tuple(told[1]), told[2]
    return np.frombuffer(arrays, kind, int(np.prod(shape)), at).reshape(shape)
