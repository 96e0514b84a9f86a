//! What the tools are asked.

use schemars::JsonSchema;
use serde::Deserialize;

/// Which stories.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ListStories {
    /// Only stories with a report that has these words.
    pub(super) query: Option<String>,
    /// Only stories with a report by this outlet.
    pub(super) outlet: Option<String>,
    /// Only stories that moved since: RFC 3339.
    pub(super) since: Option<String>,
    /// The cursor of the answer before.
    pub(super) cursor: Option<String>,
}

/// One story.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfStory {
    /// Id of the story.
    pub(super) story: String,
    /// The cursor of the answer before.
    #[serde(default)]
    pub(super) cursor: Option<String>,
}

/// Who says it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WhoSays {
    /// Id of the story.
    pub(super) story: String,
    /// Id of a statement, or words of it.
    pub(super) statement: String,
}

/// Texts to be compared.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Compare {
    /// Ids of articles in the store.
    #[serde(default)]
    pub(super) articles: Vec<String>,
    /// Texts that are not in the store; they are not kept.
    #[serde(default)]
    pub(super) texts: Vec<Text>,
    /// Take them all as reports of one event, also where they look like several.
    #[serde(default)]
    pub(super) one_story: bool,
}

/// A text that is not in the store.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    /// The article's text.
    pub(super) text: String,
    /// Who published it.
    #[serde(default)]
    pub(super) outlet: Option<String>,
    /// When: RFC 3339.
    #[serde(default)]
    pub(super) published: Option<String>,
}

/// Words.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// The words, or a speaker's name.
    pub(super) query: String,
    /// The cursor of the answer before.
    #[serde(default)]
    pub(super) cursor: Option<String>,
}

/// A sentence.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Sentence {
    /// The sentence that somebody is said to have said.
    pub(super) text: String,
    /// Who is said to have said it.
    #[serde(default)]
    pub(super) speaker: Option<String>,
}

/// One article.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfArticle {
    /// Id of the article.
    pub(super) article: String,
}

/// Two versions.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TwoVersions {
    /// Id of the article.
    pub(super) article: String,
    /// Number of the earlier version.
    pub(super) from: u32,
    /// Number of the later version.
    pub(super) to: u32,
}

/// Which alerts.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Alerts {
    /// Only those that nobody has marked as seen.
    pub(super) unseen: bool,
    /// The cursor of the answer before.
    pub(super) cursor: Option<String>,
}
