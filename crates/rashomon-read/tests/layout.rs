//! Plain text as people save it from invented outlets: headline, times, furniture and declared sources.

use proptest::prelude::*;
use rashomon_model::Article;
use rashomon_read::{Format, Record, article, records_in};

fn read(text: &str) -> Article {
    let record = Record { place: "a.txt".into(), format: Format::Plain, bytes: text.as_bytes().to_vec() };
    article(&record).output.unwrap()
}

fn furniture(it: &Article) -> Vec<&str> {
    it.furniture.iter().map(|s| s.text(&it.text)).collect()
}

const BODY: &str = "A ferry with 212 people on board ran aground on a sandbank off Port Ellis, the coastguard said.\n\
    All passengers were taken off by lifeboats, and nobody was hurt, according to the harbour master.\n";

#[test]
fn a_saved_page_with_all_its_lines() {
    let it = read(&format!(
        "Skip to content\nMenu\nHome > News > Isles\nISLES\nFerry runs aground off Port Ellis | Harbour Gazette\n\
         By Ann Lee and Bo Berg, Reuters\nPublished: 21:53 CET, 3 March 2021 | Updated: 05:42 CET, 4 March 2021\n\
         2 min read\nShare\nFacebook Twitter WhatsApp\nThis is a developing story. Check back for updates.\n\
         The ferry at dawn. (Cy Dahl/AFP via Getty Images)\n{BODY}\
         READ MORE: Council puts off dredging\n“There is no money for sand,” said Petra Holm, who leads the council.\n\
         (Reporting by Ann Lee in Port Ellis; Editing by Di Eck)\nSign up for our newsletter to get the news in your inbox\n\
         © 2021 Harbour Gazette. All rights reserved."
    ));
    assert_eq!(it.title.as_deref(), Some("Ferry runs aground off Port Ellis"));
    assert_eq!(it.outlet.as_deref(), Some("Harbour Gazette"));
    assert_eq!(it.byline, ["Ann Lee", "Bo Berg"]);
    assert_eq!(it.published.unwrap().rfc3339(), "2021-03-03T20:53:00Z");
    assert_eq!(it.updated.unwrap().rfc3339(), "2021-03-04T04:42:00Z");
    assert!(it.developing);
    let left: Vec<&str> = it.text.lines().map(str::trim).filter(|l| !furniture(&it).contains(l)).collect();
    let prose: Vec<&str> = BODY.lines().collect();
    assert_eq!(
        left,
        [
            "Ferry runs aground off Port Ellis | Harbour Gazette",
            prose[0],
            prose[1],
            "“There is no money for sand,” said Petra Holm, who leads the council."
        ]
    );
    let declared: Vec<String> = it.declared.iter().map(|d| format!("{} {}", d.kind.as_str(), d.name)).collect();
    assert_eq!(declared, ["author Ann Lee", "author Bo Berg", "agency Reuters", "photo AFP", "photo Getty Images"]);
}

#[test]
fn heads_of_other_houses() {
    for (head, title, published, outlet) in [
        (
            "date 2021-03-03 Ferry runs aground off Port Ellis\n",
            "Ferry runs aground off Port Ellis",
            "2021-03-03T00:00:00Z",
            "",
        ),
        (
            "Title: Ferry runs aground\nURL: https://isle.example/a\nDate: 2021-03-03\n\n",
            "Ferry runs aground",
            "2021-03-03T00:00:00Z",
            "",
        ),
        (
            "March 3, 2021 / 9:53 PM EST / CBS News\nFerry runs aground in fog\n",
            "Ferry runs aground in fog",
            "2021-03-04T02:53:00Z",
            "CBS News",
        ),
        (
            "Ferry runs aground: was it the fog?\nWed 3 Mar 2021 21.53 GMT\nLast modified on Thu 4 Mar 2021 04.42 GMT\n",
            "Ferry runs aground: was it the fog?",
            "2021-03-03T21:53:00Z",
            "",
        ),
        ("\u{feff}Ferry runs aground\n\n", "Ferry runs aground", "", ""),
        (
            "Northbank Herald\nFerry runs aground off Port Ellis\n",
            "Ferry runs aground off Port Ellis",
            "",
            "Northbank Herald",
        ),
        ("Ferry runs aground\n© Isle CourierBreaking News\n", "Ferry runs aground", "", "Isle Courier"),
        ("", "", "", ""),
    ] {
        let it = read(&format!("{head}{BODY}"));
        assert_eq!(it.title.as_deref().unwrap_or_default(), title, "{head}");
        assert_eq!(it.title_span.map_or("", |s| s.text(&it.text)), title, "{head}");
        assert_eq!(it.published.map_or_else(String::new, |m| m.rfc3339()), published, "{head}");
        assert_eq!(it.outlet.as_deref().unwrap_or_default(), outlet, "{head}");
        assert!(BODY.lines().all(|l| !furniture(&it).contains(&l)), "{head}");
    }
}

