"""The lines of a measure's schedule -> milestones.

A line says when and what (``2024. gada IV cet. – MK noteikumu apstiprināšana``), in either order, several
of them in one line, or the one in a line or cell and the other in the next.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from parsers import labels, periods, yearless
from parsers.former_periods import without_former
from parsers.ledger import Ledger
from parsers.memos import memo
from parsers.period_words import meaning
from parsers.records import Milestone, Period, Problem, Span, span_of

_CLAUSE = re.compile(r";\s*")
# A page's own dates: when it was put there and when it was changed.
_YEAR = re.compile(r"(?:19|20)\d\d")
# Years of a schedule beyond which a digit is more likely wrong than right: what is paid for until 2029 is
# kept up for some years more.
_FIRST_YEAR, _LAST_YEAR = 2000, 2040
# A year and nothing else, or as the end of a line that names a step before it.
_YEAR_ALONE = re.compile(r"\W{0,3}((?:19|20)\d\d)[.\s]{0,3}")
_YEAR_LAST = re.compile(r"(?<=[:\n–—-])\s{0,3}((?:19|20)\d\d)[.\s]{0,3}\Z")
_LONGEST_YEAR = 12
_OF_PAGE = ("public", "atjauno", "aktualiz", "pievieno", "labo", "ievieto", "last update")
_LONGEST_OF_PAGE = max(map(len, _OF_PAGE))
# The time of day that goes on with the period before it: ``06.03.2025. plkst. 9:00, beigas: …``.
_CLOCK = re.compile(r"[\s,(]{0,3}(?:plkst\.?\s?|no\s|līdz\s|pl\.\s?){1,2}\d{1,2}[.:]\d\d(?![.\d])")
_SEPARATORS = " \t\n.,:;–—-()/|•*"
_WORDS = re.compile(r"[^\W\d_]{2,}")
_JOINING = frozenset("no līdz un vai plānots plānota plānotais ir tiks būs g gads gada".split())
_CONNECTIVES = re.compile(rf"(?:^|\s)(?:{'|'.join(sorted(_JOINING))})(?=\s|$)", re.IGNORECASE)
_STEP = re.compile(r"(?P<when>\d[^\n]{5,60}) [–—-] (?P<goes_on>[^\W\d_]+)(?=[\s,;.])\D*")
# What is over is said of the round before the comma: ``1. kārta noslēgta, 2. kārta plānota …``.
_DONE = re.compile(r"kārta\W{1,3}(?:ir )?(?:noslēg|slēg|pabeig|īstenot|beigus)\w*[,;]\s")
# A round and nothing else, or that it has come: ``1. kārta``, ``Otrā atlases kārta``, ``apstiprināti``.
_ROUND = re.compile(
    r"(?:(?:\d{1,2}|[IVX]{1,4})\.?|[^\W\d_]{4,9}) (?:atlases |projektu )?kārta"
    r"|(?:apstiprinā|pieņem|izsludinā|izziņo|uzsāk|noslēg|pabeig)t\w{1,2}",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|www\.)\S+")
# A stretch with a beginning and an end, by the kind that its words name: two milestones.
_WINDOWS = {
    "selection_window": ("selection_start", "selection_end"),
    "selection_end": ("selection_start", "selection_end"),
    "implementation_window": ("implementation_start", "completion"),
    "completion": ("implementation_start", "completion"),
}


# What begins where the words say when it ends: ``no`` stands before the period.
# A bare beginning or end is that of what the words above or before it name.
_STRETCHES = {
    **dict.fromkeys(
        ("selection_window", "selection_start", "selection_end"), ("selection_start", "selection_end")
    ),
    **dict.fromkeys(
        ("implementation_window", "implementation_start", "completion"),
        ("implementation_start", "completion"),
    ),
}
# ``15.5.25. Atlase``: in a schedule no number of a heading.
_BRIEF_DAY = re.compile(r"\s{0,3}(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.[23]\d\.?\s(?=[A-ZĀ-Ž])")
# ``Uzsaukums atvērts: 01.09.2025. – 30.11.2025.``
_OPEN_FROM = re.compile(r"\b(?:atvērt[sa]|open)\b", re.IGNORECASE)
_OPENED = {"selection_end": "selection_start", "completion": "implementation_start"}
# ``Īstenošana: no 2025. gada 3. ceturkšņa``
_FROM = re.compile(r"(?<!\w)no (?=\d)", re.IGNORECASE)
_LONGEST_FROM = 4
_PAIR = 2
_DASHES = frozenset("–—-")
# Signs between a step and its period in the next line or cell.
_LONGEST_GAP = 4
# ``beigas`` alone is the end of what the line names first.
_BARE_END = re.compile(r"(?:plānot\w+ )?(?:sāk\w+|uzsāk\w+|beig\w+|noslēg\w+|termiņ\w+)", re.IGNORECASE)


class Step(NamedTuple):
    """One period with the words that say what it is for; spans in the canonical text.

    ``period``'s own places count from ``offset``, where its line begins. ``line``: all of the step.
    ``kind``: the milestone that the line says it is, where its own words alone say something else. ``end``:
    which end of a stretch whose days are told each in its own way (``2025. gada maijs līdz 31.12.2029.``).
    """

    period: Period
    offset: int
    phrase: Span | None
    line: Span
    kind: str | None = None
    end: int | None = None


class Placed(NamedTuple):
    """A milestone and where its kind, its period and its line stand."""

    milestone: Milestone
    kind: Span | None
    period: Span
    line: Span


# As ``Step(…)``, ``Placed(…)`` and ``Milestone(…)``, at a third of their cost: there is one for each line.
_step_of = partial(tuple.__new__, Step)
_placed_of = partial(tuple.__new__, Placed)
_milestone_of = partial(tuple.__new__, Milestone)


class _Reading(NamedTuple):
    """What a line says by itself; places count in it. ``says``: it names a milestone and no period.
    ``heading``: the year that stands once for all of its steps.
    """

    periods: Sequence[Period]
    problems: Sequence[Problem]
    steps: list[Step]
    says: bool
    heading: Span | None = None


def milestones(
    ledger: Ledger, lines: Sequence[Span], label: Span | None, measure_id: str, named: str | None = None
) -> list[Placed]:
    """The milestones of a schedule's lines. ``label``: the words that opened it, for a period without words;
    ``named``: the kind that they name with words above them.

    What no period can be read from is left unclaimed; problems become findings.
    """
    found: list[Placed] = []
    kind = named or (labels.milestone_kind(ledger.text[label.start : label.end]) if label else None)
    before: Step | None = None
    for step in _steps(ledger.text, _lines(ledger, lines, measure_id), named=kind is not None):
        before = _of_round(ledger.text, step, before)
        found.extend(_placed(ledger, before, label, kind, measure_id))
    return found


def _of_round(text: str, step: Step, before: Step | None) -> Step:
    """``1. kārta: 3. marts – 5. maijs; 2. kārta: …``: days of a round alone are those of its selection, and
    what is said of the first one in a line is said of the others in it."""
    if step.kind is None and before is not None and step.phrase and _BARE_END.fullmatch(text, *step.phrase):
        # ``Atlases sākums: …; noslēgums: …``
        of = before.kind or (before.phrase and _kind_of(text, before.phrase))
        beside = before.line.end <= step.line.start and "\n" not in text[before.line.end : step.line.start]
        return step._replace(kind=_end_of(of, text, step.phrase)) if of in _STRETCHES and beside else step
    if step.kind or (step.phrase and not _ROUND.fullmatch(text, *step.phrase)):
        return step
    if before is not None and "\n" not in text[before.line.end : step.line.start]:
        kind = before.kind or (before.phrase and _kind_of(text, before.phrase))
        if kind and before.line.end <= step.line.start:
            return step._replace(kind=kind)
    is_window = step.phrase is not None and "/" in step.period.period and step.period.precision == "day"
    return step._replace(kind="selection_window") if is_window else step


def charted(
    ledger: Ledger, line: Span, period: Period, label: Span | None, measure_id: str, end: int | None = None
) -> list[Placed]:
    """The milestones of a step in a chart: ``line`` says which, ``period`` counts in the canonical text;
    ``end``: which end of the stretch that the line names it is."""
    kind = labels.milestone_kind(ledger.text[label.start : label.end]) if label else None
    return _placed(ledger, Step(period, 0, line, line, None, end), label, kind, measure_id)


def _lines(ledger: Ledger, lines: Sequence[Span], measure_id: str) -> Iterator[tuple[Span, _Reading]]:
    """The lines as read, without the page's own dates and the years that head other lines."""
    year = ""
    after: date | None = None
    for span in _clauses(ledger.text, lines):
        words = ledger.text[span.start : span.end]
        # Only a line without a year of its own is read otherwise behind another one.
        reading = _read(words, year, None if after is None or _YEAR.search(words) else after)
        if reading is None:
            continue
        if _is_year(words, reading.periods) and _heads_year(
            ledger.text, lines, span, reading.periods[0].period
        ):
            year, after = reading.periods[0].period, None
            ledger.claim(*span)
            continue
        if reading.heading is not None:
            ledger.claim(span.start + reading.heading.start, span.start + reading.heading.end)
        if reading.periods:
            last = reading.periods[-1]
            of_two_years = last.precision == "year" and "/" in last.period
            after = None if of_two_years else last.start_date
        for code, start, end in reading.problems:
            place = (span.start + start, span.start + end)
            ledger.find(code, *place, measure_id=measure_id, field="milestones")
        yield span, reading


