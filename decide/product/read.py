"""A description from a TOML or JSON file: keys brought to one form, and everything odd about the file refused."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from decide.errors import InputError

MAX_BYTES = 1024 * 1024
"""A description larger than this is not one."""
MAX_DEPTH = 8


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
    text = _text(file, name)
    parsed = _json(text, name) if _is_json(file, text) else _toml(text, name)
    if not isinstance(parsed, dict):
        raise InputError(f"{name}: not a description", "'decide product new FILE' writes an empty one")
    return Description(name, _keyed(parsed, name, 0))


def _text(file: str, name: str) -> str:
    try:
        if file == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            if not Path(file).is_file():
                reason = "is a folder" if Path(file).is_dir() else "no such file"
                raise InputError(f"{file}: {reason}", "'decide product new FILE' writes an empty description")
            with Path(file).open("rb") as handle:
                data = handle.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{name}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: too large for a description", f"the limit is {MAX_BYTES // 2**20} MB")
    if b"\0" in data:
        raise InputError(f"{name}: not a text file", "a description is TOML or JSON")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 text (byte {error.start})", "save it as UTF-8") from None


def _is_json(file: str, text: str) -> bool:
    suffix = Path(file).suffix.lower()
    return suffix == ".json" or (suffix != ".toml" and text.lstrip().startswith("{"))


def _toml(text: str, name: str) -> Any:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name}: not valid TOML: {error}") from None
    except RecursionError:
        raise InputError(f"{name}: nested too deeply to be a description") from None
    except ValueError as error:
        raise InputError(f"{name}: not valid TOML: {str(error)[:100]}") from None


def _json(text: str, name: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise InputError(f"{name}: {key[:60]!r} stands twice", "keep one of the two")
            found[key] = value
        return found

    try:
        return json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise InputError(f"{name}: not valid JSON: {error}") from None
    except RecursionError:
        raise InputError(f"{name}: nested too deeply to be a description") from None
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{name}: not valid JSON: {str(error)[:100]}") from None


def plain_key(key: str) -> str:
    """A key in the one form in which frameworks write it: lower case, dashes."""
    return "-".join(key.casefold().replace("_", " ").replace("-", " ").split())


def _keyed(table: Mapping[str, Any], name: str, depth: int) -> dict[str, Any]:
    if depth > MAX_DEPTH:
        raise InputError(f"{name}: nested too deeply to be a description")
    found: dict[str, Any] = {}
    for key, value in table.items():
        plain = plain_key(key)
        if plain in found:
            raise InputError(f"{name}: {plain[:60]!r} stands twice", "keep one of the two")
        found[plain] = _inside(value, name, depth)
    return found


def _inside(value: Any, name: str, depth: int) -> Any:
    if isinstance(value, dict):
        return _keyed(value, name, depth + 1)
    if isinstance(value, list):
        return [_inside(item, name, depth + 1) for item in value]
    return value
