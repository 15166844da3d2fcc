"""Addresses in text, absolute addresses, and what a link leads to."""

from __future__ import annotations

import pytest

from parsers import links
from tests.growth import is_linear


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("( https://www.cfla.gov.lv/lv/4-2-2-5)", ["https://www.cfla.gov.lv/lv/4-2-2-5"]),
        ("Skat. www.izm.gov.lv, un http://x.lv/a_(b).", ["www.izm.gov.lv", "http://x.lv/a_(b)"]),
        ("(http://x.lv/a_(b))", ["http://x.lv/a_(b)"]),
        ("https://likumi.lv/ta/id/1;https://x.lv", ["https://likumi.lv/ta/id/1", "https://x.lv"]),
        ("„https://x.lv/āboli?x=1&y=2”!", ["https://x.lv/āboli?x=1&y=2"]),
        ("e-pasts: anna@www.lv", []),
    ],
)
def test_addresses_in_text(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in links.find(text)] == expected


@pytest.mark.parametrize(
    ("url", "words", "context", "expected"),
    [
        ("https://likumi.lv/ta/id/343564", "šeit", "", "regulation"),
        (
            "https://vktap.mk.gov.lv/legal_acts/headers/05ac",
            "https://vktap.mk.gov.lv/legal_acts",
            "",
            "regulation",
        ),
        ("https://x.lv/a.pdf", "MK noteikumi Nr. 5", "", "regulation"),
        ("https://x.lv/a.pdf", "šeit", "Ministru kabineta noteikumi pieejami", "regulation"),
        ("https://www.cfla.gov.lv/a.pdf", "MK noteikumi Nr. 5", "", "regulation"),
        ("https://www.cfla.gov.lv/lv/4-2-2-5", "https://www.cfla.gov.lv/lv/4-2-2-5", "", "call"),
        ("https://x.lv/a.pdf", "Projektu iesniegumu atlases nolikums", "Saistošie noteikumi", "call"),
        ("https://tapportals.mk.gov.lv/annotation/11dc", "Anotācija", "", "annotation"),
        ("https://x.lv/a.pdf", "Vadlīnijas", "Normatīvie akti", "other"),
        ("https://likumi.lv/ta/id/1", "MK noteikumi un to vadlīnijas", "", "regulation"),
        ("https://www.cfla.gov.lv/a.pdf", "Rokasgrāmata projektu iesniedzējiem", "", "other"),
        ("https://x.lv/media/5", "Skaidrojums par MK noteikumu piemērošanu", "Saistošie dokumenti", "other"),
        ("https://x.lv/publicitates-vadlinijas.pdf", "šeit", "Normatīvie akti", "other"),
        ("https://x.lv/a.pdf", "2.1.2.1. pasākuma atlases nolikums un vadlīnijas", "", "call"),
        ("https://facebook.com/x", "Facebook", "Saistošie dokumenti", "other"),
        ("http://[bad", "", "", "other"),
    ],
)
def test_roles(url: str, words: str, context: str, expected: str) -> None:
    assert links.role(url, words, context) == expected


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("https://a.lv/b/c", "/d", "https://a.lv/d"),
        ("https://a.lv/b/c", "//c.lv/x", "https://c.lv/x"),
        ("https://a.lv/b", "www.c.lv", "http://www.c.lv"),
        (None, "https://a.lv/x", "https://a.lv/x"),
        (None, "/x", None),
        ("https://a.lv", "mailto:x@y.lv", None),
        ("https://a.lv", "tel:1", None),
        ("https://a.lv", "javascript:void(0)", None),
        ("https://a.lv", "data:text/html,1", None),
        ("https://a.lv", "http://[bad", None),
    ],
)
def test_absolute(base: str | None, href: str, expected: str | None) -> None:
    assert links.absolute(base, href) == expected


@pytest.mark.parametrize("text", ["www." * 50_000, "http://" + ")" * 200_000, "http://a" + "()" * 100_000])
def test_time_is_linear(text: str) -> None:
    assert is_linear(lambda length: links.find(text[:length]), len(text))
