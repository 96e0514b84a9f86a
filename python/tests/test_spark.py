"""On Spark and on Sail: the rows of one machine. Asked for with ``pytest -m spark``."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
import rashomon
from conftest import ROOT, invented

pytestmark = pytest.mark.spark

SCHEMA = "id string, title string, text string, outlet string, published string, url string"
NAMES = [part.split()[0] for part in SCHEMA.split(", ")]


@pytest.fixture(scope="module", params=["spark", "sail"])
def session(request):
    pytest.importorskip("pyspark")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    if request.param == "sail":
        pysail = pytest.importorskip("pysail.spark")
        server = pysail.SparkConnectServer(port=0)
        server.start(background=True)
        _, port = server.listening_address
        made = SparkSession.builder.remote(f"sc://localhost:{port}").getOrCreate()
        yield made
        made.stop()
        server.stop()
        return
    made = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    yield made
    made.stop()


@pytest.fixture(scope="module")
def rows():
    """Invented articles; of a file that RASHOMON_STREAM names, where it is set."""
    named = os.environ.get("RASHOMON_STREAM")
    if named:
        read = map(json.loads, Path(named).read_text().splitlines())
        return [{name: it.get(name) for name in NAMES} for it in read]
    made = invented(2000, 21)
    made.append({**made[5], "text": str(made[5]["text"]) + " More is to come."})
    return made


@pytest.fixture(scope="module")
def expected(rows, run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    file = folder / "rows.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    run("group", file, "--out", folder)
    return (folder / "stories.jsonl").read_bytes(), (folder / "lineage.jsonl").read_bytes()


def frame(session, rows, partitions):
    tuples = [tuple(row.get(name) for name in NAMES) for row in rows]
    return session.createDataFrame(tuples, SCHEMA).repartition(partitions)


def lines(df) -> bytes:
    def plain(value):
        if isinstance(value, list):
            return [list(map(int, it)) if not hasattr(it, "asDict") else [it["start"], it["end"]] for it in value]
        return value

    out = []
    for row in df.collect():
        out.append(json.dumps({k: plain(v) for k, v in row.asDict().items()}, ensure_ascii=False, separators=(",", ":")))
    return "".join(line + "\n" for line in out).encode()


@pytest.mark.parametrize("partitions", [8, 3, 1])
def test_the_rows_are_those_of_one_machine(session, rows, expected, tmp_path, partitions):
    from rashomon import spark as rs

    tables = rs.group(frame(session, rows, partitions), str(tmp_path / "work"))
    assert lines(tables.stories) == expected[0]
    assert lines(tables.lineage) == expected[1]


@pytest.mark.parametrize("partitions", [8, 3, 1])
def test_blocks_of_days_and_parts_of_pairs_give_the_rows_of_one_machine(session, rows, tmp_path, partitions, monkeypatch):
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
    from rashomon import spark as rs

    monkeypatch.setattr("rashomon._parts.PAIRS", 20)
    # A year 0001, as some systems print for no date, is none.
    dated = [row for row in rows if (row["published"] or "") > "1900"]
    whole = rashomon.group(dated)
    tables = rs.group(frame(session, dated, partitions), str(tmp_path / "work"), articles=200, days=20, margin=10)
    assert list((tmp_path / "work").glob("blocks-200-20-10/linked-0")), "there was but one block"
    assert lines(tables.stories) == whole.stories.rows_json()
    assert lines(tables.lineage) == whole.lineage.rows_json()
    assert pc.max(pq.read_table(tmp_path / "work" / "traced-paired")["part"]).as_py() > 1, "there was but one part"
    alone = rs.lineage(frame(session, dated, partitions), str(tmp_path / "work"), articles=200)
    assert lines(alone) == rashomon.lineage(dated).rows_json()


def test_a_second_call_goes_on_where_the_first_stopped(session, rows, expected, tmp_path):
    from rashomon import spark as rs

    work = str(tmp_path / "work")
    rs.sketch(frame(session, rows, 4), work)
    kept = sorted((tmp_path / "work" / "sketch").iterdir())
    # The frame is not looked at again: an empty one has no rows to give.
    tables = rs.group(frame(session, rows, 4).limit(0), work)
    assert sorted((tmp_path / "work" / "sketch").iterdir()) == kept
    assert lines(tables.stories) == expected[0]


def test_half_a_stage_is_done_again(session, rows, expected, tmp_path):
    from rashomon import spark as rs

    half = tmp_path / "work" / "sketch"
    half.mkdir(parents=True)
    (half / "part-0.parquet").write_bytes(b"PAR1 and no more")
    assert lines(rs.group(frame(session, rows, 4), str(tmp_path / "work")).stories) == expected[0]


def test_annotated_lines_are_those_of_the_library(session, rows, tmp_path):
    from rashomon import spark as rs

    few = rows[:50]
    made = {it["id"]: it["article"] for it in rs.annotate(frame(session, few, 3), str(tmp_path / "work")).collect()}
    assert set(made) == {it["id"] for it in few}
    for article in rashomon.annotate(few):
        theirs, mine = rashomon.Article(made[article.id]).to_dict(), article.to_dict()
        # Place and digest are of the row as it was given: a line there, columns here.
        for it in (theirs, mine):
            del it["source"], it["digest"]
        assert theirs == mine


def test_rows_that_cannot_be_read_are_named(session, rows, tmp_path):
    from rashomon import spark as rs

    broken = [*rows[:20], {"id": "void", "text": None}]
    with pytest.warns(rashomon.LeftOut, match="no text"):
        tables = rs.group(frame(session, broken, 2), str(tmp_path / "work"))
    assert len(tables.stories.collect()) == 20
    with pytest.raises(ValueError, match="no column 'text'"):
        rs.group(session.createDataFrame([("x", "y")], "id string, body string"), str(tmp_path / "other"))
