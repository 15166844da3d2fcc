"""The words of the Latvian sentences: what CONTRACT's vocabularies are called, in the cases they need."""

from __future__ import annotations

from typing import NamedTuple


class Name(NamedTuple):
    """What a sentence is about: nominative, genitive, and the ending of its participle (``s`` or ``a``)."""

    nominative: str
    genitive: str
    ending: str


STEPS = {
    "regulation_approval": Name("MK noteikumu apstiprināšana", "MK noteikumu apstiprināšanas", "a"),
    "selection_start": Name("atlases uzsākšana", "atlases uzsākšanas", "a"),
    "selection_end": Name("atlases noslēgums", "atlases noslēguma", "s"),
    "project_approval": Name("projektu apstiprināšana", "projektu apstiprināšanas", "a"),
    "eligibility_start": Name("izdevumu attiecināmības sākums", "izdevumu attiecināmības sākuma", "s"),
    "implementation_start": Name("īstenošanas sākums", "īstenošanas sākuma", "s"),
    "completion": Name("īstenošanas noslēgums", "īstenošanas noslēguma", "s"),
}
FUNDS = {
    "eu_total": ("ES fondu finansējums", "ES fondu finansējuma"),
    "erdf": ("ERAF finansējums", "ERAF finansējuma"),
    "esf_plus": ("ESF+ finansējums", "ESF+ finansējuma"),
    "cf": ("Kohēzijas fonda finansējums", "Kohēzijas fonda finansējuma"),
    "jtf": ("Taisnīgas pārkārtošanās fonda finansējums", "Taisnīgas pārkārtošanās fonda finansējuma"),
    "rrf": ("Atveseļošanas fonda finansējums", "Atveseļošanas fonda finansējuma"),
    "national": ("nacionālais līdzfinansējums", "nacionālā līdzfinansējuma"),
    "state_budget": ("valsts budžeta finansējums", "valsts budžeta finansējuma"),
    "municipal": ("pašvaldību finansējums", "pašvaldību finansējuma"),
    "private": ("privātais finansējums", "privātā finansējuma"),
    "flexibility": ("elastības finansējums", "elastības finansējuma"),
    "total": ("kopējais finansējums", "kopējā finansējuma"),
}
QUALIFIERS = {
    "exact": "tieši",
    "approximate": "aptuveni",
    "more_than": "vairāk nekā",
    "at_least": "vismaz",
    "up_to": "līdz",
    "range": "diapazons",
}
SELECTION = {
    "open": ("atklāta", "atklātas", "atklātu"),
    "restricted": ("ierobežota", "ierobežotas", "ierobežotu"),
}
"""Types of selection (``atlase``) in nominative, genitive and accusative."""
SECTIONS = {
    "objective": "sadaļā „Atbalsta mērķis”",
    "selection_text": "sadaļā „Projektu atlases veids”",
    "other_info": "sadaļā „Cita informācija”",
    "narrative": "aprakstā",
    "unclaimed": "pārējā aprakstā",
}
FIELDS = {"predecessor_code": "priekštecis", "specific_objective": "specifiskais atbalsta mērķis"}
