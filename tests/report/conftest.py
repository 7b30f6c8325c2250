"""The page's client, for faces."""

from tests.web.conftest import client

__all__ = ["client"]
