"""Who may have what: one screening of an option for a person, that every answer and every face uses.

    screen(problem, effect, concern).verdict      "offered", "ask-first" or "not-for-you"

The rules stand in docs/method.md. Each part of a course must pass; the strictest verdict holds. Absence of a fact lets
nothing through in pregnancy, breast-feeding or under age; for other conditions it is said on the row.

Long because the rules on who may have what stand together, to be read against each other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from decide.alternatives.alternative import LeftOut, option_id, option_name
from decide.alternatives.cell import Cell
from decide.alternatives.screening import VERDICTS, Caution, GravestHarm, Ground, Screening, Status, Verdict
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import ON_PRESCRIPTION, Practice, Procedure, Sex
from decide.errors import DoctorFirst
from decide.evidence.index import Effect, records
from decide.evidence.informing import informing_records
from decide.question.asker import SEXES, Asker, Holds, alone, sexed
from decide.question.conditions import OF_MOTHERS, OF_WOMEN, figures, implied, meant_by_asking
from decide.question.problem import Concern, Limits, Problem
from decide.question.vague import named_in

OF_FATHERS = ("trying-to-conceive", "partner-pregnancy")
TOLD = ("illness", "medicine", "allergy", "implant", "recent-treatment", "skin")
"""Kinds of condition that words which could not be read may be of."""
HOW_SOLD = ("prescription-only", "pharmacy-only", "over-the-counter")


def screen(problem: Problem, effect: Effect, concern: Concern | None) -> Screening:
    """Whether the person of a problem may have an option for a concern (None: for anything), and what is to be known.

    The same for every answer. `Screening.verdict` is the strictest of what all facts on all parts of the course say.

    Raises
    ------
    DoctorFirst : the problem has a red flag, so that nothing may be offered at all.
    """
    stop_for_doctor(problem)
    return _screening(problem.catalog, effect, problem.asker(concern))


def stop_for_doctor(problem: Problem) -> None:
    """Refuse where somebody has to see a doctor before anything is told.

    Raises
    ------
    DoctorFirst : the problem has a red flag.
    """
    if problem.red_flags:
        told = "; ".join(f"{flag.says.rstrip('.')} ({flag.source})" for flag in problem.red_flags)
        raise DoctorFirst(f"see a doctor first: {told}", "nothing is ranked, planned or priced until then")


@derived(most=1 << 17)
def barred_by(
    catalog: Catalog, effect: Effect, thing: str | None, concern: tuple[str, str], sex: Sex | None, age: int | None,
    market: str,
) -> tuple[bool, bool]:  # fmt: skip
    """Whether one thing alone keeps an option from somebody, and whether a source says to take care with it.

    For many people at once: theirs is what any of the things that hold for them says (`decide.question.asker.alone`).
    """
    asker = alone(catalog, thing, concern, sex, age, market)
    found = _for_one(catalog, effect, asker, asker.who[0])
    return not found.offered, any(caution.kind == "care" for caution in found.cautions)


def left_out(problem: Problem, effect: Effect, concern: Concern) -> LeftOut | None:
    """The screening of an option as the reason why it is left out; None where it may be had."""
    found = screen(problem, effect, concern)
    if found.offered:
        return None
    first = found.grounds[0]
    return LeftOut(
        id=option_id(problem.catalog, effect),
        name=option_name(problem.catalog, effect, concern.id),
        why="not for you" if found.verdict == "not-for-you" else "ask first",
        value=first.condition,
        source=first.source,
        screening=found,
    )


def ruled_out(
    catalog: Catalog, effect: Effect, concern: str, market: str, limits: Limits, downtime: Cell | None = None
) -> LeftOut | None:
    """What the person will not have: ruled out by name, by what it needs, by its days off, or as it failed before; None
    where it may be.
    """
    if not limits.restrict:
        return None
    out = LeftOut(id=option_id(catalog, effect), name=option_name(catalog, effect, concern), why="excluded")
    parts = parts_of(catalog, effect)
    ids = {effect.treatment, effect.adjunct}
    named = {out.id, *(name for p in parts if p.id in ids for name in (p.id, *p.families))}
    if named & limits.exclude:
        return out
    if out.id in limits.failed:
        return replace(out, why="failed")
    for thing in (catalog.avoids[word] for word in limits.avoid):
        if any(thing.matches(part, on_prescription=catalog.on_prescription(part.id, market)) for part in parts):
            return replace(out, why="avoided", value=thing.id)
    most = most_days(catalog, limits)
    if most is not None and downtime is not None and downtime.typical > most:
        guess = not downtime.known or downtime.basis == "prior"
        return replace(out, why="downtime", days=downtime.typical, guess=guess)
    return None


def most_days(catalog: Catalog, limits: Limits) -> float | None:
    """The most days off after a visit that the person allows, by number or by what they avoid."""
    calm = any(catalog.avoids[word].downtime for word in limits.avoid)
    said = (limits.max_downtime_days, catalog.constant("avoid-downtime-days") if calm else None)
    return min((days for days in said if days is not None), default=None)


@derived(most=4096)
def parts_of(catalog: Catalog, effect: Effect) -> tuple[Procedure, ...]:
    """Everything a course holds: the procedure, its base, and what each is made of."""
    wanted = [effect.treatment, *([effect.adjunct] if effect.adjunct else [])]
    found: dict[str, Procedure] = {}
    while wanted:
        known = catalog.procedures.get(wanted.pop(0))
        if known is not None and known.id not in found:
            found[known.id] = known
            wanted.extend((*known.parts, *known.adjunct_to[:1]))
    return tuple(found.values())


# ------------------------------------------------------------------ the screening


@derived(most=65536, unless=lambda effect, asker: any(one.unread for one in asker.who))
def _screening(catalog: Catalog, effect: Effect, asker: Asker) -> Screening:
    found = [_for_one(catalog, effect, asker, one) for one in asker.who]
    return found[0] if len(found) == 1 else _either(*found)


def _either(man: Screening, woman: Screening) -> Screening:
    """The screening where the sex decides and was not said: what only one of them may have is asked about first."""
    both = tuple(dict.fromkeys((*woman.cautions, *man.cautions)))
    if man.verdict == woman.verdict:
        return replace(woman, cautions=both)
    grounds = tuple(
        replace(ground, verdict="ask-first", sex=sex)
        for sex, mine, other in ((SEXES[0], man, woman), (SEXES[1], woman, man))
        for ground in mine.grounds
        if ground not in other.grounds
    )
    shared = tuple(ground for ground in man.grounds if ground in woman.grounds)
    return replace(woman, verdict="ask-first", grounds=(*shared, *grounds), cautions=both)


def _for_one(catalog: Catalog, effect: Effect, asker: Asker, who: Holds) -> Screening:
    concern = Concern(asker.concern, asker.kind)
    parts = parts_of(catalog, effect)
    said, true_of, possible = who.said, who.true_of, who.possible
    inferred: list[Caution] = []
    mothers = frozenset() if who.sex == "male" else possible
    grounds = [
        *_barred(catalog, parts, true_of),
        *(g for part in parts for g in _compatible(catalog, part, true_of, mothers, concern.id, inferred)),
        *_narrower(catalog, parts, true_of, {*said, *(true_of & {"pregnancy"})}, possible),
        *(g for part in parts for g in _under_age(catalog, part, who.ages, true_of, asker)),
        *(g for part in parts for g in _wounded(catalog, part, true_of)),
        *_unread(catalog, parts, who.unread),
        *_other_sex(catalog, effect, concern.id, who.sex),
    ]
    order = sorted(dict.fromkeys(grounds), key=lambda ground: -VERDICTS.index(ground.verdict))
    untested = [condition for condition in said if condition not in _studied_with(catalog, effect)]
    cautions = (*inferred, *_cautions(catalog, parts, true_of, said, untested, possible, concern.id))
    return Screening(
        verdict=order[0].verdict if order else "offered",
        grounds=tuple(order),
        cautions=tuple(dict.fromkeys(cautions)),
        status=tuple(_status(catalog, effect, concern, asker.market)),
        gravest=tuple(_gravest(catalog, parts)),
        not_with=_not_with(catalog, effect, concern, asker.market),
    )


def _barred(catalog: Catalog, parts: Iterable[Procedure], true_of: frozenset[str]) -> Iterator[Ground]:
    """Contraindications that hold: what must not be had for one concern must not be had for another."""
    for part in parts:
        for fact in catalog.practice(part.id, "contraindication"):
            if fact.value in true_of:
                yield _ground("ask-first" if fact.strength else "not-for-you", "bar", fact)


def _narrower(
    catalog: Catalog, parts: Iterable[Procedure], true_of: frozenset[str], said: set[str], possible: frozenset[str]
) -> Iterator[Ground]:
    """Contraindications that may hold: in a narrower case than was said, or by words that left it open.

    That a woman could become pregnant is no reason to ask about every bar in pregnancy.
    """
    wide = said - {"could-become-pregnant"}
    for part in parts:
        for fact in catalog.practice(part.id, "contraindication"):
            known = catalog.conditions.get(fact.value or "")
            if known is None or known.id in true_of or (known.kind == "age" and known.id not in possible):
                # an age that was said settles every bound
                continue
            if known.id in possible or wide.intersection(known.implies):
                yield _ground("ask-first", "if", fact)


def _ground(
    verdict: Literal["ask-first", "not-for-you"],
    kind: Literal["bar", "if-needed", "if"],
    fact: Practice,
    condition: str = "",
) -> Ground:
    return Ground(
        verdict=verdict,
        kind=kind,
        condition=condition or fact.value or "",
        part=fact.procedure,
        source=fact.source,
        strength=fact.strength or "",
        market=fact.market or "",
        note=fact.note,
    )


def _compatible(
    catalog: Catalog,
    part: Procedure,
    true_of: frozenset[str],
    possible: frozenset[str],
    concern: str,
    inferred: list[Caution],
) -> Iterator[Ground]:
    """Pregnancy and breast-feeding: only a positive fact lets a part through; "if needed" counts only alone.

    Where words leave open whether one of the two holds, what it would keep from somebody is asked about first.
    """
    facts = [
        f for f in catalog.practice(part.id, "pregnancy-compatible") if f.concern in (None, concern) or not concern
    ]
    barred = {f.value or "" for f in catalog.practice(part.id, "contraindication")} & true_of
    for state in OF_MOTHERS:
        if state not in true_of | possible or any(fact.value == state for fact in facts):
            continue
        against = any(state in implied(catalog, [c]) or c in implied(catalog, [state]) for c in barred)
        needed = next((fact for fact in facts if fact.value == f"{state}-if-needed"), None)
        carried = next((fact for fact in facts if fact.value == "pregnancy"), None)
        if needed is not None and not against:
            yield _ground("ask-first", "if-needed", needed, state)
        elif (
            state == "breast-feeding"
            and carried is not None
            and needed is None
            and not against
            and _stays_on_the_skin(catalog, part)
        ):
            inferred.append(Caution(kind="inferred", value=state, source=carried.source, part=part.id))
        else:
            bars = [f for f in catalog.practice(part.id, "contraindication") if f.value == state]
            holds = state in true_of
            verdict: Literal["ask-first", "not-for-you"] = "not-for-you" if holds else "ask-first"
            if not bars:
                yield Ground(verdict=verdict, kind="silent", condition=state, part=part.id)
            for fact in bars:
                yield _ground(verdict, "bar" if holds else "if", fact)


def _wounded(catalog: Catalog, part: Procedure, true_of: frozenset[str]) -> Iterator[Ground]:
    """What bears on how the skin bleeds, heals or scars, where a part wounds it so and no fact speaks of it."""
    spoken = {f.value for f in catalog.practice(part.id, "contraindication", "caution", "not-contraindicated")}
    for known in catalog.conditions.values():
        heals = known.id in true_of and part.wounds.intersection(known.wounds)
        if heals and not implied(catalog, [known.id]) & spoken:
            yield Ground(verdict="ask-first", kind="silent", condition=known.id, part=part.id)


def _stays_on_the_skin(catalog: Catalog, part: Procedure) -> bool:
    """Whether a part is taken not to be absorbed: nothing is broken or swallowed, and it is not biological."""
    return part.invasiveness == "none" and not any(catalog.families[f].biological for f in part.families)


def _under_age(
    catalog: Catalog, part: Procedure, ages: tuple[int, int] | None, true_of: frozenset[str], asker: Asker
) -> Iterator[Ground]:
    """Under age only what a source allows from an age, for this concern and in this market, is let through.

    Who may be under age by the ages that were said is asked first.
    """
    younger = [n for c in true_of for n in figures(c, "under")]
    if ages is None and not younger:
        return
    adult = catalog.constant("adult-age")
    if (ages is None or ages[0] >= adult) and min(younger, default=adult + 1) > adult:
        return
    from_ages = [
        fact.low
        for fact in catalog.practice(part.id, "from-age")
        if fact.low is not None
        and (fact.concern in (None, asker.concern) or not asker.concern)
        and fact.market in (None, asker.market)
    ]
    if ages is None or not from_ages or ages[0] < max(from_ages):
        grown = ages is not None and ages[1] >= adult and min(younger, default=adult + 1) > adult
        verdict: Verdict = "ask-first" if grown else "not-for-you"
        yield Ground(verdict=verdict, kind="age", condition=f"under-{adult:g}", part=part.id)


def _unread(catalog: Catalog, parts: Iterable[Procedure], unread: Iterable[str]) -> Iterator[Ground]:
    """What was said of the person and could not be read stops all but cosmetics for the skin that no illness, medicine
    or the like bars, and what it names ("niacinamide burned my face") with its kin.
    """
    said = list(unread)
    for part in parts:
        barred = (catalog.conditions.get(f.value or "") for f in catalog.practice(part.id, "contraindication"))
        stopped = (
            part.route != "topical"
            or not _stays_on_the_skin(catalog, part)
            or any(catalog.on_prescription(part.id, market) for market in catalog.markets)
            or any(c is not None and c.kind in TOLD and not figures(c.id, "fitzpatrick") for c in barred)
        )
        alike = {part.id, *part.families, *(p for kin in catalog.kin if part.id in kin.members for p in kin.members)}
        for words in said:
            if stopped or named_in(catalog, words) & alike:
                yield Ground(verdict="ask-first", kind="unread", condition=words, part=part.id)


def _other_sex(catalog: Catalog, effect: Effect, concern: str, sex: Sex | None) -> Iterator[Ground]:
    """What was studied in the other sex alone, by the kinds of its studies' people."""
    if sex is None or not sexed(catalog, concern):
        return
    kinds = {kind.id: kind.sex for kind in catalog.concerns[concern].subtype}
    studied: set[Sex | None] = set()
    for found in records(catalog, concern).get(effect, ()):
        rows = (*found.arms, *found.contrasts, *found.outcomes)
        studied |= {kinds.get(getattr(row, "subtype", None) or found.study.subtype) for row in rows}
    if studied and None not in studied and sex not in studied:
        other = next(s for s in SEXES if s != sex)
        yield Ground(verdict="ask-first", kind="studied", condition=f"{other}-sex", part=effect.main)


