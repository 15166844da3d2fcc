"""What all Latvian sentences name: the measure in its cases, and words of the page in quotation marks."""

from __future__ import annotations

from pipeline.changes import quoting
from pipeline.changes.record import Change


def measure(change: Change, case: str) -> str:
    """``1.2.3.1. pasākuma``; a round has its measure_id in brackets: ``… pasākuma 2. kārtas (1.2.3.1/2)``."""
    endings = {
        "nominative": ("pasākums", "kārta"),
        "genitive": ("pasākuma", "kārtas"),
        "dative": ("pasākumam", "kārtai"),
        "accusative": ("pasākumu", "kārtu"),
    }
    of_measure, of_round = endings[case]
    code, _, round_number = str(change.measure_id).partition("/")
    if not round_number:
        return f"{code}. {of_measure}"
    return f"{code}. pasākuma {round_number}. {of_round} ({change.measure_id})"


def ending(change: Change) -> str:
    """The participle's ending for the measure (masculine) or its round (feminine)."""
    return "a" if "/" in str(change.measure_id) else "s"


def quote(value: object) -> str:
    """The words of a value in Latvian quotation marks."""
    return f"„{quoting.words(value)}”"
