"""How figures are put into words: money, ranges, stars. Rounding happens here, once, and nowhere else."""

import math

from decide.alternatives.alternative import Option
from decide.alternatives.cell import Cell

ASCII = {
    "★": "*",
    "☆": ".",
    "–": "-",
    "—": "-",
    "≈": "~",
    "·": "|",
    "£": "GBP ",
    "²": "2",
    "−": "-",
    "×": "x",
    "…": "...",
    "≥": ">=",
    "’": "'",
    "τ": "tau",
    "σ": "sigma",
    "█": "#",
    "●": "o",
    "│": "|",
    "─": "-",
    "é": "e",
    "†": "#",
}


def plain(text: str) -> str:
    """The same text in ASCII, for terminals that show nothing else."""
    for fancy, simple in ASCII.items():
        text = text.replace(fancy, simple)
    return text.encode("ascii", "replace").decode("ascii")


def number(value: float) -> str:
    """A number as short as it is honest: whole from ten up, one decimal below, no trailing zero."""
    if not math.isfinite(value):
        return "?"
    if abs(value) >= 10:
        return f"{value:,.0f}"
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def money(value: float, symbol: str) -> str:
    """A sum with its symbol: whole units; cents only below ten."""
    if value < 10 and value != round(value):
        return f"{symbol}{value:,.2f}"
    return f"{symbol}{value:,.0f}"


def money_range(cell: Cell, symbol: str) -> str:
    """Typical and, in brackets, low to high; `≈` marks a borrowed price."""
    mark = "≈" if cell.basis == "borrowed price" else ""
    middle = f"{mark}{money(cell.typical, symbol)}"
    low, high = money(cell.low, symbol), money(cell.high, "")
    return middle if low == money(cell.high, symbol) else f"{middle} ({low}–{high})"


def benefit_phrase(cell: Cell, phrase: str) -> str:
    """Expected benefit as a person would say it: `about 40 % better, likely 30–50`."""
    if cell.basis != "studies":
        return "no study gives a figure for it"
    typical = round(cell.typical)
    low, high = round(cell.low), round(cell.high)
    if typical <= 0:
        return f"no gain expected ({span(low, high)})"
    return f"{phrase.format(typical=typical)}, likely {span(low, high)}"


def benefit_short(cell: Cell) -> str:
    """Expected benefit for a table, without the unit: `24 (17–31)`; no figure is made up where no study gives one."""
    if cell.basis != "studies":
        return "no figure"
    return f"{round(cell.typical)} ({span(round(cell.low), round(cell.high))})"


def span(low: float, high: float) -> str:
    """`17–31`, `−4 to 12` where an end is negative, one number where the ends agree."""
    a, b = number(low), number(high)
    if a == b:
        return a
    if low < 0 or high < 0:
        return f"{a} to {b}".replace("-", "−")
    return f"{a}–{b}"


def stars(count: int) -> str:
    """Five places, filled from the left."""
    return "★" * count + "☆" * (5 - count)


SURENESS = (
    "no clinical evidence",
    "very thin evidence",
    "thin evidence",
    "fair evidence",
    "good evidence",
    "strong evidence",
)


def stars_phrase(count: int) -> str:
    """Certainty in words."""
    return SURENESS[count]


def days(cell: Cell) -> str:
    """Days that a session shows; `?` where no fact is known, `~` where it is a named guess."""
    if not cell.known:
        return "?"
    mark = "~" if cell.basis == "prior" else ""
    if cell.high == 0:
        return "none"
    if cell.high < 1:
        return f"{mark}<1"
    low, high = (f"{x:.0f}" for x in (cell.low, cell.high))
    return f"{mark}{low if low == high else f'{low}–{high}'}"


def course_length(option: Option, horizon: float) -> str:
    """How much of it: `5` visits, `3 of 4` in a part course, `1 + 3` with renewals, `12 months` at home."""
    if option.sessions is not None:
        text = f"{option.sessions} of {option.usual_sessions}" if option.part_course else f"{option.sessions}"
        if option.renewals:
            text += f" + {number(option.renewals)}"
        return f"{text} + daily" if option.months else text
    if option.months is None or option.once:
        return "once"
    months = min(option.months, horizon)
    return f"{number(months)} months" if months >= 1 else f"{number(months * 30.4)} days"
