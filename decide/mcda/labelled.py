"""Numbers that may carry names: what comes in as a list, an array, a mapping or a frame, and how it goes out again.

Frames and series of pandas, polars and pyarrow are told by what they can do; no library is ever imported. Names come
from

- the index and the columns of pandas, and the columns of polars and pyarrow;
- a first column that holds text, in any of them: it names the rows;
- the keys of a mapping, and the fields of a named tuple.

So they do where they stand in a list, or as the columns of a mapping.

Where two things carry names of the same axis, they are brought to one order by them, and refused where the names
differ: nothing that has names is read by position. What has none (a list, an array, a polars series) is.

What came in as a frame goes out as one of the same kind, with its names; an array of pyarrow as one of numpy.

Long because what a name is, how it is read and how it goes out again are one rule.
"""

import math
import re
from collections.abc import Hashable, ItemsView, KeysView, Mapping, Sequence, Set
from operator import index
from typing import Any, NamedTuple
from unicodedata import category

import numpy as np
from numpy.typing import NDArray

from decide.errors import InputError
from decide.mcda.given import missing, name

Array = NDArray[np.float64]
Names = tuple[Hashable, ...]


class Table(NamedTuple):
    """An array, and the names of its rows and columns where it has any."""

    array: Array
    rows: Names | None = None
    columns: Names | None = None


def numbers(what: str, given: Any) -> Array:
    """Anything that holds numbers, as a float64 array of its own shape; `what` is its name in messages.

    Raises
    ------
    InputError : text, dates, complex numbers, masked entries, rows of different lengths, or what is no number at all.
        Whether the numbers are finite is for the caller to ask.
    """
    if type(given) is np.ndarray and given.dtype == np.float64:
        return given
    if _carries(given):
        return _stacked(what, given).array
    if np.ma.isMaskedArray(given) and np.ma.is_masked(given):
        raise InputError(f"{what}: some entries are masked", "fill them, or leave those rows out")
    try:
        raw = np.asarray(given)
    except ValueError:
        raise InputError(f"{what}: rows differ in length") from None
    text = raw.dtype.kind in "SU" or (raw.dtype.kind == "O" and any(isinstance(x, str | bytes) for x in raw.flat))
    if text:
        raise InputError(f"{what}: text where numbers are needed")
    if raw.dtype.kind not in "biufO":
        raise InputError(f"{what}: {raw.dtype} where numbers are needed")
    try:
        return raw.astype(np.float64)
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"{what}: something there is not a number") from None


def listed(what: str, given: Any, *, ordered: bool = True) -> list[Any]:
    """The items of a sequence, or of a frame of one column. A string is no sequence of its letters here, nor a mapping
    one of its names, nor a table one of its columns; and a set has no order, unless none is meant (`ordered`).

    Raises
    ------
    InputError : a string, a mapping, a table, a set where an order is meant, masked entries, or what cannot be gone
        through.
    """
    given = _lone_column(what, given)
    if isinstance(given, str | bytes):
        raise InputError(f"{what} must be a list, not {given!r:.60}", f"[{given!r:.60}] is a list of one")
    if ordered and isinstance(given, Set) and not isinstance(given, KeysView | ItemsView):
        raise InputError(f"{what} must be a list: a set has no order", "write it in the order that is meant")
    try:
        items = (
            None if isinstance(given, Mapping) else given.to_pylist() if hasattr(given, "to_pylist") else list(given)
        )
    except (TypeError, NotImplementedError):
        items = None
    if items is None:
        raise InputError(f"{what} must be a list, not {given!r:.60}")
    if any(one is np.ma.masked for one in items):
        raise InputError(f"{what}: some entries are masked", "fill them, or leave those rows out")
    return items


def spelt(what: str, given: Any) -> list[str]:
    """Names as text, one for each `what`.

    Raises
    ------
    InputError : as `listed` does, and a name that is missing or blank.
    """
    for i, one in enumerate(names := listed("names", given)):
        if missing(one) or not str(one).strip():
            raise InputError(f"{what} {i + 1} has no name")
    return [str(one) for one in names]


