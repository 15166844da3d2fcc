"""What of a page is compared: its values freed of typography, place and order.

Two measures with equal :func:`measure_values` are the same to a reader. Everything here is a function of
one page, so that a state can be compared with any other, and changes can be applied to it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import NamedTuple
from urllib.parse import urlsplit

from parsers.memos import memo
from parsers.records import Contact, Funding, Headline, Link, Measure, Milestone
from pipeline.changes.wording import key

TEXTS = ("objective", "selection_text", "other_info")
AMOUNT_FIELDS = ("eu_funding_eur", "eu_funding_max_eur", "funding_qualifier")
PLAIN_FIELDS = ("specific_objective", "predecessor_code")

_NOTATION = re.compile(
    r"[ivx]+|(?:gad|cet|ceturk|pusgad|janvār|februār|mart|aprīl|maij|jūnij|jūlij|august|septembr|oktobr|novembr|"
    r"decembr)\w*|g|pusg|q[1-4]|jan|febr?|apr|jūn|jūl|aug|sept?|okt|nov|dec|līdz|no|un"
)
# Participles of what is done with a step, and words that tell how sure its time is; no noun is among them.
_STANDING = re.compile(
    r"(?:(?:ne)?(?:iz|uz|no|pa|at|pār|ap|ie|sa|aiz|pie)?"
    r"(?:sludin|sāk|beig|slēg|stiprin|pild|īsten|cel|lik|plāno|dot|ņem|public|vērt|rakst|skaņo|turē|trauk|tik|"
    r"snieg|stāj|prec)\w*?(?:ts|ta|ti|tas|ies|usi|uši|ušas|ušās)|not(?:icis|ikusi))"
    r"|(?:agrāk|ātrāk|vēlāk|tiks|tiek|notiek|norit|norisinās|turpinās|atkārtot\w+|orientējoš\w+|indikatīv\w+|"
    r"provizorisk\w+|aptuven\w+)"
    r"|(?:launched|announced|opened|closed|completed|approved|planned|postponed|cancelled|earlier|later|tentative(?:ly)?|"
    r"indicative(?:ly)?)"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_FIGURE = re.compile(r"\d+")
# What counts where readers came from, and leads nowhere else.
_TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid)=[^&]*")
_EDGES = re.compile(r"^[\s\W_]+|(?<![)\]”“\"»])[\s\W_]+$(?<![)\]”“\"»])")
_COUNTED = ("kārt", "posm", "daļ", "round")


class MilestoneValue(NamedTuple):
    """A milestone as compared: two with one kind, days and description are one printed twice."""

    kind: str
    start: int
    end: int
    description: str


def description(milestone: Milestone) -> str:
    """What the line says besides its dates: ``1. kārtas atlases uzsākšana`` without ``2025. gada I cet.``.

    The notation of a period is taken out word by word, so that another notation is no change; a number
    stays where it counts a round or a part.
    """
    return said_besides_dates(milestone.text)


@memo(1024)
def said_besides_dates(text: str) -> str:
    """The same of a line."""
    words = (key(text) or "").casefold().split(" ")
    kept = [
        word
        for word, following in zip(words, [*words[1:], ""], strict=True)
        if (following.startswith(_COUNTED) if word.isdigit() else not _NOTATION.fullmatch(word))
    ]
    return " ".join(kept)


def words_of_step(text: str) -> str:
    """The line as printed without its dates and what joins them: ``2. kārtas atlases uzsākšana``."""
    return _EDGES.sub("", " ".join(_without_periods(text).split()))


def same_standing(old: str, new: str) -> bool:
    """True where two lines of a schedule name a step, whatever they call it, and say the same of it besides
    dates: whether it is done, how sure its time is, which round it is of, what stands in brackets."""
    left = [_without_periods(text) for text in (old, new)]
    told = [_standing(text) for text in left]
    if told[0] != told[1]:
        return False
    if left[0] == old or left[1] == new:
        return True  # a date that only its place makes one: what is left of it is no number of anything
    figures = [_FIGURE.findall(text) for text in left]
    return figures[0] == figures[1]


def is_of_standing(word: str) -> bool:
    """Whether a word of a schedule says how a step stands: ``izsludināta``, ``pārcelts``, ``indikatīvi``."""
    return _STANDING.fullmatch(word) is not None


def _standing(text: str) -> tuple[frozenset[str], frozenset[str | None]]:
    words = (key(text) or "").casefold().split()
    return frozenset(filter(is_of_standing, words)), frozenset(
        key(found) for found in _BRACKETS.findall(text)
    )


@memo(256)
def _without_periods(text: str) -> str:
    from parsers.periods import read

    at, kept = 0, []
    for period in read(text):
        kept.append(text[at : period.start])
        at = period.end
    return " ".join((*kept, text[at:]))


def milestone_value(milestone: Milestone) -> MilestoneValue:
    """The days and not the notation: ``2025-01/2025-03`` is ``2025-Q1``."""
    start, end = milestone.start_date.toordinal(), milestone.end_date.toordinal()
    return MilestoneValue(milestone.kind, start, end, description(milestone))


def contact_value(contact: Contact) -> tuple[str, str, str]:
    """Name, phone, e-mail; empty where nothing is printed, so that contacts can be sorted."""
    return key(contact.name) or "", contact.phone or "", (contact.email or "").casefold()


def link_value(link: Link) -> str:
    """Where a link leads, whether with http or https, a slash at its end or none, however it is counted."""
    return _address(link.url.strip())


@memo(1024)
def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that are no IPv6 address: the page's own mistake, compared as printed
        return url
    scheme = "https" if parts.scheme in {"http", "https"} else parts.scheme
    query = _TRACKING.sub("", parts.query).lstrip("&")
    return f"{scheme}://{parts.netloc.casefold()}{parts.path.rstrip('/')}?{query}#{parts.fragment}"


def funding_rows(measure: Measure) -> list[Funding]:
    """The amounts that are not the measure's EU funding said once more, each once."""
    stated = (measure.eu_funding_eur, measure.eu_funding_max_eur, measure.funding_qualifier)
    rows = {row[:4]: row for row in measure.funding if row.fund != "eu_total" or row[1:4] != stated}
    return list(rows.values())


def headline_value(headline: Headline) -> tuple[Hashable, ...]:
    """Label, figures and qualifier; a headline printed twice is one."""
    return (key(headline.label), *headline[1:6])


def measure_values(measure: Measure) -> tuple[Hashable, ...]:
    """All that is compared of a measure, hashable; its id is not part of it."""
    return (
        key(measure.title),
        key(measure.theme),
        *(getattr(measure, field) for field in (*AMOUNT_FIELDS, "flexibility_funding", "selection_type")),
        *(getattr(measure, field) for field in PLAIN_FIELDS),
        *(tuple(sorted((key(text) or "").split())) for text in (getattr(measure, field) for field in TEXTS)),
        frozenset(row[:4] for row in funding_rows(measure)),
        frozenset(key(applicant.name) for applicant in measure.applicants),
        frozenset(map(milestone_value, measure.milestones)),
        frozenset(map(contact_value, measure.contacts)),
        frozenset(map(link_value, measure.links)),
    )
