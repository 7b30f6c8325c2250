"""Forest plots: the gain that each study tells alone, with its range, and the pooled gain under them.

Where people went without, a study tells a gain; where nobody did, it tells a level, which stands apart: over what a
dummy treatment is expected to do. A range holds what a study's design may add (its bias) besides chance.
"""

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from decide.report.charts.vega import DASHES, WIDE, Spec, broken, colour, frame, lines_high, name, number, point, rule
from decide.report.views.screening import source_label
from decide.report.words import gain_phrase, whole, whole_span

if TYPE_CHECKING:
    from decide.answers.why import Why

Z = 1.2816
"""Ranges drawn hold 8 times in 10, as those in the tables do."""
MOST, MOST_TEXT, BAR, NAME = 20, 12, 30, 26
LEAST, LARGEST = -100.0, 160.0
"""Plots in characters end here."""
Kind = Literal["comparison", "level", "pooled"]
KINDS: tuple[Kind, ...] = ("comparison", "level", "pooled")
DOTS: dict[Kind, str] = {"comparison": "●", "level": "○", "pooled": "█"}
KEY = "● comparison, ○ level, │ no gain."
SAYS = (
    "A comparison is a gain over a control; a level is of a study in which nobody went without, held against what is "
    "expected of a dummy or of the other side. Ranges hold 8 times in 10, what a design may add included."
)


class Line(NamedTuple):
    """One line of a forest plot, a gain on the concern's scale."""

    label: str
    low: float
    middle: float
    high: float
    pull: float
    kind: Kind


def forest_lines(why: "Why", most: int) -> list[Line]:
    """The studies that pull most, those with a control first; and the pooled gain last."""
    lines = []
    for s in why.studies[:most]:
        reach = Z * math.hypot(s.implied_sd, s.bias)
        label = source_label(why.catalog, s.source, s.study)
        kind: Kind = "level" if s.level else "comparison"
        lines.append(Line(label, s.implied - reach, s.implied, s.implied + reach, s.weight, kind))
    pooled = Line("pooled", why.gain.low, why.gain.typical, why.gain.high, 1.0, "pooled")
    return [*sorted(lines, key=lambda line: KINDS.index(line.kind)), pooled]


def forest_text(why: "Why", most: int = MOST_TEXT) -> str:
    """A forest plot in characters: a line a study, its gain, `│` no gain; those without a control stand apart."""
    lines = forest_lines(why, most)
    low = max(min(0.0, *(line.low for line in lines)), LEAST)
    high = min(max(0.0, *(line.high for line in lines)), LARGEST)
    if high <= low:
        return ""

    def place(value: float) -> int:
        return round((min(max(value, low), high) - low) / (high - low) * (BAR - 1))

    rows = []
    for line in lines:
        cells = [" "] * BAR
        for i in range(place(line.low), place(line.high) + 1):
            cells[i] = "─"
        cells[place(0.0)] = "│"
        cells[place(line.middle)] = DOTS[line.kind]
        label = line.label if len(line.label) <= NAME else line.label[: NAME - 1] + "…"
        rows.append(f"{label:<{NAME}} {''.join(cells)} {whole(line.middle):>4} ({whole_span(line.low, line.high)})")
    axis = f"{'':<{NAME}} {whole(low):<{BAR // 2}}{whole(high):>{BAR - BAR // 2}}"
    return "\n".join([*rows, axis])


def forest(why: "Why", width: int = WIDE, most: int = MOST) -> Spec:
    """A forest plot as a Vega-Lite specification, a numbered line for each figure."""
    lines = forest_lines(why, most)
    labels = [
        broken(line.label if line.kind == "pooled" else f"{k}. {line.label}", width) for k, line in enumerate(lines, 1)
    ]
    values = [
        {"study": label, "low": line.low, "middle": line.middle, "high": line.high, "kind": line.kind,
         "pull": line.pull}
        for label, line in zip(labels, lines, strict=True)
    ]  # fmt: skip
    scale = why.catalog.scales[why.scale]
    x = number("low", f"{scale.step} {scale.over}")
    y = name("study", axis={"grid": True})
    shade = colour("kind", KINDS, ("#3b5b7d", "#8a6d3b", "#c4500c"), width)
    shape = {"field": "kind", "scale": {"domain": [*KINDS], "range": ["circle", "square", "diamond"]}}
    size = number("pull", legend=None, scale={"range": [30, 220]})
    layers = [
        {
            "mark": {"type": "rule", "strokeWidth": 2},
            "encoding": {"y": y, "x": x, "x2": {"field": "high"}, "color": shade},
        },
        point(y=y, x={**x, "field": "middle"}, color=shade, shape=shape, size=size),
        {"data": {"values": [{"x": 0}]}, **rule(strokeDash=DASHES, color="#777", x=number("x"))},
    ]
    return frame(width, lines_high(labels, 13, 8) + 90, data={"values": values}, layer=layers)


def forest_words(why: "Why") -> str:
    """The forest plot for somebody who cannot see it."""
    scale = why.catalog.scales[why.scale]
    levels = sum(study.level for study in why.studies)
    apart = f", {levels} of them levels of studies in which nobody went without" if levels else ""
    return (
        f"{len(why.studies)} figures from studies{apart}; together they say "
        f"{gain_phrase(why.gain, scale)}. The table of studies holds each one."
    )
