//! Readers of foreign bytes on mutated seeds: no panic, and none that takes long. What the fuzz targets do, without nightly.
//!
//! A few thousand inputs by default; `RASHOMON_MUTATED=45 cargo test --release -p rashomon-watch --test mutated` goes on for
//! 45 seconds with each kind.

use rashomon_inputs::{Options, records_in};
use rashomon_watch::Robots;
use std::io::Cursor;
use std::time::{Duration, Instant};

/// A seeded source of numbers (SplitMix64; Steele, Lea & Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((x ^ (x >> 31)) % n.max(1) as u64).unwrap_or(0)
    }
}

/// A few changes: bytes flipped, cut, doubled, pieces of the seeds and of what readers stumble over put in.
fn mutated(random: &mut Random, seeds: &[Vec<u8>], tokens: &[&[u8]]) -> Vec<u8> {
    let mut it = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(8) {
        let at = random.below(it.len() + 1);
        match random.below(7) {
            0 if !it.is_empty() => {
                let at = at.min(it.len() - 1);
                it[at] ^= 1 << random.below(8);
            }
            1 => it.truncate(at),
            2 => {
                let to = (at + random.below(64)).min(it.len());
                it.drain(at..to);
            }
            3 => {
                let from = random.below(it.len() + 1);
                let piece = it[from..(from + random.below(200)).min(it.len())].to_vec();
                (0..=random.below(20)).for_each(|_| drop(it.splice(at..at, piece.iter().copied())));
            }
            4 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len() + 1);
                let piece = other[from..(from + random.below(300)).min(other.len())].to_vec();
                it.splice(at..at, piece);
            }
            5 => {
                let byte = u8::try_from(random.below(256)).unwrap_or(0);
                it.splice(at..at, std::iter::repeat_n(byte, random.below(500)));
            }
            _ => {
                let token = tokens[random.below(tokens.len())];
                it.splice(at..at, token.iter().copied());
            }
        }
        it.truncate(1 << 20);
    }
    it
}

fn seeds() -> Vec<(&'static str, Vec<Vec<u8>>)> {
    let text = |all: &[&str]| all.iter().map(|it| it.as_bytes().to_vec()).collect::<Vec<_>>();
    let rss = "<?xml version='1.0'?><rss version='2.0'><channel><title>Harbour Post</title><ttl>60</ttl><item><title>Ferry</title>\
        <link>https://x.example/1</link><guid>1</guid><pubDate>Sun, 04 May 2031 08:00:00 GMT</pubDate>\
        <description>&lt;p&gt;The ferry ran aground.&lt;/p&gt;</description></item></channel></rss>";
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><entry><id>a</id><title type='html'>&lt;b&gt;x</title>\
        <link href='/1'/><updated>2031-05-04T08:00:00Z</updated><content type='xhtml'><div><p>Ferry</p></div></content></entry></feed>";
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{"id": "1", "url": "https://x.example/1", "content_html": "<p>x</p>"}]}"#;
    let sitemap = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>\
        <url><loc>https://x.example/1</loc><lastmod>2031-05-04</lastmod><news:news><news:title>x</news:title></news:news></url></urlset>";
    let index = "<sitemapindex><sitemap><loc>https://x.example/s.xml</loc></sitemap></sitemapindex>";
    let opml = "<opml version='2.0'><body><outline text='a'><outline text='b' xmlUrl='https://x.example/feed'/></outline></body></opml>";
    let nested = format!("<opml><body>{}</body></opml>", "<outline text='a'>".repeat(100_000));
    let bomb = format!(
        "<!DOCTYPE x [<!ENTITY a \"{}\">{}]><rss><channel><title>&i;</title></channel></rss>",
        "lol".repeat(50),
        "bcdefghi"
            .chars()
            .zip("abcdefgh".chars())
            .map(|(n, o)| format!("<!ENTITY {n} \"{}\">", format!("&{o};").repeat(10)))
            .collect::<String>()
    );
    let newsml = "<newsItem guid='urn:x:1' xmlns='http://iptc.org/std/nar/2006-10-01/'><itemMeta><pubStatus qcode='stat:usable'/></itemMeta>\
        <contentMeta><headline>Ferry</headline></contentMeta><contentSet><inlineXML><html><body><p>x</p></body></html></inlineXML></contentSet></newsItem>";
    let ninjs = r#"{"uri": "urn:x:1", "pubstatus": "usable", "versioncreated": "2031-05-04T09:00:00Z", "headline": "Ferry", "body_text": "x", "headlines": [{"role": "main", "value": "x"}]}"#;
    let page =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\n<p>F\r\n0\r\n\r\n";
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    );
    let robots =
        "User-agent: *\nDisallow: /a*b$\nAllow: /a\nCrawl-delay: 3\n\nUser-agent: rashomon\nDisallow: /*?*x=*&*y=*\n";
    let csv = "url,title,text\nhttps://x.example/1,Ferry,\"The ferry, \"\"Lind\"\",\nran aground.\"\n";
    vec![
        ("feed", text(&[rss, atom, json, &bomb])),
        ("sitemap", text(&[sitemap, index, &bomb])),
        ("opml", text(&[opml, &nested, &bomb])),
        ("newsml", text(&[newsml])),
        ("ninjs", text(&[ninjs])),
        ("warc", text(&[&warc])),
        ("robots", text(&[robots])),
        ("any", text(&[rss, atom, json, sitemap, opml, newsml, ninjs, &warc, csv])),
    ]
}

