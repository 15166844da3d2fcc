"""The published states as files: tables in all their forms, canonical texts, what describes them."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from pipeline import partitions, recorded, sealed
from pipeline.aside import Writers
from pipeline.errors import Failed
from pipeline.formats import TableWriter
from pipeline.privacy import redact
from pipeline.rows import canonical_measures, fills, page_rows
from pipeline.schema import TABLES
from pipeline.site_files import SITE, stage_site
from pipeline.staging import Made, Staging, Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime, timedelta
    from pathlib import Path

    from parsers.records import Page
    from pipeline.privacy import People
    from pipeline.publish.about import About
    from pipeline.rows import Fill, Row
    from pipeline.site_files import Site
    from pipeline.workers import Workers

TEXTS = "text"
_COMING_AND_GOING = {
    partitions.FOLDER: (partitions.ENDING,),
    TEXTS: (".txt",),
    "reports": (".md", ".html", ".json", ".csv"),
    "feeds": (".xml",),
    SITE: ("",),
}
"""Folders, and the endings of what comes and goes in them."""


class Source(Protocol):
    """What is asked of a configured source (:class:`pipeline.config.Source`)."""

    @property
    def id(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def every(self) -> timedelta: ...
    @property
    def publish_contacts(self) -> bool: ...


class Capture(Protocol):
    """What is asked of a capture. ``id`` is a file name; ``captured_at`` is aware."""

    @property
    def id(self) -> str: ...
    @property
    def captured_at(self) -> datetime | None: ...


class State(Protocol):
    """A source with the capture that stands for it, parsed."""

    @property
    def source(self) -> Source: ...
    @property
    def capture(self) -> Capture: ...
    @property
    def page(self) -> Page: ...


@runtime_checkable
class Filled(Protocol):
    """A state that knows what its page says of each measure (see ``rows.fills``) without reading it."""

    @property
    def fills(self) -> tuple[Fill, ...]: ...


@runtime_checkable
class Hiding(Protocol):
    """A state that knows who is hidden on its page besides the contacts of that page itself."""

    @property
    def people(self) -> People: ...


def write(
    output: Path,
    states: Sequence[State],
    *,
    inputs: str,
    changes: Iterable[Row] = (),
    measure_versions: Iterable[Row] = (),
    more: Iterable[Made] = (),
    site: Site | None = None,
    made_by: Mapping[str, object] | None = None,
    contact: str = "",
    partitioned: bool = False,
    workers: Workers | None = None,
) -> Written:
    """Make ``output`` hold the tables of ``states``, which stand in the order of sources.toml.

    ``changes`` and ``measure_versions`` are rows in the order of the schema's columns; ``more`` are further
    files, of which those are not made that stand there made of the same; ``site`` gives the files of the
    static site; ``made_by`` is what ``recorded.made_by`` gives of this writing; ``contact`` is that of
    whoever publishes; ``partitioned``: also write data sets (see ``partitions``); ``workers`` on this machine
    make what they can. Where ``inputs`` (see inputs_digest) are those that the files were written from,
    nothing is done. Contacts of sources that do not publish them are left out, whatever the states hold.
    Raises Failed.
    """
    if recorded.is_current(output, inputs, partitioned=partitioned):
        return Written(0, sum(1 for _ in recorded.files(output)) + 1)
    record = recorded.read(output)
    try:
        with Staging(output, recorded.INPUTS) as staging:
            staging.stood(record.files() if record else ())
            told, writers = about(states, contact), Writers(staging, workers)
            make_more = writers.begin(more)
            rows = {"changes": changes, "measure_versions": measure_versions}
            days = _stage(staging, states, rows, told, workers, partitioned=partitioned)
            make_more()
            make_pages = writers.begin(site.apart() if site else ())
            home = f"{SITE}/index.html" if site else None
            _stage_described(staging, told._replace(days=days, home=home))
            if site:
                stage_site(staging, writers, staging.digests(but=SITE), site, make_pages)
            _stage_record(staging, inputs, made_by or {})
            return staging.commit(_stale(output, staging))
    except OSError as error:
        raise unwritable(output, error) from error


def write_tables(
    output: Path,
    states: Sequence[State],
    *,
    inputs: str,
    changes: Iterable[Row],
    measure_versions: Iterable[Row],
    contact: str = "",
    partitioned: bool = False,
    workers: Workers | None = None,
) -> Written:
    """Write texts, tables, database, workbook and data sets as :func:`write` would, and leave everything else
    as it is.

    Where that was made from other inputs, nothing counts as current afterwards. Raises Failed.
    """
    record = recorded.read(output)
    known = record if record and record.inputs == inputs else None
    try:
        with Staging(output, recorded.INPUTS) as staging:
            rows = {"changes": changes, "measure_versions": measure_versions}
            _stage(staging, states, rows, about(states, contact), workers, partitioned=partitioned)
            if known:
                written = staging.digests()
                for name, digest in known.files():
                    if name not in written and not name.startswith(f"{partitions.FOLDER}/"):
                        staging.keep(name, digest)
                _stage_record(staging, inputs, known.made_by)
            # A row must not stand in two partitions: one that is no longer written goes in any case.
            return staging.commit(_stale(output, staging, {partitions.FOLDER: (partitions.ENDING,)}))
    except OSError as error:
        raise unwritable(output, error) from error


def write_site(output: Path, site: Site) -> int:
    """Write what of the site is not as :func:`write` would write it, the rest of ``output`` being current;
    gives the number of files that are others now. Raises Failed."""
    record = recorded.read(output)
    try:
        with Staging(output, recorded.INPUTS) as staging:
            for name, digest in record.files() if record else ():
                if not name.startswith(f"{SITE}/"):
                    staging.keep(name, digest)
            writers = Writers(staging, None)
            stage_site(staging, writers, staging.digests(but=SITE), site, writers.begin(site.apart()))
            if record:
                with staging.open(recorded.INPUTS) as file, record.path.open("rb") as old:
                    shutil.copyfileobj(old, file)
            return staging.commit(_stale(output, staging)).changed
    except OSError as error:
        raise unwritable(output, error) from error


def _stage_record(staging: Staging, inputs: str, made_by: Mapping[str, object]) -> None:
    """Of all files so far. Also where it stands there already: it has to come back whenever another file
    changes."""
    pieces = recorded.content(inputs, made_by, staging.digests().sorted())
    with staging.open(recorded.INPUTS) as file:
        sealed.write_json(file, pieces)


def unwritable(output: Path, error: OSError) -> Failed:
    """What there is to say of a folder that cannot be written."""
    return Failed(
        f"{output}: cannot be written: {error.strerror or error}; "
        "every file there is whole, run again when that is mended"
    )


def about(states: Iterable[State], contact: str = "") -> About:
    """What there is to say of a dataset of these states; ``contact``: of whoever publishes it."""
    from pipeline.publish.about import About, Page

    pages = []
    for state in states:
        one = state.source
        known = (one.id, one.url, one.publisher, one.topic, one.language, one.licence, one.every)
        pages.append(Page(*known, state.capture.id, state.capture.captured_at))
    return About(tuple(pages), contact)


def _stage(
    staging: Staging,
    states: Sequence[State],
    more: dict[str, Iterable[Row]],
    about: About,
    workers: Workers | None,
    *,
    partitioned: bool,
) -> tuple[date, date] | None:
    """Write texts and tables aside in the order in which they are to come into place; gives the first and the
    last day that the tables tell of. Texts come before the tables that index them.
    """
    from pipeline.publish.copies import Copies

    _stage_texts(staging, states)
    with Copies(staging, about, workers, partitioned=partitioned) as copies:
        _stage_tables(staging, copies.of(_all_rows(states, more)))
        copies.finish()
        return copies.days


def _stage_described(staging: Staging, about: About) -> None:
    """Write what describes the files so far."""
    from pipeline.publish import described

    digests = staging.digests(but=SITE)
    for name, content in described.files(about, digests).items():
        staging.write(name, content)
    digests = staging.digests(but=SITE)
    with staging.open(described.CHECKSUMS) as file:
        file.writelines(described.checksums(digests.sorted()))


def _stage_texts(staging: Staging, states: Sequence[State]) -> None:
    shown: dict[str, State] = {}
    for state in states:
        # Two sources may share a capture: then the one that hides contacts has the last word.
        if state.capture.id not in shown or not state.source.publish_contacts:
            shown[state.capture.id] = state
    for capture, state in shown.items():
        staging.write(f"{TEXTS}/{capture}.txt", _shown(state).text.encode("utf-8", "replace"))


def _shown(state: State) -> Page:
    if state.source.publish_contacts:
        return state.page
    return redact(state.page, state.people if isinstance(state, Hiding) else ())


def _all_rows(states: Sequence[State], more: dict[str, Iterable[Row]]) -> Iterator[tuple[str, Row]]:
    """Every row with the name of its table; those of one table in the order of the file. One page is held."""
    canonical = canonical_measures((state.source.id, _fills(state)) for state in states)
    for state in states:
        source, capture = state.source, state.capture
        of_page = page_rows(
            source.id,
            capture.id,
            capture.captured_at,
            source.url,
            _shown(state),
            canonical=canonical[source.id],
        )
        for name, rows in of_page.items():
            yield from ((name, row) for row in rows)
    for name, some in more.items():
        yield from ((name, row) for row in some)


def _fills(state: State) -> tuple[Fill, ...]:
    return state.fills if isinstance(state, Filled) else fills(state.page)


def _stage_tables(staging: Staging, rows: Iterable[tuple[str, Row]]) -> None:
    names = {table: (f"tables/{table}.csv", f"tables/{table}.parquet") for table in TABLES}
    with ExitStack() as stack:
        writers = {}
        for table, files in names.items():
            opened = [stack.enter_context(staging.open(name)) for name in files]
            writers[table] = stack.enter_context(closing(TableWriter(TABLES[table], *opened)))
        for table, row in rows:
            writers[table].add(row)


def _stale(
    output: Path, staging: Staging, among: Mapping[str, tuple[str, ...]] = _COMING_AND_GOING
) -> Iterator[Path]:
    """What stands there under a name that nothing has any more."""
    return staging.stale(
        f"{folder}/{name}"
        for folder, endings in among.items()
        for name in _listed(output / folder)
        if name.endswith(endings)
    )


def _listed(folder: Path) -> Iterator[str]:
    """The files in a folder and in those within it."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from (f"{entry.name}/{name}" for name in _listed(folder / entry.name))
                else:
                    yield entry.name
    except FileNotFoundError:
        return
