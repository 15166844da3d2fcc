"""Telephone numbers and e-mail addresses, and what only looks like one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from parsers import means

PHONE = "+37167047871"
EMAIL = "anna.ozola@izm.gov.lv"


@pytest.mark.parametrize(
    "text",
    [
        "67047871", "6 704 7871", "67 047 871", "67 04 78 71", "67-047-871", "67.047.871", "(67)047871",
        "+371 67 047 871", "+371  67047871", "(371) 67047 871", "(+371)67047871", "+371 (67) 047871",
        "00371 67047871", "37167047871", "371 67047871", "+371-67047871", "tel:+37167047871", "tālr.67047871",
        "+371\u00a067\u00a0047\u00a0871", "67047871.", "67047871 110. kab.", "tālr./fakss: 67047871",
        "8:30-16:00 67047871", "tālr. 67047871, fakss: 67047872",
    ],
)  # fmt: skip
def test_one_number(text: str) -> None:
    (found,) = means.phones(text)
    assert found.value == PHONE
    assert text[found.start : found.end] == text[found.start : found.end].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("67047871/67047872", ["+37167047871", "+37167047872"]),
        ("67047871,29123456", ["+37167047871", "+37129123456"]),
        ("67 047 871 67 047 872", ["+37167047871", "+37167047872"]),
        ("800 00 800", ["+37180000800"]),
        ("tālr. 90001234", ["+37190001234"]),
        ("+370 5 212 3456", ["+37052123456"]),
        ("+32 2 296 11 11", ["+3222961111"]),
    ],
)
def test_other_numbers(text: str, expected: list[str]) -> None:
    assert [found.value for found in means.phones(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "40003052790", "reģ. Nr. 90000022399", "4000 3052 790", "90001234", "21 500 000", "21 500 000 EUR",
        "21 452 501 *",
        "finansējums 26 123 456", "20 000 000,00", "20.05.2025", "28.02.2025.", "2025-05-15",
        "2021.–2027. gads",
        "2021-2027", "LV-1050", "LV80 HABA 0551 0290 2412 3", "LV12 TREL 2130 0530 2300 0", "fakss: 67093956",
        "67093956 (fakss)", "+371 6704787", "670478711", "4.2.1.1/1/24/A/001", "https://x.lv/67047871",
        "protokols Nr. 20241234", "programmas-20212027-gadam", "2024. gada 15. maijā plkst. 10.00",
    ],
)  # fmt: skip
def test_no_number(text: str) -> None:
    assert means.phones(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "anna.ozola@izm.gov.lv", "anna.ozola[at]izm.gov.lv", "anna.ozola(at)izm.gov.lv",
        "anna.ozola(et)izm.gov.lv",
        "anna.ozola @ izm.gov.lv", "anna.ozola @izm.gov.lv", "anna.ozola@ izm.gov.lv",
        "anna.ozola{at}izm.gov.lv",
        "anna[.]ozola[at]izm[.]gov[.]lv", "anna.ozola AT izm DOT gov DOT lv", "anna.ozola[@]izm.gov.lv",
        "anna dot ozola at izm dot gov dot lv", "anna.ozola (at) izm (dot) gov (dot) lv",
        "epasts:anna.ozola@izm.gov.lv.",
        "<anna.ozola@izm.gov.lv>", "anna.ozola@izm.gov.lv.Tālrunis", "anna.ozola@izm.gov.lv.Tel",
        "mailto:anna.ozola@izm.gov.lv?subject=x",
    ],
)  # fmt: skip
def test_one_address(text: str) -> None:
    assert [found.value for found in means.emails(text)] == [EMAIL]


@pytest.mark.parametrize(
    "text", ["seko @izm_gov_lv", "seko @izm.lv", "anna@izm", "Anna at izm.gov.lv", "@", "a@@b"]
)
def test_no_address(text: str) -> None:
    assert means.emails(text) == []


def test_a_latvian_number_costs_no_import_of_phonenumbers() -> None:
    code = (
        "import sys; from parsers import contacts; contacts.read('Anna Ozola, +371 67047871, a@b.lv');"
        "raise SystemExit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("mailto:anna.ozola@izm.gov.lv?subject=a", (None, EMAIL)),
        ("mailto:%20anna.ozola@izm.gov.lv", (None, EMAIL)),
        ("tel:67047871", (PHONE, None)),
        ("https://izm.gov.lv", (None, None)),
        ("", (None, None)),
    ],
)
def test_links(href: str, expected: tuple[str | None, str | None]) -> None:
    assert means.from_link(href) == expected


@pytest.mark.parametrize(
    "address",
    ["vards.uzvards@izm.gov.lv", "vārds.uzvārds@izm.gov.lv", "name.surname@km.gov.lv", "a.ozNOSPAM@km.lv"],
)
def test_an_address_that_only_shows_how_addresses_are_made_is_nobodys(address):
    assert means.emails(f"e-pasts: {address}") == []
