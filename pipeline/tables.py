"""The published states as files: tables in all their forms, canonical texts, what describes them.

``output/.inputs.json`` says what the files were made from and what they are, so that a run with nothing
new can see that from a few file sizes, without parsing a page or importing pyarrow. It is a
function of the inputs like all else in output/.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any, Protocol

from pipeline import partitions
from pipeline.errors import Failed
from pipeline.formats import TableWriter
from pipeline.privacy import redact
from pipeline.rows import canonical_measures, page_rows
from pipeline.schema import TABLES
from pipeline.site_files import DATA, SITE, stage_site
from pipeline.staging import FOLDER, Digest, Made, Staging, Written, size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime, timedelta
    from pathlib import Path

    from parsers.records import Page
    from pipeline.publish.about import About
    from pipeline.rows import Row
    from pipeline.site_files import Site

INPUTS = ".inputs.json"
_PARTITIONS = (f"{partitions.FOLDER}/", f"{DATA}/{partitions.FOLDER}/")  # and once more for the site
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


def inputs_digest(captures: Iterable[tuple[str, str]], *parts: str | bytes) -> str:
    """A digest of all that output/ hangs on.

    ``captures``: ``(source id, digest of the capture)`` in the order of sources.toml; ``parts``: the
    version of the code, the bytes of sources.toml, whatever else changes what is written.
    """
    digest = hashlib.sha256()
    for part in (*(word for pair in captures for word in pair), *parts):
        content = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(content) + content)
    return digest.hexdigest()


def is_current(output: Path, inputs: str, *, partitioned: bool = False) -> bool:
    """Whether ``output`` holds, by name and size, the files that were written from these inputs, data sets
    among them where it is ``partitioned`` and none otherwise.

    What a killed writer left behind says no: it may have put some of its files in place.
    """
    files = _recorded(output, inputs)
    if not files or any(name.startswith(_PARTITIONS) for name in files) != partitioned:
        return False
    return all(size(output, name) == digest.size for name, digest in files.items())


def made_by(output: Path) -> dict[str, Any]:
    """Which code wrote ``output`` and from what, as told to :func:`write`; empty where unknown."""
    try:
        known = json.loads((output / INPUTS).read_bytes())["made_by"]
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return known if isinstance(known, dict) else {}


def damaged(output: Path, inputs: str) -> list[str]:
    """The files of ``output``, as relative paths, whose bytes are not those that were written."""
    files = _recorded(output, inputs)
    return [name for name, digest in files.items() if _sha256(output / name) != digest.sha256]


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
) -> Written:
    """Make ``output`` hold the tables of ``states``, which stand in the order of sources.toml.

    ``changes`` and ``measure_versions`` are rows in the order of the schema's columns; ``more`` are further
    files, of which those are not made that stand there made of the same; ``site`` gives the files of the
    static site; ``made_by`` is what :func:`made_by` gives of this writing; ``contact`` is that of whoever
    publishes; ``partitioned``: also write data sets (see ``partitions``). Where ``inputs`` (see
    inputs_digest) are those that the files were written from, nothing is done. Contacts of sources that do
    not publish them are left out, whatever the states hold. Raises Failed.
    """
    if is_current(output, inputs, partitioned=partitioned):
        return Written([], len(_recorded(output, inputs)) + 1)
    standing = _recorded(output)
    try:
        with Staging(output) as staging:
            told = about(states, contact)
            rows = {"changes": changes, "measure_versions": measure_versions}
            names, days = _stage(staging, states, rows, told, partitioned=partitioned)
            for one in more:
                staging.make(one, standing)
                names.append(one.name)
            home = f"{SITE}/index.html" if site else None
            names += _stage_described(staging, told._replace(days=days, home=home), names)
            files = {name: staging.digest(name) for name in names}
            if site:
                names += stage_site(staging, files, site, standing)
                files = {name: staging.digest(name) for name in names}
            staging.write(INPUTS, _record(inputs, dict(made_by or {}), files))
            return staging.commit(_stale(output, names))
    except OSError as error:
        raise _unwritable(output, error) from error


def write_tables(
    output: Path,
    states: Sequence[State],
    *,
    inputs: str,
    changes: Iterable[Row],
    measure_versions: Iterable[Row],
    contact: str = "",
    partitioned: bool = False,
) -> Written:
    """Write texts, tables, database, workbook and data sets as :func:`write` would, and leave everything else
    as it is.

    Where that was made from other inputs, nothing counts as current afterwards. Raises Failed.
    """
    known = _recorded(output, inputs)
    try:
        with Staging(output) as staging:
            rows = {"changes": changes, "measure_versions": measure_versions}
            names, _ = _stage(staging, states, rows, about(states, contact), partitioned=partitioned)
            written = {name: staging.digest(name) for name in names}
            kept = {name: one for name, one in known.items() if name in written or not _is_partition(name)}
            files = kept | written
            if known:
                staging.write(INPUTS, _record(inputs, made_by(output), files))
            # A row must not stand in two partitions: one that is no longer written goes in any case.
            stale = _stale(output, names, {partitions.FOLDER: (partitions.ENDING,)})
            return staging.commit(stale if known else [*stale, output / INPUTS])
    except OSError as error:
        raise _unwritable(output, error) from error


def write_site(output: Path, site: Site) -> int:
    """Write what of the site is not as :func:`write` would write it, the rest of ``output`` being current;
    gives the number of files that are others now. Raises Failed."""
    files = {name: digest for name, digest in _recorded(output).items() if not name.startswith(f"{SITE}/")}
    try:
        with Staging(output) as staging:
            names = stage_site(staging, files, site, {})
            return len(staging.commit(_stale(output, [*files, *names])).changed)
    except OSError as error:
        raise _unwritable(output, error) from error


def _unwritable(output: Path, error: OSError) -> Failed:
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
    *,
    partitioned: bool,
) -> tuple[list[str], tuple[date, date] | None]:
    """Write texts and tables aside in the order in which they are to come into place; gives their names, and
    the first and last day that the tables tell of. Texts come before the tables that index them.
    """
    from pipeline.publish.copies import Copies

    pages = [state.page if state.source.publish_contacts else redact(state.page) for state in states]
    names = _stage_texts(staging, states, pages)
    with Copies(staging, about, partitioned=partitioned) as copies:
        names += _stage_tables(staging, copies.of(_all_rows(states, pages, more)))
        return [*names, *copies.finish()], copies.days


def _stage_described(staging: Staging, about: About, names: Sequence[str]) -> list[str]:
    """Write what describes the files of these names."""
    from pipeline.publish import described

    digests = {name: staging.digest(name) for name in names}
    written = described.files(about, digests)
    for name, content in written.items():
        staging.write(name, content)
    return list(written)


def _stage_texts(staging: Staging, states: Sequence[State], pages: Sequence[Page]) -> list[str]:
    texts: dict[str, str] = {}
    for state, page in zip(states, pages, strict=True):
        # Two sources may share a capture: then the one that hides contacts has the last word.
        if state.capture.id not in texts or not state.source.publish_contacts:
            texts[state.capture.id] = page.text
    names = {f"{TEXTS}/{capture}.txt": text for capture, text in texts.items()}
    for name, text in names.items():
        staging.write(name, text.encode("utf-8", "replace"))
    return list(names)


def _all_rows(
    states: Sequence[State], pages: Sequence[Page], more: dict[str, Iterable[Row]]
) -> Iterator[tuple[str, Row]]:
    """Every row with the name of its table; those of one table in the order of the file."""
    sources = [state.source.id for state in states]
    canonical = canonical_measures(zip(sources, pages, strict=True))
    for state, page in zip(states, pages, strict=True):
        source, capture = state.source, state.capture
        of_page = page_rows(
            source.id, capture.id, capture.captured_at, source.url, page, canonical=canonical[source.id]
        )
        for name, rows in of_page.items():
            yield from ((name, row) for row in rows)
    for name, some in more.items():
        yield from ((name, row) for row in some)


def _stage_tables(staging: Staging, rows: Iterable[tuple[str, Row]]) -> list[str]:
    names = {table: (f"tables/{table}.csv", f"tables/{table}.parquet") for table in TABLES}
    with ExitStack() as stack:
        writers = {}
        for table, files in names.items():
            opened = [stack.enter_context(staging.open(name)) for name in files]
            writers[table] = stack.enter_context(closing(TableWriter(TABLES[table], *opened)))
        for table, row in rows:
            writers[table].add(row)
    return [name for files in names.values() for name in files]


def _stale(
    output: Path, names: Iterable[str], among: Mapping[str, tuple[str, ...]] = _COMING_AND_GOING
) -> list[Path]:
    """What stands there under a name that nothing has any more."""
    kept = set(names)
    return [
        output / folder / name
        for folder, endings in among.items()
        for name in _listed(output / folder)
        if name.endswith(endings) and f"{folder}/{name}" not in kept
    ]


def _is_partition(name: str) -> bool:
    return name.startswith(_PARTITIONS[0])


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


def _recorded(output: Path, inputs: str | None = None) -> dict[str, Digest]:
    """The files that were written last; of ``inputs``, where these are given. Empty where that is not known:
    a killed writer may have put some of its files in place."""
    if (output / FOLDER).exists():
        return {}
    try:
        record = json.loads((output / INPUTS).read_bytes())
        if inputs is not None and record["inputs"] != inputs:
            return {}
        return {name: Digest(*digest) for name, digest in record["files"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        # Absent or damaged: then nothing is known, and all is written anew.
        return {}


def _record(inputs: str, made_by: dict[str, object], files: dict[str, Digest]) -> bytes:
    """A line for each file: there may be many thousand."""
    head = json.dumps({"inputs": inputs, "made_by": made_by}, ensure_ascii=False, indent=2)
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(digest)}" for name, digest in files.items())
    return f'{head.removesuffix("}").rstrip()},\n  "files": {{\n{lines}\n  }}\n}}\n'.encode()


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
