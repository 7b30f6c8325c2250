"""Verdicts: what a framework's own rule says of its items."""

from collections.abc import Mapping, Sequence

from decide.catalog.models import Framework
from decide.product.findings import ORDER, ItemFinding, Ruling, Status, StudyFinding

PROOF: Mapping[Status, str] = {"claimed": "Claimed without proof", "missing": "Missing"}
RULES: Mapping[str, tuple[str, Mapping[Status, str]]] = {
    "all": ("{documented} of {all} documented.", PROOF),
    "cautions": ("{open} caution{s} of {all}.", PROOF),
    "shortfall": ("Meets {documented} of {all}.", {"claimed": "Claimed, not shown in full", "missing": "Not said"}),
}
"""For each kind of rule: how it counts its items, and what it calls those that are not documented."""


def verdict(framework: Framework, items: Sequence[ItemFinding], studies: Sequence[StudyFinding] = ()) -> Ruling:
    """The verdict of a framework on what was found."""
    if framework.rule_kind == "layers":
        return _layers(framework, studies)
    named = {s: [item.name.lower() for item in items if item.status == s] for s in ORDER}
    counts: dict[str, int] = {status: len(names) for status, names in named.items() if names}
    head, words = RULES[framework.rule_kind]
    open_ = len(items) - len(named["documented"])
    details = [head.format(documented=len(named["documented"]), all=len(items), open=open_, s="s" * (open_ > 1))]
    details += [f"Falls short on {item.name.lower()}{_far(item)}." for item in items if item.status == "short"]
    details += [f"{word}: {', '.join(named[status])}." for status, word in words.items() if named[status]]
    return _said(framework, not open_, counts, details if open_ or framework.rule_kind != "cautions" else [])


def _far(item: ItemFinding) -> str:
    shares = [f.share for f in item.fields if f.share is not None]
    return f" ({min(shares):.0%} of the way)" if shares else ""


def _said(framework: Framework, met: bool, counts: dict[str, int], details: Sequence[str]) -> Ruling:
    return Ruling(met=met, says=framework.met if met else framework.unmet, counts=counts, details=tuple(details))


def _layers(framework: Framework, studies: Sequence[StudyFinding]) -> Ruling:
    shown = [s for s in studies if s.status == "documented"]
    counts = {item.id: sum(s.layer == item.id for s in shown) for item in framework.item}
    carrying = [s for s in shown if s.layer in {item.id for item in framework.item if item.supports}]
    parts = {
        "Documented": [", ".join(f"{n} {layer}" for layer, n in counts.items())],
        "Not counted": [f"{s.title} ({s.reason})" for s in studies if s.status != "documented"],
        "Mind": [f"{s.title} ({remark})" for s in carrying for remark in s.remarks],
    }
    details = [f"{head}: {'; '.join(told)}." for head, told in parts.items() if told]
    return _said(framework, bool(carrying), counts, details)
