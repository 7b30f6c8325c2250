"""Columns of Arrow in and out: what they hold by place in a list of what is said, and answers put in order again."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.answers.ranking.result import NOTHING
from decide.batch.columns import cell
from decide.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

Codes = NDArray[np.intp]
Columns = dict[str, tuple[Codes, list[Any]]]
NAMED = ("options", "marks", "names")
NUMBERS = {
    "ranks": np.int32, "scores": np.float64, "totals": np.float64, "gains": np.float64, "stars": np.int32,
    "sessions": np.int32, "p_best": np.float64,
}  # fmt: skip
TOLD = ("concern", "kind", "market", "best", "error", "hint")


class Lines(NamedTuple):
    """Answers to some rows: the rows' numbers, how many lines each has, the lines' columns one row after the other (of
    texts: all there are, and which), and what is the same for all these rows.
    """

    rows: Codes
    many: Codes
    flat: dict[str, Any]
    told: dict[str, Any]


def schema(draws: int, reasons: bool) -> "pa.Schema":
    """The columns of an answer."""
    import pyarrow as pa

    texts = pa.list_(pa.string())
    numbers = {name: pa.list_(pa.from_numpy_dtype(kind)) for name, kind in NUMBERS.items() if draws or name != "p_best"}
    found = {"id": pa.string(), **dict.fromkeys(TOLD[:4], pa.string()), "options": texts, **numbers, "marks": texts}
    if reasons:
        why = pa.struct(dict.fromkeys(("id", "why", "says"), pa.string()))
        found |= {"names": texts, "left_out": pa.list_(why)}
    return pa.schema({**found, "error": pa.string(), "hint": pa.string()})


def cells_of(column: "pa.Array") -> list[Any]:
    """A column as plain values; an InputError for each cell that is none, as text that is not UTF-8."""
    try:
        return list(column.to_pylist())
    except (ValueError, ArithmeticError):
        found: list[Any] = []
        for one in column:
            try:
                found.append(one.as_py())
            except (ValueError, ArithmeticError):
                found.append(InputError("a cell is not text in UTF-8, or no value that can be read"))
        return found


def coded(name: str, column: "pa.Array") -> tuple[Codes, list[Any]]:
    """Where each cell of a column stands in the list of what its cells hold; nothing (None) stands first."""
    import pyarrow as pa

    try:
        found = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        codes = found.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.intp)
        values = [*cells_of(found.dictionary), None]
    except pa.ArrowNotImplementedError:  # of lists, and what else is no plain value
        values = cells_of(column)
        codes = np.arange(len(values))
    said = [None if held in ("", ()) else held for held in (cell(name, value) for value in values)]
    known = {value: k for k, value in enumerate(dict.fromkeys([None, *said]))}
    return np.array([known[value] for value in said], dtype=np.intp)[codes], [*known]


def ids_of(batch: "pa.RecordBatch") -> list[Any]:
    """The ids of rows as text: the number of the row where there is none, an InputError where it is no plain value."""
    import pyarrow as pa

    given: list[Any] = [None] * batch.num_rows
    if "id" in batch.schema.names:
        try:
            given = batch.column("id").cast(pa.string()).to_pylist()
        except (pa.ArrowException, ValueError):
            given = [as_id(one) for one in cells_of(batch.column("id"))]
    return [str(r) if one in (None, "") else one for r, one in enumerate(given, 1)]


def as_id(value: Any) -> Any:
    """An id as text, an InputError where it is no plain value."""
    held = cell("id", value) if isinstance(value, bytes) else value
    if held is None or isinstance(held, InputError):
        return held
    if isinstance(held, float) and math.isnan(held):
        return None
    if isinstance(held, list | tuple | dict):
        return InputError(f"id holds what it cannot: {held!r:.60}", "text or a number")
    return str(held)


def unique(columns: Sequence[tuple[Codes, int]], count: int) -> tuple[Codes, Codes]:
    """Rows by codes of several columns together: the number of each row's kind, and a row of each kind."""
    key, size = np.zeros(count, dtype=np.int64), 1
    for codes, many in columns:
        if size * many >= 1 << 60:
            _, key = np.unique(key, return_inverse=True)
            size = count
        key, size = key * many + codes, size * many
    _, at, which = np.unique(key, return_index=True, return_inverse=True)
    return which, at


def answers(ids: Sequence[Any], found: Sequence[Lines], draws: int, reasons: bool) -> "pa.RecordBatch":
    """The answers to rows of these ids, in their order."""
    import pyarrow as pa

    count, asked = len(ids), schema(draws, reasons)
    many = np.zeros(count, dtype=np.intp)
    for lines in found:
        many[lines.rows] = lines.many
    ends = np.cumsum(many)
    total = int(many.sum())
    flat: dict[str, NDArray[Any]] = {name: np.zeros(total, NUMBERS.get(name, np.int32)) for name in (*NUMBERS, *NAMED)}
    texts: dict[str, dict[str, int]] = {name: {} for name in NAMED}
    told: dict[str, dict[Any, int]] = {name: {None: 0} for name in (*TOLD, "left_out")}
    telling = {name: np.zeros(count, dtype=np.int32) for name in told}
    left: list[Any] = [None]
    for lines in found:
        size = int(lines.many.sum())
        at = np.repeat((ends - many)[lines.rows] - np.cumsum(lines.many) + lines.many, lines.many) + np.arange(size)
        for name, values in lines.flat.items():
            if name in texts:
                places = [texts[name].setdefault(text, len(texts[name])) for text in values[0]]
                flat[name][at] = np.array(places, dtype=np.int32)[values[1]]
            else:
                flat[name][at] = values
        for name, value in lines.told.items():
            if name == "left_out":
                left.append(value)
                telling[name][lines.rows] = len(left) - 1
            else:
                telling[name][lines.rows] = told[name].setdefault(value, len(told[name]))
    none = many == 0
    offsets = pa.array(np.append(ends - many, total).astype(np.int32), mask=np.append(none, False))

    def column(field: "pa.Field") -> "pa.Array":
        name = field.name
        if name == "id":
            return pa.array([None if isinstance(one, InputError) else one for one in ids], field.type)
        if name == "best":
            first = np.append(flat["options"], 0)[np.minimum(ends - many, total)]
            lacking = none | (first == texts["options"].get(NOTHING, -1))
            return pa.array([*texts["options"], ""], pa.string()).take(pa.array(first, mask=lacking))
        if name == "left_out":
            return pa.array(left, field.type).take(pa.array(telling[name]))
        if name in told:
            return pa.array([*told[name]], pa.string()).take(pa.array(telling[name]))
        if name in texts:
            values = pa.array([*texts[name]], pa.string()).take(pa.array(flat[name]))
        else:
            values = pa.array(flat[name], from_pandas=name == "p_best")
        return pa.ListArray.from_arrays(offsets, values)

    return pa.RecordBatch.from_arrays([column(field) for field in asked], schema=asked)
