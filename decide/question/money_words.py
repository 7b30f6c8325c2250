"""Budgets: "$2,000", "A$600", "two thousand pounds", "between 600 and 800", "no more than 2k a session".

A number is a sum if a currency or a thousand stands at it, if a word of spending leads to it, or if it stands alone and
is too large for anything else. An age, a count of sessions, a skin type, a percentage or a year is never a sum. What
was spent in the past, other currencies and second sums are left unused, and so are reported.

Long because each way of saying a sum is one rule, and their order matters.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from decide.question.english import FUNCTION
from decide.question.money import LIMIT
from decide.question.request import Budget
from decide.question.sheet import BREAKS, Read, Sheet
from decide.question.tokens import Token
from decide.question.vocabulary import CURRENCY
from decide.question.wordlist import phrases, word_set

Per = Literal["course", "session", "month"]

_NEUTRAL = word_set("$ dollar buck")
_FOREIGN = word_set(
    """€ ¥ ₹ ₩ ₽ ₪ ฿ euro eur yen jpy rupee inr cad c$ ca$ cdn nzd nz$ chf franc sek nok dkk kr krona krone zar rand
    peso mxn brl r$ reais hkd hk$ sgd s$ sg$ aed dirham thb baht krw rmb yuan cny rouble ruble rub zloty pln lira
    shekel ils riyal sar php ringgit myr czk huf forint ron lei idr vnd dong tl try won pkr ngn naira
    rs lakh lac crore"""
)
_FOREIGN_DOLLARS = word_set("canadian zealand kiwi singapore hong kong taiwan taiwanese jamaican nz fijian")

_LOW = phrases(
    """at least|minimum of|a minimum of|minimum|min|more than|over|above|upwards of|starting at|
    starting from|from|no less than|not less than|north of|in excess of|>|≥|exceed|beyond"""
)
_LOW_AFTER = phrases("""or more|and up|and above|minimum|at least|or above|+|plus|upwards""")
_UNLESS_NEGATED = frozenset(
    ("more than", "over", "above", "exceed", "beyond", "upwards of", "north of", "in excess of")
)
_NEGATORS = word_set("no not never nothing without none cannot nor")
_HIGH = phrases(
    """under|below|less than|lower than|fewer than|at most|up to|no more than|not more than|max|maximum|
    maximum of|a maximum of|max of|within|cap of|capped at|limit of|limit is|limited to|not over|
    nothing over|budget|budget of|budget is|budget around|budget about|spend|spending|to spend|afford|pay|
    paying|around|about|roughly|approximately|approx|circa|~|≈|<|≤|just under|cheaper than|inside|
    not exceeding|have|got|with|for|have got|only|only have|quoted|sub|south of|max budget|
    max budget is|budget max|limit|=|cost|costs|charges|charging|charge|asking|wants|worth|undr|use of|
    saved|saved up|spare|budgeted|price|total|total of|exceeding|stay under|keep under|something like|
    ceiling of|ceiling is|budget :|budget -|total budget|price limit|in the region of|somewhere around"""
)
_SURE = frozenset(
    phrases(
        """under|below|less than|lower than|at most|up to|no more than|not more than|max|maximum|maximum of|
        max of|cap of|capped at|budget|budget of|budget is|budget around|budget about|spend|spending|
        to spend|afford|pay|paying|limit of|limit is|not over|nothing over|just under|budgeted|
        max budget|max budget is|budget max|use of|saved|saved up|total of|budget :|total budget|<|≤|
        price limit|stay under|keep under|sub|undr|budget -|a maximum of|not exceeding|ceiling of|
        ceiling is|within"""
    )
)
"""After these a bare number is a sum, however small, unless it counts something."""
_HIGH_AFTER = phrases(
    """or less|or under|max|maximum|tops|at most|or so|or below|ish|- ish|budget|limit|to spend|total|
    in total|all in|in all|altogether|cap|ceiling|or cheaper|to play with|available|spare|saved|saved up|
    for the lot|overall|absolute max|absolute maximum|to invest|to work with|left|to use"""
)
_PAST = word_set("spent paid wasted dropped blew lost splurged")
_LEADS = word_set(
    """a an the my is of to : - only just maybe like say roughly about around approx total budget have i we got at s =
    strict absolute hard be am was are can go something in real really up than it set not far away more do want"""
)

_PER_AFTER: Mapping[Per, str] = {
    "session": r"(?:per|each|every|a|/|an) (?:single )?(?:session|treatment|visit|appointment|sitting|go|pop|round"
    r"|procedure|shot|time|injection)\b",
    "month": r"(?:(?:per|each|every|a|/) (?:calendar )?(?:month|mo|mth)\b|monthly\b|pcm\b|pm\b|p m\b)",
}
_PER_UNIT = r"(?:per|each|every|an?|/) (unit|syringe|vial|area|tube|bottle)s?"
_PER_BEFORE: Mapping[Per, str] = {
    "session": r"\b(?:(?:per|each|every) (?:session|treatment|visit|appointment)|session budget)\b[^.;?!]{0,40}$",
    "month": r"\b(?:monthly|(?:per|each|every|a) month)\b[^.;?!]{0,40}$",
}
_PER_WORDS = word_set("per each every a an / monthly pcm pm session")
_BEFORE_PER = r"^(?:(?:max|maximum|tops|at most|or less|or so|total|budget|is|to spend|,|\)|in total) ){0,4}"

_UNIT_AFTER = word_set(
    """session treatment visit time appointment syringe unit vial ml mg mm nm cm kg lb stone percent week month year
    day hour minute yr yo old kid child children scar spot line wrinkle round shot tablet pill st nd rd th x f m
    degree am pm clinic"""
)
_MAY_FOLLOW = FUNCTION | word_set("total max maximum tops budget please what which best thanks hair to spend")
_COUNTED = word_set("session treatment visit sitting appointment round")
_WAYS_BACK = 4
_LEAST_ALONE = 100
"""A number below this that nothing marks as money is an age, a count or a strength."""


class Sum(NamedTuple):
    """One sum of money, or what may be one: where it stands and what was written at it."""

    start: int
    end: int
    value: Decimal
    currency: str | None = None
    marked: bool = False
    foreign: bool = False


class UnitSum(NamedTuple):
    """A sum that is the price of one unit of something, and the tokens that said so."""

    start: int
    value: Decimal
    currency: str | None
    unit: str
    used: frozenset[int]


class Bound(NamedTuple):
    """A sum with its part in the budget; `sure` when words said that it is one."""

    low: Decimal | None
    high: Decimal | None
    currency: str | None
    per: Per
    used: frozenset[int]
    sure: bool


def read_budget(sheet: Sheet, taken: frozenset[int]) -> Read[Budget | None]:
    """The budget, if one was told; sums that are none of it stay unused."""
    sums = _sums(sheet, taken)
    quoted = _quotes_of_several(sheet, sums)
    sums = [money for money in sums if money not in quoted]
    bounds = _ranges(sheet, sums)
    in_range = frozenset(i for bound in bounds for i in bound.used)
    bounds += [
        bound
        for money in sums
        if in_range.isdisjoint(range(money.start, money.end)) and (bound := _bound(sheet, money)) is not None
    ]
    return _together(sorted(bounds, key=lambda b: min(b.used)))


def _quotes_of_several(sheet: Sheet, sums: list[Sum]) -> set[Sum]:
    """Sums that are each the price of another treatment: none is what may be spent."""
    priced = [(money, of) for money in sums if money.marked and (of := _priced_at(sheet, money))]
    return {money for money, _ in priced} if len({of for _, of in priced}) > 1 else set()


def _priced_at(sheet: Sheet, money: Sum) -> str | None:
    """The treatment that a sum stands right beside: "$800 for X", "X at $800"."""
    after = money.end + (sheet.word(money.end) in ("for", "on"))
    before = money.start - 1 - (sheet.word(money.start - 1) in ("at", "is", "for", "was", "costs", ":", "-", "="))
    for at in (after if after > money.end else -1, before):
        hit = sheet.hit_at(at) if at >= 0 else None
        if hit is not None and hit.get("procedure"):
            return str(hit.get("procedure"))
    return None


def read_unit_sums(sheet: Sheet, taken: frozenset[int]) -> list[UnitSum]:
    """Sums for a unit of what is sold ("$12 a unit", "£300 per syringe"): prices, and no budgets."""
    found = []
    for money in _sums(sheet, taken):
        if not money.marked or money.foreign or _was_spent(sheet, money.start):
            continue
        after = " ".join(sheet.word(i) for i in range(money.end, min(money.end + 2, len(sheet.tokens))))
        match = re.fullmatch(_PER_UNIT, after)
        if match:
            _, cue = _cue_before(sheet, money.start)
            used = frozenset(range(money.start, money.end + 2)) | cue
            found.append(UnitSum(money.start, money.value, money.currency, match[1], used))
    return found


def _together(bounds: list[Bound]) -> Read[Budget | None]:
    """One budget: a sum that is surely one before any other, and a least with a most."""
    ranked = [b for b in bounds if b.sure] or bounds
    if not ranked:
        return Read(None)
    first = ranked[0]
    low, high, currency, used, per = first.low, first.high, first.currency, first.used, first.per
    for other in bounds:
        same_sum = (other.low, other.high) == (first.low, first.high)
        completes = (
            low is None and high is not None and other.low is not None and other.high is None and other.low <= high
        ) or (high is None and low is not None and other.high is not None and other.low is None and low <= other.high)
        if other is not first and (same_sum or completes):
            low, high = low if low is not None else other.low, high if high is not None else other.high
            currency, used = currency or other.currency, used | other.used
            per = per if per != "course" else other.per
    return Read(Budget(low=low, high=high, currency=currency, per=per), used)


# ---------------------------------------------------------------- sums


def _sums(sheet: Sheet, taken: frozenset[int]) -> list[Sum]:
    return [
        found
        for index, token in enumerate(sheet.tokens)
        if token.number is not None
        and index not in taken
        and not _is_named(sheet, index)
        and (found := _sum(sheet, index)) is not None
    ]


def _is_named(sheet: Sheet, index: int) -> bool:
    """Whether the number belongs to a name: "Morpheus8", "1927 nm laser"."""
    hit = sheet.hit_at(index)
    return hit is not None and (hit.get("procedure") is not None or hit.get("concern") is not None)


def _sum(sheet: Sheet, index: int) -> Sum | None:
    token = sheet.tokens[index]
    value = token.number
    if value is None or not 0 < value <= LIMIT:
        return None
    start, before, foreign_before, mark_before = _currency_left(sheet, index)
    end, after, foreign_after, mark_after = _currency_right(sheet, index)
    marked = mark_before or mark_after or token.thousands
    foreign = (foreign_before or foreign_after) and not (before or after)
    return Sum(start, end, value, before or after, marked, foreign)


def _currency_left(sheet: Sheet, index: int) -> tuple[int, str | None, bool, bool]:
    """Where the sum begins, its currency, whether that is foreign, and whether there is any mark of money."""
    start, code, foreign, mark = index, None, False, False
    while start > 0:
        hit, token = sheet.hit_at(start - 1), sheet.tokens[start - 1]
        if hit and hit.get(CURRENCY) and hit.end == start:
            start, code, mark = hit.start, code or hit.get(CURRENCY), True
        elif token.stem in _FOREIGN or (token.raw == "R" and sheet.tokens[start].glued):
            start, foreign, mark = start - 1, True, True
        elif token.text == "." and sheet.word(start - 2) in _FOREIGN:
            start -= 1
        elif token.stem == "$" or (token.stem in _NEUTRAL and mark):
            start, mark = start - 1, True
        else:
            break
    return start, code, foreign, mark


def _currency_right(sheet: Sheet, index: int) -> tuple[int, str | None, bool, bool]:
    end, code, foreign, mark = index + 1, None, False, False
    while end < len(sheet.tokens):
        hit, token = sheet.hit_at(end), sheet.tokens[end]
        if hit and hit.get(CURRENCY) and hit.start == end:
            end, code, mark = hit.end, code or hit.get(CURRENCY), True
        elif token.stem in _FOREIGN or (token.stem in _FOREIGN_DOLLARS and _neutral_soon(sheet, end)):
            end, foreign, mark = end + 1, True, True
        elif token.stem in _NEUTRAL and not _begins_a_sum(sheet, end):
            end, mark = end + 1, True
        else:
            break
    return end, code, foreign, mark


def _neutral_soon(sheet: Sheet, at: int) -> bool:
    return any(i < len(sheet.tokens) and sheet.tokens[i].stem in _NEUTRAL for i in (at + 1, at + 2))


def _begins_a_sum(sheet: Sheet, at: int) -> bool:
    following = sheet.tokens[at + 1] if at + 1 < len(sheet.tokens) else None
    return (
        following is not None and following.number is not None and sheet.word(at) == "$" and not sheet.tokens[at].glued
    )


# ---------------------------------------------------------------- ranges


def _ranges(sheet: Sheet, sums: list[Sum]) -> list[Bound]:
    found: list[Bound] = []
    for first, second in pairwise(sums):
        link = [sheet.word(i) for i in range(first.end, second.start)]
        lead = _words_before(sheet, first.start, 2)
        between = bool(lead) and "between" in lead and link in (["and"], ["to"], ["-"])
        if not (between or link in (["-"], ["to"], ["up", "to"]) or (link == ["-", "-"])):
            continue
        if first.foreign or second.foreign or _is_count(sheet, second):
            continue
        low, high = _scaled(sheet, first, second)
        marked = first.marked or second.marked
        start = first.start - (1 if lead and lead[-1] in ("between", "from") else 0)
        cue = _cue_before(sheet, start)
        if not (marked or between or cue[0] or high >= 100) or low == high:
            continue
        used = frozenset(range(start, second.end)) | cue[1]
        per, per_used = _per(sheet, start, second.end)
        after = _after(sheet, second.end)
        found.append(
            Bound(
                min(low, high), max(low, high), first.currency or second.currency, per, used | per_used | after[1], True
            )
        )
    return found


def _scaled(sheet: Sheet, first: Sum, second: Sum) -> tuple[Decimal, Decimal]:
    """Both ends of a range: in "1-2k" the thousand is meant for both."""
    low, high = first.value, second.value
    if _number_of(sheet, second).thousands and not _number_of(sheet, first).thousands and low < 100 <= high:
        low *= 1000 if high >= 1000 else 100
    return low, high


def _number_of(sheet: Sheet, money: Sum) -> Token:
    return next(token for token in sheet.tokens[money.start : money.end] if token.number is not None)


# ---------------------------------------------------------------- single sums


def _bound(sheet: Sheet, money: Sum) -> Bound | None:
    """What a single sum bounds, or None when it is no part of a budget."""
    if money.foreign or _was_spent(sheet, money.start) or _is_discount(sheet, money) or _is_negative(sheet, money):
        return None
    cue, cue_used = _cue_before(sheet, money.start)
    side, side_used = _after(sheet, money.end)
    if not money.marked and (_is_count(sheet, money) or not _stands_for_money(sheet, money, cue, side)):
        return None
    low = cue in _LOW or (side == "low" and cue not in _HIGH)
    if low and cue in _UNLESS_NEGATED and _negated(sheet, min(cue_used)):
        low, cue_used = False, cue_used | _negators(sheet, min(cue_used))
    per, per_used = _per(sheet, money.start, money.end)
    used = frozenset(range(money.start, money.end)) | cue_used | side_used | per_used
    sure = (
        (cue in _SURE and cue != "quoted")
        or cue in _LOW
        or side != ""
        or cue in ("have", "have got", "got", "only have")
    )
    return Bound(money.value if low else None, None if low else money.value, money.currency, per, used, sure)


def _words_before(sheet: Sheet, start: int, count: int) -> list[str]:
    return [sheet.word(i) for i in range(max(0, start - count), start)]


def _cue_before(sheet: Sheet, start: int) -> tuple[str, frozenset[int]]:
    """The cue that leads to a sum, over small words between; and its tokens."""
    for at in range(start, max(-1, start - _WAYS_BACK - 1), -1):
        if at < start and sheet.word(at) not in _LEADS:
            break
        for length in (4, 3, 2, 1):
            words = " ".join(_words_before(sheet, at, length)) if at >= length else ""
            if any(_is_name(sheet, i) for i in range(at - length, at)):
                continue
            if words and (words in _LOW or words in _HIGH) and (words not in ("from", "over") or at == start):
                return words, frozenset(range(at - length, start))
    return "", frozenset()


def _is_name(sheet: Sheet, index: int) -> bool:
    """Whether a token belongs to something that is no cue: "at home only" before a sum."""
    hit = sheet.hit_at(index)
    return hit is not None and any(kind not in ("cue", CURRENCY) for kind, _ in hit.meanings)


def _after(sheet: Sheet, end: int) -> tuple[str, frozenset[int]]:
    """Whether words after a sum make it a least ("low") or a most ("high"); and their tokens."""
    for length in (3, 2, 1):
        words = " ".join(sheet.word(i) for i in range(end, end + length))
        if words in _LOW_AFTER and not (words in ("+", "plus") and not _ends_here(sheet, end + length)):
            return "low", frozenset(range(end, end + length))
        if words in _HIGH_AFTER:
            return "high", frozenset(range(end, end + length))
    return "", frozenset()


def _ends_here(sheet: Sheet, at: int) -> bool:
    return at >= len(sheet.tokens) or sheet.tokens[at].is_sign or sheet.word(at) in FUNCTION


def _stands_for_money(sheet: Sheet, money: Sum, cue: str, side: str) -> bool:
    """Whether a number without any mark of money is a sum all the same."""
    if cue in _SURE or cue in ("at least", "more than", "at least of", "minimum of") or side in ("low", "high"):
        return cue in _SURE or money.value >= (20 if cue or side == "high" else _LEAST_ALONE)
    if money.value < _LEAST_ALONE or _looks_like_year(sheet, money, cue):
        return False
    following = sheet.word(money.end)
    alone = money.end >= len(sheet.tokens) or sheet.tokens[money.end].is_sign or following in _MAY_FOLLOW
    return alone or bool(cue)


def _looks_like_year(sheet: Sheet, money: Sum, cue: str) -> bool:
    year = 1950 <= money.value <= 2049 and money.value == int(money.value) and "," not in sheet.tokens[money.start].raw
    leads = _words_before(sheet, money.start, 1)
    return year and (
        (bool(leads) and leads[0] in ("in", "since", "year", "from", "until", "by")) or (money.value > 2000 and not cue)
    )


def _is_count(sheet: Sheet, money: Sum) -> bool:
    """Whether a number without a currency counts or measures something."""
    if money.marked and money.currency is not None:
        return False
    following = sheet.tokens[money.end] if money.end < len(sheet.tokens) else None
    if following is None:
        return False
    return following.stem in _UNIT_AFTER or following.text == "%"


def _was_spent(sheet: Sheet, start: int) -> bool:
    for at in range(start - 1, max(-1, start - 6), -1):
        if sheet.word(at) in BREAKS:
            return False
        if sheet.word(at) in _PAST:
            return True
        if sheet.word(at) in ("spend", "pay", "budget"):
            return False
    return False


def _is_discount(sheet: Sheet, money: Sum) -> bool:
    return sheet.word(money.end) in ("off", "discount", "voucher", "coupon", "cashback", "deposit", "gift")


def _is_negative(sheet: Sheet, money: Sum) -> bool:
    at = money.start - 1
    return (
        at >= 0
        and sheet.word(at) == "-"
        and money.start < len(sheet.tokens)
        and sheet.tokens[money.start].glued
        and not (at > 0 and sheet.tokens[at].glued)
    )


def _negated(sheet: Sheet, at: int) -> bool:
    return bool(_negators(sheet, at))


def _negators(sheet: Sheet, at: int) -> frozenset[int]:
    """The words from a negator to the cue: "can't spend", "nothing"."""
    for index in range(at - 1, max(-1, at - 7), -1):
        word = sheet.word(index)
        if word in _NEGATORS:
            return frozenset(range(index, at))
        if word in BREAKS or word == ",":
            break
    return frozenset()


def _per(sheet: Sheet, start: int, end: int) -> tuple[Per, frozenset[int]]:
    """What the sum is for: a session or a month when it says so, else the whole course."""
    following = range(end, min(end + 8, len(sheet.tokens)))
    if any(sheet.word(i) in _PER_WORDS for i in following):
        after = " ".join(sheet.word(i) for i in following)
        for per, shape in _PER_AFTER.items():
            match = re.match(_BEFORE_PER + shape, after)
            if match:
                return per, frozenset(range(end, end + len(match[0].split())))
    near = range(end, min(end + 5, len(sheet.tokens)))
    counted = any(sheet.tokens[i].stem in _COUNTED for i in (*range(max(0, start - 6), start), *near))
    if sheet.word(end) == "each" and counted:
        return "session", frozenset({end})
    leading = range(max(0, start - 8), start)
    if any(sheet.word(i) in _PER_WORDS for i in leading):
        before = " ".join(sheet.word(i) for i in leading)
        for per, shape in _PER_BEFORE.items():
            match = re.search(shape, before)
            if match:
                begin = leading.start + len(before[: match.start()].split())
                return per, frozenset(range(begin, begin + (1 if match[0].startswith("monthly") else 2)))
    return "course", frozenset()
