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

/// A page of an invented paper: what stands in its head, before its text, amidst it and behind it.
fn tarn_page(head: &str, title: &str, above: &str, amidst: &str, behind: &str) -> Article {
    let page = format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | Tarnfoot Observer</title>{head}</head><body>\
         <header><nav><a href=/>Home</a><a href=/farming>Farming</a></nav></header><main><article><h1>{title}</h1>{above}\
         <p>Six houses in the lower part of Tarnfoot were flooded on Monday night when the weir above the mill gave way, the water board said.</p>\
         <p>The weir, put up in 1911, had been due for repair since the autumn, and engineers had warned of cracks in its sill.</p>{amidst}\
         <p>“It went with a groan, and then the race was dry,” said Odile Marr, who runs the mill with her brother.</p>\
         <p>The parish council meets on Thursday to decide who pays for the new sill, which may cost ninety thousand crowns.</p></article>{behind}</main>\
         <footer><p>Copyright Tarnfoot Observer. All rights reserved.</p></footer></body></html>"
    );
    read(page.as_bytes(), "tarn.html")
}

/// The text of an article less its furniture.
fn account(it: &Article) -> String {
    let mut out = String::new();
    let mut at = 0;
    for span in &it.furniture {
        out.push_str(&it.text[at..span.start()]);
        at = span.end();
    }
    out.push_str(&it.text[at..]);
    out
}

const WEIR: &str = "Weir gives way above Tarnfoot mill";

#[test]
fn authors_and_times_wherever_a_page_says_them() {
    let graph = r##"<script type="application/ld+json">{"@graph": [{"@type": "Organization", "@id": "#o", "name": "Tarnfoot Observer"},
        {"@type": "WebPage", "datePublished": "2031-01-01"}, {"@type": "Person", "@id": "#p", "name": "Ivo Lenk"},
        {"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Weir gives way above Tarnfoot mill", "author": [{"@id": "#p"}],
        "datePublished": "2031-05-06T07:30:00+02:00", "publisher": {"@id": "#o"}}},
        {"@type": "NewsArticle", "headline": "Otters return", "datePublished": "2029-05-05", "author": {"name": "Una Pell"}}]}</script>"##;
    let broken = "<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"description\": \"Six houses\nflooded\", \"author\": {\"name\": \"Ivo Lenk\"}, \"datePublished\": \"2031-05-06T05:30:00Z\",}</script>";
    let card = "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ivo Lenk'><meta name=twitter:creator content='@tarnfoot'>";
    let comments = "<section id=comments><h2>2 comments</h2><div><span class=author>Ann Troll</span><time datetime=2030-02-02>2030-02-02</time><p>The council was told of this for years and years, and it did nothing at all.</p></div></section>";
    let responses = "<section class=responses><h4>Most recent comments</h4><div><b>miller</b><time datetime=2030-02-02>2030-02-02</time><p>The council was told of this for years and years, and it did nothing at all.</p></div></section>";
    for (head, above, behind, byline, published) in [
        (graph, "", "", &["Ivo Lenk"][..], "2031-05-06T05:30:00Z"),
        (broken, "", "", &["Ivo Lenk"], "2031-05-06T05:30:00Z"),
        (card, "<div class=x>6 May 2031</div>", "", &["Ivo Lenk"], "2031-05-06"),
        (
            "",
            "<div class=author-box><a class=author-name href=/p/il>Ivo Lenk</a> <span class=author-role>Farming editor</span></div><time class=published>May 6, 2031</time>",
            "",
            &["Ivo Lenk"],
            "2031-05-06",
        ),
        (
            "",
            "<p class=meta>By Ivo Lenk and Una Pell<br>6 May 2031</p>",
            comments,
            &["Ivo Lenk", "Una Pell"],
            "2031-05-06",
        ),
        ("<link rel=canonical href=https://tarnfoot.example/2031/05/06/weir>", "", comments, &[], "2031-05-06"),
        ("<link rel=canonical href=https://tarnfoot.example/2031/05/06/weir>", "", responses, &[], "2031-05-06"),
        (
            "<link rel=canonical href=https://tarnfoot.example/farming/weir-gives-way-6-may-2031/>",
            "",
            "",
            &[],
            "2031-05-06",
        ),
        (
            "<meta name=author content='By Ivo Lenk and Una Pell | Tarnfoot Observer'>",
            "<p>Posted: May 6, 2031 at 7:12 a.m. | Updated: May 6, 2031 at 9:30 a.m.</p>",
            "",
            &["Ivo Lenk", "Una Pell"],
            "2031-05-06",
        ),
        ("", "<p>By IVO LENK Valley Wire Writer</p><p>6 May 2031</p>", "", &["Ivo Lenk"], "2031-05-06"),
        (
            "",
            "<p class=x-byline><span>Ivo Lenk</span></p><p class=x-role>Farming Editor</p><p>6 May 2031</p>",
            "",
            &["Ivo Lenk"],
            "2031-05-06",
        ),
        (
            "",
            "<p class=byline>By <b>Ivo Lenk</b><br>Senior Rivers Reporter</p><p>6 May 2031</p>",
            "",
            &["Ivo Lenk"],
            "2031-05-06",
        ),
        (
            "<meta property=og:locale content=de_DE><meta property=article:published_time content='2031-05-06 07:30:00'>",
            "",
            "",
            &[],
            "2031-05-06T05:30:00Z assumed",
        ),
        ("<meta property=article:published_time content='2031-05-06 07:30:00'>", "", "", &[], "2031-05-06"),
    ] {
        let it = tarn_page(head, WEIR, above, "", behind);
        assert_eq!(it.byline, byline, "{head}{above}");
        let at = it.published.unwrap_or_else(|| panic!("no time: {head}{above}"));
        let day = at.precision == rashomon_model::Precision::Day;
        let shown = if day { at.date().to_string() } else { at.rfc3339() };
        let shown = if it.assumed_zones.published { format!("{shown} assumed") } else { shown };
        assert_eq!(shown, published, "{head}{above}");
        assert_eq!(it.title.as_deref(), Some(WEIR));
        assert!(account(&it).trim_start().starts_with("Six houses in"), "{}", account(&it));
        assert!(!it.text.contains("did nothing at all"), "{}", it.text);
    }
}

