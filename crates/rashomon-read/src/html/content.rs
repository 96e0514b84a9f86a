//! Which lines of a page are the article, as text.
//!
//! Every line is measured (`measures.rs`) and weighed by trees learned on news pages (`trees.rs`): no element and no name
//! decides alone. What readers wrote is left out whatever it weighs, and a text that stands twice is read once.
//! The headline stands before the article, and with it the lines between both that tell when and by whom: marked as
//! furniture, because they are not part of the account. `docs/html-extraction.md` has the comparison with extractor crates.

use super::Page;
use super::dom::{DOCUMENT, Dom, Id};
use super::found::{collapse, heading};
use super::linear::linear;
use super::lines::{Line, lines};
use super::measures::{self, Row, Witness, hashed_words};
use super::skip::{self, Beside};
use super::trees::Trees;
use crate::{byline, dateline, furniture};
use rashomon_language::{Fact, WordSet};
use rustc_hash::FxHashSet;

/// The lines of a page with their measures.
pub(crate) struct Measured<'a> {
    pub(crate) lines: Vec<Line>,
    pub(crate) rows: Vec<Row>,
    unread: Vec<bool>,
    beside: &'a Beside,
    /// The element of the headline and its last line.
    headline: Option<(Id, usize)>,
}

/// Measures the lines of a page.
pub(crate) fn measured<'a>(dom: &Dom, beside: &'a Beside, witness: &Witness) -> Measured<'a> {
    let (unread, lines) = lines(dom, &beside.order);
    let headline = headline_line(dom, &lines, witness);
    let rows = measures::rows(dom, &lines, witness, headline.map(|h| h.1), beside);
    Measured { lines, rows, unread, beside, headline }
}

