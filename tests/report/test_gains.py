"""What every face says of gains: over what they are, where doing nothing stands, what has no figure, how sure it is."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

import decide
from decide.alternatives.cell import Cell
from decide.answers.ask import Answer
from decide.answers.named import named
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Kind, Ranking
from decide.answers.robustness.result import Fragility, RestsOn
from decide.answers.robustness.sureness import with_sureness
from decide.answers.why import Conflict, Why, why
from decide.catalog import Catalog
from decide.evidence.certainty import Cap, Domain, Limit, Lost, Working
from decide.report.charts import CHARTS
from decide.report.views.answer import view_of
from decide.report.views.facts import stars_working
from decide.report.views.ranking import ranking_view
from decide.report.views.verdict import verdict
from decide.report.views.why import why_view
from decide.web import create_app
from decide.web.guard import Bounds
from tests.posed import posed
from tests.report.faces import BRIEFLY, COLUMNS, FACES, missing, squashed
from tests.toy import Toy

Show = Callable[[Ranking | Why], dict[str, str]]


def told(toy: Toy) -> Catalog:
    """Two that help, one from a series, one that is dear and does next to nothing, one without a figure but claimed."""
    for name, gain in (("pen", 36), ("balm", 30)):
        toy.procedure(name).tested(name, gain).practice(name, "sessions", 3, 3).price(name, 80, 120)
    alone = [{"procedure": "lone", "n": 25, "measure": "percent-improvement", "value": 80}]
    toy.procedure("lone").study("lone-1", "scars", arm=alone, design="case-series", participants=25)
    toy.practice("lone", "sessions", 2, 2).price("lone", 50)
    toy.procedure("dear").tested("dear", 1).practice("dear", "sessions", 1, 1).price("dear", 4500)
    toy.procedure("blind").helped("blind").practice("blind", "sessions", 1, 1).price("blind", 70)
    toy.add("claim", procedure="blind", about="effect", value="better than all", source="two")
    return toy.catalog()


@pytest.fixture
def facts(toy: Toy) -> Catalog:
    return told(toy)


@pytest.fixture
def ranking(facts: Catalog) -> Ranking:
    return with_sureness(facts, rank(posed(facts, "scars")), draws=200)


@pytest.fixture
def show(facts: Catalog, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """One answer as every face shows it, whatever was asked."""
    with TestClient(create_app(facts, Bounds(rate=1e9, burst=1e9), warm=False, hosts=None)) as client:

        def shown(part: Ranking | Why) -> dict[str, str]:
            whole = Answer(request=part.request, restated="Scars", gaps=(), parts=(part,), catalog=part.catalog)
            monkeypatch.setattr("decide.web.answers.Desk.answer", lambda *_, **__: whole)
            lost: dict[str, list[str]] = {}
            said: dict[str, str] = {}
            for face, (render, most) in FACES.items():
                said[face] = render(whole, client, "best for scars")
                less = missing(
                    view_of(whole, most), said[face], ascii_=face == "ascii", columns=face in COLUMNS,
                    brief=face in BRIEFLY,
                )  # fmt: skip
                lost |= {face: less} if less else {}
            assert lost == {}
            return {face: squashed(text) for face, text in said.items() if face != "ascii"}

        yield shown


def on_all(said: dict[str, str], *texts: str, at_length: bool = False) -> None:
    """That every face says it; `at_length` but those that tell it to who asks."""
    asked = {face: whole for face, whole in said.items() if not (at_length and face in BRIEFLY)}
    for text in texts:
        assert [face for face, whole in asked.items() if squashed(text) not in whole] == [], text


def says(ranking: Ranking) -> dict[str, str]:
    """The lines of a verdict."""
    return {line.kind: line.says for line in verdict(ranking)}


# ------------------------------------------------------------------ over what, and doing nothing


def test_a_gain_is_over_doing_nothing_and_what_happens_anyway_stands_beside_it(ranking: Ranking, show: Show) -> None:
    assert says(ranking)["best"] == "Pen: 3 visits, about $300 in all. About 36 points better, likely 25–47."
    alone = Cell(low=0, typical=2, high=4, basis="studies")
    on_all(
        show(replace(ranking, left_alone=alone)),
        "Best overall",
        "Pen: 3 visits, about $300 in all. About 36 points better, likely",
        "What happens anyway: with a dummy treatment in the trials, 8 percent",
        "; left alone, 2 percent.",
    )
    assumed = replace(ranking.nothing_done, basis="prior")
    on_all(show(replace(ranking, nothing_done=assumed)), "What happens anyway is assumed, as no trial had a dummy")


def test_doing_nothing_is_a_row_of_its_own_and_what_is_worth_less_stands_under_a_line(
    ranking: Ranking, show: Show
) -> None:
    assert [row.option.id for row in ranking.rows] == ["pen", "lone", "balm", "nothing", "dear"]
    view = ranking_view(ranking)
    lines = [line if isinstance(line, str) else line.id for line in view.lines() if not str(line).startswith("Tier")]
    assert lines == ["pen", "lone", "balm", "nothing", "Worth less than doing nothing, by these weights:", "dear"]
    assert view.nothing is not None
    assert (view.nothing.place, view.nothing.signs) == ("–", "")
    said = show(ranking)
    on_all(said, "Worth less than doing nothing, by these weights:")
    on_all(said, "1 scores less and is not worth it", at_length=True)
    for face, whole in said.items():
        parts = [whole.replace("|", "").find(x) for x in ("–doing", "worthlessthandoingnothing,", "5dear")]
        assert parts == sorted(parts), face
        assert parts[0] > 0, face


def test_a_place_is_the_printed_number_and_never_doing_nothing(facts: Catalog, ranking: Ranking) -> None:
    printed = {option.place: option.id for option in ranking_view(ranking).options}
    assert printed == {"1": "pen", "2": "lone", "3": "balm", "5": "dear"}
    for place, option in printed.items():
        assert named(facts, ranking, place) == option
        assert why(posed(facts, "scars"), place)[0].id == option
    for place in ("4", "6", "0"):
        with pytest.raises(decide.InputError, match="no option stands"):
            named(facts, ranking, place)
    with pytest.raises(decide.InputError):
        named(facts, ranking, "nothing")


def test_where_the_table_is_cut_doing_nothing_still_stands(ranking: Ranking) -> None:
    view = ranking_view(ranking, 1)
    lines = [line if isinstance(line, str) else line.id for line in view.lines() if not str(line).startswith("Tier")]
    assert lines == ["pen", "(2 more stand here)", "nothing", "Worth less than doing nothing, by these weights: 1 more"]


def test_where_nothing_is_worth_more_the_first_line_says_so(ranking: Ranking, show: Show) -> None:
    ranking = replace(ranking, rows=ranking.rows[-2:], lead=None, sureness=None)
    assert [row.option.id for row in ranking.rows] == ["nothing", "dear"]
    assert ranking.best is None
    view = ranking_view(ranking)
    assert says(ranking)["best"].startswith("Nothing here is worth more than doing nothing, by these weights.")
    assert view.status.startswith("Nothing here is worth more than doing nothing")
    said = show(ranking)
    on_all(said, "Nothing here is worth more than doing nothing, by these weights. The nearest is Dear")
    first = [line for line in str(ranking).splitlines() if line][1]
    assert first.startswith("Best overall")
    assert "Nothing here is worth more than doing nothing" in first


# ------------------------------------------------------------------ what has no figure


def test_what_has_no_figure_stands_in_a_block_with_what_is_claimed_and_in_no_chart(
    ranking: Ranking, show: Show
) -> None:
    view = ranking_view(ranking)
    assert [item.name for item in view.unmeasured] == ["Blind"]
    assert "blind" not in {option.id for option in view.options}
    said = show(ranking)
    on_all(said, "No figure: no study gives one", "$70", "★☆☆☆☆")
    on_all(said, "claimed: effect: better than all (says Two)", at_length=True)
    for name in ("contributions", "cost-benefit", "acceptability"):
        assert "Blind" not in str(CHARTS[name].make(ranking))
        assert "Pen" in str(CHARTS["contributions"].make(ranking))
    assert ranking_view(replace(ranking, unmeasured=ranking.unmeasured * 9), 12).blind == 9 - 4
    assert ranking.to_dict()["unmeasured"][0]["id"] == "blind"
    standing = {record["id"]: (record["standing"], record["gain"]) for record in ranking.records()}
    assert standing["blind"] == ("no figure", None)
    assert standing["nothing"] == ("doing nothing", 0)
    assert standing["dear"][0] == "ranked"


def test_what_would_come_first_for_more_money_is_told(facts: Catalog, show: Show) -> None:
    ranking = rank(posed(facts, "scars", budget=250))
    on_all(show(ranking), "For $50 more Pen would come first: 36 points (25–47), $300 in all.")


def test_a_first_place_that_hangs_on_a_source_says_so(chain: Why, show: Show) -> None:
    one = RestsOn(source="two", pull=0.4, only=False, leader="balm", p=0.8)
    alone = replace(one, only=True)
    told = Fragility(first="pen", tie=False, rests_on=(one, alone))
    on_all(
        show(replace(chain, fragility=told)),
        "Without Two Balm would come first (beats it in 80 of 100).",
        "Nothing but Two has measured the first place.",
    )
    on_all(
        show(replace(chain, fragility=replace(told, rests_on=()))),
        "No single source: without any one of them no other clearly comes first.",
    )
    on_all(
        show(replace(chain, fragility=replace(told, tie=True))),
        "The first place is a tie.",
        "Without Two Balm would come first (beats it in 80 of 100).",
        "Nothing but Two has measured the first place.",
    )


# ------------------------------------------------------------------ tiers, kinds, marks


def test_tiers_stand_before_decimals_and_the_first_is_told_as_too_close_to_call(ranking: Ranking, show: Show) -> None:
    assert ranking.sureness is not None
    tied = replace(ranking.sureness, tiers=(0, 0, 1, 2, 2))
    said = show(replace(ranking, sureness=tied))
    on_all(said, "A toss-up with Lone: too close to call.", "Tier 1: too close to call", "Tier 2")
    apart = replace(ranking.sureness, tiers=(0, 1, 1, 2, 2))
    assert "toss-up" not in says(replace(ranking, sureness=apart))["sure"]
    assert "It beats Lone in" in says(replace(ranking, sureness=apart))["sure"]
    # no tier where nobody asked how sure the order is
    assert "Tier" not in str(replace(ranking, sureness=None))


def test_a_kind_that_nobody_named_is_said_with_who_leads_the_others(ranking: Ranking, show: Show) -> None:
    gain = Cell(low=20, typical=30, high=40, basis="studies")
    others = (
        Kind(id="flat", name="Flat scars", first="Balm", gain=gain, changes=True),
        Kind(id="deep", name="Deep scars", none="worse than nothing", gain=None, changes=True),
    )
    asked = replace(ranking, kind_assumed=True, subtype="deep", kinds=others)
    on_all(
        show(asked),
        "You did not say which kind: this is for deep scars, the one most asked about. Say which is yours. For flat "
        "scars: Balm; for deep scars: nothing with a figure beats doing nothing.",
    )
    assert "You did not say" not in str(ranking)


def test_the_marks_of_series_and_of_contradiction_stand_on_every_face(ranking: Ranking, show: Show) -> None:
    assert [row.option.id for row in ranking.options if row.stars_working.series] == ["lone"]
    rows = tuple(replace(row, disagree=True) if row.option.id == "balm" else row for row in ranking.rows)
    on_all(
        show(replace(ranking, rows=rows)),
        "nobody went without",
        "Balm†",
        "are at odds",
    )
    lone = next(option for option in ranking_view(ranking).options if option.id == "lone")
    assert "series" in [mark.kind for mark in lone.marks]


def test_series_and_no_figure_are_told_wherever_an_option_stands(facts: Catalog) -> None:
    asked = posed(facts, "scars")
    from decide.answers.comparison import compare
    from decide.answers.instead import instead

    compared = " ".join(str(compare(asked, ["lone", "pen"])).split())
    assert "series: no comparison of its own" in compared
    assert "not compared (no study gives a figure; 1 of 5 stars" in " ".join(
        str(compare(asked, ["blind", "pen"])).split()
    )
    # of largest gain, but next to unproven: it stands in only where nothing else does
    assert instead(asked, "balm").rows[0].other.name == "Pen"
    alone = posed(facts, "scars", exclude=["pen"])
    assert "series: no comparison of its own" in " ".join(str(instead(alone, "balm")).split())
    assert "No figure: no figure of Blind that a study gives" in " ".join(str(instead(asked, "blind")).split())
    assert "(series)" in str(decide.show("lone", catalog=facts)[0])


def test_a_plan_marks_what_rests_on_series(catalog: Catalog) -> None:
    found = decide.plan(["acne scars"], budget=2000, catalog=catalog)
    (course, *others) = found.best.courses
    told = replace(found.best, courses=(replace(course, series=("acne-scars",)), *others))
    assert "series: no comparison of its own" in " ".join(str(replace(found, best=told)).split())


# ------------------------------------------------------------------ stars


@pytest.mark.parametrize(
    ("domain", "value", "says"),
    [
        ("bias", 0.38, "38 of 100 of what comparisons say is from trials that were blinded and randomised; "
         "a blinded, randomised trial would change that"),
        ("indirectness", 0.3, "30 of 100 of what it rests on is of another kind, sex or product; a study of this one"),
        ("imprecision", 1, "its range leaves open whether it is enough to notice; more people"),
        ("heterogeneity", 2, "a new one leaves open whether it helps or harms; studies that agree"),
        ("incoherence", 0.03, "contradict each other (a chance of 3 of 100)"),
        ("reporting", 0.8, "80 of 100 of what it rests on is from those who gain by it"),
        ("reporting", 0.1, "every study of it is small; a larger one"),
    ],
)  # fmt: skip
def test_each_domain_says_why_and_what_would_change_it(domain: Domain, value: float, says: str, facts: Catalog) -> None:
    working = Working(stars=4, lost=(Lost(domain, 1, value), Lost("bias", 0, 1.0)), people=90, studies=3)
    words = stars_working(working, facts)
    assert words.startswith("4 of 5 stars from 90 people in 3 studies: one star off because ")
    assert says in words
    assert words.count("star off") == 1


@pytest.mark.parametrize(
    ("limit", "value", "says"),
    [
        ("assumption", 0.62, "more assumed than found (62 of 100)"),
        ("one study", None, "nobody has repeated"),
        ("series", None, "series: nobody went without"),
        ("no figure", None, "no study gives a figure"),
        ("laboratory", None, "laboratory work only"),
        ("claims", None, "claims only"),
        ("nothing", None, "nobody has looked"),
    ],
)
def test_each_cap_says_why(limit: Limit, value: float | None, says: str, facts: Catalog) -> None:
    words = stars_working(Working(stars=2, caps=(Cap(limit, 2, value),)), facts)
    assert words.startswith("2 of 5 stars: at most 2 because")
    assert says in words


# ------------------------------------------------------------------ why


@pytest.fixture
def chain(facts: Catalog) -> Why:
    return why(posed(facts, "scars"), "pen")[0]


def test_a_chain_says_why_the_figure_is_what_it_is(chain: Why, show: Show) -> None:
    # one trial of 45 over placebo, believed four fifths: 36
    view = why_view(chain)
    differs, rests, agreement, new = view.pooled
    assert differs.startswith("Its own studies, each by its pull, say 45 points; the figure is 36. ")
    assert "pulls it to none" in differs
    assert "nobody went without" not in differs
    assert differs.count(". ") == 1
    assert "comparisons (80 of 100)" in rests
    assert "20 of 100 of this figure is assumption" in rests
    assert "not testable" in agreement
    assert new.startswith("A new trial would likely find")
    assert chain.new_trial[0] < chain.gain.low
    on_all(show(chain), *view.pooled, "About 36 points better, likely 25–47.")


def test_a_chain_names_who_stands_apart_and_where_comparisons_conflict(chain: Why, show: Show) -> None:
    (study,) = chain.studies
    apart = replace(study, apart=0.98)
    test = Conflict(first="pen", second="balm", testable=True, direct=20.0, indirect=35.0, p=0.004)
    told = replace(chain, studies=(apart,), conflicts=(test,))
    on_all(
        show(told),
        "one stands apart (chance 98 in 100) and counts little.",
        "Pen over Balm 20 and 35 (so far apart by chance: fewer than 1 in 100)",
    )
    assert "stands apart" not in str(chain)


def test_a_level_is_told_apart_from_a_gain_over_a_control(facts: Catalog) -> None:
    lone = why(posed(facts, "scars"), "lone")[0]
    assert lone.rests.series
    view = why_view(lone)
    assert [study.gain for study in view.studies] == ["72 (level)"]
    assert "known to run high" in view.pooled[0]
    assert "○" in view.forest
    assert "●" not in view.forest


def test_the_whiskers_of_a_forest_hold_what_a_design_may_add(chain: Why) -> None:
    from decide.report.charts.forest import Z, forest_lines

    (study,) = chain.studies
    (line, pooled) = forest_lines(replace(chain, studies=(replace(study, implied_sd=3.0, bias=4.0),)), 5)
    assert line.high - line.middle == pytest.approx(Z * 5)
    assert (pooled.low, pooled.middle, pooled.high) == (chain.gain.low, chain.gain.typical, chain.gain.high)


def test_what_cannot_be_told_is_null_in_the_plain_form(chain: Why) -> None:
    test = Conflict(first="pen", second="balm", testable=False, direct=None, indirect=None, p=None)
    assert "NaN" not in replace(chain, conflicts=(test,)).to_json()


def test_every_reason_why_a_record_moves_nothing_has_its_words() -> None:
    from typing import get_args

    from decide.evidence.informing import Reason
    from decide.report.views.facts import NOT_POOLED

    assert set(NOT_POOLED) == set(get_args(Reason))


# ------------------------------------------------------------------ a narrow terminal


def test_eighty_columns_hold_a_ranking_and_a_chain(catalog: Catalog) -> None:
    from decide.report.formats import text
    from decide.report.terminal import Screen

    for question in ("best for acne scars under $2000", "why microneedling for acne scars", "best for rosacea"):
        shown = text(decide.ask(question, draws=50, catalog=catalog), screen=Screen(80))
        assert max(map(len, shown.splitlines())) <= 80, question
