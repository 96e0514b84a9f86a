//! An article on the wire, both ways.

use crate::moment::{self, Dated, Offsets};
use crate::span::spans;
use crate::{ArticleSchema, DeclaredKind, Error, Layers, Raw, Span};
use rashomon_model as model;
use schemars::JsonSchema;
use serde::de::value::MapDeserializer;
use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The keys of an [`Article`]: what is carried through from an input row must not repeat them.
const ARTICLE_KEYS: [&str; 20] = [
    "schema",
    "id",
    "source",
    "url",
    "outlet",
    "title",
    "title_span",
    "byline",
    "published",
    "updated",
    "dated",
    "offsets",
    "dateline_spans",
    "language",
    "developing",
    "digest",
    "text",
    "furniture",
    "declared",
    "origin",
];

/// The keys that annotating adds.
const LAYER_KEYS: [&str; 5] = ["sentences", "quotes", "times", "names", "numbers"];

/// One report as retrieved, and what the page says about itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Article {
    /// Name and version of this schema.
    pub schema: ArticleSchema,
    /// As given, or 16 hexadecimal digits of the digest.
    pub id: String,
    /// Path or URL as given.
    pub source: String,
    /// Address, where known.
    pub url: Option<String>,
    /// Masthead that published it.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Where the headline stands in `text`, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_span: Option<Span>,
    /// Authors.
    pub byline: Vec<String>,
    /// RFC 3339 in UTC, or YYYY-MM-DD where only a day is known.
    pub published: Option<String>,
    /// RFC 3339 in UTC, or YYYY-MM-DD where only a day is known.
    pub updated: Option<String>,
    /// Whether the zone of these times was stated or assumed, or only a day is known.
    pub dated: Dated,
    /// Offsets from UTC of the zones these times were written in, where they are not 0.
    #[serde(skip_serializing_if = "Offsets::is_empty")]
    #[schemars(default)]
    pub offsets: Offsets,
    /// Where a visible dateline gave these times.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub dateline_spans: Vec<Span>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Whether the page calls itself unfinished.
    pub developing: bool,
    /// `sha256:` and the hexadecimal digest of the retrieved bytes.
    pub digest: String,
    /// The text all spans point into.
    pub text: String,
    /// Page furniture, marked and never cut.
    pub furniture: Vec<Span>,
    /// Sources that the article itself names.
    pub declared: Vec<Declared>,
    /// For HTML: `[text start, text end, source start, source end]`, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Vec<[usize; 4]>>,
    /// What `annotate` adds.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub layers: Option<Layers>,
    /// Unknown keys of an input row, carried through.
    #[serde(flatten)]
    #[schemars(skip)]
    pub extra: BTreeMap<String, Raw>,
}

/// A source that an article itself names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Declared {
    /// As named.
    pub name: String,
    /// What kind of debt is declared.
    pub kind: DeclaredKind,
    /// Where in the text; empty if it stands in the page's metadata or the row's fields
    pub span: Span,
    /// Where in the retrieved bytes, if not in the text
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<Span>,
}

impl Article {
    /// An article as it goes out, without layers.
    #[must_use]
    pub fn new(it: &model::Article) -> Self {
        let declared = |d: &model::Declared| Declared {
            name: d.name.clone(),
            kind: d.kind.into(),
            span: d.span.into(),
            retrieved: d.retrieved.map(Into::into),
        };
        let piece = |p: &model::OriginPiece| [p.text.start(), p.text.end(), p.source.start(), p.source.end()];
        let own = |k: &String| ARTICLE_KEYS.contains(&k.as_str());
        Self {
            schema: ArticleSchema,
            id: it.id.clone(),
            source: it.source.clone(),
            url: it.url.clone(),
            outlet: it.outlet.clone(),
            title: it.title.clone(),
            title_span: it.title_span.map(Into::into),
            byline: it.byline.clone(),
            published: it.published.map(moment::written),
            updated: it.updated.map(moment::written),
            dated: moment::dated(it),
            offsets: moment::offsets(it),
            dateline_spans: spans(&it.dateline_spans),
            language: it.language.clone(),
            developing: it.developing,
            digest: it.digest.clone(),
            text: it.text.clone(),
            furniture: spans(&it.furniture),
            declared: it.declared.iter().map(declared).collect(),
            origin: it.origin.as_ref().map(|o| o.pieces().iter().map(piece).collect()),
            layers: None,
            extra: it
                .extra
                .iter()
                .filter(|(k, _)| !own(k))
                .filter_map(|(k, v)| Some((k.clone(), Raw::new(v.clone())?)))
                .collect(),
        }
    }

