"""Linear games: partners put their endowments together in one linear programme.

game        the game, its costs, and the shares that dual prices give
programme   arrays into HiGHS and back, from one basis to the next
prices      the choice among dual prices
probe       a quick look for a badly treated coalition
separation  the worst-treated one, by one integer programme
cuts        the same for games too large for that, by cuts
"""
