"""Measures that a page names without their values: in a list of links, in a heading that is not read as one.

That such a measure is not on the page would be wrong, and so would be that it is new where its values come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from parsers.records import Measure, Page
from pipeline.changes import wording

Named = Mapping[str, list[str]]
"""The keys of lines that name a code, by the code."""

_CODE = re.compile(r"\d+(?:\.\d+){2,}")


def named_alone(page: Page) -> Named:
    """Lines with codes of measures of which the page has no values."""
    known = {measure.code for measure in page.measures}
    found: dict[str, list[str]] = defaultdict(list)
    for line in page.text.split("\n"):
        for code in _CODE.findall(line):
            if code not in known:
                found[code].append(f" {(wording.key(line) or '').casefold()} ")
    return found


def is_named(measure: Measure, named: Named) -> bool:
    """Whether one of these lines has the title of the measure beside its code."""
    title = (wording.key(measure.title) or "").casefold()
    return bool(title) and any(f" {title} " in line for line in named.get(measure.code, ()))
