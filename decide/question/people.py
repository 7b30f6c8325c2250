"""Who asks, or who is asked for: age, sex, skin type, pregnancy and conditions.

Only what was plainly said is set. "In my 40s" is no age and "dark skin" no type on the Fitzpatrick scale: both stay
unread and are reported. A relative who merely tells something ("my sister swears by …") is not the person.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from decide.question.births import TELLINGS, Ages, ages_of
from decide.question.phrases import Hit
from decide.question.request import Person
from decide.question.sheet import CLAUSE_BREAKS, Read, Sheet
from decide.question.skin import ROMAN, TONES
from decide.question.vocabulary import CONDITION
from decide.question.whose import (
    WAS,
    is_asked_for,
    is_of_who_asks,
    is_told_of_another,
    of_bystanders,
    of_relatives,
    relative_before,
    two_before,
)  # fmt: skip
from decide.question.wordlist import word_set

LEFT_OPEN = ("unread", "asked")
"""States that set nothing: what was once, and what leaves open whether somebody is breast-feeding or pregnant now."""
_NOT_YEARS = (
    r"(?! ?(?:%|percent|s\b|th\b|st\b|k\b|weeks?|months?|days?|hours?|minutes?|mins?|kg|kilos?|lbs?|pounds?|stone|cm|mm"
    r"|nm|ml|mg|sessions?|treatments?|visits?|times?|units?|dollars?|bucks|usd|gbp|aud|quid|euros?|grand|spots?|scars?|syringes?|kids|\$|£|€))"
)
_ADVERB = r"(?:now |just |only |already |currently |a |an |aged |age |: ){0,4}"
_AGES = (
    (
        r"\b(\d{1,3})(?: -)? (?:years?|yrs?)(?: -)? (?:old|of age|young)\b"
        r"(?! (?:scar|scars|marks?|spots?|tattoo|acne|filler))"
    ),
    r"\b(\d{1,3}) (?:yo|y o|y / o|yr old|yrs old)\b",
    rf"\b(?:i am|we are|aged?|aging|turned|age of|age is) {_ADVERB}(\d{{2,3}})\b{_NOT_YEARS}",
    rf"\b(?:he|she|who|@young|@relation|partner|friend|cousin) (?:is |just turned |turned ){_ADVERB}"
    rf"(\d{{1,3}})\b{_NOT_YEARS}",
    r"\b(?:@young|@young of|@relation) (\d{1,2})(?= [,.!?;)]| with | and |$)",
    r"\bmy (\d{1,2}) (?:@young|@relation)\b",
    r"(?:^|(?<=[,;.(] ))(\d{1,2}) (?:and a half|and half|yrs?|years?)(?= [,.;!?)]| with |$)",
    r"\b(\d{2}) ?/? ?(?:f|m|male|female)\b(?! \d)",
    rf"\b(?:f|m|@sex)(?: ,| /| of| aged)? (\d{{2}})\b(?! [$£€]){_NOT_YEARS}",
    r"\b(\d{2})(?: ,| /)? (?:@sex)\b",
    r"\b@relation (?:, |\( )(\d{1,2})(?= [,.!?;)]| with | and |$)",
    rf"\b@relation (\d\d)\b(?! [$£€/-]){_NOT_YEARS}",
    r"(?:^|(?<=# )|(?<=age ))at (\d{2})(?= [,.!?;)]| with | and | what | is | i |$)",
    r"^(\d{2})\.5(?= [,.;!?()]|$)",
    r"^(\d{2}) ,(?= [^\d$£€])",
    r"^(\d{2}) (?:, )?(?=(?:male|female|man|woman|and)\b)",
    r"(?<=[,;.(] )(?:sweet |am |now )?(\d{1,2})(?:\.5)?(?= [,.;!?()]| here\b|$)",
    r"^(\d{1,2}) (?:here|lol|haha|btw|x|so|but|with)\b",
    r"\b(?:it|start|started|starting|begin|old|young|late|early|good|best|still) at (\d{2})(?= [?.,!]|$)",
    r"(?<=[_#] )(\d{2})(?=$)",
    rf"(?<=# )(\d{{2}})\b{_NOT_YEARS}(?! ?(?:[-/%.+]|years?|yrs?|or|to|off|in)\b)(?= [a-z])",
    r"(?:[_#]|\b(?:worse|better|bad|face|skin|hair)) at (\d{2})(?= [,.!?;]|$)",
)
_SHORT_SEX = (
    r"\b\d{2} ?(?:/|yo|yrs?|y / o)? ?([fm])\b(?! \d)|\b(?:sex|gender)(?: :| is)? ([fm])\b"
    r"|\b([fm])(?: ,| /)? ?\d{2}(?= [,.!?;)]| with | and |$)"
    rf"|(?:^|(?<=[,.;(] ))([fm])(?: ,| /)? ?\d{{2}}\b{_NOT_YEARS}"
)

_TYPE = r"(?P<type>[1-6]|ii|iii|iv|v|vi|i(?= skin| ,| \.| \?|$))\b"
_NO_RANGE = r"(?! ?(?:-|/|to|or|and)? ?(?:[1-6]|ii|iii|iv|v|vi)\b)"
_SKIN_TYPES = (
    (
        r"\b(?:fitzpatrick|fitz|fst|phototype|photo type|skin)(?: (?:skin|photo|is|a|am|my|:)){0,3}"
        rf"(?: (?:type|tone|scale|phototype|level|number)){{0,2}}(?: (?:is|of|:|a|am)){{0,2}}"
        rf" {_TYPE}{_NO_RANGE}(?: skin)?"
    ),
    rf"\btype {_TYPE}{_NO_RANGE} (?:skin|complexion)\b",
)
_BARE_TYPE = (
    rf"(?:^|(?<=[,.;(] ))(?:i am |am |i have |my |a |as ){{0,2}}type {_TYPE}{_NO_RANGE}(?= [,.;!?)]| with | and |$)"
)
"""A type without a word of skin: it is the skin's only where nothing else is told that comes in types."""