# ------------------------------------------------------------------ what stands on the row


def _cautions(
    catalog: Catalog,
    parts: Iterable[Procedure],
    true_of: frozenset[str],
    said: Iterable[str],
    untested: Iterable[str],
    possible: frozenset[str],
    concern: str,
) -> Iterator[Caution]:
    parts = list(parts)
    bearing = [
        f for part in parts for f in catalog.practice(part.id, "caution", "contraindication", "not-contraindicated")
    ]
    for fact in bearing:
        if fact.fact == "caution" and fact.value in true_of:
            yield _caution("care", fact, concern)
    for fact in bearing:
        narrower = catalog.conditions.get(fact.value or "")
        if narrower is None or narrower.id in true_of or fact.fact == "not-contraindicated":
            continue
        # a bar that may hold is asked about first, but for that one could become pregnant
        if (
            narrower.id in possible
            if fact.fact == "caution"
            else "could-become-pregnant" in set(said).intersection(narrower.implies)
        ):
            yield _caution("if", fact, concern)
    for fact in bearing:
        if fact.fact == "not-contraindicated" and fact.value in true_of:
            yield _caution("no-bar", fact, concern)
    spoken = {fact.value for fact in bearing} | {
        f.value for p in parts for f in catalog.practice(p.id, "no-bar-by-sex")
    }
    for condition in untested:
        if condition in (*OF_WOMEN, *OF_FATHERS) or figures(condition, "under") or figures(condition, "over"):
            continue
        if not implied(catalog, [condition]) & spoken and not condition.endswith("-sex"):
            yield Caution(kind="no-fact", value=condition)