def table(what: str, given: Any) -> Table:
    """An array of any shape, a frame, or a mapping of columns, with its names.

    Raises
    ------
    InputError : as `numbers` and `matched` do; columns of a mapping that are not equally long; rows that an index and
        a column of text name differently.
    """
    given = _by_field(given)
    if isinstance(given, Mapping):
        columns: Names = tuple(given)
        called = [f"column {name!r} of {what}" for name in columns]
        each = [_lone_column(a, b) for a, b in zip(called, given.values(), strict=True)]
        rows = row_labels(*each)
        lists = [listed(a, aligned(a, b, what, rows)) for a, b in zip(called, each, strict=True)]
        if len({len(column) for column in lists}) > 1:
            raise InputError(f"the columns of {what} must be equally long")
        raw = np.empty((len(lists[0]) if lists else 0, len(lists)), dtype=object)
        for j, column in enumerate(lists):
            raw[:, j] = np.fromiter(column, dtype=object, count=len(column))
        return _split(what, raw, rows, columns)
    if not is_frame(given):
        return _stacked(what, given) if _carries(given) else Table(numbers(what, given))
    named = getattr(_index(given), "name", None) is not None
    return _split(what, _cells(given), _index_names(given), columns_of(given), named)


def vector(what: str, given: Any) -> tuple[Array, Names | None]:
    """One number for each of several things, and their names where it has any; a frame of one column will do.

    Raises
    ------
    InputError : as `numbers` does.
    """
    if type(given) is np.ndarray:
        return numbers(what, given), None
    found = axes(what, given)
    if is_frame(given) or is_columns(given):
        return (found.array[:, 0], found.rows) if found.array.shape[1:] == (1,) else (found.array, None)
    return found.array, found.columns


def matched(what: str, array: Array, names: Names | None, of: str, wanted: Names | None) -> Array:
    """The array with its last axis in the order of the names `wanted`; as it is where either has none.

    Raises
    ------
    InputError : names that differ, or that stand twice so that their order cannot be told.
    """
    if names is None or wanted is None or names == wanted:
        return array
    place = {name: i for i, name in enumerate(names)}
    missing = [name for name in wanted if name not in place]
    among = set(wanted)
    more = [name for name in names if name not in among]
    if missing or more:
        said = f"{missing[0]!r} is not in {what}" if missing else f"{more[0]!r} is not in {of}"
        raise InputError(f"{what} and {of} carry different names: {said}", "numpy arrays are read by position")
    if len(place) < len(names) or len(names) != len(wanted):
        raise InputError(f"{what} and {of} carry names that stand twice, in a different order")
    result: Array = array[..., [place[name] for name in wanted]]
    return result


def aligned(what: str, given: Any, of: str, wanted: Names | None) -> Any:
    """What stands beside things called `wanted`: a series or a mapping in their order, as a list; anything else as it
    is.

    Raises
    ------
    InputError : as `matched` does.
    """
    given = _by_field(_lone_column(what, given))
    labels = _labels(given)
    if labels is None or wanted is None or (tuple(labels) == wanted and not isinstance(given, Mapping)):
        return given
    items = list(given.values()) if isinstance(given, Mapping) else listed(what, given)
    return [items[int(i)] for i in matched(what, np.arange(float(len(items))), labels, of, wanted)]


def renamed(what: str, given: Any, of: str, labels: Names | None) -> list[str]:
    """What things called `labels` are to be called, as text, in their order; `what` is one of them.

    Names that carry labels go by those. A list of the very labels, in whatever order, leaves each with its own; a list
    of other names gives them in the order they stand.

    Raises
    ------
    InputError : as `spelt` and `aligned` do, and a list that gives one thing the label of another.
    """
    called = spelt(what, aligned("names", given, of, labels))
    own = [str(one) for one in told(labels) or ()]
    if not own or row_labels(given) is not None:
        return called
    if sorted(called) == sorted(own):
        return own
    among = set(own)
    for new, old in zip(called, own, strict=False):
        if new != old and new in among:
            raise InputError(
                f"names and {of} carry different names: {new!r:.60} stands where {of} has {old!r:.60}",
                "give the same names in any order, new ones only, or a mapping from each to its new one",
            )
    return called


