"""Who may not have what: each such fact in the files is given, and each condition has words of its own."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from decide.catalog import Catalog, load_catalog
from decide.catalog.check import check
from decide.catalog.holes import holes
from decide.catalog.read import Fault
from decide.criteria.risk import risk
from decide.evidence.index import Effect
from decide.question.reading import understand
from decide.question.vocabulary import stems_of
from decide.report.views.facts import fact_says
from tests.shipped import CATALOG, FOLDER, rows

BY_CONDITION = ("contraindication", "caution", "not-contraindicated")


def test_every_bar_and_caution_in_the_files_is_given_for_its_procedure(catalog: Catalog) -> None:
    written = Counter(
        (f["procedure"], f["fact"], f["value"], f.get("market"), f["source"], f.get("strength"))
        for f in rows("practice")
        if f["fact"] in BY_CONDITION
    )
    given = Counter(
        (f.procedure, f.fact, f.value, f.market, f.source, f.strength)
        for procedure in catalog.procedures
        for f in catalog.practice(procedure, *BY_CONDITION)
    )
    assert written == given
    assert written


def test_every_bar_names_a_condition_of_the_list() -> None:
    listed = {c["id"] for c in rows("condition")}
    assert {f["value"] for f in rows("practice") if f["fact"] in BY_CONDITION} <= listed


def test_the_words_of_a_condition_are_its_own_however_they_are_written() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for condition in rows("condition"):
        for word in condition.get("words", ()):
            owners.setdefault(stems_of(word), set()).add(condition["id"])
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("condition", rows("condition"), ids=lambda c: str(c["id"]))
def test_every_phrase_of_a_condition_is_read_as_that_condition(condition: dict[str, Any], catalog: Catalog) -> None:
    for phrase in condition.get("words", ()):
        read = understand(f"I have wrinkles and {phrase}, what helps", catalog)
        assert read.person.conditions == (condition["id"],), phrase
        assert "wrinkles" in [c.id for c in read.concerns], phrase


def test_an_old_id_of_a_condition_is_read_as_its_new_one(catalog: Catalog) -> None:
    from decide.question.request import RENAMED, Person

    assert set(RENAMED.values()) <= set(catalog.conditions)
    assert not set(RENAMED) & set(catalog.conditions)
    assert Person(conditions=("platelet-dysfunction",)).conditions == ("thrombocytopenia",)


def test_red_flags_and_foundations_are_given_with_their_sources(catalog: Catalog) -> None:
    assert [list(flag.words) for flag in catalog.red_flags] == [r["words"] for r in rows("red_flag")]
    assert all(flag.source in catalog.sources for flag in catalog.red_flags)
    written = rows("foundation")
    for concern in catalog.concerns:
        mine = [f for f in written if f["concern"] == concern]
        assert len(catalog.foundations(concern)) == sum("kind" not in f for f in mine)
        for kind in {f["kind"] for f in mine if "kind" in f}:
            assert len(catalog.foundations(concern, kind)) == sum(f.get("kind", kind) == kind for f in mine)


def test_every_phrase_of_a_red_flag_is_seen_in_a_question(catalog: Catalog) -> None:
    for flag in catalog.red_flags:
        for phrase in flag.words:
            assert understand(f"acne scars, and {phrase}. what is best?", catalog).red_flags, phrase


def test_of_ordinary_questions_few_raise_a_red_flag(catalog: Catalog) -> None:
    asked = [q["text"] for q in rows("question", FOLDER.parent / "tests" / "question")]
    raised = {text for text in asked if understand(text, catalog).red_flags}
    assert raised == {
        "my hair has been falling out in clumps, help",
        "scarring alopecia, what can I do",
        "this mole has changed colour, can laser remove it?",
    }


def test_a_rate_says_of_whom_and_only_placebo_or_nothing_is_taken_off() -> None:
    with_rate = [h for h in rows("harm") if "comparator_rate" in h]
    assert with_rate
    assert all("comparator" in h for h in with_rate)
    catalog = CATALOG
    for procedure in catalog.procedures:
        for harm in catalog.harms(procedure):
            idle = harm.comparator in ("placebo", "untreated")
            assert harm.background == (harm.comparator_rate if idle else 0.0)


def test_a_harm_that_another_drug_shares_is_not_taken_off(catalog: Catalog) -> None:
    """Ivermectin's 32 in 100 were counted beside metronidazole's 33: they are ivermectin's all the same."""
    says = " ".join(fact_says(ref) for ref in risk(catalog, Effect("ivermectin-topical")).refs)
    assert "32.4" in says


