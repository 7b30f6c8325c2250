"""Who may have what: contraindications remove an option, cautions stay on its line. Each comes with its source."""

from typing import Any, NamedTuple

from decide.alternatives.alternative import LeftOut, Why, option_id, option_name
from decide.alternatives.candidates import Offer
from decide.alternatives.cell import Cell
from decide.catalog import Catalog
from decide.catalog.models import Procedure
from decide.evidence.index import Effect
from decide.question.problem import Limits
from decide.question.request import Person
from decide.question.skin import DARK


class Bar(NamedTuple):
    """One fact that bears on this person: which, from where, about which part of the course."""

    value: str
    procedure: str
    source: str
    note: str


def conditions(person: Person) -> tuple[str, ...]:
    """The conditions that were said of a person, by the catalogue's ids.

    Who is trying to conceive counts as pregnant.
    """
    said = {
        "pregnancy": person.pregnant or person.trying_to_conceive,
        "breast-feeding": person.breast_feeding,
        "fitzpatrick-5-6": person.skin_type in DARK,
        f"{person.sex}-sex": person.sex is not None,
    }
    return tuple(dict.fromkeys((*(name for name, holds in said.items() if holds), *person.conditions)))


def holding(catalog: Catalog, person: Person) -> frozenset[str]:
    """The conditions that hold for a person: what was said, and all that it implies."""
    found, front = set[str](), list(conditions(person))
    while front:
        name = front.pop()
        if name not in found:
            found.add(name)
            known = catalog.conditions.get(name)
            front.extend(known.implies if known is not None else ())
    return frozenset(found)


def parts_of(catalog: Catalog, effect: Effect) -> list[Procedure]:
    """Everything a course holds: the procedure, its base, and what each is made of."""
    wanted = [effect.treatment, *([effect.adjunct] if effect.adjunct else [])]
    found: dict[str, Procedure] = {}
    while wanted:
        known = catalog.procedures.get(wanted.pop(0))
        if known is not None and known.id not in found:
            found[known.id] = known
            wanted.extend((*known.parts, *known.adjunct_to[:1]))
    return list(found.values())


def bars(catalog: Catalog, effect: Effect, person: Person, concern: str, kind: str) -> list[Bar]:
    """Facts of this kind (contraindication or caution) on anything in the course that hold for this person."""
    true_of = holding(catalog, person)
    found: list[Bar] = []
    for part in parts_of(catalog, effect):
        for fact in catalog.practice(part.id, kind):
            if fact.value in true_of and (fact.concern in (None, concern) or kind == "contraindication"):
                # what must not be had for one concern must not be had for another
                found.append(Bar(fact.value, part.id, fact.source, fact.note))  # noqa: PERF401
    return list(dict.fromkeys(found))


def unmentioned(catalog: Catalog, effect: Effect, person: Person) -> list[str]:
    """What is true of the person and no fact on anything in the course speaks of: not the same as safe."""
    said = {
        fact.value
        for part in parts_of(catalog, effect)
        for fact in catalog.practice(part.id, "contraindication", "caution")
    }
    return [value for value in conditions(person) if value not in said and not value.endswith("-sex")]


def unknown_for_two(catalog: Catalog, effect: Effect, person: Person) -> str:
    """Pregnancy or breast-feeding, where the person said so and no fact speaks of it for something in the course that
    is more than a cosmetic: what nobody has looked at is not offered to two people at once.
    """
    asked = [word for word in ("pregnancy", "breast-feeding") if word in conditions(person)]
    for word in asked:
        for part_id in (effect.treatment, effect.adjunct):
            part = catalog.procedures.get(part_id or "")
            if part is None or part.invasiveness == "none":
                continue
            held = parts_of(catalog, Effect(part.id))
            facts = [f.value for p in held for f in catalog.practice(p.id, "contraindication", "caution")]
            if word not in facts:
                return word
    return ""


def screen(offer_: Offer, limits: Limits, person: Person) -> LeftOut | None:
    """Why this offer is not for this person, whatever it costs; None when it may be."""
    catalog, effect = offer_.catalog, offer_.effect
    return screen_effect(catalog, effect, offer_.concern, limits, person, offer_.downtime)


def screen_effect(
    catalog: Catalog, effect: Effect, concern: str, limits: Limits, person: Person, downtime: Cell | None = None
) -> LeftOut | None:
    """Why an effect is not for this person: a contraindication first, then what they will not have."""
    if not limits.restrict and not person.said:
        return None

    def out(why: Why, **more: Any) -> LeftOut:
        return LeftOut(id=option_id(catalog, effect), name=option_name(catalog, effect, concern), why=why, **more)

    forbidden = bars(catalog, effect, person, concern, "contraindication")
    if forbidden:
        first = forbidden[0]
        return out("contraindicated", value=first.value, source=first.source)
    parts = parts_of(catalog, effect)
    silent = unknown_for_two(catalog, effect, person)
    if silent:
        return out("not known safe", value=silent)
    ids = {effect.treatment, effect.adjunct}
    named = {option_id(catalog, effect), *(name for p in parts if p.id in ids for name in (p.id, *p.families))}
    if named & limits.exclude:
        return out("excluded")
    avoided = [catalog.avoids[word] for word in limits.avoid]
    for thing in avoided:
        if any(thing.matches(part) for part in parts):
            return out("avoided", value=thing.id)
    most = limits.max_downtime_days
    if any(thing.downtime for thing in avoided):
        calm = catalog.constant("avoid-downtime-days")
        most = calm if most is None else min(most, calm)
    if most is not None and downtime is not None and downtime.typical > most:
        return out("downtime", days=downtime.typical, guess=not downtime.known or downtime.basis == "prior")
    return None
