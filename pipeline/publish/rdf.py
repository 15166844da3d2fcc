"""A small graph, written as JSON-LD and as Turtle. Pure; both say the same triples.

Identifiers may be relative (``tables/measures.csv``): a reader resolves them against the address that it has
the file from, so that a catalogue is right wherever it is put.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile('[\x00-\x1f\x7f"\\\\]')


class Literal(NamedTuple):
    """Words in a language, or of a datatype such as ``xsd:date``, or neither."""

    text: str
    language: str | None = None
    datatype: str | None = None


class Node(NamedTuple):
    """``id`` is absolute, relative or a prefixed name; None: a node without a name.

    ``types`` and the keys of ``facts`` are prefixed names. A node without both is a mere reference.
    """

    id: str | None = None
    types: tuple[str, ...] = ()
    facts: tuple[tuple[str, Literal | Node], ...] = ()


def iri(address: str) -> str:
    """An address with everything escaped that an IRI can't hold."""
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~-._")


def json_ld(nodes: Iterable[Node]) -> dict[str, Any]:
    """The graph as a JSON-LD document."""
    return {"@context": PREFIXES, "@graph": [_object(node) for node in nodes]}


def embedded(content: object) -> str:
    """JSON that can stand within ``<script>``: nothing in it ends the element or begins a comment."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def turtle(nodes: Iterable[Node]) -> str:
    """The graph as a Turtle document."""
    lines = [f"@prefix {prefix}: <{address}> ." for prefix, address in PREFIXES.items()]
    for node in nodes:
        lines += ["", f"{_name(node.id) if node.id else '[]'} {_facts(node, '    ')} ."]
    return "\n".join(lines) + "\n"


def _object(node: Node) -> dict[str, Any]:
    known: dict[str, Any] = {"@id": iri(node.id)} if node.id else {}
    if node.types:
        known["@type"] = list(node.types)
    for predicate, value in node.facts:
        known.setdefault(predicate, []).append(_value(value))
    return known


def _value(value: Literal | Node) -> dict[str, Any]:
    if isinstance(value, Node):
        return _object(value)
    marks = {"@language": value.language, "@type": value.datatype}
    return {"@value": value.text} | {mark: word for mark, word in marks.items() if word}


def _facts(node: Node, indent: str) -> str:
    pairs = list(_pairs(node, indent))
    return f" ;\n{indent}".join(pairs)


def _pairs(node: Node, indent: str) -> Iterator[str]:
    if node.types:
        yield f"a {', '.join(node.types)}"
    for predicate, value in node.facts:
        yield f"{predicate} {_term(value, indent)}"


def _term(value: Literal | Node, indent: str) -> str:
    if isinstance(value, Literal):
        mark = f"@{value.language}" if value.language else f"^^{value.datatype}" if value.datatype else ""
        return f'"{_TO_ESCAPE.sub(_escape, value.text)}"{mark}'
    if value.id and not value.types and not value.facts:
        return _name(value.id)
    deeper = indent + "    "
    return f"[\n{deeper}{_facts(value, deeper)}\n{indent}]"


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _name(identifier: str) -> str:
    """A prefixed name as it is, everything else in angle brackets."""
    prefix = identifier.partition(":")[0]
    return identifier if prefix in PREFIXES else f"<{iri(identifier)}>"
