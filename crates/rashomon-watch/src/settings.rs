//! The configuration file: feeds, outlets, who we are, how often.

use crate::fetch::Limits;
use crate::guard::{Block, Guard};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// What a configuration file says; every part may be left out.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Address or page by which an outlet can reach whoever watches it; goes into the User-Agent.
    pub contact: Option<String>,
    /// Proxy: `http://host:port`, `socks5://…` is not built in.
    pub proxy: Option<String>,
    /// Blocks of private addresses that may be reached.
    pub allow_private: Vec<String>,
    /// Seconds between two requests to one host.
    pub pause: Option<f64>,
    /// Requests at once, to different hosts.
    pub at_once: Option<usize>,
    /// Bytes of an answer.
    pub largest: Option<u64>,
    /// Seconds for an answer.
    pub timeout: Option<u64>,
    /// Days that an article is looked at again.
    pub days: Option<u32>,
    /// Whether robots.txt is heeded; true unless it says otherwise.
    pub robots: Option<bool>,
    /// A command that gets every alert as JSON on its input.
    pub on_alert: Option<String>,
    /// Feeds, sitemaps and pages that list articles.
    pub feeds: Vec<FeedSetting>,
    /// Outlets, by name.
    pub outlets: BTreeMap<String, OutletSetting>,
    /// Cookies by host, for a subscription.
    pub cookies: BTreeMap<String, String>,
}

/// A feed in the configuration: its address, or more.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum FeedSetting {
    /// Its address.
    Url(String),
    /// Its address, and the outlet it is of.
    More {
        /// Its address.
        url: String,
        /// The outlet.
        outlet: Option<String>,
    },
}

/// What is known of an outlet.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutletSetting {
    /// Who owns it.
    pub owner: Option<String>,
    /// The zone its times are in where it does not say: `Europe/Rome`.
    pub zone: Option<String>,
}

impl Settings {
    /// Reads a configuration file.
    ///
    /// # Errors
    /// Names the line and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let it: Self = toml::from_str(text).map_err(|e| e.to_string())?;
        it.guard()?;
        if it.pause.is_some_and(|it| !it.is_finite() || !(0.0..=3600.0).contains(&it)) {
            return Err("pause: seconds between 0 and 3600".into());
        }
        Ok(it)
    }

    /// What may be reached.
    ///
    /// # Errors
    /// If a block is none.
    pub fn guard(&self) -> Result<Guard, String> {
        let allowed = self.allow_private.iter().map(|it| it.parse::<Block>()).collect::<Result<_, _>>()?;
        Ok(Guard { allowed })
    }

    /// How far a request may go.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let own = Limits::default();
        Limits {
            body: self.largest.unwrap_or(own.body).clamp(1 << 10, 1 << 30),
            time: self.timeout.map_or(own.time, |it| Duration::from_secs(it.clamp(1, 600))),
            ..own
        }
    }

    /// How we call ourselves.
    #[must_use]
    pub fn user_agent(&self) -> String {
        let plain: String = self
            .contact
            .iter()
            .flat_map(|it| it.chars())
            .filter(|c| c.is_ascii_graphic() || *c == ' ')
            .take(200)
            .collect();
        let version = env!("CARGO_PKG_VERSION");
        if plain.is_empty() { format!("rashomon/{version}") } else { format!("rashomon/{version} (+{plain})") }
    }

    /// Pause between two requests to one host.
    #[must_use]
    pub fn pause(&self) -> Duration {
        Duration::from_secs_f64(self.pause.unwrap_or(2.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_and_what_is_unknown_is_named() {
        let file = r#"
            contact = "desk@check.example"
            allow_private = ["127.0.0.0/8"]
            feeds = ["https://x.example/feed", { url = "https://y.example/atom", outlet = "Harbour Post" }]
            [outlets."Harbour Post"]
            owner = "Coast Group"
            [cookies]
            "y.example" = "s=1"
        "#;
        let it = Settings::parse(file).unwrap();
        assert_eq!(it.feeds.len(), 2);
        assert!(it.user_agent().ends_with("(+desk@check.example)"));
        assert_eq!(it.outlets["Harbour Post"].owner.as_deref(), Some("Coast Group"));
        assert!(Settings::parse("feds = []").unwrap_err().contains("feds"));
        assert!(Settings::parse("allow_private = [\"10\"]").is_err());
        assert!(Settings::parse("pause = -1").is_err());
        assert_eq!(Settings::default().user_agent().split('/').next(), Some("rashomon"));
    }
}
