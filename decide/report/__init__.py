"""How answers are shown: a view says what stands there, a face places it.

- `views`: a view for each answer, texts and marks; nothing else chooses a word, rounds a figure or decides a mark.
- `words`: units, signs, roundings; `charts`: which draws what.
- `layout`: a view as titles, paragraphs, tables and lists; `terminal` and `markdown` write those.
- `html`: the templates of page, printed report and notebook; `records`, `tables`: flat lines, CSV.
- `shown`: registers all of it with `decide.result`; `formats`: an answer in a named format.
"""
