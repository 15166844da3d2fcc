"""The catalogue entry, as data portals harvest it: DCAT-AP 3, the graph of ``catalog.jsonld`` and ``.ttl``.

One dataset holds all tables (database, workbook, data package) and has each table as a part of its own (CSV,
Parquet). It is no dataset series: what a page said before is a row of ``measure_versions``, not another file.
Codes are those of the EU's authority tables. Pure; every address of a file is relative.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.headings import TABLE_NAMES
from pipeline.publish.about import DESCRIPTION, KEYWORDS, NO_LICENCE, TITLE
from pipeline.publish.media import format_of
from pipeline.publish.rdf import Literal, Node
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from pipeline.manifest import Digest
    from pipeline.publish.about import About, Page

WHOLE = ("pasakumi.sqlite", "pasakumi.xlsx", "datapackage.json")
FEEDS = {"feed.xml": "lv", "feed.en.xml": "en"}
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types"
_CATALOG, _DATASET, _FEED, _PUBLISHER = "./#catalog", "./#dataset", "./#feed", "./#publisher"
_FEED_TITLE = {"lv": "Kas mainījies: Atom plūsma", "en": "What changed: an Atom feed"}
_THEMES = {
    "GOVE": {"lv": "Valsts pārvalde un publiskais sektors", "en": "Government and public sector"},
    "REGI": {"lv": "Reģioni un pilsētas", "en": "Regions and cities"},
}
_TAXONOMY = f"{_AUTHORITY}/data-theme"
# What kind of thing a reference leads to: DCAT-AP wants it said, and a harvester does not follow it.
_KINDS = {
    "dct:accessRights": "dct:RightsStatement",
    "dct:accrualPeriodicity": "dct:Frequency",
    "dct:format": "dct:MediaTypeOrExtent",
    "dct:language": "dct:LinguisticSystem",
    "dct:license": "dct:LicenseDocument",
    "dct:spatial": "dct:Location",
    "dcat:landingPage": "foaf:Document",
    "dcat:mediaType": "dct:MediaType",
    "foaf:homepage": "foaf:Document",
}
_LANGUAGES = {
    "bg": "BUL", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA", "et": "EST",
    "fi": "FIN", "fr": "FRA", "ga": "GLE", "hr": "HRV", "hu": "HUN", "it": "ITA", "lt": "LIT", "lv": "LAV",
    "mt": "MLT", "nl": "NLD", "pl": "POL", "pt": "POR", "ro": "RON", "ru": "RUS", "sk": "SLK", "sl": "SLV",
    "sv": "SWE", "uk": "UKR",
}  # fmt: skip
# The longest time between two updates that each word still allows.
_FREQUENCIES = (
    (timedelta(hours=1), "HOURLY"),
    (timedelta(hours=12), "DAILY_2"),
    (timedelta(days=1), "DAILY"),
    (timedelta(days=3.5), "WEEKLY_2"),
    (timedelta(days=7), "WEEKLY"),
    (timedelta(days=14), "BIWEEKLY"),
    (timedelta(days=31), "MONTHLY"),
    (timedelta(days=92), "QUARTERLY"),
    (timedelta(days=366), "ANNUAL"),
)
_LICENCES = re.compile(r"(CC0|CC-BY(?:-SA|-NC|-ND|-NC-SA|-NC-ND)?)-([0-9.]+)", re.IGNORECASE)

Facts = list[tuple[str, "Literal | Node"]]


def graph(about: About, digests: Mapping[str, Digest]) -> list[Node]:
    """The catalogue. ``digests``: size and digest of the files, by their names under output/."""
    feeds = [name for name in FEEDS if name in digests]
    parts = [*TABLES, *(["feed"] if feeds else [])]
    nodes = [_catalog(about, parts), _dataset(about)]
    nodes += [_table(about, name, digests) for name in TABLES]
    if feeds:
        facts = [*_words(_FEED_TITLE, DESCRIPTION), *_common(about)]
        facts.append(("dct:language", _language("lv")))
        nodes.append(Node(_FEED, ("dcat:Dataset",), (*facts, *_distributed(feeds))))
        nodes += [_distribution(about, name, digests[name], FEEDS[name]) for name in feeds]
    for name in (*WHOLE, *(f"tables/{table}.{end}" for table in TABLES for end in ("csv", "parquet"))):
        nodes.append(_distribution(about, name, digests[name]))
    nodes.append(_publisher(about))
    return [*nodes, *_kinds(nodes), *_themes()]


def frequency(every: timedelta) -> str:
    """The EU's word for a rhythm: the fastest that promises no more than it keeps."""
    return next((word for longest, word in _FREQUENCIES if every <= longest), "IRREG")


