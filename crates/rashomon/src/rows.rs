//! Many articles to tables: what grouping and lineage keep of each, made anywhere, and where it is put together.
//!
//! A [`Row`] is made of one article alone, so rows can be made on other threads and on other machines, written down, and
//! brought to one place in any order: [`Rows::tables`] gives what one run over all the articles gives. Texts are not part of
//! a row. Whoever puts rows together hands each text over as it lies at hand; it is looked at, never copied.
//!
//! ```
//! use rashomon::model::Article;
//! use rashomon::rows::{Row, Rows};
//!
//! let text = "The northern lock at Tarvel failed on 4 May 2031, and nine barges ran aground.";
//! let mut rows = Rows::default();
//! for id in ["a", "b"] {
//!     let article = Article { id: id.into(), text: text.into(), ..Article::default() };
//!     let mut bytes = Vec::new();
//!     Row::of(&article).encode(&mut bytes);
//!     rows.add(Row::decode(&bytes).unwrap(), text);
//! }
//! let tables = rows.tables();
//! assert_eq!(tables.placements[0].story, tables.placements[1].story);
//! ```

mod held;

pub use held::{Asked, Held, Pairing, held, settled};

use rashomon_group::blocks::Name;
use rashomon_group::{Grouper, Light, Link, Pins, Placement, Record, link_placements};
use rashomon_lineage::{Card, Crossed, Finder, Found, Seen, Sketch, declared_names};
use rashomon_model::{Article, Moment, Note, Noted, Precision, survive};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

/// What is kept of one article beside its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    record: Record,
    /// What lineage looks at; nothing where only stories are asked for.
    trace: Option<Trace>,
}

#[derive(Clone, Debug, PartialEq)]
struct Trace {
    sketch: Sketch,
    card: Card,
    /// Where what the article declares has not been read from its text: its byline. That is done for the few articles that
    /// are held against others.
    byline: Option<Vec<String>>,
}

/// The card as bytes hold it.
#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    outlet: Option<Cow<'a, str>>,
    url: Option<Cow<'a, str>>,
    title: Option<Cow<'a, str>>,
    language: Option<Cow<'a, str>>,
    published: Option<(i64, i32, bool)>,
    updated: Option<(i64, i32, bool)>,
    origins: Vec<String>,
    credits: Vec<String>,
    byline: Option<Vec<String>>,
}

impl Row {
    /// Begins the bytes of a row; changes with what they hold, and with the sketches in them.
    const VERSION: u8 = 16 + Sketch::VERSION;

