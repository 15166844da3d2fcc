"""The fixed words of messages about changes, in both languages."""

from __future__ import annotations

from pipeline.changes.figures import number
from pipeline.reports.words import counted

MESSAGE = {"en": "pasakumi, message {}", "lv": "pasakumi, ziņojums {}"}


def more(count: int, language: str) -> str:
    """How many changes are not listed: ``and 3 more``, ``un vēl 3 izmaiņas``."""
    return f"and {number(count, 'en')} more" if language == "en" else f"un vēl {counted(count, 'lv')}"
