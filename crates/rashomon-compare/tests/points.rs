//! Points, conflicts, framings and voices of small invented stories.

use proptest::prelude::*;
use rashomon_annotate::{Corpus, annotate};
use rashomon_compare::{Collation, ConflictKind, Point, Status, compare};
use rashomon_group::Story;
use rashomon_model::{Anchor, Article, ArticleId, Moment};

/// A story of articles given as (date, text); no date where it is empty.
fn story(articles: &[(&str, &str)]) -> (Corpus, Story) {
    let annotated = articles.iter().enumerate().map(|(i, (date, text))| {
        let published = date.parse().ok().and_then(Moment::day);
        let id = format!("a{i}");
        let it = Article { digest: id.clone(), id, published, text: (*text).to_owned(), ..Article::default() };
        annotate(it).output
    });
    let corpus = Corpus::new(annotated.collect()).output;
    let articles: Vec<ArticleId> = corpus.iter().map(|(id, _)| id).collect();
    let story = Story { id: "a0".to_owned(), articles, joins: Vec::new() };
    (corpus, story)
}

fn collation(texts: &[&str]) -> (Corpus, Collation) {
    let articles: Vec<(&str, &str)> = texts.iter().map(|t| ("2031-05-07", *t)).collect();
    let (corpus, story) = story(&articles);
    let found = compare(&corpus, &story).output;
    (corpus, found)
}

fn carriers(p: &Point) -> Vec<u32> {
    let mut out: Vec<u32> = p.carried.iter().map(|a| a.article.0).collect();
    out.dedup();
    out
}

/// The point that holds `words` of the first article.
fn point<'a>(corpus: &Corpus, found: &'a Collation, words: &str) -> &'a Point {
    found.points.iter().find(|p| p.carried.iter().any(|a| corpus.text(*a).contains(words))).expect("a point")
}

#[test]
fn statements_in_other_words_are_one_point() {
    let cases = [
        (
            "Premier Olga Brandt called off a meeting with union leader Karl Weiss.",
            "Brandt has cancelled her meeting with Karl Weiss, the union leader.",
        ),
        (
            "Two miners died when a tunnel collapsed near Tarvel.",
            "The collapse of a tunnel near Tarvel killed two miners.",
        ),
        (
            "The airline will cut 400 jobs at its base in Norhaven.",
            "Some 400 jobs at the airline's Norhaven base are to be cut, the airline said.",
        ),
        ("The review will be held in Tarvel on May 9.", "A review of the dam is planned for Friday in Tarvel."),
    ];
    for (a, b) in cases {
        let (corpus, found) = collation(&[a, b]);
        let p = point(&corpus, &found, &a[..12]);
        assert_eq!(carriers(p), [0, 1], "{a} / {b}: {:#?}", found.points);
        assert_eq!(p.status, Status::All);
    }
}

#[test]
fn two_statements_of_one_speaker_are_two() {
    let first = "The strike at the port of Tarvel began on Monday.\n\n\
                 \"This offer does not even cover the price of bread,\" said Runa Veld, who leads the union of the dockers.\n\n\
                 The port handles a third of the country's grain.";
    let second = "Dockers at Tarvel ended their strike on Friday.\n\n\
                  \"Nobody wins like this, but we did not lose either,\" said Runa Veld, the leader of the dockers' union.\n\n\
                  Ships will be unloaded again on Saturday.";
    let (corpus, found) = collation(&[first, second]);
    assert_eq!(carriers(point(&corpus, &found, "price of bread")), [0], "{:#?}", found.points);
}

#[test]
fn what_happened_a_day_before_somebody_spoke_is_not_what_was_said() {
    let first = "The union of the dockers said on Wednesday that crews had reported trouble with the rudder twice since January, \
                 a day after the ferry struck a pier of the bridge at Tarvel and injured 14 people.";
    let (corpus, found) =
        collation(&[first, "The ferry struck a pier of the bridge at Tarvel on Tuesday and injured 14 people."]);
    let struck = found.points.iter().filter(|p| p.text.contains("struck a pier"));
    let said: Vec<_> = struck.map(|p| (&p.text, &p.said_by)).collect();
    assert!(!said.is_empty() && said.iter().all(|it| it.1.is_none()), "{said:?} {corpus:?}");
}

