"""Answers as JSON have one shape: the schema that the program makes, real answers and the page about them agree."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import decide
from decide.answers.ask import document
from decide.answers.documents import documents
from decide.batch.requests import Asked
from decide.batch.run import answered
from decide.catalog import Catalog
from decide.cli.main import main
from decide.report.formats import render
from decide.report.schema import Line, schema
from tests.posed import posed

PAGE = Path(__file__).parents[2] / "docs" / "json.md"
QUESTIONS = (
    "what's best for acne scars under $2000",
    "best for ice-pick scars under £900, I am pregnant and have dark skin",
    "best for redness under $1",
    "are exosomes worth $2000",
    "is Rejuran worth it for dark circles",
    "what else could I do for the price of Fraxel for wrinkles",
    "plan for acne scars and melasma under $2000",
    "subcision or microneedling for acne scars",
    "exosomes or PRP",
    "how many sessions of subcision",
    "tell me about exosomes",
    "why microneedling for acne scars",
    "my mole is bleeding, what laser is best",
)
COMMANDS = (
    ("best", "acne scars", "--sure", "--methods", "--frontier", "--draws", "50"),
    ("best", "acne scars", "--without-interested", "--avoid", "lasers", "--price", "fraxel=1200", "--draws", "50"),
    ("compare", "exosomes", "tretinoin"),
    ("instead", "prp"),
    ("show", "exosomes", "--skin-type", "5"),
    ("why", "1", "--for", "acne scars"),
    ("why", "prp-microneedling", "--for", "acne scars"),
    ("plan", "wrinkles", "--budget", "3000"),
    ("catalog", "documents"),
)


@pytest.fixture(scope="module")
def check() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.validator_for(schema())


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_to_a_question_is_what_the_schema_says(
    question: str, check: jsonschema_rs.Draft202012Validator, catalog: Catalog
) -> None:
    found = json.loads(render(decide.ask(question, draws=50, catalog=catalog), "json"))
    check.validate(found)
    assert not [*blank(found)]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_answer_of_a_command_is_what_the_schema_says(
    command: tuple[str, ...], check: jsonschema_rs.Draft202012Validator, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    check.validate(found)
    assert found["answers"]
    assert not [*blank(found)]


@pytest.mark.parametrize("asked", [Asked(1, "best for redness"), Asked("x", "how do I fix my bicycle")])
def test_a_line_of_a_batch_has_one_shape_answered_or_refused(asked: Asked, catalog: Catalog) -> None:
    found = answered(catalog, asked, draws=50)
    jsonschema_rs.validator_for(schema(Line)).validate(found)
    assert (found["error"] is None) is bool(found["answers"])


def test_the_schema_lets_nothing_be_missing_or_added(
    check: jsonschema_rs.Draft202012Validator, catalog: Catalog
) -> None:
    found = document(decide.rank("redness", draws=0, catalog=catalog))
    assert check.is_valid(found)
    row = found["answers"][0]["rows"][0]
    del row["worth"]
    assert not check.is_valid(found)
    row["worth"] = [0.0, 0.0]
    assert check.is_valid(found)
    row["more"] = 1
    assert not check.is_valid(found)


def blank(plain: Any, at: str = "") -> Iterator[str]:
    """Where an empty text stands."""
    for name, value in (
        plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    ):
        if value == "":
            yield f"{at}.{name}"
        yield from blank(value, f"{at}.{name}")


def test_the_verdict_is_in_it(catalog: Catalog) -> None:
    ranking = decide.rank("acne scars", budget=2000, catalog=catalog)
    found = document(ranking)["answers"][0]
    verdict, ids = found["verdict"], [row["option"]["id"] for row in found["rows"]]
    assert verdict["best"] == ids[0]
    assert set(verdict["tied"]) <= set(ids)
    assert verdict["people"]["dummy"] < verdict["people"]["typical"]
    assert verdict["not_worth"]["row"] in {*ids, *(item["id"] for item in found["unmeasured"])}


def test_an_unknown_figure_is_null_and_not_what_it_is_scored_with(catalog: Catalog) -> None:
    ranking = decide.rank("acne scars", draws=0, catalog=catalog)
    unknown = [
        (row.option.id, name) for row in ranking.options for name, cell in row.cells.items() if cell.basis == "unknown"
    ]
    rows = {row["option"]["id"]: row for row in ranking.to_dict()["rows"]}
    assert unknown
    for option, name in unknown:
        cell = rows[option]["cells"][name]
        assert [cell[end] for end in ("low", "typical", "high")] == [None] * 3
        assert rows[option]["values"][name] is not None


def test_units_are_said(catalog: Catalog) -> None:
    ranking = document(decide.rank("hair loss", market="uk", draws=0, catalog=catalog))["answers"][0]
    assert ranking["units"]["money"] == "GBP"
    assert "hairs" in ranking["units"]["gain"]["hair-loss"]
    assert {*ranking["units"]["criteria"], "benefit", "cost"} == {*ranking["rows"][0]["cells"]}


def test_the_page_tells_of_every_field_and_of_no_other() -> None:
    line = schema(Line)
    shapes = {**line["$defs"], **schema()["$defs"], "Document": schema(), "Line": line}
    told = re.split(r"^### ", PAGE.read_text("utf-8"), flags=re.M)[1:]
    pages = {part.split()[0]: part for part in told}
    kinds = {choice["$ref"].split("/")[-1] for choice in schema()["properties"]["answers"]["items"]["oneOf"]}
    assert kinds - set(pages) == {"Documents", "ProductCheck", "Moves"}
    for name, part in pages.items():
        cells = [row.split("|")[1] for row in part.splitlines() if row.startswith("| `")]
        fields = [field for cell in cells for field in re.findall("`(.+?)`", cell)]
        shape = next(found for key, found in shapes.items() if key == name or key.endswith(f"__{name}"))
        assert sorted(fields) == sorted(shape["properties"]), name


def test_every_object_and_the_documents_are_the_same_whoever_writes_them(
    catalog: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["schema"])
    assert json.loads(capsys.readouterr().out) == schema()
    assert json.loads(render(documents(posed(catalog)), "json")) == document(documents(posed(catalog)))
