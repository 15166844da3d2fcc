# ruff: noqa: E501  (tables stand whole)
"""Milestones in words: which phrase means which kind, and sentences around a period."""

from __future__ import annotations

REAL: dict[str, tuple[str, ...]] = {
    "regulation_approval": ("MK noteikumu apstiprināšana",),
    "selection_start": ("atlases uzsākšana",),
    "project_approval": ("apstiprināts projekts",),
    "eligibility_start": ("darbību attiecināmība",),
    "completion": ("projekta īstenošanas noslēgums",),
}

OTHERS: dict[str, tuple[str, ...]] = {
    "regulation_approval": (
        "Ministru kabineta noteikumu apstiprināšana", "MK noteikumu apstiprināšana", "MK noteikumu pieņemšana",
        "noteikumu apstiprināšana Ministru kabinetā", "apstiprināti MK noteikumi",
    ),
    "selection_start": (
        "atlases izsludināšana", "projektu iesniegumu atlases uzsākšana", "atlases sākums",
        "projektu iesniegumu pieņemšanas uzsākšana", "projektu atlases izsludināšana", "atlases uzsākšana",
    ),
    "selection_end": (
        "projektu iesniegumu atlases noslēgums", "atlases beigas", "projektu iesniegumu iesniegšanas termiņš",
        "projektu iesniegumu pieņemšanas beigas",
    ),
    "project_approval": ("projekta apstiprināšana", "projektu iesniegumu apstiprināšana", "apstiprināts projekts"),
    "eligibility_start": ("darbību attiecināmība", "izmaksu attiecināmības sākums"),
    "implementation_start": ("projekta īstenošanas uzsākšana", "projektu īstenošanas sākums"),
    "completion": (
        "projekta īstenošanas noslēgums", "projektu īstenošanas beigas", "projekta īstenošanas beigu termiņš",
        "projektu īstenošanas noslēgums",
    ),
    "other": ("informatīvais seminārs projektu iesniedzējiem", "vērtēšanas kritēriju saskaņošana Uzraudzības komitejā"),
}  # fmt: skip

SENTENCES: dict[str, str] = {
    "regulation_approval": "MK noteikumus plānots apstiprināt {}",
    "selection_start": "Atlasi plānots uzsākt {}",
    "selection_end": "Projektu iesniegumu pieņemšanu plānots noslēgt {}",
    "completion": "Projektu īstenošanu plānots pabeigt {}",
}

WINDOWS = (
    "projektu iesniegumu pieņemšana", "projektu iesniegumu iesniegšana", "projektu iesniegumu atlase",
    "pieteikumu iesniegšanas periods",
)  # fmt: skip

SELECTION_REAL: tuple[tuple[str, str], ...] = (
    ("Ierobežota projekta iesnieguma atlase", "restricted"),
    ("Ierobežota projekta iesnieguma atlase", "restricted"),
    ("Atklāta projektu iesniegumu atlase", "open"),
)

SELECTION: tuple[tuple[str, str], ...] = (
    ("Ierobežota projektu iesniegumu atlase", "restricted"), ("ierobežota", "restricted"), ("Atklāta", "open"),
    ("Atklāta projektu iesniegumu atlase", "open"), ("atklāta atlase", "open"),
    ("Projektu iesniegumus atlasa ierobežotā atlasē", "restricted"), ("Atklātas projektu iesniegumu atlases veidā", "open"),
)  # fmt: skip

FOOTNOTES: dict[str, tuple[str, ...]] = {
    "included": ("ieskaitot elastības finansējumu",),
    "excluded": ("neieskaitot elastības finansējumu",),
}
