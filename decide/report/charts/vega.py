"""What the charts' specifications share: frame, axes, names broken into lines, colours, themes.

Colours are those of Okabe and Ito (2008), which people who do not tell red from green can tell apart, and no meaning
rests on colour alone. `width` is that of the whole picture in pixels; nothing is cut off on a phone.
"""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decide.answers.ranking.result import Ranked

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
COLOURS = ("#0072b2", "#56b4e9", "#009e73", "#f0e442", "#e69f00", "#d55e00", "#cc79a7", "#999999")
WIDE, NARROW = 680, 340
MOST = 12
"""No chart shows more options than this."""
DASHES = [4, 4]


def frame(width: int, height: float, **rest: Any) -> Spec:
    """A whole picture of this size."""
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        **rest,
    }


def number(field: str, title: str | None = None, **rest: Any) -> Spec:
    """A quantity along an axis."""
    return {"field": field, "type": "quantitative", "title": title, **rest}


def name(field: str, **rest: Any) -> Spec:
    """Names down an axis, in the order given, broken where they were broken into lines."""
    axis = {"labelExpr": "split(datum.label, '\\n')", "ticks": False, "domain": False, **rest.pop("axis", {})}
    return {"field": field, "type": "nominal", "sort": None, "title": None, "axis": axis, **rest}


def colour(field: str, domain: Sequence[str], colours: Sequence[str], width: int) -> Spec:
    """What each colour stands for, told under the picture."""
    legend = {"title": None, "orient": "bottom", "columns": 5 if width >= WIDE else 3}
    return {"field": field, "type": "nominal", "scale": {"domain": [*domain], "range": [*colours]}, "legend": legend}


def rule(**encoding: Any) -> Spec:
    """A line."""
    style = {key: encoding.pop(key) for key in ("strokeDash", "strokeWidth", "color", "opacity") if key in encoding}
    return {"mark": {"type": "rule", **style}, "encoding": encoding}


def point(**encoding: Any) -> Spec:
    """A filled point."""
    style = {key: encoding.pop(key) for key in ("filled", "fill", "area", "form") if key in encoding}
    mark: Spec = {"type": "point", "filled": True, "opacity": 1}
    mark |= {"color": style["fill"]} if "fill" in style else {}
    mark |= {"size": style["area"]} if "area" in style else {}
    mark |= {"shape": style["form"]} if "form" in style else {}
    return {"mark": mark, "encoding": encoding}


def broken(text: str, width: int) -> str:
    """A name broken into lines that leave room for the picture."""
    return "\n".join(textwrap.wrap(text, 32 if width >= WIDE else 17))


def named(rows: "Sequence[Ranked]", width: int) -> list[str]:
    """Places and names of options; a part course says so. Doing nothing has no place."""
    return [broken(f"{'' if row.nothing else f'{row.rank}. '}{part_named(row)}", width) for row in rows]


def part_named(row: "Ranked") -> str:
    """An option's name; a part course says so."""
    option = row.option
    return f"{option.name}{f' ({option.sessions} of {option.usual_sessions})' if option.part_course else ''}"


def lines_high(names: Sequence[str], each: int = 15, more: int = 10) -> int:
    """Pixels that so many names need, the tallest setting the step."""
    return max(1, len(names)) * (more + each * max((text.count("\n") + 1 for text in names), default=1))


def titled(specification: Spec, title: str, subtitle: str = "") -> Spec:
    """The same with a title of its own, for a file that stands alone."""
    return {**specification, "title": {"text": title, "subtitle": subtitle, "anchor": "start"}}


def themed(specification: Spec, *, dark: bool = False, width: int = WIDE) -> Spec:
    """The same chart without a ground of its own, in colours that can be read on a dark page when asked."""
    ink, quiet = ("#e8e6e1", "#4a4f57") if dark else ("#1d2329", "#d5d8dc")
    size = 12 if width >= WIDE else 11
    axis = {"labelColor": ink, "titleColor": ink, "gridColor": quiet, "domainColor": quiet, "tickColor": quiet}
    text = {"labelFontSize": size, "titleFontSize": size, "labelLimit": 0, "titleLimit": 0}
    return {
        **(_in_dark(specification) if dark else specification),
        "config": {
            "font": "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif",
            "background": "transparent",
            "view": {"stroke": None},
            "axis": {**axis, **text, "titleFontWeight": "normal"},
            "legend": {"labelColor": ink, "titleColor": ink, **text, "symbolLimit": 0},
            "title": {"color": ink, "subtitleColor": ink, "fontSize": size + 1, "subtitleFontSize": size},
            "text": {"color": ink, "fontSize": size},
            "rule": {"color": ink},
        },
    }


DARK = {
    "#08519c": "#deebf7", "#3182bd": "#9ecae1", "#6baed6": "#5a9bc8", "#bdd7e7": "#386a94", "#e3e3e3": "#333b44",
    "#1d2329": "#e8e6e1", "#8a5a00": "#f0c75e", "#0b5c86": "#7cc4ea", "#c4500c": "#f28e4b", "#3b5b7d": "#8fb4da",
    "#8a6d3b": "#d3b57f",
}  # fmt: skip
"""What a colour is on a dark ground: what stands out on white stands out there."""


def _in_dark(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _in_dark(value) if key != "data" else value for key, value in part.items()}
    if isinstance(part, list):
        return [_in_dark(value) for value in part]
    return DARK.get(part, part) if isinstance(part, str) else part