/// The readable text of a page, one block a line, and where it came from.
pub(crate) fn readable(dom: &Dom, beside: &Beside, witness: &Witness, trees: &Trees) -> (String, Page) {
    let it = measured(dom, beside, witness);
    let (body, sure) = body(dom, &it, trees);
    let mut chosen = vec![false; dom.len()];
    let mut margin = vec![false; dom.len()];
    let mut mark = |line: &Line, beside: bool| {
        for &node in &line.nodes {
            chosen[node] = true;
            margin[node] |= beside;
        }
    };
    it.lines.iter().zip(&body).filter(|(_, chosen)| **chosen).for_each(|(line, _)| mark(line, false));
    // Captions and credits say whose the pictures are; they are no part of the account.
    let start = it.headline.map_or_else(|| body.iter().position(|c| *c).unwrap_or(0), |(_, last)| last + 1);
    let stop = body.iter().rposition(|chosen| *chosen).map_or(0, |last| (last + 3).min(body.len()));
    for n in start..stop {
        let line = &it.lines[n];
        let elsewhere = it.beside.replies[line.block] || it.beside.teaser[line.block];
        if !body[n] && !elsewhere && line.words <= 120 && measures::is_caption(&it.rows[n]) {
            mark(line, true);
        }
    }
    /// How many lines above the headline may tell when and by whom.
    const ABOVE: usize = 4;
    /// How many lines below it may hold a date.
    const BELOW: usize = 30;
    /// How many lines of the article may hold one.
    const OPENING: usize = 3;
    if let Some((element, last)) = it.headline {
        let inside = |line: &Line| dom.above(line.block).any(|id| id == element);
        let first = (0..=last).rev().take_while(|n| inside(&it.lines[*n])).last().unwrap_or(last);
        it.lines[first..=last].iter().for_each(|line| mark(line, true));
        let above = &it.lines[first.saturating_sub(ABOVE)..first];
        let above = || above.iter().filter(|l| l.words <= 20 && l.linked < l.words);
        let stamps = |line: &Line| {
            dateline::stamps(&line.text, &[]).filter(|_| !is_of_site(dom, line, it.headline)).unwrap_or_default()
        };
        let mut days = above().flat_map(stamps).filter(|stamp| !stamp.labelled).map(|stamp| stamp.at.date());
        // Different days are those of a list.
        let of_list = days.next().is_some_and(|day| days.any(|other| other != day));
        for line in above() {
            if !stamps(line).is_empty() && !of_list || byline::byline(&line.text).is_some() {
                mark(line, true);
            }
        }
        let until = body.iter().skip(last + 1).position(|chosen| *chosen).map_or(last + 1, |n| last + 1 + n);
        for line in &it.lines[last + 1..until] {
            if !it.beside.replies[line.block] && tells_of_article(dom, line) {
                mark(line, true);
            }
        }
    }
    let (text, mut page) = linear(dom, &it.unread, &chosen, &margin, &beside.order);
    let near = it.headline.map_or(0..BELOW, |(_, last)| last.saturating_sub(2 * ABOVE)..last + BELOW);
    let above = it.headline.map_or(0, |(_, headline)| headline + 1);
    let first = body.iter().skip(above).position(|chosen| *chosen).map_or(above, |n| above + n);
    let last = body.iter().rposition(|chosen| *chosen).unwrap_or(0);
    // Below the headline, above it, and elsewhere; of each the plain datelines before what holds a date beside other things.
    let mut found: [[Vec<String>; 2]; 3] = Default::default();
    for (n, line) in it.lines.iter().enumerate().skip(near.start).filter(|(_, l)| l.words <= 25) {
        let card = it.beside.card[line.block] && it.headline.is_none_or(|(id, _)| !it.beside.card[id]);
        let elsewhere = it.beside.replies[line.block] || it.beside.teaser[line.block] || card;
        if elsewhere || is_of_site(dom, line, it.headline) || is_quoted(dom, line, it.headline) {
            continue;
        }
        let plain = dateline::stamps(&line.text, &[]);
        // "Last updated" may stand in a line of its own, or as the caption of a day below it.
        let text = |n: usize| it.lines.get(n).map(|line| line.text.as_str());
        let label_at = |n: usize| text(n).filter(|_| plain.is_some()).zip(text(n).and_then(dateline::bare_label));
        let above_it = n.checked_sub(1).and_then(label_at);
        // A label right above another day is that day's.
        let caption = || {
            label_at(n + 1)
                .filter(|(_, updated)| !updated && text(n + 2).is_none_or(|it| dateline::stamps(it, &[]).is_none()))
        };
        let label = above_it.or_else(caption).map(|(label, _)| label);
        let said = || label.map_or_else(|| line.text.clone(), |label| format!("{label} {}", line.text));
        if n >= near.end {
            page.far_dates.extend(plain.map(|_| said()));
            continue;
        }
        // Dates behind the beginning of the article are those of other things, unless they say otherwise.
        let labelled = label.is_some() || plain.iter().flatten().any(|stamp| stamp.labelled);
        let place = match it.headline {
            Some((_, headline)) if n <= headline => 1,
            Some(_) if n <= first || plain.is_some() && n <= first + OPENING => 0,
            _ => 2,
        };
        if it.headline.is_some() && !labelled && n > (first + OPENING).min(last) {
            continue;
        }
        if plain.is_some() {
            found[place][0].push(said());
        } else {
            let beside = || byline::behind_names(&line.text).filter(|it| dateline::stamps(it, &[]).is_some());
            let date = dateline::between_marks(&line.text).or_else(beside).map(str::to_owned);
            found[place][1].extend(date.or_else(|| dated(dom, line)));
        }
    }
    let [below, above, others] = found.map(|[plain, beside]| [plain, beside].concat());
    page.dates = below;
    page.other_dates = [above, others].concat();
    page.sure = sure;
    page.headline = it.headline.map(|(id, _)| heading(dom, id));
    (text, page)
}

/// Whether a line stands in the footer or head of the page, not of its article, or claims a copyright.
fn is_of_site(dom: &Dom, line: &Line, headline: Option<(Id, usize)>) -> bool {
    let above = |id: Id| dom.above(id);
    let within = |tag: &str| above(line.block).find(|id| dom.tag(*id) == tag);
    let of_headline = |part: Id| headline.is_some_and(|(id, _)| above(id).any(|up| up == part));
    line.text.contains('©')
        || within("article").is_none()
            && (within("footer").is_some()
                || ["header", "nav"].iter().any(|tag| within(tag).is_some_and(|part| !of_headline(part))))
}

