"""The catalogue's words: of procedures and families (names, aliases, ids), of concerns, places and currencies, of
conditions, of what can be avoided, and of general English as far as it says how those are meant.

Nothing here is a list of its own: a curator adds an alias in the catalogue and it is understood. A word that two
concerns list ("spots") is ambiguous between them by that alone. What a flag names ("fraxel" in `--price fraxel=1200`)
is looked up by `Vocabulary.procedure` and `Vocabulary.concern`, which help with a misspelling instead of guessing.

Long because every word has one home and is looked up in one way.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from decide.catalog import Catalog, worked
from decide.catalog.derived import derived
from decide.catalog.models import Condition, Product, Say, Vague
from decide.errors import InputError
from decide.question.english import FILLER, SKIP
from decide.question.numerals import read_numerals
from decide.question.phrases import Hit, Phrases, longest
from decide.question.spelling import Speller
from decide.question.tokens import Token, normalise, stem, tokenize
from decide.question.wordlist import phrases, word_set

PROCEDURE, PRODUCT, CONCERN, PLACE, CURRENCY = "procedure", "product", "concern", "place", "currency"
PASSING = ("life-stage", "medicine", "habit", "age")
"""Kinds of condition that are over once they are; what was of late has conditions of its own."""
CONDITION, THING, IMPLIED, VAGUE, FLAG = "condition", "thing", "implied", "vague", "flag"

_PLAIN = re.compile(r"[A-Za-z][A-Za-z -]*")
_FROM = tuple(
    tuple(way.split())
    for way in phrases(
        "left over from|left behind by|left behind from|left by|left from|caused by|due to|because of|after|following"
        "|by|post"
    )
)
"""Ways to say where a mark comes from, the longer before the shorter."""
_CAUSE = {"pimple": "acne", "zit": "acne", "breakout": "acne", "blemish": "acne"}
_PLACES_ON_FACE = word_set("forehead cheek eye nose face neck mouth chin lip brow eyebrow temple")
_ORIGIN_WORDS = frozenset(_CAUSE) | {way[0] for way in _FROM}
_BODY = _PLACES_ON_FACE | word_set("skin hair complexion scalp hairline eyelid undereye")
_CROWDED = 60


def tokens_of(text: str) -> list[Token]:
    """A text as tokens, numbers read."""
    return read_numerals(tokenize(normalise(text)))


@lru_cache(maxsize=1 << 16)
def stems_of(phrase: str) -> tuple[str, ...]:
    """A phrase of the catalogue as it is looked up: folded, each word singular, brackets dropped.

    Folders laid over the shipped facts share nearly all of their phrases with them.
    """
    if _PLAIN.fullmatch(phrase):
        words = phrase.lower().replace("-", " ").split()
        if _SPELT_NUMBERS.isdisjoint(words):
            return tuple([stem(word) for word in words])
    return tuple(t.stem for t in tokens_of(phrase) if t.text not in "(),;.")


_SPELT_NUMBERS = word_set("two three four five six seven eight nine ten eleven twelve couple half hundred")


def origin_as_from(stems: Sequence[str]) -> tuple[str, ...]:
    """Every way to say where something comes from as "from", and every word for a pimple as "acne"."""
    if _ORIGIN_WORDS.isdisjoint(stems):
        return tuple(stems)
    found: list[str] = []
    at = 0
    while at < len(stems):
        said = next((way for way in _FROM if tuple(stems[at : at + len(way)]) == way), None)
        if said and at:
            found.append("from")
            at += len(said)
        else:
            found.append(_CAUSE.get(stems[at], stems[at]))
            at += 1
    return tuple(found)


def variants(stems: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Other orders of the same words: "acne mark" and "mark from acne", "dull skin" and "skin looks dull"."""
    plain = tuple(s for s in stems if s not in SKIP)
    if len(plain) > 1 and plain[0] == "acne" and "from" not in plain:
        yield (*plain[1:], "from", "acne")
        yield (*plain[1:], "from", "old", "acne")
    if len(plain) > 2 and plain[-2:] == ("from", "acne"):
        yield ("acne", *plain[:-2])
        yield (*plain[:-2], "from", "old", "acne")
    if len(plain) == 3 and plain[1] == "acne":
        yield (plain[0], plain[2], "from", "acne")
    if len(plain) == 2 and plain[0] in _PLACES_ON_FACE:
        for way in ("on", "around", "at", "in"):
            yield (plain[1], way, plain[0])
    if 1 < len(plain) < 4 and plain[-1] in _BODY:
        yield (plain[-1], *plain[:-1])
        yield (plain[-1], "look", *plain[:-1])


