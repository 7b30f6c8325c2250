"""One item: the best that its fields show, over the ways in which it can be shown."""

from collections.abc import Mapping
from typing import Any

from decide.catalog.models import Item
from decide.product.fields import Context, judge
from decide.product.findings import ORDER, FieldFinding, ItemFinding, Status
from decide.product.words import clean, quoted


def found(item: Item, status: Status, reason: str, **more: Any) -> ItemFinding:
    """Where an item stands, and why."""
    return ItemFinding(id=item.id, name=item.name, ask=item.ask, status=status, reason=reason, **more)


def item_finding(item: Item, said: Any, context: Context, falls_short: bool) -> ItemFinding:
    """Where an item stands by what is said in its part of a description: a table, several, or a bare word.

    `falls_short`: the rule tells how far a study does, so that is a standing of its own.
    """
    if isinstance(said, list) and said and all(isinstance(table, dict) for table in said):
        tables = [_of_table(item, table, context, falls_short) for table in said]
        return min(tables, key=lambda f: ORDER.index(f.status))
    if said is None or isinstance(said, dict):
        return _of_table(item, said or {}, context, falls_short)
    # a word where a table of facts should stand: `certificate-of-analysis = "yes"`
    reason = f"says '{quoted(said)}'" if said not in ([], "") else "nothing said"
    if said in (False, [], "") or clean(str(said)).casefold() in context.words.nothing:
        return found(item, "missing", reason)
    return found(item, "claimed", f"{reason} and shows nothing")


def _of_table(item: Item, table: Mapping[str, Any], context: Context, falls_short: bool) -> ItemFinding:
    fields = tuple(judge(field, table.get(field.id), context) for field in item.field)
    optional = {field.id for field in item.field if field.optional}
    ways = []
    for way in dict.fromkeys(f.way for f in fields if f.way) or [""]:
        needed = [f for f in fields if f.way in ("", way) and (f.id not in optional or f.state in ("short", "claimed"))]
        ways.append((_status(needed, falls_short), needed))
    status, needed = min(ways, key=lambda w: (ORDER.index(w[0]), -sum(f.state == "proven" for f in w[1])))
    remarks = tuple(f.reason for f in fields if f.id in optional and f.state == "denied")
    return found(item, status, _reason(status, needed), remarks=remarks, fields=fields)


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
    told = [f.reason for f in needed if f.reason]
    silent = [f.id.replace("-", " ") for f in needed if f.state == "missing" and not f.reason]
    if len(silent) == len(needed):
        return "nothing said"
    return "; ".join([*told, *([f"not given: {', '.join(silent)}"] if silent else [])])
