"""Persons in their own words, on every face: nobody is offered what they must not have, and the reason is true."""

import json
import re
from functools import cache
from typing import Any

import pytest

import decide
from decide.alternatives.alternative import effect_of_id
from decide.alternatives.eligibility import parts_of
from decide.answers.ask import Answer
from decide.catalog import load_catalog
from decide.errors import NothingFits
from decide.question.conditions import readable
from decide.question.reading import understand
from decide.report.views.ranking import ranking_view
from decide.report.words import GRAVEST
from tests.faces.ask import FACES, Faces, terminal
from tests.shipped import CATALOG


@cache
def answered(text: str) -> Answer:
    return decide.ask(text, catalog=CATALOG, draws=0)


def bought(part: Any) -> list[str]:
    """The ids of everything that an answer offers."""
    found = [row.option.id for row in getattr(part, "options", ())]
    found += [side.id for row in getattr(part, "rows", ()) if hasattr(row, "named")
              for side in (row.named, row.other) if side is not None]  # fmt: skip
    found += [side.row.option.id for side in getattr(part, "sides", ()) if side.row is not None]
    if hasattr(part, "best") and hasattr(part, "runner_ups"):
        found += [course.id for view in (part.best, *part.runner_ups) for course in view.courses]
    if getattr(part, "row", None) is not None:
        found.append(part.row.option.id)
    return [identity.partition("/")[0] for identity in found]


def offered(text: str) -> set[str]:
    """Everything that any part of an answer offers, with all that it holds."""
    try:
        ids = [identity for part in answered(text).parts for identity in bought(part)]
    except NothingFits:
        return set()
    return {part.id for identity in ids for part in parts_of(CATALOG, effect_of_id(CATALOG, identity))}


def shown(face: str, said: str) -> set[str]:
    """The options that stand in a face's tables and cards, by id where it has ids, else by name."""
    if face in ("api", "batch"):
        body = json.loads(said.strip().splitlines()[-1])
        rows = [row for part in body.get("answers", []) for row in part.get("rows", [])]
        ids = {row["option"]["id"].partition("/")[0] for row in rows if "option" in row}
        return ids - {"nothing"}
    if face in ("library", "terminal"):
        return {match[1] for match in re.finditer(r"^ *\d+  (.+?)(?:  |$)", said, re.MULTILINE)}
    return set(re.findall(r'data-option="([^"/]+)', said))


PERSONS = {
    "female, 28, thinning hair, what should I take": {"dutasteride-oral"},
    "I'm a woman losing hair, what helps under $1000": {"dutasteride-oral"},
    "best for hair loss, my wife and I are trying for a baby, I am a woman": {"dutasteride-oral", "finasteride-oral"},
    "best for redness, I am pregnant": {"exosome-serum", "doxycycline-oral", "ipl"},
    "best for melasma, I'm pregnant": {"exosome-serum", "hydroquinone", "tretinoin", "tranexamic-acid-oral"},
    "acne scars, I'm pregnant": {"microneedling", "fractional-co2-laser", "tretinoin", "prp-injection"},
    "best for melasma, I had a blood clot and I am on the pill": {"tranexamic-acid-oral"},
    "melasma, on the pill": {"tranexamic-acid-oral"},
    "wrinkles, I am 15 years old": {"botulinum-toxin", "ha-filler", "fractional-co2-laser"},
    "best for acne scars, my son is 12": {"prp-injection", "fractional-co2-laser"},
    "melasma, we are trying to conceive": {"hydroquinone", "tretinoin", "tranexamic-acid-oral"},
    "wrinkles, I am breast-feeding": {"botulinum-toxin", "exosome-serum"},
    "acne scars, I am on isotretinoin": {"fractional-co2-laser"},
    "acne scars, I form keloids": {"subcision", "microneedling"},
    "acne scars, I take warfarin": {"rf-microneedling"},
    "wrinkles, I have myasthenia gravis": {"botulinum-toxin"},
    "redness, skin type 6": {"ipl"},
}
"""What none of these is to be offered, by rules and facts that hold whatever else the catalogue learns."""
WHY = ("Not for you", "not for you", "Ask first", "ask first", "not-for-you", "ask-first")


@pytest.mark.parametrize("question", PERSONS)
def test_nobody_is_offered_what_they_must_not_have(question: str) -> None:
    assert not offered(question) & PERSONS[question]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("question", PERSONS)
