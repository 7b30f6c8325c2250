"""What negators and their like reach: "no needles or lasers", "anything but Botox", "tried X", "I don't mind".

A word such as "no" reaches the next thing that can be ruled out, over small words, and whatever is joined to that by
"or" and "and". It does not cross the end of a clause, a sum, or a word that means something else.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from decide.question.english import SKIP
from decide.question.numerals import TIME_UNITS
from decide.question.phrases import Hit
from decide.question.sheet import CLAUSE_BREAKS, Sheet
from decide.question.vocabulary import PASSING
from decide.question.wordlist import word_set

Polarity = Literal["no", "accept", "past", ""]

_FORWARD: Mapping[str, Polarity] = {"no": "no", "averse": "no", "except": "no", "accept": "accept", "past": "past"}
_BACKWARD: Mapping[str, Polarity] = {"post no": "no", "post accept": "accept", "post past": "past"}
_RULED = ("thing", "procedure", "implied")
_SAID = ("state", "condition", "concern")
_JOINS = frozenset({"and", "or", "nor", "/", "+", "even"})
_BETWEEN_JOINED = SKIP | {",", "no", "not", "to", "any", "of", "with"}
_STOPS = frozenset({"but", "and", "or", ",", "-"})
_WIDEST = 5
"""A negator reaches over no more words than this."""
_HAVING = SKIP | word_set(
    """i from do for about suffer with cause causing causes leave leaving get gets trigger triggering worsen worsening
    make making new more currently"""
)
_MODALS = word_set("can could should shall may might must do does would will cannot is are")
_WOULD = word_set("to will would can could should might may anyone anybody someone everyone you who")
_VERBS_BEFORE_NOT = word_set("is are do does did will would should can could was were has have")
_OPENERS = CLAUSE_BREAKS | {",", "why", "and", "so", "but"}


class Scopes(NamedTuple):
    """The polarity of every hit that something reaches, by where the hit starts; the words that did it; and what they
    tell of a treatment that was had ("had" where that is all).
    """

    polarity: Mapping[int, Polarity]
    used: frozenset[int]
    had: Mapping[int, str]

    def of(self, hit: Hit) -> Polarity:
        """How a hit is meant; empty when nothing reaches it."""
        return self.polarity.get(hit.start, "")


def read_scopes(sheet: Sheet, taken: frozenset[int]) -> Scopes:
    """What every negator, acceptance and word of the past reaches."""
    polarity: dict[int, Polarity] = {}
    used: set[int] = set()
    had: dict[int, str] = {}
    last: Polarity = ""
    for hit in sheet.hits:
        if not taken.isdisjoint(hit.indices):
            continue
        for cue, _, went in (said.partition(":") for said in hit.all("cue")):
            reached: list[Hit] = []
            meant: Polarity = ""
            if cue == "past" and _denies_a_state(sheet, hit, taken):
                meant = "no"
                reached = _ahead(sheet, hit, "no", taken)
            elif cue in _FORWARD and not _asks(sheet, hit):
                meant = _FORWARD[cue]
                reached = _ahead(sheet, hit, cue, taken)
            elif cue in _BACKWARD:
                meant = _BACKWARD[cue]
                feared = cue == "post no" and sheet.says("reaction", hit.start) and sheet.asks(hit.start)
                reached = [] if feared else _behind(sheet, hit, cue)
            elif cue == "same" and last:
                meant = last
                reached = _ahead(sheet, hit, cue, taken)
            if cue == "averse" and not reached and _is_about_a_concern(sheet, hit):
                used.update(hit.indices)
            if reached:
                holds = (
                    meant == "no" and cue in _FORWARD
                    and (_holds_all_the_same(sheet, hit, reached[0]) or not _is_plain(sheet, hit, reached))
                )  # fmt: skip
                for target in reached:
                    if meant == "past" and went:
                        had[target.start] = min(went, had.get(target.start, went), key=_TELLING.index)
                    if not holds or target.get("thing") is not None:
                        polarity.setdefault(target.start, meant)
                denied = meant == "no" and not holds and (reached[0].get("state") or reached[0].get("condition"))
                used.update(range(hit.start, reached[0].start) if denied and cue in _FORWARD else hit.indices)
                if went:
                    inside = range(hit.end, max(target.end for target in reached))
                    # how often, not for how much
                    used.update(i for i in inside if sheet.word(i) in _IN_LISTS or _counts(sheet, i))
                last = meant
                break
    return Scopes(polarity, frozenset(used), had)


_TELLING = ("failed", "harmed", "stopped", "worked", "now", "had")
"""What became of a treatment, what tells most first: "tried it" and "it did nothing" is the latter."""


def _denies_a_state(sheet: Sheet, trigger: Hit, taken: frozenset[int]) -> bool:
    """Whether what was never had is a state of the person ("never had a clot"), not a treatment ("never had Botox")."""
    if _NEGATIONS.isdisjoint(sheet.word(i) for i in trigger.indices):
        return False
    first = _first_ahead(sheet, trigger, "no", taken)
    return first is not None and not first.get("procedure") and bool(first.get("state") or first.get("condition"))


def _holds_all_the_same(sheet: Sheet, trigger: Hit, target: Hit) -> bool:
    """Whether a "no" affirms: a double negative ("can't sleep without Prozac"), the denial of an end ("haven't stopped
    warfarin"), what it would be without one's own ("without my pacemaker I'd be dead"), another verb than having it
    ("haven't told anyone I'm pregnant"), and what had an end or an exception ("no clot in ten years, but one before").
    """
    words = [sheet.word(i) for i in range(trigger.start, target.start)]
    before = [sheet.word(i) for i in range(max(0, trigger.start - 3), trigger.start)]
    if CLAUSE_BREAKS.intersection(before) or "," in before:
        before = before[1 + max(i for i, word in enumerate(before) if word in (*CLAUSE_BREAKS, ",")) :]
    lacking = bool({"without", "ruling", "rule", "exclude", "excluding"}.intersection(words))
    twice = lacking and not _NEGATIONS.isdisjoint((*before, *words[:-1]))
    its_own = [sheet.word(i) for i in target.indices]
    ended = not _NEGATIONS.isdisjoint((*before, *words)) and not _ENDS.isdisjoint((*words, *its_own))
    own = "without" in words and "my" in words
    unforeseen = not _FORESEEN.isdisjoint(words)
    of_another = not _SUBJECTS.isdisjoint(sheet.word(i) for i in range(trigger.end, target.start))
    return twice or ended or own or unforeseen or of_another or _was_so(sheet, words, target)


def _is_plain(sheet: Sheet, trigger: Hit, targets: list[Hit]) -> bool:
    """Whether a "no" before something of the person denies it and nothing else: what stands between is small ("I do not
    have any history of clots"), and what comes after starts anew. "No cure for my epilepsy", "without doubt pregnant",
    "no keloids on my face" and "not on isotretinoin any more" deny something else.
    """
    first, last = targets[0], targets[-1]
    if not (first.get("state") or first.get("condition")) or first.get("thing"):
        return True
    after = _after(sheet, last.end)
    lately = "medicine" in [sheet.vocabulary.condition_kinds[name] for name in first.all("condition")]
    if lately and ("longer" in (sheet.word(i) for i in range(trigger.start, first.start)) or _NO_MORE.match(after)):
        return False
    follows, word = sheet.hit_at(last.end), sheet.word(last.end)
    anew = word in _ANEW or not word.isalpha() or bool(follows and (follows.get("concern") or follows.get("procedure")))
    between = range(trigger.start if len(trigger.indices) > 1 else trigger.end, first.start)
    small = all(sheet.word(i) in _DENYING or sheet.tokens[i].number is not None for i in between)
    return small and (anew or bool(_ON_WHOLE.match(after)))


def _was_so(sheet: Sheet, words: list[str], target: Hit) -> bool:
    """Whether a "no" is only of late or not of all: "none since 2018", "no new ones", "never but once"."""
    after = _after(sheet, target.end)
    if _BUT_SO.match(after):
        return True
    kinds = [sheet.vocabulary.condition_kinds[name] for name in target.all("condition")]
    of_late = any("recent" in str(name).split("-") for name in target.all("condition"))
    lasting = not of_late and any(kind not in PASSING for kind in kinds)
    if words[:2] in (["no", "more"], ["no", "longer"]) or words[-1] in _MORE:
        return of_late or lasting or (words[:2] == ["no", "more"] and after.startswith(("since ", "for ", "from ")))
    if lasting:
        return bool(_TILL.match(after) or _FOR_LONG.match(after))
    return (of_late or "medicine" in kinds) and bool(_TILL.match(after)) and not _YEARS.search(after)


def was_so(sheet: Sheet, end: int) -> bool:
    """Whether what comes after a denial takes it back for what was before: "since 2018", "but once"."""
    after = _after(sheet, end)
    return bool(_BUT_SO.match(after) or _TILL.match(after) or _FOR_LONG.match(after))


def _after(sheet: Sheet, end: int) -> str:
    return " ".join(sheet.word(i) for i in range(end, min(len(sheet.tokens), end + _AFTER)))


def denies_nothing(sheet: Sheet, hit: Hit) -> bool:
    """Whether a "no" stands before a phrase and takes nothing back: "haven't stopped nursing"."""
    for at in range(hit.start - 1, max(-1, hit.start - 1 - _WIDEST), -1):
        if sheet.word(at) in CLAUSE_BREAKS or sheet.word(at) == ",":
            return False
        trigger = sheet.hit_at(at)
        if trigger is not None and any(cue.partition(":")[0] in ("no", "past") for cue in trigger.all("cue")):
            words = {sheet.word(i) for i in trigger.indices}
            return not words.isdisjoint(_NEGATIONS) and _holds_all_the_same(sheet, trigger, hit)
    return False


_NEGATIONS = frozenset({"not", "never", "no", "nor", "hardly"})
_ENDS = word_set("stopped stop stopping finished finish finishing quit quitting ended end ending off done through over")
"""Verbs that say that something is over: who has not done that still has it."""


_SUBJECTS = frozenset({"i", "he", "she", "we"})
"""Who, of whom something else is denied than what comes after: "don't know that I am"."""
_FORESEEN = word_set("expected thought imagined dreamed dreamt meant planned intended")
"""What was not foreseen came all the same: "never expected to be"."""
_DENYING = SKIP - word_set("my his her our your their own lot load ton bunch bit much") | word_set(
    """i we am is are was were been be have has had having do does did not no never nor neither any known other history
    of suffer suffered suffering suffers from with diagnosed as currently now on using use uses used take takes taking
    taken took under without ever get gets getting got prone to allergic hardly yet cannot can will be at risk for
    longer more or and there signs sign evidence problem problems issue issues previous past prior medical"""
)
"""Words that may stand between a "no" and what it denies of the person."""
_ANEW = word_set(
    """and or nor no not never without but so what which who how why when is are do does can could should would will
    please at ever yet now currently either though here today just only best help need want looking then also if i my
    thanks otherwise myself"""
)
"""Words by which something else begins after what was denied."""
_ON_WHOLE = re.compile(
    r"(?:right now|that i know|in (?:my|the|our) (?:family|past|history)|as far as|to my knowledge"
    r"|for (?:years|ages|decades|life)\b)"
)
_NO_MORE = re.compile(r"(?:,? ?(?:any ?more|any longer|anymore|now)\b)")
_MORE = word_set("new more further other another additional fresh")
_AFTER = 8
_BUT_SO = re.compile(
    r"(?:, )?(?:now )?but (?:now )?(?:(?:i )?(?:am|do|did|have|had|was|yes)"
    r"(?= (?:now|already|one|once|some|them|it|so|and|what|in|last|before|when|as|until|[,.;!?)])|$)|one\b|once\b)"
    r"|(?:, )?(?:except|besides|apart from|aside from|other than|save for|bar) (?!for pregnancy)"
)
"""What takes a denial back."""
_SPAN = r"(?:the |last |past |over |about |a |an |few |couple |of |at least |more than |nearly |almost |#|\d+ )*"
_TILL = re.compile(
    rf"(?:in my \w+ )?(?:since|until|till)\b|(?:for|in|within) {_SPAN}(?:{'|'.join(TIME_UNITS)}|year)s?\b"
)
_YEARS = re.compile(r"\byears?\b|\b(?:19|20)\d\d\b")
_FOR_LONG = re.compile(r"(?:for|in) (?:many |some |several )?(?:years|ages|decades|months|a while|a long time)\b")
"""How long something has not been: before that it was."""


def _is_about_a_concern(sheet: Sheet, trigger: Hit) -> bool:
    """Whether only the concern is hated ("I hate my scars"), which is why it is asked about."""
    at = trigger.end
    while sheet.word(at) in SKIP:
        at += 1
    following = sheet.hit_at(at)
    return following is not None and following.get("concern") is not None


def _asks(sheet: Sheet, hit: Hit) -> bool:
    """Whether a "not" only makes a question ("isn't PRP better", "who should avoid lasers"), or "I take" does
    ("can I take"); what others had or somebody would have is asked about as well ("anyone had", "wants to put me on").
    """
    before, past = sheet.word(hit.start - 1), any(cue.startswith("past:") for cue in hit.all("cue"))
    begins = sheet.clause(hit.start)
    if (sheet.word(hit.start) == "i" and before in _MODALS) or (
        past and not _WOULD.isdisjoint((before, sheet.word(begins)))
    ):
        return True
    if sheet.word(begins) in ("who", "when") and sheet.word(begins + 1) in _MODALS:
        return True
    if sheet.word(hit.start) not in ("not", *_VERBS_BEFORE_NOT) or sheet.word(hit.end - 1) != "not":
        return False
    verb = hit.end - 2
    opens = verb <= 0 or sheet.word(verb - 1) in _OPENERS
    following = sheet.hit_at(hit.end)
    return (
        opens
        and verb >= 0
        and sheet.word(verb) in _VERBS_BEFORE_NOT
        and following is not None
        and bool(following.get("procedure"))
    )


def _is_target(hit: Hit | None, at: int, cue: str) -> bool:
    if hit is None or hit.start != at:
        return False
    if cue in ("past", "post past"):
        return hit.get("procedure") is not None
    kinds = (*_RULED, *_SAID) if cue in ("no", "same") else _RULED
    return any(hit.get(kind) is not None for kind in kinds)


def _ahead(sheet: Sheet, trigger: Hit, cue: str, taken: frozenset[int]) -> list[Hit]:
    first = _first_ahead(sheet, trigger, cue, taken)
    if first is None:
        return []
    between = range(trigger.end, first.start)
    if first.get("concern") and not any(first.get(kind) for kind in _RULED):
        near = len(between) <= 3 and all(sheet.word(i) in _HAVING for i in between)
        return [first] if near and sheet.word(trigger.end - 1) in ("no", "not", "without", "never") else []
    return [first, *(_listed(sheet, first) if cue == "past" else _joined(sheet, first, cue))]


def _listed(sheet: Sheet, first: Hit) -> list[Hit]:
    """What stands in one list with a treatment that was had, over numbers, "a course of" and words that nobody knows:
    "tried X, 4 Y peels, Zorbix and a course of Z". A list of two that a comma alone joins is none.
    """
    found: list[Hit] = []
    items, at, closed, strange = 1, first.end, False, 0
    while at < len(sheet.tokens):
        hit, word = sheet.hit_at(at), sheet.word(at)
        known = hit is not None and hit.get("cue") is None
        if hit is not None and hit.start == at and hit.get("procedure"):
            found.append(hit)
            items, at, strange = items + 1, hit.end, 0
            continue
        if word == "(":
            # what became of it, in brackets
            aside = [sheet.word(i) for i in range(at, min(at + _ASIDE, len(sheet.tokens)))]
            at += aside.index(")") + 1 if ")" in aside else len(sheet.tokens)
            continue
        joins = word in _JOINS or word in (",", "then")
        closed |= joins and word != ","
        strange = 0 if joins else strange + 1
        if known or not (joins or word in _IN_LISTS or sheet.tokens[at].number is not None or _is_a_name(sheet, at)):
            break
        if strange > _STRANGE:
            break
        at += 1
    return found if closed or items > 2 else []


def _counts(sheet: Sheet, at: int) -> bool:
    return sheet.tokens[at].number is not None and sheet.word(at - 1) not in ("$", "£", "€")


_STRANGE, _ASIDE = 4, 10
_IN_LISTS = SKIP | word_set("course courses round rounds of session sessions x times even plus about over under on")


def _is_a_name(sheet: Sheet, at: int) -> bool:
    return sheet.word(at).isalpha() and not sheet.is_filler(at) and sheet.hit_at(at) is None


def _first_ahead(sheet: Sheet, trigger: Hit, cue: str, taken: frozenset[int]) -> Hit | None:
    strange = 0
    begins = trigger.end
    if cue == "past" and "everything" in (sheet.word(i) for i in trigger.indices):
        # "tried everything for my scars: X, Y"
        lead = range(begins, begins + 2 * _WIDEST)
        begins = next((i + 1 for i in lead if sheet.word(i) in (":", "(", "-")), begins)
    for at in range(begins, min(len(sheet.tokens), begins + _WIDEST + 1)):
        hit, number = sheet.hit_at(at), sheet.tokens[at].number is not None
        if _is_target(hit, at, cue) and at not in taken:
            return hit
        opens = cue == "past" and at <= begins + 1 and sheet.word(at) == ":"
        ends = sheet.word(at) in CLAUSE_BREAKS or sheet.word(at) in _STOPS or (number and cue != "past")
        ends = (ends and not opens) or (cue == "past" and sheet.word(at) in _MODALS)
        lifted = cue == "no" and hit is not None and "except" in hit.all("cue") and at > trigger.end
        if at in taken or ends or lifted or (hit is not None and hit.get("concern")):
            return None
        strange += not (number or sheet.is_filler(at) or sheet.tokens[at].is_sign)
        if strange > 1:
            return None
    return None


def _joined(sheet: Sheet, first: Hit, cue: str) -> list[Hit]:
    """What is joined to a first target: by "or" and "and", by a comma only in a list of things to avoid."""
    found: list[tuple[Hit, bool]] = []
    at = first.end
    while True:
        joined, end = False, at
        while sheet.word(end) in _JOINS or sheet.word(end) in _BETWEEN_JOINED:
            joined |= sheet.word(end) in _JOINS
            end += 1
        hit = sheet.hit_at(end)
        if end == at or hit is None or not _is_target(hit, end, cue) or hit.get("concern"):
            break
        found.append((hit, joined or bool(first.get("thing") and hit.get("thing") and not hit.get("procedure"))))
        at = hit.end
    last = max((i for i, (_, joined) in enumerate(found) if joined), default=-1)
    return [hit for hit, _ in found[: last + 1]]


def _behind(sheet: Sheet, trigger: Hit, cue: str) -> list[Hit]:
    """The target that a remark comes after: "lasers are out", "tried Botox and it didn't work"."""
    at = trigger.start - 1
    widest = 0 if sheet.word(trigger.start) in ("free", "phobia", "phobic") else 4
    gap = 0
    while at >= 0 and gap <= widest:
        hit = sheet.hit_at(at)
        if hit is not None and _is_target(hit, hit.start, cue):
            return [hit, *_joined_before(sheet, hit, cue)]
        token = sheet.tokens[at]
        span = token.number is not None or token.stem in ("x", "year") or token.stem in TIME_UNITS
        aside = sheet.word(at) == "(" and cue == "post past"
        if (sheet.word(at) in CLAUSE_BREAKS and not aside) or not (
            sheet.is_filler(at) or sheet.word(at) == "," or aside or (cue == "post past" and span)
        ):
            return []
        at, gap = at - 1, gap + 1
    return []


def _joined_before(sheet: Sheet, first: Hit, cue: str) -> list[Hit]:
    found: list[Hit] = []
    at = first.start - 1
    while at > 0 and sheet.word(at) in (_JOINS | {","}):
        hit = sheet.hit_at(at - 1)
        if hit is None or not _is_target(hit, hit.start, cue):
            break
        found.append(hit)
        at = hit.start - 1
    return found