OVERLAY = """
[[source]]
id = "mine"
title = "A label"
kind = "government-page"

[[practice]]
procedure = "tretinoin"
source = "mine"
"""


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ('fact = "contraindication"\nvalue = "left-handed"', "unknown condition 'left-handed'"),
        ('fact = "not-contraindicated"\nvalue = "left-handed"', "unknown condition 'left-handed'"),
        ('fact = "pregnancy-compatible"\nvalue = "surely"', "unknown pregnancy-compatible 'surely'"),
        ('fact = "status"\nvalue = "fashionable"', "unknown status 'fashionable'"),
        ('fact = "status"\nvalue = "off-label"', "for which concern?"),
        ('fact = "status"\nvalue = "prescription-only"', "in which market?"),
        ('fact = "no-bar-by-sex"\nvalue = "pregnancy"', "unknown no-bar-by-sex 'pregnancy'"),
        ('fact = "caution"\nvalue = "diabetes"\nstrength = "weak"', "only a contraindication has a strength"),
        ('fact = "contraindication"\nvalue = "diabetes"\nstrength = "middling"', "strength: "),
        ('fact = "from-age"\nvalue = "grown up"', "in years"),
        ('fact = "from-age"\nlow = 12\nhigh = 18', "in years"),
        ('fact = "from-age"\nlow = 300', "in years"),
        ('fact = "gravest-harm"\nvalue = "blindness"\nhigh = 120', "percent of people"),
        ('fact = "gravest-harm"\nlow = 1', "by name"),
        ('fact = "caution"\nvalue = "diabetes"\ngrave = true', "only a gravest-harm is grave"),
    ],
)
def test_a_fact_outside_its_words_or_bounds_is_a_problem(fact: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(OVERLAY + fact)
    assert any(reason in str(problem) for problem in check(load_catalog(tmp_path)))


def test_sound_facts_of_the_new_kinds_are_no_problem(tmp_path: Path) -> None:
    body = OVERLAY.replace("[[practice]]\n", "", 1).split('procedure = "tretinoin"')[0]
    for fact in (
        'fact = "pregnancy-compatible"\nvalue = "breast-feeding-if-needed"',
        'fact = "status"\nvalue = "off-label"\nconcern = "pigment"',
        'fact = "status"\nvalue = "unlawful"\nmarket = "uk"',
        'fact = "no-bar-by-sex"\nvalue = "male-sex"',
        'fact = "contraindication"\nvalue = "diabetes"\nstrength = "weak"',
        'fact = "from-age"\nlow = 12',
        'fact = "gravest-harm"\nvalue = "burns"\nlow = 0.1\nhigh = 2\ngrave = true',
        'fact = "notice"\nvalue = "a card goes into every pack"\nmarket = "uk"',
    ):
        body += f'\n[[practice]]\nprocedure = "tretinoin"\nsource = "mine"\n{fact}\n'
    (tmp_path / "mine.toml").write_text(body)
    assert check(load_catalog(tmp_path)) == []


def test_a_rate_without_of_whom_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        """
[[harm]]
source = "lim-2024-exosomes"
procedure = "tretinoin"
concern = "wrinkles"
event = "irritation"
severity = "minor"
rate_low = 20
rate_high = 20
comparator_rate = 5
"""
    )
    assert any("of whom it speaks" in str(problem) for problem in check(load_catalog(tmp_path)))


@pytest.mark.parametrize(
    ("facts", "here", "there"),
    [
        ({}, False, False),
        ({"us": ["prescription-only"]}, True, True),
        ({"us": ["prescription-only"], "uk": ["over-the-counter"]}, True, False),
        ({"us": ["prescription-only", "over-the-counter"]}, False, True),
        ({"us": ["clinic-device"], "uk": ["prescription-only"]}, False, True),
        ({"us": ["not-approved"], "uk": ["prescription-only"]}, True, True),
        ({"us": ["licensed"]}, False, False),
    ],
)
def test_a_prescription_is_worked_out_by_market(
    facts: dict[str, list[str]], here: bool, there: bool, tmp_path: Path
) -> None:
    """By what a market's facts say; another market's only where those say nothing of how it is had."""
    leech = """
[[procedure]]
id = "leech"
name = "Leeches"
family = "skincare"
summary = "A leech."
mode_of_action = "It bites."
mechanism = "other"
setting = "clinic"
route = "topical"
clinic = true
role = "standalone"
invasiveness = "surface"
"""
    for market, values in facts.items():
        for value in values:
            leech += f"""
[[practice]]
procedure = "leech"
concern = "wrinkles"
fact = "status"
value = "{value}"
market = "{market}"
source = "nhs-botox"
"""
    (tmp_path / "mine.toml").write_text(leech)
    catalog = load_catalog(tmp_path)
    assert catalog.on_prescription("leech", "us") is here
    assert catalog.on_prescription("leech", "uk") is there
    assert catalog.avoids["prescription"].matches(catalog.procedures["leech"], on_prescription=here) is here


