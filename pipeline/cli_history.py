"""``pasakumi history``: one measure's values over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pipeline.archive import Archive
from pipeline.changes.figures import euro
from pipeline.changes.wording import key
from pipeline.cli_common import configuration, show, write_csv
from pipeline.cli_words import moment
from pipeline.errors import UsageError
from pipeline.run_build import history_reader
from pipeline.schema import TABLES
from pipeline.suggestion import did_you_mean

if TYPE_CHECKING:
    from argparse import Namespace

    from pipeline.rows import Row

    Facts = dict[str, Any]

_VERSIONS, _CHANGES = TABLES["measure_versions"], TABLES["changes"]


def run(options: Namespace) -> int:
    """Print the versions of the measure, and what changed between them. Raises UsageError, Failed."""
    config = configuration(options)
    versions: list[Facts] = []
    changes: list[Facts] = []
    known: dict[str, None] = {}
    for told in map(history_reader(config, Archive(config.raw)), config.sources):
        rows = told.versions
        mine = _of(options.measure, _VERSIONS.header, rows)
        versions += mine
        changes += _about(options.measure, told.changes, mine)
        known |= dict.fromkeys(str(row[1]) for row in rows)
    if not versions:
        raise UsageError(f"no measure {options.measure}; {_suggestion(options.measure, known)}")
    if options.format == "json":
        from pipeline.json_text import dumps

        print(dumps({"measure_id": options.measure, "versions": versions, "changes": changes}))
    elif options.format == "csv":
        from pipeline.formats import csv_lines

        write_csv(csv_lines(_VERSIONS.columns, (tuple(one.values()) for one in versions)))
    else:
        show(*_timeline(options.measure, versions, changes))
    return 0


def _of(measure_id: str, header: Iterable[str], rows: Iterable[Row]) -> list[Facts]:
    facts = (dict(zip(header, row, strict=True)) for row in rows)
    return [one for one in facts if one["measure_id"] == measure_id]


def _about(measure_id: str, rows: Iterable[Row], versions: Iterable[Facts]) -> list[Facts]:
    """The changes of the measure, also those by which it came from another id or went on under one, and of
    the name of the theme that it stood under."""
    mine = list(versions)
    facts = (dict(zip(_CHANGES.header, row, strict=True)) for row in rows)
    return [
        one
        for one in facts
        if one["measure_id"] == measure_id
        or (one["field"] == "measure_id" and measure_id in f"{one['old']}, {one['new']}".split(", "))
        or (one["kind"] == "theme_changed" and one["measure_id"] is None and _stood_under(one, mine))
    ]


def _stood_under(change: Facts, versions: Iterable[Facts]) -> bool:
    """Whether a heading that changed was that of the measure: one of its versions ended with it."""
    then = change["observed_at"]
    ended = {_name(one["theme"]) for one in versions if one["valid_to"] == then}
    begun = {_name(one["theme"]) for one in versions if one["valid_from"] == then}
    return (change["old"] is None or _name(change["old"]) in ended) and (
        change["new"] is None or _name(change["new"]) in begun
    )


def _name(theme: object) -> str | None:
    return None if theme is None else key(str(theme))


def _suggestion(word: str, known: Iterable[str]) -> str:
    rounds = [name for name in known if name.partition("/")[0] == word]
    return f"it has rounds: {', '.join(rounds)}" if rounds else did_you_mean(word, known)


def _timeline(measure_id: str, versions: list[Facts], changes: list[Facts]) -> Iterator[str]:
    """When it was first seen and with what, then every change, its end too, under the time it was seen."""
    for source in dict.fromkeys(one["source"] for one in versions):
        mine = [one for one in versions if one["source"] == source]
        first = mine[0]
        yield f"{measure_id} {first['title'] or ''}".rstrip()
        yield f"on the page {source}"
        amount = first["eu_funding_eur"]
        yield f"{moment(first['valid_from'])}  first seen{_with(amount)}"
        last = None
        for change in (one for one in changes if one["source"] == source):
            seen = moment(change["observed_at"])
            sentence = change["text_en"].removeprefix(f"{measure_id}: ")
            yield f"{seen if seen != last else ' ' * len(seen)}  {sentence}"
            last = seen
        yield ""


def _with(amount: Any) -> str:
    return "" if amount is None else f", EU funding {euro(amount, 'en')}"
