//! The order in which a report is told, as blocks that the text and Markdown renderers lay out alike.

use crate::brief::brief;
use crate::parts::parts;
use crate::phrase;
use crate::report::{Conflict, Evidence, Form, Framing, Moment, Piece, Point, Report, Revision, Utterance, Witness};
use crate::visible::{line, visible};
use rashomon_annotate::QuoteKind;
use rashomon_compare::{ChangeKind, FormRelation, leans};
use rashomon_model::Note;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Characters of a statement that are shown before it is cut.
const STATEMENT: usize = 420;
/// Relations, points of one status, quotes and so on that are shown before the rest is only counted.
const SHOWN: usize = 24;
/// Words of an unchanged stretch of a quote that are shown on either side of a change.
const UNCHANGED: usize = 10;

/// A piece of a report in reading order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// The headline of a story.
    Title(String),
    /// A section heading.
    Section(String),
    /// A statement, `depth` steps in, with its proof.
    Item { depth: usize, mark: &'static str, runs: Vec<Run>, evidence: Vec<Evidence> },
    /// A short label and what belongs to it; rows that follow each other are set as a table.
    Row { depth: usize, label: String, runs: Vec<Run>, evidence: Vec<Evidence> },
}

/// A run of words in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    Plain(String),
    Strong(String),
    /// Of less weight: reasons, rules, counts.
    Faint(String),
    /// Of more weight: what a reader must not miss.
    Alert(String),
    Added(String),
    Dropped(String),
}

pub(crate) fn plain(text: impl Into<String>) -> Run {
    Run::Plain(text.into())
}

pub(crate) fn faint(text: impl Into<String>) -> Run {
    Run::Faint(text.into())
}

/// The blocks of one story.
pub(crate) fn outline(it: &Report) -> Vec<Block> {
    let mut blocks = vec![Block::Title(line(&it.headline, STATEMENT)), lead(it)];
    witnesses(it, &mut blocks);
    if it.witnesses.len() > 1 {
        conflicts(it, &mut blocks);
        descents(it, &mut blocks);
        points(it, &mut blocks);
    }
    quotes(it, &mut blocks);
    timeline(it, &mut blocks);
    it.revisions.iter().for_each(|r| revision(it, r, &mut blocks));
    framing(it, &mut blocks);
    voices(it, &mut blocks);
    blocks
}

/// The blocks of one story on one screen: what an editor should know first, and the reports in a line.
pub(crate) fn brief_outline(it: &Report) -> Vec<Block> {
    let mut blocks = vec![Block::Title(line(&it.headline, BRIEF)), lead(it)];
    for found in brief(it) {
        let head = if found.alert { Run::Alert(found.text) } else { Run::Strong(found.text) };
        let detail = if found.detail.is_empty() { String::new() } else { format!(": {}", line(&found.detail, BRIEF)) };
        item(0, if found.alert { "≠" } else { "•" }, vec![head, plain(detail)], vec![], &mut blocks);
    }
    let told = it.points.iter().filter(|p| p.carried.iter().map(|e| e.witness).collect::<BTreeSet<_>>().len() > 1);
    // What tells nearly what is shown already, in the same sentence or the words of another report, is left to the whole report.
    let mut shown: Vec<&Point> = Vec::new();
    let told = told.filter(|p| {
        let meets = |o: &&Point| {
            o.wording.witness == p.wording.witness && o.wording.span.overlaps(p.wording.span) || alike(&o.text, &p.text)
        };
        let met = shown.iter().any(meets);
        shown.extend((!met).then_some(p));
        !met
    });
    for point in told.take(TOLD) {
        let mut runs = vec![plain(line(&phrase::point(&point.text, point.said_by.is_some()), BRIEF))];
        if let Some(by) = &point.said_by {
            runs.push(faint(format!(", according to {}", line(&phrase::speaker(by), 80))));
        }
        item(0, "•", runs, vec![point.wording], &mut blocks);
    }
    let names: Vec<_> =
        it.witnesses.iter().take(SHOWN / 2).map(|w| format!("{} {}", w.letter, line(&w.name, 30))).collect();
    let more = if it.witnesses.len() > names.len() { " …" } else { "" };
    item(0, "", vec![faint(format!("{}{more}", names.join(", ")))], vec![], &mut blocks);
    blocks
}

/// Whether two statements have most of their words in common.
fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> { text.split_whitespace().map(str::to_lowercase).collect() };
    let (a, b) = (words(a), words(b));
    5 * a.intersection(&b).count() >= 4 * a.len().max(b.len())
}

