"""What is told first of a ranking, and whether a thing is worth its money: the data, and the faces in brief."""

import re
from functools import cache

import pytest

import decide
from decide.alternatives.cell import Cell
from decide.answers.ask import Answer
from decide.answers.instead import instead
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranking
from decide.answers.ranking.verdict import people_of, verdict_of
from decide.catalog import Catalog
from decide.question.conditions import readable
from decide.report.formats import text
from decide.report.terminal import OPTIONS, Screen
from decide.report.views.instead import instead_view
from decide.report.views.screening import source_label
from decide.report.views.verdict import verdict
from decide.synthesis import Share, share_on_scale
from tests.posed import posed
from tests.shipped import CATALOG
from tests.toy import Toy

QUESTIONS = (
    "what's best for acne scars under $2000",
    "best for melasma, I'm pregnant",
    "hair loss, I'm a woman, 28",
    "redness, skin type 5",
    "hollow under-eyes in the uk",
    "is PRP worth it for hair loss",
    "are exosomes worth $2000",
)


@cache
def answered(question: str) -> Answer:
    return decide.ask(question, catalog=CATALOG, draws=300)


def ranking_of(question: str) -> Ranking:
    found = answered(question).ranking
    assert found is not None
    return found


RANKED = [question for question in QUESTIONS if "worth" not in question]


# ------------------------------------------------------------------ the data


@pytest.mark.parametrize("concern", [*CATALOG.concerns])
def test_the_best_for_less_costs_clearly_less_and_is_neither_unproven_nor_worse_than_nothing(concern: str) -> None:
    ranking = decide.rank(concern, draws=0, catalog=CATALOG)
    found = verdict_of(ranking)
    assert found.best is ranking.best
    if found.best is None or found.less is None:
        return
    nothing = next(row for row in ranking.rows if row.nothing)
    assert found.less["cost"].typical <= CATALOG.constant("clearly-less") * found.best["cost"].typical
    assert found.less.stars >= CATALOG.constant("proven-enough")
    assert found.less.score > nothing.score


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.8])
def test_people_of_a_hundred_are_the_way_back_of_how_a_share_is_brought_to_the_scale(share: float) -> None:
    ranking = ranking_of(RANKED[0])
    cut = CATALOG.cut(ranking.scale, CATALOG.scales[ranking.scale].told or "")
    assert cut is not None
    spread = CATALOG.constant("sigma", ranking.concern)
    mean = share_on_scale(Share(share, 1000, cut.threshold, cut.id), spread).mean
    gain = mean - ranking.nothing_done.typical
    people = people_of(ranking, Cell(low=gain - 5, typical=gain, high=gain + 5, basis="studies"))
    assert people is not None
    assert people.typical == pytest.approx(100 * share)
    assert people.low < people.typical < people.high
    nothing = people_of(ranking, Cell(low=0, typical=0, high=0, basis="studies"))
    assert nothing is not None
    assert nothing.typical == nothing.dummy


def test_nobody_counts_people_where_nothing_is_measured_or_the_scale_names_no_cut() -> None:
    gain = Cell(low=1, typical=2, high=3, basis="studies")
    assert people_of(ranking_of("hair loss, I'm a woman, 28"), gain) is None
    assert people_of(ranking_of(RANKED[0]), Cell(low=0, typical=0, high=0, basis="prior")) is None


@pytest.mark.parametrize("question", RANKED)
def test_what_is_told_as_not_worth_it_is_had_here_and_never_the_best(question: str) -> None:
    ranking = ranking_of(question)
    found = verdict_of(ranking).not_worth
    if found is None:
        return
    identity = found.row.option.id
    assert identity in {row.option.id for row in (*ranking.options, *ranking.unmeasured)}
    assert ranking.best is None or identity != ranking.best.option.id
    if found.why == "worse than nothing":
        assert found.row.score <= next(row.score for row in ranking.rows if row.nothing)
    if found.why == "beaten":
        assert found.by is not None
        assert found.by["cost"].typical <= CATALOG.constant("clearly-less") * found.total.typical


def test_what_is_sold_most_and_measured_least_is_told_of_acne_scars() -> None:
    found = verdict_of(ranking_of(RANKED[0])).not_worth
    assert found is not None
    assert (found.row.option.id, found.why) == ("exosomes-microneedling", "no figure")
    assert 0 < found.sellers <= found.claims


