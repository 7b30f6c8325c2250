"""Laws of reading that hold for any text: something always comes back, nothing is dropped or invented in silence."""

import sys
import time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.numerals import UNITS
from decide.question.reading import MAX_LENGTH, understand
from decide.question.request import Budget, Request
from decide.question.wordlist import word_set

relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

CONCERNS = {
    "acne scars": "acne-scars",
    "melasma": "pigment",
    "wrinkles": "wrinkles",
    "hair loss": "hair-loss",
    "rosacea": "redness",
    "dark circles": "dark-circles",
    "sun damage": "sun-damage",
}
PROCEDURES = {
    "Botox": "botulinum-toxin",
    "exosomes": "exosomes",
    "PRP": "prp",
    "tretinoin": "tretinoin",
    "Profhilo": "hybrid-ha",
    "hydroquinone": "hydroquinone",
    "microneedling": "microneedling",
}
concerns = st.sampled_from(sorted(CONCERNS))
procedures = st.sampled_from(sorted(PROCEDURES))
WORDS = sorted(
    word_set(
        """acne scars melasma botox under over not no between and or $ 2k 600-800 £ a month per session i'm 45 type iv
        skin pregnant exosomes vs prp best cheapest needles lasers , . ? ! - / ( ) at least most tried after my two
        thousand 3 days off US us € % rolling spots marks the for is worth it how much does work why plan combine
        anything but nothing without hate"""
    )
)


@relaxed
@given(text=st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)))
def test_any_text_gives_a_request(text: str, catalog: Catalog) -> None:
    read = understand(text, catalog)
    assert isinstance(read, Request)
    assert Request.model_validate_json(read.model_dump_json()) == read


