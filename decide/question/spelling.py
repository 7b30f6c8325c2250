"""Slips of the hand: a word that nobody knows becomes the known word that lies near it. Cautious on purpose.

A word is corrected only if it has five letters or more, begins like the known word, is no common English word, and is
at most one slip away (two from seven letters on). A slip is a letter more, less, other, or two swapped. A rarer English
word becomes its own singular or plural alone.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from decide.question.english import FILLER, MODIFIERS, common_words, english_stems
from decide.question.tokens import Token

SHORTEST = 5
LONG = 7


class Speller:
    """Knows a set of words, and finds the one that was meant."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)

    @cached_property
    def _by_start(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in sorted(self._known):
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
                slips = OSA.distance(word, known, score_cutoff=best - 1)
                if slips < best:
                    best, found = slips, known
        return found

    def corrected(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with every slip mended; what was typed stays in `raw` and `text`."""
        mended: list[Token] = []
        for token in tokens:
            meant = self.nearest(token)
            mended.append(token._replace(stem=meant, text=meant) if meant else token)
        return mended
