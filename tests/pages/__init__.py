"""Labelled pages: page and truth built from the same values, never by the parser.

``build.build(seed, layout, notation)`` draws values, prints them in a notation, lays them out and wraps
them as a ministry's site does; ``python -m tests.pages`` rewrites the committed ones.
"""
