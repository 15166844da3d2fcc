"""Bytes -> text: the encoding is found, not assumed; what is no text is told."""

from unicodedata import is_normalized, normalize

import pytest

from parsers.decoding import decode

WORDS = "Pasākuma mērķis ir šķēršļu mazināšana „Rīgā”, žņaugu ģērbtuve"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding_and_is_no_text(encoding):
    assert decode(WORDS.encode(encoding)).text == WORDS


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zeros(encoding):
    decoded = decode(WORDS.encode(encoding))
    assert (decoded.text, decoded.encoding) == (WORDS, encoding)


def test_valid_utf_8_wins_over_what_page_and_server_say():
    page = f'<meta charset="iso-8859-1"><p>{WORDS}</p>'
    decoded = decode(page.encode(), "windows-1252")
    assert (decoded.text, decoded.encoding, decoded.repaired) == (page, "utf-8", False)


def test_latvian_windows_encoding_is_guessed_without_any_hint():
    assert decode(f"<p>{WORDS}</p>".encode("windows-1257")).text == f"<p>{WORDS}</p>"


def test_charset_of_the_server_is_asked_for_bytes_that_are_no_utf_8():
    words = "Школа и наука"
    assert decode(words.encode("cp1251"), "windows-1251").text == words


def test_one_broken_byte_leaves_the_page_utf_8():
    decoded = decode(WORDS.encode().replace("ģ".encode(), b"\xff"))
    assert decoded.encoding == "utf-8"
    assert decoded.repaired
    assert "šķēršļu" in decoded.text


def test_letters_encoded_twice_are_mended():
    twice = WORDS.replace("„", "").replace("”", "").encode().decode("latin-1")
    decoded = decode(twice.encode())
    assert decoded.text == WORDS.replace("„", "").replace("”", "")
    assert decoded.repaired


def test_a_lone_foreign_letter_is_not_mended():
    words = "Ångström un Ämari, Ã un viss"
    assert decode(words.encode()).text == words


@pytest.mark.parametrize("control", ["\x1b", "\x00", "\x9b", "\x7f"])
def test_control_characters_are_shown_as_such(control):
    decoded = decode(f"Rīga{control}Cēsis".encode())
    assert decoded.text == "Rīga\N{REPLACEMENT CHARACTER}Cēsis"
    assert decoded.controls


def test_letters_and_line_ends_come_in_one_form():
    assert decode("mērķis\r\nRīga\rCēsis".encode()).text == "mērķis\nRīga\nCēsis"


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"", "empty"),
        (b" \n\t\x00", "empty"),
        ("\ufeff \n".encode(), "empty"),
        (b"%PDF-1.7 words", "binary"),
        (b"PK\x03\x04words", "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"4.2.1.1. pas\xc4\x81kums", "text"),
        (b"1 < 2 and a > b", "text"),
        (b"<p>4.2.1.1.</p>", "html"),
        (b"words </BODY>", "html"),
    ],
)
def test_what_the_bytes_are(content, media):
    decoded = decode(content)
    assert decoded.media == media
    assert (decoded.text == "") == (media in {"empty", "binary"})


def test_a_text_is_taken_as_it_is():
    assert decode(WORDS).text == WORDS


def test_every_character_comes_in_its_normal_form_whatever_stands_beside_it():
    for code in (*range(0xA0, 0xD800), *range(0xE000, 0x110000)):
        character = chr(code)
        if character.isprintable() and not is_normalized("NFC", f"<p>a{character}"):
            assert decode(f"<p>a{character}").text == normalize("NFC", f"<p>a{character}")
