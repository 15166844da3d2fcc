"""Two states of a page in, its changes out, each once, with totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from parsers.records import Measure, Page
from pipeline.changes import wording
from pipeline.changes.events import Pair, measure_changes, theme_change
from pipeline.changes.match import Matched, match, natural_key, natural_order
from pipeline.changes.naming import is_named, named_alone
from pipeline.changes.page import (
    Names,
    headline_changes,
    narrative_changes,
    not_told,
    renamed_themes,
    theme_names,
    told_words,
)
from pipeline.changes.parts import Parted, changes_inside
from pipeline.changes.record import AGAIN, NAMED, Also, Change, Totals
from pipeline.changes.unclaimed import with_unclaimed
from pipeline.collector import paused
from pipeline.vocabulary import CHANGE_KINDS

_ORDER = {kind: place for place, kind in enumerate(CHANGE_KINDS)}
_FLEXIBILITY = "flexibility_funding"
_FEWEST_UNDER_HEADING = 2
_OF_TOTALS = frozenset({"measure_added", "measure_removed", "measure_split", "measure_merged"})


def diff(old: Page | None, new: Page, source: str | None = None) -> list[Change]:
    """What changed from ``old`` to ``new``, two states of one source read by the same code.

    A source's first state (``old`` is None) is its baseline: no change. The order is by measure_id, then by
    kind as in CONTRACT, changes of the whole page last; it does not depend on the order of either page.
    """
    if old is None or old is new:
        return []
    with paused():
        return _changes(old, new, source)


def _changes(old: Page, new: Page, source: str | None) -> list[Change]:
    matched = match(old.measures, new.measures)
    stay = matched.kept + matched.renumbered
    renamed = renamed_themes(old, new, stay)
    headlines = list(headline_changes(source, old.headlines, new.headlines))
    texts = narrative_changes(old, new, renamed, stay, told_words(headlines))
    changes = [
        *_of_ids(source, matched, old, new),
        *_of_themes(source, old, new, stay, renamed),
        *(change for before, after in stay for change in measure_changes(Pair(source, before, after))),
        *(change for parted in _parted(source, matched) for change in changes_inside(parted)),
        *headlines,
    ]
    changes += [text._replace(source=source) for text in not_told(texts, changes)]
    changes = with_unclaimed(source, old, new, stay, changes)
    _add_footnotes(changes, old, new)
    _put_in_order(changes)
    totals = _totals(old, new, renamed) if any(map(_is_of_money, changes)) else {}
    for place, change in enumerate(changes) if totals else ():
        if _is_of_money(change):
            changes[place] = change._replace(totals=totals[_theme_now(change, renamed)])
    return changes


def _of_ids(source: str | None, matched: Matched, old: Page, new: Page) -> Iterator[Change]:
    """Measures that came, went, or go on under other ids."""
    stay = {new.measure_id for _, new in matched.kept}
    for kind, side, measures, other in (
        ("measure_added", "after", matched.added, old),
        ("measure_removed", "before", matched.removed, new),
    ):
        named = named_alone(other) if measures else {}
        for measure in measures:
            name = measure.measure_id
            subject = AGAIN if name in stay else NAMED if is_named(measure, named) else None
            change = Change(kind, source, name, None, None, None, subject=subject)
            yield change._replace(**{side: (measure,)})  # type: ignore[arg-type]
    for before, after in matched.renumbered:
        ids = before.measure_id, after.measure_id
        goals = before.specific_objective, after.specific_objective
        also = (Also("specific_objective", *goals),) if goals[0] != goals[1] else ()
        yield Pair(source, before, after).change("measure_renumbered", "measure_id", ids, also=also)
    for whole, parts in matched.split:
        yield _of_parts("measure_split", source, (whole,), parts, whole.measure_id)
    for parts, whole in matched.merged:
        yield _of_parts("measure_merged", source, parts, (whole,), whole.measure_id)


def _parted(source: str | None, matched: Matched) -> Iterator[Parted]:
    for whole, parts in matched.split:
        yield Parted(source, whole, parts, is_split=True)
    for parts, whole in matched.merged:
        yield Parted(source, whole, parts, is_split=False)


def _of_parts(
    kind: str, source: str | None, before: tuple[Measure, ...], after: tuple[Measure, ...], name: str
) -> Change:
    """One measure that became several or the other way round; its money is that of all parts together."""
    old, new = (", ".join(measure.measure_id for measure in side) for side in (before, after))
    return Change(kind, source, name, "measure_id", old, new, before=before, after=after)


def _of_themes(
    source: str | None, old: Page, new: Page, stay: list[tuple[Measure, Measure]], renamed: Names
) -> Iterator[Change]:
    """Measures moved to another theme; a theme renamed is one change and not one for each of its measures."""
    under: dict[str | None, list[tuple[Measure, Measure]]] = {theme: [] for theme in renamed}
    moved: list[Change] = []
    for before, after in stay:
        if before.theme == after.theme:
            continue
        theme = wording.key(before.theme)
        if theme in renamed:
            under[theme].append((before, after))
            continue
        change = theme_change(Pair(source, before, after))
        if change:
            moved.append(change)
    yield from _headings(source, old, new, moved)
    old_names, new_names = (theme_names(page) if renamed else {} for page in (old, new))
    for theme, pairs in under.items():
        names = old_names[theme], new_names[renamed[theme]]
        minor = wording.is_correction(*names)
        pairs.sort(key=lambda pair: natural_order(pair[1]))
        yield Change(
            "theme_changed", source, None, "theme", *names, minor=minor, subject=names[1],
            before=tuple(pair[0] for pair in pairs), after=tuple(pair[1] for pair in pairs),
        )  # fmt: skip


def _headings(source: str | None, old: Page, new: Page, moved: list[Change]) -> Iterator[Change]:
    """The measures that moved; where only the heading above several of them went, or came, one change."""
    groups: dict[tuple[str | None, str | None], list[Change]] = defaultdict(list)
    for change in moved:
        before, after = (
            wording.key(value) if isinstance(value, str) else None for value in (change.old, change.new)
        )
        groups[before, after].append(change)
    themes = theme_names(old), theme_names(new)
    for (before, after), changes in groups.items():
        went = after is None and before not in themes[1]
        came = before is None and after not in themes[0]
        if len(changes) < _FEWEST_UNDER_HEADING or not (went or came):
            yield from changes
            continue
        both = [(one.before[0], one.after[0]) for one in changes]
        both.sort(key=lambda pair: natural_order(pair[1]))
        yield Change(
            "theme_changed", source, None, "theme", changes[0].old, changes[0].new,
            subject=str(changes[0].new or changes[0].old),
            before=tuple(pair[0] for pair in both), after=tuple(pair[1] for pair in both),
        )  # fmt: skip


def _add_footnotes(changes: list[Change], old: Page, new: Page) -> None:
    """Flexibility funding is a word of a vocabulary; what is printed of it stands in the page's evidence."""
    places = [place for place, change in enumerate(changes) if change.field == _FLEXIBILITY]
    if not places:
        return
    before, after = map(_footnotes, (old, new))
    for place in places:
        change = changes[place]
        printed = before.get(change.before[0].measure_id), after.get(change.after[0].measure_id)
        changes[place] = change._replace(old_text=printed[0], new_text=printed[1])


