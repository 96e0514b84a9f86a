//! The stages, one after the other.

use crate::Options;
use rashomon_annotate::{Annotated, Corpus};
use rashomon_compare::Collation;
use rashomon_group::{Link, Story};
use rashomon_model::{Article, ArticleId, Note, Noted, survive};
use rayon::prelude::*;

/// A corpus with its stories and their collations.
#[derive(Debug)]
pub struct Collated {
    /// All articles.
    pub corpus: Corpus,
    /// The stories, each with its collation.
    pub stories: Vec<(Story, Collation)>,
}

/// Annotates `articles` on all threads of the current pool, in order.
#[must_use]
pub fn annotate_all(articles: Vec<Article>) -> Noted<Vec<Annotated>> {
    let noted: Vec<_> = articles.into_par_iter().map(rashomon_annotate::annotate).collect();
    let mut all = Noted::quiet(Vec::with_capacity(noted.len()));
    for it in noted {
        all.output.push(it.output);
        all.notes.extend(it.notes);
    }
    all
}

/// Reads every article without a date as written on the day that the other reports of its story speak for; its times are
/// resolved again and marked as inferred. The stage between grouping and comparing.
///
/// A fault of the program itself costs this of one story, and is told as a note.
pub fn assume_datelines(corpus: &mut Corpus, stories: &[Story]) -> Vec<Note> {
    let mut notes = Vec::new();
    for story in stories {
        match survive(|| rashomon_compare::datelines(corpus, story)) {
            Ok(found) => found.into_iter().for_each(|(article, dateline)| corpus.assume_dateline(article, dateline)),
            Err(fault) => {
                let first = story.articles.first().map_or("", |it| &corpus.get(*it).article.source);
                notes.push(Note::of_fault(first, "the days of undated reports of its story are not assumed", &fault));
            }
        }
    }
    notes
}

/// The stories of a corpus: grouped in each language, then put together where two languages tell of one event.
#[must_use]
pub fn stories(corpus: &Corpus) -> Noted<Vec<Story>> {
    let Noted { output: stories, mut notes } = rashomon_group::group(corpus);
    let ids: Vec<ArticleId> = corpus.iter().map(|it| it.0).collect();
    let crossed = survive(|| rashomon_lineage::crossed(corpus, &ids)).unwrap_or_else(|fault| {
        let first = ids.first().map_or("", |it| &corpus.get(*it).article.source);
        notes.push(Note::of_fault(first, "reports in different languages are not put together", &fault));
        Vec::new()
    });
    let links: Vec<Link<ArticleId>> = crossed
        .iter()
        .filter(|it| it.connects())
        .map(|it| Link { pair: (ids[it.pair.0], ids[it.pair.1]), score: it.score, rule: it.rule, reason: it.words() })
        .collect();
    let output = if links.is_empty() { stories } else { rashomon_group::link(corpus, stories, &links) };
    Noted { output, notes }
}

/// All stories as one, because somebody said that they are.
fn together(corpus: &Corpus, stories: Vec<Story>) -> Vec<Story> {
    let mut firsts = stories.iter().filter_map(|it| it.articles.first().copied());
    let Some(first) = firsts.next() else { return stories };
    let said = |other| Link {
        pair: (first, other),
        score: 1.0,
        rule: rashomon_group::rules::PINNED,
        reason: "you said so".to_owned(),
    };
    let links: Vec<Link<ArticleId>> = firsts.map(said).collect();
    rashomon_group::link(corpus, stories, &links)
}

/// From articles to the full comparison of their stories.
///
/// The same by hand, stage by stage:
///
/// ```
/// use rashomon::model::Article;
///
/// let article = |id: &str, text: &str| Article { id: id.into(), digest: id.into(), text: text.into(), ..Article::default() };
/// let articles = vec![
///     article("a", "The northern lock at Tarvel failed on 4 May 2031, and nine barges ran aground."),
///     article("b", "Nine barges ran aground when the northern lock at Tarvel failed on 4 May 2031."),
/// ];
/// let collated = rashomon::collate(articles.clone()).output;
///
/// let annotated = rashomon::annotate_all(articles).output;
/// let mut corpus = rashomon::annotate::Corpus::new(annotated).output;
/// let stories = rashomon::group::group(&corpus).output;
/// rashomon::assume_datelines(&mut corpus, &stories);
/// let found: Vec<_> = stories
///     .into_iter()
///     .map(|story| {
///         let collation = rashomon::compare::compare(&corpus, &story).output;
///         (story, collation)
///     })
///     .collect();
///
/// let json = |corpus, stories: &[_]| rashomon::wire::json(&rashomon::wire::Collation::new(corpus, stories));
/// assert_eq!(json(&corpus, &found), json(&collated.corpus, &collated.stories));
/// ```
#[must_use]
pub fn collate(articles: Vec<Article>) -> Noted<Collated> {
    collate_with(articles, &Options::default())
}

/// The same with options.
#[must_use]
pub fn collate_with(articles: Vec<Article>, options: &Options) -> Noted<Collated> {
    let annotated = annotate_all(articles);
    let mut notes = annotated.notes;
    let corpus = Corpus::new(annotated.output);
    notes.extend(corpus.notes);
    let mut corpus = corpus.output;
    let Noted { output: mut stories, notes: of_grouping } = stories(&corpus);
    notes.extend(of_grouping);
    if options.one_story {
        stories = together(&corpus, stories);
    }
    notes.extend(assume_datelines(&mut corpus, &stories));
    let compared: Vec<_> = stories.par_iter().map(|s| rashomon_compare::compare(&corpus, s)).collect();
    let mut pairs = Vec::with_capacity(stories.len());
    for (story, mut found) in stories.into_iter().zip(compared) {
        notes.extend(found.notes);
        if let Some(owners) = &options.owners {
            let it = &mut found.output.lineage;
            it.independence = rashomon_lineage::independence(&corpus, &story.articles, &it.relations, owners);
        }
        pairs.push((story, found.output));
    }
    notes.sort();
    Noted { output: Collated { corpus, stories: pairs }, notes }
}
