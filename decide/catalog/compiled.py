"""The compiled twin of a TOML file: the same tables as JSON, read several times faster.

A wheel carries one beside each file of facts. It holds the digest of the text it was made from, so that an edited
file is never answered from an old twin. This module needs the standard library alone: the build uses it too.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

COMPILED = ".json"
"""Ending of the compiled twin that an installed catalogue has beside each TOML file."""


def compiled(text: bytes) -> bytes:
    """The compiled twin of a TOML file: the digest of its bytes, then the same tables as JSON, which reads faster."""
    import tomllib

    tables = json.dumps(tomllib.loads(text.decode("utf-8")), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + tables.encode("utf-8")


def from_compiled(path: Path, text: bytes) -> dict[str, Any] | None:
    """Tables from the compiled twin; None where there is none, it was made from another text, or it is not whole."""
    try:
        digest, _, tables = path.with_name(path.name + COMPILED).read_bytes().partition(b"\n")
    except OSError:
        return None
    if digest != hashlib.sha256(text).hexdigest().encode():
        return None
    try:
        found = json.loads(tables)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
