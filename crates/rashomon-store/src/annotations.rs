//! Annotations as the store keeps them: by version, and by the models that made them, so that a story that gains one report
//! costs one annotation.
//!
//! What is kept are the layers alone. The article is read from its own bytes, and layers that do not fit its text, or were made
//! by other models, are made anew.

use crate::articles::hydrated;
use crate::rows::Noticed;
use crate::{Result, Store, blobs, collate, noticed};
use jiff::civil::DateTime;
use rashomon::annotate::{
    Act, Annotated, Approximation, Entity, Name, NameKind, Number, Quote, QuoteKind, Sentence, Tag, Time, TimeKind,
    Token, annotate,
};
use rashomon::model::{Article, Noted, Span};
use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// What makes annotations: the program's version and its models that read single articles.
static MODEL: LazyLock<String> = LazyLock::new(|| {
    let made_by = rashomon::wire::MadeBy::this();
    let mut pieces = vec![made_by.version.clone()];
    for it in rashomon::annotate::models() {
        pieces.extend(made_by.models.get(it.name).cloned());
    }
    let pieces: Vec<&[u8]> = pieces.iter().map(|it| it.as_bytes()).collect();
    blobs::digest(&pieces)[..16].to_owned()
});

impl Store {
    /// Versions, annotated, with what was noticed while they were read and annotated: those that were annotated before are
    /// opened, the others are annotated and kept.
    pub(crate) fn annotated(&mut self, versions: &[i64]) -> Result<(Vec<Annotated>, Vec<Noticed>)> {
        self.annotated_by(versions, annotate)
    }

    /// The same with another way to annotate, for tests.
    pub(crate) fn annotated_by(
        &mut self,
        versions: &[i64],
        annotate: fn(Article) -> Noted<Annotated>,
    ) -> Result<(Vec<Annotated>, Vec<Noticed>)> {
        let Self { conn, codecs, .. } = self;
        let mut noticed = Vec::new();
        let mut all: Vec<(Article, Option<Kept>)> = Vec::with_capacity(versions.len());
        for version in versions {
            let (article, of_reading) = hydrated(conn, codecs, *version, true)?;
            noticed.extend(of_reading);
            all.push((article, kept(conn, *version)?));
        }
        let make = |article| {
            let Noted { output, notes } = annotate(article);
            Made { it: output, noticed: noticed::of(&notes), is_new: true }
        };
        let done: Vec<Made> = all
            .into_par_iter()
            .map(|(article, kept)| {
                let Some(Kept { bytes, noticed }) = kept else { return make(article) };
                let Some(layers) = Layers::open(&bytes) else { return make(article) };
                match layers.onto(article) {
                    // What a fault left without layers is tried again: an earlier program kept it so, and did not say why.
                    Ok(it) if it.is_unread() => make(it.article),
                    Ok(it) => Made { it, noticed, is_new: false },
                    Err(article) => make(*article),
                }
            })
            .collect();
        let new: Vec<(i64, &Made)> =
            versions.iter().zip(&done).filter(|it| it.1.is_new).map(|(version, it)| (*version, it)).collect();
        self.annotations_made += new.len() as u64;
        if new.iter().any(|it| !it.1.it.is_unread()) && !self.conn.is_readonly("main")? {
            let tx = self.begin()?;
            // What a fault cost its layers is annotated again each time, so that it is told each time, and mended with the
            // program.
            for (version, it) in new.into_iter().filter(|it| !it.1.it.is_unread()) {
                keep(&tx, version, it)?;
            }
            tx.commit()?;
        }
        let mut annotated = Vec::with_capacity(done.len());
        for made in done {
            noticed.extend(made.noticed);
            annotated.push(made.it);
        }
        Ok((annotated, noticed))
    }

    /// How many versions were annotated since this store was opened: others were annotated before.
    #[must_use]
    pub fn annotations_made(&self) -> u64 {
        self.annotations_made
    }
}

/// The kept layers of a version, as bytes.
struct Kept {
    bytes: Vec<u8>,
    noticed: Vec<Noticed>,
}

/// An annotated version.
struct Made {
    it: Annotated,
    noticed: Vec<Noticed>,
    /// Whether it was annotated now.
    is_new: bool,
}

