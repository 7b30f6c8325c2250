"""What a check finds: field by field, item by item, framework by framework. Models only; nothing here judges."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

State = Literal["proven", "short", "denied", "claimed", "missing"]
Status = Literal["documented", "short", "claimed", "missing"]


class FieldFinding(BaseModel):
    """What one field shows. proven: it does; short: a figure that is not enough; denied: answered against what is
    wanted; claimed: something is said that proves nothing; missing: nothing is said.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: str
    ask: str
    way: str = ""
    state: State
    said: str = ""
    reason: str = ""
    share: float | None = None


class ItemFinding(BaseModel):
    """Where one item stands, with the fields behind it and, for a study, how far it falls short."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: str
    name: str
    ask: str
    status: Status
    reason: str
    remarks: tuple[str, ...] = ()
    fields: tuple[FieldFinding, ...] = ()


class StudyFinding(BaseModel):
    """One study of a body of evidence: the layer it belongs to (none when that is not shown), and whether it can be
    counted there.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)
    title: str
    layer: str | None
    layer_name: str
    status: Status
    reason: str
    remarks: tuple[str, ...] = ()


class Verdict(BaseModel):
    """What the framework's own rule says."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    met: bool
    says: str
    counts: dict[str, int]
    details: tuple[str, ...] = ()


class Checked(BaseModel):
    """A description held against one framework."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    framework: str
    title: str
    kind: str
    subject: str
    rule: str
    rule_kind: str
    source: str
    interest: str = ""
    note: str = ""
    items: tuple[ItemFinding, ...]
    studies: tuple[StudyFinding, ...] = ()
    verdict: Verdict

    def __getitem__(self, item: str) -> ItemFinding:
        """An item by its id."""
        for found in self.items:
            if found.id == item:
                return found
        raise KeyError(item)


class ProductCheck(BaseModel):
    """A description held against every framework that applies to it."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    file: str
    kind: str
    subject: str
    checked_on: str
    frameworks: tuple[Checked, ...]
    not_understood: tuple[str, ...] = ()

    def __getitem__(self, framework: str) -> Checked:
        """The first answer of a framework, by its id."""
        for found in self.frameworks:
            if found.framework == framework:
                return found
        raise KeyError(framework)

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain dicts, lists, strings and numbers."""
        return self.model_dump(mode="json")

    def records(self) -> list[dict[str, Any]]:
        """One flat dict per item, for tables and frames."""
        return [
            {"framework": one.framework, "subject": one.subject, "item": item.id, "status": item.status,
             "why": item.reason, "verdict": "met" if one.verdict.met else "not met"}
            for one in self.frameworks
            for item in one.items
        ]  # fmt: skip

    def __str__(self) -> str:
        from decide.report.product import product_text

        return product_text(self)