/// Characters of a statement on a screen of its own story.
const BRIEF: usize = 150;
/// Points that a screen holds.
const TOLD: usize = 4;

/// Reports that stand alone, if there are stories beside them.
pub(crate) fn alone(reports: &[Report]) -> Vec<Block> {
    let alone: Vec<_> = reports.iter().filter(|r| reports.len() > 1 && r.witnesses.len() == 1).collect();
    let mut blocks = Vec::new();
    if !alone.is_empty() {
        section("Reports that stand alone", &mut blocks);
    }
    for report in alone.iter().take(2 * SHOWN) {
        let witness = &report.witnesses[0];
        let text = format!("{}, {}", line(&report.headline, 160), published(witness));
        item(0, "•", vec![Run::Strong(line(&witness.name, 60)), plain(": "), plain(text)], vec![], &mut blocks);
    }
    rest(alone.len(), 2 * SHOWN, 0, &mut blocks);
    blocks
}

/// What was noticed in the inputs.
pub(crate) fn notes(notes: &[Note]) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !notes.is_empty() {
        section("Notes on the input", &mut blocks);
    }
    for note in notes.iter().take(SHOWN) {
        item(0, "•", vec![plain(line(&format!("{}: {}", note.place, note.message), STATEMENT))], vec![], &mut blocks);
    }
    rest(notes.len(), SHOWN, 0, &mut blocks);
    blocks
}

pub(crate) fn section(title: impl Into<String>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Section(title.into()));
}

pub(crate) fn item(depth: usize, mark: &'static str, runs: Vec<Run>, evidence: Vec<Evidence>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Item { depth, mark, runs, evidence });
}

pub(crate) fn row(
    depth: usize,
    label: impl Into<String>,
    runs: Vec<Run>,
    evidence: Vec<Evidence>,
    blocks: &mut Vec<Block>,
) {
    blocks.push(Block::Row { depth, label: label.into(), runs, evidence });
}

fn rest(all: usize, shown: usize, depth: usize, blocks: &mut Vec<Block>) {
    if all > shown {
        let text = format!("and {} more, in the HTML and JSON formats", all - shown);
        item(depth, " ", vec![faint(text)], vec![], blocks);
    }
}

fn lead(it: &Report) -> Block {
    let mut text = phrase::count(it.witnesses.len(), "report", "reports");
    if it.witnesses.len() > 1 {
        let noun = if it.accounts.high == 1 { "independent account" } else { "independent accounts" };
        text.push_str(&format!(", {} {noun}", phrase::range(it.accounts.low, it.accounts.high)));
    }
    if let Some(days) = &it.days {
        text.push_str(&format!(", {days}"));
    }
    let mut runs = vec![Run::Strong(text)];
    let disagreements = it.conflicts().count();
    if disagreements > 0 {
        runs.push(plain(" · "));
        runs.push(Run::Alert(phrase::count(disagreements, "disagreement", "disagreements")));
    }
    let altered = it.altered_quotes().count();
    if altered > 0 {
        runs.push(plain(" · "));
        runs.push(Run::Alert(phrase::count(altered, "altered quote", "altered quotes")));
    }
    Block::Item { depth: 0, mark: "", runs, evidence: vec![] }
}

fn witnesses(it: &Report, blocks: &mut Vec<Block>) {
    section("The reports", blocks);
    for witness in it.witnesses.iter().take(2 * SHOWN) {
        let mut runs = vec![Run::Strong(line(&witness.name, 60)), plain(format!(", {}", published(witness)))];
        if let Some(title) = witness.title.as_ref().filter(|t| **t != it.headline) {
            runs.push(faint(format!(" · {}", line(title, 160))));
        }
        if let Some(join) = witness.join.as_ref().filter(|j| j.is_by_hand()) {
            runs.push(faint(format!(" · in this story because {}", phrase::by_hand(join))));
        }
        row(0, &witness.letter, runs, vec![], blocks);
    }
    rest(it.witnesses.len(), 2 * SHOWN, 0, blocks);
}

/// When a report was published, and what it says about that.
pub(crate) fn published(it: &Witness) -> String {
    let mut text = it.published.clone().unwrap_or_else(|| "undated".into());
    if let Some(updated) = &it.updated {
        text.push_str(&format!(" (updated {updated})"));
    }
    if it.developing {
        text.push_str(", calls itself unfinished");
    }
    text
}

