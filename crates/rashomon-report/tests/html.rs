//! The page of an invented event.

mod fixture;

use rashomon_report::{html, report};

#[test]
fn write() {
    let (corpus, story, collation) = fixture::story();
    let page = html(&[report(&corpus, &story, &collation)], &[]);
    std::fs::write("/tmp/report/fixture.html", page).unwrap();
}
