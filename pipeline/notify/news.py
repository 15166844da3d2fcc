"""What changed, as one message for a subscriber: plain text, the biggest news first.

Words of a page stand in it as they are printed, shortened, on one line, with nothing in them that a
terminal, a mail program or a chat would obey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.changes.filters import matches, wanted_by
from pipeline.changes.quoting import words as shortened
from pipeline.changes.written import sentence
from pipeline.notify import words
from pipeline.notify.inert import inert
from pipeline.notify.letter import Message, message_id
from pipeline.notify.told import Captures, moment_of
from pipeline.printable import printable
from pipeline.reports.feed import change_id
from pipeline.reports.ranking import weight
from pipeline.reports.words import WORDS, between, counted, quote
from pipeline.vocabulary import CONTACT_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from pipeline.config import Subscriber
    from pipeline.reports.record import Item, Pair
    from pipeline.reports.told import Told

MOST_CHANGES = 20
_MOST_IDS = 3


class Seen(NamedTuple):
    """A change with the two states that show it."""

    pair: Pair
    item: Item


def news(
    told: Mapping[str, Sequence[Told]], since: Callable[[str], str], upto: Mapping[str, str]
) -> list[Seen]:
    """The changes of all sources seen after the capture ``since`` gives, up to those in ``upto``."""
    return [
        Seen(pair, item)
        for source, history in told.items()
        for one in history
        if moment_of(since(source)) < moment_of(one.new.capture or "") <= moment_of(upto.get(source, ""))
        for pair in (one.pair,)
        for item in pair.items
    ]


def message(subscriber: Subscriber, seen: Iterable[Seen], upto: Captures, now: datetime) -> Message | None:
    """The message about those of the changes that the subscriber wants to hear of; None where there is none.

    ``upto``: each source's capture that all changes are told of with it.
    """
    wanted = wanted_by(subscriber)
    some = [one for one in seen if matches(one.item.change, wanted)]
    if not some:
        return None
    some.sort(key=lambda one: weight(one.item.change))
    name = message_id(subscriber.name, [change_id(one.pair, one.item.change) for one in some])
    lines = [*_body(some, subscriber.language), words.MESSAGE[subscriber.language].format(name)]
    title = _title(some, subscriber.language)
    return Message(name, subscriber.name, title, "\n".join(lines), now, {"upto": upto})


def _title(some: Sequence[Seen], language: str) -> str:
    ids = dict.fromkeys(one.item.change.measure_id for one in some if one.item.change.measure_id)
    named = ", ".join(map(inert, list(ids)[:_MOST_IDS])) + (", …" if len(ids) > _MOST_IDS else "")
    count = f"{WORDS[language]['title']}: {counted(len(some), language)}"
    return f"{count} ({named})" if named else count


def _body(some: Sequence[Seen], language: str) -> Iterator[str]:
    first = some[0].pair
    is_one_page = all(one.pair is first for one in some)
    if is_one_page:
        yield from _where(first, language)
        yield ""
    for one in some[:MOST_CHANGES]:
        yield from _change(one, language, told_where=is_one_page)
    if len(some) > MOST_CHANGES:
        yield words.more(len(some) - MOST_CHANGES, language)
        yield ""


def _change(one: Seen, language: str, *, told_where: bool) -> Iterator[str]:
    change = one.item.change
    yield f"• {inert(sentence(change, language))}"
    said = _said(one, language)
    if said:
        yield f"  {inert(said)}"
    if not told_where:
        when = between(one.pair.old, one.pair.new, language)
        yield f"  {', '.join(filter(None, (inert(one.pair.publisher), when)))}"
    address = _address(one)
    if address:
        yield f"  {address}"
    yield ""


def _where(pair: Pair, language: str) -> Iterator[str]:
    """Whose page it is, where it is, between which captures it changed."""
    yield from filter(None, (inert(pair.publisher or pair.source or ""), printable(pair.new.url or "")))
    when = between(pair.old, pair.new, language)
    yield when[:1].upper() + when[1:]


def _said(one: Seen, language: str) -> str | None:
    """The printed words before and now. A person's are nothing to send around."""
    change = one.item.change
    if change.kind in CONTACT_KINDS:
        return None
    old, new = (shortened(side) if side else side for side in (change.old_text, change.new_text))
    return quote(change._replace(old_text=old, new_text=new), language)


def _address(one: Seen) -> str:
    """The page, best at the new words."""
    if not one.pair.new.url:
        return ""
    place = "" if one.item.change.kind in CONTACT_KINDS else one.item.new_place
    return printable(one.pair.new.url + place)
