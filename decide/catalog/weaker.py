"""What a fact laid over a shipped one may not take away: what says who must not have something, and how that is known.

An overlay may say more than what ships, or be stricter. What would let somebody have what is barred is refused.
"""

from collections.abc import Mapping

from decide.catalog.read import Entry, describe

KEPT: Mapping[str, tuple[str, ...]] = {
    "condition": ("implies", "leaves_open", "words", "taken", "allergens", "lately", "wounds"),
    "vague": ("may_be",),
    "red_flag": ("near", "conditions"),
    "avoid": ("words", "implied", "uses"),
    "procedure": ("parts",),
}
"""Lists of which nothing may be left out, by table: they make a bar bear on more, or be known more often."""


def taken_away(ours: Entry, theirs: Entry) -> str:
    """What an entry of an overlay takes away from the shipped one that it replaces; empty where nothing."""
    old, new, table = ours.fact, theirs.fact, ours.table
    lost = [v for part in KEPT.get(table, ()) for v in getattr(old, part) if v not in getattr(new, part)]
    if table == "condition" and old.kind != new.kind:
        lost.insert(0, old.kind)
    if lost:
        name = getattr(old, "id", "") or old.words[0]
        return f"{table.replace('_', ' ')} {name!r} is without {lost[0]!r}, which the shipped one has"
    if table == "practice" and new.strength and not old.strength:
        return f"{describe(old.model_dump(exclude_none=True))}: a strong bar is made weak"
    if table == "red_flag" and new.concerns and not (old.concerns and {*old.concerns} <= {*new.concerns}):
        return f"{old.words[0]!r} is raised for fewer concerns than the shipped flag"
    if table == "constant" and ours.file.name == "persons.toml" and new.value < old.value:
        return f"constant {old.name!r} is lower than the shipped one, {old.value:g}"
    if table == "vague" and old.ages and not (new.ages and new.ages[0] <= old.ages[0] and new.ages[1] >= old.ages[1]):
        return f"{old.words[0]!r} leaves less open than the shipped entry, ages {old.ages[0]} to {old.ages[1]}"
    return ""