    /// What stories and lineage keep of `article`, which may be a bare one. Pure, so that it can be done on many threads.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        Self::noted(article).output
    }

    /// What stories alone keep of it.
    #[must_use]
    pub fn without_lineage(article: &Article) -> Self {
        Self::noted_without_lineage(article).output
    }

    /// As [`Row::of`], with notes of what a fault of the program itself cost: an article without terms is a story of its own, one
    /// without a sketch has no lineage.
    #[must_use]
    pub fn noted(article: &Article) -> Noted<Self> {
        let mut it = Self::noted_without_lineage(article);
        match survive(|| Trace::of(article)) {
            Ok(trace) => it.output.trace = Some(trace),
            Err(fault) => it.notes.push(Note::of_fault(&article.source, "its lineage is not traced", &fault)),
        }
        it
    }

    /// As [`Row::without_lineage`], with such notes.
    #[must_use]
    pub fn noted_without_lineage(article: &Article) -> Noted<Self> {
        let Noted { output: record, notes } = Record::keyed(&Light::from(article), &article.source);
        Noted { output: Self { record, trace: None }, notes }
    }

    /// The article's id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.record.id()
    }

    /// A number that tells this article from every other one: of its id, time and content.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.record.fingerprint()
    }

    /// What its place in the order of all articles depends on.
    #[must_use]
    pub fn name(&self) -> Name {
        Name::of(&self.record)
    }

    /// The day it lies in, since 1970 in UTC, where known.
    #[must_use]
    pub fn day(&self) -> Option<i32> {
        self.record.day()
    }

    /// What grouping alone keeps of the article.
    #[must_use]
    pub fn into_record(self) -> Record {
        self.record
    }

    /// Appends the row as bytes, which [`Row::decode`] reads.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.push(Self::VERSION);
        self.record.encode(out);
        let Some(Trace { sketch, card, byline }) = &self.trace else { return };
        sketch.encode(out);
        let text = |it: &'_ Option<String>| it.clone().map(Cow::Owned);
        let moment = |it: Moment| (it.at.as_second(), it.offset_seconds, it.precision == Precision::Day);
        let stored = Stored {
            outlet: text(&card.outlet),
            url: text(&card.url),
            title: text(&card.title),
            language: text(&card.language),
            published: card.published.map(moment),
            updated: card.updated.map(moment),
            origins: card.origins.clone(),
            credits: card.credits.clone(),
            byline: byline.clone(),
        };
        // Nothing that is written to memory fails.
        *out = postcard::to_extend(&stored, std::mem::take(out)).unwrap_or_default();
    }

    /// The row in `bytes`; nothing if they hold none, or one of another version of the program.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(&[Self::VERSION])?;
        let record = Record::decode(&mut rest)?;
        if rest.is_empty() {
            return Some(Self { record, trace: None });
        }
        let sketch = Sketch::decode(&mut rest)?;
        let (it, rest) = postcard::take_from_bytes::<Stored<'_>>(rest).ok()?;
        let text = |it: Option<Cow<'_, str>>| it.map(Cow::into_owned);
        let moment = |(second, offset_seconds, day): (i64, i32, bool)| {
            let precision = if day { Precision::Day } else { Precision::Minute };
            Some(Moment { at: jiff::Timestamp::from_second(second).ok()?, offset_seconds, precision })
        };
        let card = Card {
            id: record.id().to_owned(),
            outlet: text(it.outlet),
            url: text(it.url),
            title: text(it.title),
            language: text(it.language),
            published: it.published.and_then(moment),
            updated: it.updated.and_then(moment),
            origins: it.origins,
            credits: it.credits,
        };
        rest.is_empty().then_some(Self { record, trace: Some(Trace { sketch, card, byline: it.byline }) })
    }
}

impl Trace {
    fn of(article: &Article) -> Self {
        let declared = (!article.declared.is_empty()).then(|| declared_names(&article.declared));
        let byline = declared.is_none().then(|| article.byline.clone());
        let [origins, credits] = declared.unwrap_or_default();
        // To the second, as bytes hold it: a row is the same whether it was written down or not.
        let moment = |it: Moment| {
            let at = jiff::Timestamp::from_second(it.at.as_second()).unwrap_or(it.at);
            Moment { at, ..it }
        };
        let card = Card {
            id: article.id.clone(),
            outlet: article.outlet.clone(),
            url: article.url.clone(),
            title: article.title.clone(),
            language: rashomon_read::language(article).filter(|it| it != "en"),
            published: article.published.map(moment),
            updated: article.updated.map(moment),
            origins,
            credits,
        };
        Self { sketch: Sketch::of(&article.text), card, byline }
    }
}

/// Articles on their way into tables, with their texts as they lie at hand.
#[derive(Debug)]
pub struct Rows<T> {
    grouper: Grouper,
    kept: Vec<Kept<T>>,
    seen: Seen,
    known: HashSet<u64>,
}

#[derive(Debug)]
struct Kept<T> {
    fingerprint: u64,
    trace: Trace,
    text: T,
}

/// The tables of `rashomon group`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// The table `stories`, row by row.
    pub placements: Vec<Placement>,
    /// The table `lineage`, row by row.
    pub relations: Vec<Relation>,
    /// Which articles faults of the program kept from being grouped, by their ids.
    pub notes: Vec<Note>,
}

/// One row of the table `lineage`.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// The id of the article that was taken from.
    pub source: String,
    /// The id of the article that took.
    pub derived: String,
    /// What was found.
    pub found: Found,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { grouper: Grouper::new(), kept: Vec::new(), seen: Seen::default(), known: HashSet::new() }
    }
}

impl<T: AsRef<str> + Sync> Rows<T> {
    /// Adds an article; whether it was not there yet.
    pub fn add(&mut self, row: Row, text: T) -> bool {
        let fingerprint = row.fingerprint();
        let new = self.known.insert(fingerprint);
        if new {
            if let Some(trace) = row.trace {
                self.seen.add(&trace.sketch);
                self.kept.push(Kept { fingerprint, trace, text });
            }
            self.grouper.add(row.record);
        }
        new
    }

