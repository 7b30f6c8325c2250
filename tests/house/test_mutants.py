"""A planted slip is only as good as the text that it changes: each stands in its file, once, and becomes another."""

from tests.mutants import LIKELY, MUTANTS, TREE


def test_every_slip_changes_a_text_that_stands_once_in_its_file() -> None:
    texts = {file: (TREE / file).read_text("utf-8") for file in {mutant.file for mutant in MUTANTS}}
    stale = {m.what: texts[m.file].count(m.old) for m in MUTANTS if texts[m.file].count(m.old) != 1}
    assert stale == {}


def test_no_slip_stands_twice_and_each_changes_something() -> None:
    assert len({(m.file, m.old, m.new) for m in MUTANTS}) == len(MUTANTS)
    assert all(m.old != m.new for m in MUTANTS)


def test_the_tests_that_are_tried_first_are_there() -> None:
    assert {mutant.file for mutant in MUTANTS} <= set(LIKELY)
    assert all((TREE / "tests" / name).exists() for names in LIKELY.values() for name in names)
