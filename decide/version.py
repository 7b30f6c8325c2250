"""The version of the program and the name it is installed by: the one place where they are written."""

__version__ = "0.1.0"
DISTRIBUTION = "decide-treatments"
"""Name of the installable package; it is imported, and run, as `decide`."""


def install(extra: str) -> str:
    """The command that adds what an extra needs to this installation."""
    return f"pip install '{DISTRIBUTION}[{extra}]'"
