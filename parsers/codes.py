"""Codes of measures: where a line opens a measure, its round and title, and codes named in running text.

A code is three to five numbers of one or two digits joined by points, with a letter at its end for an
investment or reform of the Recovery Plan: ``1.2.3.``, ``1.2.3.4.``, ``3.1.1.5.i.``, ``2.2.3.s.`` A value
leaves out the last point (``3.1.1.5.i``), and so does its span. No number of a code is zero or begins
with one, which keeps most dates and addresses out; the rest is told apart by the words beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from parsers import quotes
from parsers.records import Span


class TitleCode(NamedTuple):
    """A line that opens a measure, with the place of each part in the line.

    ``round``/``title``: None where the line has none, then their two offsets are equal.
    ``strict``: False where the same line could as well be running text that names the measure
    (``1.2.3.1. pasākuma ietvaros …``) or a numbered heading of the page (``1.2.3. Virsraksts``).
    """

    code: str
    round: int | None
    title: str | None
    code_start: int
    code_end: int
    round_start: int
    round_end: int
    title_start: int
    title_end: int
    strict: bool


class CodeMention(NamedTuple):
    """A code and where it stands."""

    code: str
    start: int
    end: int


class Round(NamedTuple):
    """A round of a measure and where its words stand."""

    number: int
    start: int
    end: int


_ANY_CASE = re.IGNORECASE
_NUMBER = r"[1-9]\d?(?!\d)"
# ``1.2.3.1O.``: a letter for a digit, not the first of a title typed without a space.
_MISTYPED = r"[OoIlSBZ](?![a-zāčēģīķļņšūž])"
# ``5.1.r.``: reforms and investments of the recovery plan may have two numbers before their letter.
_CODE = re.compile(
    rf"{_NUMBER}(?:(?:\.{_NUMBER}){{2,4}}(?:\.0)?(?!\.?\d|{_MISTYPED})(?:\.\s?[a-zA-Z](?![\w-])(?:(?<=i)\.{_NUMBER})?)?"
    rf"|\.{_NUMBER}\.[ri](?![\w-]))"
)
# Programmes whose measures have two numbers say that they are measures: ``4.1. pasākums „…”``.
_OF_TWO = re.compile(
    rf"(?P<named>(?:apakš)?pasākums\s(?:nr\.?\s?)?)?(?P<code>{_NUMBER}\.{_NUMBER})(?![\d,]|\.\d)\.?"
    r"(?(named)(?:\s|$)|\s?(?:apakš)?pasākums(?:\s|$))",
    re.IGNORECASE,
)
# How far into a line the word ``pasākums`` may stand that names its code.
_OPENING = 30
_DIGIT = r"[\dOoIlSBZ\u0417\u0437]"
# Typed or scanned wrong: letters for digits, or one other sign for every point.
_BROKEN = re.compile(
    rf"(?:(?:apakš)?pasākums\s(?:nr\.?\s?)?)?(?P<code>\d{_DIGIT}?(?P<mark>[.,–-]){_DIGIT}{{1,2}}"
    rf"(?:(?P=mark){_DIGIT}{{1,2}}){{1,3}})(?![\w,–-])"
    r"[.,]?\s?(?:(?:apakš)?pasākums\b|investīcija\b|[„“\"«](?=\w)|(?<=[OoIlSBZ]\.\s)[A-ZĀČĒĢĪĶĻŅŠŪŽ])",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    rf"(?:(?:apakš)?pasākumi?s?\s(?:nr\.?\s?)?)?{_NUMBER}(?:\.{_NUMBER}){{3}}(?:\.?\s?(?:,|/|–|-|un|&)\s?{_NUMBER}"
    rf"(?:\.{_NUMBER}){{3}}){{1,5}}(?!\.?\d)\.?\s?(?:(?:apakš)?pasākum[si]\b\s?)?(?:$|[„“”\"«(]|[–—-]\s|:)",
    re.IGNORECASE,
)
_TYPED_APART = re.compile(rf"{_NUMBER}(?:\s?\.\s?{_NUMBER}){{3,4}}(?=\.(?!\s?\d))")
_SMALL_NUMBER = re.compile(r"[1-9]\d?\.\d")
# Three numbers parted by points, or two and a letter, as every code begins: a quick look.
_MAY_HOLD_CODE = re.compile(r"\d\.\s?\d{1,2}\.\s?[\dri]")
_PART = re.compile(r"\d+|[a-zA-Z]")
# Programmes number their priorities to 15; a first number above this is a day, a phone or an address.
_LARGEST_PRIORITY = 19
# Specific objectives are numbered to 12; a third number above this is a year of two digits.
_LARGEST_OBJECTIVE = 19

_SAID_MEASURE = re.compile(r"\.?\s?(?:apakš)?pasākums\b", re.IGNORECASE)

_BEFORE_TITLE = frozenset(" \t\u00a0•·▪■◦‣*–—-►➢✓") | quotes.MARKS
# ``1) 1.2.3.4. pasākums``, ``1. 1.2.3.4. pasākums``
_LIST_NUMBER = re.compile(r"\d{1,2}(?:\)\s{1,2}(?=\S)|\.\s{1,2}(?=\d{1,2}(?:\.\d{1,2}){2}))")
_LEAD = re.compile(
    r"(?:(?:ERAF|ESF\+?|KF|TPF|AF|ANM|ES\s+fondu)\s+)?"
    r"(?:(?P<goal>SAMP?|SO|specifisk\w+\s+atbalsta\s+mērķ\w+)"
    r"|pasākum\w*|apakšpasākum\w*|aktivitāt\w*|investīcij\w*|reform\w*|programm\w*|atlase|kods|measure"
    r"|investment)?"
    r"\s*(?:(?:nr|no)\b\.?)?\s*[:–—-]?\s*",
    _ANY_CASE,
)
_LEAD_INITIALS = frozenset("aeikmnprst")
_KIND = re.compile(
    r"(?P<nominative>(?:(?:apakš)?pasākums|aktivitāte|investīcija|reforma|measure|investment|SAMP?"
    r"|specifiskais\s+atbalsta\s+mērķis)\b)"
    r"|(?:(?:apakš)?pasākum|aktivitāt|investīcij|reform|specifiskā\s+atbalsta\s+mērķ)\w*",
    _ANY_CASE,
)
_VERB = re.compile(
    r"\w+\s(?:tiks|tiek|tika|ir|bija|būs|nav|paredz|nodrošin|sniedz|īsteno|atbalst[aā])\w*\b", re.IGNORECASE
)
_ABBREVIATION = re.compile(r"\b(?:u\.\s?c|u\.\s?tml|utt|t\.\s?sk|t\.\s?i|\w)\.$")
_SEPARATORS = " \t\u00a0.,:;–—-/|"
_AFTER_TITLE = " \t\u00a0,:;–—-|*"

_ORDINALS = {
    "pirm": 1, "otr": 2, "treš": 3, "ceturt": 4, "piekt": 5,
    "sest": 6, "septīt": 7, "astot": 8, "devīt": 9, "desmit": 10,
}  # fmt: skip
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_ROUND_WORD = r"(?:projektu\s+)?(?:iesniegumu\s+)?(?:atlases\s+)?k[āa]rt(?:ai|as|ā|a|u)\b"
_ROUND = re.compile(
    r"\(?\s?(?:"
    r"(?P<digits>[1-9]\d?)\s?\.?\s?"
    r"|(?P<roman>[IVX]{1,4})\s?\.?\s?"
    rf"|(?P<ordinal>{'|'.join(_ORDINALS)})(?:ajai|ajā|ās|ā|os|o)\s{{1,2}}"
    rf"){_ROUND_WORD}\s?\)?"
    r"|\(?\s?(?:k[āa]rta|round)\s(?:nr\.?\s?)?(?P<after>[1-9]\d?)(?!\d)\.?\s?\)?"
    r"|\(?\s?(?P<english>[1-9]\d?)(?:st|nd|rd|th)\s+round\b\)?",
    _ANY_CASE,
)
# ``1.2.3.4/2. Nosaukums``: no project number, which goes on with another stroke.
_ROUND_AFTER_STROKE = re.compile(r"\.?\s?/\s?(?P<digits>[1-9]\d?)(?![\d/])(?:\.(?!\d)|(?=[\s:]|$))")
_ROUND_LEAD = re.compile(r"(?:(?:pasākuma|projektu|iesniegumu|atlases)\s)*", _ANY_CASE)
_AROUND_ROUNDS = " \u00a0()[],–—-"
_TOGETHER = re.compile(
    r"[\s•(–—-]*((?:[1-9]\.?(?:,\s?|\s?(?:un|&|/|–|-)\s?)){1,5}[1-9])\.?\s?(?:projektu\s)?(?:iesniegumu\s)?(?:atlases\s)?"
    r"kārt(?:ām|as|ās|ai|a|ā|u)[\s):.]*",
    _ANY_CASE,
)
_THROUGH = re.compile(r"(\d)\.?\s?[–-]\s?(\d)")
_NOMINATIVE_ROUND = re.compile(r"(?:k[āa]rta|round|\d\.?)\s?\)?\s?$", _ANY_CASE)
_LONGEST_ROUND = 60
# How far its selection is, behind a round: ``(atlase izsludināta)``, ``– noslēgusies``.
_STATE = re.compile(
    r"\s?[,:–—-]?\s?[(\[]?\s?(?:(?:projektu\s)?(?:iesniegumu\s)?"
    r"(?:atlase|pieteikšanās|iesniegšana|pieņemšana|konkurss|uzsaukums|kārta)\s)?"
    r"(?:(?:ir|tiks|tiek|tika|jau|šobrīd|pašlaik|vēl|nav)\s){0,2}"
    r"(?:izsludin|noslē|slēgt|atvērt|aktīv|plānot|pabeigt|beigus|notiek|norit|pārtraukt|apturēt|gaidām|drīzum"
    r"|izbeig|atcelt|uzsākt|sākus|open|closed|ongoing|upcoming)\w*(?:\s[^()\[\]\n]{1,50})?[)\]]?\.?",
    _ANY_CASE,
)
_STATE_LAST = re.compile(r"\s?(?:\([^()\n]{4,80}\)|\[[^\[\]\n]{4,80}\]|[,–—]\s[^,()–—\n]{4,60})\.?\Z")
# ``(1. un 2. kārta)`` is of both.
_ANOTHER_ROUND = re.compile(r"(?:\d|[IVX])\.?\s?(?:un|,|&|/|–|-)\s?\Z")

_NO_MEASURE = re.compile(
    r"\.?\s?(?:/\d+/|%|€|EUR\b|(?:apakš)?(?:punkt|pant|nodaļ|sadaļ|daļ|rindkop)|pielikum)", _ANY_CASE
)
_ANOTHER_CODE = re.compile(r"\.?\s?(?:,|;|/|–|—|-|un|vai|līdz)\s?(?:SAM\s)?\d{1,2}\.\d{1,2}\.\d", _ANY_CASE)
# The digit comes first and what may not stand before it second: a search for a set of characters is quick.
_MENTION = re.compile(rf"[1-9](?<![\w.@].)(?<![^\d.]/.){_CODE.pattern.removeprefix('[1-9]')}")
_NAMES_MEASURE_BEFORE = re.compile(
    r"(?:SAMP?|mērķ\w{1,4}|pasākum\w{1,4}|investīcij\w{1,3})\s?(?:nr\.?\s?)?$", re.IGNORECASE
)
_CONTINUES = re.compile(
    r"\b(?:turpināju\w+|turpina\b|turpinot\b|turpinām\w*|pēctec\w+|priekštec\w+|aizstāj\w*|predecessor|continuation"
    r"|iepriekšēj\w+\s(?:plānošanas\s)?period\w+)",
    _ANY_CASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s+[A-ZĀČĒĢĪĶĻŅŠŪŽ]")


def read_title(line: str) -> TitleCode | None:
    """The measure that this line opens, None where it opens none.

    Dates, amounts, clock times, list numbers and numbers of two levels open no measure.
    """
    first = line[:1]
    if first.isalpha() and first.lower() not in _LEAD_INITIALS:
        return None
    if "." not in line:
        return None
    if not may_hold(line):
        return _title_of_two(line) if "pas" in line[:_OPENING].lower() else None
    start = _skip(line, 0, _BEFORE_TITLE)
    numbered = _LIST_NUMBER.match(line, start)
    start = numbered.end() if numbered else start
    initial = line[start : start + 1]
    if not initial.isdecimal() and initial.lower() not in _LEAD_INITIALS:
        return None
    lead = _LEAD.match(line, start)
    after_lead = lead.end() if lead else start
    if not line[after_lead : after_lead + 1].isdecimal():
        return None
    found = _code_at(line, after_lead)
    if found is None or not _may_be_code(line, found) or _ANOTHER_CODE.match(line, found.end):
        return None
    return _with_title(line, found, goal=bool(lead and lead["goal"]))


def _title_of_two(line: str) -> TitleCode | None:
    start = _skip(line, 0, _BEFORE_TITLE)
    two = _OF_TWO.match(line, start)
    if two is None or int(two["code"].split(".")[0]) > _LARGEST_PRIORITY:
        return None
    found = _with_title(line, CodeMention(two["code"], *two.span("code")), goal=True)
    return found if found.strict else None


def is_misprinted(line: str) -> bool:
    """A line that opens as a measure does, with a code that nobody can be sure of: ``1.2.l.3. pasākums „…”``,
    ``1,2,3,4. pasākums``, ``1.2.3.1O. Nosaukums``."""
    broken = _BROKEN.match(line, _skip(line, 0, _BEFORE_TITLE))
    if broken is None:
        return False
    return broken["mark"] != "." or any(map(str.isalpha, broken["code"]))


def names_several(line: str) -> bool:
    """A line that opens as a title of several measures together: ``1.2.3.1. un 1.2.3.2. pasākums „…”``."""
    return _SEVERAL.match(line, _skip(line, 0, _BEFORE_TITLE)) is not None


def is_state(words: str) -> bool:
    """``(atlase izsludināta)``: how far a selection is, and nothing else; when, in brackets alone."""
    bracketed = words.lstrip()[:1] in ("(", "[")
    return _STATE.fullmatch(words) is not None and (bracketed or not any(map(str.isdigit, words)))


def read_round(line: str, *, named: bool = False) -> tuple[int, int, int] | None:
    """Number, start and end of a round where the line says nothing else (``2. kārta:``).

    ``named``: the line is set as a heading, and may say how far its selection is.
    """
    start = _skip(line, 0, _BEFORE_TITLE)
    if not 0 < len(line) - start <= 2 * _LONGEST_ROUND:
        return None
    lead = _ROUND_LEAD.match(line, start)
    found = _round_at(line, lead.end() if lead else start)
    if found is None:
        return None
    rest = line[found.end :]
    return found if not rest.strip(_SEPARATORS) or (named and is_state(rest)) else None


def rounds_together(line: str) -> list[int]:
    """The rounds that a line names together and nothing else: ``2. un 3. kārta:``, or ``2. un 3.`` alone."""
    found = _TOGETHER.fullmatch(line) or _TOGETHER.fullmatch(f"{line.rstrip(' .')}. kārta")
    if found is None:
        return []
    through = _THROUGH.fullmatch(found[1])
    if through is not None and int(through[1]) < int(through[2]):
        return list(range(int(through[1]), int(through[2]) + 1))
    return [int(digit) for digit in re.findall(r"\d", found[1])]


def round_alone(line: str) -> Round | None:
    """A line that names a round and nothing else."""
    found = read_round(line)
    return Round(*found) if found is not None else None


def rounds_within(text: str) -> list[Round]:
    """The rounds that a text names, in its order, whatever stands beside them."""
    return [found for match in _ROUND.finditer(text) if (found := _round(match)) is not None]


def may_hold(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether there can be a code at all: a quick look."""
    return _MAY_HOLD_CODE.search(text, start, len(text) if end is None else end) is not None


