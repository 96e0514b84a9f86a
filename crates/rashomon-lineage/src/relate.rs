//! Is one text made from another, and what kind of taking is it?
//!
//! Judged on the running text of the outlets themselves: words inside quotation marks, page furniture and stock passages
//! are aligned, so that they show in the evidence, but do not count as copying. Two reports of one speech share its words
//! without either taking from the other.

use crate::align::{Block, Run};
use crate::own::Debt;
use crate::publishers::{bare_name, host};
use crate::reason::{self, Party, Reason};
use crate::rules;
use crate::side::Side;
use crate::words::{FUNCTION, QUOTED, SPOKEN, STOCK, Words};
use crate::{Direction, Kind, direction, own};
use rashomon_model::Rule;

/// How much two texts share, counted in running words of the outlets themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Measures {
    /// Words that could have been copied.
    pub(crate) own_a: usize,
    pub(crate) own_b: usize,
    /// Those that matching blocks reach over, replaced words included.
    pub(crate) reach_a: usize,
    pub(crate) reach_b: usize,
    /// Equal words in the blocks.
    pub(crate) matched: usize,
    /// Equal content words in the blocks.
    pub(crate) content: usize,
    /// Equal words of the largest block.
    pub(crate) longest: usize,
    /// All words of the texts, those the blocks reach over, and the equal ones: quotations counted too.
    pub(crate) all_a: usize,
    pub(crate) all_b: usize,
    pub(crate) all_reach_a: usize,
    pub(crate) all_reach_b: usize,
    pub(crate) all_matched: usize,
    /// Equal words inside quotation marks, in blocks that count.
    pub(crate) quoted: usize,
    /// Words of the first text that stand against other words of the second inside the blocks.
    pub(crate) replaced: usize,
}

impl Measures {
    /// Share of the equal words among those that were not inserted or dropped: 1 for verbatim text.
    pub(crate) fn density(&self) -> f64 {
        self.all_matched as f64 / (self.all_matched + self.replaced).max(1) as f64
    }

    /// Share of the first text that blocks reach over.
    pub(crate) fn share_a(&self) -> f64 {
        self.reach_a as f64 / self.own_a.max(1) as f64
    }

    /// Share of the second text that blocks reach over.
    pub(crate) fn share_b(&self) -> f64 {
        self.reach_b as f64 / self.own_b.max(1) as f64
    }

    fn share(&self) -> f64 {
        self.share_a().max(self.share_b())
    }

    /// Share of the first text that blocks reach over, quotations counted too.
    pub(crate) fn whole_a(&self) -> f64 {
        self.all_reach_a as f64 / self.all_a.max(1) as f64
    }

    /// The same of the second text.
    pub(crate) fn whole_b(&self) -> f64 {
        self.all_reach_b as f64 / self.all_b.max(1) as f64
    }

    /// Counts what a block reaches over, quotations too.
    fn count_whole(&mut self, block: &Block) {
        let matched = block.matched();
        let longer = block.a().len().max(block.b().len());
        if matched >= SOLID_WITH_QUOTES && matched as f64 >= LEAST_DENSITY * longer as f64 {
            self.all_reach_a += block.a().len();
            self.all_reach_b += block.b().len();
            self.all_matched += matched;
            self.replaced += replaced(block);
        }
    }
}

/// What the texts of two articles say about their relation.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub(crate) kind: Kind,
    pub(crate) direction: Direction,
    pub(crate) score: f64,
    pub(crate) rule: Rule,
    /// Of source and derived article, where the direction is known.
    pub(crate) reasons: Vec<Reason>,
    /// Blocks that count, the weightiest first; first text first.
    pub(crate) blocks: Vec<Block>,
}

/// A block counts from this many equal words of running text on; chosen on the synthetic chains of `docs/lineage.md`.
pub(crate) const SOLID: usize = 12;
/// With the words inside quotation marks, in texts that are related already.
const SOLID_WITH_QUOTES: usize = 8;
/// Below this density a block is a likeness of topic and not of text; half of the words replaced leave .5.
const LEAST_DENSITY: f64 = 0.36;