    /// The same with layers. A row that came with keys of these names gets ours: two keys of one name would leave it to
    /// the reader's parser.
    #[must_use]
    pub fn with_layers(mut self, layers: Layers) -> Self {
        self.extra.retain(|k, _| !LAYER_KEYS.contains(&k.as_str()));
        self.layers = Some(layers);
        self
    }

    /// Reads an article that [`json`](crate::json) wrote.
    ///
    /// # Errors
    /// If it is no such JSON, or of another version of the schema.
    pub fn from_json(json: &[u8]) -> Result<Self, Error> {
        serde_json::from_slice(json).map_err(Error::new)
    }

    /// The article as it was before it went out. Layers are left aside: annotating makes them again.
    ///
    /// # Errors
    /// If a span does not lie in the text, or a time is none.
    pub fn into_model(self) -> Result<model::Article, Error> {
        let text = &self.text;
        let inside = |all: &[Span], what: &str| all.iter().map(|s| s.within(text, what)).collect::<Result<Vec<_>, _>>();
        let read = |written: &Option<String>, zone, offset| {
            written.as_deref().map(|w| moment::read(w, zone, offset)).transpose()
        };
        let declared = |d: Declared| {
            Ok(model::Declared {
                name: d.name,
                kind: d.kind.into(),
                span: d.span.within(text, "declared")?,
                retrieved: d.retrieved.map(|s| s.unchecked("retrieved")).transpose()?,
            })
        };
        let piece = |[from, to, source_from, source_to]: [usize; 4]| {
            Ok(model::OriginPiece {
                text: Span(from, to).within(text, "origin")?,
                source: Span(source_from, source_to).unchecked("origin")?,
            })
        };
        let furniture = inside(&self.furniture, "furniture")?;
        if !furniture.is_sorted_by(|a, b| a.end() <= b.start()) {
            return Err(Error::new("furniture is not in order"));
        }
        let origin =
            self.origin.map(|pieces| pieces.into_iter().map(piece).collect::<Result<Vec<_>, _>>()).transpose()?;
        Ok(model::Article {
            title_span: self.title_span.map(|s| s.within(text, "title_span")).transpose()?,
            published: read(&self.published, self.dated.published, self.offsets.published)?,
            updated: read(&self.updated, self.dated.updated, self.offsets.updated)?,
            assumed_zones: moment::assumed(self.dated),
            dateline_spans: inside(&self.dateline_spans, "dateline_spans")?,
            furniture,
            declared: self.declared.into_iter().map(declared).collect::<Result<Vec<_>, Error>>()?,
            origin: origin.map(model::Origin::new),
            id: self.id,
            source: self.source,
            url: self.url,
            outlet: self.outlet,
            title: self.title,
            byline: self.byline,
            language: self.language,
            developing: self.developing,
            digest: self.digest,
            extra: self.extra.into_iter().map(|(k, v)| (k, v.get().to_owned())).collect(),
            text: self.text,
        })
    }
}

/// The keys of [`Article`] that always have one type.
#[derive(Deserialize)]
struct Fields {
    schema: ArticleSchema,
    id: String,
    source: String,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    title_span: Option<Span>,
    #[serde(default)]
    byline: Vec<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    updated: Option<String>,
    #[serde(default)]
    dated: Dated,
    #[serde(default)]
    offsets: Offsets,
    #[serde(default)]
    dateline_spans: Vec<Span>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    developing: bool,
    digest: String,
    text: String,
    furniture: Vec<Span>,
    declared: Vec<Declared>,
    #[serde(default)]
    origin: Option<Vec<[usize; 4]>>,
}

