"""The tables of ``group``."""

from __future__ import annotations

from dataclasses import dataclass

from rashomon._rashomon import Table


@dataclass(frozen=True)
class Groups:
    """The tables of ``rashomon group``.

    Attributes:
        stories: ``id``, ``story``, ``score`` (0 to 1), ``rule``; the oldest story first, in it the oldest article first.
        lineage: ``source``, ``derived``, ``kind``, ``directed``, ``score``, ``rule``, ``source_spans``, ``derived_spans``;
            None if it was not asked for.

    Whoever takes Arrow takes this as the table of stories: ``pyarrow.table(rashomon.group(articles))``.
    """

    stories: Table
    lineage: Table | None

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.stories.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self.stories)
