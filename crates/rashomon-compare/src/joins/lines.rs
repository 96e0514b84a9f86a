//! What is known of one sentence before it is held against another: its terms with their weight in the story, how it is
//! told, where it stands.

use crate::Utterance;
use crate::meaning::{Class, Gist, Kind, Negation, Term, Vocabulary, log2};
use crate::statements::{Attributed, Statement, near};
use rashomon_annotate::{Annotated, Corpus, QuoteKind, Tag};
use rashomon_model::{Anchor, ArticleId, Span};
use rustc_hash::FxHashMap;

/// One sentence of one report.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) anchor: Anchor,
    /// Place of its article among those of the story.
    pub(crate) report: usize,
    /// Which line of its report it is, from 0.
    pub(crate) order: usize,
    /// Where in the report it stands, 0 to 1.
    pub(super) place: f32,
    pub(super) gist: Gist,
    /// Its terms of content, one of each family, in order of family.
    pub(super) terms: Vec<Known>,
    /// Terms of the names that its pronouns and bare roles stand for, in order of family.
    pub(super) meant: Vec<Known>,
    /// Sum of their weights, and the root of the sum of their squares.
    pub(super) weight: f32,
    pub(super) length: f32,
    /// Families of all its terms, grammar included, in order of place; and the same sorted.
    pub(super) sequence: Vec<u32>,
    pub(super) sorted: Vec<u32>,
    /// Which families may be among them.
    pub(super) families: Families,
    /// The families of its terms of content, in order of place, and those that stand next to each other, sorted.
    pub(super) content: Vec<u32>,
    pub(super) beside: Vec<(u32, u32)>,
    /// Its terms, and the same with those that are meant.
    pub(super) own: Weighted,
    pub(super) with_meant: Weighted,
    /// The first of its families that is a part of a name.
    pub(super) first_name: Option<u32>,
    /// Share of its words that stand inside quotation marks.
    pub(super) quoted: f32,
    /// Last word of the name of whom most of it is given to.
    pub(super) speaker: Option<Box<str>>,
    /// The utterances that it holds a form of, in order.
    pub(super) utterances: Vec<usize>,
    pub(super) negated: bool,
    pub(super) modal: bool,
    /// How much of its own headline it has, as a cosine.
    pub(super) title: f32,
    /// Its units.
    pub(crate) units: std::ops::Range<usize>,
}

impl Line {
    /// Whether it is one of the first two of its report.
    pub(crate) fn leads(&self) -> bool {
        self.order < 2
    }

    /// Whether a family is a part of a name here.
    pub(super) fn is_name(&self, family: u32) -> bool {
        let found = self.terms.binary_search_by_key(&family, |t| t.family);
        found.is_ok_and(|i| self.terms[i].class == Class::Name)
    }
}

/// A set of families in few bits (Bloom 1970): what is not in it is told at once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Families([u64; 8]);

impl Families {
    fn of(families: &[u32]) -> Self {
        let mut it = Self::default();
        families.iter().for_each(|family| it.0[*family as usize / 64 % 8] |= 1 << (family % 64));
        it
    }

    /// Whether a family may be among them; never `false` for one that is.
    pub(super) fn may_hold(&self, family: u32) -> bool {
        self.0[family as usize / 64 % 8] >> (family % 64) & 1 == 1
    }
}

/// Families with their weights, in order of family.
#[derive(Clone, Debug, Default)]
pub(super) struct Weighted {
    pub(super) weights: Vec<(u32, f32)>,
    /// The root of the sum of their squares.
    pub(super) length: f32,
}

impl Weighted {
    fn of(weights: Vec<(u32, f32)>) -> Self {
        let length = weights.iter().map(|t| t.1 * t.1).sum::<f32>().sqrt();
        Self { weights, length }
    }
}

/// One term of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) family: u32,
    pub(super) entry: u32,
    pub(super) weight: f32,
    pub(super) class: Class,
    pub(super) kind: Kind,
    /// Whether it tells what is done.
    pub(super) act: bool,
    pub(super) quoted: bool,
    /// Whether it is one of the words that name who says the rest.
    pub(super) naming: bool,
    /// Whether it stands in no other line of its report.
    pub(super) alone: bool,
    /// Whether the headline of its report has it.
    pub(super) titled: bool,
}

