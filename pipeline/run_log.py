"""What a run did, as entries of a log: no page's words, so that nobody's name is among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.log import Entry
from pipeline.run import NOT_REFRESHED
from pipeline.run_summary import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.changes.record import Change
    from pipeline.run import Fetched, Published


def fetched_entries(fetched: Fetched | None) -> Iterator[Entry]:
    """An entry for each source, and for each thing the archive has to say."""
    for one in fetched.outcomes if fetched else []:
        level = "warning" if one.kind in NOT_REFRESHED else "info"
        yield Entry(one.kind, one.message, one.source, level)
    for note in fetched.notes if fetched else []:
        yield Entry("archive", note, level="warning")


def published_entries(published: Published) -> Iterator[Entry]:
    """An entry for each change, alarm and withheld capture, and one for the dataset."""
    seen = published.overview
    yield from map(_change, published.news)
    if published.corrected:
        count = len(published.corrected)
        yield Entry("corrected", "told otherwise by this version of the code", facts={"changes": count})
    for line in published.missing:
        yield Entry("archive", line, level="warning")
    if published.mended:
        facts = {"files": list(published.mended)}
        yield Entry("mended", "files of output/ held other bytes than were written", None, "warning", facts)
    yield from _drift(published)
    for one in seen.withheld:
        message = f"capture {one.capture} is withheld: {'; '.join(one.reasons)}"
        yield Entry("withheld", message, one.source, "warning", {"capture": one.capture})
    yield Entry(
        "dataset",
        f"{len(seen.published)} pages, {seen.measures} measures; {findings(seen.findings) or 'no findings'}",
        facts={
            "pages": len(seen.published),
            "measures": seen.measures,
            "findings": seen.findings,
            "files_written": published.written,
        },
    )


def _drift(published: Published) -> Iterator[Entry]:
    """A warning is one in the run that sees it first; later ones repeat it as information."""
    for source, standing in published.overview.sources.items():
        for alarm in standing.drift:
            level = "warning" if (source, alarm) in published.alarms else "info"
            yield Entry(
                "drift", alarm.message, source, level, {"kind": alarm.kind, "severity": alarm.severity}
            )


def _change(change: Change) -> Entry:
    """Which measure and what of it; the words stand in the report."""
    about = " ".join(filter(None, (change.measure_id, change.field)))
    message = f"{change.kind}: {about}" if about else change.kind
    facts = {"kind": change.kind, "measure_id": change.measure_id, "field": change.field}
    return Entry("change", message, change.source, facts=facts)
