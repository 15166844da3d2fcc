"""What opens a measure and what does not; where it ends; themes, rounds, titles."""

import pytest

from parsers.page import parse_page

FIELD = "Mērķis: mācību vide"


def test_a_sentence_behind_the_applicants_tells_the_selection():
    (measure,) = parse_page(
        "<h3>4.3.4.1. pasākums „Iekļaušana”</h3><p>Pieejamais finansējums ir 3 480 000 euro.</p>"
        "<p>Projekta iesniedzējs ir Labklājības ministrija.</p>"
        "<p>Pasākumu īsteno ierobežotas projektu iesniegumu atlases veidā.</p>",
        None,
    ).measures
    assert measure.selection_type == "restricted"
    assert [applicant.name for applicant in measure.applicants] == ["Labklājības ministrija"]


@pytest.mark.parametrize("title", ["Elastība uzņēmumiem", "Inovāciju granti", "Finansējums"])
def test_a_line_in_quotation_marks_is_a_title_however_much_it_looks_like_a_label(title):
    page = "<p><b>1.1.1.5. pasākums</b></p><p><b>“{}”</b></p><p><b>Finansējums</b></p><p>3 milj. EUR</p>"
    (measure,) = parse_page(page.format(title), None).measures
    assert (measure.title, measure.eu_funding_eur) == (title, 3_000_000)


def measures(text):
    return parse_page(text).measures


def ids(text):
    return [measure.measure_id for measure in measures(text)]


@pytest.mark.parametrize(
    "line",
    [
        "4.2.1.5. pasākums „Vide”",
        "4.2.1.5. Vide",
        "Pasākums Nr. 4.2.1.5. „Vide”",
        "Pasākums „Vide” (4.2.1.5.)",
        "4.2.1. SAM „Skola” 4.2.1.5. pasākums „Vide”",
    ],
)
def test_a_line_with_a_code_that_a_label_follows_opens_a_measure(line):
    (measure,) = measures(f"{line}\n{FIELD}")
    assert (measure.code, measure.title, measure.objective) == ("4.2.1.5", "Vide", "mācību vide")


@pytest.mark.parametrize(
    "text",
    [
        "4.2.1.5. pasākums „Vide”",
        "4.2.1.5. pasākums „Vide”\nVienkārši vārdi.",
        f"Šajā gadā 4.2.1.5. pasākumā strādās.\n{FIELD}",
        f"Noteikumi Nr. 4.2\n{FIELD}",
    ],
)
def test_without_code_or_label_there_is_none(text):
    assert ids(text) == []


def test_a_table_of_contents_only_mentions():
    page = parse_page(f"4.2.1.1. pasākums „A”\n4.2.1.2. pasākums „B”\n\n4.2.1.1. pasākums „A”\n{FIELD}")
    assert [measure.code for measure in page.measures] == ["4.2.1.1"]
    assert [finding.text for finding in page.findings if finding.code == "code_without_fields"] == [
        "4.2.1.2. pasākums „B”"
    ]


def test_an_item_among_documents_that_names_a_measure_stays_in_its_field():
    text = "4.2.1.1. pasākums „A”\nSaistošie dokumenti:\n• 4.2.1.2. pasākuma „B” noteikumi\nAtlase: atklāta"
    (measure,) = measures(text)
    assert (measure.code, measure.selection_type) == ("4.2.1.1", "open")


def test_rounds_under_one_code_share_what_stands_before_the_first():
    text = f"4.2.1.1. pasākums „A”\n{FIELD}\n1. kārta\nFinansējums: 100 euro\n2. kārta\nFinansējums: 200 euro"
    first, second = measures(text)
    assert (first.measure_id, second.measure_id) == ("4.2.1.1/1", "4.2.1.1/2")
    assert (first.eu_funding_eur, second.eu_funding_eur) == (100, 200)
    assert first.objective == second.objective == "mācību vide"


def test_a_round_in_the_title_is_no_word_of_it():
    (measure,) = measures(f"4.2.1.1. pasākuma „A” 2. kārta\n{FIELD}")
    assert (measure.measure_id, measure.title) == ("4.2.1.1/2", "A")


