//! The JSON printer.

use rashomon_annotate::{Annotated, Corpus};
use rashomon_compare::Collation;
use rashomon_group::Story;
use rashomon_model::Article;
use rashomon_wire as wire;

/// An article as one line of JSON, without a line end.
#[must_use]
pub fn article_json(article: &Article) -> String {
    wire::json(&wire::Article::new(article))
}

/// An annotated article as one line of JSON, without a line end.
#[must_use]
pub fn annotated_json(it: &Annotated) -> String {
    wire::json(&wire::Article::annotated(it))
}

/// All stories of a corpus with their collations, as one JSON document.
#[must_use]
pub fn collation_json(corpus: &Corpus, stories: &[(Story, Collation)]) -> String {
    wire::json(&wire::Collation::new(corpus, stories))
}

/// One story with its articles only, as a JSON document of the same schema.
#[must_use]
pub fn story_json(corpus: &Corpus, story: &(Story, Collation)) -> String {
    wire::json(&wire::Collation::of_story(corpus, &story.0, &story.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_carried_through_never_repeat_our_own() {
        let text = "It rained on 4 May 2019.".to_owned();
        let mut article = Article { text, ..Article::default() };
        let plain: Vec<String> = keys(&article_json(&article));
        let annotated = keys(&annotated_json(&rashomon_annotate::annotate(article.clone()).output));
        let theirs = |k: &String| (k.clone(), "\"theirs\"".to_owned());
        article.extra = annotated.iter().chain([&"topic".to_owned()]).map(theirs).collect();
        let it = rashomon_annotate::annotate(article.clone()).output;
        let once = |json: String, own: &[String]| {
            assert!(json.contains("\"topic\":\"theirs\""));
            assert!(own.iter().all(|k| json.matches(&format!("\"{k}\":\"theirs\"")).count() == 0), "{json}");
        };
        once(article_json(&article), &plain);
        once(annotated_json(&it), &annotated);
    }

    /// The keys of a JSON object.
    fn keys(json: &str) -> Vec<String> {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).unwrap();
        object.keys().cloned().collect()
    }
}
