"""Labels within a line: one that opens it and goes on with its value, further ones, steps of a schedule."""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

from parsers import amounts, labels, periods, yearless
from parsers.askings import asks_for_applicants
from parsers.codes import rounds_within
from parsers.labels import Hit

TIMELINE = Hit("timeline", None)
_DASH = re.compile(r"\s[–—-]\s|[–—]\s")
# A colon or dash with white space behind it, or on both sides; a search for one of a few signs is quick.
_PARTED = re.compile(r"[:\s–—](?:(?<=\s)[–—-]\s|(?<!\s)\s)")
_DIGIT = re.compile(r"\d")
# ``Vērtēšana - 3 mēnešu laikā`` says how long and not when.
_DURATION = re.compile(
    r"\s*(?:\w+ ){0,2}\d{1,3}(?: \([\w ]+\))? (?:mēneš|darb|dien|nedēļ|kalendār)", re.IGNORECASE
)
_JOINTS = " :–—-"
_LONGEST_STEP = 200
_LONGEST_BARE = 400
_LONGEST_FUND = 12
_LONGEST_QUESTION = 6  # ``Kurš?``
# Fields whose label may stand before its value with nothing between them.
_BARE = frozenset({"funding", "applicants", "selection", "contacts", "timeline", "objective", "documents"})
_BEFORE_AMOUNT = '~€(„“”«"'
# What ends a value before the next label in the same line.
_ENDS = (". ", "; ", "| ", " • ")
# What ends no sentence: ``5 milj. EUR``.
_UNITS = (" milj.", " mlj.", " tūkst.", " mljrd.", " mlrd.")


class Part(NamedTuple):
    """A label with its value in a line: ``start`` to ``label_end``, and ``value_start`` to ``end``.

    ``hit``: what the label opens. A step of a schedule without a label has ``start == label_end``.
    """

    label_end: int
    value_start: int
    end: int
    hit: Hit | None
    start: int = 0


# As ``Part(…)``, at a third of its cost: there is one for each line that is no label.
_part_of = partial(tuple.__new__, Part)


def parts(line: str, bold: int) -> list[Part]:
    """A line that opens with a label and goes on with its value, several of them in one line included.

    ``bold``: the end of the emphasised words that open the line.
    """
    opened = _opening_label(line, bold)
    if opened is None:
        whole = _part_of((0, 0, len(line), None, 0))
        first = further_label(line, 0) if " | " in line else None
        if first is None:
            return [whole]
        # ``Kam: skolas | Finansējums: 5 milj. EUR``: labels behind words that open none.
        found = [whole._replace(end=first.start), first]
    else:
        found = [opened]
    while (further := further_label(line, found[-1].value_start)) is not None:
        found[-1] = found[-1]._replace(end=further.start)
        found.append(further)
    return found


def further_label(line: str, after: int) -> Part | None:
    """The next label within a line: after the end of a sentence or a bar, closed by a colon."""
    at = after
    while (colon := line.find(":", at)) > 0:
        begin = max(line.rfind(mark, max(after, colon - labels.LONGEST_LABEL), colon) for mark in _ENDS) + 1
        if begin > after and not line.endswith(_UNITS, 0, begin):
            begin += len(line[begin:colon]) - len(line[begin:colon].lstrip(" •|"))
            words = line[begin:colon]
            hit = labels.match(words) if words[:1].isupper() else None
            # ``Atlase: 2025. gada maijs`` says when, not which.
            when = hit is not None and hit.field == "selection" and line[colon + 1 :].lstrip()[:1].isdigit()
            if hit and not when and hit.field not in {"part", "round"}:
                return _value_after(line, colon, hit, begin)
            if words[:1].isupper() and len(words) <= labels.LONGEST_LABEL and names_step(words):
                return Part(begin, begin, len(line), TIMELINE, begin)
        at = colon + 1
    return None


def narrative_before_dash(line: str) -> Part | None:
    """``Atbalsta intensitāte – līdz 30 %``: a label of words kept as they are, known word by word."""
    dash = _DASH.search(line, 0, labels.LONGEST_LABEL) if holds_dash(line) else None
    if dash is None or not line[:1].isupper():
        return None
    hit = labels.match(line[: dash.start()])
    return _value_after(line, dash.end(), hit) if hit is not None and hit.field == "narrative" else None


def is_step(line: str, *, first_cell: bool) -> bool:
    """A line of a schedule that needs no label: a milestone's phrase parted from its period."""
    if len(line) > _LONGEST_STEP:
        return False
    if first_cell:
        return "://" not in line and " Nr" not in line and names_step(line)
    parted = _PARTED.search(line) if holds_dash(line) or ":" in line else None
    if parted is None or "://" in line or " Nr" in line:
        return False
    before = line[: parted.start()]
    if _is_yearless_step(line, before, parted.end()):
        return True
    return _DIGIT.search(line) is not None and _is_dated_step(line, before, parted.end())


def _is_dated_step(line: str, before: str, value: int) -> bool:
    """A step and its period, in either order; ``value``: where the words behind the first dash begin."""
    if line[:1].isupper() and not _DIGIT.search(before) and _DIGIT.search(line, value):
        if _DURATION.match(line, value) or _tells_round(line[value:]):
            return False
        return len(before) <= labels.LONGEST_LABEL and names_step(before)
    if not (line[:1].isdigit() or line.startswith(("no ", "līdz ", "No ", "Līdz "))):
        return False
    *_, last = _PARTED.finditer(line)
    return labels.milestone_kind(line[last.end() :]) is not None


