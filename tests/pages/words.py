# ruff: noqa: E501  (sentences and markup stand whole)
"""Word banks of the generated pages: Latvian as state bodies print it, people made up."""

from __future__ import annotations

PUBLISHERS: tuple[tuple[str, str], ...] = (
    ("Izglītības un zinātnes ministrija", "izm"),
    ("Labklājības ministrija", "lm"),
    ("Veselības ministrija", "vm"),
    ("Kultūras ministrija", "km"),
    ("Ekonomikas ministrija", "em"),
    ("Vides aizsardzības un reģionālās attīstības ministrija", "varam"),
    ("Klimata un enerģētikas ministrija", "kem"),
    ("Satiksmes ministrija", "sam"),
)

PAGE_TITLES = (
    "ES fondi vispārējai izglītībai 2021–2027",
    "ES fondu atbalsts veselības nozarei",
    "Eiropas Savienības fondi 2021.–2027. gada plānošanas periodā",
    "Atbalsts pašvaldībām un uzņēmējiem",
    "ES fondu pasākumi vides un klimata jomā",
    "Eiropas Savienības fondu investīcijas labklājības nozarē",
)

THEMES = (
    "Mūsdienīgas mācību vides nodrošināšanai",
    "Profesionālās izglītības attīstībai",
    "Digitālo prasmju pilnveidei",
    "Veselības aprūpes pieejamības uzlabošanai",
    "Sociālo pakalpojumu attīstībai",
    "Energoefektivitātes veicināšanai",
    "Zinātnes un inovāciju kapacitātes stiprināšanai",
    "Kultūras mantojuma saglabāšanai",
    "Pielāgošanās klimata pārmaiņām",
    "Ilgtspējīgas mobilitātes attīstībai",
    "Nodarbinātības un prasmju attīstībai",
    "Iekļaujošas sabiedrības veidošanai",
    "Uzņēmējdarbības vides uzlabošanai",
    "Atkritumu apsaimniekošanas un aprites ekonomikas attīstībai",
)

TITLES = (
    "Infrastruktūras izveide starpnozaru sadarbības atbalsta sistēmas attīstībai",
    "Mācību vides pilnveide speciālās izglītības iestādēs",
    "Pedagogu profesionālās kompetences pilnveides sistēmas izveide",
    'Integrēta "skola-kopiena" sadarbības programma riska mazināšanai',
    "Slimnīcu infrastruktūras attīstība, nodrošinot pakalpojumu kvalitāti un pieejamību",
    "Ģimenes ārstu prakšu tīkla stiprināšana reģionos",
    "Sabiedrībā balstītu sociālo pakalpojumu pieejamības palielināšana",
    "Jauniešu ar ierobežotām iespējām integrēšana darba tirgū",
    "Daudzdzīvokļu dzīvojamo ēku energoefektivitātes paaugstināšana",
    "Valsts ēku atjaunošana un pāreja uz atjaunojamiem energoresursiem",
    "Plūdu un krasta erozijas risku mazināšana",
    "Ūdenssaimniecības pakalpojumu attīstība aglomerācijās",
    "Dzelzceļa posmu modernizācija un sinhronizācija",
    "Bezemisiju transportlīdzekļu ieviešana sabiedriskajā transportā",
    'Kultūras mantojuma objektu saglabāšana programmā "Dzīvā vēsture"',
    "Radošo industriju inkubatora pakalpojumi",
    "Praktiskas ievirzes pētījumi un to rezultātu komercializācija",
    "Pēcdoktorantūras pētniecības atbalsts",
    "Augstskolu pārvaldības un studiju kvalitātes stiprināšana",
    "Mazo un vidējo uzņēmumu digitālā transformācija",
    "Bezdarbnieku, darba meklētāju un bezdarba riskam pakļauto personu apmācība",
    "Pieaugušo individuālās vajadzībās balstīta izglītošanās",
    "Dabas aizsardzības plānu izstrāde un biotopu atjaunošana",
    "Atkritumu dalītās savākšanas veicināšana",
    "Valsts pārvaldes pakalpojumu elektronizācija un datu atvēršana",
    "Psihoneiroloģisko slimnīcu telpu atjaunošana un aprīkojuma iegāde",
    "Prasmju attīstība augstskolu vadībā un zinātnē 2021.–2027. gadam",
    "Pirmsskolas izglītības pieejamības paplašināšana pašvaldībās",
    "Tehnikumu mācību laboratoriju un dienesta viesnīcu attīstība",
    "Asistīvo tehnoloģiju (tehnisko palīglīdzekļu) apmaiņas sistēmas izveide",
)