# The same lines stand in all captures of a page.
@memo(8192)
def _read(words: str, year: str, after: date | None = None) -> _Reading | None:
    """A line, in the year of the line that heads it; None for what says when the page itself was changed.

    ``after``: when the step before it began.
    """
    if labels.fold(words[:_LONGEST_OF_PAGE]).startswith(_OF_PAGE):
        return None
    stands = without_former(words)
    periods, problems, heading = _in_year(stands, year, after)
    if heading is not None:
        # The year of all steps of the line is no words of its first one.
        stands = stands[: heading.start] + " " * (heading.end - heading.start) + stands[heading.end :]
    steps = list(_of_line(stands, periods))
    return _Reading(periods, problems, steps, not steps and _says(stands), heading)


def _steps(text: str, lines: Iterable[tuple[Span, _Reading]], *, named: bool) -> Iterator[Step]:
    """``named``: the label says what a period without words is for: it does not wait for the next line."""
    waiting: Span | None = None
    bare: Step | None = None
    for span, reading in lines:
        steps = [_moved(step, span.start) for step in reading.steps]
        if bare is not None and (steps or reading.says):
            below = Span(bare.line.start, max(span.end, bare.line.end))
            yield bare if steps else bare._replace(phrase=span, line=below)
            bare = None
        elif reading.says and not reading.problems:
            waiting = span
        if not steps:
            continue
        first = steps[0]
        if waiting is not None and first.phrase is not None and first.period.by and not first.kind:
            # ``Projektu īstenošana`` above ``Ne ilgāk kā līdz 31.12.2029.``
            named_here = _kind_of(text, first.phrase) is not None
            first = first if named_here else first._replace(phrase=None)
        if first.phrase is None and waiting is not None:
            # In a table read by columns what comes before may stand behind.
            beside = 0 <= first.line.start - waiting.end <= _LONGEST_GAP
            line = Span(waiting.start, first.line.end) if beside else first.line
            steps[0] = first._replace(phrase=waiting, line=line)
            steps[1:] = [_within(text, step, waiting) for step in steps[1:]]
        elif first.phrase is None and len(steps) == 1 and not named:
            bare = first
            continue
        waiting = None
        yield from steps
    if bare is not None:
        yield bare


