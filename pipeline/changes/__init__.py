"""What changed between two states of a page: true, each change once, and in words.

``compare.diff`` gives the changes, ``record`` says what a change is, ``filters`` which ones somebody wants,
``versions`` tells a measure's values over time. ``wording`` and ``values`` say what is compared, ``match``
and ``items`` what belongs together, ``events`` and ``page`` what differs; ``written`` puts a change in words
(``english``, ``latvian``). All of it is pure. Nothing is imported here: a run in which nothing is new needs
``figures`` and no more.
"""
