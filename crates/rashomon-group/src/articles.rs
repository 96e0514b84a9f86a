//! The annotated articles of a comparison to stories, each join with its reasons.

use crate::candidates::nearest;
use crate::grouper::probability;
use crate::linkage::Limits;
use crate::pins::Resolved;
use crate::regions::Field;
use crate::rules;
use crate::why::explain;
use crate::{Join, Light, Record, Story, Weights};
use rashomon_annotate::Corpus;
use rashomon_model::ArticleId;

/// The stories of a corpus, the oldest first, each article in exactly one.
#[must_use]
pub fn group(corpus: &Corpus) -> Vec<Story> {
    let mut records: Vec<(Record, ArticleId)> =
        corpus.iter().map(|(id, it)| (Record::of(&Light::from(&it.article)), id)).collect();
    records.sort_by(|a, b| a.0.order().cmp(&b.0.order()));
    let (records, ids): (Vec<Record>, Vec<ArticleId>) = records.into_iter().unzip();
    let mut weights = Weights::shipped();
    if records.len() <= HANDFUL {
        weights.threshold += CHOSEN;
    }
    let near = nearest(&records);
    let (limits, pins) = (Limits::of(&weights), Resolved::default());
    let field = Field { records: &records, near: &near, weights: &weights, limits, pins: &pins };
    let found = field.groups(&field.all(), |it| it.log_odds >= weights.threshold);
    found
        .groups
        .iter()
        .map(|members| {
            let article = |n: u32| &corpus.get(ids[n as usize]).article;
            let join = |n: &u32| {
                let (nearest, log_odds) = found.surest.get(n).copied().unwrap_or((members[0], 0.0));
                Join {
                    article: ids[*n as usize],
                    nearest: ids[nearest as usize],
                    score: probability(f64::from(log_odds)),
                    rule: rules::SAME_EVENT,
                    reasons: explain(&article(*n).into(), &article(nearest).into()),
                }
            };
            Story {
                id: article(members[0]).id.clone(),
                articles: members.iter().map(|n| ids[*n as usize]).collect(),
                joins: members.iter().skip(1).map(join).collect(),
            }
        })
        .collect()
}

/// So few articles somebody chose to compare, and most choose reports of one event.
const HANDFUL: usize = 12;
/// What is added to the log-odds that joins ask for among them: a third instead of a half. `models/linkage.md` has what it does.
const CHOSEN: f64 = -0.7;
