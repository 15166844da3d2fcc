"""A person found and blocked out however the page is written, and nothing else of it touched."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.page import parse_page
from pipeline.redaction_text import Person, redact
from tests.pipeline.site import EMAIL, PERSON, PHONE, page

NAMES = ["Anna Paraudziņa"]


def words_mode(text: str, words: list[str], encoding: str = "utf-8") -> str:
    content = text.encode(encoding)
    read = parse_page(content, None)
    return redact(content, None, None, Person(read, words)).content.decode(encoding)


def shell(inner: str) -> str:
    return f"<!doctype html><html lang=lv><body><p>Ž. Ievads.</p>{inner}<p>Beigas.</p></body></html>"


@pytest.mark.parametrize(
    "written",
    [
        "Anna Paraudziņa",
        "Paraudziņa Anna",
        "Annai Paraudziņai",
        "<b>Anna</b> <i>Paraudziņa</i>",
        "<b>An</b>na Para<span class=x>udziņa</span>",
        "Anna<br>Paraudziņa",
        "Anna&nbsp;Paraudzi&#326;a",
        "Anna Paraudzi&#x146;a",
        "Anna Paraudzin\u0327a",
        "Anna Parau\u00addziņa",
        '<a href="/darbinieki/anna-paraudzina">darbiniece</a>',
        '<a href="https://ministry.example/cilveki/Anna_Paraudzina.html?x=1">viņa</a>',
        '<a href="/c/Anna%20Paraudzi%C5%86a">viņa</a>',
        '<img alt="Anna Paraudziņa" src="x.png">',
        '<script>{"name": "Anna Paraudzi\\u0146a"}</script>',
        "<!-- Anna Paraudziņa -->",
        "<td>Anna</td><td>Paraudziņa</td>",
        '<a href="mailto:anna.paraudzina@ministry.example">rakstīt</a>',
        "A. Paraudziņa",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1257"])
def test_every_way_of_writing_a_name(written, encoding):
    text = (
        shell(f"<p>Jautājumi: {written}, vadītāja.</p>")
        .encode(encoding, "xmlcharrefreplace")
        .decode(encoding)
    )
    done = words_mode(text, NAMES, encoding)
    seen = html.unescape(done).casefold()
    assert "paraudzi" not in seen.replace("\u00ad", "")
    assert "udzi" not in seen
    assert "Ž. Ievads." in done
    assert ", vadītāja." in done


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (["67000123"], "tālr. +371 67 000 123"),
        (["+37167000123"], '<a href="tel:67000123">zvanīt</a>'),
        (["anna@ministry.example"], "anna@ministry.example"),
        (["anna@ministry.example"], '<a href="mailto:Anna@ministry.example?subject=x">rakstīt</a>'),
        (["anna@ministry.example"], "<a href='mailto:anna@ministry.example'>rakstīt</a>"),
    ],
)
def test_numbers_and_addresses(words, written):
    done = words_mode(shell(f"<p>Jautājumi: {written}</p>"), words)
    assert "67" not in done
    assert "anna" not in done.casefold()
    assert done.count("<") == shell(written).count("<") + 2
    assert done.endswith("<p>Beigas.</p></body></html>")


def test_a_name_takes_along_what_is_printed_beside_it():
    done = words_mode(page(3), [PERSON])
    assert not {PERSON, PHONE, EMAIL} & set(done.split())
    for secret in (PERSON, PHONE, EMAIL, "Paraudz"):
        assert secret not in done


def test_other_people_stay():
    text = page(2).replace(
        "</main>", "<p>Kontaktinformācija</p><p>Jānis Ozols, tālr. 67111222, janis.ozols@x.example</p></main>"
    )
    done = words_mode(text, [PERSON])
    assert "Jānis Ozols, tālr. 67111222, janis.ozols@x.example" in done
    assert "Paraudz" not in done


def test_without_words_all_contacts_go():
    text = page(2).replace(
        "</main>", "<p>Kontaktinformācija</p><p>Jānis Ozols, tālr. 67111222, janis.ozols@x.example</p></main>"
    )
    done = words_mode(text, [])
    assert "Ozols" not in done
    assert "67111222" not in done
    assert "@" not in done
    assert parse_page(done.encode()).measures[0].eu_funding_eur == 1_000_000


def test_what_is_not_there_changes_nothing():
    assert words_mode(page(2), ["Jānis Ozols"]) == page(2)


def test_the_rest_of_the_page_is_read_as_before():
    before, after = parse_page(page(4).encode()), parse_page(words_mode(page(4), [PERSON]).encode())
    plain = [one._replace(contacts=(), links=(), start=0, end=0) for one in before.measures]
    assert [one._replace(contacts=(), links=(), start=0, end=0) for one in after.measures] == plain
    assert len(after.text) == len(before.text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.text(alphabet="<>&;\"'=/ab%41\\u0", max_size=60))
def test_any_text_survives(before, after):
    content = f"{before} Anna Paraudziņa {after}".encode("utf-8", "replace")
    done = redact(content, None, None, Person(parse_page(content), NAMES)).content
    assert "Paraudziņa" not in done.decode("utf-8", "replace") or parse_page(content).media == "binary"
