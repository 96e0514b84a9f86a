//! Which names mean the same source, and which sources does an article declare?

use crate::Card;
use crate::publishers::bare_name;
use rashomon_model::{Article, Declared, DeclaredKind, agency};

/// The key under which all names of one source meet: "AP" and "The Associated Press" have the same.
#[must_use]
pub fn source_key(name: &str) -> String {
    bare_name(agency(name).map_or(name, |known| known.name))
}

/// The names by which a report may cite who publishes under `outlet`: the masthead with and without "news", without its section
/// ("Harbour Times - Opinion") and edition ("Quay News (Online)"), and an agency's other names.
pub(crate) fn names(outlet: &str) -> Vec<String> {
    let masthead = outlet.split(" - ").next().unwrap_or(outlet);
    let masthead = masthead.split('(').next().unwrap_or(masthead).trim();
    let bare = bare_name(masthead);
    let mut out = vec![format!("{bare} news"), bare];
    if let Some(known) = agency(masthead) {
        out.extend(known.others.iter().map(|name| bare_name(name)));
        out.push(bare_name(known.name));
    }
    out.retain(|name| name.len() > 1);
    out.sort_unstable();
    out.dedup();
    out
}

/// The names of the origins and of the agencies among what an article declares, in order of place, each source once.
#[must_use]
pub fn declared_names(declared: &[Declared]) -> [Vec<String>; 2] {
    let named = |kind| self::declared(declared, &[kind]).into_iter().map(|it| it.name).collect();
    [named(DeclaredKind::Origin), named(DeclaredKind::Agency)]
}

/// The sources of `kinds` among what an article declares, in order of place, each key once: as the origin of the whole where one
/// of its declarations says so.
pub(crate) fn declared(all: &[Declared], kinds: &[DeclaredKind]) -> Vec<Declared> {
    let mut seen: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for it in all {
        let key = source_key(&it.name);
        if kinds.contains(&it.kind) && !key.is_empty() && !seen.contains(&key) {
            let origin = |d: &&Declared| d.kind == DeclaredKind::Origin && source_key(&d.name) == key;
            let as_origin = all.iter().find(origin).filter(|_| kinds.contains(&DeclaredKind::Origin));
            out.push(as_origin.unwrap_or(it).clone());
            seen.push(key);
        }
    }
    out
}

impl Card {
    /// What lineage knows of `article` beside its text.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let [origins, credits] = declared_names(&article.declared);
        Self {
            id: article.id.clone(),
            outlet: article.outlet.clone(),
            url: article.url.clone(),
            title: article.title.clone(),
            published: article.published,
            updated: article.updated,
            origins,
            credits,
            language: article.language.clone().filter(|it| it != "en"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masthead_is_cited_without_its_section() {
        assert_eq!(names("Harbour Times - Opinion"), ["harbour times", "harbour times news"]);
        assert_eq!(names("Quay Online News"), ["quay", "quay news"]);
        assert!(names("Associated Press").contains(&"ap".to_owned()));
    }

    #[test]
    fn aliases_meet() {
        assert_eq!(source_key("AP"), source_key("The Associated Press"));
        assert_eq!(source_key("RFE/RL"), source_key("Radio Free Europe/Radio Liberty"));
        assert_ne!(source_key("CNN"), source_key("CNN Türk"));
        assert_ne!(source_key("Interfax"), source_key("Interfax-Ukraine"));
        assert_eq!(source_key("The Harbour Gazette"), source_key("Harbour Gazette"));
    }
}