fn conflicts(it: &Report, blocks: &mut Vec<Block>) {
    let all: Vec<_> = it.conflicts().chain(it.updates()).collect();
    if all.is_empty() {
        return;
    }
    section("Where the reports disagree", blocks);
    for (point, conflict) in all.iter().take(SHOWN) {
        disagreement(it, point, conflict, blocks);
    }
    rest(all.len(), SHOWN, 0, blocks);
}

fn disagreement(it: &Report, point: &Point, conflict: &Conflict, blocks: &mut Vec<Block>) {
    let (mark, head) = if conflict.update {
        ("↻", plain(format!("{}, brought up to date: ", phrase::conflict(conflict.kind))))
    } else {
        ("≠", Run::Alert(format!("{}: ", phrase::conflict(conflict.kind))))
    };
    item(0, mark, vec![head, plain(line(&point.text, STATEMENT))], vec![point.wording], blocks);
    for (value, evidence) in &conflict.values {
        let mut words: Vec<String> = Vec::new();
        for e in evidence {
            let text = format!("“{}”", line(it.text(*e), 90));
            if !words.contains(&text) {
                words.push(text);
            }
        }
        row(1, line(value, 40), vec![plain(words.join(", "))], evidence.clone(), blocks);
    }
    let reason = line(&conflict.reason, STATEMENT);
    item(1, "", vec![faint(format!("{reason} ({})", conflict.rule))], vec![], blocks);
}

fn descents(it: &Report, blocks: &mut Vec<Block>) {
    section("Who took from whom", blocks);
    let accounts: Vec<_> = it
        .accounts
        .members
        .iter()
        .map(|m| m.iter().map(|w| it.witnesses[*w].letter.as_str()).collect::<Vec<_>>().join(" + "))
        .collect();
    let text = format!("{} independent of each other: ", phrase::range(it.accounts.low, it.accounts.high));
    let shown = accounts.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("  |  ");
    item(0, "", vec![plain(text), Run::Strong(shown)], vec![], blocks);
    if it.descents.is_empty() {
        item(0, "", vec![plain("No report was found to take from another.")], vec![], blocks);
    }
    for descent in it.descents.iter().take(SHOWN) {
        let sure = if descent.declared { String::new() } else { format!(", {:.0}%", descent.score * 100.0) };
        let head = vec![plain(line(&descent.statement, STATEMENT)), faint(format!("{sure} ({})", descent.rule))];
        // A declaration stands on both sides; once is enough.
        let mut evidence: Vec<_> = descent.passages.iter().take(4).flat_map(|(a, b)| [*a, *b]).collect();
        evidence.dedup();
        item(0, "•", head, evidence, blocks);
        // What a report declares about an outside source is its own reason.
        if !descent.reasons.is_empty() && descent.source.is_some() {
            item(1, "", vec![faint(line(&descent.reasons.join("; "), STATEMENT))], vec![], blocks);
        }
    }
    rest(it.descents.len(), SHOWN, 0, blocks);
}

fn points(it: &Report, blocks: &mut Vec<Block>) {
    let sections: [(&str, Vec<&Point>, usize); 4] = [
        ("What all reports say", it.points_of("all").collect(), SHOWN),
        ("What some reports say", it.points_of("some").collect(), SHOWN),
        ("What only one account says", it.alone().collect(), SHOWN / 2),
        ("What one account says, and others perhaps", it.perhaps_alone().collect(), SHOWN / 3),
    ];
    for (title, points, shown) in sections {
        if points.is_empty() {
            continue;
        }
        section(title, blocks);
        // "He had left by then" says little to who does not read the words before it.
        let torn = |p: &Point| p.status == "one" && leans(&p.text, p.said_by.is_some());
        let told: Vec<_> = points.iter().filter(|p| !torn(p)).take(shown).collect();
        told.iter().for_each(|p| point(it, p, blocks));
        rest(points.len(), told.len(), 0, blocks);
    }
}

