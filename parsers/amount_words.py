"""The words of amounts: add a line here to teach the reader a new one.

How phrases are written is told in :mod:`parsers.phrases`. The words are those of cfla.gov.lv,
esfondi.lv, likumi.lv, altum.lv, liaa.gov.lv, the ministries' pages and the news.
"""

from __future__ import annotations

# How far before its number a qualifying word may stand.
BESIDE = 0  # only FILLERS between
NEAR = 3  # up to three other words between
CLAUSE = 12  # a word of the label, such as "maksimālais": anywhere before it in the clause

# "exact" takes back what a shorter phrase of the table would say.
QUALIFIERS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    (
        "more_than",
        BESIDE,
        (
            "vairāk/lielāk*/augstāk*/ilgāk kā/nekā/par",
            "virs",
            "pāri",
            "pāri par",
            "more/higher/greater than",
            "over/above/exceeding",
            "in excess of",
            ">",
        ),
    ),
    (
        "more_than",
        NEAR,
        (
            "pārsniedz",
            "pārsniegs",
            "pārsniegt*",
            "pārsniegus*",
            "pārsniedz*",
            "exceeds/exceeded/exceed",
        ),
    ),
    (
        "at_least",
        BESIDE,
        (
            "at least",
            "not/no less than",
            "starting from/at/with",
            "minimum",
            "min",
            "vismaz",
            "ne mazāk*/zemāk* kā/nekā/par",
            "nav/nevar/nedrīkst* mazāk*/zemāk* kā/nekā/par",
            "nav/nevar/nedrīkst* ... mazāk*/zemāk* kā/nekā/par",
            "sākot no/ar",
            "sākas no/ar",
            "sākās no/ar",
            "sāksies no/ar",
            "minimāli",
            "minimums",
            "min.",
            "ne mazāk",
            ">=",
            "≥",
        ),
    ),
    (
        "at_least",
        CLAUSE,
        (
            "minimāl*",
            "minimāli pieļaujam*/iespējam*/nepieciešam*",
            "mazākais/mazākā pieļaujam*/iespējam*",
            "minimum",
        ),
    ),
    (
        "up_to",
        BESIDE,
        (
            "līdz",
            "līdz pat",
            "ne vairāk/lielāk*/augstāk*/vairums kā/nekā/par",
            "nav/nevar/nedrīkst* vairāk/lielāk*/augstāk* kā/nekā/par",
            "nav/nevar/nedrīkst* ... vairāk/lielāk*/augstāk* kā/nekā/par",
            "mazāk*/zemāk* kā/nekā/par",
            "zem",
            "ne vairāk",
            "ne augstāk",
            "maksimums",
            "maks.",
            "up to",
            "at most",
            "not/no/nor more/higher/greater than",
            "less/lower/smaller than",
            "below/under",
            "max",
            "max.",
            "nesasniedz*",
            "<",
            "<=",
            "≤",
        ),
    ),
    (
        "up_to",
        NEAR,
        (
            "nepārsnieg*",
            "nepārsniedz*",
            "nevar/nedrīkst*/nevarēs/nevarētu/nav pārsnieg*",
            "nevar/nedrīkst*/nevarēs/nevarētu ... pārsniegt",
            "bez pārsniegšanas",
            "not exceed*",
            "never exceed*",
        ),
    ),
    ("up_to", NEAR, ("maksimāli",)),
    (
        "up_to",
        CLAUSE,
        (
            "maksimāl*",
            "maksimāli pieejam*/pieļaujam*/iespējam*/piešķiram*/atbalstām*/saņemam*",
            "griesti",
            "griestus",
            "lielākais/augstākais pieļaujam*/iespējam*",
            "maximum",
            "maximal",
            "ceiling",
        ),
    ),
    (
        "approximate",
        BESIDE,
        (
            "aptuveni",
            "aptuv.",
            "apmēram",
            "apm.",
            "apt.",
            "ap",
            "gandrīz",
            "teju",
            "teju vai",
            "bezmaz",
            "nepilni",
            "nepilnu",
            "nepilnus",
            "nepilna",
            "nepilniem",
            "nepilns",
            "nepilnam",
            "tuvu",
            "tuvu pie",
            "tuvojas",
            "kādi/kādus/kādiem",
            "cirka",
            "ca.",
            "ca",
            "noapaļojot",
            "noapaļot*",
            "plusmīnus",
            "plus mīnus",
            "about/around/approximately/approx/approx./roughly/circa",
            "almost/nearly",
            "close to",
            "just under/over",
            "some",
            "+-",
            "±",
            "~",
            "≈",
            "∼",
            "≅",
        ),
    ),
    ("approximate", NEAR, ("orientējoši", "provizoriski", "indikatīvi")),
    ("exact", CLAUSE, ("minimāl* alg*", "minimāl* darba alg*", "minimāl* mēneša darba alg*")),
    ("approximate", NEAR, ("tuvojas", "tuvojās", "tuvosies")),
    (
        "approximate",
        CLAUSE,
        (
            "aptuven*",
            "orientējoš*",
            "provizorisk*",
            "indikatīv*",
            "lēš*",
            "lēst*",
            "lēsa",
            "indicative",
            "estimated/estimate",
        ),
    ),
)

