//! Words that report speech, thought and writing.
//!
//! Source: the reporting verbs listed in English style guides and grammars (Quirk et al. 1985, ch. 14.28-29 and 16.31), in
//! their inflected forms. Which of them carry an attribution in a given sentence is for the model to decide.

use crate::Act;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Verbs that report speech: any form of them beside a quotation is its cue.
#[rustfmt::skip]
const SAY: &[&str] = &[
    "say", "tell", "add", "ask", "write", "note", "argue", "announce", "suggest", "describe", "continue", "explain", "declare",
    "acknowledge", "claim", "warn", "insist", "reply", "respond", "conclude", "recall", "urge", "state", "report", "tweet", "predict",
    "admit", "concede", "deny", "confirm", "observe", "remark", "comment", "assert", "affirm", "maintain", "contend", "allege",
    "answer", "reveal", "disclose", "promise", "pledge", "vow", "demand", "complain", "joke", "quip", "quote", "cite", "estimate",
    "indicate", "inform", "stress", "emphasize", "emphasise", "underscore", "underline", "reiterate", "repeat", "recount", "proclaim",
    "pronounce", "propose", "question", "wonder", "testify", "swear", "shout", "yell", "scream", "cry", "exclaim", "whisper", "murmur",
    "mutter", "lament", "caution", "counter", "retort", "advise", "assure", "boast", "brag", "charge", "accuse", "blame", "criticize",
    "criticise", "praise", "thank", "tease", "inquire", "elaborate", "opine", "post", "publish", "read", "call", "dub", "label", "term",
    "brand", "caption", "credit", "express", "voice", "hint", "imply", "infer", "interject", "interrupt", "protest", "plead", "pray",
    "recommend", "remind", "request", "signal", "specify", "speculate", "theorize", "summarize", "summarise", "tout", "muse", "reason",
    "reckon", "believe", "think", "feel", "hope", "fear", "expect", "know", "consider", "agree", "decide", "doubt", "guess", "imagine",
    "suspect", "understand", "realize", "remember", "learn", "find", "show", "see", "hear", "chant", "sing", "email", "text", "joked",
    "hit", "blast", "slam", "denounce", "condemn", "dismiss", "reject", "defend", "decry", "decline", "refuse", "order", "instruct",
    "direct", "rule", "determine", "discover", "document", "tell", "vent", "rant", "fume", "chime", "offer", "point", "mention",
    "refer", "relate", "retweet", "address", "attest", "certify", "clarify", "communicate", "confess", "convey", "discuss", "enthuse",
    "gush", "crow", "chide", "chastise", "scold", "rebuke", "mock", "ridicule", "laugh", "sigh", "smile", "sob", "snap", "spit", "sneer",
    "stipulate", "submit", "volunteer", "invoke", "intone", "echo", "forecast", "foresee", "anticipate", "project", "calculate",
];

/// Verbs whose plain presence next to a quotation is as good as certain.
#[rustfmt::skip]
const STRONG: &[&str] = &[
    "said", "says", "say", "saying", "told", "tells", "telling", "added", "adds", "adding", "asked", "wrote", "writes", "noted", "argued",
    "tweeted", "explained", "continued", "remarked", "asserted", "replied", "responded", "stated", "declared", "insisted", "recalled",
    "warned", "concluded", "stressed", "announced", "claimed", "commented", "quipped", "joked", "acknowledged", "exclaimed",
];

