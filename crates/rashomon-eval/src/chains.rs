//! Are copies found, typed and directed rightly where the parents are known?
//!
//! Makes derivation chains from given articles with a seed, mixes them with unrelated ones, and holds what
//! [`Finder`] says against the truth. The chains are synthetic: say so wherever a figure is quoted.

use crate::pool::{self, Row};
use crate::random::Random;
use clap::Args as ClapArgs;
use rashomon::lineage::{Card, Finder, Found, Kind, Sketch};
use rashomon::model::Moment;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;

/// Options of `chains`.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// Articles to make chains from, as JSONL
    pool: String,
    /// Seed of the generator
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Unrelated articles in the corpus
    #[arg(long, default_value_t = 30_000)]
    unrelated: usize,
    /// Chains of each kind
    #[arg(long, default_value_t = 200)]
    chains: usize,
    /// Cut the articles into pieces of about so many words first, for a larger corpus of short texts
    #[arg(long, value_name = "WORDS")]
    pieces: Option<usize>,
    /// Write the corpus as JSONL
    #[arg(long, value_name = "FILE")]
    write: Option<String>,
    /// Write the pairs that must be found: `operation<TAB>parent<TAB>child` a line
    #[arg(long, value_name = "FILE")]
    truth: Option<String>,
    /// Only write, find nothing
    #[arg(long)]
    no_find: bool,
    /// Print the pairs that are wrong
    #[arg(long)]
    misses: bool,
}

/// What is done to a parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Operation {
    Revise,
    Cut,
    NewLead,
    Excerpt,
    Reorder,
    DropAndMerge,
    Numbers,
    Replace(u32),
    Splice,
    LostParent,
}

const OPERATIONS: [Operation; 13] = [
    Operation::Revise,
    Operation::Cut,
    Operation::NewLead,
    Operation::Excerpt,
    Operation::Reorder,
    Operation::DropAndMerge,
    Operation::Numbers,
    Operation::Replace(2),
    Operation::Replace(10),
    Operation::Replace(30),
    Operation::Replace(50),
    Operation::Splice,
    Operation::LostParent,
];

impl Operation {
    /// The kind a reader would give the relation, by the definitions of the documentation of lineage.
    fn kind(self) -> Kind {
        match self {
            Self::Revise => Kind::Revision,
            Self::Excerpt | Self::Splice => Kind::Excerpt,
            Self::Replace(percent) if percent > 5 => Kind::Rewrite,
            Self::LostParent => Kind::CommonSource,
            _ => Kind::Reprint,
        }
    }
}

/// One article of the corpus. Those of one chain come from one root.
struct Member {
    card: Card,
    text: String,
    /// Chains it belongs to: two for a splice.
    chains: Vec<usize>,
    /// Text it was made from, for the independent check.
    roots: Vec<usize>,
}

/// One pair that must be found.
struct Truth {
    parent: usize,
    child: usize,
    operation: Operation,
}

/// Makes the chains, runs the finder, prints the figures.
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let mut rows = pool::read(&args.pool)?;
    if let Some(words) = args.pieces {
        rows = rows.iter().flat_map(|it| pieces(it, words.max(1))).collect();
    }
    let mut random = Random::new(args.seed);
    let made = make(&rows, args, &mut random);
    if let Some(path) = &args.write {
        write(path, &made).map_err(|e| format!("{path}: {e}"))?;
    }
    if let Some(path) = &args.truth {
        write_truth(path, &made).map_err(|e| format!("{path}: {e}"))?;
    }
    if args.no_find {
        return Ok(());
    }
    let started = std::time::Instant::now();
    let mut finder = Finder::default();
    for m in &made.members {
        finder.add(&m.card, &Sketch::of(&m.text));
    }
    let text = |n: usize| Cow::Borrowed(made.members[n].text.as_str());
    let found = finder.find(|n| (made.members[n].card.clone(), text(n)), text);
    println!(
        "{} articles, {} pairs found in {:.1} s (synthetic chains, seed {})",
        made.members.len(),
        found.len(),
        started.elapsed().as_secs_f64(),
        args.seed
    );
    score(&rows, &made, &found, args.misses);
    Ok(())
}

