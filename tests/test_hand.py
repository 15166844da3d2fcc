"""Pages laid out by hand as other ministries might print them, beside what a person reads on each.

Beside a page NAME.html or NAME.txt stands NAME.json, the truth as in tests/fixtures/pages; only what is
beyond doubt is stated: a list that is not stated, or measures that are null, are not measured. A truth may
also name ``narrative`` (words that must be kept as narrative), ``left`` (words that no value may hold and
that are reported as unclaimed) and ``findings`` (code -> words of the finding's text).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from parsers.page import parse_page
from parsers.records import Evidence, Measure, Page
from tests.scoring import Comparison, Mismatch, said, words

FOLDER = Path(__file__).parent / "fixtures" / "hand"
PAGES = sorted(path for path in FOLDER.iterdir() if path.suffix in {".html", ".txt"})
# Pages that are read wrong today; each goes when it is read right.
FAILING: dict[str, str] = {}

LISTS = ("funding", "applicants", "milestones", "contacts", "links")
TEXTS = ("title", "theme", "objective", "selection_text", "other_info")
LABEL_WITHIN = re.compile(
    r"(?:iesniedzēj\w*|kontaktinformācij\w*|kontaktperson\w*|finansējums|finansējuma (?:apmērs|apjoms)|"
    r"mērķa grupa|laika grafiks|atlases veids|atbalstāmās darbības|sadarbības partner\w*|saistošie dokumenti|"
    r"normatīvie akti|cita informācija|tālr(?:unis)?|e-pasts|īstenošanas (?:periods|termiņš))\s*:",
    re.IGNORECASE,
)
_READ: dict[Path, Page] = {}


def truth_of(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return truth


def read(path: Path) -> Page:
    if path not in _READ:
        _READ[path] = parse_page(path.read_bytes(), truth_of(path).get("url"))
    return _READ[path]


def compare(path: Path, comparison: Comparison) -> None:
    """One page into ``comparison``: the fields that its truth states."""
    truth, got = truth_of(path), said(read(path))
    if truth["measures"] is None:
        truth["measures"], got["measures"] = [], []
    stated = {measure["measure_id"]: measure for measure in truth["measures"]}
    for measure in got["measures"]:
        expected = stated.get(measure["measure_id"], {})
        measure.update({name: [] for name in LISTS if name not in expected})
    if "headlines" not in truth:
        truth["headlines"], got["headlines"] = [], []
    comparison.page(path.name, truth, got)


def mismatches(path: Path) -> list[Mismatch]:
    comparison = Comparison()
    compare(path, comparison)
    return comparison.mismatches


def missing(path: Path) -> list[str]:
    """What the truth says of narrative, unclaimed words and findings, and the page does not."""
    truth, page = truth_of(path), read(path)
    told = [words(text.text) or "" for text in page.narrative]
    left = " ".join(page.text[span.start : span.end] for span in page.coverage.unclaimed)
    lost = [f"narrative: {text}" for text in truth.get("narrative", []) if not _within(text, told)]
    lost += [f"unclaimed: {text}" for text in truth.get("left", []) if not _within(text, [words(left) or ""])]
    for code, texts in truth.get("findings", {}).items():
        found = [words(finding.text) or "" for finding in page.findings if finding.code == code]
        lost += [] if found else [f"finding {code}"]
        lost += [f"finding {code}: {text}" for text in texts if not _within(text, found)]
    return lost


def _within(text: str, places: list[str]) -> bool:
    return any((words(text) or "") in place for place in places)


def marked(path: Path) -> Any:
    reason = FAILING.get(path.stem)
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(path, id=path.stem, marks=marks)


@pytest.mark.parametrize("path", [marked(path) for path in PAGES])
def test_hand_page_is_read_as_a_person_reads_it(path: Path) -> None:
    assert [*mismatches(path), *missing(path)] == []


def by_id(path: Path) -> Any:
    return pytest.param(path, id=path.stem)


@pytest.mark.parametrize("path", [by_id(path) for path in PAGES])
def test_every_character_is_accounted_for(path: Path) -> None:
    page = read(path)
    left = page.coverage.unclaimed
    total = sum(span.end - span.start for span in left)
    assert page.coverage.claimed + total == page.coverage.characters == len(page.text)
    places = [(finding.start, finding.end) for finding in page.findings]
    unsaid = [
        page.text[span.start : span.end]
        for span in left
        if not any(start < span.end and span.start < end for start, end in places)
    ]
    assert unsaid == []


@pytest.mark.parametrize("path", [by_id(path) for path in PAGES])
def test_values_stand_at_their_evidence(path: Path) -> None:
    page = read(path)
    places: dict[tuple[str, str | None, int | None, str], list[Evidence]] = {}
    for evidence in page.evidence:
        assert 0 <= evidence.start < evidence.end <= len(page.text)
        assert page.text[evidence.start : evidence.end].strip()
        key = (evidence.table, evidence.measure_id, evidence.seq, evidence.field)
        places.setdefault(key, []).append(evidence)
    for value, key in texts(page):
        shown = " ".join(page.text[spot.start : spot.end] for spot in places.get(key, []))
        lost = [word for word in re.findall(r"\w+", value) if word not in shown]
        assert not lost, f"{key}: {value!r} is not at its evidence {shown!r}"


@pytest.mark.parametrize("path", [by_id(path) for path in PAGES])
def test_no_value_holds_the_label_of_another_field(path: Path) -> None:
    held = [(key, value) for value, key in texts(read(path)) if LABEL_WITHIN.search(value)]
    assert held == []


Key = tuple[str, str | None, int | None, str]


def texts(page: Page) -> list[tuple[str, Key]]:
    """Every value that is words of the page, with the key of its evidence."""
    found: list[tuple[str, Key]] = []
    counted = Counter(measure.measure_id for measure in page.measures)
    for measure in page.measures:
        if counted[measure.measure_id] == 1:
            found += worded(measure)
    for seq, line in enumerate(page.headlines, 1):
        found += [(line.label, ("headlines", None, seq, "label"))] if line.label else []
        found.append((line.text, ("headlines", None, seq, "text")))
    return found


def worded(measure: Measure) -> list[tuple[str, Key]]:
    """The values of one measure that are its page's words; a phone may stand in its link's address alone."""
    mid = measure.measure_id
    found: list[tuple[str, Key]] = [
        (value, ("measures", mid, None, field)) for field in TEXTS if (value := getattr(measure, field))
    ]
    found += [(a.name, ("applicants", mid, n, "name")) for n, a in enumerate(measure.applicants, 1)]
    found += [(s.text, ("milestones", mid, n, "text")) for n, s in enumerate(measure.milestones, 1)]
    found += [(row.text, ("funding", mid, n, "text")) for n, row in enumerate(measure.funding, 1)]
    found += [(link.text, ("links", mid, n, "text")) for n, link in enumerate(measure.links, 1)]
    for n, person in enumerate(measure.contacts, 1):
        found += [(person.name, ("contacts", mid, n, "name"))] if person.name else []
    return found
