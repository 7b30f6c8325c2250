"""The catalogue's frameworks, each with what it takes over from another, and the parts that they ask for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from difflib import get_close_matches

from decide.catalog import Catalog
from decide.catalog.models import Framework, ProofField, Words
from decide.errors import InputError
from decide.lazily import dataclass
from decide.product.read import plain_key
from decide.product.words import quoted


@dataclass(frozen=True)
class Section:
    """A part of a description: what it is asked for, and its fields, each once."""

    asks: list[str] = field(default_factory=list)
    fields: dict[str, ProofField] = field(default_factory=dict)


def framework_of(catalog: Catalog, name: str) -> Framework:
    """The framework of this name, with the words and the header of the one it is like where it has none of its own.

    Raises
    ------
    InputError : no framework of this name; near ones are offered.
    """
    found = catalog.frameworks.get(plain_key(name))
    if found is None:
        hint = near(plain_key(name), catalog.frameworks) or f"frameworks are {', '.join(catalog.frameworks)}"
        raise InputError(f"unknown framework {quoted(name)!r}", hint)
    if found.like is None:
        return found
    other = catalog.frameworks.get(found.like) or framework_of(catalog, found.like)
    words = found.words if found.words != Words() else other.words
    about = found.about or (other.about if other.header == found.header else ())
    return found.model_copy(update={"words": words, "about": about})


def frameworks_of(catalog: Catalog, names: Sequence[str]) -> list[Framework]:
    """The frameworks of these names, each once."""
    return [framework_of(catalog, name) for name in dict.fromkeys(names)]


def sections(catalog: Catalog, frameworks: Iterable[Framework]) -> dict[str, Section]:
    """The parts that these frameworks ask for, those that answer their items included, in order."""
    found: dict[str, Section] = {}
    for place, ask, proof in _asked(catalog, frameworks):
        section = found.setdefault(place, Section())
        if ask and ask not in section.asks:
            section.asks.append(ask)
        section.fields.setdefault(proof.id, proof)
    return found


Ask = tuple[str, str, ProofField]


def _asked(catalog: Catalog, frameworks: Iterable[Framework], above: tuple[str, ...] = ()) -> Iterator[Ask]:
    """Every field, with the part it stands in and what the item behind it asks."""
    for framework in frameworks:
        yield from ((framework.header, "", proof) for proof in framework.about)
        for item in framework.item:
            yield from ((item.place, f"{item.name}: {item.ask}.", proof) for proof in item.field)
            if item.framework is not None and item.framework not in above:
                inner = framework_of(catalog, item.framework)
                yield from _asked(catalog, [inner], (*above, framework.id))


def near(word: str, known: Iterable[str]) -> str:
    """A hint at the one of these that comes nearest; empty when none is near."""
    found = get_close_matches(word, list(known), n=1)
    return f"did you mean {found[0]!r}?" if found else ""
