"""Which pages the site has, and what each shows."""

from __future__ import annotations

import hashlib
from datetime import UTC
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.changes import figures
from pipeline.publish import rdf, schema_org
from pipeline.publish.about import citation
from pipeline.reports import words as reported
from pipeline.schema import SEVERITIES, TABLES
from pipeline.site import charts, sums, timeline, views
from pipeline.site.render import ASSETS, Place, asset, asset_link, page, trusted
from pipeline.site.words import DOWNLOADS, LANGUAGES, WORDS, name, names, rhythm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from markupsafe import Markup

    from parsers.records import Finding, Headline
    from pipeline.publish.about import About
    from pipeline.reports.record import Pair
    from pipeline.site.calendar import Scale
    from pipeline.site.facts import Facts, Known, Moment, Noted, Seen, Standing
    from pipeline.staging import Digest

File = tuple[str, bytes]
# What the overview, and one page of findings, have room for.
_NEXT, _LATEST, _FINDINGS = 6, 8, 400


class MomentView(NamedTuple):
    """What was seen at one time. ``report``: its file under output/."""

    when: datetime | None
    pairs: list[PairView]
    report: str


class PairView(NamedTuple):
    """What changed on one page. ``totals``: sentences about its sums."""

    publisher: str
    source: str | None
    changes: list[views.ChangeView]
    totals: list[str]


class Latest(NamedTuple):
    """Changes of one moment, for the overview."""

    when: datetime | None
    changes: list[views.ChangeView]


