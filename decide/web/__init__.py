"""The page: a thin face over the library, for a browser or another program. `create_app` makes it."""

from decide.web.app import create_app

__all__ = ["create_app"]
