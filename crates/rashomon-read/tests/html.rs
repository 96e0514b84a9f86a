//! Pages in the shapes news sites use, all invented: what is read from them and where it stood.

use rashomon_model::Article;
use rashomon_read::{article, records_in};

fn read(bytes: &[u8], name: &str) -> Article {
    let record = records_in(bytes.to_vec(), name).unwrap().next().unwrap().unwrap();
    article(&record).output.unwrap_or_else(|| panic!("{name} gives no article"))
}

struct Page {
    name: &'static str,
    title: &'static str,
    outlet: &'static str,
    byline: &'static [&'static str],
    published: &'static str,
    updated: &'static str,
    url: &'static str,
    language: &'static str,
    holds: &'static [&'static str],
    lacks: &'static [&'static str],
    furniture: &'static [&'static str],
    declared: &'static [&'static str],
}

const PAGES: [Page; 6] = [
    Page {
        name: "broadsheet.html",
        title: "Ferry ‘Sabine’ runs aground off Port Ellis",
        outlet: "The Harbour Gazette",
        byline: &["Ann Lee", "Bo Berg"],
        published: "2021-03-03T20:53:00Z",
        updated: "2021-03-04T04:42:00Z",
        url: "https://www.harbourgazette.example/news/2021/mar/03/ferry-sabine-aground",
        language: "en",
        holds: &[
            "Ferry ‘Sabine’ runs aground off Port Ellis\nAll 212 passengers were taken off by lifeboats, the coastguard said.\n",
            "taken off by lifeboats & helicopters.",
            "“We felt a blow, and then the lights went out,” said Marta Quill",
            "The Sabine, built in 1998, had left Quayside at 19:10",
            "\nThird grounding in a year\n",
            "The harbour master, Otto Brandt, said the channel would stay closed until Friday.",
        ],
        lacks: &[
            "not text",
            "color",
            "Skip to",
            "Sport",
            "Share on",
            "dredging put off again",
            "editor's comment",
            "newsletter",
            "I was on that ferry",
        ],
        furniture: &["The ferry on the bank at dawn. Photograph: Cy Dahl/AP"],
        declared: &["photo AP"],
    },
    Page {
        name: "blog.html",
        title: "Council puts off dredging of Port Ellis channel",
        outlet: "Quay Radio",
        byline: &["Di Eck"],
        published: "2021-03-05T08:00:00Z",
        updated: "2021-03-05T09:30:00Z",
        url: "https://quayradio.example/?p=17",
        language: "en",
        holds: &[
            "“There is no money for sand,” said council leader Petra Holm",
            "The channel stays closed until further notice.",
            "Ferries will sail from Quayside instead",
        ],
        lacks: &[
            "Share this",
            "Voices from the water",
            "First comment",
            "About this station",
            "Proudly powered",
            "nobody hurt",
        ],
        furniture: &["This article was originally published by The Harbour Gazette and is reprinted with permission."],
        declared: &["origin The Harbour Gazette", "post Port Ellis Harbour"],
    },
    Page {
        name: "tables.html",
        title: "Ferry aground: inquiry opened",
        outlet: "Isle Courier",
        byline: &["Jon Vale"],
        published: "2021-03-04T11:15:00Z",
        updated: "",
        url: "",
        language: "en",
        holds: &["grounding of the ferry “Sabine” off Port Ellis", "The ferry’s café had been closed"],
        lacks: &["Weather", "Tides"],
        furniture: &["By Jon Vale", "Published: 4 March 2021, 11:15 GMT"],
        declared: &["agency Reuters"],
    },
    Page {
        name: "divisions.html",
        title: "Zwei Offiziere nach Havarie vernommen",
        outlet: "Küstenblatt",
        byline: &[],
        published: "2021-03-04T12:00:00Z",
        updated: "",
        url: "",
        language: "de",
        holds: &[
            "Nach der Havarie der Fähre „Sabine“ vor Port Ellis",
            "\nBericht in sechs Wochen\n",
            "und er werde veröffentlicht.",
        ],
        lacks: &["Wirtschaft", "Baggerarbeiten", "Impressum"],
        furniture: &[],
        declared: &[],
    },
    Page {
        name: "itemprop.html",
        title: "Ferry operator denies night crew was short",
        outlet: "Strait Mail",
        byline: &[],
        published: "2021-03-06T02:10:00Z",
        updated: "2021-03-06T03:40:00Z",
        url: "https://straitmail.example.in/ferry-operator-denies",
        language: "en",
        holds: &[
            "The union says three deckhands were missing",
            "denied on Saturday that its night crew had been short of hands.",
            "the ministry said.",
        ],
        lacks: &["E-Paper", "WhatsApp", "Also read", "Ten things", "Privacy"],
        furniture: &["(Image: PTI)"],
        declared: &["agency AFP", "photo PTI"],
    },
    Page {
        name: "brief.html",
        title: "Channel off Port Ellis reopens",
        outlet: "Isle Wire",
        byline: &[],
        published: "2021-03-08T00:00:00Z",
        updated: "",
        url: "",
        language: "en",
        holds: &["the harbour office said.", "Ferries sail again from Tuesday."],
        lacks: &["price of fish", "denies night crew", "More headlines"],
        furniture: &["Monday 8 March 2021 14:05 GMT"],
        declared: &[],
    },
];

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/pages/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn pages_in_the_shapes_news_sites_use() {
    for page in PAGES {
        let name = page.name;
        let it = read(&bytes(name), name);
        assert_eq!(it.title.as_deref().unwrap_or_default(), page.title, "{name}");
        assert_eq!(
            it.title_span.map_or("", |s| s.text(&it.text)),
            page.title,
            "{name}: the headline's place\n{}",
            it.text
        );
        assert_eq!(it.outlet.as_deref().unwrap_or_default(), page.outlet, "{name}");
        if !page.byline.is_empty() {
            assert_eq!(it.byline, page.byline, "{name}");
        }
        assert_eq!(it.published.map_or_else(String::new, |m| m.rfc3339()), page.published, "{name}");
        assert_eq!(it.updated.map_or_else(String::new, |m| m.rfc3339()), page.updated, "{name}");
        assert_eq!(it.url.as_deref().unwrap_or_default(), page.url, "{name}");
        assert_eq!(it.language.as_deref().unwrap_or_default(), page.language, "{name}");
        for held in page.holds {
            assert!(it.text.contains(held), "{name} lacks {held:?}:\n{}", it.text);
        }
        for lacked in page.lacks {
            assert!(!it.text.contains(lacked), "{name} holds {lacked:?}:\n{}", it.text);
        }
        let furniture: Vec<&str> = it.furniture.iter().map(|s| s.text(&it.text)).collect();
        for marked in page.furniture {
            assert!(furniture.contains(marked), "{name}: {marked:?} is not among {furniture:?}");
        }
        let declared: Vec<String> = it.declared.iter().map(|d| format!("{} {}", d.kind.as_str(), d.name)).collect();
        for wanted in page.declared {
            assert!(declared.iter().any(|d| d == wanted), "{name}: {wanted:?} is not among {declared:?}");
        }
    }
}

