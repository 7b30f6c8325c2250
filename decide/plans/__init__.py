"""Plans: the best set of courses that a budget buys, on arrays, and the weeks they fall in. It knows no medicine.

chosen = decide.plans.solve(decide.plans.problem(cost, benefit, group, ...), budget)     # exact, with its proof
decide.plans.runner_ups(problem, budget, chosen)                                         # the next best sets
decide.plans.marginal(problem, budget, (100, 500, 1000))                                 # what more money would add
decide.plans.schedule(courses, rules)                                                    # which session in which week

`model` says what a plan is worth, `solver` finds the best one, `highs` is the solver it asks (scipy's), `calendar`
spreads sessions over weeks.
"""

from decide.plans.calendar import Course, Session, schedule
from decide.plans.model import Selection, broken, combined, problem
from decide.plans.solver import Marginal, PlanSolution, marginal, runner_ups, solve

__all__ = [
    "Course",
    "Marginal",
    "PlanSolution",
    "Selection",
    "Session",
    "broken",
    "combined",
    "marginal",
    "problem",
    "runner_ups",
    "schedule",
    "solve",
]
