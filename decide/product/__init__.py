"""Descriptions of a product, a study or a body of evidence, held against the catalogue's frameworks.

    from decide.product import check_file
    check_file(catalog, "serum.toml")

Nothing here knows a framework, an item or a word list by name: all of that stands in `catalog/frameworks.toml`.
"""

from decide.product.check import check_description, check_file
from decide.product.findings import Checked, ProductCheck
from decide.product.template import template

__all__ = ["Checked", "ProductCheck", "check_description", "check_file", "template"]