#[test]
fn other_statements_stay_apart() {
    let cases = [
        (
            "Premier Olga Brandt called off a meeting with union leader Karl Weiss.",
            "Premier Olga Brandt opened a hospital in the capital.",
        ),
        ("Two miners died when a tunnel collapsed near Tarvel.", "The mine near Tarvel employs two hundred people."),
        (
            "The harbour pilot Karl Weiss wrote to the minister to ask for a public inquiry.",
            "The minister has ordered a public inquiry into the harbour pilot.",
        ),
    ];
    for (a, b) in cases {
        let (corpus, found) = collation(&[a, b]);
        assert_eq!(carriers(point(&corpus, &found, &a[..12])), [0], "{a} / {b}");
    }
}

/// Whether a point of both reports holds `words` of the first, and no conflict tells of them.
fn is_shared(corpus: &Corpus, found: &Collation, words: &str) -> bool {
    let holds = |p: &&Point| p.carried.iter().any(|a| a.article.0 == 0 && corpus.text(*a).contains(words));
    found.points.iter().filter(holds).any(|p| carriers(p).len() > 1 && p.conflicts.is_empty())
}

#[test]
fn another_denier_a_question_and_another_count_make_another_statement() {
    let (corpus, found) = collation(&[
        "Investigators said on Tuesday that the ferry Alma was overloaded when it sank in March. The report of 90 pages was \
         published by the harbour authority. Mayor Ida Lund has denied allegations that she knew of the overloading. Will the \
         ferry be raised before winter? The inquiry found that three of the five pumps failed. The council of \
         Norvik has received 300 letters about the ferry from angry residents.",
        "The ferry Alma was overloaded when it sank in March, investigators said in a report published on Tuesday. Three of \
         five pumps had failed, the inquiry found. The shipping company has denied the allegations. The ferry will be raised \
         before winter. Angry residents have written 800 letters about the ferry to the council of Norvik.",
    ]);
    assert!(is_shared(&corpus, &found, "was overloaded when it sank"), "{:#?}", found.points);
    assert!(is_shared(&corpus, &found, "pumps failed"), "{:#?}", found.points);
    for words in ["has denied", "Will the ferry", "300 letters"] {
        assert!(!is_shared(&corpus, &found, words), "{words}: {:#?}", found.points);
    }
}

#[test]
fn what_is_taken_back_or_only_wanted_keeps_the_words_that_say_so() {
    for (text, torn) in [
        ("The old lock at Tarvel was never shut in its history. Until now.", "history."),
        ("Mayor Ida Lund suggested officers allow the heads of suspects to hit the doors of cars.", "officers allow"),
        ("Marks on the wheel might suggest that the pilot of the ferry was asleep at Tarvel.", "the pilot of"),
        ("The board falsely claimed that the pilot of the ferry was asleep at Tarvel.", "the pilot of"),
    ] {
        let (_, found) = collation(&[text]);
        assert!(!found.points.is_empty(), "{text}");
        let shown =
            |p: &Point| p.text.starts_with(torn) || format!("{}.", p.text.trim_end_matches('.')).ends_with(torn);
        assert!(!found.points.iter().any(shown), "{text}: {:#?}", found.points);
    }
}

#[test]
fn what_one_leaves_out_is_named() {
    let (corpus, found) = collation(&[
        "A ferry sank off Tarvel on Monday. Divers found the wreck at a depth of forty metres.",
        "A ferry sank near Tarvel on Monday. The wreck was found by divers at a depth of forty metres.",
        "On Monday a ferry sank off Tarvel.",
    ]);
    let p = point(&corpus, &found, "wreck");
    assert_eq!(carriers(p), [0, 1]);
    assert_eq!(p.omitted, [ArticleId(2)]);
    assert_eq!(p.status, Status::Some);
}

#[test]
fn values_in_conflict() {
    use ConflictKind::{Date, Name, Negation, Number, Place};
    let cases = [
        ("The blast in the harbour killed 12 people.", "The blast in the harbour killed 19 people.", Some(Number)),
        ("The blast in the harbour killed at least 12 people.", "The blast in the harbour killed 15 people.", None),
        (
            "The army sent nearly 190,000 soldiers to the border.",
            "The army sent about 200,000 soldiers to the border.",
            None,
        ),
        ("The court will hear the case on Monday.", "The court will hear the case on Thursday.", Some(Date)),
        (
            "The finance minister met Olga Brandt in the palace to discuss the new budget.",
            "The finance minister met Karl Weiss in the palace to discuss the new budget.",
            Some(Name),
        ),
        (
            "The summit will be held in Germany next spring.",
            "The summit will be held in Portugal next spring.",
            Some(Place),
        ),
        (
            "The company will close its plant at the river.",
            "The company will not close its plant at the river.",
            Some(Negation),
        ),
        ("The company will close its plant at the river.", "The company is to shut its plant at the river.", None),
        (
            "The office handed over the laptops of 13 members of the team.",
            "The office handed over the laptops of nine members of the team. In May it gave those of four more members.",
            None,
        ),
        (
            "The senator said three lawyers had told her that it was a bribe.",
            "The senator said two lawyers had told her that it was a bribe and a third called it blackmail.",
            None,
        ),
        (
            "The dam above Norvik broke after rain, the mayor said on Monday.",
            "The dam above Norvik broke after rain, the mayor said on Thursday.",
            None,
        ),
    ];
    for (a, b, want) in cases {
        let (_, found) = collation(&[a, b]);
        let kinds: Vec<ConflictKind> = found.points.iter().flat_map(|p| &p.conflicts).map(|c| c.kind).collect();
        assert_eq!(kinds, want.into_iter().collect::<Vec<_>>(), "{a} / {b}: {:#?}", found.points);
    }
}

