"""What goes wrong, with its place."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import date, timedelta

Note = tuple[str, str, str, str]


class Error(Exception):
    """Anything that Rashomon raises."""


class InputError(Error):
    """Something could not be read.

    Attributes:
        place: file, or file and line (``feed.jsonl:17``); for rows of a table or a list their number (``table:3``).
        message: what is wrong there.
    """

    def __init__(self, place: str, message: str) -> None:
        super().__init__(place, message)
        self.place = place
        self.message = message

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Unsettled(Error):
    """Neighbouring blocks of days never agreed on the stories at their border, however large the margin around them.

    Attributes:
        days: the first day behind each such border, counted from 1970-01-01.
        margin: the days around the blocks at which it was given up.
    """

    def __init__(self, days: list[int], margin: int) -> None:
        super().__init__(days, margin)
        self.days = days
        self.margin = margin

    def __str__(self) -> str:
        dates = ", ".join(str(date(1970, 1, 1) + timedelta(days=it)) for it in self.days)
        return f"blocks of days do not agree on the stories before {dates}, not even with {self.margin} days around each"


class LeftOut(UserWarning):
    """A part of the input was left out; the rest was read."""


class Noticed(UserWarning):
    """Something in the input may be read wrongly; nothing was left out."""


def tell(notes: Iterable[Note], read: int, on_error: str) -> None:
    """Raises or warns of what a call noticed; ``read`` is the number of articles that were read."""
    if on_error not in ("warn", "raise", "ignore"):
        raise ValueError(f"on_error is 'warn', 'raise' or 'ignore', not {on_error!r}")
    notes = list(notes)
    omitted = [note for note in notes if note[3] == "omitted"]
    if omitted and (on_error == "raise" or read == 0):
        raise InputError(omitted[0][0], omitted[0][1])
    if read == 0:
        raise InputError("input", "no article in the input")
    if on_error == "warn":
        for place, message, _rule, severity in notes:
            if severity != "info":
                category = LeftOut if severity == "omitted" else Noticed
                warnings.warn(f"{place}: {message}", category, stacklevel=3)
