//! One of two texts, as relating them sees it.

use crate::publishers::host;
use crate::sources;
use crate::words::Words;
use rashomon_model::Moment;

/// One of two texts to hold against each other, with what is known about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Side<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: Words,
    pub(crate) title: Option<&'a str>,
    pub(crate) outlet: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
    pub(crate) published: Option<Moment>,
    pub(crate) updated: Option<Moment>,
    /// Sources it declares as the origin of the whole, in the common form of their names.
    pub(crate) origins: Vec<String>,
    /// Sources it credits for a part.
    pub(crate) credits: Vec<String>,
}

impl Side<'_> {
    /// The agency whose own copy this seems to be: it names no outlet and one agency only.
    pub(crate) fn signature(&self) -> Option<String> {
        match (self.outlet, self.origins.as_slice(), self.credits.as_slice()) {
            (None, [], [only]) => Some(only.clone()),
            _ => None,
        }
    }

    /// The keys under which others may name who published the text: its outlet, and the site it stands on.
    pub(crate) fn keys(&self) -> Vec<String> {
        let site = self.url.and_then(host);
        self.outlet.into_iter().chain(site.as_deref()).map(sources::source_key).collect()
    }

    /// Whether the text was published by the source of this key, by its outlet or its site.
    pub(crate) fn is_of(&self, key: &str) -> bool {
        self.keys().iter().any(|own| own == key)
    }

    /// Whether the text was published by the source of this key, or is signed by it.
    pub(crate) fn is_from(&self, key: &str) -> bool {
        self.is_of(key) || self.signature().as_deref() == Some(key)
    }

    /// Whether it declares one of these keys as a source, for the whole or for a part.
    pub(crate) fn owes(&self, keys: &[String]) -> bool {
        self.origins.iter().chain(&self.credits).any(|it| keys.contains(it))
    }
}
