//! Many articles from a JSONL file, read as the product reads them for grouping.

use rashomon::annotate::Corpus;
use rashomon::group::Story;
use rashomon::lineage::Card;
use rashomon::model::{Article, ArticleId, Moment};
use rashomon::{annotate_all, read};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::io;

/// What the measures need of an article.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<Moment>,
    pub(crate) text: String,
}

impl Row {
    /// What lineage knows of it beside its text.
    pub(crate) fn card(&self) -> Card {
        Card {
            id: self.id.clone(),
            outlet: self.outlet.clone(),
            url: self.url.clone(),
            title: self.title.clone(),
            published: self.published,
            ..declaring(&self.text, self.outlet.as_deref())
        }
    }

    /// Number of words, by white space.
    pub(crate) fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }
}

/// A card with the sources that `text` declares, as the product reads them, and nothing else.
pub(crate) fn declaring(text: &str, outlet: Option<&str>) -> Card {
    let mut article = Article { text: text.to_owned(), outlet: outlet.map(str::to_owned), ..Article::default() };
    article.declared = read::declared_sources(&article);
    Card { outlet: None, ..Card::of(&article) }
}

/// All rows of `path`.
pub(crate) fn read(path: &str) -> Result<Vec<Row>, String> {
    let mut out = Vec::new();
    for record in read::records(path).map_err(|e| e.to_string())? {
        let record = record.map_err(|e| e.to_string())?;
        if let Some(it) = read::bare_article(&record).output {
            out.push(Row {
                id: it.id,
                outlet: it.outlet,
                url: it.url,
                title: it.title,
                published: it.published,
                text: it.text,
            });
        }
    }
    Ok(out)
}

/// The articles of `path` with these ids, read as the product reads them, by id.
pub(crate) fn articles(path: &str, wanted: &BTreeSet<&String>) -> io::Result<FxHashMap<String, Article>> {
    let mut out = FxHashMap::default();
    for record in read::records(path).map_err(io::Error::other)? {
        let record = record.map_err(io::Error::other)?;
        let bare = read::bare_article(&record).output;
        if bare.is_some_and(|it| wanted.contains(&it.id))
            && let Some(article) = read::article(&record).output
        {
            out.insert(article.id.clone(), article);
        }
    }
    Ok(out)
}

/// Annotates articles and makes one story of them, in order of time.
pub(crate) fn as_story(name: &str, articles: Vec<Article>) -> (Corpus, Story) {
    let corpus = Corpus::new(annotate_all(articles).output).output;
    let mut articles: Vec<ArticleId> = corpus.iter().map(|it| it.0).collect();
    articles.sort_by_key(|a| (corpus.get(*a).article.published, *a));
    let story = Story { id: name.to_owned(), articles, joins: Vec::new() };
    (corpus, story)
}
