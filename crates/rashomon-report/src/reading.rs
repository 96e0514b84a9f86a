//! What was read in one article, and what stands where in it, as blocks for a terminal.

use crate::outline::{Block, Run, faint, item, plain, row, section};
use crate::phrase;
use crate::visible::{line, visible};
use rashomon_annotate::{Annotated, Number, Quote};
use rashomon_model::{Article, Span};

/// Characters of a passage that are shown before it is cut.
const PASSAGE: usize = 420;
/// Characters of a name, a date, a number as printed.
const WORDS: usize = 60;

/// The article as it was read: its head, its text with furniture marked by `┆`, and the sources it names.
pub(crate) fn article(it: &Article) -> Vec<Block> {
    let mut blocks = head(it);
    let mut at = 0;
    for paragraph in it.text.split_inclusive('\n') {
        let from = at;
        at += paragraph.len();
        if paragraph.trim().is_empty() {
            continue;
        }
        let whole = Span::new(from, from + paragraph.trim_end().len());
        let mark = if furniture_at(it, whole).any(|f| f.contains(whole)) { "┆" } else { "" };
        item(0, mark, paragraph_runs(it, whole), vec![], &mut blocks);
    }
    declared(it, &mut blocks);
    blocks
}

/// The furniture that a paragraph has a part in.
fn furniture_at(it: &Article, whole: Span) -> impl Iterator<Item = &Span> {
    let from = it.furniture.partition_point(|f| f.end() <= whole.start());
    it.furniture[from..].iter().take_while(move |f| f.start() < whole.end())
}

/// A paragraph with the furniture in it set back.
fn paragraph_runs(it: &Article, whole: Span) -> Vec<Run> {
    let shown = |from: usize, to: usize| visible(Span::new(from, to).text(&it.text)).into_owned();
    let mut runs = Vec::new();
    let mut at = whole.start();
    for f in furniture_at(it, whole) {
        let (from, to) = (f.start().max(at), f.end().min(whole.end()));
        if from < to {
            runs.extend((at < from).then(|| plain(shown(at, from))));
            runs.push(faint(shown(from, to)));
            at = to;
        }
    }
    runs.extend((at < whole.end()).then(|| plain(shown(at, whole.end()))));
    runs
}

/// What the annotators found in an article: quotations with their speakers, times with their values, names, numbers.
pub(crate) fn annotated(it: &Annotated) -> Vec<Block> {
    let mut blocks = head(&it.article);
    declared(&it.article, &mut blocks);
    let lines = Lines::of(&it.article.text);
    if !it.quotes.is_empty() {
        section("Who said what", &mut blocks);
    }
    for quote in &it.quotes {
        item(0, "•", quotation(it, quote, &lines), vec![], &mut blocks);
    }
    if !it.times.is_empty() {
        section("Times", &mut blocks);
    }
    for time in &it.times {
        let mut runs = vec![plain(format!("{} {}", time.kind.as_str(), time.value))];
        if let (Some(start), Some(end)) = (time.start, time.end) {
            runs.push(plain(format!(", {}", phrase::extent(start, end))));
        }
        runs.push(faint(format!(" · {}{}", lines.of_span(time.span), if time.inferred { ", inferred" } else { "" })));
        row(0, line(it.text(time.span), WORDS), runs, vec![], &mut blocks);
    }
    names(it, &lines, &mut blocks);
    if !it.numbers.is_empty() {
        section("Numbers", &mut blocks);
    }
    for number in &it.numbers {
        let runs = vec![plain(value(number)), faint(format!(" · {}", lines.of_span(number.span)))];
        row(0, line(it.text(number.span), WORDS), runs, vec![], &mut blocks);
    }
    blocks
}

fn head(it: &Article) -> Vec<Block> {
    let mut blocks = vec![Block::Title(line(it.title.as_deref().unwrap_or(&it.id), PASSAGE))];
    let mut told: Vec<String> = Vec::new();
    told.extend(it.outlet.as_ref().map(|o| line(o, WORDS)));
    told.push(it.published.map_or_else(|| "undated".into(), phrase::moment));
    told.extend(it.updated.map(|m| format!("updated {}", phrase::moment(m))));
    told.extend((!it.byline.is_empty()).then(|| format!("by {}", line(&it.byline.join(", "), 2 * WORDS))));
    told.extend(it.developing.then(|| "calls itself unfinished".to_owned()));
    item(0, "", vec![Run::Strong(told.join(" · "))], vec![], &mut blocks);
    let size = phrase::count(it.text.len(), "byte", "bytes");
    let furniture: usize = it.furniture.iter().map(|s| s.len()).sum();
    let mut from = format!("{}, {size} of text", line(&it.source, 2 * WORDS));
    if furniture > 0 {
        from.push_str(&format!(", {furniture} of them furniture"));
    }
    from.push_str(&format!(", {}", it.language.as_deref().unwrap_or("language unknown")));
    item(0, "", vec![faint(from)], vec![], &mut blocks);
    blocks
}

fn declared(it: &Article, blocks: &mut Vec<Block>) {
    if it.declared.is_empty() {
        return;
    }
    section("Sources it names", blocks);
    let lines = Lines::of(&it.text);
    for source in &it.declared {
        let place = format!(" · {}", lines.of_span(source.span));
        row(0, source.kind.as_str(), vec![plain(line(&source.name, WORDS)), faint(place)], vec![], blocks);
    }
}

fn quotation(it: &Annotated, quote: &Quote, lines: &Lines) -> Vec<Run> {
    let speaker = quote.speaker.as_deref().map_or_else(|| "nobody named".into(), |s| line(s, WORDS));
    let words = line(it.text(quote.span), PASSAGE);
    let told = if quote.parts.first() == Some(&quote.span) { format!(": “{words}”") } else { format!(": {words}") };
    let mut how = format!(" · {}", quote.kind.as_str());
    if let Some(cue) = quote.cue_span {
        how.push_str(&format!(", “{}”", line(it.text(cue), WORDS)));
    }
    vec![Run::Strong(speaker), plain(told), faint(format!("{how}, {}", lines.of_span(quote.span)))]
}

/// Every named thing once, in order of its first mention.
fn names(it: &Annotated, lines: &Lines, blocks: &mut Vec<Block>) {
    let mut seen = vec![0usize; it.entities.len()];
    let mut order = Vec::new();
    for name in &it.names {
        if let Some(n) = seen.get_mut(name.entity) {
            if *n == 0 {
                order.push(name);
            }
            *n += 1;
        }
    }
    if !order.is_empty() {
        section("Names", blocks);
    }
    for name in order {
        let entity = &it.entities[name.entity];
        let mut runs = vec![plain(line(&entity.name, WORDS))];
        if !entity.roles.is_empty() {
            runs.push(plain(format!(", {}", line(&entity.roles.join(", "), 2 * WORDS))));
        }
        let times = match seen[name.entity] {
            1 => String::new(),
            n => format!(", {n} times"),
        };
        runs.push(faint(format!(" · {}{times}", lines.of_span(name.span))));
        row(0, entity.kind.as_str(), runs, vec![], blocks);
    }
}

fn value(it: &Number) -> String {
    let high = it.high.map(|h| format!(" to {h}")).unwrap_or_default();
    let unit = it.unit.as_ref().map(|u| format!(" {u}")).unwrap_or_default();
    format!("{}{high}{unit}", it.value)
}

/// Where the lines of a text begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// `line 12`, counted from 1.
    fn of_span(&self, span: Span) -> String {
        format!("line {}", self.0.partition_point(|from| *from <= span.start()))
    }
}
