//! Direct speech between marks or behind dashes, with the speaker that stands beside a reporting verb.

use super::words::Word;
use crate::quotes::marked;
use crate::rules;
use crate::{Act, Annotated, Quote, QuoteKind};
use rashomon_language::{Fact, Language};
use rashomon_model::{Rule, Span};

/// Words between a quotation and the verb that reports it.
const REACH: usize = 12;
/// Words inside marks without a reporting verb that are still speech and not a title or a word held at a distance.
const SPEECH: usize = 5;
/// Small words between a verb and the name of its subject: "dijo el alcalde de Puerto Viejo, Ana Ruiz".
const BETWEEN: usize = 5;

/// Words behind a comma among which the verb stands: "a dit", "hat er gesagt".
const AUXILIARIES: usize = 3;

/// Words that join the parts of a name, in the languages with a pack.
const PARTICLES: [&str; 12] = ["de", "del", "da", "do", "dos", "du", "la", "le", "von", "van", "der", "y"];

/// The quotations of an article, in order of place.
pub(super) fn quotes(it: &Annotated, words: &[Word], language: &Language) -> Vec<Quote> {
    let reader = Reader { it, text: &it.article.text, words, language };
    let mut out = reader.behind_dashes();
    for m in marked(&it.article.text) {
        let free = !out.iter().any(|q| q.span.overlaps(m.outer));
        if free && m.closed && !m.inner.is_empty() && !it.article.is_furniture(m.outer) {
            out.extend(reader.between_marks(m.inner, m.outer));
        }
    }
    out.sort_by_key(|q| q.span);
    out
}

struct Reader<'a> {
    it: &'a Annotated,
    text: &'a str,
    words: &'a [Word],
    language: &'a Language,
}

/// A reporting verb by its place among the words, and the words of its subject.
struct Cue {
    verb: usize,
    speaker: Option<Span>,
}

