"""Answers hold data and no sentence; they show and flatten themselves by what the report registers."""

import json
from collections.abc import Iterator
from typing import get_args

import pytest

import decide
from decide.answers.ask import Answer
from decide.catalog import Catalog
from decide.report.formats import render
from decide.report.html import TEMPLATES
from decide.report.layout import LAYOUTS
from decide.report.views.answer import VIEWS, AnswerView, Part
from decide.result import Result
from tests.shipped import files


@pytest.fixture(scope="module")
def answers(catalog: Catalog) -> list[Result]:
    from decide.answers.documents import documents
    from tests.posed import posed

    return [
        decide.rank("acne scars", budget=900, market="uk", person={"skin_type": 5}, avoid=["lasers"], catalog=catalog),
        decide.compare(["microneedling", "subcision"], "acne scars", catalog=catalog),
        decide.instead("exosomes", market="au", catalog=catalog),
        decide.plan(["acne scars"], budget=2000, catalog=catalog),
        decide.why("microneedling", "acne scars", catalog=catalog)[0],
        decide.show("tretinoin", market="uk", catalog=catalog)[0],
        decide.ask("hair loss under £900", catalog=catalog),
        documents(posed(catalog)),
    ]


def test_every_answer_has_every_form(answers: list[Result]) -> None:
    for answer in answers:
        assert str(answer).strip()
        assert answer._repr_html_().startswith('<div class="decide">')
        for form in ("table", "json", "markdown", "html"):
            assert render(answer, form)


def test_every_answer_has_a_view_and_a_place_for_it(answers: list[Result]) -> None:
    assert {type(answer) for answer in answers} <= {*VIEWS, Answer}
    # a whole answer is its parts in HTML
    assert set(LAYOUTS) == {*TEMPLATES, AnswerView}
    assert set(get_args(Part)) == set(TEMPLATES)
    assert len(VIEWS) == len(TEMPLATES)


def test_the_plain_form_holds_neither_the_catalogue_nor_a_sentence(answers: list[Result]) -> None:
    for answer in answers:
        plain = answer.to_dict()
        assert json.loads(json.dumps(plain)) == plain
        assert "catalog" not in plain
    ranking, comparison, instead = (answer.to_dict() for answer in answers[:3])
    said = [*ranking["left_out"], *comparison["pairs"], *instead["rows"], *answers[-1].to_dict()["rows"], ranking]
    for one in said:
        assert not {"reason", "reasons", "words", "says", "why_not"} & set(one)


def strings(plain: object) -> Iterator[str]:
    """Every text in a plain form."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict | list):
        for part in plain.values() if isinstance(plain, dict) else plain:
            yield from strings(part)


def test_no_answer_holds_a_sentence_that_is_not_the_catalogues(answers: list[Result], catalog: Catalog) -> None:
    told = {" ".join(s.split()) for file in files().values() for s in strings(file)}
    for answer in answers:
        plain = answer.to_dict()
        # the question as it was taken, and what of it was not, are for a reader
        own = {plain.pop("restated", ""), *plain.pop("gaps", ())}
        names = {name for name in strings(plain) if any(joint in name for joint in (" + ", " (on ", " after "))}
        for said in {" ".join(s.split()) for s in strings(plain)} - own - names:
            # several names of the catalogue's are told one after the other
            named = any(said in one for one in told) or all(name in told for name in said.split(", "))
            assert named or said in told or len(said.split()) < 6, (type(answer).__name__, said)


def test_what_is_left_out_is_data(answers: list[Result]) -> None:
    ranking = answers[0].to_dict()
    by_why = {item["why"]: item for item in ranking["left_out"]}
    assert by_why["over budget"]["amount"] > 0
    assert by_why["over budget"]["total"]["typical"] > 900
    assert by_why["avoided"]["value"] == "lasers"
    assert "reason" not in by_why["over budget"]
    cautions = [c for row in ranking["rows"] for c in row["screening"]["cautions"]]
    assert {c["kind"] for c in cautions} >= {"care", "no-fact"}
    assert "fitzpatrick-5-6" in {c["value"] for c in cautions}
    assert ranking["filter_costs"][0]["kind"] == "avoid"


def test_verdicts_are_data(answers: list[Result]) -> None:
    pair = answers[1].to_dict()["pairs"][0]
    assert pair["verdict"] in ("first", "second", "too close")
    assert {pair["first"], pair["second"]} <= {s["row"]["option"]["id"] for s in answers[1].to_dict()["sides"]}
    for row in answers[2].to_dict()["rows"]:
        assert row["verdict"] in ("behind", "ahead", "too close", "no figure", "nothing else", "not to be had")


def test_several_answers_in_one(answers: list[Result]) -> None:
    two = [answers[0], answers[2]]
    assert len(json.loads(render(two, "json"))["answers"]) == 2
    assert render(two, "table").count("─" * 60) == 1
    assert render(two, "html").count("<h2>") == 2


def test_a_chain_or_a_card_has_no_lines_for_csv(answers: list[Result]) -> None:
    for answer in answers[4:6]:
        assert answer.records() == []
        with pytest.raises(decide.InputError, match="no lines"):
            render(answer, "csv")


def test_records_are_flat(answers: list[Result]) -> None:
    for answer in (*answers[:4], *answers[6:]):
        records = answer.records()
        assert records
        for record in records:
            assert all(not isinstance(value, dict | list | tuple) for value in record.values())