#[test]
fn what_stands_amidst_an_article() {
    // A pulled quote, a caption and a button are not of the account; a paragraph that is one link is.
    let amidst = "<aside class=pull><blockquote>It went with a groan</blockquote></aside><figure><img src=w.jpg><figcaption>The weir on Tuesday. Ada Quist/Vale Pictures</figcaption></figure>\
        <div><p><a href=/inquiry><b>On Sunday May 4 the brothers Ott and Per Gann, both millers, denied having drawn the sluice by night.</b></a></p></div>";
    let it = tarn_page("", WEIR, "", amidst, "<p><a href=#>Buy this photo</a></p>");
    let account = account(&it);
    assert!(account.contains("denied having drawn the sluice"), "{account}");
    assert_eq!(account.matches("It went with a groan").count(), 1, "{account}");
    for beside in ["Ada Quist", "Buy this photo", "Copyright", "Farming"] {
        assert!(!account.contains(beside), "{beside}: {account}");
    }
    let pulled = "<div class=quote-block><span>“It went with a groan”</span><span>Odile Marr, miller</span></div><p>Image source, Ada Quist</p><p>Image caption, The dry race</p>\
        <p>[ <a href=/k>Cracks found in weir in March</a> ]</p>";
    let behind = "<p>Order a print of this photo</p><p>Get in touch with our newsroom by emailing desk@tarnfoot.example.</p><p>For more stories like this, see our farming page.</p>";
    let it = tarn_page("", WEIR, "", &format!("{pulled}{behind}"), "");
    let account = self::account(&it);
    for beside in ["miller\n", "dry race", "Cracks found", "Order a print", "Get in touch", "stories like this"] {
        assert!(!account.contains(beside), "{beside}: {account}");
    }
    assert_eq!(account.matches("It went with a groan").count(), 1, "{account}");
    let photo: Vec<_> = it.declared.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(photo, ["Ada Quist"]);
    // A list of two links that are sentences is read whole, or not at all.
    let list = "<ul><li><a href=/1>Water from the mill race will be cut off until Friday noon.</a></li><li><a href=/2>Carts may use the upper ford at any hour of the day.</a></li></ul>";
    let account = self::account(&tarn_page("", WEIR, "", list, ""));
    assert_eq!(account.contains("cut off until"), account.contains("upper ford"), "{account}");
    let list = "<ul class=related-links><li><a href=/1>Heron nests in the mill race</a></li><li><a href=/2>Tolls to rise in June</a></li></ul>";
    let account = self::account(&tarn_page("", WEIR, "", list, ""));
    assert!(!account.contains("Heron") && !account.contains("Tolls"), "{account}");
    // Escaped twice.
    let it = tarn_page("", "Millers&amp;#39; ruin &amp;amp; rage", "", "", "");
    assert_eq!(it.title.as_deref(), Some("Millers' ruin & rage"));
    // The whole page is hidden from readers aloud behind a dialog.
    let page = format!(
        "<html><body><div role=dialog><p>We use cookies to improve this site, and you may choose which ones you allow at any time.</p></div><div aria-hidden=true><h1>{WEIR}</h1>\
        <p>Six houses in the lower part of Tarnfoot were flooded on Monday night when the weir gave way, the water board said.</p><p>The weir, put up in 1911, had been due for repair since the autumn, the board said.</p></div></body></html>"
    );
    let it = read(page.as_bytes(), "hidden.html");
    assert!(it.text.contains("Six houses") && !it.text.contains("cookies"), "{}", it.text);
}