def _within(text: str, step: Step, above: Span) -> Step:
    """A last day whose own words name nothing (``ne vēlāk kā līdz …``), of the stretch that stands above."""
    if step.end is not None and step.phrase is None:
        return step._replace(phrase=above)
    if step.phrase is None or step.kind or not step.period.by or _kind_of(text, step.phrase) is not None:
        return step
    return step._replace(kind=_window_of(text, above))


def _moved(step: Step, by: int) -> Step:
    """A step of a line by itself, in the canonical text where that line begins at ``by``."""
    period, _, phrase, (start, end), kind, end_of = step
    if phrase is not None:
        phrase = span_of((phrase.start + by, phrase.end + by))
    return _step_of((period, by, phrase, span_of((start + by, end + by)), kind, end_of))


def _is_year(words: str, periods: Sequence[Period]) -> bool:
    """A year and nothing else."""
    if len(periods) != 1 or periods[0].precision != "year" or "/" in periods[0].period:
        return False
    return periods[0].end - periods[0].start >= len(words.strip(" .:()"))


def _heads_year(text: str, lines: Sequence[Span], line: Span, year: str) -> bool:
    """A year in a line of its own heads lines that name quarters and months without one."""
    after = next((each for each in lines if each.start > line.end), None)
    return (
        after is not None
        and not _YEAR.search(text, after.start, after.end)
        and bool(_in_year(text[after.start : after.end], year).periods)
    )


