//! Words that report speech, thought and writing.
//!
//! Source: the reporting verbs listed in English style guides and grammars (Quirk et al. 1985, ch. 14.28-29 and 16.31), in
//! their inflected forms. Which of them carry an attribution in a given sentence is for the model to decide.

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
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return SAY.iter().copied().find(|v| v == base);
    }
    let listed = |stem: &str| SAY.iter().copied().find(|v| *v == stem);
    let undoubled = |stem: &str| {
        let b = stem.as_bytes();
        (b.len() > 2 && b[b.len() - 1] == b[b.len() - 2]).then(|| listed(&stem[..stem.len() - 1])).flatten()
    };
    listed(word)
        .or_else(|| word.strip_suffix('s').and_then(listed))
        .or_else(|| word.strip_suffix("es").and_then(listed))
        .or_else(|| word.strip_suffix('d').filter(|w| w.ends_with('e')).and_then(listed))
        .or_else(|| word.strip_suffix("ed").and_then(|w| listed(w).or_else(|| undoubled(w))))
        .or_else(|| {
            word.strip_suffix("ing").and_then(|w| listed(w).or_else(|| listed_with_e(w)).or_else(|| undoubled(w)))
        })
}

fn listed_with_e(stem: &str) -> Option<&'static str> {
    SAY.iter().copied().find(|v| v.strip_suffix('e') == Some(stem))
}

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
