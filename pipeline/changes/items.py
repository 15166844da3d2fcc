"""Which item of a list (milestones, people, amounts, applicants) is which in the newer state.

Each function gives pairs of items that differ or may differ, what is gone and what has come. Like those of
:mod:`match` they are the same seen from either side.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import TypeVar

from parsers.memos import memo
from parsers.records import Applicant, Contact, Funding, Milestone
from pipeline.changes import wording
from pipeline.changes.match import Found, Pairs, pair_best, pair_by, staged
from pipeline.changes.values import contact_value, description, milestone_value, said_besides_dates

T = TypeVar("T")
Place = tuple[int | Decimal, ...]

_MOST_ALIGNED = 100
_LEAST_COMMON = 0.5
_LEAST_PART_OF_NAME = 3
_FEWEST_IN_COMMON = 4
_FEWEST_INITIALS = 3
_JOINING = frozenset({"un", "par", "ar", "and", "of", "the", "for"})
_STEM = 5
_CONJUNCTION = re.compile(r"\s*[,;/]\s*(?:(?:un|vai|kā arī|and|or)\s+)?|\s+(?:un|vai|kā arī|and|or)\s+")
_GOES_ON = re.compile(
    r"\s*[,;:(\[–/-]|\s+(?:un|vai|kā|kas|kuras?|kuri|kurās|ar|bez|no|sadarbībā|kopā|tai|tostarp|t\.\s*sk|izņemot|ja|"
    r"and|or|that|which|with|together)\b"
)


def unique(items: Iterable[T], by: Callable[[T], Hashable]) -> list[T]:
    """Each value once, in an order that comes from the values alone."""
    first: dict[Hashable, T] = {}
    for item in items:
        first.setdefault(by(item), item)
    if len(first) < 2:
        return list(first.values())
    return sorted(first.values(), key=lambda item: _sortable(by(item)))


def _sortable(value: Hashable) -> tuple[tuple[bool, Decimal, str], ...]:
    """None first, numbers as numbers, all else as words."""
    parts = value if isinstance(value, tuple) else (value,)
    return tuple(
        (True, Decimal(part), "")
        if isinstance(part, int | Decimal)
        else (part is not None, Decimal(0), str(part))
        for part in parts
    )


def align(old: list[T], new: list[T], place: Callable[[T], Place]) -> Found[T]:
    """Pair items in the order of their places so that all moves together are shortest."""
    old, new = sorted(old, key=place), sorted(new, key=place)
    if len(old) == len(new):
        return list(zip(old, new, strict=True)), [], []
    if len(old) > len(new):
        pairs, left_new, left_old = align(new, old, place)
        return [(before, after) for after, before in pairs], left_old, left_new
    chosen = (
        range(len(old))
        if len(new) > _MOST_ALIGNED
        else _nearest(list(map(place, old)), list(map(place, new)))
    )
    taken = set(chosen)
    pairs = [(before, new[j]) for before, j in zip(old, chosen, strict=True)]
    return pairs, [], [item for j, item in enumerate(new) if j not in taken]


def _nearest(few: list[Place], many: list[Place]) -> list[int]:
    """For each of ``few`` its place in ``many``, rising, with the smallest sum of distances."""

    def move(i: int, j: int) -> Decimal:
        return sum((abs(Decimal(a - b)) for a, b in zip(few[i], many[j], strict=True)), Decimal(0))

    never = Decimal("Infinity")
    costs = [[Decimal(0)] * (len(many) + 1)]
    for i in range(len(few)):
        row = [never]
        for j in range(len(many)):
            row.append(min(row[j], costs[i][j] + move(i, j)))
        costs.append(row)
    chosen: list[int] = []
    j = len(many)
    for i in range(len(few), 0, -1):
        while costs[i][j] == costs[i][j - 1]:
            j -= 1
        j -= 1
        chosen.append(j)
    return chosen[::-1]


def align_within(
    old: list[T], new: list[T], group: Callable[[T], Hashable | None], place: Callable[[T], Place]
) -> Found[T]:
    """:func:`align` within each group; items whose group is None are left."""
    sides: dict[Hashable, tuple[list[T], list[T]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((old, new)):
        for item in items:
            sides[group(item)][side].append(item)
    left_old, left_new = sides.pop(None, ([], []))
    pairs: Pairs[T] = []
    for before, after in sides.values():
        found, gone, come = align(before, after, place)
        pairs += found
        left_old += gone
        left_new += come
    return pairs, left_old, left_new


def _days(milestone: Milestone) -> Place:
    return milestone.start_date.toordinal(), milestone.end_date.toordinal()


def _named_kind(milestone: Milestone) -> str | None:
    return None if milestone.kind == "other" else milestone.kind


def _unlike_words(old: Milestone, new: Milestone) -> float | None:
    """How few words two steps of kind ``other`` share; None for steps that are not the same one."""
    if "other" not in (old.kind, new.kind) or old.kind != new.kind:
        return None
    a, b = set(description(old).split()), set(description(new).split())
    common = len(a & b) / max(len(a | b), 1)
    return 1 - common if common >= _LEAST_COMMON else None


def _unlike_stems(old: Milestone, new: Milestone) -> float | None:
    """The same of steps on the same days, for words in any form: *izvērtēšana*, *izvērtējuma publicēšana*."""
    if "other" not in (old.kind, new.kind) or old.kind != new.kind or _days(old) != _days(new):
        return None
    a, b = ({word[:_STEM] for word in description(step).split()} for step in (old, new))
    common = len(a & b) / max(len(a | b), 1)
    return 1 - common if common >= _LEAST_COMMON else None


def same_steps(old: Sequence[Milestone], new: Sequence[Milestone]) -> bool:
    """True where both hold the same steps in the same words, cheaply told where no kind stands twice."""
    if old == new:
        return True
    kinds = [m.kind for m in {(m.kind, *_days(m)): m for m in old}.values() if m.kind != "other"]
    if len(kinds) != len(set(kinds)):
        return False
    return any(
        {(m.kind, *_days(m), words(m.text)) for m in old} == {(m.kind, *_days(m), words(m.text)) for m in new}
        for words in (wording.key, said_besides_dates)
    )


def pair_milestones(old: Sequence[Milestone], new: Sequence[Milestone]) -> Found[Milestone]:
    """Steps of one kind: by what the line says, then by nearest dates; ``other`` only by what it says."""
    pairs, gone, come = staged(
        unique(old, milestone_value),
        unique(new, milestone_value),
        partial(pair_by, by=milestone_value),
        partial(align_within, group=lambda m: (m.kind, description(m)), place=_days),
        partial(pair_by, by=lambda m: _named_kind(m) and (m.kind, *_days(m))),
        partial(pair_best, distance=_unlike_words),
        partial(pair_best, distance=_unlike_stems),
        partial(align_within, group=_named_kind, place=_days),
    )
    # One step printed in two ways is one step, also when the second way comes or goes.
    said_old, said_new = ({(m.kind, *_days(m)) for m in side if m.kind != "other"} for side in (old, new))
    return (
        pairs,
        [m for m in gone if (m.kind, *_days(m)) not in said_new],
        [m for m in come if (m.kind, *_days(m)) not in said_old],
    )


def pair_funding(old: list[Funding], new: list[Funding]) -> Found[Funding]:
    """Amounts of one fund: equal ones, then the nearest."""

    def size(row: Funding) -> Place:
        return (row.amount_eur,)

    return staged(
        unique(old, lambda row: row[:4]),
        unique(new, lambda row: row[:4]),
        partial(pair_by, by=lambda row: row[:4]),
        partial(align_within, group=lambda row: row.fund, place=size),
    )


def pair_applicants(old: Sequence[Applicant], new: Sequence[Applicant]) -> Found[Applicant]:
    """The same name, one respelled by at most two letters, or one in other words: narrowed, widened, put
    together with others or parted from them."""

    def name(applicant: Applicant) -> str | None:
        return wording.key(applicant.name)

    def respelled(before: Applicant, after: Applicant) -> float | None:
        if not wording.is_respelling(before.name, after.name):
            return None
        return wording.letters_apart(before.name, after.name, len(before.name) + len(after.name))

    def shortened(before: Applicant, after: Applicant) -> float | None:
        short, long = sorted((before.name, after.name), key=len)
        return 0 if _is_short_for(short, long) else None

    def reworded(before: Applicant, after: Applicant) -> float | None:
        return _reworded(before.name, after.name)

    pairs, gone, come = staged(
        unique(old, name),
        unique(new, name),
        partial(pair_by, by=name),
        partial(pair_best, distance=respelled),
        partial(pair_best, distance=shortened),
        partial(pair_best, distance=reworded),
    )
    joined, gone = _joined(gone, [new for _, new in pairs if new.name not in {o.name for o in old}])
    parted, come = _joined(come, [old for old, _ in pairs if old.name not in {n.name for n in new}])
    return [*pairs, *joined, *((before, after) for after, before in parted)], gone, come


def only_put_together(pairs: Pairs[Applicant]) -> set[str]:
    """Names that are those of several others put together, and say no more: *Biedrības un nodibinājumi* in
    place of *Biedrības* and *Nodibinājumi*."""
    wholes: set[str] = set()
    for side in (0, 1):
        parts: dict[str, set[str]] = defaultdict(set)
        for pair in pairs:
            parts[pair[side].name].add((wording.key(pair[1 - side].name) or "").casefold())
        wholes |= {name for name, some in parts.items() if len(some) > 1 and some == _named_within(name)}
    return wholes


def _joined(some: list[Applicant], wholes: list[Applicant]) -> tuple[Pairs[Applicant], list[Applicant]]:
    """Applicants that are named within another's words (*Biedrības* of *Biedrības un nodibinājumi*), with
    that one, and those that are not."""
    pairs: Pairs[Applicant] = []
    left: list[Applicant] = []
    for applicant in some:
        named = (wording.key(applicant.name) or "").casefold()
        whole = next((one for one in wholes if named in _named_within(one.name)), None)
        if whole is None:
            left.append(applicant)
        else:
            pairs.append((applicant, whole))
    return pairs, left


def _is_short_for(short: str, long: str) -> bool:
    """True for initials of a name: ``VIAA`` for *Valsts izglītības attīstības aģentūra*. What joins its words
    may have none."""
    one, other = ((wording.key(name) or "").split() for name in (short, long))
    while len(one) > 1 and len(other) > 1 and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]  # *SIA „Rīgas meži”*: its legal form alone is shortened
    letters = " ".join(one)
    if len(letters) < _FEWEST_INITIALS or not letters.isalpha() or not letters.isupper():
        return False
    with_all, without = (
        "".join(word[0] for word in some) for some in (other, [w for w in other if w not in _JOINING])
    )
    return letters.casefold() in {with_all.casefold(), without.casefold()}


@memo(256)
def _named_within(name: str) -> frozenset[str]:
    parts = _CONJUNCTION.split(name.casefold())
    return frozenset(filter(None, map(wording.key, parts))) if len(parts) > 1 else frozenset()


def _reworded(old: str, new: str) -> float | None:
    """How few words two names share; None where they are two applicants: neither begins with the other, and
    they share few words or not the first."""
    a, b = ((wording.key(name) or "").casefold().split() for name in (old, new))
    if not a or not b or a[0] != b[0]:
        return None
    few, many = sorted((a, b), key=len)
    common = len(set(a) & set(b))
    unlike = 1 - common / len({*a, *b})
    if many[: len(few)] == few and _goes_on(max(old, new, key=lambda name: len(name.split())), len(few)):
        return unlike
    return unlike if common >= _FEWEST_IN_COMMON and 1 - unlike >= _LEAST_COMMON else None


def _goes_on(name: str, count: int) -> bool:
    """Whether the words after the first ``count`` only say more of them: after a comma, a bracket, *un*."""
    words = list(re.finditer(r"\w+", name))
    end = words[count - 1].end()
    return _GOES_ON.match(name, end) is not None


def _is_of_person(email: str, name: str) -> bool:
    """True where an address is made from a name (``anna.berzina@…``), False for an office's (``pasts@…``)."""
    import unicodedata

    letters = unicodedata.normalize("NFD", name.casefold())
    words = "".join(c for c in letters if not unicodedata.combining(c)).split()
    mailbox = email.partition("@")[0].casefold()
    return any(len(word) >= _LEAST_PART_OF_NAME and word in mailbox for word in words)


