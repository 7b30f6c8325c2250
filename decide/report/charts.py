"""Charts to files: a Vega-Lite specification becomes an SVG or PNG, without a browser and without the network."""

from pathlib import Path
from typing import Any

from decide.errors import InputError

KINDS = (".svg", ".png", ".json")


def chart_bytes(specification: dict[str, Any], kind: str) -> bytes:
    """A chart in one of the kinds: `.svg`, `.png`, or `.json` for the specification itself.

    Raises
    ------
    InputError : the kind is unknown, or the charts' library is not installed.
    """
    if kind not in KINDS:
        raise InputError(
            f"a chart cannot be written as {kind or 'a file without an ending'!r}", "use .svg, .png or .json"
        )
    if kind == ".json":
        import json

        return json.dumps(specification, indent=2, ensure_ascii=False).encode("utf-8")
    try:
        import vl_convert
    except ImportError:
        raise InputError("charts need vl-convert-python", "pip install 'decide[charts]'") from None
    if kind == ".svg":
        return str(vl_convert.vegalite_to_svg(specification)).encode("utf-8")
    return bytes(vl_convert.vegalite_to_png(specification, scale=2))


def save(specification: dict[str, Any], file: str) -> None:
    """A chart into a file, whole or not at all."""
    from decide.catalog.files import write_whole

    path = Path(file)
    write_whole(path, [chart_bytes(specification, path.suffix.lower())])