/// An article in equal parts of about `words` words, cut between words; one that is shorter stays whole.
fn pieces(row: &Row, words: usize) -> Vec<Row> {
    let starts: Vec<usize> =
        row.text.split_whitespace().map(|w| w.as_ptr() as usize - row.text.as_ptr() as usize).collect();
    let parts = ((starts.len() + words / 2) / words).max(1);
    let place = |k: usize| starts.get(k * starts.len() / parts).copied().unwrap_or(row.text.len());
    let piece = |k: usize| Row {
        id: format!("{}/{k}", row.id),
        outlet: row.outlet.clone(),
        url: row.url.as_ref().map(|url| format!("{url}/{k}")),
        title: row.title.clone(),
        published: row.published,
        text: row.text[place(k)..place(k + 1)].to_owned(),
    };
    (0..parts).map(piece).collect()
}

struct Made {
    members: Vec<Member>,
    truths: Vec<Truth>,
}

fn make(rows: &[Row], args: &Args, random: &mut Random) -> Made {
    let mut order: Vec<usize> = (0..rows.len()).filter(|r| (200..=2000).contains(&rows[*r].words())).collect();
    random.shuffle(&mut order);
    let needed = args.chains * (OPERATIONS.len() * 2 + 4);
    let unrelated = args.unrelated.min(order.len().saturating_sub(needed));
    let mut members: Vec<Member> = Vec::new();
    let mut truths = Vec::new();
    let mut spare = order.split_off(unrelated).into_iter();
    for (n, r) in order.iter().enumerate() {
        members.push(member(format!("u{n:06}"), &rows[*r], &rows[*r].text, Some(time(random)), vec![], vec![*r]));
    }
    let mut chain = 0;
    for operation in OPERATIONS {
        for _ in 0..args.chains {
            let (Some(root), Some(donor)) = (spare.next(), spare.next()) else { break };
            let (row, other) = (&rows[root], &rows[donor]);
            let mut outlet = &rows[order[random.below(order.len())]];
            while outlet.outlet == row.outlet || outlet.outlet == other.outlet {
                outlet = &rows[order[random.below(order.len())]];
            }
            let at = time(random);
            chain += 1;
            let name = |part: &str| format!("c{chain:06}{part}");
            let parent = members.len();
            if operation == Operation::LostParent {
                for (part, publisher, lead) in [("a", outlet, 0), ("b", other, 1)] {
                    let lead = paragraphs(&other.text).into_iter().flatten().filter(|s| words_in(s) > 6).nth(lead);
                    let (text, at) = (lost_child(&row.text, lead, random, rows), Some(later(at, random)));
                    let mut it = member(name(part), publisher, &text, at, vec![chain], vec![root, donor]);
                    it.card.title = lead_title(&text);
                    it.card.url = None;
                    members.push(it);
                }
                truths.push(Truth { parent, child: parent + 1, operation });
                continue;
            }
            members.push(member(name("p"), row, &row.text, Some(at), vec![chain], vec![root]));
            let text = match operation {
                Operation::Splice => {
                    members.push(member(
                        name("q"),
                        other,
                        &other.text,
                        Some(time_near(at, random)),
                        vec![chain],
                        vec![donor],
                    ));
                    splice(&row.text, &other.text, random)
                }
                _ => derive(operation, row, other, random, rows),
            };
            let child = members.len();
            let at = match random.below(100) {
                0..15 => None,
                15..18 => Some(earlier(at, random)),
                _ => Some(later(at, random)),
            };
            let publisher = if operation == Operation::Revise { row } else { outlet };
            let mut it = member(name("z"), publisher, &text, at, vec![chain], vec![root, donor]);
            match operation {
                Operation::Revise => {
                    it.card.title.clone_from(&row.title);
                    if random.below(2) == 0 {
                        it.card.url.clone_from(&row.url);
                    }
                }
                _ => {
                    it.card.title = Some(other.title.clone().unwrap_or_default());
                    it.card.url = None;
                    // One reprint in five says where it comes from.
                    if operation.kind() == Kind::Reprint && random.below(5) == 0 {
                        it.card.origins.extend(row.outlet.clone());
                    }
                }
            }
            members.push(it);
            truths.push(Truth { parent, child, operation });
            if operation == Operation::Splice {
                truths.push(Truth { parent: parent + 1, child, operation });
            }
        }
    }
    Made { members, truths }
}

