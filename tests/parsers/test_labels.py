"""Labels and milestone phrases: endings, order, missing diacritics, slips, unknown words."""

import pytest

from parsers import labels


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Mērķis", "objective"),
        ("Pasākuma mērķis:", "objective"),
        ("MĒRĶIS", "objective"),
        ("Merkis", "objective"),
        ("Mērķa grupa", "narrative"),
        ("Projektu iesniedzēji", "applicants"),
        ("Iesniedzēji (potenciālie)", "applicants"),
        ("Kas var pieteikties?", "applicants"),
        ("Projektu atlases veids", "selection"),
        ("Projektu atlase", "selection"),
        ("Atlases izsludināšana", None),
        ("Konkursa veids", "selection"),
        ("Kad var pieteikties?", "timeline"),
        ("Uzsaukuma laiks", "timeline"),
        ("Kas var piedalīties?", "applicants"),
        ("Kā pieteikties?", None),
        ("Kāds ir mērķis?", "objective"),
        ("Programmas mērķis", "objective"),
        ("Programmas budžets", "funding"),
        ("Atbildīgā persona", "contacts"),
        ("Fiziskas personas", None),
        ("Tiesiskais pamats", "documents"),
        ("Sīkāka informācija", "other_info"),
        ("Atbalsta veids", "narrative"),
        ("Finansējuma forma", "narrative"),
        ("Projekta ilgums", "narrative"),
        ("Fonds", "fund"),
        ("Finansējuma avots", "fund"),
        ("Vides fonds", None),
        ("ES fondi", None),
        ("1. Plānotais laika grafiks", "timeline"),
        ("Normatīvie akti", "documents"),
        ("Kontaktpersona", "contacts"),
        ("Cita informācija", "other_info"),
        ("Rīgas dome", None),
        ("Mērķis - vide", None),
        ("Mērķis 4", None),
        ("Politikas mērķis", "narrative"),
        ("Atbalsta apmērs vienam projektam", "narrative"),
        ("Finansējums vienam iesniedzējam", "narrative"),
        ("Minimālais projekta finansējums", "narrative"),
        ("Maksimālais finansējums projektam", "narrative"),
        ("Finansējums projektiem", "funding"),
    ],
)
def test_field_of_a_label(label, field):
    hit = labels.match(label)
    assert (hit.field if hit else None) == field


@pytest.mark.parametrize(
    ("label", "fund"),
    [
        ("ES fondu finansējums 2021.–2027. gadam", "eu_total"),
        ("ERAF finansējums", "erdf"),
        ("ERAF līdzfinansējums", "erdf"),
        ("ES līdzfinansējums", "eu_total"),
        ("ELFLA finansējums", "eu_total"),
        ("Kopējais budžets", "total"),
        ("Eiropas Savienības līdzfinansējums", "eu_total"),
        ("ERAF finansējuma apjoms", "erdf"),
        ("VB", "state_budget"),
        ("t.sk. ES fondi", "eu_total"),
        ("tai skaitā ES", "eu_total"),
        ("ESF+ finansējums", "esf_plus"),
        ("t.sk. valsts budžeta finansējums", "state_budget"),
        ("Kopējais finansējums", "total"),
        ("Nacionālais līdzfinansējums", "national"),
        ("Finansējums", None),
    ],
)
def test_fund_that_a_label_names(label, fund):
    assert labels.match(label) == labels.Hit("funding", fund)


@pytest.mark.parametrize("slip", ["Finansejumz", "Finansjums", "Finannsējums", "Finasnējums", "Fimansējums"])
def test_one_slip_in_a_long_word(slip):
    assert labels.match(slip) == labels.match("Finansējums")


@pytest.mark.parametrize("slip", ["Finsējms", "Vinansējums", "Marķis", "Apmeklējumi", "Apmeklējums"])
def test_more_slips_or_a_short_word_are_another_word(slip):
    assert labels.match(slip) is None


def test_an_inserted_word_needs_tolerance():
    assert labels.match("Dižais pasākuma mērķis") is None
    assert labels.match("Dižais pasākuma mērķis", 1) == labels.Hit("objective", None, unknown=1)
    assert labels.match("Dižais raibais mērķis", 1) is None