_TONE = rf"(?P<tone>{'|'.join(sorted(TONES, key=len, reverse=True))})"
_TONE_WORDS = (
    (
        rf"(?<!\blight )(?<!\bdark )(?<!\bdeep )(?<!\bmedium )(?<!\bpale )(?<!\bolive )\b{_TONE}"
        r"(?: (?:toned?|coloured|colored|sensitive))?(?: (?:skin|skinned|complexion|complexioned|skins|skin tone))\b"
    ),
    rf"\b(?:skin|complexion)(?: (?:tone|color|colour))?(?: (?:is|are|tone|a|quite|:|=)){{1,3}} {_TONE}\b"
    r"(?! (?:spots?|marks?|patch\w*))",
    rf"\bskin (?:tone|color|colour) {_TONE}\b",
    r"\b(?:i am|i am a|as a) (?P<tone>black|brown)(?: (?:woman|man|girl|guy|lady|person|male|female))?"
    r"(?= [,.!?;]| with | and |$)",
    r"\b(?P<tone>black|brown) (?:woman|man|girl|guy|lady|person|people)\b",
    r"\b(?P<tone>olive)(?: toned| complexion)\b",
)

_OF_SKIN = word_set("skin skinned complexion complexioned type fitzpatrick fitz fst phototype photo black brown olive")
"""Without any of these nothing is said of the skin's type."""

_YEARS_AGO = (
    r"\b(?:years ago|decades? ago|as a teen\w*|in my (?:teens|twenties|20)|(?:1[0-9]|[2-9]) years|in (?:19|20)\d\d)\b"
)


_WEEKS = r"(?P<number>\d{1,2})(?: ?\+ ?\d)? (?P<unit>weeks?|wks?|w|months?|mths?)"
_FAR_ALONG = (
    rf"\b{_WEEKS}(?: (?:now|heavily|already|so far|or so))* (?:pregnant|preg|preggers|along|gone|of pregnancy"
    r"|into (?:my|the|this|our) pregnancy)\b",
    r"\b(?:i am|am now|am about|am already) (?P<number>\d{1,2}) (?P<unit>weeks?|wks?)"
    r"(?= [,.!?;)]| and | with | now | what |$)",
    r"\bin my (?P<number>\d{1,2}) (?:st|nd|rd|th) (?P<unit>week|month)(?= [,.!?;)]| and | now | of preg| what |$)",
    rf"\bpregnant (?:\( |, |- |and |at |for |with )?(?:about |now |nearly |almost |only |am |currently )*{_WEEKS}\b"
    r"(?! ago)",
    r"(?:^|(?<=[,;.(] ))(?:now |am |i am |at |about )*(?P<number>[1-4]?\d) ?\+ ?[0-6]"
    r"(?= weeks?\b| wks?\b| today| now| tomorrow| pregnant| preg\b| ?[,;.?!)]|$)",
)
"""How far along somebody is, in weeks or months."""
_WEEKS_OF_A_MONTH = 4
_TRYING = (
    r"\b(?:(?:@relation|@partner|partner) and i|me and my (?:@relation|partner)|we) (?:are|have been|will be)"
    r"(?: now| still| also| just)? "
    r"trying(?= [,.;!?)]| and | but | so | now| again| since| for (?:a|our|my|the|another|number|\d|months|years)|$)"
)
_PARTNER_PREGNANT = (
    r"\b(?:@partner|partner) (?:is |who is |might be |may be |could be )?(?:also |now |currently |about |heavily )?"
    r"(?:\d{1,2} (?:weeks?|months?) )?(?:pregnant|expecting|due|gone|along)\b|\bpregnant (?:@partner|partner)\b"
)