@relaxed
@given(text=st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_the_same_text_always_reads_the_same(text: str, catalog: Catalog) -> None:
    assert understand(text, catalog) == understand(text, catalog)


@relaxed
@given(text=st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_what_is_excluded_is_not_asked_about(text: str, catalog: Catalog) -> None:
    read = understand(text, catalog)
    assert not {c.id for c in read.concerns} - set(catalog.concerns)
    named = {*read.procedures, *read.exclude}
    assert named <= set(catalog.procedures) | set(catalog.families)


@relaxed
@given(concern=concerns, wanted=procedures, ruled_out=procedures)
def test_a_procedure_ruled_out_is_excluded(concern: str, wanted: str, ruled_out: str, catalog: Catalog) -> None:
    for way in (
        f"{concern}, not {ruled_out}",
        f"anything but {ruled_out} for {concern}",
        f"{concern} without {ruled_out}",
    ):
        read = understand(way, catalog)
        assert PROCEDURES[ruled_out] in read.exclude
        assert PROCEDURES[ruled_out] not in read.procedures
        assert [c.id for c in read.concerns] == [CONCERNS[concern]]


WRITTEN = {
    "under ${:,}": None,
    "under ${}": None,
    "up to US${:,}": "USD",
    "budget £{}": "GBP",
    "budget of A${:,}": "AUD",
    "no more than {} AUD": "AUD",
    "at most {:,} pounds": "GBP",
    "I have {} dollars": None,
    "around {} quid": "GBP",
    "{} USD max": "USD",
    "can't spend more than ${}": None,
    "my budget is {}": None,
    "nothing over £{:,}": "GBP",
    "I can spend ${}.": None,
}


@relaxed
@given(concern=concerns, amount=st.integers(100, 90_000), form=st.sampled_from(sorted(WRITTEN)))
def test_a_budget_reads_back_in_every_form(concern: str, amount: int, form: str, catalog: Catalog) -> None:
    read = understand(f"best treatment for {concern}, {form.format(amount)}", catalog)
    assert read.budget == Budget(high=Decimal(amount), currency=WRITTEN[form])


@relaxed
@given(concern=concerns, low=st.integers(100, 4000), more=st.integers(1, 4000))
def test_a_range_reads_back(concern: str, low: int, more: int, catalog: Catalog) -> None:
    expected = Budget(low=Decimal(low), high=Decimal(low + more))
    for form in (
        "between ${} and ${}",
        "${}-${}",
        "${} to ${}",
        "from ${} to ${}",
        "${}-{}",
        "between {} and {} dollars",
    ):
        assert understand(f"{concern}, {form.format(low, low + more)}", catalog).budget == expected


NUMBERS = list(UNITS)[1:]


@pytest.mark.parametrize("value", range(2, 20))
def test_sums_in_words_and_thousands(value: int, catalog: Catalog) -> None:
    for form, amount in (
        (f"{NUMBERS[value - 1]} thousand dollars", 1000 * value),
        (f"{value}k", 1000 * value),
        (f"{value}.5k", 1000 * value + 500),
        (f"{value} grand", 1000 * value),
        (f"{NUMBERS[value - 1]} hundred bucks", 100 * value),
        (f"{NUMBERS[value - 1]} thousand five hundred dollars", 1000 * value + 500),
    ):
        assert understand(f"wrinkles, {form}", catalog).budget == Budget(high=Decimal(amount)), form


NO_MONEY = (
    "I'm {n}",
    "aged {n}",
    "{n} sessions",
    "a {n} year old",
    "{n} % TCA peel",
    "{n} treatments",
    "in {n} weeks",
    "{n} units",
    "I am {n} weeks pregnant",
    "{n} spots",
    "with {n}% acid",
    "SPF {n}",
    "{n} days off",
    "I have {n} kids",
    "{n} times",
    "after {n} sessions",
    "around {n} years ago",
    "at most {n} visits",
    "under {n} sessions",
    "no more than {n} days",
)


@relaxed
@given(concern=concerns, n=st.integers(2, 99), form=st.sampled_from(NO_MONEY))
def test_no_number_that_counts_something_else_is_a_budget(concern: str, n: int, form: str, catalog: Catalog) -> None:
    assert understand(f"best for {concern}, {form.format(n=n)}", catalog).budget is None


@pytest.mark.parametrize("skin", ["type 4 skin", "skin type IV", "Fitzpatrick 4", "phototype 4", "type IV skin"])
def test_a_skin_type_is_no_budget(skin: str, catalog: Catalog) -> None:
    read = understand(f"melasma, {skin}", catalog)
    assert read.budget is None
    assert read.person.skin_type == 4


FILLER = ["please", "thanks!", "What would you do?", "any ideas?", "Hi,", "I'd love your advice.", "cheers"]


@relaxed
@given(concern=concerns, amount=st.integers(100, 9000), extra=st.lists(st.sampled_from(FILLER), min_size=1, max_size=4))
def test_filler_changes_nothing(concern: str, amount: int, extra: list[str], catalog: Catalog) -> None:
    question = f"best treatment for {concern} under ${amount}, no needles."
    assert understand(" ".join([question, *extra]), catalog) == understand(question, catalog)


@relaxed
@given(concern=concerns, word=st.text("bcdfghjklmnpqrtvwxz", min_size=9, max_size=12))
def test_a_word_that_nobody_knows_is_reported(concern: str, word: str, catalog: Catalog) -> None:
    read = understand(f"best treatment for {concern} {word}", catalog)
    assert word in " ".join(read.not_understood)


@relaxed
@given(
    concern=concerns,
    amount=st.integers(100, 9000),
    sign=st.sampled_from(["€{}", "{} euros", "C${}", "{} CAD", "¥{}", "₹{}"]),
)
def test_a_currency_without_a_list_is_reported_and_no_budget(
    concern: str, amount: int, sign: str, catalog: Catalog
) -> None:
    read = understand(f"{concern}, {sign.format(amount)}", catalog)
    assert read.budget is None
    assert str(amount) in " ".join(read.not_understood)


@relaxed
@given(word=st.sampled_from(sorted(set(CONCERNS) - {"hair loss"})), data=st.data())
def test_one_swap_of_letters_is_forgiven(word: str, data: st.DataObject, catalog: Catalog) -> None:
    longest = max(word.split(), key=len)
    at = data.draw(st.integers(1, len(longest) - 3))
    slip = word.replace(longest, longest[:at] + longest[at + 1] + longest[at] + longest[at + 2 :])
    assert [c.id for c in understand(f"best treatment for {slip}", catalog).concerns] == [CONCERNS[word]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00\x01\x02",
        "\u202e\ufeff",
        "🙂" * 50,
        "'; DROP TABLE x; --",
        "<script>alert(1)</script>",
        "٣٤٥",
        "ﷺ" * 20,
        "{{7*7}}",
        "a" * 20_000,
        "1" * 20_000,
        "$" * 20_000,
        "İ" * 500,
        "\ud800",
    ],
)
def test_odd_texts(text: str, catalog: Catalog) -> None:
    read = understand(text, catalog)
    assert read.intent == "unknown"
    assert not read.concerns
    assert read.budget is None


def calls(text: str, catalog: Catalog) -> int:
    """How many calls it takes to read a text: the same on any computer, however busy."""
    made = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        understand(text, catalog)
    except InputError:
        pass
    finally:
        sys.setprofile(before)
    return made


def test_a_text_beyond_the_limit_is_refused_at_once(catalog: Catalog) -> None:
    endless = "acne scars " * 100_000
    with pytest.raises(InputError, match="too long") as caught:
        understand(endless, catalog)
    assert "\n" not in str(caught.value)
    assert f"{MAX_LENGTH:,}" in caught.value.hint
    assert calls(endless, catalog) < 20


@pytest.mark.parametrize(
    "piece",
    [
        "acne scars under $2000, no needles or lasers, ",
        "zzxqyabc melazmaa ",
        "a ",
        "no ",
        "1 ",
        "skin ",
        "not exosomes or ",
        "1-2k ",
        "3 days of ",
        "i am ",
        "fin ",
        "tretinoin, born 1990 ",
    ],
)
def test_the_work_grows_no_faster_than_the_length(piece: str, catalog: Catalog) -> None:
    short, long, whole = ((piece * length)[:length] for length in (500, 5000, MAX_LENGTH))
    understand(piece, catalog)
    # ten times the text: ten times the calls, and a little more
    assert calls(long, catalog) < 12 * calls(short, catalog)
    # a pattern that goes back and forth makes no calls: it shows in the processor's time, whoever else is at work
    began = time.process_time()
    understand(whole, catalog)
    assert time.process_time() - began < 10


def test_a_normal_question_takes_little_work(catalog: Catalog) -> None:
    question = "Rolling acne scars, I have about $1,500 and can only take 3 days off. What should I do?"
    understand(question, catalog)
    assert calls(question, catalog) < 12_000
