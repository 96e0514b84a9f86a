//! Which of several extractor crates finds the article in our pages?
//!
//! usage: peer-html PAGES-FOLDER
//!
//! Every line of `truth.tsv` in the folder names words that the text of a page must hold or must lack.
//! Printed for each extractor: how many of either came out right, and what went wrong.

use std::{collections::BTreeMap, fs, path::Path};

type Extractor = fn(&str) -> String;

const EXTRACTORS: [(&str, Extractor); 4] =
    [("rashomon-read", ours), ("dom_smoothie", dom_smoothie), ("legible", legible), ("rs-trafilatura", trafilatura)];

fn main() {
    let folder = std::env::args().nth(1).expect("usage: peer-html PAGES-FOLDER");
    let folder = Path::new(&folder);
    let truth = fs::read_to_string(folder.join("truth.tsv")).expect("truth.tsv in the folder");
    let mut pages: BTreeMap<&str, Vec<(bool, &str)>> = BTreeMap::new();
    for line in truth.lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.splitn(3, '\t');
        if let (Some(page), Some(verb), Some(words)) = (cells.next(), cells.next(), cells.next()) {
            pages.entry(page).or_default().push((verb == "holds", words));
        }
    }
    for (name, extract) in EXTRACTORS {
        let (mut held, mut holds, mut lacked, mut lacks, mut clean) = (0, 0, 0, 0, 0);
        let mut wrong = Vec::new();
        for (page, rows) in &pages {
            let bytes = fs::read(folder.join(page)).expect("a page of truth.tsv");
            let html = match String::from_utf8(bytes) {
                Ok(html) => html,
                Err(error) => error.into_bytes().into_iter().map(latin).collect(),
            };
            let text = extract(&html).split_whitespace().collect::<Vec<_>>().join(" ");
            let before = wrong.len();
            for &(must_hold, words) in rows {
                let found = text.contains(words);
                if must_hold {
                    holds += 1;
                    held += usize::from(found);
                } else {
                    lacks += 1;
                    lacked += usize::from(!found);
                }
                if found != must_hold {
                    wrong.push(format!("  {page} {}: {words}", if must_hold { "lost" } else { "kept" }));
                }
            }
            clean += usize::from(wrong.len() == before);
        }
        println!("{name}: article text {held}/{holds}, other text left out {lacked}/{lacks}, pages without a fault {clean}/{}", pages.len());
        wrong.iter().for_each(|line| println!("{line}"));
    }
}

/// Windows-1252, as far as the pages use it.
fn latin(byte: u8) -> char {
    match byte {
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        other => other as char,
    }
}

fn ours(html: &str) -> String {
    let records = rashomon_read::records_in(html.as_bytes().to_vec(), "page.html").expect("a page is readable");
    let record = records.into_iter().next().expect("one record").expect("a page is readable");
    rashomon_read::article(&record).output.map_or_else(String::new, |article| article.text)
}

fn dom_smoothie(html: &str) -> String {
    dom_smoothie::Readability::new(html, None, None)
        .and_then(|mut r| r.parse())
        .map_or_else(|_| String::new(), |article| article.text_content.to_string())
}

fn legible(html: &str) -> String {
    legible::parse(html, None, None).map_or_else(|_| String::new(), |article| article.text_content)
}

fn trafilatura(html: &str) -> String {
    rs_trafilatura::extract(html).map_or_else(|_| String::new(), |result| result.content_text)
}
