"""Reports, feeds and texts that stand: not made again, and never other than what making them gives."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from pipeline import decisions, publication
from pipeline.archive import Archive
from pipeline.config import Config, load
from pipeline.reports import feed, moments
from pipeline.run import publish
from tests.pipeline.command import pasakumi
from tests.pipeline.site import PERSON, capture, measure, page, sources

DAY = datetime(2025, 3, 1, 6, 30, tzinfo=UTC)
DAYS = 6
SUBSCRIBER = '[[subscriber]]\nname = "desk"\nonly = ["milestone_moved"]\n'


def body(day: int, **values: str) -> str:
    return page([measure(1, amount=f"{day + 1} 000 000"), measure(2, **values), measure(3)])


def store(config: Config, day: float, content: str) -> None:
    capture(config.raw, content, DAY + timedelta(days=day))


def configured(folder: Path, *more: str) -> Config:
    path = sources(folder)
    path.write_text(path.read_text("utf-8") + "\n".join((*more, SUBSCRIBER)), "utf-8")
    return load(path)


@pytest.fixture
def config(tmp_path):
    config = configured(tmp_path)
    for day in range(DAYS):
        store(config, day, body(day, when=f"2025. gada {'II' if day else 'I'} cet."))
    publish(config)
    return config


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """The reports (their heads) and feeds that were made from now on."""
    seen: list[str] = []
    html, write = moments.as_html, feed._written

    def report(report, language):
        seen.append(f"{report.pairs[0].new.captured_at:%m-%d} {language}")
        return html(report, language)

    def written(one, *rest):
        seen.append(one.path)
        return write(one, *rest)

    monkeypatch.setattr(moments, "as_html", report)
    monkeypatch.setattr(feed, "_written", written)
    return seen


def contents(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def as_from_scratch(config: Config, folder: Path) -> bool:
    """Whether output/ holds what is made from raw/ where nothing stands and nothing is remembered."""
    anew = config._replace(output=folder / "anew", state=folder / "anew-state")
    shutil.rmtree(anew.output, ignore_errors=True)
    shutil.rmtree(anew.state, ignore_errors=True)
    publish(anew)
    return contents(anew.output) == contents(config.output)


def test_only_the_newest_report_is_made(config, made, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in config.output.rglob("*") if path.is_file()}
    store(config, DAYS, body(DAYS, when="2025. gada II cet."))
    published = publish(config)
    assert made == ["03-07 lv", "03-07 en", "feed.xml", "feed.en.xml"]
    reports = [path for path in before if path.parent.name in ("reports", "text", "feeds")]
    assert len(reports) > 6 * (DAYS - 1)
    assert all(path.stat().st_mtime_ns == before[path] for path in reports)
    others = [path for path in before if "site" not in path.parts and path.stat().st_mtime_ns != before[path]]
    assert len(others) < 6 + 2 + 2 + 24 + 12
    past = [path for path in before if path.parent.name in ("captures", "changes")]
    assert len(past) > DAYS
    assert published.written < len(before)
    assert as_from_scratch(config, tmp_path)


def test_a_capture_without_news_makes_nothing(config, made, tmp_path):
    store(config, DAYS, body(DAYS - 1, when="2025. gada II cet.").replace("<p>", "<p >"))
    publish(config)
    assert made == []
    assert as_from_scratch(config, tmp_path)


def test_a_late_capture_makes_those_around_it(config, made, tmp_path):
    store(config, 2.5, body(7, when="2025. gada II cet."))
    publish(config)
    assert made[:4] == ["03-03 lv", "03-03 en", "03-04 lv", "03-04 en"]
    assert all(one.startswith("feed") for one in made[4:])
    assert as_from_scratch(config, tmp_path)


def test_a_feed_is_made_where_it_has_something_new(config, made):
    store(config, DAYS, body(DAYS - 1, when="2025. gada III cet."))
    publish(config)
    assert made[2:] == ["feed.xml", "feed.en.xml", "feeds/desk.xml"]


def test_without_the_caches_what_stands_still_stands(config, made, tmp_path):
    shutil.rmtree(config.state)
    store(config, DAYS, body(DAYS, when="2025. gada II cet."))
    publish(config)
    assert made[:2] == ["03-07 lv", "03-07 en"]
    assert as_from_scratch(config, tmp_path)


@pytest.mark.parametrize("damage", ["gone", "cut", "record gone", "killed"])
def test_what_is_damaged_is_made_again(config, made, damage, tmp_path):
    victim = config.output / "reports" / "2025-03-03T0630.lv.html"
    if damage == "gone":
        victim.unlink()
    elif damage == "cut":
        os.truncate(victim, 100)
    elif damage == "record gone":
        (config.output / ".inputs.json").unlink()
    else:  # what a killed writer leaves behind: nobody knows which of its files came into place
        (config.output / ".staging").mkdir()
    store(config, DAYS, body(DAYS, when="2025. gada II cet."))
    publish(config)
    all_of_them = 2 * DAYS + 3
    assert len(made) == {"gone": 5, "cut": 5}.get(damage, all_of_them)
    made.clear()
    assert as_from_scratch(config, tmp_path)


def test_other_code_makes_all_anew(config, made, monkeypatch):
    monkeypatch.setattr(publication, "code_digest", lambda: "other")
    store(config, DAYS, body(DAYS, when="2025. gada II cet."))
    publish(config)
    assert len(made) == 2 * DAYS + 3


def test_another_publisher_stands_in_all_reports(config, made, tmp_path):
    text = config.path.read_text("utf-8").replace("Paraugministrija", "Cita ministrija")
    config.path.write_text(text, "utf-8")
    config = load(config.path)
    publish(config)
    assert len([one for one in made if not one.startswith("feed")]) == 2 * (DAYS - 1)
    assert as_from_scratch(config, tmp_path)


def late(config: Config, rng: Random, step: int) -> None:
    store(config, rng.randrange(step) + rng.random() / 2, body(rng.randrange(9)))


def wrecked(config: Config, rng: Random, step: int) -> None:
    store(config, step + 0.1, page(0))


def accepted(config: Config, rng: Random, step: int) -> None:
    decisions.accept(config.raw, rng.choice(list(Archive(config.raw).captures("fondi"))), "so it is")


def redacted(config: Config, rng: Random, step: int) -> None:
    first = next(iter(Archive(config.raw).captures("fondi")))
    words = ("redact", first.id, "--words", PERSON, "--everywhere", "--reason", "asked", "-q")
    assert pasakumi(config.path.parent, *words).code in (0, 2, 3)  # 2: nothing is left of it


def rewritten(config: Config, rng: Random, step: int) -> None:
    """Contacts hidden or shown, another filter of the subscriber's."""
    lines = config.path.read_text("utf-8").splitlines()
    lines[0] = f"publish_contacts = {str(rng.random() < 0.5).lower()}"
    lines[-1] = f'only = ["{rng.choice(["milestone_moved", "funding_changed"])}"]'
    config.path.write_text("\n".join(lines) + "\n", "utf-8")