class Pages:
    """The pages of one language.

    ``kept``: the captures whose text has a page; ``data``: names and digests of the files beside the site.
    """

    def __init__(
        self, facts: Facts, about: About, language: str, kept: frozenset[str], data: Mapping[str, Digest]
    ) -> None:
        self.facts, self.about, self.language, self.kept, self.data = facts, about, language, kept, data
        self.files = views.file_names(facts.measures)
        self.words = WORDS[language]

    def standing(self) -> Iterator[File]:
        """The pages of what is now: these are made whenever something is new."""
        yield self._page("index.html", "overview", self._overview())
        yield self._page("timeline.html", "timeline", self._timeline())
        yield self._page("measures.html", "measures", self._measures())
        yield self._page("findings.html", "findings", {"pages": list(self._findings())})
        yield self._page("sources.html", "sources", {"rows": list(map(self._source, self.facts.sources))})
        yield self._page("data.html", "data", self._data())
        yield self._newest_changes()
        for measure_id in self.facts.measures:
            yield self._measure(measure_id)

    def _page(self, path: str, section: str, context: Mapping[str, object], template: str = "") -> File:
        place = Place(path, self.language)
        content = page(template or path, place, {**context, "section": section})
        return place.file, content

    @cached_property
    def _today(self) -> date | None:
        return self.facts.as_of.date() if self.facts.as_of else None

    @cached_property
    def _groups(self) -> list[tuple[str | None, list[timeline.Row]]]:
        return timeline.rows(self.facts)

    def _overview(self) -> dict[str, object]:
        standing = self.facts.standing
        today = self._today
        return {
            "total": self.facts.eu_funding,
            "count": len(standing),
            "unstated": sum(one.measure.eu_funding_eur is None for one in standing),
            "files": self.files,
            "open": sums.open_now(standing, today)[:_NEXT] if today else [],
            "next": sums.starting(standing, today)[:_NEXT] if today else [],
            "latest": list(self._latest()),
            "as_of": self.facts.as_of,
            "charts": list(self._charts()) if standing else [],
            "described": self._described(),
        }

    def _latest(self) -> Iterator[Latest]:
        left = _LATEST
        for _, some in self.facts.moments:
            if left <= 0:
                return
            noted = [noted for told in some for noted in views.noted(told.pair)][:left]
            left -= len(noted)
            yield Latest(some[0].pair.new.captured_at, self._views(noted, ""))

    def _charts(self) -> Iterator[tuple[object, ...]]:
        standing, words = self.facts.standing, self.words
        parts = (
            (words["by_theme"], sums.by_theme(standing), "", words["no_theme"], ""),
            (
                words["by_applicant"],
                sums.by_applicant_type(standing),
                "applicant_type",
                words["type_unstated"],
                words["by_applicant_note"],
            ),
            (words["by_fund"], sums.by_fund(standing), "fund", words["fund_unstated"], ""),
        )
        for title, shares, vocabulary, unknown, note in parts:
            if vocabulary == "fund" and all(share.key is None for share in shares):
                yield title, "", [], [], words["no_fund"]
                continue
            labels = [self._label(share.key, vocabulary, unknown) for share in shares]
            drawn = [
                charts.Bar(label, share.amount, figures.round_euro(share.amount, self.language))
                for label, share in zip(labels, shares, strict=True)
            ]
            yield title, trusted(charts.bars(drawn, title)), shares, labels, note

    def _label(self, key: str | None, vocabulary: str, unknown: str) -> str:
        if key is None:
            return unknown
        return name(vocabulary, key, self.language) if vocabulary else key

    def _views(self, told: list[Noted], top: str) -> list[views.ChangeView]:
        top = top or Place("index.html", self.language).top
        return [views.change(one, self.language, self.files, top, self.kept) for one in told]

    def _timeline(self) -> dict[str, object]:
        kinds = names("kind", self.language)
        on = timeline.scale((row for _, rows in self._groups for row in rows), self._today)
        if on is None:
            return {"groups": []}
        groups = [
            (theme, [(row, self.files[row.measure.measure_id], self._strip(row, on)) for row in rows])
            for theme, rows in self._groups
        ]
        used = {step.kind for _, rows in self._groups for row in rows for step in row.measure.milestones}
        legend = [(trusted(timeline.key(kind)), kinds[kind]) for kind in timeline.SHAPES if kind in used]
        legend.append((trusted(timeline.key("selection_start", ghost=True)), self.words["slipped"]))
        legend.append((trusted(timeline.WINDOW_KEY), self.words["window"]))
        legend.append((trusted(timeline.TODAY_KEY), self.words["today"]))
        axis = trusted(timeline.axis(on, views.quarters(self.language)))
        return {"groups": groups, "legend": legend, "axis": axis}

    def _strip(self, row: timeline.Row, on: Scale) -> Markup:
        title = f"{row.measure.measure_id}: {self.words['schedule']}"
        return trusted(timeline.schedule(row, on, self._today, names("kind", self.language), title))

    def _measures(self) -> dict[str, object]:
        rows = [self._row(one) for one in self.facts.standing]
        gone = [
            (known, self.files[measure_id], known.versions[-1].get("title") if known.versions else None)
            for measure_id, known in self.facts.measures.items()
            if not known.standing
        ]
        return {"rows": rows, "gone": gone, "choices": list(self._choices(rows))}

    def _row(self, one: Standing) -> dict[str, Any]:
        measure = one.measure
        starts = [step for step in measure.milestones if step.kind == "selection_start"]
        types = list(dict.fromkeys(applicant.applicant_type for applicant in measure.applicants))
        return {
            "measure": measure,
            "file": self.files[measure.measure_id],
            "start": min(starts, key=lambda step: step.start_date, default=None),
            "theme": measure.theme or "",
            "funds": " ".join(dict.fromkeys(f.fund for f in measure.funding if f.fund in sums.EU_FUNDS)),
            "types": " ".join(types),
            "type_names": ", ".join(name("applicant_type", kind, self.language) for kind in types),
            "source": one.state.source.id,
            "applicants": "; ".join(applicant.name for applicant in measure.applicants),
        }

    def _choices(self, rows: list[dict[str, Any]]) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
        """What one may choose among; a choice of one is none."""
        topics = {seen.source.id: seen.source.topic or seen.source.id for seen in self.facts.sources}
        kinds = (
            ("theme", self.words["theme"], {row["theme"]: row["theme"] for row in rows}),
            ("fund", self.words["fund"], names("fund", self.language)),
            ("type", self.words["applicant_type"], names("applicant_type", self.language)),
            ("selection", self.words["selection"], names("selection_type", self.language)),
            ("source", self.words["source"], topics),
        )
        fields = {"fund": "funds", "type": "types"}
        for key, label, called in kinds:
            used: dict[str, None] = {}
            for row in rows:
                value = row["measure"].selection_type if key == "selection" else row[fields.get(key, key)]
                used |= dict.fromkeys([value] if key == "theme" else (value or "").split())
            options = [(value, called.get(value, value)) for value in used if value]
            if len(options) > 1:
                yield key, label, options

    def _measure(self, measure_id: str) -> File:
        known = self.facts.measures[measure_id]
        path = f"measures/{self.files[measure_id]}.html"
        top = Place(path, self.language).top
        shown = [self._measure_view(known, one) for one in known.standing]
        last = known.versions[-1] if known.versions else {}
        measure = known.measure
        context = {
            "measure_id": measure_id,
            "title": measure.title if measure else last.get("title"),
            "theme": measure.theme if measure else last.get("theme"),
            "views": shown,
            "keys": views.keys(),
            "last": views.last_values(known, self.language) if not shown else [],
            "history": views.history(known, self.language),
            "changes": [(when, self._views(told, top)) for when, told in views.by_moment(known.changes)],
        }
        return self._page(path, "measures", context, "measure.html")

    def _measure_view(self, known: Known, one: Standing) -> views.MeasureView:
        # What slipped is told on the page whose row counts.
        slips = timeline.slips(known) if one is known.standing[0] else ()
        return views.measure(one, timeline.Row(one.measure, tuple(slips)), self.language, self._today)

    @cached_property
    def months(self) -> dict[str | None, list[Moment]]:
        """What changed, by month (``2025-04``), the newest first; None: at a time that is not known."""
        return {key: list(some) for key, some in groupby(self.facts.moments, key=_month)}

    def month_name(self, month: str | None) -> str:
        """The file of a month's page."""
        return Place(_month_file(month), self.language).file

    def month_hangs_on(self, month: str | None) -> tuple[object, ...]:
        """All that a month's page is made of, but the code."""
        told = [one.digest for _, some in self.months[month] for one in some]
        return told, list(self._months_listed(month)), self._linked

    def month(self, month: str | None) -> bytes:
        """A month's page."""
        path = _month_file(month)
        context = {
            "month": self._month_title(month),
            "months": list(self._months_listed(month)),
            "moments": self._moments(self.months[month], path),
        }
        return self._page(path, "changes", context, "changes.html")[1]

    @cached_property
    def _linked(self) -> str:
        """A digest of all that changes may lead to."""
        names = "\n".join((*self.files.values(), *sorted(self.kept)))
        return hashlib.sha256(names.encode()).hexdigest()

    def _newest_changes(self) -> File:
        newest = next(iter(self.months.values()), [])
        months = list(self._months_listed(""))
        moments = self._moments(newest, "changes.html")
        return self._page("changes.html", "changes", {"month": "", "months": months, "moments": moments})

    def _months_listed(self, here: str | None) -> Iterator[tuple[str, str, int, bool]]:
        """Of every month its name, page, number of changes, and whether one is there."""
        for month, some in self.months.items():
            yield self._month_title(month), _month_file(month), _count(some), month == here

    def _month_title(self, month: str | None) -> str:
        return figures.moment(month, self.language) if month else self.words["undated"]

    def _moments(self, some: list[Moment], path: str) -> list[MomentView]:
        top = Place(path, self.language).top
        return [
            MomentView(
                told[0].pair.new.captured_at,
                [self._pair(one.pair, top) for one in told],
                f"reports/{report}.{self.language}.html",
            )
            for report, told in some
        ]

    def _pair(self, pair: Pair, top: str) -> PairView:
        told = self._views(list(views.noted(pair)), top)
        return PairView(pair.publisher, pair.source, told, list(reported.totals(pair.changes, self.language)))

    def _findings(self) -> Iterator[tuple[Seen, list[tuple[Finding, str | None, list[str]]], int]]:
        for seen in self.facts.sources:
            found = list(seen.state.page.findings) if seen.state else []
            found.sort(key=lambda one: -SEVERITIES.index(one.severity))
            capture = seen.state.capture.id if seen.state else ""
            rows = [
                (one, self.files.get(one.measure_id or ""), [views.place_of(capture, one.start, one.end)])
                for one in found[:_FINDINGS]
            ]
            yield seen, rows, max(len(found) - _FINDINGS, 0)

    def _source(self, seen: Seen) -> tuple[Seen, str, str, list[tuple[Headline, list[str]]]]:
        if seen.state is None:
            return seen, "–", self._rhythm(seen), []
        coverage = seen.state.page.coverage
        share = Decimal(100) * coverage.claimed / coverage.characters if coverage.characters else Decimal(100)
        # Rounded down: what is not all understood never looks as if it were.
        exact = share.quantize(Decimal("0.1"), "ROUND_FLOOR")
        understood = figures.percent(exact, self.language)
        return seen, understood, self._rhythm(seen), views.headlines(seen.state)

    def _rhythm(self, seen: Seen) -> str:
        return rhythm(int(seen.source.every.total_seconds()) // 60, self.language)

    def _data(self) -> dict[str, object]:
        tables = [
            (
                table,
                [
                    (file, self._size(file))
                    for file in (f"tables/{table.name}.csv", f"tables/{table.name}.parquet")
                ],
            )
            for table in TABLES.values()
        ]
        whole = [
            (file, self._size(file), words[LANGUAGES.index(self.language)])
            for file, words in DOWNLOADS.items()
            if file in self.data
        ]
        licences = list(
            dict.fromkeys(
                (seen.source.publisher or seen.source.id, seen.source.licence) for seen in self.facts.sources
            )
        )
        return {
            "tables": tables,
            "whole": whole,
            "licences": licences,
            "cite": citation(self.about, self.language),
            "described": self._described(),
        }

    def _size(self, file: str) -> int | None:
        """Bytes of a file; not of those whose bytes hang on the release of a library, for a page must not."""
        known = self.data.get(file)
        return known.size if known and not file.endswith((".sqlite", ".xlsx")) else None

    def _described(self) -> Markup:
        base = f"{Place('index.html', self.language).top}data/"
        return trusted(rdf.embedded(schema_org.dataset(self.about, None, self.language, base)))


def _month(moment: Moment) -> str | None:
    when = moment[1][0].pair.new.captured_at
    return f"{when.astimezone(UTC):%Y-%m}" if when else None


def _month_file(month: str | None) -> str:
    return f"changes/{month or 'undated'}.html"


def _count(moments: list[Moment]) -> int:
    return sum(len(one.pair.items) for _, told in moments for one in told)


def assets() -> Iterator[File]:
    """Style sheet and script."""
    for file in ASSETS:
        yield asset_link(file).partition("?")[0], asset(file)
