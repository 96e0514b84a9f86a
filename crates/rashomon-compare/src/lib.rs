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
mod rounding;
pub mod rules;
mod statements;
mod timeline;
mod twins;
mod words;

pub use quotes::{Check, Match, Relation, Verdict, check, may_hold, may_hold_translated};

pub use collation::{
    Amount, Change, ChangeKind, Collation, Conflict, ConflictKind, ConflictValue, Difference, DifferenceKind, Form,
    FormRelation, Framing, Moment, Point, Revision, Status, Term, Touch, Utterance, Voice,
};
pub use points::leans;
pub use polarity::{Stance, stance};
pub use revisions::changes;
pub use timeline::datelines;

use rashomon_annotate::{Annotated, Corpus, Sentence};
use rashomon_group::Story;
use rashomon_language::Language;
use rashomon_lineage::Lineage;
use rashomon_model::{Anchor, ArticleId, ModelFile, Note, Noted, Severity, survive};

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

/// Whether a report's statements are held against those of others, by what English words mean. Of a report in another
/// language, or one that a fault of the program left unread, nobody can say that it leaves something out.
pub(crate) fn is_held(article: &Annotated) -> bool {
    !article.is_unread() && Language::of(article.article.language.as_deref()).is_english()
}

/// The story without the reports that are not held against others, if it has some.
fn held_part(corpus: &Corpus, story: &Story) -> Option<Story> {
    let held = |a: &ArticleId| is_held(corpus.get(*a));
    if story.articles.iter().all(held) {
        return None;
    }
    let mut part = story.clone();
    part.articles.retain(held);
    part.joins.retain(|it| held(&it.article));
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

/// A fault of the program itself costs the part of the answer that it ends, and is told as a note.
fn compared(corpus: &Corpus, story: &Story, weights: &joins::Weights, apart: &[(Anchor, Anchor)]) -> Noted<Collation> {
    let mut notes = too_long(corpus, story);
    let mut parts = Parts { place: place(corpus, story), faults: Vec::new() };
    let lineage = parts.make("who took from whom is not known", || rashomon_lineage::lineage(corpus, &story.articles));
    let lineage = lineage.unwrap_or_else(|| Lineage::unknown(&story.articles));
    let quotes = parts.make("quotations are not joined", || quotes::quotes(corpus, story, &lineage));
    let quotes = quotes.unwrap_or_default();
    let whole = story;
    let english = held_part(corpus, story);
    let story = english.as_ref().unwrap_or(whole);
    let pointed = parts.make("what the reports share, and when it happened, is not known", || {
        let mut vocabulary = meaning::Vocabulary::default();
        let (mut points, likely) = points::points(corpus, story, &mut vocabulary, &lineage, &quotes, weights, apart);
        let timeline = timeline::timeline(corpus, story, &mut vocabulary, &points, &likely);
        timeline::date_conflicts(corpus, &timeline, &mut points);
        conflicts::settle(corpus, &mut points);
        if english.is_some() {
            points::across(corpus, whole, &lineage, &mut points);
        }
        (vocabulary, points, timeline)
    });
    let (mut vocabulary, points, timeline) = pointed.unwrap_or_default();
    let revisions = parts.make("revisions are not known", || revisions::revisions(corpus, &lineage));
    let framed = parts.make("what the reports call things is not known", || {
        (framing::framing(corpus, story, &mut vocabulary, &points), framing::voices(corpus, story))
    });
    let (framing, voices) = framed.unwrap_or_default();
    notes.append(&mut parts.faults);
    let revisions = revisions.unwrap_or_default();
    Noted { output: Collation { lineage, quotes, points, timeline, revisions, framing, voices }, notes }
}

/// Where a story came from, for a note: its first report, and how many more there are.
fn place(corpus: &Corpus, story: &Story) -> String {
    let first = story.articles.first().map_or("", |it| &corpus.get(*it).article.source);
    match story.articles.len() {
        0 | 1 => first.to_owned(),
        2 => format!("{first} and one more report"),
        n => format!("{first} and {} more reports", n - 1),
    }
}

/// The parts of an answer, each made for itself.
struct Parts {
    place: String,
    faults: Vec<Note>,
}

impl Parts {
    /// What `part` gives, or a note that says with `lost` what is missing.
    fn make<T>(&mut self, lost: &str, part: impl FnOnce() -> T) -> Option<T> {
        let made = survive(part);
        made.inspect_err(|fault| self.faults.push(Note::of_fault(&self.place, lost, fault))).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_costs_one_part_of_the_answer_and_nobody_is_said_to_omit_what_was_never_read() {
        rashomon_model::survive_faults();
        let mut parts = Parts { place: "a.txt".into(), faults: Vec::new() };
        assert_eq!(parts.make("points are not known", || -> usize { panic!("odd") }), None);
        assert_eq!(parts.make("quotations are not joined", || 3), Some(3));
        assert!(
            matches!(&parts.faults[..], [it] if it.message.starts_with("points are not known: ")),
            "{:?}",
            parts.faults
        );

        let article = |id: &str, text: &str| rashomon_model::Article {
            id: id.into(),
            digest: id.into(),
            text: text.into(),
            ..Default::default()
        };
        let text = "The northern lock at Tarvel failed on 4 May 2031. Nine barges ran aground behind it.";
        let read = |it| rashomon_annotate::annotate(it).output;
        let unread = Annotated::new(article("c", text));
        let corpus = Corpus::new(vec![read(article("a", text)), read(article("b", text)), unread]).output;
        let story = rashomon_group::group(&corpus).output.into_iter().find(|it| it.articles.len() == 3).unwrap();
        let found = compare(&corpus, &story).output;
        let [_, _, c] = story.articles[..] else { panic!() };
        assert!(!found.points.is_empty());
        for point in &found.points {
            assert!(!point.omitted.contains(&c), "{point:?}");
        }
    }
}
