"""Which courses are open for a concern: both parts of a pairing count."""

from decide.alternatives.alternative import LeftOut
from decide.alternatives.candidates import Offer, compared, effects_for, founded, offer
from decide.alternatives.pricing import PriceBook
from decide.evidence.index import Effect
from decide.question.problem import Concern
from tests.toy import Toy
from tests.toy_rows import option


def offered(toy: Toy, effect: Effect) -> Offer | LeftOut:
    catalog = toy.catalog()
    return offer(catalog, PriceBook(catalog, catalog.market("us")), effect, "scars", 12)


def test_a_pairing_on_a_base_that_the_law_forbids_is_left_out(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "sessions", 3, 3).price("pen", 100)
    toy.practice("pen", "status", value="unlawful", market="us")
    toy.procedure("mix", role="adjunct").practice("mix", "sessions", 3, 3).price("mix", 50)
    for effect in (Effect("pen"), Effect("pen", "mix")):
        found = offered(toy, effect)
        assert isinstance(found, LeftOut)
        assert found.why == "not allowed"
    assert isinstance(offered(toy, Effect("mix")), Offer)


def test_a_pairing_used_at_home_takes_as_long_as_its_longer_part(toy: Toy) -> None:
    toy.cream("balm").price("balm", 10, unit="month").assumption("balm", "course-months", 3, 3, 3)
    toy.cream("oil", role="adjunct").price("oil", 10, unit="month").assumption("oil", "course-months", 8, 8, 8)
    for base, top in (("balm", "oil"), ("oil", "balm")):
        found = offered(toy, Effect(base, top))
        assert isinstance(found, Offer)
        assert found.months == 8


def test_beside_an_unpriced_pairing_stands_its_base_at_the_usual_number_of_sessions(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "sessions", 2, 4).price("pen", 100)
    toy.procedure("mix", role="adjunct").practice("mix", "sessions", 3, 3)
    found = offered(toy, Effect("pen", "mix"))
    assert isinstance(found, LeftOut)
    assert found.why == "no price"
    # two to four sessions: three as a rule, at 100 each
    assert found.base_total is not None
    assert found.base_total == 300


def test_a_month_s_money_is_what_a_month_of_its_use_costs(toy: Toy) -> None:
    toy.cream("balm").price("balm", 10, 20, unit="month").assumption("balm", "course-months", 3, 3, 3)
    found = offered(toy, Effect("balm"))
    assert isinstance(found, Offer)
    ((_, cost),) = found.costs
    # 45 for three months, 60 at the dearest
    assert (compared(found, cost, "month"), compared(found, cost, "month", dearest=True)) == (15, 20)


def test_the_product_of_a_course_is_named_where_all_its_prices_are_of_one(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "sessions", 3, 3).price("pen", 100, product="pen:weak")
    for name in ("weak", "strong"):
        toy.add("product", id=f"pen:{name}", procedure="pen", name=name)
    assert option(toy, "pen").product == "pen:weak"
    toy.price("pen", 300, source="two", product="pen:strong")
    assert option(toy, "pen").product is None


def test_what_guides_say_to_leave_is_no_option(toy: Toy) -> None:
    toy.procedure("pen").procedure("dab").guide("scars", None, "pen", line="avoid").guide("scars", None, "dab")
    assert effects_for(toy.catalog(), "scars")[0] == (Effect("dab"),)


def test_what_is_had_with_anything_is_a_rival_where_it_is_given_on_top_of_something(toy: Toy) -> None:
    toy.procedure("pen").cream("balm", role="either")
    toy.add("foundation", concern="scars", procedure="balm", text="Balm.", source="one")
    catalog, scars = toy.catalog(), Concern("scars")
    assert founded(catalog, Effect("balm"), scars)
    assert founded(catalog, Effect("pen", "balm"), scars) is None
    assert founded(catalog, Effect("balm"), Concern("lines")) is None
