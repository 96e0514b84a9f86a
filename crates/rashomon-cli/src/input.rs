//! Inputs to articles: read ahead on one thread, worked on by all, handed on in the order of input.

use crate::console::Console;
use crate::exit::Failure;
use crate::source::{self, Source};
use rashomon::model::{Article, Noted};
use rashomon::read::{self, Error, Record};
use rayon::prelude::*;
use std::ffi::OsString;
use std::sync::mpsc::{SyncSender, sync_channel};

/// Records that are worked on together: enough to keep all threads busy, few enough to stay small.
const BATCH_RECORDS: usize = 256;
/// Bytes after which a batch is closed.
const BATCH_BYTES: usize = 8 << 20;

/// Calls `make` for every article on all threads, and `take` for every result in the order of input.
///
/// Only a few batches are in memory at any time. Records that cannot be read are named on the console.
/// Fails if there is no article at all, or if `take` fails.
pub(crate) fn each<T: Send>(
    inputs: &[OsString],
    console: &mut Console,
    make: impl Fn(Article) -> Noted<T> + Sync,
    take: impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    each_read(inputs, console, read::article, make, take)
}

/// The same, with a reader of records that may be a cheaper one.
pub(crate) fn each_read<T: Send>(
    inputs: &[OsString],
    console: &mut Console,
    reader: impl Fn(&Record) -> Noted<Option<Article>> + Sync,
    make: impl Fn(Article) -> Noted<T> + Sync,
    take: impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    each_source(inputs, console, 1, |source| made(source, &reader, &make), take)
}

/// The same for records as they are: `make` reads them, `ahead` batches before they are taken.
pub(crate) fn each_source<T: Send>(
    inputs: &[OsString],
    console: &mut Console,
    ahead: usize,
    make: impl Fn(Source) -> Noted<Option<T>> + Sync,
    mut take: impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut articles = 0;
    std::thread::scope(|scope| {
        let (sender, batches) = sync_channel::<Vec<Result<Source, Error>>>(2);
        scope.spawn(move || read_ahead(inputs, &sender));
        // What is made of the next batch is made while this one is taken.
        let (done, results) = sync_channel(ahead);
        let make = &make;
        scope.spawn(move || {
            for batch in batches {
                let bytes: usize = batch.iter().flatten().map(|it| it.record.bytes.len() + 1).sum();
                let made: Vec<_> = batch.into_par_iter().map(|it| it.map(make)).collect();
                if done.send((made, bytes)).is_err() {
                    return;
                }
            }
        });
        for (made, bytes) in results {
            console.advance(made.len(), bytes);
            for it in made {
                match it {
                    Err(error) => console.omitted(&error.to_string()),
                    Ok(it) => {
                        it.notes.iter().for_each(|n| console.note(n));
                        if let Some(output) = it.output {
                            articles += 1;
                            take(output)?;
                        }
                    }
                }
            }
        }
        Ok(())
    })?;
    if articles == 0 { Err(Failure::nothing("no article in the input")) } else { Ok(()) }
}

/// All articles of the inputs, in the order of input.
pub(crate) fn articles(inputs: &[OsString], console: &mut Console) -> Result<Vec<Article>, Failure> {
    let mut all = Vec::new();
    console.doing("reading");
    each(inputs, console, Noted::quiet, |it| {
        all.push(it);
        Ok(())
    })?;
    Ok(all)
}

fn made<T>(
    source: Source,
    reader: impl Fn(&Record) -> Noted<Option<Article>>,
    make: impl Fn(Article) -> Noted<T>,
) -> Noted<Option<T>> {
    // That a page was taken down is news of it, and no article.
    if source.is_gone() {
        return Noted::quiet(None);
    }
    let Source { record, url, .. } = source;
    let Noted { output, mut notes } = reader(&record);
    let output = output.map(|mut article| {
        article.url = article.url.or(url);
        source::complete(&mut article);
        let it = make(article);
        notes.extend(it.notes);
        it.output
    });
    Noted { output, notes }
}

/// Sends batches until the inputs or the interest in them end.
fn read_ahead(inputs: &[OsString], sender: &SyncSender<Vec<Result<Source, Error>>>) {
    let mut batch = Vec::new();
    let mut bytes = 0;
    for source in inputs.iter().flat_map(|input| source::open(input)) {
        bytes += source.as_ref().map_or(0, |it| it.record.bytes.len());
        batch.push(source);
        if batch.len() >= BATCH_RECORDS || bytes >= BATCH_BYTES {
            bytes = 0;
            if sender.send(std::mem::take(&mut batch)).is_err() {
                return;
            }
        }
    }
    let _ = sender.send(batch);
}
