"""The sheet that a question is read from: its tokens, the phrases found in them, and its words as one line.

Readers never change the sheet. Each takes what it needs, and gives back what it read together with the tokens it used;
what no reader used is what was not understood.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from decide.catalog import Catalog
from decide.catalog.models import Say
from decide.lazily import dataclass
from decide.question.english import FILLER, MODIFIERS, is_english
from decide.question.names import pairings
from decide.question.numerals import read_numerals
from decide.question.phrases import Hit, longest
from decide.question.redflags import speller_of
from decide.question.tokens import Token, normalise, tokenize
from decide.question.vocabulary import CONCERN, CONDITION, PLACE, PROCEDURE, Vocabulary
from decide.question.wordlist import word_set

T = TypeVar("T")

_FARTHEST = 20
_ASKING = word_set("can could should may might is are does do did will would which what how if when")
BREAKS = frozenset(".;?!")
"""Signs that end a sentence."""
CLAUSE_BREAKS = BREAKS | frozenset(":()")
_SELF = (
    r"\b(?:i am (?!asking|looking|wondering|trying to find|searching|writing|after|buying|helping|hoping)"
    r"|i have (?!about|around|up|a budget|got about|\d|[$£€]|heard|read|been asked)|i get|i suffer|i had|i turned"
    r"|i was\b|i (?:use|take|tried)\b|(?:work|works|good|right|safe|suitable|best|better) for me\b|(?<!of )mine\b"
    r"|(?:mother|father|mum|mom|dad) of\b|i developed"
    r"|my (?:own|skin|face|hair|hairline|cheeks?|forehead|eyes?|nose)\b)"
)
"""Words by which somebody speaks of oneself as the one to be treated."""


@dataclass(frozen=True)
class Sheet:
    """A question, cut up. `source` is the normalised text that the tokens' places refer to."""

    vocabulary: Vocabulary
    source: str
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    mended: frozenset[int] = frozenset()
    """The tokens whose spelling was mended."""

    @cached_property
    def _by_token(self) -> dict[int, Hit]:
        return {i: hit for hit in self.hits for i in hit.indices}

    def hit_at(self, index: int) -> Hit | None:
        """The phrase that covers a token."""
        return self._by_token.get(index)

    def word(self, index: int) -> str:
        """The folded word or sign at a place; empty beyond the ends."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    @cached_property
    def is_of_oneself(self) -> bool:
        """Whether the one who writes is the one to be treated: "I have", "my skin", "my scars", "man, 40"."""
        mine = any(self.word(hit.start - 1) == "my" for hit in self.of(CONCERN))
        grown = any(
            self.says("sex", i)
            and not self.says("young", i)
            and self.word(i - 1) in ("", ",", ".", ";", "(", "am", "a")
            for i in range(len(self.tokens))
        )
        return mine or grown or any(True for _ in self.find(_SELF))

    def clause(self, at: int) -> int:
        """Where the clause of a token begins; some words before it where that is far."""
        first = max(0, at - _FARTHEST)
        return next((i for i in range(at, first, -1) if self.word(i - 1) in (*CLAUSE_BREAKS, ",")), first)

    def asks(self, at: int) -> bool:
        """Whether the clause of a token asks: "can I use X", "does X make no difference"."""
        at = self.clause(at)
        if self.word(at) in ("have", "has"):
            return self.word(at + 1) in ("you", "anyone", "anybody", "they", "it", "i")
        return self.word(at) in _ASKING or self.word(at + 1) in ("if", "when")

    def of(self, kind: str) -> list[Hit]:
        """The phrases that may mean something of this kind."""
        return [hit for hit in self.hits if hit.get(kind) is not None]

    def cues(self, *names: str) -> list[Hit]:
        """The phrases that are one of these cues."""
        return [hit for hit in self.hits if any(cue in names for cue in hit.all("cue"))]

    def says(self, use: Say, index: int) -> bool:
        """Whether the token is one of the catalogue's words for a use."""
        return self.vocabulary.says(use, self.word(index))

    def is_filler(self, index: int) -> bool:
        """Whether the token is a word that says nothing here."""
        return self.word(index) in FILLER or self.tokens[index].stem in FILLER

    def find(
        self, pattern: str, hidden: Container[int] | Mapping[int, str] = ()
    ) -> Iterator[tuple[re.Match[str], range]]:
        """Where a pattern fits the line of words, and the tokens it covers. Hidden tokens read as "_", or as what
        they are mapped to, and
        "@relation" as any word for that use."""
        shown = hidden if isinstance(hidden, Mapping) else None
        words = [
            (shown[i] if shown is not None else "_") if i in hidden else token.text
            for i, token in enumerate(self.tokens)
        ]
        starts: list[int] = []
        length = 0
        for word in words:
            starts.append(length)
            length += len(word) + 1
        line = " ".join(words)
        for match in re.finditer(self.vocabulary.expanded(pattern), line):
            first = bisect_left(starts, match.start() + len(match[0]) - len(match[0].lstrip()))
            yield match, range(first, bisect_left(starts, match.start() + max(len(match[0].rstrip()), 1)))

    def said(self, first: int, last: int) -> str:
        """What was typed from one token to another, both included."""
        return " ".join(self.source[self.tokens[first].start : self.tokens[last].end].split())


