"""Which concerns are asked about: named, described, or ambiguous; and what only looks like one of ours.

A word that several concerns list is ambiguous unless something decides: a colour or kind said beside it ("the spots are
brown"), or a concern that is named elsewhere. A general noun with a foreign origin ("surgical scars", "stretch marks")
is none of ours, and is left unread.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from decide.question.english import MODIFIERS
from decide.question.phrases import Hit
from decide.question.scope import Scopes
from decide.question.sheet import CLAUSE_BREAKS, Sheet
from decide.question.vocabulary import CONCERN, PROCEDURE, Vocabulary
from decide.question.whose import is_told_of_another
from decide.question.wordlist import word_set

Named = tuple[str, str | None]

_JOINS = frozenset({"and", "or", "/", "+", ","})
_LINKS = word_set(
    "is are look looks , - : ( mostly mainly that very quite and or are all some which they the a bit kind of seem"
)
_STOPS = word_set("skin hair complexion")
_ORIGINS = (("from",), ("after",), ("left", "by"), ("due", "to"), ("caused", "by"), ("because", "of"), ("left", "from"))


class Concerns(NamedTuple):
    """Concerns with subtypes, the candidates of ambiguous words, the tokens used, and those left unread."""

    named: tuple[Named, ...]
    ambiguous: tuple[str, ...]
    used: frozenset[int]
    unread: frozenset[int]


def read_concerns(sheet: Sheet, vocabulary: Vocabulary, scopes: Scopes, taken: frozenset[int]) -> Concerns:
    """The concerns of a question."""
    named: list[Named] = []
    doubtful: list[tuple[Hit, list[Named]]] = []
    used: set[int] = set()
    unread: set[int] = set()
    feared: list[Hit] = []
    told: list[Hit] = []
    for hit in sheet.of(CONCERN):
        if not taken.isdisjoint(hit.indices):
            continue
        if scopes.of(hit) == "no":
            unread.update(hit.indices)
            continue
        elsewhere = feared if _is_feared(sheet, hit) else told if is_told_of_another(sheet, hit.start) else None
        if elsewhere is not None:
            elsewhere.append(hit)
            continue
        strange = _of_another_kind(sheet, vocabulary, hit)
        if strange:
            unread.update(hit.indices, strange)
            continue
        meant = list(dict.fromkeys(hit.all(CONCERN)))
        kinds, words = _kinds_beside(sheet, vocabulary, hit)
        used.update(hit.indices, words)
        if kinds and _is_general(meant):
            named.extend(kinds)
        elif len({concern for concern, _ in meant}) > 1:
            doubtful.append((hit, meant))
        else:
            named.extend((*meant[:1], *kinds))
    for hit in (*feared, *told):
        another = hit in feared and (sheet.of(PROCEDURE) or _is_a_tendency(sheet, hit))
        if named or doubtful or another:
            unread.update(hit.indices)
        else:
            # nothing else is asked about: what somebody is afraid of is the subject
            named.append(hit.get(CONCERN))
            used.update(hit.indices)
    ids = {concern for concern, _ in named}
    ambiguous: list[str] = []
    for hit, meant in doubtful:
        candidates = sorted({concern for concern, _ in meant})
        if not ids.intersection(candidates) or _joined_to_a_concern(sheet, hit):
            ambiguous.extend(c for c in candidates if c not in ambiguous)
    detailed = {concern for concern, subtype in named if subtype}
    kept = tuple(dict.fromkeys(n for n in named if n[1] or n[0] not in detailed))
    return Concerns(kept, tuple(sorted(ambiguous)), frozenset(used), frozenset(unread))


def _is_general(meant: list[Named]) -> bool:
    """Whether a word leaves the kind open: several concerns, or one without a subtype."""
    return len({concern for concern, _ in meant}) > 1 or all(subtype is None for _, subtype in meant)


# ---------------------------------------------------------------- what is feared, borne or told of another


def _is_feared(sheet: Sheet, hit: Hit) -> bool:
    """Whether a concern is not had: it is feared, may come, or would be borne for a while."""
    before = " ".join(sheet.word(i) for i in range(max(0, hit.start - _NEAR), hit.start))
    after = " ".join(sheet.word(i) for i in range(hit.end, min(len(sheet.tokens), hit.end + _NEAR)))
    borne = _A_WHILE.search(before) is not None and _BORNE.match(after) is not None
    return _is_a_tendency(sheet, hit) or borne or bool(_FEARED.search(before) or _BEARS.search(before))


def _is_a_tendency(sheet: Sheet, hit: Hit) -> bool:
    return sheet.word(hit.end) == "prone" or (sheet.word(hit.end) == "risk" and sheet.word(hit.start - 1) != "at")


_NEAR = 7
_MAY = (
    r"of|about|that|it|they|this|will|would|might|may|could|get|getting|cause|causing|leave|leaving|give|giving|make|making"
    r"|me|with|more|new|any|some|developing|worse|worsening|trigger|triggering|bring|bringing"
)
_FEARED = re.compile(
    r"\b(?:scared|afraid|terrified|frightened|fear|fears|risk|risks|worried|worry|worries|paranoid|chance|danger)"
    rf"(?: (?:{_MAY})){{0,6}}$"
    r"|\b(?:cause|causes|causing|trigger|triggers|triggering|leave|leaves|leaving|gives?|giving|prone to|create|creates"
    r"|without|end up with|ends up with|lead to|leads to|risking)"
    r"(?: (?:me|you|more|any|further|new|some|with|getting)){0,2}$"
)
_FEW = r"days?|weeks?|hours?|bit|little|some|temporary|mild|short|slight|initial"
_A_WHILE = re.compile(rf"\b(?:{_FEW})(?: (?:or two|or so|of|temporary|mild)){{0,2}}$")
_BORNE = re.compile(
    r"(?:for \w+ )?(?:\w+ ){0,3}?(?:fine|ok|okay|acceptable|no problem|not a problem|alright|bearable|no issue"
    r"|not an issue|manageable|is nothing|does not bother|not bother)\b"
)
_BEARS = re.compile(
    r"\b(?:fine with|ok with|okay with|cope with|live with|deal with|put up with|handle|tolerate|accept|not mind"
    r"|up for)"
    rf"(?: (?:a|an|few|couple|of|{_FEW}|\d+)){{1,8}}$"
)


# ---------------------------------------------------------------- kinds said beside the noun


def _kinds_beside(sheet: Sheet, vocabulary: Vocabulary, hit: Hit) -> tuple[list[Named], set[int]]:
    """Kinds listed before the noun or remarked after it: "rolling and boxcar scars", "scars, mostly rolling"."""
    found: list[Named] = []
    words: set[int] = set()
    for at in (*_listed_before(sheet, hit), *_remarked_after(sheet, hit)):
        kinds = _kind(sheet, vocabulary, at, hit)
        if kinds:
            found.extend(kinds)
            words.add(at)
    return found, words


def _kind(sheet: Sheet, vocabulary: Vocabulary, at: int, hit: Hit) -> list[Named]:
    """What an adjective makes of the noun, if together they are a phrase of one concern."""
    noun = [sheet.tokens[i].stem for i in hit.indices]
    for tail in (noun, noun[-2:], noun[-1:], noun[:1]):
        meant = [value for kind, value in vocabulary.phrases.lookup((sheet.tokens[at].stem, *tail)) if kind == CONCERN]
        if len({concern for concern, _ in meant}) == 1:
            return meant
    return []


def _is_free(sheet: Sheet, at: int) -> bool:
    return sheet.hit_at(at) is None and not sheet.tokens[at].is_sign and sheet.tokens[at].number is None


def _listed_before(sheet: Sheet, hit: Hit) -> Iterator[int]:
    at = hit.start - 1
    if at >= 0 and _is_free(sheet, at):
        yield at
    while at > 0 and sheet.word(at) in _JOINS and _is_free(sheet, at - 1):
        yield at - 1
        at -= 2


def _remarked_after(sheet: Sheet, hit: Hit) -> Iterator[int]:
    linked = False
    for at in range(hit.end, min(len(sheet.tokens), hit.end + 10)):
        word, other = sheet.word(at), sheet.hit_at(at)
        if (
            word in CLAUSE_BREAKS - {":", "("}
            or word in _STOPS
            or (other is not None and (other.get(CONCERN) or other.get(PROCEDURE)))
        ):
            return
        if word in _LINKS:
            linked = True
        elif not sheet.is_filler(at) and _is_free(sheet, at):
            if linked:
                yield at
            linked = False


# ---------------------------------------------------------------- nouns that are none of ours


def _of_another_kind(sheet: Sheet, vocabulary: Vocabulary, hit: Hit) -> set[int]:
    """The words that make another thing of a general noun: "surgical" scars, scars "from a burn"."""
    noun = sheet.tokens[hit.end - 1].stem
    general = hit.size == 1 and (
        len({c for c, _ in hit.all(CONCERN)}) > 1 or bool(vocabulary.phrases.lookup(("acne", noun)))
    )
    if not general:
        return set()
    before = hit.start - 1
    if before >= 0 and _is_strange(sheet, before):
        return {before}
    for way in _ORIGINS:
        at = hit.end + len(way)
        if tuple(sheet.word(i) for i in range(hit.end, at)) == way:
            while at < len(sheet.tokens) and (sheet.is_filler(at) or sheet.word(at) in MODIFIERS):
                at += 1
            if at < len(sheet.tokens) and _is_strange(sheet, at):
                return {at}
    return set()


def _is_strange(sheet: Sheet, at: int) -> bool:
    token, hit = sheet.tokens[at], sheet.hit_at(at)
    if (
        token.is_sign
        or token.number is not None
        or sheet.is_filler(at)
        or token.text in MODIFIERS
        or token.text == "acne"
    ):
        return False
    return hit is None or bool(hit.get("thing") or hit.get(PROCEDURE))


def _joined_to_a_concern(sheet: Sheet, hit: Hit) -> bool:
    for at, beyond in ((hit.start - 1, hit.start - 2), (hit.end, hit.end + 1)):
        other = sheet.hit_at(beyond)
        if sheet.word(at) in ("and", "+", "plus") and other is not None and other.get(CONCERN):
            return True
    return False