def _footnotes(page: Page) -> dict[str | None, str]:
    found = (one for one in reversed(page.evidence) if one.field == _FLEXIBILITY)
    return {one.measure_id: page.text[one.start : one.end] for one in found}


def _put_in_order(changes: list[Change]) -> None:
    """By measure first and then within each, as a key for all of it would cost more than the changes."""
    ids = sorted({change.measure_id for change in changes if change.measure_id is not None})
    ids.sort(key=natural_key)
    rank: dict[str | None, int] = {name: place for place, name in enumerate(ids)}
    changes.sort(key=lambda change: rank.get(change.measure_id, len(ids)))
    start = 0
    for _, group in groupby(changes, key=attrgetter("measure_id")):
        of_one = list(group)
        if len(of_one) > 1:
            changes[start : start + len(of_one)] = sorted(of_one, key=_place)
        start += len(of_one)


def _place(change: Change) -> tuple[object, ...]:
    return (
        _ORDER[change.kind],
        change.field or "",
        str(change.old),
        str(change.new),
        change.subject or "",
    )


def _is_of_money(change: Change) -> bool:
    return change.field == "eu_funding_eur" or change.kind in _OF_TOTALS


def _totals(old: Page, new: Page, renamed: Names) -> dict[str | None, Totals]:
    """By the theme's key: what all changes together do to the EU funding of the theme and of the page."""
    before, after = _theme_sums(old, renamed), _theme_sums(new, {})
    of_page = Totals(sum(before.values(), Decimal(0)), sum(after.values(), Decimal(0)))
    names = theme_names(old) | theme_names(new)
    of_themes = {
        theme: Totals(*of_page[:2], name, before.get(theme, Decimal(0)), after.get(theme, Decimal(0)))
        for theme, name in names.items()
    }
    return of_themes | {None: of_page}


def _theme_now(change: Change, renamed: Names) -> str | None:
    if change.after:
        return wording.key(change.after[0].theme)
    theme = wording.key(change.before[0].theme)
    return renamed.get(theme, theme)


def _theme_sums(page: Page, renamed: Names) -> dict[str | None, Decimal]:
    """EU funding by theme, that of each measure once however often it is printed."""
    printed: dict[str | None, Decimal] = defaultdict(Decimal)
    for measure in _once(page.measures):
        if measure.eu_funding_eur is not None:
            printed[measure.theme] += measure.eu_funding_eur
    sums: dict[str | None, Decimal] = defaultdict(Decimal)
    for name, amount in printed.items():
        theme = wording.key(name)
        sums[renamed.get(theme, theme)] += amount
    return sums


def _once(measures: tuple[Measure, ...]) -> Iterable[Measure]:
    if len({measure.measure_id for measure in measures}) == len(measures):
        return measures
    return {(measure.measure_id, measure.eu_funding_eur): measure for measure in measures}.values()