fn point(it: &Report, point: &Point, blocks: &mut Vec<Block>) {
    let parts = parts(it, point, STATEMENT);
    let word = |(words, alone): &(String, bool)| if *alone { format!("‹{words}›") } else { words.clone() };
    let mut runs = vec![plain(parts.iter().map(word).collect::<String>())];
    if let Some(by) = &point.said_by {
        runs.push(faint(format!(", according to {}", line(&phrase::speaker(by), 80))));
    }
    if parts.len() > 1 {
        runs.push(faint(format!(" (‹ › only in {}’s words)", it.witnesses[point.wording.witness].letter)));
    }
    if point.background {
        runs.push(faint(" (told as background)"));
    }
    if it.is_disputed(point) {
        runs.push(Run::Alert(" ≠ disputed".into()));
    }
    let letters = |witnesses: &mut dyn Iterator<Item = usize>| {
        let letters: Vec<&str> = witnesses.take(SHOWN).map(|w| it.witnesses[w].letter.as_str()).collect();
        letters.join(" ")
    };
    // That all others leave it out is what its section says.
    let unclear = point.unclear.as_slice();
    if !point.omitted.is_empty() && (point.status == "some" || !unclear.is_empty()) {
        runs.push(faint(format!("; not in {}", letters(&mut point.omitted.iter().copied()))));
    }
    if !unclear.is_empty() {
        runs.push(faint(format!("; unclear in {}", letters(&mut unclear.iter().map(|e| e.witness)))));
    }
    item(0, "•", runs, point.carried.clone(), blocks);
    if !unclear.is_empty() {
        let nearest = unclear.iter().take(SHOWN).copied().collect();
        item(1, "?", vec![faint("nearest to it, and perhaps the same:")], nearest, blocks);
    }
}

fn quotes(it: &Report, blocks: &mut Vec<Block>) {
    if it.quotes.is_empty() {
        return;
    }
    section("What was said", blocks);
    let many = |q: &&Utterance| q.forms.iter().map(|f| f.evidence.len()).sum::<usize>() > 1;
    let (told, single): (Vec<_>, Vec<_>) = it.quotes.iter().partition(many);
    told.iter().take(SHOWN).for_each(|q| utterance(q, blocks));
    rest(told.len(), SHOWN, 0, blocks);
    // What one report has in marks; what it only reports is counted.
    let marked = |kind| single.iter().filter(move |q| q.forms.iter().all(|f| f.kind == kind));
    let shown: Vec<_> = marked(QuoteKind::Direct).chain(marked(QuoteKind::Mixed)).take(SHOWN / 3).collect();
    shown.iter().for_each(|q| utterance(q, blocks));
    rest(single.len(), shown.len(), 0, blocks);
}

fn utterance(it: &Utterance, blocks: &mut Vec<Block>) {
    let speaker = it.speaker.as_deref().map_or("nobody named".into(), |s| line(s, 80));
    let mut runs =
        vec![Run::Strong(speaker), plain(format!(": “{}”", line(it.text.trim_end_matches([',', ' ']), STATEMENT)))];
    if !it.other_speakers.is_empty() {
        let others = line(&it.other_speakers.join(", "), 160);
        runs.push(Run::Alert(format!(" ≠ some report gives it to {others}")));
    }
    // Where the wording stands as it is; the other forms have a row each.
    let same = |f: &&Form| f.relation == FormRelation::Verbatim && f.kind == QuoteKind::Direct;
    let mut places = vec![it.best];
    places.extend(it.forms.iter().filter(same).flat_map(|f| &f.evidence).filter(|e| **e != it.best));
    item(0, "•", runs, places, blocks);
    for form in it.forms.iter().filter(|f| !same(f) && f.evidence != [it.best]) {
        row(1, form_label(form), form_words(form), form.evidence.clone(), blocks);
    }
}

fn form_label(it: &Form) -> String {
    let how = phrase::form(it);
    match it.kind {
        QuoteKind::Headline => format!("headline, {how}"),
        QuoteKind::Indirect => format!("reported, {how}"),
        QuoteKind::Direct | QuoteKind::Mixed | QuoteKind::Scare => how.to_owned(),
    }
}

fn form_words(it: &Form) -> Vec<Run> {
    if it.relation == FormRelation::Verbatim {
        return vec![];
    }
    pieces(&it.wording)
}

/// Changed words between the ends of what is unchanged.
fn pieces(wording: &[Piece]) -> Vec<Run> {
    let last = wording.len().saturating_sub(1);
    let run = |(n, piece): (usize, &Piece)| match piece {
        Piece::Same(it) => plain(shortened(it, n > 0, n < last)),
        Piece::Added(it) => Run::Added(shortened(it, true, true)),
        Piece::Dropped(it) => Run::Dropped(shortened(it, true, true)),
    };
    wording.iter().enumerate().map(run).collect()
}

