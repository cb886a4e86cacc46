"""Settlement: who gains by cooperating, and who owes whom.

trade      what a contract between two partners would say, from the prices of the common plan
dividends  what the shared companies earn, and what each shareholder receives of it
in_kind    what partners give one another that no invoice shows
payments   from cost shares to payments between partners, year by year
contracts  all of these for one plan
sheet      the better-off sheet, as one labelled Dataset
remarks    what a reader must know before using the rules
cooperate  a scenario, or its plan, to the file on who gains
"""

from model.settlement.cooperate import cooperate, game_of, glance
from model.settlement.payments import settle

__all__ = ["cooperate", "game_of", "glance", "settle"]
