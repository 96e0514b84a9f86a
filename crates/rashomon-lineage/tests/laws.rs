//! What must hold of the lineage of a corpus whatever is in it: the order of input and the number of threads change nothing,
//! and spans lie in their texts.

use proptest::prelude::*;
use rashomon_lineage::{Card, Finder, Seen, Sketch};
use std::borrow::Cow;

const NOUNS: [&str; 16] = [
    "harbour", "ferry", "pilot", "bridge", "rudder", "crew", "signal", "minister", "engine", "pier", "storm", "lamp",
    "inquiry", "cable", "captain", "tide",
];

/// A sentence that shares no word with any other.
fn sentence(n: usize) -> String {
    (0..14).map(|k| format!("{}{}", NOUNS[(n + k) % 16], n * 14 + k)).collect::<Vec<_>>().join(" ") + "."
}

/// Articles: some of their own sentences, some of one of five wires.
fn corpus(shape: &[(usize, usize, usize)]) -> Vec<(Card, String)> {
    shape
        .iter()
        .enumerate()
        .map(|(n, (wire, from, outlet))| {
            let own: Vec<String> = (0..6).map(|k| sentence(1000 + n * 10 + k)).collect();
            let taken: Vec<String> = (*from..from + 6).map(|k| sentence(wire * 100 + k)).collect();
            let card = Card { id: format!("a{n:03}"), outlet: Some(format!("Outlet {outlet}")), ..Card::default() };
            (card, format!("{}\n{}\n{}", own[..3].join(" "), taken.join(" "), own[3..].join(" ")))
        })
        .collect()
}

/// The table of lineage, by ids and bytes.
fn table(corpus: &[(Card, String)], threads: usize) -> Vec<String> {
    let sketches: Vec<Sketch> = corpus.iter().map(|(_, text)| Sketch::of(text)).collect();
    let mut seen = Seen::default();
    sketches.iter().for_each(|it| seen.add(it));
    // What only one article has may be left out or not.
    let mut finder = if threads == 1 { Finder::default() } else { Finder::with(seen) };
    corpus.iter().zip(&sketches).for_each(|((card, _), sketch)| finder.add(card, sketch));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let text = |n: usize| Cow::Borrowed(corpus[n].1.as_str());
    let found = pool.install(|| finder.find(|n| (corpus[n].0.clone(), text(n)), text));
    found
        .iter()
        .map(|f| {
            for (p, q) in &f.passages {
                assert!(corpus[f.source].1.get(p.range()).is_some() && corpus[f.derived].1.get(q.range()).is_some());
            }
            format!(
                "{} {} {:?} {} {} {} {:?} {:?}",
                corpus[f.source].0.id,
                corpus[f.derived].0.id,
                f.kind,
                f.directed,
                f.score,
                f.rule,
                f.reasons,
                f.passages
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn order_and_threads_change_nothing(
        shape in proptest::collection::vec((0usize..5, 0usize..6, 0usize..9), 2..30),
        turn in 0usize..30,
    ) {
        let one = corpus(&shape);
        let mut other = one.clone();
        other.reverse();
        let turn = turn % other.len();
        other.rotate_left(turn);
        let straight = table(&one, 1);
        prop_assert_eq!(&straight, &table(&other, 4));
        prop_assert_eq!(straight, table(&one, 3));
    }
}

#[test]
fn what_is_shared_is_found() {
    let found = table(&corpus(&[(1, 0, 1), (1, 0, 2), (2, 0, 3)]), 2);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("a000 a001"), "{found:#?}");
}