def test_never_words_close_a_label():
    assert labels.match("Sadarbības partneri") == labels.Hit("narrative", None)
    assert labels.match("Iesniedzēja sadarbības partneri") != labels.match("Iesniedzējs")
    assert labels.match("Atklāta atlase") is None


def test_a_whole_sentence_is_no_label():
    assert labels.match("mērķis " * 10) is None
    assert labels.match("finansējums " * 20) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Izglītības ministrija", True),
        ("Visas PAŠVALDĪBAS", True),
        ("SIA „Vide”", True),
        ("Mācību vide", False),
    ],
)
def test_institutions(line, names):
    assert labels.names_institution(line) is names


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("MK noteikumu apstiprināšana", "regulation_approval"),
        ("MKN apstiprināšana", "regulation_approval"),
        ("Lēmumu pieņemšana par projektiem", "project_approval"),
        ("Līguma noslēgšana", "other"),
        ("Projekta īstenošana pēc līguma noslēgšanas", "completion"),
        ("Uzaicinājuma nosūtīšana", "selection_start"),
        ("Atlase sāksies", "selection_start"),
        ("Atlase slēgta", "selection_end"),
        ("noteikumi stāsies spēkā", "regulation_approval"),
        ("noteikumu izstrāde", None),
        ("atlases uzsākšana", "selection_start"),
        ("projektu iesniegumu pieņemšanas beigas", "selection_end"),
        ("Atlase", "selection_window"),
        ("atlases nolikuma apstiprināšana", "other"),
        ("projektu apstiprināšana", "project_approval"),
        ("izmaksu attiecināmības sākums", "eligibility_start"),
        ("projektu īstenošanas uzsākšana", "implementation_start"),
        ("projektu īstenošana", "implementation_window"),
        ("pasākuma noslēgums", "completion"),
        ("mācību vide", None),
        ("", None),
    ],
)
def test_kind_of_a_milestone(phrase, kind):
    assert labels.milestone_kind(phrase) == kind


def test_folding_keeps_every_place():
    text = "ĀČĒĢĪĶĻŅŌŖŠŪŽ İstanbul ẞ"
    assert len(labels.fold(text)) == len(text)
    assert labels.fold("Mērķis") == "merkis"


def test_every_label_of_the_table_is_reached_by_its_own_stems():
    for label in labels.LABELS:
        words = " ".join(group.split()[0] for group in label.needs)
        assert labels.match(words, 1) is not None, label


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Kam paredzēts?", "applicants"),
        ("Kam zvanīt", "contacts"),
        ("Kur vērsties?", "contacts"),
        ("Cik naudas", "funding"),
        ("Īsteno:", "applicants"),
        ("Projektu īsteno", "applicants"),
        ("Plānotā atlase", "timeline"),
    ],
)
def test_questions_and_verbs_that_are_labels(text, field):
    hit = labels.match(text, 1)
    assert hit is not None
    assert (hit.field, hit.unknown) == (field, 0)


@pytest.mark.parametrize("text", ["Kam?", "Kam piezvanīt", "Cik liels ir atbalsts?"])
def test_a_question_that_is_not_known_word_by_word_is_no_label(text):
    assert labels.match(text, 1) is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Atlases veids / Type of selection", "selection"),
        ("Iesniedzējs / sadarbības partneris", "narrative"),
        ("Atbildīgais eksperts", "contacts"),
        ("Plānotais sākums", "timeline"),
        ("Mērķauditorija", "narrative"),
    ],
)
def test_labels_in_two_languages_and_further_ones(text, field):
    hit = labels.match(text, 1)
    assert (hit and hit.field) == field


@pytest.mark.parametrize(
    ("label", "fund"),
    [
        ("ERAF un KF finansējums", "eu_total"),
        ("ERAF+ESF+", "eu_total"),
        ("Eiropas Sociālais fonds Plus (ESF+)", "esf_plus"),
        ("Eiropas Reģionālās attīstības fonda un Kohēzijas fonda finansējums", "eu_total"),
    ],
)
def test_a_label_of_several_funds_is_of_what_all_give(label, fund):
    hit = labels.match(label, 1)
    assert hit is not None
    assert hit.fund == fund
