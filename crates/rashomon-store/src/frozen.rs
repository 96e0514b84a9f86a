//! An article as bytes, where it cannot be read again from what was retrieved: the text of a page depends on the program
//! that read it, and spans must keep pointing into the text they were made of.

use rashomon::model::Article;
use rashomon::wire;

/// The article as bytes; id, source and digest stand beside it in the store.
pub(crate) fn freeze(it: &Article) -> Vec<u8> {
    wire::json(&wire::Article::new(it)).into_bytes()
}

/// The article that [`freeze`] made the bytes of; nothing if they are damaged.
pub(crate) fn thaw(bytes: &[u8]) -> Option<Article> {
    wire::Article::from_json(bytes).ok()?.into_model().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon::read;

    #[test]
    fn a_page_comes_back_as_it_was_read() {
        let page = "<!doctype html><html><head><title>Ferry aground</title></head><body><h1>Ferry aground</h1>\
            <p class=byline>By Ola Brandt</p><p>PORT NORA, May 4 (Coast Agency) - The ferry “Lind” ran aground &amp; \
            stayed there for hours, the harbour office said.</p><p>Nobody was hurt, it said, but the deck was wet.</p></body></html>";
        let record = read::records_in(page.into(), "a.html").unwrap().next().unwrap().unwrap();
        let article = read::article(&record).output.unwrap();
        assert_eq!(thaw(&freeze(&article)).unwrap(), article);
        assert_eq!(thaw(b"{}"), None);
    }
}
