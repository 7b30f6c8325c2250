"""A description from a TOML or JSON file: keys brought to one form, and everything odd about the file refused."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from decide.catalog.text import text_of
from decide.errors import InputError

MAX_BYTES = 1024 * 1024
"""A description larger than this is not one."""
MAX_DEPTH = 8
WRITES = "'decide product new FILE' writes an empty description"


class Description(NamedTuple):
    """What a file says: its name, and its parts with keys in lower case and dashes."""

    file: str
    parts: Mapping[str, Any]


def read_description(file: str) -> Description:
    """The description in a file, or on standard input for `-`.

    Raises
    ------
    InputError : no such file, too large, not text, neither TOML nor JSON, or a key that stands twice.
    """
    name = "standard input" if file == "-" else Path(file).name
    text, suffix = text_of(file, "a description", MAX_BYTES, WRITES), Path(file).suffix.lower()
    as_json = suffix == ".json" or (suffix != ".toml" and text.lstrip().startswith("{"))
    try:
        parsed = json.loads(text, object_pairs_hook=_keyed) if as_json else tomllib.loads(text)
        if not isinstance(parsed, dict):
            raise InputError("not a description", WRITES)
        return Description(name, _plain(parsed))
    except RecursionError:
        raise InputError(f"{name}: nested too deeply to be a description") from None
    except InputError as error:
        raise InputError(f"{name}: {error.message}", error.hint) from None
    except ValueError as error:  # what either decoder raises
        raise InputError(f"{name}: not valid {'JSON' if as_json else 'TOML'}: {str(error)[:120]}") from None


def plain_key(key: str) -> str:
    """A key in the one form in which frameworks write it: lower case, dashes."""
    return "-".join(key.casefold().replace("_", " ").replace("-", " ").split())


def _keyed(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        plain = plain_key(key)
        if plain in found:
            raise InputError(f"{plain[:60]!r} stands twice", "keep one of the two")
        found[plain] = value
    return found


def _plain(value: Any, depth: int = 0) -> Any:
    """A value with every key in it in the one form."""
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        return _keyed((key, _plain(inner, depth + 1)) for key, inner in value.items())
    return [_plain(inner, depth + 1) for inner in value] if isinstance(value, list) else value
