"""How answers are shown: a view says what stands there, a face places it.

- `views`: a view for each answer, texts and marks; nothing else chooses a word, rounds a figure or decides a mark.
- `words`: units, signs, roundings; `charts`: which draws what.
- `layout`: a view as titles, paragraphs, tables and lists; `terminal` and `markdown` write those.
- `html`: the templates of page, printed report and notebook; `records`, `tables`: flat lines, CSV.
- `shown`: registers all of it with `decide.result`; `formats`: an answer in a named format.
"""

FORMATS = {
    "table": "decide.report.formats:as_table",
    "json": "decide.report.formats:as_json",
    "csv": "decide.report.formats:as_csv",
    "markdown": "decide.report.formats:as_markdown",
    "html": "decide.report.formats:as_html",
}
"""Formats by name and where each is written: a function of the answers, how many lines to show of each (None: all) and
the screen that they are for. A new format is such a function, in a file of its own, and a line here.
"""
ENDINGS = {".json": "json", ".csv": "csv", ".html": "html", ".htm": "html", ".md": "markdown", ".svg": "svg"}
"""Formats by the ending of a file; svg is a picture, of an answer that has one."""
