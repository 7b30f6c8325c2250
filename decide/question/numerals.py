"""Numbers in words and with thousands: "two thousand", "fifteen hundred", "2.5k", "a couple of grand" become one token.

Only what surely is a number is read: "one" alone is a pronoun, "a few" has no value.
"""

from collections.abc import Mapping
from decimal import Decimal

from decide.question.tokens import Token

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
UNITS: Mapping[str, int] = {w: n for n, w in enumerate(f"{_SMALL} eighteen nineteen".split())}
TENS: Mapping[str, int] = {
    w: 10 * n
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
TIMES: Mapping[str, int] = {"hundred": 100, "thousand": 1000, "grand": 1000, "k": 1000, "million": 1_000_000}
TIME_UNITS: Mapping[str, int] = {"hour": 0, "day": 1, "night": 1, "week": 7, "weekend": 2, "fortnight": 14, "month": 30}
"""Words for spans of time, with their days; an hour is less than one."""


def read_numerals(tokens: list[Token]) -> list[Token]:
    """The same tokens, with every number in words, and every number with its thousands, made one."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        value, end = _number(tokens, at)
        if value is None:
            found.append(tokens[at])
            at += 1
            continue
        first, last = tokens[at], tokens[end - 1]
        written = f"{value.normalize():f}"
        spelled = first.number is None
        if end - at == 1 and not spelled:
            found.append(first._replace(stem=written))
        else:
            thousands = any(t.text in ("k", "thousand", "grand") for t in tokens[at:end])
            found.append(
                Token(written, written, first.raw, first.start, last.end, first.glued, value, spelled, thousands)
            )
        at = end
    return found


def _word(tokens: list[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _number(tokens: list[Token], at: int) -> tuple[Decimal | None, int]:
    """The number that begins here and where it ends; (None, at) if none does."""
    value, end = _written_out(tokens, at) if tokens[at].number is None else (tokens[at].number, at + 1)
    if value is None:
        return None, at
    value, end = _spaced_thousands(tokens, at, value, end)
    if _word(tokens, end) == "and" and _word(tokens, end + 1) == "a" and _word(tokens, end + 2) == "half":
        value, end = value + Decimal("0.5"), end + 3
    while _multiplies(tokens, end):
        value, end = value * TIMES[tokens[end].text], end + 1
        if value > 10**9:
            return None, at
    if _word(tokens, end - 1) in TIMES and tokens[at].number is None:
        more, past = _rest(tokens, end)
        value, end = value + more, past
    return value, end


def _multiplies(tokens: list[Token], at: int) -> bool:
    word = _word(tokens, at)
    return word in TIMES and (word != "k" or tokens[at].glued or tokens[at - 1].raw.replace(".", "").isdigit())


def _written_out(tokens: list[Token], at: int) -> tuple[Decimal | None, int]:
    word, following = _word(tokens, at), _word(tokens, at + 1)
    if word in TENS:
        one = UNITS.get(following, 0)
        return (Decimal(TENS[word] + one), at + 2) if 0 < one < 10 else (Decimal(TENS[word]), at + 1)
    if word == "one":
        half = following == "and" and _word(tokens, at + 2) == "a"
        counts = half or following in TIMES or following in TIME_UNITS
        return (Decimal(1), at + 1) if counts else (None, at)
    if word in UNITS:
        return Decimal(UNITS[word]), at + 1
    start = at + 1 if word == "a" else at
    if word == "a" and following in ("hundred", "thousand", "grand"):
        return Decimal(1), start
    if word == "half" and following == "a" and _word(tokens, at + 2) in ("grand", "thousand"):
        return Decimal("0.5"), at + 2
    if _word(tokens, start) == "couple":
        end = start + 2 if _word(tokens, start + 1) == "of" else start + 1
        what = tokens[end].stem if end < len(tokens) else ""
        if what in TIMES or what in TIME_UNITS:
            return Decimal(2), end
    return None, at


def _rest(tokens: list[Token], at: int) -> tuple[Decimal, int]:
    """What follows a thousand or hundred in words: "two thousand [five hundred] [and fifty]"."""
    total = Decimal(0)
    while at < len(tokens):
        start = at + 1 if _word(tokens, at) == "and" else at
        if start >= len(tokens) or _word(tokens, start) not in {*UNITS, *TENS} or _word(tokens, start) == "one":
            break
        value, end = _written_out(tokens, start)
        if value is None:
            break
        if _word(tokens, end) == "hundred":
            value, end = value * 100, end + 1
        elif _word(tokens, end) in TIMES or (end < len(tokens) and tokens[end].stem in TIME_UNITS):
            break
        total, at = total + value, end
    return total, at


def _spaced_thousands(tokens: list[Token], at: int, value: Decimal, end: int) -> tuple[Decimal, int]:
    """What "$2 000" means: two thousand, but only after a sign of money, and only with exactly three digits."""
    marked = at > 0 and tokens[at - 1].text[-1] in "$£"
    if marked and end < len(tokens) and value < 1000 and len(tokens[end].raw) == 3 and tokens[end].raw.isdigit():
        return value * 1000 + Decimal(tokens[end].raw), end + 1
    return value, end
