"""The pages that tell of all measures together, and what each shows."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.changes import figures
from pipeline.publish import rdf, schema_org
from pipeline.publish.about import citation
from pipeline.schema import TABLES
from pipeline.site import charts, keys, sums, timeline, views
from pipeline.site.render import ASSETS, Place, asset, asset_link, page, trusted
from pipeline.site.words import DOWNLOADS, LANGUAGES, WORDS, name, names, rhythm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date, datetime

    from markupsafe import Markup

    from parsers.records import Finding, Headline
    from pipeline.manifest import Digest
    from pipeline.publish.about import About
    from pipeline.site.calendar import Scale
    from pipeline.site.facts import Facts, Known, Seen, Standing
    from pipeline.site.keys import Leads

File = tuple[str, bytes]
_FILES = {"overview": "index.html"}
# What the overview has room for.
_NEXT, _LATEST = 6, 8


class Latest(NamedTuple):
    """Changes of one moment, for the overview."""

    when: datetime | None
    changes: list[views.ChangeView]


class Pages:
    """The pages of one language that tell of all measures. ``leads``: where changes may lead; ``data``: names
    and digests of the files beside the site."""

    def __init__(
        self, facts: Facts, about: About, language: str, leads: Leads, data: Mapping[str, Digest]
    ) -> None:
        self.facts, self.about, self.language, self.leads, self.data = facts, about, language, leads, data
        self.words = WORDS[language]

    @property
    def key(self) -> str:
        """A digest of all that any of them is made from, but the code: they are made whenever something is
        new."""
        return keys.of(
            [(seen.source, seen.origin, seen.versions, seen.withheld) for seen in self.facts.sources],
            self.about,
            self._told,
            list(self.leads.files.items()),
            [(known.measure_id, title) for known, _, title in self._gone()],
            self._sizes(),
        )

    def all(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Their files under site/, and what makes each."""
        shown: dict[str, Callable[[], Mapping[str, object]]] = {
            "overview": self._overview,
            "timeline": self._timeline,
            "measures": self._measures,
            "findings": lambda: {"pages": list(self._findings())},
            "sources": lambda: {"rows": list(map(self._source, self.facts.sources))},
            "data": self._data,
        }
        for section, context in shown.items():
            place = Place(_FILES.get(section, f"{section}.html"), self.language)
            yield place.file, partial(self._page, place, section, context)

    def _page(self, place: Place, section: str, context: Callable[[], Mapping[str, object]]) -> bytes:
        return page(place.path, place, {**context(), "section": section})

    @property
    def _told(self) -> str:
        """A digest of all that was ever told."""
        digest = hashlib.sha256()
        for moment in self.facts.annals.outlines():
            digest.update("\n".join((moment.name, *moment.digests, "")).encode())
        return digest.hexdigest()

    @cached_property
    def _today(self) -> date | None:
        return self.facts.as_of.date() if self.facts.as_of else None

    @property
    def _top(self) -> str:
        """From any of these pages to site/."""
        return Place("index.html", self.language).top

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
            "files": self.leads.files,
            "open": sums.open_now(standing, today)[:_NEXT] if today else [],
            "next": sums.starting(standing, today)[:_NEXT] if today else [],
            "latest": list(self._latest()),
            "as_of": self.facts.as_of,
            "charts": list(self._charts()) if standing else [],
            "described": self._described(),
        }

    def _latest(self) -> Iterator[Latest]:
        left = _LATEST
        for _, _, some in self.facts.annals.newest_moments():
            if left <= 0:
                return
            noted = [noted for told in some for noted in views.noted(told.pair)][:left]
            left -= len(noted)
            shown = [views.change(one, self.language, self.leads, self._top) for one in noted]
            yield Latest(some[0].seen, shown)

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

    def _timeline(self) -> dict[str, object]:
        kinds = names("kind", self.language)
        on = timeline.scale((row for _, rows in self._groups for row in rows), self._today)
        if on is None:
            return {"groups": []}
        groups = [
            (theme, [(row, self.leads.files[row.measure.measure_id], self._strip(row, on)) for row in rows])
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
        return {"rows": rows, "gone": list(self._gone()), "choices": list(self._choices(rows))}

    def _gone(self) -> Iterator[tuple[Known, str, object]]:
        """Measures that are on no page any more, their files and last titles."""
        for measure_id in self.facts.measures:
            if not self.facts.measures.standing(measure_id):
                known = self.facts.measures[measure_id]
                title = known.versions[-1].facts().get("title") if known.versions else None
                yield known, self.leads.files[measure_id], title

    def _row(self, one: Standing) -> dict[str, Any]:
        measure = one.measure
        starts = [step for step in measure.milestones if step.kind == "selection_start"]
        types = list(dict.fromkeys(applicant.applicant_type for applicant in measure.applicants))
        return {
            "measure": measure,
            "file": self.leads.files[measure.measure_id],
            "start": min(starts, key=lambda step: step.start_date, default=None),
            "theme": measure.theme or "",
            "funds": " ".join(dict.fromkeys(f.fund for f in measure.funding if f.fund in sums.EU_FUNDS)),
            "types": " ".join(types),
            "type_names": ", ".join(name("applicant_type", kind, self.language) for kind in types),
            "source": one.origin.source,
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

    def _findings(self) -> Iterator[tuple[Seen, list[tuple[Finding, str | None, list[str]]], int]]:
        for seen in self.facts.sources:
            capture = seen.state.capture.id if seen.state else ""
            rows = [
                (
                    one,
                    self.leads.files.get(one.measure_id or ""),
                    [views.place_of(capture, one.start, one.end)],
                )
                for one in (seen.shown.findings if seen.shown else ())
            ]
            yield seen, rows, seen.shown.more if seen.shown else 0

    def _source(self, seen: Seen) -> tuple[Seen, str, str, list[tuple[Headline, list[str]]]]:
        if seen.shown is None:
            return seen, "–", self._rhythm(seen), []
        claimed, characters = seen.shown.understood
        share = Decimal(100) * claimed / characters if characters else Decimal(100)
        # Rounded down: what is not all understood never looks as if it were.
        exact = share.quantize(Decimal("0.1"), "ROUND_FLOOR")
        understood = figures.percent(exact, self.language)
        return seen, understood, self._rhythm(seen), views.headlines(seen)

    def _rhythm(self, seen: Seen) -> str:
        return rhythm(int(seen.source.every.total_seconds()) // 60, self.language)

    def _data(self) -> dict[str, object]:
        sizes = self._sizes()
        tables = [(table, [(file, sizes[file]) for file in _forms(table.name)]) for table in TABLES.values()]
        whole = [
            (file, sizes[file], words[LANGUAGES.index(self.language)])
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

    def _sizes(self) -> dict[str, int | None]:
        """Bytes of the files that are offered; None where there is none, and of those whose bytes hang on the
        release of a library, for a page must not."""
        forms = (file for name in TABLES for file in _forms(name))
        offered = {file: self.data.get(file) for file in (*forms, *DOWNLOADS)}
        return {
            file: known.size if known and not file.endswith((".sqlite", ".xlsx")) else None
            for file, known in offered.items()
        }

    def _described(self) -> Markup:
        base = f"{self._top}data/"
        return trusted(rdf.embedded(schema_org.dataset(self.about, None, self.language, base)))


def _forms(table: str) -> tuple[str, str]:
    return f"tables/{table}.csv", f"tables/{table}.parquet"


def assets() -> Iterator[File]:
    """Style sheet and script."""
    for file in ASSETS:
        yield asset_link(file).partition("?")[0], asset(file)
