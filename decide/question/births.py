"""When somebody was born or will be of an age: "born 12/03/2010", "18 next month", "class of 2028".

Today decides what age that is. Days and months may be written in either order, and a year alone leaves the birthday
open, so what is found is the youngest and the oldest age that it may be. One age is as good as one that was said; where
it may be two, the answer asks.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

Ages = tuple[int, int]
"""The first and last whole year of age that is meant."""
_OLDEST = 110
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?"
_YEAR, _DAY = r"(?:19|20)\d\d", r"(?:\d{1,2} (?:st |nd |rd |th )?)?"
_BIRTH = (
    r"\b(?:born|dob|do b|d o b|date of birth|year of birth|yob|birth ?(?:year|date|day)|bday|b day)"
    r"(?: (?:is|was|were|in|on|of|the|a|my|year|back|way|around|about|early|mid|late|and|:|=|-|\())*"
)
_SEASON = (
    rf"(?:{_MONTH}|spring|summer|autumn|fall|winter|christmas|easter|week|weekend|month"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_NEXT = rf"(?:(?:next|this coming|coming) {_SEASON}|tomorrow|soon|later this year)(?! of)\b"
_THEN = (
    rf"(?:(?:in|on|this|end of|late|early|by) (?:the )?{_SEASON}|in (?:a |an |about |just |only )*(?:few|couple|\d+"
    r"|week|month|fortnight)(?: of)?(?: more)?"
    r"(?: (?:days?|weeks?|wks?|months?|mths?)|(?= [,.;!?)]|$| and | what | so ))"
    r"|(?:at|after|before) christmas)(?! of)\b"
)
"""Times that are to come, and those that are so beside a verb alone: "15 in October" may be past."""
_FAR = r"(?:(?P<same>this year)|next year|in (?:a|one) year|in (?P<years>\d) years|(?:in )?(?P<when>20\d\d))\b"
_NO_COUNT = (
    r"\b(?! ?(?:%|percent|weeks?|months?|days?|hours?|minutes?|mins?|sessions?|treatments?|units?|ml|mg|visits?|peels?"
    r"|in \d+ (?!day|week|wk|month|mth|year)|dollars?|pounds?|quid|k|grand|\$|£|€|[-/+] ?\d))(?: years?(?: old)?| yo)?"
)
_BECOMES = (
    r"(?<!it )(?<!that )(?<!this )(?<!which )(?<!cost )(?<!price )(?<!budget )"
    r"\b(?:(?:will|shall|going to|about to|not|until i|until she|until he|till i)(?: soon| only| just| even)?"
    r" (?:be|turn|hit|become)|turns?|turning|hits|becomes|becoming) (?:only |just )?"
)
_IS = rf"(?:{_BECOMES}|\bi am |\b(?:he|she|who|@relation|@young) is )(?P<age>\d{{1,2}}){_NO_COUNT}"
_BARE = rf"(?:^|(?<=[,.;(] ))(?P<age>\d\d){_NO_COUNT}"
_BIRTHDAY = r"\b(?P<age>\d\d) (?:st|nd|rd|th) birthday\b"
_ENDS = r"(?= [,.;!?)]|$| and | with | what | so | but | now )"
TELLINGS: tuple[tuple[str, str], ...] = (
    ("date", rf"{_BIRTH} (?P<a>\d{{1,4}}) ?[/.-] ?(?P<b>\d{{1,2}}) ?[/.-] ?(?P<c>\d{{1,4}})\b"),
    ("date", rf"{_BIRTH} (?P<a>\d{{1,2}})[.,](?P<b>\d{{1,2}})[.,](?P<c>\d{{2,4}})\b"),
    ("born", rf"{_BIRTH} {_DAY}(?:of )?(?P<month>{_MONTH}) (?:of |in )?{_DAY}(?:, )?(?P<year>{_YEAR}|\d\d{_ENDS})"),
    ("born", rf"{_BIRTH} (?P<year>{_YEAR}|\d\d{_ENDS})(?! ?[-/.] ?\d)\b"),
    ("born", rf"\b(?P<year>{_YEAR}) (?:baby|kid|born|model|vintage)\b"),
    ("decade", rf"{_BIRTH} (?P<year>(?:19|20)?\d0) ?s\b"),
    ("decade", r"\b(?P<year>(?:19|20)?\d0) ?s (?:baby|kid|child|born)\b"),
    ("school", rf"\bclass of (?P<year>{_YEAR}|\d\d)\b"),
    ("school", r"\bgraduat\w+ (?:from )?(?:high school |school |hs )?(?:in )?(?P<year>20\d\d)\b"),
    ("soon", rf"{_IS} (?:{_NEXT}|{_THEN})"),
    ("soon", rf"{_BIRTHDAY} (?:is |comes )?{_NEXT}"),
    ("soon", rf"{_BARE} {_NEXT}"),
    ("far", rf"(?:{_IS}|{_BARE.replace('age', 'age_')}) {_FAR}"),
    ("open", rf"{_BARE} {_THEN}"),
    ("open", rf"{_BIRTHDAY}(?: (?:is |comes )?{_THEN})?"),
    ("open", rf"{_BECOMES}(?P<age>\d{{1,2}}){_NO_COUNT}{_ENDS}"),
)
"""What is told, and the ways to tell it, in a line of folded words; "@relation" is any word for that use."""


def today() -> date:
    """The day that decides."""
    return date.today()


def ages_of(kind: str, match: re.Match[str]) -> Ages | None:
    """The ages that a match of one of `TELLINGS` leaves; None where nobody can be of one."""
    found = {name.rstrip("_"): said for name, said in match.groupdict().items() if said}
    ages = list(_ages(kind, found, today()))
    return (min(ages), max(ages)) if ages and 0 <= min(ages) <= max(ages) <= _OLDEST else None


def _ages(kind: str, found: Mapping[str, str], now: date) -> Iterator[int]:
    if kind == "date":
        yield from _of_dates([found[name] for name in "abc"], now)
    elif "year" in found:
        age = now.year - _full(found["year"], now.year + 8 * (kind == "school"))
        month = 1 + _MONTHS.index(found["month"][:3]) if "month" in found else 0
        if kind == "school":
            # who leaves a school or a college in a year is of some age from 17 to 24 then
            yield from (age + 16, age + 24)
        else:
            yield max(0, age - 10) if kind == "decade" else age - (now.month <= (month or 12))
            yield age - (now.month < month)
    else:
        years = int(found["when"]) - now.year if "when" in found else int(found.get("years", kind == "far"))
        years = 0 if "same" in found else years
        yield int(found["age"]) - years - 1
        yield int(found["age"]) - (1 if kind == "soon" else max(years, 0))


def _full(year: str, latest: int) -> int:
    """A year with its century, none after the latest."""
    return int(year) + (0 if len(year) > 2 else 2000 if 2000 + int(year) <= latest else 1900)


def _of_dates(parts: list[str], now: date) -> Iterator[int]:
    """The ages of a date, with days and months in either order."""
    for y, m, d in ((0, 1, 2),) if len(parts[0]) == 4 else ((2, 1, 0), (2, 0, 1)):
        try:
            born = date(_full(parts[y], now.year), int(parts[m]), int(parts[d]))
        except ValueError:
            continue
        yield now.year - born.year - ((now.month, now.day) < (born.month, born.day))