@derived(most=4096)
def _studied_with(catalog: Catalog, effect: Effect) -> frozenset[str]:
    """What the people had in whom an option was tried: its concern or kind is a condition of its own (melasma)."""
    found: set[str] = set()
    for concern, known in catalog.concerns.items():
        for one in informing_records(catalog, concern).get(effect, ()) if known.subtype else ():
            for row in (*one.arms, *one.contrasts, *one.outcomes):
                kind = getattr(row, "subtype", None) or one.study.subtype or ""
                found.update(meant_by_asking(catalog, concern, kind))
    return frozenset(found)


def _caution(kind: Literal["care", "if", "no-bar"], fact: Practice, concern: str) -> Caution:
    return Caution(
        kind=kind,
        value=fact.value or "",
        source=fact.source,
        part=fact.procedure,
        concern=fact.concern if fact.concern and fact.concern != concern else "",
        market=fact.market or "",
        note=fact.note,
    )


def _status(catalog: Catalog, effect: Effect, concern: Concern, market: str) -> Iterator[Status]:
    """How each part is regulated in a market; where no fact says how it is had there, from others.

    A mix with a status of its own is not what one of its parts alone is: the licence is the mix's.
    """
    for part in _regulated(catalog, effect, concern, market):
        facts = _status_facts(catalog, part, concern, market)
        known = {fact.value for fact in facts}
        for fact in facts:
            yield Status(value=fact.value or "", part=part.id, source=fact.source, market=market, note=fact.note)
        if not known.intersection(HOW_SOLD) and catalog.on_prescription(part.id, market):
            yield Status(value=ON_PRESCRIPTION, part=part.id, market=market)
        if part.clinic and "clinic-device" not in known:
            yield Status(value="clinic", part=part.id, market=market)


