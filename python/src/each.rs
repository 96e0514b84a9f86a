//! Sources to articles: read ahead on one thread, worked on by all, handed on in order.

use crate::input::{Input, Item, TableRow};
use crate::work::Watch;
use rashomon::model::{Article, Note, Noted, Severity};
use rashomon::read::{Error, Record};
use rayon::prelude::*;
use std::sync::mpsc::sync_channel;

/// Records that are worked on together: enough to keep all threads busy, few enough to stay small.
const BATCH_RECORDS: usize = 256;
/// Bytes after which a batch is closed.
const BATCH_BYTES: usize = 8 << 20;

/// Calls `make` for every article on all threads, and `take` for every result in order, as long as it wants more.
/// Returns what there is to say.
pub(crate) fn each<T: Send>(
    inputs: Vec<Input>,
    watch: &Watch,
    reader: impl Fn(&Record) -> Noted<Option<Article>> + Sync,
    make: impl Fn(Article, Option<TableRow>) -> Noted<T> + Sync,
    mut take: impl FnMut(T) -> bool,
) -> Vec<Note> {
    let mut notes = Vec::new();
    std::thread::scope(|scope| {
        let (sender, batches) = sync_channel::<Vec<Result<Item, Error>>>(2);
        scope.spawn(move || {
            let mut batch = Vec::new();
            let mut bytes = 0;
            for item in inputs.into_iter().flat_map(Input::items) {
                bytes += item.as_ref().map_or(0, |it| it.source.record.bytes.len());
                batch.push(item);
                if batch.len() >= BATCH_RECORDS || bytes >= BATCH_BYTES {
                    bytes = 0;
                    if sender.send(std::mem::take(&mut batch)).is_err() {
                        return;
                    }
                }
            }
            let _ = sender.send(batch);
        });
        for batch in batches {
            if watch.is_cancelled() {
                return;
            }
            let length = batch.len();
            let made: Vec<_> = batch.into_par_iter().map(|it| it.map(|it| one(it, &reader, &make))).collect();
            watch.advance(length);
            for it in made {
                match it {
                    Err(e) => notes.push(left_out(&e)),
                    Ok(it) => {
                        notes.extend(it.notes);
                        if it.output.is_some_and(|it| !take(it)) {
                            return;
                        }
                    }
                }
            }
        }
    });
    notes
}

/// All articles.
pub(crate) fn all(inputs: Vec<Input>, watch: &Watch) -> Noted<Vec<Article>> {
    let mut output = Vec::new();
    let notes = each(
        inputs,
        watch,
        rashomon::read::article,
        |it, _| Noted::quiet(it),
        |it| {
            output.push(it);
            true
        },
    );
    Noted { output, notes }
}

fn one<T>(
    item: Item,
    reader: impl Fn(&Record) -> Noted<Option<Article>>,
    make: impl Fn(Article, Option<TableRow>) -> Noted<T>,
) -> Noted<Option<T>> {
    let Item { source, row } = item;
    // That a page was taken down is news of it, and no article.
    if source.is_gone() {
        return Noted::quiet(None);
    }
    let Noted { output, mut notes } = reader(&source.record);
    let output = output.map(|mut article| {
        article.url = article.url.or(source.url);
        let it = make(article, row);
        notes.extend(it.notes);
        it.output
    });
    Noted { output, notes }
}

fn left_out(e: &Error) -> Note {
    let said = e.to_string();
    let message = said.strip_prefix(e.place()).and_then(|it| it.strip_prefix(": ")).unwrap_or(&said);
    Note { place: e.place().to_owned(), message: message.to_owned(), rule: "not-read", severity: Severity::Omitted }
}
