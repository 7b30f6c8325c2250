"""Verdicts: what a framework's own rule says of its items. One function for each kind of rule in the catalogue."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from decide.catalog.models import Framework
from decide.product.findings import ItemFinding, StudyFinding, Verdict

Rule = Callable[[Framework, Sequence[ItemFinding], Sequence[StudyFinding]], Verdict]


def verdict(framework: Framework, items: Sequence[ItemFinding], studies: Sequence[StudyFinding] = ()) -> Verdict:
    """The verdict of a framework on what was found."""
    return RULES[framework.rule_kind](framework, items, studies)


def _counts(items: Sequence[ItemFinding]) -> dict[str, int]:
    counted = Counter(item.status for item in items)
    return {status: counted[status] for status in ("documented", "short", "claimed", "missing") if counted[status]}


def _names(items: Sequence[ItemFinding], *statuses: str) -> list[str]:
    return [item.name.lower() for item in items if item.status in statuses]


def _all(framework: Framework, items: Sequence[ItemFinding], studies: Sequence[StudyFinding]) -> Verdict:
    met = all(item.status == "documented" for item in items)
    details = [f"{len(_names(items, 'documented'))} of {len(items)} documented."]
    for status, words in (("claimed", "Claimed without proof"), ("missing", "Missing")):
        named = _names(items, status)
        if named:
            details.append(f"{words}: {', '.join(named)}.")
    return Verdict(
        met=met, says=framework.met if met else framework.unmet, counts=_counts(items), details=tuple(details)
    )


def _cautions(framework: Framework, items: Sequence[ItemFinding], studies: Sequence[StudyFinding]) -> Verdict:
    open_ = [item for item in items if item.status != "documented"]
    if not open_:
        return Verdict(met=True, says=framework.met, counts=_counts(items))
    details = [f"{len(open_)} caution{'s' if len(open_) > 1 else ''} of {len(items)}."]
    for status, words in (("claimed", "Claimed without proof"), ("missing", "Missing")):
        named = _names(items, status)
        if named:
            details.append(f"{words}: {', '.join(named)}.")
    return Verdict(met=False, says=framework.unmet, counts=_counts(items), details=tuple(details))


def _shortfall(framework: Framework, items: Sequence[ItemFinding], studies: Sequence[StudyFinding]) -> Verdict:
    met = all(item.status == "documented" for item in items)
    details = [f"Meets {len(_names(items, 'documented'))} of {len(items)}."]
    for item in items:
        if item.status == "short":
            shares = [f.share for f in item.fields if f.share is not None]
            far = f" ({min(shares):.0%} of the way)" if shares else ""
            details.append(f"Falls short on {item.name.lower()}{far}.")
    for status, words in (("claimed", "Claimed, not shown in full"), ("missing", "Not said")):
        named = _names(items, status)
        if named:
            details.append(f"{words}: {', '.join(named)}.")
    return Verdict(
        met=met, says=framework.met if met else framework.unmet, counts=_counts(items), details=tuple(details)
    )


def _layers(framework: Framework, items: Sequence[ItemFinding], studies: Sequence[StudyFinding]) -> Verdict:
    carrying = {item.id for item in framework.item if item.supports}
    per_layer = {item.id: [s for s in studies if s.layer == item.id] for item in framework.item}
    met = any(s.status == "documented" and s.layer in carrying for s in studies)
    counts = {layer: sum(s.status == "documented" for s in found) for layer, found in per_layer.items()}
    details = ["Documented: " + ", ".join(f"{n} {layer}" for layer, n in counts.items()) + "."]
    weak = [s for s in studies if s.status != "documented"]
    if weak:
        details.append(f"Not counted: {'; '.join(f'{s.title} ({s.reason})' for s in weak)}.")
    aside = [f"{s.title} ({r})" for s in studies if s.status == "documented" and s.layer in carrying for r in s.remarks]
    if aside:
        details.append(f"Mind: {'; '.join(aside)}.")
    return Verdict(met=met, says=framework.met if met else framework.unmet, counts=counts, details=tuple(details))


RULES: Mapping[str, Rule] = {"all": _all, "cautions": _cautions, "shortfall": _shortfall, "layers": _layers}