/// The rows of `pages/truth.tsv`: the article whole, and nothing beside it.
#[test]
fn the_article_is_found_and_nothing_beside_it() {
    let truth = String::from_utf8(bytes("truth.tsv")).unwrap();
    let rows: Vec<Vec<&str>> =
        truth.lines().filter(|l| !l.starts_with('#')).map(|l| l.splitn(3, '\t').collect()).collect();
    assert!(rows.len() > 70, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for row in rows {
        let [page, verb, words] = row[..] else { panic!("a row is a page, a verb and words: {row:?}") };
        let text = read(&bytes(page), page).text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.contains(words) != (verb == "holds") {
            wrong.push(format!("{page} {verb} {words:?}"));
        }
    }
    assert!(wrong.is_empty(), "not so: {wrong:#?}");
}

/// The bytes that a piece of text came from, decoded, are that text: exactly, or by a character reference.
#[test]
fn origin_leads_back_to_the_retrieved_bytes() {
    for page in PAGES {
        let source = bytes(page.name);
        let it = read(&source, page.name);
        let origin = it.origin.as_ref().unwrap();
        let mut covered = 0;
        for piece in origin.pieces() {
            let text = piece.text.text(&it.text);
            let from = &source[piece.source.range()];
            covered += text.len();
            if page.name == "tables.html" {
                let decoded = encoding_rs::WINDOWS_1252.decode(from).0;
                assert!(
                    decoded.contains(text) || text.contains(&*decoded),
                    "{}: {text:?} is not from {decoded:?}",
                    page.name
                );
                continue;
            }
            let decoded = String::from_utf8_lossy(from);
            assert!(decoded == text || decoded.starts_with('&'), "{}: {text:?} is not from {decoded:?}", page.name);
        }
        let separators = it.text.matches(['\n', ' ']).count();
        assert!(covered + separators >= it.text.len(), "{}", page.name);
        // A sentence with a reference and an element in it still leads back to where it stood.
        if page.name == "broadsheet.html" {
            let at = it.text.find("The Sabine, built").unwrap();
            let found = origin.source_of(rashomon_model::Span::new(at, at + 17)).unwrap();
            assert_eq!(&source[found.range()], b"The <em>Sabine</em>, built");
        }
    }
}

/// A page that prints a teaser and holds the whole text as data, plain or with markup.
#[test]
fn a_text_held_only_as_data_is_read_and_traced() {
    let page = |body: &str| {
        format!(
            "<html><head><title>Weir gives way</title><script type=\"application/ld+json\">\n{{\"@type\": \"NewsArticle\", \
             \"headline\": \"Weir gives way\",\n \"articleBody\" : \"{body}\", \"datePublished\": \"2031-05-06\"}}</script></head>\
             <body><div id=app><p>Read this story in our app.</p></div></body></html>"
        )
    };
    let plain = page(
        r#"The weir at Tarn\u2019s Foot gave way on Monday, \"without a sound\".\n\nSix caf\u00e9s \ud83c\udf0a and a mill & its race were flooded, the water board said.\r\n It will be rebuilt."#,
    );
    let markup = page(
        r"<p>The weir at Tarn&rsquo;s Foot gave way on Monday, \u0022without a sound\u0022.<\/p><p>Six caf\u00e9s \ud83c\udf0a and a mill &amp; its race were flooded, the water board said.<\/p>\n<p>It will be rebuilt.</p>",
    );
    for source in [plain, markup] {
        let it = read(source.as_bytes(), "app.html");
        let lines = [
            "The weir at Tarn’s Foot gave way on Monday, \"without a sound\".",
            "Six cafés 🌊 and a mill & its race were flooded, the water board said.",
            "It will be rebuilt.",
        ];
        assert_eq!(it.text, lines.join("\n"));
        assert_eq!(it.title.as_deref(), Some("Weir gives way"));
        let origin = it.origin.as_ref().unwrap();
        let mut covered = 0;
        for piece in origin.pieces() {
            let (text, from) = (piece.text.text(&it.text), piece.source.text(&source));
            covered += text.len();
            assert!(text == from || from.starts_with(['\\', '&']), "{text:?} is not from {from:?}");
        }
        assert!(covered + it.text.matches(['\n', ' ']).count() >= it.text.len());
        let at = it.text.find("Monday").unwrap();
        let found = origin.source_of(rashomon_model::Span::new(at, at + 6)).unwrap();
        assert_eq!((found.text(&source), found.start()), ("Monday", source.find("Monday").unwrap()));
    }
    // What the page prints is its article; data that says less, or is broken, changes nothing.
    for broken in [r"Short.", r"The weir \u12", r"\ud83c", ""] {
        assert_eq!(read(page(broken).as_bytes(), "app.html").text, "Read this story in our app.", "{broken}");
    }
}

#[test]
fn broken_pages_are_read_as_far_as_they_go() {
    let whole = bytes("broadsheet.html");
    for cut in (0..whole.len()).step_by(97) {
        let records = records_in(whole[..cut].to_vec(), "cut.html").unwrap();
        for record in records {
            let _ = article(&record.unwrap());
        }
    }
    let at = whole.windows(9).position(|w| w == b"built in ").unwrap();
    let it = read(&whole[..at + 5], "cut.html");
    assert!(it.text.ends_with("The Sabine, built"), "{}", it.text);

    let sentence = "<p>A ferry ran aground on Wednesday evening, the coastguard said, and all were saved.</p>";
    let nested = format!("{}{sentence}{}", "<div>".repeat(10_000), "</div>".repeat(10_000));
    assert!(read(nested.as_bytes(), "nested.html").text.contains("all were saved"));
    let unclosed = format!("{}{sentence}", "<b><i><table><tr><td>".repeat(1_500));
    assert!(!read(unclosed.as_bytes(), "unclosed.html").text.is_empty());
    let tags_only = records_in(b"<html><body><script>x()</script></body></html>".to_vec(), "a.html")
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    let noted = article(&tags_only);
    assert!(noted.output.is_none() && noted.notes[0].message.contains("no text"));
}

/// What a page that stands on `quay.example` declares by its metadata: kinds and names, and what is written there.
fn stated(head: &str, text_end: &str) -> (String, Option<String>) {
    let body =
        "<p>The ferry ran aground at noon near the northern pier, and nobody was hurt, the port said on Monday.</p>";
    let page = format!(
        r#"<html><head><title>Ferry aground</title><meta property="og:url" content="https://www.quay.example/ferry">
        <meta property="og:site_name" content="Quay Post">{head}</head>
        <body><article><h1>Ferry aground</h1>{}<p>{text_end}</p></article></body></html>"#,
        body.repeat(6)
    );
    let it = read(page.as_bytes(), "page.html");
    let names = it.declared.iter().map(|d| {
        let written = d.retrieved.map(|s| &page[s.range()]);
        assert_eq!(d.span.is_empty(), written.is_some(), "{d:?}");
        assert!(written.is_none_or(|w| w.contains(&d.name)), "{d:?} at {written:?}");
        format!("{}={}", d.kind.as_str(), d.name)
    });
    (names.collect::<Vec<_>>().join("; "), it.url)
}

#[test]
fn sources_that_only_the_metadata_names() {
    let linked = |rest: &str| {
        format!(
            r#"<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Ferry aground", {rest}}}</script>"#
        )
    };
    for (head, text, declared) in [
        // A canonical link to another site is whose report it is; one to a page of the same site is nobody else's.
        (
            r#"<link rel="canonical" href="https://www.harbourtimes.example/2021/ferry">"#.to_owned(),
            "",
            "origin=harbourtimes.example",
        ),
        (r#"<link rel="canonical" href="https://quay.example/news/ferry">"#.to_owned(), "", ""),
        (
            r#"<meta name="syndication-source" content="https://harbourtimes.example/ferry">"#.to_owned(),
            "",
            "origin=harbourtimes.example",
        ),
        (
            r#"<meta name="original-source" content="https://harbourtimes.example/ferry">"#.to_owned(),
            "",
            "agency=harbourtimes.example",
        ),
        (linked(r#""sourceOrganization": {"@type": "Organization", "name": "Selwyn Wire"}"#), "", "agency=Selwyn Wire"),
        (linked(r#""sourceOrganization": {"@type": "Organization", "name": "Quay Post"}"#), "", ""),
        (linked(r#""author": {"@type": "Organization", "name": "Reuters"}"#), "", "agency=Reuters"),
        (linked(r#""author": {"@type": "Person", "name": "Ann Lee"}"#), "", ""),
        (
            linked(r#""isBasedOn": {"@type": "NewsArticle", "name": "Ferry", "publisher": {"name": "Harbour Times"}}"#),
            "",
            "origin=Harbour Times",
        ),
        (linked(r#""isBasedOn": "https://harbourtimes.example/ferry""#), "", "agency=harbourtimes.example"),
        // What the text says names the origin better.
        (
            r#"<link rel="canonical" href="https://harbourtimes.example/ferry">"#.to_owned(),
            "This article was originally published by Harbour Times.",
            "origin=Harbour Times",
        ),
        (linked(r#""author": {"@type": "Organization", "name": "Reuters"}"#), "(Reuters)", "agency=Reuters"),
    ] {
        let (names, url) = stated(&head, text);
        assert_eq!(names, declared, "{head}");
        let own = if head.contains("//quay.example") {
            "https://quay.example/news/ferry"
        } else {
            "https://www.quay.example/ferry"
        };
        assert_eq!(url.as_deref(), Some(own), "{head}");
    }
}
