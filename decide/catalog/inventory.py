"""What is in the catalogue, as records."""

from collections import Counter
from typing import Any

from decide.catalog.catalog import Catalog
from decide.catalog.read import read_file


def inventory(catalog: Catalog, what: str | None) -> list[dict[str, Any]]:
    """One record per thing of a kind; of every kind when none is named."""
    kinds: dict[str, list[dict[str, Any]]] = {
        "procedures": [
            {"kind": "procedure", "id": p.id, "name": p.name, "says": ", ".join((*p.families, p.route, p.setting))}
            for p in catalog.procedures.values()
        ],
        "families": [
            {"kind": "family", "id": f.id, "name": f.name, "says": ", ".join(_members(catalog, f.id))}
            for f in catalog.families.values()
        ],
        "concerns": [
            {"kind": "concern", "id": c.id, "name": c.name, "says": ", ".join(s.id for s in c.subtype)}
            for c in catalog.concerns.values()
        ],
        "markets": [
            {
                "kind": "market",
                "id": m.id,
                "name": m.name,
                "says": f"{m.currency}, {sum(map(len, catalog.prices(m.id).values()))} prices of "
                f"{len(catalog.prices(m.id))} procedures",
            }
            for m in catalog.markets.values()
        ],
        "criteria": [
            {"kind": "criterion", "id": c.id, "name": c.name, "says": f"{c.unit}, {c.better} is better"}
            for c in catalog.criteria.values()
        ],
        "profiles": [
            {
                "kind": "profile",
                "id": p.id,
                "name": p.name,
                "says": ", ".join(f"{name} {weight:g}" for name, weight in p.weights.items()),
            }
            for p in catalog.profiles.values()
        ],
        "conditions": [
            {"kind": "condition", "id": c.id, "name": c.name, "says": f"{c.kind}: {c.question}".removesuffix(": ")}
            for c in catalog.conditions.values()
        ],
        "avoid": [
            {"kind": "avoid", "id": a.id, "name": a.name, "says": f"leaves out what needs {a.needs}"}
            for a in catalog.avoids.values()
        ],
        "frameworks": [
            {"kind": "framework", "id": f.id, "name": f.title, "says": ", ".join(f.criteria)}
            for f in catalog.frameworks.values()
        ],
    }
    return kinds[what] if what else [record for records in kinds.values() for record in records]


def _members(catalog: Catalog, family: str) -> list[str]:
    return [p.id for p in catalog.procedures.values() if family in p.families]


def source_records(catalog: Catalog) -> list[dict[str, Any]]:
    """One record per source, those that most facts lean on first."""
    uses: Counter[str] = Counter()
    for path in catalog.files():
        for entry in read_file(path)[0]:
            source = getattr(entry.fact, "source", None)
            if source:
                inner = (len(getattr(entry.fact, part, ())) for part in ("arm", "contrast", "outcome"))
                uses[source] += max(1, sum(inner))
    records = [
        {
            "source": s.id,
            "kind": s.kind,
            "year": s.year,
            "facts": uses[s.id],
            "interest": s.interest,
            "title": s.title,
            "link": s.link,
        }
        for s in catalog.sources.values()
    ]
    return sorted(records, key=lambda r: (-int(r["facts"]), str(r["source"])))
