"""The chain behind a figure as text: one screen, from the place in the ranking down to each study."""

import textwrap
from typing import TYPE_CHECKING

from decide.alternatives.cell import Ref
from decide.report.forest import forest_text
from decide.report.tables import table
from decide.report.text import TALK, wrap
from decide.report.words import money, money_range, number, span, stars

if TYPE_CHECKING:
    from decide.answers.why import Why


def why_text(why: "Why") -> str:
    """Price facts, sessions, each study with design, people, figure, weight and interest; what disagrees."""
    unit = "%" if "percent" in why.scale else " hairs/cm²"
    parts = [f"{why.name} for {why.concern_name.lower()} · {why.market} prices"]
    parts.append(_place(why))
    benefit = f"Benefit: {why.benefit:.0f}{unit} better, likely {span(round(why.benefit_low), round(why.benefit_high))}"
    if "hairs" in unit:
        benefit = benefit.replace(" better", "")
    parts.append(wrap(f"{benefit} (placebo or nothing: {number(round(why.nothing_done))}{unit})."))
    parts.append(
        wrap(f"Evidence: {stars(why.stars)}  {'; '.join(why.stars_working)}. Records: "
             f"{why.layers['clinical']} clinical, {why.layers['preclinical']} preclinical, "
             f"{why.layers['mechanistic']} mechanistic; only the clinical layer moves a score.")
    )  # fmt: skip
    if why.add_on is not None:
        a = why.add_on
        text = f"Added to {a.base}: {a.gain:+.0f}{unit}, likely {span(round(a.low), round(a.high))}"
        text += f"; a gain of {a.noticeable:g} or more has a chance of {a.p_noticeable:.0%}"
        if a.extra_cost is not None:
            text += (
                f"; the course costs {money(abs(a.extra_cost), why.symbol)} {'more' if a.extra_cost >= 0 else 'less'}"
            )
        if a.per_point is not None:
            text += f", {money(a.per_point, why.symbol)} a point"
        parts.append(wrap(f"{text}."))
    if why.disagree:
        parts.append(wrap(f"Studies disagree: {why.against_share:.0%} of the weight finds no gain."))
    parts.append(_studies(why))
    if why.studies:
        parts.append(forest_text(why))
    if why.row is not None:
        parts.append(_money(why))
        parts.append(_course(why))
    if why.claims:
        parts.append("Claims:\n" + "\n".join(wrap(f"- {claim}", "  ").replace("  - ", "- ", 1) for claim in why.claims))
    parts.append(TALK)
    return "\n\n".join(part for part in parts if part)


def _place(why: "Why") -> str:
    if why.row is not None:
        parts = ", ".join(f"{name} {value:.3f}" for name, value in why.row.contributions.items())
        return wrap(f"Place {why.row.rank} of {why.of}, score {why.row.score:.3f} = {parts}.")
    if why.left_out is not None:
        return wrap(f"Not ranked: {why.left_out.why}, {why.left_out.reason}.")
    return ""


def _studies(why: "Why") -> str:
    rows = []
    for s in why.studies[:14]:
        blinded = {True: "blind", False: "open", None: "?"}[s.blinded]
        against = f" vs {s.against}" if s.against and s.kind != "direction" else ""
        figure = textwrap.fill(f"{s.figure}{against}", 27)
        rows.append([s.source if len(s.source) <= 24 else s.source[:23] + "…",
                     s.design.replace("split-body-rct", "split-body"), blinded, s.n or "?", figure,
                     f"{s.weight:+.0%}", "yes" if s.interest else ""])  # fmt: skip
    if not rows:
        return wrap("No study gives a figure that can be pooled: what placebo gives is assumed.")
    head = ["source", "design", "judged", "people", "figure", "pull", "interest"]
    text = table(rows, head)
    text += "\n" + wrap(
        "pull: how far the pooled value moves when this figure moves by one. interest: paid for or made by who gains."
    )
    if len(why.studies) > 14:
        text += f"\n{len(why.studies) - 14} more with --format json."
    if why.unpooled:
        named = "; ".join(
            f"{u.study} ({u.reason}{', ' + u.direction if u.direction else ''})" for u in why.unpooled[:6]
        )
        more = f"; and {len(why.unpooled) - 6} more" if len(why.unpooled) > 6 else ""
        text += "\n" + wrap(f"Not pooled: {named}{more}.")
    return text


def _money(why: "Why") -> str:
    assert why.row is not None
    cost = why.row.option.cost
    lines = [f"Total: {money_range(cost.total, why.symbol)}"]
    for line in cost.lines:
        units = span(line.units[0], line.units[2]) if line.units[0] != line.units[2] else number(line.units[1])
        low, typical, high = line.unit_price
        each = f"{money(typical, why.symbol)} ({money(low, why.symbol)}–{money(high, '')})"
        lines.append(wrap(f"  {line.what}: {units} × {each} a {line.unit} = {money(line.amount[1], why.symbol)}"))
    lines.extend(_refs(cost.total.refs, 8))
    return "\n".join(lines)


def _course(why: "Why") -> str:
    assert why.row is not None
    lines = []
    if why.sessions:
        lines.append("Sessions:")
        lines.extend(_refs(why.sessions, 5))
    for name in ("downtime", "speed", "durability", "risk"):
        cell = why.row.cells[name]
        unit = {"downtime": "days", "speed": "weeks", "durability": "months", "risk": "harm points in 100"}[name]
        state = "not known" if not cell.known else f"{span(cell.low, cell.high)} {unit} ({cell.basis})"
        lines.append(f"{name.capitalize()}: {state}")
        lines.extend(_refs(cell.refs, 4))
    return "\n".join(lines)


def _refs(refs: tuple[Ref, ...], most: int) -> list[str]:
    lines = [
        textwrap.fill(f"{ref.says} [{ref.source}]", 100, initial_indent="    ", subsequent_indent="      ")
        for ref in refs[:most]
    ]
    if len(refs) > most:
        lines.append(f"    and {len(refs) - most} more facts")
    return lines
