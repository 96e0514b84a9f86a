//! Never the opposite, never in another's mouth: what a point says, in whose words, and who is said to say it, from stories
//! written to provoke each way of getting it wrong.

use rashomon_annotate::{Corpus, annotate};
use rashomon_compare::{Collation, Point, Status, compare};
use rashomon_group::Story;
use rashomon_model::{Article, ArticleId, Moment};

struct Told {
    corpus: Corpus,
    found: Collation,
}

fn told(reports: &[(&str, &str)]) -> Told {
    let annotated = reports.iter().enumerate().map(|(i, (outlet, text))| {
        let id = format!("a{i}");
        let published = format!("2031-05-{:02}", 9 + i).parse().ok().and_then(Moment::day);
        let outlet = Some((*outlet).to_owned());
        annotate(Article { digest: id.clone(), id, outlet, published, text: (*text).to_owned(), ..Article::default() })
            .output
    });
    let corpus = Corpus::new(annotated.collect()).output;
    let articles: Vec<ArticleId> = corpus.iter().map(|(id, _)| id).collect();
    let found = compare(&corpus, &Story { id: "a0".to_owned(), articles, joins: Vec::new() }).output;
    Told { corpus, found }
}

impl Told {
    fn points_with(&self, words: &str) -> Vec<&Point> {
        self.found.points.iter().filter(|p| p.text.to_lowercase().contains(&words.to_lowercase())).collect()
    }
}

/// Words that make a denial of what stands beside them.
fn denies(text: &str) -> bool {
    [
        "denied",
        "denies",
        "rejected",
        "dismissed",
        "disputed",
        "lie",
        "false",
        "not ",
        "never",
        "refused",
        "nobody",
        "doubts",
    ]
    .iter()
    .any(|w| text.to_lowercase().contains(w))
}

#[test]
fn a_denial_is_never_shown_as_what_it_denies() {
    for sentence in [
        "Captain Oskar Reyd denied that the ferry was overloaded.",
        "Captain Oskar Reyd rejected claims that the ferry was overloaded.",
        "The owner, Lind Lines, dismissed as nonsense the allegation that the ferry was overloaded.",
        "Nobody at the port believes that the ferry was overloaded.",
        "Harbour chief Ada Stone refused to confirm that the ferry was overloaded.",
        "It is not true that the ferry was overloaded, the authority said.",
        "Karl Weiss did not say that the ferry was overloaded.",
        "Reports that the ferry was overloaded are false, Stone said.",
        "“It is a lie that the ferry was overloaded,” Reyd told the inquiry.",
    ] {
        let text = format!("An inquiry into the sinking was opened in Tarvel.\n\n{sentence}\n\nThe hearing goes on.");
        let story = told(&[("Tarvel Post", &text), ("Calder Echo", "The inquiry at Tarvel heard the crew on Monday.")]);
        for p in story.points_with("overloaded") {
            assert!(denies(&p.text), "{sentence}: {:?} by {:?}", p.text, p.said_by);
        }
    }
}

#[test]
fn a_charge_is_never_given_to_whom_it_is_made_against() {
    let reports = [
        (
            "Tarvel Post",
            "Ole Brandt, chairman of the Harbour Party, said on Friday that Mayor Ada Stone had taken money from the port \
             company. Brandt spoke at a rally on the quay.",
        ),
        (
            "Calder Echo",
            "Mayor Ada Stone denied on Friday that she had taken money from the port company, a charge made by Ole Brandt, \
             chairman of the Harbour Party. “That is a lie,” she told reporters.",
        ),
        (
            "Ress Gazette",
            "A row over money broke out in Tarvel on Friday after Ole Brandt said that Mayor Ada Stone had taken money from \
             the port company. Stone’s deputy, Karl Weiss, disputed that Stone had taken money from the port company.",
        ),
    ];
    let story = told(&reports);
    let points = story.points_with("taken money");
    assert!(!points.is_empty());
    for p in points {
        let by = p.said_by.as_deref();
        assert!(by.is_none() || by == Some("Ole Brandt"), "{:?} by {by:?}", p.text);
        // Every form that a point without a denial carries is without one.
        if !denies(&p.text) {
            for c in &p.carried {
                assert!(!denies(story.corpus.text(*c)), "{:?} carries {:?}", p.text, story.corpus.text(*c));
            }
        } else {
            assert_ne!(by, Some("Ole Brandt"), "{:?}", p.text);
        }
    }
    let disputed = story.found.points.iter().flat_map(|p| &p.conflicts).any(|c| !c.update);
    assert!(disputed, "the charge and its denial are in conflict");
}