def test_rounds_told_within_the_field_of_money():
    rows = (
        "<tr><td>Mērķis<td>mācību vide<tr><td>Finansējums<td>1.kārta – 100 000 euro<br>2.kārta – 200 000 euro"
    )
    found = measures(f"<h3>4.2.1.1. pasākums „A”</h3><table>{rows}</table>")
    assert [(each.measure_id, each.eu_funding_eur) for each in found] == [
        ("4.2.1.1/1", 100_000),
        ("4.2.1.1/2", 200_000),
    ]
    assert {each.objective for each in found} == {"mācību vide"}


def test_a_heading_is_the_theme_of_what_follows():
    html = "".join(
        f"<h2>{theme}</h2><h3>{code} Vide</h3><p>{FIELD}</p>"
        for theme, code in (("Skolām", "4.2.1.1."), ("Muzejiem", "4.2.1.2."))
    )
    assert [measure.theme for measure in measures(html)] == ["Skolām", "Muzejiem"]


def test_a_heading_ends_the_measure_above_it():
    html = "<h3>4.2.1.1. A</h3><p>Mērķis:</p><p>vide</p><h2>Jaunumi</h2><p>Lapas vārdi nav mērķis.</p>"
    page = parse_page(html)
    assert page.measures[0].objective == "vide"
    assert [each.text for each in page.narrative if each.measure_id is None][-1] == "Lapas vārdi nav mērķis."


def test_a_title_below_its_code():
    (measure,) = measures(f"<h3>4.2.1.1.</h3><p>pasākums „A un B”</p><p>{FIELD}</p>")
    assert measure.title == "A un B"


def test_a_title_with_an_open_quotation_goes_on():
    (measure,) = measures(f"4.2.1.1. pasākums „Skola\nun Vide”\n{FIELD}")
    assert measure.title == "Skola un Vide"


@pytest.mark.parametrize(
    "html",
    [
        "<p>Finansējums</p><p><b>100 eiro</b></p><p>Atlases veids</p><p><b>atklāta</b></p>"
        "<p>Atlases sākums</p><p><b>2025. gada maijs</b></p>",
        "<div><span>Atlases veids</span><b>atklāta</b></div><div><span>Pieejamais finansējums</span>"
        "<b>100 eiro</b></div><div><span>Projektu iesniegšanas sākums</span><b>2025. gada maijā</b></div>",
        "<p><i>Projektu atlases uzsākšana</i>2025. gada maijs</p><p><i>Finansējums</i>100 eiro<br>"
        "<i>Atlase</i>Atklāta</p>",
    ],
)
def test_values_set_stronger_than_their_labels_or_touching_them(html):
    (measure,) = measures(f"<h3>4.2.1.1. pasākums „A”</h3>{html}")
    assert (measure.eu_funding_eur, measure.selection_type) == (100, "open")
    assert [(step.kind, step.period) for step in measure.milestones] == [("selection_start", "2025-05")]


def test_a_step_above_its_period_is_of_the_schedule_whatever_field_is_open():
    steps = "Projektu īstenošanas noslēgums\n31.12.2028.\nAtlases uzsākšana\n2025. g."
    (measure,) = measures(f"4.2.1.1. pasākums „A”\n{FIELD}\n{steps}")
    assert measure.objective == "mācību vide"
    assert [(step.kind, step.period) for step in measure.milestones] == [
        ("completion", "2028-12-31"),
        ("selection_start", "2025"),
    ]