def test_every_face_leaves_it_out_and_says_why(question: str, face: str, faces: Faces) -> None:
    said = faces.all()[face](question)
    names = {CATALOG.procedures[identity].name for identity in PERSONS[question]}
    assert not shown(face, said) & (PERSONS[question] | names)
    assert any(word in said for word in WHY)


@pytest.mark.parametrize("question", ["redness, I am pregnant", "melasma, I'm pregnant", "acne scars, I'm pregnant",
                                      "hair loss, I'm pregnant", "wrinkles, trying to conceive"])  # fmt: skip
def test_in_pregnancy_every_part_of_what_is_offered_has_a_positive_fact(question: str) -> None:
    for identity in offered(question):
        facts = CATALOG.practice(identity)
        assert any(f.fact == "pregnancy-compatible" and f.value == "pregnancy" for f in facts), identity
        assert not any(f.fact == "contraindication" and f.value == "pregnancy" for f in facts), identity


def test_a_word_about_the_person_restricts_nothing() -> None:
    assert understand("melasma, on the pill", CATALOG).procedures == ()


def test_a_man_who_tries_for_a_baby_is_barred_by_what_a_father_passes_on_alone() -> None:
    request = understand("hair loss, I am a man, my wife and I are trying for a baby", CATALOG)
    assert (request.person.sex, request.person.trying_to_conceive) == ("male", True)
    assert "minoxidil-topical" in offered("hair loss, I am a man, my wife and I are trying for a baby")


# ------------------------------------------------------------------ every kind of answer

PREGNANT = (
    "is tretinoin worth it for wrinkles, I'm pregnant, $500",
    "why tretinoin for wrinkles, I'm pregnant",
    "tretinoin or adapalene for wrinkles, I'm pregnant",
    "tell me about tretinoin, I'm pregnant",
    "plan wrinkles and melasma under $900, I'm pregnant",
    "best for wrinkles, I'm pregnant",
)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("question", PREGNANT)
def test_the_reason_is_the_person_s_and_never_the_money(question: str, face: str, faces: Faces) -> None:
    said = faces.all()[face](question)
    assert re.search(r"[Nn]ot for you|not-for-you|be offered to you|ot with pregnancy", said)
    assert "pregnan" in said
    assert "at that money" not in said
    assert not re.search(r"tretinoin[^.;]*over (?:by|budget)", said, re.IGNORECASE)
    assert "tretinoin" not in offered(question)


@pytest.mark.parametrize("face", FACES)
def test_a_course_with_a_caution_carries_it_in_every_answer(face: str, faces: Faces) -> None:
    row = next(r for r in answered("best for acne scars, skin type 5").parts[0].rows if r.screening.cautions)
    for question in (
        "best for acne scars, skin type 5",
        f"is {row.option.name} worth it for acne scars, skin type 5",
        f"why {row.option.name} for acne scars, skin type 5",
    ):
        said = faces.all()[face](question)
        assert "skin type V or VI" in said or "fitzpatrick-5-6" in said, question


# ------------------------------------------------------------------ what could not be read

UNREAD = (
    ("best for melasma, I have flurbosis", "flurbosis"),
    ("wrinkles, I take zorbamide", "zorbamide"),
    ("acne scars, I'm allergic to quinquenol", "allergic to quinquenol"),
    ("hair loss, I was diagnosed with flurbosis last year", "flurbosis"),
)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(("question", "words"), UNREAD)
def test_what_was_said_and_not_read_stops_tablets_and_injections_on_every_face(
    question: str, words: str, face: str, faces: Faces
) -> None:
    said = faces.all()[face](question)
    assert re.search(rf"[Yy]ou said (?:'|&#39;){words}(?:'|&#39;)", said)
    routes = {CATALOG.procedures[identity].route for identity in offered(question)}
    assert not routes & {"oral", "injected", "infused"}


@pytest.mark.parametrize("question", [UNREAD[0][0], "plan fine lines under $3000, I have flurbosis",
                                      "is botox worth it for wrinkles, I have flurbosis"])  # fmt: skip
def test_what_was_not_read_is_told_before_anything_that_is_for_sale(question: str) -> None:
    text = str(answered(question))
    assert 0 <= text.casefold().find("you said 'flurbosis'") < 400
    assert not {"oral", "injected", "infused"} & {CATALOG.procedures[i].route for i in offered(question)}


