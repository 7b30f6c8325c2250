"""Columns of Arrow in and out: what they hold by place in a list of what is said, and answers put in order again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.answers.ranking.result import NOTHING
from decide.batch.columns import said_in

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


def coded(name: str, column: "pa.Array") -> tuple[Codes, list[Any]]:
    """Where each cell of a column stands in the list of what its cells hold; nothing (None) stands first."""
    import pyarrow as pa

    if pa.types.is_nested(column.type):
        cells = [tuple(cell) if cell is not None else None for cell in column.to_pylist()]
        places = {cell: k for k, cell in enumerate(dict.fromkeys(cells))}
        codes, values = np.fromiter((places[cell] for cell in cells), np.intp, len(cells)), [*places]
    else:
        found = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        codes = found.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.intp)
        values = [*found.dictionary.to_pylist(), None]
    said = [said_in({name: value}).get(name) for value in values]
    known = {value: k for k, value in enumerate(dict.fromkeys([None, *said]))}
    return np.array([known[value] for value in said], dtype=np.intp)[codes], [*known]


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


def answers(batch: "pa.RecordBatch", found: Sequence[Lines], draws: int, reasons: bool) -> "pa.RecordBatch":
    """The answers to a batch, in the order of its rows."""
    import pyarrow as pa

    count, asked = batch.num_rows, schema(draws, reasons)
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
            given = batch.column("id").cast(pa.string()).to_pylist() if "id" in batch.schema.names else [None] * count
            return pa.array([str(r) if one in (None, "") else one for r, one in enumerate(given, 1)], field.type)
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