def test_a_bold_heading_below_an_empty_bold_label_is_no_value():
    html = f"<p><b>4.2.1.1. pasākums „A”</b></p><p>{FIELD}</p><p><b>Kontakti</b></p><p><b>Skolām</b></p>"
    page = parse_page(f"{html}<p><b>4.2.1.2. pasākums „B”</b></p><p>{FIELD}</p>")
    assert [(each.code, each.theme) for each in page.measures] == [("4.2.1.1", None), ("4.2.1.2", "Skolām")]


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        ("Projektu iesniedzēji\nSkolas", "Valsts atbalsta noslogojums", "To apstiprinās nākamajā gadā."),
        ("Finansējums\n100 euro", "Makroekonomiskā ietekme", "Tā ir pozitīva visos reģionos."),
        ("Atlases veids\natklāta", "Publicitātes prasības", "Tās ir vienādas visiem projektiem."),
        ("Termiņi\n2025. gads – atlases uzsākšana", "Papildu iespējas", "Par tām rakstīsim vēlāk."),
    ],
)
def test_a_plain_line_that_the_field_cannot_take_is_an_unknown_label(before, line, after):
    page = parse_page(
        f"4.2.1.1. pasākums „A”\nMērķis\nVide\n{before}\n{line}\n{after}\nKontakti\nAnna Alksne"
    )
    assert [each.text for each in page.findings if each.code == "unknown_label"] == [line]
    assert after in [each.text for each in page.narrative]


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        ("Projektu iesniedzēji\nSkolas", "Latvijas universitātes", "Tās piedalās kopā ar skolām."),
        ("Mērķis\nVide", "Mācību vides pilnveide", "Tā notiks visās skolās."),
        ("Atlases veids\natklāta", "Ierobežota projektu atlase", "Tā notiks otrajā kārtā."),
    ],
)
def test_a_plain_line_that_the_field_may_take_is_none(before, line, after):
    text = f"4.2.1.1. pasākums „A”\n{before}\n{line}\n{after}\nKontakti\nAnna Alksne\nCita informācija\nNav"
    assert [each.text for each in parse_page(text).findings if each.code == "unknown_label"] == []


@pytest.mark.parametrize(
    ("html", "objective"),
    [
        (
            "<p><b>Mērķis</b></p><p>Paredzēts:</p><ul><li><b>Apmācība:</b> klātienē;</li>"
            "<li><b>Informēšana:</b> kampaņas.</li></ul><p>Visās skolās.</p>",
            "Paredzēts:\nApmācība: klātienē;\nInformēšana: kampaņas.\nVisās skolās.",
        ),
        (
            "<p><b>Mērķis:</b> vide, tostarp:</p><ol><li>Prioritāte: lauki</li><li>Mērķa grupa: jaunieši</li>"
            "<li>Sasniedzamie rezultāti: 5 skolas</li></ol>",
            "vide, tostarp:\nPrioritāte: lauki\nMērķa grupa: jaunieši\nSasniedzamie rezultāti: 5 skolas",
        ),
        (
            "<p><b>Mērķis</b></p><ul><li>veidot vidi</li><li><b>Papildu informācija:</b> bukleti</li></ul>",
            "veidot vidi\nPapildu informācija: bukleti",
        ),
    ],
)
def test_items_of_a_list_within_an_objective_open_no_field(html, objective):
    page = parse_page(
        f"<h3>4.2.1.1. pasākums „A”</h3><p><b>Finansējums:</b> 5 euro</p>{html}<p><b>Atlase:</b> atklāta</p>"
    )
    (measure,) = page.measures
    assert (measure.objective, measure.selection_type, measure.other_info) == (objective, "open", None)
    assert [each.text for each in page.findings if each.code == "unknown_label"] == []


def test_items_that_are_the_labels_of_the_page_open_their_fields():
    html = "<ul><li>Mērķis: veidot vidi:</li><li>Cita informācija: bukleti</li><li>Atlase: atklāta</li></ul>"
    (measure,) = measures(f"<h3>4.2.1.1. pasākums „A”</h3>{html}")
    assert (measure.objective, measure.other_info) == ("veidot vidi:", "bukleti")
    (measure,) = measures(
        "<h3>4.2.1.1. pasākums „A”</h3><p>Mērķis:</p><p>Vide:</p><ul><li>Finansējums: 5 euro</li></ul>"
    )
    assert measure.eu_funding_eur == 5


