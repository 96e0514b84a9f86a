//! Text and Markdown reports of an invented event.

mod fixture;

use rashomon_model::{Note, Severity};
use rashomon_report::{Look, Report, markdown, report, text};

fn view() -> Report {
    let (corpus, story, collation) = fixture::story();
    report(&corpus, &story, &collation)
}

const PLAIN: Look = Look { width: 80, color: false, evidence: false };

#[test]
fn show() {
    println!("{}", text(&[view()], &[], Look { color: true, ..PLAIN }));
    println!("{}", text(&[view()], &[], Look { evidence: true, ..PLAIN }));
    println!("{}", markdown(&[view()], &[], true));
}
