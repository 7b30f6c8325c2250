"""Many questions at once: read from a file (`requests`), each answered or refused by itself (`run`).

A line that cannot be read or answered is told in its place and stops no other. What is written is data alone, a line of
JSON or rows of a table for each question, with the figures of the library's own answers.
"""