TOLD = [
    "<h1>4.2.1.1. Vide</h1><p>Pasākuma mērķis ir uzlabot vidi. Projektu iesniedzēji ir pašvaldības, "
    "biedrības un nodibinājumi. Pasākumu īsteno ierobežotas projektu iesniegumu atlases veidā.</p>"
    "<p>Pieejamais ERAF finansējums ir 850 euro, valsts budžeta finansējums – 150 euro. "
    "Atlasi plānots uzsākt 2025. gada maijā.</p>",
    "<h3>4.2.1.1. pasākums „Vide”</h3><p>4.2.1.1. pasākuma „Vide” mērķis ir uzlabot vidi.</p>"
    "<p>Pasākuma finansējums ir 1 000 euro. No tā ERAF finansējums ir 850 euro. Vienam projektam tā "
    "finansējums ir līdz 90 euro.</p><p>Pieteikties var pašvaldības, biedrības un nodibinājumi. Projektu "
    "iesniegumu atlase notiks ierobežotas atlases veidā no 2025. gada maija.</p>"
    "<p>Valsts budžeta finansējums ir 150 euro.</p>",
    "<p><b>4.2.1.1. Vide</b></p><p>Pasākuma apraksts: Pasākuma mērķis ir uzlabot vidi.</p>"
    "<p>Atbalsta saņēmēji ir pašvaldības; biedrības un nodibinājumi. ERAF finansējums ir 850 euro. Valsts "
    "budžeta finansējums ir 150 euro. Ierobežotas projektu atlases sākums ir 2025. gada maijs.</p>",
]


@pytest.mark.parametrize("html", TOLD)
def test_a_measure_told_in_sentences(html):
    (measure,) = measures(html)
    assert (measure.title, measure.objective, measure.eu_funding_eur) == ("Vide", "uzlabot vidi.", 850)
    assert [row.fund for row in measure.funding if row.fund != "total"] == ["erdf", "state_budget"]
    assert [each.name for each in measure.applicants] == ["pašvaldības", "biedrības un nodibinājumi"]
    assert measure.selection_type == "restricted"
    assert [(step.kind, step.period) for step in measure.milestones] == [("selection_start", "2025-05")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Finansējuma saņēmējs ir atbildīgs par rezultātiem.",
        "Specifiskā atbalsta mērķa teritorija ir Latvija.",
        "Atlases mērķis ir skaidrs.",
        "MK noteikumi Nr. 12 par atlases kārtību pieņemti 2024. gada 5. martā.",
        "Vienam projektam pieejamais ERAF finansējums ir 90 euro.",
    ],
)
def test_a_sentence_that_says_no_field(sentence):
    assert measures(f"<h1>4.2.1.1. Vide</h1><p>{sentence}</p>") == ()
    (measure,) = measures(f"<h1>4.2.1.1. Vide</h1><p>{sentence}</p><p>Atlases veids: atklāta</p>")
    assert (measure.objective, measure.applicants, measure.milestones, measure.funding) == (None, (), (), ())


def test_a_label_goes_before_a_sentence():
    html = "<h1>4.2.1.1. Vide</h1><p>Pasākuma mērķis ir uzlabot vidi.</p><p>Mērķis: attīstīt vidi</p>"
    (measure,) = measures(html)
    assert measure.objective == "attīstīt vidi"


@pytest.mark.parametrize(
    "line", ["4.3.5 .2. pasākums „Vide”", "4. 3. 5. 2. pasākums „Vide”", "4.3.5. 2. Vide"]
)
def test_spaces_on_either_side_of_the_points_of_a_code(line):
    assert ids(f"{line}\n{FIELD}") == ["4.3.5.2"]


def test_what_a_line_above_the_code_calls_it_is_no_theme():
    (measure,) = measures(f"Pasākums\n4.2.1.5.\nVide\n{FIELD}")
    assert (measure.title, measure.theme) == ("Vide", None)


@pytest.mark.parametrize("line", ["PASĀKUMA KARTĪTE Nr. 2", "Kontaktpersona ; Ilze Zīle 67047871"])
def test_a_number_of_a_card_or_a_telephone_heads_no_theme(line):
    (measure,) = measures(f"{line}\n4.2.1.5. Vide\n{FIELD}")
    assert measure.theme is None


def test_a_title_in_closed_quotation_marks_ends_with_its_line():
    page = parse_page(f'4.2.1.5. pasākums "Vide"\nValsts aģentūra\nierobežota atlase\n{FIELD}')
    assert page.measures[0].title == "Vide"


def test_an_item_that_is_not_of_the_label_of_the_item_above_is_running_text():
    html = (
        "<html><ul><li><b>4.2.1.5. Vide</b><ul><li>Finansējums: 100 euro;</li>"
        "<li>Iesniedzēji: pašvaldības;</li><li>Biedrības;</li><li>Vairāk informācijas <a href='https://b.lv/x'>šeit</a>.</li></ul></li></ul></html>"
    )
    (measure,) = parse_page(html).measures
    assert [each.name for each in measure.applicants] == ["pašvaldības", "Biedrības"]
    assert [link.url for link in measure.links] == ["https://b.lv/x"]


