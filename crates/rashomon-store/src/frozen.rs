//! An article as bytes, where it cannot be read again from what was retrieved: the text of a page depends on the program
//! that read it, and spans must keep pointing into the text they were made of.

use jiff::Timestamp;
use rashomon::model::{Article, Declared, DeclaredKind, Moment, Origin, OriginPiece, Precision, Span};
use serde::{Deserialize, Serialize};

type Range = (usize, usize);

#[derive(Serialize, Deserialize)]
struct Frozen {
    url: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    title_span: Option<Range>,
    byline: Vec<String>,
    published: Option<At>,
    updated: Option<At>,
    dateline_spans: Vec<Range>,
    language: Option<String>,
    developing: bool,
    text: String,
    furniture: Vec<Range>,
    declared: Vec<(String, String, Range, Option<Range>)>,
    origin: Option<Vec<[usize; 4]>>,
    extra: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
struct At(i64, i32, bool);

impl From<Moment> for At {
    fn from(it: Moment) -> Self {
        Self(it.at.as_second(), it.offset_seconds, it.precision == Precision::Day)
    }
}

impl At {
    fn moment(&self) -> Option<Moment> {
        let precision = if self.2 { Precision::Day } else { Precision::Minute };
        Some(Moment { at: Timestamp::from_second(self.0).ok()?, offset_seconds: self.1, precision })
    }
}

fn range(it: Span) -> Range {
    (it.start(), it.end())
}

/// The article as bytes; id, source and digest stand beside it in the store.
pub(crate) fn freeze(it: &Article) -> Vec<u8> {
    let declared =
        it.declared.iter().map(|d| (d.name.clone(), d.kind.as_str().to_owned(), range(d.span), d.retrieved.map(range)));
    let piece = |p: &OriginPiece| [p.text.start(), p.text.end(), p.source.start(), p.source.end()];
    let frozen = Frozen {
        url: it.url.clone(),
        outlet: it.outlet.clone(),
        title: it.title.clone(),
        title_span: it.title_span.map(range),
        byline: it.byline.clone(),
        published: it.published.map(Into::into),
        updated: it.updated.map(Into::into),
        dateline_spans: it.dateline_spans.iter().copied().map(range).collect(),
        language: it.language.clone(),
        developing: it.developing,
        text: it.text.clone(),
        furniture: it.furniture.iter().copied().map(range).collect(),
        declared: declared.collect(),
        origin: it.origin.as_ref().map(|o| o.pieces().iter().map(piece).collect()),
        extra: it.extra.clone(),
    };
    serde_json::to_vec(&frozen).unwrap_or_default()
}

/// The article that [`freeze`] made the bytes of; nothing if they are damaged.
pub(crate) fn thaw(bytes: &[u8]) -> Option<Article> {
    let it: Frozen = serde_json::from_slice(bytes).ok()?;
    let text = &it.text;
    let span = |(from, to): Range| Span::checked(text, from, to);
    let loose = |(from, to): Range| (from <= to && to < u32::MAX as usize).then(|| Span::new(from, to));
    let kind = |name: &str| {
        use DeclaredKind as K;
        [K::Origin, K::Agency, K::Author, K::Photo, K::Post, K::Cited, K::Unnamed]
            .into_iter()
            .find(|it| it.as_str() == name)
    };
    let declared = it.declared.iter().map(|(name, of, place, retrieved)| {
        Some(Declared {
            name: name.clone(),
            kind: kind(of)?,
            span: loose(*place)?,
            retrieved: retrieved.and_then(loose),
        })
    });
    let piece = |p: &[usize; 4]| Some(OriginPiece { text: loose((p[0], p[1]))?, source: loose((p[2], p[3]))? });
    Some(Article {
        title_span: it.title_span.and_then(span),
        published: it.published.as_ref().and_then(At::moment),
        updated: it.updated.as_ref().and_then(At::moment),
        dateline_spans: it.dateline_spans.iter().copied().filter_map(span).collect(),
        furniture: it.furniture.iter().copied().map(span).collect::<Option<_>>()?,
        declared: declared.collect::<Option<_>>()?,
        origin: match &it.origin {
            Some(pieces) => Some(Origin::new(pieces.iter().map(piece).collect::<Option<_>>()?)),
            None => None,
        },
        url: it.url,
        outlet: it.outlet,
        title: it.title,
        byline: it.byline,
        language: it.language,
        developing: it.developing,
        text: it.text,
        extra: it.extra,
        ..Article::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon::read;

    #[test]
    fn a_page_comes_back_as_it_was_read() {
        let page = "<!doctype html><html><head><title>Ferry aground</title></head><body><h1>Ferry aground</h1>\
            <p class=byline>By Ola Brandt</p><p>PORT NORA, May 4 (Coast Agency) - The ferry “Lind” ran aground &amp; \
            stayed there for hours, the harbour office said.</p><p>Nobody was hurt, it said, but the deck was wet.</p></body></html>";
        let record = read::records_in(page.into(), "a.html").unwrap().next().unwrap().unwrap();
        let mut article = read::article(&record).output.unwrap();
        let thawed = thaw(&freeze(&article)).unwrap();
        (article.id, article.source, article.digest) = Default::default();
        assert_eq!(thawed, article);
        assert_eq!(thaw(b"{}"), None);
    }
}
