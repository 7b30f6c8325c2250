"""Many phrases looked for at once: a tree of words, walked from every token; the longest match wins.

Small words that change nothing (`english.SKIP`) may stand inside a phrase, and two words written as one, or one as two,
still meet ("micro needling", "darkcircles").
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from decide.question.english import BETWEEN, SKIP
from decide.question.tokens import Token

LONGEST = 12
"""No phrase reaches over more tokens than this."""

Meaning = tuple[str, Any]
"""What a phrase stands for: a kind ("procedure", "place", "cue", …) and a value."""

_END = ""
_APART = "\x7f"
"""Stands between phrases that are kept; no word holds it."""


class Hit(NamedTuple):
    """A phrase found at tokens [start, end), `size` of its words matched, with everything that it may mean."""

    start: int
    end: int
    size: int
    meanings: tuple[Meaning, ...]

    def all(self, kind: str) -> list[Any]:
        """The values of one kind."""
        return [value for k, value in self.meanings if k == kind]

    def get(self, kind: str) -> Any:
        """The first value of one kind, or None."""
        return next((value for k, value in self.meanings if k == kind), None)

    @property
    def indices(self) -> range:
        """The tokens it covers."""
        return range(self.start, self.end)


class Phrases:
    """A set of phrases with their meanings."""

    def __init__(self, told: tuple[Sequence[Any], Mapping[str, str]] = ((), {})) -> None:
        self._waiting: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        self._meanings, self._told = told
        self._grown: dict[str, dict[str, Any]] = {}

    def add(self, stems: Sequence[str], kind: str, value: object, *, exact: bool = False) -> None:
        """Add one phrase. Unless `exact`, the words that change nothing are left out of it."""
        key = tuple(stems)
        if not exact and not SKIP.isdisjoint(key):
            # the last word stays: without it "vitamin A" would be any vitamin
            key = (*(s for s in key[:-1] if s not in SKIP), key[-1])
        if not key:
            return
        self._waiting.setdefault(key[0], []).append((key, (kind, value)))
        if not exact and len(key) == 2 and len(key[0]) + len(key[1]) > 6:
            joined = key[0] + key[1]
            self._waiting.setdefault(joined, []).append(((joined,), (kind, value)))

    def told(self) -> tuple[list[Meaning], dict[str, str]]:
        """Meanings, and the phrases by their first word, as another start has them: each word's are read when it is
        met, and each phrase has its meaning's place behind it.
        """
        places: dict[Meaning, int] = {}
        by_first = {
            first: _APART.join(" ".join((*key, str(places.setdefault(of, len(places))))) for key, of in listed)
            for first, listed in self._waiting.items()
        }
        return list(places), by_first

    def _listed(self, first: str) -> list[tuple[tuple[str, ...], Meaning]]:
        if first not in self._told:
            return self._waiting.get(first, [])
        found = []
        for phrase in self._told[first].split(_APART):
            *key, place = phrase.split(" ")
            kind, of = self._meanings[int(place)]
            found.append((tuple(key), (kind, tuple(of) if isinstance(of, list) else of)))
        return found

    @property
    def words(self) -> set[str]:
        """Every word of every phrase."""
        return {word for first in (*self._told, *self._waiting) for key, _ in self._listed(first) for word in key}

    def words_of(self, *kinds: str) -> set[str]:
        """Every word of the phrases of these kinds."""
        return {word for listed in self._waiting.values() for key, of in listed if of[0] in kinds for word in key}

    def _tree(self, first: str) -> dict[str, Any] | None:
        """The tree of the phrases that begin with a word, grown when it is first needed: few of them ever are."""
        if first not in self._waiting and first not in self._told:
            return None
        if first not in self._grown:
            root: dict[str, Any] = {}
            for key, meaning in self._listed(first):
                node = root
                for stem in key[1:]:
                    node = node.setdefault(stem, {})
                meanings = node.setdefault(_END, [])
                if meaning not in meanings:
                    meanings.append(meaning)
            self._grown[first] = root
        return self._grown[first]

    def _next(self, node: dict[str, Any] | None, stem: str) -> dict[str, Any] | None:
        return self._tree(stem) if node is None else node.get(stem)

    def lookup(self, stems: Iterable[str]) -> tuple[Meaning, ...]:
        """What exactly this phrase means; nothing if it is none."""
        node: dict[str, Any] | None = None
        for stem in stems:
            onward = self._next(node, stem)
            if onward is None and stem not in SKIP:
                return ()
            node = onward if onward is not None else node
        return tuple(node.get(_END, ())) if node else ()

    def matches(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every phrase at every place, overlapping or not."""
        found: list[Hit] = []
        for start in range(len(tokens)):
            self._walk(tokens, start, start, 0, None, found)
        return found

    def _walk(
        self,
        tokens: Sequence[Token],
        start: int,
        at: int,
        size: int,
        node: dict[str, Any] | None,
        found: list[Hit],
        *,
        skipped: bool = False,
    ) -> None:
        if node is not None and not skipped and _END in node:
            found.append(Hit(start, at, size, tuple(node[_END])))
        if at >= len(tokens) or at - start >= LONGEST:
            return
        stem = tokens[at].stem
        onward = self._next(node, stem)
        if onward is not None:
            self._walk(tokens, start, at + 1, size + 1, onward, found)
        if size and stem in BETWEEN:
            self._walk(tokens, start, at + 1, size, node, found, skipped=True)
        if at + 1 < len(tokens) and stem.isalpha():
            joined = self._next(node, stem + tokens[at + 1].stem) if tokens[at + 1].stem.isalpha() else None
            if joined is not None:
                self._walk(tokens, start, at + 2, size + 2, joined, found)


def longest(matches: Iterable[Hit]) -> list[Hit]:
    """Matches that do not overlap: the longest, then a name before a cue, then the first."""
    merged: dict[tuple[int, int], Hit] = {}
    for hit in matches:
        known = merged.get((hit.start, hit.end))
        meanings = (*known.meanings, *(m for m in hit.meanings if m not in known.meanings)) if known else hit.meanings
        size = max(hit.size, known.size) if known else hit.size
        merged[hit.start, hit.end] = Hit(hit.start, hit.end, size, meanings)
    taken: set[int] = set()
    kept: list[Hit] = []
    for hit in sorted(merged.values(), key=lambda h: (-h.size, h.get("cue") is not None, h.start - h.end, h.start)):
        if taken.isdisjoint(hit.indices):
            taken.update(hit.indices)
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)
