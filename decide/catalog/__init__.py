"""Facts, each with its source: models, reading, checking, price lists.

    from decide.catalog import load_catalog
    catalog = load_catalog()
    catalog.procedures["tretinoin"].name
    catalog.prices("us")["tretinoin"]

The catalogue knows no arithmetic: it says what was read and where. See `decide.catalog.models` for the tables.
"""

from decide.catalog.catalog import Catalog, load_catalog

__all__ = ["Catalog", "load_catalog"]
