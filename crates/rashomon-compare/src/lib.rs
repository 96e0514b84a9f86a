//! What the reports of one story say, together and against each other.

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
mod timeline;

pub use quotes::{Check, Match, Relation, Verdict, check, may_hold};

pub use collation::{
    Change, ChangeKind, Collation, Conflict, ConflictKind, ConflictValue, Difference, DifferenceKind, Form,
    FormRelation, Framing, Moment, Point, Revision, Status, Term, Touch, Utterance, Voice,
};
pub use polarity::{Stance, stance};
pub use revisions::changes;
pub use timeline::datelines;

use rashomon_annotate::Corpus;
use rashomon_group::Story;
use rashomon_model::{ModelFile, Noted};

/// The models of this stage.
#[must_use]
pub fn models() -> Vec<ModelFile> {
    vec![joins::model_file(), meaning::model_file(), meaning::words_file()]
}

/// The full comparison of one story.
#[must_use]
pub fn compare(corpus: &Corpus, story: &Story) -> Noted<Collation> {
    compare_with(corpus, story, joins::Weights::stored())
}

/// The same with other weights for what reports state in common, for measuring them.
#[must_use]
pub fn compare_with(corpus: &Corpus, story: &Story, weights: &joins::Weights) -> Noted<Collation> {
    let lineage = rashomon_lineage::lineage(corpus, &story.articles);
    let quotes = quotes::quotes(corpus, story, &lineage);
    let mut vocabulary = meaning::Vocabulary::default();
    let mut points = points::points(corpus, story, &mut vocabulary, &lineage, &quotes, weights);
    let timeline = timeline::timeline(corpus, story, &mut vocabulary, &points);
    timeline::date_conflicts(corpus, &timeline, &mut points);
    conflicts::settle(&mut points);
    let revisions = revisions::revisions(corpus, &lineage);
    let framing = framing::framing(corpus, story, &mut vocabulary, &points);
    let voices = framing::voices(corpus, story);
    Noted::quiet(Collation { lineage, quotes, points, timeline, revisions, framing, voices })
}