@pytest.mark.parametrize(
    "question",
    [
        "best for wrinkles in Toronto under 500 CAD",
        "wrinkles, I have a wedding in June",
        "tried dermarolling for wrinkles and it did nothing",
        "wrinkles, my friend Bob says lasers are great",
        "best treatment for cellulite and wrinkles",
        "wrinkles, I have 800 euros",
        "wrinkles, I'm a nurse with three kids",
        "does Botox help with migraines",
    ],
)
def test_words_of_a_concern_a_place_a_price_or_a_history_are_not_about_the_person(question: str) -> None:
    assert understand(question, CATALOG).unread == ()


# ------------------------------------------------------------------ red flags, foundations, what cannot be

RED = """
[[red_flag]]
words = ["changing mole", "mole that changes"]
says = "A mole that changes has to be looked at."
source = "lim-2024-exosomes"

[[foundation]]
concern = "pigment"
procedure = "sunscreen"
text = "Without it nothing else lasts."
source = "lim-2024-exosomes"
"""


@pytest.fixture
def over(tmp_path: Any) -> Any:
    folder = tmp_path / "over"
    folder.mkdir()
    (folder / "made-up.toml").write_text(RED, encoding="utf-8")
    return folder


def test_a_red_flag_sells_nothing_on_any_face(over: Any) -> None:
    facts = load_catalog(over)
    found = decide.ask("best for pigment, I have a mole that changes", catalog=facts)
    assert found.parts == ()
    for said in (str(found), found._repr_html_(), json.dumps(found.to_dict())):
        assert "mole that changes has to be looked at" in said
        assert "Hydroquinone" not in said
    for command in (("ask",), ("report",)):
        _, said = terminal(*command, "best for pigment, I have a mole that changes", "--catalog", str(over))
        assert "See a doctor first" in said
        assert "Hydroquinone" not in said


def test_a_foundation_stands_above_and_is_no_rival(over: Any) -> None:
    facts = load_catalog(over)
    found = decide.rank("pigment", catalog=facts, draws=0)
    assert "sunscreen" not in {row.option.id for row in found.rows}
    assert [item.id for item in found.foundations] == ["sunscreen"]
    for said in (str(found), found._repr_html_()):
        # the verdict comes first, then what goes with any, then the table
        assert said.index("With any of these: Sunscreen") < said.rindex(found.rows[0].option.name)
    plan = decide.plan(["pigment"], 3000, catalog=facts, least_stars=0)
    assert "sunscreen" not in [course.id for view in (plan.best, *plan.runner_ups) for course in view.courses]
    (row,) = decide.instead("sunscreen", concern="pigment", catalog=facts).rows
    assert row.named is None or row.named.id != "sunscreen"


@pytest.mark.parametrize("args", [("--pregnant", "--sex", "male"), ("--breast-feeding", "--sex", "male"),
                                  ("--condition", "could-become-pregnant", "--sex", "male")])  # fmt: skip
def test_what_cannot_be_true_is_refused_in_one_line(args: tuple[str, ...], faces: Faces) -> None:
    status, said = terminal("best", "wrinkles", *args)
    assert status == 2
    assert said.count("\n") == 1
    assert "man" in said
    keys = {"--pregnant": {"pregnant": True}, "--breast-feeding": {"breast_feeding": True}}
    person = {"sex": "male", **keys.get(args[0], {"conditions": ["could-become-pregnant"]})}
    answer = faces.client.post("/api/rank", json={"concern": "wrinkles", "person": person})
    assert answer.status_code == 422


@pytest.mark.parametrize("filter_", [("--without-interested",), ("--without", "balancedayspa-microneedling-contra")])
@pytest.mark.parametrize(
    ("concern", "person", "barred"),
    [("acne-scars", ("--condition", "keloid-tendency"), "microneedling"), ("wrinkles", ("--pregnant",), "tretinoin"),
     ("redness", ("--skin-type", "6"), "ipl")],
)  # fmt: skip
def test_an_evidence_filter_leaves_every_bar_standing(
    filter_: tuple[str, ...], concern: str, person: tuple[str, ...], barred: str
) -> None:
    _, said = terminal("best", concern, *person, *filter_, "--exact", "--format", "json")
    had = [r["option"]["id"] for r in json.loads(said)["answers"][0]["rows"] if r["option"]["id"] != "nothing"]
    held = {p.id for identity in had for p in parts_of(CATALOG, effect_of_id(CATALOG, identity))}
    assert barred not in held


# ------------------------------------------------------------------ both sexes, the row's marks, links


