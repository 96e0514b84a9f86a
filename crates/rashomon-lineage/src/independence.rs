//! How many of the reports are accounts of their own?
//!
//! A range: certain dependence (versions, reprints, rewrites, one declared origin) joins accounts for the upper end; every
//! sign of dependence (passages, common source, shared credits, one owner) joins them for the lower end.

use crate::{Independence, Kind, Owners, Relation, source_key};
use rashomon_annotate::Corpus;
use rashomon_model::ArticleId;
use std::collections::BTreeMap;

/// The range of independent accounts among `articles`, and the accounts themselves by certain dependence. Articles of one
/// owner may be one account.
#[must_use]
pub fn independence(corpus: &Corpus, articles: &[ArticleId], relations: &[Relation], owners: &Owners) -> Independence {
    let mut certain = Sets::new(articles.len());
    let mut any = Sets::new(articles.len());
    let place = |a: ArticleId| articles.iter().position(|x| *x == a);
    let mut by_source: Vec<(String, bool, usize)> = Vec::new();
    for r in relations {
        let Some(derived) = place(r.derived) else { continue };
        if let Some(source) = r.source.and_then(place) {
            if makes_one_account(r) {
                certain.join(source, derived);
            }
            any.join(source, derived);
        } else if let Some(name) = &r.source_name {
            by_source.push((source_key(name), r.kind != Kind::Credit, derived));
        }
    }
    by_source.sort();
    for (n, (key, whole, derived)) in by_source.iter().enumerate() {
        for (other_key, other_whole, other) in by_source[..n].iter().rev() {
            if other_key != key {
                break;
            }
            if *whole && *other_whole {
                certain.join(*other, *derived);
            }
            any.join(*other, *derived);
        }
    }
    let mut owned: BTreeMap<&str, Vec<ArticleId>> = BTreeMap::new();
    for id in articles {
        if let Some(owner) = owners.owner(&corpus.get(*id).article) {
            owned.entry(owner).or_default().push(*id);
        }
    }
    owned.retain(|_, ids| ids.len() > 1);
    for pair in owned.values().flat_map(|ids| ids.windows(2)) {
        if let (Some(x), Some(y)) = (place(pair[0]), place(pair[1])) {
            any.join(x, y);
        }
    }
    let sets = certain.sets();
    Independence {
        owners: owned.into_iter().map(|(owner, ids)| (owner.to_owned(), ids)).collect(),
        low: any.sets().len(),
        high: sets.len(),
        accounts: sets.into_iter().map(|s| s.into_iter().map(|n| articles[n]).collect()).collect(),
    }
}

/// Whether two related articles are certainly one account: the whole of one comes from the other.
fn makes_one_account(r: &Relation) -> bool {
    matches!(r.kind, Kind::Revision | Kind::Reprint)
        || (r.kind == Kind::Rewrite && r.rule == "same-text-other-words")
        || (r.kind == Kind::Translation && r.directed)
}

/// Disjoint sets over `0..n`; the smallest member stands for each.
pub(crate) struct Sets(Vec<usize>);

impl Sets {
    pub(crate) fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    pub(crate) fn find(&mut self, n: usize) -> usize {
        let mut root = n;
        while self.0[root] != root {
            root = self.0[root];
        }
        let mut at = n;
        while self.0[at] != root {
            at = std::mem::replace(&mut self.0[at], root);
        }
        root
    }

    pub(crate) fn join(&mut self, x: usize, y: usize) {
        let (x, y) = (self.find(x), self.find(y));
        self.0[x.max(y)] = x.min(y);
    }

    /// The sets, each in order, in order of their first members.
    pub(crate) fn sets(&mut self) -> Vec<Vec<usize>> {
        let n = self.0.len();
        let mut out: Vec<Vec<usize>> = vec![Vec::new(); n];
        for k in 0..n {
            out[self.find(k)].push(k);
        }
        out.retain(|s| !s.is_empty());
        out
    }
}
