"""Red flags: what means that a doctor has to look first, and what the catalogue says to it.

A flag is known by phrases, and by words that stand near each other in one sentence, in any order. What is plainly
denied ("no bleeding, the mole has not changed") raises none; in doubt it does. Conditions of who asks raise it too.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import RedFlag
from decide.errors import InputError
from decide.question.english import FILLER
from decide.question.numerals import TIME_UNITS
from decide.question.spelling import Speller
from decide.question.tokens import Token
from decide.question.vocabulary import FLAG, Vocabulary, tokens_of
from decide.question.wordlist import word_set

WINDOW = 9
"""Words that belong together stand within so many."""
_ENDS = frozenset(".;?!")
_DENIALS = frozenset({"no", "not", "never", "without", "none", "nor", "neither"})
_SMALL = word_set("a an any have had has the of with been got i my me is are did do does get yet really")


class _Near(NamedTuple):
    """Groups of words, one of each of which has to stand near the others, and the flag that they raise."""

    groups: tuple[tuple[tuple[str, ...], ...], ...]
    flag: int
    firsts: tuple[frozenset[str], ...]
    """The first words of the ways of each group: without one of each nothing is raised."""


@derived(most=1)
def _near(catalog: Catalog) -> tuple[_Near, ...]:
    found = []
    for flag, listed in Vocabulary.of(catalog).near:
        groups = tuple(tuple(tuple(way) for way in group) for group in listed)
        found.append(_Near(groups, flag, tuple(frozenset(way[0] for way in group) for group in groups)))
    return tuple(found)


@derived(most=1)
def speller_of(catalog: Catalog) -> Speller:
    """Knows every word that means something: the catalogue's, those that raise a flag and the fillers."""
    vocabulary = Vocabulary.of(catalog)
    known = FILLER.union(TIME_UNITS, vocabulary.words, vocabulary.flagged)
    return Speller(known, vocabulary.treatment_words)


def flags_in(catalog: Catalog, words: str) -> tuple[RedFlag, ...]:
    """The flags that these words raise.

    Raises
    ------
    InputError : they raise none.
    """
    found = _raised(catalog, speller_of(catalog).corrected(tokens_of(words)))
    if not found:
        raise InputError(f"no red flag is known by {words!r:.60}", "leave it out, or say it as in a question")
    return tuple(catalog.red_flags[number] for number in dict.fromkeys(number for _, _, number in found))


def flags_of(catalog: Catalog, conditions: Container[str], concern: str) -> Iterator[tuple[RedFlag, str]]:
    """The flags that what was said of somebody raises who asks about a concern ("" for anything), each with its
    condition; what that implies is no more than it bears on (a skin cancer in the family, one that was cut out).
    """
    for flag in catalog.red_flags:
        if not flag.concerns or concern in flag.concerns:
            yield from ((flag, condition) for condition in flag.conditions if condition in conditions)


def read_red_flags(catalog: Catalog, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The first and last token of every flag that is raised, in order, none inside another."""
    spans = sorted({(start, -end) for start, end, _ in _raised(catalog, tokens)})
    kept: list[tuple[int, int]] = []
    for start, minus in spans:
        if not kept or -minus > kept[-1][1]:
            kept.append((start, -minus))
    return kept


def _raised(catalog: Catalog, tokens: Sequence[Token]) -> list[tuple[int, int, int]]:
    phrases, near = Vocabulary.of(catalog).flags, _near(catalog)
    places = [i for i, token in enumerate(tokens) if not token.is_sign]
    found = [
        (places[hit.start], places[hit.end - 1], number)
        for hit in phrases.matches([tokens[i] for i in places])
        for number in hit.all(FLAG)
    ]
    by_stem: dict[str, list[int]] = {}
    for i, token in enumerate(tokens):
        by_stem.setdefault(token.stem, []).append(i)
    said = by_stem.keys()
    near = tuple(item for item in near if all(map(said.__and__, item.firsts)))
    found += [(*span, item.flag) for item in near for span in _together(tokens, by_stem, item)]
    return [item for item in found if not _denied(tokens, item[0])]


def _where(tokens: Sequence[Token], places: Mapping[str, Sequence[int]], way: tuple[str, ...]) -> Iterable[int]:
    return (at for at in places[way[0]] if tuple(t.stem for t in tokens[at : at + len(way)]) == way)


def _together(tokens: Sequence[Token], places: Mapping[str, Sequence[int]], item: _Near) -> Iterable[tuple[int, int]]:
    """The closest place where one word of each group stands, in one sentence, nothing between denied."""
    spots = []
    for group in item.groups:
        found = [(at, at + len(way)) for way in group if way[0] in places for at in _where(tokens, places, way)]
        if not found:
            return
        spots.append(sorted(found))
    for chosen in product(*(spot[:6] for spot in spots)):
        first, last = min(a for a, _ in chosen), max(b for _, b in chosen) - 1
        inside = {i for a, b in chosen for i in range(a, b)}
        between = [tokens[i].text for i in range(first, last + 1) if i not in inside]
        words = sum(1 for word in between if word[0].isalnum())
        if words + len(inside) <= WINDOW and not _ENDS.intersection(between) and not _DENIALS.intersection(between):
            yield first, last


def _denied(tokens: Sequence[Token], start: int) -> bool:
    """Whether a "no" stands right before, with nothing but small words between."""
    for i in range(start - 1, max(-1, start - 6), -1):
        if tokens[i].text in _DENIALS:
            return True
        if tokens[i].text not in _SMALL:
            return False
    return False
