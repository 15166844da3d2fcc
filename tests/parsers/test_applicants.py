"""Applicants: what kind each is (tests/cases/applicants.json and more), and where one ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import applicant_stems, applicants
from tests.growth import is_linear

CASES = json.loads((Path(__file__).parents[1] / "cases" / "applicants.json").read_text(encoding="utf-8"))
SEEN_LATER = json.loads(
    (Path(__file__).parents[1] / "cases" / "applicants_seen.json").read_text(encoding="utf-8")
)
MADE_UP = json.loads(
    (Path(__file__).parents[1] / "cases" / "applicants_more.json").read_text(encoding="utf-8")
)
KINDS = {
    "municipality",
    "state_institution",
    "university",
    "school",
    "research",
    "company",
    "ngo",
    "person",
    "other",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_real_names(case: dict[str, str]) -> None:
    assert applicants.applicant_type(case["name"]) == case["applicant_type"]


@pytest.mark.parametrize("case", MADE_UP, ids=lambda case: str(case["text"])[:60])
def test_where_one_ends(case: dict[str, Any]) -> None:
    assert [a.name for a in applicants.read(case["text"])] == case["applicants"]


@pytest.mark.parametrize("case", SEEN_LATER, ids=lambda case: str(case["text"])[:40])
def test_lists_seen_on_a_page(case: dict[str, Any]) -> None:
    found = applicants.read(case["text"])
    assert [{"name": a.name, "applicant_type": a.applicant_type} for a in found] == case["applicants"]


TYPES = {
    "municipality": [
        "Rīgas dome", "pašvaldību iestādes", "Pašvaldības un to iestādes", "pašvaldību aģentūras",
        "Bauskas novads",
        "sociālais dienests", "Bauskas novada muzejs", "Pašvaldība vai pašvaldības iestāde", "pasvaldibas",
        "Rīgas domes Izglītības, kultūras un sporta departaments",
    ],
    "state_institution": [
        "Valsts kanceleja", "Valsts izglītības satura centrs", "Jaunatnes starptautisko programmu aģentūra",
        "Izglītības un zinātnes ministrija", "Valsts ugunsdzēsības un glābšanas dienests",
        "Latvijas Banka", "CFLA",
        "Sabiedrības integrācijas fonds", "Zemgales plānošanas reģions", "atvasinātas publiskas personas",
        "Izglītības un zinātnes ministrijas padotības iestādes", "Valsts un pašvaldību iestādes",
        "Valsts pārvaldes iestādes, kas dibinājušas vispārējās izglītības iestādes",
        "Ekonomikas ministrija sadarbībā ar pašvaldībām", "Latvijas Zinātnes padome",
    ],
    "university": [
        "Latvijas Universitāte", "augstskolas un koledžas", "augstākās izglītības iestādes",
        "valsts dibinātas augstskolas",
        "Rēzeknes Tehnoloģiju akadēmija",
    ],
    "school": [
        "profesionālās izglītības iestādes (kas īsteno vispārējo izglītību)", "speciālās izglītības iestādes",
        "pašvaldības dibinātas izglītības iestādes", "Rīgas Valsts tehnikums", "vidusskolas",
        "valsts ģimnāzijas",
        "Valsts dibināto augstskolu izglītības iestādes, kas īsteno profesionālās programmas",
        "izglitibas iestades",
        "Kultūras ministrijas padotībā esošās profesionālās izglītības iestādes",
    ],
    "research": [
        "zinātniskie institūti", "pētniecības organizācijas", "Latvijas Zinātņu akadēmija",
        "pētniecības un zināšanu izplatīšanas organizācijas",
        "Latvijas Universitātes Cietvielu fizikas institūts",
    ],
    "company": [
        'AS "Latvenergo"', 'A/S "Rīgas siltums"', 'valsts akciju sabiedrība "Latvijas Valsts ceļi"',
        "uzņēmumi",
        '"Rīgas ūdens", SIA', "pašvaldību kapitālsabiedrības",
        "Sīkie (mikro), mazie un vidējie komersanti (MVK)",
        "kooperatīvās sabiedrības", "zemnieku saimniecības", "jaunuzņēmumi", "kredītiestādes",
        "Latvijas Republikas Uzņēmumu reģistrā reģistrēts komersants", "Komersanti, kas reģistrēti Latvijā",
    ],
    "ngo": [
        "Biedrības un nodibinājumi", "reliģiskās organizācijas", "sociālie partneri",
        "Latvijas Pašvaldību savienība",
        "nozaru asociācijas", 'nodibinājums "Rīgas Tehniskās universitātes Attīstības fonds"',
        "darba devēju organizācijas",
        "biedrība Latvijas Universitātes studenti", "vietējās rīcības grupas", "dzīvokļu īpašnieku biedrības",
    ],
    "person": [
        "fiziskas personas", "jaunieši", "nodarbinātie", "pašnodarbinātas personas",
        "personas ar invaliditāti",
        "mājsaimniecības", "pedagogi", "iedzīvotāji",
    ],
    "other": [
        "juridiskas personas", "fiziskas un juridiskas personas", "ārstniecības iestādes",
        "iedzīvotāju grupas", "zvejnieki",
        "", "X",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in TYPES.items() for name in names])
def test_types(kind: str, name: str) -> None:
    assert applicants.applicant_type(name) == kind


def test_the_table_speaks_the_vocabulary() -> None:
    assert {kind for kind, _ in (*applicant_stems.STEMS, *applicant_stems.LEGAL_FORMS)} <= KINDS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pašvaldības, profesionālās izglītības iestādes (kas īsteno vispārējo izglītību)",
            ["Pašvaldības", "profesionālās izglītības iestādes (kas īsteno vispārējo izglītību)"],
        ),
        (
            "Pašvaldības; biedrības un nodibinājumi; komersanti",
            ["Pašvaldības", "biedrības un nodibinājumi", "komersanti"],
        ),
        ("• Pašvaldības;\n• biedrības un\n• nodibinājumi.", ["Pašvaldības", "biedrības", "nodibinājumi"]),
        ("1) pašvaldības, 2) biedrības", ["pašvaldības", "biedrības"]),
        ("a) pašvaldības b) biedrības", ["pašvaldības", "biedrības"]),
        (
            "Labklājības ministrija, Nodarbinātības valsts aģentūra",
            ["Labklājības ministrija", "Nodarbinātības valsts aģentūra"],
        ),
        ("CFLA, LIAA", ["CFLA", "LIAA"]),
        ("Jaunieši, seniori", ["Jaunieši", "seniori"]),
        ('SIA "Ogres, Ikšķiles slimnīca", pašvaldības', ['SIA "Ogres, Ikšķiles slimnīca"', "pašvaldības"]),
        ("Augstskolas, koledžas, kā arī biedrības", ["Augstskolas", "koledžas", "biedrības"]),
        (
            "Komersanti, kas reģistrēti Latvijā, biedrības, nodibinājumi",
            ["Komersanti, kas reģistrēti Latvijā", "biedrības", "nodibinājumi"],
        ),
        (
            "Pašvaldības (t.sk. to iestādes), plānošanas reģioni",
            ["Pašvaldības (t.sk. to iestādes)", "plānošanas reģioni"],
        ),
        (
            "Valsts iestādes, atvasinātas publiskas personas",
            ["Valsts iestādes", "atvasinātas publiskas personas"],
        ),
        (
            'Pašvaldība, valsts aģentūra "Brīvdabas muzejs"',
            ["Pašvaldība", 'valsts aģentūra "Brīvdabas muzejs"'],
        ),
        # Words that only introduce.
        ("Projekta iesniedzējs ir Izglītības un zinātnes ministrija.", ["Izglītības un zinātnes ministrija"]),
        ("Projekta iesniedzējs – Kultūras ministrija", ["Kultūras ministrija"]),
        ("Atbalstu var saņemt: komersanti, biedrības", ["komersanti", "biedrības"]),
        ("Atbalstu var saņemt:\n• komersanti\n• biedrības", ["komersanti", "biedrības"]),
        ("1. kārtā – pašvaldības; 2. kārtā – biedrības", ["pašvaldības", "biedrības"]),
        # Partners on their own.
        ("Valsts kanceleja. Sadarbības partneri – ministrijas.", ["Valsts kanceleja"]),
        ("Valsts kanceleja\nSadarbības partneri:\n• ministrijas", ["Valsts kanceleja"]),
        ("Tiks precizēts", []),
        ("–", []),
        ("", []),
    ],
)
def test_several(text: str, expected: list[str]) -> None:
    assert [applicant.name for applicant in applicants.read(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Biedrības un nodibinājumi",
        "Mazie, vidējie un lielie komersanti",
        "Sīkie (mikro), mazie un vidējie komersanti",
        "Vispārējās, profesionālās un interešu izglītības iestādes",
        "Izglītības, kultūras un sporta ministrija",
        "Rīgas domes Izglītības, kultūras un sporta departaments",
        "Vidzemes, Latgales un Zemgales plānošanas reģioni",
        "Valsts pārvaldes iestādes, kas dibinājušas skolas, koledžas, t.sk. pirmsskolas, vai tehnikumus",
        "Pašvaldības, piemēram, Rīga, Jelgava",
        "Pašvaldības, un to izveidotās iestādes",
        "Pašvaldības sadarbībā ar biedrībām, nodibinājumiem un skolām",
        "Nodarbinātības valsts aģentūra, sadarbības partneri – pašvaldības, biedrības",
        "Komersanti, izņemot finanšu institūcijas",
        "Komersanti, kuri darbojas rūpniecībā, IKT nozarē vai tūrismā",
        "Pašvaldība, tās iestāde vai kapitālsabiedrība",
        "sociālie uzņēmumi u.c.",
        "institūcija, kas ir reģistrā, vai mazais, vidējais vai lielais komersants",
    ],
)
def test_one_it_stays(text: str) -> None:
    assert [applicant.name for applicant in applicants.read(text)] == [text]


@given(
    st.lists(
        st.sampled_from([n for names in TYPES.values() for n in names if ", " not in n and len(n) > 1]),
        min_size=1,
    )
)
def test_items_and_semicolons_are_read_back(names: list[str]) -> None:
    for text in ("; ".join(names), "\n".join(f"• {name};" for name in names)):
        found = applicants.read(text)
        assert [applicant.name for applicant in found] == names
        assert [text[applicant.start : applicant.end] for applicant in found] == names


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for applicant in applicants.read(text):
        assert applicant.name
        assert text[applicant.start : applicant.end] == applicant.name


@pytest.mark.parametrize(
    "text",
    [
        "izglītības iestāde, " * 9_000,
        "(" * 200_000,
        "a, " * 60_000,
        "1) " * 60_000,
        ". A" * 60_000,
        " " * 200_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_time_is_linear(text: str) -> None:
    assert is_linear(lambda length: applicants.read(text[:length]), len(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Pašvaldības / sporta federācijas", ["Pašvaldības", "sporta federācijas"]),
        ("Vides / dabas aģentūra", ["Vides / dabas aģentūra"]),
        (
            "ministrijas, pašvaldības, Latvijas Nacionālais\narhīvs",
            ["ministrijas", "pašvaldības", "Latvijas Nacionālais\narhīvs"],
        ),
        ("pašvaldības, biedrības\nnodibinājumi", ["pašvaldības", "biedrības", "nodibinājumi"]),
    ],
)
def test_strokes_and_broken_lines(text: str, names: list[str]) -> None:
    assert [applicant.name for applicant in applicants.read(text)] == names


def test_an_applicant_that_is_told_with_its_partner() -> None:
    read = applicants.read("institūti (reģistrēti reģistrā), komersanti sadarbībā ar zinātnisko institūciju")
    assert [each.name for each in read] == [
        "institūti (reģistrēti reģistrā)",
        "komersanti sadarbībā ar zinātnisko institūciju",
    ]