def test_hair_loss_without_a_sex_is_answered_for_both_apart() -> None:
    parts = answered("best for hair loss").parts
    assert [part.subtype for part in parts] == ["male-pattern", "female-pattern"]
    assert "dutasteride-oral" not in bought(parts[1])
    one = decide.rank("hair loss", catalog=CATALOG, draws=0)
    asked = {item.id: item for item in one.ask_first}
    assert "dutasteride-oral" in asked
    assert "say whether you are a man or a woman" in str(one)


@pytest.mark.parametrize("face", FACES)
def test_a_prescription_option_names_who_must_not_take_it(face: str, faces: Faces) -> None:
    said = faces.all()[face]("best for melasma")
    if face in ("api", "batch"):
        assert '"not_with"' in said
        assert "thrombosis-history" in said
    else:
        assert "on prescription only (not with" in " ".join(said.split()).casefold()
        assert readable(CATALOG, "thrombosis-history") in " ".join(said.split())


def test_every_link_carries_the_person(faces: Faces) -> None:
    fields = {"concern": "wrinkles", "edit": "1", "skin_type": "5", "condition": "keloid-tendency", "age": "30",
              "sex": "female", "feeding": "yes", "unread": "flurbosis", "market": "uk"}  # fmt: skip
    for path in ("/", "/instead", "/options/retinol", "/compare"):
        more = {"for": "retinol"} if path == "/instead" else {}
        page = faces.client.get(path, params={**fields, **more, "with": ["retinol", "tretinoin"]}).text
        body = page[page.find("<main") : page.find("</main")]
        for link in re.findall(r'href="(/(?:options|instead|compare|report)?[^"#]*\?[^"]*)"', body):
            for name, value in fields.items():
                if name not in ("concern", "edit"):
                    assert f"{name}={value}" in link, (path, link, name)


@pytest.mark.parametrize("face", [f for f in FACES if f not in ("api", "batch")])
@pytest.mark.parametrize(("question", "harm"), [("hollow under-eyes", "blindness"), ("melasma", "thrombosis")])
def test_a_grave_harm_is_named_on_every_face(question: str, harm: str, face: str, faces: Faces) -> None:
    said = " ".join(faces.all()[face](question).split())
    assert re.search("Lasting or dangerous, however rare|[Rr]are but lasting or dangerous", said)
    assert harm in said


def test_what_has_a_grave_harm_in_the_files_carries_its_sign_at_its_name() -> None:
    """Of every option of every concern, by the raw facts of all that it holds."""
    grave = {
        name
        for name in CATALOG.procedures
        if any(f.grave for f in CATALOG.practice(name, "gravest-harm"))
        or any(h.grave and h.rate_high for h in CATALOG.harms(name))
    }
    seen = 0
    for concern in ("acne scars", "hair loss", "wrinkles"):
        ranking = decide.rank(concern, draws=0, catalog=CATALOG)
        for row, view in zip(ranking.options, ranking_view(ranking).options, strict=False):
            held = {row.option.effect.main, row.option.effect.treatment}
            if held & grave:
                seen += 1
                assert GRAVEST in view.signs, row.option.id
    assert seen > 20


@pytest.mark.parametrize("face", FACES)
def test_what_a_guide_names_is_not_told_to_whom_it_is_barred(face: str, faces: Faces) -> None:
    """Guides name hydroquinone and tretinoin first for melasma, and nobody for whoever is pregnant."""
    ranking = decide.rank("melasma", person={"pregnant": True}, draws=0, catalog=CATALOG)
    barred = {p.id for p in CATALOG.procedures.values() if any(
        f.value == "pregnancy" for f in CATALOG.practice(p.id, "contraindication"))}  # fmt: skip
    assert not {item.id for item in ranking.named if item.line != "avoid"} & barred
    assert {item.id for item in decide.rank("melasma", draws=0, catalog=CATALOG).named} & barred
    said = getattr(faces, face)("best for melasma, I'm pregnant")
    assert "Guides name first" not in said


@pytest.mark.parametrize("face", ["library", "notebook", "terminal", "page", "report"])
def test_whether_somebody_may_have_it_is_told_before_what_it_gains(face: str, faces: Faces) -> None:
    said = getattr(faces, face)("why microneedling for acne scars, I have keloids")
    told = said.index("Ask first")
    assert 0 < told < said.index("Does it help?")
    assert told < said.index("come out at least half better")