def read_births(sheet: Sheet) -> tuple[tuple[range, Ages], ...]:
    """Where it is told when the one to be treated was born or comes of an age, and the ages that this leaves."""
    if not any(token.number is not None or token.text[:1].isdigit() for token in sheet.tokens):
        return ()
    found: list[tuple[range, Ages]] = []
    for kind, pattern in TELLINGS:
        for match, span in sheet.find(pattern):
            ages = ages_of(kind, match)
            if ages and not _is_anothers(sheet, span) and not any(set(span) & set(other) for other, _ in found):
                found.append((span, ages))
    return tuple(found)


def _is_anothers(sheet: Sheet, span: range) -> bool:
    """Whether a birth is that of a relative of who asks: "since my son was born in 2015", "I am 34, she turns 11"."""
    other = relative_before(sheet, span.stop)
    since = other is not None and sheet.word(other - 2) in ("since", "after", "before", "when")
    hers = not {"he", "she"}.isdisjoint(sheet.word(i) for i in range(span.start - 1, span.stop))
    return since or (sheet.is_of_oneself and (hers or other is not None))


def read_ages(sheet: Sheet, births: Iterable[tuple[range, Ages]] = ()) -> Read[int | None]:
    """An age in years. Two different ages are none: nobody knows whose they are."""
    if not births and not any(token.number is not None and 1 <= token.number <= 110 for token in sheet.tokens):
        return Read(None)
    treated = {i for hit in sheet.of("procedure") for i in hit.indices}
    # "my 12 year old has scars" is no old scar
    asked = (i for hit in sheet.of("concern") for i in hit.indices if sheet.word(i) not in ("old", "young"))
    shown = dict.fromkeys(treated, "_") | dict.fromkeys(asked, "#")
    found: dict[int, frozenset[int]] = {}
    others = of_bystanders(sheet) | {i for span, (first, last) in births if first != last for i in span}
    others |= {i for pattern in _FAR_ALONG for _, span in sheet.find(pattern) for i in span}
    for span, (first, last) in births:
        if first == last:
            found[first] = found.get(first, frozenset()) | frozenset(span)
    exact = frozenset(i for used in found.values() for i in used)
    for pattern in _AGES:
        for match, span in sheet.find(pattern, shown):
            age = int(match[1])
            lone = not any(sheet.word(i).isalpha() for i in span) and len(span) == 1
            other = relative_before(sheet, span.start)
            theirs = sheet.is_of_oneself and (_is_of_a_child(sheet, span) or other is not None)
            once = other is not None and sheet.word(other + 1) in WAS
            few = lone and age < sheet.vocabulary.youngest
            if few or theirs or once or not exact.isdisjoint(span) or not others.isdisjoint(span):
                continue
            if 1 <= age <= 110:
                found[age] = found.get(age, frozenset()) | frozenset(span)
    if len(found) != 1:
        return Read(None)
    ((age, used),) = found.items()
    return Read(age, used - {i for hit in sheet.of("concern") for i in hit.indices})


def _is_of_a_child(sheet: Sheet, span: range) -> bool:
    """Whether an age is that of a relative or of one's child: "my son is 5", "mother of a 12 year old"."""
    if two_before(sheet, span.start) == ["of", "a"] and sheet.says("relation", span.start - 3):
        return True
    theirs = any(sheet.says("young", i) or sheet.says("relation", i) for i in span)
    return theirs and sheet.word(span.start - 1) not in ("a", "an", "am", "the", "as", "old", "year", "young")


def read_skin_type(sheet: Sheet) -> Read[int | None]:
    """A type on the Fitzpatrick scale, by number or by a described tone that has one."""
    said = {token.stem for token in sheet.tokens}
    if said.isdisjoint(_OF_SKIN):
        return Read(None)
    typed = sum(token.stem == "type" for token in sheet.tokens) == 1 and not sheet.of(CONDITION)
    for pattern in (*_SKIN_TYPES, *((_BARE_TYPE,) if typed else ())):
        for match, span in sheet.find(pattern):
            if is_told_of_another(sheet, span.start):
                continue
            written = match["type"]
            return Read(ROMAN.get(written) or int(written), frozenset(span))
    found: dict[int, frozenset[int]] = {}
    for pattern in _TONE_WORDS:
        for match, span in sheet.find(pattern):
            named = any(hit.get("concern") or hit.get("procedure") for i in span if (hit := sheet.hit_at(i)))
            if not named and not is_told_of_another(sheet, span.start):
                tone = TONES[match["tone"]]
                found[tone] = found.get(tone, frozenset()) | frozenset(span)
    if len(found) != 1:
        return Read(None)
    ((tone, used),) = found.items()
    return Read(tone, used)


