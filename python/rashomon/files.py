"""The tables of one machine, made over plain files by any launcher: an array of Slurm, indexed jobs of Kubernetes, a shell loop.

Each call is one process. Of ``shards`` calls each does its share, and each share ends in a file of its own in the folder
``work``, which all machines reach; what is there is not done again, so whatever was killed is called again::

    rashomon.files.sketch("articles/", "work", shard=n, shards=64)   # 64 calls, each over its share of the files
    rashomon.files.link("work", shard=n, shards=64)                  # 64 calls, when all of these are done; may be left out
    rashomon.files.pair("work")                                      # one call; may be left out with the next ones
    rashomon.files.hold("work", shard=n, shards=64)                  # 64 calls, when it is done
    tables = rashomon.files.group("work")                            # one call, when all of these are done

The rows are those of ``rashomon group``, as :mod:`rashomon.spark` says: its blocks, its check at the borders, its limits.
Needs pyarrow. ``rashomon group --records work/sketch`` puts the same sketches together without Python.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Union

from rashomon import _parts, _rashomon
from rashomon._errors import InputError, LeftOut
from rashomon._parts import Cut
from rashomon._tables import Groups

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

Paths = Union[str, "os.PathLike[str]", Iterable[Union[str, "os.PathLike[str]"]]]


def sketch(articles: Paths, work: str | os.PathLike[str], *, shard: int = 0, shards: int = 1, threads: int = 0) -> Path:
    """What grouping and lineage keep of each article of one share of the files: every ``shards``-th one.

    Args:
        articles: files and folders, of any format that is read.
        work: a folder for this input alone.
        shard: the number of this call, from 0.
        shards: how many calls there are.
        threads: how many threads work; 0 for one a core.

    Returns:
        The file of this share.
    """

    def make() -> Iterator[pa.RecordBatch]:
        for path in _share(articles, shard, shards):
            yield from _parts.sketches(*_rashomon.sketch([("path", str(path))], threads))

    return _kept(Path(work) / "sketch" / _name(shard, shards), _parts.SKETCH, make())


def annotate(articles: Paths, work: str | os.PathLike[str], *, shard: int = 0, shards: int = 1, threads: int = 0) -> Path:
    """Annotated articles of one share of the files: ``id``, and ``article``, the line that ``rashomon annotate`` prints.

    Arguments and result as in :func:`sketch`.
    """

    def make() -> Iterator[pa.RecordBatch]:
        for path in _share(articles, shard, shards):
            yield from _parts.lines_of(*_rashomon.articles([("path", str(path))], True, threads, None))

    return _kept(Path(work) / "annotate" / _name(shard, shards), _parts.ANNOTATED, make())


def link(
    work: str | os.PathLike[str],
    *,
    shard: int = 0,
    shards: int = 1,
    articles: int = _parts.ARTICLES,
    days: int = _parts.DAYS,
    margin: int = _parts.MARGIN,
    threads: int = 0,
) -> None:
    """Links one share of the blocks of days: every ``shards``-th one. Where there is but one block it does nothing.

    Args:
        work: the folder of :func:`sketch`, all of whose shares are there.
        shard: the number of this call, from 0.
        shards: how many calls there are; need not be the number of those of :func:`sketch`.
        articles: a block has at least so many articles.
        days: and at least so many days.
        margin: days around a block that are linked with it at first. As in :func:`group`, which must be given the same.
        threads: how many threads work; 0 for one a core.
    """
    _checked(shard, shards)
    sketches = _sketches(work)
    cut = _cut(sketches, articles, days, margin)
    if cut is None:
        return
    for block in list(cut.margins)[shard::shards]:
        _linked(sketches, _blocks(work, articles, days, margin), cut, block, threads)


def pair(work: str | os.PathLike[str], *, threads: int = 0) -> Path:
    """Finds what has to be held against what for lineage, from the sketches alone. One call.

    Args:
        work: the folder of :func:`sketch`, all of whose shares are there.
        threads: how many threads work; 0 for one a core.
    """

    def make() -> Iterator[pa.RecordBatch]:
        yield from _parts.paired(_rows(_sketches(work), ["row"], None), True, _parts.PAIRS, threads)

    return _kept(_paired(work), _parts.PAIRED, make())


def hold(work: str | os.PathLike[str], *, shard: int = 0, shards: int = 1, threads: int = 0) -> None:
    """Holds the texts of one share of the pairs against each other, those of every ``shards``-th part. Needs the texts of these
    alone. Where articles are of several languages it does nothing: :func:`group` does it all, as it needs all texts.

    Args:
        work: the folder of :func:`pair`, which is done.
        shard: the number of this call, from 0.
        shards: how many calls there are; need not be the number of those of :func:`sketch`.
        threads: how many threads work; 0 for one a core.
    """
    import pyarrow.dataset as ds  # type: ignore[import-untyped, unused-ignore]
    import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

    name = _name(shard, shards)
    if not _paired(work).exists():
        raise InputError(str(_paired(work)), "`pair` comes first")
    paired = pq.read_table(_paired(work))
    if True in paired["across"].drop_null().to_pylist():
        return
    sketches = ds.dataset(_sketches(work), format="parquet")

    def make() -> Iterator[pa.RecordBatch]:
        parts = sorted(paired["part"].drop_null().unique().to_pylist())[shard::shards]
        own = paired.filter(ds.field("part").isin(parts))
        needs = own.filter(own["asked"].is_valid()).select(["fingerprint", "part", "asked"])
        wanted = ds.field("fingerprint").isin(needs["fingerprint"].unique())
        texts = sketches.to_table(columns=["fingerprint", "row", "text"], filter=wanted)
        sent = [*_parts.filled(texts, _parts.SENT), *_parts.filled(needs, _parts.SENT)]
        pairs = own.filter(own["first"].is_valid()).select(["part", "first", "second"])
        yield from _parts.held([*_parts.carried(sent), *_parts.filled(pairs, _parts.CARRIED)], threads)

    _kept(Path(work) / "held" / name, _parts.HELD, make())


def group(
    work: str | os.PathLike[str],
    *,
    pins: str | None = None,
    articles: int = _parts.ARTICLES,
    days: int = _parts.DAYS,
    margin: int = _parts.MARGIN,
    threads: int = 0,
) -> Groups:
    """Stories and lineage of all sketches; links the blocks that no call of :func:`link` has linked, and holds what no call of
    :func:`hold` has held. Arguments as in :func:`link`.

    ``Groups.stories.rows_json()`` are the lines of ``stories.jsonl``.
    """
    sketches = _sketches(work)
    cut = None if pins is not None else _cut(sketches, articles, days, margin)
    rows = _rows(sketches, ["row", "text"], None)
    if cut is None:
        stories, lineage, _, _ = _rashomon.place(rows, "group", pins, threads, None)
        return Groups(stories, lineage)
    folder = _blocks(work, articles, days, margin)
    held: dict[int, pa.Table] = {}
    again = list(cut.margins)
    while again:
        for block in again:
            held[block] = _linked(sketches, folder, cut, block, threads)
        borders = [it for table in held.values() for it in _said(table)]
        again = cut.settled(borders)
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    lineage, links, foreign = _traced(work, rows, threads)
    numbers = _rashomon.numbered(_rows(sketches, ["id", "at", "digest", "fingerprint"], None))
    located = pa.concat_tables([it.filter(it["border"].is_null()) for it in held.values()])
    return Groups(_rashomon.stories_of(located, numbers, links, set(foreign)), lineage)


def _traced(
    work: str | os.PathLike[str], rows: pa.RecordBatchReader, threads: int
) -> tuple[_rashomon.Table, list[tuple[str, str, float, str]], list[str]]:
    """Lineage, and what it says of stories: of what was held, if anything was."""
    files = _shares(Path(work) / "held")
    if files:
        import pyarrow.dataset as ds  # type: ignore[import-untyped, unused-ignore]

        held = ds.dataset(files, format="parquet").scanner(columns=["held"]).to_reader()
        return _rashomon.settle(held), [], []
    _, lineage, links, foreign = _rashomon.place(rows, "traced", None, threads, None)
    return lineage, links, foreign


def _paired(work: str | os.PathLike[str]) -> Path:
    return Path(work) / "paired.parquet"


def _checked(shard: int, shards: int) -> None:
    if not 0 <= shard < shards:
        raise ValueError(f"there is no shard {shard} of {shards}: they are counted from 0")


def _name(shard: int, shards: int) -> str:
    _checked(shard, shards)
    return f"{shard:05}-of-{shards:05}.parquet"


def _share(articles: Paths, shard: int, shards: int) -> list[Path]:
    given = [articles] if isinstance(articles, (str, os.PathLike)) else list(articles)
    files: list[Path] = []
    for path in map(Path, given):
        below = (it for it in path.rglob("*") if it.is_file() and not it.name.startswith("."))
        files.extend(sorted(below) if path.is_dir() else [path])
    return files[shard::shards]


def _kept(path: Path, columns: str, batches: Iterable[pa.RecordBatch]) -> Path:
    """The file at ``path``, made if it is not there: under another name until it is whole."""
    import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with pq.ParquetWriter(passing, _parts.schema(columns), compression="zstd") as writer:
            for batch in batches:
                if "note" in batch.schema.names:
                    for note in filter(None, batch["note"].to_pylist()):
                        warnings.warn(note, LeftOut, stacklevel=3)
                writer.write_batch(batch)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
    return path


def _sketches(work: str | os.PathLike[str]) -> list[str]:
    """The files of all shares; fails where there are none."""
    files = _shares(Path(work) / "sketch")
    if not files:
        raise InputError(str(Path(work) / "sketch"), "there are 0 files of no shares")
    return files


def _shares(folder: Path) -> list[str]:
    """The files of all shares, if there are any; fails where one is not there: half a corpus has other rows than the whole."""
    files = sorted(folder.glob("*.parquet"))
    if not files:
        return []
    shares = {int(found[2]) for it in files if (found := re.fullmatch(r"(\d+)-of-(\d+)\.parquet", it.name))}
    if len(shares) != 1 or len(files) != next(iter(shares)):
        of = " and ".join(map(str, sorted(shares))) or "no"
        raise InputError(str(folder), f"there are {len(files)} files of {of} shares")
    return [str(it) for it in files]


def _rows(sketches: list[str], columns: list[str], days: tuple[int, int] | None) -> pa.RecordBatchReader:
    """Columns of all sketches, or of those of some days, read as they are asked for."""
    import pyarrow.dataset as ds  # type: ignore[import-untyped, unused-ignore]

    wanted = ds.field("id").is_valid()
    if days is not None:
        wanted = wanted & (ds.field("day") >= days[0]) & (ds.field("day") < days[1])
    return ds.dataset(sketches, format="parquet").scanner(columns=columns, filter=wanted).to_reader()


def _cut(sketches: list[str], articles: int, days: int, margin: int) -> Cut | None:
    counts: dict[int | None, int] = {}
    for batch in _rows(sketches, ["day"], None):
        for row in batch["day"].value_counts().to_pylist():
            counts[row["values"]] = counts.get(row["values"], 0) + row["counts"]
    if not counts:
        raise InputError("sketch", "no article in the input")
    dated = {day: count for day, count in counts.items() if day is not None}
    if len(dated) != len(counts):
        return None
    cut = Cut.even(dated, articles, days, margin)
    return cut if cut.borders else None


def _blocks(work: str | os.PathLike[str], articles: int, days: int, margin: int) -> Path:
    return Path(work) / f"blocks-{articles}-{days}-{margin}"


def _linked(sketches: list[str], folder: Path, cut: Cut, block: int, threads: int) -> pa.Table:
    """One block with its present margin."""
    import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]


    def make() -> Iterator[pa.RecordBatch]:
        one = cut.only([block])
        yield from _parts.linked(_parts.spread(_rows(sketches, ["row"], _rashomon.needed_by(cut.borders, block, cut.margins[block])), one), one, threads)

    return pq.read_table(_kept(folder / f"{block:05}-{cut.margins[block]}.parquet", _parts.LINKED, make()))


def _said(table: pa.Table) -> Iterator[tuple[int, int]]:
    borders = table.filter(table["border"].is_valid())
    yield from zip(borders["border"].to_pylist(), borders["said"].to_pylist())
