"""Alternatives: the courses that may be had, at what cost, by whom; and what is left out, why.

- `delivery`: how a procedure is given (sessions, months, downtime, how long it lasts), from facts on a ladder.
- `studied`: in which sessions, and of which product, the trials behind a benefit gave it.
- `pricing`, `quotes`: which price counts; `costs`: what a course costs in all.
- `eligibility`: who may have what, one function for every answer.
- `alternative`: an option, its id and name; `candidates`: all options of a concern.
- `cell`: a figure with its range and the facts behind it.
"""
