//! Whether words can be read alone: a subject with its verb, and nothing left open at either end.
//!
//! Clauses are cut without a parse, so some are torn: "up a race that pits two mayors" has no verb of its own, "left the
//! market down" no subject. Such words are never shown as what a report states. Each verb that a relative word or a
//! connective claims is set aside; a verb must be left, and a noun or pronoun before it that can be its subject.

use crate::words::straight;
use rashomon_annotate::{Annotated, Tag, Token};
use rashomon_language::{Fact, WordSet};
use rashomon_model::Span;

/// Whether the words at `span` read as a statement or a question of their own. Words without tags are taken to.
pub(crate) fn is_complete(article: &Annotated, span: Span) -> bool {
    let tokens: Vec<&Token> =
        article.tokens_in(span).iter().filter(|t| article.text(t.span).contains(char::is_alphanumeric)).collect();
    if tokens.iter().all(|t| t.tag == Tag::Other) {
        return true;
    }
    let words: Vec<String> = tokens.iter().map(|t| straight(article.text(t.span)).into_owned()).collect();
    let read = Reading { article, tokens: &tokens, words: &words };
    tokens.len() > 1 && !read.open_end(span) && (read.asks(span) || read.states(span))
}

/// The words of a stretch, without its marks.
struct Reading<'a> {
    article: &'a Annotated,
    tokens: &'a [&'a Token],
    words: &'a [String],
}

impl Reading<'_> {
    fn is(&self, i: usize, list: &[&str]) -> bool {
        self.words.get(i).is_some_and(|w| list.contains(&w.as_str()))
    }

    fn is_of(&self, i: usize, set: &WordSet) -> bool {
        self.words.get(i).is_some_and(|w| set.contains(w))
    }

    fn tag(&self, i: usize) -> Option<Tag> {
        self.tokens.get(i).map(|t| t.tag)
    }

    fn finite(&self, i: usize) -> bool {
        matches!(self.tag(i), Some(Tag::VBD | Tag::VBP | Tag::VBZ | Tag::MD)) || self.is_of(i, &AUXILIARIES)
    }

    fn nominal(&self, i: usize) -> bool {
        self.tag(i).is_some_and(|t| t.is_noun() || matches!(t, Tag::PRP | Tag::CD | Tag::EX | Tag::DT | Tag::WP))
    }

    /// Whether a comma or another mark stands before the word.
    fn marked(&self, i: usize) -> bool {
        let between = |i: usize| {
            let gap = self.tokens[i - 1].span.end()..self.tokens[i].span.start();
            self.article.article.text.get(gap).unwrap_or_default()
        };
        i > 0 && between(i).contains([',', ';', ':', '—', '–', '(', ')', '“', '”', '"'])
    }

    /// Whether the words break off: in an article, a preposition, an auxiliary, a conjunction; or in a verb that its object
    /// follows at once: "the executive branch has always maintained | that …".
    fn open_end(&self, span: Span) -> bool {
        let last = self.tokens.len() - 1;
        let behind = self.article.article.text[span.end()..].trim_start_matches(' ');
        if behind.starts_with(char::is_alphanumeric) && self.tokens[last].tag.is_verb() {
            return true;
        }
        // "notified hundreds of workers | that furloughs could be near": what was told is left out.
        if behind.starts_with("that ") && self.article.tokens_in(span).last().is_some_and(|t| t.tag.is_noun()) {
            return true;
        }
        let open = matches!(self.tag(last), Some(Tag::DT | Tag::CC | Tag::PRPS | Tag::WDT | Tag::WP | Tag::MD))
            && !self.is(last, &["all", "both", "this", "that", "these", "those", "each", "can", "will", "what", "who"]);
        // "into a building that we knew nothing | about.": the word it ends with is of it.
        let ends = behind.find(|c: char| !c.is_alphanumeric()).map(|at| behind.split_at(at));
        let stranded = ends.is_some_and(|(word, rest)| {
            rest.starts_with(['.', ',', ';', '!', '?', '"', '”', '’']) && STRANDED.contains(&straight(word))
        });
        open || stranded
            || self.is(last, &["not", "n't"])
            || self.is(last, &["of", "the", "a", "an", "and", "or", "to", "than", "saying", "adding", "including"])
    }

    /// Whether it is a question: its verb or question word comes first, and its mark stands at the end.
    fn asks(&self, span: Span) -> bool {
        let text = self.article.text(span);
        let mark = text.trim_end_matches(['"', '”', '’', '\'']).ends_with('?');
        let opens = self.finite(0) || matches!(self.tag(0), Some(Tag::WP | Tag::WRB | Tag::WDT));
        mark && opens && (0..self.words.len()).any(|i| self.finite(i))
    }

    fn states(&self, span: Span) -> bool {
        let begins = self.article.sentence_at(span.start());
        let begins = begins.is_some_and(|s| span.start() <= self.article.sentences[s].span.start() + 3);
        // "detailed | what it said would be painful": what somebody does it with is left out.
        if !begins && matches!(self.tag(0), Some(Tag::WP)) && self.is(0, &["what", "whatever"]) {
            return false;
        }
        // "Do not leave": a command.
        if self.tag(0) == Some(Tag::VB) && (begins || self.is(1, &["not", "n't"])) {
            return true;
        }
        let claimed = self.claimed();
        let Some(verb) = (0..self.words.len()).find(|i| self.finite(*i) && !claimed[*i]) else { return false };
        if verb == 0 {
            return false;
        }
        // What opens with a preposition, a participle or a connective has its subject behind a comma, or at a second noun
        // phrase: "On Monday the court …".
        let opens = self.is_of(0, &CONNECTIVES)
            || matches!(self.tag(0), Some(Tag::IN | Tag::TO | Tag::VBG | Tag::VBN | Tag::RP | Tag::VB | Tag::WRB))
            || self.is(0, &["including", "according", "than", "up", "down", "off", "out", "such"]);
        if !opens {
            return (0..verb).any(|i| self.nominal(i) || self.tag(i) == Some(Tag::VBG));
        }
        // "If the lock is as safe as they say it is" says nothing without what follows its comma.
        let clause = self.is_of(0, &CONNECTIVES) || self.is(0, &["if", "whether"]);
        let fresh = |i: usize| {
            let behind = self.tag(i - 1).is_some_and(|t| t.is_noun() || matches!(t, Tag::CD | Tag::RB));
            self.marked(i)
                || !clause
                    && behind
                    && matches!(self.tag(i), Some(Tag::DT | Tag::PRP | Tag::PRPS | Tag::EX | Tag::NNP | Tag::JJ))
        };
        (1..verb).any(|i| fresh(i) && (i..verb).any(|k| self.nominal(k)))
    }

    /// Which finite verbs belong to a clause inside another: the first one behind each relative word, question word or
    /// connective, and behind a noun that a pronoun follows ("the standard it would set").
    fn claimed(&self) -> Vec<bool> {
        let n = self.words.len();
        let mut out = vec![false; n];
        for i in 0..n {
            let clause =
                |reach: usize| (i + 1..n.min(i + 1 + reach)).take_while(|k| !self.marked(*k)).find(|k| self.finite(*k));
            let verb = if matches!(self.tag(i), Some(Tag::WDT | Tag::WP | Tag::WRB)) || self.is_of(i, &RELATIVES) {
                (i + 1..n).find(|k| self.finite(*k) && !out[*k])
            } else if self.is(i, &["that"]) && self.tag(i) != Some(Tag::DT) {
                (i + 1..n).find(|k| self.finite(*k) && !out[*k])
            } else if self.is_of(i, &CONNECTIVES) {
                clause(9)
            } else if i > 0
                && self.is(i, &["he", "she", "it", "they", "we", "i", "you"])
                && matches!(self.tag(i - 1), Some(Tag::NN | Tag::NNS))
                && !self.marked(i)
                && !(0..i).any(|k| self.finite(k) || self.tag(k) == Some(Tag::IN))
            {
                clause(3)
            } else {
                None
            };
            if let Some(k) = verb {
                out[k] = true;
            }
        }
        out
    }
}

