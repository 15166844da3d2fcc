"""Two states of a page in, its changes out, each once, with sentences and totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from parsers.records import Measure, Page
from pipeline.changes import english, latvian, wording
from pipeline.changes.events import Pair, deltas, measure_changes, theme_change
from pipeline.changes.match import Matched, match, natural_key, natural_order
from pipeline.changes.page import (
    Names,
    headline_changes,
    narrative_changes,
    renamed_themes,
    theme_names,
)
from pipeline.changes.record import Also, Change, Totals
from pipeline.vocabulary import CHANGE_KINDS

_ORDER = {kind: place for place, kind in enumerate(CHANGE_KINDS)}
_OF_TOTALS = frozenset({"measure_added", "measure_removed", "measure_split", "measure_merged"})


def diff(old: Page | None, new: Page, source: str | None = None) -> list[Change]:
    """What changed from ``old`` to ``new``, two states of one source read by the same code.

    A source's first state (``old`` is None) is its baseline: no change. The order is by measure_id, then by
    kind as in CONTRACT, changes of the whole page last; it does not depend on the order of either page.
    """
    if old is None or old is new:
        return []
    matched = match(old.measures, new.measures)
    stay = matched.kept + matched.renumbered
    renamed = renamed_themes(old, new, stay)
    changes = [
        *_of_ids(source, matched),
        *_of_themes(source, old, new, stay, renamed),
        *(change for before, after in stay for change in measure_changes(Pair(source, before, after))),
        *headline_changes(source, old.headlines, new.headlines),
        *narrative_changes(source, old, new, renamed, stay),
    ]
    changes.sort(key=_place)
    return [_written(change) for change in _with_totals(changes, old, new, renamed)]


def _of_ids(source: str | None, matched: Matched) -> Iterator[Change]:
    """Measures that came, went, or go on under other ids."""
    for measure in matched.added:
        yield Change("measure_added", source, measure.measure_id, None, None, None, after=(measure,))
    for measure in matched.removed:
        yield Change("measure_removed", source, measure.measure_id, None, None, None, before=(measure,))
    for old, new in matched.renumbered:
        ids = old.measure_id, new.measure_id
        goals = old.specific_objective, new.specific_objective
        also = (Also("specific_objective", *goals),) if goals[0] != goals[1] else ()
        yield Pair(source, old, new).change("measure_renumbered", "measure_id", ids, also=also)
    for old, parts in matched.split:
        yield _of_parts("measure_split", source, (old,), parts, old.measure_id)
    for parts, new in matched.merged:
        yield _of_parts("measure_merged", source, parts, (new,), new.measure_id)


def _of_parts(
    kind: str, source: str | None, before: tuple[Measure, ...], after: tuple[Measure, ...], name: str
) -> Change:
    """One measure that became several or the other way round; its money is that of all parts together."""
    sums = [None if any(m.eu_funding_eur is None for m in side) else _sum(side) for side in (before, after)]
    old, new = (", ".join(measure.measure_id for measure in side) for side in (before, after))
    return Change(kind, source, name, "measure_id", old, new, *deltas(*sums), before=before, after=after)


def _of_themes(
    source: str | None, old: Page, new: Page, stay: list[tuple[Measure, Measure]], renamed: Names
) -> Iterator[Change]:
    """Measures moved to another theme; a theme renamed is one change and not one for each of its measures."""
    under: dict[str | None, list[tuple[Measure, Measure]]] = {theme: [] for theme in renamed}
    for before, after in stay:
        if before.theme == after.theme:
            continue
        theme = wording.key(before.theme)
        if theme in renamed:
            under[theme].append((before, after))
            continue
        change = theme_change(Pair(source, before, after))
        if change:
            yield change
    old_names, new_names = (theme_names(page) if renamed else {} for page in (old, new))
    for theme, pairs in under.items():
        names = old_names[theme], new_names[renamed[theme]]
        minor = wording.is_correction(*names)
        pairs.sort(key=lambda pair: natural_order(pair[1]))
        yield Change(
            "theme_changed", source, None, "theme", *names, minor=minor, subject=names[1],
            before=tuple(pair[0] for pair in pairs), after=tuple(pair[1] for pair in pairs),
        )  # fmt: skip


def _place(change: Change) -> tuple[object, ...]:
    return (
        change.measure_id is None,
        natural_key(change.measure_id or ""),
        _ORDER[change.kind],
        change.field or "",
        str(change.old),
        str(change.new),
        change.subject or "",
    )


def _written(change: Change) -> Change:
    return change._replace(text_en=english.sentence(change), text_lv=latvian.sentence(change))


def _sum(measures: Iterable[Measure]) -> Decimal:
    """The EU funding of measures, each once however often it is printed."""
    amounts = {(measure.measure_id, measure.eu_funding_eur) for measure in measures}
    return sum((amount for _, amount in amounts if amount is not None), Decimal(0))


def _with_totals(changes: list[Change], old: Page, new: Page, renamed: Names) -> list[Change]:
    """Changes of EU funding with what they do, all together, to the sums of their theme and of the page."""
    of_money = {
        place
        for place, change in enumerate(changes)
        if change.kind in _OF_TOTALS or change.field == "eu_funding_eur"
    }
    if not of_money:
        return changes
    page_old, page_new = _sum(old.measures), _sum(new.measures)
    before, after = _theme_sums(old, renamed), _theme_sums(new, {})
    names = theme_names(old) | theme_names(new)

    def totals(change: Change) -> Totals:
        theme = wording.key((change.after or change.before)[0].theme)
        theme = theme if change.after else renamed.get(theme, theme)
        if theme is None:
            return Totals(page_old, page_new)
        nothing = Decimal(0)
        return Totals(page_old, page_new, names[theme], before.get(theme, nothing), after.get(theme, nothing))

    return [
        change._replace(totals=totals(change)) if place in of_money else change
        for place, change in enumerate(changes)
    ]


def _theme_sums(page: Page, renamed: Names) -> dict[str | None, Decimal]:
    printed: dict[str | None, list[Measure]] = defaultdict(list)
    for measure in page.measures:
        printed[measure.theme].append(measure)
    themes: dict[str | None, list[Measure]] = defaultdict(list)
    for name, measures in printed.items():
        theme = wording.key(name)
        themes[renamed.get(theme, theme)] += measures
    return {theme: _sum(measures) for theme, measures in themes.items()}
