//! Words that report speech, thought and writing.
//!
//! Which of them carry an attribution in a given sentence is for the model to decide.

use crate::Act;
use rashomon_language::{Fact, Language, WordSet};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Verbs that report speech: any form of them beside a quotation is its cue.
static SAY: WordSet = WordSet::english(Fact::ReportingVerbs, "verb");

/// Verbs whose plain presence next to a quotation is as good as certain.
static STRONG: WordSet = WordSet::english(Fact::ReportingVerbs, "strong");

/// Verbs of [`SAY`] and other words by which content is thought rather than said, by type of attribution; nouns
/// and adjectives that do the same stand with them. Types and examples: Prasad et al. 2007, section 3.2.
static ATTITUDES: WordSet = WordSet::english(Fact::ReportingVerbs, "attitude");
static FACTIVES: WordSet = WordSet::english(Fact::ReportingVerbs, "factive");
static CONTROLS: WordSet = WordSet::english(Fact::ReportingVerbs, "control");
/// Nouns, phrases and verbs of manner that report speech.
static SPEECH: WordSet = WordSet::english(Fact::ReportingVerbs, "speech");

/// What the source of content with the cue `word` (in lower case) is said to have done.
pub(crate) fn act(word: &str) -> Act {
    let verb = reporting_verb(word);
    let mut forms: Vec<String> = [Some(word), verb].into_iter().flatten().map(str::to_owned).collect();
    for ending in ["s", "es", "d", "ed", "ing", "ies", "ied"] {
        let Some(stem) = word.strip_suffix(ending).filter(|s| s.len() > 2) else { continue };
        forms.push(match ending {
            "ies" | "ied" => format!("{stem}y"),
            _ => stem.to_owned(),
        });
        if ending == "ing" {
            forms.push(format!("{stem}e"));
        }
        // "planned", "planning"
        if matches!(ending, "ed" | "ing")
            && stem.bytes().rev().take(2).collect::<Vec<_>>().windows(2).any(|w| w[0] == w[1])
        {
            forms.push(stem[..stem.len() - 1].to_owned());
        }
    }
    // The types in the order in which they win; a verb of [`SAY`] that is of no other reports.
    let listed = forms.iter().filter_map(|f| ACTS.get(f.as_str())).min();
    match listed {
        Some(rank) => ACT_ORDER[*rank],
        None if verb.is_some() => Act::Communication,
        None => Act::Other,
    }
}

const ACT_ORDER: [Act; 4] = [Act::Attitude, Act::Factive, Act::Control, Act::Communication];

/// For each word of the lists its place in [`ACT_ORDER`], the first if it stands in several.
static ACTS: LazyLock<FxHashMap<&str, usize>> = LazyLock::new(|| {
    let mut acts = FxHashMap::default();
    for (rank, list) in [&ATTITUDES, &FACTIVES, &CONTROLS, &SPEECH].into_iter().enumerate() {
        for word in list.iter() {
            acts.entry(word).or_insert(rank);
        }
    }
    acts
});

/// The verb that `word` (in lower case) is a form of, if it is one that reports.
pub(crate) fn reporting_verb(word: &str) -> Option<&'static str> {
    FORMS.get(word).copied()
}

/// Every form of every verb; an irregular form or a verb of its own comes before a regular form of another.
static FORMS: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let mut forms: FxHashMap<String, &'static str> = FxHashMap::default();
    for verb in SAY.iter() {
        let stem = verb.strip_suffix('e').unwrap_or(verb);
        let doubled = format!("{verb}{}", verb.chars().next_back().unwrap_or_default());
        let s =
            if verb.ends_with(['s', 'x', 'z']) || verb.ends_with("sh") || verb.ends_with("ch") { "es" } else { "s" };
        let regular = [
            format!("{verb}{s}"),
            format!("{stem}ed"),
            format!("{stem}ing"),
            format!("{doubled}ed"),
            format!("{doubled}ing"),
        ];
        for form in regular {
            forms.entry(form).or_insert(verb);
        }
    }
    forms.extend(SAY.iter().map(|verb| (verb.to_owned(), verb)));
    // Irregular forms, which rules of spelling do not give.
    for (form, verb) in Language::english().list(Fact::ReportingVerbs).valued("of").filter(|it| SAY.contains(it.1)) {
        forms.insert(form.to_owned(), verb);
    }
    forms
});

/// Whether `word` (in lower case) beside a quotation is as good as certainly its cue.
pub(crate) fn is_strong(word: &str) -> bool {
    STRONG.contains(word)
}

#[cfg(test)]
mod tests {
    use super::{act, reporting_verb};
    use crate::Act;

    #[test]
    fn what_a_cue_says_of_its_source() {
        for (word, expected) in [
            ("said", Act::Communication),
            ("according", Act::Communication),
            ("statements", Act::Communication),
            ("growled", Act::Communication),
            ("griping", Act::Communication),
            ("believes", Act::Attitude),
            ("worried", Act::Attitude),
            ("knew", Act::Factive),
            ("planning", Act::Control),
            ("decides", Act::Control),
            ("painted", Act::Other),
        ] {
            assert_eq!(act(word), expected, "{word}");
        }
    }

    #[test]
    fn forms_lead_to_their_verb() {
        for (form, verb) in [
            ("said", "say"),
            ("says", "say"),
            ("noting", "note"),
            ("quipped", "quip"),
            ("urged", "urge"),
            ("stresses", "stress"),
            ("denies", "deny"),
            ("admitting", "admit"),
            ("see", "see"),
        ] {
            assert_eq!(reporting_verb(form), Some(verb), "{form}");
        }
        assert_eq!(reporting_verb("table"), None);
        assert_eq!(reporting_verb("used"), None);
    }
}
