//! Answers to something people and programs read: text, Markdown, HTML, JSON.
//!
//! [`report()`] puts a collation into the view model [`Report`]; [`text`], [`markdown`] and [`html`] lay that out and add
//! no statement of their own. [`collation_json`] prints the collation itself for programs.

mod brief;
mod excerpt;
mod html;
mod interchange;
mod json;
mod kept;
mod markdown;
mod outline;
mod parts;
mod phrase;
mod provenance;
mod reading;
pub mod report;
mod text;
mod view;
mod visible;
mod wording;

pub use html::{SCRIPT, STYLE, environment, html, html_pages, story_part};
pub use interchange::{annotations, csv, ninjs, schema_org, tei};
pub use json::{annotated_json, article_json, collation_json, story_json};
pub use kept::kept;
pub use markdown::{brief_markdown, markdown};
pub use phrase::conflict_value;
pub use provenance::{graphml, prov_json};
pub use report::Report;
pub use text::{Look, annotated_text, article_text, brief_text, text};
pub use view::{name, report};
pub use visible::visible;
pub use wording::{aligned, runs};
