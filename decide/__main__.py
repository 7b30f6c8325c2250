"""`python -m decide` is `decide`."""

from decide.cli.main import run

run()
