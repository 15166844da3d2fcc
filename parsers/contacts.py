"""Contacts: who is named in a text and how they are reached.

Names and means are found each on their own, then paired by where they stand: a name owns what follows
it up to the next name, or what stands before it where a line ends with the name. An e-mail address made
of another name of the text goes to that one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise, zip_longest
from typing import NamedTuple

from parsers import means, names
from parsers.means import Means
from parsers.names import Name
from parsers.records import Anchor, Contact, Span, span_of

# More names than this side by side are a list of people, not colleagues at one telephone.
_MAX_SHARING = 6
# So many lines of a kind make a column.
_LEAST_COLUMN = 2
_ORDER = ("name", "phone", "email")


class _Item(NamedTuple):
    """A name, a telephone number or an e-mail address: ``kind`` is name, phone or email.

    ``place``: where it stands in the order of the text; what only a link says stands behind its words.
    """

    place: int
    kind: str
    value: str
    span: Span
    person: bool = False


class _Entry(NamedTuple):
    """Names that stand together, and the means that go with them."""

    names: list[_Item]
    phones: list[_Item]
    emails: list[_Item]

    def add(self, items: list[_Item]) -> None:
        """Take in means."""
        for item in items:
            (self.phones if item.kind == "phone" else self.emails).append(item)

    def takes(self, items: list[_Item]) -> bool:
        """Whether means on a line of their own go with what stands before: not a second address, nor
        a second number without a name."""
        if self.emails and any(item.kind == "email" for item in items):
            return False
        return bool(self.names) or not (self.phones and any(item.kind == "phone" for item in items))


def read(text: str, anchors: Sequence[Anchor] = ()) -> list[Contact]:
    """The contacts that a text names, in its order.

    ``anchors``: the links in it, with offsets in this text; a ``mailto:`` or ``tel:`` link gives what
    its words leave out. A second phone of one person is a second contact of the same name. A body
    (ministry, unit) without means is given only where the text has nothing else.
    """
    lines = [_with_names(text, line, found) for line, found in _by_line(text, _means(text, anchors))]
    entries = _in_columns(lines)
    if not entries:
        for items in lines:
            _pair(text, items, entries)
        _return_emails(entries)
    contacts = [contact for entry in entries for contact in _contacts(entry)]
    return contacts or [_contact(name, None, None) for entry in entries for name in entry.names]


def _in_columns(lines: list[list[_Item]]) -> list[_Entry]:
    """Persons, a line each, then their numbers, then their addresses in the same order, as cells side by side
    hold them; nothing where the text is not of this make."""
    items = [line[0] for line in lines if len(line) == 1]
    kinds = [kind for kind, _ in groupby(item.kind for item in items)]
    size = len(items) // max(len(kinds), 1)
    if size < _LEAST_COLUMN or len(items) < sum(map(bool, lines)) or sorted(kinds, key=_ORDER.index) != kinds:
        return []
    columns = [items[at : at + size] for at in range(0, len(items), size)]
    alike = all(len({item.kind for item in column}) == 1 for column in columns)
    if kinds[0] != "name" or not alike or [column[0].kind for column in columns] != kinds or len(kinds) < 2:
        return []
    entries = [_Entry([person], [], []) for person in columns[0]]
    for column in columns[1:]:
        for entry, item in zip(entries, column, strict=True):
            entry.add([item])
    return entries


def _means(text: str, anchors: Sequence[Anchor]) -> list[_Item]:
    found = [_printed("phone", phone) for phone in means.phones(text)]
    found += [_printed("email", email) for email in means.emails(text)]
    linked = [
        _Item(anchor.end, kind, value, Span(anchor.start, anchor.end))
        for anchor in anchors
        for kind, value in zip(("phone", "email"), means.from_link(anchor.href), strict=True)
        if value is not None and not any(item.kind == kind and _overlap(item.span, anchor) for item in found)
    ]
    return sorted(found + linked)


def _printed(kind: str, found: Means) -> _Item:
    value, start, end = found
    return _Item(start, kind, value, span_of((start, end)))


def _named(found: Name) -> _Item:
    text, start, end, person = found
    return _Item(start, "name", text, span_of((start, end)), person)


def _overlap(span: Span, anchor: Anchor) -> bool:
    return span.start < anchor.end and anchor.start < span.end


def _by_line(text: str, found: list[_Item]) -> Iterator[tuple[Span, list[_Item]]]:
    lines = text.split("\n")
    ends = list(accumulate(len(line) + 1 for line in lines))
    inside = defaultdict(list)
    for item in found:
        inside[bisect_right(ends, item.span.start)].append(item)
    for number, line in enumerate(lines):
        start = ends[number] - len(line) - 1
        yield Span(start, ends[number] - 1), inside[number]


def _with_names(text: str, line: Span, found: list[_Item]) -> list[_Item]:
    """The means of a line and the names between them, in their order."""
    items: list[_Item] = []
    at = line.start
    for item in (*found, None):
        gap_end = item.place if item else line.end
        items.extend(_named(name) for name in names.find(text, at, gap_end, leads=at == line.start))
        if item:
            items.append(item)
            at = max(at, item.span.end)
    return items


def _pair(text: str, items: list[_Item], entries: list[_Entry]) -> None:
    """Add what one line says to the entries."""
    runs = [list(run) for _, run in groupby(items, key=lambda item: item.kind == "name")]
    if not runs:
        return
    if len(runs) == 1 and runs[0][0].kind == "name" and entries and not entries[-1].names:
        entries[-1].names.extend(runs[0])
    elif runs[0][0].kind == "name":
        _names_first(text, runs, entries)
    elif len(runs) % 2 == 0:
        for stated, named in zip(runs[::2], runs[1::2], strict=True):
            _open(text, named, entries)
            entries[-1].add(stated)
    elif len(runs) == 3:
        _open(text, runs[1], entries)
        entries[-1].add(runs[0] + runs[2])
    else:
        _go_on(runs[0], entries)
        _names_first(text, runs[1:], entries)


def _names_first(text: str, runs: list[list[_Item]], entries: list[_Entry]) -> None:
    for run in runs:
        if run[0].kind == "name":
            _open(text, run, entries)
        else:
            entries[-1].add(run)


def _go_on(stated: list[_Item], entries: list[_Entry]) -> None:
    """Means without a name on their line."""
    if not entries or not entries[-1].takes(stated):
        entries.append(_Entry([], [], []))
    entries[-1].add(stated)


def _open(text: str, named: list[_Item], entries: list[_Entry]) -> None:
    """Begin an entry with these names; a semicolon parts them, a unit under a person's name is theirs."""
    waiting = entries and entries[-1].names and not entries[-1].phones and not entries[-1].emails
    if waiting and entries[-1].names[-1].person and not named[0].person:
        return
    entries.append(_Entry([named[0]], [], []))
    for before, name in pairwise(named):
        if ";" in text[before.span.end : name.span.start]:
            entries.append(_Entry([], [], []))
        entries[-1].names.append(name)