impl<'de> Deserialize<'de> for Article {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut extra = BTreeMap::<String, Box<RawValue>>::deserialize(deserializer)?;
        let mut take = |keys: &[&'static str]| -> Vec<(&'static str, Box<RawValue>)> {
            keys.iter().filter_map(|k| Some((*k, extra.remove(*k)?))).collect()
        };
        let (fields, layers) = (take(&ARTICLE_KEYS), take(&LAYER_KEYS));
        fn held<T: for<'a> Deserialize<'a>>(from: &[(&'static str, Box<RawValue>)]) -> Result<T, serde_json::Error> {
            T::deserialize(MapDeserializer::new(from.iter().map(|(k, v)| (*k, &**v))))
        }
        let it: Fields = held(&fields).map_err(D::Error::custom)?;
        let layers = (!layers.is_empty()).then(|| held(&layers)).transpose().map_err(D::Error::custom)?;
        let raw = |(k, v): (String, Box<RawValue>)| Some((k, Raw::new(Box::<str>::from(v).into())?));
        Ok(Self {
            schema: it.schema,
            id: it.id,
            source: it.source,
            url: it.url,
            outlet: it.outlet,
            title: it.title,
            title_span: it.title_span,
            byline: it.byline,
            published: it.published,
            updated: it.updated,
            dated: it.dated,
            offsets: it.offsets,
            dateline_spans: it.dateline_spans,
            language: it.language,
            developing: it.developing,
            digest: it.digest,
            text: it.text,
            furniture: it.furniture,
            declared: it.declared,
            origin: it.origin,
            layers,
            extra: extra.into_iter().filter_map(raw).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_model::{Moment, OriginPiece};

    fn article() -> model::Article {
        let text = "Gate jams\n\n4 May 2031\n\nThe café’s gate jammed, Vell News said. Share\n";
        let span = |words: &str| {
            let at = text.find(words).unwrap();
            model::Span::new(at, at + words.len())
        };
        model::Article {
            id: "x".into(),
            source: "a.html".into(),
            title: Some("Gate jams".into()),
            title_span: Some(span("Gate jams")),
            byline: vec!["Ada Lorne".into()],
            published: Moment::day(jiff::civil::date(2031, 5, 4)),
            updated: Some(Moment::instant("2031-05-05T02:10:00.25Z".parse().unwrap(), -5 * 3600)),
            dateline_spans: vec![span("4 May 2031")],
            developing: true,
            digest: "sha256:00".into(),
            furniture: vec![span("Share")],
            declared: vec![model::Declared {
                name: "Vell News".into(),
                kind: model::DeclaredKind::Agency,
                span: span("Vell News"),
                retrieved: Some(model::Span::new(3, 9)),
            }],
            origin: Some(model::Origin::new(vec![OriginPiece {
                text: span("café"),
                source: model::Span::new(40, 50),
            }])),
            extra: vec![("mood".into(), "{\"a\": [1e5, 12345678901234567890123]}".into())],
            text: text.into(),
            ..model::Article::default()
        }
    }

    #[test]
    fn an_article_comes_back_as_it_went_out() {
        let there = crate::json(&Article::new(&article()));
        assert!(there.contains(r#""published":"2031-05-04","updated":"2031-05-05T02:10:00.25Z""#), "{there}");
        assert!(there.contains(r#""dated":{"published":"day","updated":"stated"}"#), "{there}");
        let back = Article::from_json(there.as_bytes()).unwrap();
        assert_eq!(crate::json(&back), there);
        assert_eq!(back.into_model().unwrap(), article());
    }

    #[test]
    fn spans_that_do_not_fit_are_refused_by_name() {
        let changed = |change: &dyn Fn(&mut Article)| {
            let mut it = Article::new(&article());
            change(&mut it);
            it.into_model().unwrap_err().to_string()
        };
        assert!(changed(&|it| it.furniture = vec![Span(0, 4), Span(2, 6)]).contains("furniture"));
        assert!(changed(&|it| it.dateline_spans = vec![Span(31, 32)]).contains("dateline_spans [31, 32]"));
        assert!(changed(&|it| it.text.clear()).contains("does not lie in the text"));
        assert!(changed(&|it| it.published = Some("soon".into())).contains("soon"));
    }

    #[test]
    fn what_is_no_article_of_ours_is_refused_with_a_reason() {
        let refused = |json: &str| Article::from_json(json.as_bytes()).unwrap_err().to_string();
        assert!(refused("{}").contains("schema"));
        assert!(refused(r#"{"schema": "rashomon/article/3"}"#).contains("newer program"));
        assert!(refused(r#"{"schema": "rashomon/article/2", "id": 4}"#).contains("expected a string"));
    }
}