class Read(NamedTuple, Generic[T]):
    """What a reader read, and the tokens that are done with."""

    value: T
    used: frozenset[int] = frozenset()


def sheet_of(text: str, catalog: Catalog) -> Sheet:
    """A text, cut up."""
    source = normalise(text)
    typed = read_numerals(tokenize(source))
    vocabulary = Vocabulary.of(catalog)
    # a word of health is no slip of a word of anything else
    slips = zip(typed, speller_of(catalog).corrected(typed), strict=True)
    tokens = [a if a.text != b.text and vocabulary.loses_health(a, b) else b for a, b in slips]
    mended = frozenset(i for i, (a, b) in enumerate(zip(typed, tokens, strict=True)) if a.text != b.text)
    shouted = not any(c.islower() for c in source)
    matches = [hit for hit in vocabulary.matches(tokens) if _meant(hit, tokens, vocabulary, shouted)]
    hits = _options(tokens, _with_what_is_taken(longest(matches), matches), catalog)
    asking = {i for hit in hits if hit.get("aspect") for i in hit.indices[1:]}
    # "how long is recovery after X" asks for a fact of X, though recovery is a concern
    stood_in = _with_stand_ins(tokens, [hit for hit in hits if hit.get(PROCEDURE)], vocabulary)
    stood_in = [hit for hit in stood_in if hit.start not in asking]
    found = longest([*matches, *hits, *stood_in]) if stood_in else hits
    hits = list(_without_takings(found, tokens, catalog, vocabulary))
    return Sheet(vocabulary, source, tuple(tokens), tuple(hits), mended)


def _without_takings(
    hits: Sequence[Hit], tokens: Sequence[Token], catalog: Catalog, vocabulary: Vocabulary
) -> Iterator[Hit]:
    """The phrases, without a family's general word that is of something else: "antidepressant tablets"."""
    before: Hit | None = None
    for hit in hits:
        if not (
            hit.get(PROCEDURE) in catalog.families
            and hit.start > 0
            and vocabulary.says("general", tokens[hit.start].text)
            and (
                tokens[hit.start - 1].text in ("on", "my", "taking")
                or _names_another(tokens, hit.start - 1, before if before and before.end == hit.start else None)
            )
        ):
            yield hit
        before = hit


def _names_another(tokens: Sequence[Token], at: int, before: Hit | None) -> bool:
    if before is not None or at < 0:
        return before is not None and before.get(CONDITION) is not None
    letter = len(tokens[at].text) == 1 and tokens[at].text not in ("a", "i")
    return tokens[at].stem.isalpha() and (letter or not {tokens[at].text, tokens[at].stem} & (FILLER | MODIFIERS))


def _with_what_is_taken(hits: Sequence[Hit], matches: Sequence[Hit]) -> list[Hit]:
    """The phrases, where a word of the past ends as a condition begins ("put me [on warfarin]"): both stand."""
    found: list[Hit] = []
    for hit in hits:
        last = hit.end - 1
        past = len(hit.indices) > 1 and any(cue.startswith("past") for cue in hit.all("cue"))
        stands = any(h.start == hit.end and h.get(CONDITION) for h in hits) if past else True
        taken = [] if stands else [m for m in matches if m.start == last and m.end > hit.end and m.get(CONDITION)]
        if taken:
            found += [hit._replace(end=last), max(taken, key=lambda m: m.end)]
        elif not (found and hit.start < found[-1].end):
            found.append(hit)
    return found


_JOINTS = {("+",): False, ("after",): True, ("(", "on"): True}
"""What stands between the two parts of a printed name, and whether the base comes last."""


def _options(tokens: Sequence[Token], hits: Sequence[Hit], catalog: Catalog) -> list[Hit]:
    """The phrases, where two procedures are one option by its printed name or id, or one is of a part course."""
    found: list[Hit] = []
    for hit in hits:
        identity = hit.get(PROCEDURE)
        before = found[-1] if found and identity else None
        if before is not None and (base := before.get(PROCEDURE)):
            joint = tuple(token.text for token in tokens[before.end : hit.start] if token.text != ")")
            if joint in _JOINTS:
                orders = [(base, identity), (identity, base)]
                ways = orders if joint == ("+",) else orders[1:]
                pair = next((known for way in ways if (known := pairings(catalog).get(way))), None)
                if pair is not None:
                    end = hit.end + (joint[0] == "(" and [t.text for t in tokens[hit.end : hit.end + 1]] == [")"])
                    found[-1] = Hit(before.start, end, before.size + hit.size, ((PROCEDURE, pair),))
                    continue
        found.append(hit)
    return [_in_sessions(tokens, hit) if hit.get(PROCEDURE) else hit for hit in found]