def test_a_first_place_that_one_study_gives_says_which(toy: Toy) -> None:
    toy.procedure("pen").tested("pen", 36).practice("pen", "sessions", 3, 3).price("pen", 80, 120)
    ranking = rank(posed(toy.catalog(), "scars"))
    assert verdict_of(ranking).only
    sure = next(line.says for line in verdict(ranking) if line.kind == "sure")
    assert "It rests on one study" in sure
    assert "1 study with" in sure


def test_that_doing_nothing_may_be_as_good_is_said_before_any_other_toss_up() -> None:
    ranking = ranking_of("best for post procedure recovery")
    assert any(row.nothing for row in verdict_of(ranking).tied)
    sure = next(line.says for line in verdict(ranking) if line.kind == "sure")
    assert "A toss-up with doing nothing" in sure


# ------------------------------------------------------------------ what a person reads


def brief(question: str, width: int = 80) -> str:
    return text(answered(question), screen=Screen(width))


@pytest.mark.parametrize("width", [60, 70, 80, 100])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_terminal_is_kept_to_from_sixty_columns_up(question: str, width: int) -> None:
    assert max(map(len, brief(question, width).splitlines())) <= width


@pytest.mark.parametrize("question", RANKED)
def test_what_is_best_for_how_much_how_sure_and_the_catch_stand_above_the_table(question: str) -> None:
    ranking, shown = ranking_of(question), brief(question)
    above = " ".join(shown.partition("\n   option")[0].split())
    best = ranking.best
    assert best is not None
    for label in ("Best overall", "How sure", "The catch"):
        assert label in above
    assert f"{best.option.name}: " in above
    assert f"{ranking.symbol}{best['cost'].typical:,.0f} in all" in above
    assert f"{ranking.symbol}{best['cost'].high:,.0f}" in above or best["cost"].high == best["cost"].typical
    assert len(shown.partition("\n   option")[0].splitlines()) <= 42


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("question", RANKED)
def test_nothing_about_safety_is_kept_for_who_asks(question: str, width: int) -> None:
    ranking = ranking_of(question)
    shown = " ".join(brief(question, width).replace("-\n", "-").split()).casefold()
    rows = [(row.option.name, row.screening) for row in ranking.options[:OPTIONS]]
    rows += [(item.name, item.screening) for item in ranking.unmeasured[:4]]
    for name, screening in rows:
        for harm in screening.gravest:
            if harm.grave:
                assert harm.value.replace("-", " ") in shown, (name, harm.value)
        if any(status.value == "prescription-only" for status in screening.status):
            for condition in screening.not_with:
                assert readable(CATALOG, condition).casefold() in shown, (name, condition)
        for caution in screening.cautions:
            assert readable(CATALOG, caution.value).casefold() in shown, (name, caution.value)
    for item in ranking.ask_first:
        assert item.name.casefold() in shown


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_id_of_a_source_and_no_word_of_the_workshop_stands_in_brief(question: str) -> None:
    shown = " ".join(brief(question).split())
    assert [identity for identity in CATALOG.sources if "-" in identity and identity in shown] == []
    assert not re.search(r"\bdraws\b|\.toml|\bscore\b", shown)


def test_a_source_is_named_by_somebody() -> None:
    labels = {source: source_label(CATALOG, source) for source in CATALOG.sources}
    assert [found for found in labels.items() if re.search("not (shown|stated)", found[1]) or not found[1]] == []
    assert labels["kato-2022-filler-visual-loss"] == "Kato 2022"


# ------------------------------------------------------------------ is it worth it


def worth(catalog: Catalog, name: str) -> str:
    (row,) = instead(posed(catalog, "scars"), name).rows
    return row.worth


def test_worth_it_is_yes_probably_not_or_nobody_knows(toy: Toy) -> None:
    for name, gain, price in (("pen", 36, 100), ("dear", 36, 400), ("dud", -30, 50)):
        toy.procedure(name).tested(name, gain).tested(name, gain)
        toy.practice(name, "sessions", 3, 3).price(name, price)
    toy.procedure("blind").helped("blind").practice("blind", "sessions", 1, 1).price("blind", 70)
    catalog = toy.catalog()
    assert worth(catalog, "pen") == "yes"
    assert worth(catalog, "dear") == "probably not"
    assert worth(catalog, "dud") == "probably not"
    assert worth(catalog, "blind") == "nobody knows"


