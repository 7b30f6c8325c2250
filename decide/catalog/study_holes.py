"""What the records of studies ought to say and do not, and what they say that asks for a mark.

Only what may move a figure is looked at: a record for display or comparison has no hole.
"""

from collections.abc import Iterator, Sequence

from decide.catalog.models import Arm, Contrast, Outcome, Procedure, Study, StudyWord
from decide.catalog.read import Entry
from decide.catalog.study_check import CONTROLLED, default_base, words_of

NOTHING = ("placebo", "untreated", "baseline", "other")


def study_holes(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Every hole of the studies that count, by entry."""
    counted = [e for e in entries if e.table == "study" and e.fact.use == "pool" and not e.fact.other]
    sold = {e.fact.procedure for e in entries if e.table == "product"}
    words: list[StudyWord] = [e.fact for e in entries if e.table == "study_word"]
    for entry in counted:
        study: Study = entry.fact
        yield from ((entry, reason) for reason in (*_unread(study, sold), *_unmarked(study, words)))
    yield from _twice(counted, {e.fact.id: e.fact for e in entries if e.table == "procedure"})


def _unread(study: Study, sold: set[str]) -> Iterator[str]:
    arms = [arm for arm in study.arm if not arm.other and arm.measure != "none"]
    if len(study.arm) == 1 and study.design in CONTROLLED and not study.contrast:
        yield f"a control was had and its arm was not read: {study.arm[0].procedure} stands alone"
    for arm in arms:
        if arm.n is None and not (study.within and study.participants):
            yield f"{arm.procedure}: no number of people in its arm"
        if arm.product is None and not arm.dose and arm.procedure in sold:
            yield f"{arm.procedure}: which product is not said"
        if arm.measure == "score-change" and arm.way is None:
            yield f"{arm.procedure}: points on a score without its start and its two ends"


def _unmarked(study: Study, words: Sequence[StudyWord]) -> Iterator[str]:
    """Records that say what they are about, or that something differs, and carry no mark."""
    for listed in words:
        way = words_of(listed)
        for outcome in study.outcome if listed.about else ():
            said = way.search(outcome.outcome)
            if said and outcome.about == "benefit" and outcome.layer == "clinical":
                yield f"{outcome.procedure}: {said[0]!r} is no benefit, and stands as one"
        if listed.about and study.arm and (said := way.search(study.scale)):
            yield f"{said[0]!r} is no benefit, and its arms stand as one"
        parts: tuple[Arm | Contrast, ...] = (*study.arm, *study.contrast)
        for part in parts if listed.differs and listed.differs not in study.differs else ():
            # what else a trial counted stands in notes; what it was judged by is its scale
            text = study.scale if listed.differs == "outcome" else f"{part.note} {study.scale}"
            if not part.differs and (said := way.search(text)):
                yield f"{part.procedure}: says {said[0]!r}, and no 'differs' names the {listed.differs}"


def _twice(counted: Sequence[Entry], procedures: dict[str, Procedure]) -> Iterator[tuple[Entry, str]]:
    """Two records of the same people and kind that both move a figure of one thing."""
    by_id = {(e.fact.concern, e.fact.id): e for e in counted}
    seen: dict[tuple[str, str, str, str, str | None], Entry] = {}
    for (concern, name), entry in by_id.items():
        root, way = entry, {name}
        while (same := root.fact.same_people_as) and (concern, same) in by_id and same not in way:
            root = by_id[concern, same]
            way.add(same)
        for part in (*entry.fact.arm, *entry.fact.contrast, *entry.fact.outcome):
            if part.procedure in NOTHING or not _moves(part):
                continue
            kind = getattr(part, "subtype", None) or entry.fact.subtype
            base = part.base or default_base(procedures, part.procedure)
            first = seen.setdefault((concern, root.fact.id, kind, part.procedure, base), entry)
            if first is not entry:
                yield entry, f"{part.procedure}: the same people move its figure in {first.fact.id!r} too"
                break


def _moves(part: Arm | Contrast | Outcome) -> bool:
    """Whether a part may move a figure: an arm or a difference, or a direction with its p-value."""
    if isinstance(part, Outcome):
        compared = part.comparator not in ("baseline", "other") and part.direction != "unclear"
        return compared and part.about == "benefit" and bool(part.p_value or part.direction == "no-difference")
    return not part.other and part.measure not in ("none", "rank-probability")