def find(text: str) -> list[CodeMention]:
    """Codes named anywhere in a text, in its order.

    Of three levels only with a word beside it that says so (``SAM 8.3.6.``); not the points of a
    regulation (``1.2.3.1. apakšpunkts``), project numbers (``1.2.3.1/1/24/A/001``) or dates.
    """
    return [mention for mention in _mentions(text) if _is_measure(text, mention)]


def predecessor(text: str, own: str | None = None) -> CodeMention | None:
    """The measure that the words say this one goes on from (``Turpinājums 8.3.6.2.pasākumam``).

    ``own``: the code of the measure that the text belongs to, which is never its own predecessor.
    """
    # Most texts name no code, which is told much more quickly.
    words = list(_CONTINUES.finditer(text)) if _SMALL_NUMBER.search(text) else []
    if not words:
        return None
    mentions = [mention for mention in _mentions(text) if mention.code != own]
    starts = [mention.start for mention in mentions]
    near: list[tuple[int, CodeMention]] = []
    for word in words:
        after = bisect_left(starts, word.end())
        for mention in mentions[max(0, after - 1) : after + 1]:
            gap = _gap(text, mention, Span(*word.span()))
            if gap is not None:
                near.append((gap, mention))
    return min(near)[1] if near else None


def specific_objective(code: str) -> str | None:
    """The specific objective that a measure belongs to: the first three numbers of its code.

    A code of three levels is its own; None for anything shorter.
    """
    numbers = [part for part in code.split(".") if part.isdecimal()]
    return ".".join(numbers[:3]) if len(numbers) >= 3 else None


