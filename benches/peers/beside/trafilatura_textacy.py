import json, sys
from pathlib import Path
import spacy
from textacy.extract.triples import direct_quotations
from trafilatura import extract

nlp = spacy.load(sys.argv[2], exclude=["ner"])
quotes = []
for page in sorted(Path(sys.argv[1]).glob("*.html")):
    try:
        found = list(direct_quotations(nlp(extract(page.read_text()) or "")))
    except ValueError:  # It gives a text up in which the marks do not pair.
        continue
    for it in found:
        quotes.append({"page": page.stem, "text": it.content.text, "speaker": " ".join(token.text for token in it.speaker)})
json.dump({"quotes": quotes}, sys.stdout)