fn member(id: String, row: &Row, text: &str, at: Option<Moment>, chains: Vec<usize>, roots: Vec<usize>) -> Member {
    let card = Card {
        id,
        outlet: row.outlet.clone(),
        url: row.url.clone(),
        title: row.title.clone(),
        published: at,
        ..pool::declaring(text, row.outlet.as_deref())
    };
    Member { card, text: text.to_owned(), chains, roots }
}

/// The first words of a text as its headline.
fn lead_title(text: &str) -> Option<String> {
    Some(text.split_whitespace().take(8).collect::<Vec<_>>().join(" "))
}

const DAY: i64 = 86_400;

fn moment(second: i64) -> Moment {
    Moment::instant(jiff::Timestamp::from_second(second).unwrap_or_default(), 0)
}

fn time(random: &mut Random) -> Moment {
    moment(1_483_228_800 + random.below(700) as i64 * DAY + random.below(1440) as i64 * 60)
}

fn later(at: Moment, random: &mut Random) -> Moment {
    moment(at.at.as_second() + 600 + random.below(3 * 1440) as i64 * 60)
}

fn earlier(at: Moment, random: &mut Random) -> Moment {
    moment(at.at.as_second() - 600 - random.below(1440) as i64 * 60)
}

fn time_near(at: Moment, random: &mut Random) -> Moment {
    moment(at.at.as_second() - random.below(1440) as i64 * 60)
}

/// Paragraphs of sentences, each with its final mark.
fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let mut sentences = Vec::new();
        let mut start = 0;
        for (at, _) in line.match_indices(['.', '!', '?']) {
            let rest = &line[at + 1..];
            let word = line[..at].rsplit(' ').next().unwrap_or("");
            if rest.starts_with(' ') && rest[1..].starts_with(char::is_uppercase) && word.len() > 3 {
                sentences.push(line[start..=at].to_owned());
                start = at + 2;
            }
        }
        if start < line.len() {
            sentences.push(line[start..].to_owned());
        }
        out.push(sentences);
    }
    out
}

fn joined(it: &[Vec<String>]) -> String {
    it.iter().filter(|p| !p.is_empty()).map(|p| p.join(" ")).collect::<Vec<_>>().join("\n\n")
}

fn words_in(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The first sentences of `text` that make up at least `share` of its words.
fn head(text: &str, share: f64) -> String {
    let most = (words_in(text) as f64 * share) as usize;
    let mut out: Vec<Vec<String>> = Vec::new();
    let mut n = 0;
    'all: for p in paragraphs(text) {
        out.push(Vec::new());
        for s in p {
            if n >= most {
                break 'all;
            }
            n += words_in(&s);
            if let Some(last) = out.last_mut() {
                last.push(s);
            }
        }
    }
    joined(&out)
}