def sort_key(code: str) -> tuple[int, ...]:
    """The order of codes on a page: by number, a letter after every number of its level."""
    return tuple(int(part) if part.isdecimal() else 1000 + ord(part[0]) for part in code.split(".") if part)


def _skip(line: str, at: int, characters: frozenset[str] | str) -> int:
    while at < len(line) and line[at] in characters:
        at += 1
    return at


def _code_at(line: str, at: int) -> CodeMention | None:
    """The code that stands at this place, one typed with spaces in it included."""
    match = _CODE.match(line, at)
    apart = _TYPED_APART.match(line, at)
    if apart and (match is None or apart.end() > match.end()):
        match = apart
    return None if match is None else _without_round(line, match)


def _without_round(line: str, match: re.Match[str]) -> CodeMention | None:
    """The code of ``1.2.3.4.2.kārta`` is 1.2.3.4: the number before the word belongs to the round."""
    parts = list(_PART.finditer(match[0]))
    last = match.start() + parts[-1].start()
    if len(parts) > 3 and _round_at(line, last):
        parts.pop()
    if len(parts) < 3:
        return None
    code = ".".join(part[0] for part in parts)
    return CodeMention(code, match.start(), match.start() + parts[-1].end())


def _may_be_code(text: str, mention: CodeMention) -> bool:
    """Not a date of two-digit year, an address, a point of a regulation or a project number."""
    numbers = [int(part) for part in mention.code.split(".") if part.isdecimal()]
    if numbers[0] > _LARGEST_PRIORITY:
        return False
    if len(numbers) == 3 and numbers[2] > _LARGEST_OBJECTIVE and not _SAID_MEASURE.match(text, mention.end):
        return False
    return _NO_MEASURE.match(text, mention.end) is None


