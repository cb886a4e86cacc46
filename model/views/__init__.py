"""Views: results as people read them.

facts       what a result says, as plain numbers
painters    drawings of anything, as SVG
sections    what the page says, section by section
publishing  the page and its files: HTML, spreadsheets, databases, figures
"""