/// Whether a line stands in a quotation that does not hold the headline, too: an embedded post has a date of its own.
fn is_quoted(dom: &Dom, line: &Line, headline: Option<(Id, usize)>) -> bool {
    let above = |id: Id| dom.above(id);
    let quotation = above(line.block).find(|id| dom.tag(*id) == "blockquote");
    quotation.is_some_and(|it| headline.is_none_or(|(id, _)| above(id).all(|up| up != it)))
}

/// What an element inside `line` says that is named for a date and holds nothing else, or a part of the line by itself.
fn dated(dom: &Dom, line: &Line) -> Option<String> {
    let named = |id: Id| {
        let names = dom.attribute(id, "class").to_ascii_lowercase();
        names
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|name| matches!(name, "date" | "time" | "published" | "posted"))
    };
    let mut inside = dom.below(line.block).filter(|id| named(*id)).map(|id| collapse(&dom.text(id)));
    let parts =
        || line.nodes.iter().map(|id| dom.pieces(*id).iter().map(|piece| piece.text.as_str()).collect::<String>());
    let date = |text: &String| dateline::between_marks(text).is_some();
    let sentence = line.text.ends_with(['.', '!', '?', '…']);
    inside.find(date).or_else(|| parts().map(|text| collapse(&text)).find(date).filter(|_| !sentence))
}

/// Whether `held` is a text of its own, of which `shown` does not say half.
pub(crate) fn is_another_text(held: &str, shown: &str) -> bool {
    const FEWEST: usize = 8;
    let (shown, held) = (hashed_words(shown), hashed_words(held));
    let shown: FxHashSet<u64> = shown.into_iter().collect();
    held.len() >= FEWEST && 2 * held.iter().filter(|word| shown.contains(word)).count() < held.len()
}

/// Which lines are part of the article, and whether enough of them surely are. The figures were chosen on the pages of
/// `models/pages.md`, each held out by site.
fn body(dom: &Dom, it: &Measured<'_>, trees: &Trees) -> (Vec<bool>, bool) {
    const EVEN: f32 = 0.1;
    /// Words that a body has at least: where fewer are likely, less likely ones are taken too.
    const FEWEST: usize = 12;
    let weights: Vec<f32> = it.rows.iter().map(|row| trees.score(row)).collect();
    let mut out = Vec::new();
    // The logarithms of the odds: somewhat better than even at first, then one to five, one to twenty.
    let mut sure = false;
    for least in [EVEN, -1.6, -3.0] {
        out = likely(it, &weights, least);
        if words_of(it, &out, 0..it.lines.len()) >= FEWEST {
            sure = least >= EVEN;
            break;
        }
    }
    if !out.iter().any(|chosen| *chosen) {
        return (it.lines.iter().map(|line| 2 * line.linked <= line.words).collect(), false);
    }
    above_headline(it, &mut out);
    behind_gate(it, &weights, &mut out);
    subheads_and_summary(it, &weights, &mut out);
    linked_entries(dom, it, &mut out);
    pulled_quotes(it, &mut out);
    hidden(dom, it, &mut out);
    next_article(dom, it, &mut out);
    (out, sure)
}

/// What a page hides beside a text that it shows is not read; a text that is hidden as a whole until a script shows it is.
fn hidden(dom: &Dom, it: &Measured<'_>, out: &mut [bool]) {
    let hides = |id: Id| {
        let style = dom.attribute(id, "style");
        dom.has_attribute(id, "hidden") || style.contains("display:none") || style.contains("display: none")
    };
    let concealed: Vec<usize> =
        (0..out.len()).filter(|n| out[*n] && dom.above(it.lines[*n].block).any(hides)).collect();
    let words: usize = concealed.iter().map(|n| it.lines[*n].words).sum();
    if 2 * words < words_of(it, out, 0..out.len()) {
        concealed.into_iter().for_each(|n| out[n] = false);
    }
}