def _with_title(line: str, code: CodeMention, *, goal: bool) -> TitleCode:
    stroke = _round_after_stroke(line, code.end)
    after = stroke.end if stroke else code.end
    kind = _kind_at(line, _skip(line, after, _SEPARATORS))
    at = _skip(line, kind.end() if kind else after, _SEPARATORS)
    end = len(line.rstrip(_AFTER_TITLE))
    rounds = _round_at(line, at)
    if rounds:
        at = _skip(line, rounds.end, _SEPARATORS)
    else:
        last = _round_before(line, at, end) or _round_before_state(line, at, end)
        if last and (stroke is None or stroke.number == last.number):
            end = len(line[: last.start].rstrip(_AFTER_TITLE))
        rounds = stroke or last
    title, rest = _title(line, at, max(at, end), named=kind is not None)
    if rest and rounds is None:
        rounds = _round_at(line, _skip(line, title.end + 1, _SEPARATORS))
        rest = not rounds_together(line[title.end + 1 : end].strip(_AROUND_ROUNDS))
    printed = line[title.start : title.end]
    return TitleCode(
        code.code,
        rounds.number if rounds else None,
        printed or None,
        code.start,
        code.end,
        *(rounds[1:] if rounds else (at, at)),
        title.start,
        title.end,
        strict=_is_strict(line, code, kind, goal=goal) and not rest and not _goes_on(line, at, title),
    )