def test_it_is_not_worth_it_where_what_costs_no_more_is_likelier_than_not_to_help_more(toy: Toy) -> None:
    for name, gain, price in (("pen", 30, 100), ("peel", 33, 95), ("poor", 20, 90)):
        toy.procedure(name).tested(name, gain).tested(name, gain)
        toy.practice(name, "sessions", 3, 3).price(name, price)
    (row,) = instead(posed(toy.catalog(), "scars"), "pen").rows
    assert row.verdict == "too close"
    assert row.worth == "probably not"
    assert row.rival is not None
    assert row.rival.id == "peel"
    assert row.rival.cost.typical <= row.named.cost.typical if row.named else False
    assert (row.p_rival_better or 0) > 0.5
    (row,) = instead(posed(toy.catalog(), "scars"), "peel").rows
    assert (row.worth, row.rival) == ("yes", None)


@pytest.mark.parametrize("name", ["exosomes", "microneedling", "prp", "ipl", "retinoids"])
def test_a_yes_stands_beside_nothing_cheaper_and_better_and_is_of_what_is_added(name: str) -> None:
    for concern in CATALOG.concerns:
        for row in instead(posed(CATALOG, concern), name).rows:
            if row.worth != "yes":
                continue
            assert row.named is not None
            assert row.named.benefit.low > 0
            assert row.rival is None
            assert row.adds is None or row.adds.low > 0


def test_what_is_added_to_a_base_is_judged_by_what_it_adds(toy: Toy) -> None:
    toy.procedure("laser").tested("laser", 50).tested("laser", 50).tested("laser", 50)
    toy.procedure("serum", role="adjunct", adjunct_to=["laser"])
    arm = {"n": 25, "measure": "percent-improvement", "procedure": "laser", "value": 60}
    for name in ("one", "two"):
        toy.study(name, "scars", arm=[arm, {**arm, "procedure": "serum", "base": "laser"}], participants=50)
    for one in ("laser", "serum"):
        toy.practice(one, "sessions", 3, 3).price(one, 100)
    (row,) = instead(posed(toy.catalog(), "scars"), "serum").rows
    assert row.adds is not None
    assert row.named is not None
    assert row.named.benefit.low > 0
    assert row.adds.low <= 0
    assert row.worth != "yes"


@pytest.mark.parametrize("question", ["are exosomes worth it for acne scars", "are exosomes worth the money"])
def test_the_verdict_names_what_is_not_approved_and_no_laser_s_gain_is_its_yes(question: str) -> None:
    lines = decide.ask(question, catalog=CATALOG, draws=0).parts[0]
    said = {line.kind: line.says for line in instead_view(lines).verdict}["worth"]
    assert "Not approved here: Exosomes after laser" in said
    assert not said.startswith("Yes")


def test_the_sum_is_visits_times_the_price_that_was_quoted() -> None:
    said = " ".join(
        str(decide.ask("is microneedling worth it for acne scars, $300 a session", catalog=CATALOG)).split()
    )
    assert "4 visits × $300 = $1,200" in said


def test_without_a_concern_the_first_line_says_for_which() -> None:
    lines = brief("are exosomes worth $2000").splitlines()
    first = next(line for line in lines if line.startswith("Worth it?"))
    assert re.search("Yes for|Probably not|Nobody knows", first)


# ------------------------------------------------------------------ why nothing leads a kind


@pytest.mark.parametrize(
    ("question", "none"),
    [
        ("best for acne scars under $100", "over budget"),
        ("best for acne scars, nothing done in a clinic", "ruled out"),
    ],
)
def test_why_nothing_leads_a_kind_is_told_as_it_is(question: str, none: str) -> None:
    ranking = decide.ask(question, catalog=CATALOG, draws=0).ranking
    assert ranking is not None
    empty = [kind for kind in ranking.kinds if not kind.first]
    assert empty
    assert none in {kind.none for kind in empty}
    said = " ".join(line.says for line in verdict(ranking))
    assert "nothing with a figure beats" not in said or "worse than nothing" in {kind.none for kind in empty}
    assert all(bool(kind.first) != bool(kind.none) for kind in ranking.kinds)
