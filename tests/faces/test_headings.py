"""What limits an answer stands in its heading, by whatever face it was said; and what of it is lent, or cannot be."""

from typing import Any

import pytest

import decide
from decide.catalog import Catalog
from decide.question.request import Person
from tests.faces.ask import Faces, terminal

FLAGS: dict[str, tuple[tuple[str, ...], str]] = {
    "pregnant": (("--pregnant",), "pregnant"),
    "trying_to_conceive": (("--trying-to-conceive",), "trying to conceive"),
    "breast_feeding": (("--breast-feeding",), "breast-feeding"),
    "skin_type": (("--skin-type", "5"), "skin type 5"),
    "age": (("--age", "44"), "age 44"),
    "conditions": (("--condition", "epilepsy"), "epilepsy or seizures"),
    "sex": (("--sex", "female"), "female"),
    "avoid": (("--avoid", "lasers"), "no lasers"),
    "exclude": (("--exclude", "peels"), "not Peels"),
    "max_downtime_days": (("--max-downtime", "6"), "at most 6 days of downtime"),
}
"""Everything that may be said of who asks or be ruled out: the flag, and how it is said back."""
COMMANDS = {
    "best": ("best", "wrinkles", "--exact"),
    "compare": ("compare", "retinol", "azelaic-acid", "--for", "wrinkles"),
    "show": ("show", "retinol"),
    "why": ("why", "retinol", "--for", "wrinkles"),
    "instead": ("instead", "retinol", "--for", "wrinkles"),
    "plan": ("plan", "wrinkles", "pigment", "--budget", "2500"),
}


def test_every_field_of_a_person_is_among_these() -> None:
    assert set(Person.model_fields) <= set(FLAGS)


@pytest.mark.parametrize("command", COMMANDS)
def test_flags_are_said_back_in_the_heading_as_words_are(command: str) -> None:
    # no two of these rule each other out; each state of mothers alone rules out too much for a plan
    for names in (("skin_type", "age", "conditions", "avoid", "exclude", "max_downtime_days", "sex"), ("pregnant",)):
        given = [part for name in names for part in FLAGS[name][0]]
        status, said = terminal(*COMMANDS[command], *given)
        assert status in (0, 1), said
        heading = " ".join(said.partition("\n\n")[0].split())
        missing = [FLAGS[name][1] for name in names if FLAGS[name][1].lower() not in heading.lower()]
        assert not missing, heading


def test_each_state_is_said_as_in_words(catalog: Catalog) -> None:
    for name, (flags, says) in FLAGS.items():
        _, said = terminal("best", "wrinkles", "--exact", *flags)
        assert f" · {says.lower()} · " in said.partition("\n\n")[0].lower(), name


# ------------------------------------------------------------------ a plan says for what it has nothing


def test_a_plan_says_for_which_concern_nothing_is_offered_and_why(faces: Faces) -> None:
    for name, ask in faces.all().items():
        said = " ".join(ask("plan for acne scars and melasma under 3000, I'm pregnant").split())
        if name in ("api", "batch"):
            assert '"nothing_for": {"acne-scars": ["pregnancy"]}' in said
        else:
            assert "nothing for acne scars, atrophic scars, pigment, melasma about" in said, name
            assert "nothing that is proven enough is offered to you (pregnancy): see a doctor" in said, name


# ------------------------------------------------------------------ figures of other kinds


def test_a_kind_without_a_study_of_its_own_says_that_its_figures_are_of_others(catalog: Catalog) -> None:
    studies = {
        kind: {arm.procedure for s in catalog.studies("acne-scars") if s.subtype == kind for arm in s.arm}
        for kind in ("hypertrophic", "rolling")
    }
    for kind, known in studies.items():
        rows = decide.rank("acne scars", subtype=kind, draws=0, catalog=catalog).rows
        alone = [row for row in rows if row.option.base is None and row["benefit"].basis == "studies"]
        assert alone or kind == "hypertrophic"
        for row in alone:
            if row["benefit"].other_kinds:
                assert row.option.procedure not in known, row.option.id
        # raised scars are another disease: nothing is lent to them
        assert any(row["benefit"].other_kinds for row in alone) == (kind != "hypertrophic")
    whole = decide.rank("acne scars", draws=0, catalog=catalog).rows
    assert not any(row["benefit"].other_kinds for row in whole)


def test_the_mark_of_other_kinds_stands_on_every_face(faces: Faces) -> None:
    for name, ask in faces.all().items():
        said = " ".join(ask("best for rolling acne scars").split())
        if name in ("api", "batch"):
            assert '"other_kinds": true' in said
        else:
            assert "no study of it names this kind" in said.casefold(), name
            assert "by studies of other kinds" in said, name
    texts = [
        str(decide.compare(["prp-laser", "adapalene"], "acne scars", subtype="rolling", catalog=faces.catalog)),
        str(decide.why("prp-laser", "acne scars", subtype="rolling", catalog=faces.catalog)),
    ]
    assert all("No study of it names this kind" in " ".join(text.split()) for text in texts)


# ------------------------------------------------------------------ what cannot be

CANNOT: list[tuple[str, dict[str, Any]]] = [
    ("male-pattern", {"pregnant": True}),
    ("male-pattern", {"conditions": ["could-become-pregnant"]}),
    ("male-pattern", {"sex": "female"}),
    ("female-pattern", {"sex": "male"}),
    ("", {"pregnant": True, "sex": "male"}),
]


@pytest.mark.parametrize(("kind", "person"), CANNOT)
def test_a_kind_against_the_person_is_refused_in_one_line(kind: str, person: dict[str, Any], faces: Faces) -> None:
    with pytest.raises(decide.InputError, match="does not go with"):
        decide.rank("hair loss", subtype=kind or None, person=person, catalog=faces.catalog)
    asked = {"concern": "hair loss", "person": person} | ({"subtype": kind} if kind else {})
    answer = faces.client.post("/api/rank", json=asked)
    assert answer.status_code == 422
    keys = {"pregnant": "pregnant", "conditions": "condition", "sex": "sex"}
    fields = [(keys[k], "yes" if v is True else v if isinstance(v, str) else v[0]) for k, v in person.items()]
    kinds = [("kind", f"hair-loss/{kind}")] if kind else []
    page = faces.client.get("/", params=[("concern", "hair-loss"), *kinds, *fields])  # type: ignore[arg-type]
    assert page.status_code == 422
    assert "does not go with" in page.text


def test_an_age_is_told_once_for_each_option(catalog: Catalog) -> None:
    from decide.report.views.ranking import ranking_view

    view = ranking_view(decide.rank("wrinkles", person={"age": 15}, draws=0, catalog=catalog))
    (group,) = [group for group in view.left_out if group.why == "not for you"]
    assert len(group.lines) > 5
    for line in group.lines:
        assert line.reason.count("see a doctor") <= 1, line
        assert line.reason.count("age under 18") <= 1 + line.reason.count("(for "), line
