"""The program's version, read by every face."""

__version__ = "0.1.0"
