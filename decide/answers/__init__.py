"""Answers as data: each takes a `Problem`, and holds its inputs and its working. No sentence is written here.

- `ask`: any question, by its intent; `ranking`: alternatives in order (`rank`), by kind, without filters or sources.
- `robustness`: how sure an order is, what would change it, the frontier.
- `comparison`, `instead` (the same money elsewhere), `plan` (the best set of courses), `why` (the chain of facts
  behind a place), `card` (one procedure), `documents` (the founding documents, recomputed).
- `named`: what a person calls an option.

`decide.report` says how each is shown.
"""
