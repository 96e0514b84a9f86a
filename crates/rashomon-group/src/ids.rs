//! By what articles are told apart: their place in the order of all, and the number behind an id that several share.

use crate::record::Record;
use rayon::prelude::*;

/// An article by what its place in the order of all articles depends on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// Seconds since 1970; the last moment there is for an article without one.
    pub at: i64,
    /// Its id, as given.
    pub id: Box<str>,
    /// Of what it holds.
    pub digest: u64,
    /// [`Record::fingerprint`].
    pub fingerprint: u64,
}

impl Name {
    /// The name of an article.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let (at, id, digest) = record.order();
        Self { at, id: id.into(), digest, fingerprint: record.fingerprint() }
    }
}

/// The numbers of the articles that share their id with others and are not the first of them, by fingerprint: what stands
/// behind `#`. All articles of an id must be among `names`.
#[must_use]
pub fn numbered(mut names: Vec<Name>) -> Vec<(u64, u32)> {
    names.par_sort_unstable_by(|p, q| (&p.id, p.at, p.digest).cmp(&(&q.id, q.at, q.digest)));
    names.dedup_by_key(|it| it.fingerprint);
    let of_id = |it: &[Name]| (2_u32..).zip(&it[1..]).map(|(n, it)| (it.fingerprint, n)).collect::<Vec<_>>();
    names.chunk_by(|p, q| p.id == q.id).flat_map(of_id).collect()
}
