//! Answers to something people and programs read: text, Markdown, HTML, JSON.

mod json;
mod wire;

pub use json::{annotated_json, article_json, collation_json, collation_schema};
pub use wire::SCHEMA;
