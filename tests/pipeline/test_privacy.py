from __future__ import annotations

from pathlib import Path

import pytest

from parsers.findings import finding
from parsers.page import parse_page
from parsers.records import Applicant, Contact, Coverage, Evidence, Link, Narrative, Page, Span
from pipeline import tables
from pipeline.mentions import sighted
from pipeline.privacy import redact
from pipeline.redactor import BLOCK, Redactor, blank
from tests.factories import Capture, Source, State, Writer, contact, full_page, measure
from tests.pipeline import site

PERSON = Contact("Ieva Paraudziņa", "+37167000123", "ieva.paraudzina@ministry.example")
SECRETS = ("Ieva", "Paraudziņ", "paraudzin", "67000123", "67 000 123", "670001", "@ministry")


def hide(*contacts: Contact) -> Redactor:
    return Redactor("", contacts)


def gossip() -> Page:
    """A page that tells of its contact in every place it has."""
    writer = Writer()
    who, line = contact(writer, "Ieva Paraudziņa", "67 000 123", "ieva.paraudzina@ministry.example")
    prose = writer.line("Vairāk stāstīs Ieva Paraudziņa vai, bez Ievas Paraudziņas, neviens (67000123).")
    theme = writer.line("Ievai Paraudziņai veltīts temats")
    title = writer.line("Paraudziņas mantojums")
    odd = writer.line("Kontaktinformācija: pie Ilzes")
    writer.measures.append(
        measure(
            title="Paraudziņas mantojums",
            theme="Ievai Paraudziņai veltīts temats",
            objective="Rakstīt uz ieva.paraudzina@ministry.example",
            other_info="Zvanīt 67-000-123 Paraudziņai",
            contacts=(who,),
            applicants=(Applicant("Paraudziņa Ieva", "person"), Applicant("Biedrība Paraugs", "ngo")),
            links=(
                Link("mailto:ieva.paraudzina@ministry.example", "other", "rakstīt"),
                Link("https://ministry.example/darbinieki/ieva-paraudzina?x=1", "other", "Ieva Paraudziņa"),
                Link("https://ministry.example/talr/%2B37167000123", "other", ""),
                Link("https://likumi.example/ta/id/67", "regulation", "MK noteikumi"),
            ),
        )
    )
    words = writer.text[slice(*prose)]
    writer.narrative.append(Narrative("Ievai Paraudziņai veltīts temats", None, *prose, words))
    long = "Teksts, kas nepieder nevienam, " * 3 + "un te ir Ieva Paraudziņa, kas to zina"
    writer.findings += [
        finding("unclaimed_text", text=long),
        finding("unclaimed_text", text=long[:93] + "te ir, teikšu tā, " + "Ieva Paraudziņa-garāks"),
        finding("unreadable_contact", text="pie Ilzes", start=odd.start, end=odd.end, field="contacts"),
    ]
    writer.saw("contacts", "9.1.1.1", 1, name=who.name_span or line, phone=who.phone_span or line)
    writer.saw("measures", "9.1.1.1", None, theme=theme, title=title)
    return writer.page()


def told(page: Page) -> str:
    return repr(page)


def test_nothing_of_a_contact_is_left_anywhere() -> None:
    page = redact(gossip())
    for secret in (*SECRETS, "Ilzes"):
        assert secret not in told(page), secret
    assert all(one.contacts == () for one in page.measures)
    assert {one.table for one in page.evidence} == {"measures"}


def test_spans_and_all_else_stand() -> None:
    before, after = gossip(), redact(gossip())
    assert len(after.text) == len(before.text)
    assert after.text.count("\n") == before.text.count("\n")
    assert after.text.startswith(BLOCK * len("Ieva Paraudziņa") + ", tālr.: ")
    (narrative,) = after.narrative
    assert narrative.text == after.text[narrative.start : narrative.end]
    assert narrative.text.startswith("Vairāk stāstīs ███")
    (one,) = after.measures
    assert [applicant.name for applicant in one.applicants] == [BLOCK * 15, "Biedrība Paraugs"]
    assert [(link.url, link.role) for link in one.links] == [
        ("mailto:█", "other"),
        ("https://ministry.example/█", "other"),
        ("https://ministry.example/█", "other"),
        ("https://likumi.example/ta/id/67", "regulation"),
    ]
    assert one.title == BLOCK * 11 + " mantojums"


def test_a_page_without_contacts_is_as_it_was() -> None:
    page = full_page()
    bare = page._replace(
        text="Fondu atbalsts paraugiem, 1 234 567 eiro",
        measures=tuple(one._replace(contacts=()) for one in page.measures),
        evidence=(),
        narrative=(),
    )
    assert redact(bare) == bare


def test_hiding_twice_is_hiding_once() -> None:
    once = redact(gossip())
    assert redact(once) == once