INTRO = (
    "Eiropas Savienības fondu atbalsts paredzēts, lai uzlabotu pakalpojumu kvalitāti un nodrošinātu vienlīdzīgas iespējas visiem.",
    "Šajā lapā apkopota informācija par pasākumiem, kuru īstenošanā ministrija ir atbildīgā iestāde.",
    "Informācija tiek papildināta, tiklīdz stājas spēkā attiecīgie Ministru kabineta noteikumi.",
    "Ieguldījumi plānoti saskaņā ar Latvijas Nacionālo attīstības plānu un nozares pamatnostādnēm.",
)

NARRATIVE = (
    "Plānoto pasākumu ietvaros ir paredzēts attīstīt infrastruktūru un pakalpojumus, kas nepieciešami uz indivīda vajadzībām orientētam atbalstam.",
    "Papildus tiks uzlabota piekļūstamība, kā arī labiekārtota iestāžu ārtelpa, tostarp spēļu un sporta aktivitāšu zonas.",
    "Atbalsts sniedz iespēju iegūt salīdzināmus datus un analizēt nozares attīstību, kas nepieciešama rīcībpolitikas izstrādei.",
    "Atbalstu paredzēts sniegt arī jauniešiem (no 15 līdz 29 gadiem), kuri nemācās, nestrādā un neapgūst arodu.",
    "Ieguldījumi papildina 2014.–2020. gada plānošanas periodā īstenotos projektus un novērš to laikā konstatētās nepilnības.",
    "Finansējums tiks novirzīts reģionālo atšķirību mazināšanai un sadarbībai starp nozarēm.",
    "Īpaša uzmanība pievērsta iedzīvotājiem, kuriem pakalpojumi līdz šim bija grūti pieejami.",
)

OBJECTIVES = (
    "Plānotā atbalsta mērķis ir nodrošināt efektīvu pakalpojumu sistēmu, sakārtojot iestāžu tīklu un sniedzot nepieciešamo materiāltehnisko nodrošinājumu.",
    "Pasākuma mērķis ir attīstīt integrētu pieeju, veicinot starpinstitūciju sadarbību un mērķa grupas iesaisti.",
    "Nodrošināt mūsdienīgus un kvalitatīvus resursus (piemēram, portatīvais dators, projektors, u.c.) pakalpojumu sniedzējiem.",
    "Uzlabot pakalpojumu pieejamību reģionos un mazināt teritoriālās atšķirības.",
    "Sniegt atbalstu iedzīvotājiem vecumā no 15 līdz 29 gadiem, kuri nemācās un nestrādā.",
    "Veicināt pāreju uz klimatneitrālu ekonomiku, samazinot primārās enerģijas patēriņu vismaz par 30%.",
    "Stiprināt pētniecības kapacitāti un zināšanu pārnesi starp zinātni un uzņēmumiem.",
    "Pilnveidot speciālistu zināšanas un prasmes, t.sk. nodrošinot supervīzijas un metodisko atbalstu.",
    "Turpināt 2014.–2020. gada plānošanas periodā uzsāktās reformas un nostiprināt to rezultātus.",
)

OBJECTIVE_LEADS = (
    "Plānotā atbalsta mērķis ir nodrošināt:",
    "Atbalsts plānots šādiem virzieniem:",
    "Pasākuma ietvaros paredzēts:",
)

OBJECTIVE_ITEMS = (
    "telpu pielāgošanu un piekļūstamības uzlabošanu",
    "aprīkojuma un tehnoloģiju iegādi",
    "speciālistu un darbinieku apmācību",
    "metodisko materiālu izstrādi un aprobāciju",
    "informācijas sistēmu attīstību, t.sk. datu apmaiņas risinājumus",
    "ēku energoefektivitātes paaugstināšanu",
    "mobilo komandu izveidi (ārsts, māsa, sociālais darbinieks)",
    "zinātnisko pētījumu veikšanu un to rezultātu publicēšanu",
    "informācijas un publicitātes pasākumus par projekta īstenošanu",
    "sadarbības tīkla izveidi starp pašvaldībām",
)

OTHER_INFO = (
    "Pasākums tiks īstenots sadarbībā ar pašvaldībām.",
    "Sīkāka informācija tiks publicēta pēc noteikumu apstiprināšanas.",
    "Atbalsta intensitāte – līdz 85% no attiecināmajām izmaksām.",
    "Pasākuma nosacījumi var tikt precizēti.",
    "Projektu īsteno visā Latvijas teritorijā.",
    "Noteikumu projekts saskaņots starpministriju sanāksmē.",
)

