//! On which day an article without a date was written, as the other accounts of its story tell.

use jiff::civil::Date;
use rashomon_annotate::{Corpus, Time, TimeKind, times_at};
use rashomon_group::Story;
use rashomon_model::{ArticleId, Moment};
use rustc_hash::FxHashMap;

/// Days tried for an undated article: those on which most dated accounts appeared.
const CANDIDATES: usize = 7;

/// The likeliest day of each undated article of a story; empty if the story has no dated one.
///
/// Each day on which a dated account appeared is tried: read as written on that day, the article speaks of days, and the
/// day wins on which it speaks of those that the dated accounts speak of. Ties go to the day with more accounts, then to
/// the earlier one.
#[must_use]
pub fn datelines(corpus: &Corpus, story: &Story) -> Vec<(ArticleId, Moment)> {
    let mut undated: Vec<ArticleId> = Vec::new();
    let mut appeared: Vec<Date> = Vec::new();
    let mut spoken: FxHashMap<Date, u32> = FxHashMap::default();
    for id in &story.articles {
        let it = corpus.get(*id);
        let Some(moment) = it.article.dateline() else {
            undated.push(*id);
            continue;
        };
        appeared.push(moment.date());
        let mut days: Vec<Date> = it.times.iter().filter_map(day).collect();
        days.sort_unstable();
        days.dedup();
        days.into_iter().for_each(|d| *spoken.entry(d).or_default() += 1);
    }
    if appeared.is_empty() || undated.is_empty() {
        return Vec::new();
    }
    appeared.sort_unstable();
    let mut candidates: Vec<(usize, Date)> = appeared.chunk_by(|a, b| a == b).map(|c| (c.len(), c[0])).collect();
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    candidates.truncate(CANDIDATES);
    undated.sort_unstable();
    undated.dedup();
    let mut out = Vec::with_capacity(undated.len());
    for id in undated {
        let it = corpus.get(id);
        let mut best: Option<(u32, Date)> = None;
        for (_, date) in &candidates {
            let Some(moment) = Moment::day(*date) else { continue };
            let score: u32 =
                times_at(it, moment).iter().filter_map(day).map(|d| spoken.get(&d).copied().unwrap_or(0)).sum();
            if best.is_none_or(|b| score > b.0) {
                best = Some((score, *date));
            }
        }
        out.extend(best.and_then(|(_, date)| Some((id, Moment::day(date)?))));
    }
    out
}

/// The single day a time expression names.
fn day(time: &Time) -> Option<Date> {
    let (from, to) = (time.start?, time.end?);
    let named = matches!(time.kind, TimeKind::Date | TimeKind::Time) && !time.value.ends_with("_REF");
    let next = from.date().tomorrow().ok()?.to_datetime(jiff::civil::Time::midnight());
    (named && to <= next).then(|| from.date())
}
