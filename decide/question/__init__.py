"""What is asked: from words to a decision problem.

    text ─ reading.understand ─▶ Request ─┐
    flags, form, JSON ─ build.request_of ─┴─▶ Problem.of(catalog, request, Preferences()) ─▶ every answer

- `request`: a question as understood (the JSON of `decide understand`); `person`, `budget` and the rest are in it.
- `reading` and the readers beside it (`money_words`, `people`, `concerns`, `scope`, …): plain words to a `Request`.
- `build`: the one builder of requests from plain values; `names`: what a typed name means; `money`, `prices`, `skin`.
- `problem`: `Problem`, in which market, horizon, weights, limits and quoted prices are resolved once.

Nothing here knows how anything is scored.
"""
