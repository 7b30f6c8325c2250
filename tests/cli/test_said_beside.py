"""What is said of who asks and of money beside a command's names counts as in a question: it is never dropped."""

import json
from typing import Any

import pytest

from decide.catalog import Catalog
from decide.cli.main import main
from decide.question.build import concern_named
from decide.question.names import option_named
from decide.question.reading import understand

SAID = (
    "I am pregnant",
    "under $300",
    "I had a blood clot",
    "no needles, I am 62",
    "I am a woman with black skin",
    "I take isotretinoin, and at most $40 a month",
    "at most 2 days of downtime, in the uk",
)
COMMANDS = {
    "why": (["why", "tretinoin", "wrinkles, {}"], "why tretinoin for wrinkles, {}"),
    "why --for": (["why", "tretinoin", "--for", "wrinkles, {}"], "why tretinoin for wrinkles, {}"),
    "why with it": (["why", "tretinoin, {}", "--for", "wrinkles"], "why tretinoin for wrinkles, {}"),
    "show": (["show", "tretinoin, {}"], "what is tretinoin, {}"),
    "compare": (["compare", "tretinoin", "retinol, {}", "--for", "wrinkles"], "tretinoin or retinol for wrinkles, {}"),
    "compare for": (["compare", "tretinoin", "retinol", "--for", "wrinkles, {}"], "tretinoin or retinol for wrinkles, {}"),  # noqa: E501
    "instead": (["instead", "tretinoin, {}", "--for", "wrinkles"], "instead of tretinoin for wrinkles, {}"),
    "plan": (["plan", "wrinkles, {}", "acne scars", "--budget", "2000"], "plan for wrinkles and acne scars, {}"),
    "best": (["best", "wrinkles, {}", "--exact"], "best for wrinkles, {}"),
}  # fmt: skip


def requests(found: Any) -> list[dict[str, Any]]:
    """The questions that an answer says it answers."""
    if isinstance(found, list):
        return [one for part in found for one in requests(part)]
    own = [found["request"]] if "request" in found else []
    return own or requests(found.get("ranking", []))


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_said_beside_names_is_what_a_question_says(
    command: str, said: str, catalog: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    args, question = COMMANDS[command]
    read = understand(question.format(said), catalog).model_dump(mode="json")
    status = main([*(arg.format(said) for arg in args), "--format", "json"])
    out, err = capsys.readouterr()
    if command == "plan" and not out:
        # money said twice, or nobody may have anything that is proven: refused, not dropped
        assert status
        assert "given twice" in err if read["budget"] else "may be offered" in err
        return
    assert out, err
    for request in requests(json.loads(out)):
        for name in ("person", "avoid", "exclude", "max_downtime_days", "market", "unread"):
            assert request[name] == read[name], name
        # the sum of a plan stands in its own words; what others spend is said to the answer
        if command not in ("plan", "instead"):
            assert request["budget"] == read["budget"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["why", "tretinoin", "wrinkles while pregnant"], "not with pregnancy"),
        (["why", "tranexamic-acid-oral", "melasma, I had a blood clot"], "not with a blood clot"),
        (["why", "finasteride-oral", "women's hair loss"], "not with female sex"),
        (["why", "tretinoin", "for", "wrinkles"], "Tretinoin for wrinkles"),
        (["why", "1", "women's hair loss"], "female-pattern hair loss"),
        (["why", "1", "acne scars under $300"], "no option stands at place 1 (none fits)"),
        (["show", "tretinoin while pregnant"], "Not for you"),
        (["best", "bald patch"], "see a doctor first"),
        (["best", "acne scars under $300", "--under", "500"], "the budget is given twice"),
        (["best", "wrinkles, I am a man", "--sex", "female"], "the sex is given twice"),
        (["best", "wrinkles and acne scars, I am pregnant"], "one concern at a time"),
        (["best", "rosacea, I am pregnant and I wibble"], "wibble"),
        (["best", "wrinkels"], "best for wrinkles"),
        (["best", "xyzzy"], "unknown concern"),
        (["show", "xyzzy, I am pregnant"], "unknown procedure"),
        (["plan", "acne scars under $2000"], "$2,000"),
        (["plan", "acne scars"], "a plan needs a budget"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "",
)
def test_what_it_comes_to(args: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(args)
    out, err = capsys.readouterr()
    assert words in " ".join((out + err).split())


def test_a_name_that_holds_such_words_is_a_name(catalog: Catalog, capsys: pytest.CaptureFixture[str]) -> None:
    """Every printed name of a procedure and of a concern's kind is known to its command, and bars nothing."""
    for procedure in catalog.procedures.values():
        assert option_named(catalog, procedure.name).procedure == procedure.id
    assert main(["show", "pill"]) == 0
    assert "cannot read" not in capsys.readouterr().out
    for concern in catalog.concerns.values():
        for kind in concern.subtype:
            assert concern_named(catalog, kind.name).id == concern.id