def test_a_field_told_of_several_rounds_at_once():
    first, second, third = measures(
        "4.2.1.5. Vide\nFinansējums:\n1. kārta: 100 euro\n2. kārta: 200 euro\n3. kārta: 300 euro\n"
        "Iesniedzēji:\n1. kārta: biedrības\n2. un 3. kārta: pašvaldības"
    )
    assert [[each.name for each in one.applicants] for one in (first, second, third)] == [
        ["biedrības"], ["pašvaldības"], ["pašvaldības"]
    ]  # fmt: skip


def test_pictures_before_labels_are_marks_of_a_list():
    (measure,) = measures(
        "4.2.1.5. Vide\n💶 Finansējums: 100 euro\n"
        "👥 Pretendenti: biedrības\n📅 Pieteikšanās: 2025. gada maijs"
    )
    assert [each.name for each in measure.applicants] == ["biedrības"]
    assert [step.period for step in measure.milestones] == ["2025-05"]


def test_a_round_between_the_quotations_of_a_title():
    assert ids(f"4.2.1.5. pasākuma „Vide” 3. kārta „Inkubatori”\n{FIELD}") == ["4.2.1.5/3"]


@pytest.mark.parametrize(
    ("line", "euro"),
    [
        ("vienam projektam no 25 000 līdz 500 000 eiro, kopā 18,7 milj. eiro", 18_700_000),
        ("ne vairāk kā 15 000 eiro vienam pieteikumam", None),
        ("18,7 milj. eiro (līdz 200 000 eiro katram projektam)", 18_700_000),
        ("18,7 milj. eiro; par vienu projektu līdz 200 000 eiro", 18_700_000),
    ],
)
def test_what_one_project_may_get_is_not_what_there_is(line, euro):
    (measure,) = measures(f"4.2.1.5. Vide\nFinansējums: {line}")
    assert measure.eu_funding_eur == euro
    assert len(measure.funding) == (euro is not None)


def test_rounds_told_one_after_the_other_in_a_line():
    found = measures(
        "4.2.1.5. Vide\nFinansējums: 1. kārtā – 3 milj. eiro, 2. kārtā – 2 milj. eiro\n"
        "Iesniedzēji: 1. kārta: biedrības; 2. kārta: pašvaldības"
    )
    assert [
        (each.measure_id, each.eu_funding_eur, [one.name for one in each.applicants]) for each in found
    ] == [("4.2.1.5/1", 3_000_000, ["biedrības"]), ("4.2.1.5/2", 2_000_000, ["pašvaldības"])]


def test_amounts_of_rounds_in_brackets_are_none_of_the_measure():
    (measure,) = measures("4.2.1.5. Vide\nFinansējums: 16,1 milj. eiro (1. kārta) / 8 milj. eiro (2. kārta)")
    assert measure.eu_funding_eur is None


def test_a_letter_that_numbers_measures_and_their_fields():
    found = measures(
        '1. 4.3.5.5. pasākums "Aprūpe":\n   1.1. plānotais finansējums - 47 250 euro;\n'
        "   1.2. projektu iesniedzēji - pašvaldības.\n"
        '2. 4.3.5.6. pasākums "Skola":\n   2.1. plānotais finansējums - 6 375 euro;\n'
    )
    assert [(each.code, each.title, each.eu_funding_eur, len(each.applicants)) for each in found] == [
        ("4.3.5.5", "Aprūpe", 47_250, 1),
        ("4.3.5.6", "Skola", 6_375, 0),
    ]


def test_a_code_in_a_field_names_the_measure_whose_title_stands_above():
    page = "<h1>Skolu vide</h1><p><b>Pasākuma numurs:</b> 4.2.1.5.</p><p><b>Mērķis:</b> mācību vide</p>"
    (measure,) = measures(f"<html><body>{page}</body></html>")
    assert (measure.code, measure.title, measure.objective) == ("4.2.1.5", "Skolu vide", "mācību vide")


def test_a_measures_own_code_in_a_field_is_no_other_measure():
    (measure,) = measures(f"4.2.1.5. Skolu vide\nPasākuma numurs: 4.2.1.5.\n{FIELD}")
    assert (measure.title, measure.objective) == ("Skolu vide", "mācību vide")