/// Whether two texts share so little that [`relate`] finds no relation, whatever is known about their words.
pub(crate) fn too_little(a: &Side<'_>, b: &Side<'_>, blocks: &[Block]) -> bool {
    let solid = || blocks.iter().map(Block::matched).filter(|matched| *matched >= SOLID);
    let matched: usize = solid().sum();
    if matched < LEAST_MATCHED_IN_BRIEF {
        return true;
    }
    // All words taken for running text, a block has no more of it than this.
    let mut m = Measures { all_a: a.words.len(), all_b: b.words.len(), ..Measures::default() };
    blocks.iter().for_each(|it| m.count_whole(it));
    (m.matched, m.longest) = (matched, solid().max().unwrap_or(0));
    (m.all_matched, m.replaced) = (1, 0);
    m.whole_a().max(m.whole_b()) < WHOLE_ENOUGH
        && !passage_counts(&m, near(a, b))
        && !direction::named(a, b)
        && !direction::of_one_signature(a, b)
        && !direction::of_one_source(a, b)
        && direction::is_reported(a, b, blocks) == Direction::Open
}

/// The relation of two articles by the blocks that their texts share, with its direction by all named evidence.
pub(crate) fn relate(a: &Side<'_>, b: &Side<'_>, blocks: Vec<Block>) -> Option<Verdict> {
    let cited = direction::is_reported(a, b, &blocks);
    let (mut blocks, mut m) = measure(&a.words, &b.words, blocks, QUOTED | STOCK, cited);
    let same = same_publication(a, b);
    if m.matched < LEAST_MATCHED_IN_BRIEF {
        return None;
    }
    let near = near(a, b);
    let mut narrative: Vec<Block> = blocks.clone();
    let declared = direction::named(a, b) || direction::of_one_signature(a, b);
    let debt = if declared || cited != Direction::Open {
        Debt::Named
    } else if direction::of_one_source(a, b) {
        Debt::Shared
    } else {
        Debt::Unknown
    };
    narrative.retain(|it| own::is_narrative(a, b, it, near, debt));
    let (narrative, own) = measure(&a.words, &b.words, narrative, QUOTED | STOCK | SPOKEN, cited);
    let most = m.whole_a().max(m.whole_b());
    let all = direction::is_origin(a, b) || most >= WHOLLY || (most >= MOSTLY && own.matched >= LEAST_MATCHED);
    if !all {
        // Not the whole was taken: what third persons said does not count.
        (blocks, m) = (narrative, own);
        // What is cited long after is word for word: figures of other months in the same words are a house's form.
        let owed = debt != Debt::Unknown && (near != Some(false) || m.density() >= CITED_LATER);
        let enough = owed || passage_counts(&m, near);
        if m.whole_a().max(m.whole_b()) < WHOLE_ENOUGH && !enough {
            return None;
        }
    }
    judge(a, b, blocks, &m, same, cited)
}

/// Reports of one day's news are published within so many days.
const NEAR_DAYS: i64 = 3;
/// A passage that is all that two texts share: running words it needs where the times are near, unknown and far apart, and
/// where it is in other words. Read on the pool of `docs/lineage.md`: below them stand lists, official wording and the close
/// of market reports more often than taken text.
const PASSAGE_NEAR: usize = 28;
const PASSAGE_UNDATED: usize = 45;
const PASSAGE_FAR: usize = 150;
const PASSAGE_REWORDED: usize = 60;
/// The longest block of a passage has at least so many running words.
const PASSAGE_BLOCK: usize = 20;
/// The least density of a passage that one cites from the other days apart.
const CITED_LATER: f64 = 0.9;
/// Density below which a passage is in other words.
const REWORDED: f64 = 0.75;

