//! What reading a store gives. Times are RFC 3339 in UTC; keys are what goes out and comes in, numbers inside stay inside.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Some rows, and where the next ones begin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// To be given back for the rows that follow; nothing if these were the last.
    pub next: Option<String>,
}

/// An article: one identity over its addresses and versions, as its latest version shows it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ArticleRow {
    /// Its key.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The address it was last found at.
    pub url: Option<String>,
    /// First published.
    pub published: Option<String>,
    /// Last updated.
    pub updated: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// How many versions there are.
    pub versions: u32,
    /// `live`, `gone` or `withdrawn`.
    pub state: String,
    /// When it was first, and when last seen as it is now.
    pub first_seen: String,
    /// When it was last seen.
    pub last_seen: String,
    /// When its latest version was found.
    pub changed: String,
    /// Its story.
    pub story: Option<String>,
}

/// One retrieved state of an article.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct VersionRow {
    /// Number inside the store; takes part in no output that must last.
    #[serde(skip)]
    pub row: i64,
    /// The article's key.
    pub article: String,
    /// From 1.
    pub number: u32,
    /// The id of its bytes, or the one its row gave.
    pub id: String,
    /// When it was first retrieved.
    pub retrieved: String,
    /// When it was last seen unchanged.
    pub last_seen: String,
    /// HTTP status, where it was fetched.
    pub status: Option<u16>,
    /// `sha256:…` of the retrieved bytes.
    pub digest: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Path or address as given.
    pub source: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// First published.
    pub published: Option<String>,
    /// Last updated.
    pub updated: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Retrieved bytes.
    pub bytes: u64,
    /// Whether it differs from the one before only in what no reader cares for.
    pub trivial: bool,
    /// `correction`, `retraction` or `withdrawal`, if it says so of itself.
    pub signal: Option<String>,
    /// The words that say so.
    pub signal_words: Option<String>,
}

/// An address of an article.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AddressRow {
    /// As it was seen.
    pub url: String,
    /// Why it is this article's.
    pub rule: String,
    /// More on why, in words.
    pub reason: Option<String>,
    /// Since when.
    pub since: String,
}

/// A story.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StoryRow {
    /// Its key: that of its oldest article when it was made.
    pub id: String,
    /// Headline of its oldest article.
    pub headline: Option<String>,
    /// How many articles.
    pub articles: u32,
    /// How many outlets.
    pub outlets: u32,
    /// Independent accounts, at least; known once collated.
    pub independent_low: Option<u32>,
    /// Independent accounts, at most.
    pub independent_high: Option<u32>,
    /// When its oldest article was published.
    pub first_published: Option<String>,
    /// When its newest article was published.
    pub last_published: Option<String>,
    /// When an article last joined, left or changed.
    pub changed: String,
    /// Whether its collation is of its present articles.
    pub collated: bool,
    /// The story it was merged into.
    pub merged_into: Option<String>,
}

/// An article of a story, and why it is there.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StoryArticle {
    /// The article.
    #[serde(flatten)]
    pub article: ArticleRow,
    /// Probability that it reports the same event as its nearest article in the story.
    pub score: f64,
    /// The rule that put it there.
    pub rule: String,
}

/// A kept collation.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredCollation {
    /// The document, as `collate --format json` prints it for this one story.
    pub json: String,
    /// When it was made.
    pub made: String,
    /// Program and models that made it.
    pub made_by: String,
    /// Whether it is of the story's present articles and made by this program.
    pub fresh: bool,
    /// What was noticed while its articles were read and compared, what is missing first; nothing is known of one that a
    /// program made which did not keep this.
    pub noticed: Option<Vec<Noticed>>,
}

/// A problem in what was read or compared that did not stop the work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Noticed {
    /// Where: an address, a file and line, or the first report of a story.
    pub place: String,
    /// What is wrong or missing, and why.
    pub message: String,
    /// Name of the check, such as `fault-of-the-program`.
    pub rule: String,
    /// `info`, `warning`, or `omitted` where something was left out.
    pub severity: String,
}