# After the number: "5 miljoni eiro vai vairāk".
AFTER: tuple[tuple[str, str], ...] = (
    ("at_least", "vai/un vairāk/lielāk*/augstāk*"),
    ("at_least", "vai/un virs"),
    ("at_least", "ne mazāk"),
    ("at_least", "un uz augšu"),
    ("at_least", "minimums"),
    ("at_least", "minimāli"),
    ("up_to", "vai/un mazāk*/zemāk*"),
    ("up_to", "ne vairāk"),
    ("up_to", "maksimums"),
    ("up_to", "maksimāli"),
    ("approximate", "aptuveni"),
    ("approximate", "apmēram"),
    ("approximate", "vai tuvu tam"),
)

# After the number, in brackets or behind a comma or dash, alone or before a word for a sum:
# "5 000 000 eiro (indikatīvi)", "5 000 000 eiro, provizoriska summa".
REMARKS: tuple[tuple[str, str], ...] = (
    ("approximate", "indikatīv*"),
    ("approximate", "orientējoš*"),
    ("approximate", "provizorisk*"),
    ("approximate", "aptuven*"),
    ("approximate", "indicative"),
    ("approximate", "estimated/estimate"),
    ("approximate", "approximately"),
    ("up_to", "maksimāl*"),
)

# Words that may stand between a qualifier and its number: "līdz pat kopā EUR 5 000".
FILLERS = (
    "eur",
    "euro",
    "eiro",
    "€",
    "kopā",
    "kopumā",
    "kopsumm*",
    "kopēj*",
    "jau",
    "pat",
    "vien",
    "tikai",
    "vēl",
    "papildu",
    "summ*",
    "apmērā",
    "apmēru",
    "apmēram",
    "apjomā",
    "vērt*",
    "ekvivalent*",
    "izmaks*",
    "gadā",
    "mēnesī",
    "eraf",
    "esf",
    "esf+",
    "kf",
    "tpf",
    "af",
    "es",
    "fondu",
    "finansējum*",
    "līdzekļ*",
    "ir",
    "būs",
    "būt",
    "bija",
    "is",
    "be",
    "a",
    "the",
    "of",
    "total",
    "amount",
    "tiek",
    ":",
    "-",
    "=",
)

# A word of the label reaches no further than these.
STOPS = (
    "bet",
    "savukārt",
    "taču",
    "tostarp",
    "t.sk.",
    "tai",
    "tajā",
    "tiem",
    "kuriem",
    "kurām",
    "savukart",
    "par",
    "while",
    "including",
    "which",
)

# "pieauga no 2 līdz 5 miljoniem" tells of two amounts, not of a range.
CHANGES = (
    "palielin*",
    "paaugstin*",
    "pieaug*",
    "pieaudz*",
    "samazin*",
    "saruk*",
    "saruc*",
    "krit*",
    "kritis",
    "kāp*",
    "aug/auga/augs/augot/augusi/augušas/augušie/auguši/audzis/augusī",
    "mainī*",
    "celt/cels/cēla/celta/celts",
    "increas*/decreas*/reduc*/rose/rise/risen/raised/grew/grown/fell/fallen",
)

FUNDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("erdf", ("ERAF", "ERDF", "European Regional Development Fund", "Eiropas Reģionāl* attīstības fond*")),
    ("esf_plus", ("ESF", "ESF+", "ESF +", "ESF Plus", "Eiropas Sociāl* fond*", "Eiropas Sociāl* fond* Plus")),
    ("cf", ("KF", "Cohesion Fund", "Kohēzijas fond*")),
    ("jtf", ("TPF", "Taisnīg* pārkārtošanās fond*")),
    (
        "rrf",
        (
            "AF",
            "ANM",
            "RRF",
            "Atveseļošanas fond*",
            "Atveseļošanas un noturības mehānism*",
            "Atveseļošanās un noturības mehānism*",
            "Atveseļošanas un noturības instrument*",
        ),
    ),
    ("eu_total", ("ELFLA", "EJZAF", "EJZF", "ELGF")),
    ("flexibility", ("elastības finansējum*", "elastības daļ*", "elastības apjom*", "elastības summ*")),
    (
        "national",
        (
            "nacionāl* finansējum*",
            "nacionāl* līdzfinansējum*",
            "nacionāl* publisk* finansējum*",
            "nacionāl* publisk* līdzfinansējum*",
            "nacionāl* daļ*",
        ),
    ),
    (
        "state_budget",
        (
            "valsts budžet*",
            "valsts finansējum*",
            "valsts līdzfinansējum*",
            "valsts daļ*",
            "VB",
            "valsts pamatbudžet*",
        ),
    ),
    (
        "municipal",
        (
            "pašvaldīb* budžet*",
            "pašvaldīb* finansējum*",
            "pašvaldīb* līdzfinansējum*",
            "pašvaldīb* līdzekļ*",
            "pašvaldīb* daļ*",
            "pašvaldīb* ieguldījum*",
            "novada budžet*",
            "pilsētas budžet*",
            "domes budžet*",
        ),
    ),
    (
        "private",
        (
            "privāt* finansējum*",
            "privāt* līdzfinansējum*",
            "privāt* līdzekļ*",
            "privāt* daļ*",
            "privāt* ieguldījum*",
        ),
    ),
    (
        "eu_total",
        (
            "ES fond*",
            "ES fond* finansējum*",
            "ES struktūrfond*",
            "ES finansējum*",
            "ES līdzfinansējum*",
            "ES daļ*",
            "ES atbalst*",
            "ES līdzekļ*",
            "Eiropas Savienības fond*",
            "Eiropas Savienības finansējum*",
            "Eiropas Savienības līdzfinansējum*",
            "Eiropas Savienības atbalst*",
        ),
    ),
    (
        "total",
        (
            "kopā",
            "kopējais",
            "kopējā",
            "kopējo",
            "kopējie",
            "kopējās",
            "kopējam",
            "kopsumma",
            "kopsummu",
            "kopumā",
            "pavisam",
            "kopapjoms",
            "kopfinansējums",
            "kopēj* finansējum*",
            "kopēj* publisk* finansējum*",
            "kopēj* attiecinām* finansējum*",
            "kopējās izmaksas",
            "kopējās attiecināmās izmaksas",
            "kopējās publiskās attiecināmās izmaksas",
        ),
    ),
)

# These name a fund only right beside the number: "pašvaldība – 797 160 eiro".
FUNDS_BESIDE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("national", ("nacionāl*",)),
    ("state_budget", ("valsts", "valstij")),
    ("municipal", ("pašvaldīb*",)),
    ("private", ("privāt*",)),
    ("eu_total", ("ES", "Eiropas Savienība*")),
    ("flexibility", ("elastība*", "elastības rezerv*")),
    ("total", ("KOPĀ EUR", "summa kopā")),
)