/// Where sites print the next article below the first, it is another one: an `article` with an `h1` of its own, or a block made
/// like the one that holds the headline.
fn next_article(dom: &Dom, it: &Measured<'_>, out: &mut [bool]) {
    /// Words that make the first an article.
    const ENOUGH: usize = 40;
    /// Headlines that are looked at.
    const MOST: usize = 20;
    let Some((headline, _)) = it.headline.filter(|(id, _)| dom.tag(*id) == "h1") else { return };
    let above = |id: Id| dom.above(id);
    let own: Vec<Id> = above(headline).collect();
    let mut others: Vec<(Id, Id)> = Vec::new();
    let behind = it.beside.order.iter().copied().skip_while(|id| *id != headline).skip(1);
    for other in behind.filter(|id| dom.tag(*id) == "h1").take(MOST) {
        let up: Vec<Id> = above(other).take_while(|id| !own.contains(id)).collect();
        let Some((last, common)) = up.last().and_then(|last| Some((*last, dom.parent(*last)?))) else { continue };
        let Some(first) = own.iter().copied().find(|id| dom.parent(*id) == Some(common)) else { continue };
        let alike = dom.tag(first) == dom.tag(last)
            && (dom.tag(first) == "article"
                || !dom.attribute(first, "class").is_empty()
                    && dom.attribute(first, "class") == dom.attribute(last, "class"));
        let article = |all: &[Id]| all.iter().copied().rfind(|id| dom.tag(*id) == "article");
        let inner = own.iter().copied().take_while(|id| *id != common).collect::<Vec<_>>();
        if alike {
            others.push((first, last));
        } else if let (Some(first), Some(last)) = (article(&inner), article(&up)) {
            others.push((first, last));
        }
    }
    let teasers = other_articles(dom, it, headline, out);
    if !teasers.is_empty() {
        let within = |line: &Line| above(line.block).any(|id| teasers.contains(&id));
        out.iter_mut().zip(&it.lines).filter(|(_, line)| within(line)).for_each(|(chosen, _)| *chosen = false);
    }
    for (first, last) in others {
        let within = |n: usize, block: Id| above(it.lines[n].block).any(|id| id == block);
        let words: usize = (0..out.len()).filter(|n| out[*n] && within(*n, first)).map(|n| it.lines[n].words).sum();
        if words >= ENOUGH {
            (0..out.len()).filter(|n| within(*n, last)).for_each(|n| out[n] = false);
        }
    }
}

/// Whether a list, or what holds it, calls itself one of related articles: `class="related-links"`.
fn is_called_related(dom: &Dom, list: Id) -> bool {
    let mut up = dom.above(list).take(2);
    up.any(|id| {
        let names = [dom.attribute(id, "class"), dom.attribute(id, "id")].join(" ").to_ascii_lowercase();
        names.split(|c: char| !c.is_ascii_alphanumeric()).any(|name| name == "related")
    })
}

/// The `article` elements behind that of the headline which are teasers of other articles: each has a heading of its own, and
/// together they hold less than the first. The entries of a live report hold more than its head.
fn other_articles(dom: &Dom, it: &Measured<'_>, headline: Id, out: &[bool]) -> FxHashSet<Id> {
    let above = |id: Id| dom.above(id);
    let article = |id: Id| above(id).find(|up| dom.tag(*up) == "article");
    let Some(first) = article(headline) else { return FxHashSet::default() };
    let headed = |id: &Id| dom.below(*id).any(|below| matches!(dom.tag(below), "h2" | "h3" | "h4"));
    let behind = it.beside.order.iter().copied().skip_while(|id| *id != headline);
    let beside = behind.filter(|id| dom.tag(*id) == "article" && above(*id).all(|up| up != first));
    let others: FxHashSet<Id> = beside.filter(headed).collect();
    let (mut own, mut theirs) = (0, 0);
    for (line, _) in it.lines.iter().zip(out).filter(|(_, chosen)| **chosen) {
        match article(line.block) {
            Some(id) if id == first => own += line.words,
            Some(id) if others.contains(&id) => theirs += line.words,
            _ => {}
        }
    }
    if theirs < own { others } else { FxHashSet::default() }
}