#[test]
fn heads_and_tails_that_name_no_label() {
    struct Case {
        page: String,
        title: Option<&'static str>,
        outlet: Option<&'static str>,
        byline: &'static [&'static str],
        updated: Option<&'static str>,
        furniture: &'static [&'static str],
        declared: &'static [&'static str],
    }
    let cases = [
        Case {
            page: format!(
                "Ferry runs aground off Port Ellis\nPublished\n3 March 2021\nClose panel\nImage source, Getty Images\nImage caption,\n\
                 The ferry on the bank at dawn\nBy Ann Lee\nBBC News, Port Ellis\n{BODY}More on this story\nDredging put off again"
            ),
            title: Some("Ferry runs aground off Port Ellis"),
            outlet: Some("BBC News"),
            byline: &["Ann Lee"],
            updated: None,
            furniture: &["The ferry on the bank at dawn", "BBC News, Port Ellis", "Dredging put off again"],
            declared: &["photo Getty Images"],
        },
        Case {
            page: format!(
                "Ferry runs aground off Port Ellis\nBo Berg in Quayside and agencies\nUpdated:\n4 Mar 2021 06:12 AM (GMT)\n{BODY}"
            ),
            title: Some("Ferry runs aground off Port Ellis"),
            outlet: None,
            byline: &["Bo Berg"],
            updated: Some("2021-03-04T06:12:00Z"),
            furniture: &["Bo Berg in Quayside and agencies", "Updated:"],
            declared: &[],
        },
        Case {
            page: "PORT ELLIS, March 3 (Xinhua) -- A ferry ran aground off Port Ellis, officials said. Enditem\n"
                .into(),
            title: None,
            outlet: None,
            byline: &[],
            updated: None,
            furniture: &[],
            declared: &["agency Xinhua"],
        },
        Case {
            page: format!("3 MAR, 17:05\nFerry runs aground off Port Ellis\nWorld\nReuters\n{BODY}ab/cd (AP, dpa)"),
            title: Some("Ferry runs aground off Port Ellis"),
            outlet: None,
            byline: &[],
            updated: None,
            furniture: &["3 MAR, 17:05", "World", "Reuters", "ab/cd (AP, dpa)"],
            declared: &["agency Reuters", "agency AP", "agency dpa"],
        },
        Case {
            page: format!(
                "Ferry runs aground off Port Ellis - The Quay Times\n{BODY}\
                 The post Ferry runs aground appeared first on The Quay Times."
            ),
            title: Some("Ferry runs aground off Port Ellis"),
            outlet: Some("The Quay Times"),
            byline: &[],
            updated: None,
            furniture: &["- The Quay Times"],
            declared: &[],
        },
    ];
    for case in cases {
        let it = read(&case.page);
        assert_eq!(it.title.as_deref(), case.title, "{}", case.page);
        assert_eq!(it.outlet.as_deref(), case.outlet, "{}", case.page);
        assert_eq!(it.byline, case.byline, "{}", case.page);
        assert_eq!(it.updated.map(|m| m.rfc3339()).as_deref(), case.updated, "{}", case.page);
        for line in case.furniture {
            assert!(furniture(&it).contains(line), "{line:?} is not among {:?}", furniture(&it));
        }
        let declared: Vec<String> = it.declared.iter().map(|d| format!("{} {}", d.kind.as_str(), d.name)).collect();
        assert_eq!(declared, case.declared, "{}", case.page);
    }
}

