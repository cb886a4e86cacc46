"""Painters: they draw numbers and names as SVG, and know neither energy nor a page.

svg      elements, escaped; scales and axes
palette  colours that the colour-blind and a grey printer can tell apart
charts   stacked columns and lines over an axis of years
bars     a waterfall, a supply curve, a bar of shares
dots     many ways beside one another
heat     a number for each pair of values
map      the outlines of EPCI, painted by value
sankey   what flows from one column of names to the next
"""
