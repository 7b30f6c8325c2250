"""What is worked out from a catalogue dies with it, and no question makes it grow without end."""

import gc
import weakref

import decide
from decide.catalog import Catalog, load_catalog


def test_a_catalogue_that_nobody_holds_is_gone_with_all_that_was_worked_out_from_it() -> None:
    gone = []
    for _ in range(2):
        catalog = load_catalog()
        ranking = decide.rank("redness", catalog=catalog, draws=50)
        decide.ask("tell me about tretinoin in the uk", catalog=catalog)
        decide.instead("exosomes", concern="wrinkles", catalog=catalog)
        gone.append(weakref.ref(catalog))
        del catalog
    gc.collect()
    assert ranking.rows
    assert [ref() for ref in gone] == [None, None]


def kept(catalog: Catalog) -> int:
    return max(len(store) for store in catalog.kept.values())


def test_any_number_of_horizons_keeps_a_bounded_store() -> None:
    catalog = load_catalog()
    sizes = []
    for months in range(1, 121):
        decide.rank("volume loss", horizon=months, market="uk", catalog=catalog, draws=0)
        sizes.append(sum(len(store) for make, store in catalog.kept.items() if make.__name__ == "_listed"))
    assert max(sizes) <= 64
    assert sizes[-1] == sizes[70]


def test_two_catalogues_never_share_a_result() -> None:
    first, second = load_catalog(), load_catalog()
    decide.rank("redness", catalog=first, draws=0)
    assert first.kept
    assert not second.kept