/// `text` with its middle left out if it is long; a side that touches no change is left out too.
fn shortened(text: &str, change_before: bool, change_behind: bool) -> String {
    let shown = visible(text);
    let words: Vec<_> = shown.split_whitespace().collect();
    let core = if words.len() <= 2 * UNCHANGED + 2 || !(change_before || change_behind) {
        words.join(" ")
    } else {
        let before = if change_before { words[..UNCHANGED].join(" ") } else { String::new() };
        let behind = if change_behind { words[words.len() - UNCHANGED..].join(" ") } else { String::new() };
        format!("{before} … {behind}").trim().to_owned()
    };
    // White space at either end keeps the words of neighbouring runs apart.
    let gap = |it: Option<char>| if it.is_some_and(char::is_whitespace) { " " } else { "" };
    if core.is_empty() {
        return gap(shown.chars().next()).into();
    }
    format!("{}{core}{}", gap(shown.chars().next()), gap(shown.chars().next_back()))
}

fn timeline(it: &Report, blocks: &mut Vec<Block>) {
    if it.timeline.is_empty() {
        return;
    }
    section("When", blocks);
    // Of many, those that several reports tell, what is still to come, and the earliest.
    let told = |m: &Moment| m.mentions.iter().map(|e| e.witness).collect::<BTreeSet<_>>().len();
    let mut order: Vec<usize> = (0..it.timeline.len()).collect();
    order.sort_by_key(|i| {
        let m = &it.timeline[*i];
        (m.misleading.is_empty(), Reverse(told(m)), !m.planned, *i)
    });
    order.truncate(SHOWN);
    order.sort_unstable();
    for moment in order.iter().map(|i| &it.timeline[*i]) {
        let mut runs = vec![plain(line(&moment.text, 160))];
        if moment.planned {
            runs.push(faint(" (planned)"));
        }
        for evidence in &moment.misleading {
            let text =
                format!(" ≠ “{}” in {} reads as another day", line(it.text(*evidence), 60), it.reference(*evidence));
            runs.push(Run::Alert(text));
        }
        row(0, &moment.when, runs, moment.mentions.clone(), blocks);
    }
    rest(it.timeline.len(), SHOWN, 0, blocks);
}

fn revision(it: &Report, revision: &Revision, blocks: &mut Vec<Block>) {
    section(format!("What {} changed against {}", it.named(revision.to), it.named(revision.from)), blocks);
    let (style, facts): (Vec<_>, Vec<_>) = revision.changes.iter().partition(|c| c.trivial);
    for change in facts.iter().take(SHOWN / 2) {
        let mark = match change.kind {
            ChangeKind::Added => "+",
            ChangeKind::Removed => "−",
            ChangeKind::Moved => "↕",
            ChangeKind::Reworded => "~",
        };
        let mut runs = pieces(&change.wording);
        if !change.touches.is_empty() {
            runs.push(faint(format!(" ({})", change.touches.join(", "))));
        }
        let evidence = change.from.into_iter().chain(change.to).collect();
        item(0, mark, runs, evidence, blocks);
    }
    rest(facts.len(), SHOWN / 2, 0, blocks);
    if !style.is_empty() {
        let text = format!("{} of style or spelling only", phrase::count(style.len(), "change", "changes"));
        item(0, "·", vec![faint(text)], vec![], blocks);
    }
}

fn framing(it: &Report, blocks: &mut Vec<Block>) {
    if it.framing.is_empty() {
        return;
    }
    section("What they call it", blocks);
    for framing in it.framing.iter().take(SHOWN) {
        terms(framing, blocks);
    }
    rest(it.framing.len(), SHOWN, 0, blocks);
}

fn voices(it: &Report, blocks: &mut Vec<Block>) {
    if it.voices.is_empty() {
        return;
    }
    section("Whose words they quote", blocks);
    for voice in it.voices.iter().take(SHOWN / 2) {
        let share = |(w, n): &(usize, usize)| format!("{} {n}", it.witnesses[*w].letter);
        let shares = voice.shares.iter().take(SHOWN).map(share).collect::<Vec<_>>().join(", ");
        let words = phrase::count(voice.words, "word", "words");
        row(0, line(&voice.speaker, 60), vec![plain(words), faint(format!(" ({shares})"))], vec![], blocks);
    }
    rest(it.voices.len(), SHOWN / 2, 0, blocks);
}

fn terms(it: &Framing, blocks: &mut Vec<Block>) {
    item(0, "•", vec![Run::Strong(line(&it.referent, 120))], vec![], blocks);
    for term in &it.terms {
        let loaded = line(&term.loaded.join(", "), 80);
        let runs = if loaded.is_empty() { vec![] } else { vec![Run::Alert(format!("loaded: {loaded}"))] };
        row(1, line(&term.text, 60), runs, term.evidence.clone(), blocks);
    }
}
