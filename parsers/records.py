"""The data types that all readers give and all of the pipeline takes.

All of them are named tuples: frozen, cheap to make by the thousand, and free of
start-up cost (``dataclasses`` imports ``inspect``, which costs more than a page).

Offsets are characters, ``start`` inclusive and ``end`` exclusive. A value reader's
offsets count in the text it was given; those of a :class:`Page` count in
``Page.text``, the canonical text.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of text: ``text[start:end]``."""

    start: int
    end: int


# As ``Span(*pair)``, at a quarter of its cost: a page has thousands of them.
span_of: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)


class Block(NamedTuple):
    """One line of a page as a reader sees it, whatever markup made it.

    ``kind``: ``heading``, ``paragraph``, ``item`` (of a list), ``cell`` (of a table),
    ``term`` and ``definition`` (of a definition list, or a panel's button and its body), ``badge`` (words
    beside a title that only style sets apart from it).
    ``level``: 1 to 6 for a heading, nesting depth from 1 for an item, otherwise 0.
    ``table``, ``row``, ``column``: place of a cell, each from 0; -1 outside tables.
    ``bold``: end of the emphasised words that open the line; ``start`` where there are none.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    table: int = -1
    row: int = -1
    column: int = -1
    bold: int = 0


class Anchor(NamedTuple):
    """A link in the canonical text: where its words stand and where it leads, absolute."""

    start: int
    end: int
    href: str


class Amount(NamedTuple):
    """An amount in euro.

    ``qualifier``: exact, approximate, more_than, at_least, up_to or range (then ``amount_eur`` is
    the lower end and ``amount_max_eur`` the upper, None otherwise). ``fund``: a word of
    CONTRACT's vocabulary where the words beside the amount name one, else None.
    ``start``/``end`` span number and unit, without the words that qualify them; of a range all of it.
    ``assumption``: what had to be assumed to read it (a key of findings.ASSUMPTIONS), else None.
    ``qualifier_span``: the words that qualify, None for exact and range.
    ``fund_span``: the words that name the fund.
    """

    amount_eur: Decimal
    amount_max_eur: Decimal | None
    qualifier: str
    fund: str | None
    start: int
    end: int
    assumption: str | None = None
    qualifier_span: Span | None = None
    fund_span: Span | None = None


class Period(NamedTuple):
    """A stretch of calendar days as a page prints it.

    ``period``: ``2024-Q4``, ``2026-12-31``, ``2025-05``, ``2025-H1``, ``2025`` or ``A/B`` for a range of
    two of one kind. ``precision``: day, month, quarter, half_year, year. ``start_date`` and
    ``end_date`` are its first and last day, both inclusive.
    ``by``: True where the words say *by* (``līdz 31.12.2026.``): the moment is at the latest that.
    ``window``: True for ``no … līdz …`` and its like, a stretch with a beginning and an end
    (an application window), False for ``A/B`` that means one moment not known more closely.
    ``first``/``second``: spans of the two halves of a range, None otherwise.
    ``assumption``: what had to be assumed to read it (a key of findings.ASSUMPTIONS), else None.
    """

    period: str
    precision: str
    start_date: date
    end_date: date
    start: int
    end: int
    by: bool = False
    window: bool = False
    first: Span | None = None
    second: Span | None = None
    assumption: str | None = None


class Problem(NamedTuple):
    """Something a value reader saw and would not turn into a value: a key of findings.REGISTRY."""

    code: str
    start: int
    end: int


class Milestone(NamedTuple):
    """One step of a measure's schedule. Dates inclusive; ``text`` is the line as printed."""

    kind: str
    period: str
    precision: str
    start_date: date
    end_date: date
    text: str


class Applicant(NamedTuple):
    """Who may apply, spelled as printed; ``start``/``end`` where it stands."""

    name: str
    applicant_type: str
    start: int = 0
    end: int = 0


