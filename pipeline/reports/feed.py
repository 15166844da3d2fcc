"""Changes as an Atom feed (RFC 4287), newest first: one entry for each change, and for each correction.

An entry's id is a tag URI (RFC 4151) made of the change itself: the page's host, the day it was seen, source,
measure, kind, field, a digest of the values. It is the same after every rebuild, in every feed that has the
change, and wherever the same page is watched. Nothing in a feed hangs on when it was written.
"""

from __future__ import annotations

import hashlib
import heapq
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from pipeline.changes.filters import EVERYTHING, Filter, matches
from pipeline.changes.written import sentence
from pipeline.corrections import Correction
from pipeline.json_text import dumps, utc
from pipeline.printable import printable
from pipeline.reports import corrected, words
from pipeline.reports.ranking import in_order
from pipeline.reports.record import Item, Pair
from pipeline.staging import Made
from pipeline.version import VERSION

if TYPE_CHECKING:
    from pipeline.changes.record import Change
    from pipeline.reports.told import Told

# Beyond these the reports and the table of changes tell.
MOST_ENTRIES = 1000
NOWHERE = "pasakumi.invalid"
# Captures of unknown time are older than all others, and Atom wants a time.
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
_TITLES = {
    "lv": "ES fondu atbalsta pasākumi: kas mainījies",
    "en": "EU-fund support measures in Latvia: what changed",
}
_ATOM = "http://www.w3.org/2005/Atom"


class Feed(NamedTuple):
    """Who it is for. ``path``: the file under output/. ``name``: the subscriber's, empty for everybody's."""

    path: str
    language: str
    name: str = ""
    wanted: Filter = EVERYTHING


class Entry(NamedTuple):
    """What there is to tell: a change with the states that show it, or a correction. ``digest``: of all that
    is told with it."""

    id: str
    seen: datetime
    change: Change
    told: tuple[Pair, Item] | Correction
    digest: str


def entries(told: Iterable[Told], corrections: Iterable[Correction], authority: str) -> Iterator[Entry]:
    """All changes and corrections of a history, the newest first, of one moment the biggest; each is read
    when it is asked for. Raises Failed where it cannot be.

    ``told``: the newest first; ``authority``: the mail address or host that ids of corrections are made
    under.
    """
    taken: Counter[str] = Counter()
    last = None
    noted = sorted(corrections, key=_moment, reverse=True)
    parts: tuple[Iterable[Told | Correction], ...] = told, noted
    for one in heapq.merge(*parts, key=_moment, reverse=True):
        if last != (last := _moment(one)):
            taken.clear()  # an id has its time in it
        for entry in (_correction(one, authority),) if isinstance(one, Correction) else _changes(one):
            taken[entry.id] += 1
            number = taken[entry.id]
            yield entry._replace(id=f"{entry.id}/{number}") if number > 1 else entry


def _moment(one: Told | Correction) -> datetime:
    return one.noted_at if isinstance(one, Correction) else one.seen or _UNKNOWN


def _changes(told: Told) -> Iterator[Entry]:
    pair = told.pair
    for item in in_order(pair.items):
        yield Entry(change_id(pair, item.change), _seen(pair), item.change, (pair, item), told.digest)


def _correction(one: Correction, authority: str) -> Entry:
    seen = f"{one.noted_at:%Y-%m-%d}"
    name = f"tag:{authority},{seen}:correction/{_digest([one.was, one.now, f'{one.noted_at}'])}"
    return Entry(name, one.noted_at, corrected.change(one.row), one, _digest(one))


def files(
    feeds: Sequence[Feed], some: Iterable[Entry], authority: str, newest: datetime | None, code: str
) -> Iterator[Made]:
    """The files of these feeds. ``some``: see :func:`entries`; no more are read than they have room for.
    ``newest``: when the newest capture was made, for a feed without entries. ``code``: a digest of the code
    that makes them."""
    wanted: list[list[Entry]] = [[] for _ in feeds]
    for entry in some:
        open_ones = [place for place, mine in enumerate(wanted) if len(mine) < MOST_ENTRIES]
        if not open_ones:
            break
        for place in open_ones:
            if matches(entry.change, feeds[place].wanted):
                wanted[place].append(entry)
    for feed, mine in zip(feeds, wanted, strict=True):
        yield _made(feed, mine, authority, newest, code)


