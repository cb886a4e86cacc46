"""Facts: what results say, as plain numbers; nothing here knows a language or a drawing.

tables       energy, money and targets of one result
differences  in what scenarios are unlike, and what all have
flows        what needs the tables of the inputs folder too: flows, savings, equivalents
sharing      what the file on who gains says
answers      what each scenario answers, and by how much cooperation pays
"""
