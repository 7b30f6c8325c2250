"""An empty description to fill in: every field that the frameworks ask for, once, with what each one means."""

import json
import textwrap
from collections.abc import Sequence

from decide.catalog import Catalog
from decide.catalog.models import Framework, Item, ProofField
from decide.errors import InputError
from decide.product.check import about_of, framework_of

KINDS = {
    "text": "in words",
    "count": "a whole number",
    "quantity": "a number with its unit",
    "date": "a date such as 2026-03-14",
    "link": "a DOI, number or address",
    "yes-no": "yes or no",
    "choice": "one of these",
}


def template(catalog: Catalog, only: Sequence[str] = (), form: str = "toml") -> str:
    """An empty description for the frameworks named (those for a product when none is), as TOML or JSON."""
    frameworks = [framework_of(catalog, name) for name in dict.fromkeys(only)]
    frameworks = frameworks or [f for f in catalog.frameworks.values() if f.kind == "product"]
    if len({(f.header, f.kind == "evidence") for f in frameworks}) > 1:
        raise InputError("these frameworks are for different things", "ask for a template of each")
    sections = _sections(catalog, frameworks)
    listed = frameworks[0].kind == "evidence"
    if form == "json":
        tables = {name: {field.id: "" for field in fields} for name, (_, fields) in sections.items()}
        document = {name: [table] if listed else table for name, table in tables.items()}
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    head = "What is left empty counts as missing. Write what a paper shows, not what a page promises."
    lines = [f"# {f.title} ({f.id})" for f in frameworks] + [f"# {head}"]
    if listed:
        lines.append("# Copy the whole [[study]] part once for each study.")
    for name, (items, fields) in sections.items():
        lines.append("")
        lines.extend(_comment(f"{item.name}: {item.ask}.") for item in items)
        lines.append(f"[[{name}]]" if listed else f"[{name}]")
        way = ""
        for field in fields:
            if field.way and field.way != way:
                lines.append(
                    _comment(f"Either what is here ({field.way}):" if not way else f"or what is here ({field.way}):")
                )
            way = field.way or way
            lines.append(_comment(_asked(field)))
            lines.append(f'{field.id} = ""')
    return "\n".join(lines) + "\n"


def _sections(catalog: Catalog, frameworks: Sequence[Framework]) -> dict[str, tuple[list[Item], list[ProofField]]]:
    """The parts in the order of the frameworks, each with its items and each of its fields once."""
    found: dict[str, tuple[list[Item], dict[str, ProofField]]] = {}
    for framework in frameworks:
        header = found.setdefault(framework.header, ([], {}))
        for field in about_of(catalog, framework):
            header[1].setdefault(field.id, field)
        for item in framework.item:
            if item.framework is not None:
                inner = _sections(catalog, [framework_of(catalog, item.framework)])
                for name, (items, fields) in inner.items():
                    into = found.setdefault(name, ([], {}))
                    into[0].extend(i for i in items if i not in into[0])
                    for field in fields:
                        into[1].setdefault(field.id, field)
                continue
            items, fields_by_id = found.setdefault(item.place, ([], {}))
            if item not in items:
                items.append(item)
            for field in item.field:
                fields_by_id.setdefault(field.id, field)
    return {name: (items, list(fields.values())) for name, (items, fields) in found.items()}


def _asked(field: ProofField) -> str:
    kind = KINDS[field.kind]
    if field.kind == "choice":
        kind = f"{kind}: {', '.join(o.id.replace('-', ' ') for o in field.option)}"
    elif field.unit:
        kind = f"{kind}, {field.unit}"
    example = f', for example "{field.example}"' if field.example else ""
    known = ", if known" if field.optional else ""
    end = "" if field.ask.endswith("?") else "."
    return f"{field.ask}{end} ({kind}{known}){example}"


def _comment(text: str) -> str:
    return textwrap.fill(text, 100, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False)
