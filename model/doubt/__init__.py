"""Doubt: how sure an answer is, from many draws of what is not sure of the inputs.

groups        what is not sure, and moves together: a table, and what a scenario says over it
inputs        what a text such as `prices.purchase_price[carrier=gas]` means
factors       the distributions, and the draws: the same for every form of cooperation
intervals     rows that have each their own interval
moved         the scenario and the tables of a draw
worth         what each partner bears, at the marginal prices of a plan
draw          one draw, solved: its headline results
ensemble      the results of all draws as one Dataset
statistics    quantiles and their error, thresholds
sensitivity   what the doubt hangs on, from the same draws; knows no energy
"""
