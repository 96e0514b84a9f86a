//! The law of parts: however the pairs are parted, in whatever order articles and parts come, lineage is that of one run.

use jiff::Timestamp;
use proptest::prelude::*;
use rashomon::model::{Article, Moment};
use rashomon::rows::{Asked, Held, Relation, Row, Rows, held, settled};
use std::collections::HashMap;

/// One drawn article: its own words, what it copies (from which one, from where, how much of it, which words it changes), its
/// outlet, its day.
type Drawn = (u64, Option<(usize, usize, usize, usize)>, usize, i64);

const OUTLETS: [&str; 5] = ["Harbour News", "Port Daily", "Quay Times", "Lock Gazette", "Mole Post"];
/// What one outlet prints under everything.
const STOCK: &str =
    "Readers of the Harbour News may write to the desk below the old clock tower before noon on any working day.";

fn texts(drawn: &[Drawn]) -> Vec<String> {
    let mut all: Vec<Vec<String>> = Vec::new();
    for (seed, copied, ..) in drawn {
        let mut state = *seed | 1;
        let mut word = || {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            format!("w{}", (state >> 40) % 4_000)
        };
        let mut words: Vec<String> = (0..90).map(|_| word()).collect();
        if let Some((of, from, length, every)) = copied
            && let Some(other) = all.get(of % all.len().max(1))
        {
            let copy = other.iter().enumerate().skip(*from).take(*length);
            words.extend(copy.map(|(n, it)| if n % every == 0 { word() } else { it.clone() }));
        }
        all.push(words);
    }
    let outlets = drawn.iter().map(|it| it.2);
    let said = all.iter().zip(outlets).map(|(words, outlet)| {
        let lines: Vec<String> = words.chunks(15).map(|it| format!("{}.", it.join(" "))).collect();
        let stock = if outlet == 0 { STOCK } else { "" };
        format!("{}\n\n{stock}", lines.join("\n\n"))
    });
    said.collect()
}

fn articles(drawn: &[Drawn]) -> Vec<Article> {
    let each = texts(drawn).into_iter().zip(drawn).enumerate();
    each.map(|(n, (text, (_, _, outlet, day)))| Article {
        // Some ids are taken twice.
        id: format!("r{}", n - n % 11 / 10).as_str().into(),
        outlet: Some(OUTLETS[*outlet].to_owned()),
        language: Some("en".to_owned()),
        published: Some(Moment::instant(Timestamp::from_second(20_000 * 86_400 + day * 7_000).unwrap(), 0)),
        text,
        ..Article::default()
    })
    .collect()
}

/// Lineage in so many parts, each with no more than its own pairs, articles and texts.
fn in_parts(articles: &[Article], parts: u32, turn: usize) -> Vec<Relation> {
    let mut all: Vec<(Row, &str)> = articles.iter().map(|it| (Row::of(it), it.text.as_str())).collect();
    let turn = turn % all.len();
    all.rotate_left(turn);
    let mut rows = Rows::default();
    all.iter().for_each(|(row, _)| {
        rows.add(row.clone(), "");
    });
    let pairing = rows.pairing(true);
    assert!(!pairing.across);
    let by_rank: HashMap<u32, &Asked> = pairing.articles.iter().map(|it| (it.rank, it)).collect();
    let by_print: HashMap<u64, &(Row, &str)> = all.iter().map(|it| (it.0.fingerprint(), it)).collect();
    let mut found: Vec<Held> = Vec::new();
    for part in (0..parts).rev() {
        let pairs: Vec<(u32, u32)> = pairing.pairs.iter().copied().filter(|it| it.0 % parts == part).rev().collect();
        let mut ranks: Vec<u32> = pairs.iter().flat_map(|it| [it.1, it.0]).collect();
        ranks.sort_unstable_by(|a, b| b.cmp(a));
        ranks.dedup();
        let needed = ranks.iter().map(|rank| {
            let asked = by_rank[rank];
            let (row, text) = by_print[&asked.fingerprint];
            let mut bytes = Vec::new();
            row.encode(&mut bytes);
            (asked.clone(), Row::decode(&bytes).unwrap(), *text)
        });
        for it in held(needed.collect(), pairs) {
            let mut bytes = Vec::new();
            it.encode(&mut bytes);
            found.push(Held::decode(&bytes).unwrap());
        }
    }
    settled(found)
}

/// The relations of one run, printed as the table has them.
fn at_once(articles: &[Article]) -> Vec<Relation> {
    let mut rows = Rows::default();
    articles.iter().for_each(|it| {
        rows.add(Row::of(it), it.text.as_str());
    });
    rows.traced().relations
}

fn printed(relations: Vec<Relation>) -> Vec<String> {
    let row = |it: Relation| {
        let found = it.found;
        format!(
            "{} {} {:?} {} {} {} {:?}",
            it.source, it.derived, found.kind, found.directed, found.score, found.rule, found.passages
        )
    };
    relations.into_iter().map(row).collect()
}

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let copied = proptest::option::weighted(0.7, (0_usize..60, 0_usize..60, 20_usize..110, 3_usize..40));
    proptest::collection::vec((any::<u64>(), copied, 0_usize..5, 0_i64..60), 2..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn parts_give_the_lineage_of_one_run(drawn in drawn(), parts in 1_u32..9, turn in 0_usize..60) {
        let articles = articles(&drawn);
        prop_assert_eq!(printed(in_parts(&articles, parts, turn)), printed(at_once(&articles)));
    }
}

/// What the law is tested on has relations of several kinds, and passages in several outlets, which no part sees alone.
#[test]
fn the_law_is_not_of_nothing() {
    let copy = |n: u64, of: usize, outlet: usize| (n, Some((of, 0, 60, 1_000)), outlet, n as i64);
    let mut drawn: Vec<Drawn> = vec![(1, None, 1, 0), copy(2, 0, 2), copy(3, 0, 3), copy(4, 0, 4)];
    drawn.extend((5..20).map(|n| (n, None, 0, n as i64)));
    let articles = articles(&drawn);
    let whole = at_once(&articles);
    assert!(whole.iter().any(|it| it.found.rule.name() == "passage-in-several-outlets"), "{:?}", printed(whole));
    assert_eq!(printed(in_parts(&articles, 5, 3)), printed(whole));
}