/// A list of links is read as a whole or not at all: as most of its entries were, and where these are as many as the others, if
/// all are sentences. Titles in a list that calls itself related, and one between brackets that is one link, are other pages'.
fn linked_entries(dom: &Dom, it: &Measured<'_>, out: &mut [bool]) {
    let list = |line: &Line| {
        let mut up = dom.above(line.block).take(3);
        up.find(|id| matches!(dom.tag(*id), "ul" | "ol")).filter(|_| 2 * line.linked > line.words)
    };
    let mut from = 0;
    while from < out.len() {
        let line = &it.lines[from];
        let bracketed = line.text.starts_with('[') && line.text.ends_with(']');
        out[from] &= !(bracketed && line.linked > 0 && line.linked + 2 >= line.words);
        let Some(here) = list(line) else {
            from += 1;
            continue;
        };
        let until = (from..out.len()).find(|n| list(&it.lines[*n]) != Some(here)).unwrap_or(out.len());
        let chosen = (from..until).filter(|n| out[*n]).count();
        let sentences = (from..until).all(|n| measures::is_closed(&it.rows[n]));
        let titles =
            (from..until).all(|n| it.lines[n].linked == it.lines[n].words && !measures::is_closed(&it.rows[n]));
        if until - from > 1 && titles && is_called_related(dom, here) {
            out[from..until].fill(false);
        } else if chosen > 0 && until - from > 1 {
            out[from..until].fill(2 * chosen > until - from || sentences && 2 * chosen == until - from);
        }
        from = until;
    }
}

/// The lines that weigh more than `least`: teasers have to weigh more, readers' words are never among them, and a text that
/// stands twice is read once.
fn likely(it: &Measured<'_>, weights: &[f32], least: f32) -> Vec<bool> {
    const TEASER: f32 = 2.5;
    const PAGE_TALK: f32 = 1.0;
    const SHORT: usize = 6;
    let mut seen = FxHashSet::default();
    let lines = it.lines.iter().zip(&it.rows).zip(weights);
    lines
        .map(|((line, row), weight)| {
            let least = if it.beside.teaser[line.block] || measures::is_below_links_heading(row) {
                TEASER
            } else if measures::talks_of_page(row) {
                PAGE_TALK.max(least)
            } else {
                least
            };
            *weight > least && !it.beside.replies[line.block] && (line.words < SHORT || seen.insert(line.text.as_str()))
        })
        .collect()
}

fn words_of(it: &Measured<'_>, chosen: &[bool], range: std::ops::Range<usize>) -> usize {
    range.filter(|n| chosen[*n]).map(|n| it.lines[n].words).sum()
}

/// Consent walls and alerts stand above the headline, the article below it; unless most stands above what was taken for it.
fn above_headline(it: &Measured<'_>, out: &mut [bool]) {
    const ENOUGH: usize = 25;
    let Some((_, last)) = it.headline else { return };
    let above = words_of(it, out, 0..last);
    if words_of(it, out, last + 1..out.len()) >= ENOUGH.max(above / 2) {
        out[..last].fill(false);
    }
}

/// Behind an offer to subscribe only what is surely of the article belongs to it.
fn behind_gate(it: &Measured<'_>, weights: &[f32], out: &mut [bool]) {
    static OFFERS: WordSet = WordSet::english(Fact::PageFurniture, "offer");
    const SHORT: usize = 12;
    const SURELY: f32 = 3.0;
    let offers = |line: &Line| {
        line.words <= SHORT && {
            let bare = furniture::normal(&line.text);
            OFFERS.iter().any(|o| bare.starts_with(o))
        }
    };
    let from = it.headline.map_or(0, |(_, last)| last + 1);
    let Some(gate) = (from..out.len()).find(|n| offers(&it.lines[*n])) else { return };
    for n in gate..out.len() {
        out[n] &= weights[n] >= SURELY && n != gate;
    }
}

