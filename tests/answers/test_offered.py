"""A sum beside one treatment is what it is offered for, and what else may be spent: never a filter on the concern."""

import pytest

import decide
from decide.answers.instead import Instead
from decide.catalog import Catalog
from decide.question.reading import understand

ASKED = (
    ("exosomes quoted $1200 for wrinkles, what else for that money", "exosomes", 1200),
    ("I was quoted £900 for Profhilo, what else could I get", "hybrid-ha", 900),
    ("what better things could I do with that money, exosomes cost $1500", "exosomes", 1500),
    ("anything better for $1500 than rejuran?", "polynucleotides", 1500),
    ("instead of paying 2k for morpheus8 what should I do for acne scars", "rf-microneedling", 2000),
    ("they want $3000 for rf microneedling for wrinkles, is there something better", "rf-microneedling", 3000),
    ("what else could I do with $1200 instead of exosomes", "exosomes", 1200),
    ("is microneedling worth $1800", "microneedling", 1800),
)


@pytest.mark.parametrize(("question", "named", "sum_"), ASKED)
def test_a_sum_beside_a_treatment_asks_what_else_it_buys(
    question: str, named: str, sum_: int, catalog: Catalog
) -> None:
    read = understand(question, catalog)
    assert (read.intent, read.procedures, read.not_understood) == ("instead", (named,), ())
    assert read.budget is not None
    assert read.budget.high == sum_


@pytest.mark.parametrize(
    "question",
    [
        "what else for acne scars under $2000",
        "microneedling or IPL for $900 for redness",
        "I have $600 for melasma, what else can I do",
    ],
)  # fmt: skip
def test_a_budget_for_a_concern_is_one_still(question: str, catalog: Catalog) -> None:
    assert understand(question, catalog).intent != "instead"


def _only(question: str, catalog: Catalog) -> Instead:
    (found,) = decide.ask(question, catalog=catalog).parts
    assert isinstance(found, Instead)
    return found


def test_the_sum_stands_beside_what_it_comes_to_by_prices_read_here(catalog: Catalog) -> None:
    found = _only("is microneedling worth $1800 for acne scars", catalog)
    (row,) = found.rows
    assert found.offer == row.spend == 1800
    assert row.usual is not None
    assert row.usual.per_visit is not None
    assert row.usual.sessions is not None
    total = row.usual.per_visit * row.usual.sessions
    assert total == pytest.approx(row.usual.cost.typical)
    assert f"You name $1,800; by prices read here {row.usual.sessions} visits × $" in str(found)
    assert f"= ${total:,.0f}: ${1800 - total:,.0f} less in all." in str(found)


def test_what_costs_no_more_than_the_sum_may_stand_in_for_it(catalog: Catalog) -> None:
    """A rival may cost as much as is asked, though the course would cost less by prices read here."""
    dear, usual = (_only(f"is microneedling worth {x} for acne scars", catalog).rows[0] for x in ("$1800", "it"))
    assert usual.rival is None or usual.named is None or usual.rival.cost.typical <= usual.named.cost.typical
    assert dear.rival is not None
    assert dear.named is not None
    assert dear.named.cost.typical < dear.rival.cost.typical <= 1800


def test_what_has_no_price_here_is_judged_by_the_one_that_was_named(catalog: Catalog) -> None:
    found = _only("exosomes quoted $1200 for wrinkles, what else for that money", catalog)
    (row,) = found.rows
    assert row.offered
    assert row.named is not None
    assert (row.named.cost.typical, row.worth) == (1200, "probably not")
    assert "You name $1,200; no price of it is known here." in str(found)


def test_a_sum_that_may_be_for_one_visit_is_asked_about(catalog: Catalog) -> None:
    assert 'If $600 is for one visit, say so: "$600 a session".' in " ".join(
        str(_only("is prp worth $600 for hair loss", catalog)).split()
    )
    assert "is for one visit" not in str(_only("is microneedling worth $1800 for acne scars", catalog))


def test_a_report_of_it_has_its_sources(catalog: Catalog) -> None:
    from decide.report.html import report

    for question in ("is microneedling worth $1800 for acne scars", "is microneedling worth it"):
        page = report(decide.ask(question, catalog=catalog))
        assert "<h3>Sources</h3>" in page
        assert page.count('id="source-') > 5