#[test]
fn author_notes_at_the_end() {
    let first = "I’m Di Eck, a seasoned and widely read news writer for Isle Money Review. I have written about the sea for years. My work is read by many.";
    let third = "Di Eck is a reporter at the Isle Courier, where she covers ports. Follow her on Twitter.";
    for (note, outlet) in [(first, "Isle Money Review"), (third, "Isle Courier")] {
        let it = read(&format!(
            "Ferry runs aground\n{BODY}The inquiry will report within six weeks, the ministry said on Thursday morning.\n\n{note}"
        ));
        assert!(furniture(&it).contains(&note), "{note}");
        assert_eq!(it.outlet.as_deref(), Some(outlet));
    }
    // Somebody whom the report spoke of before is no author.
    let last = "Holm is a writer for children, and a professor at the school of Port Ellis, where she teaches.";
    let it = read(&format!(
        "Ferry runs aground\n{BODY}Petra Holm said there was no money for dredging, and that the council would wait.\nPetra {last}"
    ));
    assert!(furniture(&it).is_empty(), "{:?}", furniture(&it));
}

#[test]
fn running_prose_is_never_marked() {
    let prose = "The council met on Monday, and its members, who had not slept, argued until four in the morning about sand.\n\
        “Share the cost,” said one; “subscribe to the plan,” said another, and a third wrote it all down for the newsletter.\n\
        Read more carefully, the report says that the channel was never deep enough for ships of that size (Table 3).\n\
        Photos from the scene showed the ferry leaning to one side, with its lights on, and boats around it.\n\
        More than 200 people were on board; the oldest was 91, the youngest was born in January.\n\
        Comments by the minister on the radio were understood as a promise, which the ministry denied.";
    let it = read(prose);
    assert!(furniture(&it).is_empty(), "{:?}", furniture(&it));
    assert!(it.declared.is_empty() && it.title.is_none());
}

fn lawful(it: &Article) {
    let fits = |s: &rashomon_model::Span| rashomon_model::Span::checked(&it.text, s.start(), s.end()).is_some();
    assert!(it.furniture.iter().all(|s| fits(s) && !s.is_empty()));
    assert!(it.furniture.windows(2).all(|w| w[0].end() <= w[1].start()), "{:?}", it.furniture);
    assert!(it.declared.iter().all(|d| fits(&d.span) && !d.name.is_empty()));
    assert!(it.declared.windows(2).all(|w| w[0].span <= w[1].span));
    assert!(it.dateline_spans.iter().chain(&it.title_span).all(fits));
    if let Some(origin) = &it.origin {
        assert!(origin.pieces().iter().all(|p| fits(&p.text)));
        assert!(origin.pieces().windows(2).all(|w| w[0].text.end() <= w[1].text.start()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn spans_are_lawful_on_any_text(text in r"(?s)(\PC|[\n\r\t ]|©|—|–|\(|\)|/|:|@|By |Published |Source: |\(Reuters\)|originally published by |3 March 2021 |21:53 GMT|date 2021-03-03 |Photo: | \| |I’m Ann Lee, a writer for |Jane Doe is a reporter at |contributed to this report|Reporting by |\(@x\)|Associated Press|Reuters|Jon Vale|\u{a0}|, | and ){0,60}") {
        if !text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
            let it = read(&text);
            prop_assert_eq!(&it.text, &text);
            lawful(&it);
        }
    }

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..300), head in "(\\{\"text\":\"|\\[\\{|<html>|<p>|\u{feff}|.{0,5})") {
        let input = [head.as_bytes(), &bytes].concat();
        if let Ok(records) = records_in(input, "a") {
            for record in records.flatten() {
                if let Some(it) = article(&record).output {
                    lawful(&it);
                }
            }
        }
    }

    #[test]
    fn any_page_is_survived(html in r"(<(p|div|b|i|a|table|tr|td|h1|ul|li|script|title|br|pre|svg|template|select|figure|figcaption|article)[ />]?>?|</(p|div|b|a|table|h1|script)>|&(amp|lt|nbsp|#8217|#0|x|notin);?|\r\n|\r|\n|é|“|By Jon Vale|Associated Press|\u{a0}|[a-z ,.]{1,30}|<!--|-->|\x00){0,80}") {
        let record = Record { place: "a".into(), format: Format::Html, bytes: html.as_bytes().to_vec() };
        if let Some(it) = article(&record).output {
            lawful(&it);
            for piece in it.origin.as_ref().unwrap().pieces() {
                prop_assert!(piece.source.end() <= html.len());
            }
        }
    }
}
