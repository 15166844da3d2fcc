"""Pages of the site that stand: made again where what they are made from is another, and only there."""

from __future__ import annotations

import json
import shutil
from contextlib import chdir
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from lxml import html

from pipeline import publication
from pipeline.archive import Archive
from pipeline.cli import main
from pipeline.config import Config, load
from pipeline.run import publish
from pipeline.site import measures, months, pages, past, texts
from tests.pipeline.site import EMAIL, PERSON, capture, measure, page, sources

DAY = datetime(2025, 1, 20, 6, 30, tzinfo=UTC)
OTHER = ("[[source]]", 'id = "otra"', 'url = "https://other.example/"', 'publisher = "Otrā ministrija"')
SHARED = ("index", "timeline", "measures", "findings", "sources", "data", "changes")


def body(number: int, amount: int = 1, quarter: str = "I", *, others: int = 2) -> str:
    """A page whose first measure has this number, amount (million euro) and quarter."""
    first = measure(number, amount=f"{amount} 000 000", when=f"2025. gada {quarter} cet.")
    return page([first, *(measure(number + 1 + more) for more in range(others))])


def store(config: Config, day: float, content: str, source: str = "fondi") -> None:
    capture(config.raw, content, DAY + timedelta(days=day), source)


@pytest.fixture
def config(tmp_path) -> Config:
    """Two sources of three measures each; one changed in January and February, the other in March."""
    config = load(sources(tmp_path, *OTHER))
    for day in (0, 1, 20):
        store(config, day, body(1, amount=day + 1))
    for day in (0.5, 50):
        store(config, day, body(11, amount=int(day) + 1), "otra")
    publish(config)
    return config


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """The pages, without their language, that were made from now on, each once a language."""
    seen: list[str] = []
    for module in (measures, months, pages, past, texts):

        def kept(template, place, context, make=module.page):
            seen.append(place.path)
            return make(template, place, context)

        monkeypatch.setattr(module, "page", kept)
    return seen


@pytest.fixture
def short(monkeypatch) -> None:
    """Histories are long after two changes."""
    monkeypatch.setattr(past, "MOST", 2)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def from_scratch(config: Config, folder: Path) -> dict[str, bytes]:
    """What is made of raw/ where nothing stands and nothing is remembered."""
    anew = config._replace(output=folder / "anew", state=folder / "anew-state")
    shutil.rmtree(anew.output, ignore_errors=True)
    shutil.rmtree(anew.state, ignore_errors=True)
    publish(anew)
    return contents(anew.output)


def test_only_pages_with_news_are_made(config, made, tmp_path):
    store(config, 51, body(1, amount=7))
    publish(config)
    shared = [f"{name}.html" for name in SHARED]
    own = [f"measures/4.9.9.{number}.html" for number in (1, 2, 3)]
    again = ["changes/2025-03.html", "changes/2025-02.html"]  # the one before tells how many there are
    assert sorted(one for one in made if not one.startswith("captures/")) == sorted(
        2 * [*shared, *own, *again]
    )
    assert len([one for one in made if one.startswith("captures/")]) == 2
    assert contents(config.output) == from_scratch(config, tmp_path)


def test_a_new_month_makes_the_one_before_and_no_older_one(config, made, tmp_path):
    store(config, 90, body(11, amount=8), "otra")
    publish(config)
    assert {one for one in made if one.startswith("changes/")} == {
        "changes/2025-03.html",
        "changes/2025-04.html",
    }
    assert contents(config.output) == from_scratch(config, tmp_path)


def test_a_late_capture_makes_the_measures_that_it_tells_of(config, made, tmp_path):
    """Its page shows the same capture, and another past."""
    store(config, 10, body(1, amount=5))
    publish(config)
    assert [one for one in made if one.startswith("measures/")] == 2 * ["measures/4.9.9.1.html"]
    assert contents(config.output) == from_scratch(config, tmp_path)


def test_a_measure_of_another_page_is_drawn_with_the_day_of_its_own(config):
    """What makes every page anew with every capture is what is avoided here."""
    before = contents(config.output / "site" / "measures")
    store(config, 400, body(1, amount=7))
    publish(config)
    after = contents(config.output / "site" / "measures")
    others = {name for name in before if before[name] == after[name]}
    assert others == {f"4.9.9.{number}.html" for number in (11, 12, 13)}
    assert all(b'class="today"' in after[name] for name in others)


def test_another_contact_stands_on_the_pages_that_name_it(config, made, tmp_path):
    text = config.path.read_text("utf-8")
    config.path.write_text(f'contact = "mailto:fondi@ministry.example"\n{text}', "utf-8")
    config = load(config.path)
    publish(config)
    assert "index.html" in made
    assert not [one for one in made if one.startswith("measures/")]
    assert contents(config.output) == from_scratch(config, tmp_path)


def test_other_code_makes_all_anew(config, made, monkeypatch):
    monkeypatch.setattr(publication, "code_digest", lambda: "other")
    store(config, 51, body(1, amount=7))
    publish(config)
    own = {
        name for name in contents(config.output / "site") if not name.startswith(("data/", "en/", "static/"))
    }
    assert set(made) == own