/// What is known of the terms of a story.
pub(super) struct Rarity {
    /// In how many lines and in how many reports each family stands.
    pub(super) lines: Vec<u32>,
    pub(super) reports: Vec<u32>,
    pub(super) n_reports: usize,
    /// Families that stand in the headline of each report, sorted.
    pub(super) titles: Vec<Vec<u32>>,
    /// In how many reports each family stands among the first lines.
    pub(super) leads: Vec<u32>,
}

/// The lines of a story in order of report and place; `units` in that order too, without headings.
pub(super) fn lines(
    corpus: &Corpus,
    vocabulary: &mut Vocabulary,
    units: &[Statement],
    said: &Attributed,
    quotes: &[Utterance],
) -> (Vec<Line>, Rarity) {
    let forms = forms(quotes);
    let mut out: Vec<Line> = Vec::new();
    let mut articles: Vec<ArticleId> = Vec::new();
    let mut from = 0;
    while from < units.len() {
        let (id, sentence) = (units[from].anchor.article, units[from].sentence);
        let to = from + units[from..].iter().take_while(|u| (u.anchor.article, u.sentence) == (id, sentence)).count();
        if articles.last() != Some(&id) {
            articles.push(id);
        }
        let report = articles.len() - 1;
        let order = out.last().filter(|l| l.report == report).map_or(0, |l| l.order + 1);
        let article = corpus.get(id);
        let span = article.sentences[sentence].span;
        let gist = vocabulary.gist(article, span);
        let told = told(article, span);
        let said = forms.get(&id).map_or(&[][..], Vec::as_slice);
        let mut utterances: Vec<usize> =
            near(said, span).filter(|(s, _)| 2 * s.shared(span) > s.len().min(span.len())).map(|(_, n)| *n).collect();
        utterances.sort_unstable();
        utterances.dedup();
        let negates = |e: u32| matches!(vocabulary.entries[e as usize].negation, Some(Negation::Not | Negation::Deny));
        let negated = gist.terms.iter().filter(|t| negates(t.entry)).count() % 2 == 1;
        out.push(Line {
            anchor: Anchor::new(id, span),
            report,
            order,
            place: units[from].place,
            terms: Vec::new(),
            meant: Vec::new(),
            weight: 0.0,
            length: 0.0,
            sequence: Vec::new(),
            sorted: Vec::new(),
            families: Families::default(),
            content: Vec::new(),
            beside: Vec::new(),
            own: Weighted::default(),
            with_meant: Weighted::default(),
            first_name: None,
            quoted: told.quoted,
            speaker: told.speaker,
            utterances,
            negated,
            modal: told.modal,
            title: 0.0,
            units: from..to,
            gist,
        });
        from = to;
    }
    let families = vocabulary.families();
    let titles = articles.iter().map(|id| headline(corpus.get(*id), vocabulary, &families)).collect();
    let n = families.len();
    let mut rarity =
        Rarity { lines: vec![0; n], reports: vec![0; n], n_reports: articles.len(), titles, leads: vec![0; n] };
    for line in &mut out {
        read(line, corpus, vocabulary, units, said, &families);
    }
    let (mut last, mut led) = (vec![usize::MAX; n], vec![usize::MAX; n]);
    for line in &out {
        for t in &line.terms {
            let f = t.family as usize;
            rarity.lines[f] += 1;
            if line.order < LEADING && led[f] != line.report {
                (led[f], rarity.leads[f]) = (line.report, rarity.leads[f] + 1);
            }
            if last[f] != line.report {
                (last[f], rarity.reports[f]) = (line.report, rarity.reports[f] + 1);
            }
        }
    }
    alone(&mut out, n);
    #[allow(clippy::cast_possible_truncation, reason = "fewer lines than bytes")]
    let whole = log2(out.len().max(FEW) as u32 + 1);
    for line in &mut out {
        for t in line.terms.iter_mut().chain(&mut line.meant) {
            let share = 1.0 - log2(rarity.lines[t.family as usize].max(1)) / whole;
            t.weight *= 0.3 + 0.7 * share;
        }
        line.weight = line.terms.iter().map(|t| t.weight).sum();
        line.length = line.terms.iter().map(|t| t.weight * t.weight).sum::<f32>().sqrt();
        let title = &rarity.titles[line.report];
        line.terms.iter_mut().for_each(|t| t.titled = title.binary_search(&t.family).is_ok());
        let shared: f32 = line.terms.iter().filter(|t| t.titled).map(|t| t.weight * t.weight).sum();
        line.title = if line.length > 0.0 { shared.sqrt() / line.length } else { 0.0 };
        let weight = |t: &Known| (t.family, t.weight);
        line.own = Weighted::of(line.terms.iter().map(weight).collect());
        let mut all: Vec<(u32, f32)> = line.terms.iter().chain(&line.meant).map(weight).collect();
        all.sort_by_key(|t| t.0);
        line.with_meant = Weighted::of(all);
    }
    (out, rarity)
}