/// A subhead or a linked sentence between lines that are surely of the article is too, and so is a summary right below the headline.
fn subheads_and_summary(it: &Measured<'_>, weights: &[f32], out: &mut [bool]) {
    const SURELY: f32 = 1.0;
    const NEARLY: f32 = -0.5;
    const LINKED: f32 = -2.5;
    /// Captions and the like may stand between a linked paragraph and the text.
    const NEAR: usize = 4;
    const LAST: f32 = -0.6;
    const LONGEST: usize = 14;
    const SUMMARY: f32 = -1.0;
    let taken = out.to_vec();
    for n in 1..out.len() {
        let line = &it.lines[n];
        let behind = taken[n - 1] && weights[n - 1] > SURELY;
        let around = behind && taken.get(n + 1) == Some(&true) && weights[n + 1] > SURELY;
        // A short last paragraph.
        let together = measures::is_with_the_line_before(&it.rows[n]);
        out[n] |= behind && together && weights[n] > LAST && measures::is_closed_paragraph(&it.rows[n]);
        let subhead = weights[n] > NEARLY && line.linked == 0 && line.words <= LONGEST;
        // A paragraph that is one link.
        let linked = weights[n] > LINKED && measures::is_linked_paragraph(&it.rows[n]);
        let sure = |m: usize| taken[m] && weights[m] > SURELY;
        let amidst = (n.saturating_sub(NEAR)..n).any(sure) && (n + 1..(n + 1 + NEAR).min(out.len())).any(sure);
        out[n] |= (around && subhead || amidst && linked) && !measures::is_furniture(&it.rows[n]);
    }
    let Some((_, last)) = it.headline else { return };
    for n in last + 1..(last + 5).min(out.len()) {
        out[n] |= weights[n] > SUMMARY && measures::is_summary(&it.rows[n]);
    }
}

/// A quotation pulled out of the article repeats a part of it: read twice it would be two utterances.
fn pulled_quotes(it: &Measured<'_>, out: &mut [bool]) {
    /// More of them are a page of quotations.
    const MOST: usize = 40;
    const SHORTEST: usize = 4;
    const LONGEST: usize = 60;
    let pulled: Vec<usize> = (0..out.len())
        .filter(|n| {
            out[*n] && measures::is_set_apart(&it.rows[*n]) && (SHORTEST..=LONGEST).contains(&it.lines[*n].words)
        })
        .collect();
    if pulled.is_empty() || pulled.len() > MOST {
        return;
    }
    let words: Vec<Vec<u64>> = it.lines.iter().map(|l| hashed_words(&l.text)).collect();
    for n in pulled {
        // Whose words they are may stand behind the mark that closes them.
        let said = quoted_first(&it.lines[n].text).map(hashed_words).filter(|said| said.len() >= SHORTEST);
        let repeated = [Some(&words[n]), said.as_ref()].into_iter().flatten().any(|pulled| {
            let held =
                |other: &[u64]| other.len() > pulled.len() && other.windows(pulled.len()).any(|run| run == *pulled);
            !pulled.is_empty() && (0..out.len()).any(|m| m != n && out[m] && held(&words[m]))
        });
        out[n] = !repeated;
        // Whose words they are may stand in a line below.
        let below = n + 1;
        if repeated && below < out.len() && out[below] && is_speaker_below(it, below) {
            out[below] = false;
        }
    }
}

/// Whether a line is nothing but a name that stands apart from the running text.
fn is_speaker_below(it: &Measured<'_>, n: usize) -> bool {
    let name = it.lines[n].text.trim_start_matches(['-', '–', '—', ' ']);
    measures::is_set_apart(&it.rows[n]) && byline::is_person(name.split(',').next().unwrap_or(name))
}

/// What stands between the quotation marks that a line begins with, if little stands behind them.
fn quoted_first(text: &str) -> Option<&str> {
    /// Words of a name and of who that is.
    const MOST_BEHIND: usize = 8;
    let said = text.strip_prefix(['"', '“', '„', '«', '‘'])?;
    let close = said.rfind(['"', '”', '“', '»', '’'])?;
    let (said, behind) = said.split_at(close);
    (behind.split_whitespace().count() <= MOST_BEHIND).then_some(said)
}

