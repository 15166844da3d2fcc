"""The vocabulary: which printed label opens which field, and which phrase names which milestone.

To teach it a new label, add a line to LABELS; a new milestone phrase, a line to MILESTONES. Words are
given as stems (``finansējum`` stands for finansējums, finansējuma, finansējumu …); case, number, order,
missing diacritics and small typing errors do not matter. Seen on pages of izm.gov.lv, cfla.gov.lv,
esfondi.lv, lm.gov.lv, varam.gov.lv, viaa.gov.lv.
"""

from __future__ import annotations

import re

from parsers import english
from parsers.label_funds import fund_of
from parsers.memos import memo
from parsers.vocabulary import LONGEST_LABEL, MOST_WORDS, Hit, Label, Phrase, Vocabulary, fold, fold_word

__all__ = [
    "COMMON",
    "INSTITUTIONS",
    "LABELS",
    "LONGEST_LABEL",
    "MILESTONES",
    "MOST_WORDS",
    "Hit",
    "fold",
    "known",
    "known_in_step",
    "match",
    "milestone_kind",
    "names_institution",
]

# Fields of the records; "narrative" is a label that is known and whose text is kept as it is;
# "part" is a label within a contact (its line is read whole); "fund" names the fund of the measure's money.
LABELS: tuple[Label, ...] = (
    # What one project may get is not the measure's amount, however little of the label is known.
    Label(
        "narrative",
        (
            "viena vienam vienu katra katram projektam pretendentam iesniedzējam minimāl",
            "finansējum līdzfinansējum atbalst apmēr apjom summ grant",
        ),
        "eraf esf kf tpf maksimāl minimāl pretendent iesniedzēj iesniegum pieteikum uzņēm uzņēmum komersant "
        "finansējum līdzfinansējum atbalst apmēr apjom summ attiecinām izmaks publisk",
    ),
    # What they themselves bring in is none of the kinds of money that a measure's row may have.
    Label(
        "narrative",
        ("iesniedzēj saņēmēj īstenotāj partner", "līdzfinansējum ieguldījum"),
        "pašu sav minimāl obligāt daļ apmēr",
    ),
    # ``Granta apmērs: no 50 000 līdz 500 000 EUR`` is what one of them may get.
    Label("narrative", ("grant aizdevum", "apmēr apjom summ maksimāl minimāl viena"), "", "finansējum"),
    # What others asked for, have spent or have left over is not what there is for the measure.
    Label(
        "narrative",
        (
            "pieprasīt apgūt izmaksāt izlietot samaksāt atlikuš atlikum",
            "finansējum līdzfinansējum summ apmēr",
        ),
        "kopēj kopā projekt iesniegum",
    ),
    # A reserve is a part of the money that may come later: no fund, and not what the measure has.
    Label(
        "narrative", ("rezerv",), "snieguma sniegum izpild finansējum vidusposm apjom apmēr summ", "elastīb"
    ),
    Label("narrative", ("vidusposm",), "finansējum summ apjom pārskat"),
    Label("narrative", ("politik", "mērķ")),
    Label("funding", ("daļ", "es eiropas"), "finansējum fond", "", "eu_total"),
    Label("fund", ("fonds avot",), "finansējum es", "pašvaldīb"),
    Label("funding", ("vb",), "finansējum līdzfinansējum", "", "state_budget"),
    Label("applicants", ("īstenotāj",), "potenciāl iespējam atbildīg", "sadarbīb partner"),
    # ``Kam?`` alone may ask for whom the money is.
    Label("applicants", ("kam", "paredzēt domāt pieejam var atbalst")),
    Label("objective", ("sasniegt",), "ko vēl vēlam gribam mērķ"),
    Label("timeline", ("kad",), "var pieteikties iesniegt projekt plān notiks būs sāks pieteikum atlas"),
    Label("contacts", ("person ekspert amatperson", "atbildīg kontakt saziņ"), "informācij tālru"),
    Label("contacts", ("atbildīgais",)),
    Label("documents", ("pamat bāz", "tiesisk normatīv"), "regulējum"),
    Label(
        "narrative",
        ("veid form", "atbalst finansējum aizdevum"),
        "finanšu instrument",
        "atlas konkurs iesniegum",
    ),
    Label("narrative", ("guvēj",), "labum gala"),
    Label("narrative", ("ilgum",), "maksimāl"),
    Label("narrative", ("kopsavilkum",), "īss"),
    Label(
        "contacts",
        ("kontakt kontaktinformācij kontaktperson kontakttālru",),
        "informācij person tālru talr e-past adres jautājum atbildīg",
    ),
    Label("contacts", ("jautājum uzziņ uzziņa saziņ saziņa",), "neskaidrīb sīkāk papild", "bieži"),
    Label("contacts", ("kam kur", "zvanīt rakstīt vērsties jautāt"), "vai pie var jautājum"),
    Label("funding", ("cik",), "naud ir pieejam kopā", "projekt"),
    Label("part", ("tālru tālr talr tel mob e-past epast",), "pasts numur nr mobil fakss", "kontakt"),
    Label(
        "applicants",
        ("iesniedzēj pretendent pieteicēj",),
        "iesniegum potenciāl iespējam atbilstoš finansējum saņēmēj kas ir",
        "sadarbīb partner",
    ),
    Label(
        "applicants",
        ("saņēmēj",),
        "finansējum potenciāl iespējam labuma gala līdzekļ",
        "sadarbīb partner labum",
    ),
    Label(
        "applicants",
        ("pieteikties pretendēt saņemt iesniegt piedalīties",),
        "kas kurš var finansējum atbalst projekt drīkst iesniegum",
        "kad kā cik līdz no kur",
    ),
    Label(
        "documents",
        ("dokument",),
        "saistoš saistīt normatīv reglamentējoš regulējoš noteikum tiesīb akt svarīg noderīg saites",
        "iesniedzam iesniegšan",
    ),
    Label(
        "documents",
        ("akt",),
        "normatīv tiesīb reglamentējoš saistoš dokument ministru kabinet mk regulējoš noteikum",
    ),
    Label(
        "documents",
        ("noteikum regulējum tiesībakt",),
        "ministru kabinet mk īstenošan saistoš normatīv tiesisk reglamentējoš projekt akt",
        "apstiprin pieņem uzsāk",
    ),
    Label("documents", ("saites saite",), "noderīg saistīt"),
    Label(
        "selection",
        ("atlas konkurs", "veid form tip kārtīb metod procedūr"),
        "iesniegum īstenošan projekt iesniegšan",
        "atklāt ierobežot",
    ),
    Label(
        "selection",
        ("atlas",),
        "iesniegum",
        "uzsāk sāk sākum sākšan nolikum kritērij metodik izsludin noslēg beig kārt gaid plān statuss termiņ "
        "rezultāt laik period grafik atklāt ierobežot datum",
    ),
    Label("timeline", ("grafik",), "laik ieviešan īstenošan indikatīv atlas"),
    Label(
        "timeline",
        ("termiņ termin",),
        "laik ieviešan īstenošan indikatīv iesniegšan iesniegum atlas pieteikum pieteikšan pieņemšan "
        "uzsaukum konkurs svarīgāk galven beig noslēg",
    ),
    Label(
        "timeline",
        ("laik period posm",),
        "ieviešan īstenošan indikatīv iesniegšan iesniegum atlas norises norise pieteikšan pieņemšan "
        "uzsaukum konkurs",
        "mērķ",
    ),
    Label(
        "timeline",
        ("datum",),
        "ieviešan īstenošan svarīgāk iesniegšan iesniegum atlas beig sāk sākum noslēg",
        "aktualizē publicē atjauno",
    ),
    Label("timeline", ("statuss norise gaita",), "atlas ieviešan īstenošan", "juridisk"),
    Label("narrative", ("grup",), "mērķ mērķgrup galal labum"),
    Label("narrative", ("mērķgrup auditorij mērķauditorij",), "mērķ"),
    Label("narrative", ("darbīb aktivitāt",), "atbalst atbalstām galven plān paredzēt īstenojam neatbalstām"),
    Label("narrative", ("partner",), "sadarbīb projekt iesaistīt"),
    Label("narrative", ("intensitāt likm",), "atbalst finansējum maksimāl līdzfinansējum"),
    Label("narrative", ("rādītāj rezultāt",), "sasniedzam iznākum plān gaidām uzraudzīb horizontāl"),
    Label("narrative", ("izmaks",), "attiecinām neattiecinām kopēj"),
    Label("narrative", ("teritorij viet",), "īstenošan mērķ atbalst"),
    Label("narrative", ("nosacījum prasīb kritērij",), "īpaš vērtēšan atlas galven iesniedzēj iesniegum cit"),
    Label("narrative", ("iestād",), "atbildīg sadarbīb vadoš nozar"),
    Label("narrative", ("ministrij",), "atbildīg nozar"),
    Label("narrative", ("apraksts apraksta",), "īss pasākum"),
    Label("narrative", ("priorit prioritāt virzien",), "investīcij numur nr virzien"),
    Label("specific_objective", ("sam",), "nr numur kods nosaukum"),
    Label("specific_objective", ("specifisk", "mērķ"), "nr numur kods nosaukum"),
    Label(
        "objective",
        ("mērķ mērķi mērķis virsmērķ",),
        "kāds kāda ir ieguldījum investīcij uzdevum virzien",
        "grup specifisk teritorij",
    ),
    Label("objective", ("uzdevum būtīb",), "mērķ"),
    Label("flexibility", ("elastīb",), "finansējum apjom summ rezerv", ""),
    Label(
        "funding",
        ("finansējum finansējam līdzfinansējum", "valst"),
        "budžet līdzfinansējum",
        "pašvaldīb privāt",
        "state_budget",
    ),
    Label("funding", ("budžet", "valst"), "finansējum līdzfinansējum dotācij", "", "state_budget"),
    Label(
        "funding",
        ("finansējum līdzfinansējum budžet", "pašvaldīb"),
        "budžet līdzfinansējum",
        "privāt",
        "municipal",
    ),
    Label("funding", ("finansējum līdzfinansējum", "privāt"), "līdzfinansējum", "", "private"),
    Label("funding", ("finansējum līdzfinansējum", "nacionāl"), "publisk līdzfinansējum", "", "national"),
    # ``ERAF līdzfinansējums`` is what the fund gives, not what is added to it.
    Label(
        "funding",
        ("līdzfinansējum",),
        "nacionāl apjom apmēr summ",
        "es eiropas eraf esf esf+ kf kohēzij tpf pārkārtošan anm atveseļošan",
        "national",
    ),
    Label(
        "funding", ("eraf",), "finansējum līdzfinansējum apjom apmēr summ daļ attiecinām", "nacionāl", "erdf"
    ),
    Label(
        "funding",
        ("esf esf+",),
        "finansējum līdzfinansējum plus apjom apmēr summ daļ attiecinām",
        "nacionāl",
        "esf_plus",
    ),
    Label("funding", ("sociāl", "fond"), "finansējum līdzfinansējum plus eiropas", "nacionāl", "esf_plus"),
    Label("funding", ("reģionāl", "fond"), "finansējum līdzfinansējum attīstīb eiropas", "nacionāl", "erdf"),
    Label(
        "funding",
        ("kf kohēzij",),
        "finansējum līdzfinansējum apjom apmēr summ daļ attiecinām",
        "nacionāl",
        "cf",
    ),
    Label(
        "funding",
        ("tpf pārkārtošan",),
        "finansējum līdzfinansējum taisnīg apjom apmēr summ daļ attiecinām",
        "nacionāl",
        "jtf",
    ),
    Label(
        "funding",
        ("af anm atveseļošan",),
        "finansējum līdzfinansējum noturīb mehānism plān apjom apmēr summ daļ attiecinām",
        "nacionāl",
        "rrf",
    ),
    Label(
        "funding",
        ("elfla ejzaf ejzf elgf",),
        "finansējum līdzfinansējum apjom apmēr summ daļ",
        "nacionāl",
        "eu_total",
    ),
    Label(
        "funding",
        ("finansējum līdzfinansējum", "es eiropas"),
        "apjom apmēr summ daļ attiecinām",
        "saņēmēj iesniedzēj",
        "eu_total",
    ),
    # Public and eligible money is that of the EU and what is added to it.
    Label(
        "funding",
        ("finansējum", "kopēj kopā kopum publisk attiecinām"),
        "apjom apmēr summ",
        "saņēmēj iesniedzēj",
        "total",
    ),
    Label(
        "funding",
        ("finansējum",),
        "apjom apmēr summ indikatīv orientējoš",
        "saņēmēj iesniedzēj elastīb",
    ),
    Label("funding", ("budžet", "kopēj kopā"), "apjom indikatīv finansējum", "", "total"),
    Label("funding", ("budžet",), "apjom indikatīv"),
    Label("funding", ("summ apjom apmēr",), "atbalst kopēj naud indikatīv finanš"),
    Label("other_info", ("inform",), "cit papild papildu svarīg noderīg būtisk", "kontakt"),
    Label(
        "other_info",
        ("informācij papildinformācij",),
        "cit papild papildu svarīg noderīg būtisk sīkāk vairāk",
        "kontakt",
    ),
    Label("other_info", ("piezīm",), "cit"),
    Label(
        "funding", ("atbalst", "es eiropas"), "apjom apmēr summ finansiāl", "saņēmēj iesniedzēj", "eu_total"
    ),
    Label("title", ("nosaukum",), "pilns"),
    Label("title", ("pasākums pasākumi",), ""),
    Label("code", ("numur nr kods kod",), "pasākum kārtas"),
    Label("round", ("kārt",), "atlas iesniegum numur nr"),
    Label("timeline", ("sākum sāk", "plānot paredzēt")),
    Label("timeline", ("plānot", "atlas konkurs uzsaukum"), "", "uzsāk sāk sākum izsludin noslēg beig veid"),
)