#[test]
fn other_articles_and_posts_beside_an_article() {
    // Two articles behind the first are others, though their titles are no links.
    let other = "<article><h2>Heron nests in the mill race</h2><p>A heron has built its nest in the dry mill race of Tarnfoot, the warden said on Tuesday.</p></article>\
        <article><h2>Tolls to rise</h2><p>The tolls on the upper ford will rise by a tenth in June, says a letter of the parish.</p></article>";
    let account = account(&tarn_page("", WEIR, "", "", other));
    assert!(
        account.contains("ninety thousand crowns") && !account.contains("heron") && !account.contains("tolls"),
        "{account}"
    );
    // The date of an embedded post is not that of the article.
    let post = "<blockquote class=post><p>Keep off the weir. Crews are at work all night.</p>&mdash; Tarnfoot Water (@tarnwater) <a href=https://posts.example/9>May 5, 2031</a></blockquote>";
    assert_eq!(tarn_page("", WEIR, "", post, "").published, None);
    let time = "<blockquote class=post><p>Keep off the weir.</p><time datetime=2031-05-05T20:00:00Z>May 5, 2031</time></blockquote>";
    assert_eq!(tarn_page("", WEIR, "", time, "").published, None);
}

#[test]
fn live_reports_are_read_entry_by_entry() {
    let entry = |clock: &str, head: &str, text: &str| {
        format!("<div class=entry><time>{clock}</time><h2>{head}</h2><p>{text}</p></div>")
    };
    let entries = [
        entry(
            "7 minutes ago",
            "Council to meet",
            "The parish council will meet on Thursday to decide who pays for the new sill.",
        ),
        entry(
            "2 hours ago",
            "Families moved",
            "Six families were taken to the school for the night, the water board says.",
        ),
        entry("3 hours ago", "Weir gives way", "The weir gave way shortly before midnight, and the mill race ran dry."),
    ];
    let ld = "<script type=\"application/ld+json\">{\"@type\": \"LiveBlogPosting\", \"headline\": \"Weir gives way above Tarnfoot mill\", \"datePublished\": \"2031-05-06T00:10:00Z\", \"dateModified\": \"2031-05-06T08:00:00Z\"%}</script>";
    let page = format!(
        "<html><head><title>{WEIR}</title>{}</head><body><main><article><h1>{WEIR}</h1>{}</article></main></body></html>",
        ld.replace('%', ""),
        entries.concat()
    );
    let it = read(page.as_bytes(), "live.html");
    let shown = account(&it);
    for held in ["Thursday to decide", "Six families were taken", "shortly before midnight"] {
        assert!(shown.contains(held), "{held}: {shown}");
    }
    assert!(!shown.contains(" ago"), "{shown}");
    assert_eq!(it.published.map(|m| m.rfc3339()).as_deref(), Some("2031-05-06T00:10:00Z"));
    assert_eq!(it.updated.map(|m| m.rfc3339()).as_deref(), Some("2031-05-06T08:00:00Z"));
    // Clocks beside a bar, and days in words.
    for clock in ["3 hours ago / 9:40 AM CST", "Posted yesterday at 7:15pm"] {
        let entries: String = entries.iter().map(|e| e.replace("<time>", &format!("<p>{clock}</p><time>"))).collect();
        let page = format!("<html><body><main><article><h1>{WEIR}</h1>{entries}</article></main></body></html>");
        let shown = account(&read(page.as_bytes(), "live.html"));
        assert!(shown.contains("mill race ran dry") && !shown.contains(clock), "{shown}");
    }
    // The times of entries are not the page's.
    let timed = |n: usize, e: &String| e.replace("<time>", &format!("<time datetime=2031-05-06T0{}:00:00Z>", 9 - n));
    let entries: String = entries.iter().enumerate().map(|(n, e)| timed(n, e)).collect();
    let page = format!("<html><body><main><h1>{WEIR}</h1>{entries}</main></body></html>");
    assert_eq!(read(page.as_bytes(), "live.html").published, None);
    // One short entry, as data alone, over a foot of the page.
    let one = ", \"liveBlogUpdate\": {\"articleBody\": \"The parish council will meet on Thursday to decide who pays for the new sill.\"}";
    let foot = "<footer><p>© 2031 Tarnfoot Observer. All rights reserved.</p><a href=/p>Privacy</a> <a href=/t>Terms of use</a></footer>";
    let page = format!(
        "<html><head><title>{WEIR}</title>{}</head><body><main><div>Loading…</div></main>{foot}</body></html>",
        ld.replace('%', one)
    );
    let text = read(page.as_bytes(), "live.html").text;
    assert_eq!(text, "The parish council will meet on Thursday to decide who pays for the new sill.");
    // The same of several.
    let updates = ", \"liveBlogUpdate\": [{\"articleBody\": \"The parish council will meet on Thursday to decide who pays for the new sill.\"}, {\"articleBody\": \"The weir gave way shortly before midnight.\"}]";
    let page = format!(
        "<html><head><title>{WEIR}</title>{}</head><body><main><div id=app></div></main><footer>Terms</footer></body></html>",
        ld.replace('%', updates)
    );
    let it = read(page.as_bytes(), "live.html");
    assert_eq!(
        it.text,
        "The parish council will meet on Thursday to decide who pays for the new sill.\nThe weir gave way shortly before midnight."
    );
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

#[test]
#[ignore = "the weights of the lines leave out a heading between two paragraphs of this page, which they read before"]
fn a_heading_amidst_an_article_is_of_it() {
    let it = read(include_bytes!("pages/broadsheet.html"), "broadsheet.html");
    assert!(account(&it).contains("\nThird grounding in a year\n"), "{}", account(&it));
}

#[test]
fn bylines_as_systems_mark_them() {
    let ld = |author: &str| {
        format!(
            "<script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \"headline\": \"{WEIR}\", \"author\": {author}}}</script>"
        )
    };
    let one = &["Una Pell"][..];
    let two = &["Una Pell", "Ivo Lenk"][..];
    for (head, above, byline) in [
        (
            "",
            "<p class=byline>By <b>Una Pell</b>, <i>Tarnfoot Observer</i> | <a href=mailto:x>upell@to.example</a></p>",
            one,
        ),
        ("", "<div class=byline>By Una Pell and Ivo Lenk, For The Tarnfoot Observer</div>", two),
        ("", "<div class=byline>By Una Pell<br>Associated Press</div>", one),
        ("", "<div class=byline>By Una Pell @unapell Rivers Reporter</div>", one),
        (
            "",
            "<div class=author-info><span>Words by</span> <a>Una Pell</a> <span>Photographs by</span> <a>Ivo Lenk</a></div>",
            one,
        ),
        ("", "<div class=c-byline><span>Paula</span> <span>Pell</span></div>", &["Paula Pell"]),
        ("", "<div class=writers>Una Pell &amp; Ivo Lenk</div>", two),
        ("", "<div class=tnt-byline>Una Pell upell@to.example</div>", one),
        ("", "<div class=by><a href=/staff/7>Una Pell</a><div class=pb>The Vale Enterprise</div></div>", one),
        (
            "",
            "<div><span data-testid=byline-contributor-0-name>Una Pell</span><span data-testid=byline-contributor-0-role>Vale News</span></div>",
            one,
        ),
        ("", "<ul><li><span data-hook=user-name>Una Pell</span></li></ul>", one),
        ("", "<footer><div>Submitted by <span>Una Pell</span> on Thu, 05/06/2031 - 09:12</div></footer>", one),
        ("", "<div class=meta>Paula Pell | May 6, 2031 9:12 am</div>", &["Paula Pell"]),
        ("<meta name=author content='Tarnfoot Observer'><meta name=sailthru.author content='Una Pell'>", "", one),
        (ld("{\"@type\": \"Person\", \"name\": [\"Una Pell\", \"Ivo Lenk\"]}").as_str(), "", two),
        (ld("{\"@type\": \"Person\", \"givenName\": \"Una\", \"familyName\": \"Pell\"}").as_str(), "", one),
        (ld("{\"name\": \"Una Pell (now) and Ivo Lenk (earlier)\"}").as_str(), "", two),
    ] {
        let it = tarn_page(head, WEIR, above, "", "");
        assert_eq!(it.byline, byline, "{head}{above}");
        assert!(account(&it).trim_start().starts_with("Six houses in"), "{head}{above}: {}", account(&it));
    }
}

#[test]
fn days_of_other_things_are_not_the_articles() {
    let address = "<link rel=canonical href=https://tarnfoot.example/2031/05/06/weir>";
    let by = "<p class=byline>By Una Pell</p>";
    let dated = "<p class=meta>By Una Pell, May 6, 2031</p>";
    let posted = "<p class=byline>By Una Pell</p><p>Posted Tuesday, May 6, 2031</p>";
    let wrote = "<p>The council was told of this for years and years, and it did nothing at all.</p>";
    let conversation = format!(
        "<section><h2>Conversation</h2><div><p>Bo Falk</p><p>3 January 2030 at 10:12</p>{wrote}</div></section>"
    );
    let folded = format!(
        "<details><summary>2 comments</summary><div><time datetime=2030-01-12>12 Jan</time>{wrote}</div></details>"
    );
    let marked = format!(
        "<div itemscope itemtype=https://schema.org/Comment><meta itemprop=datePublished content=2030-02-03><span itemprop=author>Bo Falk</span>{wrote}</div>"
    );
    let related = "<aside><h3>Related</h3><ul><li><a href=/a>Cracks found in weir</a> <time datetime=2030-02-01>1 Feb 2030</time></li></ul></aside>";
    let cards = "<div class=cards><a href=/a><h3>Cracks found in weir</h3><span class=date>1 February 2030</span></a><a href=/b><h3>Otters return</h3><span class=date>3 May 2029</span></a></div>";
    let card = "<div><a href=/a><div><h2>Cracks found in weir</h2></div><div class=when><time datetime=2030-02-01T09:00:00Z>01/02/2030</time></div></a></div>";
    let said = "<p>The first weir fell on <time datetime=1998-03-04>March 4, 1998</time>, when two men drowned.</p>";
    let empty = "<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"datePublished\": \"0001-01-01T00:00:00Z\"}</script>";
    let day = Some("2031-05-06");
    for (head, above, amidst, behind, published) in [
        (address, by, "", conversation.as_str(), day),
        ("", by, "", &folded, None),
        ("", dated, "", &marked, day),
        (address, by, "", related, day),
        ("", by, "", cards, None),
        ("", by, said, "", None),
        ("", posted, said, "", day),
        (empty, dated, "", "", day),
        ("", by, "", card, None),
    ] {
        let it = tarn_page(head, WEIR, above, amidst, behind);
        let found = it.published.map(|at| at.date().to_string());
        assert_eq!(found.as_deref(), published, "{head}{above}{amidst}{behind}");
        assert_eq!(it.byline, ["Una Pell"], "{behind}");
    }
    // The day of the visit in the masthead, and the site's own in its footer.
    for masthead in ["<span>Sunday, June 2, 2031</span>", "<time datetime=2031-06-02>Sunday, June 2, 2031</time>"] {
        let page = format!(
            "<html><body><header>{masthead}<nav><a href=/>Home</a></nav></header><main><article><h1>{WEIR}</h1>{posted}\
             <p>Six houses in the lower part of Tarnfoot were flooded on Monday night when the weir gave way, the water board said.</p>\
             <p>The weir, put up in 1911, had been due for repair since the autumn, the board said.</p></article></main>\
             <footer><p>Site last updated 1 July 2031</p></footer></body></html>"
        );
        let it = read(page.as_bytes(), "masthead.html");
        assert_eq!(it.published.map(|at| at.date().to_string()).as_deref(), day, "{masthead}");
        assert_eq!(it.updated, None);
    }
}

#[test]
fn published_and_updated_by_what_stands_beside_them() {
    let script = |json: &str| format!("<script type=\"application/ld+json\">{json}</script>");
    let anew = script(r#"{"@type": "Article", "datePublished": "Jun 12, 2032", "dateModified": "Jun 10, 2032"}"#);
    let later = script(r#"{"@type": "Article", "datePublished": "2031-05-24T12:40:59Z"}"#);
    let named = "<link rel=canonical href='How weirs work'><meta property=og:url content=https://tarnfoot.example/2031/may/06/weir>";
    let quoted =
        script(r#"{"@type": "NewsArticle", "description": "The "old" weir, they say", "datePublished": "2031-05-06"}"#);
    let other = script(
        r#"{"@type": "NewsArticle", "headline": "Otters return", "url": "https://tarnfoot.example/otters", "datePublished": "2029-05-05"}"#,
    ) + "<link rel=canonical href=https://tarnfoot.example/weir>";
    let signed = "<p class=signed>Posted on 6 May 2031 by @millpond</p>";
    let list = "<h3>Harbour news</h3><p>Published 5 May 2029</p><h3>Parish news</h3><p>Published 3 April 2029</p>";
    let filler = "<p>Nobody was hurt.</p>".repeat(40);
    let (may, none) = (Some("2031-05-06"), None);
    for (head, above, behind, published, updated) in [
        // Labels before a time, on it, and in a line of their own.
        ("", "<p>Last updated: <time datetime=2031-05-06>May 6, 2031</time>.</p>", "", none, may),
        (
            "",
            "<div><span>Updated</span> <span>on</span> <time datetime=2031-05-06>May 6, 2031</time></div>",
            "",
            none,
            may,
        ),
        ("", "<time class=published-date datetime=2031-05-06T06:00>Updated May 6, 2031</time>", "", none, may),
        ("", "<div class=field--name-changed><time datetime=2031-05-06>May 6, 2031</time></div>", "", none, may),
        ("", "<div><b>Last updated:</b></div><div>May 6, 2031</div>", "", none, may),
        (
            "",
            "<div>Veröffentlicht: <time>5. Mai 2031</time></div><div>Aktualisiert: <time>6. Mai 2031</time></div>",
            "",
            Some("2031-05-05"),
            may,
        ),
        (
            "",
            "<div><b>Published:</b><br>May 6, 2031</div><div><b>Last edit:</b><br>May 7, 2031</div>",
            "",
            may,
            Some("2031-05-07"),
        ),
        // A caption below its day, unless it is the label of the next.
        ("", "<h3>May 6, 2031</h3><p>Date posted</p><h3>Una Pell</h3><p>Author</p>", "", may, none),
        ("", &format!("<h3>Una Pell</h3><p>Author</p>{filler}<h3>May 6, 2031</h3><p>Date posted</p>"), "", may, none),
        ("", "", &format!("{filler}<p>May 3, 2031</p><p>Date of publication</p><p>May 6, 2031</p>"), may, none),
        // Elements named for a date, at the end of an article; an event's is its own.
        ("", "", "<p class=date>May 6, 2031. <i>Updated: May 7, 2031</i></p>", may, Some("2031-05-07")),
        (
            "",
            "",
            "<h6 class='History_date__x1'>6 May 2031 | Originally published</h6><h6 class='History_date__x1'>8 May 2031 | Latest version</h6>",
            may,
            none,
        ),
        ("", "", "<div class=event-date>May 6, 2031</div>", none, none),
        ("", "", "<div class=post-date>May 6, 2031</div><div class=post-date>May 9, 2031</div>", none, none),
        (
            "",
            "<div class=publish-date><lit-timestamp publishdate=2031-05-06T11:15:56Z></lit-timestamp></div>",
            "",
            may,
            none,
        ),
        (
            "",
            "<div><a href=/il>Ivo Lenk</a> <a href=/w>Water Above And Below</a> <span>May 6th 2031</span><span>11 mins</span></div>",
            "",
            may,
            none,
        ),
        // Labelled lines further down, if all say the same.
        ("", "", &format!("{filler}{signed}"), may, none),
        ("", "", &format!("{filler}{list}"), none, none),
        // Other orders and languages.
        ("", "<p>Published 5/6/2031</p>", "<p>Next meeting: 5/20/2031</p>", may, none),
        ("", "<p>Published 6/5/2031</p>", "<p>Next meeting: 20/5/2031</p>", may, none),
        ("<meta property=og:locale content=en_GB>", "<p>Published 6/5/2031</p>", "", may, none),
        ("", "<p>Published 5/6/2031</p>", "", may, none),
        ("", "<p>Publicerad 6 maj 2031, uppdaterad 7 maj 2031</p>", "", may, Some("2031-05-07")),
        ("", "<p>Дата публикации: 6 мая 2031</p>", "", may, none),
        // Data of the page.
        (&anew, "<p>May 6, 2031</p>", "", may, Some("2032-06-10")),
        (&later, "<ul><li itemprop=datePublished>On <time>6 May 2031</time></li></ul>", "", may, none),
        (&later, "<p>Posted May 6, 2031</p>", "", may, none),
        (&later, "<p>May 6, 2031</p>", "", Some("2031-05-24"), none),
        (&later, "<p>Posted June 6, 2031</p>", "", Some("2031-05-24"), none),
        // A canonical link that is no address.
        (named, "<p class=blog-date>06/05/2031</p>", "", may, none),
        (&quoted, "", "", may, none),
        (&other, "<p>May 6, 2031</p>", "", may, none),
        ("", "<span property='schema:datePublished' content=2031-05-06></span>", "", may, none),
        ("<meta name=Publish_Date content=2031-05-06>", "", "", may, none),
        ("<meta property=article:published_time content=1970-01-01T00:00:00Z>", "<p>May 6, 2031</p>", "", may, none),
    ] {
        let it = tarn_page(head, WEIR, above, "", behind);
        let day = |at: Option<rashomon_model::Moment>| at.map(|at| at.date().to_string());
        let (found, wanted) = ((day(it.published), day(it.updated)), (published, updated));
        assert_eq!((found.0.as_deref(), found.1.as_deref()), wanted, "{head}{above}{behind}");
    }
    // A page whose headline is nowhere but in its title: "0 Comments" is none.
    let page = format!(
        "<html lang=en><head><title>{WEIR} | Tarnfoot Observer</title></head><body><div><h3>17/05/2031</h3><p>Date posted</p></div>\
         <p>Six houses in the lower part of Tarnfoot were flooded on Monday night when the weir gave way, the water board said.</p>{filler}\
         <p>The weir, put up in 1911, had been due for repair since the autumn, the board said.</p><section><h1>0 Comments</h1></section></body></html>"
    );
    let it = read(page.as_bytes(), "bare.html");
    assert_eq!(it.published.map(|at| at.date().to_string()).as_deref(), Some("2031-05-17"));
    assert_eq!(it.title.as_deref(), Some(WEIR));
    // The day of the visit is none of the article's; nor is one of several in a list, or a claim's.
    for beside in [
        "<header><span>Sunday, June 2, 2031</span><nav><a href=/>Home</a></nav></header>",
        "<div>Otters return<br>May 3, 2031</div><div>Cracks found in weir<br>May 4, 2031</div>",
        "<div>© June 2, 2031 Tarnfoot Observer</div>",
    ] {
        let page = format!(
            "<html lang=en><body>{beside}<main><h1>{WEIR}</h1>\
             <p>Six houses in the lower part of Tarnfoot were flooded on Monday night when the weir gave way, the water board said.</p>\
             <p>The weir, put up in 1911, had been due for repair since the autumn, the board said.</p></main></body></html>"
        );
        assert_eq!(read(page.as_bytes(), "beside.html").published, None, "{beside}");
    }
}

#[test]
fn what_is_no_part_of_an_article_is_not_read_as_one() {
    let lines = [
        "<p hidden>Subscribers may give this article to ten friends every month.</p>",
        "<p style='display:none'>The sale of the smithy will be settled at a meeting on Friday, its owner says.</p>",
        "<div><h4>Derailments</h4><p>Source: Water Board • Get the data • Created with Datawrapper</p></div>",
        "<div><p>Map: Where the weir stood</p><p>Source: Water Board</p></div>",
        "<div><p>Photo 1 of 5</p><p>1/5</p><p>Buy Now</p></div>",
        "<div><p>The Vale Briefing newsletter has all the news you need to start your day. Sign up <a href=/n>here.</a></p></div>",
        "<p><em>The race on Tuesday morning. (Ada Quist/Vale Photos)</em></p>",
        "<div class=pull-quote><p>It went with a groan</p><p class=attribution>Odile Marr</p></div>",
    ];
    for line in lines {
        let it = tarn_page("", WEIR, "<p class=byline>By Una Pell</p>", line, "");
        let account = account(&it);
        let words = ["friends", "smithy", "Source", "Map", "Photo 1", "Buy Now", "Briefing", "Quist", "Odile Marr\n"];
        assert!(!words.iter().any(|word| account.contains(word)), "{line}: {account}");
        assert!(!it.declared.iter().any(|d| d.kind == rashomon_model::DeclaredKind::Origin), "{line}");
    }
    let next = "<article><h1>Otters return to the Tarn</h1><p>Two otters were seen below the mill on Wednesday, the first in forty years, the warden said.</p><p>A thousand people came to the bank to look for them, and a baker sold otters of rye.</p></article>";
    let closing = "<p>Contact Una Pell at 555-0100 or upell@to.example.</p><p><i>The Observer’s Ivo Lenk contributed.</i></p><p>See a spelling or grammar error in our story? Please click here to report it.</p>";
    let account = account(&tarn_page("", WEIR, "<p>TARNFOOT —</p>", "", &format!("{closing}{next}")));
    for beside in ["otters", "555-0100", "contributed", "spelling", "TARNFOOT —"] {
        assert!(!account.contains(beside), "{beside}: {account}");
    }
}

#[test]
fn entries_with_clocks_and_bylines_of_their_own() {
    let texts = [
        (
            "Council to meet",
            "Una Pell",
            "The parish council will meet on Thursday to decide who pays for the new sill.",
        ),
        ("Families moved", "Ivo Lenk", "Six families were taken to the school for the night, the water board says."),
        ("Weir gives way", "Una Pell", "The weir gave way shortly before midnight, and the mill race ran dry at once."),
    ];
    let clocks = [
        ["5:40 a.m. ET, May 6, 2031", "4:20 a.m. ET, May 6, 2031", "2:05 a.m. ET, May 6, 2031"],
        [
            "4m ago4 minutes agoTue 6 May 2031 at 5:40am",
            "1h ago1 hours agoTue 6 May 2031 at 4:20am",
            "3h ago3 hours agoTue 6 May 2031 at 2:05am",
        ],
        [
            "<time>May 6, 2031, 5:40 a.m. ET</time>",
            "<time>May 6, 2031, 4:20 a.m. ET</time>",
            "<time>May 6, 2031, 2:05 a.m. ET</time>",
        ],
    ];
    for clocks in clocks {
        let entries: String = texts
            .iter()
            .zip(clocks)
            .map(|((head, name, text), clock)| {
                format!("<div class=post><div>{clock}</div><h2>{head}</h2><p>By {name}</p><p>{text}</p></div>")
            })
            .collect();
        let page = format!("<html><body><main><h1>{WEIR}</h1>{entries}</main></body></html>");
        let it = read(page.as_bytes(), "live.html");
        let shown = account(&it);
        for beside in ["2031", "Una Pell", "Ivo Lenk", " ago"] {
            assert!(!shown.contains(beside), "{beside}: {shown}");
        }
        assert!(shown.contains("ran dry at once"), "{shown}");
        assert_eq!(it.byline, ["Una Pell", "Ivo Lenk"]);
        assert_ne!(it.published.map(|m| m.rfc3339()).as_deref(), Some("2031-05-06T09:40:00Z"));
    }
}

#[test]
fn headlines_beside_the_name_of_the_site() {
    let body = "<p>Six houses in the lower part of Tarnfoot were flooded on Monday night when the weir gave way, the water board said.</p>\
        <p>The weir, put up in 1911, had been due for repair since the autumn, the board said.</p>";
    for (window, head, outlet) in [
        (
            format!("Vale Notes: {WEIR}"),
            format!("<h1><a href=/>Vale Notes</a></h1><h3 class=entry-title>{WEIR}</h3>"),
            "Vale Notes",
        ),
        ("Tarnfoot Observer | Local News".to_owned(), format!("<h2 class=headline>{WEIR}</h2>"), "Tarnfoot Observer"),
        (format!("{WEIR} | Vale Weekly"), format!("<h1>Vale Weekly</h1><h1>{WEIR}</h1>"), "Vale Weekly"),
    ] {
        let page = format!("<html><head><title>{window}</title></head><body><main>{head}{body}</main></body></html>");
        let it = read(page.as_bytes(), "headline.html");
        assert_eq!(it.title.as_deref(), Some(WEIR), "{head}");
        assert_eq!(it.outlet.as_deref(), Some(outlet), "{head}");
    }
    // What the metadata add, and how the page shows its headline.
    let shouted = "<h1>WEIR GIVES WAY<br>ABOVE TARNFOOT MILL</h1>".to_owned();
    let named = "<h1>Vale Notes on Mills and Water</h1>".to_owned();
    let plain = format!("<h1>{WEIR}</h1>");
    let other = "<h1>Six houses flooded</h1>".to_owned();
    let news = |headline: &str| {
        format!(
            "<script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \"headline\": \"{headline}\"}}</script>"
        )
    };
    let site = "<link rel=canonical href=https://www.valewater.example/weir>";
    for (window, head, h1, title) in [
        (WEIR.to_owned(), String::new(), &shouted, WEIR.to_owned()),
        (
            format!("{WEIR} | Vale Notes on Mills and Water"),
            format!("<meta property=og:title content='{WEIR}'>"),
            &named,
            WEIR.to_owned(),
        ),
        (
            format!("{WEIR} | Notes, walks and recipes from a mill that I like to share"),
            format!(
                "<meta property=og:title content='{WEIR} | Notes, walks and recipes from a mill that I like to share'>"
            ),
            &plain,
            WEIR.to_owned(),
        ),
        (
            String::new(),
            format!("{site}<meta property=og:title content='{WEIR} – valewater'>"),
            &other,
            WEIR.to_owned(),
        ),
        (
            String::new(),
            format!("{site}<meta property=og:title content='{WEIR} | Valewater Mill Friends'>"),
            &other,
            WEIR.to_owned(),
        ),
        (
            String::new(),
            format!("{site}<meta property=og:title content='{WEIR} | Water above the mill'>"),
            &other,
            format!("{WEIR} | Water above the mill"),
        ),
        (
            String::new(),
            format!("{}<meta property=og:title content='Water board: {WEIR}'>", news(&format!("Water board - {WEIR}"))),
            &plain,
            format!("Water board: {WEIR}"),
        ),
        (
            "Mill: how it fell".to_owned(),
            format!("{}<meta property=og:title content='How the mill fell'>", news("Mill: how it fell")),
            &other,
            "Mill: how it fell".to_owned(),
        ),
    ] {
        let page =
            format!("<html><head><title>{window}</title>{head}</head><body><main>{h1}{body}</main></body></html>");
        assert_eq!(read(page.as_bytes(), "headline.html").title, Some(title), "{window}{head}{h1}");
    }
    let ld = format!(
        "<script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \"headline\": \"The {WEIR}\"}}</script><meta property=og:title content='{WEIR}'>"
    );
    let it = tarn_page(&ld, &format!("The {WEIR}"), "", "", "");
    assert_eq!(it.title, Some(format!("The {WEIR}")));
}