#[test]
fn a_rising_toll_is_an_update() {
    let (corpus, story) = story(&[
        ("2031-05-07", "The flood in the valley killed 12 people."),
        ("2031-05-08", "The flood in the valley killed 19 people."),
        ("2031-05-09", "The flood in the valley killed 31 people."),
    ]);
    let found = compare(&corpus, &story).output;
    let conflicts: Vec<_> = found.points.iter().flat_map(|p| &p.conflicts).collect();
    assert_eq!(conflicts.len(), 1);
    assert!(conflicts[0].update);
    let articles: Vec<u32> = conflicts[0].values.iter().map(|v| v.anchor.article.0).collect();
    assert_eq!(articles, [0, 1, 2]);
}

#[test]
fn voices_are_counted_over_articles() {
    let (_, found) = collation(&[
        "“We will rebuild the bridge,” said Mayor Olga Brandt.",
        "Mayor Olga Brandt spoke late. “We will rebuild,” Brandt said.",
    ]);
    let voices: Vec<(&str, usize)> = found.voices.iter().map(|v| (v.speaker.as_str(), v.words)).collect();
    assert_eq!(voices, [("Olga Brandt", 8)]);
}

#[test]
fn voices_count_the_words_in_marks_alone_and_once() {
    let (_, found) = collation(&[
        "Mayor Olga Brandt said the new bridge over the river was “a gift to the valley” and long overdue.",
        "“We will rebuild the bridge,” said Mayor Olga Brandt. “We will rebuild the bridge,” Brandt wrote later.",
    ]);
    let voices: Vec<(&str, usize)> = found.voices.iter().map(|v| (v.speaker.as_str(), v.words)).collect();
    assert_eq!(voices, [("Olga Brandt", 10)]);
}

