//! The bars of links across languages, chosen on one half of the articles and measured on the other, both ways.

use super::hidden::Hidden;
use super::{Docs, Read, Score, both};
use rashomon::language::Language;
use rashomon::lineage::{Bars, Crossed, Told, cross_with};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

/// A bar is chosen where so many of what it lets pass are right, among those the one that lets most pass.
const PRECISE: [f64; 3] = [0.99, 0.985, 0.95];
/// Bars that are tried.
const ODDS: [f32; 17] =
    [-2.0, -1.5, -1.25, -1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0];
const EVENTS: [f32; 6] = [0.09, 0.12, 0.15, 0.18, 0.21, 0.24];
const MARGINS: [f32; 5] = [0.02, 0.04, 0.06, 0.08, 0.10];

/// What a bar lets pass: how much of it is right, and how much of what is right it is.
#[derive(Clone, Copy)]
struct Passed {
    precise: Score,
    recalled: Score,
}

impl Passed {
    fn shown(self) -> String {
        format!("P {:.3} R {:.3}", self.precise.share(), self.recalled.share())
    }
}

/// Half of the articles.
type Half<'d> = Vec<&'d BTreeMap<String, Read>>;

fn half(docs: &Docs, which: usize) -> Half<'_> {
    docs.values().enumerate().filter(|it| it.0 % 2 == which).map(|it| it.1).collect()
}

/// All texts of `half` held against each other by `bars`: what counts as found and is of one article.
fn pairs(half: &Half<'_>, bars: &Bars, counts: impl Fn(&Crossed) -> bool) -> Passed {
    let texts: Vec<(usize, &str, &'static Language)> = half
        .iter()
        .enumerate()
        .flat_map(|(n, it)| it.iter().map(move |(code, read)| (n, code, read)))
        .map(|(n, code, read)| (n, read.it.article.text.as_str(), Language::of(Some(code))))
        .collect();
    let told: Vec<Told> = texts.iter().map(|it| Told { language: it.2, at: None }).collect();
    let found = cross_with(&told, |n| Cow::Borrowed(texts[n].1), bars);
    let wanted = half.iter().map(|it| it.len() * it.len().saturating_sub(1) / 2).sum();
    let mut out = Passed { precise: Score::default(), recalled: Score { hits: 0, wanted } };
    for it in found.iter().filter(|it| counts(it)) {
        let right = usize::from(texts[it.pair.0].0 == texts[it.pair.1].0);
        out.precise += Score { hits: right, wanted: 1 };
        out.recalled.hits += right;
    }
    out
}

/// Passages of `half` hidden in all languages, by `bars`; by language.
fn passages(half: &Half<'_>, bars: &Bars, placements: usize) -> BTreeMap<String, Passed> {
    let codes: Vec<&String> = half.iter().flat_map(|it| it.keys()).collect();
    let mut out = BTreeMap::new();
    for code in codes.into_iter().filter(|it| *it != "en") {
        out.entry(code.clone()).or_insert_with(|| {
            let pairs = both(half.iter().copied(), code);
            let mut sum = Passed { precise: Score::default(), recalled: Score::default() };
            for turn in 0..placements {
                let it = Hidden::of(&pairs, code, turn, &[]);
                let (recalled, precise) = it.score(&it.found(bars), false);
                sum.recalled += recalled;
                sum.precise += precise;
            }
            sum
        });
    }
    out
}

fn together(by_language: &BTreeMap<String, Passed>) -> Passed {
    let mut all = Passed { precise: Score::default(), recalled: Score::default() };
    for it in by_language.values() {
        all.precise += it.precise;
        all.recalled += it.recalled;
    }
    all
}

/// The one of `tried` that lets most pass among those of which enough is right; of equals the middle one.
fn chosen<T: Copy>(tried: &[(T, Passed)], least: f64) -> Option<T> {
    let enough = || tried.iter().filter(|it| it.1.precise.share() >= least);
    let most = enough().map(|it| it.1.recalled.hits).max()?;
    let best: Vec<_> = enough().filter(|it| it.1.recalled.hits == most).collect();
    best.get(best.len() / 2).map(|it| it.0)
}

/// Prints what is chosen on each half and what it comes to on the other.
pub(super) fn run(docs: &Docs, halves: &Docs, placements: usize) -> io::Result<()> {
    let usual = Bars::default();
    for which in 0..2 {
        let (here, there) = (half(docs, which), half(docs, 1 - which));
        let with = |translation| Bars { translation, ..usual };
        let whole = |it: &Crossed| it.is_translation() && it.connects();
        let tried: Vec<(f32, Passed)> = ODDS.iter().map(|it| (*it, pairs(&here, &with(*it), whole))).collect();
        if let Some(bar) = chosen(&tried, PRECISE[0]) {
            println!("half {which}: translation {bar}: other half {}", pairs(&there, &with(bar), whole).shown());
        }
        let with = |passage| Bars { passage, ..usual };
        let tried: Vec<(f32, Passed)> =
            ODDS.iter().map(|it| (*it, together(&passages(&here, &with(*it), placements)))).collect();
        if let Some(bar) = chosen(&tried, PRECISE[1]) {
            println!("half {which}: passage {bar}: other half");
            for (code, it) in passages(&there, &with(bar), placements) {
                println!("  {code} {}", it.shown());
            }
        }
        let (here, there) = (half(halves, which), half(halves, 1 - which));
        let event = |it: &Crossed| it.connects();
        let grid = EVENTS.iter().flat_map(|event| MARGINS.iter().map(move |margin| (*event, *margin)));
        let with = |(event, margin): (f32, f32)| Bars { event, margin, ..usual };
        let tried: Vec<_> = grid.map(|it| (it, pairs(&here, &with(it), event))).collect();
        if let Some(bar) = chosen(&tried, PRECISE[2]) {
            println!("half {which}: event and margin {bar:?}: other half {}", pairs(&there, &with(bar), event).shown());
        }
    }
    Ok(())
}
