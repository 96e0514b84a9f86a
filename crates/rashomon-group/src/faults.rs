//! Faults of the program itself, met while articles are held against each other.
//!
//! Each article is looked for, and each pair compared, for itself: what a fault ends is that one answer. An article that could
//! not be looked for is compared with nobody and is a story of its own; two that could not be compared are not joined for what
//! they share. Both depend on the articles alone, so the stories are the same whatever the order, the threads or the runs.

use crate::record::Record;
use rashomon_model::{Fault, Note, survive};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// What is called with an article, given twice, before it is looked for, and with two before they are compared; a test puts a
/// fault there.
pub(crate) type Before<'a> = &'a (dyn Fn(&Record, &Record) + Sync);

/// Does nothing before that.
pub(crate) const NOTHING: Before<'static> = &|_, _| {};

/// The faults of a run.
pub(crate) struct Faults<'a> {
    before: Before<'a>,
    met: Mutex<BTreeMap<Met, Fault>>,
}

/// With what a fault was met, articles by their numbers in order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Met {
    /// While an article was looked for.
    Alone(u32),
    /// While two articles, or the clusters that begin with them, were compared.
    Pair(u32, u32),
    /// While a part of all articles was put together: its first article and how many there are.
    Part(u32, usize),
}

impl<'a> Faults<'a> {
    pub(crate) fn new(before: Before<'a>) -> Self {
        Self { before, met: Mutex::default() }
    }

    /// What `look` finds of article `n`.
    pub(crate) fn alone<T>(&self, records: &[Record], n: u32, look: impl FnOnce() -> T) -> Option<T> {
        self.keep(Met::Alone(n), || {
            (self.before)(&records[n as usize], &records[n as usize]);
            look()
        })
    }

    /// What `compare` says of articles `n` and `m`, or of the clusters that begin with them.
    pub(crate) fn pair<T>(&self, records: &[Record], n: u32, m: u32, compare: impl FnOnce() -> T) -> Option<T> {
        let (n, m) = (n.min(m), n.max(m));
        self.keep(Met::Pair(n, m), || {
            (self.before)(&records[n as usize], &records[m as usize]);
            compare()
        })
    }

    /// What `put` makes of several articles.
    pub(crate) fn part<T>(&self, articles: &[u32], put: impl FnOnce() -> T) -> Option<T> {
        self.keep(Met::Part(articles.first().copied().unwrap_or_default(), articles.len()), put)
    }

    fn keep<T>(&self, at: Met, work: impl FnOnce() -> T) -> Option<T> {
        survive(work).map_err(|fault| self.met(at, fault)).ok()
    }

    fn met(&self, at: Met, fault: Fault) {
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = met.entry(at).or_insert_with(|| fault.clone());
        // Of several at one place the same one in every run.
        if fault.to_string() < kept.to_string() {
            *kept = fault;
        }
    }

    /// The faults as notes, in order; `name` says where an article is from. Of pairs the article is named that is in most of
    /// them: what cannot be compared with one may not be comparable with any.
    pub(crate) fn notes(&self, name: impl Fn(u32) -> String) -> Vec<Note> {
        let met = std::mem::take(&mut *self.met.lock().unwrap_or_else(PoisonError::into_inner));
        let mut notes = Vec::new();
        let mut pairs: Vec<((u32, u32), Fault)> = Vec::new();
        for (at, fault) in met {
            let mut say = |n: u32, lost: &str| notes.push(Note::of_fault(&name(n), lost, &fault));
            match at {
                Met::Alone(n) => say(n, "could not be grouped and stands alone"),
                Met::Part(n, all) => say(n, &format!("could not be grouped{}, and each stands alone", and_more(all))),
                Met::Pair(n, m) => pairs.push(((n, m), fault)),
            }
        }
        while !pairs.is_empty() {
            let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
            pairs.iter().flat_map(|it| [it.0.0, it.0.1]).for_each(|n| *counts.entry(n).or_default() += 1);
            let most = counts.values().copied().max().unwrap_or_default();
            let Some(worst) = counts.iter().find(|it| *it.1 == most).map(|it| *it.0) else { break };
            let (of_it, rest): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|it| it.0.0 == worst || it.0.1 == worst);
            let ((n, m), fault) = &of_it[0];
            let other = name(if *n == worst { *m } else { *n });
            let lost = format!("could not be held against {other}{}", and_more(of_it.len()));
            notes.push(Note::of_fault(&name(worst), &lost, fault));
            pairs = rest;
        }
        notes.sort();
        notes
    }
}

/// What stands behind the name of the first of `all` reports.
fn and_more(all: usize) -> String {
    match all {
        0 | 1 => String::new(),
        2 => " and one more report".to_owned(),
        _ => format!(" and {} more reports", all - 1),
    }
}
