"""One item: the best that its fields show, over the ways in which it can be shown."""

from collections.abc import Mapping
from typing import Any

from decide.catalog.models import Item
from decide.product.fields import Context, judge
from decide.product.findings import FieldFinding, ItemFinding, Status
from decide.product.words import clean, quoted

ORDER: tuple[Status, ...] = ("documented", "short", "claimed", "missing")


def item_finding(item: Item, parts: Mapping[str, Any], context: Context, falls_short: bool) -> ItemFinding:
    """Where an item stands. `falls_short`: the rule tells how far a study does, so that is a standing of its own."""
    said = parts.get(item.place)
    if isinstance(said, list) and said and all(isinstance(table, dict) for table in said):
        found = [_of_table(item, table, context, falls_short) for table in said]
        return min(found, key=lambda f: ORDER.index(f.status))
    if said is not None and not isinstance(said, dict):
        return _of_bare_claim(item, said, context)
    return _of_table(item, said or {}, context, falls_short)


def _of_bare_claim(item: Item, said: Any, context: Context) -> ItemFinding:
    """A word where a table of facts should stand: `certificate-of-analysis = "yes"`."""
    text = clean(str(said)).casefold()
    nothing = said in (False, [], "") or text in context.words.nothing
    reason = f"says '{quoted(said)}'" if said not in ([], "") else "nothing said"
    return _made(item, "missing" if nothing else "claimed", reason if nothing else f"{reason} and shows nothing")


def _made(
    item: Item, status: Status, reason: str, remarks: tuple[str, ...] = (), fields: tuple[FieldFinding, ...] = ()
) -> ItemFinding:
    return ItemFinding(
        id=item.id, name=item.name, ask=item.ask, status=status, reason=reason, remarks=remarks, fields=fields
    )


def _of_table(item: Item, table: Mapping[str, Any], context: Context, falls_short: bool) -> ItemFinding:
    fields = tuple(judge(field, table.get(field.id), context) for field in item.field)
    optional = {field.id for field in item.field if field.optional}
    ways = list(dict.fromkeys(f.way for f in fields if f.way)) or [""]
    best: tuple[int, int, Status, list[FieldFinding]] | None = None
    for way in ways:
        mine = [f for f in fields if f.way in ("", way)]
        needed = [f for f in mine if f.id not in optional or f.state in ("short", "claimed")]
        status = _status(needed, falls_short)
        key = (ORDER.index(status), -sum(f.state == "proven" for f in needed))
        if best is None or key < best[:2]:
            best = (*key, status, needed)
    assert best is not None
    status, needed = best[2], best[3]
    remarks = tuple(f.reason for f in fields if f.id in optional and f.state == "denied")
    return _made(item, status, _reason(status, needed), remarks, fields)


def _status(needed: list[FieldFinding], falls_short: bool) -> Status:
    states = {f.state for f in needed}
    if states <= {"proven"}:
        return "documented"
    if falls_short and states & {"short", "denied"}:
        return "short"
    return "claimed" if states & {"proven", "claimed", "short"} else "missing"


def _reason(status: Status, needed: list[FieldFinding]) -> str:
    if status == "documented":
        return "; ".join(f"{f.id.replace('-', ' ')}: {f.said}" for f in needed)
    told = [f.reason for f in needed if f.state != "proven" and f.reason]
    silent = [f.id.replace("-", " ") for f in needed if f.state == "missing" and not f.reason]
    if silent and len(silent) == len(needed):
        return "nothing said"
    return "; ".join([*told, *([f"not given: {', '.join(silent)}"] if silent else [])])
