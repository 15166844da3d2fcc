"""Two years of a page with known edits, one capture wrecked and one late; years in which nothing happened."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pipeline import decisions
from pipeline.archive import Archive
from pipeline.chronicle import Chronicle
from pipeline.cli_points import MomentPoint
from pipeline.config import load
from pipeline.run import publish
from pipeline.schema import TABLES
from pipeline.state import Dataset
from pipeline.telling import tell
from tests.factories_changes import seeded
from tests.pages import chrome, layouts
from tests.pages.build import draw
from tests.pages.ink import Pen
from tests.pages.notation import NOTATIONS
from tests.pipeline.command import pasakumi
from tests.pipeline.site import capture, measure, page, sources

FIXTURE = Path(__file__).parents[1] / "fixtures" / "izm-visparejai-izglitibai.html"
MONTHS = [datetime(2024 + month // 12, month % 12 + 1, 3, 6, 30, tzinfo=UTC) for month in range(24)]
START = {number: {} for number in range(1, 6)}
WRECKED, LATE = 5, 12

# By month: the measures that are set otherwise from then on (None: gone), and what must be told of it.
# observed in that month: measure_id, kind, field, old, new, delta_eur, delta_percent, delta_days, minor
EDITS: dict[int, tuple[dict[int, dict[str, str] | None], list[tuple[Any, ...]]]] = {
    1: ({2: {"amount": "1 250 000"}}, [
        ("4.9.9.2", "funding_changed", "eu_funding_eur", "1000000", "1250000", "250000", "25", "", "false")]),
    3: ({1: {"when": "2025. gada II cet."}}, [
        ("4.9.9.1", "milestone_moved", "selection_start", "2025-Q1", "2025-Q2", "", "", "90", "false")]),
    4: ({10: {"amount": "2 000 000"}}, [
        ("4.9.9.10", "measure_added", "", "", "", "", "", "", "false")]),
    6: ({3: {"amount": "līdz 900 000"}}, [
        ("4.9.9.3", "funding_changed", "eu_funding_eur", "1000000", "900000", "-100000", "-10", "", "false"),
        ("4.9.9.3", "funding_changed", "funding_qualifier", "exact", "up_to", "", "", "", "false")]),
    7: ({4: {"title": "Digitālo prasmju pilnveide"}}, [
        ("4.9.9.4", "title_changed", "title", "Mācību vides uzlabošana, 4. daļa",
         "Digitālo prasmju pilnveide", "", "", "", "false")]),
    8: ({1: {"when": "2025. gada 15. maijs"}}, [
        ("4.9.9.1", "milestone_made_precise", "selection_start", "2025-Q2", "2025-05-15", "", "", "44",
         "false")]),
    9: ({5: None}, [("4.9.9.5", "measure_removed", "", "", "", "", "", "", "false")]),
    12: ({2: {"amount": "1 300 000"}}, [
        ("4.9.9.2", "funding_changed", "eu_funding_eur", "1250000", "1300000", "50000", "4", "", "false")]),
    13: ({2: {"amount": "1 250 000"}}, [
        ("4.9.9.2", "funding_changed", "eu_funding_eur", "1300000", "1250000", "-50000", "-3.85", "",
         "false")]),
    17: ({4: {"title": "Digitālo prasmju pilnveides"}, 1: {"when": "2024. gada IV cet."}}, [
        ("4.9.9.1", "milestone_moved", "selection_start", "2025-05-15", "2024-Q4", "", "", "-226", "false"),
        ("4.9.9.4", "title_changed", "title", "Digitālo prasmju pilnveide", "Digitālo prasmju pilnveides",
         "", "", "", "true")]),
    20: ({5: {}}, [("4.9.9.5", "measure_added", "", "", "", "", "", "", "false")]),
    23: ({10: {"amount": "2 000 000", "when": "2026. gads"}}, [
        ("4.9.9.10", "milestone_moved", "selection_start", "2025-Q1", "2026", "", "", "365", "false")]),
}  # fmt: skip


def printed(month: int) -> str:
    """The page as it stood that month, every second month with another hand's quotation marks and markup."""
    measures: dict[int, dict[str, str]] = {**START}
    for at, (edits, _) in EDITS.items():
        for number, values in edits.items() if at <= month else ():
            if values is None:
                del measures[number]
            else:
                measures[number] = {**measures.get(number, {}), **values}
    content = page([measure(number, **values) for number, values in measures.items()])
    return content.replace("“", "&quot;").replace("”", "&quot;").replace("<p>", "<div class='p'>").replace(
        "</p>", "</div>"
    ) if month % 2 else content  # fmt: skip