def _status_facts(catalog: Catalog, part: Procedure, concern: Concern, market: str) -> list[Practice]:
    return [
        fact
        for fact in catalog.practice(part.id, "status")
        if fact.market in (None, market)
        and fact.concern in (None, concern.id)
        and fact.value
        and (not fact.kinds or concern.kind in fact.kinds)
    ]


def _regulated(catalog: Catalog, effect: Effect, concern: Concern, market: str) -> Iterator[Procedure]:
    parts = parts_of(catalog, effect)
    licensed = (part for part in parts if part.parts and _status_facts(catalog, part, concern, market))
    within = {inner for part in licensed for inner in part.parts}
    return (part for part in parts if part.id not in within)


def _gravest(catalog: Catalog, parts: Iterable[Procedure]) -> Iterator[GravestHarm]:
    """What sources call the worst, and every grave harm that a study counted; that none is known is told too."""
    within = None
    named = False
    for part in parts:
        within = within or (part.id if part.within else None)
        for fact in catalog.practice(part.id, "gravest-harm"):
            named = True
            yield GravestHarm(
                value=fact.value or "", part=part.id, source=fact.source, low=fact.low, high=fact.high,
                grave=fact.grave, note=fact.note,
            )  # fmt: skip
        for harm in catalog.harms(part.id):
            if harm.grave and harm.rate_high > 0:
                named = True
                yield GravestHarm(
                    value=harm.event, part=part.id, source=harm.source, low=harm.rate_low, high=harm.rate_high,
                    grave=True, note=harm.note,
                )  # fmt: skip
    if within and not named:
        yield GravestHarm(value="", part=within, source="")


def _not_with(catalog: Catalog, effect: Effect, concern: Concern, market: str) -> tuple[str, ...]:
    """With what a prescription option must not be had: every contraindication of all its parts, each once."""
    if not any(status.value == ON_PRESCRIPTION for status in _status(catalog, effect, concern, market)):
        return ()
    found = (f.value for part in parts_of(catalog, effect) for f in catalog.practice(part.id, "contraindication"))
    return tuple(dict.fromkeys(value for value in found if value))