def row_labels(*given: Any) -> Names | None:
    """What the first of several calls its rows, of those that call them anything."""
    return next((names for names in map(_labels, given) if names is not None), None)


def _labels(given: Any) -> Names | None:
    """What something calls its rows: the index of a series, the keys of a mapping of numbers, the rows of a table."""
    given = _by_field(given)
    if is_frame(given) and len(columns_of(given)) == 1:
        given = _lone_column("it", given)
    if isinstance(given, Mapping) and not is_columns(given):
        return tuple(given)
    if is_frame(given) or isinstance(given, Mapping) or _carries(given):
        return table("it", given).rows
    return _index_names(given) if _is_series(given) else None


def _index(given: Any) -> Any:
    """The index of what pandas holds. Lists and arrays of pyarrow have a method of this name, which is none."""
    labels = getattr(given, "index", None)
    return None if callable(labels) else labels


def _index_names(given: Any) -> Names | None:
    labels = _index(given)
    return None if labels is None else tuple(labels)


def _by_field(given: Any) -> Any:
    """A named tuple as a mapping of its fields; anything else as it is."""
    return given._asdict() if isinstance(given, tuple) and hasattr(given, "_asdict") else given


def _lone_column(what: str, given: Any) -> Any:
    """A frame of one column as that column; anything else as it is.

    Raises
    ------
    InputError : a table of several columns: gone through, it would give their names.
    """
    if not is_frame(given):
        return given
    count = len(columns_of(given))
    if count != 1:
        raise InputError(
            f"{what} must be one column, not a table of {count}",
            "several tables go together as one array, as numpy.stack makes it",
        )
    return given.iloc[:, 0] if hasattr(given, "iloc") else given[columns_of(given)[0]]


def _carries(given: Any) -> bool:
    """Whether a list holds what has names or masks of its own: series, frames, mappings, masked arrays."""
    if not isinstance(given, list | tuple):
        return False
    kinds = set(map(type, given))
    own = any(
        any(hasattr(kind, one) for one in ("to_numpy", "to_pydict", "_fields"))
        or issubclass(kind, Mapping | np.ma.MaskedArray)
        for kind in kinds
    )
    return own or (any(issubclass(kind, list | tuple) for kind in kinds) and any(map(_carries, given)))


def _stacked(what: str, given: Sequence[Any]) -> Table:
    """What stands in a list, one above the other, in the order of the first that has names.

    Raises
    ------
    InputError : as `numbers` and `matched` do.
    """
    each = [axes(f"item {i + 1} of {what}", one) for i, one in enumerate(given)]
    rows = next((one.rows for one in each if one.rows is not None), None)
    columns = next((one.columns for one in each if one.columns is not None), None)
    to = Table(each[0].array, rows, columns)
    arrays = [_brought(f"item {i + 1} of {what}", one, "those before it", to) for i, one in enumerate(each)]
    if len({array.shape for array in arrays}) > 1:
        raise InputError(f"{what}: rows differ in length")
    return Table(np.stack(arrays), rows, columns)


def _brought(what: str, given: Table, of: str, to: Table) -> Array:
    """A table's array with its columns, and its rows where both name them, in the order of another's."""
    array = matched(what, given.array, given.columns, of, to.columns)
    if given.rows is None or to.rows is None:
        return array
    result: Array = matched(what, array.swapaxes(-1, -2), given.rows, of, to.rows).swapaxes(-1, -2)
    return result


def two(what: tuple[str, str], first: Any, second: Any) -> tuple[Array, Array, Names | None]:
    """Two vectors about the same things in one order (the first's), and the things' names.

    Raises
    ------
    InputError : as `numbers` and `matched` do.
    """
    a, names = vector(what[0], first)
    b, others = vector(what[1], second)
    return a, matched(what[1], b, others, what[0], names), names if names is not None else others


def two_tables(what: tuple[str, str], first: Any, second: Any) -> tuple[Array, Array, Names | None]:
    """Two tables of draws by the same things, columns in one order (the first's), and the things' names.

    Raises
    ------
    InputError : as `numbers` and `matched` do, also for draws that are labelled differently.
    """
    a, b = table(what[0], first), table(what[1], second)
    return a.array, _brought(what[1], b, what[0], a), a.columns if a.columns is not None else b.columns


