#!/usr/bin/env python3
"""Asks a running `rashomon serve` at a steady rate and says how long answers took.

    rashomon serve --store news.db &
    benches/load.py http://127.0.0.1:8787 [RATE] [SECONDS] [PID OF THE SERVER] [--watch PROGRAM STORE ARTICLES.jsonl]

The rate is kept whatever the answers take: one that is late is counted from when it was due.
With `--watch` sixty outlets on this machine (127.0.1.1 and on) have feeds of the articles, and PROGRAM watches them into STORE
meanwhile, at two seconds a host, in whole seconds: twenty articles a second and some. Asker and outlets run on the same processors: their CPU is told.
"""
import asyncio
import html
import http.server
import itertools
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

watching = None
if "--watch" in sys.argv:
    at = sys.argv.index("--watch")
    watching = sys.argv[at + 1 : at + 4]
    del sys.argv[at : at + 4]
base = sys.argv[1].rstrip("/")
rate = float(sys.argv[2]) if len(sys.argv) > 2 else 200.0
seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 60.0
pid = int(sys.argv[4]) if len(sys.argv) > 4 else None
host = urllib.parse.urlsplit(base).netloc

OUTLETS, EACH = 60, 150
pages = {}


class Outlet(http.server.BaseHTTPRequestHandler):
    """A feed of 150 articles, and the articles."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        where = self.headers["host"]
        first = (int(where.split(":")[0].split(".")[-1]) - 1) * EACH
        if self.path == "/feed":
            items = "".join(f"<item><title>x</title><link>http://{where}/{n}</link></item>" for n in range(first, first + EACH))
            body = f"<rss version='2.0'><channel><title>Outlet {first}</title><link>http://{where}/</link><description>d</description>{items}</channel></rss>"
        else:
            body = pages.get(self.path[1:], "")
        data = body.encode()
        self.send_response(200 if data else 404)
        self.send_header("Content-Type", "application/rss+xml" if self.path == "/feed" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def watch(program, store, articles):
    """Starts the outlets and the watcher."""
    with open(articles) as lines:
        for n, line in enumerate(itertools.islice(lines, OUTLETS * EACH)):
            it = json.loads(line)
            body = "".join(f"<p>{html.escape(p)}</p>" for p in it["text"].split("\n") if p.strip())
            title = html.escape(it["title"] or "x")
            # Published now, as news is; a watcher meets no archive.
            now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            pages[str(n)] = f"<!doctype html><html lang='en'><head><title>{title}</title><meta property='article:published_time' content='{now}'></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), Outlet)
    # A process of their own: in a thread they would hold up the asker, and be counted as answers that are late.
    outlets = multiprocessing.get_context("fork").Process(target=server.serve_forever, daemon=True)
    outlets.start()
    config = tempfile.NamedTemporaryFile("w", suffix=".toml")
    feeds = ", ".join(f'"http://127.0.1.{n + 1}:{server.server_port}/feed"' for n in range(OUTLETS))
    config.write(f"pause = 2.0\nallow_private = ['127.0.0.0/8']\nfeeds = [{feeds}]\n")
    config.flush()
    watcher = subprocess.Popen([program, "watch", "--config", config.name, "--store", store, "--quiet"])
    return config, watcher, outlets


def cpu(pid):
    """User and system seconds of a process so far."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    """Megabytes a process holds by itself, without what it shares with the file."""
    return int(next(line for line in open(f"/proc/{pid}/status") if line.startswith("RssAnon")).split()[1]) / 1024


def counted():
    """Articles that came since the load began."""
    return sum(it["kind"] == "article" for it in everything(f"/api/v1/changes?since={begun}&limit=100"))


def everything(path):
    cursor = None
    while True:
        page = get(path + (f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""))
        yield from page["items"]
        cursor = page["cursor"]
        if not cursor:
            return


def get(path):
    with urllib.request.urlopen(base + path) as answer:
        return json.load(answer)


def ids(path, most):
    """The ids of a listing, page by page."""
    out, cursor = [], None
    while len(out) < most:
        page = get(path + (f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""))
        out += [it["id"] for it in page["items"]]
        cursor = page["cursor"]
        if not cursor:
            break
    return out[:most]


stories = ids("/api/v1/stories?limit=100&least=2", 400)
words = ["election", "court", "police", "virus", "climate", "budget", "border", "school", "tax", "storm"]
quote = lambda it: urllib.parse.quote(it, safe="")
articles = [it["article"]["id"] if "article" in it else it["id"] for word in words for it in get(f"/api/v1/search?q={word}&limit=50")["items"]]
kinds = {
    "page of stories": lambda: "/",
    "page of a story": lambda: "/stories/" + quote(random.choice(stories)),
    "page of an article": lambda: "/articles/" + quote(random.choice(articles)),
    "page of a search": lambda: "/search?q=" + random.choice(words) + "+" + random.choice(words),
    "API: stories": lambda: "/api/v1/stories?limit=50",
    "API: a story": lambda: "/api/v1/stories/" + quote(random.choice(stories)),
    "API: an article": lambda: "/api/v1/articles/" + quote(random.choice(articles)),
    "API: search": lambda: "/api/v1/search?q=" + random.choice(words),
    "API: changes": lambda: "/api/v1/changes?since=0&limit=50",
}
took = {kind: [] for kind in kinds}
errors = []
idle = []
most = 0.0


async def ask(kind, due):
    path = kinds[kind]()
    while True:
        fresh, writer = not idle, None
        try:
            reader, writer = await asyncio.open_connection(*host.split(":")) if fresh else idle.pop()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head.split(b" ", 2)[1])
            length = next((int(l.split(b":")[1]) for l in head.split(b"\r\n") if l.lower().startswith(b"content-length")), 0)
            await reader.readexactly(length)
            took[kind].append(time.monotonic() - due)
            idle.append((reader, writer))
            if status >= 400:
                errors.append(f"{status} {path}")
            return
        except (OSError, asyncio.IncompleteReadError) as e:
            if writer:
                writer.close()
            # A connection that the server closed while it was idle is made anew.
            if fresh:
                errors.append(f"{e!r} {path}")
                return


async def main():
    random.seed(1)
    start = time.monotonic()
    tasks = []
    global most
    for n in range(int(rate * seconds)):
        due = start + n / rate
        if pid and n % int(rate) == 0:
            most = max(most, memory(pid))
        await asyncio.sleep(max(0, due - time.monotonic()))
        tasks.append(asyncio.create_task(ask(random.choice(list(kinds)), due)))
    await asyncio.gather(*tasks)


running = watch(*watching) if watching else None
if running:
    # The feeds themselves first: the load meets articles.
    time.sleep(15)
begun = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
of = {"asker": os.getpid()}
if pid:
    of["server"] = pid
if running:
    of |= {"watcher": running[1].pid, "outlets": running[2].pid}
before, start = {name: cpu(it) for name, it in of.items()}, time.monotonic()
asyncio.run(main())
took_all = time.monotonic() - start
shares = ", ".join(f"{name} {100 * (cpu(it) - before[name]) / took_all:.0f} %" for name, it in of.items())
if running:
    came = counted()
    print(f"articles that came meanwhile: {came}, {came / seconds:.1f}/s")
    running[1].terminate()
    running[1].wait()
print(f"CPU, of one processor: {shares}; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
at = lambda all, share: sorted(all)[min(len(all) - 1, int(share * len(all)))] * 1000 if all else 0
print(f"{sum(map(len, took.values()))} answers, {len(errors)} errors, {len(stories)} stories and {len(articles)} articles asked for")
for kind, all in {**took, "all": [it for one in took.values() for it in one]}.items():
    print(f"{kind:20} {len(all):6}  median {at(all, .5):7.1f} ms  99 % {at(all, .99):7.1f} ms  most {at(all, 1):7.1f} ms")
for it in errors[:5]:
    print(it)
if pid:
    print(f"memory of the server, the file aside: {most:.0f} MiB at most")