def licence(words: str) -> Node:
    """A licence as configured: an address, one of Creative Commons by its name, or words."""
    if re.match("https?://", words):
        return Node(words)
    found = _LICENCES.fullmatch(words)
    if found:
        name, version = found[1].upper(), found[2]
        code = "CC0" if name == "CC0" else f"{name}-{version}".replace("-", "_").replace(".", "_")
        return Node(f"{_AUTHORITY}/licence/{code}")
    return Node(None, ("dct:LicenseDocument",), (("dct:title", Literal(words)),))


def _catalog(about: About, parts: list[str]) -> Node:
    facts: Facts = [
        *_words(TITLE, DESCRIPTION),
        ("dct:publisher", Node(_PUBLISHER)),
        *(("dct:language", _language(one)) for one in ("lv", "en")),
        ("dct:spatial", Node(f"{_AUTHORITY}/country/LVA")),
        ("dcat:themeTaxonomy", Node(_TAXONOMY)),
        *([("foaf:homepage", Node(about.homepage))] if about.homepage else []),
        *_modified(about),
        *(("dcat:dataset", Node(name)) for name in (_DATASET, *(f"./#{part}" for part in parts))),
    ]
    return Node(_CATALOG, ("dcat:Catalog",), tuple(facts))


def _dataset(about: About) -> Node:
    facts: Facts = [
        *_words(TITLE, DESCRIPTION),
        *_common(about),
        *(("dct:language", _language(one)) for one in _languages(about.pages)),
        *(("dct:hasPart", Node(f"./#{name}")) for name in TABLES),
        *_distributed(WHOLE),
    ]
    if about.home:
        facts.append(("dcat:landingPage", Node(about.home)))
    return Node(_DATASET, ("dcat:Dataset",), tuple(facts))


def _table(about: About, name: str, digests: Mapping[str, Digest]) -> Node:
    table, names = TABLES[name], TABLE_NAMES[name]
    titles = {"lv": f"{names.lv}: {TITLE['lv']}", "en": f"{names.en}: {TITLE['en']}"}
    files = [one for one in (f"tables/{name}.csv", f"tables/{name}.parquet") if one in digests]
    facts: Facts = [
        *_words(titles, {"lv": table.lv, "en": table.en}),
        *_common(about),
        *(("dct:language", _language(one)) for one in _languages(about.pages)),
        ("dct:isPartOf", Node(_DATASET)),
        *_distributed(files),
    ]
    return Node(f"./#{name}", ("dcat:Dataset",), tuple(facts))


def _common(about: About) -> Facts:
    """What holds for the whole as for each table of it."""
    facts: Facts = [("dct:publisher", Node(_PUBLISHER))]
    facts += [("dct:creator", _agent(name)) for name in about.publishers]
    facts += [("prov:wasDerivedFrom", Node(page.url)) for page in about.pages]
    facts += [("dcat:keyword", Literal(word, one)) for one in ("lv", "en") for word in KEYWORDS[one]]
    facts += [("dcat:theme", Node(f"{_TAXONOMY}/{theme}")) for theme in _THEMES]
    facts.append(("dct:spatial", Node(f"{_AUTHORITY}/country/LVA")))
    facts.append(("dct:accessRights", Node(f"{_AUTHORITY}/access-right/PUBLIC")))
    if about.every:
        facts.append(("dct:accrualPeriodicity", Node(f"{_AUTHORITY}/frequency/{frequency(about.every)}")))
    if about.days:
        ends = zip(("dcat:startDate", "dcat:endDate"), about.days, strict=True)
        days = tuple((name, _day(day)) for name, day in ends)
        facts.append(("dct:temporal", Node(None, ("dct:PeriodOfTime",), days)))
    contact = _contact(about)
    if contact:
        facts.append(("dcat:contactPoint", contact))
    return [*facts, ("dcat:version", Literal(about.version)), *_modified(about)]


def _distribution(about: About, name: str, digest: Digest, language: str | None = None) -> Node:
    form = format_of(name)
    title = name.rpartition("/")[2].partition(".")[0]
    names = TABLE_NAMES.get(title)
    facts: Facts = [
        ("dct:title", Literal(f"{names.lv}: {form.words.lv}" if names else form.words.lv, "lv")),
        ("dct:title", Literal(f"{names.en}: {form.words.en}" if names else form.words.en, "en")),
        *(_described(TABLES[title].lv, TABLES[title].en) if names else []),
        ("dcat:accessURL", Node(name)),
        ("dcat:downloadURL", Node(name)),
        ("dcat:mediaType", Node(f"{_MEDIA_TYPES}/{form.media_type}")),
    ]
    if form.file_type:
        facts.append(("dct:format", Node(f"{_AUTHORITY}/file-type/{form.file_type}")))
    if language:
        facts.append(("dct:language", _language(language)))
    facts += [
        ("dcat:byteSize", Literal(str(digest.size), None, "xsd:nonNegativeInteger")),
        ("spdx:checksum", _checksum(digest)),
        _rights(about),
        *_modified(about),
    ]
    return Node(_named(name), ("dcat:Distribution",), tuple(facts))