/// Prepositions, one of which may end a clause: "nothing about".
static STRANDED: WordSet = WordSet::english(Fact::Prepositions, "speaker");
/// Words that open a clause inside another whatever their tag.
static RELATIVES: WordSet = WordSet::english(Fact::Connectives, "inner");
/// Connectives, some of which are prepositions too.
static CONNECTIVES: WordSet = WordSet::english(Fact::Connectives, "clause");
static AUXILIARIES: WordSet = WordSet::english(Fact::Auxiliaries, "finite");

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_annotate::annotate;
    use rashomon_model::Article;

    fn complete(text: &str, words: &str) -> bool {
        let it = annotate(Article { text: text.to_owned(), ..Article::default() }).output;
        let from = text.find(words).expect("words of the text");
        is_complete(&it, Span::new(from, from + words.len()))
    }

    #[test]
    fn torn_words_are_not_read_alone() {
        for (text, words) in [
            ("The vote set up a race that pits two mayors against each other.", "up a race that pits two mayors"),
            (
                "The sell-off left the broader market down nearly a fifth from its high.",
                "left the broader market down nearly a fifth",
            ),
            ("In May, after the miner's wife left him, he moved to Tarvel.", "In May, after the miner's wife left him"),
            (
                "The mayor announced the closures at a meeting in Tarvel, where he is seeking another term.",
                "the closures at a meeting in Tarvel, where he is seeking another term",
            ),
            (
                "The union worried about the standard it would set for crews on the river.",
                "the standard it would set for crews on the river",
            ),
            (
                "The mayor asked the council to pass a measure, calling on it to find more money.",
                "calling on it to find more money",
            ),
            (
                "Reporters asked whether the ferry was carrying too many people.",
                "whether the ferry was carrying too many people",
            ),
            ("The clerk, who has served for two decades, resigned.", "who has served for two decades"),
            ("The port told its crews on Monday that the lock was shut.", "The port told its crews on Monday"),
            (
                "The mayor spelled out what he said would be the cost of a strike.",
                "what he said would be the cost of a strike",
            ),
            ("The mayor said that the lock and the pier would be closed.", "the lock and the pier would be closed and"),
            (
                "The crew went into a building that they knew nothing about.",
                "The crew went into a building that they knew nothing",
            ),
            ("The manager told the crews not to “speak of this”.", "The manager told the crews not"),
        ] {
            if text.contains(words) {
                assert!(!complete(text, words), "{words}");
            }
        }
    }

    #[test]
    fn statements_are() {
        for text in [
            "The court will hear the case on Monday.",
            "On Monday the court heard the case of the ferry.",
            "After the crash, the bridge was closed in both directions.",
            "The clerk who lost the papers has resigned from the council.",
            "Speaking to reporters, the mayor said that the pier was safe.",
            "If the lock fails again, the river will be shut.",
            "What the mayor wants is a new bridge.",
            "Will the mayor resign before the vote?",
            "Do not enter the lock while the gates move.",
            "There were no pilots aboard the barge.",
            "It is unclear why the barge struck the pier.",
            "That decision was upheld by a court of appeal.",
            "Two of the miners died.",
        ] {
            assert!(complete(text, text.trim_end_matches('.')), "{text}");
        }
    }
}
