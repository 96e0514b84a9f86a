-- The store of Rashomon, version 1. Times are seconds since 1970 in UTC; the views show them as RFC 3339.

CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

-- Bytes by their SHA-256, each only once. codec: 0 as they are, 1 zstd; dictionary: what zstd was given.
CREATE TABLE dictionaries (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL, samples BLOB NOT NULL);
CREATE TABLE blobs (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    codec INTEGER NOT NULL,
    dictionary INTEGER REFERENCES dictionaries(id),
    bytes BLOB NOT NULL
);

CREATE TABLE outlets (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, owner TEXT, zone TEXT);

-- One row an identity. state: live | gone | withdrawn.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    latest INTEGER,
    versions INTEGER NOT NULL DEFAULT 0,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'live'
);

-- Where an article was found. normal and weak are hashes of normal forms; rule says why the address is this article's.
CREATE TABLE addresses (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles(id),
    url TEXT NOT NULL,
    normal INTEGER NOT NULL,
    weak INTEGER,
    rule TEXT NOT NULL,
    reason TEXT,
    since INTEGER NOT NULL
);
CREATE INDEX addresses_normal ON addresses(normal);
CREATE INDEX addresses_weak ON addresses(weak) WHERE weak IS NOT NULL;
CREATE INDEX addresses_article ON addresses(article);

-- One row a retrieved state that differs from the one before. raw: the bytes as retrieved; frozen: the article read from
-- them, where it is not the bytes themselves; format says how raw is read when frozen is absent.
CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles(id),
    number INTEGER NOT NULL,
    key TEXT,
    address INTEGER REFERENCES addresses(id),
    retrieved INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    status INTEGER,
    format INTEGER NOT NULL,
    headers INTEGER REFERENCES blobs(id),
    raw INTEGER REFERENCES blobs(id),
    frozen INTEGER REFERENCES blobs(id),
    content INTEGER NOT NULL,
    outlet INTEGER REFERENCES outlets(id),
    title TEXT,
    published INTEGER,
    updated INTEGER,
    language TEXT,
    bytes INTEGER NOT NULL,
    trivial INTEGER NOT NULL DEFAULT 0,
    signal TEXT,
    signal_words TEXT,
    source TEXT
);
CREATE UNIQUE INDEX versions_article ON versions(article, number);
CREATE INDEX versions_retrieved ON versions(retrieved);

CREATE TABLE annotations (
    version INTEGER NOT NULL REFERENCES versions(id),
    model TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (version, model)
) WITHOUT ROWID;

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES versions(id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    kind TEXT NOT NULL,
    speaker TEXT,
    text TEXT NOT NULL
);
CREATE INDEX quotes_version ON quotes(version);

CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    headline TEXT,
    articles INTEGER NOT NULL DEFAULT 0,
    outlets INTEGER NOT NULL DEFAULT 0,
    first_published INTEGER,
    last_published INTEGER,
    made INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    fresh INTEGER NOT NULL DEFAULT 0,
    low INTEGER,
    high INTEGER,
    into_story INTEGER
);
CREATE INDEX stories_changed ON stories(changed);

CREATE TABLE story_articles (
    article INTEGER PRIMARY KEY REFERENCES articles(id),
    story INTEGER NOT NULL REFERENCES stories(id),
    score REAL NOT NULL,
    rule TEXT NOT NULL
);
CREATE INDEX story_articles_story ON story_articles(story);

-- What grouping keeps of an article: its sketch, what it is near to, and its surest join.
CREATE TABLE sketches (
    article INTEGER PRIMARY KEY REFERENCES articles(id),
    day INTEGER,
    record BLOB NOT NULL,
    near BLOB,
    surest REAL
);
CREATE INDEX sketches_day ON sketches(day);

CREATE TABLE collations (
    story INTEGER PRIMARY KEY REFERENCES stories(id),
    made INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    versions TEXT NOT NULL,
    bytes BLOB NOT NULL
);

CREATE TABLE lineage (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES stories(id),
    source INTEGER,
    source_name TEXT,
    derived INTEGER NOT NULL,
    kind TEXT NOT NULL,
    declared INTEGER NOT NULL,
    score REAL NOT NULL,
    rule TEXT NOT NULL
);
CREATE INDEX lineage_story ON lineage(story);

CREATE TABLE points (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES stories(id),
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    status TEXT NOT NULL,
    said_by TEXT,
    carried INTEGER NOT NULL,
    conflicts INTEGER NOT NULL
);
CREATE INDEX points_story ON points(story);

