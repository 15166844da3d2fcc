"""The status for Prometheus: text exposition format 0.0.4, for node_exporter's textfile collector.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pipeline.status import Document

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})
Sample = tuple[dict[str, str], float | None]


class Metric(NamedTuple):
    """``samples``: labels and a value; one without value is left out, a metric without samples too."""

    name: str
    help: str
    samples: list[Sample]


def text(told: Document) -> str:
    """The metrics of a status document. All are gauges."""
    lines: list[str] = []
    for metric in (*_of_run(told), *_of_sources(told["sources"]), *_of_disk(told["disk"])):
        samples = [(labels, value) for labels, value in metric.samples if value is not None]
        if samples:
            lines += [f"# HELP pasakumi_{metric.name} {metric.help}", f"# TYPE pasakumi_{metric.name} gauge"]
            lines += [
                f"pasakumi_{metric.name}{_labels(labels)} {_number(value)}" for labels, value in samples
            ]
    return "".join(f"{line}\n" for line in lines)


def _of_run(told: Document) -> Iterator[Metric]:
    last, ended = told["last_run"] or {}, told["last_ended_run"] or {}
    yield Metric("info", "The version that wrote this.", [({"version": told["version"]}, 1)])
    yield Metric("ok", "1 where there is no problem, 0 where status tells one.", [({}, told["ok"])])
    yield Metric("messages_waiting", "Messages that were not taken yet.", [({}, told["messages"]["waiting"])])
    began = "When the last run began; later than the last end where it is at work or was killed."
    yield Metric("last_run_start_timestamp_seconds", began, [({}, _seconds(last.get("started_at")))])
    yield Metric(
        "last_run_end_timestamp_seconds",
        "When the last run that came to an end did so.",
        [({}, _seconds(ended.get("finished_at")))],
    )
    yield Metric(
        "last_run_duration_seconds",
        "How long the last run took that came to an end.",
        [({}, ended.get("duration_seconds"))],
    )
    yield Metric(
        "last_run_exit_code",
        "Exit code of the last run that came to an end: 0 fine, 3 degraded, 4 failed.",
        [({}, ended.get("exit_code"))],
    )
    counts = told["findings"] or {}
    yield Metric(
        "findings",
        "Findings on all published pages.",
        [({"severity": name}, count) for name, count in counts.items()],
    )


def _of_sources(sources: Iterable[Document]) -> Iterator[Metric]:
    every = list(sources)

    def each(name: str, words: str, key: str) -> Metric:
        return Metric(f"source_{name}", words, [({"source": one["id"]}, _value(one[key])) for one in every])

    yield each("last_success_timestamp_seconds", "When the page was last seen.", "last_success")
    yield each("last_change_timestamp_seconds", "When the page last changed.", "last_change")
    yield each("every_seconds", "The rhythm in which the page should be seen.", "every_seconds")
    yield each("stale", "1 where the page was not seen within its rhythm and half as long again.", "stale")
    yield each("consecutive_failures", "Attempts in a row that did not get the page.", "consecutive_failures")
    yield each("measures", "Measures on the published page.", "measures")
    yield each("coverage_ratio", "Share of the page's text that is understood.", "coverage")
    yield Metric(
        "source_withheld",
        "1 where the newest capture is withheld.",
        [({"source": one["id"]}, bool(one["withheld"])) for one in every],
    )
    yield Metric(
        "source_fill_ratio",
        "Share of the measures that have the field.",
        [
            ({"source": one["id"], "field": field}, share)
            for one in every
            for field, share in one["fill"].items()
        ],
    )
    yield Metric(
        "source_drift_alarms",
        "How many ways in which the page is read worse than it used to be.",
        [
            ({"source": one["id"], "severity": severity}, _count(one["drift"], severity))
            for one in every
            for severity in ("warning", "info")
        ],
    )


def _of_disk(told: Document) -> Iterator[Metric]:
    yield Metric(
        "disk_used_bytes",
        "Size of the folder.",
        [({"folder": name}, size) for name, size in told["bytes"].items()],
    )
    yield Metric(
        "disk_free_bytes",
        "What is free on the disk of the folder.",
        [({"folder": name}, size) for name, size in told["free_bytes"].items()],
    )
    growth = told["growth_bytes_a_day"]
    yield Metric("disk_growth_bytes_per_day", "Median growth of the folders.", [({}, growth)])
    full = _seconds(told["full_at"])
    yield Metric("disk_full_timestamp_seconds", "When a disk is full at that pace.", [({}, full)])


def _count(alarms: Iterable[Document], severity: str) -> int:
    return sum(alarm["severity"] == severity for alarm in alarms)


def _value(value: Any) -> float | None:
    return _seconds(value) if isinstance(value, str) else value


def _seconds(moment: str | None) -> float | None:
    return None if moment is None else datetime.fromisoformat(moment).timestamp()


def _labels(labels: dict[str, str]) -> str:
    pairs = [f'{name}="{value.translate(_ESCAPES)}"' for name, value in labels.items()]
    return f"{{{','.join(pairs)}}}" if pairs else ""


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))
