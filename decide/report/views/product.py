"""The check of a product's description as texts."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decide.product.findings import Checked, ProductCheck

WORDS = {
    "documented": "documented",
    "claimed": "claimed without proof",
    "missing": "missing",
    "short": "falls short",
}
STUDY_WORDS = WORDS | {"documented": "met", "missing": "not said"}
READ = "It reads what the file says; it cannot see whether a paper is real. Ask to see each paper named."


class FrameworkView(NamedTuple):
    """A description held against one framework."""

    title: str
    met: str
    verdict: str
    rows: tuple[tuple[str, str, str], ...]
    rule: str


class ProductView(NamedTuple):
    """Everything that a face shows of the check."""

    title: str
    not_understood: str
    columns: tuple[str, ...]
    frameworks: tuple[FrameworkView, ...]
    read: str


def product_view(check: "ProductCheck") -> ProductView:
    """Each framework in turn: the verdict by its own rule, then its items with the reason for each standing."""
    unread = "; ".join(check.not_understood)
    return ProductView(
        title=f"{check.subject or 'No name given'} · {check.file} · checked on {check.checked_on}",
        not_understood=f"Not understood, and not read: {unread}." if unread else "",
        columns=("item", "standing", "why"),
        frameworks=tuple(_framework(one, several=len(check.frameworks) > 1) for one in check.frameworks),
        read=READ,
    )


def _framework(one: "Checked", several: bool) -> FrameworkView:
    subject = f" · {one.subject}" if several and one.kind == "study" and one.subject else ""
    gains = f" Interest of that source: {one.interest.rstrip('.')}." if one.interest else ""
    return FrameworkView(
        title=f"{one.title} ({one.framework}{subject})",
        met="Met" if one.verdict.met else "Not met",
        verdict=" ".join((one.verdict.says, *one.verdict.details)),
        rows=tuple(_rows(one)),
        rule=f"Rule: {one.rule.rstrip('.')} [{one.source}].{gains}{f' {one.note}' if one.note else ''}",
    )


def _rows(one: "Checked") -> list[tuple[str, str, str]]:
    if one.studies:
        return [
            (
                study.title,
                f"{study.layer_name.lower()}, {WORDS[study.status]}",
                "; ".join((study.reason, *study.remarks)),
            )
            for study in one.studies
        ]
    words = STUDY_WORDS if one.rule_kind == "shortfall" else WORDS
    return [(item.name, words[item.status], "; ".join((item.reason, *item.remarks))) for item in one.items]
