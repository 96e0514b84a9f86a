//! What must hold for every article that any bytes give.

use rashomon_model::{Article, Span};
use rashomon_read::{Format, Record, article, bare_article};

/// Reads `bytes` as `format` both ways and checks the laws.
pub fn check_bytes(format: Format, bytes: &[u8]) {
    let record = Record { place: "fuzz".into(), format, bytes: bytes.to_vec() };
    check_record(&record);
}

/// Reads one record both ways and checks the laws.
pub fn check_record(record: &Record) {
    let full = article(record).output;
    let bare = bare_article(record).output;
    // A headline without a text gives a bare article only.
    if let Some(it) = full {
        assert_eq!(Some((&it.id, &it.digest, &it.text)), bare.as_ref().map(|a| (&a.id, &a.digest, &a.text)));
        check(&it, record.bytes.len());
    }
}

/// Spans lie inside the text on character boundaries, in order, and their sources inside the retrieved bytes.
pub fn check(it: &Article, source_length: usize) {
    let fits = |s: &Span| Span::checked(&it.text, s.start(), s.end()).is_some();
    assert!(it.furniture.iter().all(|s| fits(s) && !s.is_empty()));
    assert!(it.furniture.windows(2).all(|w| w[0].end() <= w[1].start()));
    assert!(it.declared.iter().all(|d| fits(&d.span) && !d.name.is_empty()));
    assert!(it.dateline_spans.iter().chain(&it.title_span).all(fits));
    if let Some(origin) = &it.origin {
        assert!(origin.pieces().iter().all(|p| fits(&p.text) && p.source.end() <= source_length));
        assert!(origin.pieces().windows(2).all(|w| w[0].text.end() <= w[1].text.start()));
    }
}