/// Verbs of [`SAY`] and other words by which content is thought rather than said, by type of attribution; nouns and
/// adjectives that do the same stand with them. Types and examples: Prasad et al. 2007, section 3.2.
#[rustfmt::skip]
const ATTITUDES: &[&str] = &[
    "believe", "belief", "think", "thought", "feel", "feeling", "hope", "hopeful", "fear", "expect", "expectation", "consider", "doubt",
    "guess", "imagine", "suspect", "suspicion", "wonder", "reckon", "anticipate", "view", "opinion", "idea", "notion", "confident",
    "convinced", "sure", "certain", "worry", "worried", "afraid", "skeptical", "sceptical", "concern", "concerned", "assume",
    "assumption", "presume", "regard", "prefer", "favor", "favour", "support", "supporter", "oppose", "opposition", "opponent", "like",
    "love", "hate", "conviction", "sense", "perceive", "perception", "interpret", "conclusion", "trust", "faith", "understand",
];
#[rustfmt::skip]
const FACTIVES: &[&str] = &[
    "know", "knowledge", "see", "hear", "learn", "find", "finding", "show", "discover", "realize", "realise", "remember", "forget",
    "recognize", "recognise", "aware", "evidence", "determine", "prove", "proof", "demonstrate", "reflect", "watch", "notice",
];
#[rustfmt::skip]
const CONTROLS: &[&str] = &[
    "want", "wish", "plan", "intend", "intention", "intent", "decide", "decision", "agree", "agreement", "try", "attempt", "seek",
    "aim", "hesitate", "refuse", "refusal", "decline", "vote", "effort", "choose", "choice", "prepare", "commit", "commitment", "desire",
    "allow", "permit", "require", "force", "let", "willing", "eager", "ready", "order", "rule", "ruling", "endorse", "endorsement",
    "design", "mean", "push", "move", "look",
];
/// Nouns and phrases that report speech.
#[rustfmt::skip]
const SPEECH: &[&str] = &[
    "according", "statement", "comment", "remark", "claim", "announcement", "speech", "letter", "tweet", "message", "warning", "promise",
    "pledge", "vow", "argument", "accusation", "allegation", "criticism", "question", "answer", "response", "reply", "suggestion",
    "call", "report", "assertion", "declaration", "denial", "description", "explanation", "testimony", "interview", "admission",
    "complaint", "demand", "request", "recommendation", "quote", "proposal", "word", "headline", "assurance", "phrase", "acknowledgment",
    "talk", "speak", "spoke", "say", "rhetoric", "joke", "memo", "email", "blog", "headlined", "titled", "entitled", "dubbed",
];

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
    for (rank, list) in [ATTITUDES, FACTIVES, CONTROLS, SPEECH].into_iter().enumerate() {
        for word in list {
            acts.entry(*word).or_insert(rank);
        }
    }
    acts
});

/// Irregular forms that rules of spelling do not give.
#[rustfmt::skip]
const IRREGULAR: &[(&str, &str)] = &[
    ("said", "say"), ("told", "tell"), ("wrote", "write"), ("written", "write"), ("thought", "think"), ("felt", "feel"),
    ("knew", "know"), ("known", "know"), ("understood", "understand"), ("found", "find"), ("shown", "show"), ("saw", "see"),
    ("seen", "see"), ("heard", "hear"), ("sang", "sing"), ("swore", "swear"), ("sworn", "swear"), ("foresaw", "foresee"),
    ("cried", "cry"), ("cries", "cry"), ("replied", "reply"), ("replies", "reply"), ("denied", "deny"), ("denies", "deny"),
    ("implied", "imply"), ("implies", "imply"), ("specified", "specify"), ("testified", "testify"), ("testifies", "testify"),
    ("clarified", "clarify"), ("certified", "certify"), ("pled", "plead"), ("spat", "spit"),
];

/// The verb that `word` (in lower case) is a form of, if it is one that reports.
pub(crate) fn reporting_verb(word: &str) -> Option<&'static str> {
    FORMS.get(word).copied()
}

/// Every form of every verb; an irregular form or a verb of its own comes before a regular form of another.
static FORMS: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let mut forms: FxHashMap<String, &'static str> = FxHashMap::default();
    for verb in SAY {
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
    forms.extend(SAY.iter().map(|v| ((*v).to_owned(), *v)));
    for (form, base) in IRREGULAR {
        if let Some(verb) = SAY.iter().find(|v| *v == base) {
            forms.insert((*form).to_owned(), verb);
        }
    }
    forms
});

/// Whether `word` (in lower case) beside a quotation is as good as certainly its cue.
pub(crate) fn is_strong(word: &str) -> bool {
    STRONG.contains(&word)
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
