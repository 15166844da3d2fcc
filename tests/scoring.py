"""Values of a page against its truth: what was found, missed or invented, field by field.

A field that the truth does not state is not measured. Texts are compared by their words: white space,
marks of lists and invisible characters aside. The footnote about flexibility counts as a footnote, not
as other information.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from parsers.records import Page

Truth = dict[str, Any]
Score = dict[str, "Tally"]

SCALARS = (
    "code",
    "round",
    "specific_objective",
    "title",
    "theme",
    "eu_funding_eur",
    "eu_funding_max_eur",
    "funding_qualifier",
    "flexibility_funding",
    "objective",
    "selection_type",
    "selection_text",
    "predecessor_code",
    "other_info",
)
TEXTS = frozenset({"title", "theme", "objective", "selection_text", "other_info"})
AMOUNTS = frozenset({"eu_funding_eur", "eu_funding_max_eur"})

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
MARK = re.compile(r"^[•·*\-–—▪◦]\s+|^[•·▪◦]", re.MULTILINE)


class Tally(NamedTuple):
    """Counts of values found right, said though not there, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def plus(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


class Mismatch(NamedTuple):
    page: str
    measure: str | None
    field: str
    expected: Any
    got: Any


def words(text: str | None) -> str | None:
    """Text as it is compared; None where nothing is left."""
    if text is None:
        return None
    lines = [line.strip() for line in INVISIBLE.sub("", text).split("\n")]
    return " ".join(MARK.sub("", "\n".join(lines)).split()) or None


def without_footnotes(text: str | None) -> str | None:
    lines = (INVISIBLE.sub("", text or "")).split("\n")
    return "\n".join(line for line in lines if not line.strip().startswith("*")) or None


def decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def said(page: Page) -> Truth:
    """A parsed page in the shape of a truth."""
    measures = []
    for measure in page.measures:
        told = measure._asdict()
        for name in ("funding", "applicants", "milestones", "links"):
            told[name] = [value._asdict() for value in told[name]]
        told["contacts"] = [contact._asdict() for contact in measure.contacts]
        measures.append(told)
    return {"headlines": [headline._asdict() for headline in page.headlines], "measures": measures}


def scalar(field: str, value: Any) -> Hashable:
    if field == "other_info":
        return words(without_footnotes(value))
    if field in TEXTS:
        return words(value)
    return decimal(value) if field in AMOUNTS else value


def _name(applicant: str | Truth) -> str | None:
    return words(applicant if isinstance(applicant, str) else applicant["name"])


def listed(measure: Truth) -> dict[str, list[Hashable]]:
    """The lists of a measure as comparable values, those that it states."""
    found: dict[str, list[Hashable]] = {}
    if "funding" in measure:
        found["funding"] = [
            (row["fund"], decimal(row["amount_eur"]), decimal(row["amount_max_eur"]), row["qualifier"])
            for row in measure["funding"]
        ]
    applicants = measure.get("applicants", [])
    found["applicants"] = [_name(applicant) for applicant in applicants]
    if not any(isinstance(applicant, str) for applicant in applicants):
        found["applicant_types"] = [(_name(a), a["applicant_type"]) for a in applicants]
    found["milestones"] = [
        (step["kind"], step["period"], str(step["start_date"]), str(step["end_date"]))
        for step in measure.get("milestones", [])
    ]
    found |= reach(measure.get("contacts", []))
    links = measure.get("links", [])
    found["links"] = [link if isinstance(link, str) else link["url"] for link in links]
    if not any(isinstance(link, str) for link in links):
        found["link_roles"] = [(link["url"], link["role"]) for link in links]
    return found


def reach(contacts: Iterable[Truth]) -> dict[str, list[Hashable]]:
    """Phones, e-mails and names of contacts; one name for a person with two phones."""
    people = list(contacts)
    return {
        "contact_phone": [c["phone"] for c in people if c["phone"]],
        "contact_email": [c["email"] for c in people if c["email"]],
        "contact_name": list(dict.fromkeys(words(c["name"]) for c in people if c["name"])),
    }


def headlines(page: Truth) -> list[Hashable]:
    return [
        (
            words(line.get("label")),
            decimal(line["amount_eur"]),
            decimal(line.get("amount_max_eur")),
            line.get("qualifier", "exact"),
            decimal(line.get("share_percent")),
        )
        for line in page["headlines"]
    ]


class Comparison:
    """Adds up what pages say against what is true of them."""

    def __init__(self) -> None:
        self.score: Score = {}
        self.mismatches: list[Mismatch] = []

    def page(self, name: str, truth: Truth, got: Truth) -> None:
        """One page: its measures by identifier, and its headlines."""
        found = {measure["measure_id"]: measure for measure in got["measures"]}
        for expected in truth["measures"]:
            measure_id = expected["measure_id"]
            self._measure(name, measure_id, expected, found.pop(measure_id, None))
        for measure_id in found:
            self._add("code", Tally(wrong=1))
            self.mismatches.append(Mismatch(name, measure_id, "code", None, measure_id))
        self.values(name, None, "headlines", headlines(truth), headlines(got))

    def _measure(self, name: str, measure_id: str, expected: Truth, got: Truth | None) -> None:
        said_ = got or {"code": None}
        for field in SCALARS:
            if field in expected:
                pair = scalar(field, expected[field]), scalar(field, said_.get(field))
                self._scalar(name, measure_id, field, *pair)
        theirs = listed(said_)
        for field, values in listed(expected).items():
            self.values(name, measure_id, field, values, theirs.get(field, []))

    def _scalar(self, name: str, measure_id: str, field: str, expected: Hashable, got: Hashable) -> None:
        if expected == got:
            self._add(field, Tally(right=int(expected is not None)))
            return
        self._add(field, Tally(0, int(got is not None), int(expected is not None)))
        self.mismatches.append(Mismatch(name, measure_id, field, expected, got))

    def values(
        self,
        name: str,
        measure: str | None,
        field: str,
        expected: Sequence[Hashable],
        got: Sequence[Hashable],
    ) -> None:
        """Two bags of values of one field."""
        want, have = Counter(expected), Counter(got)
        right = sum((want & have).values())
        self._add(field, Tally(right, sum(have.values()) - right, sum(want.values()) - right))
        if want != have:
            missed, wrong = list((want - have).elements()), list((have - want).elements())
            self.mismatches.append(Mismatch(name, measure, field, missed, wrong))

    def _add(self, field: str, tally: Tally) -> None:
        self.score[field] = self.score.get(field, Tally()).plus(tally)

    def overall(self) -> Tally:
        total = Tally()
        for tally in self.score.values():
            total = total.plus(tally)
        return total