/// Notes which terms stand in no other line of their report.
fn alone(lines: &mut [Line], families: usize) {
    let mut count = vec![0u32; families];
    let mut from = 0;
    while from < lines.len() {
        let report = lines[from].report;
        let to = from + lines[from..].iter().take_while(|l| l.report == report).count();
        lines[from..to].iter().flat_map(|l| &l.terms).for_each(|t| count[t.family as usize] += 1);
        for line in &mut lines[from..to] {
            line.terms.iter_mut().for_each(|t| t.alone = count[t.family as usize] == 1);
        }
        lines[from..to].iter().flat_map(|l| &l.terms).for_each(|t| count[t.family as usize] = 0);
        from = to;
    }
}

/// The terms of each line with those of its neighbours, each with its greatest weight, in order of family; what only the
/// neighbours have counts half.
pub(super) fn around(lines: &[Line]) -> Vec<Weighted> {
    let beside =
        |n: usize, d: isize| n.checked_add_signed(d).and_then(|m| lines.get(m)).filter(|l| l.report == lines[n].report);
    let all = |n: usize| {
        let mut out: Vec<(u32, f32)> =
            lines[n].terms.iter().chain(&lines[n].meant).map(|t| (t.family, t.weight)).collect();
        for line in [beside(n, -1), beside(n, 1)].into_iter().flatten() {
            out.extend(line.terms.iter().map(|t| (t.family, 0.5 * t.weight)));
        }
        out.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)));
        out.dedup_by_key(|t| t.0);
        Weighted::of(out)
    };
    (0..lines.len()).map(all).collect()
}

/// Lines at the head of a report that tell its news.
const LEADING: usize = 3;
/// In a story of fewer lines a term in all of them still tells.
const FEW: usize = 40;

/// Where the forms of each utterance stand, by article, in order of place.
fn forms(quotes: &[Utterance]) -> FxHashMap<ArticleId, Vec<(Span, usize)>> {
    let mut out: FxHashMap<ArticleId, Vec<(Span, usize)>> = FxHashMap::default();
    for (n, u) in quotes.iter().enumerate() {
        u.forms.iter().for_each(|f| out.entry(f.anchor.article).or_default().push((f.anchor.span, n)));
    }
    out.values_mut().for_each(|all| all.sort_unstable());
    out
}

