//! `train pages`: the trees that tell which lines of an HTML page are its article.
//!
//! Builds `crates/rashomon-read/models/pages.bin` from pages with the text that should be read from them (`pages` in
//! `../shared/data`). A line is as right as the share of its runs of three words that stand in that text. One thread, one
//! seed, the same bytes every time. With `--folds N` it trains N times, each without the pages of one part of the sites, and
//! writes what trees left in the dark read from these, for `score_pages.py`.

use crate::boosting::{Growth, boost};
use rashomon::model::Article;
use rashomon::read::training::{Row, Tree, Trees, WIDTH, article_with, measured_lines};
use rashomon::read::{Record, records};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where the pages are and where the trees go.
#[derive(Clone, clap::Args)]
pub(crate) struct Args {
    /// Folders that hold `gold.jsonl` and the pages it names
    #[arg(default_values = ["../shared/data/pages/fundus", "../shared/data/pages/scrapinghub", "../shared/data/pages/wcxb"])]
    data: Vec<PathBuf>,
    #[arg(short, long, default_value = "crates/rashomon-read/models/pages.bin")]
    output: PathBuf,
    /// Cross-validate in N parts by site instead of writing trees
    #[arg(long)]
    folds: Option<u64>,
    /// Folder for the predictions on the parts held out, one file a set
    #[arg(long, default_value = ".")]
    predictions: PathBuf,
    /// Trees
    #[arg(long, default_value_t = 220)]
    trees: usize,
    /// Share of a step that each tree takes
    #[arg(long, default_value_t = 0.12)]
    rate: f64,
    /// Weight of the squared norm of a tree's leaves
    #[arg(long, default_value_t = 2.0)]
    ridge: f64,
}

/// A page with what is known of it.
struct Page {
    set: String,
    id: String,
    site: u64,
    record: Record,
    rows: Vec<Row>,
    right: Vec<f32>,
    weights: Vec<f32>,
}

pub(crate) fn run(args: &Args) -> io::Result<()> {
    let mut pages = Vec::new();
    for folder in &args.data {
        read_set(folder, &mut pages)?;
    }
    let Some(folds) = args.folds else {
        let trees = train(args, pages.iter());
        return crate::models::write(&args.output, "pages", &trees.to_bytes());
    };
    let mut out: BTreeMap<&str, fs::File> = BTreeMap::new();
    for page in &pages {
        if !out.contains_key(page.set.as_str()) {
            out.insert(&page.set, fs::File::create(args.predictions.join(format!("{}.jsonl", page.set)))?);
        }
    }
    for fold in 0..folds {
        let trees = train(args, pages.iter().filter(|p| p.site % folds != fold));
        for page in pages.iter().filter(|p| p.site % folds == fold) {
            let row = match article_with(&page.record, &trees) {
                Some(it) => json!({"id": page.id, "text": without_furniture(&it), "full": it.text, "title": it.title,
                    "authors": it.byline, "published": it.published.map(|m| m.rfc3339()), "rc": 0}),
                None => json!({"id": page.id, "text": "", "rc": 1}),
            };
            if let Some(file) = out.get_mut(page.set.as_str()) {
                writeln!(file, "{row}")?;
            }
        }
    }
    Ok(())
}

fn without_furniture(it: &Article) -> String {
    let mut out = String::new();
    let mut at = 0;
    for span in &it.furniture {
        out.push_str(&it.text[at..span.start().max(at)]);
        out.push('\n');
        at = span.end().max(at);
    }
    out.push_str(&it.text[at..]);
    out
}

fn train<'a>(args: &Args, pages: impl Iterator<Item = &'a Page>) -> Trees {
    let (mut rows, mut right, mut weights): (Vec<Row>, Vec<f32>, Vec<f32>) = Default::default();
    for page in pages {
        rows.extend(&page.rows);
        right.extend(&page.right);
        weights.extend(&page.weights);
    }
    let growth = Growth { trees: args.trees, rate: args.rate, ridge: args.ridge, rows: 0.7, measures: 0.4, seed: 1 };
    let grown = boost(&growth, &rows, WIDTH, &right, Some(&weights));
    let trees = grown.trees.into_iter().map(|t| Tree { questions: t.questions, leaves: t.leaves });
    Trees { base: grown.base, trees: trees.collect() }
}

