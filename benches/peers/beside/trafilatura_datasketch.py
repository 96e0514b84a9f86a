import json, sys
from pathlib import Path
from datasketch import MinHash, MinHashLSH
from trafilatura import extract

lsh, made = MinHashLSH(threshold=0.5, num_perm=128), {}
for page in sorted(Path(sys.argv[1]).glob("*.html")):
    words = (extract(page.read_text()) or "").lower().split()
    made[page.stem] = MinHash(num_perm=128)
    made[page.stem].update_batch([" ".join(words[n : n + 3]).encode() for n in range(len(words) - 2)])
    lsh.insert(page.stem, made[page.stem])
pairs = {tuple(sorted((name, other))) for name, it in made.items() for other in lsh.query(it) if other != name}
json.dump({"pairs": [{"source": a, "derived": b} for a, b in sorted(pairs)]}, sys.stdout)
