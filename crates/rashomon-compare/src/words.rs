//! The words of a wording, as two wordings are laid side by side.
//!
//! Made of the letters and not of tokens: a wording that is asked for has no tokens, and two wordings are the same words
//! whether a contraction is spelled out or not.

use rashomon_language::{Fact, Language};
use rashomon_model::Span;
use std::borrow::Cow;

/// One word of a wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands; the words of one contraction share a span.
    pub(crate) span: Span,
    /// Lower case, contractions spelled out, apostrophes straight.
    pub(crate) form: String,
    /// The form it counts as where irregular forms meet: "made" counts as "make".
    pub(crate) base: String,
    /// Whether it carries content; function words bind a wording together but do not tell it from others.
    pub(crate) content: bool,
    /// Whether it is written with a capital.
    pub(crate) capital: bool,
    /// The mark that ends a clause or sentence behind it, if one does.
    pub(crate) mark: Option<char>,
}

impl Word {
    /// Whether it is a content word that no name need hold.
    pub(crate) fn tells(&self) -> bool {
        self.content && !self.capital
    }

    pub(crate) fn weight(&self) -> f64 {
        if self.content { 1.0 } else { FUNCTION_WEIGHT }
    }
}

/// What a function word counts against a content word. Chosen so that a clause of six function words never outweighs two
/// content words.
const FUNCTION_WEIGHT: f64 = 0.25;

/// The words of `text`, whose first byte stands at `base`.
pub(crate) fn words(text: &str, base: usize) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        // A soft hyphen is no part of what is read, and ends no word.
        let inside = c.is_alphanumeric()
            || (start.is_some() && c == '\u{ad}')
            || (start.is_some()
                && matches!(c, '\'' | '’' | '.' | ',')
                && text[i + c.len_utf8()..]
                    .chars()
                    .next()
                    .is_some_and(|n| if matches!(c, '\'' | '’') { n.is_alphabetic() } else { n.is_ascii_digit() })
                && (matches!(c, '\'' | '’') || text[..i].ends_with(|p: char| p.is_ascii_digit())));
        if inside {
            start.get_or_insert(i);
        } else if let Some(from) = start.take() {
            push_word(&text[from..i], Span::new(base + from, base + i), &mut out);
        }
        if c == '%' {
            push_word("percent", Span::new(base + i, base + i + 1), &mut out);
        }
    }
    join_percent(&mut out);
    for n in 1..out.len() {
        let gap = out[n - 1].span.end().saturating_sub(base)..out[n].span.start().saturating_sub(base);
        // The words of one contraction share a span; dots that only stand for words left out end nothing.
        let gap = text.get(gap).unwrap_or("");
        // Most words are parted by one blank.
        if gap.len() > 1 || gap.starts_with(|c: char| c.is_ascii_punctuation()) {
            let gap = if gap.contains("...") { Cow::Owned(gap.replace("...", " ")) } else { Cow::Borrowed(gap) };
            let mark = |c: &char| matches!(c, '.' | '!' | '?' | ':' | ';' | ',' | '—' | '–' | '(' | ')');
            out[n - 1].mark = gap.chars().find(mark);
        }
    }
    out
}

/// Makes "per cent" the one word that "percent" is, and that "%" stands for.
fn join_percent(words: &mut Vec<Word>) {
    words.dedup_by(|cent, per| {
        let joined = per.form == "per" && cent.form == "cent";
        if joined {
            let span = per.span.cover(cent.span);
            *per = Word { span, form: "percent".into(), base: "percent".into(), ..cent.clone() };
        }
        joined
    });
}

/// A word without soft hyphens and with the letters that its ligatures stand for (Unicode, "Alphabetic Presentation Forms").
fn plain(word: &str) -> Cow<'_, str> {
    const LIGATURES: [(char, &str); 7] =
        [('\u{ad}', ""), ('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st")];
    if word.is_ascii() || !word.contains(|c| LIGATURES.iter().any(|(l, _)| *l == c)) {
        return Cow::Borrowed(word);
    }
    let letters =
        |c: char| LIGATURES.iter().find(|(l, _)| *l == c).map_or_else(|| c.to_string(), |(_, s)| (*s).to_owned());
    Cow::Owned(word.chars().map(letters).collect())
}

/// `text` in lower case. A word that is written so already, as most are, is not copied.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    let small = text.bytes().all(|it| it.is_ascii() && !it.is_ascii_uppercase());
    if small { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// The same with straight apostrophes.
pub(crate) fn straight(text: &str) -> Cow<'_, str> {
    match lower(text) {
        it if it.contains('’') => Cow::Owned(it.replace('’', "'")),
        it => it,
    }
}

fn push_word(word: &str, span: Span, out: &mut Vec<Word>) {
    let lower = lower(word);
    let form = match plain(&lower) {
        form if form.contains('’') => Cow::Owned(form.replace('’', "'")),
        form => form,
    };
    let form: &str = &form;
    let capital = word.starts_with(char::is_uppercase);
    let mut push = |form: &str| {
        let content = !Language::english().list(Fact::FunctionWords).has(form, "wording");
        out.push(Word { span, form: form.to_owned(), base: same_as(form).to_owned(), content, capital, mark: None });
    };
    match form {
        "can't" | "cannot" => return ["can", "not"].into_iter().for_each(push),
        "won't" => return ["will", "not"].into_iter().for_each(push),
        "it's" | "that's" | "he's" | "she's" | "there's" | "what's" | "who's" | "here's" | "where's" => {
            push(&form[..form.len() - 2]);
            return push("is");
        }
        "let's" => return ["let", "us"].into_iter().for_each(push),
        _ => {}
    }
    let contracted = form.rfind('\'').and_then(|at| {
        let from = if form[at..] == *"'t" && form[..at].ends_with('n') { at - 1 } else { at };
        Some((&form[..from], Language::english().list(Fact::Contractions).get(&form[from..])?))
    });
    if let Some((stem, full)) = contracted.filter(|(stem, _)| !stem.is_empty()) {
        push(stem);
        return push(full);
    }
    push(form.strip_suffix("'s").unwrap_or(form));
}

fn same_as(form: &str) -> &str {
    Language::english().list(Fact::IrregularForms).get(form).unwrap_or(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_and_two_words_are_one_percent() {
        let forms = |text: &str| words(text, 0).into_iter().map(|w| w.form).collect::<Vec<_>>();
        assert_eq!(forms("fell 40% in May"), forms("fell 40 per cent in May"));
        assert_eq!(forms("fell 40 percent in May"), forms("fell 40 per cent in May"));
        let spans: Vec<Span> = words("40% or 50 per cent", 0).into_iter().map(|w| w.span).collect();
        assert_eq!(spans, [(0, 2), (2, 3), (4, 6), (7, 9), (10, 18)].map(|(from, to)| Span::new(from, to)));
    }
}
