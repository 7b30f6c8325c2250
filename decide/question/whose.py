"""Of whom something is told: who is to be treated, a relative who only tells or is told of, or somebody else."""

from typing import NamedTuple

from decide.question.english import MODIFIERS
from decide.question.phrases import Hit
from decide.question.sheet import BREAKS, CLAUSE_BREAKS, Sheet
from decide.question.wordlist import word_set


class ToldOf(NamedTuple):
    """What is told of relatives who are not asked for: from where to where each, and the phrases themselves.

    `open` tells that nothing says whether the one who writes is the one to be treated.
    """

    spans: tuple[tuple[int, int], ...]
    hits: frozenset[int]
    open: bool


def of_relatives(sheet: Sheet) -> ToldOf:
    """What is told of relatives: "I have melasma, my mother has lupus", "hair loss, my dad is on warfarin"."""
    found: list[tuple[int, Hit]] = []
    for hit in sheet.hits:
        if (hit.get("condition") or hit.get("state")) and not hit.get("relation"):
            at = relative_before(sheet, hit.start)
            if at is not None and is_told_of_another(sheet, hit.start):
                found.append((at, hit))
    spans = tuple((at, hit.end - 1) for at, hit in found)
    return ToldOf(spans, frozenset(hit.start for _, hit in found), not sheet.is_of_oneself)


def relative_before(sheet: Sheet, start: int) -> int | None:
    """Where the relative stands whom the clause before a place is about: "my mother", at most so many words before."""
    for at in range(start - 1, max(-1, start - _NEAR), -1):
        if sheet.word(at) in (*CLAUSE_BREAKS, ",", "i", "but"):
            return None
        if sheet.says("relation", at) and sheet.word(at - 1) in ("my", "our", "", ",", ".", ";"):
            return at
    return None


_NEAR = 9
"""Words within which a relative is told of."""


def is_asked_for(sheet: Sheet, at: int) -> bool:
    """Whether a relative is the one to be treated: "for my mother", "my mother's wrinkles", "my mother has melasma"."""
    before = [sheet.word(i) for i in range(max(0, at - 4), at)]
    if not {"help", "helps"}.isdisjoint(before[-2:]) or "for" in before:
        return True
    mine = not {"my", "our"}.isdisjoint(before) or sheet.word(at - 1) in ("", *CLAUSE_BREAKS, ",")
    if sheet.is_of_oneself or not mine or sheet.word(at + 1) in WAS or sheet.word(at - 1) == "and":
        return False
    told = at + 1
    while told < len(sheet.tokens) and sheet.word(told) not in (*BREAKS, "i", "me"):
        follows = sheet.tokens[told + 1 : told + 2]
        if sheet.word(told) == "," and not (follows and (follows[0].number is not None or follows[0].text in _WHO)):
            break
        told += 1
    if any(sheet.says("relation", i) for i in range(at + 1, told)):
        return False
    ahead = range(at + 1, min(len(sheet.tokens), at + _NEAR + 3))
    if any(sheet.word(i) in _WISHING and sheet.word(i + 1) != "me" for i in ahead):
        return True
    aged = any(sheet.tokens[i].number is not None for i in range(max(0, at - 3), told))
    return aged or any(hit.get("concern") and at < hit.start < told for hit in sheet.hits)


_WISHING = ("wants", "needs", "considering", "seeks", "hopes", "requests")
_WHO = ("who", "he", "she", "aged")
WAS = ("was", "were", "had", "and", "or")


def is_told_of_another(sheet: Sheet, start: int) -> bool:
    """Whether what starts here is told of a relative who is not the one to be treated."""
    at = relative_before(sheet, start)
    return at is not None and not is_asked_for(sheet, at)


def is_of_who_asks(sheet: Sheet, index: int) -> bool:
    """Whether a word for a man or a woman is that of the one to be treated: said of oneself ("I am a bald man"), or in
    a clause that holds nothing but what is asked ("hair loss, man, 31", "best for men"): not "men in my office talk".
    """
    if any(index in span for _, span in sheet.find(_SELF_AS)):
        return True
    ends = (*CLAUSE_BREAKS, ",", "")
    start = next(i for i in range(index, -1, -1) if sheet.word(i - 1) in ends)
    clause = range(start, next(i for i in range(index, len(sheet.tokens) + 1) if sheet.word(i) in ends))
    before, after = sheet.word(index - 1), sheet.hit_at(index + 1)
    named = after is not None and after.get("procedure") is not None
    if (
        named
        or before in _OTHERS
        or sheet.word(index - 2) in ("like", "only", "had", "having", "got")
        or any(sheet.says("relation", i) for i in clause)
    ):
        return False
    adjective = index - 1 if sheet.word(index - 2) in ("a", "an", "am", "as", *ends) else index
    return all(i in (index, adjective) or _is_small(sheet, i) for i in clause)


def _is_small(sheet: Sheet, index: int) -> bool:
    """Whether a word says nothing of somebody else: it is known, a number, a sign or a word of sex, age or degree."""
    word, token = sheet.word(index), sheet.tokens[index]
    known = sheet.hit_at(index) is not None or sheet.is_filler(index) or word in MODIFIERS or word in ("yo", "yrs")
    return known or token.is_sign or word[:1].isdigit() or sheet.says("sex", index) or sheet.says("span", index)


_SELF_AS = (
    r"\b(?:i am|am|as|being|i identify as)(?: (?:a|an))? (?:[\w/-]+ ){0,4}@sex\b"
    r"|\b\d\d (?:yo |y / o |yrs? |years? )?(?:old )?@sex\b|\b@sex (?:, |/ )?\d\d\b(?! ?[%$£€-])"
)
_OTHERS = word_set("my our your his her their these those some many hey hi thanks thank ok cheers other")


def of_bystanders(sheet: Sheet) -> frozenset[int]:
    """The words for somebody who only tells something, sex and age with them: "my friend (f, 40) swears by it"."""
    found: set[int] = set()
    for at in range(1, len(sheet.tokens)):
        if not sheet.says("bystander", at) or sheet.word(at - 1) not in _POINTING or "for" in two_before(sheet, at - 1):
            continue
        end = at + 1
        while (
            end < len(sheet.tokens)
            and end < at + _NEAR
            and (sheet.word(end) in _ASIDE or sheet.tokens[end].number is not None or sheet.says("sex", end))
        ):
            end += 1
        end += 2 * (sheet.word(end) in ("at", "from", "in"))
        if sheet.says("telling", end) or sheet.says("having", end):
            found.update(range(at, end))
    return frozenset(found)


_POINTING = ("my", "the", "our", "this", "some", "another", "one", "old", "best", "good")
_ASIDE = word_set("( ) , / f m who is yo year years old also same age")


def two_before(sheet: Sheet, start: int) -> list[str]:
    """The two words before a place."""
    return [sheet.word(i) for i in range(max(0, start - 2), start)]