def read_sex(sheet: Sheet) -> Read[str | None]:
    """The sex, from a word for oneself, from the relative who is asked for, or from "45F"."""
    found: dict[str, set[int]] = {}
    others = _partner_of(sheet) | of_bystanders(sheet) | {at for at, _ in of_relatives(sheet).spans}
    others |= {i for pattern in _FAR_ALONG for _, span in sheet.find(pattern) for i in span}
    for index, token in enumerate(sheet.tokens):
        if index in others:
            continue
        for sex in _sexes_at(sheet, index):
            if not _only_tells(sheet, index):
                at = sheet.hit_at(index)
                found.setdefault(sex, set()).update(at.indices if at and at.get("relation") else (index,))
        if token.stem in ("he", "him", "she") and _about_someone_else(sheet):
            found.setdefault("female" if token.stem == "she" else "male", set()).add(index)
    lettered = any(token.text in ("f", "m") for token in sheet.tokens)
    in_names = {i for hit in sheet.of("procedure") for i in hit.indices}
    for match, span in sheet.find(_SHORT_SEX, in_names | others) if lettered else ():
        found.setdefault("female" if "f" in match.groups() else "male", set()).update(span)
    if len(found) != 1:
        return Read(None)
    ((sex, used),) = found.items()
    return Read(sex, frozenset(used))


def _sexes_at(sheet: Sheet, index: int) -> Iterable[str]:
    sex, hit = sheet.vocabulary.meaning("sex", sheet.tokens[index].stem), sheet.hit_at(index)
    kind = hit is not None and hit.get("concern") is not None
    if sex and (hit is None or hit.get("sex") is not None or kind) and (kind or is_of_who_asks(sheet, index)):
        yield sex
    if (
        hit
        and hit.get("relation")
        and hit.end - 1 == index
        and (_is_oneself(sheet, hit) or (not _only_tells(sheet, hit.end - 1) and is_asked_for(sheet, index)))
    ):
        yield str(hit.get("relation"))


def _is_oneself(sheet: Sheet, hit: Hit) -> bool:
    """Whether somebody says that of oneself: "I'm a mum of two", "I am the husband"."""
    return two_before(sheet, hit.start) in (["am", "a"], ["am", "the"], ["as", "a"])


def _only_tells(sheet: Sheet, index: int) -> bool:
    """Whether the one named here says or had something, and so is not the one to be treated."""
    at = index + 1
    while at < min(index + 4, len(sheet.tokens)):
        word = sheet.word(at)
        if sheet.says("telling", at):
            return True
        if sheet.says("having", at):
            following = sheet.hit_at(at + 1) or sheet.hit_at(at)
            return following is not None and following.get("procedure") is not None
        if not (sheet.is_filler(at) and word not in ("and", "or", "but", "with", "is")):
            return False
        at += 1
    return False


def _about_someone_else(sheet: Sheet) -> bool:
    """Whether a he or she is the person: someone was named who is not a professional, and nothing said of oneself."""
    return (
        not any(sheet.says("professional", i) for i in range(len(sheet.tokens)))
        and not sheet.is_of_oneself
        and not any(hit.get("relation") for hit in sheet.hits)
    )