def test_words_of_two_conditions_or_red_flags_and_kinds_that_are_not_there_are_problems(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        """
[[condition]]
id = "left-handed"
name = "A left hand"
kind = "habit"
words = ["Epilepsy"]
implies = ["two-left-hands"]

[[red_flag]]
words = ["butterfly-rash"]
says = "See a doctor."
source = "lim-2024-exosomes"

[[foundation]]
concern = "pigment"
kind = "freckled"
text = "A hat."
source = "lim-2024-exosomes"

[[mention]]
id = "hands"
words = ["left hand"]
conditions = ["left-footed"]
"""
    )
    text = "\n".join(map(str, check(load_catalog(tmp_path))))
    for reason in (
        "'Epilepsy' also means 'epilepsy'",
        "implies an unknown condition 'two-left-hands'",
        "'butterfly-rash' also means 'butterfly rash'",
        "pigment has no kind 'freckled'",
        "unknown condition 'left-footed'",
    ):
        assert reason in text


def test_a_card_that_names_a_group_without_a_fact_is_a_hole(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        """
[[procedure]]
id = "leech"
name = "Leeches"
family = "skincare"
summary = "A leech."
mode_of_action = "It bites."
mechanism = "other"
setting = "clinic"
route = "topical"
clinic = true
role = "standalone"
invasiveness = "surface"
caution = "Not for diabetics."

[[practice]]
procedure = "leech"
fact = "status"
value = "prescription-only"
market = "uk"
source = "nhs-botox"
"""
    )
    found = [h for h in holes(load_catalog(tmp_path)) if h.entry == "leech"]
    text = "\n".join(map(str, found))
    assert "says 'diabetics', and no fact on leech speaks of diabetes" in text
    assert "on prescription, and no fact on pregnancy" in text
    assert "on prescription, and no fact on sex" in text


def test_holes_are_listed_and_are_no_error() -> None:
    from click.testing import CliRunner

    from decide.cli.catalog import catalog as command

    ran = CliRunner().invoke(command, ["check", "--holes"], standalone_mode=False)
    assert ran.exception is None
    assert ran.return_value in (0, None)
    assert ran.output.strip().splitlines()[-1].endswith(("hole.", "holes."))


def test_a_note_on_any_fact_and_any_part_of_a_card_owes_a_fact_on_the_group_it_names(tmp_path: Path) -> None:
    before = {str(hole) for hole in holes(CATALOG)}
    (tmp_path / "more.toml").write_text(
        '[[practice]]\nprocedure = "sunscreen"\nfact = "onset-weeks"\nlow = 1\nsource = "lim-2024-exosomes"\n'
        'note = "Not with a pacemaker."\n',
        encoding="utf-8",
    )
    (found,) = {str(hole) for hole in holes(load_catalog(tmp_path))} - before
    assert "sunscreen" in found
    assert "pacemaker" in found


@cache
def as_it_is() -> list[Fault]:
    """The holes of the catalogue itself."""
    return holes(load_catalog())


def planted(folder: Path, body: str) -> set[str]:
    """The holes that a body of facts adds."""
    (folder / "more.toml").write_text(body, encoding="utf-8")
    return {str(hole) for hole in holes(load_catalog(folder))} - {str(hole) for hole in as_it_is()}


@pytest.mark.parametrize(
    ("value", "note", "told"),
    [
        ("sun-exposure", "Never on sunburn.", "of tan"),
        ("sun-exposure", "Not on broken, sunburnt or eczematous skin.", "of wounds"),
        ("sun-exposure", "Never on irritated skin, nor after laser.", "of laser-lately"),
        ("sun-exposure", "School's list: infection, cold sores, open wounds.", "of wounds"),
        ("sun-exposure", "Clinic's list: connective tissue disease, psoriasis.", "of psoriasis"),
        ("sun-exposure", "Isotretinoin or tretinoin in the last months.", "of retinoids"),
        ("sun-exposure", "No peel, laser or needling for four weeks before.", "of peel-lately"),
        ("sun-exposure", "Not on medicines that sensitise to light.", "of light-sensitising"),
        ("sun-exposure", "Not for use after the menopause.", "of menopause"),
        ("sun-exposure", "Avoid in dermal melasma.", "of deep-melasma"),
        ("sun-exposure", "Barred after seizures.", "of fits"),
        ("sun-exposure", "Under local anaesthesia.", "of numbing"),
        ("sun-exposure", "Avoid the sun.", "says 'Avoid', and sun-exposure is a caution"),
        ("epilepsy", "It must not be used after a fit.", "no bar on sunscreen speaks of fits"),
        ("severe-renal-impairment", "Contraindicated.", "and severe-renal-impairment is a caution"),
    ],
)
def test_a_caution_whose_note_bars_or_names_another_group_is_a_hole(
    value: str, note: str, told: str, tmp_path: Path
) -> None:
    found = planted(tmp_path, f'{ON_SUNSCREEN}fact = "caution"\nvalue = "{value}"\nnote = "{note}"\n')
    assert any(told in hole for hole in found), found