def _return_emails(entries: list[_Entry]) -> None:
    """Give each address that is made of a name of another entry to that one, where it has none."""
    if len(entries) < 2:
        return
    owners: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for word in {word for name in entry.names if name.person for word in names.words(name.value)}:
            owners[word].append(number)
    for number, entry in enumerate(entries):
        for email in tuple(entry.emails):
            owner = _owner(email, owners)
            if owner is not None and owner != number and not entries[owner].emails:
                entry.emails.remove(email)
                entries[owner].emails.append(email)


def _owner(email: _Item, owners: dict[str, list[int]]) -> int | None:
    """The only entry whose name the address is made of."""
    found = [owners[word] for word in names.words(email.value.partition("@")[0]) if word in owners]
    common = set(found[0]).intersection(*found[1:]) if found else set()
    return common.pop() if len(common) == 1 else None


def _contacts(entry: _Entry) -> Iterator[Contact]:
    if len(entry.names) <= 1:
        name = entry.names[0] if entry.names else None
        yield from _contacts_of(name, entry.phones, entry.emails)
        return
    emails = _emails_by_name(entry)
    for name, phones, own in zip(entry.names, _phones_by_name(entry, emails), emails, strict=True):
        yield from _contacts_of(name, phones, own)


def _phones_by_name(entry: _Entry, emails: list[list[_Item]]) -> list[list[_Item]]:
    """One number each where there are as many, else all for everybody who has an address, or for all."""
    if len(entry.phones) == len(entry.names):
        return [[phone] for phone in entry.phones]
    if len(entry.names) > _MAX_SHARING:
        return [[] for _ in entry.names[1:]] + [entry.phones]
    nobody = not any(emails)
    return [entry.phones if own or nobody else [] for own in emails]


def _emails_by_name(entry: _Entry) -> list[list[_Item]]:
    """Each name's addresses: those made of it, then by order, then one address for all."""
    if len(entry.names) > _MAX_SHARING:
        return [[] for _ in entry.names[1:]] + [entry.emails]
    own = [
        [mail for mail in entry.emails if names.belongs_to(mail.value, name.value)] for name in entry.names
    ]
    taken = {email for emails in own for email in emails}
    rest = [email for email in entry.emails if email not in taken]
    without = [emails for emails in own if not emails]
    if len(rest) == len(without):
        for emails, email in zip(without, rest, strict=True):
            emails.append(email)
    elif not taken:
        return [rest for _ in entry.names]
    else:
        own[-1].extend(rest)
    return own


def _contacts_of(name: _Item | None, phones: list[_Item], emails: list[_Item]) -> Iterator[Contact]:
    for phone, email in zip_longest(phones, emails):
        yield _contact(name, phone, email)
    if not phones and not emails and name is not None and name.person:
        yield _contact(name, None, None)


def _contact(name: _Item | None, phone: _Item | None, email: _Item | None) -> Contact:
    spans = [item.span for item in (name, phone, email) if item is not None]
    return Contact(
        name.value if name else None,
        phone.value if phone else None,
        email.value if email else None,
        min([span.start for span in spans]),
        max([span.end for span in spans]),
        name.span if name else None,
        phone.span if phone else None,
        email.span if email else None,
    )
