"""Who asks is resolved once a question, and for all options alike."""

from collections.abc import Sequence
from typing import Any

import pytest

from decide.answers.ask import answer
from decide.catalog import Catalog
from decide.question import asker
from decide.question.problem import Concern, Problem
from decide.question.reading import understand
from tests.posed import posed


@pytest.mark.parametrize(
    "asked", ["best for acne scars, I'm pregnant", "best for wrinkles, I take flurbosis", "best for hair loss, age 30"]
)
def test_who_asks_is_resolved_once_a_question(asked: str, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[Any, ...]] = []
    resolve = asker.holding

    def counted(*args: Any, **more: Any) -> asker.Holds:
        made.append((*args[1:], *more.values()))
        return resolve(*args, **more)

    monkeypatch.setattr(asker, "holding", counted)
    found = answer(Problem.of(catalog, understand(asked, catalog)), draws=0)
    assert found.ranking is not None
    assert len((*found.ranking.rows, *found.ranking.left_out)) > 20
    # once for each kind and sex that is told of, and never for an option
    assert 0 < len(made) <= 16


def test_the_sex_decides_where_the_kinds_are_those_of_the_sexes(catalog: Catalog) -> None:
    def sexes(*concern: str, **more: Any) -> Sequence[str | None]:
        return [one.sex for one in posed(catalog, concern[0], **more).asker(Concern(*concern)).who]

    assert sexes("hair-loss") == ["male", "female"]
    assert sexes("hair-loss", person={"sex": "female"}) == ["female"]
    assert sexes("hair-loss", person={"pregnant": True}) == ["female"]
    assert sexes("acne-scars") == [None]
    assert posed(catalog, "hair-loss").asker(None).who[0].sex is None


def test_a_kind_that_was_asked_for_tells_the_sex_and_one_that_is_assumed_does_not(catalog: Catalog) -> None:
    asked = posed(catalog, "hair-loss", subtype="female-pattern")
    assert [one.sex for one in asked.asker(asked.concern).who] == ["female"]
    assumed = posed(catalog, "hair-loss")
    assert [one.sex for one in assumed.asker(assumed.concern).who] == ["male", "female"]


def test_whoever_asks_about_two_concerns_has_what_each_of_them_means(catalog: Catalog) -> None:
    both, alone = posed(catalog, "acne-scars", "pigment"), posed(catalog, "acne-scars")
    assert both.concerns[1].kind == "melasma"
    assert "melasma" in both.asker(both.concern).who[0].true_of
    assert "melasma" not in alone.asker(alone.concern).who[0].true_of