def test_a_long_history_has_pages_of_its_own_that_stand(config, short, made, tmp_path):
    for day in range(60, 66):
        store(config, day, body(1, amount=day))
    publish(config)
    folder = config.output / "site" / "en" / "measures"
    older = ["4.9.9.1/1.html", "4.9.9.1/2.html"]
    assert sorted(path.relative_to(folder).as_posix() for path in folder.glob("4.9.9.1/*")) == older
    shown = [html.fromstring((folder / name).read_bytes()) for name in (*older, "4.9.9.1.html")]
    assert [len(page.xpath("//li[contains(@class, 'change ')]")) for page in shown] == [2, 2, 4]
    rows = [page.xpath("//table[.//th[text()='From']]/tbody/tr") for page in shown]
    assert [len(some) for some in rows] == [3, 2, 4]  # the first version began with no change
    assert all("first seen" not in row.text_content() for some in rows for row in some[:-1])
    assert set(shown[2].xpath("//a/@href")) >= set(older)
    assert "../../measures/4.9.9.1.html" in shown[0].xpath("//p[@class='crumb']//a/@href")
    for name, one in zip(older, shown, strict=False):
        for address in one.xpath("//a/@href | //link/@href | //script/@src"):
            parts = urlsplit(address)
            if parts.path and not parts.scheme:
                assert ((folder / name).parent / parts.path).resolve().is_file(), address
    made.clear()
    store(config, 66, body(1, amount=66))
    publish(config)
    assert [one for one in made if one.startswith("measures/4.9.9.1/")] == 2 * ["measures/4.9.9.1/3.html"]
    assert contents(config.output) == from_scratch(config, tmp_path)


@pytest.mark.parametrize("damage", ["gone", "cut", "decayed"])
def test_a_page_that_is_not_as_it_was_written_is_made_again(config, made, damage, tmp_path):
    victim = config.output / "site" / "en" / "measures" / "4.9.9.12.html"
    content = victim.read_bytes()
    if damage == "gone":
        victim.unlink()
    else:
        victim.write_bytes(content[:100] if damage == "cut" else content[:-1] + b"x")
    store(config, 51, body(1, amount=7))
    publish(config)
    assert "measures/4.9.9.12.html" in made
    assert contents(config.output) == from_scratch(config, tmp_path)


def late(config: Config, rng: Random, step: int) -> None:
    store(config, rng.randrange(30 * step) + rng.random() / 2, body(1, amount=rng.randrange(1, 9)))


def elsewhere(config: Config, rng: Random, step: int) -> None:
    """The other page, which may state measures of the first one too, or lose some."""
    made = body(rng.choice([1, 2, 11]), rng.randrange(1, 9), others=rng.randrange(1, 4))
    store(config, 30 * step + rng.random(), made, "otra")


def hidden(config: Config, rng: Random, step: int) -> None:
    """Contacts are published no more, or again."""
    text = config.path.read_text("utf-8")
    was = "publish_contacts = true" in text
    old, new = (f"publish_contacts = {str(one).lower()}" for one in (was, not was))
    config.path.write_text(text.replace(old, new, 1), "utf-8")


def renamed(config: Config, rng: Random, step: int) -> None:
    """A page's publisher, a topic, an order of pages."""
    text = config.path.read_text("utf-8")
    config.path.write_text(text.replace("Otrā ministrija", rng.choice(["Trešā", "Otrā ministrija"])), "utf-8")


def redacted(config: Config, rng: Random, step: int) -> None:
    first = next(iter(Archive(config.raw).captures("fondi")))
    words = ["redact", first.id, "--words", PERSON, "--everywhere", "--reason", "asked", "-q"]
    with chdir(config.path.parent):  # no process of its own: that would know no ``short``
        assert main(words) in (0, 2, 3)  # 2: nothing is left of it


def removed(config: Config, rng: Random, step: int) -> None:
    for path in sorted(config.output.glob("site/**/*.html"))[:: rng.randrange(1, 9)]:
        path.unlink()


def forgotten(config: Config, rng: Random, step: int) -> None:
    shutil.rmtree(config.state, ignore_errors=True)


HAPPENINGS = (late, elsewhere, hidden, renamed, redacted, removed, forgotten)


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_after_each_of_what_may_happen_it_is_as_from_scratch(short, config, happening, tmp_path):
    happening(config, Random(1), 3)  # noqa: S311
    config = load(config.path)
    publish(config)
    assert contents(config.output) == from_scratch(config, tmp_path)
    if happening is hidden:
        shown = [name for name, content in contents(config.output).items() if EMAIL.encode() in content]
        assert shown == []


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 12))])
def test_whatever_happens_a_key_stands_for_one_content(short, tmp_path, seed):
    """Not only from one run to the next: of all runs, files of one name and key have the same bytes."""
    rng = Random(seed)  # noqa: S311
    config = load(sources(tmp_path, *OTHER))
    store(config, 0, body(1))
    known: dict[tuple[str, str], str] = {}
    for step in range(1, 13 if seed else 4):
        quarter = rng.choice(["I", "II"])
        store(config, 30 * step, body(1, rng.randrange(1, 4), quarter, others=rng.randrange(1, 4)))
        for happening in rng.sample(HAPPENINGS, rng.randrange(1, 4)):
            happening(config, rng, step)
        config = load(config.path)
        publish(config)
        assert contents(config.output) == from_scratch(config, tmp_path)
        files = json.loads((config.output / ".inputs.json").read_bytes())["files"]
        for name, (_, sha256, key) in files.items():
            if key:
                assert known.setdefault((name, key), sha256) == sha256, name
    assert len(known) > 60