def beside(what: tuple[str, str], first: Any, second: Any) -> tuple[Array, Array, Any]:
    """Two arrays that broadcast, the second in the order of the first's names, and which of them names the outcome.

    Raises
    ------
    InputError : as `numbers` and `matched` do, and shapes that do not broadcast.
    """
    a, b = (axes(*pair) for pair in zip(what, (first, second), strict=True))
    other = _brought(what[1], b, what[0], a)
    try:
        shape = np.broadcast_shapes(a.array.shape, other.shape)
    except ValueError:
        raise InputError(f"{what[0]} and {what[1]} have different sizes, {a.array.shape} and {other.shape}") from None
    return a.array, other, first if a.array.shape == shape else second


def axes(what: str, given: Any) -> Table:
    """An array, and the names of its last axis and of the one before it; a mapping of columns is a table here, too.

    A mapping of whole tables is what stacks them.
    """
    given = _by_field(given)
    if isinstance(given, Mapping):
        inside = list(given.values())
        if any(len(columns_of(x)) > 1 if is_frame(x) else is_columns(x) or np.ndim(x) > 1 for x in inside):
            return axes(what, inside)
        if not is_columns(given):
            return Table(numbers(what, inside), None, tuple(given))
    if is_frame(given) or isinstance(given, Mapping):
        return table(what, given)
    if _carries(given):
        return _stacked(what, given)
    return Table(numbers(what, given), None, _labels(given))


def like(given: Any, values: Array | NDArray[np.int64], name: str) -> Any:
    """Values (rows,) as `given` came: a Series of its index, a polars frame or series, or else the values themselves.

    Values (draws, rows) come as a frame with a column a row of `given`.
    """
    if type(given) is np.ndarray:
        return values
    if values.ndim != 1:
        return framed(given, values, range(len(values)), row_names(given), "draw") if is_frame(given) else values
    labels = _index(given)
    if _is_series(given) and (labels is not None or hasattr(given, "alias")):  # of pandas, of polars
        return type(given)(name, values) if labels is None else type(given)(values, labels, name=name)
    if not is_frame(given):
        return values
    if labels is not None:
        return type(given)({name: values}, index=_named(given).index)[name]
    names = _text(_cells(given), 0)
    rows = [] if names is None else [(columns_of(given)[0], list(names))]
    return made(given, *rows, (name, values))


def alike(given: Any, values: Array) -> Any:
    """Values of the shape of `given` under its own names; of a frame of one column, (rows,) will do."""
    if not is_frame(given):
        return like(given, values, str(getattr(given, "name", None) or "value"))
    values = values.reshape(len(values), -1)
    if _index(given) is not None:
        named = _named(given)
        return type(given)(values, index=named.index, columns=named.columns)
    _, rows, columns = table("it", given)
    first = [] if rows is None else [(columns_of(given)[0], list(rows))]
    return made(given, *first, *((name, values[:, j]) for j, name in enumerate(columns or ())))


def _named(given: Any) -> Any:
    """A frame of pandas whose first column names the rows with that as its index; any other as it is."""
    return given if _text(_cells(given), 0) is None else given.set_index(next(iter(given.columns)))


def number(what: str, given: Any, low: float = -math.inf, high: float = math.inf) -> float:
    """One finite number from `low` to `high`.

    Raises
    ------
    InputError : text, several numbers, or one outside these.
    """
    if type(given) is float and low <= given <= high and math.isfinite(given):
        return given
    found = numbers(what, given)
    if found.ndim or isinstance(given, bool) or not low <= found <= high or not math.isfinite(found):
        upto = f"between {low:g} and {high:g}"
        if high == math.inf:
            upto = f"a number of {'zero' if low == 0 else f'{low:g}'} or more" if low > -math.inf else "a finite number"
        raise InputError(f"{what} must be {upto}, not {given!r:.60}")
    return float(found)


