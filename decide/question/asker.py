"""Who asks, resolved once for all options: everything that holds for them, by what was said, what that implies and what
the question itself means.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Sex
from decide.question.conditions import OF_WOMEN, PAST_BEARING, figures, meant_by_asking, of_age
from decide.question.request import Person
from decide.question.vague import meant, named_in, vague_words

SEXES: tuple[Sex, ...] = ("male", "female")


class Holds(NamedTuple):
    """What holds for somebody of one sex (None: not said): the conditions that were `said`, all that are `true_of` who
    asks, those that are `possible` by words that leave it open, the first and last year of age, and words that nobody
    can read.
    """

    sex: Sex | None
    said: tuple[str, ...]
    true_of: frozenset[str]
    possible: frozenset[str]
    ages: tuple[int, int] | None
    unread: tuple[str, ...]


class Asker(NamedTuple):
    """What bears on a screening beside the option: about which kind of what, where, and who: a man and a woman apart
    where the sex decides and was not said.
    """

    concern: str
    kind: str
    market: str
    who: tuple[Holds, ...]


def asker_of(catalog: Catalog, person: Person, concern: str, kind: str, market: str, unread: Sequence[str]) -> Asker:
    """Who asks about a kind of a concern ("" for anything) in a market."""
    sexes = sexes_of(catalog, sex_of(catalog, person), concern, kind)
    who = tuple(holding(catalog, person, concern, kind, unread, sex=sex) for sex in sexes)
    return Asker(concern, kind, market, who)


def sexes_of(catalog: Catalog, own: Sex | None, concern: str, kind: str) -> tuple[Sex | None, ...]:
    """The sexes to think of for somebody of this one (None: not said) who asks about a kind of a concern."""
    kinds = catalog.concerns[concern].subtype if concern in catalog.concerns else ()
    sex = own or next((one.sex for one in kinds if one.id == kind), None)
    return SEXES if sex is None and sexed(catalog, concern) else (sex,)


def things_of(catalog: Catalog, person: Person, sex: Sex | None) -> tuple[str, ...]:
    """All that holds for a person of a sex by what was said in columns, each by itself: `alone` has what one means."""
    ages = None if person.age is None else (person.age, person.age)
    return (*_said(catalog, person), *_of_bearing(catalog, person, sex, ages))


def _left_open(catalog: Catalog, true_of: frozenset[str]) -> frozenset[str]:
    """What may hold as well of somebody of whom this is true."""
    return frozenset(c for name in true_of if name in catalog.conditions for c in catalog.conditions[name].leaves_open)


def alone(
    catalog: Catalog, thing: str | None, concern: tuple[str, str], sex: Sex | None, age: int | None, market: str
) -> Asker:
    """Somebody of whom one thing holds, and nothing else (None: what asking about the concern means, and the age).

    What is barred from a person whose words were all read is what is barred from one or other of these: no rule lets
    through for two things together what it bars for one of them.
    """
    found = meant_by_asking(catalog, *concern) if thing is None else (thing,)
    true_of = _closure(catalog, found, sex)
    aged = age is not None and (thing is None or any(figures(c, "under") for c in true_of))
    said = () if thing is None else (thing,)
    ages = (age, age) if aged and age is not None else None
    one = Holds(sex, said, true_of, _left_open(catalog, true_of), ages, ())
    return Asker(*concern, market, (one,))


def holding(
    catalog: Catalog, person: Person, concern: str = "", kind: str = "", unread: Sequence[str] = (), *,
    sex: Sex | None = None,
) -> Holds:  # fmt: skip
    """What holds for a person who asks about a kind of a concern; `sex` where it is taken to be known."""
    sex = sex or sex_of(catalog, person)
    open_ = meant(catalog, person, unread)
    ages = (person.age, person.age) if person.age is not None else open_.ages
    said = (*_said(catalog, person), *(c for c in catalog.conditions if c in open_.certain))
    bearing = _of_bearing(catalog, person, sex, ages)
    true_of = _closure(catalog, (*said, *meant_by_asking(catalog, concern, kind), *bearing), sex)
    left = tuple(words for words in unread if not vague_words(catalog, words) or named_in(catalog, words))
    return Holds(sex, said, true_of, open_.possible | _left_open(catalog, true_of), ages, left)


def sex_of(catalog: Catalog, person: Person) -> Sex | None:
    """The sex that was said or that something implies; who tries for a child and does not say is taken as a woman."""
    if person.sex is not None:
        return person.sex
    true_of = _closure(catalog, _said(catalog, person), None)
    return next((sex for sex in SEXES if f"{sex}-sex" in true_of), "female" if true_of & OF_WOMEN else None)


def sexed(catalog: Catalog, concern: str) -> bool:
    """Whether the kinds of a concern are those of the sexes."""
    known = catalog.concerns.get(concern)
    return known is not None and any(kind.sex for kind in known.subtype)


def _said(catalog: Catalog, person: Person) -> tuple[str, ...]:
    """The conditions that were said of a person, by keys of their own or by id; sex and age as conditions too."""
    found = [state.condition for state in person.states]
    if person.skin_type is not None:
        found += of_skin(catalog, person.skin_type)
    if person.age is not None:
        found += _of_age(catalog, person.age)
    return tuple(dict.fromkeys((*found, *person.conditions)))


@derived(most=8)
def of_skin(catalog: Catalog, skin_type: int) -> tuple[str, ...]:
    """The conditions that a skin type is."""
    return tuple(c for c in catalog.conditions if skin_type in figures(c, "fitzpatrick"))


@derived(most=128)
def _of_age(catalog: Catalog, age: int) -> tuple[str, ...]:
    return tuple(c for c in catalog.conditions if of_age(c, age))


def _closure(catalog: Catalog, said: Iterable[str], sex: Sex | None) -> frozenset[str]:
    found, front = set[str](), list(said)
    if sex is not None:
        front.append(f"{sex}-sex")
    if sex == "male":
        # of a man who tries for a child only what a father passes on counts
        if "trying-to-conceive" in front:
            front.append("partner-pregnancy")
    elif "trying-to-conceive" in front:
        front.append("pregnancy")
    while front:
        name = front.pop()
        if name in found or (sex == "male" and name in ("pregnancy", "could-become-pregnant")):
            continue
        found.add(name)
        known = catalog.conditions.get(name)
        front.extend(known.implies if known is not None else ())
    return frozenset(found)


def _of_bearing(catalog: Catalog, person: Person, sex: Sex | None, ages: tuple[int, int] | None) -> tuple[str, ...]:
    """Whether a woman is taken to be able to become pregnant or past it: by age, unless she says otherwise."""
    if sex != "female" or PAST_BEARING in person.conditions:
        return ()
    past = ages is not None and ages[0] >= catalog.constant("fertile-below-age")
    return (PAST_BEARING,) if past and "could-become-pregnant" not in person.conditions else ("could-become-pregnant",)
