"""The script one would write in an hour: BeautifulSoup for the lines, regular expressions for the values.

Made for the real page, and helped with the labels and notations that come to mind first.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal
from typing import Any

LABELS = {
    "finansējums": "funding",
    "mērķis": "objective",
    "iesniedzēj": "applicants",
    "saņēmēj": "applicants",
    "pieteikties": "applicants",
    "laika grafiks": "timeline",
    "termiņi": "timeline",
    "atlases veids": "selection",
    "saistošie dokumenti": "documents",
    "normatīvie akti": "documents",
    "kontakt": "contacts",
    "informācija": "other",
}
KINDS = (
    ("noteikum", "regulation_approval"),
    ("attiecinām", "eligibility_start"),
    ("noslēgum", "completion"),
    ("beig", "completion"),
    ("pabeig", "completion"),
    ("apstiprin", "project_approval"),
    ("īstenošanas uzsāk", "implementation_start"),
    ("uzsāk", "selection_start"),
    ("izslud", "selection_start"),
    ("atlas", "selection_start"),
)
TYPES = (
    ("pašvaldīb", "municipality"),
    ("universitāt", "university"),
    ("augstskol", "university"),
    ("izglītības iestād", "school"),
    ("ministrija", "state_institution"),
    ("aģentūra", "state_institution"),
    ("valsts", "state_institution"),
    ("biedrīb", "ngo"),
    ("organizācij", "ngo"),
    ("SIA", "company"),
    ("uzņēmum", "company"),
    ("komersant", "company"),
    ("zinātnisk", "research"),
    ("personas", "person"),
)
TITLE = re.compile(r"^\W*(?:Pasākums |SAM )?(\d\.\d\.\d{1,2}(?:\.\d+)?(?:\.i)?)\.? ?(.*)", re.DOTALL)
ROUND = re.compile(r"\(?(\d)\. ?kārta\)?")
QUARTER = re.compile(r"(\d{4})\. ?g(?:ada|\.) ?(I{1,3}|IV|[1-4]\.?)(?: ?cet|\s*[–-]|/|$)")
DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\. ?(\d{4})")
AMOUNT = re.compile(r"(\d[\d \u00a0.]*(?:,\d+)?) ?(milj|tūkst|miljard)?")
PHONE = re.compile(r"(?:\+371[ ]?)?((?:\d ?){7}\d)")
EMAIL = re.compile(r"[\w.-]+@[\w.-]+\.\w+")
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
UNITS = {"milj": 1_000_000, "tūkst": 1000, "miljard": 1_000_000_000}


def lines(content: bytes) -> list[str]:
    """The lines of the main content."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(content, "html.parser")
    main = soup.find("main") or soup.find(id="content") or soup.body or soup
    text = main.get_text("\n")
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def periods(text: str) -> list[tuple[str, str, str]]:
    """Period, first and last day of quarters and numeric days."""
    found = []
    for match in QUARTER.finditer(text):
        numeral = match[2].rstrip(".")
        year, quarter = int(match[1]), ROMAN.get(numeral) or int(numeral)
        last = calendar.monthrange(year, 3 * quarter)[1]
        start, end = date(year, 3 * quarter - 2, 1), date(year, 3 * quarter, last)
        found.append((f"{year}-Q{quarter}", start.isoformat(), end.isoformat()))
    for match in DAY.finditer(text):
        try:
            day = date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        except ValueError:
            continue
        found.append((day, day, day))
    return found


def amounts(text: str) -> list[Decimal]:
    """Numbers of four digits and more, or with a word for thousands or millions."""
    found = []
    for match in AMOUNT.finditer(text):
        digits = re.sub(r"[ \u00a0.]", "", match[1]).replace(",", ".")
        value = Decimal(digits) * UNITS.get(match[2] or "", 1)
        if match[2] or value >= 10_000:
            found.append(value)
    return found


def applicant_type(name: str) -> str:
    return next((kind for stem, kind in TYPES if stem.lower() in name.lower()), "other")