APPLICANTS: tuple[tuple[str, str], ...] = (
    ("Pašvaldības", "municipality"),
    ("Ventspils valstspilsētas pašvaldība", "municipality"),
    ("Siguldas novada pašvaldība", "municipality"),
    ("Rīgas valstspilsētas pašvaldība", "municipality"),
    ("Valsts kanceleja", "state_institution"),
    ("Izglītības un zinātnes ministrija", "state_institution"),
    ("Veselības ministrija", "state_institution"),
    ("Valsts izglītības satura centrs", "state_institution"),
    ("Nodarbinātības valsts aģentūra", "state_institution"),
    ("Slimību profilakses un kontroles centrs", "state_institution"),
    ("Jaunatnes starptautisko programmu aģentūra", "state_institution"),
    ("Dabas aizsardzības pārvalde", "state_institution"),
    ("Centrālā statistikas pārvalde", "state_institution"),
    ("Valsts reģionālās attīstības aģentūra", "state_institution"),
    ("Valsts pārvaldes iestādes", "state_institution"),
    ("Latvijas Universitāte", "university"),
    ("Rīgas Tehniskā universitāte", "university"),
    ("augstskolas", "university"),
    ("Valmieras Valsts ģimnāzija", "school"),
    ("profesionālās izglītības iestādes (kas īsteno vispārējo izglītību)", "school"),
    ("vispārējās izglītības iestādes", "school"),
    ("Kuldīgas Tehnoloģiju un tūrisma tehnikums", "school"),
    ("zinātniskās institūcijas", "research"),
    ("valsts zinātniskie institūti", "research"),
    ("SIA “Rēzeknes namsaimnieks”", "company"),
    ("komersanti", "company"),
    ("mazie un vidējie uzņēmumi", "company"),
    ("VSIA „Piejūras slimnīca”", "company"),
    ("biedrības un nodibinājumi", "ngo"),
    ("nevalstiskās organizācijas", "ngo"),
    ("fiziskas personas", "person"),
)

LONG_APPLICANTS: tuple[tuple[str, str], ...] = (
    (
        "Pašvaldības, kas dibinājušās vispārējās izglītības iestādes (t.sk. pirmsskolas) vai profesionālās "
        "pamatizglītības iestādes",
        "municipality",
    ),
    (
        "Valsts pārvaldes iestādes, kas dibinājušas vispārējās izglītības iestādes, t.sk. speciālās izglītības "
        "iestādes",
        "state_institution",
    ),
    ("Pašvaldības sadarbībā ar nevalstiskajām organizācijām", "municipality"),
    (
        "Komersanti, kas reģistrēti Latvijas Republikas komercreģistrā un nodarbina vismaz 10 darbiniekus",
        "company",
    ),
    ("Biedrības un nodibinājumi, kuru darbības mērķis ir sociālo pakalpojumu sniegšana", "ngo"),
)

GIVEN_NAMES = (
    "Ilze", "Mārtiņš", "Dace", "Kristīne", "Žanete", "Gints", "Aija", "Edgars", "Līga", "Jānis", "Santa", "Ģirts",
    "Ieva", "Kārlis", "Baiba", "Nauris", "Elīna", "Uldis", "Zane", "Armands",
)  # fmt: skip

FAMILY_NAMES = (
    ("Kalnupe", "Kalnups"), ("Liepsala", "Liepsals"), ("Šņoriņa", "Šņoriņš"), ("Čakstiņa", "Čakstiņš"),
    ("Bērzkalne", "Bērzkalns"), ("Ozolkāja", "Ozolkājs"), ("Vītolberga", "Vītolbergs"), ("Krūmvalde", "Krūmvalds"),
    ("Ābolkrasta", "Ābolkrasts"), ("Pļaviņleja", "Pļaviņlejs"), ("Zaķupe-Lāce", "Zaķups-Lācis"), ("Dūņezere", "Dūņezers"),
)  # fmt: skip

MEN = frozenset({"Mārtiņš", "Gints", "Edgars", "Jānis", "Ģirts", "Kārlis", "Nauris", "Uldis", "Armands"})

POSITIONS = (
    "vecākā eksperte",
    "ES fondu departamenta vecākā referente",
    "Stratēģijas nodaļas vadītāja",
    "projektu vadītāja",
    "Investīciju departamenta direktora vietniece",
)

MENU = (
    "Sākums", "Par mums", "Aktualitātes", "Nozares politika", "ES fondi", "Normatīvie akti", "Dokumenti",
    "Publikācijas un statistika", "Sabiedrības līdzdalība", "Iepirkumi", "Kontakti", "Vakances",
)  # fmt: skip

RELATED = (
    "Apstiprināti noteikumi par atbalstu reģioniem",
    "Izsludināta otrā projektu iesniegumu atlases kārta",
    "Aicinām uz informatīvo semināru par projektu pieteikšanu",
    "Noslēdzies iepirkums par tehnisko palīdzību",
)