def _in_sessions(tokens: Sequence[Token], hit: Hit) -> Hit:
    """An id with its sessions: `microneedling/2-sessions`."""
    match tokens[hit.end : hit.end + 3]:
        case [Token(text="/", glued=True), Token(number=Decimal() as count, glued=True), Token(stem="session")]:
            identity = f"{hit.get(PROCEDURE)}/{count}-sessions"
            return Hit(hit.start, hit.end + 3, hit.size + 2, ((PROCEDURE, identity),))
    return hit


def _with_stand_ins(tokens: Sequence[Token], procedures: Sequence[Hit], vocabulary: Vocabulary) -> list[Hit]:
    """Phrases with "a procedure" in them that also fit the one that was named: "healing after [Fraxel]"."""
    if not procedures:
        return []
    replaced: list[Token] = []
    places: list[tuple[int, int]] = []
    named = {hit.start: hit for hit in procedures}
    at = 0
    while at < len(tokens):
        end = named[at].end if at in named else at + 1
        replaced.append(tokens[at]._replace(text="procedure", stem="procedure") if at in named else tokens[at])
        places.append((at, end))
        at = end
    found: list[Hit] = []
    for hit in vocabulary.matches(replaced):
        covered = [places[i] for i in hit.indices]
        inside = [place for place in covered if place[0] in named]
        if inside and hit.get(CONCERN):
            start, end = covered[0][0], covered[-1][1]
            found.append(Hit(start, end, end - start, (*hit.meanings, *(("beside", place) for place in inside))))
    return found


_TAKING = ("on", "using", "taking", "oral", "topical", "tried", "stopped", "started")
_TOWARDS = ("in", "near", "from", "around", "nr")


def _is_meant_as_a_place(tokens: Sequence[Token], at: int, vocabulary: Vocabulary, shouted: bool) -> bool:
    """Whether the name of a place is meant as one. A town that is a word ("Reading", "Orange") or a given name is so
    after "in", "near" and "from", or, if it is none of somebody, with a capital after a comma.
    """
    token = tokens[at]
    given = vocabulary.says("given", token.text)
    if not given and not is_english(token.text, token.stem):
        return True
    before = tokens[at - 1].text if at else ""
    ends = at + 1 == len(tokens) or tokens[at + 1].is_sign
    capital = token.raw[:1].isupper() or shouted
    return (before in _TOWARDS and (capital or ends)) or (before == "," and capital and ends and not given)


def _follows_a_place(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> bool:
    """Whether two capitals are those of a state: "Minneapolis, MN"."""
    token = tokens[at]
    if len(token.text) != 2 or at < 2 or tokens[at - 1].text != ",":
        return False
    return any(kind == PLACE for kind, _ in vocabulary.phrases.lookup((tokens[at - 2].stem,)))


def _is_taken(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> bool:
    """Whether a short form stands as something taken: "on min", "fin and min"."""
    before = tokens[at - 1].text if at else ""
    listed = before in ("and", "or", "+", "/", "plus") and at > 1 and vocabulary.phrases.lookup((tokens[at - 2].stem,))
    return before in _TAKING or any(kind == PROCEDURE for kind, _ in listed or ())


def _meant(hit: Hit, tokens: Sequence[Token], vocabulary: Vocabulary, shouted: bool) -> bool:
    """Whether a name that is also an everyday word ("us", "ha") is written as a name: "US", "HA"."""
    if hit.end - hit.start > 1 or not (hit.get(PLACE) or hit.get(PROCEDURE)):
        return True
    token = tokens[hit.start]
    if hit.get(PLACE) and token.text not in FILLER:
        return _is_meant_as_a_place(tokens, hit.start, vocabulary, shouted)
    if hit.get(PROCEDURE) and hit.get(PLACE) is None and _follows_a_place(tokens, hit.start, vocabulary):
        return False
    if token.text not in FILLER or (hit.get(PROCEDURE) and _is_taken(tokens, hit.start, vocabulary)):
        return True
    if shouted or not token.raw[:1].isupper():
        return token.text == "us" and tokens[hit.start - 1].text in ("the", "in") if hit.start else False
    return token.raw.isupper() if len(token.text) < 4 else hit.start > 0
