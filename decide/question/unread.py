"""What was said of the person and could not be read: an illness, a medicine, an allergy that nobody lists.

Such words may forbid something, so they are told apart from all else that was not understood. A word is about the
person where it is one of health, or where it stands as something that one has or takes. Words of a concern, a place, a
price, a date or of what was tried before are none.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from decide.question.english import FACE, FUNCTION, english_stems, everyday_stems
from decide.question.people import long_ago
from decide.question.phrases import Hit
from decide.question.scope import denies_nothing, was_so
from decide.question.sheet import Sheet
from decide.question.tokens import stem
from decide.question.vocabulary import PLACE, PROCEDURE, VAGUE
from decide.question.wordlist import word_set

_HAS = re.compile(
    r"(?:have|has|got|having|suffer(?:ing)? (?:from|with)|live with|living with|diagnosed with|allergic to|allergy to"
    r"|intolerant (?:to|of)|sensitive to|prone to|history of|positive for|on|taking|take|takes|prescribed|use|using|had"
    r"|treated (?:for|with)|been given|am|my)$"
)
_LOOSE = re.compile(r"(?:have|has|got|having|had|am|my)$")
"""After these an everyday word is none about health: "I have a small budget"."""
_WEAK = re.compile(r"(?:am|my)$")
"""After these alone only words that say of themselves that they are about health count."""
_ASKED = re.compile(
    r"(?:help with|helps|help|treatments?(?: for)?|best(?: for)?|(?:what|anything|something|cream|fix|cure) for|for"
    r"|treat|fix|clear|about|of|cause|causes|gave me|gives me|risk of|get rid of|will not cause)$"
)
_TAKEN = re.compile(
    r"(?:waiting|booked|scheduled|due|listed|seen|referred|medications?|medicine|tablets?|pills?|treated|surgery"
    r"|something|on|take|taking) (?:\w+ )?for$"
)
_NONE = re.compile(r"(?:^|[ ,])(?:no|without|never had|not have|not take|not on)(?: any| known| other| history of)*$")
"""Before a word of health these deny it: "no clots", "I don't have any allergies"."""
_GIVEN = re.compile(
    r"\b(?:take|taking|takes|on|given|prescribed|use|using|have|had|inject\w*)\b.* called$"
    r"|\b(?:they|he|she|doctor|gp|hospital|clinic|dermatologist|derm|nurse) (?:\w+ )?gave me$"
)
"""After these a name is that of something taken: "I take something called X", "they gave me X"."""
_SMALL_BEFORE = re.compile(
    r"(?: (?:a|an|the|some|any|mild|severe|bad|chronic|still|also|been|of|type|high|low|both|recently))+$"
)
_JOINED = ("and", "or", ",", "with", ":", "to")


def about_the_person(sheet: Sheet, left: frozenset[int], told: Iterable[tuple[int, int]] = ()) -> tuple[str, ...]:
    """The words left over that are about the one who asks, and what was told of harm, as they were typed, each once."""
    spans: list[tuple[int, int]] = []
    whole = [hit for hit in sheet.hits if _stands_alone(sheet, hit) and left.issuperset(hit.indices)]
    left -= {i for hit in whole for i in hit.indices}
    for run in _runs(sheet, left):
        first, last = run[0], run[-1]
        if spans and [sheet.word(i) for i in range(spans[-1][1] + 1, first)] == ["to"]:
            first = spans.pop()[0]
        spans.append((first, last))
    return tuple(
        dict.fromkeys(
            sheet.said(first, last)
            for first, last in sorted(
                (
                    *spans,
                    *((hit.start, hit.end - 1) for hit in whole),
                    *_outermost((*_ruled_out_for_harm(sheet), *told)),
                )
            )
        )
    )


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    known = set(spans)
    return [a for a in known if not any(a != b and b[0] <= a[0] and a[1] <= b[1] for b in known)]


def _stands_alone(sheet: Sheet, hit: Hit) -> bool:
    """Whether a phrase is about the person by itself: it leaves open what holds, or asks about a birth not long ago."""
    asked = hit.get("state") == "asked" or (hit.get("state") == "unread" and denies_nothing(sheet, hit))
    number = sheet.tokens[hit.end - 1].number
    counts = number is not None and number < _YEAR and "type" not in (sheet.word(i) for i in hit.indices)
    if hit.get(VAGUE) is not None and counts and _is_a_measure(sheet, hit.end):
        return False
    return (hit.get(VAGUE) is not None or asked) and not (asked and long_ago(sheet, hit))


_YEAR = 1900
"""From here on a number is a year, and counts nothing: "born in 2010"."""


def _is_a_measure(sheet: Sheet, at: int) -> bool:
    """Whether a thing is counted by the number before it, so that it is no age: "almost 15 years of scars"."""
    word = sheet.word(at)
    follows = word.isalpha() and word not in FUNCTION and word not in ("soon", "tomorrow")
    return (follows and sheet.word(at + 1) != "old") or word in ("%", "$", "£", "of")


def _ruled_out_for_harm(sheet: Sheet) -> Iterable[tuple[int, int]]:
    """Where a treatment is ruled out for what it did: "allergic to X", "X burns last time"."""
    for hit in sheet.of(PROCEDURE):
        before, after = sheet.hit_at(hit.start - 1), sheet.hit_at(hit.end)
        if before is not None and before.end == hit.start and _tells_of_a_reaction(sheet, before, "averse"):
            yield before.start, hit.end - 1
        elif after is not None and _tells_of_a_reaction(sheet, after, "post no"):
            yield hit.start, after.end - 1


def _tells_of_a_reaction(sheet: Sheet, hit: Hit, cue: str) -> bool:
    return cue in hit.all("cue") and any(sheet.says("reaction", i) for i in hit.indices)


def _runs(sheet: Sheet, left: frozenset[int]) -> Iterable[Sequence[int]]:
    run: list[int] = []
    before: list[int] = []
    for i in (*sorted(left), len(sheet.tokens) + 1):
        if run and i != run[-1] + 1:
            if _is_about(sheet, run, bool(before) and _follows(sheet, before, run)):
                yield run
                before = run
            run = []
        run.append(i)


def _follows(sheet: Sheet, before: Sequence[int], run: Sequence[int]) -> bool:
    """Whether a run is joined to one that was about the person: "I have asthma and flurbosis"."""
    between = [sheet.word(i) for i in range(before[-1] + 1, min(run[0], before[-1] + 5))]
    return 0 < len(between) < 4 and any(w in _JOINED for w in between) and all(_small(w) for w in between)


def _small(word: str) -> bool:
    return word in _JOINED or word in ("a", "an", "some", "also", "on", "take", "taking", "have", "am", "i", "my")


def _is_about(sheet: Sheet, run: Sequence[int], follows: bool) -> bool:
    words = [sheet.word(i) for i in run]
    says = sheet.vocabulary.says
    if _is_a_bare_span(sheet, run):
        # how far along somebody is, it may be
        return True
    line = " ".join(sheet.word(i) for i in range(max(0, run[0] - 6), run[0]))
    others = [i for i in run if _is_another_thing(sheet, i)]
    if others and others[0] > run[0] and re.search(r"\b(?:on|taking|take|prescribed)$", line):
        # "on Zorbix patches": what is taken has a name before it
        run, others = range(run[0], others[0]), []
        words = [sheet.word(i) for i in run]
    on_a = bool(re.search(r"\bon (?:a|an|the|my)$", line))
    line = _SMALL_BEFORE.sub("", f" {line}").strip()
    denied = _NONE.search(line) is not None and not was_so(sheet, run[-1] + 1)
    if _is_held_against(sheet, run):
        return False
    if not others and any(says("ill", w) and not says("plain", w) for w in words):
        return not denied and (not _ASKED.search(line) or bool(_TAKEN.search(line)))
    strange = [
        i
        for i, w in zip(run, words, strict=True)
        if w.isalpha() and not says("plain", w) and w not in FACE and i not in others and not sheet.is_filler(i)
    ]
    rare = [i for i in strange if not {sheet.word(i), stem(sheet.word(i))} & everyday_stems()]
    unheard = any(_is_none_of_every_day(sheet.word(i)) and not says("looks", sheet.word(i)) for i in rare)
    if unheard and not denied and not _is_of_another(sheet, run, line):
        return True
    numbered = [sheet.tokens[i].number is not None for i in run]
    measured = any(says("dose", w) for w in words)
    spans = any(numbered) and any(says("span", w) for w in words)
    if others or says("looks", words[-1]) or (numbered[0] and not measured) or spans:
        # a sum, a date, an age
        return False
    has = _HAS.search(line)
    said = (has is not None and not _WEAK.search(line)) or bool(_GIVEN.search(line))
    loose = has is not None and (_LOOSE.search(has[0]) or on_a)
    return bool(rare if loose else strange) and (
        follows or said or measured or not {"daily", "nightly"}.isdisjoint(words)
    )


def _is_held_against(sheet: Sheet, run: Sequence[int]) -> bool:
    """Whether a name is the other side of a comparison with a treatment: "X or thiamidol"."""
    sides = ((run[0] - 1, run[0] - 2), (run[-1] + 1, run[-1] + 2))
    return len(run) == 1 and any(
        sheet.word(joint) in ("or", "vs", "versus", "than")
        and (hit := sheet.hit_at(beyond)) is not None
        and hit.get(PROCEDURE) is not None
        for joint, beyond in sides
    )


def _is_a_bare_span(sheet: Sheet, run: Sequence[int]) -> bool:
    """Whether a number of weeks, or one too low to be an age, stands alone: "melasma, 24 weeks", "acne scars, 3"."""
    alone = sheet.word(run[0] - 1) in (",", ";", ".", "(", "") and sheet.word(run[-1] + 1) in (",", ";", ".", ")", "")
    number = sheet.tokens[run[0]].number
    if number is None or not alone:
        return False
    whole = number == int(number) and not sheet.tokens[run[0]].spelled
    low = len(run) == 1 and whole and 1 <= number < sheet.vocabulary.youngest
    return low or (len(run) == 2 and sheet.word(run[1]) in ("week", "weeks", "wk", "wks"))


@lru_cache(maxsize=4096)
def _is_none_of_every_day(word: str) -> bool:
    """Whether a word may tell of anything: it is a rarer one, or none, and no slip of the hand in a long one."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    known = english_stems()
    if word in known or stem(word) in known:
        return True
    near = [k for k in known if k[0] == word[0]] if len(word) >= _LONG else ()
    return process.extractOne(word, near, scorer=OSA.distance, score_cutoff=1) is None