def _is_yearless_step(line: str, before: str, value: int) -> bool:
    """``Projektu atlase – no marta līdz maijam``: no year is printed with it."""
    if not line[:1].isupper() or len(before) > labels.LONGEST_LABEL:
        return False
    return yearless.begins_with(line[value:]) and labels.milestone_kind(before) is not None


def _tells_round(value: str) -> bool:
    """``Atlase: 2. kārta, atklāta`` says which and not when."""
    return "kārt" in value and bool(rounds_within(value)) and not periods.read(value)


def holds_dash(line: str) -> bool:
    """A quick look before a search for a dash with white space beside it."""
    return "–" in line or "—" in line or "-" in line


def names_step(words: str) -> bool:
    """Words that name a milestone and no field, but for selection, which is both (``Projektu atlase``)."""
    hit = labels.match(words)
    return (hit is None or hit.field == "selection") and labels.milestone_kind(words) is not None


def _opening_label(line: str, bold: int) -> Part | None:
    if 0 < bold < len(line):
        label = line[:bold].rstrip(_JOINTS)
        if label and (hit := labels.match(label, 1)):
            return _value_after(line, bold, hit)
    asked = line.find("? ", 0, labels.LONGEST_LABEL)
    if asked > 0 and (hit := labels.match(line[:asked]) or _asked(line[:asked], line[asked + 2 :])):
        return _value_after(line, asked + 1, hit)
    colon = line.find(":", 0, labels.LONGEST_LABEL)
    dash = _DASH.search(line, 0, colon if colon > 0 else labels.LONGEST_LABEL) if holds_dash(line) else None
    if dash and (hit := _before_dash(line[: dash.start()])) and hit.field not in {"narrative", "round"}:
        return _value_after(line, dash.end(), hit)
    if colon > 0 and (
        hit := _before_colon(line[:colon], line[colon + 1 :]) or _fund_before_amount(line, colon)
    ):
        return _value_after(line, colon, hit)
    return _bare_label(line)


def _before_dash(words: str) -> Hit | None:
    """A label before a dash; a word that the vocabulary does not know may stand in one that names nobody."""
    hit = labels.match(words)
    if hit is None and words[:1].isupper() and not labels.names_institution(words):
        return labels.match(words, 1)
    return hit


def _before_colon(words: str, value: str) -> Hit | None:
    """A label before a colon; one whose text is kept as it is must be known word by word."""
    hit = labels.match(words, 1) or (_asked(words, value) if len(words) <= _LONGEST_QUESTION else None)
    rounds = hit is not None and hit.field == "round" and not hit.unknown and words[:1].isalpha()
    if hit is not None and rounds and periods.read(value):
        # ``Atlases kārtas: 1. kārta – 2023. gada IV ceturksnis``
        return hit._replace(field="timeline")
    if hit is None or hit.field in {"part", "round"}:
        return None
    return hit if hit.field != "narrative" or labels.match(words) else None


def _asked(question: str, answer: str) -> Hit | None:
    """``Kas: pašvaldības`` asks for applicants by its answer."""
    asks = question[:1] in "Kk" and asks_for_applicants(question, answer.strip())
    return Hit("applicants", None) if asks else None


def _fund_before_amount(line: str, colon: int) -> Hit | None:
    """``Kopā: 5 milj. EUR``: a word that names a part of a sum before an amount alone."""
    fund = labels.fund_alone(line[:colon]) if colon <= _LONGEST_FUND else None
    return Hit("funding", fund) if fund is not None and amounts.read(line[colon + 1 :]) else None


def _value_after(line: str, at: int, hit: Hit, start: int = 0) -> Part:
    value = at
    while value < len(line) and line[value] in _JOINTS:
        value += 1
    return Part(at, value, len(line), hit, start)


def _bare_label(line: str) -> Part | None:
    """``Projektu iesniedzēji Pašvaldības``: label and value with nothing between them.

    Only a label that is known word by word, followed by a capital or a digit, and not a sentence.
    """
    if not line[:1].isupper() or len(line) > _LONGEST_BARE:
        return None
    best: Part | None = None
    begin = 0
    for _ in range(labels.MOST_WORDS):
        at = line.find(" ", begin)
        if at < 0 or at > labels.LONGEST_LABEL or not labels.known(line[begin:at]):
            break
        begin = at + 1
        following = line[begin : begin + 1]
        begins_value = following.isupper() or following.isdigit() or following in _BEFORE_AMOUNT
        if begins_value and (hit := labels.match(line[:at])) and _fits(hit, line, begin):
            best = Part(at, begin, len(line), hit)
    return best


def _fits(hit: Hit, line: str, value: int) -> bool:
    """Money goes on with a number somewhere, a kind of selection with none."""
    if hit.field in {"funding", "selection"}:
        return (_DIGIT.search(line, value) is not None) is (hit.field == "funding")
    return hit.field in _BARE and not (hit.field == "documents" and line.startswith("Nr", value))