/// Whether the two were published within [`NEAR_DAYS`]; `None` if that is not known.
fn near(a: &Side<'_>, b: &Side<'_>) -> Option<bool> {
    let at = |s: &Side<'_>| s.published.or(s.updated).map(|m| m.at.as_second());
    Some((at(a)? - at(b)?).abs() <= NEAR_DAYS * 86_400)
}

/// Whether a passage is long enough for what is known about its texts.
fn passage_counts(m: &Measures, near: Option<bool>) -> bool {
    let least = match near {
        Some(true) => PASSAGE_NEAR,
        None => PASSAGE_UNDATED,
        Some(false) => PASSAGE_FAR,
    };
    let least = if m.density() < REWORDED { least.max(PASSAGE_REWORDED) } else { least };
    m.matched >= least && m.longest >= PASSAGE_BLOCK
}

/// The blocks that count as shared text, and how much they cover.
///
/// Words with one of the marks `foreign` do not count; but who cites the other may set its words in quotation marks.
fn measure(a: &Words, b: &Words, blocks: Vec<Block>, foreign: u8, cited: Direction) -> (Vec<Block>, Measures) {
    let of = |taker: bool| if taker { foreign & !QUOTED } else { foreign };
    let (foreign_a, foreign_b) = (of(cited == Direction::SecondIsSource), of(cited == Direction::FirstIsSource));
    let own_a = |w: usize| a.is_free_of(w, foreign_a);
    let own_b = |w: usize| b.is_free_of(w, foreign_b);
    let mut m = Measures {
        own_a: (0..a.len()).filter(|w| own_a(*w)).count(),
        own_b: (0..b.len()).filter(|w| own_b(*w)).count(),
        all_a: a.len(),
        all_b: b.len(),
        ..Measures::default()
    };
    let mut solid = Vec::new();
    for block in blocks {
        let (mut own, mut content) = (0, 0);
        for r in &block.runs {
            for k in 0..r.len as usize {
                let (i, j) = (r.a as usize + k, r.b as usize + k);
                if own_a(i) && own_b(j) {
                    own += 1;
                    content += usize::from(a.mark[i] & FUNCTION == 0);
                }
            }
        }
        let reach_a = block.a().filter(|w| own_a(*w)).count();
        let reach_b = block.b().filter(|w| own_b(*w)).count();
        let matched = block.matched();
        m.count_whole(&block);
        if own >= SOLID && own as f64 >= LEAST_DENSITY * reach_a.max(reach_b) as f64 {
            m.reach_a += reach_a;
            m.reach_b += reach_b;
            m.matched += own;
            m.content += content;
            m.quoted += matched - own;
            m.longest = m.longest.max(own);
            solid.push(block);
        }
    }
    (solid, m)
}

/// Words that stand against other words inside a block. A run of words on one side only was inserted or dropped, and counts
/// where it is short enough for a change of wording.
fn replaced(block: &Block) -> usize {
    block
        .runs
        .iter()
        .zip(&block.runs[1..])
        .map(|(p, q)| {
            let (x, y) = (q.a - (p.a + p.len), q.b - (p.b + p.len));
            if x.max(y) <= 3 { x.max(y) as usize } else { x.min(y) as usize }
        })
        .sum()
}

/// Least running words, and content words among them, that two related texts share.
const LEAST_MATCHED: usize = 28;
const LEAST_CONTENT: usize = 12;
/// So many quoted words between running words that are equal, too, weigh as much as one running word.
const QUOTED_WORDS: usize = 4;
/// Fewer do where they are this share of one text.
const LEAST_MATCHED_IN_BRIEF: usize = 16;
const BRIEF_SHARE: f64 = 0.4;
/// The taker is mostly made of the source from this share on.
pub(crate) const MOSTLY: f64 = 0.6;
/// Below this share of both texts, a passage is all that they have in common.
const WHOLE_ENOUGH: f64 = 0.3;
/// Of a passage that is less than this share of both texts, an earlier time does not tell who had it first.
const HALF: f64 = 0.5;
/// The source is wholly in the taker from this share on, if the taker is at most so many times as long.
const WHOLLY: f64 = 0.8;
const TIMES_AS_LONG: f64 = 2.5;
/// From this density on the words are the source's own: at most one word in twenty is another.
const VERBATIM: f64 = 0.95;

