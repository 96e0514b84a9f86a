//! The tools: name, what each is asked, what it gives, and who answers.

use super::answers::{self, Answer};
use super::asked::{Alerts, Compare, ListStories, OfArticle, OfStory, Sentence, TwoVersions, WhoSays, Words};
use crate::app::App;
use crate::problem::Problem;
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::pin::Pin;
use std::sync::Arc;

type Answering = Pin<Box<dyn Future<Output = Result<Answer, Problem>> + Send>>;

/// A tool.
pub(super) struct Described {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    input: fn() -> Schema,
    output: fn() -> Schema,
    run: fn(Arc<App>, Value) -> Answering,
}

impl Described {
    pub(super) async fn call(&self, app: &Arc<App>, asked: Value) -> Result<Answer, Problem> {
        (self.run)(app.clone(), asked).await
    }
}

macro_rules! tool {
    ($name:literal, $title:literal, $description:literal, $asked:ty => $given:ty, $answer:path) => {
        Described {
            name: $name,
            title: $title,
            description: $description,
            input: schema::<$asked>,
            output: schema::<$given>,
            run: |app, asked| Box::pin(async move { $answer(&app, read::<$asked>(asked)?).await }),
        }
    };
}

/// All tools, in an order that stays.
const TOOLS: &[Described] = &[
    tool!("rashomon_list_stories", "List stories", "Stories, the newest movement first: id, headline, how many reports, how many of them independent, what is disputed.", ListStories => answers::Stories, answers::list_stories),
    tool!("rashomon_get_story", "Get a story", "One story: its reports, how many accounts are independent, and claims (disagreements first) with the exact words of the reports that make them.", OfStory => answers::StoryTold, answers::get_story),
    tool!("rashomon_independent_accounts", "Independent accounts", "How many accounts of a story are independent, which reports make up each, and which passages prove that one took from another.", OfStory => answers::AccountsTold, answers::accounts),
    tool!("rashomon_who_says", "Who carries a statement", "For a statement of a story: the reports that carry it with their words, those that leave it out, and those where it is unclear.", WhoSays => answers::Claims, answers::who_says),
    tool!("rashomon_compare_articles", "Compare articles", "Compares articles of the store or given texts as reports of one event, without keeping anything.", Compare => answers::Compared, answers::compare),
    tool!("rashomon_search", "Search articles", "Articles by their words, the best first, each with the stretch of text around the words.", Words => answers::Found, answers::search),
    tool!("rashomon_find_quote", "Find quotations", "Quotations by their words or by speaker, the newest first.", Words => answers::Quotes, answers::find_quote),
    tool!("rashomon_check_quote", "Check a quotation", "Whether somebody said a sentence: verbatim, truncated, altered, only reported, by another speaker, or not at all in what is kept here.", Sentence => crate::check::Checked, answers::check_quote),
    tool!("rashomon_article_versions", "Versions of an article", "All versions of an article as they were retrieved, with what each says of itself (correction, retraction, withdrawal).", OfArticle => answers::Versions, answers::versions),
    tool!("rashomon_diff_versions", "Compare two versions", "What changed from one version of an article to another, paragraph by paragraph.", TwoVersions => answers::Differences, answers::diff),
    tool!("rashomon_alerts", "Alerts", "What changed after publication and matters: corrections that others still carry, altered figures and quotations, new independent accounts.", Alerts => answers::Alerted, answers::alerts),
];

fn read<T: DeserializeOwned>(asked: Value) -> Result<T, Problem> {
    serde_json::from_value(asked).map_err(|e| Problem::bad(format!("this is not what the tool is asked: {e}")))
}

fn schema<T: JsonSchema>() -> Schema {
    let mut settings = SchemaSettings::draft2020_12();
    settings.meta_schema = None;
    settings.inline_subschemas = true;
    settings.into_generator().into_root_schema_for::<T>()
}

fn object(it: Schema) -> Arc<JsonObject> {
    match it.to_value() {
        Value::Object(it) => Arc::new(it),
        _ => Arc::default(),
    }
}

/// A schema without words: they are read by every program with every list of tools, and the names say enough.
fn brief(it: Arc<JsonObject>) -> Arc<JsonObject> {
    fn plain(it: &mut Value, is_names: bool) {
        match it {
            Value::Object(map) => {
                if !is_names {
                    ["description", "title", "format", "minimum"].iter().for_each(|key| drop(map.remove(*key)));
                }
                map.iter_mut().for_each(|(key, value)| plain(value, key == "properties" && !is_names));
            }
            Value::Array(all) => all.iter_mut().for_each(|value| plain(value, false)),
            _ => {}
        }
    }
    let mut all = Value::Object((*it).clone());
    plain(&mut all, false);
    match all {
        Value::Object(it) => Arc::new(it),
        _ => it,
    }
}

pub(super) fn find(name: &str) -> Option<&'static Described> {
    TOOLS.iter().find(|t| t.name == name)
}

pub(super) fn all() -> Vec<Tool> {
    let tool = |it: &Described| {
        let mut marks = ToolAnnotations::with_title(it.title);
        marks.read_only_hint = Some(true);
        marks.destructive_hint = Some(false);
        marks.idempotent_hint = Some(true);
        marks.open_world_hint = Some(false);
        Tool::new(it.name, it.description, object((it.input)()))
            .with_title(it.title)
            .with_raw_output_schema(brief(object((it.output)())))
            .with_annotations(marks)
    };
    TOOLS.iter().map(tool).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_only_reads_and_says_what_it_gives() {
        for tool in all() {
            assert!(tool.name.starts_with("rashomon_"));
            assert_eq!(tool.annotations.as_ref().and_then(|a| a.read_only_hint), Some(true));
            assert_eq!(tool.input_schema["type"], "object", "{}", tool.name);
            assert_eq!(tool.output_schema.as_ref().unwrap()["type"], "object", "{}", tool.name);
        }
    }

    #[test]
    fn the_list_of_tools_stays_short() {
        let json = serde_json::to_string(&all()).unwrap();
        assert!(json.len() < 24_000, "{} bytes", json.len());
    }
}
