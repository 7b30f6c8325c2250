"""A ranking in a notebook and as a frame: every row, every figure, and what was left out."""

import json
import math
import re
from html import escape
from html.parser import HTMLParser

import pytest

import decide
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranking
from decide.errors import InputError
from decide.report.html import report
from decide.report.views.ranking import ranking_view
from decide.report.views.verdict import verdict
from decide.report.words import capital, money_range
from tests.posed import posed
from tests.toy import Toy


@pytest.fixture
def ranking(toy: Toy) -> Ranking:
    """Two options with ranges, the second at home; a third over the budget, a fourth without a price; a fifth without a
    figure.
    """
    toy.procedure("pen").tested("pen").practice("pen", "sessions", 3, 3).price("pen", 80, 120)
    toy.cream("balm").tested("balm").price("balm", 10, unit="month")
    toy.procedure("dear").tested("dear").practice("dear", "sessions", 1, 1).price("dear", 5000)
    toy.procedure("bare").tested("bare").practice("bare", "sessions", 1, 1)
    toy.procedure("blind").helped("blind").practice("blind", "sessions", 1, 1).price("blind", 70)
    return rank(posed(toy.catalog(), "scars", budget=1000))


class Table(HTMLParser):
    """The rows of the tables of a page, as texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.feed(page)
        assert self.open == [], "a tag was left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "tags cross"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data


def test_a_notebook_shows_a_line_per_option(ranking: Ranking) -> None:
    head, *lines = Table(ranking._repr_html_()).rows
    view = ranking_view(ranking)
    assert head == ["Place", "Option", *(capital(column) for column in view.columns), "Score"]
    assert head == ["Place", "Option", "Total", "Effort", "Benefit, points", "Evidence", "Downtime, days", "Score"]
    assert len(view.columns) == sum(c.place is not None for c in ranking.catalog.criteria.values()) >= 5
    assert len(lines) == len(ranking.rows) == 3
    assert lines[-1] == ["–", "Doing nothing", "", "", "0", "", "", f"{ranking.rows[-1].score:.2f}"]
    for line, row in zip(lines, ranking.options, strict=False):
        assert len(line) == len(head)
        assert line[:2] == [str(row.rank), row.option.name]
        assert line[2].startswith(money_range(row["cost"], "$"))
        assert line[-1] == f"{row.score:.2f}"
    assert "$300" in dict(zip([line[1] for line in lines], [line[2] for line in lines], strict=True))["Pen"]


def test_a_notebook_says_why_and_on_what_basis(ranking: Ranking) -> None:
    page = ranking._repr_html_()
    assert "Scars" in page
    assert all(escape(line.says) in page for line in verdict(ranking))
    assert "US prices" in page
    assert "informs a talk with a clinician" in page
    assert "Dear, over by $4,000 ($5,000 in all)" in page
    assert "<strong>No price known here (ask for a quote):</strong> Bare." in page


def test_an_answer_shows_in_a_notebook_as_its_ranking_does(toy: Toy) -> None:
    toy.procedure("pen").tested("pen").practice("pen", "sessions", 3, 3).price("pen", 80)
    answer = decide.ask("best for scars", catalog=toy.catalog())
    assert answer.ranking is not None
    assert "Pen" in answer.ranking._repr_html_()
    section = re.compile(r'<section class="ranking".*?</section>', re.DOTALL)
    mine, whole = (section.search(shown._repr_html_()) for shown in (answer.ranking, answer))
    assert mine
    assert whole
    assert mine[0] == whole[0]


def test_records_hold_what_is_in_and_what_is_left_out(ranking: Ranking) -> None:
    records = ranking.records()
    assert [record["id"] for record in records] == [
        *(row.option.id for row in ranking.rows),
        "blind",
        *(item.id for item in ranking.left_out),
    ]
    assert len({tuple(record) for record in records}) == 1, "every line has the same columns in the same order"
    pen = next(record for record in records if record["id"] == "pen")
    assert (pen["cost_low"], pen["cost"], pen["cost_high"], pen["sessions"]) == (240, 300, 360, 3)
    assert pen["left_out"] is None
    assert [record["verdict"] for record in records[:2]] == ["best", "not worth it"]
    assert pen["gain_unit"] == "points"
    assert pen["speed"] is None, "nobody says how soon it shows: no figure stands in for that"
    assert (pen["standing"], pen["gain_basis"]) == ("ranked", "studies")
    assert pen["gain"] == pytest.approx(36)
    assert pen["gain_low"] < 36 < pen["gain_high"]
    idle = next(record for record in records if record["id"] == "nothing")
    assert (idle["standing"], idle["rank"], idle["gain"], idle["cost"]) == ("doing nothing", None, 0, 0)
    # no study gives a figure: none is put down
    blind = next(record for record in records if record["id"] == "blind")
    assert (blind["standing"], blind["rank"], blind["gain"], blind["cost"]) == ("no figure", None, None, 70)
    dear = next(record for record in records if record["id"] == "dear")
    assert (dear["standing"], dear["rank"], dear["cost"]) == ("left out", None, None)
    assert dear["left_out"].startswith("over budget: over by $4,000")


def test_a_pandas_frame_has_the_records(ranking: Ranking) -> None:
    frame = ranking.to_pandas()
    records = ranking.records()
    assert list(frame.columns) == list(records[0])
    assert list(frame["id"]) == [record["id"] for record in records]
    assert [None if math.isnan(x) else x for x in frame["cost"]] == [record["cost"] for record in records]


def test_a_polars_frame_has_the_records(ranking: Ranking) -> None:
    frame = ranking.to_polars()
    records = ranking.records()
    assert frame.columns == list(records[0])
    assert frame["id"].to_list() == [record["id"] for record in records]
    assert frame["cost"].to_list() == [record["cost"] for record in records]
    assert frame["rank"].to_list() == [1, 2, *[None] * (2 + len(ranking.left_out))]


def test_a_frame_of_nothing_that_fits_still_tells_what_was_left_out(toy: Toy) -> None:
    toy.procedure("dear").tested("dear").practice("dear", "sessions", 1, 1).price("dear", 5000)
    ranking = rank(posed(toy.catalog(), "scars", budget=10))
    assert [record["id"] for record in ranking.records()] == ["nothing", "dear"]
    assert "over by $4,990" in ranking.records()[1]["left_out"]
    assert Table(ranking._repr_html_()).rows[1:] == []


def test_several_answers_are_one_answer_that_cannot_be_changed(toy: Toy) -> None:
    """What `why` and `show` give has every form that any other answer has."""
    for name in ("pen", "laser"):
        toy.procedure(name).tested(name).practice(name, "sessions", 3, 3).price(name, 100)
    catalog = toy.catalog()
    for found in (decide.why("toys", "scars", catalog=catalog), decide.show("toys", catalog=catalog)):
        assert len(found) == 2
        assert isinstance(found, tuple)
        assert found.to_dict() == {"answers": [each.to_dict() for each in found]}
        assert json.loads(found.to_json()) == found.to_dict()
        assert found.records() == [record for each in found for record in each.records()]
        assert len(found.to_pandas()) == len(found.records())
        assert str(found) == "\n\n".join(str(each) for each in found)
        assert all(each._repr_html_() in found._repr_html_() for each in found)
        assert report(found).count("<!doctype html>") == 1


def test_a_line_is_found_by_its_id_and_its_printed_name(ranking: Ranking) -> None:
    assert ranking["pen"] is ranking["Pen"]
    assert ranking["Pen"].option.id == "pen"
    with pytest.raises(KeyError, match=r"'sword' is neither the id nor the name of a line"):
        ranking["sword"]


def test_doing_nothing_has_no_chain_and_says_so(toy: Toy) -> None:
    toy.procedure("pen").tested("pen").practice("pen", "sessions", 3, 3).price("pen", 100)
    catalog = toy.catalog()
    for name in ("Doing nothing", "nothing"):
        with pytest.raises(InputError, match="doing nothing is what gains are over"):
            decide.why(name, "scars", catalog=catalog)