def _in_year(words: str, year: str, after: date | None = None) -> yearless.Completed:
    """Periods and problems of a line; one without a year is read in the year of the line that heads it, or
    of the step before it, which began at ``after``."""
    bare = _without_addresses(words)
    if alone := _bare_year(bare):
        found, _ = periods.scan(f"{alone[1]}. gads")
        return yearless.Completed(
            [each._replace(start=alone.start(1), end=alone.end(1)) for each in found], []
        )
    if not year or _YEAR.search(bare):
        return yearless.completed(bare, *_scan(bare), after)
    if told := yearless.read(bare, int(year)):
        return yearless.Completed(told, [])
    before = f"{year}. gada "
    found, problems = periods.scan(before + bare)
    moved = [
        each._replace(
            start=max(each.start - len(before), 0),
            end=max(each.end - len(before), 0),
            first=None,
            second=None,
        )
        for each in found
        # The year alone is that of the line above, and says nothing of this one.
        if each.end > len(before)
    ]
    return yearless.Completed(moved, [] if moved else problems)


def _scan(words: str) -> tuple[Sequence[Period], Sequence[Problem]]:
    """``2024. gada IV cet. – atlases uzsākšana``: the same quarters stand before other phrases, so what
    stands before a dash is read once, where the words behind it are none that a period goes on with."""
    if (brief := _BRIEF_DAY.match(words)) and labels.milestone_kind(words[brief.end() :]) is not None:
        words = words[: brief.end()] + words[brief.end()].lower() + words[brief.end() + 1 :]
    step = _STEP.fullmatch(words)
    if step is not None and meaning(step["goes_on"])[0] == "other":
        found, problems = _scan_again(step["when"])
        if found and not problems:
            return found, problems
    return periods.scan(words)


_scan_again = memo(4096)(periods.scan)


def _bare_year(words: str) -> re.Match[str] | None:
    """The year of a line without the word for it: ``2026``, ``Atlases sākums: 2026``."""
    if alone := _YEAR_ALONE.fullmatch(words):
        return alone
    last = _YEAR_LAST.search(words, max(len(words) - _LONGEST_YEAR, 0))
    step = last is not None and not any(map(str.isdecimal, words[: last.start()]))
    return last if last and step and labels.milestone_kind(words[: last.start()]) is not None else None


