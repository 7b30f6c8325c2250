"""What a check finds: field by field, item by item, framework by framework. Models only; nothing here judges."""

from typing import Literal, get_args

from decide.lazily import dataclass
from decide.result import Result

State = Literal["proven", "short", "denied", "claimed", "missing"]
Status = Literal["documented", "short", "claimed", "missing"]
ORDER: tuple[Status, ...] = get_args(Status)
"""The best standing first."""


@dataclass(frozen=True, kw_only=True)
class FieldFinding:
    """What one field shows. proven: it does; short: a figure that is not enough; denied: answered against what is
    wanted; claimed: something is said that proves nothing; missing: nothing is said.
    """

    id: str
    ask: str
    way: str = ""
    state: State
    said: str = ""
    reason: str = ""
    share: float | None = None


@dataclass(frozen=True, kw_only=True)
class ItemFinding:
    """Where one item stands, with the fields behind it and, for a study, how far it falls short."""

    id: str
    name: str
    ask: str
    status: Status
    reason: str
    remarks: tuple[str, ...] = ()
    fields: tuple[FieldFinding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StudyFinding:
    """One study of a body of evidence: the layer it belongs to (none when that is not shown), and whether it can be
    counted there.
    """

    title: str
    layer: str | None
    layer_name: str
    status: Status
    reason: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What the framework's own rule says."""

    met: bool
    says: str
    counts: dict[str, int]
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A description held against one framework."""

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
    verdict: Ruling

    def __getitem__(self, item: str) -> ItemFinding:
        """An item by its id."""
        return {found.id: found for found in self.items}[item]


@dataclass(frozen=True, kw_only=True)
class ProductCheck(Result):
    """A description held against every framework that applies to it."""

    kind: Literal["product check"] = "product check"
    file: str
    describes: str
    subject: str
    checked_on: str
    frameworks: tuple[Checked, ...]
    not_understood: tuple[str, ...] = ()

    def __getitem__(self, framework: str) -> Checked:
        """The first answer of a framework, by its id."""
        return {found.framework: found for found in reversed(self.frameworks)}[framework]
