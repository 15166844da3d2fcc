"""Who may apply: the applicants that a text lists, spelled as printed, and what kind each is.

An applicant is a list item, a line, a stretch between semicolons, or what follows a comma outside
brackets and quotation marks where another applicant begins; ``un`` never parts two (CONTRACT). Whether
one begins is told by its head, the noun in the nominative: a clause (``kas …``), an example (``t.sk. …``)
or a participle (``reģistrēti …``) has none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from parsers import quotes
from parsers.applicant_types import applicant_type, has_legal_form, head
from parsers.memos import memo
from parsers.records import Applicant, Span, span_of

__all__ = ["applicant_type", "read"]

_BULLETS = frozenset(" \t\u00a0•·▪■◦‣*–—-►➢✓§")
_NUMBERING = re.compile(
    r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,2}\.?|[a-zāčēģīķļņšūž]|[ivx]{1,4})\)\s{0,2}"
    r"|\d{1,2}(?:\.\d{1,2}){0,2}\.\s{1,2}(?=\D)(?!kārt)"
)
_NUMBER_WITHIN = re.compile(r"[\s,](?:un\s)?(?=\(?(?:\d{1,2}|[a-h])\)\s)")
_TRAILING = " \t\u00a0.,;:*–—-"
# Where a list may be cut, and what holds its words together.
_SIGN = re.compile("[.;,/()" + "".join(sorted(quotes.MARKS)) + "]")
_LAST_WORD = re.compile(r"[\s,;](?:un|vai|un/vai|kā arī|t\.\s?sk\.?|tai skaitā|tostarp)$", re.IGNORECASE)
_LONGEST_LAST_WORD = 12
_ABBREVIATION = re.compile(r"\b(?:u\.\s?c|u\.\s?tml|utt|t\.\s?sk|t\.\s?i)\.$")
_PLACEHOLDER = re.compile(
    r"(?:n/a|nav|tiks\s.*|tbc|precizē\w*|(?:lasīt|lasi|uzzināt|uzzini|skatīt)\s(?:vairāk|tālāk|šeit)"
    r"|(?:skat(?:īt|\.|ies)?|saskaņā ar|atbilstoši)\s.*(?:noteikum|nolikum)\w*.*"
    r"|(?:atlase|uzsaukums)\s(?:ir\s)?(?:slēgt|noslēg|beig)\w*|\W*)$",
    re.IGNORECASE,
)

_INTRODUCTION = re.compile(
    r"(?:"
    r"(?:projekt\w*|pasākum\w*|atbalst\w*|finansējum\w*|labum\w*|potenciāl\w*)\s(?:iesniegum\w+\s)?"
    r"(?:iesniedzēj\w*|īstenotāj\w*|saņēmēj\w*|pretendent\w*|guvēj\w*)"
    r"|(?:projekt\w*|pasākum\w*|atbalst\w*|finansējum\w*|pieteikum\w*)\s(?:\w+\s){0,2}"
    r"(?:var|varēs|drīkst|īsteno\w*|iesniedz|saņem\w*)"
    r"|(?:iesniegt|saņemt|pieteikties|pretendēt)\s(?:\w+\s){0,3}(?:var|varēs|drīkst)"
    r"|(?:kas\s)?(?:var|varēs)\s(?:pieteikties|saņemt|iesniegt|pretendēt)"
    r")"
    r"(?:\s(?:pieteikties|saņemt|iesniegt|pretendēt))?"
    r"(?:[^:;,.]{0,80}?(?:\?|:|\s(?:ir|būs|var būt|varēs būt)(?!\w):?|\s[–—-]\s))?\s{0,2}",
    re.IGNORECASE,
)
_ROUND = re.compile(r"(?:\d{1,2}\.?|\w{4,12})\s?kārt(?:ā|a|ai|as)\s?[:–—-]\s{0,2}", re.IGNORECASE)
_HEADING = re.compile(r"[^:;,.]{1,80}:\s{0,2}")
_PARTNERS = re.compile(
    r"(?:projekt\w*\s|iespējam\w*\s)?(?:sadarbīb\w*\s)?partner(?:i|is|iem)?\b\s?(?:[:–—-]|ir\b|var\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"\.\s{1,2}(?=[A-ZĀČĒĢĪĶĻŅŠŪŽ])")
_SHORT_WORD = re.compile(r"(?:^|[\s(.])\w{1,3}$")
_LONGEST_SENTENCE = 15

_CLAUSE = re.compile(
    r"(?:^|[\s,(])(?:kas|kur(?:š|a|i|as|u|ā|ās|os|am|ai|iem|ām)?|ja|lai|izņemot|sadarbībā|saskaņā|atbilstoši"
    r"|t\.\s?sk|tai skaitā|tajā skaitā|tostarp|piemēram)\b",
    re.IGNORECASE,
)
_ENUMERATES = re.compile(
    r"(?:^|[\s,(])(?:t\.\s?sk|tai skaitā|tajā skaitā|tostarp|piemēram|partner\w{1,3})\b|:\s", re.IGNORECASE
)
_BRACKETED = re.compile(r"\([^()]*\)")
_GOES_ON = frozenset(
    "un vai bet ja lai no ar par pie pēc pirms uz līdz kas kurš kura kuri kuras kuru kurā kurās kuros kuram "
    "kurai kuriem kurām izņemot ieskaitot neieskaitot saskaņā atbilstoši sadarbībā tostarp piemēram tai tajā "
    "t to tās tā tādējādi savukārt gan proti respektīvi neatkarīgi kopā attiecīgi tad nevis "
    "partneri partneris".split()
)
_ALSO = re.compile(r"kā arī\s{1,2}", re.IGNORECASE)
_ADVERBIAL = re.compile(r"\w{2,}(?:ot|oties|dam[sai]|damas|damies)")
_PARTICIPLE = re.compile(r"\w{3,}(?:uš[aios]s|ušies|usi|t[sai]|tas|tā|tās|tie|oš[sai]|ošas|ošie|ošās)")
# Nouns that end as participles do.
_NOUNS = frozenset({"valsts", "pilsēta", "pilsētas"})
# "no valsts budžeta finansētas atvasinātas publiskas personas"; "no kurām …" goes on with a clause
_FINANCED_BY = re.compile(r"no\s(?!kur)(?:\w{2,}\s){1,4}\w{3,}(?:tas|tās|tie|ti)\s", re.IGNORECASE)
_JOINED = re.compile(r"\s(?:un|vai|un/vai)\s")
_WORD = re.compile(r"\w+")
_NOMINATIVE = re.compile(r"(?:[^u]s|[aei]|š)$")
_ATTRIBUTE = ("as", "es", "u", "ie", "ās")
_ADJECTIVE = ("ais", "ā", "ās", "ie")
_PLURAL_OBJECT = re.compile(r"[ae]s$")


# Places in the genitive before what they are the places of: ``Rēzeknes un Liepājas pašvaldības``.
_PLACE = re.compile(r"[A-ZĀČĒĢĪĶĻŅŠŪŽ]\w+s")
_OF_SEVERAL_PLACES = re.compile(
    r"(?:[A-ZĀČĒĢĪĶĻŅŠŪŽ]\w+[su],? )*[A-ZĀČĒĢĪĶĻŅŠŪŽ]\w+[su] un [A-ZĀČĒĢĪĶĻŅŠŪŽ]\w+[su] "
    r"(?:pašvaldīb|valstspilsēt|novad|plānošanas reģion)\w*"
)


class _Entry(NamedTuple):
    """What the commas passed so far say of an applicant: whether its head is named, whether a clause
    or a list of examples has begun, and the words after the last comma."""

    headed: bool
    in_clause: bool
    enumerates: bool
    last: str

    def with_part(self, part: str) -> _Entry:
        bare = _BRACKETED.sub("", part) if "(" in part else part
        clause = _CLAUSE.search(bare)
        own = bare[: clause.start()] if clause else bare
        return _Entry(
            self.headed or (not self.in_clause and (_has_head(own) or has_legal_form(own))),
            self.in_clause or clause is not None,
            self.enumerates or _ENUMERATES.search(bare) is not None,
            part,
        )


def read(text: str) -> list[Applicant]:
    """The applicants that a text lists, in its order, each with the place of exactly its words.

    Bullets, numbering, closing punctuation and words that only introduce the list
    (``Projekta iesniedzējs ir``) are left out; partners listed on their own are no applicants.
    """
    found: list[Applicant] = []
    partners = False
    at = 0
    for words in _lines(text):
        line = _of_line(words)
        if line is not None:
            partners = line.partners or (partners and not line.introduced)
            if not partners:
                found += [
                    Applicant(name, kind, at + start, at + end) for name, kind, start, end in line.applicants
                ]
        at += len(words) + 1
    return found


def _lines(text: str) -> list[str]:
    """The lines of a text; one broken within an applicant (``… Latvijas Nacionālais`` above ``arhīvs``) is
    one with the next."""
    lines: list[str] = []
    for words in text.split("\n"):
        if lines and words[:1].islower() and _is_broken_off(lines[-1]):
            lines[-1] += f"\n{words}"
        else:
            lines.append(words)
    return lines


def _is_broken_off(line: str) -> bool:
    """The last of several applicants begins with a capital and ends with an adjective, its noun still to
    come."""
    before, comma, last = line.rpartition(", ")
    return (
        bool(comma)
        and last[:1].isupper()
        and last.endswith(_ADJECTIVE)
        and head(last) is None
        and head(before) is not None
    )


class _Line(NamedTuple):
    """What a line says by itself; places count in it. ``introduced``: it opens with words that introduce
    applicants, ``partners``: with those that introduce partners."""

    introduced: bool
    partners: bool
    applicants: list[Applicant]


# The same applicants stand in many measures, and not always in the same lists.
@memo(4096)
def _of_line(words: str) -> _Line | None:
    line = _without_bullet(words, 0, len(words))
    if line.start >= line.end:
        return None
    start = _introduction_end(words, line)
    partners = _PARTNERS.match(words, line.start, line.end) is not None
    found: list[Applicant] = []
    for first, last in _entries(words, Span(start, line.end)) if not partners else ():
        name = words[first:last]
        found.append(Applicant(name, applicant_type(name), first, last))
    return _Line(start != line.start, partners, found)


def _without_bullet(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _BULLETS:
        start += 1
    number = _NUMBERING.match(text, start, end)
    return span_of((number.end() if number else start, end))


def _entries(text: str, line: Span) -> Iterator[Span]:
    """The applicants of a line, which begins behind the words that only introduce them."""
    for sentence in _sentences(text, line):
        for item in _cut(text, sentence, [*_breaks(text, sentence, ";"), *_strokes(text, sentence)]):
            for entry in _cut(text, item, _beginnings(text, item)):
                trimmed = _trimmed(text, entry)
                if not _PLACEHOLDER.match(text, trimmed.start, trimmed.end):
                    yield trimmed


def _introduction_end(text: str, line: Span) -> int:
    """Where the words that only introduce applicants end: ``Projekta iesniedzējs ir``, ``1. kārtā:``."""
    introduction = _INTRODUCTION.match(text, line.start, line.end)
    if introduction and (introduction.end() == line.end or text[introduction.end() - 1].isspace()):
        return introduction.end()
    heading = _HEADING.match(text, line.start, line.end)
    if heading and head(heading[0]) is None and heading[0].count("(") == heading[0].count(")"):
        return heading.end()
    return line.start


def _sentences(text: str, span: Span) -> Iterator[Span]:
    """The first sentence, and those after it that are short and name an applicant."""
    ends = [at for at in _outside(text, span, ".") if _ends_sentence(text, span, at)]
    for number, sentence in enumerate(_cut(text, span, ends)):
        words = text[sentence.start : sentence.end]
        if number == 0 or (
            len(words.split()) <= _LONGEST_SENTENCE
            and _has_head(words)
            and not _PARTNERS.match(words.lstrip())
        ):
            yield sentence


def _ends_sentence(text: str, span: Span, at: int) -> bool:
    follows = _SENTENCE_END.match(text, at, span.end) is not None
    return follows and _SHORT_WORD.search(text, max(span.start, at - 5), at) is None


def _cut(text: str, span: Span, places: list[int]) -> Iterator[Span]:
    """The stretches between these separators, each a character long, without bullet or ``1. kārtā:``."""
    start = span.start
    for place in (*places, span.end):
        if start < place:
            piece = _without_bullet(text, start, place)
            rounds = _ROUND.match(text, piece.start, piece.end)
            piece = Span(rounds.end(), piece.end) if rounds else piece
            if piece.start < piece.end:
                yield piece
        start = place + 1


def _breaks(text: str, span: Span, mark: str) -> list[int]:
    if text.find(")", *span) < 0:
        return _outside(text, span, mark)
    numbered = [match.start() for match in _NUMBER_WITHIN.finditer(text, span.start, span.end)]
    return sorted({*_outside(text, span, mark), *numbered})


def _strokes(text: str, span: Span) -> list[int]:
    """``pašvaldības / biedrības``: strokes between spaces, where an applicant stands on either side."""
    if text.find(" / ", *span) < 0 or text.find(";", *span) >= 0:
        return []
    places = [at for at in _outside(text, span, "/") if text[at - 1] == text[at + 1 : at + 2] == " "]
    edges = (span.start - 1, *places, span.end)
    return places if all(head(text[start + 1 : end]) for start, end in pairwise(edges)) else []


def _outside(text: str, span: Span, mark: str) -> list[int]:
    """Places of a mark outside brackets and quotation marks; an open bracket holds to the end."""
    start, end = span
    places: list[int] = []
    if text.find(mark, start, end) < 0:
        return places
    partner = quotes.partners(text, start, end)
    depth = 0
    skip_to = start
    for sign in _SIGN.finditer(text, start, end):
        at, character = sign.start(), sign[0]
        if at < skip_to:
            continue
        if character in quotes.MARKS:
            skip_to = partner.get(at, at)
        elif character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif character == mark and not depth:
            places.append(at)
    return places


def _beginnings(text: str, item: Span) -> list[int]:
    """The commas after which another applicant begins."""
    commas = _outside(text, item, ",")
    beginnings: list[int] = []
    if not commas:
        return beginnings
    so_far = _Entry(False, False, False, "")
    edges = (item.start - 1, *commas, item.end)
    for number, (start, end) in enumerate(pairwise(edges)):
        part = text[start + 1 : end].strip()
        right = part
        if _ALSO.match(part) and head(part) is None:  # kā arī sīkie (mikro), mazie un vidējie komersanti
            right = text[start + 1 : edges[min(number + 2, len(edges) - 1)]].strip()
        if start >= item.start and _begins_another(so_far, right):
            beginnings.append(start)
            so_far = _Entry(False, False, False, "")
        if end < item.end:
            so_far = so_far.with_part(part)
    return beginnings


def _begins_another(left: _Entry, right: str) -> bool:
    if _NUMBERING.match(right):
        return True
    also = _ALSO.match(right)
    right = right[also.end() :] if also else right
    if _OF_SEVERAL_PLACES.match(right) and _PLACE.fullmatch(left.last):
        return False  # Daugavpils, Rēzeknes un Liepājas pašvaldības
    if left.enumerates or not _may_begin(right) or _is_form_alone(right):
        return False
    if left.in_clause:
        last = left.last.removeprefix("vai ")  # …, vai mazais, vidējais vai lielais komersants
        if " " not in last and last.endswith(_ADJECTIVE) and head(last) is None:
            return False
        return left.headed and _has_head(right) and not _lists_objects(left.last, right)
    clause = _CLAUSE.search(right)
    return _are_alike(left, right[: clause.start()].rstrip() if clause and clause.start() else right)


def _is_form_alone(words: str) -> bool:
    """``Strenču slimnīca, VSIA``: a legal form behind the name that it is of."""
    return words.isupper() and " " not in words and has_legal_form(words)


def _may_begin(words: str) -> bool:
    """Not a word that goes on with what stands before, nor a participle that describes it
    (``reģistrēti Latvijā``); one may describe what follows (``atvasinātas publiskas personas``)."""
    first = _WORD.match(words)
    if _FINANCED_BY.match(words):
        return head(words) is not None
    if (
        first is None
        or _PARTNERS.match(words)
        or first[0].lower() in _GOES_ON
        or _ADVERBIAL.fullmatch(first[0].lower())
    ):
        return False
    found = head(words)
    if found is None or found.start == first.start():
        return True
    describes = first[0].lower() not in _NOUNS and _PARTICIPLE.fullmatch(first[0].lower()) is not None
    return not describes or found.end == len(words)


def _are_alike(left: _Entry, right: str) -> bool:
    """Two names side by side: both with a head, both proper names, or two bare plurals (``jaunieši,
    seniori``)."""
    if _has_head(right):
        return left.headed
    if right[:1].isupper():
        return left.headed or (left.last[:1].isupper() and not left.last.endswith(_ATTRIBUTE))
    plural = left.last.endswith("i") and " " not in left.last
    return plural and right.rsplit(maxsplit=1)[-1].endswith("i")


def _has_head(words: str) -> bool:
    """Whether the phrase names an applicant in the nominative, not as an attribute of a word to come."""
    found = head(words)
    if found is None or _JOINED.split(words[found.end :], 1)[0].rstrip().endswith(_ATTRIBUTE):
        return False
    return found.word.isupper() or _NOMINATIVE.search(found.word.lower()) is not None


def _lists_objects(left: str, right: str) -> bool:
    """``kas dibinājušas skolas, koledžas``: the plural of ``-a`` and ``-e`` reads the same as an object."""
    found = head(right)
    return bool(found and _PLURAL_OBJECT.search(left.rstrip(")")) and _PLURAL_OBJECT.search(found.word))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    also = _ALSO.match(text, start, end)
    start = also.end() if also else start
    while True:
        stripped = len(text[start:end].rstrip(_TRAILING)) + start
        if text[stripped : stripped + 1] == "." and _ABBREVIATION.search(text, start, stripped + 1):
            stripped += 1
        last = _LAST_WORD.search(text, max(start, stripped - _LONGEST_LAST_WORD), stripped)
        end = last.start() if last else stripped
        if last is None:
            return Span(start, max(start, end))