fn read(what: &str, bytes: &[u8]) {
    match what {
        "feed" => drop(rashomon_inputs::feed(bytes, Some("https://x.example/"))),
        "sitemap" => drop(rashomon_inputs::sitemap(bytes)),
        "opml" => drop(rashomon_inputs::opml(bytes)),
        "newsml" => drop(rashomon_inputs::newsml(bytes)),
        "ninjs" => drop(rashomon_inputs::ninjs(bytes)),
        "warc" => drop(rashomon_inputs::warc(Box::new(Cursor::new(bytes.to_vec())), "a").count()),
        "robots" => {
            let robots = Robots::parse(bytes, "rashomon");
            let _ = robots.allows(&String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]));
        }
        _ => {
            if let Ok(all) = records_in(bytes.to_vec(), "a", &Options::default()) {
                all.filter_map(Result::ok).for_each(|it| drop(rashomon::read::article(&it.record)));
            }
        }
    }
}

/// Inputs of each kind in a run without a time; those of OPML hold a hundred thousand outlines.
fn runs(what: &str) -> u64 {
    if what == "opml" { 100 } else { 700 }
}

/// Longer than any of them takes, even where two processors are shared by many.
const LONGEST: Duration = Duration::from_secs(20);

#[test]
fn no_reader_of_foreign_bytes_panics_or_hangs() {
    let seconds: Option<u64> = std::env::var("RASHOMON_MUTATED").ok().and_then(|it| it.parse().ok());
    let tokens: [&[u8]; 14] = [
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"&#x0;",
        b"&a;",
        b"<outline",
        b"xmlns:a='b'",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"Content-Length: 18446744073709551615\r\n",
        b"{\"a\":",
        b"[[[[[[[[",
        b"\r\n\r\n",
    ];
    let mut random = Random(1);
    for (what, seeds) in seeds() {
        let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(0));
        let (mut done, mut slowest, mut slow) = (0_u64, Duration::ZERO, 0);
        seeds.iter().for_each(|it| read(what, it));
        while if seconds.is_some() { Instant::now() < until } else { done < runs(what) } {
            let bytes = mutated(&mut random, &seeds, &tokens);
            let began = Instant::now();
            let read = std::panic::catch_unwind(|| read(what, &bytes));
            let took = began.elapsed();
            if took > slowest {
                (slowest, slow) = (took, bytes.len());
            }
            if read.is_err() || took > LONGEST {
                let path = std::env::temp_dir().join(format!("rashomon-{what}-{done}"));
                let _ = std::fs::write(&path, &bytes);
                panic!("{what}: {} in {}", if read.is_err() { "panics" } else { "is slow" }, path.display());
            }
            done += 1;
        }
        println!("{what}: {done} runs, the slowest {} ms on {slow} bytes", slowest.as_millis());
    }
}