def store(raw: Path, month: int) -> None:
    whole = printed(month)
    capture(raw, whole[: len(whole) // 4] if month == WRECKED else whole, MONTHS[month])


def expected() -> list[tuple[Any, ...]]:
    return [
        (f"{MONTHS[month]:%Y-%m-%dT%H:%M:%SZ}", "fondi", *row)
        for month, (_, rows) in EDITS.items()
        for row in rows
    ]


def changes(output: Path) -> list[tuple[str, ...]]:
    """The whole table without its sentences."""
    with (output / "tables" / "changes.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row[:11]) for row in csv.reader(file)][1:]


def test_two_years_of_known_edits(tmp_path):
    config = load(sources(tmp_path))
    for month in range(24):
        if month != LATE:
            store(config.raw, month)
    seen = publish(config)
    assert seen.overview.withheld == ()
    missed = {f"{MONTHS[month]:%Y-%m-%dT%H:%M:%SZ}" for month in (LATE, LATE + 1)}
    assert changes(config.output) == [row for row in expected() if row[0] not in missed]

    store(config.raw, LATE)
    publish(config)
    assert changes(config.output) == expected()
    late = {path: path.read_bytes() for path in config.output.rglob("*") if path.is_file()}

    in_order = load(sources((tmp_path / "again", (tmp_path / "again").mkdir())[0]))
    for month in range(24):
        store(in_order.raw, month)
    publish(in_order)
    assert changes(in_order.output) == expected()
    assert {path.relative_to(config.output) for path in late} == {
        path.relative_to(in_order.output) for path in in_order.output.rglob("*") if path.is_file()
    }


def test_the_wreck_was_withheld_and_its_month_tells_nothing(tmp_path):
    config = load(sources(tmp_path))
    for month in range(WRECKED + 1):
        store(config.raw, month)
    seen = publish(config)
    (withheld,) = seen.overview.withheld
    assert withheld.capture.startswith("20240603")
    assert not any(row[0].startswith("2024-06") for row in changes(config.output))


def test_versions_are_what_stood_between_the_changes(tmp_path):
    config = load(sources(tmp_path))
    for month in range(24):
        store(config.raw, month)
    publish(config)
    header = TABLES["measure_versions"].header
    with (config.output / "tables" / "measure_versions.csv").open(encoding="utf-8", newline="") as file:
        rows = [dict(zip(header, row, strict=True)) for row in list(csv.reader(file))[1:]]
    told = [
        (row["version"], row["valid_from"][:7], row["valid_to"][:7], row["eu_funding_eur"])
        for row in rows
        if row["measure_id"] == "4.9.9.2"
    ]
    assert told == [
        ("1", "2024-01", "2024-02", "1000000"),
        ("2", "2024-02", "2025-01", "1250000"),
        ("3", "2025-01", "2025-02", "1300000"),
        ("4", "2025-02", "", "1250000"),
    ]
    gone = [(row["valid_from"][:7], row["valid_to"][:7]) for row in rows if row["measure_id"] == "4.9.9.5"]
    assert gone == [("2024-01", "2024-10"), ("2025-09", "")]


@pytest.mark.parametrize(
    ("moment", "total"), [("2024-01-03", 5_000_000), ("2024-07-31", 7_150_000), ("2025-12-31", 7_150_000)]
)
def test_the_dataset_as_it_stood(tmp_path, moment, total):
    config = load(sources(tmp_path))
    for month in range(24):
        store(config.raw, month)
    at = datetime.fromisoformat(moment).replace(hour=23, tzinfo=UTC)
    dataset = Dataset(Archive(config.raw), config.sources, decisions.read(config.raw))
    (state,) = MomentPoint(dataset, lambda source: tell(dataset.history(source)), at).states()
    assert sum(one.eu_funding_eur for one in state.page.measures) == Decimal(total)


def rewritten(html: str, day: int) -> str:
    """The same page as written on another day: attributes in another order and new ones, a counter."""
    rng = Random(day)  # noqa: S311

    def tag(match: re.Match[str]) -> str:
        attributes = re.findall(r'\s+[\w:-]+="[^"]*"', match[2])
        rng.shuffle(attributes)
        return f'<{match[1]}{"".join(attributes)} data-v-{day}="{rng.random():.6f}"{match[3]}>'

    html = re.sub(r'<(div|span|p|li|ul|a|button|section)((?:\s+[\w:-]+="[^"]*")*)\s*(/?)>', tag, html)
    return html.replace(
        "</body>", f"<!-- {rng.random()} --><footer><p>Apmeklējumi: {10_000 + 37 * day}</p></footer></body>"
    )


def chronicle(folder: Path, contents: list[str | bytes]) -> Chronicle:
    config = load(sources(folder))
    for day, content in enumerate(contents):
        capture(config.raw, content, MONTHS[0] + timedelta(days=day))
    dataset = Dataset(Archive(config.raw), config.sources, decisions.read(config.raw))
    told = tell(dataset.history(config.sources[0]))
    assert len(told.captures) == len(contents)
    assert told.withheld is None
    return told


def test_other_bytes_are_no_news(tmp_path):
    html = FIXTURE.read_text(encoding="utf-8")
    contents = [rewritten(html, day) for day in range(24)]
    assert len(set(contents)) == 24
    assert chronicle(tmp_path, contents).changes == []


def a_year(seed: int, days: int) -> list[str]:
    """One content, printed anew each day, in turns in every layout that has room for all of it."""
    sheet, _ = draw(seeded(seed), NOTATIONS["real"], "izm", "accordion")
    names = [name for name in layouts.HTML_LAYOUTS if name != "rows"]
    pages = []
    for day in range(days):
        rng = seeded(1000 * seed + day)
        content = layouts.HTML_LAYOUTS[names[day // 7 % len(names)]](
            sheet, Pen(rng, ("clean", "light", "heavy")[day % 3])
        )
        pages.append(rewritten(chrome.modern(rng, sheet.title, "Ministrija", "izm", content), day))
    return pages


def test_a_year_without_an_edit_has_no_event(tmp_path):
    assert chronicle(tmp_path, a_year(1, 365)[::7]).changes == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(12))
def test_many_years_without_an_edit(tmp_path, seed):
    assert chronicle(tmp_path, a_year(seed, 365)).changes == []


def test_a_renumbered_measure_is_told_under_both_ids(tmp_path):
    config = load(sources(tmp_path))
    title = "Atbalsts lauku skolu bibliotēkām"
    capture(config.raw, page([measure(1), measure(2, title=title)]), MONTHS[0])
    capture(config.raw, page([measure(1), measure(9, title=title)]), MONTHS[1])
    for name in ("4.9.9.2", "4.9.9.9"):
        done = pasakumi(tmp_path, "history", name)
        assert f"measure “{title}” was renumbered from 4.9.9.2 to 4.9.9.9\n" in done.out
        assert "no longer" not in done.out


def test_the_name_of_its_theme_is_told_under_a_measure(tmp_path):
    names = ("Zaļais kurss", "Zaļais kurss Latvijā", None, "Zaļais kurss Latvijā")
    for day, name in enumerate(names):
        heading = f"<h2>{name}</h2>{measure(1)}" if name else measure(1)
        content = page([heading, measure(2), f"<h2>Skolas</h2>{measure(3)}"])
        capture(tmp_path / "raw", content, datetime(2025, 3, 1 + day, tzinfo=UTC))
    sources(tmp_path)
    about = {number: pasakumi(tmp_path, "history", f"4.9.9.{number}").out for number in (1, 3)}
    for told in (
        "The theme “Zaļais kurss” was renamed to “Zaļais kurss Latvijā”",
        "The heading of the theme “Zaļais kurss Latvijā” is no longer on the page",
        "The heading of a theme “Zaļais kurss Latvijā” was put on the page",
    ):
        assert told in about[1]
        assert told not in about[3]