fn read_set(folder: &Path, pages: &mut Vec<Page>) -> io::Result<()> {
    let set = folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    for line in fs::read_to_string(folder.join("gold.jsonl"))?.lines() {
        let gold: Value = serde_json::from_str(line)?;
        let text = |key: &str| gold[key].as_str().unwrap_or_default().to_owned();
        let path = folder.join(text("html"));
        let found = records(&path.to_string_lossy()).map_err(io::Error::other)?;
        let Some(record) = found.filter_map(Result::ok).next() else { continue };
        let (lines, rows): (Vec<String>, Vec<Row>) = measured_lines(&record).into_iter().unzip();
        let words: Vec<Vec<String>> = lines.iter().map(|l| words(l)).collect();
        let right = right(&words, &text("text"));
        let all: usize = words.iter().map(Vec::len).sum();
        #[allow(clippy::cast_precision_loss, reason = "counts of words")]
        let weights = words.iter().map(|w| ((w.len() + 1) as f32 / all.max(200) as f32).sqrt()).collect();
        let site = text("domain").bytes().fold(7u64, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(b)));
        pages.push(Page { set: set.clone(), id: text("id"), site: site >> 3, record, rows, right, weights });
    }
    Ok(())
}

fn words(text: &str) -> Vec<String> {
    let wide = |c: char| matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x3040..=0x30FF | 0x3400..=0x9FFF);
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() && !wide(c) {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if wide(c) {
            out.push(c.to_string());
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// How right each line is: the share of its runs of three words that stand in `gold`; for short lines whether they stand
/// there whole and amidst the others. Of lines that stand more often on the page than in `gold`, those amidst others.
#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn right(lines: &[Vec<String>], gold: &str) -> Vec<f32> {
    const SHORT: usize = 5;
    const LONG: usize = 8;
    const MOSTLY: f32 = 0.8;
    let all = words(gold);
    let runs: BTreeSet<&[String]> = all.windows(3).collect();
    let gold_lines: BTreeSet<Vec<String>> = gold.lines().map(words).collect();
    let mut out: Vec<f32> = lines
        .iter()
        .map(|line| {
            let found = line.windows(3).filter(|run| runs.contains(run)).count();
            if line.len() < SHORT { 0.0 } else { found as f32 / (line.len() - 2) as f32 }
        })
        .collect();
    let strong = |n: &usize| out[*n] > MOSTLY && lines[*n].len() >= LONG;
    let first = (0..lines.len()).find(strong).unwrap_or(lines.len());
    let last = (0..lines.len()).rfind(strong).unwrap_or(0);
    for (n, line) in lines.iter().enumerate().filter(|(_, line)| line.len() < SHORT) {
        let near = n + 3 >= first && n <= last + 8;
        let inside = (first..=last).contains(&n) && line.len() >= 3 && runs.contains(&line[..3]);
        out[n] = f32::from(u8::from(near && gold_lines.contains(line) || inside));
    }
    let mut same: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for (n, line) in lines.iter().enumerate().filter(|(n, line)| line.len() >= SHORT && out[*n] > MOSTLY) {
        same.entry(line).or_default().push(n);
    }
    for (line, mut places) in same {
        let wanted = all.windows(line.len()).filter(|run| *run == line).count().max(1);
        if places.len() <= wanted {
            continue;
        }
        let around = |n: usize| -> f32 {
            let near = n.saturating_sub(6)..(n + 7).min(lines.len());
            near.filter(|m| *m != n).map(|m| out[m] * lines[m].len() as f32).sum()
        };
        places.sort_by(|a, b| around(*b).total_cmp(&around(*a)).then(a.cmp(b)));
        let spare: Vec<usize> = places.split_off(wanted);
        spare.into_iter().for_each(|n| out[n] = 0.0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_right_as_they_stand_in_the_gold() {
        let page = [
            "Home",
            "The weir at Tarnfoot gave way on Monday night",
            "Two mills flooded",
            "Six houses and a mill were flooded, the water board said on Tuesday",
            "Home",
            "Read how the weir at Tarnfoot was built in our archive of the valley",
        ];
        let gold = "The weir at Tarnfoot gave way on Monday night.\nTwo mills flooded\nSix houses and a mill were flooded, the water board said on Tuesday.";
        let lines: Vec<Vec<String>> = page.iter().map(|l| words(l)).collect();
        let found: Vec<bool> = right(&lines, gold).iter().map(|r| *r > 0.5).collect();
        assert_eq!(found, [false, true, true, true, false, false]);
    }
}
