"""Files of requests read piece by piece, and answers written: CSV, JSON lines and Parquet, by the ending of a name."""

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from decide.batch.arrow import as_id, cells_of
from decide.batch.columns import LISTS, cell, known_columns
from decide.batch.requests import LINES
from decide.catalog import Catalog
from decide.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS = (".csv", ".parquet", *LINES)
Said = dict[str, Any]
MOST = 1 << 53
"""No whole number that is asked with is larger."""


class Wrong(NamedTuple):
    """A row that cannot be read: why, and what it says as far as that can be told."""

    error: InputError
    said: Any


class Piece(NamedTuple):
    """Some rows of a file: the number of the first from 1, what each says, those that cannot be read (by place), and
    how far into the file they reach.
    """

    first: int
    rows: list[Said]
    wrong: dict[int, Wrong]
    reach: int


def ending_of(name: str) -> str:
    """The ending by which a file's kind is told.

    Raises
    ------
    InputError : none that is known.
    """
    ending = Path(name).suffix.lower()
    if ending not in (*ENDINGS, ".txt"):
        raise InputError(f"{name}: of no kind that can be told by its ending", f"endings are {', '.join(ENDINGS)}")
    return ending


def pieces(name: str, catalog: Catalog, size: int) -> Iterator[Piece]:
    """The rows of a file, so many at once; what cannot be read of it before its first row is told at once.

    Raises
    ------
    InputError : it cannot be opened or read, or has a column that no request has.
    """
    rows = {".csv": _of_csv, ".parquet": _of_parquet, ".txt": _of_lines}.get(ending_of(name), _of_lines)
    first, held, wrong, reach = 1, list[Said](), dict[int, Wrong](), 0
    try:
        with Path(name).open("rb") as file:
            for said, reach in rows(name, file, catalog, size):
                if isinstance(said, Wrong):
                    wrong[len(held)] = said
                held.append({} if isinstance(said, Wrong) else said)
                if len(held) == size:
                    yield Piece(first, held, wrong, reach)
                    first, held, wrong = first + size, [], {}
    except InputError as error:
        # what was read before is answered, and stays
        if held:
            yield Piece(first, held, wrong, reach)
        if done := first + len(held) - 1:
            raise InputError(f"{error.message}; nothing after row {done} can be read", error.hint) from None
        raise
    except OSError as error:
        raise InputError(
            f"{name}: cannot be read after row {first + len(held) - 1}: {error.strerror or error}"
        ) from None
    if held:
        yield Piece(first, held, wrong, reach)


def size_of(name: str) -> int:
    """What `Piece.reach` comes to at the end of a file: bytes, of Parquet rows.

    Raises
    ------
    InputError : it cannot be read.
    """
    try:
        return int(_parquet(name).metadata.num_rows) if ending_of(name) == ".parquet" else Path(name).stat().st_size
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from None


Rows = Iterator[tuple["Said | Wrong", int]]


def _is_text(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text)


