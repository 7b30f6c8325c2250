"""Many questions at once: read from a file (`requests`), each answered or refused by itself (`run`); or as columns of
Arrow (`kernel`, whose call is `rank_batch`), worked out together where they share a table.

A line that cannot be read or answered is told in its place and stops no other. What is written is data alone, a line of
JSON or rows of a table for each question, with the figures of the library's own answers.
"""

from decide.batch.kernel import rank_batch

__all__ = ["rank_batch"]