def contacts(text: str) -> list[dict[str, Any]]:
    """One contact a line: the words before the first comma, a phone and an e-mail."""
    phone, email = PHONE.search(text), EMAIL.search(text)
    if not (phone or email):
        return []
    digits = f"+371{phone[1].replace(' ', '')}" if phone else None
    return [{"name": text.partition(",")[0].strip(), "phone": digits, "email": email[0] if email else None}]


def label(line: str) -> str | None:
    low = line.lower().rstrip(": ")
    if len(low) > 60:
        return None
    return next((name for stem, name in LABELS.items() if stem in low), None)


def parse(content: bytes) -> dict[str, Any]:
    """Measures and headlines in the shape of a truth."""
    measures: list[dict[str, Any]] = []
    field = None
    headlines = []
    for line in lines(content):
        title = TITLE.match(line)
        head, _, rest = line.partition(":")
        name = label(head)
        if title and "pasākuma nosacījumi" not in line:
            measures.append(_start(title[1], title[2]))
            field = None
        elif measures and (found := ROUND.fullmatch(line)):
            _set_round(measures[-1], int(found[1]))
        elif measures and name and not line.startswith("*"):
            field = name
            if rest:
                _value(measures[-1], field, rest.strip())
        elif measures and field:
            _value(measures[-1], field, line)
        elif not measures:
            headlines += [{"label": None, "amount_eur": value} for value in amounts(line) if "eiro" in line]
    return {"measures": measures, "headlines": headlines}


def _start(code: str, rest: str) -> dict[str, Any]:
    rest = re.sub(r"^pasākum[sa]\s*", "", rest)
    measure: dict[str, Any] = {
        "code": code, "round": None, "title": ROUND.sub("", rest).strip(" “”„\"«»–-"), "measure_id": code,
        "applicants": [], "milestones": [], "contacts": [], "links": [], "funding": [], "objective": None,
    }  # fmt: skip
    if found := ROUND.search(rest):
        _set_round(measure, int(found[1]))
    return measure


def _set_round(measure: dict[str, Any], number: int) -> None:
    measure["round"] = number
    measure["measure_id"] = f"{measure['code']}/{number}"


def _funding(measure: dict[str, Any], line: str) -> None:
    for value in amounts(line)[: int("eu_funding_eur" not in measure)]:
        row = {"fund": "eu_total", "amount_eur": value, "amount_max_eur": None, "qualifier": "exact"}
        measure |= {"eu_funding_eur": value, "funding_qualifier": "exact", "funding": [row]}


def _objective(measure: dict[str, Any], line: str) -> None:
    measure["objective"] = f"{measure['objective'] or ''}\n{line}".strip()


def _applicants(measure: dict[str, Any], line: str) -> None:
    for name in re.split(r"; ?", line.rstrip(";.")):
        measure["applicants"].append({"name": name, "applicant_type": applicant_type(name)})


def _timeline(measure: dict[str, Any], line: str) -> None:
    kind = next((kind for stem, kind in KINDS if stem in line.lower()), "other")
    for period, start, end in periods(line):
        step = {"kind": kind, "period": period, "start_date": start, "end_date": end}
        measure["milestones"].append(step)


def _selection(measure: dict[str, Any], line: str) -> None:
    measure["selection_text"] = line
    measure["selection_type"] = "open" if "atklāt" in line.lower() else "restricted"


def _documents(measure: dict[str, Any], line: str) -> None:
    measure["links"] += [{"url": url, "role": "regulation"} for url in re.findall(r"https?://\S+", line)]


def _contacts(measure: dict[str, Any], line: str) -> None:
    measure["contacts"] += contacts(line)


def _other(measure: dict[str, Any], line: str) -> None:
    if not line.startswith("*"):
        measure["other_info"] = line
    if found := re.search(r"(\d\.\d\.\d\.\d)\. ?pasākum", line):
        measure["predecessor_code"] = found[1]


READERS = {
    "funding": _funding,
    "objective": _objective,
    "applicants": _applicants,
    "timeline": _timeline,
    "selection": _selection,
    "documents": _documents,
    "contacts": _contacts,
    "other": _other,
}


def _value(measure: dict[str, Any], field: str, line: str) -> None:
    if "elastības finansējumu" in line:
        measure["flexibility_funding"] = "excluded" if "neieskaitot" in line else "included"
    READERS[field](measure, line)