# Words that stand beside any label and change nothing of what it opens.
COMMON = (
    "plān plānot pasākum projekt es fond eiropas savienīb atbalst atbalstām eiro euro eur par un no uz "
    "pieejam kopēj paredzēt indikatīv atlas iesniegum kārt galven īstenošan ieviešan šī periods "
    "investīcij programm piešķirt aktuāl īss milj tūkst publisk provizorisk"
)


# A line that names one of these is a value where a word of it is unknown.
INSTITUTIONS = (
    "aģentūr ministrij centr dome domes pašvaldīb biedrīb nodibināj universitāt augstskol skol institūt "
    "dienest pārvald komersant uzņēm iestād kancelej koledž tehnikum padom komisij direkcij sia slimnīc"
)


MILESTONES: tuple[Phrase, ...] = (
    Phrase("other", ("kritērij nolikum metodik seminār vērtēšan izvērtēšan",), "noteikum"),
    Phrase(
        "regulation_approval",
        ("noteikum mk mkn regulējum likum", "apstiprin pieņem izdošan izdot spēkā stāšan"),
    ),
    Phrase(
        "regulation_approval", ("noteikum",), "grozījum saskaņošan izstrād iesnieg izsludin atlas projekt"
    ),
    Phrase("regulation_approval", ("mk",), "grozījum saskaņošan izstrād iesnieg izsludin atlas projekt"),
    Phrase("other", ("līgums vienošanās", "noslēgts noslēgta parakstīts parakstīta")),
    Phrase("other", ("līgum vienošan", "noslēg slēgšan paraksti"), "īsteno īstenošan atlas"),
    Phrase("project_approval", ("lēmum", "projekt iesniegum pieņem")),
    Phrase("eligibility_start", ("attiecinām attiecināmīb",)),
    Phrase("project_approval", ("projekt iesniegum", "apstiprin")),
    Phrase(
        "selection_end",
        (
            "atlas iesnieg iesniegum iesniegšan pieteik pieteikum konkurs pieņemšan uzsaukum",
            "noslēg noslēdz beig beidz pabeig termiņ slēgšan slēgt pēdēj",
        ),
    ),
    Phrase(
        "selection_start",
        (
            "atlas iesnieg iesniegum iesniegšan pieteik pieteikum konkurs uzsaukum pieņemšan",
            "uzsāk sāk sāks sākum sākšan izsludin atvēr atvērt publicē start atklāšan",
        ),
    ),
    Phrase(
        "completion",
        (
            "īsteno īstenošan projekt pasākum ieviešan ieviest darbīb izpild",
            "noslēg beig beidz pabeig termiņ pēdēj noslēdz",
        ),
    ),
    Phrase(
        "implementation_start", ("īsteno īstenošan projekt pasākum ieviešan darbīb", "uzsāk sāk sākum sākšan")
    ),
    Phrase("selection_window", ("atlas uzsaukum konkurs iesniegšan pieteikšan pieņemšan",), "rezultāt"),
    Phrase("selection_window", ("apia ipia",)),
    Phrase(
        "selection_window",
        ("pieteikum iesniegum", "pieņem pieņems iesniegt iesniedz jāiesniedz"),
        "lēmum uzaicināj",
    ),
    Phrase("selection_window", ("pieteikties", "varēs no līdz"), "uzaicināj"),
    Phrase("selection_start", ("uzaicināj", "nosūt izsūt iesniegt")),
    Phrase("implementation_window", ("īstenošan ieviešan īsteno jāīsteno",), "rezultāt īstenotāj"),
    Phrase("selection_start", ("izsludin izsludināšan",), "noteikum rezultāt"),
    Phrase("completion", ("noslēg noslēdz beig beidz pabeig",), "finansējum naud līdzekļ"),
    Phrase("regulation_approval", ("regulation regulations", "approval approved adoption adopted")),
    Phrase(
        "selection_end",
        ("call selection applications submission", "closes closing closed deadline end ends"),
    ),
    Phrase(
        "selection_start",
        (
            "call selection applications submission",
            "launch launched opens opening open start starts announced",
        ),
    ),
    Phrase("project_approval", ("project projects applications", "approval approved")),
    Phrase("completion", ("project projects implementation", "completion completed end ends")),
    Phrase("implementation_start", ("project projects implementation", "start starts begins")),
    Phrase("selection_window", ("call submission",)),
    Phrase("implementation_window", ("implementation",)),
)

