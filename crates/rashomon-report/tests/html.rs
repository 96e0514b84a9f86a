//! The page of an invented event, one of whose reports tries to break out of it.

mod fixture;

use proptest::prelude::*;
use rashomon_annotate::{Annotated, Corpus};
use rashomon_compare::{Collation, Point, Status};
use rashomon_group::Story;
use rashomon_lineage::{Independence, Lineage};
use rashomon_model::{Anchor, Article, ArticleId, Span};
use rashomon_report::{Look, html, markdown, report, text};
use std::collections::BTreeSet;

fn page() -> String {
    let (corpus, story, collation) = fixture::story();
    html(&[report(&corpus, &story, &collation)], &[])
}

/// Tags of the page, in order, with their attributes.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).filter_map(|piece| piece.find('>').map(|end| &piece[..end])).collect()
}

fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let marker = format!(" {name}=\"");
    page.split(&marker).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn no_text_of_a_report_becomes_markup() {
    let page = page();
    let scripts = tags(&page).iter().filter(|t| t.starts_with("script")).count();
    assert_eq!(scripts, 1, "only the page's own script");
    assert!(!tags(&page).iter().any(|t| t.starts_with("img") || t.starts_with("b>Evil")));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;&#x2f;script&gt;"));
    assert!(page.contains("{{ 7 * 7 }} {% raw %}"), "nor a template");
    assert!(page.contains("⟨U+202E⟩321␛[31m") && !page.contains(['\u{202e}', '\u{1b}']));
}

#[test]
fn every_reference_leads_to_a_place_on_the_page() {
    let page = page();
    let ids: Vec<_> = attributes(&page, "id");
    let distinct: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), distinct.len(), "an id is given once");
    let references: Vec<_> = attributes(&page, "href").into_iter().filter_map(|h| h.strip_prefix('#')).collect();
    assert!(references.len() > 60);
    for reference in references {
        assert!(distinct.contains(reference), "{reference} leads nowhere");
    }
    for list in attributes(&page, "aria-labelledby") {
        assert!(list.split(' ').all(|id| distinct.contains(id)), "{list}");
    }
}

#[test]
fn the_page_asks_nothing_of_any_network() {
    let page = page();
    assert!(page.contains("default-src 'none'"));
    let names: BTreeSet<_> = tags(&page).iter().filter_map(|t| t.split([' ', '/']).find(|w| !w.is_empty())).collect();
    for name in ["link", "iframe", "img", "object", "embed", "video", "audio", "base", "form"] {
        assert!(!names.contains(name), "{name}");
    }
    assert!(attributes(&page, "src").is_empty() && attributes(&page, "style").is_empty());
    assert!(!page.contains("@import") && !page.contains("url(http"));
}

#[test]
fn what_is_found_is_on_the_page() {
    let page = page();
    for words in [
        "2 to 3 independent accounts",
        "1 disagreement",
        // Read aloud or copied, where neither colour nor line is left.
        "We could <del><span class=\"unseen\">[removed: </span>have<span class=\"unseen\">]</span></del> \
         <ins><span class=\"unseen\">[added: </span>of<span class=\"unseen\">]</span></ins> lost the whole valley",
        "aria-label=\"Valley Post contradicts others: 40",
        "leaves it out",
        "unclear whether Orrin Courier has it: the nearest sentence",
        "<time datetime=\"2031-05-09\">Fri 9 May 2031</time>",
        "reads as another day",
        "Orrin &lt;Water&gt; Board",
        "<span class=\"alone\" title=\"only in B’s words\">evacuated<span class=\"unseen\"> (only in B’s words)</span></span>",
        "class=\"edge revision\"",
        "loaded: botched",
    ] {
        assert!(page.contains(words), "{words:?}");
    }
}

#[test]
fn what_stays_at_the_top_is_of_the_story_one_reads() {
    let (corpus, story, collation) = fixture::story();
    let one = report(&corpus, &story, &collation);
    let mut other = one.clone();
    other.headline = "Another event".into();
    let page = html(&[one.clone(), other], &[]);
    assert!(page.contains("<title>2 stories</title>"), "the window names no story of several");
    for (n, headline) in [(1, one.headline.as_str()), (2, "Another event")] {
        let menu = format!("<p class=\"where\" dir=\"auto\"><a href=\"#s{n}\">{headline}</a></p>");
        assert!(page.contains(&menu), "{menu}");
    }
    let alone = html(&[one], &[]);
    assert!(
        !alone.contains("class=\"where\"") && alone.contains("<title>Dam gate"),
        "of one story nothing is said twice"
    );
}

