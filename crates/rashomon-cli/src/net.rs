//! How the net is asked.

use crate::exit::Failure;
use rashomon_watch::{Fetcher, Settings};

/// How the net is asked, by `watch` and for addresses in place of files.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct NetArgs {
    /// A block of private addresses that may be reached, such as 127.0.0.0/8 (repeatable)
    #[arg(long, global = true, value_name = "CIDR", help_heading = "Asking the net")]
    allow_private: Vec<String>,
    /// Address or page by which outlets can reach you; goes into the User-Agent
    #[arg(long, global = true, value_name = "TEXT", env = "RASHOMON_CONTACT", help_heading = "Asking the net")]
    contact: Option<String>,
    /// Proxy: http://host:port
    #[arg(long, global = true, value_name = "URL", help_heading = "Asking the net")]
    proxy: Option<String>,
    /// Seconds between two requests to one host [default: 2]
    #[arg(long, global = true, value_name = "SECONDS", help_heading = "Asking the net")]
    pause: Option<f64>,
}

impl NetArgs {
    /// The configuration with these options above it.
    pub(crate) fn over(&self, mut settings: Settings) -> Settings {
        settings.allow_private.extend(self.allow_private.iter().cloned());
        settings.contact = self.contact.clone().or(settings.contact);
        settings.proxy = self.proxy.clone().or(settings.proxy);
        settings.pause = self.pause.filter(|it| it.is_finite() && *it >= 0.0).or(settings.pause);
        settings
    }
}

/// Asks the net as the settings say.
pub(crate) fn fetcher(settings: &Settings) -> Result<Fetcher, Failure> {
    let guard = settings.guard().map_err(Failure::Usage)?;
    let cookies = settings.cookies.iter().map(|(host, it)| (host.clone(), it.clone())).collect();
    Fetcher::new(&settings.user_agent(), guard, settings.limits(), settings.proxy.as_deref(), cookies)
        .map_err(Failure::Usage)
}
