"""Words: every sentence that a person reads, in one catalogue with its French twin.

catalogue  the sentences of a language
numbers    numbers as readers of a language write them
"""
