"""The vocabulary: which printed label opens which field, and which phrase names which milestone.

To teach it a new label, add a line to LABELS; a new milestone phrase, a line to MILESTONES. Words are
given as stems (``finansējum`` stands for finansējums, finansējuma, finansējumu …); case, number, order,
missing diacritics and small typing errors do not matter. Seen on pages of izm.gov.lv, cfla.gov.lv,
esfondi.lv, lm.gov.lv, varam.gov.lv, viaa.gov.lv.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple


class Label(NamedTuple):
    """``field`` is opened by a label that has a word of each group of ``needs`` and none of ``never``.

    A group is stems parted by spaces, one of which must stand in the label. ``allows`` may stand beside
    them, and so may COMMON. ``fund`` is the fund that the label itself names.
    """

    field: str
    needs: tuple[str, ...]
    allows: str = ""
    never: str = ""
    fund: str | None = None


# Fields of the records; "narrative" is a label that is known and whose text is kept as it is;
# "part" is a label within a contact (its line is read whole).
LABELS: tuple[Label, ...] = (
    Label("funding", ("daļ", "es eiropas"), "finansējum fond", "", "eu_total"),
    Label("applicants", ("īstenotāj",), "potenciāl iespējam atbildīg", "sadarbīb partner"),
    Label("applicants", ("kam",), "paredzēt domāt pieejam var atbalst"),
    Label("objective", ("sasniegt",), "ko vēl vēlam gribam mērķ"),
    Label(
        "contacts",
        ("kontakt kontaktinformācij kontaktperson kontakttālru",),
        "informācij person tālru talr e-past adres jautājum atbildīg",
    ),
    Label("contacts", ("jautājum uzziņ uzziņa saziņ saziņa",), "neskaidrīb sīkāk papild", "bieži"),
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
        ("pieteikties pretendēt saņemt iesniegt",),
        "kas kurš var finansējum atbalst projekt drīkst iesniegum",
        "kad līdz no kur",
    ),
    Label(
        "documents",
        ("dokument",),
        "saistoš saistīt normatīv reglamentējoš noteikum tiesīb akt svarīg noderīg saites",
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
        ("atlas", "veid form tip kārtīb metod procedūr"),
        "iesniegum īstenošan projekt iesniegšan",
        "atklāt ierobežot",
    ),
    Label(
        "selection",
        ("atlas",),
        "iesniegum",
        "uzsāk sāk sākum sākšan nolikum kritērij metodik izsludin noslēg beig kārt gaid plān statuss termiņ rezultāt laik period grafik atklāt ierobežot datum",
    ),
    Label("timeline", ("grafik",), "laik ieviešan īstenošan indikatīv atlas"),
    Label(
        "timeline",
        ("termiņ termin",),
        "laik ieviešan īstenošan indikatīv iesniegšan iesniegum atlas pieteikum pieteikšan pieņemšan svarīgāk galven beig noslēg",
    ),
    Label(
        "timeline",
        ("laik period posm",),
        "ieviešan īstenošan indikatīv iesniegšan iesniegum atlas norises norise pieteikšan pieņemšan",
        "mērķ",
    ),
    Label(
        "timeline",
        ("datum",),
        "ieviešan īstenošan svarīgāk iesniegšan iesniegum atlas beig sāk noslēg",
        "aktualizē publicē atjauno",
    ),
    Label("timeline", ("statuss norise gaita",), "atlas ieviešan īstenošan", "juridisk"),
    Label("narrative", ("grup",), "mērķ mērķgrup galal labum"),
    Label("narrative", ("mērķgrup auditorij",), "mērķ"),
    Label("narrative", ("darbīb aktivitāt",), "atbalst atbalstām galven plān paredzēt īstenojam neatbalstām"),
    Label("narrative", ("partner",), "sadarbīb projekt iesaistīt"),
    Label("narrative", ("intensitāt likm",), "atbalst finansējum maksimāl līdzfinansējum"),
    Label("narrative", ("rādītāj rezultāt",), "sasniedzam iznākum plān gaidām uzraudzīb horizontāl"),
    Label("narrative", ("izmaks",), "attiecinām neattiecinām kopēj"),
    Label("narrative", ("teritorij viet",), "īstenošan mērķ atbalst"),
    Label("narrative", ("nosacījum prasīb kritērij",), "īpaš vērtēšan atlas galven iesniedzēj iesniegum"),
    Label("narrative", ("iestād",), "atbildīg sadarbīb vadoš nozar"),
    Label("narrative", ("ministrij",), "atbildīg nozar"),
    Label("narrative", ("apraksts apraksta",), "īss pasākum"),
    Label("narrative", ("priorit prioritāt virzien",), "investīcij numur nr virzien"),
    Label("specific_objective", ("sam",), "nr numur kods nosaukum"),
    Label("specific_objective", ("specifisk", "mērķ"), "nr numur kods nosaukum"),
    Label(
        "objective",
        ("mērķ mērķi mērķis",),
        "ieguldījum investīcij uzdevum virzien",
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
    Label("funding", ("līdzfinansējum",), "nacionāl", "erdf", "national"),
    Label("funding", ("eraf",), "finansējum", "nacionāl", "erdf"),
    Label("funding", ("esf esf+",), "finansējum plus", "nacionāl", "esf_plus"),
    Label("funding", ("sociāl", "fond"), "finansējum plus eiropas", "nacionāl", "esf_plus"),
    Label("funding", ("reģionāl", "fond"), "finansējum attīstīb eiropas", "nacionāl", "erdf"),
    Label("funding", ("kf kohēzij",), "finansējum", "nacionāl", "cf"),
    Label("funding", ("tpf pārkārtošan",), "finansējum taisnīg", "nacionāl", "jtf"),
    Label("funding", ("af anm atveseļošan",), "finansējum noturīb mehānism plān", "nacionāl", "rrf"),
    Label("funding", ("finansējum", "es eiropas"), "apjom apmēr summ daļ", "saņēmēj iesniedzēj", "eu_total"),
    Label(
        "funding",
        ("finansējum", "kopēj kopā kopum"),
        "apjom apmēr summ attiecinām publisk",
        "saņēmēj iesniedzēj",
        "total",
    ),
    Label(
        "funding",
        ("finansējum",),
        "apjom apmēr summ attiecinām publisk indikatīv orientējoš",
        "saņēmēj iesniedzēj elastīb",
    ),
    Label("funding", ("budžet",), "apjom kopēj indikatīv"),
    Label("funding", ("summ apjom apmēr",), "atbalst kopēj naud indikatīv"),
    Label("other_info", ("inform",), "cit papild papildu svarīg noderīg būtisk", "kontakt"),
    Label(
        "other_info", ("informācij papildinformācij",), "cit papild papildu svarīg noderīg būtisk", "kontakt"
    ),
    Label("other_info", ("piezīm",), "cit"),
    Label(
        "funding", ("atbalst", "es eiropas"), "apjom apmēr summ finansiāl", "saņēmēj iesniedzēj", "eu_total"
    ),
    Label("title", ("nosaukum",), "pilns"),
    Label("title", ("pasākums pasākumi",), ""),
    Label("code", ("numur nr kods kod",), "pasākum kārtas"),
    Label("round", ("kārt",), "atlas iesniegum numur nr"),
)

# Words that stand beside any label and change nothing of what it opens.
COMMON = (
    "plān plānot pasākum projekt es fond eiropas savienīb atbalst atbalstām eiro euro eur par un no uz pieejam kopēj "
    "paredzēt indikatīv atlas iesniegum kārt galven īstenošan ieviešan šī periods investīcij piešķirt aktuāl īss milj "
    "tūkst publisk provizorisk"
)


# A line that names one of these is a value where a word of it is unknown.
INSTITUTIONS = (
    "aģentūr ministrij centr dome domes pašvaldīb biedrīb nodibināj universitāt augstskol skol institūt dienest "
    "pārvald komersant uzņēm iestād kancelej koledž tehnikum padom komisij direkcij sia slimnīc"
)


class Phrase(NamedTuple):
    """A milestone of this ``kind`` is named by words with a stem of each group of ``needs``, none of ``never``."""

    kind: str
    needs: tuple[str, ...]
    never: str = ""


MILESTONES: tuple[Phrase, ...] = (
    Phrase("other", ("kritērij nolikum metodik seminār vērtēšan izvērtēšan",), "noteikum"),
    Phrase(
        "regulation_approval", ("noteikum mk regulējum likum", "apstiprin pieņem izdošan izdot spēkā stāšan")
    ),
    Phrase(
        "regulation_approval", ("noteikum",), "grozījum saskaņošan izstrād iesnieg izsludin atlas projekt"
    ),
    Phrase("regulation_approval", ("mk",), "grozījum saskaņošan izstrād iesnieg izsludin atlas projekt"),
    Phrase("eligibility_start", ("attiecinām attiecināmīb",)),
    Phrase("project_approval", ("projekt iesniegum", "apstiprin")),
    Phrase(
        "selection_end",
        (
            "atlas iesnieg iesniegum iesniegšan pieteik pieteikum konkurs pieņemšan uzsaukum",
            "noslēg beig beidz pabeig termiņ slēgšan pēdēj",
        ),
    ),
    Phrase(
        "selection_start",
        (
            "atlas iesnieg iesniegum iesniegšan pieteik pieteikum konkurs uzsaukum pieņemšan",
            "uzsāk sāk sākum sākšan izsludin atvēr atvērt publicē start atklāšan",
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
    Phrase("implementation_window", ("īstenošan ieviešan",), "rezultāt"),
    Phrase("selection_start", ("izsludin izsludināšan",), "noteikum rezultāt"),
    Phrase("completion", ("noslēg beig beidz pabeig",), ""),
)


class Hit(NamedTuple):
    """A label that is known: the field it opens, the fund it names, how many of its words are unknown.

    ``unit``: the unit of money that a heading above the label names (``Finansējums (milj. euro)``).
    """

    field: str
    fund: str | None
    unknown: int = 0
    unit: Decimal | None = None


_FOLD = str.maketrans("āčēģīķļņōŗšūžĀČĒĢĪĶĻŅŌŖŠŪŽ", "acegiklnorsuzACEGIKLNORSUZ")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\+?", re.UNICODE)
# What may stand in a label beside its words: brackets, the number of a list, the years of a programme.
_BESIDE = re.compile(
    r"\([^()\d]{0,60}\)|\[[^\[\]\d]{0,60}\]|^\s*\d{1,2}[.)]\s|^(?:t\.\s?sk\.|tai skaitā|tostarp|no tā|no tiem)\s|(?:19|20)\d\d\.?\s?[–—-]\s?(?:19|20)\d\d\.?(?:\s?gad\w*)?"
)
_DIGIT = re.compile(r"\d")
# A colon or a dash within parts a label from its value: all of it is no label.
_PARTED = re.compile(r":|\s[–—-]\s")
_SIGN = re.compile(r"[\d(\[]|^[tn]")
# Letters that a Latvian ending adds to a stem: -ajiem, -iem, -šanas …
_LONGEST_ENDING = 6
_SHORT_ENDING = 3
_FUZZY_LEAST = 5
_FUZZY_WORD = 7
LONGEST_LABEL = 90
MOST_WORDS = 9


def fold(text: str) -> str:
    """Lower case without diacritics; as long as ``text``, so that offsets stand."""
    lowered = text.translate(_FOLD).lower()
    return lowered if len(lowered) == len(text) else text.translate(_FOLD)


def _stems(words: str) -> tuple[str, ...]:
    return tuple(fold(words).split())


class _Rule(NamedTuple):
    """``fine``: all stems that may stand in the label."""

    label: Label
    needs: tuple[tuple[str, ...], ...]
    fine: frozenset[str]
    never: tuple[str, ...]


_COMMON = _stems(COMMON)
_INSTITUTIONS = _stems(INSTITUTIONS)


def _rule(label: Label) -> _Rule:
    needs = tuple(_stems(group) for group in label.needs)
    fine = frozenset(stem for group in needs for stem in group).union(_stems(label.allows), _COMMON)
    return _Rule(label, needs, fine, _stems(label.never))


_RULES = tuple(_rule(label) for label in LABELS)
# The rules that a stem of their first group calls for, by their order.
_CALLED: dict[str, list[int]] = {}
for _order, _each in enumerate(_RULES):
    for _stem in _each.needs[0]:
        _CALLED.setdefault(_stem, []).append(_order)
_PHRASES = tuple(
    (phrase.kind, tuple(_stems(group) for group in phrase.needs), _stems(phrase.never))
    for phrase in MILESTONES
)
_ALL_STEMS = tuple(sorted({stem for rule in _RULES for group in (rule.fine, rule.never) for stem in group}))
_STEMS = frozenset(_ALL_STEMS)
_FUZZY_STEMS: dict[str, tuple[str, ...]] = {
    letter: tuple(stem for stem in _ALL_STEMS if stem[0] == letter and len(stem) >= _FUZZY_LEAST)
    for letter in {stem[0] for stem in _ALL_STEMS}
}


def is_of(word: str, stem: str) -> bool:
    """True where ``word`` is ``stem`` with an ending; short stems stand for themselves alone."""
    if len(stem) <= 3:
        return word == stem or (len(stem) == 3 and word.startswith(stem) and len(word) <= 5)
    return word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING


@lru_cache(maxsize=8192)
def _known(word: str) -> tuple[str, ...]:
    """The stems that a word may stand for; with one typing error where none stands for it exactly."""
    sizes = range(max(len(word) - _LONGEST_ENDING, 1), len(word) + 1)
    exact = tuple(stem for size in sizes if (stem := word[:size]) in _STEMS and is_of(word, stem))
    if len(word) < _FUZZY_WORD or any(len(word) - len(stem) <= _SHORT_ENDING for stem in exact):
        return exact
    return exact + tuple(stem for stem in _FUZZY_STEMS.get(word[0], ()) if _nearly(word, stem))


def _nearly(word: str, stem: str) -> bool:
    """One letter wrong, missing, doubled or swapped within the stem."""
    size = len(stem)
    for place in range(min(size, len(word))):
        if word[place] != stem[place]:
            rest = len(word) - size
            if rest > _LONGEST_ENDING + 1 or rest < -1:
                return False
            swapped = word[place : place + 2] == stem[place : place + 2][::-1] and word[
                place + 2 :
            ].startswith(stem[place + 2 :])
            return (
                swapped
                or word[place + 1 :].startswith(stem[place + 1 :])
                or word[place:].startswith(stem[place + 1 :])
                or word[place + 1 :].startswith(stem[place:])
            )
    return False


def known(word: str) -> bool:
    """True where a word of the page is one of the vocabulary."""
    return bool(_known(fold(word.strip(".,:;()"))))


@lru_cache(maxsize=4096)
def names_institution(line: str) -> bool:
    """True where a word of the line is a kind of institution."""
    words = [fold(word) for word in _WORD.findall(line)]
    return any(is_of(word, stem) for word in words for stem in _INSTITUTIONS)


@lru_cache(maxsize=8192)
def match(text: str, tolerance: int = 0) -> Hit | None:
    """The field that a label opens, None for what is no label.

    ``text`` is all of the label, with or without its colon. ``tolerance``: how many words may be unknown
    (0 for a bare line, more where its place on the page says that it is a label).
    """
    if len(text) > LONGEST_LABEL or _PARTED.search(text.rstrip(" :")):
        return None
    bare = _BESIDE.sub(" ", text) if _SIGN.search(text) else text
    if _DIGIT.search(bare):
        return None
    words = [fold(word) for word in _WORD.findall(bare)]
    if not words or len(words) > MOST_WORDS:
        return None
    stems = [_known(word) for word in words]
    if len(words) - sum(1 for known in stems if known) > tolerance:
        return None
    present = frozenset(stem for known in stems for stem in known)
    best: tuple[int, int, Label] | None = None
    for order in {order for stem in present for order in _CALLED.get(stem, ())}:
        rule = _RULES[order]
        unknown = _unknown(rule, stems, present)
        if unknown is not None and unknown <= tolerance and (best is None or (unknown, order) < best[:2]):
            best = (unknown, order, rule.label)
    return Hit(best[2].field, best[2].fund, best[0]) if best else None


def _unknown(rule: _Rule, stems: list[tuple[str, ...]], present: frozenset[str]) -> int | None:
    """How many words of a label this rule does not know; None where it does not open its field."""
    if any(present.isdisjoint(group) for group in rule.needs) or not present.isdisjoint(rule.never):
        return None
    return sum(1 for known in stems if rule.fine.isdisjoint(known))


@lru_cache(maxsize=4096)
def milestone_kind(phrase: str) -> str | None:
    """The kind of milestone that a phrase names, None where none is known.

    Two kinds of this reader are not CONTRACT's: ``selection_window`` and ``implementation_window`` name a
    stretch of time, whose first and last day are milestones of their own.
    """
    words = [fold(word) for word in _WORD.findall(phrase)]
    for kind, needs, never in _PHRASES:
        if all(any(is_of(word, stem) for word in words for stem in group) for group in needs) and not any(
            is_of(word, stem) for word in words for stem in never
        ):
            return kind
    return None
