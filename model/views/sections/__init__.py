"""Sections: what the page says, one module a section, in the order of the page.

first       the answer on one screen; `first_words` and `why` tell it
openings    the sentence that each section opens with
glossary    terms of art in plain words
overview    the question, and the answer of each scenario
comparison  the scenarios over the years
gains       whether each partner is better off, by every rule; `shares`, by one
settlement  what partners pay each other, and for what
territory   what one scenario does: trajectories, savings, whole units
network     who feeds whom
balances    from where and to where each carrier goes, what stands, the mean of the like
maps        the EPCI by year
money       costs, who builds, what binds
sweeps      what comes out as a swept key changes
sheets      one page for each EPCI
proof       assumptions, sources, certificates

reader, names, parts   what the sections share: outcomes and words, names, parts of a page
"""