    /// Adds decisions that stand above everything measured.
    pub fn pin(&mut self, pins: &Pins) {
        self.grouper.pin(pins);
    }

    /// Number of different articles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.grouper.len()
    }

    /// Whether there is no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.grouper.is_empty()
    }

    /// Stories and lineage. Rows that were made without lineage have none.
    #[must_use]
    pub fn tables(mut self) -> Tables {
        let mut placed = std::mem::take(&mut self.grouper).place();
        let numbered = placed.numbered.iter().map(|(of, id)| (*of, &**id)).collect();
        let Traced { relations, links, foreign } = self.trace(&numbered);
        link_placements(&mut placed.placements, &links, |id| !foreign.contains(id));
        Tables { placements: placed.placements, relations, notes: placed.notes }
    }

    /// The lineage of [`Rows::tables`], and what it says of stories, for whoever makes the stories elsewhere
    /// ([`rashomon_group::blocks`]).
    #[must_use]
    pub fn traced(self) -> Traced {
        let numbered = self.grouper.numbered();
        let numbered = numbered.iter().map(|(of, id)| (*of, &**id)).collect();
        self.trace(&numbered)
    }

    /// Lineage alone. Different articles of one id are not numbered: that takes grouping.
    #[must_use]
    pub fn lineage(self) -> Vec<Relation> {
        self.trace(&HashMap::new()).relations
    }

    fn trace(mut self, numbered: &HashMap<u64, &str>) -> Traced {
        // The table has no column for reasons; `collate` gives them.
        let mut finder = Finder::with(std::mem::take(&mut self.seen)).without_reasons();
        for it in &mut self.kept {
            finder.add_marked(&it.trace.card, &std::mem::take(&mut it.trace.sketch), it.fingerprint);
        }
        let kept = &self.kept;
        let declared = Declared::default();
        let article = |n: usize| {
            let Kept { trace, text, .. } = &kept[n];
            (declared.card(n, trace, text.as_ref()), Cow::Borrowed(text.as_ref()))
        };
        let found = finder.find(article, |n| Cow::Borrowed(kept[n].text.as_ref()));
        let id = |n: usize| {
            numbered.get(&kept[n].fingerprint).map_or_else(|| finder.id(n).to_owned(), |it| (*it).to_owned())
        };
        let link = |it: &Crossed| Link {
            pair: (id(it.pair.0), id(it.pair.1)),
            score: it.score,
            rule: it.rule,
            reason: it.words(),
        };
        Traced {
            links: finder.crossed().iter().filter(|it| it.connects()).map(link).collect(),
            foreign: finder.foreign().into_iter().map(id).collect(),
            relations: found
                .into_iter()
                .map(|found| Relation { source: id(found.source), derived: id(found.derived), found })
                .collect(),
        }
    }
}

/// Lineage, and what it says of stories: `link_placements` takes the latter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traced {
    /// The table `lineage`, row by row.
    pub relations: Vec<Relation>,
    /// What connects stories across languages.
    pub links: Vec<Link<String>>,
    /// The ids of articles that are not English.
    pub foreign: HashSet<String>,
}

/// What articles declare, read once: many are held against several others.
#[derive(Default)]
struct Declared(Mutex<HashMap<usize, [Vec<String>; 2]>>);

impl Declared {
    /// The whole card of the article of number `n`.
    fn card(&self, n: usize, trace: &Trace, text: &str) -> Card {
        let mut card = trace.card.clone();
        if let Some(byline) = &trace.byline {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&n).cloned();
            [card.origins, card.credits] = known.unwrap_or_else(|| {
                let names = declared_in(text, byline, card.outlet.as_deref());
                self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(n).or_insert(names).clone()
            });
        }
        card
    }
}

/// The names of the origins and of the agencies that a text declares.
fn declared_in(text: &str, byline: &[String], outlet: Option<&str>) -> [Vec<String>; 2] {
    let (text, byline, outlet) = (text.to_owned(), byline.to_vec(), outlet.map(str::to_owned));
    declared_names(&rashomon_read::declared_sources(&Article { text, byline, outlet, ..Article::default() }))
}
