"""Rankings: `rank(problem)` orders the alternatives for a concern.

- `result`: what a ranking holds; `rank`: how it comes together; `order`: who fits, in order, and who is left out.
- `kinds`: who would lead for each kind of the concern; `filters`: what each thing that is not wanted costs.
- `without`: the ranking when sources are left out.
"""