def read_states(sheet: Sheet, negated: frozenset[int]) -> Read[dict[str, Any]]:
    """Pregnancy and the like, and conditions, as far as nobody said that they do not hold."""
    found: dict[str, Any] = {}
    conditions: list[str] = []
    partner = _partner_of(sheet)
    theirs = of_relatives(sheet).hits
    used: set[int] = set(partner)
    for pattern in _FAR_ALONG:
        for match, span in sheet.find(pattern):
            if partner.isdisjoint(span) and negated.isdisjoint(span):
                found["pregnant"] = True
                used.update(span)
                months = (match.groupdict().get("unit") or "").startswith("m")
                if int(match["number"]) * (_WEEKS_OF_A_MONTH if months else 1) < sheet.vocabulary.second_trimester:
                    conditions.append("first-trimester")
    for _, span in sheet.find(_TRYING):
        if negated.isdisjoint(span):
            found["trying_to_conceive"] = True
            used.update(span)
    if partner:
        conditions.append("partner-pregnancy")
    for hit in sheet.hits:
        if not partner.isdisjoint(hit.indices):
            continue
        state, condition = hit.get("state"), hit.get("condition")
        if not (state or condition) or state in LEFT_OPEN:
            continue
        if condition and "recent" in condition.split("-") and long_ago(sheet, hit):
            # what was lately is no more
            continue
        if (condition and _wondered(sheet, hit)) or hit.start in theirs or (condition and _is_the_subject(sheet, hit)):
            continue
        used.update(hit.indices)
        if negated.intersection(hit.indices) or _denied_in_a_form(sheet, hit) or _feared(sheet, hit):
            continue
        if state:
            found[state] = True
        else:
            conditions.append(condition)
    if conditions:
        found["conditions"] = tuple(dict.fromkeys(conditions))
    if found.get("trying_to_conceive") and not _says_both(sheet):
        found.pop("pregnant", None)
    return Read(found, frozenset(used))


def _is_the_subject(sheet: Sheet, hit: Hit) -> bool:
    """Whether what looks like a condition is held against a treatment: "X vs a facelift"."""
    first = hit.start - (sheet.word(hit.start - 1) in ("a", "an", "the"))
    for joint, beyond in ((first - 1, first - 2), (hit.end, hit.end + 1)):
        other = sheet.hit_at(beyond)
        if sheet.word(joint) in ("vs", "versus", "or", "than") and other is not None and other.get("procedure"):
            return True
    return False


def _denied_in_a_form(sheet: Sheet, hit: Hit) -> bool:
    """Whether it is filled in as on a form: "pregnant: no"."""
    at = hit.end + (sheet.word(hit.end) in (":", "?", "-", "="))
    plain = sheet.word(at + 1) in ("", ",", *CLAUSE_BREAKS, "and", "or")
    return at > hit.end and sheet.word(at) in ("no", "not", "none") and plain


def _feared(sheet: Sheet, hit: Hit) -> bool:
    """Whether a treatment is feared to bring it: "does it cause cancer", "the risk of blood clots"."""
    before = [sheet.word(i) for i in range(max(0, hit.start - 2), hit.start)]
    return bool(before) and (before[-1] in _BRINGING or tuple(before) in {("risk", "of"), ("lead", "to")})


def _wondered(sheet: Sheet, hit: Hit) -> bool:
    """Whether somebody only asks if a medicine may be taken: "can I take ibuprofen"."""
    words = [sheet.word(i) for i in range(max(0, hit.start - 3), hit.start + 1)]
    return any(a in _MAY and b == "i" for a, b in pairwise(words)) and any(w in _TAKING for w in words)


_BRINGING = ("cause", "causes", "causing", "gives", "trigger", "triggers")
_MAY = ("can", "could", "should", "may", "shall")
_TAKING = ("take", "use", "try")


def long_ago(sheet: Sheet, hit: Hit) -> bool:
    """Whether the years that were named are those of this hit: none of another thing lies between, nor does a clause
    end. In doubt it was lately.
    """
    for _, span in sheet.find(_YEARS_AGO):
        between = range(hit.end, span.start) if span.start >= hit.end else range(span.stop, hit.start)
        others = [other for i in between if (other := sheet.hit_at(i)) and other.get("cue") is None]
        ends = any(sheet.word(i) in CLAUSE_BREAKS or sheet.word(i) in ("and", "but", "now") for i in between)
        before = (other for i in range(span.start - 1, span.start - 4, -1) if (other := sheet.hit_at(i)))
        theirs = span.start < hit.start and any(other.get("concern") for other in before)
        if not others and not ends and not theirs:
            return True
    return False


def _partner_of(sheet: Sheet) -> frozenset[int]:
    """Where somebody says that a partner carries the pregnancy, and speaks of oneself as the one to be treated."""
    if not sheet.is_of_oneself and not any(hit.get("sex") == "male" for hit in sheet.hits):
        return frozenset()
    spans = [span for _, span in sheet.find(_PARTNER_PREGNANT)]
    return frozenset(i for span in spans for i in span if "for" not in two_before(sheet, span.start))


def _says_both(sheet: Sheet) -> bool:
    return any(hit.get("state") == "pregnant" for hit in sheet.hits)


def person_of(age: int | None, sex: str | None, skin_type: int | None, states: dict[str, Any]) -> Person:
    """Everything said of the person, together."""
    return Person.model_validate({"age": age, "sex": sex, "skin_type": skin_type, **states})