def framed(given: Any, values: NDArray[Any], rows: Sequence[Any], columns: Names | None, corner: str) -> Any:
    """Values (rows, columns) as a frame of the kind of `given`, the rows named; the array itself if it is none."""
    if not is_frame(given):
        return values
    names = [str(i + 1) for i in range(values.shape[1])] if columns is None else list(columns)
    if _index(given) is not None:
        result = type(given)(values, columns=names, index=list(rows))
        result.index.name = corner
        return result
    return made(given, (corner, list(rows)), *((name, values[:, j]) for j, name in enumerate(names)))


def by_column(given: Any, values: Array, names: Names, name: str, corner: str) -> Any:
    """Values (names,) as a Series of those names, a polars frame, or an array, after the kind of `given`."""
    if not is_frame(given):
        return values
    if _index(given) is not None:
        return type(given)({name: values}, index=list(names))[name]
    if len(set(map(str, names))) < len(names):
        made(given, *((one, values) for one in names))
    return made(given, (corner, [str(one) for one in names]), (name, values))


def made(given: Any, *columns: tuple[Hashable, Any]) -> Any:
    """A frame of the kind of `given`, which has no index beside its columns: a name that stands twice is refused."""
    found: dict[str, Any] = {}
    for column, values in columns:
        if str(column) in found:
            raise InputError(
                f"two columns of the result would be called {str(column)!r}", "rename that one in the input"
            )
        found[str(column)] = values
    return getattr(type(given), "from_pydict", type(given))(found)


def whole(what: str, given: Any, least: int | None = 0, below: int | None = None) -> int:
    """A whole number from `least` (None: any) to under `below`.

    Raises
    ------
    InputError : what is no whole number (True is none), or one outside these.
    """
    try:
        number = None if isinstance(given, bool | np.bool_) else index(given)
    except TypeError:
        number = None
    if number is None:
        raise InputError(f"{what} must be a whole number, not {given!r:.60}")
    if (least is not None and number < least) or (below is not None and number >= below):
        upto = f"at least {least}" if below is None else f"from {least} to {below - 1}"
        raise InputError(f"{what} must be {upto}, not {number!r:.60}")
    return number


def place_of(what: str, given: Any, names: Names | None, count: int) -> int:
    """Which of `count` things is meant: by its name where they have names, or else by its place from 0.

    Raises
    ------
    InputError : no such name or place.
    """
    known = told(names)
    if known is None:
        return whole(what, given, below=count)
    places = {one: i for i, one in reversed(list(enumerate(known)))}
    if name(f"a {what}", given) not in places:
        raise InputError(f"there is no {what} {given!r:.60}", f"there are {', '.join(map(str, known))}")
    return places[given]


def generator(given: Any) -> np.random.Generator:
    """A generator of random numbers, from one or from a seed of zero or more."""
    if isinstance(given, np.random.Generator):
        return given
    return np.random.default_rng(whole("the seed", given))


def row_names(given: Any) -> Names | None:
    """What a frame calls its rows, unless they are merely numbered."""
    return told(table("it", given).rows) if is_frame(given) or isinstance(given, Mapping) or _carries(given) else None


def told(names: Names | None) -> Names | None:
    """Names, unless they are only the numbers 0, 1, 2 … that pandas gives where nobody named anything."""
    return None if names is None or names == tuple(range(len(names))) else names


def called(what: str, names: Names | None, place: int) -> str:
    """One of several things for a message: "criterion 'cost'", or "criterion 2" where they have no names."""
    real = told(names)
    return f"{what} {place + 1}" if real is None else f"{what} {real[place]!r}"


def as_frame(given: Any) -> Any:
    """A series as a frame of one column; anything else as it is."""
    return given.to_frame() if _is_series(given) and hasattr(given, "to_frame") else given


def is_frame(given: Any) -> bool:
    """Whether something is a frame of pandas, polars or pyarrow, by what it can do."""
    return (hasattr(given, "to_numpy") or hasattr(given, "to_pydict")) and hasattr(given, "columns")


def columns_of(frame: Any) -> Names:
    """What a frame calls its columns; pyarrow has the columns themselves under the name that others have for this."""
    return tuple(frame.column_names if hasattr(frame, "column_names") else frame.columns)


