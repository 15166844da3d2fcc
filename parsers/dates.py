"""Whole dates in words that the grammar of :mod:`parsers.periods` does not know.

dateparser reads many languages, slowly, and fills in from today what is not printed. So it is imported
only when a short field is a day, a word and a year and nothing else, and may add nothing.
"""

from __future__ import annotations

import re

from parsers.records import Period

_WHOLE = re.compile(
    r"\s{0,4}(?:[0-9]{1,2}[.\s-]{0,3}[^\W\d_]{3,12}[.,\s-]{0,3}(?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}[.,\s]{0,3}(?:[^\W\d_]{1,6}[.\s]{1,3})?[0-9]{1,2}[.\s]{0,3}[^\W\d_]{3,12}"
    r"|[^\W\d_]{3,12}[.\s]{1,3}[0-9]{1,2}(?:st|nd|rd|th)?[.,\s]{1,3}(?:19|20)[0-9]{2})\.?\s{0,4}"
)
_LANGUAGES = ["lv", "en", "de", "ru", "lt", "et", "pl", "fr"]


def fallback(text: str) -> Period | None:
    """The day that ``text`` is, where day, month and year are all printed; None otherwise."""
    if _WHOLE.fullmatch(text) is None:
        return None
    import dateparser

    moment = dateparser.parse(
        text, languages=_LANGUAGES, settings={"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}
    )
    if moment is None or str(moment.year) not in text or str(moment.day) not in text:
        return None
    day = moment.date()
    start = len(text) - len(text.lstrip())
    return Period(day.isoformat(), "day", day, day, start, len(text.rstrip()))
