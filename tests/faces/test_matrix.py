"""Two hundred persons with two or three conditions each, against an evaluator that reads the raw files by itself.

It applies the rules on who may have what anew, from the text of the rules alone, and shares no code with the program:
bars of any strength, what they imply, pregnancy, breast-feeding, trying for a child, age, sex, and what heals badly.
"""

import random
from functools import cache
from typing import Any

import pytest

from decide.alternatives.eligibility import screen
from decide.answers.ranking.rank import rank
from decide.errors import DoctorFirst
from decide.evidence.index import Effect
from decide.question.problem import Concern
from tests.posed import posed
from tests.shipped import CATALOG, FOLDER, files, rows

CONDITIONS = {row["id"]: row for row in rows("condition")}
FLAGS = rows("red_flag")
PROCEDURES = {row["id"]: row for row in rows("procedure")}
FACTS: dict[str, list[dict[str, Any]]] = {name: [] for name in PROCEDURES}
for row_ in rows("practice"):
    FACTS.setdefault(row_["procedure"], []).append(row_)
WOUNDS = {
    "broken": {"injected", "needled", "surgical", "injection", "needling", "minor-surgery", "surgery", "deep-peel",
               "ablative-energy"},
    "resurfaced": {"energy", "peel", "needled", "needling", "surface", "deep-peel", "non-ablative-energy",
                   "ablative-energy"},
}  # fmt: skip
BIOLOGICAL = {row["id"] for row in rows("family") if row.get("biological")}
SUBTYPES = {
    (path.stem, kind["id"]): kind
    for path, file in files().items()
    if path.parent.name == "concerns"
    for kind in file["concern"].get("subtype", [])
}
ASSUMED = {
    path.stem: file["concern"].get("default_kind", "")
    for path, file in files().items()
    if path.parent.name == "concerns"
}
"""The kind that is answered where none was said."""


def closed(said: set[str], sex: str | None) -> set[str]:
    """All that holds, in the rules' own words: a man carries no pregnancy, whoever else tries is as pregnant."""
    held, more = set[str](), set(said)
    if sex:
        more.add(f"{sex}-sex")
    if "trying-to-conceive" in more:
        more.add("partner-pregnancy" if sex == "male" else "pregnancy")
    while more:
        name = more.pop()
        if name in held or (sex == "male" and name in ("pregnancy", "could-become-pregnant")):
            continue
        held.add(name)
        more |= set(CONDITIONS.get(name, {}).get("implies", ()))
    return held


def contents(procedure: str) -> list[str]:
    found, wanted = list[str](), [procedure]
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.append(name)
            wanted += [*PROCEDURES[name].get("parts", ()), *PROCEDURES[name].get("adjunct_to", ())[:1]]
    return found


def age_bound(name: str, age: int) -> bool:
    side, _, years = name.partition("-")
    return years.isdigit() and (age < int(years) if side == "under" else side == "over" and age > int(years))


def flagged(person: dict[str, Any], concern: str) -> bool:
    """Whether what a person has sends them to a doctor before anything else."""
    held = closed(set(person.get("conditions", ())), person.get("sex"))
    return any(held & set(flag.get("conditions", ())) and concern in flag.get("concerns", [concern]) for flag in FLAGS)


def offered(procedure: str, person: dict[str, Any], concern: str, kind: str) -> bool:
    """Whether the rules let a person have a procedure for a kind of a concern."""
    said = set(person.get("conditions", ()))
    said |= {"pregnancy"} if person.get("pregnant") else set()
    said |= {"breast-feeding"} if person.get("breast_feeding") else set()
    said |= {"trying-to-conceive"} if person.get("trying_to_conceive") else set()
    if (skin := person.get("skin_type")) is not None:
        said |= {"fitzpatrick-5-6"} if skin >= 5 else {"fitzpatrick-4"} if skin == 4 else set()
    age = person.get("age")
    if age is not None:
        said |= {name for name in CONDITIONS if age_bound(name, age)}
    sex = person.get("sex") or SUBTYPES.get((concern, kind), {}).get("sex")
    women = {"pregnancy", "breast-feeding", "could-become-pregnant", "female-sex", "post-menopause"}
    if person.get("sex") is None and closed(said, None) & women:
        sex = "female"
    means = set(SUBTYPES.get((concern, kind or ASSUMED[concern]), {}).get("implies", ())) | (
        {kind, concern} & set(CONDITIONS)
    )
    bearing = set()
    if sex == "female" and "post-menopause" not in said:
        past = age is not None and age >= 55 and "could-become-pregnant" not in said
        bearing = {"post-menopause" if past else "could-become-pregnant"}
    held = closed(said | means | bearing, sex)
    left_open = {c for name in held for c in CONDITIONS.get(name, {}).get("leaves_open", ())}
    wide = (said | (held & {"pregnancy"})) - {"could-become-pregnant"}
    for part in contents(procedure):
        facts = FACTS[part]
        bars = {f["value"] for f in facts if f["fact"] == "contraindication"}
        if bars & held:
            return False
        open_ = {b for b in bars - held if CONDITIONS[b]["kind"] != "age"}
        if open_ & left_open or any(wide & set(CONDITIONS[b].get("implies", ())) for b in open_):
            return False
        told = bars | {f["value"] for f in facts if f["fact"] in ("caution", "not-contraindicated")}
        how = {PROCEDURES[part]["route"], PROCEDURES[part]["invasiveness"]}
        for c in held:
            if any(WOUNDS[w] & how for w in CONDITIONS.get(c, {}).get("wounds", ())) and not closed({c}, None) & told:
                return False
        mine = {
            f["value"] for f in facts if f["fact"] == "pregnancy-compatible" and f.get("concern") in (None, concern)
        }
        if "pregnancy" in held and "pregnancy" not in mine:
            return False
        outside = PROCEDURES[part]["invasiveness"] == "none" and not BIOLOGICAL & set(
            PROCEDURES[part].get("families", ())
        )
        if "breast-feeding" in held and "breast-feeding" not in mine:
            spoken = "breast-feeding-if-needed" in mine
            if not ("pregnancy" in mine and outside and not spoken):
                return False
        if age is not None and age < 18:
            allowed = [f["low"] for f in facts if f["fact"] == "from-age" and f.get("concern") in (None, concern)
                       and f.get("market") in (None, "us") and "low" in f]  # fmt: skip
            if not allowed or age < max(allowed):
                return False
    return True


