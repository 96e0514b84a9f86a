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
fn every_finding_is_told_with_its_place() {
    let page = text(&[view()], &[], PLAIN);
    let told = [
        "5 reports, 2 to 3 independent accounts, 5 May 2031 to 6 May 2031",
        "A  Orrin Courier, 5 May 2031, 06:40 UTC, calls itself unfinished",
        "≠ Different numbers: Fourteen families were evacuated. [B:3]",
        "40  “Forty” [D:3]",
        "2 to 3 independent of each other: A + C | B + D | E",
        "• C (Orrin Courier) is a later version of A (Orrin Courier), 93%",
        "• D (Valley Post) reprints B (Lakeland Press), and says so (declared-reprint)",
        "• Fourteen families were ‹evacuated›. (‹ › only in B’s words)",
        "≠ disputed; not in",
        "not in A E; unclear in C [B:4 D:4]",
        "? nearest to it, and perhaps the same: [C:5]",
        "We could [-have-] {+of+} lost the whole valley [A:4]",
        "We could have lost the [-whole-] valley[-, but the crew\n",
        "Fri 9 May 2031  Inspections will resume (planned) ≠ “next week” in D:4",
        "~ [-Twelve-] {+Fourteen+} families left their homes. (number) [A:5 C:4]",
        "· 1 change of style or spelling only",
        "botched dam                   loaded: botched [E:2]",
    ];
    for words in told {
        assert!(page.contains(words), "{words:?} is not in\n{page}");
    }
}

#[test]
fn excerpts_have_their_words_pointed_at() {
    let page = text(&[view()], &[], Look { evidence: true, ..PLAIN });
    let pointed = "      D:3 | Forty families were evacuated.\n          | ^^^^^\n";
    assert!(page.contains(pointed), "{page}");
}

#[test]
fn no_line_is_wider_than_asked_and_none_is_coloured_unasked() {
    for width in [40, 72, 100] {
        for evidence in [false, true] {
            let page = text(&[view()], &[], Look { width, evidence, ..PLAIN });
            let wide: Vec<_> = page.lines().filter(|l| l.chars().count() > width).collect();
            // A single word may be wider than what is left beside its label.
            assert!(wide.iter().all(|l| l.contains("onerror") || l.contains("</title>")), "{wide:#?}");
            assert!(!page.contains('\u{1b}'));
        }
    }
}

#[test]
fn colour_comes_on_top_of_marks() {
    let page = text(&[view()], &[], Look { color: true, ..PLAIN });
    assert!(page.contains("\u{1b}[9m\u{1b}[31m[-have-]\u{1b}[0m"), "{page}");
    // Without its colours it is the page that has none: what was copied reads alike.
    let bare = page.split('\u{1b}').map(|it| it.split_once('m').filter(|_| it.starts_with('[')).map_or(it, |it| it.1));
    assert_eq!(bare.collect::<String>(), text(&[view()], &[], PLAIN));
    // Escape sequences of the articles themselves are shown, not sent.
    let evidence = text(&[view()], &[], Look { color: false, evidence: true, ..PLAIN });
    assert!(evidence.contains("⟨U+202E⟩321␛[31m"), "{evidence}");
}

#[test]
fn notes_on_the_input_stand_at_the_end() {
    let note =
        Note { place: "x.jsonl:3".into(), message: "not JSON".into(), rule: "broken-row", severity: Severity::Omitted };
    for page in [text(&[view()], std::slice::from_ref(&note), PLAIN), markdown(&[view()], &[note], false)] {
        assert!(page.trim_end().ends_with("x.jsonl:3: not JSON"), "{page}");
    }
}

#[test]
fn markdown_tells_the_same_and_takes_no_text_for_markup() {
    let page = markdown(&[view()], &[], true);
    for words in [
        "# Dam gate jams at Orrin Lake\n",
        "## Where the reports disagree\n",
        "- **words changed** We could <del>have</del> <ins>of</ins> lost the whole valley \\[A:4\\]",
        "D:3 | **Forty** families were evacuated.",
    ] {
        assert!(page.contains(words), "{words:?} is not in\n{page}");
    }
    assert!(!page.contains("<img") && !page.contains("<script"));
}