def test_an_objectives_title_is_the_theme_of_its_own_measures_alone():
    text = f"SAM 4.2.1. „Skola”\n\n4.2.1.5. Vide\n{FIELD}\n\n4.3.2.1. Prasmes\n{FIELD}"
    assert [measure.theme for measure in measures(text)] == ["Skola", None]


def test_a_step_of_a_schedule_is_no_theme():
    text = f"Pieteikšanās: no 2025. gada 3. marta līdz 5. maijam\n\n4.2.1.5. Vide\n{FIELD}"
    assert [measure.theme for measure in measures(text)] == [None]


def test_a_label_of_narrative_before_a_dash_is_none_of_the_field_above():
    items = "Iesniedzējs – komersanti", "Atbalsta intensitāte – līdz 30 % MVU", "Atlases veids – atklāta"
    text = "<h3>4.2.1.5. Vide</h3><ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    (measure,) = measures(f"<html><body>{text}</body></html>")
    assert [each.name for each in measure.applicants] == ["komersanti"]
    assert measure.selection_type == "open"


@pytest.mark.parametrize("when", ["03.04.2023.–03.07.2023.", "2024. gada I cet."])
def test_a_selection_that_is_a_period_says_when(when):
    (measure,) = measures(f"4.2.1.5. Vide\n{FIELD}\nAtlase\n{when}")
    assert measure.selection_text is None
    assert measure.milestones[0].kind == "selection_start"


def test_a_step_below_a_kind_of_selection_is_none_of_it():
    (measure,) = measures(f"4.2.1.5. Vide\n{FIELD}\nAtlase: ierobežota\nAtlases sākums\nnoslēgusies")
    assert (measure.selection_text, measure.milestones) == ("ierobežota", ())


def test_shares_of_an_amount_make_it_the_total_and_no_eu_funding():
    (measure,) = measures(
        f"4.2.1.5. Vide\n{FIELD}\nFinansējums: 7 650 000 EUR (85% ERAF, 15% valsts budžets)"
    )
    assert [row.fund for row in measure.funding] == ["total"]
    assert measure.eu_funding_eur is None


@pytest.mark.parametrize(
    ("line", "fund"),
    [("Kopā: 5 milj. EUR", "total"), ("Valsts: 3,2 M€", "state_budget"), ("Valsts: Latvija", None)],
)
def test_a_word_for_a_part_of_a_sum_before_an_amount(line, fund):
    (measure,) = measures(f"4.2.1.5. Vide\n{FIELD}\n{line}")
    assert [row.fund for row in measure.funding] == ([fund] if fund else [])


def test_a_period_is_nobody_who_may_apply():
    (measure,) = measures(f"4.2.1.5. Vide\n{FIELD}\nIesniedzēji: skolas\n1. kārta: 2024. gada 1. cet.")
    assert [each.name for each in measure.applicants] == ["skolas"]


def test_sentences_below_a_kind_of_selection_say_when_it_is():
    value = "Ierobežota atlase. Uzaicinājums nosūtīts 2024. gada 2. septembrī, iesniegšana līdz 02.12.2024."
    (measure,) = measures(f"4.2.1.5. Vide\n{FIELD}\nAtlases veids\n{value}")
    assert [(step.kind, step.period) for step in measure.milestones] == [
        ("selection_start", "2024-09-02"),
        ("selection_end", "2024-12-02"),
    ]


def test_a_step_set_as_a_label_above_words_with_its_day_is_of_the_measure():
    steps = "<p><b>Projektu īstenošana</b></p><p>Ne ilgāk kā līdz 2029. gada 31. decembrim.</p>"
    fields = f"<h3>4.2.1.5. Vide</h3><p><b>Mērķis</b></p><p>Vide.</p>{steps}"
    (measure,) = measures(f"<html><body>{fields}<p><b>Cita informācija</b></p><p>Nav.</p></body></html>")
    assert [(step.kind, step.period) for step in measure.milestones] == [("completion", "2029-12-31")]
    assert measure.other_info == "Nav."