_LONG = 8
"""A word of so many letters with one letter wrong is a slip; a shorter one may be a name."""


def _is_of_another(sheet: Sheet, run: Sequence[int], line: str) -> bool:
    """Whether a name is a place's ("in Hobart"), a maker's ("by the FDA"), or that of what is asked about: "does X
    work", "X vs Y", "what about X".
    """
    first, last = run[0], run[-1]
    first -= sheet.word(first) not in _OR
    last += sheet.word(last) not in _OR
    compared = any(
        sheet.word(at) in _OR and bool((hit := sheet.hit_at(beyond)) and hit.get(PROCEDURE))
        for at, beyond in ((first, first - 1), (last, last + 1))
    )
    asked = (
        sheet.word(run[0]) in ("tried", "failed")
        or (not _GIVEN.search(line) and (_ELSEWHERE.search(line) or _ASKED.search(line)))
        or sheet.word(run[-1] + 1) in _DOES
    )
    town = sheet.word(first) == "," and (place := sheet.hit_at(first - 1)) is not None and place.get(PLACE) is not None
    return bool(compared or asked or town or _asks_of_a_thing(sheet, run[0])) and not (
        (has := _HAS.search(line)) and not _WEAK.search(has[0])
    )


def _asks_of_a_thing(sheet: Sheet, at: int) -> bool:
    """Whether a clause asks what a thing does or is: "does finasteride ruin libido", not "can I have it with"."""
    ends = (",", ".", ";", "and", "but", "")
    start = next((i for i in range(at, max(at - _CLAUSE, -1), -1) if sheet.word(i - 1) in ends), at)
    own = ("i", "my", "me", "we", "our")
    return sheet.word(start) in _AUXILIARIES and not any(sheet.word(i) in own for i in range(start + 1, start + 3))


_CLAUSE = 12
"""Words of a clause at most: what stands farther off asks of something else."""
_AUXILIARIES = word_set("does do did is are was can could will would may might should has have")
_OR = word_set("vs versus v or than and with")
_DOES = word_set("work works working worth better worse help helps good vs versus than")
_ELSEWHERE = re.compile(
    r"(?:in|near|from|around|at|by|called|try|vs|versus|than|like|(?:mov|go|fly|travel|relocat)\w* to)$"
)


_OTHER_THINGS = ("concern", "procedure", "place", "currency", "plain")


def _is_another_thing(sheet: Sheet, index: int) -> bool:
    """Whether a word is one of a concern, a treatment, a place or money."""
    hit = sheet.hit_at(index)
    return hit is not None and any(hit.get(kind) is not None for kind in _OTHER_THINGS)