# Words that name a part of a sum right beside or above an amount, and no label anywhere else.
_FUND_ALONE = {
    "kopa": "total", "pavisam": "total", "kopsumma": "total", "nacionalais": "national",
    "valsts": "state_budget", "pasvaldiba": "municipal", "pasvaldibas": "municipal", "privatais": "private",
}  # fmt: skip
# ``t.sk. ES fondi`` is money, ``ES fondi`` alone may be anything.
_PART_OF_EU = re.compile(
    r"(?:t\.\s?sk\.|tai skaitā|tostarp|no tā|no tiem)[,:]?\s+(?:plānot\w+\s)?(?:ES|Eiropas Savienības)"
    r"(?:\sfond\w+)?(?:\s?[(,].{0,20})?:?",
    re.IGNORECASE,
)
# ``Īsteno`` is a label as it stands; with an ending it is a noun.
_IMPLEMENTS = re.compile(
    r"(?:kas )?(?:(?:projekt|pasākum)\w{1,2} )?(?:īsteno|īstenos|ievieš|ieviesīs)\s?[:?]?", re.IGNORECASE
)
# A column headed by its unit alone holds the money. A line that is a unit belongs to the figure above it, so
# that this counts only where the place says that it is a label.
_LONGEST_UNIT = 24
_UNIT_ALONE = re.compile(
    r"\W{0,2}(?:(?:(?:tūkst|tukst|milj|mlj|mljrd|mlrd)\.?|tūkstoš\w{1,3}|miljon\w{1,3}|t\.|[mk])? ?"
    r"(?:eiro|euro|eur|€)|(?:eiro|euro|eur|€),? ?\(?(?:(?:tūkst|tukst|milj|mlj|mljrd|mlrd)\.?"
    r"|tūkstoš\w{1,3}|miljon\w{1,3})\)?)[\s*)\]:]{0,3}",
    re.IGNORECASE,
)
# ``Finansējums bez elastības`` is not the amount of the flexibility,
# nor is one that holds the state's part the amount of that.
_WITH_PART = re.compile(
    r",?\s(?:bez|ar|(?:ne)?ieskaitot|(?:ne)?iekļaujot|izņemot|t\.\s?sk\.|tai skaitā)"
    r"\s(?:\w+\s){0,2}(?:elastīb|nacionāl|valsts|privāt|pašvald)\w*(?:\s\w+){0,2}\W*\Z",
    re.IGNORECASE,
)
# ``Kurš var pieteikties`` asks what ``Kas var pieteikties`` does.
_WHO = re.compile(r"\A[Kk]ur(?:š|i)\b")
# A question that begins so is known word by word, or asks for something else: ``Kam zvanīt``.
_ASKING = ("kam ", "kas ", "kad ", "cik ")
_VOCABULARY = Vocabulary(LABELS, COMMON, MILESTONES, INSTITUTIONS)