-- kind: rss | atom | json | sitemap | page. state: ok | slow | gone | moved.
CREATE TABLE feeds (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    normal INTEGER NOT NULL,
    kind TEXT,
    title TEXT,
    outlet TEXT,
    added INTEGER NOT NULL,
    checked INTEGER,
    changed INTEGER,
    due INTEGER NOT NULL,
    etag TEXT,
    last_modified TEXT,
    validators_since INTEGER,
    body INTEGER,
    ttl INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER,
    state TEXT NOT NULL DEFAULT 'ok',
    reason TEXT,
    moved_to TEXT,
    moved_seen INTEGER NOT NULL DEFAULT 0,
    moved_since INTEGER,
    items INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX feeds_due ON feeds(due);

-- Addresses the watcher looks at again and again; article is empty until one was found there.
CREATE TABLE watched (
    id INTEGER PRIMARY KEY,
    article INTEGER REFERENCES articles(id),
    url TEXT NOT NULL,
    normal INTEGER NOT NULL,
    host TEXT NOT NULL,
    feed INTEGER,
    since INTEGER NOT NULL,
    rung_from INTEGER NOT NULL,
    checked INTEGER,
    due INTEGER,
    etag TEXT,
    last_modified TEXT,
    validators_since INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    reason TEXT
);
CREATE INDEX watched_normal ON watched(normal);
CREATE INDEX watched_article ON watched(article) WHERE article IS NOT NULL;

-- One row a request and its outcome: stored | unchanged | not-modified | feed | error | refused | robots | gone.
CREATE TABLE fetches (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    feed INTEGER,
    article INTEGER,
    version INTEGER,
    status INTEGER,
    outcome TEXT NOT NULL,
    reason TEXT,
    bytes INTEGER NOT NULL DEFAULT 0,
    took_ms INTEGER NOT NULL DEFAULT 0,
    found INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX fetches_at ON fetches(at);
CREATE INDEX fetches_article ON fetches(article) WHERE article IS NOT NULL;
CREATE INDEX fetches_feed ON fetches(feed, at) WHERE feed IS NOT NULL;

-- kind: join | part (two articles, one story or not), same | different (two addresses, one article or not),
-- watch (a story or an article that somebody wants to be told about).
CREATE TABLE pins (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    a TEXT NOT NULL,
    b TEXT,
    note TEXT,
    made INTEGER NOT NULL,
    UNIQUE (kind, a, b)
);

-- Hashes of addresses and hosts that are not to be taken in again.
CREATE TABLE forgotten (form INTEGER PRIMARY KEY);

CREATE TABLE alerts (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    story INTEGER,
    article INTEGER,
    version INTEGER,
    text TEXT NOT NULL,
    proof TEXT NOT NULL,
    seen INTEGER
);
CREATE INDEX alerts_at ON alerts(at);

-- Everything that happened, in order: what `changes since` and live pages read.
CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    article INTEGER,
    version INTEGER,
    story INTEGER,
    detail TEXT
);
CREATE INDEX changes_at ON changes(at);
CREATE INDEX changes_article ON changes(article) WHERE article IS NOT NULL;

-- What a person keeps beside the findings. Stories and articles by their keys, so that a note outlives a regrouping.
CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    story TEXT,
    statement TEXT,
    article TEXT,
    text TEXT NOT NULL,
    by TEXT,
    made INTEGER NOT NULL
);
CREATE TABLE cases (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, made INTEGER NOT NULL);
CREATE TABLE case_stories (
    in_case INTEGER NOT NULL REFERENCES cases(id),
    story TEXT NOT NULL,
    PRIMARY KEY (in_case, story)
) WITHOUT ROWID;
-- The last change that was there when somebody looked at a story.
CREATE TABLE looked (story TEXT PRIMARY KEY, change INTEGER NOT NULL) WITHOUT ROWID;

-- Words of the latest version of each article, by its id; trigrams for languages that put no spaces between words.
CREATE VIRTUAL TABLE words USING fts5(title, text, content='', contentless_delete=1,
    tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE trigrams USING fts5(title, text, content='', contentless_delete=1, tokenize="trigram");
CREATE VIRTUAL TABLE quote_words USING fts5(text, speaker, content='quotes', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2");
INSERT INTO words(words, rank) VALUES ('secure-delete', 1);
-- Words of some thousand articles are gathered before they are written, and pieces of the index are joined later: a third of
-- the work of adding many articles.
INSERT INTO words(words, rank) VALUES ('hashsize', 33554432);
INSERT INTO words(words, rank) VALUES ('automerge', 16);
INSERT INTO words(words, rank) VALUES ('crisismerge', 32);
INSERT INTO quote_words(quote_words, rank) VALUES ('secure-delete', 1);

CREATE VIEW v_articles AS
SELECT a.key AS id, v.title, o.name AS outlet, d.url,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.published, 'unixepoch') AS published,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.updated, 'unixepoch') AS updated, v.language, a.versions, a.state,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen, 'unixepoch') AS first_seen,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.last_seen, 'unixepoch') AS last_seen,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.changed, 'unixepoch') AS changed, s.key AS story
FROM articles a LEFT JOIN versions v ON v.id = a.latest LEFT JOIN outlets o ON o.id = v.outlet
LEFT JOIN addresses d ON d.id = v.address LEFT JOIN story_articles m ON m.article = a.id
LEFT JOIN stories s ON s.id = m.story;

CREATE VIEW v_stories AS
SELECT key AS id, headline, articles, outlets, low AS independent_low, high AS independent_high,
       strftime('%Y-%m-%dT%H:%M:%SZ', first_published, 'unixepoch') AS first_published,
       strftime('%Y-%m-%dT%H:%M:%SZ', last_published, 'unixepoch') AS last_published,
       strftime('%Y-%m-%dT%H:%M:%SZ', changed, 'unixepoch') AS changed
FROM stories WHERE into_story IS NULL AND articles > 0;

CREATE VIEW v_quotes AS
SELECT q.id, q.text, q.speaker, q.kind, q.start, q.end, a.key AS article, v.number AS version, v.title, o.name AS outlet,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.published, 'unixepoch') AS published
FROM quotes q JOIN versions v ON v.id = q.version JOIN articles a ON a.id = v.article
LEFT JOIN outlets o ON o.id = v.outlet;

CREATE VIEW v_lineage AS
SELECT s.key AS story, x.key AS source, l.source_name, y.key AS derived, l.kind, l.declared, l.score, l.rule
FROM lineage l JOIN stories s ON s.id = l.story LEFT JOIN articles x ON x.id = l.source
LEFT JOIN articles y ON y.id = l.derived;

CREATE VIEW v_points AS
SELECT s.key AS story, p.key AS id, p.text, p.status, p.said_by, p.carried, p.conflicts
FROM points p JOIN stories s ON s.id = p.story;