def _without_addresses(words: str) -> str:
    """The words with blanks for web addresses, whose numbers are no dates."""
    if "://" not in words and "www." not in words:
        return words
    return _URL.sub(lambda match: " " * len(match.group()), words)


def _clauses(text: str, lines: Iterable[Span]) -> Iterator[Span]:
    for line in lines:
        start, end = line
        if text.find(";", start, end) < 0:
            yield line
            continue
        at = start
        for match in _CLAUSE.finditer(text, start, end):
            if match.start() > at:
                yield Span(at, match.start())
            at = match.end()
        if at < end:
            yield Span(at, end)


def _says(words: str) -> bool:
    return _WORDS.search(_without_addresses(words)) is not None and labels.milestone_kind(words) is not None


def _of_line(words: str, found: Sequence[Period]) -> Iterator[Step]:
    """Each period of a line with its words: those after it where the line begins with it, else before it."""
    if not found:
        return
    edges = [0, *(edge for period in found for edge in (period.start, period.end)), len(words)]
    gaps = [_phrase(words, edges[2 * i], edges[2 * i + 1]) for i in range(len(found) + 1)]
    if len(found) == 1:
        before, after = gaps
        phrase = _better(words, before, after) if before and after else before or after
        yield Step(found[0], 0, phrase, Span(0, len(words)))
        return
    leading = gaps[0] is not None
    if leading and (ends := _bracketed_ends(words, found, gaps)):
        starts = [0, *(period.start for period in found[1:])]
        for period, phrase, of, start in zip(found, gaps[1:], ends, starts, strict=True):
            yield Step(period, 0, phrase, Span(start, words.index(")", period.end) + 1), of)
        return
    if len(found) == _PAIR and gaps[1:] == [None, None] and (found[1].by or _is_dash(words, found)):
        for end, period in enumerate(found):
            yield Step(period, 0, gaps[0], Span(0, len(words)), None, end)
        return
    if not leading and gaps[-1] is None:
        apart = words[found[-2].end : found[-1].start].lstrip().startswith((",", ";"))
        first_of, behind, at = (None, gaps[-2], 0) if apart else _parted(words, gaps[-2])
        gaps[-2:] = [first_of, behind]
        edges[-3] = at or (behind.start if behind is not None else edges[-3])
    for index, period in enumerate(found):
        is_last = index == len(found) - 1
        phrase = (gaps[index] or (gaps[index + 1] if is_last else None)) if leading else gaps[index + 1]
        first = edges[2 * index] if leading else edges[2 * index + 1]
        last = edges[2 * index + 2] if leading and not is_last else edges[2 * index + 3]
        kind = _kind_within(words, gaps[0], phrase, period) if index and leading else None
        yield Step(period, 0, phrase, _trimmed(words, first, last), kind)


def _parted(words: str, gap: Span | None) -> tuple[Span | None, Span | None, int]:
    """``15. martā izsludināta atlase, iesniegumus pieņem līdz 15. maijam``: behind its last comma the words
    between two periods are of the second; behind a bracket that is open there, too. And where these begin."""
    bracket = words.rfind("(", *gap) if gap is not None else -1
    if gap is not None and bracket > gap.start and ")" not in words[bracket : gap.end]:
        return _phrase(words, gap.start, bracket), _phrase(words, bracket, gap.end), bracket
    comma = words.rfind(", ", *gap) if gap is not None else -1
    if gap is None or comma < 0 or _kind_of(words, Span(comma, gap.end)) is None:
        return gap, None, 0
    return _phrase(words, gap.start, comma), _phrase(words, comma, gap.end), 0


