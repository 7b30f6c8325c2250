"""The one fact that is asked for: visits, money, days off, when it shows, how long it lasts, whether it hurts, what it
may do, how it goes with another.

What asks for a fact of one treatment is read before anything is taken for told of the past: "downtime after X" and
"side effects from X" tell of nothing that was had.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import cast

from decide.question.phrases import Hit
from decide.question.request import Aspect
from decide.question.sheet import Read, Sheet
from decide.question.vocabulary import PROCEDURE

_IT = r"_(?: _)*"
_SMALL = r"(?:(?:a|an|the|my|one|each|every|getting|having|using|doing|starting|it|first|session|of|treatment) )*"
_LINK = r"(?:after|from|with|following|for|of|on|post|around)"
_GIVEN = r"(?: (?:sessions?|treatments?|injections?|procedures?|surgery|shots?|use))?"
_ENDS = r"(?= [.?!,;:(]| (?:for|on|in|at|near|please|and how|with|under)\b|$)"
_OPENS = (
    r"(?:(?<=^)|(?<=[.?!,;:] )|(?<=\babout )|(?<=\bthe )|(?<=\bany )|(?<=\bmuch )|(?<=\blong )|(?<=\bnormal )"
    r"|(?<=\bexpected )|(?<=\bis )|(?<=\bare )|(?<=\baverage )|(?<=\busual )|(?<=\btypical )|(?<=\bmany )|(?<=\bmore )"
    r"|(?<=\bcommon )|(?<=\bpossible )|(?<=\bhow )|(?<=\bserious )|(?<=\bbad )|(?<=\bwhat )|(?<=\bof )|(?<=\band ))"
)
_DOES = r"(?:do|does|will|would|did|can|could|should|is|are|until|till|before|after)"
_SEEN = r"(?:kick in|starts?|show|shows|see|notice|appear)"
_LONG_ASKED: Mapping[Aspect, tuple[str, ...]] = {
    "sessions": (
        r"\bhow many (?:\w+ ){1,8}"
        r"(?:sessions?|treatments?|rounds?|syringes?|units?|vials?|visits?|sittings?|appointments?)\b",
        rf"\bhow many {_IT} (?:do|does|did|will|would|should|are|is)\b",
        rf"\b(?:sessions?|visits?) (?:needed |required |necessary )?(?:for|of|with) {_SMALL}{_IT}$",
    ),
    "downtime": (
        rf"\bhow long {_DOES} (?:\w+ ){{1,8}}"
        r"(?:heal|healed|recover|recovery|settle|red|swollen|off|bruised|peeling|downtime)\b",
        rf"\bhow (?:many days|long) {_LINK} {_SMALL}{_IT} (?:\w+ ){{0,4}}(?:off|work|recovered|healed)\b",
    ),
    "duration": (
        rf"\bhow long {_DOES} (?:\w+ ){{1,9}}(?:last|good for|stay|hold)\b",
        rf"\bhow long {_DOES} (?:\w+ ){{0,3}}(?:get|have) (?:out of|from) {_SMALL}{_IT}",
        rf"\b(?:do|does|will) (?:the )?(?:results? (?:of|from) )?{_SMALL}{_IT}{_GIVEN} (?:last|wear off|fade)\b",
        rf"\b(?:is|are) (?:the )?(?:results? (?:of|from) )?{_SMALL}{_IT}{_GIVEN} "
        r"(?:permanent|forever|temporary|lasting)\b",
    ),
    "onset": (
        rf"\bhow (?:long|soon|quickly|fast|many (?:weeks|months)) {_DOES} (?:\w+ ){{1,9}}(?:work|works|take|{_SEEN})\b",
        rf"\bwhen (?:do|does|will|would|should|can) (?:\w+ ){{1,9}}(?:(?<!to )works?|{_SEEN})\b",
    ),
}
_OF_IT = (
    rf"{_OPENS}(@fact)(?: work)? (?:like |to expect |is there |there is |do you get |to have )?{_LINK} {_SMALL}{_IT}",
    rf"{_IT}{_GIVEN} (@fact){_ENDS}",
    rf"\b(?:do|does|did|will|would|is|are) {_SMALL}{_IT}{_GIVEN} "
    r"(?:really |very |going to |be |that |so |a lot |actually |at all )*(@fact)\b",
    r"\bhow (?:much |bad |badly |long |many |big |high |great |common )?(?:is |are |does |do |will |would )?"
    rf"(?:the |of )?(@fact) (?:\w+ ){{0,3}}?{_SMALL}{_IT}",
)
"""Ways in which a noun or verb that stands for a fact stands beside a treatment."""
_SAFE = r"\b(?:is|are|how|be) (?:\w+ ){1,5}safe\b"
"""Asks about safety, though "safe" is a word of something else there: "safe in pregnancy"."""
_LATER = r"(?:after|before|following|with|then|alongside|beside|plus|and then)"
_NEAR = r"(?:(?!or\b|vs\b|than\b|for\b|cost\b|costs\b|worth\b|better\b|my\b)[^\W_]+ ){0,4}?"
_WITH = (
    r"\b(?:how (?:(long|soon|far)|many (?:days|weeks|months))|when|can|could|should|may|do|does|is it|(@wait)) "
    rf"{_NEAR}{_IT} {_NEAR}{_LATER} {_NEAR}{_IT}",
    rf"\bhow (long|soon) {_NEAR}(?:after|before|following) {_NEAR}{_IT} {_NEAR}{_IT}",
    rf"\b(?:after|before|following) {_NEAR}{_IT} (?:, )?{_NEAR}"
    rf"(?:can|could|should|when|how (?:soon|long)) {_NEAR}{_IT}",
    rf"{_IT} {_LATER} {_NEAR}{_IT} (?:, |\? )?(?:how (long|soon|far) )?(?:\w+ ){{0,4}}?(@wait)\b",
    rf"^{_IT} (?:with|after|before|and then|then) {_SMALL}{_IT}(?= [?.!]|$)",
    rf"\b(?:is it|is|are) (?:it )?(safe|ok|okay|fine|bad) to {_NEAR}{_IT} (?:with|and|after|before) {_NEAR}{_IT}",
    rf"\b(?:is|are) {_IT} {_NEAR}(safe|ok|okay|fine) (?:with|after|before|alongside) {_NEAR}{_IT}",
    rf"\b(?:can|could|may|should) (?:i|you|we|one) {_NEAR}{_IT} and {_NEAR}{_IT}"
    r"(?= [?.!]|$| (?:on|in|at|together|for)\b)",
)
"""Ways to ask for one treatment with, before or after another."""
_TOLD = (
    r"(?<!do )(?<!will )(?<!would )(?<!can )(?<!could )(?<!should )\b(?:i|we|he|she) (?:have |has |am |still )*"
    r"(?:had|got|have|has|get|gets|having|getting|suffered|developed)\b"
)
"""Tells that something was had: of that it is no question."""


def read_fact(sheet: Sheet) -> Read[Aspect | None]:
    """The fact that is asked of the only treatment named, and the words that ask for it, before what is of the past is
    read; nothing where several are named or the words may tell of what was had.
    """
    hits = sheet.of(PROCEDURE)
    treated = _treated(sheet, hits)
    apart = {hit.get(PROCEDURE) for a, hit in enumerate(hits) if not a or hits[a - 1].end != hit.start}
    if len(apart) != 1 or next(sheet.find(_TOLD), None):
        return Read(None)
    links = [span for _, span in sheet.find(rf"(?<= ){_LINK} {_SMALL}{_IT}", treated)]
    for aspect, patterns in _LONG_ASKED.items():
        for pattern in patterns:
            for _, span in sheet.find(pattern, treated):
                return Read(aspect, _reaching(sheet, span, links) - treated)
    for hit in sheet.of("aspect"):
        at = _reaching(sheet, hit.indices, links) - treated
        if hit.get("aspect") in _HARMS and _goes_on(sheet, range(hit.start, max(at, default=hit.start) + 1), treated):
            continue
        if len(at) > len(hit.indices) or (hit.end in treated and sheet.word(hit.end - 1) in ("after", "from", "with")):
            return Read(cast("Aspect", hit.get("aspect")), at)
    for pattern in _OF_IT:
        for match, span in sheet.find(pattern, treated):
            asked = sheet.vocabulary.meaning("fact", match[1])
            if asked and not _denied(sheet, span) and not (asked in _HARMS and _goes_on(sheet, span, treated)):
                return Read(cast("Aspect", asked), frozenset(span) - treated)
    return Read(None)


def read_together(sheet: Sheet) -> frozenset[int]:
    """The words that ask whether two treatments go with or after each other: "X after Y, how long to wait"."""
    hits = sheet.of(PROCEDURE)
    treated = _treated(sheet, hits)
    if len({hit.get(PROCEDURE) for hit in hits}) < 2 or next(sheet.find(_TOLD), None):
        return frozenset()
    used: set[int] = set()
    for pattern in _WITH:
        for match, span in sheet.find(pattern, treated):
            known = {word for group in match.groups() if group for word in group.split()}
            used.update(i for i in span if sheet.is_filler(i) or sheet.word(i) in known or sheet.tokens[i].is_sign)
    return frozenset(used) - treated


def read_aspect(
    sheet: Sheet, intent: str, named: int, taken: frozenset[int], fact: Read[Aspect | None]
) -> Read[Aspect | None]:
    """The one fact that is asked for, the first where there are several."""
    if intent in ("instead", "unknown"):
        return Read(None)
    if intent == "plan" and named > 1:
        return Read("combine")
    if fact.value:
        return fact
    for aspect, patterns in _LONG_ASKED.items():
        for pattern in patterns:
            for _, span in sheet.find(pattern):
                if taken.isdisjoint(span):
                    return Read(aspect, frozenset(span))
    for hit in sheet.of("aspect"):
        asked = sheet.word(hit.start) in ("how", "when", "what")
        if taken.isdisjoint(hit.indices) and (named or asked):
            return Read(cast("Aspect", hit.get("aspect")), frozenset(hit.indices))
    return Read("safety" if named and next(sheet.find(_SAFE), None) else None)


def _treated(sheet: Sheet, hits: Sequence[Hit]) -> set[int]:
    """The words of a treatment, and the brackets at them: "X (Y)"."""
    found = {i for hit in hits for i in hit.indices}
    return found | {i for i in range(len(sheet.tokens)) if sheet.word(i) in ("(", ")") and {i - 1, i + 1} & found}


def _reaching(sheet: Sheet, span: range, links: Sequence[range]) -> frozenset[int]:
    """The words that ask, and those that lead on from them to the treatment: "how long is recovery after a X"."""
    for link in links[bisect_left(links, span.start, key=lambda one: one.start) :][:1]:
        between = range(span.stop, link.start)
        if len(between) <= _FARTHEST and all(sheet.is_filler(i) for i in between):
            return frozenset((*span, *between, *link))
    return frozenset(span)


_FARTHEST = 4


def _denied(sheet: Sheet, span: range) -> bool:
    """Whether what stands for the fact is not wanted: "X without pain"."""
    return any("no" in hit.all("cue") for i in span if (hit := sheet.hit_at(i)) is not None)


_HARMS = ("safety", "pain")


def _goes_on(sheet: Sheet, span: range, treated: set[int]) -> bool:
    """Whether a harm at the beginning is told and not asked for, as more follows: "side effects from X, what else"."""
    others = [i for i in range(len(sheet.tokens)) if i not in treated and not sheet.tokens[i].is_sign and i not in span]
    return bool(others) and others[0] > span.start and not sheet.asks(span.start)
