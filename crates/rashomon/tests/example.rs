//! The shipped example, held against what a careful reader finds in it (`examples/ferry/expected.json`).
//!
//! Every row of the expectation is looked up in the collation. Rows that are not found must be listed in
//! `examples/ferry/known-misses.txt`, and a listed row that is found must be taken off: the list says what is true.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/ferry")
}

/// The collation as the product prints it, and the expectation.
struct Held {
    got: Value,
    want: Value,
}

impl Held {
    fn load() -> Self {
        let mut articles = Vec::new();
        for record in rashomon::read::records(&folder().join("articles").to_string_lossy()).unwrap() {
            articles.extend(rashomon::read::article(&record.unwrap()).output);
        }
        let it = rashomon::collate(articles).output;
        let got = serde_json::from_str(&rashomon::report::collation_json(&it.corpus, &it.stories)).unwrap();
        let want = serde_json::from_str(&std::fs::read_to_string(folder().join("expected.json")).unwrap()).unwrap();
        Self { got, want }
    }

    fn articles(&self) -> &[Value] {
        self.got["articles"].as_array().unwrap()
    }

    /// The article of a file of the example.
    fn article(&self, file: &str) -> &Value {
        let named = |a: &&Value| a["source"].as_str().unwrap().ends_with(file);
        self.articles().iter().find(named).unwrap_or_else(|| panic!("{file} is not in the collation"))
    }

    fn id(&self, file: &str) -> &str {
        self.article(file)["id"].as_str().unwrap()
    }

    /// The bytes of an article that a span points at.
    fn text(&self, id: &Value, span: &Value) -> &str {
        let article = self.articles().iter().find(|a| &a["id"] == id).unwrap();
        let at = |n: usize| usize::try_from(span[n].as_u64().unwrap()).unwrap();
        article["text"].as_str().unwrap().get(at(0)..at(1)).expect("a span on character boundaries")
    }

    /// All items under `key` of all stories.
    fn all(&self, key: &str) -> Vec<&Value> {
        self.got["stories"].as_array().unwrap().iter().flat_map(|s| s[key].as_array().unwrap()).collect()
    }
}

