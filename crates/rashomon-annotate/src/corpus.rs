//! The arena of annotated articles: ids index into it.

use crate::Annotated;
use rashomon_model::{Anchor, ArticleId, Moment, Note, Noted, Severity};

/// Annotated articles in an order that does not depend on the order of input.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    articles: Vec<Annotated>,
}

impl Corpus {
    /// The corpus of `articles`: in order of id, the same article only once.
    ///
    /// Articles of one id and one digest are the same; the first by source stays and the other is noted.
    /// Articles of one id that differ get `#2`, `#3` … behind the id, in order of digest.
    #[must_use]
    pub fn new(mut articles: Vec<Annotated>) -> Noted<Self> {
        articles.sort_by(|a, b| {
            let key = |it: &Annotated| (it.article.id.clone(), it.article.digest.clone(), it.article.source.clone());
            key(a).cmp(&key(b))
        });
        let mut notes = Vec::new();
        let mut kept: Vec<Annotated> = Vec::with_capacity(articles.len());
        let mut same_id = 1;
        let mut given_id = String::new();
        for mut it in articles {
            if kept.last().is_some_and(|_| given_id == it.article.id) {
                let last = &kept[kept.len() - 1].article;
                if last.digest == it.article.digest {
                    notes.push(Note {
                        place: it.article.source.clone(),
                        message: format!("same article as {}; counted once", last.source),
                        rule: "duplicate-input",
                        severity: Severity::Info,
                    });
                    continue;
                }
                same_id += 1;
                it.article.id = format!("{given_id}#{same_id}");
            } else {
                same_id = 1;
                given_id.clone_from(&it.article.id);
            }
            kept.push(it);
        }
        Noted { output: Self { articles: kept }, notes }
    }

    /// Number of articles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there is no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The article `id` of this corpus.
    #[must_use]
    pub fn get(&self, id: ArticleId) -> &Annotated {
        &self.articles[id.index()]
    }

    /// Reads an article without a date as written at `dateline`: its times are resolved again and marked as inferred.
    pub fn assume_dateline(&mut self, id: ArticleId, dateline: Moment) {
        let it = &mut self.articles[id.index()];
        if it.article.dateline().is_none() {
            it.times = crate::times_at(it, dateline);
            it.dateline = Some(dateline);
        }
    }

    /// The text at `anchor`.
    #[must_use]
    pub fn text(&self, anchor: Anchor) -> &str {
        self.get(anchor.article).text(anchor.span)
    }

    /// The text that an anchor points at as it is to be read: without what the page put inside its sentence.
    #[must_use]
    pub fn plain(&self, anchor: Anchor) -> String {
        let article = &self.get(anchor.article).article;
        let mut out = String::new();
        let mut at = anchor.span.start();
        let from = article.furniture.partition_point(|f| f.end() <= at);
        for f in article.furniture[from..].iter().take_while(|f| f.end() <= anchor.span.end()) {
            out.push_str(article.text[at..f.start().max(at)].trim_end());
            // "Ada Stone [card], who", "Ada Stone [card] said".
            let goes_on = article.text[f.end()..].trim_start();
            if !out.is_empty() && !goes_on.starts_with([',', '.', ';', ':', '\'', '’']) {
                out.push(' ');
            }
            at = f.end() + article.text[f.end()..].len() - goes_on.len();
        }
        out.push_str(&article.text[at.min(anchor.span.end())..anchor.span.end()]);
        out
    }

    /// All articles with their ids, in order of id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ArticleId, &Annotated)> {
        #[allow(clippy::cast_possible_truncation, reason = "more than 2^32 articles do not fit into memory")]
        self.articles.iter().enumerate().map(|(i, it)| (ArticleId(i as u32), it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_model::{Article, Span};

    #[test]
    fn what_a_page_put_inside_a_sentence_is_no_part_of_it() {
        let text = "Mayor Ida Lund Ida Eva LundLock is shut MORE said that the lock is safe. Lund Ida Eva LundLock MORE, left.";
        let card = |words: &str, from: usize| {
            let at = from + text[from..].find(words).unwrap();
            Span::new(at, at + words.len())
        };
        let furniture = vec![card("Ida Eva LundLock is shut MORE", 0), card("Ida Eva LundLock MORE", 60)];
        let article = Article { text: text.into(), furniture: furniture.clone(), ..Article::default() };
        let corpus = Corpus::new(vec![crate::annotate(article).output]).output;
        let it = corpus.get(ArticleId(0));
        let plain: Vec<String> = it.sentences.iter().map(|s| corpus.plain(Anchor::new(ArticleId(0), s.span))).collect();
        assert_eq!(plain, ["Mayor Ida Lund said that the lock is safe.", "Lund, left."]);
        assert!(it.tokens.iter().all(|t| !furniture.iter().any(|f| f.overlaps(t.span))));
        assert_eq!(it.entities.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(), ["Ida Lund"]);
    }
}