def _kind_at(line: str, at: int) -> re.Match[str] | None:
    """``pasākums`` and its like; a capital with a small letter after it is a title's own first word."""
    kind = _KIND.match(line, at)
    if kind is None or (line[at].isupper() and not line[at : at + 2].isupper() and _small(line, kind.end())):
        return None
    return kind


def _small(line: str, at: int) -> bool:
    return line[at : at + 1].isspace() and line[(rest := _skip(line, at, " \u00a0")) : rest + 1].islower()


def _title(line: str, start: int, end: int, *, named: bool) -> tuple[Span, bool]:
    """The title's place, and whether words follow it that do not belong to it."""
    quotation = quotes.first_quotation(line, start, end) if named else None
    if quotation and line[quotation.end + 1 : end].strip(_SEPARATORS):
        return quotation, True
    if line[start:end].endswith(".") and not _ABBREVIATION.search(line, max(start, end - 8), end):
        end -= 1
    return quotes.outer_stripped(line, start, end), False


def _is_strict(line: str, code: CodeMention, kind: re.Match[str] | None, *, goal: bool) -> bool:
    levels = code.code.count(".") + 1
    lettered = code.code[-1].isalpha()
    if line[code.start : code.end] != code.code or (
        levels == 3 and not lettered and not goal and kind is None
    ):
        return False
    if kind is None or kind["nominative"]:
        return True
    after = _skip(line, kind.end(), _SEPARATORS)
    return after == len(line) or line[after] in quotes.MARKS or _round_at(line, after) is not None