fn judge(
    a: &Side<'_>,
    b: &Side<'_>,
    blocks: Vec<Block>,
    m: &Measures,
    same: Option<Rule>,
    cited: Direction,
) -> Option<Verdict> {
    let brief = m.matched >= LEAST_MATCHED_IN_BRIEF && m.share() >= BRIEF_SHARE;
    let matched = m.matched + m.quoted / QUOTED_WORDS;
    if (matched < LEAST_MATCHED || m.content < LEAST_CONTENT) && !brief {
        return None;
    }
    let shares = [(Party::First, percent(m.share_a())), (Party::Second, percent(m.share_b()))];
    let mut reasons = vec![Reason::InCommon { words: m.matched, shares }];
    let (mut direction, mut why) = direction::decide(a, b, &blocks, m, same.is_some(), cited);
    let passage = same.is_none() && m.whole_a().max(m.whole_b()) < HALF;
    let from_agency = direction::is_agency(a) != direction::is_agency(b);
    let named = direction::named(a, b) || cited != Direction::Open;
    let third = if same.is_some() || named { None } else { direction::third_source(a, b) };
    if third.is_some() {
        direction = Direction::Open;
    }
    if passage && direction != Direction::Open && !named && !from_agency && !direction::of_one_signature(a, b) {
        // A third text may stand behind a passage: an agency, a statement. An earlier time alone does not decide, nor does a
        // cut quotation: it tells who is not the source.
        direction = Direction::Open;
        why.push(Reason::PerhapsFromThird);
    }
    let whole = whole(m, direction);
    let common = match third {
        Some(name) if whole => Some((Reason::BothName(name), rules::COPIES_OF_ONE_SOURCE)),
        Some(name) => Some((Reason::BothName(name), rules::PASSAGE_OF_ONE_SOURCE)),
        None if whole && same.is_none() && !named && !from_agency && both_cut(&blocks) => {
            Some((Reason::EachLacks, rules::EACH_LACKS_WHAT_THE_OTHER_HAS))
        }
        None => None,
    };
    if let Some((reason, rule)) = common {
        reasons.insert(0, reason);
        reasons.extend(why);
        let (kind, direction, score) = (Kind::CommonSource, Direction::Open, score(m));
        return Some(Verdict { kind, direction, score, rule, reasons, blocks });
    }
    let (kind, rule) = match same {
        Some(rule) if m.share_a().min(m.share_b()) >= 0.3 || m.share() >= 0.8 => (Kind::Revision, rule),
        _ if whole && m.density() >= VERBATIM => (Kind::Reprint, rules::VERBATIM_TEXT),
        _ if whole => (Kind::Rewrite, rules::SAME_TEXT_OTHER_WORDS),
        _ if m.density() >= REWORDED => (Kind::Excerpt, rules::SHARED_PASSAGE),
        _ => (Kind::Rewrite, rules::PASSAGE_IN_OTHER_WORDS),
    };
    reasons.extend(why);
    if direction == Direction::SecondIsSource {
        reason::flip(&mut reasons);
    }
    let score = score(m);
    Some(Verdict { kind, direction, score, rule, reasons, blocks })
}

/// So many words on one side only, between equal ones, were cut on the other; so many cuts, some on each side, show that both
/// texts were made from a third. Set on the synthetic chains of `docs/lineage.md`.
const CUT_WORDS: u32 = 6;
const CUTS: usize = 3;

