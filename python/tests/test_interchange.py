"""What goes out in the forms of others is read here by others: rdflib, networkx, prov, lxml, csv, jsonschema."""

from __future__ import annotations

import csv
import io
import json

import pytest
import rashomon
from conftest import ROOT


@pytest.fixture(scope="module")
def found(ferry):
    return rashomon.collate(ferry)


def test_graphml_is_a_graph_to_networkx(found):
    nx = pytest.importorskip("networkx")
    graph = nx.parse_graphml(found.to_graphml(), force_multigraph=True)
    names = {node: node.removeprefix("article/") for node in graph.nodes}
    assert set(found.articles) <= set(names.values())
    directed = [r for story in found.stories for r in story.lineage if r.source is not None]
    assert {(r.source, r.derived, r.kind) for r in directed} <= {
        (names[a], names[b], d["kind"]) for a, b, d in graph.edges(data=True)
    }


def test_prov_is_a_document_to_prov(found):
    prov = pytest.importorskip("prov.model")
    document = prov.ProvDocument.deserialize(content=found.to_prov_json(), format="json")
    entities = [it for it in document.get_records() if it.get_type().localpart == "Entity"]
    assert len(entities) >= len(found.articles)
    assert any(it.get_type().localpart == "Derivation" for it in document.get_records())


ANNO = {
    "@version": 1.1,
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation",
    "AnnotationPage": "as:OrderedCollectionPage",
    "TextualBody": "oa:TextualBody",
    "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "items": {"@id": "as:items", "@container": "@list"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "describing": "oa:describing",
    "identifying": "oa:identifying",
    "linking": "oa:linking",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": "oa:start",
    "end": "oa:end",
    "value": "rdf:value",
    "format": "dc:format",
}


def graph_of(document: str, context: object):
    """The triples in JSON-LD; the context stands in for the one at the address, as tests ask no network."""
    rdflib = pytest.importorskip("rdflib")
    data = json.loads(document)
    data["@context"] = context
    return rdflib.Graph().parse(data=json.dumps(data), format="json-ld")


def test_annotations_select_the_words_they_quote(found):
    rdflib = pytest.importorskip("rdflib")
    document = json.loads(found.to_annotations())
    assert document["@context"] == "http://www.w3.org/ns/anno.jsonld"
    graph = graph_of(found.to_annotations(), ANNO)
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    annotations = set(graph.subjects(rdflib.RDF.type, oa.Annotation))
    assert len(annotations) == len(document["items"]) > 10
    texts = {f"urn:rashomon:{it.id}": it.text for it in found.articles.values()}
    texts.update({it.url: it.text for it in found.articles.values() if it.url})
    seen = 0
    for annotation in annotations:
        assert list(graph.objects(annotation, oa.motivatedBy)) and list(graph.objects(annotation, oa.hasBody))
        for target in graph.objects(annotation, oa.hasTarget):
            text = texts[str(graph.value(target, oa.hasSource))]
            facts = {p: o.toPython() for s in graph.objects(target, oa.hasSelector) for p, o in graph.predicate_objects(s)}
            start, end = facts[oa.start], facts[oa.end]
            assert text[start:end] == facts[oa.exact]
            assert text[:start].endswith(facts[oa.prefix]) and text[end:].startswith(facts[oa.suffix])
            seen += 1
    assert seen > 30


def test_schema_org_says_who_takes_from_whom_and_reviews_nothing(found):
    rdflib = pytest.importorskip("rdflib")
    graph = graph_of(found.to_jsonld(), {"@vocab": "https://schema.org/", "url": {"@type": "@id"}})
    so = rdflib.Namespace("https://schema.org/")
    articles = set(graph.subjects(rdflib.RDF.type, so.NewsArticle))
    assert len(articles) == len(found.articles)
    claims = set(graph.subjects(rdflib.RDF.type, so.Claim))
    assert len(claims) == sum(len(story.points) for story in found.stories)
    for claim in claims:
        appearances = set(graph.objects(claim, so.appearance))
        assert appearances and appearances <= articles
        assert graph.value(claim, so.firstAppearance) in appearances
    taken = [r for story in found.stories for r in story.lineage if r.directed and r.kind != "translation"]
    assert len(list(graph.subject_objects(so.isBasedOn))) > 0 and taken
    changes = [c for story in found.stories for r in story.revisions for c in r.changes if not c.trivial]
    assert bool(changes) == bool(list(graph.subject_objects(so.correction)))
    assert not list(graph.subjects(rdflib.RDF.type, so.ClaimReview))
    assert "ClaimReview" not in found.to_jsonld()