/// Whether a line above the article holds its date or its authors.
fn tells_of_article(dom: &Dom, line: &Line) -> bool {
    const NAMES: [&str; 11] = [
        "byline",
        "author",
        "dateline",
        "timestamp",
        "publish",
        "pub-date",
        "updated",
        "date",
        "posted",
        "writer",
        "user-name",
    ];
    if line.words > 40 {
        return false;
    }
    let named = |id: Id| {
        matches!(dom.tag(id), "time" | "address") || {
            let names = dom.called(id);
            NAMES.iter().any(|n| names.contains(n))
        }
    };
    byline::byline(&line.text).is_some()
        || dateline::stamps(&line.text, &[]).is_some()
        || dom
            .above(line.block)
            .chain(line.nodes.iter().filter_map(|id| dom.parent(*id)))
            .take(4)
            .take_while(|id| !matches!(dom.tag(*id), "article" | "main" | "body"))
            .any(named)
}

/// What the metadata of a page says its headline, summary and text are.
pub(crate) fn witness(dom: &Dom, body: Option<&str>) -> Witness {
    let mut it = Witness { body: body.map(str::to_owned), ..Witness::default() };
    let mut window = None;
    for id in dom.below(DOCUMENT) {
        match dom.tag(id) {
            "meta" => {
                let content = dom.attribute(id, "content").trim();
                for key in ["property", "name"] {
                    match dom.attribute(id, key).to_ascii_lowercase().as_str() {
                        "og:title" | "twitter:title" | "parsely-title" | "dc.title" | "title"
                            if !content.is_empty() =>
                        {
                            it.titles.push(content.to_owned());
                        }
                        "og:description" | "description" if content.len() > 20 => {
                            let held = it.summary.get_or_insert_default();
                            held.push_str(content);
                            held.push('\n');
                        }
                        _ => {}
                    }
                }
            }
            "title" if window.is_none() && dom.parent(id).is_none_or(|p| dom.tag(p) != "svg") => {
                window = Some(dom.text(id)).filter(|t| !t.trim().is_empty());
            }
            _ => {}
        }
    }
    it.titles.extend(window);
    it
}

/// The element of the main headline and the last of its lines: of the `h1` (without any, the `h2`) the one that shares most
/// with the titles in the metadata, the longest where they tell nothing.
pub(crate) fn headline_line(dom: &Dom, lines: &[Line], witness: &Witness) -> Option<(Id, usize)> {
    let titles: Vec<Vec<u64>> = witness.titles.iter().map(|t| hashed_words(t)).collect();
    let likeness = |words: &[u64]| -> usize {
        let best = titles.iter().filter(|t| !t.is_empty()).map(|title| {
            let shared = words.iter().filter(|w| title.contains(w)).count();
            1000 * shared / words.len().max(1).max(title.len() / 2)
        });
        best.max().unwrap_or(0)
    };
    let heading = |line: &Line, tags: &[&str]| dom.above(line.block).take(6).find(|id| tags.contains(&dom.tag(*id)));
    let others = || of_a_segment(dom, lines, &witness.titles);
    for (tags, least) in [(&["h1"][..], 0), (&["h2", "h3"][..], 700), (&["div", "p", "span"][..], 990)] {
        if tags[0] == "div"
            && let Some(named) = named_headline(dom, lines)
        {
            return Some(named);
        }
        let mut found: Vec<(Id, usize, usize)> = Vec::new();
        for (n, line) in lines.iter().enumerate() {
            let place = if tags[0] == "div" {
                (line.text.len() < 300 && line.linked == 0).then_some(line.block)
            } else {
                heading(line, tags)
            };
            let Some(id) = place else { continue };
            match found.last_mut().filter(|f| f.0 == id) {
                Some(held) => (held.1, held.2) = (n, held.2 + line.text.len()),
                None => found.push((id, n, line.text.len())),
            }
        }
        let all = found.clone();
        let best = found
            .into_iter()
            .filter(|(_, _, length)| (4..400).contains(length))
            .map(|(id, n, length)| {
                let words = hashed_words(&dom.text(id));
                let alike = if words.len() < 2 && tags[0] != "h1" { 0 } else { likeness(&words) };
                (alike, if titles.is_empty() || alike < 300 { length } else { 0 }, id, n)
            })
            // "0 Comments" is a headline only where a title says so.
            .filter(|(alike, _, id, _)| *alike >= least && (*alike > 0 || !skip::readers_write(&dom.text(*id))))
            .max_by_key(|(alike, length, _, n)| (*alike / 100, *length, usize::MAX - n));
        if let Some((_, _, id, n)) = best {
            // The name of the site may be the only `h1`.
            let words = hashed_words(&dom.text(id));
            let site = tags[0] == "h1" && is_segment(&words, &witness.titles);
            // Of several, what a title ends in is the headline last.
            let next = || {
                if !witness
                    .titles
                    .iter()
                    .any(|title| segments(std::slice::from_ref(title)).skip(1).last().as_ref() == Some(&words))
                {
                    return None;
                }
                let own = |it: &&(Id, usize, usize)| it.0 != id && hashed_words(&dom.text(it.0)).len() >= HEADLINE;
                all.iter().find(own).map(|it| (it.0, it.1))
            };
            return others().or_else(next).filter(|_| site).or(Some((id, n)));
        }
    }
    None
}