/// Everything the answers point at.
fn shown(corpus: &Corpus, found: &Collation) -> Vec<String> {
    let mut out = Vec::new();
    for p in &found.points {
        assert_eq!(p.text, corpus.text(p.wording));
        // What is shown may hold more of its sentence than the statement.
        let holds = |a: &Anchor| a.article == p.wording.article && a.span.overlaps(p.wording.span);
        assert!(p.carried.iter().any(holds));
        out.push(format!("{:?} {} {:?} {:?}", p.status, p.text, p.said_by, p.omitted));
        out.extend(p.carried.iter().map(|a| corpus.text(*a).to_owned()));
        for c in &p.conflicts {
            assert!(c.values.len() > 1);
            out.extend(c.values.iter().map(|v| format!("{:?} {} {}", c.kind, v.value, corpus.text(v.anchor))));
        }
    }
    for f in &found.framing {
        out.push(f.referent.clone());
        out.extend(f.terms.iter().map(|t| corpus.text(t.anchor).to_owned()));
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any text is survived, every span is real, and a second run says the same.
    #[test]
    fn any_text_is_survived(a in "(?s).{0,200}", b in "([A-Z][a-z]{2,6} (said|killed|met|not|12|2031|on Monday|\"yes\"|,|\\.) ){0,20}") {
        let (corpus, story) = story(&[("2031-05-07", &a), ("", &b), ("2031-05-09", &b)]);
        let first = shown(&corpus, &compare(&corpus, &story).output);
        prop_assert_eq!(first, shown(&corpus, &compare(&corpus, &story).output));
    }

    /// A statement stands in few points.
    #[test]
    fn a_statement_stands_in_few_points(seed in 0usize..1000) {
        let words = ["The mayor met the union", "two ships sank in the bay", "the bank cut its rates", "a strike closed the port"];
        let text = |k: usize| (0..4).map(|i| format!("{} on Monday.", words[(seed / (k + 1) + i * (k + 1)) % 4])).collect::<Vec<_>>().join(" ");
        let (x, y, z) = (text(0), text(1), text(2));
        let (_, found) = collation(&[&x, &y, &z]);
        let mut all: Vec<_> = found.points.iter().flat_map(|p| p.carried.clone()).collect();
        all.sort_unstable();
        prop_assert!(all.chunk_by(|a, b| a == b).all(|same| same.len() <= 3));
    }
}

#[test]
fn who_has_done_something_and_says_why_is_told_to_have_done_it() {
    let told = "Petra Lind has stepped down as head of the council of Tarvel, saying she should have closed the hall in May.\n\n\
                Parents of the school had called for an inquiry into the fire for months.";
    let (_, found) = collation(&[told]);
    let shown: Vec<&str> = found.points.iter().map(|p| p.text.as_str()).collect();
    assert!(shown.iter().any(|it| it.contains("has stepped down as head of the council")), "{shown:?}");
}

/// The fall of a roof, in three reports of which none copies another.
const ROOF: [(&str, &str); 3] = [
    (
        "2031-06-04",
        "The chief executive of Aldmere council, Petra Lindqvist, resigned on Tuesday, a week after the roof of a primary school \
         collapsed and injured nine children.\n\n\
         Lindqvist told councillors that warnings about the building had been ignored for two years. \"I should have closed the \
         hall myself,\" she said.\n\n\
         The roof of Harrow Lane school came down on 27 May during a rehearsal. Six of the children were still in hospital on \
         Tuesday, the health trust said.\n\n\
         An inquiry led by retired judge Oskar Brandt will report in September. The council has set aside £4.2m for repairs.",
    ),
    (
        "2031-06-04",
        "Petra Lindqvist has stepped down as head of Aldmere council, saying she \"should have closed the hall\" before its roof \
         gave way.\n\n\
         Eight pupils were hurt when the ceiling of Harrow Lane primary fell in last Tuesday as they rehearsed a play.\n\n\
         A surveyor's report from 2029, seen by the Ledger, called the beams \"unsafe\". The council denied on Wednesday that the \
         report had been ignored.",
    ),
    (
        "2031-06-05",
        "A judge-led inquiry into the collapse of a school roof in Aldmere will publish its findings in September, the council \
         confirmed on Thursday.\n\n\
         Oskar Brandt, who retired from the bench last year, will examine why a 2029 survey was not acted upon. Repairs are \
         expected to cost £2.4m.\n\n\
         The chief executive, Petra Lindqvist, quit on Tuesday. Nine children were injured; four remain in hospital.",
    ),
];

#[test]
fn what_found_company_does_not_stand_alone_beside_it() {
    let (corpus, story) = story(&ROOF);
    let found = compare(&corpus, &story).output;
    let shared: Vec<&Anchor> =
        found.points.iter().filter(|p| p.status != Status::One).flat_map(|p| &p.carried).collect();
    let quits = shared.iter().any(|a| corpus.text(**a).contains("quit on Tuesday"));
    assert!(quits, "reports share that she quit");
    for lone in found.points.iter().filter(|p| p.status == Status::One && p.carried.len() == 1) {
        assert!(!shared.contains(&&lone.carried[0]), "{}", lone.text);
    }
}

#[test]
fn whole_sentences_are_cited_where_no_clause_shows_what_they_share() {
    let (corpus, story) = story(&ROOF);
    let found = compare(&corpus, &story).output;
    let shared = || found.points.iter().filter(|p| p.status != Status::One).flat_map(|p| &p.carried);
    // The two tell of the inquiry in words that are hardly alike.
    for sentence in ["the council confirmed on Thursday.", "Oskar Brandt will report in September."] {
        assert!(shared().any(|a| corpus.text(*a).ends_with(sentence)), "{sentence}");
    }
    // What is much alike is cited as it stands.
    assert!(shared().any(|a| corpus.text(*a).ends_with("Petra Lindqvist, quit on Tuesday")));
}

/// One word of the content differs, and it is the one that matters.
#[test]
#[ignore = "the weights of the joins take the two for one: what is struck is not asked apart"]
fn another_object_makes_another_statement() {
    let (a, b) =
        ("The tram struck the old museum in Tarvel.", "The old museum in Tarvel was shut after a tram struck a lamp.");
    let (corpus, found) = collation(&[a, b]);
    assert_eq!(carriers(point(&corpus, &found, &a[..12])), [0]);
}

#[test]
fn who_says_it_is_cut_off_with_his_role() {
    for told in ["the council's clerk, Ida Lund, said", "Ida Lund, the clerk, said", "Ida Lund said"] {
        let first = format!("The council of Tarvel voted on Monday by 14 to 9 to close the Mill Street pool, {told}.");
        let (corpus, found) = collation(&[
            &first,
            "The Mill Street pool of Tarvel is to close after the council voted for it by 14 to 9 on Monday.",
        ]);
        for p in &found.points {
            let words = corpus.text(p.wording);
            assert!(words == first || !words.contains("Lund"), "{told}: {words}");
        }
    }
}

#[test]
fn who_leaves_a_thing_open_does_not_state_it() {
    let (corpus, found) = collation(&[
        "The minister for fisheries, Ida Lund, declined to say whether the boat had passed its last inspection in May.",
        "The boat had passed its last inspection in May, the minister's office said.",
    ]);
    for p in found.points.iter().filter(|p| corpus.text(p.wording).starts_with("The boat had passed")) {
        assert_eq!(carriers(p), [1], "{}", corpus.text(p.wording));
    }
}

#[test]
fn a_number_that_another_report_does_not_bear_out_is_not_shown_for_both() {
    let (least, about) = (
        "More than 300 families were moved to schools in the town of Tarvel on Monday after the river rose.",
        "Some 450 families were moved to shelters in the town of Tarvel after the river rose on Monday.",
    );
    for texts in [[least, about], [about, least]] {
        let (corpus, found) = collation(&texts);
        assert!(is_shared(&corpus, &found, "families"), "{:?}", shown(&corpus, &found));
        let both = found.points.iter().filter(|p| carriers(p).len() == 2);
        both.for_each(|p| assert!(!corpus.text(p.wording).contains("450"), "{}", corpus.text(p.wording)));
    }
}

#[test]
fn what_one_report_adds_to_a_shared_statement_is_set_apart() {
    let own = |first: &str, second: &str| {
        let (corpus, found) = collation(&[first, second]);
        let p = found.points.iter().find(|p| carriers(p) == [0, 1]).expect("a shared point");
        let alone: Vec<String> = p.alone.iter().map(|a| corpus.text(*a).to_owned()).collect();
        (p.text.clone(), alone)
    };
    let short = "Ferries are full. It voted yesterday to close the harbour bridge of Tarvel.";
    // In the middle it is named.
    let long = "The council of Tarvel, which pensioners had besieged with candles, voted on Monday to close the old harbour bridge.";
    let (text, alone) = own(long, short);
    assert_eq!(text, long.trim_end_matches('.'));
    assert_eq!(alone, ["which pensioners had besieged with candles"]);
    // At the end, behind a comma, it is left out; not if it is a condition.
    let tail =
        "The council of Tarvel voted on Monday to close the old harbour bridge, besieged by pensioners with candles.";
    let (text, alone) = own(tail, short);
    assert_eq!(
        (text.as_str(), alone.len()),
        ("The council of Tarvel voted on Monday to close the old harbour bridge", 0)
    );
    let tail =
        "The council of Tarvel voted on Monday to close the old harbour bridge, unless pensioners repaint its pylons.";
    let (text, alone) = own(tail, short);
    assert_eq!((text.as_str(), alone.len()), (tail.trim_end_matches('.'), 1));
    // What another report says elsewhere is not this one's alone.
    let told = format!("{short}\n\nOn Sunday pensioners with candles had besieged the town hall.");
    assert_eq!(own(long, &told).1, [""; 0]);
    // A name is told by its last part.
    let full = "Olga Ines Brandt voted on Monday to close the old harbour bridge of Tarvel.";
    let (text, alone) = own(full, "Ferries are full. Brandt voted yesterday to close the harbour bridge of Tarvel.");
    assert_eq!((text.as_str(), alone.len()), (full.trim_end_matches('.'), 0));
}

#[test]
fn words_in_marks_have_the_speaker_whom_another_report_names() {
    let named = "The lock of Tarvel leaks.\n\n\"We will dig until the last barge is through,\" said Runa Veld, who leads the crews.";
    let unnamed = "The lock of Tarvel leaks again.\n\n\"We will dig until the last barge is through.\"";
    let other = "Tarvel's lock leaks.\n\n\"We will dig until the last barge is through.\"";
    let (corpus, found) = collation(&[unnamed, other, named]);
    let p = point(&corpus, &found, "We will dig");
    assert_eq!((carriers(p).len(), p.said_by.as_deref()), (3, Some("Runa Veld")), "{:?} {:?}", p.carried, p.said_by);
}
