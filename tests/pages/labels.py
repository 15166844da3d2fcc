# ruff: noqa: E501  (tables stand whole)
"""Labels as editors write them: the real page's, those of other ministries, and slips of the keyboard."""

from __future__ import annotations

from random import Random

REAL: dict[str, tuple[str, ...]] = {
    "funding": ("Plānotais ES fondu finansējums (eiro)", "Plānotais ES fondu finansējums (eiro)"),
    "objective": ("Atbalsta mērķis",),
    "applicants": ("Projektu iesniedzēji", "Projektu iesniedzējs"),
    "timeline": ("Pasākuma laika grafiks",),
    "selection": ("Projektu atlases veids",),
    "documents": ("Saistošie dokumenti",),
    "contacts": ("Kontaktinformācija",),
    "other": ("Cita informācija",),
}

OTHERS: dict[str, tuple[str, ...]] = {
    "funding": (
        "Plānotais ES fondu finansējums", "Plānotais finansējums", "Finansējums", "Pieejamais finansējums",
        "Pieejamais ES fondu finansējums", "ES fondu finansējums", "Plānotais ES finansējums",
        "ES fondu plānotais finansējums", "Kopējais ES fondu finansējums", "Plānotais ES fondu finansējuma apjoms",
        "Pasākumam plānotais ES fondu finansējums", "Kopējais pieejamais ES fondu finansējums",
    ),
    "objective": (
        "Mērķis", "Atbalsta mērķis", "Pasākuma mērķis", "Plānotā atbalsta mērķis", "Projekta mērķis",
        "Mērķis un būtība", "Pasākuma galvenais mērķis",
    ),
    "applicants": (
        "Projekta iesniedzējs", "Projektu iesniedzēji", "Finansējuma saņēmējs", "Finansējuma saņēmēji",
        "Kas var pieteikties", "Kas var pieteikties?", "Iespējamie projektu iesniedzēji", "Iesniedzēji",
        "Potenciālie projektu iesniedzēji", "Projektu iesniedzēju loks",
    ),
    "timeline": (
        "Laika grafiks", "Termiņi", "Pasākuma laika grafiks", "Plānotais laika grafiks", "Īstenošanas laika grafiks",
        "Pasākuma īstenošanas laika grafiks", "Galvenie termiņi", "Plānotie termiņi",
    ),
    "selection": (
        "Atlases veids", "Projektu atlases veids", "Projektu iesniegumu atlases veids", "Atlases veids projektiem",
        "Projekta iesnieguma atlases veids", "Plānotais atlases veids",
    ),
    "documents": (
        "Saistošie dokumenti", "Normatīvie akti", "Saistošie normatīvie akti", "Saistītie dokumenti",
        "Saistošie tiesību akti", "Dokumenti",
    ),
    "contacts": ("Kontaktinformācija", "Kontaktpersonas", "Kontaktpersona", "Kontakti", "Kontaktinformācija jautājumiem"),
    "other": ("Cita informācija", "Papildu informācija", "Papildinformācija", "Cita būtiska informācija"),
}  # fmt: skip

UNIT_LABELS = {"plain": "(eiro)", "label_million": "(milj. euro)", "label_thousand": "(tūkst. euro)"}

FUND_LABELS = {
    "total": ("Kopējais finansējums", "Kopējais publiskais finansējums", "Finansējums kopā"),
    "erdf": ("ERAF finansējums", "t.sk. ERAF finansējums", "Eiropas Reģionālās attīstības fonda finansējums"),
    "esf_plus": ("ESF+ finansējums", "Eiropas Sociālā fonda Plus finansējums", "t.sk. ESF Plus finansējums"),
    "cf": ("KF finansējums", "Kohēzijas fonda finansējums"),
    "jtf": ("TPF finansējums", "Taisnīgas pārkārtošanās fonda finansējums"),
    "state_budget": ("Valsts budžeta finansējums", "Valsts budžeta līdzfinansējums"),
    "municipal": ("Pašvaldību līdzfinansējums", "Pašvaldības finansējums"),
    "national": ("Nacionālais līdzfinansējums", "Nacionālais publiskais finansējums"),
}

_PLAIN = str.maketrans("āčēģīķļņšūž", "acegiklnsuz")


def typo(rng: Random, label: str) -> str:
    """One small slip in a word of eight letters or more: a mark lost, a letter twice, missing or swapped."""
    long_words = [word for word in label.split() if len(word) >= 8 and word.isalpha()]
    if not long_words:
        return label
    word = rng.choice(long_words)
    at = rng.randint(2, len(word) - 4)
    slips = (
        word.translate(_PLAIN),
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return label.replace(word, rng.choice(slips), 1)


def letter_case(rng: Random, label: str) -> str:
    return rng.choice(
        (label.upper(), label.capitalize().replace("Es fond", "ES fond"), label[:1].lower() + label[1:])
    )
