"""How long someone can be out of action: "3 days off", "a weekend to recover", "back at work within two days".

A span of time counts only beside a word for being off or healing; "my wedding is in six weeks" is left alone.
"""

import re

from decide.question.numerals import TIME_UNITS
from decide.question.sheet import Read, Sheet
from decide.question.wordlist import word_set

_UNIT = "|".join(f"{unit}s?" for unit in TIME_UNITS)
_SPAN = (
    r"(?:(?P<from>\d[\d.]*) (?:-|to|or) )?(?P<count>\d[\d.]*|a|the|one)"
    rf"(?: (?:or two|full|whole|solid|long(?= week\b)))? (?P<unit>{_UNIT})"
)
_OFF = (
    r"(?:off|down ?time|recovery|recover|recuperate|recuperating|heal|healing|healed|leave|out of action"
    r"|away from work|hiding|of rest)"
)
_FILL = (
    r"(?: (?:of|for|to|my|the|any|some|full|total|complete|work|social|s|maximum|max|or so|free|available"
    r"|in which|period)){0,5}"
)
_BOUND = (
    r"(?: (?:of|is|are|for|in|within|under|below|less|than|up|to|at|most|max|maximum|no|not|more|about|around|must"
    r"|should|be|has|have|needs|limit|limited|work|over|longer|only|time|a|the|:|=|s|period|can|cannot|exceed|i)){0,8}"
)
_AFTER = rf"\b{_SPAN}{_FILL} {_OFF}\b(?: (?:work|time|max|maximum|at most|tops)){{0,3}}"
_BEFORE = (
    r"\b(?:down ?time|recovery(?: time)?|time off(?: work)?|take off|be off|am off|off work|off for|out of action"
    rf"|recover|heal|recuperate){_BOUND} {_SPAN}\b"
)
_BACK = (
    rf"\bback (?:at|to|in) (?:my |the )?(?:work|office|desk|normal|job|school)(?: \w+)? (?:in|within|after) {_SPAN}\b"
)


def read_downtime(sheet: Sheet, taken: frozenset[int]) -> Read[float | None]:
    """The most days of downtime that were granted, if any were."""
    if not any(token.stem in TIME_UNITS for token in sheet.tokens):
        return Read(None)
    for pattern in (_AFTER, _BEFORE, _BACK):
        for match, span in sheet.find(pattern, taken):
            days = _days(match)
            if match[0].endswith("off") and _is_off_a_thing(sheet, span.stop):
                continue
            if days is not None and days <= 365:
                return Read(days, frozenset(span) | _bound_before(sheet, span.start))
    return Read(None)


def _is_off_a_thing(sheet: Sheet, at: int) -> bool:
    """Whether somebody is off a medicine and not off work: "6 weeks off isotretinoin"."""
    while sheet.word(at) in ("the", "my", "of", "all", "any", "oral"):
        at += 1
    hit = sheet.hit_at(at)
    named = hit is not None and (hit.get("procedure") is not None or hit.get("condition") is not None)
    return named or (
        at < len(sheet.tokens)
        and sheet.tokens[at].text[0].isalpha()
        and not (sheet.is_filler(at) or sheet.word(at) in _OFF_WORK or hit is not None)
    )


_OFF_WORK = word_set("work school college uni university office job desk duty max maximum")


def _days(match: re.Match[str]) -> float | None:
    unit = match["unit"].removesuffix("s")
    count = 1.0 if match["count"] in ("a", "the", "one") else float(match["count"])
    if "or two" in match[0]:
        count = 2.0
    return count / 24 if unit == "hour" else count * TIME_UNITS[unit]


_BOUNDS = word_set("no not more than at most up to under less about around maximum max only within over")


def _bound_before(sheet: Sheet, start: int) -> frozenset[int]:
    """The words of a bound right before a span: "no more than" three days."""
    first = start
    while first > 0 and sheet.word(first - 1) in _BOUNDS:
        first -= 1
    return frozenset(range(first, start))