def _shown(text: str) -> str:
    """Text with a mark where it is none."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _of_csv(name: str, file: io.BufferedReader, catalog: Catalog, size: int) -> Rows:
    # what is not UTF-8 is kept aside within its cell
    text, last = io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline=""), [""]
    reader = csv.reader(_noting(text, last), strict=True)
    names: list[str] = []

    def row() -> "list[str] | Wrong | None":
        begun = reader.line_num
        try:
            return next(reader, None)
        except csv.Error as error:
            # where a quote may be open, nobody can tell the next row
            if not names or reader.line_num > begun + 1 or last[0].count('"') % 2 or "end of data" in str(error):
                raise InputError(f"{name}: line {begun + 1}: not valid CSV: {error}") from None
            return Wrong(InputError(f"not valid CSV: {error}"), _shown(last[0].rstrip("\r\n")))

    head = row() or []
    names = [column.strip().lower() for column in head] if isinstance(head, list) else []
    if not all(map(_is_text, names)):
        raise InputError(f"{name}: is not text in UTF-8")
    known_columns(catalog, names)
    if len({*names}) < len(names):
        raise InputError(f"{name}: a column is named twice")
    while (cells := row()) is not None:
        if isinstance(cells, Wrong):
            yield cells, file.tell()
        elif not all(map(_is_text, cells)):
            shown = [*map(_shown, cells)]
            yield Wrong(InputError("is not text in UTF-8"), dict(zip(names, shown, strict=False))), file.tell()
        elif len(cells) == len(names):
            yield dict(zip(names, cells, strict=True)), file.tell()
        elif cells:
            many = InputError(f"has {len(cells)} cells, and the first line names {len(names)}")
            beyond = {"": cells[len(names) :]} if len(cells) > len(names) else {}
            yield Wrong(many, dict(zip(names, cells, strict=False)) | beyond), file.tell()


def _noting(lines: Iterable[str], last: list[str]) -> Iterator[str]:
    for last[0] in lines:
        yield last[0]


def _of_lines(name: str, file: io.BufferedReader, catalog: Catalog, size: int) -> Rows:
    plain = ending_of(name) == ".txt"
    for line in file:
        try:
            text = line.decode("utf-8").strip("\ufeff \t\r\n")
        except UnicodeDecodeError:
            yield Wrong(InputError("is not text in UTF-8"), line.decode("utf-8", "replace").strip()), file.tell()
            continue
        if text:
            yield {"q": text} if plain else _from_json(text, catalog), file.tell()


def _from_json(text: str, catalog: Catalog) -> "Said | Wrong":
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return Wrong(InputError("not JSON that can be read"), text)
    if isinstance(row, str):
        row = {"q": row}
    if not isinstance(row, dict):
        return Wrong(InputError("not an object", 'for example {"concern": "redness", "budget": 500}'), row)
    try:
        known_columns(catalog, row)
    except InputError as error:
        return Wrong(InputError(error.message, "--whole reads the shape that 'decide understand' prints"), row)
    for name, value in row.items():
        many = name in LISTS and isinstance(value, list) and all(isinstance(one, str) for one in value)
        if not many and not isinstance(value, str | int | float | bool | None):
            nested = InputError(f"{name} holds what it cannot", "lists of text in conditions, avoid, exclude and only")
            return Wrong(nested, row)
        if not all(map(_is_text, [value] if isinstance(value, str) else value if isinstance(value, list) else ())):
            return Wrong(InputError(f"{name} holds half a sign, which is no text"), row)
        if isinstance(value, float) and math.isnan(value):
            return Wrong(InputError(f"the {name} must be a finite amount, not nan"), row)
        if isinstance(value, int) and abs(value) > MOST and name != "id":
            return Wrong(InputError(f"the {name} {value!s:.40} is absurdly large"), row)
    return row


def _parquet(name: str) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(name)
    except pa.ArrowInvalid as error:
        raise InputError(f"{name}: not valid Parquet: {error}") from None


def _of_parquet(name: str, file: io.BufferedReader, catalog: Catalog, size: int) -> Rows:
    import pyarrow as pa

    table = _parquet(name)
    known_columns(catalog, table.schema_arrow.names)
    reach = 0
    batches = table.iter_batches(batch_size=size)
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"{name}: not valid Parquet: {error}") from None
        if batch is None:
            return
        names = batch.schema.names
        for cells in zip(*map(cells_of, batch.columns), strict=True):
            reach += 1
            yield _from_cells(dict(zip(names, cells, strict=True))), reach


def _from_cells(row: Said) -> "Said | Wrong":
    """A row of plain values that a column can hold, or why it is none."""
    found = {name: as_id(value) if name == "id" else cell(name, value) for name, value in row.items()}
    if error := next((value for value in found.values() if isinstance(value, InputError)), None):
        return Wrong(error, row)
    # an amount that is a fraction is written out as a number, never as text
    return {n: [*v] if isinstance(v, tuple) else float(v) if isinstance(v, Decimal) else v for n, v in found.items()}


def as_batch(piece: Piece) -> "pa.RecordBatch":
    """A piece as columns: numbers, flags and lists where all that is said in one is that, else text."""
    import pyarrow as pa

    names = dict.fromkeys(("id", *(name for row in piece.rows for name in row)))
    columns = {name: [row.get(name) for row in piece.rows] for name in names}
    columns["id"] = [str(piece.first + k) if one in (None, "") else str(one) for k, one in enumerate(columns["id"])]
    return pa.RecordBatch.from_arrays([_column(cells) for cells in columns.values()], names=[*names])


def _column(cells: list[Any]) -> "pa.Array":
    import pyarrow as pa

    kinds = {type(cell) for cell in cells} - {type(None)}
    if list in kinds:
        return pa.array([cell if isinstance(cell, list) or cell is None else str(cell).split(";") for cell in cells])
    if kinds == {bool}:
        return pa.array(cells, pa.bool_())
    if kinds and kinds <= {int, float}:
        return pa.array([None if cell is None else float(cell) for cell in cells], pa.float64())
    return pa.array([None if cell is None else str(cell) for cell in cells], pa.string())


# ------------------------------------------------------------------ answers


def written(answers: "pa.RecordBatch", ending: str) -> bytes:
    """Answers as a file of this kind would hold them, with its head."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    if ending == ".parquet":
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_batches([answers]), sink)
        return bytes(sink.getvalue())
    if ending == ".csv":
        import pyarrow.csv as pcsv

        flat = [
            pc.binary_join(pc.cast(column, pa.list_(pa.string())), ";") if pa.types.is_list(column.type) else column
            for column in answers.columns
        ]
        sink = pa.BufferOutputStream()
        pcsv.write_csv(pa.RecordBatch.from_arrays(flat, names=answers.schema.names), sink)
        return bytes(sink.getvalue())
    # ASCII, so that no reader can take a line apart or spell a sign otherwise
    return "".join(json.dumps(row) + "\n" for row in answers.to_pylist()).encode()


def merged(parts: Sequence[Path], ending: str, target: Path) -> None:
    """One file out of several, part by part."""
    if ending == ".parquet":
        import pyarrow.parquet as pq

        with pq.ParquetWriter(target, pq.read_schema(parts[0])) as writer:
            for part in parts:
                writer.write_table(pq.read_table(part))
        return
    with target.open("wb") as out:
        for k, part in enumerate(parts):
            with part.open("rb") as file:
                if k and ending == ".csv":
                    file.readline()
                while piece := file.read(1 << 20):
                    out.write(piece)
