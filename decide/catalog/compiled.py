"""The tables of a TOML file as JSON, which reads several times faster.

A wheel carries a twin beside each file of facts; of other files the tables are kept in the user's folder (`store`).
Both hold the digest of the text they were made from, so that an edited file is never answered from an old twin. What
lies beside a file of the user's own is never taken for its twin.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from decide.catalog import store

SHIPPED = Path(__file__).parent / "data"
"""The folder of facts inside an installed package."""
COMPILED = ".json"
"""Ending of the compiled twin that an installed catalogue has beside each TOML file."""
KEPT = "tables"


def compiled(text: bytes) -> bytes:
    """The compiled twin of a TOML file: the digest of its bytes, then the same tables as JSON, which reads faster."""
    import tomllib

    return _digest(text).encode() + b"\n" + _as_json(tomllib.loads(text.decode("utf-8")))


def from_compiled(path: Path, text: bytes) -> dict[str, Any] | None:
    """Tables from the twin of a shipped file, else from what was kept; None where there is none, it was made from
    another text, or it is not whole.
    """
    digest = _digest(text)
    tables: bytes | None = None
    if path.is_relative_to(SHIPPED):
        try:
            made_from, _, tables = path.with_name(path.name + COMPILED).read_bytes().partition(b"\n")
            tables = tables if made_from == digest.encode() else None
        except OSError:
            tables = None
    if tables is None and (kept := store.read(KEPT, digest)) is not None:
        tables = bytes(kept)
    if tables is None:
        return None
    try:
        found = json.loads(tables)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def keep_compiled(text: bytes, tables: dict[str, Any]) -> None:
    """Keep the tables of a text, where JSON can say the same."""
    if not store.is_used():
        return
    try:
        store.write(KEPT, _digest(text), _as_json(tables))
    except (TypeError, ValueError, RecursionError):
        # a date, which JSON has not
        return


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _as_json(tables: dict[str, Any]) -> bytes:
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
