"""A year in minutes: the command run day after day on a shifted clock, against pages that follow a script.

``script`` says what happens on which day, ``ledger`` what must come of it, ``simulator`` runs the days and
compares. ``python -m tests.year`` prints the figures of a whole year.
"""
