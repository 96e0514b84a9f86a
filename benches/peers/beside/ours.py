import json, sys
from pathlib import Path
import rashomon

rows = [{"id": it.stem, "html": it.read_text()} for it in sorted(Path(sys.argv[1]).glob("*.html"))]
found = rashomon.lineage(rows).to_pydict()
pairs = [
    {"source": source, "derived": derived, "kind": kind, "directed": directed}
    for source, derived, kind, directed in zip(found["source"], found["derived"], found["kind"], found["directed"])
]
quotes = [{"page": it.article, "text": it.quotation, "speaker": it.speaker} for it in rashomon.quotes(rows)]
json.dump({"pairs": pairs, "quotes": quotes}, sys.stdout)