def fund_alone(words: str) -> str | None:
    """The fund that a single word beside or above an amount names (``Kopā``)."""
    return _FUND_ALONE.get(fold(words).strip(" :"))


def known(word: str) -> bool:
    """True where a word of the page is one of the vocabulary."""
    return bool(_VOCABULARY.stems_of(fold_word(word.strip(".,:;()"))))


def known_in_step(word: str) -> bool:
    """True where a word of the page is one of those that milestones are named with."""
    return _VOCABULARY.known_in_step(fold_word(word.strip(".,:;()")))


@memo(4096)
def names_institution(line: str) -> bool:
    """True where a word of the line is a kind of institution."""
    return _VOCABULARY.names_institution(line)


@memo(8192)
def match(text: str, tolerance: int = 0) -> Hit | None:
    """The field that a label opens, None for what is no label.

    ``text`` is all of the label, with or without its colon. ``tolerance``: how many words may be unknown
    (0 for a bare line, more where its place on the page says that it is a label).
    """
    if text.isascii() and (foreign := english.label(text)) is not None:
        return foreign
    if text[:2] in ("Ku", "ku"):
        text = _WHO.sub("Kas", text)
    hit = _VOCABULARY.match(text, tolerance)
    if hit is None or hit.field == "flexibility":
        whole = _WITH_PART.search(text) if "inans" in text or "INANS" in text else None
        of_all = match(text[: whole.start()]) if whole and whole.start() else None
        if of_all is not None and of_all.field == "funding":
            return of_all._replace(fund=fund_of(text, of_all.fund))
    if hit is not None and hit.field == "funding":
        hit = hit._replace(fund=fund_of(text, hit.fund))
    if hit is not None and (hit.field == "fund" or text.lower().startswith(_ASKING)):
        return None if hit.unknown else hit
    if hit is None and _IMPLEMENTS.fullmatch(text):
        return Hit("applicants", None)
    if hit is None and " / " in text:
        return _of_two_languages(text)
    if hit is None and tolerance and len(text) <= _LONGEST_UNIT and _UNIT_ALONE.fullmatch(text):
        return Hit("funding", None)
    return hit or (Hit("funding", "eu_total") if _PART_OF_EU.fullmatch(text.strip()) else None)


def _of_two_languages(text: str) -> Hit | None:
    """``Atlases veids / Type of selection``: Latvian words that are a label, and others that are foreign."""
    own, _, other = text.rstrip(" :").partition(" / ")
    foreign = other.isascii() and not any(map(known, other.split()))
    return match(own) if foreign else None


@memo(4096)
def milestone_kind(phrase: str) -> str | None:
    """The kind of milestone that a phrase names, None where none is known.

    Two kinds of this reader are not CONTRACT's: ``selection_window`` and ``implementation_window`` name a
    stretch of time, whose first and last day are milestones of their own.
    """
    return _VOCABULARY.milestone_kind(phrase)
