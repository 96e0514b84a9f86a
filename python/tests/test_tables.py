"""The law: rows from Python are the rows of the program, byte for byte, whatever the form of the input."""

from __future__ import annotations

import json
import random

import pytest
import rashomon
from conftest import invented

pa = pytest.importorskip("pyarrow")


def table_of(rows):
    return pa.Table.from_pylist(rows)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    rows = invented(3000, 11)
    # One id twice with different texts, one article twice, one in another language.
    rows.append({**rows[5], "text": str(rows[5]["text"]) + " More is to come."})
    rows.append(dict(rows[6]))
    rows.append({"id": "norsk", "text": "Fergen Lind gikk på grunn ved Norvik i natt, sier havnesjef Bruno Åsk.", "published": "2031-02-03"})
    file = folder / "corpus.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return rows, file


@pytest.fixture(scope="module")
def expected(corpus, run, tmp_path_factory):
    out = tmp_path_factory.mktemp("tables")
    run("group", corpus[1], "--out", out)
    return (out / "stories.jsonl").read_bytes(), (out / "lineage.jsonl").read_bytes()


def rows_of(tables):
    return tables.stories.rows_json(), tables.lineage.rows_json()


def test_the_tables_hold_something(expected):
    stories = [json.loads(line) for line in expected[0].splitlines()]
    assert len(stories) > 2900 and len({it["story"] for it in stories}) < len(stories)
    assert len(expected[1].splitlines()) > 100
    assert any("#2" in it["id"] for it in stories)


def test_group_gives_the_rows_of_the_program(corpus, expected):
    rows, file = corpus
    assert rows_of(rashomon.group(file)) == expected
    assert rows_of(rashomon.group(rows)) == expected
    assert rows_of(rashomon.group(table_of(rows))) == expected


def test_order_threads_and_batches_change_nothing(corpus, expected):
    rows, _ = corpus
    for seed in range(2):
        mixed = random.Random(seed).sample(rows, len(rows))
        table = table_of(mixed)
        cut = pa.Table.from_batches(table.to_batches(max_chunksize=37))
        assert rows_of(rashomon.group(cut, threads=1 + seed)) == expected


def test_lineage_alone_gives_the_rows_of_the_program(corpus, run, tmp_path):
    rows, file = corpus
    run("group", file, "--no-stories", "--out", tmp_path)
    expected = (tmp_path / "lineage.jsonl").read_bytes()
    assert rashomon.lineage(table_of(rows)).rows_json() == expected
    assert len(expected.splitlines()) > 100


def test_without_lineage_as_with_no_lineage(corpus, run, tmp_path):
    run("group", corpus[1], "--no-lineage", "--out", tmp_path)
    tables = rashomon.group(table_of(corpus[0]), lineage=False)
    assert tables.stories.rows_json() == (tmp_path / "stories.jsonl").read_bytes()
    assert tables.lineage is None


def test_pins_stand_above_all(corpus, run, tmp_path):
    rows, file = corpus
    pins = tmp_path / "pins.txt"
    pins.write_text("join a0 a2000\n")
    run("group", file, "--pins", pins, "--out", tmp_path)
    tables = rashomon.group(rows, pins=[("join", "a0", "a2000")])
    assert tables.stories.rows_json() == (tmp_path / "stories.jsonl").read_bytes()
    stories = dict(zip(*(tables.stories.to_pydict()[name] for name in ("id", "story"))))
    assert stories["a0"] == stories["a2000"]


def test_the_example_is_grouped_as_the_program_does(ferry, run, tmp_path):
    run("group", ferry, "--out", tmp_path)
    tables = rashomon.group(ferry)
    assert tables.stories.rows_json() == (tmp_path / "stories.jsonl").read_bytes()
    assert tables.lineage.rows_json() == (tmp_path / "lineage.jsonl").read_bytes()


def test_tables_go_to_and_come_from_every_library(corpus, expected):
    rows, _ = corpus
    rows = rows[:300]
    wanted = rows_of(rashomon.group(rows))
    stories = rashomon.group(rows)
    assert pa.table(stories).column_names == ["id", "story", "score", "rule"]
    assert pa.table(stories.lineage).schema.field("source_spans").type == pa.list_(
        pa.field("element", pa.struct([pa.field("start", pa.int64(), False), pa.field("end", pa.int64(), False)]), False)
    )
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame(rows)
    assert rows_of(rashomon.group(frame)) == wanted
    assert pl.DataFrame(stories.stories)["id"].to_list() == stories.stories.to_pydict()["id"]
    pd = pytest.importorskip("pandas")
    assert rows_of(rashomon.group(pd.DataFrame(rows))) == wanted
    assert list(pa.table(stories).to_pandas()["story"]) == stories.stories.to_pydict()["story"]


