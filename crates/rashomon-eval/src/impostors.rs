//! Reports of other events that look like one of a marked story: what grouping may put beside it by mistake.
//!
//! The marked stories are each of one event, so that weights learned from them alone take for granted that two reports share
//! much. Beside an impostor hardly anything may be joined.

use crate::pool;
use rashomon::annotate::Corpus;
use rashomon::group::Story;
use rashomon::model::{Article, ArticleId};
use rashomon::read;
use rustc_hash::{FxHashMap, FxHashSet};
use std::io;

/// Reports of the marked stories beside such of other events.
pub(crate) struct Disguised {
    pub(crate) corpus: Corpus,
    pub(crate) story: Story,
    /// The articles that tell of the event of the marked story.
    pub(crate) own: FxHashSet<ArticleId>,
}

/// Days between a report and its impostor: an event further than that from another is another one, and one still further may
/// not be grouped with it.
const DAYS: std::ops::RangeInclusive<i64> = 12..=400;
/// Impostors of one report.
const EACH: usize = 2;
/// Bytes of a text that are looked at.
const LOOKED_AT: usize = 3_000;
/// A word that stands in more articles than one of so many tells little.
const COMMON: usize = 60;

/// For each marked story as many as it has reports: each report alone with its impostors, and all reports with the impostor
/// of the first.
pub(crate) fn disguised(stories: &[(&Corpus, &Story)], pool: &str) -> io::Result<Vec<Vec<Disguised>>> {
    let mut all: Vec<Article> = Vec::new();
    for record in read::records(pool).map_err(io::Error::other)? {
        let record = record.map_err(io::Error::other)?;
        all.extend(read::bare_article(&record).output);
    }
    let index = Index::of(&all);
    let taken: FxHashSet<&str> =
        stories.iter().flat_map(|(corpus, _)| corpus.iter()).map(|(_, it)| it.article.id.as_str()).collect();
    let mut out = Vec::with_capacity(stories.len());
    for (marked, story) in stories {
        let reports: Vec<&Article> = story.articles.iter().map(|a| &marked.get(*a).article).collect();
        let found: Vec<Vec<&Article>> = reports.iter().map(|it| index.nearest(&all, it, &taken)).collect();
        let mut made: Vec<Disguised> = reports.iter().zip(&found).map(|(it, them)| disguise(&[it], them)).collect();
        if let Some(first) = found.first().and_then(|it| it.first()) {
            made.push(disguise(&reports, &[first]));
        }
        out.push(made);
    }
    Ok(out)
}

fn disguise(own: &[&Article], others: &[&Article]) -> Disguised {
    let articles: Vec<Article> = own.iter().chain(others).map(|it| (*it).clone()).collect();
    let ids: FxHashSet<&str> = own.iter().map(|it| it.id.as_str()).collect();
    let (corpus, story) = pool::as_story("disguised", articles);
    let own = corpus.iter().filter(|(_, it)| ids.contains(it.article.id.as_str())).map(|it| it.0).collect();
    Disguised { corpus, story, own }
}

/// Which articles a word stands in, by its number.
struct Index {
    numbers: FxHashMap<String, usize>,
    articles: Vec<Vec<usize>>,
}

/// The distinct longer words of the beginning of an article, in order.
fn words(it: &Article) -> Vec<String> {
    let mut end = it.text.len().min(LOOKED_AT);
    while !it.text.is_char_boundary(end) {
        end -= 1;
    }
    let words = it.text[..end].split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3);
    let mut words: Vec<String> = words.map(str::to_lowercase).collect();
    words.sort_unstable();
    words.dedup();
    words
}

impl Index {
    fn of(all: &[Article]) -> Self {
        let mut index = Self { numbers: FxHashMap::default(), articles: Vec::new() };
        for (n, it) in all.iter().enumerate() {
            for word in words(it) {
                let next = index.articles.len();
                let at = *index.numbers.entry(word).or_insert(next);
                if at == next {
                    index.articles.push(Vec::new());
                }
                index.articles[at].push(n);
            }
        }
        index
    }

    /// The most alike articles by rare words that are some days from `it` and none of `taken`.
    fn nearest<'a>(&self, all: &'a [Article], it: &Article, taken: &FxHashSet<&str>) -> Vec<&'a Article> {
        let mut scores: FxHashMap<usize, f64> = FxHashMap::default();
        for word in words(it) {
            let Some(articles) = self.numbers.get(&word).map(|n| &self.articles[*n]) else { continue };
            if articles.len() * COMMON > all.len() {
                continue;
            }
            #[allow(clippy::cast_precision_loss, reason = "counts of articles")]
            let weight = rashomon::model::math::ln(all.len() as f64 / articles.len() as f64);
            articles.iter().for_each(|n| *scores.entry(*n).or_default() += weight);
        }
        let day = |a: &Article| a.published.map(|p| p.at.as_second().div_euclid(86_400));
        let apart = |a: &Article| day(a).zip(day(it)).is_some_and(|(x, y)| DAYS.contains(&(x - y).abs()));
        let mut found: Vec<(f64, usize)> = scores.into_iter().map(|(n, s)| (s, n)).collect();
        found.retain(|(_, n)| !taken.contains(all[*n].id.as_str()) && apart(&all[*n]));
        found.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        found.iter().take(EACH).map(|(_, n)| &all[*n]).collect()
    }
}