def test_contacts_in_running_text_are_found() -> None:
    writer = Writer()
    _, line = contact(writer, "Ieva Paraudziņa", "67 000 123", "ieva.paraudzina@ministry.example")
    later = writer.line("Ievas Paraudziņas tālrunis ir 670 00123.")
    page = writer.page()
    stray = page._replace(coverage=Coverage(len(page.text), 0, (Span(*line),), 0))
    for one in (stray, page._replace(narrative=(Narrative(None, None, *line, page.text[slice(*line)]),))):
        hidden = redact(one)
        for secret in SECRETS:
            assert secret not in told(hidden)
        assert hidden.text[slice(*later)] == f"{BLOCK * 17} tālrunis ir {BLOCK * 9}."


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Anna Bērziņa", "Annai Bērziņai"),
        ("Anna Bērziņa", "BĒRZIŅA ANNA"),
        ("Jānis Lācis", "Jāņa Lāča"),
        ("Jānis Lācis", "Lāci"),
        ("Juris Briedis", "Jurim Briedim"),
        ("Juris Briedis", "Jura Brieža"),
        ("Pēteris Upītis", "Pētera Upīša"),
        ("Evelina Bole", "Evelinas  Boles"),
        ("Zane Liepa-Ozola", "Zanes Liepas - Ozolas"),
        ("Projektu daļa", "projektu daļas"),
    ],
)
def test_a_name_is_found_in_every_case(name: str, written: str) -> None:
    hidden = hide(Contact(name, None, None)).text(f"tur {written} ir")
    assert hidden == f"tur {BLOCK * len(written)} ir"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Anna Liepa", "Liepājas dome, liepas un Annenieku pagasts"),
        ("Jānis Kalns", "kalna galā, Kalnciema iela"),
        ("Projektu daļa", "Projektu vadība, pirmā daļa, daļas"),
        ("Ilze Roze", "2024. gada IV cet., 3 697 500 eiro, 4.2.1.1."),
    ],
)
def test_other_words_stand(name: str, words: str) -> None:
    assert hide(Contact(name, "+37167000123", None)).text(words) == words


@pytest.mark.parametrize(
    "written",
    ["67000123", "+371 67000123", "67 000 123", "(+371) 67-000-123", "00371 670 00 123", "6 7 0 0 0 1 2 3"],
)
def test_a_number_is_found_in_every_grouping(written: str) -> None:
    hidden = hide(PERSON).text(f"zvanīt {written}, rīt")
    assert "123" not in hidden
    assert "000" not in hidden
    assert len(hidden) == len(f"zvanīt {written}, rīt")


def test_a_printed_form_that_is_no_address_is_found() -> None:
    text = "ieva.paraudzina [pie] ministry.example"
    hidden = Redactor(text, [Contact(None, None, "a@b.example", email_span=Span(0, len(text)))])
    assert hidden.text(f"Rakstīt {text}!") == f"Rakstīt {BLOCK * len(text)}!"


def test_blank_keeps_lines_and_length() -> None:
    assert blank("abc\ndef", [Span(1, 5), Span(2, 3), Span(6, 7)]) == "a██\n█e█"
    assert blank("abc", []) == "abc"


def test_time_is_linear_in_text_and_contacts() -> None:
    people = [Contact(f"Anna Uzvārds{'a' * (n % 50)}{n}x", f"+3712{n:07}", None) for n in range(2500)]
    hidden = hide(*people)
    for part in ("Anna ", "a@", "2 ", "a", " ", "20000001"):
        words = part * (100_000 // len(part))
        assert len(hidden.text(words)) == len(words)


def test_output_holds_no_contact_of_a_source_that_hides_them(tmp_path: Path) -> None:
    state = State(Source(publish_contacts=False), Capture(), gossip())
    tables.write(tmp_path, [state], inputs="one")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        content = path.read_bytes()
        for secret in SECRETS:
            assert secret.encode() not in content, path
    frames = [path for path in files if path.suffix == ".parquet"]
    for path in frames:
        from pyarrow import parquet

        words = str(parquet.read_table(path).to_pylist())
        assert not any(secret in words for secret in SECRETS), path
    assert (tmp_path / "tables/contacts.csv").read_text() == "source,measure_id,seq,name,phone,email\n"


def test_sources_hide_contacts_each_for_itself(tmp_path: Path) -> None:
    states = [
        State(Source("closed", publish_contacts=False), Capture("1"), full_page("Ieva Paraudziņa")),
        State(Source("open"), Capture("2"), full_page("Otto Atklātais")),
    ]
    tables.write(tmp_path, states, inputs="one")
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*.*") if path.suffix != ".parquet")
    assert "Otto Atklātais" in everything.decode("utf-8", "replace")
    assert "Paraudziņa" not in everything.decode("utf-8", "replace")


def test_evidence_of_contacts_is_blocked_out_even_where_no_contact_was_read() -> None:
    writer = Writer()
    line = writer.line("Kontakti: trešais kabinets")
    writer.evidence.append(Evidence("contacts", None, 1, "name", *line))
    assert redact(writer.page()).text == BLOCK * len("Kontakti: trešais kabinets")


def test_evidence_says_where_a_contact_stands_whatever_its_own_spans_say() -> None:
    page = gossip()
    (one,) = page.measures
    (who,) = one.contacts
    elsewhere = who._replace(name_span=Span(3, 9), phone_span=Span(0, 2), email_span=Span(1, 5))
    moved = page._replace(measures=(one._replace(contacts=(elsewhere,)),))
    assert redact(moved) == redact(page)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Anna Bērziņa", "Annai Berzinai"),
        ("Anna Bērziņa", "Anna Bērzin\u0327a"),
        ("Anna Bērziņa", "An\u00adna Bēr\u200bziņa"),
        ("Anna Bērziņa", "aberzina"),
        ("I.Ozola", "Ozolas"),
        ("Zane Liepa-Ozola", "Zane Liepa"),
        ("Vaira Vīķe-Freiberga", "Vīķes"),
        ("Anna de la Cruz", "Cruz"),
        ("Jānis Garais", "Garajam"),
        ("Ieva Straja", "Strajai"),
        ("Anna Centriņa", "Centriņas"),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, written: str) -> None:
    hidden = hide(Contact(name, None, None)).text(f"tur {written} ir")
    assert hidden == f"tur {BLOCK * len(written)} ir"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Rīgas Dome", "Dome un Domes lēmums"),
        ("CFLA", "cflas un Latvija"),
        ("Projektu Daļa", "Daļa skolu"),
        ("Informācija", "informācija par atbalstu"),
    ],
)
def test_words_of_a_body_are_no_surname(name: str, words: str) -> None:
    assert hide(Contact(name, None, None)).text(words) == words