fn kept(conn: &Connection, version: i64) -> Result<Option<Kept>> {
    let found: Option<(Vec<u8>, Option<String>)> = conn
        .prepare_cached("SELECT bytes, noticed FROM annotations WHERE version = ?1 AND model = ?2")?
        .query_row(params![version, *MODEL], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((bytes, noticed)) = found else { return Ok(None) };
    Ok(Some(Kept { bytes: blobs::unsqueeze(&bytes)?, noticed: noticed::read(noticed.as_deref()) }))
}

/// Keeps the layers and the quotations of a version in place of those of other models. A version that was let go of meanwhile
/// keeps nothing.
fn keep(conn: &Connection, version: i64, Made { it, noticed, .. }: &Made) -> Result<()> {
    let there =
        conn.prepare_cached("SELECT 1 FROM versions WHERE id = ?1")?.query_row([version], |_| Ok(())).optional()?;
    let Some(bytes) = there.and_then(|()| Layers::of(it).close()) else { return Ok(()) };
    conn.prepare_cached("DELETE FROM annotations WHERE version = ?1")?.execute([version])?;
    conn.prepare_cached("INSERT INTO annotations (version, model, bytes, noticed) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![version, *MODEL, blobs::squeeze(&bytes), noticed::written(noticed)])?;
    collate::write_quotes(conn, version, it)
}

/// A place in a text: bytes since the place before, and its length.
type Place = (u32, u32);

/// The layers of an article in a form that is small and needs no names.
#[derive(Debug, Serialize, Deserialize)]
struct Layers {
    tokens: Vec<(u32, u32, u8)>,
    sentences: Vec<(Place, u32, u32, u32, bool)>,
    names: Vec<(Place, u8, u32)>,
    entities: Vec<(String, u8, Vec<String>, Option<char>)>,
    quotes: Vec<KeptQuote>,
    times: Vec<(Place, u8, String, Option<String>, Option<String>, String, bool)>,
    numbers: Vec<(Place, f64, Option<f64>, Option<String>, u8)>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptQuote {
    span: Place,
    parts: Vec<Place>,
    kind: u8,
    act: u8,
    speaker: Option<String>,
    speaker_span: Option<Place>,
    speaker_entity: Option<u32>,
    cue_span: Option<Place>,
    rule: String,
}

const NAME_KINDS: [NameKind; 4] = [NameKind::Person, NameKind::Organization, NameKind::Place, NameKind::Other];
const QUOTE_KINDS: [QuoteKind; 5] =
    [QuoteKind::Direct, QuoteKind::Indirect, QuoteKind::Mixed, QuoteKind::Headline, QuoteKind::Scare];
const ACTS: [Act; 5] = [Act::Communication, Act::Attitude, Act::Factive, Act::Control, Act::Other];
const TIME_KINDS: [TimeKind; 4] = [TimeKind::Date, TimeKind::Time, TimeKind::Duration, TimeKind::Set];
const APPROXIMATIONS: [Approximation; 4] =
    [Approximation::Exact, Approximation::About, Approximation::AtLeast, Approximation::AtMost];

/// The place of a value in the list of all of its kind; one that is not there is no value when it is opened.
fn code<T: PartialEq>(all: &[T], it: T) -> u8 {
    all.iter().position(|other| *other == it).and_then(|n| u8::try_from(n).ok()).unwrap_or(u8::MAX)
}

fn value<T: Copy>(all: &[T], code: u8) -> Option<T> {
    all.get(usize::from(code)).copied()
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn place(it: Span) -> Place {
    (small(it.start()), small(it.len()))
}

impl Layers {
    fn of(it: &Annotated) -> Self {
        let mut end = 0;
        let tokens = it
            .tokens
            .iter()
            .map(|t| {
                let gap = t.span.start().saturating_sub(end);
                end = t.span.end();
                (small(gap), small(t.span.len()), code(&Tag::ALL, t.tag))
            })
            .collect();
        let sentences = it
            .sentences
            .iter()
            .map(|s| (place(s.span), s.paragraph, small(s.first_token), small(s.end_token), s.heading))
            .collect();
        let quotes = it
            .quotes
            .iter()
            .map(|q| KeptQuote {
                span: place(q.span),
                parts: q.parts.iter().map(|it| place(*it)).collect(),
                kind: code(&QUOTE_KINDS, q.kind),
                act: code(&ACTS, q.act),
                speaker: q.speaker.clone(),
                speaker_span: q.speaker_span.map(place),
                speaker_entity: q.speaker_entity.map(small),
                cue_span: q.cue_span.map(place),
                rule: q.rule.name().to_owned(),
            })
            .collect();
        let written = |it: Option<DateTime>| it.map(|it| it.to_string());
        Self {
            tokens,
            sentences,
            names: it.names.iter().map(|n| (place(n.span), code(&NAME_KINDS, n.kind), small(n.entity))).collect(),
            entities: it
                .entities
                .iter()
                .map(|e| (e.name.clone(), code(&NAME_KINDS, e.kind), e.roles.clone(), e.gender))
                .collect(),
            quotes,
            times: it
                .times
                .iter()
                .map(|t| {
                    let (start, end) = (written(t.start), written(t.end));
                    let kind = code(&TIME_KINDS, t.kind);
                    (place(t.span), kind, t.value.clone(), start, end, t.rule.name().to_owned(), t.inferred)
                })
                .collect(),
            numbers: it
                .numbers
                .iter()
                .map(|n| (place(n.span), n.value, n.high, n.unit.clone(), code(&APPROXIMATIONS, n.approximation)))
                .collect(),
        }
    }

    fn close(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok()
    }

    fn open(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// The article with these layers; the article alone if they do not fit it.
    fn onto(self, article: Article) -> std::result::Result<Annotated, Box<Article>> {
        let mut it = Annotated::new(article);
        if self.fill(&mut it).is_some() { Ok(it) } else { Err(Box::new(it.article)) }
    }

    fn fill(self, it: &mut Annotated) -> Option<()> {
        let text = &it.article.text;
        let span = |(start, len): Place| {
            let start = start as usize;
            Span::checked(text, start, start.checked_add(len as usize)?)
        };
        // An optional place that does not fit makes the whole not fit.
        let some = |place: Option<Place>| place.map_or(Some(None), |it| span(it).map(Some));
        let moment = |text: Option<String>| text.map_or(Some(None), |it| it.parse::<DateTime>().ok().map(Some));
        let mut end = 0_u32;
        let mut tokens = Vec::with_capacity(self.tokens.len());
        for (gap, len, tag) in self.tokens {
            let start = end.checked_add(gap)?;
            tokens.push(Token { span: span((start, len))?, tag: value(&Tag::ALL, tag)? });
            end = start + len;
        }
        let count = self.entities.len();
        let entity = |n: u32| Some(n as usize).filter(|n| *n < count);
        let entities = self
            .entities
            .into_iter()
            .map(|(name, kind, roles, gender)| Some(Entity { name, kind: value(&NAME_KINDS, kind)?, roles, gender }))
            .collect::<Option<Vec<_>>>()?;
        let sentences = self
            .sentences
            .into_iter()
            .map(|(at, paragraph, first, last, heading)| {
                let (first_token, end_token) = (first as usize, last as usize);
                (first_token <= end_token && end_token <= tokens.len()).then_some(())?;
                Some(Sentence { span: span(at)?, paragraph, first_token, end_token, heading })
            })
            .collect::<Option<Vec<_>>>()?;
        let names = self
            .names
            .into_iter()
            .map(|(at, kind, of)| Some(Name { span: span(at)?, kind: value(&NAME_KINDS, kind)?, entity: entity(of)? }))
            .collect::<Option<Vec<_>>>()?;
        let quotes = self
            .quotes
            .into_iter()
            .map(|q| {
                Some(Quote {
                    span: span(q.span)?,
                    parts: q.parts.into_iter().map(span).collect::<Option<_>>()?,
                    kind: value(&QUOTE_KINDS, q.kind)?,
                    act: value(&ACTS, q.act)?,
                    speaker: q.speaker,
                    speaker_span: some(q.speaker_span)?,
                    speaker_entity: q.speaker_entity.map_or(Some(None), |it| entity(it).map(Some))?,
                    cue_span: some(q.cue_span)?,
                    rule: rashomon::rule(&q.rule)?,
                })
            })
            .collect::<Option<Vec<_>>>()?;
        let times = self
            .times
            .into_iter()
            .map(|(at, kind, value_, start, end, by, inferred)| {
                Some(Time {
                    span: span(at)?,
                    kind: value(&TIME_KINDS, kind)?,
                    value: value_,
                    start: moment(start)?,
                    end: moment(end)?,
                    rule: rashomon::rule(&by)?,
                    inferred,
                })
            })
            .collect::<Option<Vec<_>>>()?;
        let numbers = self
            .numbers
            .into_iter()
            .map(|(at, least, high, unit, approximation)| {
                let approximation = value(&APPROXIMATIONS, approximation)?;
                Some(Number { span: span(at)?, value: least, high, unit, approximation })
            })
            .collect::<Option<Vec<_>>>()?;
        (it.tokens, it.entities, it.sentences) = (tokens, entities, sentences);
        (it.names, it.quotes, it.times, it.numbers) = (names, quotes, times, numbers);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "PORT NORA, May 4 - The ferry “Lind” ran aground with about 212 people on board on Tuesday, the \
        harbour office said.\n\n“Nobody was hurt,” Captain Ola Brandt said, “but the deck was wet.” She had been at sea for \
        12 years. The repairs would cost $1.5bn, according to the Coast Agency.";

    fn article(text: &str, language: &str) -> Article {
        Article {
            text: text.into(),
            language: Some(language.into()),
            published: "2031-05-04T08:00:00Z".parse().ok().map(|at| rashomon::model::Moment::instant(at, 7200)),
            ..Article::default()
        }
    }

    #[test]
    fn layers_come_back_as_they_were() {
        let german =
            "Die Fähre „Lind“ lief am Dienstag auf Grund. „Niemand wurde verletzt“, sagte Ola Brandt. 212 Menschen.";
        for (text, language) in [(TEXT, "en"), (german, "de"), ("", "en"), ("渡し船が座礁した。", "ja")] {
            let made = annotate(article(text, language)).output;
            let bytes = Layers::of(&made).close().unwrap();
            let back = Layers::open(&bytes).unwrap().onto(article(text, language)).unwrap();
            assert_eq!(format!("{back:?}"), format!("{made:?}"));
        }
        let made = annotate(article(TEXT, "en")).output;
        assert!(
            !made.quotes.is_empty() && !made.times.is_empty() && !made.numbers.is_empty() && !made.names.is_empty()
        );
    }

    #[test]
    fn layers_of_another_text_are_refused() {
        let made = annotate(article(TEXT, "en")).output;
        for other in ["The ferry.", "”".repeat(400).as_str()] {
            assert!(Layers::of(&made).onto(article(other, "en")).is_err());
        }
        assert!(Layers::open(&[1, 2, 3]).is_none());
    }
}