def test_duckdb_reads_tables_and_gives_them(corpus, expected):
    duckdb = pytest.importorskip("duckdb")
    rows = corpus[0][:300]
    with duckdb.connect() as db:
        articles = pa.Table.from_pylist(rows)
        groups = rashomon.group(db.sql("select * from articles order by id desc"))
        assert rows_of(groups) == rows_of(rashomon.group(rows))
        stories, lineage = groups.stories, groups.lineage
        largest = db.sql("select story, count(*) n from stories group by story order by n desc, story limit 1").fetchall()[0]
        ids = stories.to_pydict()["story"]
        assert largest[1] == max(map(ids.count, ids)) > 1
        # Spans stay lists of groups, and join with the texts they are offsets of.
        spans = db.sql("select derived, unnest(derived_spans).start s from lineage").fetchall()
        assert len(spans) == sum(map(len, lineage.to_pydict()["derived_spans"]))
        assert articles.num_rows == len(rows)


def test_columns_of_other_types_are_read():
    from datetime import datetime, timezone

    when = datetime(2031, 5, 4, 8, 30, tzinfo=timezone.utc)
    page = b"<html><body><article><p>The lock at Tarvel failed in the night, the keeper said.</p></article></body></html>"
    table = pa.table(
        {
            "id": pa.array(["x"]).dictionary_encode(),
            "html": pa.array([page], pa.binary()),
            "published": pa.array([when], pa.timestamp("us", "UTC")),
            "authors": pa.array([["Ada Lorne", "Tom Reyel"]]),
            "count": pa.array([3], pa.int8()),
        }
    )
    article = rashomon.read(table)[0]
    assert (article.id, article.published, article.byline) == ("x", "2031-05-04T08:30:00Z", ("Ada Lorne", "Tom Reyel"))
    assert "lock at Tarvel" in article.text and article["count"] == 3


def test_sketches_made_in_parts_give_the_same_tables(corpus, expected):
    from rashomon import _rashomon
    from rashomon._inputs import sources

    rows, _ = corpus
    parts = [rows[n::5] for n in range(5)]
    made = [_rashomon.sketch(sources(table_of(part)), 1)[0] for part in reversed(parts)]
    sketches = pa.concat_tables([pa.table(it) for it in made])
    stories, lineage, _, _ = _rashomon.place(sketches, "group", None, 0, None)
    assert (stories.rows_json(), lineage.rows_json()) == expected
    broken = pa.table({"row": pa.array([b"\x00nothing"], pa.binary())})
    with pytest.raises(ValueError, match="damaged"):
        _rashomon.place(broken, "group", None, 0, None)


def test_texts_of_a_table_are_not_copied():
    """Lineage keeps all texts until its end: those of a table stay where they are."""
    import subprocess
    import sys

    code = """
import resource, sys
import pyarrow as pa, rashomon
import random
words = [f"w{n}x" for n in range(50_000)]
text = lambda n: " ".join(random.Random(n).choices(words, k=2500))
# In pieces, so that making the table needs no more than the table.
pieces = [
    pa.record_batch({"id": [str(n) for n in range(at, at + 50)], "text": [text(n) for n in range(at, at + 50)]})
    for at in range(0, 4000, 50)
]
table = pa.Table.from_batches(pieces)
size = table["text"].nbytes
rashomon.group(table.slice(0, 20), threads=2)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
rashomon.group(table, threads=2)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(size // 1024, after - before)
"""
    if sys.platform == "win32":
        pytest.skip("no resource module")
    size, more = map(int, subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split())
    assert more < size * 0.8, (size, more)


def test_the_program_puts_records_together(corpus, expected, run, tmp_path):
    import pyarrow.parquet as pq
    from rashomon import _rashomon
    from rashomon._inputs import sources

    rows, _ = corpus
    folder = tmp_path / "records"
    folder.mkdir()
    for n in range(3):
        table = pa.table(_rashomon.sketch(sources(table_of(rows[n::3])), 1)[0])
        pq.write_table(table, folder / f"part-{n}.parquet", compression="snappy")
    run("group", "--records", folder, "--out", tmp_path / "out")
    assert (tmp_path / "out" / "stories.jsonl").read_bytes() == expected[0]
    assert (tmp_path / "out" / "lineage.jsonl").read_bytes() == expected[1]
    (folder / "part-9.parquet").write_bytes(b"PAR1 broken")
    run("group", "--records", folder, "--out", tmp_path / "out2", ok=(1,))
