"""The words of the English sentences: what CONTRACT's vocabularies are called."""

from __future__ import annotations

STEPS = {
    "regulation_approval": "approval of the regulation",
    "selection_start": "start of selection",
    "selection_end": "end of selection",
    "project_approval": "approval of projects",
    "eligibility_start": "start of eligibility",
    "implementation_start": "start of implementation",
    "completion": "completion",
}
FUNDS = {
    "eu_total": "EU funding",
    "erdf": "ERDF funding",
    "esf_plus": "ESF+ funding",
    "cf": "Cohesion Fund funding",
    "jtf": "Just Transition Fund funding",
    "rrf": "Recovery and Resilience Facility funding",
    "national": "national co-funding",
    "state_budget": "state budget funding",
    "municipal": "municipal funding",
    "private": "private funding",
    "flexibility": "flexibility funding",
    "total": "total funding",
}
QUALIFIERS = {
    "exact": "exactly",
    "approximate": "about",
    "more_than": "more than",
    "at_least": "at least",
    "up_to": "up to",
    "range": "a range",
}
TEXTS = {
    "objective": "objective",
    "selection_text": "description of project selection",
    "other_info": "other information",
    "narrative": "description",
    "unclaimed": "rest of the description",
}
FIELDS = {"predecessor_code": "predecessor measure", "specific_objective": "specific objective"}
