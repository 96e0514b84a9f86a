//! Whether a sentence was said: looked for in the articles of the store that hold its words.

use crate::diff::Words;
use crate::evidence::Evidence;
use crate::problem::Problem;
use rashomon::annotate::Corpus;
use rashomon::compare::{Match, check, may_hold, may_hold_translated};
use rashomon_store::Store;
use schemars::JsonSchema;
use serde::Serialize;

/// Articles that are read for one answer: those that share most of the sentence's words.
const READ: usize = 60;
/// Places that are told.
const TOLD: usize = 50;

/// What became of a sentence.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Checked {
    /// The sentence that was asked about.
    pub(crate) text: String,
    /// verbatim | truncated | altered | negated | reported | denied | other-speaker | absent
    pub(crate) verdict: String,
    /// Where it stands, the closest first.
    pub(crate) forms: Vec<CheckedForm>,
    /// How many more places there are.
    pub(crate) left_out: usize,
    /// How many articles were looked through, of those that share words with it.
    pub(crate) searched: usize,
}

/// One place that holds the sentence, or something like it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CheckedForm {
    /// The proof.
    #[serde(flatten)]
    pub(crate) at: Evidence,
    /// How the sentence stands to these words.
    pub(crate) relation: String,
    /// Who is quoted with them.
    pub(crate) speaker: Option<String>,
    /// The words that report.
    pub(crate) cue: Option<String>,
    /// Share of the sentence's words that agree, 0 to 1.
    pub(crate) share: f64,
    /// When the article was published.
    pub(crate) published: Option<String>,
    /// The sentence that was asked about against the article's words.
    #[serde(skip)]
    pub(crate) pieces: Vec<Words>,
}

/// Looks for `text` in the articles of the store; `speaker` is who is said to have said it.
pub(crate) fn answer(store: &mut Store, text: &str, speaker: Option<&str>) -> Result<Checked, Problem> {
    let text = text.trim();
    if !text.contains(char::is_alphanumeric) {
        return Err(Problem::bad("the sentence has no words"));
    }
    if text.len() > 4000 {
        return Err(Problem::bad("the sentence is longer than 4000 bytes"));
    }
    let mut articles = Vec::new();
    let mut rows = std::collections::BTreeMap::new();
    for row in store.articles_with_words(text, READ)? {
        let mut article = store.read_version(&row.id, None)?;
        article.id.clone_from(&row.id);
        if may_hold(&article.text, text) || may_hold_translated(article.language.as_deref(), text) {
            rows.insert(article.id.clone(), row);
            articles.push(article);
        }
    }
    let searched = articles.len();
    let corpus = Corpus::new(rashomon::annotate_all(articles).output).output;
    let found = check(&corpus, text);
    let found = match speaker.map(str::trim).filter(|n| !n.is_empty()) {
        Some(name) => found.by(name),
        None => found,
    };
    let verdict = found.verdict.as_str().to_owned();
    let places = if found.forms.is_empty() { &found.nearest } else { &found.forms };
    let form = |m: &Match| {
        let article = &corpus.get(m.anchor.article).article;
        let row = rows.get(&article.id)?;
        let span = [m.anchor.span.start(), m.anchor.span.end()];
        let publisher = crate::words::publisher(row.outlet.as_deref(), row.url.as_deref());
        Some(CheckedForm {
            at: Evidence::new(&row.id, row.versions, Some(&publisher), &article.text, span)?,
            relation: m.relation.as_str().to_owned(),
            speaker: m.speaker.clone(),
            cue: m.cue_span.map(|c| c.text(&article.text).to_owned()),
            share: (m.share * 1000.0).round() / 1000.0,
            published: row.published.clone(),
            pieces: crate::diff::words(m.anchor.span.text(&article.text), text),
        })
    };
    let forms: Vec<_> = places.iter().take(TOLD).filter_map(form).collect();
    let left_out = places.len().saturating_sub(TOLD);
    Ok(Checked { text: text.to_owned(), verdict, forms, left_out, searched })
}

/// The verdict in a sentence.
pub(crate) fn sentence(verdict: &str) -> &'static str {
    match verdict {
        "verbatim" => "Quoted in these words.",
        "truncated" => "Quoted with more words than these.",
        "altered" => "Quoted with some words changed.",
        "negated" => "Quoted with the opposite sense.",
        "reported" => "Reported as somebody's words, but not between quotation marks.",
        "denied" => "Not said: whom it could be given to denies it.",
        "other-speaker" => "Quoted, but from somebody else.",
        _ => "Not quoted in what is kept here.",
    }
}
