"""Which procedures are asked about, which are excluded, and which ways of treating are avoided.

What a person has had already is neither asked about nor excluded: it is history, with what became of it. What is only
told of the past ("after my X") stays unread.
"""

from itertools import pairwise
from typing import NamedTuple, cast

from decide.catalog import Catalog
from decide.question.history import Past
from decide.question.phrases import Hit
from decide.question.request import Had, Went
from decide.question.scope import Scopes
from decide.question.sheet import Sheet
from decide.question.vocabulary import PROCEDURE, PRODUCT

_ABSORBED = frozenset({"injections", "needles", "clinic"})
"""Said right after a procedure these only say how it is given: "Profhilo injections"."""
_NO_WORRY = frozenset({"clinic"})


class Treatments(NamedTuple):
    """What was read of procedures. `mentions` are the phrases asked about, in order."""

    procedures: tuple[str, ...]
    exclude: tuple[str, ...]
    avoid: tuple[str, ...]
    mentions: tuple[Hit, ...]
    used: frozenset[int]
    unread: frozenset[int]
    history: tuple[Had, ...] = ()
    products: tuple[str, ...] = ()


def read_treatments(
    sheet: Sheet, catalog: Catalog, scopes: Scopes, taken: frozenset[int], past: Past = Past()
) -> Treatments:
    """Procedures, exclusions and what is avoided; and what was had, by the scopes and by what is told of the past."""
    mentions: list[Hit] = []
    exclude: list[str] = []
    avoid: list[str] = []
    used: set[int] = set()
    unread: set[int] = set()
    history: dict[str, Went | None] = {}
    for hit in sheet.hits:
        implied, procedure = hit.get("implied"), hit.get(PROCEDURE)
        # a family that is also a way of treating is ruled out as such: "no lasers" avoids, "no peels" excludes
        thing = procedure if procedure in catalog.avoids else hit.get("thing")
        if not (thing or implied or procedure) or not taken.isdisjoint(hit.indices):
            continue
        meant = scopes.of(hit)
        if implied == "clinic" and procedure is None and _follows_any(sheet, hit):
            continue
        if implied and meant != "no":
            avoid.append(implied)
        elif meant == "no" and (thing or (implied and not procedure)):
            if thing is None:
                continue
            avoid.append(thing)
        elif meant == "no":
            exclude.append(procedure)
        elif meant == "past" or hit.start in past.told:
            told = past.told.get(hit.start) or scopes.had.get(hit.start)
            if told is None or not procedure:
                unread.update(hit.indices)
                continue
            judged = next((went for at, went in past.judged if at > hit.start), told) if told == "had" else told
            went = None if judged == "had" else cast("Went", judged)
            history[procedure] = went or history.get(procedure)
            if went == "harmed":
                # asked about before it is offered, so it is not done with
                unread.update(hit.indices)
        elif procedure and not (meant == "accept" and thing):
            mentions.append(hit)
        elif not (meant == "accept" or thing in _NO_WORRY or _follows_procedure(sheet, hit, thing)):
            continue
        used.update(hit.indices)
    kept = _without_repeats(sheet, catalog, mentions)
    asked = tuple(dict.fromkeys(str(hit.get(PROCEDURE)) for hit in kept))
    return Treatments(
        asked,
        tuple(dict.fromkeys(exclude)),
        tuple(dict.fromkeys(avoid)),
        tuple(kept),
        frozenset(used),
        frozenset(unread),
        tuple(Had(procedure=name, went=went) for name, went in {**past.taken, **history}.items()),
        tuple(dict.fromkeys(product for hit in mentions for product in hit.all(PRODUCT))),
    )


def _follows_any(sheet: Sheet, hit: Hit) -> bool:
    """Whether "at home" only says where one named procedure would be done: it then rules nothing out."""
    before = sheet.hit_at(hit.start - 1)
    only = any(sheet.word(i) == "only" for i in hit.indices)
    return not only and before is not None and before.get(PROCEDURE) is not None


def _follows_procedure(sheet: Sheet, hit: Hit, thing: str | None) -> bool:
    before = sheet.hit_at(hit.start - 1)
    return thing in _ABSORBED and before is not None and before.get(PROCEDURE) is not None


def _without_repeats(sheet: Sheet, catalog: Catalog, mentions: list[Hit]) -> list[Hit]:
    """The mentions without a family word that only repeats its neighbour: "Sculptra filler", "laser (Fraxel)"."""

    def says_no_more(family: Hit, member: Hit) -> bool:
        known = catalog.procedures.get(str(member.get(PROCEDURE)))
        return known is not None and family.get(PROCEDURE) in known.families

    def adjacent(first: Hit, second: Hit) -> bool:
        return all(sheet.tokens[i].is_sign and sheet.word(i) in "(:" for i in range(first.end, second.start))

    kept: list[Hit] = []
    for hit in mentions:
        said = [sheet.tokens[i].stem for i in hit.indices]
        if all(said != [sheet.tokens[i].stem for i in other.indices] for other in kept[:20]):
            kept.append(hit)
    for first, second in pairwise(mentions):
        if adjacent(first, second):
            if says_no_more(second, first) and second in kept:
                kept.remove(second)
            elif says_no_more(first, second) and first in kept:
                kept.remove(first)
    return kept
