"""The changes of a page outside its measures: themes renamed, headlines, running text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from parsers.records import Headline, Measure, Page
from pipeline.changes import wording
from pipeline.changes.furniture import is_furniture
from pipeline.changes.items import unique
from pipeline.changes.labelled import Labelled
from pipeline.changes.match import Found, Pairs, pair_best, pair_by, staged
from pipeline.changes.notation import same_but_notation
from pipeline.changes.record import Also, Change, Stated, Value
from pipeline.changes.unclaimed import Texts, said, texts_of
from pipeline.changes.values import headline_value

Names = dict[str | None, str | None]
Lines = dict[tuple[str | None, str | None], dict[str, str]]
"""Running text by theme and measure_id: its lines by their keys, so that no order or repetition counts."""

_HEADLINE_FIELDS = Headline._fields[:6]
_STEM = 5
_LONGEST_NUMBER_OF_ROW = 3
_NOTHING: Stated = (None, None, None)


def renamed_themes(old: Page, new: Page, measures: Pairs[Measure]) -> Names:
    """Themes that only got another heading: the key of the old one -> that of the new one.

    The old heading is gone and the new one was not there before; all measures that stood under the one stand
    under the other, and those alone. Where that is one measure or none, it takes running text under both to
    tell a renamed theme from a measure that moved (without measures: the same text).
    """
    old_themes, new_themes = set(theme_names(old)) - {None}, set(theme_names(new)) - {None}
    gone, come = old_themes - new_themes, new_themes - old_themes
    if not gone or not come:
        return {}
    went: dict[str | None, list[str | None]] = defaultdict(list)
    came: dict[str | None, set[str | None]] = defaultdict(set)
    for before, after in measures:
        a, b = wording.key(before.theme), wording.key(after.theme)
        went[a].append(b)
        came[b].add(a)
    texts, new_texts = _theme_texts(old), _theme_texts(new)
    bare = {frozenset(texts[a]): a for a in gone & texts.keys() - went.keys()}
    renamed: Names = {
        bare[frozenset(new_texts[b])]: b
        for b in come & new_texts.keys() - came.keys()
        if frozenset(new_texts[b]) in bare
    }
    for a in gone & went.keys():
        b = went[a][0]
        alone = b in come and set(went[a]) == {b} and came[b] == {a}
        if alone and (len(went[a]) > 1 or (a in texts and b in new_texts) or _is_one_name(a, b)):
            renamed[a] = b
    return renamed


def _is_one_name(old: str | None, new: str | None) -> bool:
    """True for names that share at least half of their words, in any form."""
    a, b = ({word[:_STEM].casefold() for word in (name or "").split()} for name in (old, new))
    return len(a & b) * 2 >= len(a | b)


def _theme_texts(page: Page) -> dict[str | None, dict[str, str]]:
    return {theme: lines for (theme, name), lines in _lines(page).items() if name is None and theme and lines}


def theme_names(page: Page) -> Names:
    """The themes of a page as printed, by their keys."""
    printed = dict.fromkeys(measure.theme for measure in page.measures)
    printed |= dict.fromkeys(piece.theme for piece in page.narrative)
    return {wording.key(name): name for name in printed}


def headline_changes(
    source: str | None, old: Sequence[Headline], new: Sequence[Headline]
) -> Iterator[Change]:
    """Figures that the page states outside of measures: one change for each figure or word that differs."""
    if old == new:
        return
    pairs, gone, come = _pair_headlines(unique(old, headline_value), unique(new, headline_value))
    for before, after in pairs:
        yield from _headline(source, before, after)
    for headline in gone:
        yield _whole_headline(source, headline, came=False)
    for headline in come:
        yield _whole_headline(source, headline, came=True)


def _pair_headlines(old: list[Headline], new: list[Headline]) -> Found[Headline]:
    """The same values, label or figures, a label respelled; without label whatever is most alike."""

    def respelled(before: Headline, after: Headline) -> float | None:
        return 0 if wording.is_correction(before.label, after.label) else None

    def unlike(before: Headline, after: Headline) -> float | None:
        if before.label is not None or after.label is not None:
            return None
        larger = max(abs(before.amount_eur), abs(after.amount_eur), Decimal(1))
        unlike_words = (before.includes_national != after.includes_national) + (
            (before.share_percent is None) != (after.share_percent is None)
        )
        return unlike_words + float(abs(before.amount_eur - after.amount_eur) / larger)

    return staged(
        old,
        new,
        partial(pair_by, by=headline_value),
        partial(pair_by, by=lambda h: wording.key(h.label)),
        partial(pair_best, distance=respelled),
        partial(pair_by, by=lambda h: h[1:3]),
        partial(pair_best, distance=unlike),
    )


def _whole_headline(source: str | None, headline: Headline, *, came: bool) -> Change:
    """A headline that came or went, told by its amount; its other values ride along."""
    values = {field: value for field, value in _values(headline).items() if value not in (None, False)}
    amount = values.pop("amount_eur")
    also = (Also(field, *((None, value) if came else (value, None))) for field, value in values.items())
    change = Change(
        "headline_changed", source, None, "amount_eur", amount, None, old_text=headline.text,
        subject=headline.label, also=tuple(also), stated=(_stated(headline), _NOTHING),
    )  # fmt: skip
    if not came:
        return change
    change = change._replace(stated=(_NOTHING, _stated(headline)))
    return change._replace(old=None, new=amount, old_text=None, new_text=headline.text)


def _stated(headline: Headline) -> Stated:
    return headline.amount_eur, headline.amount_max_eur, headline.qualifier


def _values(headline: Headline) -> dict[str, Value]:
    return dict(zip(_HEADLINE_FIELDS, headline, strict=False))


def _headline(source: str | None, old: Headline, new: Headline) -> Iterator[Change]:
    before, after = _values(old), _values(new)
    differing = [field for field in _HEADLINE_FIELDS if before[field] != after[field]]
    if wording.same(old.label, new.label) and "label" in differing:
        differing.remove("label")
    also: tuple[Also, ...] = ()
    if (old.amount_max_eur is None) != (new.amount_max_eur is None) and "qualifier" in differing:
        # A range is one change: its upper end brings the word with it.
        differing.remove("qualifier")
        also = (Also("qualifier", old.qualifier, new.qualifier),)
    if {"amount_eur", "amount_max_eur"} <= set(differing) and None not in (
        old.amount_max_eur,
        new.amount_max_eur,
    ):
        differing.remove("amount_max_eur")
        upper = Also("amount_max_eur", old.amount_max_eur, new.amount_max_eur)
    else:
        upper = None
    for field in differing:
        yield Change(
            "headline_changed",
            source,
            None,
            field,
            before[field],
            after[field],
            stated=(_stated(old), _stated(new)) if field == "amount_eur" else None,
            minor=field == "label" and wording.is_correction(old.label, new.label),
            old_text=old.text,
            new_text=new.text,
            subject=new.label,
            also=also if field == "amount_max_eur" else (upper,) if upper and field == "amount_eur" else (),
        )


def _lines(page: Page) -> Lines:
    lines: Lines = defaultdict(dict)
    labelled = Labelled(page)
    for piece in page.narrative:
        first = wording.key(piece.text.partition("\n")[0])
        is_figure = first is not None and first.isdecimal()
        label = labelled.above(piece.start) if labelled.unknown or is_figure else None
        kept = {
            words: line
            for words, line in wording.lines(piece.text).items()
            if _is_share(line) or not is_furniture(words) or (label and words == first)
        }
        if label and first and is_furniture(f"{wording.key(label)} {first}"):
            kept.pop(first, None)  # "Skatīts: 17 reizes" is no text of the measure above it
        lines[wording.key(piece.theme), piece.measure_id] |= kept
    return lines


def _is_share(line: str) -> bool:
    """Whether a figure says of what it is: ``85 %`` is no counter and no clock."""
    return line.rstrip(" .;").endswith("%")


def told_words(headlines: Iterable[Change]) -> set[str | None]:
    """The keys of the words in which headlines that changed are printed: those are no second change."""
    words: set[str | None] = set()
    for change in headlines:
        words |= {change.old_text, change.new_text, change.subject}
        for cell in (Also(str(change.field), change.old, change.new), *change.also):
            if cell.field == "label":
                words |= {text for text in (cell.old, cell.new) if isinstance(text, str)}
    return set(map(wording.key, words))


def narrative_changes(
    old: Page, new: Page, themes: Names, measures: Pairs[Measure], told: set[str | None]
) -> Iterator[Change]:
    """Running text of the page and its themes, then that of measures that stand in both states.

    One change for each place, of the lines that differ; a line that only went from one theme to another, or
    stands under a field now, is none. ``themes``: those renamed, old key to new. ``told``: keys of lines of
    which other changes tell.
    """
    if [piece[:2] + piece[4:] for piece in old.narrative] == [
        piece[:2] + piece[4:] for piece in new.narrative
    ]:
        return
    texts = _by_measure(_lines(old)), _by_measure(_lines(new))
    yield from _theme_texts_changed(old, new, themes, told)
    of_old, of_new = ((page, Labelled(page), texts_of(page)) for page in (old, new))
    for was, now in measures:
        sides = texts[0].get(was.measure_id, {}), texts[1].get(now.measure_id, {})
        if sides[0].keys() != sides[1].keys():
            here, there = _Side(was, *of_old), _Side(now, *of_new)
            yield from _measure_text_changed(*sides, here, there)


def _theme_texts_changed(old: Page, new: Page, themes: Names, told: set[str | None]) -> Iterator[Change]:
    sides: list[dict[str | None, dict[str, str]]] = []
    for page, renamed in ((old, themes), (new, {})):
        by_theme: dict[str | None, dict[str, str]] = defaultdict(dict)
        headings = theme_names(page).keys()  # of which the theme before has the words
        for (theme, name), group in _lines(page).items():
            if name is None:
                kept = {k: line for k, line in group.items() if k not in told and k not in headings}
                by_theme[renamed.get(theme, theme)] |= kept
        sides.append(by_theme)
    if {theme: side.keys() for theme, side in sides[0].items()} == {
        theme: side.keys() for theme, side in sides[1].items()
    }:
        return
    names = theme_names(old) | theme_names(new)
    said_before, said_after = (said(page, None, texts_of(page)) for page in (old, new))
    for theme in {**sides[0], **sides[1]}:
        before, after = (side.get(theme, {}) for side in sides)
        change = _text_changed(before, after, said_before, said_after)
        if change:
            yield change._replace(subject=names.get(theme))


def not_told(texts: Iterable[Change], others: Iterable[Change]) -> Iterator[Change]:
    """The changes of running text but those of which every word is in another change: of sentences that a
    value of the measure is read from, of headings that name a theme."""
    by_measure: dict[str | None, list[Change]] | None = None
    for text in texts:
        if by_measure is None:
            by_measure = defaultdict(list)
            for change in others:
                if change.kind == "theme_changed":
                    by_measure[None].append(change)
                if change.measure_id is not None:
                    by_measure[change.measure_id].append(change)
        if not _is_told(text, by_measure[text.measure_id]):
            yield text


def _is_told(text: Change, others: list[Change]) -> bool:
    if not others or text.old is None or text.new is None:
        return False
    told = {
        wording.REMOVED: [_spaced(value) for one in others for value in (one.old_text, one.old)],
        wording.ADDED: [_spaced(value) for one in others for value in (one.new_text, one.new)],
    }
    return all(
        operation == wording.UNCHANGED or any(_spaced(words) in one for one in told[operation])
        for operation, words in text.word_diff
    )


def _spaced(value: Value) -> str:
    return f" {wording.key(value)} " if isinstance(value, str) else ""


def _by_measure(lines: Lines) -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for (_, name), group in lines.items():
        if name is not None:
            texts[name] |= group
    return texts


class _Side(NamedTuple):
    """A measure on its page."""

    measure: Measure
    page: Page
    labelled: Labelled
    texts: Texts


def _measure_text_changed(
    old: dict[str, str], new: dict[str, str], before_in: _Side, after_in: _Side
) -> Iterator[Change]:
    """Words of links and names of contacts, which are compared as these, and bare numbers of rows are left
    out."""
    was, now = before_in.measure, after_in.measure
    linked = {wording.key(link.text) for link in (*was.links, *now.links)}
    linked |= {wording.key(contact.name) for contact in (*was.contacts, *now.contacts)}
    before, after = (
        {k: line for k, line in side.items() if k not in linked and not _is_number_of_row(k, line, here)}
        for side, here in ((old, before_in), (new, after_in))
    )
    change = _text_changed(
        before, after, *(said(here.page, here.measure, here.texts) for here in (before_in, after_in))
    )
    if change:
        differing = before.keys() ^ after.keys()
        above = {here.labelled.of(here.measure.measure_id, differing) for here in (before_in, after_in)} - {
            None
        }
        label = above.pop() if len(above) == 1 else None
        yield change._replace(measure_id=now.measure_id, before=(was,), after=(now,), subject=label)


def _is_number_of_row(key: str, line: str, here: _Side) -> bool:
    """Whether a short figure is no value: it has no unit and no label."""
    if not key.isdecimal() or len(key) > _LONGEST_NUMBER_OF_ROW or _is_share(line):
        return False
    return here.labelled.of(here.measure.measure_id, {key}) is None


def _text_changed(
    before: dict[str, str], after: dict[str, str], said_before: AbstractSet[str], said_after: AbstractSet[str]
) -> Change | None:
    """The lines that differ; None where the same words were only parted into lines in another way."""
    old = _joined(line for words, line in before.items() if words not in said_after)
    new = _joined(line for words, line in after.items() if words not in said_before)
    if same_but_notation(old, new) or (before and after and wording.same(_joined(before), _joined(after))):
        return None
    return Change("text_changed", None, None, "narrative", old, new, minor=wording.is_correction(old, new))


def _joined(lines: Iterable[str]) -> str | None:
    return "\n".join(lines) or None