ASKED = [name for name, row in CONDITIONS.items()
         if row["kind"] not in ("site", "advice", "age", "life-stage") and "fitzpatrick" not in name]  # fmt: skip
PLACES = [("acne-scars", ""), ("acne-scars", "hypertrophic"), ("wrinkles", ""), ("pigment", "melasma"), ("redness", ""),
          ("hair-loss", "male-pattern"), ("hair-loss", "female-pattern"), ("dark-circles", "hollow"),
          ("volume-loss", "")]  # fmt: skip


def persons() -> list[tuple[dict[str, Any], str, str]]:
    dice = random.Random(12)
    found = []
    for number in range(200):
        concern, kind = PLACES[number % len(PLACES)]
        sex = dice.choice(["male", "female", None])
        if concern == "hair-loss":
            sex = "male" if kind == "male-pattern" else "female"
        person: dict[str, Any] = {"conditions": tuple(dice.sample(ASKED, dice.choice([2, 3])))}
        person |= {"sex": sex} if sex else {}
        person |= dice.choice(
            [{}, {"age": dice.choice([14, 17, 19, 21, 30, 50, 56, 70])}, {"skin_type": dice.choice([2, 4, 5])}]
        )
        if sex != "male":
            person |= dice.choice([{}, {}, {"pregnant": True}, {"breast_feeding": True}, {"trying_to_conceive": True}])
        elif dice.random() < 0.3:
            person |= {"trying_to_conceive": True}
        found.append((person, concern, kind))
    return found


@cache
def of_concern(concern: str) -> tuple[str, ...]:
    studied = files()[FOLDER / "studies" / f"{concern}.toml"]["study"]
    named = {row.get("procedure") for study in studied for row in (*study.get("arm", ()), *study.get("contrast", ()))}
    return tuple(sorted(name for name in named if name in PROCEDURES))


def test_the_evaluator_sees_what_it_should() -> None:
    assert not offered("tretinoin", {"pregnant": True}, "wrinkles", "")
    assert offered("azelaic-acid", {"pregnant": True}, "redness", "")
    assert not offered("botulinum-toxin", {"conditions": ("myasthenia-gravis",)}, "wrinkles", "")
    assert not offered("dutasteride-oral", {"sex": "female", "age": 28}, "hair-loss", "female-pattern")
    assert sum(len(of_concern(concern)) for concern, _ in PLACES) > 80


@pytest.mark.parametrize("number", range(0, 200, 10))
def test_two_hundred_persons_are_offered_what_the_raw_facts_allow(number: int) -> None:
    wrong = []
    for person, concern, kind in persons()[number : number + 10]:
        problem = posed(CATALOG, concern, subtype=kind or None, person=person)
        for name in of_concern(concern):
            if flagged(person, concern):
                with pytest.raises(DoctorFirst):
                    screen(problem, Effect(name), Concern(concern, kind))
                continue
            found = screen(problem, Effect(name), Concern(concern, kind))
            grounds = [g for g in found.grounds if g.kind != "studied"]
            if offered(name, person, concern, kind) == bool(grounds):
                wrong.append((person, concern, kind, name, found.verdict, [(g.kind, g.condition) for g in grounds]))
    assert wrong == []


@pytest.mark.parametrize("number", range(0, 200, 25))
def test_their_rankings_hold_nothing_that_the_raw_facts_bar(number: int) -> None:
    person, concern, kind = persons()[number]
    if flagged(person, concern):
        with pytest.raises(DoctorFirst):
            rank(posed(CATALOG, concern, subtype=kind or None, person=person))
        return
    for ranked in rank(posed(CATALOG, concern, subtype=kind or None, person=person)).options:
        for name in ranked.option.id.partition("/")[0].split("+"):
            assert offered(name, person, concern, kind), (person, concern, name)


def test_asking_about_a_kind_bars_what_its_condition_bars() -> None:
    wrong = []
    for concern, kind in SUBTYPES:
        problem = posed(CATALOG, concern, subtype=kind)
        for name in of_concern(concern):
            found = screen(problem, Effect(name), Concern(concern, kind))
            barred = any(g.kind != "studied" for g in found.grounds)
            if offered(name, {}, concern, kind) == barred:
                wrong.append((concern, kind, name, [(g.kind, g.condition) for g in found.grounds]))
    assert wrong == []


def test_who_could_become_pregnant_or_tries_for_a_child_is_told_what_the_facts_say() -> None:
    woman = posed(CATALOG, "hair-loss", person={"sex": "female", "age": 28})
    for name in ("minoxidil-oral", "spironolactone-oral"):
        cautions = screen(woman, Effect(name), woman.concern).cautions
        assert ("care", "could-become-pregnant") in {(c.kind, c.value) for c in cautions}
    man = posed(CATALOG, "hair-loss", person={"sex": "male", "trying_to_conceive": True})
    for name in ("finasteride-oral", "dutasteride-oral"):
        cautions = screen(man, Effect(name), man.concern).cautions
        assert ("care", "partner-pregnancy") in {(c.kind, c.value) for c in cautions}