# What comes after the number and joins a fund to it: "5 000 eiro no ERAF", "… eiro (ERAF)".
FUND_AFTER = ("no", "apmērā", "apmērs", "ir", "būs", "veido", "sedz", "piešķir", "nāk", "nāks")

# Powers of ten; a point after the word may follow.
MAGNITUDES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (3, ("tūkst", "tūkstoš*", "tūkstot*", "thousand*")),
    (6, ("milj", "miljon*", "mlj", "mljn", "mln", "mil", "mio", "million*")),
    (9, ("miljard*", "mljrd", "mlrd", "mljd", "mrd", "billion*", "bn", "bln")),
    (12, ("triljon*", "trilj")),
)
# Right before the sign of euro: "10 mEUR".
LETTER_MAGNITUDES: dict[str, int] = {"t": 3, "k": 3, "m": 6}

EURO = ("eiro", "euro", "euros", "eur", "eiru", "eira", "eiram", "eirām")
OTHER_CURRENCIES = (
    *("LVL", "Ls", "lats", "lati", "lata", "latu", "latus", "latiem", "latam"),
    *("USD", "$", "dolār*", "ASV dolār*", "GBP", "£", "Lielbritānijas mārciņ*", "CHF", "Šveices frank*"),
    *("SEK", "NOK", "DKK", "kron*", "PLN", "zlot*", "rubļ*", "Japānas jen*"),
)

# Before a number without a sign of euro: it counts people, not money.
COUNTS = ("skait*", "cilvēk*", "iedzīvotāj*", "dzīvo")

# What numbers count on these pages; beside such a word a number without a unit is no amount.
COUNTED = (
    "cilvēk* iedzīvotāj* person* ģimen* bērn* skolēn* student* pedagog* darbiniek* dalībniek* uzņēmum* "
    "pašvaldīb* iestād* skol* projekt* līgum* pieteikum* iesniegum* viet* reiz* gad* mēn* ned* dien* stund* "
    "punkt* apakšpunkt* pant* noteikum* kārt* nodaļ* ha km m2 m² kv kW MW tonn* "
    "people person* compan* year* month* week* day* participant* application*"
).split()

UNIT_STEMS: tuple[tuple[str, int], ...] = (
    ("vien", 1),
    ("div", 2),
    ("četr", 4),
    ("piec", 5),
    ("seš", 6),
    ("septiņ", 7),
    ("astoņ", 8),
    ("deviņ", 9),
)
UNIT_ENDINGS = ("s", "a", "am", "ai", "i", "u", "us", "as", "iem", "ām", "os", "ās")
THREE = ("trīs", "triju", "trijiem", "trijām", "trim", "trijos")
TEN_STEMS: tuple[tuple[str, int], ...] = (
    ("vien", 1),
    ("div", 2),
    ("trīs", 3),
    ("četr", 4),
    ("piec", 5),
    ("seš", 6),
    ("septiņ", 7),
    ("astoņ", 8),
    ("deviņ", 9),
)
HUNDREDS = ("simts", "simt", "simta", "simtu", "simti", "simtus", "simtiem")
# Halves, as tenths: "pusotra miljona", "divarpus miljoni".
HALVES: tuple[tuple[str, int], ...] = (
    ("pus", 5),
    ("pusotr", 15),
    ("divarpus", 25),
    ("trīsarpus", 35),
    ("četrarpus", 45),
    ("piecarpus", 55),
)
HALF_ENDINGS = ("s", "a", "u", "am", "i", "iem", "us", "as", "e", "")
# Before "miljonu eiro" without a number these make it no amount: "desmitiem miljonu eiro".
INDEFINITE = (
    "desmitiem",
    "desmitus",
    "desmiti",
    "simtiem",
    "simtus",
    "simti",
    "tūkstošiem",
    "tūkstošus",
    "tūkstoši",
    "miljoniem",
    "miljonus",
    "vairāku",
    "vairākus",
    "vairāki",
    "vairākiem",
    "dažu",
    "dažus",
    "daži",
    "dažiem",
    "daudzu",
    "daudziem",
    "daudzus",
    "pāris",
    "padsmit",
    "nedaudz",
)
