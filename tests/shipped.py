"""The shipped catalogue, loaded once for all tests of a process: nothing changes it, and what is worked out from it
hangs on it.
"""

from decide.catalog import Catalog
from decide.catalog.catalog import shipped_root

CATALOG = Catalog(shipped_root())
