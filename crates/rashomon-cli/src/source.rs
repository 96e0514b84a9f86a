//! What inputs are opened with: the readers of other kinds and the net, as far as they are built in.

use rashomon::model::{Article, Moment};
use rashomon::read::Error;
use std::ffi::OsStr;
use std::sync::OnceLock;

#[cfg(feature = "inputs")]
pub(crate) use rashomon_inputs::Source;

/// A record, and where it was retrieved.
#[cfg(not(feature = "inputs"))]
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The record.
    pub(crate) record: rashomon::read::Record,
    /// Where it was retrieved: nothing that is not built in can tell.
    pub(crate) url: Option<String>,
}

#[cfg(not(feature = "inputs"))]
impl Source {
    /// Whether it says that a page was taken down: only web archives do.
    pub(crate) fn is_gone(&self) -> bool {
        false
    }
}

/// How inputs are opened.
#[derive(Debug, Default)]
pub(crate) struct How {
    #[cfg(not(feature = "inputs"))]
    pub(crate) largest: u64,
    #[cfg(feature = "inputs")]
    pub(crate) options: rashomon_inputs::Options,
    #[cfg(feature = "watch")]
    pub(crate) net: crate::net::NetArgs,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<Moment>,
}

static HOW: OnceLock<How> = OnceLock::new();

/// Says how inputs are opened from now on.
pub(crate) fn configure(how: How) {
    let _ = HOW.set(how);
}

type Sources = Box<dyn Iterator<Item = Result<Source, Error>> + Send>;

/// What was said of articles that do not say it themselves: who published them, and when.
pub(crate) fn complete(article: &mut Article) {
    let how = HOW.get_or_init(How::default);
    if article.outlet.is_none() {
        article.outlet.clone_from(&how.outlet);
    }
    if article.dateline().is_none() {
        article.published = how.published;
    }
}

/// The sources of an input.
pub(crate) fn open(input: &OsStr) -> Sources {
    let how = HOW.get_or_init(How::default);
    #[cfg(feature = "watch")]
    if let Some(address) = input.to_str().filter(|it| it.starts_with("http://") || it.starts_with("https://")) {
        return fetched(address, how);
    }
    records(input, how).unwrap_or_else(|e| Box::new(std::iter::once(Err(e))))
}

#[cfg(feature = "inputs")]
fn records(input: &OsStr, how: &How) -> Result<Sources, Error> {
    rashomon_inputs::records(input, &how.options)
}

#[cfg(not(feature = "inputs"))]
fn records(input: &OsStr, how: &How) -> Result<Sources, Error> {
    Ok(Box::new(
        rashomon::read::records_within(input, how.largest)?.map(|it| it.map(|record| Source { record, url: None })),
    ))
}

/// What stands at an address.
#[cfg(feature = "watch")]
fn fetched(input: &str, how: &How) -> Sources {
    let settings = how.net.over(rashomon_watch::Settings::default());
    let fetcher = match crate::net::fetcher(&settings) {
        Ok(it) => it,
        Err(e) => return Box::new(std::iter::once(Err(Error::said(input, e)))),
    };
    let all = rashomon_watch::Once::new(&fetcher, settings.pause()).sources(input, &how.options);
    Box::new(all.into_iter())
}
