"""What words about a person that leave something open may mean: "in my 40s", "dark skin", "my kid", "trans man".

Nothing is set by them. What they certainly mean holds; what they may mean is asked about first, never taken for safe.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Vague
from decide.catalog.words import any_of
from decide.question.births import TELLINGS, ages_of
from decide.question.conditions import figures, implied, of_age
from decide.question.phrases import longest
from decide.question.request import Person
from decide.question.vocabulary import CONDITION, PROCEDURE, VAGUE, Vocabulary, tokens_of


class Meant(NamedTuple):
    """Conditions that certainly hold, those that may, and the first and last year of age that is meant."""

    certain: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    ages: tuple[int, int] | None = None


def vague_words(catalog: Catalog, words: str) -> tuple[Vague, ...]:
    """The entries of the catalogue's list that these words are of; none where they only could not be read."""
    hits = longest(
        hit for hit in Vocabulary.of(catalog).phrases.matches(tokens_of(words)) if hit.get(VAGUE) is not None
    )
    numbered = {n for n, way in _numbered(catalog) if way.search(words)}
    listed = dict.fromkeys((*(n for hit in hits for n in hit.all(VAGUE)), *numbered))
    births = tuple(_of_births(catalog, words))
    # a date tells more than the words round it
    return (*births, *(entry for n in listed if not ((entry := catalog.vague[n]).ages and births)))


def _of_births(catalog: Catalog, words: str) -> Iterator[Vague]:
    """What words leave open that tell when somebody was born or comes of an age."""
    line = " ".join(token.text for token in tokens_of(words))
    if any(c.isdigit() for c in line):
        for kind, pattern in TELLINGS:
            for match in re.finditer(Vocabulary.of(catalog).expanded(pattern), line):
                ages = ages_of(kind, match)
                if ages is not None:
                    yield Vague(words=(words,), ages=ages, asks=_AGE)
                    return


_AGE = "say the age in years"


@derived(most=1)
def _numbered(catalog: Catalog) -> list[tuple[int, re.Pattern[str]]]:
    """The entries whose words hold any number, and the pattern of those."""
    listed = [(n, tuple(word for word in entry.words if "#" in word)) for n, entry in enumerate(catalog.vague)]
    return [(n, any_of(words)) for n, words in listed if words]


def named_in(catalog: Catalog, words: str) -> frozenset[str]:
    """The procedures and families that words about the person name: what did harm."""
    hits = longest(hit for hit in Vocabulary.of(catalog).phrases.matches(tokens_of(words)) if hit.get(PROCEDURE))
    return frozenset(str(hit.get(PROCEDURE)) for hit in hits)


def conditions_in(catalog: Catalog, words: str) -> frozenset[str]:
    """The conditions that words name whose holder is not clear: "my mother has lupus"."""
    hits = longest(hit for hit in Vocabulary.of(catalog).phrases.matches(tokens_of(words)) if hit.get(CONDITION))
    return frozenset(str(hit.get(CONDITION)) for hit in hits)


def left_open(catalog: Catalog, person: Person, words: str) -> tuple[Vague, ...]:
    """The entries that these words are of and that nothing else said of the person settles."""

    def settled(entry: Vague) -> bool:
        of_skin = bool(entry.may_be) and all(figures(c, "fitzpatrick") for c in entry.may_be)
        of_mother = any(state.condition in entry.may_be for state in person.states)
        return (
            (entry.ages is not None and person.age is not None)
            or (of_skin and person.skin_type is not None)
            or (of_mother and not entry.ages)
        )

    return tuple(entry for entry in vague_words(catalog, words) if not settled(entry))


def meant(catalog: Catalog, person: Person, unread: Iterable[str]) -> Meant:
    """What words that were not read leave open of a person; what was said plainly settles it."""
    said = list(unread)
    listed = [entry for words in said for entry in left_open(catalog, person, words)]
    spans = [entry.ages for entry in listed if entry.ages is not None]
    ages = (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None
    may_be = {c for entry in listed for c in entry.may_be}.union(*(conditions_in(catalog, words) for words in said))
    certain = set[str]()
    if ages is not None:
        holds = {c: [of_age(c, age) for age in ages] for c in catalog.conditions}
        # a bound that holds at both ends holds between them
        certain = {c for c, at in holds.items() if all(at)}
        may_be |= {c for c, at in holds.items() if any(at)}
    return Meant(implied(catalog, certain), implied(catalog, may_be) - implied(catalog, certain), ages)
