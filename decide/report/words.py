"""How figures are put into words: units, signs, roundings. Nothing is rounded and no sign is chosen anywhere else.

A sign is explained where it stands: `decide.report.views.marks` holds the sentence of each.
"""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decide.alternatives.alternative import Option
    from decide.alternatives.cell import Cell
    from decide.catalog.models import Scale

TALK = "This informs a talk with a clinician; it does not replace one."
RANGES = "Ranges of gains hold 8 times in 10"
BORROWED, GUESSED, DOUBTFUL, OVER, DISAGREE, CAUTION, NO_FIGURE = "≈", "~", "?", "+", "†", "!", "no figure"
STARTING, ONE_VOICE = "^", "¹"
GRAVEST = "‼"
BETTER = "✓"
AS_USED = "as long as used"
OTHER_KINDS = "≠"
SERIES = "series"
PRODUCT = "="
NONE = "–"
"""In a table, what doing nothing has none of."""
SURENESS = (
    "next to no certainty", "very thin evidence", "thin evidence", "fair evidence", "good evidence", "strong evidence",
)  # fmt: skip
PER = {"course": "", "session": " a session", "month": " a month"}

# ------------------------------------------------------------------ terminals that show nothing but ASCII

ASCII = {
    "★": "*", "☆": ".", "–": "-", "—": "-", "≈": "~~", "·": "|", "²": "2", "−": "-", "×": "x", "…": "...", "≥": ">=",
    "≤": "<=", "’": "'", "‘": "'", "“": '"', "”": '"', "τ": "tau", "σ": "sigma", "█": "#", "●": "o", "│": "|",
    "─": "-", "¹": "(1)", "†": "#", "‼": "!!", "✓": "*", "\u00a0": " ",
}  # fmt: skip
CURRENCIES = {
    "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₫": "VND",
    "₱": "PHP", "₴": "UAH", "₦": "NGN", "฿": "THB", "₡": "CRC", "₲": "PYG", "₵": "GHS", "₸": "KZT", "₼": "AZN",
    "₾": "GEL", "₿": "BTC", "₭": "LAK", "₮": "MNT", "৳": "BDT", "៛": "KHR", "﷼": "IRR", "¢": "c",
}  # fmt: skip


def plain(text: str) -> str:
    """The same text in ASCII: a sign by its like, a currency by its code, a letter without its accent."""
    return text if text.isascii() else "".join(map(_plain, text))


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign in ASCII:
        return ASCII[sign]
    if unicodedata.category(sign) == "Sc":
        # the code before a sum; where none is known here, the sign's own name
        return f"{CURRENCIES.get(sign) or unicodedata.name(sign).removesuffix(' SIGN').lower()} "
    bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii")
    return bare or "?"


# ------------------------------------------------------------------ numbers, shares, money


def number(value: float) -> str:
    """A number as short as it is honest: whole from ten up, one decimal below, no trailing zero."""
    if not math.isfinite(value):
        return "?"
    if abs(value) >= 10:
        return f"{value:,.0f}"
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def span(low: float, high: float) -> str:
    """`17–31`, `−4 to 12` where an end is negative, one number where the ends agree."""
    a, b = number(low), number(high)
    if a == b:
        return a.replace("-", "−")
    if low < 0 or high < 0:
        return f"{a} to {b}".replace("-", "−")
    return f"{a}–{b}"


def share(p: float) -> str:
    """A probability, a weight or another share: `46%`."""
    return f"{p:.0%}"


def signed(value: float, places: int) -> str:
    """A change with its sign: `+0.11`, `−0.02`."""
    return f"{value:+.{places}f}".replace("-", "−")


def pull(weight: float) -> str:
    """How far a pooled value moves with a figure: `+16%`, `−6%`."""
    return f"{weight:+.0%}".replace("-", "−")


def score(value: float) -> str:
    """A score from 0 to 1."""
    return f"{value:.2f}"


def part_of_score(value: float) -> str:
    """A criterion's part of a score, or a small difference of scores."""
    return f"{value:.3f}"


def money(value: float, symbol: str) -> str:
    """A sum with its symbol: whole units; cents only below ten."""
    if value < 10 and value != round(value):
        return f"{symbol}{value:,.2f}"
    return f"{symbol}{value:,.0f}"


def money_range(cell: "Cell", symbol: str) -> str:
    """Typical and, in brackets, low to high; `≈` marks a borrowed price."""
    mark = BORROWED if cell.basis == "borrowed" else ""
    middle = f"{mark}{money(cell.typical, symbol)}"
    low, high = money(cell.low, symbol), money(cell.high, "")
    return middle if low == money(cell.high, symbol) else f"{middle} ({low}–{high})"


# ------------------------------------------------------------------ benefit


def attached(scale: "Scale") -> str:
    """The unit of a level that follows its number without a space: `%`; none where the unit is in words."""
    return "" if scale.unit[0].isalpha() else scale.unit


