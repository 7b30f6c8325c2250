"""What was had before, as whole sentences tell it: "six X sessions, no change", "X burned me", "on X for two years".

What a single word tells ("tried X") is read by the scopes. What is taken for an illness may be a treatment too: "my
doctor prescribed X" is both a condition and a history.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from decide.question.harms import Harms
from decide.question.phrases import longest
from decide.question.request import Went
from decide.question.sheet import Sheet
from decide.question.vocabulary import CONDITION, PROCEDURE
from decide.question.whose import is_told_of_another
from decide.question.wordlist import word_set


class Past(NamedTuple):
    """What is told of treatments by where each starts ("had" where that is all), those that are taken now, and the
    tokens that told it; and from where on what was had before is judged as a whole.
    """

    told: Mapping[int, str] = MappingProxyType({})
    taken: Mapping[str, Went | None] = MappingProxyType({})
    used: frozenset[int] = frozenset()
    judged: tuple[tuple[int, str], ...] = ()


_IT = r"_(?: _){0,5}"
_SOME = r"(?:\d+|a|one|several|some|few|couple|multiple|many|countless|another|full|of|the|my|course|round|rounds|x) "
_TIMES = (
    r"(?: (?:twice|times|sessions?|treatments?|rounds?|courses?|syringes?|vials?|peels?|goes|visits?|injections?"
    r"|months?|weeks?|years?|later|now|in|and|but|with|,|so far|for|of|over|after|still|so|then|it|\d+|a|i|see|saw|had"
    r"|got)){0,6}"
)
_NONE = r"(?:no|zero|little|barely any|hardly any|without|without any|without much|nil|not much|not any|minimal|0)"
_BETTER = r"(?:change|difference|improvement|results?|effect|luck|joy|benefit|success|better|regrowth|good)"
_SPAN = r"(?:about |over |nearly |almost |around |like |the |last |past |at least |more than |only ){0,4}"
_LONG = r"(?:\d+|a|few|many|several|couple|couple of)"
_UNITS = r"(?:days?|weeks?|wks?|months?|mths?|years?|yrs?|decades?|ages|a while)"
_TELLINGS: Mapping[str, tuple[str, ...]] = {
    "failed": (
        rf"{_IT}{_TIMES} {_NONE} (?:\w+ )?{_BETTER}\b",
        rf"{_IT}{_TIMES} nothing(?= [.,;!?]|$| happened| changed| to show)",
        rf"\b{_NONE} {_BETTER} (?:from|with|after|on|using) (?:{_SOME}){{0,4}}{_IT}",
    ),
    "harmed": (
        rf"\b@worse (?:since|after|from|with|following) (?:(?:a|my|the|having|using|starting|some|\d+) ){{0,2}}{_IT}",
    ),
    "stopped": (
        rf"\b(?:\d+|a|few|couple of|several) {_UNITS} off (?:the |of |my )?{_IT}",
        rf"\b(?:stopped|quit|ditched|dropped|came off|gave up) (?:taking |using |the |my |on ){{0,2}}{_IT}",
    ),
    "now": (
        rf"\b(?:on|using|use|taking|take|applying|doing) (?:my |the |daily |nightly )?{_IT} (?:\w+ )?"
        rf"(?:for {_SPAN}{_LONG} ?{_UNITS}|for {_UNITS}|since \w+)",
        rf"{_IT}(?: \w+)? (?:daily|nightly|every (?:other )?(?:day|night|morning|evening)|twice (?:a|per) (?:day|week))"
        rf"(?: for {_SPAN}{_LONG} ?{_UNITS}| for {_UNITS}| since \w+| now\b|(?= [,;.]| and | but |$))",
        rf"{_IT}(?: cream| gel| serum)? for {_SPAN}{_LONG} ?{_UNITS}"
        r"(?= [.,;!?]|$| now| already| but| and (?:still|no|it|my)| with no| still)",
        rf"\b(?:started|been) (?:on |using |taking )?{_IT} (?:\d+|a|few|several|couple of) {_UNITS} ago",
        rf"\b{_UNITS} (?:on|of|into|in on) (?:my |the |daily )?{_IT}",
    ),
    "had": (
        r"(?:^|(?<=[.;,(?!] ))(?:have |i |we |already )?(?:got|had|did|done|tried|spent \d+ on) "
        rf"(?:\d+|a|one|few|several|couple|couple of|some|many) (?:\w+ (?:of )?)?{_IT}",
    ),
}


def read_past(sheet: Sheet, harms: Harms) -> Past:
    """Everything that is told of what was had."""
    treated = {i for hit in sheet.of(PROCEDURE) for i in hit.indices}
    starts = {hit.start: hit for hit in sheet.of(PROCEDURE)}
    told: dict[int, str] = {start: "harmed" for start in starts if start in harms.named}
    used: set[int] = set()
    for went, patterns in _TELLINGS.items() if treated else ():
        for pattern in patterns:
            for _, span in sheet.find(pattern, treated):
                if not sheet.asks(span.start):
                    told |= {i: went for i in span if i in starts and i not in told}
                    used.update(span)
    return Past(told, _taken(sheet), frozenset(used - treated), _judged(sheet))


def _judged(sheet: Sheet) -> tuple[tuple[int, str], ...]:
    """Where what was named before is judged as a whole, and how: "tried X and Y. Nothing helped", "… but it failed"."""
    found = [(span.start, "failed") for pattern in _ALL_FAILED for _, span in sheet.find(pattern)]
    found += [(span.start, "harmed") for _, span in sheet.find(_MADE_WORSE)]
    for hit in sheet.hits:
        for cue in hit.all("cue"):
            kind, _, went = cue.partition(":")
            before = [sheet.word(i) for i in range(max(0, hit.start - 3), hit.end)]
            if kind == "post past" and went not in ("", "had", "now") and not _MEANING_IT.isdisjoint(before):
                found.append((hit.start, went))
    return tuple(found)


_MADE_WORSE = r"\b(?:made|left|turned) (?:\w+ ){1,3}?@worse\b"
_MEANING_IT = word_set("it they that this both them all these those")
_ALL_FAILED = (
    r"\b(?:none|neither|nothing)(?: of (?:it|them|these|those|that|this))?"
    r"(?: (?:has|have|really|ever|seems|seem|seemed|to|is|are|made|much|at|all)){0,3}"
    r" (?:work\w*|help\w*|did|done|difference|touche?[sd]|budged|changed|made)\b",
    rf"(?<=[.;,] )(?:with |but |and |still |saw |had |got |see ){{0,3}}{_NONE} (?:\w+ )?{_BETTER}\b",
)


def _taken(sheet: Sheet) -> dict[str, Went | None]:
    """The treatments inside what was read as a condition: a medicine that is taken."""
    found: dict[str, Went | None] = {}
    for hit in sheet.of(CONDITION):
        if hit.get(PROCEDURE) or sheet.asks(hit.start) or is_told_of_another(sheet, hit.start):
            continue
        matches = sheet.vocabulary.phrases.matches(sheet.tokens[hit.start : hit.end])
        inside = (str(one.get(PROCEDURE)) for one in longest(m for m in matches if m.get(PROCEDURE)))
        # a general word in it ("the pill") names no treatment of ours
        lately = sheet.vocabulary.condition_kinds[hit.get(CONDITION)] == "recent-treatment"
        found |= {name: None if lately else "now" for name in inside if name not in sheet.vocabulary.families}
    return found
