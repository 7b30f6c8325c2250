"""A procedure's card as text."""

import textwrap
from typing import TYPE_CHECKING

from decide.alternatives.cell import Ref
from decide.report.text import TALK, wrap
from decide.report.words import span, stars

if TYPE_CHECKING:
    from decide.answers.card import Card


def card_text(card: "Card") -> str:
    """What it is, best used, best for, caution, mode of action, stars by concern, prices, facts, who says what."""
    p = card.procedure
    parts = [p.name, wrap(p.summary)]
    facts = [
        ("Mode of action", p.mode_of_action),
        ("Delivery", p.delivery),
        ("Role", {"either": "alone or as an add-on", "adjunct": "add-on", "standalone": "on its own"}[p.role]),
        ("Best used", p.best_used),
        ("Best for", p.best_for),
        ("Caution", p.caution),
        ("Before", p.before),
        ("During", p.during),
        ("After", p.after),
        ("Prescription", "needed" if p.prescription else "not needed"),
    ]
    parts.append("\n".join(_field(name, value) for name, value in facts if value))
    if card.concerns:
        lines = []
        for line in card.concerns:
            if line.measured:
                figure = line.phrase.format(typical=round(line.typical))
                figure += f", likely {span(round(line.low), round(line.high))}"
            else:
                figure = "no figure"
            lines.append(f"  {line.name:<28} {stars(line.stars)}  {figure}")
        parts.append("What studies say, by concern:\n" + "\n".join(lines))
    prices = _refs(card.prices) if card.prices else ["  no price known here: ask for a quote"]
    origin = f", {card.price_origin}" if "borrowed" in card.price_origin else ""
    parts.append(f"Prices ({card.market}{origin}):\n" + "\n".join(prices))
    if card.forbidden:
        parts.append("Not with:\n" + "\n".join(_refs(card.forbidden)))
    else:
        parts.append("Not with: no fact found; that is not the same as safe for everyone.")
    if card.cautions:
        parts.append("Take care with:\n" + "\n".join(_refs(card.cautions)))
    if card.facts:
        parts.append("How it is given:\n" + "\n".join(_refs(card.facts)))
    if card.matched:
        parts.append(wrap(f"Matched by a document to: {'; '.join(card.matched)}."))
    if card.said:
        said = []
        for source in dict.fromkeys(item.source for item in card.said):
            mine = [item for item in card.said if item.source == source]
            claims = "; ".join(item.says for item in mine)
            gain = f" Interest: {mine[0].interest}." if mine[0].interest else ""
            text = f"{mine[0].who} [{source}]: {claims}.{gain}"
            said.append(textwrap.fill(text, 100, initial_indent="  ", subsequent_indent="    "))
        parts.append("Who says what:\n" + "\n".join(said))
    parts.append(TALK)
    return "\n\n".join(parts)


def _field(name: str, value: str) -> str:
    return textwrap.fill(f"{name}: {value}", 100, subsequent_indent="  ")


def _refs(refs: tuple[Ref, ...]) -> list[str]:
    return [textwrap.fill(f"{r.says} [{r.source}]", 100, initial_indent="  ", subsequent_indent="    ") for r in refs]
