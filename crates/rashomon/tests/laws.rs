//! Laws that hold for any input: spans are real, evidence is the bytes it points at, order and threads change nothing.

use proptest::prelude::*;
use rashomon::model::Article;
use serde_json::Value;
use std::path::Path;

fn example() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/ferry/articles");
    let records = rashomon::read::records(&folder.to_string_lossy()).unwrap();
    records.filter_map(|r| rashomon::read::article(&r.unwrap()).output).collect()
}

fn collated(articles: Vec<Article>) -> String {
    let it = rashomon::collate(articles).output;
    rashomon::report::collation_json(&it.corpus, &it.stories)
}

/// Calls `visit` for every object in `value` that has both an article and a span.
fn anchors<'a>(value: &'a Value, visit: &mut impl FnMut(&'a str, &'a Value)) {
    match value {
        Value::Object(map) => {
            if let (Some(Value::String(article)), Some(span @ Value::Array(_))) = (map.get("article"), map.get("span"))
            {
                visit(article, span);
            }
            map.values().for_each(|v| anchors(v, visit));
        }
        Value::Array(items) => items.iter().for_each(|v| anchors(v, visit)),
        _ => {}
    }
}

fn slice<'a>(text: &'a str, span: &Value) -> Option<&'a str> {
    let at = |n: usize| usize::try_from(span[n].as_u64()?).ok();
    text.get(at(0)?..at(1)?)
}

/// Every span of a collation lies on character boundaries of the text it points into, and every statement has evidence.
fn check_evidence(json: &str) {
    let got: Value = serde_json::from_str(json).unwrap();
    let articles = got["articles"].as_array().unwrap();
    let text = |id: &str| articles.iter().find(|a| a["id"] == id).and_then(|a| a["text"].as_str()).unwrap();
    for a in articles {
        let own = a["text"].as_str().unwrap();
        for key in ["furniture", "sentences"] {
            a[key].as_array().unwrap().iter().for_each(|s| assert!(slice(own, s).is_some(), "{key} {s}"));
        }
        for key in ["declared", "quotes", "times", "names", "numbers"] {
            for item in a[key].as_array().unwrap() {
                for span in ["span", "speaker_span", "cue_span"] {
                    let it = &item[span];
                    assert!(it.is_null() || slice(own, it).is_some(), "{key} {item}");
                }
            }
        }
    }
    for story in got["stories"].as_array().unwrap() {
        anchors(story, &mut |id, span| assert!(slice(text(id), span).is_some(), "{id} {span}"));
        for relation in story["lineage"].as_array().unwrap() {
            assert!(!relation["evidence"].as_array().unwrap().is_empty(), "no evidence: {relation}");
        }
        for point in story["points"].as_array().unwrap() {
            assert!(!point["carried"].as_array().unwrap().is_empty(), "no evidence: {point}");
            let at = &point["wording"];
            assert_eq!(slice(text(at["article"].as_str().unwrap()), &at["span"]), point["text"].as_str());
            for conflict in point["conflicts"].as_array().unwrap() {
                assert!(conflict["values"].as_array().unwrap().len() > 1, "one value is no conflict: {conflict}");
            }
        }
        for moment in story["timeline"].as_array().unwrap() {
            assert!(!moment["mentions"].as_array().unwrap().is_empty(), "no evidence: {moment}");
        }
        for utterance in story["quotes"].as_array().unwrap() {
            assert!(!utterance["forms"].as_array().unwrap().is_empty(), "no evidence: {utterance}");
        }
        for framing in story["framing"].as_array().unwrap() {
            for term in framing["terms"].as_array().unwrap() {
                let own = text(term["article"].as_str().unwrap());
                assert_eq!(slice(own, &term["span"]), term["text"].as_str());
            }
        }
    }
}

#[test]
fn the_example_opens_to_its_proof() {
    check_evidence(&collated(example()));
}

/// The places that a point, a quotation or an event rests on.
fn places(it: &Value, key: &str) -> Vec<String> {
    let mut all: Vec<String> =
        it[key].as_array().unwrap().iter().map(|a| format!("{} {}", a["article"], a["span"])).collect();
    all.sort();
    all
}

#[test]
fn an_article_that_joins_and_does_not_touch_a_finding_leaves_its_id() {
    const LISTS: [(&str, &str); 3] = [("points", "carried"), ("quotes", "forms"), ("timeline", "mentions")];
    let found = |articles: Vec<Article>| -> Value { serde_json::from_str(&collated(articles)).unwrap() };
    let all = found(example());
    let (mut kept, mut touched) = (0, 0);
    for left_out in 0..example().len() {
        let mut fewer = example();
        fewer.remove(left_out);
        let fewer = found(fewer);
        for story in fewer["stories"].as_array().unwrap() {
            for (list, key) in LISTS {
                let later = all["stories"].as_array().unwrap().iter().flat_map(|s| s[list].as_array().unwrap());
                let later: Vec<_> = later.map(|it| (it["id"].as_str().unwrap(), places(it, key))).collect();
                for it in story[list].as_array().unwrap() {
                    match later.iter().find(|(_, held)| *held == places(it, key)) {
                        Some((id, _)) => {
                            assert_eq!(it["id"], *id, "{list}");
                            kept += 1;
                        }
                        None => touched += 1,
                    }
                }
            }
        }
    }
    assert!(kept > touched, "{kept} kept, {touched} touched");
    for story in all["stories"].as_array().unwrap() {
        for (list, _) in LISTS {
            let mut ids: Vec<_> = story[list].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count, "two {list} of one id");
        }
    }
}