def _email_of_person(contact: Contact) -> str | None:
    """The address as a mark of the person: an office's address marks only those without a name."""
    name, _, email = contact_value(contact)
    return email if email and (not name or _is_of_person(email, name)) else None


def _first_name_and_phone(contact: Contact) -> tuple[str, str] | None:
    """Who has another surname now is still reached by the same telephone."""
    name, phone, _ = contact_value(contact)
    first, _, rest = name.partition(" ")
    return (first, phone) if rest and phone else None


def pair_contacts(old: Sequence[Contact], new: Sequence[Contact]) -> Found[Contact]:
    """The same person: the same name, else an own e-mail address, else a first name with its phone, else a
    name respelled.

    Where one of the two has no name, an address or a phone in common is enough. A second
    phone of a person is a contact of its own (see records), so one name may stand several times.
    """

    def named(contact: Contact, part: int) -> tuple[str, str] | None:
        value = contact_value(contact)
        return (value[0], value[part]) if value[0] and value[part] else None

    def respelled(before: Contact, after: Contact) -> float | None:
        if not (before.name and after.name and wording.is_respelling(before.name, after.name)):
            return None
        return sum(a != b for a, b in zip(contact_value(before), contact_value(after), strict=True))

    def nameless(before: Contact, after: Contact) -> float | None:
        a, b = contact_value(before), contact_value(after)
        shared = any(x and x == y for x, y in zip(a[1:], b[1:], strict=True))
        return 0 if shared and not (a[0] and b[0]) else None

    return staged(
        unique(old, contact_value),
        unique(new, contact_value),
        partial(pair_by, by=contact_value),
        partial(pair_by, by=lambda c: named(c, 2)),
        partial(pair_by, by=lambda c: named(c, 1)),
        partial(pair_by, by=lambda c: contact_value(c)[0] or None),
        partial(pair_by, by=_email_of_person),
        partial(pair_by, by=_first_name_and_phone),
        partial(pair_best, distance=respelled),
        partial(pair_best, distance=nameless),
    )
