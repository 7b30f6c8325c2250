"""Charts drawn: a Vega-Lite specification becomes an SVG or PNG, without a browser and without the network."""

from decide.errors import InputError
from decide.report.charts.vega import Spec
from decide.version import install

KINDS = (".svg", ".png", ".json")


def chart_bytes(specification: Spec, kind: str) -> bytes:
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
        raise InputError("charts need vl-convert-python", install("charts")) from None
    if kind == ".svg":
        return str(vl_convert.vegalite_to_svg(specification)).encode("utf-8")
    return bytes(vl_convert.vegalite_to_png(specification, scale=2))
