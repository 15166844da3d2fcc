"""Words that the pipeline's files and the configuration share; CONTRACT.md lists what they mean."""

from __future__ import annotations

CHANGE_KINDS = (
    "measure_added",
    "measure_removed",
    "measure_renumbered",
    "measure_split",
    "measure_merged",
    "funding_changed",
    "milestone_moved",
    "milestone_made_precise",
    "milestone_made_vague",
    "milestone_added",
    "milestone_removed",
    "applicant_added",
    "applicant_removed",
    "contact_added",
    "contact_removed",
    "contact_changed",
    "selection_type_changed",
    "link_added",
    "link_removed",
    "title_changed",
    "theme_changed",
    "text_changed",
    "headline_changed",
    "field_changed",
)

CONTACT_KINDS = frozenset({"contact_added", "contact_removed", "contact_changed"})
