//! Answers told behind their marks by a verb of coming: "“Is it safe?” asked Ada Stone. “It is not,” came the reply from Marsh".
//!
//! What comes as a reply is another quotation than the question before it, and of another speaker.

use super::animacy::can_speak;
use super::subjects::{is_nominal, lower};
use crate::{Annotated, Quote, QuoteKind};
use rashomon_model::Span;

/// Nouns for what comes back to one who spoke.
const REPLIES: [&str; 4] = ["reply", "answer", "response", "retort"];

/// Makes a reply a quotation of its own, where it was taken for the other part of one that its cue breaks.
pub(super) fn part(it: &Annotated, out: &mut Vec<Quote>) {
    let mut replies = Vec::new();
    for quote in out.iter_mut().filter(|q| q.parts.len() > 1) {
        let Some(&last) = quote.parts.last().filter(|part| came(it, **part).is_some()) else { continue };
        replies.push(Quote { span: last, parts: vec![last], kind: QuoteKind::Direct, ..quote.clone() });
        quote.parts.pop();
        let end = quote.parts.last().map_or(last.start(), |p| p.end());
        quote.span = Span::new(quote.span.start().min(end), end);
    }
    out.append(&mut replies);
}

/// Gives a reply to the one it comes from, or to nobody where that is not said.
pub(super) fn mend(it: &Annotated, quote: &mut Quote) -> bool {
    let Some((cue, from)) = quote.parts.last().and_then(|part| came(it, *part)) else { return false };
    (quote.cue_span, quote.speaker_span) = (Some(cue), from);
    true
}

/// "came the reply from Ada Stone" right behind the marks that close `part`: the verb, and whose it is.
fn came(it: &Annotated, part: Span) -> Option<(Span, Option<Span>)> {
    let verb = it.tokens.partition_point(|t| t.span.start() < part.end()) + 1;
    let end = it.sentence_at(it.tokens.get(verb)?.span.start()).map(|s| it.sentences[s].end_token)?;
    let noun = (verb + 2..end.min(verb + 4)).find(|&i| REPLIES.contains(&lower(it, i).as_str()))?;
    let comes = matches!(lower(it, verb).as_str(), "came" | "comes");
    let article = matches!(lower(it, verb + 1).as_str(), "the" | "a" | "an" | "his" | "her" | "their");
    if !comes || !article {
        return None;
    }
    let last = (noun + 2..end).take_while(|&i| is_nominal(it, i)).last().filter(|_| lower(it, noun + 1) == "from");
    let from = last.map(|last| it.tokens[noun + 2].span.cover(it.tokens[last].span));
    Some((it.tokens[verb].span, from.filter(|span| can_speak(it, *span))))
}