#[test]
fn words_and_speaker_come_from_one_place() {
    let reports = [
        (
            "Tarvel Post",
            "The crane on the quay had been inspected twice, the harbour authority said. A strike will begin on Monday.",
        ),
        (
            "Calder Echo",
            "The crane on the quay had been inspected twice this year, the harbour authority said on Friday. According to the \
             seafarers’ union, a strike will begin on Monday.",
        ),
        ("Ress Gazette", "The crane on the quay had been inspected twice, according to the harbour authority."),
    ];
    let story = told(&reports);
    for p in story.points_with("inspected twice") {
        assert!(p.said_by.as_deref().is_none_or(|by| by.to_lowercase().contains("harbour authority")), "{p:?}");
    }
    for p in story.points_with("a strike") {
        assert!(p.said_by.as_deref().is_none_or(|by| by.contains("union")), "{p:?}");
    }
    for p in &story.found.points {
        if let Some(by) = &p.said_by {
            let place = story.corpus.get(p.wording.article);
            let sentence = place.sentence_at(p.wording.span.start()).map(|s| place.sentences[s].span).unwrap();
            let last = by.rsplit(' ').next().unwrap_or(by);
            assert!(place.text(sentence).contains(last), "{by} for {:?}", place.text(sentence));
        }
    }
}

#[test]
fn a_question_is_not_given_to_whom_it_is_put() {
    for text in [
        "“Did you take the money from the port?” a cameraman asked Ada Stone on Friday. “No,” Stone said, walking on.",
        "A cameraman asked Ada Stone: “Did you take the money from the port?” Stone walked on without a word.",
        "“Did you take the money from the port?” Ada Stone was asked by a cameraman on Friday. She walked on.",
    ] {
        let it = annotate(Article { text: text.to_owned(), ..Article::default() }).output;
        let question = it.quotes.iter().filter(|q| it.text(q.span).starts_with("Did you take"));
        for q in question {
            assert!(q.speaker.as_deref().is_none_or(|by| !by.contains("Stone")), "{text}: {:?}", q.speaker);
        }
    }
}

#[test]
fn a_video_carries_words_and_says_none() {
    let text = "“I did not take a cent,” Ada Stone said, according to a video posted by the Calder Echo. Oskar Reyd said that \
                the deck was wet, according to a recording that was played in court.";
    let it = annotate(Article { text: text.to_owned(), ..Article::default() }).output;
    for q in &it.quotes {
        let by = q.speaker.as_deref().unwrap_or("");
        assert!(!by.contains("video") && !by.contains("recording"), "{:?} by {by}", it.text(q.span));
    }
}

#[test]
fn a_reprint_is_no_other_account_and_the_origin_is_cited_first() {
    let body = "The sea wall at Tarvel gave way shortly before midnight on Tuesday and tore forty boats from their moorings. \
                Eleven families were moved to the sports hall of the school by the fire brigade. The northern end of the wall, \
                built in 1962, fell first and blocked the channel for the ferries. Engineers had measured cracks up to nine \
                centimetres wide in October and asked for the quay to be closed to lorries.";
    let reprint = format!("{body}\n\nThis article was originally published by the Tarvel Post.");
    let story = told(&[("Tarvel Post", body), ("Calder Echo", &reprint)]);
    let points = story.points_with("eleven families");
    assert_eq!(points.len(), 1);
    assert_eq!(points[0].status, Status::One);
    assert_eq!(points[0].carried.len(), 2, "all reports of the account");
    let outlet = story.corpus.get(points[0].wording.article).article.outlet.as_deref();
    assert_eq!(outlet, Some("Tarvel Post"), "in the words of the origin");
}