fn rows(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn str_of(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

#[test]
fn what_a_careful_reader_finds() {
    let held = Held::load();
    let mut missed = BTreeSet::new();
    let mut miss = |found: bool, row: String| {
        if !found {
            missed.insert(row);
        }
    };
    miss(held.got["stories"].as_array().unwrap().len() == 1, "stories: one".into());
    articles(&held, &mut miss);
    lineage(&held, &mut miss);
    quotes(&held, &mut miss);
    points(&held, &mut miss);
    times(&held, &mut miss);

    let known = std::fs::read_to_string(folder().join("known-misses.txt")).unwrap();
    let known: BTreeSet<String> =
        known.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(str::to_owned).collect();
    let new: Vec<_> = missed.difference(&known).collect();
    let mended: Vec<_> = known.difference(&missed).collect();
    assert!(new.is_empty() && mended.is_empty(), "newly missed: {new:#?}\nnow found, take off the list: {mended:#?}");
}

fn articles(held: &Held, miss: &mut impl FnMut(bool, String)) {
    for want in rows(&held.want["articles"]) {
        let file = str_of(&want["file"]);
        let got = held.article(file);
        for (key, value) in want.as_object().unwrap().iter().filter(|(k, _)| *k != "file") {
            miss(&got[key] == value, format!("article: {file} {key}"));
        }
    }
}

fn lineage(held: &Held, miss: &mut impl FnMut(bool, String)) {
    let relations = held.all("lineage");
    let is = |value: &Value, name: &str| if name.contains('.') { value == held.id(name) } else { value == name };
    for want in rows(&held.want["lineage"]) {
        let (source, derived) = (str_of(&want["source"]), str_of(&want["derived"]));
        let found = relations.iter().any(|r| {
            (is(&r["source"], source) || is(&r["source_name"], source))
                && is(&r["derived"], derived)
                && rows(&want["kinds"]).any(|k| *k == r["kind"])
        });
        miss(found, format!("lineage: {source} -> {derived}"));
    }
    for pair in rows(&held.want["unrelated"]) {
        let (a, b) = (held.id(str_of(&pair[0])), held.id(str_of(&pair[1])));
        let joined = |r: &&Value| {
            r["kind"] != "common-source"
                && ((r["source"] == a && r["derived"] == b) || (r["source"] == b && r["derived"] == a))
        };
        miss(!relations.iter().any(joined), format!("lineage: {} and {} unrelated", pair[0], pair[1]));
    }
    let independent = &held.got["stories"][0]["independent"];
    let number = |v: &Value| v.as_u64().unwrap();
    miss(number(&independent["low"]) <= number(&held.want["independent"]["low_at_most"]), "independent: low".into());
    miss(
        number(&independent["high"]) >= number(&held.want["independent"]["high_at_least"]),
        "independent: high".into(),
    );

    let changes: Vec<_> =
        held.all("revisions").into_iter().flat_map(|r| rows(&r["changes"]).map(move |c| (r, c))).collect();
    for (key, side, span) in [("removed", "from", "from_span"), ("added", "to", "to_span")] {
        for want in rows(&held.want[key]) {
            let found = changes.iter().any(|(r, c)| {
                [key, "reworded"].contains(&str_of(&c["kind"]))
                    && !c[span].is_null()
                    && held.text(&r[side], &c[span]).contains(str_of(want))
            });
            miss(found, format!("revision: {key} {want}"));
        }
    }
}

fn quotes(held: &Held, miss: &mut impl FnMut(bool, String)) {
    let utterances = held.all("quotes");
    let holder = |file: &str, text: &str| {
        utterances.iter().enumerate().find_map(|(n, q)| {
            let form = rows(&q["forms"]).find(|f| {
                f["article"] == held.id(file)
                    && held.text(&f["article"], &f["span"]).trim_end_matches(',') == text.trim_end_matches(',')
            })?;
            Some((n, *q, form))
        })
    };
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (group, want) in rows(&held.want["quotes"]).enumerate() {
        let mut at = BTreeSet::new();
        for form in rows(&want["forms"]) {
            let (file, text, relation) = (str_of(&form[0]), str_of(&form[1]), str_of(&form[2]));
            let Some((n, utterance, got)) = holder(file, text) else {
                miss(false, format!("quote: {file} {text}"));
                continue;
            };
            at.insert(n);
            joined.push((n, group));
            miss(utterance["speaker"] == want["speaker"], format!("speaker: {file} {text}"));
            miss(relation.split('|').any(|r| got["relation"] == r), format!("relation: {file} {text}"));
        }
        miss(at.len() <= 1, format!("joined: {}", want["forms"][0][1]));
    }
    for (n, group) in &joined {
        let wrong = joined.iter().find(|(m, other)| m == n && other != group);
        assert!(
            wrong.is_none(),
            "two different utterances are joined: {} and {:?}",
            held.want["quotes"][group]["forms"][0][1],
            wrong
        );
    }
}

fn points(held: &Held, miss: &mut impl FnMut(bool, String)) {
    let points = held.all("points");
    for want in rows(&held.want["points"]) {
        let least = usize::try_from(want["carried_at_least"].as_u64().unwrap()).unwrap();
        let found = points.iter().any(|p| {
            let text = str_of(&p["text"]).to_lowercase();
            let carriers: BTreeSet<_> = rows(&p["carried"]).map(|a| str_of(&a["article"])).collect();
            rows(&want["words"]).all(|w| text.contains(str_of(w))) && carriers.len() >= least
        });
        miss(found, format!("point: {} carried by {least}", want["words"]));
    }
    let mut real = Vec::new();
    for want in rows(&held.want["conflicts"]) {
        let (file, text) = (str_of(&want["file"]), str_of(&want["text"]));
        let found: Vec<_> = points
            .iter()
            .flat_map(|p| rows(&p["conflicts"]))
            .filter(|c| {
                c["kind"] == want["kind"]
                    && c["update"] == want["update"]
                    && rows(&c["values"]).any(|v| {
                        v["article"] == held.id(file) && {
                            let got = held.text(&v["article"], &v["span"]);
                            got.contains(text) || text.contains(got)
                        }
                    })
            })
            .collect();
        miss(!found.is_empty(), format!("conflict: {file} {text}"));
        real.extend(found);
    }
    let others =
        points.iter().flat_map(|p| rows(&p["conflicts"])).filter(|c| c["update"] == false && !real.contains(c));
    miss(others.count() <= 1, "conflicts: at most one that is not real".into());
}

fn times(held: &Held, miss: &mut impl FnMut(bool, String)) {
    let timeline = held.all("timeline");
    for want in rows(&held.want["timeline"]) {
        let (date, file, text) = (str_of(&want["date"]), str_of(&want["file"]), str_of(&want["text"]));
        let found = timeline.iter().any(|m| {
            let (start, end) = (str_of(&m["start"]).get(..10), str_of(&m["end"]).get(..10));
            start <= Some(date)
                && Some(date) <= end
                && rows(&m["mentions"]).any(|a| {
                    let got = held.text(&a["article"], &a["span"]);
                    a["article"] == held.id(file) && (got.contains(text) || text.contains(got))
                })
        });
        miss(found, format!("timeline: {file} {text} is {date}"));
    }
    for pair in rows(&held.want["framing"]) {
        let has = |f: &Value, term: &Value| {
            rows(&f["terms"])
                .any(|t| t["article"] == held.id(str_of(&term[0])) && str_of(&t["text"]).contains(str_of(&term[1])))
        };
        let found = held.all("framing").iter().any(|f| rows(pair).all(|term| has(f, term)));
        miss(found, format!("framing: {} and {}", pair[0][1], pair[1][1]));
    }
}

/// Of the second example: two points tell of the tram contract, and what it is worth is one disagreement.
#[test]
fn what_two_points_dispute_at_one_place_is_told_once() {
    let history = folder().join("../demo/history.jsonl");
    let mut articles = Vec::new();
    for record in rashomon::read::records(&history.to_string_lossy()).unwrap() {
        articles.extend(rashomon::read::article(&record.unwrap()).output.filter(|it| it.text.contains("Velden")));
    }
    assert_eq!(articles.len(), 5);
    let it = rashomon::collate(articles).output;
    let got: Value = serde_json::from_str(&rashomon::report::collation_json(&it.corpus, &it.stories)).unwrap();
    let conflicts = |p: &Value| rows(&p["conflicts"]).cloned().collect::<Vec<_>>();
    let all: Vec<Value> = rows(&got["stories"]).flat_map(|s| rows(&s["points"])).flat_map(conflicts).collect();
    let worth: Vec<&Value> =
        all.iter().filter(|c| rows(&c["values"]).any(|v| v["value"] == "48000000 crowns")).collect();
    let [worth] = worth[..] else { panic!("{worth:#?}") };
    assert_eq!(rows(&worth["values"]).count(), 5, "every report gives a value: {worth:#}");
}