def test_a_bar_that_names_a_group_with_a_caution_alone_is_a_hole(tmp_path: Path) -> None:
    caution = f'{ON_SUNSCREEN}fact = "caution"\nvalue = "herpes"\nnote = "An antiviral first."\n'
    bar = f'{ON_SUNSCREEN}fact = "contraindication"\nvalue = "active-infection"\nnote = "Infection, cold sores."\n'
    (hole,) = planted(tmp_path, caution + bar)
    assert "says 'cold sores', and no bar on sunscreen speaks of cold-sores" in hole


@pytest.mark.parametrize(
    "answer",
    [
        'fact = "contraindication"\nvalue = "severe-renal-impairment"',
        'fact = "not-contraindicated"\nvalue = "renal-impairment"',
    ],
)
def test_a_note_that_bars_is_answered_by_a_bar_of_the_worst_case_or_by_who_allows_it(
    answer: str, tmp_path: Path
) -> None:
    caution = f'{ON_SUNSCREEN}fact = "caution"\nvalue = "renal-impairment"\nnote = "Not in severe kidney disease."\n'
    assert any("is a caution" in hole for hole in planted(tmp_path, caution))
    assert not planted(tmp_path, f"{caution}{ON_SUNSCREEN}{answer}\n")


def test_no_note_of_the_catalogue_bars_more_than_its_facts_do() -> None:
    found = [str(hole) for hole in as_it_is() if "no bar on" in hole.reason or "is a caution" in hole.reason]
    assert found == []


def test_no_note_names_a_state_of_skin_a_medicine_or_a_treatment_of_which_no_fact_speaks() -> None:
    named = ("wounds", "psoriasis", "tan", "menopause", "numbing", "retinoids", "light-sensitising", "fits",
             "laser-lately", "peel-lately", "filler-lately", "deep-melasma", "kidneys", "heart", "liver")  # fmt: skip
    silent = [h for h in as_it_is() if h.table == "practice" and h.reason.endswith(named)]
    assert [str(hole) for hole in silent] == []


def test_a_status_of_a_mix_is_its_own_and_one_of_a_kind_is_of_that_kind(catalog: Catalog) -> None:
    from decide.alternatives.eligibility import screen
    from decide.question.problem import Concern
    from tests.posed import posed

    def status(procedure: str, concern: str, kind: str = "") -> set[str]:
        problem = posed(catalog, concern, subtype=kind or None)
        return {s.value for s in screen(problem, Effect(procedure), Concern(concern, kind)).status}

    assert "not-approved" in status("hydroquinone", "pigment")
    assert "not-approved" not in status("triple-combination-cream", "pigment", "melasma")
    for name in ("azelaic-acid", "doxycycline-oral"):
        assert "off-label" not in status(name, "redness", "papulopustular")
        assert "off-label" in status(name, "redness", "telangiectasia")


def test_what_rests_on_one_seller_or_clinic_is_weak() -> None:
    told = ("Device seller", "Clinic page", "Clinic:", "Hair clinic")
    strong = {(f["procedure"], f["value"]) for f in rows("practice") if f["fact"] == "contraindication"
              and "strength" not in f and not f.get("note", "").startswith(told)}  # fmt: skip
    loud = {(f["procedure"], f["value"]) for f in rows("practice") if f["fact"] == "contraindication"
            and "strength" not in f and f.get("note", "").startswith(told)}  # fmt: skip
    assert loud <= strong


ON_SUNSCREEN = '[[practice]]\nprocedure = "sunscreen"\nsource = "lim-2024-exosomes"\n'
FACT = '[[practice]]\nprocedure = "retinol"\nsource = "lim-2024-exosomes"\n'
STATE = '[[condition]]\nid = "hiccups"\nname = "Hiccups"\nkind = "illness"\n'
OFF = 'concern = "redness"\nfact = "status"\nvalue = "off-label"\nmarket = "us"\nkinds = ["rolling"]'


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        (f'{FACT}fact = "contraindication"\nvalue = "pregnency"', "(did you mean 'pregnancy'?)"),
        (f'{STATE}words = ["hiccups"]', "no contraindication"),
        (f'{STATE}implies = ["diabetes"]\nallergens = ["nickel"]', "also means"),
        (f"{FACT}{OFF}", "redness has no kind 'rolling'"),
        ('[[vague]]\nwords = ["so so"]\nmay_be = ["nothing-known"]\nasks = "say"', "condition 'nothing-known'"),
    ],
)
def test_a_fault_that_is_planted_is_found(tmp_path: Path, planted: str, told: str) -> None:
    (tmp_path / "more.toml").write_text(planted + "\n", encoding="utf-8")
    assert any(told in str(fault) for fault in check(load_catalog(tmp_path)))
