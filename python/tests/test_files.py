"""Over plain files with any launcher: the rows of one machine, whatever the shards, and no call does what is done."""

from __future__ import annotations

import json

import pytest
import rashomon
from conftest import invented

pytest.importorskip("pyarrow")
from rashomon import files as rf  # noqa: E402

BLOCKS = {"articles": 100, "days": 13, "margin": 6}


@pytest.fixture(scope="module")
def rows():
    made = [row for row in invented(1500, 4) if row["published"]]
    # Two articles of one id, and one article twice.
    return [*made, {**made[5], "text": str(made[5]["text"]) + " More is to come."}, made[7]]


@pytest.fixture
def folder(rows, tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(5):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows[n::5])
        (folder / f"{n}.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def lines(groups):
    return groups.stories.rows_json(), groups.lineage.rows_json()


@pytest.mark.parametrize("shards", [1, 3, 7])
def test_the_rows_are_those_of_one_machine(rows, folder, tmp_path, shards):
    work = tmp_path / "work"
    for n in range(shards):
        rf.sketch(folder, work, shard=n, shards=shards)
    for n in range(2):
        rf.link(work, shard=n, shards=2, **BLOCKS)
    held = sorted((work / "blocks-100-13-6").iterdir())
    assert len(held) > 5
    before = [it.stat().st_mtime_ns for it in held]
    assert lines(rf.group(work, **BLOCKS)) == lines(rashomon.group(rows))
    assert [it.stat().st_mtime_ns for it in held] == before, "what is done is not done again"
    # Some borders do not agree at this margin, and are linked again with a larger one.
    assert len(list((work / "blocks-100-13-6").iterdir())) > len(held)


@pytest.mark.parametrize("shards", [1, 3, 7])
def test_texts_held_in_shares_give_the_rows_of_one_machine(rows, folder, tmp_path, shards, monkeypatch):
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    monkeypatch.setattr("rashomon._parts.PAIRS", 20)
    work = tmp_path / "work"
    rf.sketch(folder, work)
    with pytest.raises(rashomon.InputError, match="`pair` comes first"):
        rf.hold(work)
    paired = pq.read_table(rf.pair(work))
    assert pc.max(paired["part"]).as_py() > 7 and not pc.any(paired["across"]).as_py()
    rf.hold(work, shard=shards - 1, shards=shards)
    if shards > 1:
        with pytest.raises(rashomon.InputError, match=f"1 files of {shards} shares"):
            rf.group(work, **BLOCKS)
    for n in range(shards):
        rf.hold(work, shard=n, shards=shards)
    assert lines(rf.group(work, **BLOCKS)) == lines(rashomon.group(rows))


def test_without_blocks_the_rows_are_the_same(rows, folder, tmp_path):
    rf.sketch(folder, tmp_path / "work")
    assert lines(rf.group(tmp_path / "work")) == lines(rashomon.group(rows))
    rf.link(tmp_path / "work", shard=0, shards=4)


def test_undated_articles_and_pins_are_placed_by_one_task(rows, folder, tmp_path):
    extra = {"id": "undated", "text": rows[3]["text"], "title": rows[3]["title"]}
    (folder / "extra.jsonl").write_text(json.dumps(extra, ensure_ascii=False) + "\n", encoding="utf-8")
    rf.sketch(folder, tmp_path / "work")
    assert lines(rf.group(tmp_path / "work", **BLOCKS)) == lines(rashomon.group([*rows, extra]))
    pins = f"join {rows[0]['id']} {rows[-3]['id']}"
    assert lines(rf.group(tmp_path / "work", pins=pins, **BLOCKS)) == lines(rashomon.group([*rows, extra], pins=pins))


def test_half_a_corpus_is_refused(folder, tmp_path):
    rf.sketch(folder, tmp_path / "work", shard=1, shards=3)
    with pytest.raises(rashomon.InputError, match="1 files of 3 shares"):
        rf.group(tmp_path / "work")
    with pytest.raises(ValueError, match="no shard 3 of 3"):
        rf.sketch(folder, tmp_path / "work", shard=3, shards=3)


def test_what_cannot_be_read_is_named_and_half_a_file_is_none(folder, tmp_path):
    (folder / "void.jsonl").write_text('{"id": "void", "text": null}\n')
    work = tmp_path / "work"
    with pytest.warns(rashomon.LeftOut, match="no text"):
        made = rf.sketch(folder, work)
    assert [it.name for it in made.parent.iterdir()] == [made.name], "no passing file is left"


def test_annotated_lines_are_those_of_the_library(folder, tmp_path):
    import pyarrow.parquet as pq

    made = pq.read_table(rf.annotate(folder, tmp_path / "work"))
    assert made["article"].to_pylist() == [json.dumps(json.loads(it), ensure_ascii=False, separators=(",", ":")) for it in made["article"].to_pylist()]
    theirs = [article.to_dict() for article in rashomon.annotate(str(folder))]
    assert sorted((json.loads(it) for it in made["article"].to_pylist()), key=str) == sorted(theirs, key=str)


def test_a_border_that_never_settles_is_named():
    from rashomon._parts import Cut

    cut = Cut([20000], 6, {0: 48, 1: 96})
    with pytest.raises(rashomon.Unsettled, match="before 2024-10-04, not even with 96 days"):
        cut.settled([(20000, 1), (20000, 2)])
    assert cut.settled([(20000, 1), (20000, 1)]) == []
