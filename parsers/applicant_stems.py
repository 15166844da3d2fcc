"""Which words make an applicant a municipality, a school, a company …: a table to extend by hand.

How to read it. Each row is a type and the beginnings of words that say so, parted by commas; endings and
missing diacritics do not matter. In a name the last word that is in the table decides (``pašvaldību
kapitālsabiedrības`` is a company); where several entries end with that word the upper row does.
Several beginnings in one entry must follow each other; ``…`` between them lets other words stand
there; ``/`` parts alternatives; ``*`` in front lets the word be the end of a compound (``*sabiedrīb`` is
``kapitālsabiedrība`` too). A full stop ends a word whose ending matters. Capital letters are an
abbreviation, matched whole.
"""

from __future__ import annotations

STEMS: tuple[tuple[str, str], ...] = (
    # English pages
    (
        "research",
        "research/scientific … institution/organisation/organization/centre/center/institute",
    ),
    (
        "university",
        "higher education … institution, universit, college",
    ),
    (
        "school",
        "education/vocational/training … institution/establishment/centre/center, school, kindergarten",
    ),
    (
        "municipality",
        "municipal/local/regional … institution/authorit/government/agenc/administration/bod, municipalit, "
        "city council, county council",
    ),
    (
        "state_institution",
        "planning region, institution, authorit, agenc, government, ministr, chanceller, state inspectorate",
    ),
    (
        "ngo",
        "association, foundation, organisation, organization, ngos., NGO, trade union, church, congregation",
    ),
    (
        "company",
        "compan, enterpris, entrepreneur, business, undertaking, smes., SME, SMEs, merchant",
    ),
    (
        "person",
        "natural person, individuals., resident, residents.",
    ),
    (
        "research",
        "zinātņ akadēmij, zinātn institūcij/organizācij",
    ),
    (
        "university",
        "augstāk izglītīb iestād/institūcij, augstskol, universitāt, akadēmij, koledž, konservatorij, LU, "
        "RTU, RSU, LBTU, LLU, DU, RTA, JVLMA, LMA, LKA, LSPA, BSA",
    ),
    (
        "research",
        "zinātnisk/pētniecīb/pētniecisk … institūcij/institūt/organizācij/centr/iestād/grup, "
        "zināšan izplatīšan organizācij, institūt, laboratorij",
    ),
    (
        "school",
        "izglītīb/mācīb iestād, izglītīb kompetenc centr, interes/pieauguš izglītīb centr, "
        "mācīb/apmācīb centr, izglītīb pakalpojum sniedzēj, izglītīb … īstenotāj, tehnikum, ģimnāzij, "
        "licej, bērnudārz",
    ),
    (
        "state_institution",
        "padotīb … iestād/institūcij, valst/ministrij … pašvaldīb iestād/institūcij, publisk … person, "
        "plānošan reģion",
    ),
    (
        "school",
        "izglītīb … iestād",
    ),
    (
        "other",
        "juridisk … person, fizisk … juridisk person, pakalpojum sniedzēj, slimnīc, poliklīnik, "
        "ārst praks, ārstniecīb/veselīb … iestād/institūcij",
    ),
    (
        "person",
        "fizisk person, privātperson, iedzīvotāj, pilsoņ, cilvēk, bezdarbniek, *nodarbināt, darbiniek, "
        "darba ņēmēj, darba meklētāj, jaunieš, jauniet, senior, pensionār, vecāki., bērni., ģimen, "
        "mājsaimniecīb, īpašniek, skolotāj, skolēn, pedagog, student, studējoš, izglītojam, audzēkn, "
        "audzēkņ, doktorant, zinātniek, pētniek, speciālist, vadītāj, māksliniek, ārst, sportist",
    ),
    (
        "school",
        "*skol, PIKC, PII",
    ),
    (
        "municipality",
        "pašvaldīb/novad/valstspilsēt/pilsēt/pagast/dome … iestād/institūcij/aģentūr/pārvald/dienest/centr, "
        "pašvaldīb/novad/pilsēt/pagast/dome … departament/nodaļ/muzej/bibliotēk/administrācij/policij, "
        "sociāl dienest, bāriņties, būvvald, jaunieš centr, pašvaldīb, dome, novad, valstspilsēt, pilsēt, "
        "pagast, rīga., daugavpils., jelgava., jēkabpils., jūrmala., liepāja., ogre., rēzekne., valmiera., "
        "ventspils.",
    ),
    (
        "company",
        "komersant, *uzņēmum, *uzņēmēj, *sabiedrīb, saimniecīb, darbīb veicēj, kooperatīv, darba devēj, "
        "startup, kredītiestād, finanš institūcij, finanš starpniek, riska kapitāl fond, ieguldīj fond, "
        "fond pārvaldniek, kompetenc centr, inkubator, operator, pārvadātāj, tirgotāj, investor, MVU, MVK, "
        "MMVU, ALTUM",
    ),
    (
        "ngo",
        "biedrīb, arodbiedrīb, nodibinājum, organizācij, savienīb, asociācij, apvienīb, federācij, "
        "konfederācij, partnerīb, sociāl partner, draudz, baznīc, diecēz, klub, kamer, komitej, ģild, "
        "alians, klaster, rīcīb grup, NVO, VRG, LPS, LDDK, LBAS, LTRK",
    ),
    (
        "state_institution",
        "ministrij, kancelej, aģentūr, dienest, pārvald, iestād, inspekcij, biroj, centr, padom, "
        "institūcij, departament, direkcij, komisij, arhīv, muzej, bibliotēk, policij, tiesa., tiesas., "
        "prokuratūr, saeim, fond, bruņot spēk, kabinet, administrācij, reģistrs., valst kase, "
        "valst kontrol, latvij bank, tiesībsarg, robežsardz, IZM, LM, VM, EM, FM, KEM, VARAM, ZM, SM, TM, "
        "KM, IEM, AM, ĀM, VK, CFLA, LIAA, VIAA, NVA, VSAA, VDI, LAD, VISC, IKVD, JSPA, LZP, VRAA, LVĢMC, "
        "DAP, VVD, PMLP, VID, SPKC, NVD, NMPD, SIVA, CSP, VUGD, LNKC, NKMP, SIF, KNAB, PKC, VAA, VDEĀVK",
    ),
    (
        "company",
        "bank",
    ),
    (
        "other",
        "grup, lauksaimniek, zivsaimniek, mežsaimniek, zvejniek, mājražotāj, ražotāj, audzētāj, amatniek, "
        "kopien, konsorcij",
    ),
    (
        "person",
        "person",
    ),
)  # fmt: skip

# A legal form decides alone: a short one wherever it stands outside quotation marks, a long one in front.
LEGAL_FORMS: tuple[tuple[str, str], ...] = (
    (
        "company",
        "SIA, VSIA, PSIA, AS, A/S, VAS, PAS, IK, ZS, Z/S, KS, PS, sabiedrība ar ierobežotu atbildību, "
        "akciju sabiedrība, kapitālsabiedrība, pilnsabiedrība, komandītsabiedrība, zemnieku saimniecība, "
        "kooperatīvā sabiedrība, individuālais komersants",
    ),
    (
        "ngo",
        "biedrība, nodibinājums, arodbiedrība, reliģiskā organizācija, draudze",
    ),
)  # fmt: skip
