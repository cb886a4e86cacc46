"""Excess: which coalition pays most above its cost, by any allocation, and how it is made content.

span     the coalitions whose shares are settled, because those of others are
oracle   the worst-treated coalition, found as the game allows
search   of a small game, with as few costs as bounds allow
pool     the coalitions whose cost is known and finite
tighten  the worst excess held as low as it goes, then the next
"""
