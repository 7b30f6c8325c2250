"""The answer of `decide product check` as text and Markdown."""

import textwrap
from typing import TYPE_CHECKING

from tabulate import tabulate

from decide.report.text import TALK, wrap

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
WHY = 46


def product_text(check: "ProductCheck") -> str:
    """Each framework in turn: the verdict by its own rule, then its items with the reason for each standing."""
    head = f"{check.subject or 'No name given'} · {check.file} · checked on {check.checked_on}"
    parts = [wrap(head)]
    if check.not_understood:
        parts.append(wrap(f"Not understood, and not read: {'; '.join(check.not_understood)}."))
    parts.extend(_framework(one, several=len(check.frameworks) > 1) for one in check.frameworks)
    parts.append(wrap(READ))
    parts.append(TALK)
    return "\n\n".join(parts)


def _words(one: "Checked") -> dict[str, str]:
    return STUDY_WORDS if one.rule_kind == "shortfall" else WORDS


def _framework(one: "Checked", several: bool) -> str:
    subject = f" · {one.subject}" if several and one.kind == "study" and one.subject else ""
    lines = [wrap(f"{one.title} ({one.framework}{subject})")]
    lines.append(wrap(" ".join((f"{_yes(one)}: {one.verdict.says}", *one.verdict.details))))
    rows = [[textwrap.fill(name, 26), words, _fill(why)] for name, words, why in _rows(one)]
    table: str = tabulate(rows, headers=["item", "standing", "why"], tablefmt="simple", disable_numparse=True)
    lines.append(table)
    gains = f" Interest of that source: {one.interest.rstrip('.')}." if one.interest else ""
    note = f" {one.note}" if one.note else ""
    lines.append(wrap(f"Rule: {one.rule.rstrip('.')} [{one.source}].{gains}{note}"))
    return "\n".join(lines)


def _yes(one: "Checked") -> str:
    return "Met" if one.verdict.met else "Not met"


def _fill(text: str) -> str:
    return textwrap.fill(text, WHY, break_on_hyphens=False)


def _rows(one: "Checked") -> list[tuple[str, str, str]]:
    if one.studies:
        return [(study.title, f"{study.layer_name.lower()}, {WORDS[study.status]}",
                 "; ".join((study.reason, *study.remarks))) for study in one.studies]  # fmt: skip
    return [(item.name, _words(one)[item.status], "; ".join((item.reason, *item.remarks))) for item in one.items]


def product_markdown(check: "ProductCheck") -> str:
    """The same as Markdown."""
    lines = [f"# {_safe(check.subject or 'No name given')}", "", f"{_safe(check.file)}, checked on {check.checked_on}."]
    if check.not_understood:
        lines += ["", f"Not understood, and not read: {_safe('; '.join(check.not_understood))}."]
    for one in check.frameworks:
        says = _safe(" ".join((one.verdict.says, *one.verdict.details)))
        lines += ["", f"## {_safe(one.title)}", "", f"**{_yes(one)}.** {says}", ""]
        lines += ["| item | standing | why |", "| --- | --- | --- |"]
        lines += [f"| {' | '.join(map(_safe, row))} |" for row in _rows(one)]
        lines += [
            "",
            f"Rule: {_safe(one.rule.rstrip('.'))} ({one.source})." + (f" {_safe(one.note)}" if one.note else ""),
        ]
    lines += ["", READ, "", TALK]
    return "\n".join(lines)


def _safe(text: str) -> str:
    """Text from a file, so that it stays text in Markdown and in a page made from it."""
    for mark in "\\`*_[]|":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