/// An article that a search found.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Hit {
    /// The article.
    #[serde(flatten)]
    pub article: ArticleRow,
    /// A stretch of its text around the words, in one line.
    pub excerpt: String,
    /// Where the excerpt stands in the text.
    pub span: [usize; 2],
}

/// A quotation of an annotated version.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct QuoteRow {
    /// Number inside the store.
    pub id: i64,
    /// The words.
    pub text: String,
    /// Who is said to have said them.
    pub speaker: Option<String>,
    /// How they are reported.
    pub kind: String,
    /// Where they stand in the text of the version.
    pub span: [usize; 2],
    /// The article.
    pub article: String,
    /// The version.
    pub version: u32,
    /// Its headline.
    pub title: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Where that version was found.
    pub url: Option<String>,
}

/// A feed, a news sitemap, or a page that lists articles.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Feed {
    /// Number inside the store.
    pub id: i64,
    /// Its address.
    pub url: String,
    /// `rss`, `atom`, `json`, `sitemap` or `page`.
    pub kind: Option<String>,
    /// Its own title.
    pub title: Option<String>,
    /// The outlet it is of, where the configuration says so.
    pub outlet: Option<String>,
    /// When it was added.
    pub added: String,
    /// When it was last asked.
    pub checked: Option<String>,
    /// When it last said something new.
    pub changed: Option<String>,
    /// When it is due again.
    pub due: String,
    /// Errors in a row.
    pub failures: u32,
    /// Since when.
    pub failing_since: Option<String>,
    /// `ok`, `slow`, `gone` or `moved`.
    pub state: String,
    /// Why, in words.
    pub reason: Option<String>,
    /// Where it says it has moved for good; to be adopted by a person.
    pub moved_to: Option<String>,
    /// Items it last had.
    pub items: u32,
}

/// One request and its outcome.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Fetch {
    /// Number inside the store, rising.
    pub id: i64,
    /// When it was made.
    pub at: String,
    /// What was asked for.
    pub url: String,
    /// The feed, by its number.
    pub feed: Option<i64>,
    /// The article, by its key.
    pub article: Option<String>,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// `stored`, `unchanged`, `not-modified`, `feed`, `error`, `refused`, `robots` or `gone`.
    pub outcome: String,
    /// Why, in words.
    pub reason: Option<String>,
    /// Bytes that came.
    pub bytes: u64,
    /// Milliseconds it took.
    pub took_ms: u64,
    /// New articles or versions it led to.
    pub found: u32,
}

/// A person's decision.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Pin {
    /// Number inside the store.
    pub id: i64,
    /// `join` or `part` of two articles, `same` or `different` of two addresses, `watch` of a story or an article.
    pub kind: String,
    /// An article, address or story.
    pub a: String,
    /// The other one.
    pub b: Option<String>,
    /// Why, in the person's words.
    pub note: Option<String>,
    /// When.
    pub made: String,
}

/// Something a person should know.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Alert {
    /// Number inside the store, rising.
    pub id: i64,
    /// When it was found.
    pub at: String,
    /// `still-carried`, `changed`, `new-account`, `other-speaker` or `one-source`.
    pub kind: String,
    /// The story.
    pub story: Option<String>,
    /// The article it is about.
    pub article: Option<String>,
    /// The number of its version.
    pub version: Option<u32>,
    /// What it says, in one sentence.
    pub text: String,
    /// What proves it: `[{"article", "version", "span", "exact"}…]`.
    pub proof: serde_json::Value,
    /// When somebody marked it as seen.
    pub seen: Option<String>,
}

/// Something that happened in the store.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// Rising by time; what [`crate::Store::changes_since`] goes on from.
    pub id: i64,
    /// When.
    pub at: String,
    /// `article`, `version`, `gone`, `withdrawn`, `story`, `grown`, `shrunk`, `merged`, `split`, `alert` or `forgotten`.
    pub kind: String,
    /// The article's key.
    pub article: Option<String>,
    /// The number of the version.
    pub version: Option<u32>,
    /// The story's key.
    pub story: Option<String>,
    /// More, as JSON.
    pub detail: Option<serde_json::Value>,
}