def test_a_programme_may_lead_to_the_code():
    (measure,) = measures(f'Programma: 4.2.1.5. "Vide"\n{FIELD}')
    assert (measure.code, measure.title) == ("4.2.1.5", "Vide")


def test_labels_behind_bars_are_read_though_the_first_is_unknown():
    (measure,) = measures(
        f"4.2.1.5. Vide\n{FIELD}\nKam: skolas | ERAF finansējums: 5 milj. EUR | Atlase: atklāta"
    )
    assert (measure.eu_funding_eur, measure.selection_type) == (5_000_000, "open")


def test_a_kind_of_selection_with_its_period_says_both():
    (measure,) = measures(f"4.2.1.5. Vide\n{FIELD}\nIPIA: 2023. gada novembris")
    assert measure.selection_type == "restricted"
    assert [(step.kind, step.period) for step in measure.milestones] == [("selection_start", "2023-11")]


def test_a_fund_without_a_name_of_its_own_is_the_eus_part_of_a_sum():
    money = "Finansējums: 2 450 000 EUR (EJZAF – 1 715 000 EUR, valsts – 735 000 EUR)"
    page = parse_page(f"4.2.1.5. Vide\n{FIELD}\n{money}")
    assert page.measures[0].eu_funding_eur == 1_715_000
    assert "sum_mismatch" not in [finding.code for finding in page.findings]


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        ("atlase sāksies 2025. gada aprīlī", "selection_start"),
        ("atlase noslēdzās 2025. gada aprīlī", "selection_end"),
        ("pieteikšanās līdz 2025. gada 30. aprīlim", "selection_end"),
    ],
)
def test_a_step_in_an_item_among_fields_is_of_the_schedule(step, kind):
    text = f"4.2.1.5. Vide\n- finansējums: 5 milj. eiro\n- {step}\n- var pieteikties: pašvaldības"
    (measure,) = measures(text)
    assert [each.kind for each in measure.milestones] == [kind]
    assert [each.name for each in measure.applicants] == ["pašvaldības"]


def test_who_applies_by_a_time_stays_one_who_applies():
    text = "4.2.1.5. Vide\n- iesniedzējs: pašvaldības\n- uzņēmumi, kas projektu īsteno līdz 2026. gadam"
    assert len(measures(text)[0].applicants) == 2


@pytest.mark.parametrize(
    ("costs", "funds"),
    [
        (
            "5 000 EUR, tai skaitā ESF+ 4 000 EUR, valsts budžets 1 000 EUR",
            ["total", "esf_plus", "state_budget"],
        ),
        ("5 000 EUR", []),
    ],
)
def test_all_costs_are_the_money_where_the_eus_part_is_told(costs, funds):
    (measure,) = measures(f"4.2.1.5. Vide\n{FIELD}\nProjekta kopējās attiecināmās izmaksas: {costs}")
    assert [row.fund for row in measure.funding] == funds


def test_rounds_with_their_periods_behind_a_label_are_a_schedule():
    rounds = "1. kārta — 2023. gada IV ceturksnis; 2. kārta — 2025. gada I ceturksnis"
    (measure,) = measures(f"4.2.1.5. Vide\n{FIELD}\nProjektu iesniegumu atlases kārtas: {rounds}")
    assert [each.period for each in measure.milestones] == ["2023-Q4", "2025-Q1"]


def test_what_somebody_does_below_the_name_is_no_label():
    contact = "Anna Ozola\nProjektu vadītāja\nTālr. 67047871"
    (measure,) = measures(f"4.2.1.5. Vide\n{FIELD}\nKontaktpersona\n{contact}")
    assert [(each.name, each.phone) for each in measure.contacts] == [("Anna Ozola", "+37167047871")]


