//! Many articles from a JSONL file, read as the product reads them for grouping.

use rashomon::lineage::Card;
use rashomon::model::{Article, Moment};
use rashomon::read;

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
