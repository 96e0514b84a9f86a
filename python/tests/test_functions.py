"""What the functions give is what the program prints."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
import rashomon
from conftest import invented


def test_annotate_and_read_print_what_the_program_prints(ferry, run):
    for name, made in [("read", rashomon.read(ferry)), ("annotate", rashomon.annotate(ferry))]:
        lines = run(name, ferry, "--format", "jsonl").decode().splitlines()
        assert [it.to_json() for it in made] == lines


def test_collate_gives_the_document_and_the_pages_of_the_program(ferry, run, tmp_path):
    found = rashomon.collate(ferry)
    assert found.to_json() + "\n" == run("collate", ferry, "--format", "json").decode()
    assert found.to_html() == run("collate", ferry, "--format", "html").decode()
    assert found.to_graphml() == run("collate", ferry, "--format", "graphml").decode()
    again = rashomon.collate(rashomon.annotate(ferry))
    assert again == found
    assert rashomon.collate(found) == found


def spans_of(it, seen):
    """All anchors below an object."""
    if isinstance(it, rashomon.Anchor):
        seen.append(it)
    elif isinstance(it, tuple):
        for part in it:
            spans_of(part, seen)
    elif hasattr(it, "__dataclass_fields__"):
        for name in it.__dataclass_fields__:
            spans_of(getattr(it, name), seen)


def test_every_anchor_slices_the_text_it_marks(ferry):
    found = rashomon.collate(ferry)
    anchors: list[rashomon.Anchor] = []
    spans_of(found.stories, anchors)
    assert len(anchors) > 100
    for anchor in anchors:
        text = found.articles[anchor.article].text
        start, end = anchor.span.bytes
        assert anchor.span.of(text).encode() == text.encode()[start:end]
    for story in found.stories:
        for quote in story.quotes:
            for form in quote.forms:
                text = found.articles[form.article].text.encode()
                assert form.span.of(found.articles[form.article].text).encode() == text[slice(*form.span.bytes)]
                for it in form.differences:
                    best = found.articles[quote.best.article].text
                    assert it.best_span.of(best).encode() == best.encode()[slice(*it.best_span.bytes)]
                    assert it.form_span.of(text.decode()).encode() == text[slice(*it.form_span.bytes)]
        for relation in story.lineage:
            for edit in relation.edits:
                text = found.articles[relation.derived].text
                assert edit.derived_span.of(text).encode() == text.encode()[slice(*edit.derived_span.bytes)]
        for revision in story.revisions:
            for change in revision.changes:
                if change.to_span is not None:
                    text = found.articles[revision.after].text
                    assert change.to_span.of(text).encode() == text.encode()[slice(*change.to_span.bytes)]


def test_spans_count_characters_of_every_width():
    text = "🚢 Ølsund – “Zażółć 漢字 is safe,” said Åse Lind on 4 May 2031. 🌊 Twelve boats sank."
    article = rashomon.annotate({"text": text})[0]
    layers = [*article.quotes, *article.names, *article.times, *article.numbers]
    assert len(layers) >= 4
    for it in layers:
        start, end = it.span.bytes
        assert it.span.of(text).encode() == text.encode()[start:end]
        assert it.span.start < it.span.end <= len(text)
    assert article.sentences
    for it in article.sentences:
        assert it.of(text).encode() == text.encode()[slice(*it.bytes)]


def test_every_form_of_input_gives_the_same_article(tmp_path):
    row = {"id": "x", "text": "The lock at Tarvel failed.", "outlet": "Quay Post", "published": "2031-05-04T08:00:00Z"}
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(row))
    pa = pytest.importorskip("pyarrow")
    given = [
        row,
        [row],
        (it for it in [row]),
        str(file),
        file,
        file.read_bytes(),
        pa.Table.from_pylist([row]),
        pa.RecordBatch.from_pylist([row]),
        rashomon.read(row),
        [rashomon.read(row)[0]],
    ]
    facts = {(it.id, it.text, it.outlet, it.published) for one in given for it in rashomon.annotate(one)}
    assert facts == {("x", row["text"], "Quay Post", "2031-05-04T08:00:00Z")}


def test_pages_are_read_as_str_and_as_bytes():
    page = "<html><head><title>Ferry freed</title></head><body><article><p>The ferry Lind was freed at noon.</p></article></body></html>"
    assert rashomon.read(page)[0].text.strip() == rashomon.read(page.encode())[0].text.strip() != ""


@pytest.mark.parametrize(
    "row",
    [
        # trafilatura, news-please, fundus
        {"raw_text": "x", "text": "The lock failed.", "sitename": "Quay Post", "date": "2031-05-04", "author": "Ada Lorne"},
        {"maintext": "The lock failed.", "source_domain": "Quay Post", "date_publish": "2031-05-04 00:00:00", "authors": ["Ada Lorne"]},
        {"plaintext": "The lock failed.", "publisher": "Quay Post", "publishing_date": "2031-05-04", "authors": ["Ada Lorne"]},
    ],
    ids=["trafilatura", "news-please", "fundus"],
)
def test_column_names_of_other_tools_are_understood(row):
    pa = pytest.importorskip("pyarrow")
    for given in (row, pa.Table.from_pylist([row])):
        article = rashomon.read(given)[0]
        assert (article.text, article.outlet, article.byline) == ("The lock failed.", "Quay Post", ("Ada Lorne",))
        assert article.published is not None and article.published.startswith("2031-05-04")


def test_what_cannot_be_read_is_named_with_file_and_place(tmp_path):
    file = tmp_path / "feed.jsonl"
    file.write_text('{"text": "The lock failed."}\n{broken\n{"text": "The ferry sank."}\n')
    with pytest.warns(rashomon.LeftOut, match=r"feed\.jsonl:2: not a JSON object"):
        assert len(rashomon.read(file)) == 2
    with pytest.raises(rashomon.InputError) as raised:
        rashomon.read(file, on_error="raise")
    assert raised.value.place == f"{file}:2"
    assert pickle.loads(pickle.dumps(raised.value)).place == f"{file}:2"
    with pytest.raises(rashomon.InputError, match="no such file"):
        rashomon.annotate(str(tmp_path / "absent.txt"))
    with pytest.raises(rashomon.InputError):
        rashomon.collate([])
    with pytest.raises(rashomon.InputError) as raised:
        rashomon.group([{"title": None}])
    assert raised.value.place == "list:1"
    with pytest.raises(TypeError):
        rashomon.read(7)


def test_halves_of_surrogate_pairs_and_odd_values_are_survived():
    from datetime import date, datetime, timezone

    row = {"text": "Broken \ud83d half.", "published": datetime(2031, 5, 4, 8, tzinfo=timezone.utc), "score": float("nan")}
    article = rashomon.read(row)[0]
    assert article.text == "Broken \ufffd half."
    assert article.published == "2031-05-04T08:00:00Z"
    assert rashomon.read({"text": "A day.", "published": date(2031, 5, 4)})[0].published == "2031-05-04"


def test_quotes_and_check_answer_as_the_program_does(ferry, run):
    rows = rashomon.quotes(ferry)
    lines = run("quotes", ferry, "--format", "jsonl").decode().splitlines()
    assert [it.quote_id for it in rows] == [json.loads(line)["quoteID"] for line in lines]
    assert rows.table.rows_json().decode().splitlines() == lines
    texts = {it.id: it.text for it in rashomon.read(ferry)}
    for row in rows:
        assert row.span.of(texts[row.article]).encode() == texts[row.article].encode()[slice(*row.span.bytes)]
    asked = "nobody on the bridge could have done more"
    answer = rashomon.check(asked, ferry)
    line = json.loads(run("check", asked, ferry, "--format", "json", ok=tuple(range(10))))
    assert (answer.verdict, len(answer.forms)) == (line["verdict"], len(line["forms"]))
    for form in answer.forms:
        assert form.span.of(texts[form.article]) == form.quotation
        for it in form.differences:
            assert it.article_span.of(texts[form.article]) == it.article
            assert it.text_span.of(asked) == it.text
    assert rashomon.check("the moon is made of slate and chalk", ferry).verdict == "absent"


def test_everything_can_be_pickled(ferry):
    found = rashomon.collate(ferry)
    article = rashomon.annotate(ferry)[0]
    tables = rashomon.group(ferry)
    assert repr(tables.stories).startswith(f"<Table of {len(tables.stories)} rows: id, story")
    rows = rashomon.quotes(ferry)
    for it in (found, article, found.stories, article.quotes):
        assert pickle.loads(pickle.dumps(it)) == it
    assert pickle.loads(pickle.dumps(found)).to_html() == found.to_html()
    assert pickle.loads(pickle.dumps(found)).to_prov_json() == found.to_prov_json()
    again = pickle.loads(pickle.dumps(tables))
    assert again.stories.rows_json() == tables.stories.rows_json()
    assert again.lineage.rows_json() == tables.lineage.rows_json()
    assert pickle.loads(pickle.dumps(rows)) == rows


def test_notebooks_show_pages(ferry):
    found = rashomon.collate(ferry)
    page = found._repr_html_()
    assert page.startswith("<iframe srcdoc=") and "&lt;script" in page and "<script" not in page
    assert found.stories[0].headline.split()[0] in found.stories[0]._repr_html_()
    hostile = rashomon.quotes({"text": "“<script>alert(1)</script> is not funny,” said Ada Lorne."})
    assert all("<script" not in it._repr_html_() for it in hostile)


def test_owners_count_as_one(ferry):
    outlets = {it.outlet for it in rashomon.read(ferry) if it.outlet}
    alone = rashomon.collate(ferry).stories[0].independent
    owned = rashomon.collate(ferry, owners=dict.fromkeys(outlets, "Pier Group")).stories[0].independent
    assert owned.low <= alone.low and owned.owners


def test_articles_are_one_story_where_somebody_says_so():
    rows = [
        {"id": "ferry", "text": "A ferry hit the pier at Nordvik on 12 May 2031, and nine people were hurt."},
        {"id": "fire", "text": "A bakery burned down in Solheim on 12 May 2031; nobody was inside."},
    ]
    assert len(rashomon.collate(rows).stories) == 2
    found = rashomon.collate(rows, one_story=True)
    assert [len(it.articles) for it in found.stories] == [2]
    copied = pickle.loads(pickle.dumps(found))
    assert copied.to_graphml() == found.to_graphml()


def test_stream_is_lazy_and_ends_with_its_reader():
    rows = invented(2000, 3)
    stream = rashomon.stream(rows, annotated=False)
    assert next(stream).id == "a0"
    stream.close()
    assert [it.id for it in rashomon.stream(rows[:700], annotated=False)] == [it["id"] for it in rows[:700]]


def test_the_library_doctests():
    import doctest

    import rashomon._article
    import rashomon._collation
    import rashomon._functions

    for module in (rashomon, rashomon._article, rashomon._collation, rashomon._functions):
        tested = doctest.testmod(module)
        assert tested.attempted > 0 and tested.failed == 0, module


def test_rules_are_explained():
    assert "Wrong when" in rashomon.explain("growing-count")
    with pytest.raises(KeyError):
        rashomon.explain("no-such-rule")


def test_the_program_is_in_the_package(ferry):
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-m", "rashomon", "read", str(Path(ferry) / "absent")], capture_output=True)
    assert done.returncode == 1 and b"no such file" in done.stderr
    done = subprocess.run([sys.executable, "-m", "rashomon", "--version"], capture_output=True)
    assert done.stdout.decode().split() == ["rashomon", rashomon.__version__]
