"""Facts as TOML text: what the guided questions write."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any


def tables_text(tables: Sequence[tuple[str, Mapping[str, Any]]], head: str = "") -> str:
    """Tables one after another, as `[[name]]`; a list of tables inside one becomes `[[name.inner]]`."""
    lines = [f"# {line}" for line in head.splitlines()]
    for name, table in tables:
        lines += ["", *_table(name, table)] if lines else _table(name, table)
    return "\n".join(lines) + "\n"


def _table(name: str, table: Mapping[str, Any]) -> list[str]:
    lines = [f"[[{name}]]"]
    inner = {k: v for k, v in table.items() if isinstance(v, list) and v and isinstance(v[0], dict)}
    lines += [f"{_key(k)} = {value(v)}" for k, v in table.items() if k not in inner and v is not None]
    for key, rows in inner.items():
        for row in rows:
            lines += ["", *_table(f"{name}.{_key(key)}", row)]
    return lines


def _key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else value(key)


def value(x: Any) -> str:
    """One value as TOML."""
    if isinstance(x, bool):
        return "true" if x else "false"
    if isinstance(x, str):
        # JSON's escapes are TOML's, but for the one control character that TOML escapes and JSON does not
        return json.dumps(x, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(x, int | float | Decimal | date):
        return str(x)
    if isinstance(x, list | tuple):
        return "[" + ", ".join(map(value, x)) + "]"
    raise TypeError(f"{type(x).__name__} has no form in a table of facts")