# The part of TEI P5 that an apparatus is written in (chapter 12), as a schema of its own.
TEI = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
 <start><element name="TEI">
  <element name="teiHeader"><element name="fileDesc">
   <element name="titleStmt"><element name="title"><text/></element></element>
   <element name="publicationStmt"><element name="p"><text/></element></element>
   <element name="sourceDesc"><element name="listWit"><oneOrMore><element name="witness">
     <attribute name="xml:id" ns="http://www.w3.org/XML/1998/namespace"><data type="NCName"/></attribute>
     <attribute name="n" ns=""/><text/></element></oneOrMore></element></element>
  </element></element>
  <element name="text"><element name="body"><oneOrMore><choice><element name="p"><empty/></element>
   <element name="div"><attribute name="n" ns=""/><element name="head"><text/></element>
    <oneOrMore><element name="p"><mixed><optional><ref name="app"/></optional><optional><element name="name"><text/></element></optional></mixed></element></oneOrMore>
   </element></choice></oneOrMore></element></element>
 </element></start>
 <define name="app"><element name="app"><attribute name="n" ns=""/>
  <element name="lem"><ref name="wit"/><text/></element>
  <zeroOrMore><element name="rdg"><ref name="wit"/><optional><attribute name="type" ns=""/></optional><text/></element></zeroOrMore>
 </element></define>
 <define name="wit"><attribute name="wit" ns=""><list><oneOrMore><data type="anyURI"/></oneOrMore></list></attribute></define>
</grammar>
""".replace('name="xml:id" ns="http://www.w3.org/XML/1998/namespace"', 'name="id" ns="http://www.w3.org/XML/1998/namespace"')


def test_tei_has_every_wording_with_its_witnesses(found):
    etree = pytest.importorskip("lxml.etree")
    document = etree.fromstring(found.to_tei().encode())
    etree.RelaxNG(etree.fromstring(TEI)).assertValid(document)
    tei = {"t": "http://www.tei-c.org/ns/1.0"}
    sigla = {f"#{it.get('{http://www.w3.org/XML/1998/namespace}id')}" for it in document.iterfind(".//t:witness", tei)}
    apps = document.findall(".//t:app", tei)
    assert len(apps) == sum(len(story.quotes) for story in found.stories)
    by_id = {quote.id: quote for story in found.stories for quote in story.quotes}
    for app in apps:
        quote = by_id[app.get("n")]
        wordings = {form.span.of(found.articles[form.article].text) for form in quote.forms}
        assert {it.text for it in app} == wordings
        assert all(set(it.get("wit").split()) <= sigla for it in app)


def test_csv_rows_point_at_their_words(found):
    rows = list(csv.DictReader(io.StringIO(found.to_csv(), newline="")))
    assert {"point", "quote", "lineage", "event"} <= {row["what"] for row in rows}
    for row in rows:
        text = found.articles[row["article"]].text.encode()[int(row["start"]) : int(row["end"])].decode()
        assert row["words"].lstrip("'") == " ".join(text.split()).lstrip("'")


def test_ninjs_items_are_valid_and_name_each_other(found):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "crates" / "rashomon-cli" / "tests" / "cli" / "ninjs.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    items = [json.loads(line) for line in found.to_ninjs().splitlines()]
    assert [error.message for item in items for error in validator.iter_errors(item)] == []
    assert len(items) == len(found.articles) + len(found.stories)
    known = {item["uri"] for item in items}
    assert len(known) == len(items)
    told = {to["rel"] for item in items for to in item.get("associations", [])}
    assert {"report", "revision", "reprint", "translation"} <= told
    for item in items:
        for to in item.get("associations", []):
            assert to["uri"] in known or to["uri"].startswith("urn:rashomon:source/")


def test_the_program_prints_the_same(found, ferry, run):
    for form, made in [("annotations", found.to_annotations()), ("jsonld", found.to_jsonld()), ("tei", found.to_tei()), ("csv", found.to_csv()), ("ninjs", found.to_ninjs())]:
        assert run("collate", ferry, "--format", form).decode().rstrip("\n") == made.rstrip("\n")


def test_hostile_names_stay_text():
    etree = pytest.importorskip("lxml.etree")
    rows = [
        {"id": "a<b&\"c", "outlet": "]]><x>\x00\x1b", "title": "=cmd()", "text": "“We <b>never</b> & ever slept,” said Ada Lorne, the keeper of Tarvel."},
        {"id": "b c", "url": "javascript:alert(1)", "text": "“We <b>never</b> slept,” said Ada Lorne, the keeper of Tarvel."},
    ]
    found = rashomon.collate(rows)
    etree.fromstring(found.to_tei().encode())
    assert "javascript:alert" not in found.to_annotations() + found.to_ninjs()
    graph_of(found.to_annotations(), ANNO)
    assert not any(line.startswith(("=", "+", "@")) for line in found.to_csv().splitlines())