def _bracketed_ends(words: str, found: Sequence[Period], gaps: Sequence[Span | None]) -> list[str]:
    """``Atlase: 2025. gada marts (sākums), 2025. gada maijs (beigas)``: the kind of each, [] for others."""
    of = _kind_of(words, gaps[0]) if gaps[0] is not None else None
    kinds: list[str] = []
    for period, phrase in zip(found, gaps[1:], strict=True):
        bracketed = words[period.end :].lstrip(" .").startswith("(")
        if of not in _STRETCHES or phrase is None or not _BARE_END.fullmatch(words, *phrase):
            return []
        if not bracketed or words[phrase.end : phrase.end + 1] != ")":
            return []
        kinds.append(_end_of(of, words, phrase) or "other")
    return kinds


def _is_dash(words: str, found: Sequence[Period]) -> bool:
    """``2022. gada III ceturksnis – 2026. gada 30. jūnijs``"""
    return words[found[0].end : found[1].start].strip(" .") in _DASHES


def _kind_within(words: str, first: Span | None, phrase: Span | None, period: Period) -> str | None:
    """What ``beigas`` is in ``Atlase: sākums – 2025. gada maijs, beigas – 2025. gada jūnijs``, and a last day
    in ``Iesniegšana no 03.03.2025., līdz beidzas finansējums, bet ne ilgāk kā līdz 30.06.2026.``"""
    if first is None or phrase is None:
        return None
    if not _BARE_END.fullmatch(words, phrase.start, phrase.end):
        return _window_of(words, first) if period.by and _kind_of(words, phrase) is None else None
    subject = words[first.start : first.end].partition(":")[0].partition(",")[0]
    return labels.milestone_kind(f"{subject} {words[phrase.start : phrase.end]}")


def _kind_of(words: str, phrase: Span) -> str | None:
    return labels.milestone_kind(words[phrase.start : phrase.end])


def _window_of(words: str, phrase: Span) -> str | None:
    """The stretch of time that words name, None where they name none."""
    kind = _kind_of(words, phrase)
    return kind if kind is not None and kind.endswith("window") else None


def _better(text: str, one: Span, two: Span) -> Span:
    """Of the words on both sides of a period, those that name a milestone; all of them where either might."""
    names = [labels.milestone_kind(text[span.start : span.end]) for span in (one, two)]
    if names[0] and not names[1]:
        return one
    return two if names[1] and not names[0] else one


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " ,;\n":
        start += 1
    if text[start : start + 1] == ")":  # of the step before
        start = end - len(text[start + 1 : end].lstrip(" ,;\n–—-"))
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    while end > start and text[end - 1] in " ,;\n–—-(":
        end -= 1
    return Span(start, end)


def _phrase(text: str, start: int, end: int) -> Span | None:
    for done in _DONE.finditer(text, start, end):
        start = done.end()
    clock = _CLOCK.match(text, start, end)
    start = clock.end() if clock is not None else start
    words = text[start:end].lstrip(_SEPARATORS)
    start = end - len(words)
    words = words.rstrip(_SEPARATORS)
    if not words or not _says_something(_without_addresses(words)):
        return None
    return span_of((start, start + len(words)))


def _says_something(words: str) -> bool:
    """A word stands there that does more than join: most often the first one."""
    for word in _WORDS.finditer(words):
        if word[0].lower() not in _JOINING:
            return True
    return _WORDS.search(_CONNECTIVES.sub(" ", words)) is not None


