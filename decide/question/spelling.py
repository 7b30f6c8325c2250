"""Slips of the hand: a word that nobody knows becomes the known word that lies near it. Cautious on purpose.

A word is corrected only if it has five letters or more, begins like the known word, is no common English word, and is
at most one slip away (two from eight letters on, but for names of treatments, of which common slips are listed). A slip
is a letter more, less, other, or two swapped. A rarer English word becomes its own singular or plural alone, and what
is written as a name, with a capital or an accent, becomes no name of a treatment: it may be that of another.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from decide.question.english import FILLER, MODIFIERS, common_words, english_stems
from decide.question.tokens import Token

SHORTEST = 5
LONG = 8


class Speller:
    """Knows a set of words, and finds the one that was meant; `names` are those of treatments alone."""

    def __init__(self, words: Iterable[str], names: Iterable[str] = ()) -> None:
        self._known, self._names = frozenset(words), frozenset(names)

    @cached_property
    def _by_start(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        # of words as near as each other one that is no treatment's name comes first
        for word in sorted(self._known, key=lambda word: (word in self._names, word)):
            if len(word) >= SHORTEST - 1 and word.isalpha():
                found.setdefault(word[0], []).append(word)
        return found

    def nearest(self, token: Token) -> str | None:
        """The known word that this one was meant to be, or None if it is known, common, or near to nothing."""
        word = token.stem
        if len(token.text) < SHORTEST or word in self._known or not word.isalpha() or not word.isascii():
            return None
        if {token.text, word} & (FILLER | MODIFIERS) or {token.text, word} & common_words():
            return None
        if {token.text, word} & english_stems():
            # spelt right: it may be one of several, and is no other word
            return next((w for w in (word.removesuffix("s"), f"{word}e", f"{word}s") if w in self._known), None)
        from rapidfuzz.distance import OSA

        allowed = 2 if len(token.text) >= LONG else 1
        best, found = allowed + 1, None
        for known in self._by_start.get(word[0], ()):
            if abs(len(known) - len(word)) <= allowed:
                most = min(best - 1, 1) if known in self._names else best - 1
                slips = OSA.distance(word, known, score_cutoff=most)
                if slips <= most:
                    best, found = slips, known
        return found

    def corrected(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with every slip mended; what was typed stays in `raw` and `text`."""
        shouted = all(token.raw.isupper() for token in tokens if token.raw.isalpha())
        mended: list[Token] = []
        for token in tokens:
            meant = self.nearest(token)
            named = not token.raw.isascii() or (token.raw != token.raw.lower() and not shouted)
            kept = meant is None or (named and meant in self._names)
            mended.append(token if kept else token._replace(stem=str(meant), text=str(meant)))
        return mended