def _described(latvian: str, english: str) -> Facts:
    return [("dct:description", Literal(latvian, "lv")), ("dct:description", Literal(english, "en"))]


def _rights(about: About) -> tuple[str, Node]:
    """The licence of everything; where there is none, or more than one, what there is to say of rights."""
    if about.licence:
        return "dct:license", licence(about.licence)
    facts: Facts = [("rdfs:label", Literal(NO_LICENCE[one], one)) for one in ("lv", "en")]
    if about.licences:
        named = (f"{page.url}: {page.licence or '–'}" for page in about.pages)
        facts = [("rdfs:label", Literal("; ".join(named)))]
    return "dct:rights", Node(None, ("dct:RightsStatement",), tuple(facts))


def _kinds(nodes: list[Node]) -> list[Node]:
    """What each reference leads to, by the property that refers to it, each once."""
    kinds = {
        (value.id, _KINDS[predicate]): None
        for node in nodes
        for predicate, value in node.facts
        if predicate in _KINDS and isinstance(value, Node) and value.id
    }
    return [Node(address, (kind,)) for address, kind in kinds]


def _themes() -> Iterator[Node]:
    for theme, words in _THEMES.items():
        labels = tuple(("skos:prefLabel", Literal(words[one], one)) for one in ("lv", "en"))
        yield Node(f"{_TAXONOMY}/{theme}", ("skos:Concept",), (*labels, ("skos:inScheme", Node(_TAXONOMY))))
    titles = (("dct:title", Literal("Datu tēmas", "lv")), ("dct:title", Literal("Data themes", "en")))
    yield Node(_TAXONOMY, ("skos:ConceptScheme",), titles)


def _publisher(about: About) -> Node:
    """Whoever runs this, as far as sources.toml tells."""
    facts: Facts = [("foaf:name", Literal(about.contact or "pasakumi"))]
    if about.mailbox:
        facts.append(("foaf:mbox", Node(f"mailto:{about.mailbox}")))
    if about.homepage:
        facts.append(("foaf:homepage", Node(about.homepage)))
    return Node(_PUBLISHER, ("foaf:Agent",), tuple(facts))


def _contact(about: About) -> Node | None:
    facts: Facts = [("vcard:fn", Literal(about.contact))]
    if about.mailbox:
        facts.append(("vcard:hasEmail", Node(f"mailto:{about.mailbox}")))
    if about.homepage:
        facts.append(("vcard:hasURL", Node(about.homepage)))
    return Node(None, ("vcard:Kind",), tuple(facts)) if about.contact else None


def _agent(name: str) -> Node:
    return Node(None, ("foaf:Agent",), (("foaf:name", Literal(name, "lv")),))


def _checksum(digest: Digest) -> Node:
    facts = (
        ("spdx:algorithm", Node("spdx:checksumAlgorithm_sha256")),
        ("spdx:checksumValue", Literal(digest.sha256, None, "xsd:hexBinary")),
    )
    return Node(None, ("spdx:Checksum",), facts)


def _words(titles: Mapping[str, str], descriptions: Mapping[str, str]) -> Iterator[tuple[str, Literal]]:
    for predicate, words in (("dct:title", titles), ("dct:description", descriptions)):
        for language in ("lv", "en"):
            yield predicate, Literal(words[language], language)


def _distributed(names: tuple[str, ...] | list[str]) -> Facts:
    return [("dcat:distribution", Node(_named(name))) for name in names]


def _named(name: str) -> str:
    return f"./#{name.replace('/', '-')}"


def _modified(about: About) -> Facts:
    return [("dct:modified", Literal(about.as_of_text, None, "xsd:dateTime"))] if about.as_of_text else []


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), None, "xsd:date")


def _languages(pages: tuple[Page, ...]) -> list[str]:
    return [one for one in dict.fromkeys(page.language[:2].lower() for page in pages) if one in _LANGUAGES]


def _language(code: str) -> Node:
    return Node(f"{_AUTHORITY}/language/{_LANGUAGES[code]}")