def removed(config: Config, rng: Random, step: int) -> None:
    for path in sorted(config.output.glob("reports/*"))[:: rng.randrange(1, 9)]:
        path.unlink()


def forgotten(config: Config, rng: Random, step: int) -> None:
    shutil.rmtree(config.state, ignore_errors=True)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 12))])
def test_whatever_happens_it_is_as_from_scratch(tmp_path, seed):
    rng = Random(seed)  # noqa: S311
    config = configured(tmp_path)
    store(config, 0, body(0))
    happenings = [late, wrecked, accepted, redacted, rewritten, removed, forgotten]
    for step in range(1, 11 if seed else 4):
        store(config, step, body(rng.randrange(4), when=f"2025. gada {rng.choice(['I', 'II'])} cet."))
        for happening in rng.sample(happenings, rng.randrange(3)):
            happening(config, rng, step)
        config = load(config.path)
        publish(config)
        assert as_from_scratch(config, tmp_path)


def test_processes_day_by_day(tmp_path):
    """The same with the command: reports that stand keep their time, and a rebuild changes no byte."""
    config = configured(tmp_path)
    times: dict[Path, int] = {}
    for day in range(4):
        store(config, day, body(day))
        assert pasakumi(tmp_path, "run", "--offline", "-q").code == 0
        now = {path: path.stat().st_mtime_ns for path in (tmp_path / "output").glob("reports/*")}
        assert {path: now[path] for path in times} == times
        assert len(now) == len(times) + (6 if day else 0)
        times = now
    told = contents(tmp_path / "output")
    (tmp_path / "output" / "reports" / "2025-03-02T0630.en.md").write_text("x" * 5)
    assert pasakumi(tmp_path, "rebuild", "-q").code == 0
    assert contents(tmp_path / "output") == told
