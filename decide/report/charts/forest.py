"""Forest plots: each study's own figure with its range, and the pooled value under them."""

from typing import TYPE_CHECKING, NamedTuple

from decide.report.charts.vega import DASHES, WIDE, Spec, broken, colour, frame, lines_high, name, number, point, rule
from decide.report.words import attached, gain, whole, whole_span

if TYPE_CHECKING:
    from decide.answers.why import Why

Z = 1.2816
"""Ranges drawn hold 8 times in 10, as those in the tables do."""
MOST, MOST_TEXT, BAR, NAME = 20, 12, 44, 36
LEAST, LARGEST = -100.0, 160.0
"""Plots in characters end here."""


class Line(NamedTuple):
    """One line of a forest plot, on the concern's scale."""

    label: str
    low: float
    middle: float
    high: float
    pull: float
    pooled: bool


def forest_lines(why: "Why", most: int) -> list[Line]:
    """The studies that pull most, and the pooled value last."""
    lines = [
        Line(
            f"{s.source}{' (difference)' if s.against else ''}",
            s.implied - Z * s.implied_sd,
            s.implied,
            s.implied + Z * s.implied_sd,
            abs(s.weight),
            False,
        )
        for s in why.studies[:most]
    ]
    return [*lines, Line("pooled", why.benefit_low, why.benefit, why.benefit_high, 1.0, True)]


def forest_text(why: "Why", most: int = MOST_TEXT) -> str:
    """A forest plot in characters: a line a study, `●` its figure, `│` placebo or nothing done."""
    lines = forest_lines(why, most)
    low = max(min(*(line.low for line in lines), why.nothing_done, 0.0), LEAST)
    high = min(max(*(line.high for line in lines), why.nothing_done), LARGEST)
    if high <= low:
        return ""

    def place(value: float) -> int:
        return round((min(max(value, low), high) - low) / (high - low) * (BAR - 1))

    rows = []
    for line in lines:
        cells = [" "] * BAR
        cells[place(why.nothing_done)] = "│"
        for i in range(place(line.low), place(line.high) + 1):
            cells[i] = "─"
        cells[place(line.middle)] = "█" if line.pooled else "●"
        label = line.label if len(line.label) <= NAME else line.label[: NAME - 1] + "…"
        rows.append(f"{label:<{NAME}} {''.join(cells)} {whole(line.middle):>4} ({whole_span(line.low, line.high)})")
    axis = f"{'':<{NAME}} {whole(low):<{BAR // 2}}{whole(high):>{BAR - BAR // 2}}"
    return "\n".join([*rows, axis])


def forest(why: "Why", width: int = WIDE, most: int = MOST) -> Spec:
    """A forest plot as a Vega-Lite specification, a numbered line for each figure."""
    lines = forest_lines(why, most)
    labels = [broken(line.label if line.pooled else f"{k}. {line.label}", width) for k, line in enumerate(lines, 1)]
    values = [
        {
            "study": label,
            "low": line.low,
            "middle": line.middle,
            "high": line.high,
            "kind": "pooled" if line.pooled else "study",
            "pull": line.pull,
        }
        for label, line in zip(labels, lines, strict=True)
    ]
    scale = why.catalog.scales[why.scale]
    x = number("low", f"{attached(scale)} {scale.long}".strip())
    y = name("study", axis={"grid": True})
    kinds = ("study", "pooled")
    shade = colour("kind", kinds, ("#3b5b7d", "#c4500c"), width)
    shape = {"field": "kind", "scale": {"domain": [*kinds], "range": ["circle", "diamond"]}}
    size = number("pull", legend=None, scale={"range": [30, 220]})
    layers = [
        {
            "mark": {"type": "rule", "strokeWidth": 2},
            "encoding": {"y": y, "x": x, "x2": {"field": "high"}, "color": shade},
        },
        point(y=y, x={**x, "field": "middle"}, color=shade, shape=shape, size=size),
        {"data": {"values": [{"x": why.nothing_done}]}, **rule(strokeDash=DASHES, color="#777", x=number("x"))},
    ]
    return frame(width, lines_high(labels, 13, 8) + 90, data={"values": values}, layer=layers)


def forest_words(why: "Why") -> str:
    """The forest plot for somebody who cannot see it."""
    scale = why.catalog.scales[why.scale]
    return (
        f"{len(why.studies)} figures from studies; together they say {gain(why.benefit, scale)}, likely "
        f"{whole_span(why.benefit_low, why.benefit_high)}; placebo or nothing done "
        f"{whole(why.nothing_done)}{attached(scale)}. The table of studies holds each one."
    )
