"""What an alternative is judged on: one module a criterion, and the performance table that holds them all.

A criterion is a table of the catalogue (`[[criterion]]`: unit, value function, words). Its `measure` names an entry of
`registry`: a function from one alternative's context to a cell with low, typical and high. A criterion that only reads
practice facts needs no module: `measure = "figure"`.
"""
