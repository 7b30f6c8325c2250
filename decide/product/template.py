"""An empty description to fill in: every field that the frameworks ask for, once, with what each one means."""

import json
import textwrap
from collections.abc import Sequence

from decide.catalog import Catalog
from decide.catalog.models import ProofField
from decide.errors import InputError
from decide.product.fields import KINDS
from decide.product.frameworks import frameworks_of, sections

HEAD = "What is left empty counts as missing. Write what a paper shows, not what a page promises."


def template(catalog: Catalog, only: Sequence[str] = (), form: str = "toml") -> str:
    """An empty description for the frameworks named (those for a product when none is), as TOML or JSON."""
    frameworks = frameworks_of(catalog, only or [f.id for f in catalog.frameworks.values() if f.kind == "product"])
    if len({(f.header, f.kind == "evidence") for f in frameworks}) > 1:
        raise InputError("these frameworks are for different things", "ask for a template of each")
    listed = frameworks[0].kind == "evidence"
    parts = sections(catalog, frameworks)
    if form == "json":
        tables = {name: dict.fromkeys(part.fields, "") for name, part in parts.items()}
        document = {name: [table] if listed else table for name, table in tables.items()}
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    lines = [*(f"# {f.title} ({f.id})" for f in frameworks), f"# {HEAD}"]
    if listed:
        lines.append("# Copy the whole [[study]] part once for each study.")
    for name, part in parts.items():
        lines += ["", *map(_comment, part.asks), f"[[{name}]]" if listed else f"[{name}]"]
        way = ""
        for field in part.fields.values():
            if field.way and field.way != way:
                lines.append(_comment(f"{'or' if way else 'Either'} what is here ({field.way}):"))
                way = field.way
            lines += [_comment(_asked(field)), f'{field.id} = ""']
    return "\n".join(lines) + "\n"


def _asked(field: ProofField) -> str:
    kind = KINDS[field.kind].asked + (f", {field.unit}" if field.unit else "")
    if field.option:
        kind += f": {', '.join(o.id.replace('-', ' ') for o in field.option)}"
    example = f', for example "{field.example}"' if field.example else ""
    end = "" if field.ask.endswith("?") else "."
    return f"{field.ask}{end} ({kind}{', if known' if field.optional else ''}){example}"


def _comment(text: str) -> str:
    return textwrap.fill(text, 100, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False)