#[test]
fn the_drawing_is_a_list_on_a_narrow_screen() {
    let page = page();
    let list = page.split("<ol class=\"lanes\">").nth(1).and_then(|it| it.split("</ol>").next()).unwrap();
    let words = |text: &str| {
        let bare: String = text.split('<').map(|it| it.split_once('>').map_or(it, |it| it.1)).collect();
        bare.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let list = words(list);
    for told in ["Account 1 A Orrin Courier", "later version of A", "D Valley Post 6 May 2031, 09:00 UTC reprint of B"]
    {
        assert!(list.contains(told), "{told:?} is not in {list}");
    }
    assert!(attributes(&page, "data-letter").contains(&"D"), "a sign says whose it is where it has no column");
}

#[test]
fn a_thousand_reports_are_folded_and_that_is_said() {
    let article = |n: usize| Article {
        id: format!("a{n:04}"),
        digest: format!("sha256:{n}"),
        source: format!("{n}.txt"),
        text: format!("A gate of the dam jammed on Monday, report {n} says.\nIt held."),
        ..Article::default()
    };
    let corpus = Corpus::new((0..1000).map(|n| Annotated::new(article(n))).collect()).output;
    let articles: Vec<_> = (0..1000).map(ArticleId).collect();
    let first = |n: u32| Anchor::new(ArticleId(n), Span::new(0, 34));
    let point = |n: u32| Point {
        text: "A gate of the dam jammed on Monday".into(),
        wording: first(0),
        status: Status::Some,
        said_by: None,
        background: false,
        hedged: Vec::new(),
        alone: Vec::new(),
        carried: (n..1000).map(first).collect(),
        omitted: (0..n).map(ArticleId).collect(),
        unclear: vec![],
        conflicts: vec![],
        weight: 1.0,
        rule: rashomon_compare::rules::SAME_STATEMENT,
    };
    let accounts = articles.chunks(2).map(<[_]>::to_vec).collect();
    let collation = Collation {
        lineage: Lineage {
            relations: vec![],
            independence: Independence { low: 1, high: 500, accounts, owners: vec![] },
        },
        quotes: vec![],
        points: (0..100).map(point).collect(),
        timeline: vec![],
        revisions: vec![],
        framing: vec![],
        voices: vec![],
    };
    let story = Story { id: "a0000".into(), articles, joins: vec![] };
    let page = html(&[report(&corpus, &story, &collation)], &[]);
    assert!(page.contains("1000 reports are too many for a column each"));
    assert!(page.contains("70 more</button>"), "points beyond the first are folded");
    assert!(page.len() < 4_000_000, "{} bytes", page.len());
}

/// A corpus of one story from any texts, with points anywhere in them.
fn any_story(texts: Vec<String>, places: &[(usize, usize, usize)]) -> (Corpus, Story, Collation) {
    let articles = texts.iter().enumerate().map(|(n, text)| {
        let (id, digest) = (format!("a{n}"), format!("sha256:{n}"));
        Annotated::new(Article { id, digest, title: Some(text.clone()), text: text.clone(), ..Article::default() })
    });
    let corpus = Corpus::new(articles.collect()).output;
    let articles: Vec<_> = corpus.iter().map(|(id, _)| id).collect();
    let anchors: Vec<_> = places
        .iter()
        .map(|(article, start, length)| {
            let id = articles[article % articles.len()];
            let text = &corpus.get(id).article.text;
            let mut bounds: Vec<_> = text.char_indices().map(|(i, _)| i).collect();
            bounds.push(text.len());
            let from = start % bounds.len();
            let to = (from + length).min(bounds.len() - 1);
            Anchor::new(id, Span::new(bounds[from], bounds[to]))
        })
        .collect();
    let point = |a: &Anchor| Point {
        text: corpus.text(*a).to_owned(),
        wording: *a,
        status: Status::Some,
        said_by: Some(corpus.text(*a).to_owned()),
        background: false,
        hedged: Vec::new(),
        alone: anchors.clone(),
        carried: anchors.clone(),
        omitted: vec![],
        unclear: vec![*a],
        conflicts: vec![],
        weight: 0.5,
        rule: rashomon_compare::rules::SAME_STATEMENT,
    };
    let points = anchors.iter().map(point).collect();
    let accounts = articles.iter().map(|a| vec![*a]).collect();
    let lineage = Lineage {
        relations: vec![],
        independence: Independence { low: 1, high: articles.len(), accounts, owners: vec![] },
    };
    let story = Story { id: "s".into(), articles, joins: vec![] };
    (
        corpus,
        story,
        Collation {
            lineage,
            quotes: vec![],
            points,
            timeline: vec![],
            revisions: vec![],
            framing: vec![],
            voices: vec![],
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_shown_whole_and_harmless(
        texts in prop::collection::vec("(<script>|</p>|[\"'&<>{}%\\n]|\\PC|[\\x00-\\x1f]|[a-z ]{1,8}){0,30}", 2..4),
        places in prop::collection::vec((0..4_usize, 0..60_usize, 0..30_usize), 1..6),
    ) {
        let (corpus, story, collation) = any_story(texts, &places);
        let view = report(&corpus, &story, &collation);
        for point in &view.points {
            for it in point.carried.iter().chain([&point.wording]) {
                let article = &view.witnesses[it.witness];
                prop_assert_eq!(view.text(*it), &article.text[it.span.range()]);
                let line = article.text[..it.span.start()].matches('\n').count() + 1;
                prop_assert!(it.line >= line, "a line counts from the first word of the place");
            }
        }
        let page = html(std::slice::from_ref(&view), &[]);
        prop_assert_eq!(tags(&page).iter().filter(|t| t.starts_with("script")).count(), 1);
        prop_assert!(page.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control()));
        // The words between a text's marks are all of its text.
        let shown: usize = attributes(&page, "data-e").iter().zip(attributes(&page, "data-s"))
            .map(|(end, start)| end.parse::<usize>().unwrap() - start.parse::<usize>().unwrap()).sum();
        let whole: usize = view.witnesses.iter().map(|w| w.text.len() - w.text.matches('\n').count()).sum();
        prop_assert_eq!(shown, whole);
        for evidence in [false, true] {
            let look = Look { width: 80, color: false, evidence };
            prop_assert!(text(std::slice::from_ref(&view), &[], look).chars().all(|c| c == '\n' || !c.is_control()));
            prop_assert!(!markdown(std::slice::from_ref(&view), &[], evidence).contains("<script"));
        }
    }
}
