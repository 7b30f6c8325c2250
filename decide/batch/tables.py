"""Files of requests read piece by piece, and answers written: CSV, JSON lines and Parquet, by the ending of a name."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from decide.batch.columns import LISTS, known_columns
from decide.batch.requests import LINES
from decide.catalog import Catalog
from decide.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS = (".csv", ".parquet", *LINES)
Said = dict[str, Any]


class Piece(NamedTuple):
    """Some rows of a file: the number of the first from 1, what each says, why those are wrong that cannot be read (by
    place), and how far into the file they reach.
    """

    first: int
    rows: list[Said]
    wrong: dict[int, InputError]
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
    first, held, wrong, reach = 1, list[Said](), dict[int, InputError](), 0
    try:
        with Path(name).open("rb") as file:
            for said, reach in rows(name, file, catalog, size):
                if isinstance(said, InputError):
                    wrong[len(held)] = said
                held.append({} if isinstance(said, InputError) else said)
                if len(held) == size:
                    yield Piece(first, held, wrong, reach)
                    first, held, wrong = first + size, [], {}
    except UnicodeDecodeError:
        raise InputError(f"{name}: is not text in UTF-8, after row {first + len(held) - 1}") from None
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from None
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


Rows = Iterator[tuple["Said | InputError", int]]


def _of_csv(name: str, file: io.BufferedReader, catalog: Catalog, size: int) -> Rows:
    reader = csv.reader(io.TextIOWrapper(file, "utf-8-sig", newline=""), strict=True)
    try:
        names = [column.strip().lower() for column in next(reader, [])]
        known_columns(catalog, names)
        if len({*names}) < len(names):
            raise InputError(f"{name}: a column is named twice")
        for cells in reader:
            if len(cells) == len(names):
                yield dict(zip(names, cells, strict=True)), file.tell()
            elif cells:
                yield InputError(f"has {len(cells)} cells, and the first line names {len(names)}"), file.tell()
    except csv.Error as error:
        raise InputError(f"{name}: line {reader.line_num}: not valid CSV: {error}") from None


def _of_lines(name: str, file: io.BufferedReader, catalog: Catalog, size: int) -> Rows:
    plain = ending_of(name) == ".txt"
    for line in file:
        if text := line.decode("utf-8").strip("\ufeff \t\r\n"):
            yield {"q": text} if plain else _from_json(text, catalog), file.tell()


def _from_json(text: str, catalog: Catalog) -> "Said | InputError":
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return InputError("not JSON that can be read")
    if isinstance(row, str):
        return {"q": row}
    if not isinstance(row, dict):
        return InputError("not an object", 'for example {"concern": "redness", "budget": 500}')
    try:
        known_columns(catalog, row)
    except InputError as error:
        return InputError(error.message, "--whole reads the shape that 'decide understand' prints")
    for name, value in row.items():
        many = name in LISTS and isinstance(value, list) and all(isinstance(one, str) for one in value)
        if not many and not isinstance(value, str | int | float | bool | None):
            return InputError(f"{name} holds what it cannot", "lists of text in conditions, avoid, exclude and only")
    return row


def _parquet(name: str) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(name)
    except pa.ArrowInvalid as error:
        raise InputError(f"{name}: not valid Parquet: {error}") from None


def _of_parquet(name: str, file: io.BufferedReader, catalog: Catalog, size: int) -> Rows:
    table = _parquet(name)
    known_columns(catalog, table.schema_arrow.names)
    reach = 0
    for batch in table.iter_batches(batch_size=size):
        for row in batch.to_pylist():
            reach += 1
            yield row, reach


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