/// Whether each text has cuts against the other: what one lacks the other has, both ways.
fn both_cut(blocks: &[Block]) -> bool {
    let mut runs: Vec<Run> = blocks.iter().flat_map(|b| b.runs.iter().copied()).filter(|r| r.len >= 3).collect();
    runs.sort_unstable();
    let mut by_second: Vec<u32> = runs.iter().map(|r| r.b).collect();
    by_second.sort_unstable();
    // Where the second text has matched words between the two, they were moved and not cut.
    let moved = |from: u32, to: u32| {
        let at = by_second.partition_point(|b| *b < from);
        by_second.get(at).is_some_and(|b| *b < to)
    };
    let (mut only_a, mut only_b) = (0, 0);
    for w in runs.windows(2) {
        let (end_a, end_b) = (w[0].a + w[0].len, w[0].b + w[0].len);
        if w[1].b < end_b || w[1].a < end_a || moved(end_b, w[1].b) {
            continue;
        }
        let (x, y) = (w[1].a - end_a, w[1].b - end_b);
        only_a += usize::from(x >= CUT_WORDS && y <= 2);
        only_b += usize::from(y >= CUT_WORDS && x <= 2);
    }
    only_a >= 1 && only_b >= 1 && only_a + only_b >= CUTS
}

/// Whether the whole was taken, and not a passage.
fn whole(m: &Measures, direction: Direction) -> bool {
    let from = |source: f64, taker: f64, longer: f64| taker >= MOSTLY || (source >= WHOLLY && longer <= TIMES_AS_LONG);
    let ratio = m.all_b as f64 / m.all_a.max(1) as f64;
    let (first, second) =
        (from(m.whole_a(), m.whole_b(), ratio), from(m.whole_b(), m.whole_a(), 1.0 / ratio.max(1e-9)));
    match direction {
        Direction::FirstIsSource => first,
        Direction::SecondIsSource => second,
        Direction::Open => first || second,
    }
}

/// How sure it is that one text comes from the other or both from a third, 0 to 1: grows with the words in common and with
/// the share of the smaller text they make up.
fn score(m: &Measures) -> f64 {
    let amount = 1.0 - 1.0 / (1.0 + m.matched as f64 / 20.0);
    let share = m.share().min(1.0);
    ((0.5 * amount + 0.3 * share + 0.2 * m.density()) * 1000.0).round() / 1000.0
}

fn percent(share: f64) -> i64 {
    (share.min(1.0) * 100.0).round() as i64
}

/// The rule that makes two articles versions of one publication, if they are.
fn same_publication(a: &Side<'_>, b: &Side<'_>) -> Option<Rule> {
    let address = |s: &Side<'_>| s.url.map(bare_address);
    if let (Some(x), Some(y)) = (address(a), address(b))
        && x == y
    {
        return Some(rules::SAME_ADDRESS);
    }
    let title = |s: &Side<'_>| s.title.map(|t| Words::of(t).hash).filter(|t| t.len() >= 3);
    let same_title = title(a).is_some() && title(a) == title(b);
    let same_time = a.published.is_some() && a.published == b.published;
    let names = (a.outlet.map(bare_name), b.outlet.map(bare_name));
    let hosts = (a.url.and_then(host), b.url.and_then(host));
    match (names, hosts) {
        ((Some(x), Some(y)), _) if x == y => Some(rules::SAME_OUTLET),
        (_, (Some(x), Some(y))) if x == y => Some(rules::SAME_SITE),
        ((Some(_), Some(_)), _) => None,
        _ => (same_title && same_time).then_some(rules::SAME_HEADLINE_AND_DATELINE),
    }
}

/// An address without scheme, `www.`, query, fragment and closing slash.
fn bare_address(url: &str) -> String {
    let it = url.split(['?', '#']).next().unwrap_or(url);
    let it = it.split_once("://").map_or(it, |(_, rest)| rest);
    it.strip_prefix("www.").unwrap_or(it).trim_end_matches('/').to_ascii_lowercase()
}