def _goes_on(line: str, at: int, title: Span) -> bool:
    """A sentence, not a title: a small letter outside quotation marks, or a verb after the first word."""
    small = line[title.start : title.start + 1].islower()
    return title.start == at and (small or _VERB.match(line, title.start) is not None)


def _round_at(line: str, at: int) -> Round | None:
    match = _ROUND.match(line, at)
    return _round(match) if match else None


def _round_after_stroke(line: str, at: int) -> Round | None:
    match = _ROUND_AFTER_STROKE.match(line, at)
    if match is None or _round_at(line, match.start("digits")):
        return None
    return Round(int(match["digits"]), *match.span("digits"))


def _round_before(line: str, start: int, end: int) -> Round | None:
    """The round that the line ends with."""
    window = max(start, end - _LONGEST_ROUND)
    words = line[window:end].lower()
    if "rt" not in words and "round" not in words:
        return None
    for match in _ROUND.finditer(line, window, end):
        found = _round(match)
        if (
            found
            and found.end == end
            and not line[found.start - 1].isalnum()
            and not _ANOTHER_ROUND.search(line, max(start, found.start - 10), found.start)
            and _NOMINATIVE_ROUND.search(match[0])
        ):
            return found
    return None


def _round_before_state(line: str, start: int, end: int) -> Round | None:
    """The round before the words that end the line and say how far it is: ``…, 2. kārta (noslēgusies)``."""
    last = _STATE_LAST.search(line, start, end)
    if last is None or not is_state(last[0]):
        return None
    return _round_before(line, start, len(line[: last.start()].rstrip(_AFTER_TITLE)))


def _round(match: re.Match[str]) -> Round | None:
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    end = match.start() + len(match[0].rstrip())
    if (digits := match["digits"] or match["after"] or match["english"]) is not None:
        return Round(int(digits), start, end)
    if (ordinal := match["ordinal"]) is not None:
        return Round(_ORDINALS[ordinal.lower()], start, end)
    number = _ROMAN.get(match["roman"].upper())
    return None if number is None else Round(number, start, end)


def _mentions(text: str) -> Iterator[CodeMention]:
    for match in _MENTION.finditer(text):
        mention = _without_round(text, match)
        if mention and _may_be_code(text, mention):
            yield mention


def _is_measure(text: str, mention: CodeMention) -> bool:
    if mention.code.count(".") >= 3:
        return True
    before = text[max(0, mention.start - 30) : mention.start]
    after = _KIND.match(text, _skip(text, mention.end, _SEPARATORS))
    return after is not None or _NAMES_MEASURE_BEFORE.search(before) is not None


def _gap(text: str, mention: CodeMention, word: Span) -> int | None:
    """Characters between a code and a word in the same sentence, None where they are not in one."""
    between = text[min(mention.end, word.end) : max(mention.start, word.start)].removeprefix(".")
    return None if _SENTENCE_END.search(between) else len(between)
