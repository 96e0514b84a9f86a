"""Makes the reference of the book from the docstrings and annotations of the package: ``python python/docs/reference.py``."""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path

import rashomon
import rashomon.files
import rashomon.spark

PAGE = Path(__file__).resolve().parents[2] / "docs" / "book" / "src" / "python-reference.md"
FUNCTIONS = ["read", "annotate", "stream", "collate", "group", "lineage", "quotes", "check", "explain"]


def text(it: object) -> str:
    """A docstring as Markdown: examples fenced, code marked."""
    lines = (inspect.getdoc(it) or "").splitlines()
    out: list[str] = []
    fenced = False
    for line in lines:
        code = line.startswith((">>> ", "... ")) or (fenced and line.strip() != "")
        if code != fenced:
            out.append("```python" if code else "```")
            fenced = code
        if not fenced:
            line = re.sub(r":\w+:`([^`]*)`", r"`\1`", line).replace("``", "`")
            if line in ("Args:", "Returns:", "Attributes:"):
                line = f"*{line[:-1]}*\n"
            elif line.startswith("    ") and re.match(r"    [\w, ]+: ", line):
                line = re.sub(r"^    ([\w, ]+): ", r"- `\1`: ", line)
            elif line.startswith("    "):
                line = "  " + line.strip()
        out.append(line)
    if fenced:
        out.append("```")
    return "\n".join(out)


def signature(name: str, it: object) -> str:
    shown = str(inspect.signature(it)).replace("'", "")  # type: ignore[arg-type]
    shown = re.sub(r"rashomon\._\w+\.", "", shown)
    return f"```python\n{name}{shown}\n```"


def page() -> str:
    out = [
        "# Python reference",
        "",
        "Made from the docstrings and annotations of the package by `python python/docs/reference.py`; a test holds it to them.",
        "",
        "## Functions",
    ]
    for name in FUNCTIONS:
        it = getattr(rashomon, name)
        out += ["", f"### {name}", "", signature(f"rashomon.{name}", it), "", text(it)]
    out += ["", "## On a cluster: rashomon.spark", "", text(rashomon.spark)]
    for name in ["sketch", "annotate", "group", "lineage"]:
        it = getattr(rashomon.spark, name)
        out += ["", f"### spark.{name}", "", signature(f"rashomon.spark.{name}", it), "", text(it)]
    out += ["", "## Over plain files: rashomon.files", "", text(rashomon.files)]
    for name in ["sketch", "annotate", "link", "pair", "hold", "group"]:
        it = getattr(rashomon.files, name)
        out += ["", f"### files.{name}", "", signature(f"rashomon.files.{name}", it), "", text(it)]
    out += ["", "## Types"]
    for name in rashomon.__all__:
        it = getattr(rashomon, name)
        if name in FUNCTIONS or not isinstance(it, type):
            continue
        out += ["", f"### {name}", ""]
        documented = text(it)
        if documented:
            out += [documented, ""]
        if dataclasses.is_dataclass(it):
            fields = [f"`{f.name}`: `{str(f.type).replace('|', '¦')}`" for f in dataclasses.fields(it)]
            out += ["Fields: " + ", ".join(fields).replace("¦", "|") + "."]
        members = []
        for member, value in vars(it).items():
            if member.startswith("_") or dataclasses.is_dataclass(it) and member in it.__dataclass_fields__:
                continue
            if isinstance(value, property):
                members.append(f"- `{member}`: {text(value)}".splitlines()[0])
            elif inspect.isfunction(value):
                shown = str(inspect.signature(value)).replace("'", "").replace("(self, ", "(").replace("(self)", "()")
                members.append(f"- `{member}{shown}`: {text(value)}".splitlines()[0])
        out += members
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
