"""A person's own weights in a file: one `[[profile]]` table, as in catalog/profiles.toml."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from decide.catalog import Catalog
from decide.catalog.models import Profile
from decide.catalog.read import Entry, read_file, read_toml
from decide.errors import InputError

ENDING = ".toml"
"""By this a profile's file is told from a profile's name."""


def with_profile(catalog: Catalog, profile: str | None) -> tuple[Catalog, str | None]:
    """A profile given by name or by file: the catalogue that knows it, and its name there.

    Raises
    ------
    InputError : a file that is missing or holds no profile that can be used.
    """
    if profile is None or not profile.lower().endswith(ENDING):
        return catalog, profile
    entry = read_profile(catalog, profile)
    return catalog.with_facts(entry), str(entry.fact.id)


def read_profile(catalog: Catalog, file: str) -> Entry:
    """The one profile in a file; criteria that it leaves out weigh nothing.

    Raises
    ------
    InputError : the file cannot be read, holds no profile or several, or weighs what is no criterion or nothing at all.
    """
    path = Path(file)
    read_toml(path)
    entries, problems = read_file(path)
    if problems:
        raise InputError(str(problems[0]), "a profile has id, name, reason and weights")
    if len(entries) != 1 or entries[0].table != "profile":
        raise InputError(f"{file}: expected one [[profile]] and nothing else", "'decide weigh -o FILE' writes one")
    known: Profile = entries[0].fact
    checked(catalog, known.weights, file)
    return entries[0]


def checked(catalog: Catalog, weights: Mapping[str, float], place: str) -> None:
    """Refuse weights of what is no criterion, and weights that are all zero."""
    for name in weights:
        if name not in catalog.criteria:
            raise InputError(f"{place}: unknown criterion {name!r:.80}", f"criteria are {', '.join(catalog.criteria)}")
    if not any(weights.values()):
        raise InputError(f"{place}: weights are all zero", "at least one criterion must count")


def profile_text(identity: str, name: str, reason: str, weights: Mapping[str, float], notes: tuple[str, ...]) -> str:
    """A profile as the text of a file.

    Raises
    ------
    InputError : an id, name or reason that a profile cannot have.
    """
    from decide.catalog.toml import value

    try:
        known = Profile(id=identity, name=name, reason=reason, weights=dict(weights))
    except ValidationError as error:
        item = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in item["loc"])
        raise InputError(f"the profile's {where}: {item['msg'].lower()}") from None
    lines = [f"# {' '.join(note.split())}" for note in notes]
    lines += ["", "[[profile]]"]
    lines += [f"{key} = {value(getattr(known, key))}" for key in ("id", "name", "reason")]
    pairs = ", ".join(f"{_key(c)} = {w:g}" for c, w in known.weights.items())
    return "\n".join([*lines, f"weights = {{ {pairs} }}"]) + "\n"


def _key(name: str) -> str:
    return name if name.replace("-", "").isalnum() and name.isascii() else f'"{name}"'