def _placed(
    ledger: Ledger, step: Step, label: Span | None, named: str | None, measure_id: str
) -> list[Placed]:
    """``named``: the kind that the label names."""
    text, period = ledger.text, step.period
    span = step.phrase or label
    kind = (
        step.kind
        or (labels.milestone_kind(text[step.phrase.start : step.phrase.end]) if step.phrase else None)
        or named
    )
    if period.assumption:
        place = Span(step.offset + period.start, step.offset + period.end)
        ledger.assume(period.assumption, *place, measure_id, "milestones")
    if period.start_date.year < _FIRST_YEAR or period.end_date.year > _LAST_YEAR:
        ledger.find("implausible_year", *step.line, measure_id=measure_id, field="milestones")
    kind = _as_used(text, step, kind, named, span)
    if kind in _WINDOWS and step.end is not None:
        return [_milestone(text, _WINDOWS[kind][step.end], period, step, span)]
    if kind in _WINDOWS and "/" in period.period and (period.window or kind.endswith("window")):
        halves = zip(_WINDOWS[kind], _halves(period), strict=True)
        return [_milestone(text, part, half, step, span) for part, half in halves]
    if kind is None:
        ledger.find("unknown_milestone", *step.line, measure_id=measure_id, field="milestones")
    elif kind == "selection_window":
        kind = "selection_end" if period.by else "selection_start"
        ledger.assume(None if period.by else "selection_moment", *step.line, measure_id, "milestones")
    elif kind == "implementation_window":
        begins = "implementation_start" if _begins(text, step) else "other"
        kind = "completion" if period.by else begins
    return [_milestone(text, kind or "other", period, step, span)]


def _as_used(text: str, step: Step, kind: str | None, named: str | None, span: Span | None) -> str | None:
    """The kind that the words at ``span`` are here, beside a period and below a label of kind ``named``."""
    if kind in _OPENED and _begins(text, step):
        # ``Pieteikšanās termiņš: no 2025. gada 16. decembra``
        return _OPENED[kind]
    if step.phrase and not step.kind and _BARE_END.fullmatch(text, *step.phrase):
        # ``Beigas`` may be those of anything.
        return _end_of(named, text, step.phrase)
    open_from = kind == "selection_start" and "/" in step.period.period and span is not None
    return "selection_window" if open_from and span and _OPEN_FROM.search(text, *span) else kind


def _end_of(kind: str | None, text: str, phrase: Span) -> str | None:
    """What ``sākums`` or ``noslēgums`` alone is of what words of this kind name."""
    words = labels.fold(text[phrase.start : phrase.end]).rpartition(" ")[2]
    if kind not in _STRETCHES or (words.startswith("termin") and not kind.endswith("window")):
        return kind
    begins = words.startswith(("sak", "uzsak"))
    return _STRETCHES[kind][0 if begins else 1]


def _begins(text: str, step: Step) -> bool:
    """``no 2025. gada``: the period is when a stretch begins whose end is not told."""
    period = step.period
    if period.by or "/" in period.period:
        return False
    at = step.offset + max(period.start, 0)
    return _FROM.search(text, max(step.line.start, at - _LONGEST_FROM), at + _LONGEST_FROM) is not None


def _milestone(text: str, kind: str, period: Period, step: Step, phrase: Span | None) -> Placed:
    """``period``: the step's own or half of it."""
    name, precision, first, last, start, end, *_ = period
    _, offset, _, line, *_ = step
    milestone = _milestone_of((kind, name, precision, first, last, text[line.start : line.end]))
    return _placed_of((milestone, phrase, span_of((offset + start, offset + end)), line))


def _halves(period: Period) -> tuple[Period, Period]:
    """The two periods of a range ``A/B``, each with its own days and its own span where it is known."""
    one, _, two = period.period.partition("/")
    whole = Span(period.start, period.end)
    return _half(period, one, period.first or whole), _half(period, two, period.second or whole)


def _half(period: Period, name: str, span: Span) -> Period:
    first, last = _days_of(name, period.precision)
    return Period(name, period.precision, first, last, span.start, span.end)


def _days_of(name: str, precision: str) -> tuple[date, date]:
    """First and last day of a period's name: ``2024-Q4`` -> 2024-10-01, 2024-12-31."""
    if precision == "day":
        day = date.fromisoformat(name)
        return day, day
    year, part = int(name[:4]), name[5:]
    first, last = 1, 12
    if precision == "month":
        first = last = int(part)
    elif precision != "year":
        size = 3 if precision == "quarter" else 6
        last = int(part[1:]) * size
        first = last - size + 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
