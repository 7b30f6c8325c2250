"""Terminal tables: tabulate's, without the padding that it gives to headers, so that a line fits a terminal."""

from collections.abc import Sequence

from tabulate import tabulate


def table(rows: Sequence[Sequence[object]], headers: Sequence[str], align: Sequence[str] = ()) -> str:
    """Rows under headers and a rule; a cell may hold several lines. Columns are as wide as what stands in them."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [
        max((len(line) for row in (headers, *cells) for line in row[k].splitlines()), default=0)
        for k in range(len(headers))
    ]
    rule = ["-" * width for width in widths]
    text = tabulate(
        [list(headers), rule, *cells],
        tablefmt="plain",
        disable_numparse=True,
        colalign=tuple(align) or ("left",) * len(headers),
    )
    return "\n".join(line.rstrip() for line in str(text).splitlines())