/// The parts of a window's title, between bars, dashes and colons, as words.
pub(crate) fn segments(titles: &[String]) -> impl Iterator<Item = Vec<u64>> + '_ {
    const MARKS: [&str; 6] = [" | ", " - ", " – ", " — ", ": ", " » "];
    let cut = |title: &str| MARKS.iter().fold(title.to_owned(), |title, mark| title.replace(mark, "\n"));
    titles.iter().flat_map(move |title| cut(title).lines().map(hashed_words).collect::<Vec<_>>())
}

/// Most words of a masthead, and fewest of a headline that is told from it.
const MASTHEAD: usize = 3;
const HEADLINE: usize = 4;

/// Whether the few words of a heading are one of several parts of a title.
fn is_segment(words: &[u64], titles: &[String]) -> bool {
    (1..=MASTHEAD).contains(&words.len()) && segments(titles).any(|part| part == words)
}

/// The one lesser heading that is a part of a title as a whole.
fn of_a_segment(dom: &Dom, lines: &[Line], titles: &[String]) -> Option<(Id, usize)> {
    let heading = |line: &Line| dom.above(line.block).take(6).find(|id| matches!(dom.tag(*id), "h2" | "h3"));
    let mut found: Option<(Id, usize)> = None;
    for (n, line) in lines.iter().enumerate() {
        let Some(id) = heading(line) else { continue };
        let words = hashed_words(&dom.text(id));
        if words.len() >= HEADLINE && segments(titles).any(|part| part == words) {
            if found.is_some_and(|(other, _)| other != id) {
                return None;
            }
            found = Some((id, n));
        }
    }
    found
}

/// The one heading of a page without an `h1` that is named for a headline.
fn named_headline(dom: &Dom, lines: &[Line]) -> Option<(Id, usize)> {
    const NAMES: [&str; 7] =
        ["headline", "entry-title", "post-title", "article-title", "story-title", "articletitle", "article-headline"];
    let named = |id: Id| {
        let class = dom.attribute(id, "class").to_ascii_lowercase();
        matches!(dom.tag(id), "h2" | "h3" | "h4")
            && (dom.attribute(id, "itemprop") == "headline"
                || class.split_ascii_whitespace().any(|c| NAMES.contains(&c)))
    };
    let mut found: Option<(Id, usize)> = None;
    for (n, line) in lines.iter().enumerate() {
        let Some(id) = dom.above(line.block).take(4).find(|id| named(*id)) else {
            continue;
        };
        if found.is_some_and(|(other, _)| other != id) {
            return None;
        }
        found = Some((id, n));
    }
    found
}