def ways_to_say(catalog: Catalog, entry: Condition | Vague) -> list[str]:
    """Every phrase that says that somebody has a condition, or what leaves one open: its words, and its names in the
    catalogue's frames for them.
    """
    frames = {saying.means: saying.words for saying in catalog.sayings if saying.use == "frame"}
    frames["treated"] = (*frames.get("treated", ()), *frames.get("lately", ()))
    return [
        *entry.words,
        *(frame.format(word) for field, ways in frames.items() for word in getattr(entry, field, ()) for frame in ways),
    ]


WORDS, CODE = "words", ("catalog", "question")
"""The file of what the catalogue has words for, and the packages by which it is made."""
_LISTS = ("words", "treatment words", "flagged", "of health")


class Vocabulary:
    """Everything that the catalogue has a word for, ready to be looked up.

    What there is to look up is worked out when the program is built, or when it is first asked.
    """

    phrases: Phrases
    origins: Phrases
    """Ways to say where a mark comes from."""
    flags: Phrases
    """What a doctor has to look at first."""
    near: list[tuple[int, list[list[tuple[str, ...]]]]]
    """Groups of words, one of each of which has to stand near the others, and the flag that they raise."""
    words: frozenset[str]
    flagged: frozenset[str]
    """The words of flags."""
    treatment_words: frozenset[str]
    """The words that stand in names of procedures, and in no word for a concern, a place or how it is meant."""
    of_health: frozenset[str]
    """The words that stand in conditions and in what leaves one open."""
    youngest: float
    second_trimester: float
    condition_kinds: dict[str, str]
    _sayings: dict[str, dict[str, str]]
    _forms: dict[str, str]
    """Other forms of a word, and the one that the lists of concerns use: "scarring", "scar"."""

    def __init__(self, catalog: Catalog) -> None:
        self._procedures, self.families = catalog.procedures, catalog.families
        self._concerns, self._markets = catalog.concerns, catalog.markets
        self._expanded: dict[str, str] = {}
        told = worked.found(catalog, WORDS, *CODE)
        if told is None:
            self._work_out(catalog)
            if worked.keeps(catalog):
                worked.keep(catalog, WORDS, self.told(), *CODE)
            return
        known = json.loads(bytes(told))
        self.phrases, self.origins, self.flags = (Phrases(known[name]) for name in ("phrases", "origins", "flags"))
        self._sayings, self._forms = known["sayings"], known["forms"]
        self.youngest, self.condition_kinds = known["youngest"], known["kinds"]
        self.second_trimester = known["second trimester"]
        self.near = known["near"]
        self.words, self.treatment_words, self.flagged, self.of_health = (
            frozenset(known[name].split(" ")) for name in _LISTS
        )

    def told(self) -> bytes:
        """All that is looked up, for another start to read."""
        trees = {"phrases": self.phrases.told(), "origins": self.origins.told(), "flags": self.flags.told()}
        plain = {"sayings": self._sayings, "forms": self._forms, "youngest": self.youngest}
        plain["second trimester"] = self.second_trimester
        listed = zip(_LISTS, (self.words, self.treatment_words, self.flagged, self.of_health), strict=True)
        lists = {name: " ".join(sorted(words)) for name, words in listed}
        told = {**trees, **plain, **lists, "kinds": self.condition_kinds, "near": self.near}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()

    def _work_out(self, catalog: Catalog) -> None:
        self.phrases, self.origins, self.flags = Phrases(), Phrases(), Phrases()
        self._sayings = {}
        self._forms = {
            stem(word): saying.means for saying in catalog.sayings if saying.use == "form" for word in saying.words
        }
        self.youngest = catalog.constant("youngest-lone-age")
        self.second_trimester = catalog.constant("second-trimester-from-week")
        self.condition_kinds = {c.id: c.kind for c in catalog.conditions.values()}
        self._add_procedures(catalog.products.values())
        self._add_concerns()
        self._add_markets()
        said = {c.id: ways_to_say(catalog, c) for c in catalog.conditions.values()}
        for kind, named in (
            (CONDITION, said),
            (THING, {a.id: a.words for a in catalog.avoids.values()}),
            (IMPLIED, {a.id: a.implied for a in catalog.avoids.values()}),
        ):
            for identity, ways in named.items():
                for way in ways:
                    self.phrases.add(stems_of(way), kind, identity, exact=True)
        for saying in catalog.sayings:
            known = self._sayings.setdefault(saying.use, {})
            for way in saying.words:
                known[way] = saying.means
                if (saying.means and saying.use not in ("form", "frame")) or (saying.use == "plain" and " " in way):
                    self.phrases.add(stems_of(way), saying.use, saying.means, exact=True)
        for number, entry in enumerate(catalog.vague):
            # what says one of its conditions outright leaves nothing open, but for words of its own
            plain = {way for known in entry.may_be for way in said.get(known, ())}.difference(entry.words)
            for way in (way for way in ways_to_say(catalog, entry) if "#" not in way and way not in plain):
                self.phrases.add(stems_of(way), VAGUE, number, exact=True)
                if entry.origins or entry.ages:
                    # a word for a man or a woman in it still is one
                    self.phrases.add(stems_of(way), "sex", "", exact=True)
        for number, flag in enumerate(catalog.red_flags):
            for way in flag.words:
                self.flags.add(stems_of(way), FLAG, number, exact=True)
        others = self.phrases.words_of(CONCERN, PLACE, CURRENCY, "cue")
        self.treatment_words = frozenset(self.phrases.words_of(PROCEDURE) - others)
        self.of_health = frozenset(self.phrases.words_of(CONDITION, VAGUE, "state"))
        self.words = frozenset(self.phrases.words | self.origins.words)
        self.near = [
            (number, [[stems_of(way) for way in group.split("|")] for group in written.split(" + ")])
            for number, flag in enumerate(catalog.red_flags)
            for written in flag.near
        ]
        near = {stem for _, groups in self.near for group in groups for way in group for stem in way}
        self.flagged = frozenset(self.flags.words | near)

    def meaning(self, use: Say, word: str) -> str | None:
        """What a folded word means among the words for one use; None where it is none of them."""
        known, starred = self._sayings.get(use, {}), self._starred.get(use)
        for way in (word, stem(word)):
            if way in known or (starred is not None and starred.fullmatch(way)):
                return known.get(way, "")
        return None

    def says(self, use: Say, word: str) -> bool:
        """Whether a folded word is one of the words for a use."""
        return self.meaning(use, word) is not None

    @cached_property
    def _starred(self) -> dict[str, re.Pattern[str]]:
        """The words with a star for each use, as one pattern."""
        listed = {use: [w for w in known if "*" in w] for use, known in self._sayings.items()}
        return {use: re.compile("|".join(map(_starred, words))) for use, words in listed.items() if words}

    def expanded(self, pattern: str) -> str:
        """A pattern with "@relation" and the like written out: any word for that use."""
        if pattern not in self._expanded:
            self._expanded[pattern] = re.sub(r"@(\w+)", lambda m: self._any_of(m[1]), pattern)
        return self._expanded[pattern]

    def _any_of(self, use: str) -> str:
        ways = sorted(self._sayings.get(use, {}), key=lambda way: (-len(way), way))
        return f"(?:{'|'.join(_starred(way) + ('' if '*' in way else 's?') for way in ways) or '(?!)'})"

    def loses_health(self, typed: Token, read: Token) -> bool:
        """Whether a word of health would be mended into one of something else."""
        return self.says("ill", typed.text) and not (self.says("ill", read.text) or read.stem in self.of_health)

    @cached_property
    def speller(self) -> Speller:
        """Knows the catalogue's words."""
        return Speller(self.words, self.treatment_words)

    @classmethod
    def of(cls, catalog: Catalog) -> "Vocabulary":
        """The vocabulary of a catalogue, made once."""
        return _vocabulary(catalog)

    def _add_procedures(self, products: Iterable[Product]) -> None:
        taken: dict[tuple[str, ...], str] = {}
        procedures, families = self._procedures.values(), self.families.values()
        # an alias says more than a name or an id, and a procedure more than its family
        for owner, words in (
            *((p.id, p.aliases) for p in procedures),
            *((f.id, f.aliases) for f in families),
            *((p.id, (p.name, p.id)) for p in procedures),
            *((f.id, (f.name,)) for f in families),
        ):
            for word in words:
                key = stems_of(word)
                if taken.setdefault(key, owner) == owner:
                    self.phrases.add(key, PROCEDURE, owner)
        for product in products:
            for word in (product.name, *product.words):
                key = stems_of(word)
                if taken.setdefault(key, product.procedure) == product.procedure:
                    self.phrases.add(key, PROCEDURE, product.procedure)
                    self.phrases.add(key, PRODUCT, product.id)

    def _add_concerns(self) -> None:
        for concern in self._concerns.values():
            for subtype, words in (
                (None, (*concern.words, concern.name, concern.id)),
                *((s.id, (*s.words, s.name)) for s in concern.subtype),
            ):
                for word in words:
                    self._add_concern(stems_of(word), (concern.id, subtype))

    def _add_concern(self, stems: tuple[str, ...], value: tuple[str, str | None]) -> None:
        self.phrases.add(stems, CONCERN, value)
        canonical = tuple(self._forms.get(said, said) for said in origin_as_from(stems))
        self.origins.add(canonical, CONCERN, value)
        for other in variants(canonical):
            self.origins.add(other, CONCERN, value)

    def _add_markets(self) -> None:
        for market in self._markets.values():
            for place in market.places:
                self.phrases.add(stems_of(place), PLACE, market.id)
            for word in market.money_words:
                self.phrases.add(stems_of(word), CURRENCY, market.currency)

    def matches(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every phrase of the catalogue in these tokens, also where the words stand in another order."""
        found = self.phrases.matches(tokens)
        canonical, spans = _canonical(tokens)
        canonical = [t._replace(stem=self._forms[t.stem]) if t.stem in self._forms else t for t in canonical]
        for hit in self.origins.matches(canonical):
            start, end = spans[hit.start][0], spans[hit.end - 1][1]
            found.append(Hit(start, end, end - start, hit.meanings))
        return found

    # ---------------------------------------------------------------- one name, as typed in a flag

    def procedure(self, text: str) -> str:
        """The procedure or family that a typed name means.

        Raises
        ------
        InputError : nothing bears that name; the hint names what comes near.
        """
        if text in self._procedures:
            return text
        meant = {str(hit.get(PROCEDURE)) for hit in self._only(text, PROCEDURE)}
        if len(meant) == 1:
            return meant.pop()
        names = {p.id: (p.name, *p.aliases) for p in self._procedures.values()}
        names |= {f.id: (f.name, *f.aliases) for f in self.families.values()}
        shown = {p.id: p.name for p in self._procedures.values()}
        shown |= {f.id: f.name for f in self.families.values()}
        raise InputError(f"unknown procedure {_quoted(text)}", _did_you_mean(text, names, shown))

    def concern(self, text: str) -> tuple[str, str | None]:
        """The concern that a typed name means, and its subtype where it names one.

        Raises
        ------
        InputError : no concern bears that name, or more than one does; the hint names the choices.
        """
        if text in self._concerns:
            return text, None
        meant = [meaning for hit in self._only(text, CONCERN) for meaning in hit.all(CONCERN)]
        named = list(dict.fromkeys(meant))
        ids = list(dict.fromkeys(concern for concern, _ in named))
        if len(ids) == 1:
            subtypes = [subtype for _, subtype in named if subtype]
            return ids[0], subtypes[0] if len(subtypes) == 1 else None
        if ids:
            choices = ", ".join(self._concerns[i].name for i in ids)
            raise InputError(f"{_quoted(text)} may mean more than one concern", f"say which: {choices}")
        names = {c.id: (c.name, *c.words) for c in self._concerns.values()}
        for c in self._concerns.values():
            names[c.id] += tuple(word for s in c.subtype for word in (s.name, *s.words))
        shown = {c.id: c.name for c in self._concerns.values()}
        hint = _did_you_mean(text, names, shown) or f"concerns: {', '.join(shown.values())}"
        raise InputError(f"unknown concern {_quoted(text)}", hint)

    def slips(self, text: str) -> list[tuple[str, str]]:
        """The words of a typed name that are mended before it is known: as typed, and as read."""
        if len(text) > 200 or text in {**self._procedures, **self.families, **self._concerns}:
            return []
        tokens = tokens_of(text)
        return [
            (a.raw, b.text) for a, b in zip(tokens, self.speller.corrected(tokens), strict=True) if a.text != b.text
        ]

    def _only(self, text: str, kind: str) -> list[Hit]:
        """The hits of one kind in a typed name, or none when it holds anything else."""
        if len(text) > 200:
            return []
        tokens = [token for token in tokens_of(text) if token.text not in "(),;."]
        for tried in (tokens, self.speller.corrected(tokens)):
            hits = longest(
                Hit(h.start, h.end, h.size, tuple(m for m in h.meanings if m[0] == kind))
                for h in self.matches(tried)
                if h.get(kind)
            )
            covered = {i for hit in hits for i in hit.indices}
            if hits and all(i in covered or t.text in FILLER or t.is_sign for i, t in enumerate(tried)):
                return hits
        return []


def _canonical(tokens: Sequence[Token]) -> tuple[list[Token], list[tuple[int, int]]]:
    """The tokens with origins said one way, and which tokens each of them stands for."""
    found: list[Token] = []
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        said = next((w for w in _FROM if at and tuple(t.stem for t in tokens[at : at + len(w)]) == w), None)
        if said:
            after = at + len(said)
            placed = [t.stem for t in tokens[after : after + 2]]
            if len(placed) == 2 and placed[0] in _PLACES_ON_FACE and (placed[1] == "acne" or placed[1] in _CAUSE):
                # "left by chin acne"
                said = (*said, placed[0])
            found.append(Token("from", "from", "from", tokens[at].start, tokens[at + len(said) - 1].end))
            spans.append((at, at + len(said)))
            at += len(said)
            continue
        token = tokens[at]
        cause = _CAUSE.get(token.stem)
        found.append(Token(cause, cause, token.raw, token.start, token.end) if cause else token)
        spans.append((at, at + 1))
        at += 1
    return found, spans


def _starred(word: str) -> str:
    """A word as a pattern; a star stands for any letters, at least two where it comes first."""
    begins = r"\w{2,}" if word.startswith("*") else ""
    ends = r"\w*" if word.endswith("*") else ""
    return begins + re.escape(word.strip("*")) + ends


def _quoted(text: str) -> str:
    plain = " ".join(normalise(text).split())
    return f"'{plain[:_CROWDED]}…'" if len(plain) > _CROWDED else f"'{plain}'"


@derived(most=1)
def _vocabulary(catalog: Catalog) -> Vocabulary:
    return Vocabulary(catalog)


def _did_you_mean(text: str, names: dict[str, tuple[str, ...]], shown: dict[str, str]) -> str:
    near = _near(" ".join(normalise(text[:200]).lower().split()), tuple(names.items()))
    return f"did you mean {_either([shown[i] for i in near])}?" if near else ""


@lru_cache(maxsize=64)
def _near(text: str, names: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    """Up to three ids with a name like this text, the likeliest first."""
    from rapidfuzz import fuzz

    scored: list[tuple[float, str]] = []
    for owner, words in names:
        best = max(max(fuzz.ratio(text, w.lower()), 0.9 * fuzz.token_sort_ratio(text, w.lower())) for w in words)
        if any(text and text in w.lower().split() for w in words):
            best = max(best, 75.0)
        scored.append((best, owner))
    likely = [pair for pair in sorted(scored, key=lambda pair: (-pair[0], pair[1])) if pair[0] >= 60]
    return tuple(owner for _, owner in likely[:3])


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