def steps(value: float, scale: "Scale") -> str:
    """What a gain counts, after a number: `points`, `point` after one, `hairs/cm²`."""
    return scale.step.removesuffix("s") if abs(round(value)) == 1 else scale.step


def gain(value: float, scale: "Scale") -> str:
    """One gain: `24 points`, `12 hairs/cm²`."""
    return f"{whole(value)} {steps(value, scale)}"


def level(value: float, scale: "Scale") -> str:
    """What people come to: `12%`, `−3 hairs/cm²`."""
    return f"{whole(value)}{attached(scale) or f' {scale.unit}'}"


def whole(value: float) -> str:
    """A gain without its unit."""
    return number(round(value)).replace("-", "−")


def whole_span(low: float, high: float) -> str:
    """A range of gains without its unit."""
    return span(round(low), round(high))


def gain_short(cell: "Cell") -> str:
    """An expected gain under a heading that tells its unit: `24 (17–31)`; none is made up where no study has it."""
    if cell.basis != "studies":
        return NO_FIGURE
    return f"{whole(cell.typical)} ({whole_span(cell.low, cell.high)})"


def gain_alone(cell: "Cell", scale: "Scale") -> str:
    """An expected gain where no heading tells its unit: `24 points (17–31)`, `21 hairs/cm² (11–30)`."""
    if cell.basis != "studies":
        return NO_FIGURE
    return f"{gain(cell.typical, scale)} ({whole_span(cell.low, cell.high)})"


def gain_phrase(cell: "Cell", scale: "Scale") -> str:
    """An expected gain as a person would say it: `about 27 points better than a dummy treatment, likely 18–36`."""
    if cell.basis != "studies":
        return "no study gives a figure for it"
    likely = whole_span(cell.low, cell.high)
    if round(cell.typical) <= 0:
        return f"no gain over a dummy treatment expected ({likely})"
    return f"about {gain(cell.typical, scale)} {scale.over}, likely {likely}"


def stars(count: int) -> str:
    """Five places, filled from the left."""
    return "★" * count + "☆" * (5 - count)


def stars_says(count: int) -> str:
    """Stars for who cannot see them."""
    return f"{count} of 5 stars: {SURENESS[count]}"


# ------------------------------------------------------------------ time and visits


def plural(count: float, word: str) -> str:
    """`1 visit`, `3 visits`, `3 studies`."""
    many = f"{word[:-1]}ies" if word.endswith("dy") else f"{word}s"
    return f"{number(count)} {word if count == 1 else many}"


def reach(cell: "Cell", nought: str = "none", whole: bool = False) -> str:
    """A cell's range for a table: `3–7`, `<1`; `?` where no fact is known, `~` where it is a named guess.

    `whole` rounds to whole days, weeks or months.
    """
    if not cell.known:
        return "?"
    if cell.basis == "as-used":
        return AS_USED
    if cell.high == 0:
        return nought or "0"
    mark = GUESSED if cell.basis == "prior" else ""
    low, high = (round(cell.low), round(cell.high)) if whole else (cell.low, cell.high)
    return f"{mark}{'<1' if cell.high < 1 else span(low, high)}"


def course_length(option: "Option", horizon: float) -> str:
    """How much of it: `5` visits, `3 of 4` in a part course, `1 + 3` with renewals, `12 months` at home."""
    if option.sessions is not None:
        text = f"{option.sessions} of {option.usual_sessions}" if option.part_course else f"{option.sessions}"
        if option.renewals:
            text += f" + {number(option.renewals)}"
        return f"{text} + daily" if option.months else text
    if option.months is None or option.once:
        return "once"
    return months(min(option.months, horizon))


def months(value: float) -> str:
    """Months of use, in days where they are fewer than one."""
    return plural(value, "month") if value >= 1 else plural(round(value * 30.4), "day")


def course_says(option: "Option", horizon: float) -> str:
    """A course in words: `3 of 4 visits, a part course`."""
    text = course_length(option, horizon)
    if option.sessions is None:
        return "bought once" if text == "once" else f"{text} at home"
    visits = f"{text.removesuffix(' + daily')} {'visit' if text in ('1', '1 + daily') else 'visits'}"
    if option.part_course:
        visits += ", a part course"
    if option.renewals:
        visits += ", the last to renew it"
    return f"{visits}, and daily use at home" if option.months else visits


# ------------------------------------------------------------------ sentences


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def some(parts: Iterable[str], most: int, joint: str = "; ") -> str:
    """The first so many, and how many more."""
    every = list(parts)
    more = f"{joint}and {len(every) - most} more" if len(every) > most else ""
    return joint.join(every[:most]) + more


def capital(text: str) -> str:
    """The same with a large first letter."""
    return text[:1].upper() + text[1:]


def readable(identity: str) -> str:
    """An id as words."""
    return identity.replace("-", " ")


def in_words(text: str) -> str:
    """A text that may be an id: one without a space is told as words."""
    return text if " " in text else readable(text)
