//! Names and versions of what goes out, and the refusal of what is of another version.

use crate::Error;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Deserializer;
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;

/// Name and version of the schema of an article.
pub const ARTICLE_SCHEMA: &str = "rashomon/article/2";

/// Name and version of the schema of a collation.
///
/// Version 2: ids of points, quotations and events follow from what they hold (`p1`, `q1` were places in a list), events
/// have an `id`, `published` and `updated` are a bare date where only a day is known, `dated` says how a time was stated,
/// points have `unclear`, articles name their schema, and the document names what it was `made_by`.
pub const COLLATION_SCHEMA: &str = "rashomon/collation/2";

/// The schema that a JSON object names in its key `schema`, if it is one of ours, of whatever version.
#[must_use]
pub fn schema_of(json: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        schema: Option<String>,
    }
    // Most rows of other people have no such key: told without parsing them.
    memmem(json, b"\"rashomon/")?;
    let named: Named = serde_json::from_slice(json).ok()?;
    named.schema.filter(|s| s.starts_with("rashomon/"))
}

/// Where `needle` begins in `bytes`.
fn memmem(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|w| w == needle)
}

fn refusal(found: &str, ours: &str) -> Error {
    let version = |s: &str| s.rsplit_once('/').and_then(|(_, v)| v.parse::<u32>().ok());
    let age = match (version(found), version(ours)) {
        (Some(theirs), Some(our)) if theirs < our => {
            "an earlier version, which is not read: make it again from the articles"
        }
        (Some(theirs), Some(our)) if theirs > our => "a later version: use a newer program",
        _ => "something else",
    };
    Error::new(format_args!("{found} is {age} (this program reads {ours})"))
}

macro_rules! tag {
    ($(#[$doc:meta])* $name:ident, $value:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name;

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($value)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let found = String::deserialize(deserializer)?;
                if found == $value { Ok(Self) } else { Err(serde::de::Error::custom(refusal(&found, $value))) }
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "const": $value })
            }
        }
    };
}

tag!(
    /// Stands for [`ARTICLE_SCHEMA`]; reading any other is an error that says what to do.
    ArticleSchema,
    ARTICLE_SCHEMA
);
tag!(
    /// Stands for [`COLLATION_SCHEMA`]; reading any other is an error that says what to do.
    CollationSchema,
    COLLATION_SCHEMA
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_version_is_read_and_the_message_says_what_to_do() {
        let read = |s: &str| serde_json::from_value::<CollationSchema>(s.into()).map_err(|e| e.to_string());
        assert_eq!(read(COLLATION_SCHEMA), Ok(CollationSchema));
        assert!(read("rashomon/collation/1").unwrap_err().contains("make it again"));
        assert!(read("rashomon/collation/3").unwrap_err().contains("newer program"));
    }

    #[test]
    fn a_schema_is_found_wherever_it_stands_and_only_if_it_is_ours() {
        assert_eq!(schema_of(br#"{"id": 1, "schema": "rashomon/article/9"}"#).as_deref(), Some("rashomon/article/9"));
        assert_eq!(schema_of(br#"{"schema": "NewsArticle", "text": "\"rashomon/"}"#), None);
        assert_eq!(schema_of(b"{\"schema\": "), None);
    }
}