def _made(feed: Feed, wanted: list[Entry], authority: str, newest: datetime | None, code: str) -> Made:
    updated = utc(wanted[0].seen if wanted else newest or _UNKNOWN)
    digest = hashlib.sha256(repr((code, *feed[:3], authority, updated)).encode())
    for entry in wanted:
        digest.update(f"{entry.id}\n{entry.digest}\n".encode())
    content = partial(_written, feed, wanted, authority, updated)
    return Made(feed.path, digest.hexdigest()[:16], content, apart=True)


def _written(feed: Feed, wanted: Sequence[Entry], authority: str, updated: str) -> bytes:
    atom = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    _add(atom, "id", f"tag:{authority},2025:pasakumi/{quote(feed.path.removesuffix('.xml'))}")
    _add(atom, "title", _TITLES[feed.language] + (f" ({feed.name})" if feed.name else ""))
    _add(atom, "updated", updated)
    _add(_add(atom, "author"), "name", "pasakumi")
    _add(atom, "generator", "pasakumi", version=VERSION)
    _add(atom, "link", rel="self", type="application/atom+xml", href=feed.path.rpartition("/")[2])
    texts = "../" * feed.path.count("/") + "text/"
    for entry in wanted:
        added = _add(atom, "entry")
        _add(added, "id", entry.id)
        _add(added, "published", utc(entry.seen))
        _add(added, "updated", utc(entry.seen))
        _add(added, "category", term=entry.change.kind)
        if isinstance(entry.told, Correction):
            _add_correction(added, entry.told, feed.language)
        else:
            _add_change(added, *entry.told, feed.language, texts)
    ET.indent(atom)
    written: bytes = ET.tostring(atom, "utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text
    return element


def _add_change(entry: Element, pair: Pair, item: Item, language: str, texts: str) -> None:
    where = words.links(pair, item, lambda capture: f"{texts}{quote(capture)}.txt")
    title = printable(sentence(item.change, language))
    _add(entry, "title", title)
    page = where.page or pair.new.url
    if page:
        _add(entry, "link", rel="alternate", type="text/html", href=page)
    for name, address in (("before", where.before), ("now", where.now)):
        if address:
            shown = words.WORDS[language][name]
            _add(entry, "link", rel="related", type="text/plain", title=shown, href=address)
    _add(entry, "content", "".join(_content(pair, item.change, title, language)), type="html")


def _content(pair: Pair, change: Change, title: str, language: str) -> Iterator[str]:
    """The sentence, the words of the page, whose page it is and between which captures it changed."""
    yield f"<p>{escape(title)}</p>"
    said = words.quote(change, language)
    if said:
        yield f'<p lang="lv">{_safe(said)}</p>'
    when = words.between(pair.old, pair.new, language)
    yield f"<p><small>{_safe(', '.join(filter(None, (pair.publisher, when))))}</small></p>"


def _add_correction(entry: Element, one: Correction, language: str) -> None:
    _add(entry, "category", term="correction")
    _add(entry, "title", printable(corrected.title(one, language)))
    _add(
        entry,
        "content",
        "".join(f"<p>{_safe(line)}</p>" for line in corrected.lines(one, language)),
        type="html",
    )


def _safe(text: str) -> str:
    return escape(printable(text))


def _seen(pair: Pair) -> datetime:
    return pair.new.captured_at or _UNKNOWN


def change_id(pair: Pair, change: Change) -> str:
    """The id of a change (see above), the same in feeds and messages."""
    host = urlsplit(pair.new.url or "").hostname or NOWHERE
    seen = _seen(pair).astimezone(UTC)
    values = _digest([change.old, change.new, change.subject])
    named = [f"{seen:%Y%m%dT%H%M%SZ}", change.source, change.measure_id, change.kind, change.field, values]
    return f"tag:{host},{seen:%Y-%m-%d}:" + "/".join(quote(str(part or "-"), safe="") for part in named)


def _digest(values: object) -> str:
    return hashlib.sha256(dumps(values, indent=None).encode("utf-8", "replace")).hexdigest()[:16]