/// The families of the words of a headline, sorted.
fn headline(article: &Annotated, vocabulary: &Vocabulary, families: &[u32]) -> Vec<u32> {
    let inside = article.sentences.iter().take_while(|s| s.heading).map(|s| article.text(s.span));
    let text: Vec<&str> = article.article.title.as_deref().into_iter().chain(inside).collect();
    let words = text.iter().flat_map(|t| t.split(|c: char| !c.is_alphanumeric() && c != '-')).filter(|w| w.len() > 2);
    let mut out: Vec<u32> = words.filter_map(|w| vocabulary.find(w)).map(|e| families[e as usize]).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// How a sentence is told.
struct Told {
    quoted: f32,
    speaker: Option<Box<str>>,
    modal: bool,
}

fn told(article: &Annotated, span: Span) -> Told {
    let tokens = article.tokens_in(span);
    let overlapping = || article.quotes_over(span).filter(|q| q.kind != QuoteKind::Scare);
    let inside = |s: Span| overlapping().any(|q| q.parts.iter().any(|p| p.contains(s)));
    let quoted = tokens.iter().filter(|t| inside(t.span)).count();
    let most = overlapping().max_by_key(|q| (q.span.shared(span), std::cmp::Reverse(q.span.start())));
    let speaker = most.filter(|q| 3 * q.span.shared(span) >= span.len()).and_then(|q| {
        let name = q.speaker.as_deref()?;
        Some(name.rsplit(' ').next()?.to_lowercase().into_boxed_str())
    });
    let modal = tokens.iter().any(|t| t.tag == Tag::MD && !article.text(t.span).eq_ignore_ascii_case("can"));
    #[allow(clippy::cast_precision_loss, reason = "counts of words")]
    let quoted = quoted as f32 / tokens.len().max(1) as f32;
    Told { quoted, speaker, modal }
}

/// Share of the words of a sentence inside marks from which on the others only say whose they are.
const MOSTLY_QUOTED: f32 = 0.3;

/// Fills in the terms of a line.
fn read(
    line: &mut Line,
    corpus: &Corpus,
    vocabulary: &Vocabulary,
    units: &[Statement],
    said: &Attributed,
    families: &[u32],
) {
    let article = corpus.get(line.anchor.article);
    let marks = || article.quotes_over(line.anchor.span).flat_map(|q| &q.parts);
    let acts = || units[line.units.clone()].iter().flat_map(|u| &u.acts);
    let sentence = (line.anchor.article, units[line.units.start].sentence);
    let sayings = said.get(&sentence).map_or(&[][..], Vec::as_slice);
    // Around what is quoted for the most part stands who says it.
    let mostly_quoted = line.quoted >= MOSTLY_QUOTED;
    let naming =
        |span: Span| sayings.iter().any(|s| s.contains(span)) || mostly_quoted && !marks().any(|p| p.contains(span));
    let known = |t: &Term| Known {
        family: families[t.entry as usize],
        entry: t.entry,
        weight: t.weight,
        class: t.class,
        kind: t.class.kind(),
        act: acts().any(|s| s.overlaps(t.span)),
        quoted: marks().any(|p| p.contains(t.span)),
        naming: naming(t.span),
        alone: false,
        titled: false,
    };
    let mut terms: Vec<Known> = line.gist.content().map(known).collect();
    let borrowed = units[line.units.clone()].iter().flat_map(|u| &u.gist.terms[..u.borrowed]);
    let mut meant: Vec<Known> = { borrowed }
        .filter(|t| t.class != Class::Function && !line.anchor.span.contains(t.span))
        .map(|t| Known { weight: vocabulary.entries[t.entry as usize].rarity, ..known(t) })
        .collect();
    terms.sort_by(|x, y| {
        x.family.cmp(&y.family).then(y.act.cmp(&x.act)).then(y.weight.total_cmp(&x.weight)).then(x.entry.cmp(&y.entry))
    });
    terms.dedup_by_key(|t| t.family);
    meant.sort_by(|x, y| x.family.cmp(&y.family).then(x.entry.cmp(&y.entry)));
    meant.dedup_by_key(|t| t.family);
    meant.retain(|t| terms.binary_search_by_key(&t.family, |o| o.family).is_err());
    (line.terms, line.meant) = (terms, meant);
    line.sequence = line.gist.terms.iter().map(|t| families[t.entry as usize]).collect();
    line.sorted.clone_from(&line.sequence);
    line.sorted.sort_unstable();
    line.families = Families::of(&line.sequence);
    let is_content = |f: &u32| line.terms.binary_search_by_key(f, |t| t.family).is_ok();
    line.content = line.sequence.iter().copied().filter(is_content).collect();
    line.beside = line.content.windows(2).map(|w| (w[0], w[1])).collect();
    line.beside.sort_unstable();
    line.first_name = line.sequence.iter().copied().find(|f| line.is_name(*f));
}