@pytest.mark.parametrize(
    "written",
    ["(670) 00123", "67000123/26111111", "67\u201000\u20100123", "6700\u200b0123"],
)
def test_a_number_is_found_between_any_marks(written: str) -> None:
    assert "123" not in hide(PERSON).text(f"zvanīt {written}").replace("26111111", "")


def test_an_amount_with_the_digits_of_a_number_stands() -> None:
    assert hide(PERSON).text("67 000 123 eiro un 67 000 123,00 EUR") == "67 000 123 eiro un 67 000 123,00 EUR"


@pytest.mark.parametrize("written", ["a.b [at] izm.example", "a.b(at)izm.example", "a.b AT izm DOT example"])
def test_an_address_hidden_from_machines_is_hidden(written: str) -> None:
    assert hide().text(f"Raksti: {written}!") == f"Raksti: {BLOCK * len(written)}!"


@pytest.mark.parametrize(
    ("one", "written"),
    [
        (Contact("Paraudziņa Ieva", None, "ieva.paraudzina@ministry.example"), "Paraudziņas"),
        (Contact(None, None, "ieva.paraudzina@ministry.example"), "Ievas Paraudziņas"),
    ],
)
def test_an_address_tells_whose_it_is(one: Contact, written: str) -> None:
    page = Page(
        None, "text", "utf-8", None, None, f"tur {written} ir", (), (), (), (), (), Coverage(0, 0, (), 0)
    )
    named = page._replace(measures=(measure(contacts=(one,)),))
    assert redact(named).text == f"tur {BLOCK * len(written)} ir"
    assert redact(page, sighted([named]).people).text == redact(named).text


def test_people_of_a_history_are_no_bodies_and_come_in_one_order() -> None:
    some = [
        full_page("Ieva Paraudziņa"),
        full_page("Centrālā finanšu un līgumu aģentūra"),
        full_page("Otto Atklātais"),
    ]
    people = sighted(some).people
    called = {one.name for one in people if one.name}
    assert {"Ieva Paraudziņa", "Otto Atklātais"} <= called
    assert not any("aģentūra" in name for name in called)
    assert people == sighted(reversed(some)).people


LISTED = (
    "<h2>Kontaktpersonas</h2><table><tr><td>Zane Izdoma</td><td>26111111</td></tr></table>",
    "<h2>Kontaktpersona</h2><p>Zane Izdoma</p>",
    "<div><div>Zane Izdoma</div><div>Vecākā eksperte</div><div>26 111 111</div></div>",
    "<p>PAR LAPU ATBILD: ZANE IZDOMA, TĀLR. 26 111 111</p>",
    "<footer><p>Zane Izdoma, 26111111</p></footer>",
)


@pytest.mark.parametrize("listed", LISTED)
def test_people_that_a_page_lists_outside_of_measures_are_hidden(listed: str) -> None:
    hidden = redact(parse_page(site.page(1, more=listed).encode(), None)).text.casefold()
    assert "izdom" not in hidden
    assert "26111111" not in hidden.replace(" ", "")
    assert "pašvaldības" in hidden


def test_an_amount_alone_in_a_cell_is_no_number() -> None:
    table = "<table><tr><td>Kopā skolām</td><td>29 559 160</td></tr></table>"
    page = site.page([table, site.measure(1)])
    assert "29 559 160" in redact(parse_page(page.encode(), None)).text