fn derive(operation: Operation, row: &Row, other: &Row, random: &mut Random, rows: &[Row]) -> String {
    let mut it = paragraphs(&row.text);
    match operation {
        Operation::Revise => {
            let mut donor = paragraphs(&other.text).into_iter().flatten().filter(|s| words_in(s) > 6);
            for _ in 0..2 {
                let p = random.below(it.len());
                if !it[p].is_empty() {
                    let s = random.below(it[p].len());
                    it[p].remove(s);
                }
                let p = random.below(it.len());
                it[p].extend(donor.next());
            }
            numbers(&replace(&joined(&it), 1, random, rows), random)
        }
        Operation::Cut => head(&row.text, 0.5 + random.below(30) as f64 / 100.0),
        Operation::NewLead => {
            let lead: Vec<String> = paragraphs(&other.text).into_iter().flatten().take(2).collect();
            let mut left = 2;
            for p in &mut it {
                while left > 0 && !p.is_empty() {
                    p.remove(0);
                    left -= 1;
                }
            }
            it.insert(0, lead);
            joined(&it)
        }
        Operation::Excerpt => {
            let all: Vec<String> = it.into_iter().flatten().collect();
            let least = 120 + random.below(80);
            let mut starts: Vec<usize> = (0..all.len()).collect();
            starts.retain(|s| all[*s..].iter().map(|x| words_in(x)).sum::<usize>() >= least);
            let from = starts.get(random.below(starts.len().max(1))).copied().unwrap_or(0);
            let mut taken = Vec::new();
            let mut n = 0;
            for s in &all[from..] {
                if n >= least {
                    break;
                }
                n += words_in(s);
                taken.push(s.clone());
            }
            let mut host = paragraphs(&other.text);
            let at = random.below(host.len()) + 1;
            host.insert(at, taken);
            joined(&host)
        }
        Operation::Reorder => {
            random.shuffle(&mut it);
            joined(&it)
        }
        Operation::DropAndMerge => {
            for p in &mut it {
                p.retain(|_| random.below(100) >= 20);
                let mut k = 0;
                while k + 1 < p.len() {
                    if random.below(100) < 25 {
                        let next = p.remove(k + 1);
                        let mut chars = next.chars();
                        let lowered: String =
                            chars.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default();
                        p[k] = format!("{} and {lowered}{}", p[k].trim_end_matches(['.', '!', '?']), chars.as_str());
                    }
                    k += 1;
                }
            }
            joined(&it)
        }
        Operation::Numbers => numbers(&row.text, random),
        Operation::Replace(percent) => replace(&row.text, percent, random, rows),
        Operation::Splice | Operation::LostParent => row.text.clone(),
    }
}

/// A stretch of one article followed by a stretch of another, about as long.
fn splice(one: &str, two: &str, random: &mut Random) -> String {
    let words = words_in(one).min(words_in(two)) as f64 * (0.35 + random.below(15) as f64 / 100.0);
    let part = |text: &str| head(text, words / words_in(text) as f64);
    format!("{}\n\n{}", part(one), part(two))
}

/// What one of two takers makes of a parent that is lost: some sentences dropped, few words changed, a lead of its own.
fn lost_child(text: &str, lead: Option<String>, random: &mut Random, rows: &[Row]) -> String {
    let mut it = paragraphs(text);
    for p in &mut it {
        p.retain(|_| random.below(100) >= 15);
    }
    it.insert(0, lead.into_iter().collect());
    replace(&joined(&it), 3, random, rows)
}

