"""What is wanted: the best for a concern, a comparison, a plan, other uses of the money, a card, or the evidence.

The order of the rules is their weight: the worth of one treatment's money goes before a plan, a plan before a
comparison, a comparison before a card, a card before the evidence; a concern alone asks for the best.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from decide.question.english import SKIP
from decide.question.phrases import Hit
from decide.question.request import Intent
from decide.question.sheet import Read, Sheet
from decide.question.wordlist import word_set

_BETWEEN = frozenset({"or", "vs", "versus", "v", "/", "over", "against", "than"})
_LINKS = ("compare", "alternative")
_ASKS = word_set("does do will would can could is are did has have should might")
_WHAT_IS = (
    r"\bwhat (?:exactly |actually |even )?(?:is|are|was|were|does|do)(?: exactly| actually| a| an| the| in| mean by)*$"
)
_HOW_WORKS = r"\bhow (?:exactly |actually )?(?:does|do|did|would|is|are|can)(?: the| a| an)*$"
_BETTER = r"\b(?:anything|something|what|nothing) (?:else |much |even |is |really )*better\b"
_FURTHEST = 8


class Found(NamedTuple):
    """What the intent is decided from: the procedures mentioned in order, how many concerns, words left over, and those
    that ask for two procedures with or after each other; whether a sum was named.
    """

    mentions: tuple[Hit, ...]
    concerns: int
    ambiguous: bool
    left_over: frozenset[int]
    preferred: bool = False
    beside: frozenset[int] = frozenset()
    money: bool = False


def read_intent(sheet: Sheet, found: Found, taken: frozenset[int]) -> Read[Intent]:
    """The intent, and the words that told it."""
    mentions = len(found.mentions)
    about = found.concerns + found.ambiguous

    def cues(*names: str) -> frozenset[int]:
        return frozenset(i for hit in sheet.cues(*names) if taken.isdisjoint(hit.indices) for i in hit.indices)

    asked = frozenset(i for hit in sheet.of("aspect") if taken.isdisjoint(hit.indices) for i in hit.indices)
    if not mentions and not about:
        return Read("unknown")
    # "a better use of $800" holds a word that leads to the sum
    worth = frozenset(i for hit in sheet.cues("worth") for i in hit.indices)
    if mentions == 1 and found.money:
        # a sum beside one treatment is what it is offered for
        worth |= frozenset(i for hit in sheet.cues("else") for i in hit.indices)
        worth |= frozenset(i for _, span in sheet.find(_BETTER) for i in span)
    if worth and mentions:
        return Read("instead", worth) if mentions == 1 else Read("compare", worth | cues("compare"))
    beside = found.beside if len({hit.get("procedure") for hit in found.mentions}) > 1 else frozenset()
    together = _together(sheet, found.mentions, cues("combine")) or beside
    if together:
        return Read("plan", together | cues("plan", "combine"))
    plan = cues("plan") - cues("not plan")
    if plan and (about or mentions > 1):
        return Read("plan", plan)
    if mentions > 1 and (_linked(sheet, found.mentions) or _held_together(sheet, taken)):
        return Read("compare", cues("compare", "alternative", "show", "why") | asked)
    if mentions and any(sheet.word(i) in ("compare", "comparing", "comparison") for i in cues("compare")):
        return Read("compare", cues("compare", "best"))
    if mentions > 1 and _each_says(sheet, found.mentions):
        return Read("compare", cues("compare"))
    against = _against_unread(sheet, found)
    if against:
        return Read("compare", against)
    alternative = cues("alternative")
    if alternative and mentions == 1 and _reaches(sheet, alternative, found.mentions[0]):
        return Read("instead", alternative)
    shown = cues("show") | asked
    what = any(_asks_what(sheet, hit) for hit in found.mentions)
    if (shown or what) and (mentions == 1 or (mentions and not about)):
        return Read("show" if mentions == 1 else "compare", shown | cues("why"))
    why = cues("why", "whether")
    permitted = frozenset(i for hit in sheet.cues("can use") for i in hit.indices)
    if mentions == 1 and not about and permitted and not _strong(sheet, taken):
        return Read("show", permitted)
    if mentions and (sheet.cues("whether") or _asks_whether(sheet, found, why) or _strong(sheet, taken)):
        if not about and not why:
            return Read("show")
        if about or not _wants_something_else(sheet, found):
            return Read("why", why)
        return Read("unknown")
    if not about and _wants_something_else(sheet, found):
        return Read("unknown")
    if found.concerns > 1 or (found.concerns and found.ambiguous):
        return Read("plan")
    if about:
        choosing = found.preferred or cues("best") or any(t.text in ("what", "which") for t in sheet.tokens)
        efficacy = mentions == 1 and not choosing and _is_for(sheet, found.mentions[0])
        return Read("why" if efficacy else "best", cues("best"))
    return Read("show" if len({hit.get("procedure") for hit in found.mentions}) == 1 else "compare")


def _linked(sheet: Sheet, mentions: tuple[Hit, ...]) -> bool:
    """Whether two neighbours in the list of procedures stand against each other."""
    for first, second in pairwise(mentions):
        between = range(first.end, second.start)
        if len(between) > _FURTHEST * 2:
            continue
        words = [sheet.word(i) for i in between]
        if _BETWEEN.intersection(words):
            return True
        if any((hit := sheet.hit_at(i)) and set(hit.all("cue")) & {"alternative"} for i in between):
            return True
    return False


def _together(sheet: Sheet, mentions: tuple[Hit, ...], cues: frozenset[int]) -> frozenset[int]:
    """The words that ask for two procedures with or after each other, unless something else stands them against."""
    near = [i for i in cues if mentions and mentions[0].start - _FURTHEST < i < mentions[-1].end + _FURTHEST]
    if len(mentions) < 2 or not near:
        return frozenset()
    between = (i for a, b in pairwise(mentions) for i in range(a.end, b.start) if i not in cues)
    return frozenset() if any(sheet.word(i) in _BETWEEN for i in between) else cues


def _each_says(sheet: Sheet, mentions: tuple[Hit, ...]) -> bool:
    """Whether two people each name one: "my doctor says X, the clinic says Y"."""
    ends = (0, *(mention.end for mention in mentions))
    before = [range(max(end, hit.start - _FURTHEST), hit.start) for end, hit in zip(ends, mentions, strict=False)]
    return sum(any(sheet.says("telling", i) for i in told) for told in before) > 1


def _against_unread(sheet: Sheet, found: Found) -> frozenset[int]:
    """The words that hold a procedure against something that nobody here knows: "Zorbix or X", "better than Zorbix"."""
    held = {i for hit in sheet.cues("compare", "alternative") for i in hit.indices if sheet.word(i) in _AGAINST}
    held |= {i for i in range(len(sheet.tokens)) if sheet.word(i) in _BETWEEN}
    for mention in found.mentions:
        led = range(max(0, mention.start - _NEAR), mention.start)
        for way, begins in ((1, mention.end), (-1, mention.start - 1)):
            passed = [i for i in led if way > 0 and sheet.word(i) in _SWITCHED]
            at = begins
            while 0 <= at < len(sheet.tokens) and len(passed) < _FURTHEST:
                word = sheet.word(at)
                if at in held:
                    passed.append(at)
                elif passed and at in found.left_over and _may_be_a_name(sheet, at):
                    return frozenset(passed)
                elif word not in _PASSED:
                    break
                at += way
    return frozenset()


def _may_be_a_name(sheet: Sheet, at: int) -> bool:
    hit = sheet.hit_at(at)
    return sheet.tokens[at].text[0].isalpha() and (hit is None or hit.get("cue") is None)


_NEAR = 4
_SWITCHED = word_set("switch switching switched swap swapping swapped change changing move moving")
_AGAINST = word_set("better worse than then versus vs against compared cheaper safer")
_PASSED = SKIP | word_set(
    "with to from switch switching swap really even much more less effective good as same work works"
)


def _held_together(sheet: Sheet, taken: frozenset[int]) -> bool:
    """Whether a word of comparison stands anywhere: "compare A and B", "which is cheaper"."""
    for hit in sheet.cues("compare"):
        words = {sheet.word(i) for i in hit.indices}
        if taken.isdisjoint(hit.indices) and not words <= _BETWEEN:
            return True
    return "which" in (token.text for token in sheet.tokens)


def _reaches(sheet: Sheet, cue: frozenset[int], mention: Hit) -> bool:
    """Whether the one procedure stands after the word for an alternative."""
    return any(0 <= mention.start - 1 - i <= _FURTHEST for i in cue)


def _asks_what(sheet: Sheet, mention: Hit) -> bool:
    before = " ".join(sheet.word(i) for i in range(max(0, mention.start - 6), mention.start))
    return bool(re.search(_WHAT_IS, before) or re.search(_HOW_WORKS, before))


def _asks_whether(sheet: Sheet, found: Found, why: frozenset[int]) -> bool:
    """Whether it is asked if a procedure works: "does X …", "will X help", "X work for", "is X good for"."""
    for mention in found.mentions:
        at = mention.start - 1
        while at >= 0 and sheet.is_filler(at) and sheet.word(at) not in _ASKS and mention.start - at < 4:
            at -= 1
        if (
            at >= 0
            and sheet.word(at) in _ASKS
            and (at == 0 or sheet.word(at - 1) not in ("what", "which", "how", "who", "i"))
        ):
            return True
    return bool(why) and _near(why, found.mentions)


def _near(cue: frozenset[int], mentions: tuple[Hit, ...]) -> bool:
    return any(min(abs(i - m.start), abs(i - m.end + 1)) <= 3 for i in cue for m in mentions)


_STRONG = word_set("evidence proof study studies research trial data efficacy effectiveness")


def _strong(sheet: Sheet, taken: frozenset[int]) -> bool:
    return any(
        taken.isdisjoint(hit.indices) and any(sheet.tokens[i].stem in _STRONG for i in hit.indices)
        for hit in sheet.cues("why")
    ) or any(sheet.word(hit.start) == "why" for hit in sheet.cues("why"))


_TOWARDS = word_set("for treat treating fix clear remove help with against on in")


def _wants_something_else(sheet: Sheet, found: Found) -> bool:
    """Whether a word that nobody understood stands where the concern would: "does X work for cellulite"."""
    for at in found.left_over:
        before = at - 1
        while before >= 0 and sheet.is_filler(before) and sheet.word(before) not in _TOWARDS:
            before -= 1
        if before >= 0 and sheet.word(before) in _TOWARDS:
            return True
    return not found.mentions


def _is_for(sheet: Sheet, mention: Hit) -> bool:
    return sheet.word(mention.end) in ("for", "on", "against", "in", "to")
