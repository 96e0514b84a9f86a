//! What the reports of one story say, together and against each other.

mod aligned;
mod cluster;
mod collation;
mod conflicts;
mod framing;
pub mod joins;
pub mod meaning;
mod points;
mod polarity;
mod quotes;
mod revisions;
pub mod rules;
mod statements;
mod timeline;
mod words;

pub use quotes::{Check, Match, Relation, Verdict, check, may_hold, may_hold_translated};

pub use collation::{
    Amount, Change, ChangeKind, Collation, Conflict, ConflictKind, ConflictValue, Difference, DifferenceKind, Form,
    FormRelation, Framing, Moment, Point, Revision, Status, Term, Touch, Utterance, Voice,
};
pub use polarity::{Stance, stance};
pub use revisions::changes;
pub use timeline::datelines;

use rashomon_annotate::{Annotated, Corpus, Sentence};
use rashomon_group::Story;
use rashomon_language::Language;
use rashomon_model::{Anchor, ArticleId, ModelFile, Note, Noted, Severity};

/// The models of this stage.
#[must_use]
pub fn models() -> Vec<ModelFile> {
    vec![joins::model_file(), meaning::model_file(), meaning::words_file()]
}

/// The pairs of the sentences of a story that are worth judging, with their measures, for training.
#[must_use]
pub fn pairs(corpus: &Corpus, story: &Story) -> joins::Field {
    let lineage = rashomon_lineage::lineage(corpus, &story.articles);
    points::field(corpus, story, &quotes::quotes(corpus, story, &lineage))
}

/// The story without its reports in other languages, if it has some: statements are held against each other by what English
/// words mean, and of a report in another language nobody can say that it leaves something out.
fn in_english(corpus: &Corpus, story: &Story) -> Option<Story> {
    let english = |a: &ArticleId| Language::of(corpus.get(*a).article.language.as_deref()).is_english();
    if story.articles.iter().all(english) {
        return None;
    }
    let mut part = story.clone();
    part.articles.retain(english);
    part.joins.retain(|it| english(&it.article));
    Some(part)
}

/// Sentences of one report that are held against those of others, and bytes of them: ten times the longest reports of a pool
/// of 37,554. What is compared is compared with everything else.
const MOST_SENTENCES: usize = 3_000;
const MOST_BYTES: usize = 500_000;

/// The sentences of a report that are compared.
pub(crate) fn reached(article: &Annotated) -> &[Sentence] {
    let all = &article.sentences[..article.sentences.len().min(MOST_SENTENCES)];
    &all[..all.partition_point(|s| s.span.end() <= MOST_BYTES)]
}

/// Says of which reports only the beginning is compared.
fn too_long(corpus: &Corpus, story: &Story) -> Vec<Note> {
    let note = |id: &ArticleId| {
        let it = corpus.get(*id);
        let (part, whole) = (reached(it).len(), it.sentences.len());
        (part < whole).then(|| Note {
            place: it.article.source.clone(),
            message: format!("of {whole} sentences the first {part} were held against other reports"),
            rule: "long-report",
            severity: Severity::Warning,
        })
    };
    story.articles.iter().filter_map(note).collect()
}

/// The full comparison of one story.
#[must_use]
pub fn compare(corpus: &Corpus, story: &Story) -> Noted<Collation> {
    compare_with(corpus, story, joins::Weights::stored())
}

/// The same where a person has said of pairs of places that they do not state the same: these are never joined.
#[must_use]
pub fn compare_apart(corpus: &Corpus, story: &Story, apart: &[(Anchor, Anchor)]) -> Noted<Collation> {
    compared(corpus, story, joins::Weights::stored(), apart)
}

/// The same with other weights for what reports state in common, for measuring them.
#[must_use]
pub fn compare_with(corpus: &Corpus, story: &Story, weights: &joins::Weights) -> Noted<Collation> {
    compared(corpus, story, weights, &[])
}

fn compared(corpus: &Corpus, story: &Story, weights: &joins::Weights, apart: &[(Anchor, Anchor)]) -> Noted<Collation> {
    let lineage = rashomon_lineage::lineage(corpus, &story.articles);
    let quotes = quotes::quotes(corpus, story, &lineage);
    let whole = story;
    let english = in_english(corpus, story);
    let story = english.as_ref().unwrap_or(whole);
    let mut vocabulary = meaning::Vocabulary::default();
    let (mut points, likely) = points::points(corpus, story, &mut vocabulary, &lineage, &quotes, weights, apart);
    let timeline = timeline::timeline(corpus, story, &mut vocabulary, &points, &likely);
    timeline::date_conflicts(corpus, &timeline, &mut points);
    conflicts::settle(&mut points);
    if english.is_some() {
        points::across(corpus, whole, &lineage, &mut points);
    }
    let revisions = revisions::revisions(corpus, &lineage);
    let framing = framing::framing(corpus, story, &mut vocabulary, &points);
    let voices = framing::voices(corpus, story);
    let notes = too_long(corpus, whole);
    Noted { output: Collation { lineage, quotes, points, timeline, revisions, framing, voices }, notes }
}
