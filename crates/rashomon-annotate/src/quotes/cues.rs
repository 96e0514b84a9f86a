//! Words that report speech, thought and writing.
//!
//! Source: the reporting verbs listed in English style guides and grammars (Quirk et al. 1985, ch. 14.28-29 and 16.31), in
//! their inflected forms. Which of them carry an attribution in a given sentence is for the model to decide.

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
    use super::reporting_verb;

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