class Contact(NamedTuple):
    """An official named on a public page. ``phone`` in E.164; None where nothing is printed.

    A second phone of one person is a second Contact with the same name and no e-mail.
    The spans are where each part stands; ``start``/``end`` hold all of it.
    """

    name: str | None
    phone: str | None
    email: str | None
    start: int = 0
    end: int = 0
    name_span: Span | None = None
    phone_span: Span | None = None
    email_span: Span | None = None


class Link(NamedTuple):
    """A link of a measure: ``role`` is regulation, call, annotation or other; ``text`` its words."""

    url: str
    role: str
    text: str
    start: int = 0
    end: int = 0


class Funding(NamedTuple):
    """One amount of a measure; ``fund`` from CONTRACT's vocabulary, ``text`` as printed with its star."""

    fund: str
    amount_eur: Decimal
    amount_max_eur: Decimal | None
    qualifier: str
    text: str


class Headline(NamedTuple):
    """An amount that the page states outside of any measure.

    ``label``: words of the page or None. ``share_percent``: a share printed with it.
    ``includes_national``: True where the words say that national co-funding is in it.
    """

    label: str | None
    amount_eur: Decimal
    amount_max_eur: Decimal | None
    qualifier: str
    share_percent: Decimal | None
    includes_national: bool
    text: str


class Narrative(NamedTuple):
    """Running text that belongs to a theme or a measure, kept as it is printed."""

    theme: str | None
    measure_id: str | None
    start: int
    end: int
    text: str


class Finding(NamedTuple):
    """Something about the page that a person should know; ``code`` is a key of findings.REGISTRY.

    ``start``/``end``: the place, equal (0, 0) where it concerns the whole page. ``text``: its words.
    """

    code: str
    severity: str
    measure_id: str | None
    field: str | None
    message: str
    message_lv: str
    text: str
    start: int = 0
    end: int = 0


class Evidence(NamedTuple):
    """Where a cell came from: ``Page.text[start:end]``. ``seq`` counts from 1; None in ``measures``."""

    table: str
    measure_id: str | None
    seq: int | None
    field: str
    start: int
    end: int


class Coverage(NamedTuple):
    """How much of the canonical text is accounted for.

    ``characters`` = ``claimed`` + the lengths of ``unclaimed``; white space between claimed words counts
    as claimed. ``left_out``: characters of menus, footers and the like that are not in the text.
    """

    characters: int
    claimed: int
    unclaimed: tuple[Span, ...]
    left_out: int


class Look(NamedTuple):
    """So many ``lines`` of a ``role`` (title, label, text) are set in one ``way``, such as ``heading3``."""

    role: str
    way: str
    lines: int


class Measure(NamedTuple):
    """A support measure, or one round of it.

    ``measure_id`` is ``CODE`` or ``CODE/ROUND``. Amounts are euro. ``flexibility_funding``: included,
    excluded or None. ``selection_type``: open, restricted or None.
    """

    measure_id: str
    code: str
    round: int | None
    specific_objective: str | None
    title: str | None
    theme: str | None
    eu_funding_eur: Decimal | None
    eu_funding_max_eur: Decimal | None
    funding_qualifier: str | None
    flexibility_funding: str | None
    objective: str | None
    selection_type: str | None
    selection_text: str | None
    predecessor_code: str | None
    other_info: str | None
    funding: tuple[Funding, ...]
    applicants: tuple[Applicant, ...]
    milestones: tuple[Milestone, ...]
    contacts: tuple[Contact, ...]
    links: tuple[Link, ...]
    start: int
    end: int


class Page(NamedTuple):
    """All that one page says. ``media``: html, text or binary (then nothing could be read).

    ``encoding`` is the one the bytes were read with. ``text`` is the canonical text that all
    spans index: one line a Block, white space folded to single spaces. ``looks``: how its lines are set.
    """

    url: str | None
    media: str
    encoding: str
    language: str | None
    title: str | None
    text: str
    measures: tuple[Measure, ...]
    headlines: tuple[Headline, ...]
    narrative: tuple[Narrative, ...]
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    coverage: Coverage
    looks: tuple[Look, ...] = ()
