"""What changed between two states of a page: true, each change once, and in words.

``wording`` and ``values`` say what is compared, ``match`` and ``items`` what belongs together, ``events`` and
``page`` what differs, ``english`` and ``latvian`` how it is said. All of it is pure.
"""

from __future__ import annotations

from pipeline.changes.compare import diff
from pipeline.changes.filters import EVERYTHING, Filter, matches
from pipeline.changes.record import Also, Change, Totals, json_change, without_contact
from pipeline.changes.versions import Version, versions

__all__ = [
    "EVERYTHING",
    "Also",
    "Change",
    "Filter",
    "Totals",
    "Version",
    "diff",
    "json_change",
    "matches",
    "versions",
    "without_contact",
]
