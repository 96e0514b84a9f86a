import json, pickle, subprocess, sys, tempfile
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from datasets import Dataset
from trafilatura import extract

pages = sorted(Path(sys.argv[1]).glob("*.html"))
with tempfile.TemporaryDirectory() as work:
    rows = [{"id": n, "text": extract(it.read_text()) or ""} for n, it in enumerate(pages)]
    Dataset.from_list(rows).save_to_disk(f"{work}/in")
    options = "--column text --idx_column id --ngram 3 --threshold 0.5 --num_perm 128 --min_length 3 --num_proc 1 --local --debug"
    command = [sys.executable, "-m", "text_dedup.minhash", "--path", f"{work}/in", "--output", f"{work}/out", *options.split()]
    subprocess.run(command, check=True, capture_output=True, cwd=work)
    # It joins what it finds into clusters, of which one page each is kept.
    joined = pickle.loads(Path(f"{work}/out/uf.pkl").read_bytes())
clusters = defaultdict(list)
for n in list(joined.parent):
    clusters[joined.find(n)].append(n)
pairs = [sorted(pair) for it in clusters.values() for pair in combinations(it, 2)]
json.dump({"pairs": [{"source": pages[a].stem, "derived": pages[b].stem} for a, b in pairs]}, sys.stdout)