#[test]
fn what_went_out_is_read_as_the_same_types_and_written_as_the_same_bytes() {
    use rashomon::wire::{Article, Collation, json};
    let there = collated(example());
    let back = Collation::from_json(there.as_bytes()).unwrap();
    assert!(json(&back) == there);
    assert_eq!(back, Collation::from_json(json(&back).as_bytes()).unwrap());
    let articles: Vec<_> = back.articles.into_iter().map(|a: Article| a.into_model().unwrap()).collect();
    assert!(collated(articles) == there, "and its articles collate to the same bytes");
    assert!(there.contains("\"made_by\":{\"version\":"));
}

#[test]
fn order_of_input_changes_no_byte() {
    let given = example();
    let expected = collated(given.clone());
    for turn in 1..given.len() {
        let mut turned = given.clone();
        turned.rotate_left(turn);
        if turn % 2 == 0 {
            turned.reverse();
        }
        assert!(collated(turned) == expected, "rotated by {turn}");
    }
}

#[test]
fn number_of_threads_changes_no_byte() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| collated(example()))
    };
    let one = on(1);
    assert!(on(2) == one);
    assert!(on(7) == one);
}

#[test]
fn the_same_article_twice_is_counted_once() {
    let mut twice = example();
    twice.extend(example());
    let it = rashomon::collate(twice);
    assert_eq!(it.output.corpus.len(), example().len());
    assert!(it.notes.iter().any(|n| n.rule == "duplicate-input"));
}

#[test]
fn nothing_in_nothing_out() {
    let it = rashomon::collate(Vec::new()).output;
    assert!(it.stories.is_empty());
}

/// Text made of the characters and words that rules look for, in any order.
fn newsy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"".to_owned()),
        Just("“".to_owned()),
        Just("”".to_owned()),
        Just("‘".to_owned()),
        Just("’".to_owned()),
        Just("'s ".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just(". ".to_owned()),
        Just("…".to_owned()),
        Just(", ".to_owned()),
        Just(" said ".to_owned()),
        Just(" according to ".to_owned()),
        Just(" on Thursday ".to_owned()),
        Just(" last month ".to_owned()),
        Just(" nearly 1,90,000 ".to_owned()),
        Just("$1.5bn ".to_owned()),
        Just("Gen. ".to_owned()),
        Just("U.S. ".to_owned()),
        Just("(Reuters) ".to_owned()),
        Just("Source: ".to_owned()),
        Just("21:53 GMT 22.02.2022 ".to_owned()),
        Just("Ana Müller ".to_owned()),
        Just("Müller ".to_owned()),
        Just("the ferry hit the pier ".to_owned()),
        Just("the bridge was closed ".to_owned()),
        "[a-zA-Z ]{1,12}",
        "\\PC{1,6}",
        "[0-9.,:%$€-]{1,8}",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived(texts in proptest::collection::vec(newsy(), 1..4)) {
        survives(&texts);
    }
}

fn survives(texts: &[impl AsRef<str>]) {
    let read = |(n, text): (usize, &_)| {
        let record = rashomon::read::Record {
            place: format!("{n}.txt"),
            format: rashomon::read::Format::Plain,
            bytes: AsRef::<str>::as_ref(text).as_bytes().to_vec(),
        };
        rashomon::read::article(&record).output
    };
    let articles: Vec<_> = texts.iter().enumerate().filter_map(read).collect();
    let json = collated(articles.clone());
    check_evidence(&json);
    assert!(collated(articles.into_iter().rev().collect()) == json, "{json}");
}

#[test]
fn a_headline_in_a_point_that_has_the_words_of_another_is_survived() {
    survives(&[
        "the ferry hit the pier Ana Müller  according to  nearly 1,90,000 ” on Thursday Ana Müller ’(Reuters) (Reuters) ’Ana Müller  according to the bridge was closed  last month the bridge was closed Ana Müller the bridge was closed (Reuters) Müller \" according to \n21:53 GMT 22.02.2022 \"",
        "B B N a21:53 GMT 22.02.2022 $1.5bn the bridge was closed  on Thursday the bridge was closed Müller . 's \"\"",
        "Source: Ana Müller the bridge was closed 21:53 GMT 22.02.2022 \n\nthe ferry hit the pier  according to ",
    ]);
}

#[test]
fn what_went_out_is_shown_as_what_was_found() {
    let it = rashomon::collate(example()).output;
    let json = rashomon::report::collation_json(&it.corpus, &it.stories);
    let back = rashomon::wire::Collation::from_json(json.as_bytes()).unwrap();
    assert_eq!(back.stories.len(), it.stories.len());
    for ((story, found), kept) in it.stories.iter().zip(&back.stories) {
        let fresh = rashomon::report::report(&it.corpus, story, found);
        assert_eq!(rashomon::report::kept(&back.articles, kept).unwrap(), fresh);
    }
}
