"""What the stages of a corpus spread over machines do to each part, on Arrow batches: ``spark`` and ``files`` call it.

Every function is of the set of rows it is given, so neither an engine's order nor its partitions show in what comes out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rashomon import _rashomon
from rashomon._errors import Unsettled

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

Batches = Iterable["pa.RecordBatch"]
Note = tuple[str, str, str, str]

#: Articles of a block at least, and days: each article is linked once for its block and again for margins around others.
ARTICLES, DAYS, MARGIN = 20_000, 2 * _rashomon.MARGIN, _rashomon.MARGIN
#: Pairs of articles that are held against each other in one part of lineage, about.
PAIRS = 20_000

_SPANS = "array<struct<start:bigint,end:bigint>>"
_NAME = "at bigint, id string, digest bigint, fingerprint bigint"
_FIRST = "first_at bigint, first_id string, first_digest bigint, first_fingerprint bigint"
#: The columns of each stage, as Spark writes them.
SKETCH = "id string, at bigint, digest bigint, fingerprint bigint, day bigint, text string, row binary, note string"
SPREAD = "block bigint, record binary"
LINKED = f"block bigint, border bigint, said bigint, {_FIRST}, {_NAME}, score double, rule string"
NUMBERED = "fingerprint bigint, number bigint"
ANNOTATED = "id string, article string, note string"
PAIRED = "part bigint, first bigint, second bigint, fingerprint bigint, asked binary, across boolean"
SENT = "fingerprint bigint, row binary, text string, part bigint, asked binary"
CARRIED = "part bigint, first bigint, second bigint, asked binary, row binary, text string"
HELD = "held binary"
PLACED = (
    "table string, n bigint, id string, story string, score double, rule string, source string, derived string, kind string, "
    f"directed boolean, source_spans {_SPANS}, derived_spans {_SPANS}"
)
#: The order of the table ``stories``.
ORDER = ("first_at", "first_id", "first_digest", "first_fingerprint", "at", "id", "digest", "fingerprint")
STORIES = ("id", "story", "score", "rule")
LINEAGE = ("source", "derived", "kind", "directed", "score", "rule", "source_spans", "derived_spans")


def schema(columns: str) -> pa.Schema:
    """Such columns in Arrow's words."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    spans = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())]))
    kinds = {
        "string": pa.string(),
        "bigint": pa.int64(),
        "double": pa.float64(),
        "boolean": pa.bool_(),
        "binary": pa.binary(),
        _SPANS: spans,
    }
    return pa.schema([(name, kinds[kind]) for name, kind in (column.split(" ") for column in columns.split(", "))])


@dataclass(frozen=True)
class Cut:
    """Where days are cut into blocks, and how many days around each are linked with it in the present round."""

    borders: list[int]
    first: int
    margins: dict[int, int] = field(default_factory=dict)

    @staticmethod
    def even(counts: dict[int, int], articles: int, days: int, margin: int) -> Cut:
        """Blocks of at least so many articles and days."""
        borders = _rashomon.cut(counts, articles, days)
        return Cut(borders, margin, dict.fromkeys(range(len(borders) + 1), margin))

    def only(self, blocks: Iterable[int]) -> Cut:
        """The same with some of the blocks."""
        return replace(self, margins={block: self.margins[block] for block in blocks})

    def settled(self, said: Iterable[tuple[int, int]]) -> list[int]:
        """The blocks to be linked again, with wider margins: none if all borders agree. Fails where a border never settles."""
        again, days, most = _rashomon.wider(self.borders, self.margins, self.first, list(said))
        if days:
            raise Unsettled(days, most)
        self.margins.update(again)
        return list(again)