impl Reader<'_> {
    fn reports(&self, n: usize) -> bool {
        self.words.get(n).is_some_and(|w| self.language.list(Fact::ReportingVerbs).contains(&w.lower))
    }

    fn between_marks(&self, inner: Span, outer: Span) -> Option<Quote> {
        let first = self.words.partition_point(|w| w.span.start() < outer.start());
        let end = self.words.partition_point(|w| w.span.start() < outer.end());
        let heading = self.words.get(first).is_some_and(|w| self.it.sentences[w.sentence].heading);
        let said = self.words[first..end].iter().filter(|w| !w.mark).count();
        let cue = self.cue_after(end).or_else(|| self.cue_before(first));
        let kind = match () {
            () if said == 0 => return None,
            () if heading => QuoteKind::Headline,
            () if cue.is_some() && said > 1 || said >= SPEECH => QuoteKind::Direct,
            () => QuoteKind::Scare,
        };
        let cue = cue.filter(|_| kind == QuoteKind::Direct);
        Some(self.quote(inner, vec![inner], kind, cue, rules::CUE_BESIDE_MARKS))
    }

    /// The verb behind a quotation: `», сказал Орлов`, `", said the mayor`.
    fn cue_after(&self, end: usize) -> Option<Cue> {
        let sentence = self.words.get(end.checked_sub(1)?)?.sentence;
        for n in end..self.words.len().min(end + REACH) {
            let word = &self.words[n];
            // Its clause ends with its sentence, and no other quotation may begin before the verb.
            if word.sentence > sentence + 1
                || matches!(&*word.lower, "." | "!" | "?" | "«" | "„" | "“" | "\"") && n > end
            {
                return None;
            }
            if self.reports(n) {
                return Some(Cue { verb: n, speaker: self.subject(n, end, self.words.len()) });
            }
        }
        None
    }

    /// The verb before a quotation: `Ruiz dijo: «`, `Laut Schulz „`.
    fn cue_before(&self, first: usize) -> Option<Cue> {
        let sentence = self.words.get(first)?.sentence;
        for n in (first.saturating_sub(REACH)..first).rev() {
            let word = &self.words[n];
            if word.sentence != sentence || matches!(&*word.lower, "»" | "”" | "\"" | ".") {
                return None;
            }
            if self.reports(n) {
                return Some(Cue { verb: n, speaker: self.subject(n, n.saturating_sub(REACH), first) });
            }
        }
        None
    }

    /// The name beside a verb: behind it ("dijo el alcalde Ruiz"), else before it ("Ruiz dijo").
    fn subject(&self, verb: usize, from: usize, to: usize) -> Option<Span> {
        let sentence = self.words[verb].sentence;
        let in_sentence = |n: &usize| self.words[*n].sentence == sentence;
        let capital = |n: usize| !self.words[n].mark && self.words[n].capital;
        let mut n = verb + 1;
        for _ in 0..=BETWEEN {
            if n >= to || !in_sentence(&n) || self.words[n].mark {
                break;
            }
            if capital(n) {
                return Some(self.run(n, to));
            }
            n += 1;
        }
        let last = (from..verb).rev().take(BETWEEN).take_while(in_sentence).find(|n| capital(*n))?;
        let mut first = last;
        while first > from
            && (capital(first - 1) || (first - 1 > from && self.is_particle(first - 1) && capital(first - 2)))
        {
            first -= 1;
        }
        let sentence_start = self.it.sentences[sentence].span.start();
        // The first word of a sentence is written large whatever it is.
        let listed = self.language.list(Fact::FunctionWords).contains(&self.words[first].lower);
        if self.words[first].span.start() == sentence_start && listed {
            first += 1;
        }
        (first <= last).then(|| self.cut(first, last))
    }

    fn is_particle(&self, n: usize) -> bool {
        PARTICLES.contains(&&*self.words[n].lower)
    }

    /// The run of capitalised words from `first` on.
    fn run(&self, first: usize, to: usize) -> Span {
        let mut last = first;
        let capital = |n: usize| n < to && !self.words[n].mark && self.words[n].capital;
        loop {
            if capital(last + 1) {
                last += 1;
            } else if last + 2 < to && self.is_particle(last + 1) && capital(last + 2) {
                last += 2;
            } else {
                return self.cut(first, last);
            }
        }
    }

    /// The words from `first` to `last`; where all nouns are capitalised, the last two, which name, and what joins them.
    fn cut(&self, first: usize, last: usize) -> Span {
        let nouns = self.language.list(Fact::Conventions).get("nouns") == Some("capitalised");
        let mut from = first;
        if nouns {
            from = last.saturating_sub(1).max(first);
            while from > first && self.is_particle(from) {
                from -= 1;
            }
        }
        self.words[from].span.cover(self.words[last].span)
    }

    /// Paragraphs that begin with a dash: "— Мы ждали, — сказал Орлов. — Лодок не было."
    fn behind_dashes(&self) -> Vec<Quote> {
        let mut out = Vec::new();
        if self.language.list(Fact::Conventions).get("dash") != Some("speech") {
            return out;
        }
        let mut from = 0;
        for line in self.text.split_inclusive('\n') {
            let span = Span::new(from, from + line.trim_end().len());
            from += line.len();
            let led = line.trim_start();
            let dash = led.chars().next().filter(|c| matches!(c, '—' | '–' | '-'));
            if dash.is_none_or(|d| !led[d.len_utf8()..].starts_with(char::is_whitespace))
                || self.it.article.is_furniture(span)
            {
                continue;
            }
            out.extend(self.dash_line(Span::new(span.start() + (line.len() - led.len()), span.end())));
        }
        out
    }

    fn dash_line(&self, line: Span) -> Option<Quote> {
        let text = line.text(self.text);
        let dash = text.chars().next()?.len_utf8();
        let mut pieces: Vec<Span> = Vec::new();
        let mut start = line.start() + dash;
        for (n, mark) in text.char_indices().skip(1).filter(|it| matches!(it.1, '—' | '–')) {
            // "— Sí —dijo Ruiz—. No.": a Spanish dash stands at the words it encloses.
            let (before, after) = (&text[..n], &text[n + mark.len_utf8()..]);
            let parts = before.ends_with(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '!' | '?' | '…'))
                || after.starts_with(['.', ',', ';', ':']);
            if parts {
                pieces.push(Span::new(start, line.start() + n));
                start = line.start() + n + mark.len_utf8();
            }
        }
        pieces.push(Span::new(start, line.end()));
        let (mut parts, mut cue) = (Vec::new(), None);
        for piece in pieces {
            let first = self.words.partition_point(|w| w.span.start() < piece.start());
            let end = self.words.partition_point(|w| w.span.start() < piece.end());
            let small = self.words.get(first).is_some_and(|w| !w.mark && !w.capital);
            let verb = (first..end.min(first + REACH)).find(|n| self.reports(*n));
            match verb.filter(|_| small && !parts.is_empty() && cue.is_none()) {
                Some(verb) => cue = Some(Cue { verb, speaker: self.subject(verb, first, end) }),
                None => parts.extend(trimmed(self.text, piece)),
            }
        }
        if cue.is_none() {
            (parts, cue) = self.between_commas(Span::new(line.start() + dash, line.end()))?;
        }
        // A dash may begin the entry of a list: without a verb that reports there is no speech.
        cue.as_ref()?;
        let span = parts.first()?.cover(*parts.last()?);
        Some(self.quote(span, parts, QuoteKind::Direct, cue, rules::CUE_BESIDE_MARKS))
    }

    /// Speech of one dash that says between commas who speaks: "— Ma barque est petite, a dit Holt. J’y suis allé."
    fn between_commas(&self, line: Span) -> Option<(Vec<Span>, Option<Cue>)> {
        let first = self.words.partition_point(|w| w.span.start() < line.start());
        let end = self.words.partition_point(|w| w.span.start() < line.end());
        let mark = |n: &usize| self.words[*n].mark;
        for comma in (first + 1..end).filter(|n| &*self.words[*n].lower == ",") {
            let told = comma + 1..(comma + 1..end).find(mark).unwrap_or(end);
            let Some(verb) = told.clone().take(AUXILIARIES).find(|n| self.reports(*n)) else { continue };
            // Who speaks stands behind the verb: "dit Holt", where "Holt dit" would tell what the speaker tells.
            let speaker = self.subject(verb, verb, told.end).filter(|s| s.start() > self.words[verb].span.start());
            if self.words[comma + 1].capital || speaker.is_none() {
                continue;
            }
            let rest =
                Span::new(self.words.get(told.end).map_or(line.end(), |w| w.span.end()).min(line.end()), line.end());
            let said = Span::new(line.start(), self.words[comma].span.start());
            let parts = [trimmed(self.text, said), trimmed(self.text, rest)].into_iter().flatten().collect();
            return Some((parts, Some(Cue { verb, speaker })));
        }
        None
    }

    fn quote(&self, span: Span, parts: Vec<Span>, kind: QuoteKind, cue: Option<Cue>, rule: Rule) -> Quote {
        let speaker_span = cue.as_ref().and_then(|it| it.speaker);
        Quote {
            span,
            parts,
            kind,
            act: Act::Communication,
            speaker: speaker_span.map(|it| it.text(self.text).to_owned()),
            speaker_span,
            speaker_entity: None,
            cue_span: cue.map(|it| self.words[it.verb].span),
            rule,
        }
    }
}

/// A piece without white space and the comma that parts it from its cue.
fn trimmed(text: &str, piece: Span) -> Option<Span> {
    let inside = piece.text(text);
    // The stop of the whole stands behind the cue: "—contó Luis—. Nadie vino."
    let blank = |c: char| c.is_whitespace() || matches!(c, '.' | ',');
    let start = piece.start() + inside.len() - inside.trim_start_matches(blank).len();
    let end = piece.start() + inside.trim_end_matches(|c: char| c.is_whitespace() || c == ',').len();
    (start < end).then(|| Span::new(start, end))
}