@pytest.mark.parametrize(
    "heads",
    [
        "<h3>4.2.1.5. pasākums „Skolas” 2. kārta (atlase izsludināta)</h3>",
        "<h3>4.2.1.5. pasākums „Skolas”, 2. kārta – noslēgusies</h3>",
        "<h3>4.2.1.5. pasākums „Skolas”</h3><h4>2. kārta (atlase izsludināta)</h4>",
        "<h3>4.2.1.5. pasākums „Skolas”</h3><p>2. kārta (izsludināta 03.06.2025.)</p>",
        "<h3>4.2.1.5. pasākums „Skolas”</h3><p><b>2. kārta (atlase izsludināta)</b></p>",
        "<h3>4.2.1.5. pasākums „Skolas”</h3><p><b>2. kārta – noslēgusies</b></p>",
        "<h3>4.2.1.5. Skolas, 2. kārta (slēgta)</h3>",
    ],
)
def test_a_round_whose_title_says_how_far_it_is(heads: str) -> None:
    page = parse_page(f"<main>{heads}<p>Finansējums: 5 EUR</p><p>Atlases veids: atklāta</p></main>", None)
    assert [(measure.measure_id, measure.title) for measure in page.measures] == [("4.2.1.5/2", "Skolas")]
    assert not page.coverage.unclaimed


def test_a_value_that_names_its_own_measure_does_not_go_before_the_title_of_a_row():
    rows = (
        ("Nr.", "Pasākums", "Finansējums", "Papildinformācija"),
        ("4.2.1.5.", "pasākuma 1. kārta — Skolas", "5 EUR", "4.2.1.5. pasākuma nosacījumi tiks apspriesti."),
        ("4.2.1.5.", "Skolas<br>2. kārta", "3 EUR", ""),
    )
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    read = measures(f"<main><table>{table}</table></main>")
    assert [(m.measure_id, m.title) for m in read] == [("4.2.1.5/1", "Skolas"), ("4.2.1.5/2", "Skolas")]
    assert read[0].other_info == "4.2.1.5. pasākuma nosacījumi tiks apspriesti."


def test_a_list_goes_on_with_measures_behind_one_of_several_rounds():
    fields = "<ul><li>Finansējums:<ul><li>5 EUR</li></ul></li><li>Mērķis:<ul><li>Vide</li></ul></li></ul>"
    titles = ("4.2.1.5. Skolas<br>1. kārta", "4.2.1.5. Skolas<br>2. kārta", "4.2.1.6. Vide", "4.2.1.7. Ceļi")
    page = "".join(f"<ul><li>{title}{fields}</li></ul>" for title in titles)
    assert ids(f"<main>{page}</main>") == ["4.2.1.5/1", "4.2.1.5/2", "4.2.1.6", "4.2.1.7"]


@pytest.mark.parametrize("years", ["2014.–2020. gada", "2021. – 2027. gada", "2014-2020"])
def test_the_years_of_a_programme_below_an_objective_make_no_measure_of_it(years):
    text = (
        f"<h2>4.2.1. specifiskais atbalsta mērķis „Skola”</h2>"
        f"<p>Ieguldījumi papildina {years} plānošanas periodā īstenotos projektus un to rezultātus.</p>"
        f"<h3>4.2.1.5. pasākums „Vide”</h3><p>Mērķis: vide</p>"
    )
    assert ids(f"<main>{text}</main>") == ["4.2.1.5"]


def test_another_measure_is_no_value_of_a_field():
    text = (
        "4.2.1.1. pasākums „A”\nFinansējums: 100 euro\nIesniedzējs: pašvaldības\n"
        "4.2.1.2. pasākums „B”\nVairāk informācijas vēlāk."
    )
    (measure,) = measures(text)
    assert [applicant.name for applicant in measure.applicants] == ["pašvaldības"]


def test_a_list_by_measure_below_a_label_is_no_list_of_applicants():
    text = "4.2.1.1. pasākums „A”\nIesniedzēji\n4.2.1.2. Bites – pašvaldības\n4.2.1.3. Ceļi – skolas"
    assert [applicant.name for measure in measures(text) for applicant in measure.applicants] == []


def test_news_are_no_theme_and_no_headline():
    text = f"<h2>Jaunumi</h2><p>Piešķirti 5 milj. eiro.</p><h3>4.2.1.1. pasākums „A”</h3><p>{FIELD}</p>"
    page = parse_page(text)
    assert [(measure.code, measure.theme) for measure in page.measures] == [("4.2.1.1", None)]
    assert page.headlines == ()


def test_a_heading_read_in_part_as_a_label_beside_titles_ends_a_measure():
    text = f"<h2>4.2.1.1. pasākums „A”</h2><p>{FIELD}</p><h2>2. Vispārīga informācija</h2><p>Visiem.</p>"
    (measure,) = measures(text)
    assert measure.other_info is None