def sketched(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Rows of articles to sketches, and a note for each that could not be read."""
    for batch in batches:
        table, notes = _rashomon.sketch([("table", batch, "row")], 1)
        yield from sketches(table, notes)


def sketches(table: Any, notes: list[Note]) -> Iterator[pa.RecordBatch]:
    """What was kept of some articles, and the notes, in the columns of the stage."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    made = pa.table(table)
    yield from made.append_column("note", pa.nulls(len(made), pa.string())).cast(schema(SKETCH)).to_batches()
    yield from _notes(notes, schema(SKETCH))


def annotated(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Rows of articles to lines of JSON."""
    for batch in batches:
        yield from lines_of(*_rashomon.articles([("table", batch, "row")], True, 1, None))


def lines_of(lines: list[str], notes: list[Note]) -> Iterator[pa.RecordBatch]:
    """Annotated articles and notes, in the columns of the stage."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    ids = [json.loads(line)["id"] for line in lines]
    columns = [pa.array(ids, pa.string()), pa.array(lines, pa.string()), pa.nulls(len(ids), pa.string())]
    yield pa.RecordBatch.from_arrays(columns, schema=schema(ANNOTATED))
    yield from _notes(notes, schema(ANNOTATED))


def spread(batches: Batches, cut: Cut) -> Iterator[pa.RecordBatch]:
    """What each block needs of some sketches."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    for batch in batches:
        yield from pa.table(_rashomon.spread(batch, cut.borders, cut.margins)).cast(schema(SPREAD)).to_batches()


def linked(batches: Batches, cut: Cut, threads: int = 1) -> Iterator[pa.RecordBatch]:
    """Stories of the blocks whose records these are, all of each block, and what they say of their borders."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    read = _read(batches, SPREAD)
    if read is not None:
        table = pa.table(_rashomon.link(read, cut.borders, cut.margins, threads))
        yield from table.cast(schema(LINKED)).to_batches(max_chunksize=10_000)


def numbered(batches: Batches) -> Iterator[pa.RecordBatch]:
    """The numbers behind ids that several articles have, of all articles of some ids."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    read = _read(batches, _NAME)
    numbers = _rashomon.numbered(read) if read is not None else []
    columns = [pa.array([it[0] for it in numbers], pa.int64()), pa.array([it[1] for it in numbers], pa.int64())]
    yield pa.RecordBatch.from_arrays(columns, schema=schema(NUMBERED))


def named(batches: Batches, numbers: dict[int, int]) -> Iterator[pa.RecordBatch]:
    """Rows of :func:`linked` with ``name`` and ``story`` as they are printed."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    def printed(ids: pa.Array, fingerprints: pa.Array) -> pa.Array:
        if not numbers:
            return ids
        pairs = zip(ids.to_pylist(), fingerprints.to_pylist())
        return pa.array([f"{id}#{numbers[it]}" if it in numbers else id for id, it in pairs], pa.string())

    for batch in batches:
        name = printed(batch["id"], batch["fingerprint"])
        story = printed(batch["first_id"], batch["first_fingerprint"])
        columns = [*(batch[it] for it in ORDER), name, story, batch["score"], batch["rule"]]
        yield pa.RecordBatch.from_arrays(columns, names=[*ORDER, "name", "story", "score", "rule"])


#: The columns of :func:`named`.
NAMED = f"{_FIRST}, {_NAME}, name string, story string, score double, rule string"


def together(batches: Batches, wanted: str, pins: str | None, threads: int = 0) -> Iterator[pa.RecordBatch]:
    """All sketches to tables: ``group``, ``lineage``, or ``traced``, which is lineage with what it says of stories."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    read = _read(batches, None)
    if read is None:
        return
    stories, relations, links, foreign = _rashomon.place(read, wanted, pins, threads, None)
    yield from _placed("stories", pa.table(stories))
    yield from _placed("lineage", pa.table(relations))
    across = {name: [it[n] for it in links] for n, name in enumerate(("source", "derived", "score", "rule"))}
    yield from _placed("links", pa.table(across))
    yield from _placed("foreign", pa.table({"id": pa.array(foreign if links else [], pa.string())}))
    # Tells that it was done where there is nothing else.
    yield from _placed("end", pa.table({"n": [0]}))


def paired(batches: Batches, numbered: bool, pairs: int, threads: int = 0) -> Iterator[pa.RecordBatch]:
    """All sketches to what has to be held against what, the articles that each part of these pairs needs, and in a row of its
    own whether relations between languages come on top."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    read = _read(batches, "row binary")
    if read is None:
        return
    found, asked, across = _rashomon.pairing(read, numbered, pairs, threads)
    for table in (found, asked):
        yield from filled(pa.table(table), PAIRED)
    yield from filled(pa.table({"across": [across]}), PAIRED)


def carried(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Of sketches and of what parts need, all of some articles: each article to the parts that need it."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    read = _read(batches, SENT)
    if read is None:
        return
    table = read.read_all()
    held, needs = table.filter(table["row"].is_valid()), table.filter(table["asked"].is_valid())
    places = {fingerprint: n for n, fingerprint in enumerate(held["fingerprint"].to_pylist())}
    at = pa.array([places.get(it) for it in needs["fingerprint"].to_pylist()], pa.int64())
    if at.null_count:
        raise ValueError(f"{at.null_count} articles are not there that a part needs: a partition was torn")
    for start in range(0, len(needs), 1_000):
        some = slice(start, start + 1_000)
        columns = {name: needs[name][some] for name in ("part", "asked")}
        columns |= {name: held[name].take(at[some]) for name in ("row", "text")}
        yield from filled(pa.table(columns), CARRIED)


def held(batches: Batches, threads: int = 1) -> Iterator[pa.RecordBatch]:
    """Pairs of some parts, and all articles that these need, to relations on their way; an empty row tells that it was done."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    read = _read(batches, CARRIED)
    if read is not None:
        yield from filled(pa.table(_rashomon.hold(read, threads)), HELD)
    yield from filled(pa.table({"held": pa.nulls(1, pa.binary())}), HELD)


def settled(batches: Batches) -> Iterator[pa.RecordBatch]:
    """All that was held to the table ``lineage``."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    read = _read(batches, HELD)
    if read is not None:
        yield from _placed("lineage", pa.table(_rashomon.settle(read)))
    yield from _placed("end", pa.table({"n": [0]}))


def stories(batches: Batches, numbers: dict[int, int], links: list[tuple[Any, ...]], foreign: set[str]) -> Iterator[pa.RecordBatch]:
    """All rows of :func:`linked` to the table ``stories``, with what lineage says of them."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    read = _read(batches, LINKED)
    if read is not None:
        yield from _placed("stories", pa.table(_rashomon.stories_of(read, list(numbers.items()), links, foreign)))


def _placed(name: str, rows: pa.Table) -> Iterator[pa.RecordBatch]:
    """The rows of one table in the columns that all tables have together, in order of ``n``."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    columns = []
    for column in schema(PLACED):
        if column.name == "table":
            columns.append(pa.array([name] * len(rows), column.type))
        elif column.name == "n":
            columns.append(pa.array(range(len(rows)), column.type))
        elif column.name in rows.column_names:
            columns.append(rows[column.name].cast(column.type))
        else:
            columns.append(pa.nulls(len(rows), column.type))
    yield from pa.table(columns, schema=schema(PLACED)).to_batches(max_chunksize=10_000)


def filled(rows: pa.Table, columns: str) -> Iterator[pa.RecordBatch]:
    """The rows with all columns of a stage, those that they have not empty."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    wanted = schema(columns)
    had = set(rows.column_names)
    filled = [rows[it.name].cast(it.type) if it.name in had else pa.nulls(len(rows), it.type) for it in wanted]
    yield from pa.table(filled, schema=wanted).to_batches(max_chunksize=10_000)


def _read(batches: Batches, columns: str | None) -> pa.RecordBatchReader | None:
    """All batches; nothing if there is none."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    held = [it for it in batches if it.num_rows]
    if not held:
        return None
    if columns is None:
        return pa.RecordBatchReader.from_batches(held[0].schema, iter(held))
    wanted = schema(columns)
    table = pa.Table.from_batches(held).select(wanted.names).cast(wanted)
    return table.to_reader()


def _notes(notes: list[Note], wanted: pa.Schema) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    left_out = [f"{place}: {message}" for place, message, _, severity in notes if severity == "omitted"]
    if left_out:
        columns = [pa.nulls(len(left_out), column.type) for column in wanted][:-1]
        yield pa.RecordBatch.from_arrays([*columns, pa.array(left_out, pa.string())], schema=wanted)
