//! The annotated articles of a comparison to stories, each join with its reasons.

use crate::candidates::nearest;
use crate::faults::{Before, Faults, NOTHING};
use crate::grouper::probability;
use crate::linkage::Limits;
use crate::pins::Resolved;
use crate::regions::Field;
use crate::rules;
use crate::why::explain;
use crate::{Join, Record, Story, Weights};
use rashomon_annotate::Corpus;
use rashomon_model::{Article, ArticleId, Note, Noted, survive};

/// The stories of a corpus, the oldest first, each article in exactly one.
///
/// A fault of the program itself costs one article its place among the others, or two what they share, and is told as a note.
#[must_use]
pub fn group(corpus: &Corpus) -> Noted<Vec<Story>> {
    group_with(corpus, NOTHING)
}

/// The same, with what is called with each article (twice) before it is looked for, and with two before they are compared: a
/// test puts a fault there.
fn group_with(corpus: &Corpus, before: Before<'_>) -> Noted<Vec<Story>> {
    let mut notes = Vec::new();
    let mut keyed = |id: ArticleId, it: &Article| {
        let Noted { output, notes: said } = Record::keyed(&it.into(), &it.source);
        notes.extend(said);
        (output, id)
    };
    let mut records: Vec<(Record, ArticleId)> = corpus.iter().map(|(id, it)| keyed(id, &it.article)).collect();
    // Of reports of one time, the one that was updated since stands behind.
    let stood = |id: ArticleId| corpus.get(id).article.updated.map(|it| it.at);
    records.sort_by(|a, b| {
        let at = |it: &Record| it.order().0;
        at(&a.0).cmp(&at(&b.0)).then_with(|| stood(a.1).cmp(&stood(b.1))).then_with(|| a.0.order().cmp(&b.0.order()))
    });
    let (records, ids): (Vec<Record>, Vec<ArticleId>) = records.into_iter().unzip();
    let mut weights = Weights::shipped();
    if records.len() <= HANDFUL {
        weights.threshold += CHOSEN;
    }
    let faults = Faults::new(before);
    let near = nearest(&records, &faults);
    let (limits, pins) = (Limits::of(&weights), Resolved::default());
    let field = Field { records: &records, near: &near, weights: &weights, limits, pins: &pins, faults: &faults };
    let found = field.groups(&field.all(), |it| it.log_odds >= weights.threshold);
    let article = |n: u32| &corpus.get(ids[n as usize]).article;
    let stories = found
        .groups
        .iter()
        .map(|members| {
            let join = |n: &u32| {
                let (nearest, log_odds) = found.surest.get(n).copied().unwrap_or((members[0], 0.0));
                Join {
                    article: ids[*n as usize],
                    nearest: ids[nearest as usize],
                    score: probability(f64::from(log_odds)),
                    rule: rules::SAME_EVENT,
                    reasons: survive(|| explain(&article(*n).into(), &article(nearest).into())).unwrap_or_else(
                        |fault| {
                            let lost = "why it is in its story is not told";
                            notes.push(Note::of_fault(&article(*n).source, lost, &fault));
                            Vec::new()
                        },
                    ),
                }
            };
            Story {
                id: article(members[0]).id.clone(),
                articles: members.iter().map(|n| ids[*n as usize]).collect(),
                joins: members.iter().skip(1).map(join).collect(),
            }
        })
        .collect();
    notes.extend(faults.notes(|n| article(n).source.clone()));
    Noted { output: stories, notes }
}

/// So few articles somebody chose to compare, and most choose reports of one event.
const HANDFUL: usize = 12;
/// What is added to the log-odds that joins ask for among them: a third instead of a half. `models/linkage.md` has what it does.
const CHOSEN: f64 = -0.7;

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_annotate::annotate;

    #[test]
    fn a_fault_costs_a_report_its_story_and_says_where_it_is_from() {
        rashomon_model::survive_faults();
        let text = "The northern lock at Tarvel failed on 4 May 2031, and nine barges ran aground behind it.";
        let article = |id: &str| Article {
            id: id.into(),
            source: format!("{id}.txt"),
            text: format!("{text} Paper {id} saw it."),
            ..Article::default()
        };
        let read = |id| annotate(article(id)).output;
        let corpus = Corpus::new(vec![read("a"), read("b"), read("c")]).output;
        let sound = group(&corpus);
        assert!(sound.output.len() == 1 && sound.notes.is_empty(), "{sound:?}");
        let found = group_with(&corpus, &|a, b| assert!(a.id() != "b" || b.id() != "b", "no such word"));
        let ids: Vec<(&str, usize)> = found.output.iter().map(|it| (it.id.as_str(), it.articles.len())).collect();
        assert_eq!(ids, [("a", 2), ("b", 1)]);
        let [note] = &found.notes[..] else { panic!("{:?}", found.notes) };
        assert!(note.place == "b.txt" && note.message.contains("no such word"), "{note:?}");
    }
}
