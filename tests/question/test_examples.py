"""Every question in examples.toml, more.toml and forum.toml is read exactly as it stands there; lists have no order."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from decide.catalog import Catalog
from decide.question.reading import understand
from decide.question.request import Request

HERE = Path(__file__).parent
LISTS = ("procedures", "avoid", "exclude", "ambiguous")


def questions(name: str) -> list[Any]:
    with (HERE / name).open("rb") as file:
        return [pytest.param(q, id=q["text"][:60] or "empty") for q in tomllib.load(file)["question"]]


def plain(request: Request) -> dict[str, Any]:
    """What is graded, without order: all but the words that were not understood, that stop, or that were mended."""
    read = request.model_dump(mode="json", exclude={"not_understood", "unread", "red_flags", "respelled"})
    for key in LISTS:
        read[key] = sorted(read[key])
    read["concerns"] = sorted((c["id"], c["subtype"] or "") for c in read["concerns"])
    read["person"]["conditions"] = sorted(read["person"]["conditions"])
    return read


@pytest.mark.parametrize("question", [*questions("examples.toml"), *questions("more.toml"), *questions("forum.toml")])
def test_a_question_is_read_as_the_conventions_ask(question: dict[str, Any], catalog: Catalog) -> None:
    read = understand(question["text"], catalog)
    assert plain(read) == plain(Request.model_validate(question["reads"]))
    if question.get("must_flag"):
        assert read.not_understood


def test_every_intent_and_every_key_is_among_the_questions() -> None:
    reads = [
        q.values[0]["reads"] for q in (*questions("examples.toml"), *questions("more.toml"), *questions("forum.toml"))
    ]
    assert {r["intent"] for r in reads} == {"best", "compare", "plan", "instead", "show", "why", "unknown"}
    assert {key for r in reads for key in r} == set(Request.model_fields) - {
        "not_understood", "unread", "red_flags", "respelled"
    }  # fmt: skip
    assert {a for r in reads for a in r.get("avoid", [])} == {
        "injections", "needles", "lasers", "downtime", "surgery", "prescription", "clinic"
    }  # fmt: skip


def test_what_is_read_in_full_leaves_little_over(catalog: Catalog) -> None:
    """Filler is not reported: few questions without anything to flag have words left over."""
    clear = [q.values[0] for q in (*questions("examples.toml"), *questions("more.toml"), *questions("forum.toml"))]
    clear = [q["text"] for q in clear if not q.get("must_flag")]
    noisy = [text for text in clear if understand(text, catalog).not_understood]
    assert len(noisy) < len(clear) / 15
