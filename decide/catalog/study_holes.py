"""What the records of studies ought to say and do not, and what they say that asks for a mark.

Only what may move a figure is looked at: a record for display or comparison has no hole.
"""

from collections.abc import Iterator, Mapping, Sequence

from decide.catalog.models import Arm, Contrast, Harm, Outcome, Procedure, Study, StudyWord
from decide.catalog.read import Entry
from decide.catalog.study_check import CONTROLLED, IDLE, REVIEWS, default_base
from decide.catalog.words import any_of

Part = Arm | Contrast | Outcome
Stands = tuple[str, str | None]
"""A procedure and what it is given on."""
Procedures = Mapping[str, Procedure]
UNEQUAL = 3
"""Times as many people as in the smallest arm that trials draw into the largest, by design."""
NOTHING = ("placebo", "untreated", "baseline", "other")


def study_holes(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Every hole of the studies that count, by entry."""
    counted = [e for e in entries if e.table == "study" and e.fact.use == "pool" and not e.fact.other]
    sold = {e.fact.procedure for e in entries if e.table == "product"}
    words: list[StudyWord] = [e.fact for e in entries if e.table == "study_word"]
    procedures: dict[str, Procedure] = {e.fact.id: e.fact for e in entries if e.table == "procedure"}
    titles: dict[str, str] = {e.fact.id: e.fact.title for e in entries if e.table == "source"}
    for entry in counted:
        study: Study = entry.fact
        moving = _moving(study, procedures)
        found = (
            *_unread(study, sold, procedures),
            *_alone(study, procedures, moving),
            *_unmarked(study, words, moving),
            *_told_twice(study, procedures, moving),
        )
        owed = _owed(study, words, titles.get(study.source, ""), moving) if moving else ()
        yield from ((entry, reason) for reason in (*found, *owed))
    yield from _twice(counted, procedures)
    named = {name: any_of((procedure.name, *procedure.aliases)) for name, procedure in procedures.items()}
    every = any_of(tuple(word for p in procedures.values() for word in (p.name, *p.aliases)))
    for entry in entries:
        if entry.table == "harm" and entry.fact.comparator in IDLE and every.search(entry.fact.note):
            harm: Harm = entry.fact
            others = (way.search(harm.note) for name, way in named.items() if name not in (harm.procedure, harm.base))
            yield from ((entry, f"held against {harm.comparator}, and its note names {s[0]!r}") for s in others if s)


def _unread(study: Study, sold: set[str], procedures: Procedures) -> Iterator[str]:
    arms = [arm for arm in study.arm if not arm.other and arm.measure != "none"]
    parts: tuple[Part, ...] = (*study.arm, *study.contrast, *study.outcome)
    for part in filter(_moves, parts):
        sides = [(part.procedure, part.base)]
        sides += [] if isinstance(part, Arm) else [(part.comparator, part.comparator_base)]
        for name, base in sides:
            if base is None and name in procedures and len(procedures[name].adjunct_to) > 1:
                yield f"{name}: what it is given on is not said"
    for contrast in study.contrast:
        if _moves(contrast) and contrast.n is None and study.participants is None:
            yield f"{contrast.procedure}: no number of people in its comparison"
    if study.participants is None and not study.within and study.design not in REVIEWS:
        people = [arm.n for arm in study.arm if arm.n is not None]
        if people and max(people) > UNEQUAL * min(people):
            yield f"arms of {min(people)} and {max(people)} people, and how many took part is not said"
    for arm in arms:
        if arm.n is None and not (study.within and study.participants):
            yield f"{arm.procedure}: no number of people in its arm"
        if arm.product is None and not arm.dose and arm.procedure in sold:
            yield f"{arm.procedure}: which product is not said"
        if arm.measure == "score-change" and arm.way is None:
            yield f"{arm.procedure}: points on a score without its start and its two ends"


def _alone(study: Study, procedures: Procedures, moving: Sequence[Part]) -> Iterator[str]:
    """An arm of a controlled trial with nothing beside it that moves a figure: it counts as if nobody had been its
    control. What was compared is a dose or a product of the same thing, stands under another mark, or stands nowhere.
    """
    if study.design not in CONTROLLED:
        return
    arms = [part for part in moving if isinstance(part, Arm)]
    stands = {_stands(arm.procedure, arm.base, procedures) for arm in arms}
    compared = [_pair(part, procedures) for part in moving if not isinstance(part, Arm)]
    if len(stands) != 1 or any(stands & pair and len(pair) > 1 for pair in compared):
        return
    what, apart = arms[0].procedure, len(arms) < len(study.arm) or bool(study.contrast)
    if len(arms) > 1:
        yield f"{what} is compared with itself alone, and no arm shows what comes without it"
    elif what not in NOTHING:
        why = "moves no figure" if apart else "does not stand here"
        yield f"a control was had and its arm {why}: {what} stands alone"


def _unmarked(study: Study, words: Sequence[StudyWord], moving: Sequence[Part]) -> Iterator[str]:
    """Records that say what they are about, or that something differs, and carry no mark."""
    for listed in words:
        way = any_of(listed.words)
        for outcome in study.outcome if listed.about else ():
            said = way.search(outcome.outcome)
            if said and outcome.about == "benefit" and outcome.layer == "clinical":
                yield f"{outcome.procedure}: {said[0]!r} is no benefit, and stands as one"
        measured: tuple[Part, ...] = (*study.arm, *study.contrast)
        for part in measured if listed.about else ():
            if (said := way.search(f"{study.scale} {part.note}")) and not part.other:
                stands = "arms stand" if isinstance(part, Arm) else "comparisons stand"
                yield f"{said[0]!r} is no benefit, and its {stands} as one"
                break
        outcomes = [part for part in moving if isinstance(part, Outcome)]
        parts: tuple[Part, ...] = (*study.arm, *study.contrast, *outcomes)
        for part in parts if listed.differs and listed.differs not in study.differs else ():
            # what else a trial counted stands in notes; what it was judged by is its scale
            scale = part.outcome if isinstance(part, Outcome) else study.scale
            text = scale if listed.differs == "outcome" else f"{part.note} {scale}"
            if not part.differs and (said := way.search(text)):
                yield f"{part.procedure}: says {said[0]!r}, and no 'differs' names the {listed.differs}"


def _owed(study: Study, words: Sequence[StudyWord], title: str, moving: Sequence[Part]) -> Iterator[str]:
    """What words alone tell: a control of what stands as a series, a number of sessions, a visit that was a touch-up,
    a result that a network inferred, a p-value of each side for itself.
    """
    parts: tuple[Part, ...] = (*study.arm, *study.contrast, *study.outcome)
    noted = [study.scale, *(part.note for part in parts), *(arm.dose for arm in study.arm)]
    bare = [p for p in parts if study.sessions is None and not (isinstance(p, Outcome) and p.sessions is not None)]
    series, outcomes = study.design == "case-series", [p for p in moving if isinstance(p, Outcome)]
    texts = {
        "control": ([title, *(p.note for p in parts)] if series else [], "its design names no control"),
        "sessions": ([study.scale, *(p.note for p in bare)] if bare else [], "its sessions are not entered"),
        "touch-up": (noted if (study.sessions or 0) > 1 else [], "counts it as a session"),
        "trial": ([p.note for p in moving if isinstance(p, Contrast)], "counts as a trial that compared"),
        "difference": ([o.p_value or "" for o in outcomes], "its p-value is of no difference"),
    }
    for listed in words:
        said, missing = texts.get(listed.owes or "", ([], ""))
        if found := any_of(listed.words).search(" ".join(said)):
            yield f"says {found[0]!r}, and {missing}"


def _told_twice(study: Study, procedures: Procedures, moving: Sequence[Part]) -> Iterator[str]:
    """Directions of which one side is an arm of the same record: its people would move one figure twice."""
    arms = {_stands(a.procedure, a.base, procedures) for a in moving if isinstance(a, Arm)}
    compared = [_pair(c, procedures) for c in moving if isinstance(c, Contrast)]
    for outcome in (part for part in moving if isinstance(part, Outcome)):
        pair = _pair(outcome, procedures)
        if len(measured := arms & pair) == 1 and len(pair) == 2 and pair not in compared:
            ((procedure, _),) = measured
            yield f"{procedure}: an arm and a direction of the same people, and the arm alone counts"


def _moving(study: Study, procedures: Procedures) -> list[Part]:
    """What of a record moves a figure: not what is held against something else than its id says."""
    mine = {_stands(a.procedure, a.base, procedures) for a in study.arm if not a.other}
    other = {_stands(a.procedure, a.base, procedures) for a in study.arm if a.other} - mine
    parts: tuple[Part, ...] = (*study.arm, *study.contrast, *study.outcome)
    return [p for p in parts if _moves(p) and (isinstance(p, Arm) or other.isdisjoint(_pair(p, procedures)))]


def _pair(part: Contrast | Outcome, procedures: Procedures) -> frozenset[Stands]:
    """What is compared; who is given a dummy in place of an add-on still has what it is added to."""
    one = _stands(part.procedure, part.base, procedures)
    if one[1] and part.comparator in IDLE:
        return frozenset((one, _stands(one[1], None, procedures)))
    return frozenset((one, _stands(part.comparator, part.comparator_base, procedures)))


def _stands(procedure: str, base: str | None, procedures: Procedures) -> Stands:
    return procedure, base or default_base(procedures, procedure)


def _twice(counted: Sequence[Entry], procedures: Procedures) -> Iterator[tuple[Entry, str]]:
    """Two records of the same people and kind that both move a figure of one thing."""
    by_id = {(e.fact.concern, e.fact.id): e for e in counted}
    seen: dict[tuple[str, str, str, str, str | None], Entry] = {}
    papers: dict[tuple[str, str, str, str | None], Entry] = {}
    figures: dict[tuple[object, ...], Entry] = {}
    for (concern, name), entry in by_id.items():
        root, way = entry, {name}
        while (same := (root.fact.same_people_as or "").removeprefix(f"{concern}/")) not in way:
            if (concern, same) not in by_id:
                break
            root = by_id[concern, same]
            way.add(same)
        for part in (*entry.fact.arm, *entry.fact.contrast, *entry.fact.outcome):
            if part.procedure in NOTHING or not _moves(part):
                continue
            kind = getattr(part, "subtype", None) or entry.fact.subtype
            base = part.base or default_base(procedures, part.procedure)
            if isinstance(part, Arm) and part.n is not None:
                alike = figures.setdefault((concern, part.procedure, base, part.n, part.value, part.cut), entry)
                if alike.fact.source != entry.fact.source and root is entry:
                    yield entry, f"{part.procedure}: people and figure of {alike.fact.id!r} again: one trial?"
            first = seen.setdefault((concern, root.fact.id, kind, part.procedure, base), entry)
            if first is not entry:
                yield entry, f"{part.procedure}: the same people move its figure in {first.fact.id!r} too"
                break
            twin = papers.setdefault((concern, entry.fact.source, part.procedure, base), root)
            if twin is not root and not entry.fact.other_people:
                yield (
                    entry,
                    f"{part.procedure}: the same source moves its figure in {twin.fact.id!r}: one and the same people?",
                )
                break


def _moves(part: Part) -> bool:
    """Whether a part may move a figure: an arm or a difference, or a direction with its p-value."""
    if isinstance(part, Outcome):
        compared = part.comparator not in ("baseline", "other") and part.direction != "unclear"
        compared = compared and part.about == "benefit" and part.layer == "clinical" and not part.other
        return compared and bool(part.p_value or part.direction == "no-difference")
    return not part.other and part.measure not in ("none", "rank-probability")