def _cells(frame: Any) -> NDArray[Any]:
    """A frame as an array (rows, columns)."""
    if hasattr(frame, "to_numpy"):
        cells: NDArray[Any] = frame.to_numpy()
        return cells
    columns = [np.asarray(column) for column in frame.columns]
    plain = all(column.dtype.kind in "biuf" for column in columns)
    found = np.empty((frame.num_rows, len(columns)), dtype=np.float64 if plain else object)
    for j, column in enumerate(columns):
        found[:, j] = column
    return found


def is_columns(given: Any) -> bool:
    """Whether something is a mapping of columns, and not of names to single numbers."""
    given = _by_field(given)
    if not isinstance(given, Mapping):
        return False
    return any(is_frame(one) or isinstance(one, Mapping) or np.ndim(one) for one in given.values())


def _is_series(given: Any) -> bool:
    return hasattr(given, "to_numpy") and not is_frame(given)


def _text(raw: NDArray[Any], column: int) -> Names | None:
    """What a column holds, if that is text throughout."""
    if raw.dtype.kind not in "OU" or raw.ndim != 2 or not raw.size:
        return None
    found = tuple(raw[:, column].tolist())
    return found if all(isinstance(x, str) for x in found) else None


_A_NUMBER = re.compile(r"[^\w.]*\.?\d[\d,._'\s]*(e[+-]?\d+)?[^\w]*", re.IGNORECASE)
"""A number as people write it: signs of money or per cent about it, thousands set apart."""

_AN_AMOUNT = re.compile(r"\W*\.?\d[\d,._'\s]*+([^-–:].*)?", re.DOTALL)
"""A number and what it counts: "30 USD", "12 days", "30k"; no range, no date, and not "5-FU"."""


def _spoilt(cells: Sequence[str]) -> str | None:
    """What a first column of text holds that names nothing: a number, or amounts and gaps for the most part."""
    written = [one for one in cells if _A_NUMBER.fullmatch(one)]
    amounts = [one for one in cells if _AN_AMOUNT.fullmatch(one) or _is_money(one)]
    gaps = [one for one in cells if "".join(filter(str.isalnum, one)).lower() in ("", "na", "nan", "null")]
    if written or (amounts and 2 * len(amounts + gaps) > len(cells)):
        return f"numbers written as text: {(written or amounts)[0]!r:.60}"
    return f"hardly more than gaps: {gaps[0]!r:.60}" if 2 * len(gaps) > len(cells) else None


def _is_money(cell: str) -> bool:
    """Whether a text has a sign of money and a figure, as "US$30" has."""
    return any(category(one) == "Sc" for one in cell) and any(map(str.isdigit, cell))


def names_from(given: Any) -> str:
    """A remark, if what names the rows of a table is a column of it; for messages about its other columns."""
    columns = tuple(given) if isinstance(given, Mapping) else columns_of(given) if is_frame(given) else ()
    if not columns or table("it", given).array.shape[-1] == len(columns):
        return ""
    return f"column {columns[0]!r} holds text, and so names the rows"


def _split(what: str, raw: NDArray[Any], rows: Names | None, columns: Names, named: bool = False) -> Table:
    names = _text(raw, 0)
    if names is not None:
        # numbers that nobody gave a name are what sorting and filtering leave of none
        if rows not in (None, names) and (named or not all(isinstance(one, int | np.integer) for one in rows or ())):
            raise InputError(
                f"the rows of {what} have two names: their index, and column {columns[0]!r}",
                "leave the column out, or make it the index",
            )
        spoilt = _spoilt([str(one).strip() for one in names])
        if spoilt is not None:
            raise InputError(
                f"column {columns[0]!r} of {what} holds {spoilt}",
                "make all of it numbers; if they are names, make the column the index, or put a letter before each",
            )
        raw, rows, columns = raw[:, 1:], names, columns[1:]
    for j, column in enumerate(columns if raw.dtype.kind == "O" else ()):
        numbers(f"column {column!r} of {what}", raw[:, j])
    return Table(numbers(what, raw), rows, columns)
