//! What inputs are opened with: the readers of other kinds and the net, as far as they are built in.

use rashomon::read::Error;
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
    pub(crate) net: crate::watch::NetArgs,
}

static HOW: OnceLock<How> = OnceLock::new();

/// Says how inputs are opened from now on.
pub(crate) fn configure(how: How) {
    let _ = HOW.set(how);
}

type Sources = Box<dyn Iterator<Item = Result<Source, Error>> + Send>;

/// The sources of an input.
pub(crate) fn open(input: &str) -> Sources {
    let how = HOW.get_or_init(How::default);
    #[cfg(feature = "watch")]
    if input.starts_with("http://") || input.starts_with("https://") {
        return fetched(input, how);
    }
    records(input, how).unwrap_or_else(|e| Box::new(std::iter::once(Err(e))))
}

#[cfg(feature = "inputs")]
fn records(input: &str, how: &How) -> Result<Sources, Error> {
    rashomon_inputs::records(input, &how.options)
}

#[cfg(not(feature = "inputs"))]
fn records(input: &str, how: &How) -> Result<Sources, Error> {
    Ok(Box::new(
        rashomon::read::records_within(input, how.largest)?.map(|it| it.map(|record| Source { record, url: None })),
    ))
}

/// What stands at an address.
#[cfg(feature = "watch")]
fn fetched(input: &str, how: &How) -> Sources {
    let settings = how.net.over(rashomon_watch::Settings::default());
    let fetcher = match crate::watch::fetcher(&settings) {
        Ok(it) => it,
        Err(e) => return Box::new(std::iter::once(Err(Error::said(input, e)))),
    };
    let all = rashomon_watch::Once::new(&fetcher, settings.pause()).sources(input, &how.options);
    Box::new(all.into_iter())
}