/// Replaces `percent` of the words by words from anywhere in the pool.
fn replace(text: &str, percent: u32, random: &mut Random, rows: &[Row]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        out.push_str(&rest[..start]);
        let end = rest[start..].find(|c: char| !c.is_alphanumeric()).map_or(rest.len(), |e| start + e);
        let word = &rest[start..end];
        if random.below(100) < percent as usize {
            out.push_str(&foreign(word, random, rows));
        } else {
            out.push_str(word);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn foreign(word: &str, random: &mut Random, rows: &[Row]) -> String {
    for _ in 0..8 {
        let text = &rows[random.below(rows.len())].text;
        let mut at = random.below(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let next = text[at..].split(|c: char| !c.is_alphanumeric()).nth(1).unwrap_or("");
        if !next.is_empty() && !next.eq_ignore_ascii_case(word) {
            return next.to_owned();
        }
    }
    "thing".to_owned()
}

/// Changes every number of two and more digits.
fn numbers(text: &str, random: &mut Random) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..start]);
        let end = rest[start..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |e| start + e);
        if end - start > 1 {
            out.push_str(&format!("{}", random.below(9000) + 10));
        } else {
            out.push_str(&rest[start..end]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn write(path: &str, made: &Made) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for m in &made.members {
        let row = serde_json::json!({
            "id": m.card.id, "outlet": m.card.outlet, "url": m.card.url, "title": m.card.title,
            "published": m.card.published.map(Moment::rfc3339), "text": m.text,
        });
        writeln!(out, "{row}")?;
    }
    out.flush()
}

fn write_truth(path: &str, made: &Made) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for t in &made.truths {
        let [parent, child] = [t.parent, t.child].map(|n| &made.members[n].card.id);
        writeln!(out, "{:?}\t{parent}\t{child}", t.operation)?;
    }
    out.flush()
}

fn score(rows: &[Row], made: &Made, found: &[Found], misses: bool) {
    let by_pair: HashMap<(usize, usize), &Found> =
        found.iter().map(|f| ((f.source.min(f.derived), f.source.max(f.derived)), f)).collect();
    let mut per: BTreeMap<Operation, [usize; 5]> = BTreeMap::new();
    for t in &made.truths {
        let row = per.entry(t.operation).or_default();
        row[0] += 1;
        let Some(f) = by_pair.get(&(t.parent.min(t.child), t.parent.max(t.child))) else {
            if misses {
                println!("  missed: {:?} {}", t.operation, made.members[t.child].card.id);
            }
            continue;
        };
        row[1] += 1;
        row[2] += usize::from(f.kind == t.operation.kind());
        if f.directed && t.operation != Operation::LostParent {
            row[3] += 1;
            row[4] += usize::from(f.source == t.parent);
        }
        if misses && f.kind != t.operation.kind() {
            println!("  kind: {:?} {} is {:?}: {:?}", t.operation, made.members[t.child].card.id, f.kind, f.reasons);
        }
    }
    println!("{:<16} {:>6} {:>8} {:>8} {:>10} {:>10}", "operation", "pairs", "recall", "kind", "directed", "right way");
    let mut all = [0; 5];
    let line = |name: &str, r: [usize; 5]| {
        let share = |x: usize, y: usize| if y == 0 { "-".to_owned() } else { format!("{:.3}", x as f64 / y as f64) };
        println!(
            "{name:<16} {:>6} {:>8} {:>8} {:>10} {:>10}",
            r[0],
            share(r[1], r[0]),
            share(r[2], r[1]),
            share(r[3], r[1]),
            share(r[4], r[3])
        );
    };
    for (operation, r) in per {
        line(&format!("{operation:?}"), r);
        for k in 0..5 {
            all[k] += r[k];
        }
    }
    line("all", all);
    precision(rows, made, found, misses);
}

/// Words in a row that make two pool articles textually related by the independent check.
const RELATED_RUN: usize = 14;

/// Pairs across chains, each checked for a run of equal words in the texts both were made from.
fn precision(rows: &[Row], made: &Made, found: &[Found], misses: bool) {
    let (mut right, mut wrong, mut pool, mut pool_related, mut excused) = (0, 0, 0, 0, 0);
    for f in found {
        let (x, y) = (&made.members[f.source], &made.members[f.derived]);
        if x.chains.iter().any(|c| y.chains.contains(c)) {
            right += 1;
            continue;
        }
        let related =
            x.roots.iter().any(|p| y.roots.iter().any(|q| p == q || shares_a_run(&rows[*p].text, &rows[*q].text)));
        if x.chains.is_empty() && y.chains.is_empty() {
            pool += 1;
            pool_related += usize::from(related);
        } else if related {
            excused += 1;
        } else {
            wrong += 1;
            if misses {
                println!("  wrong: {} {} {:?} {:?}", x.card.id, y.card.id, f.kind, f.reasons);
            }
        }
    }
    println!(
        "pairs with a made article: {right} of one chain, {wrong} of unrelated texts, {excused} whose originals share {RELATED_RUN} words in a row; precision {:.4}",
        right as f64 / (right + wrong).max(1) as f64
    );
    println!(
        "pairs of two pool articles (real relations): {pool}, of them {pool_related} share {RELATED_RUN} words in a row"
    );
}

/// Whether two texts share `RELATED_RUN` words in a row: word by word, without the index of the product.
fn shares_a_run(one: &str, two: &str) -> bool {
    let words = |t: &str| -> Vec<String> {
        t.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (one, two) = (words(one), words(two));
    let runs: std::collections::HashSet<&[String]> = one.windows(RELATED_RUN).collect();
    two.windows(RELATED_RUN).any(|w| runs.contains(w))
}
