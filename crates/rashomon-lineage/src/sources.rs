//! Which names mean the same source, and which sources does an article declare?

use crate::relate::bare_name;
use rashomon_model::{Article, Declared, DeclaredKind, agency};

/// The key under which all names of one source meet: "AP" and "The Associated Press" have the same.
#[must_use]
pub fn source_key(name: &str) -> String {
    bare_name(agency(name).map_or(name, |known| known.name))
}

/// The sources of `kinds` that an article declares, in order of place, each key once: as the origin of the whole where one
/// of its declarations says so.
pub(crate) fn declared(article: &Article, kinds: &[DeclaredKind]) -> Vec<Declared> {
    let mut seen: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for it in &article.declared {
        let key = source_key(&it.name);
        if kinds.contains(&it.kind) && !key.is_empty() && !seen.contains(&key) {
            let origin = |d: &&Declared| d.kind == DeclaredKind::Origin && source_key(&d.name) == key;
            let as_origin = article.declared.iter().find(origin).filter(|_| kinds.contains(&DeclaredKind::Origin));
            out.push(as_origin.unwrap_or(it).clone());
            seen.push(key);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_meet() {
        assert_eq!(source_key("AP"), source_key("The Associated Press"));
        assert_eq!(source_key("RFE/RL"), source_key("Radio Free Europe/Radio Liberty"));
        assert_ne!(source_key("CNN"), source_key("CNN Türk"));
        assert_ne!(source_key("Interfax"), source_key("Interfax-Ukraine"));
        assert_eq!(source_key("The Harbour Gazette"), source_key("Harbour Gazette"));
    }
}
