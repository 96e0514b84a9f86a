//! `rashomon serve`: a store in a browser. `rashomon mcp`: the same for programs that reason.

use crate::console::Console;
use crate::exit::Failure;
use crate::options::Shared;
use crate::place::Place;
#[cfg(feature = "watch")]
use rashomon::read::Record;
use rashomon_serve::{Inputs, Options};
use std::net::SocketAddr;
use std::sync::Arc;

/// A store as a local web app with an HTTP API.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon serve --demo                          what it is: two invented weeks of news
  rashomon serve --store news.db                 your own store, at http://127.0.0.1:8787
  rashomon serve --listen 0.0.0.0:8787 --host desk.example
                                                 for a newsroom; a token is made and printed if none is given

Only this machine can ask unless --listen says otherwise, and then only with the token. The API is described
at /api and in /api/v1/openapi.json; programs that reason find the Model Context Protocol at /mcp.")]
pub(crate) struct Args {
    #[command(flatten)]
    place: Place,
    /// Where to answer
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    listen: SocketAddr,
    /// What others have to show; also in RASHOMON_TOKEN, where other users of this machine do not see it
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,
    /// A second token, whose holders may read and nothing else
    #[arg(long, value_name = "TOKEN")]
    read_token: Option<String>,
    /// A name, besides those of this machine, under which it is asked; may be given several times
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// Show the invented example in place of a store
    #[arg(long)]
    demo: bool,
}

/// A store for programs that speak the Model Context Protocol, on standard input and output.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon mcp --store news.db

In the configuration of such a program:
  {\"mcpServers\": {\"rashomon\": {\"command\": \"rashomon\", \"args\": [\"mcp\", \"--store\", \"news.db\"]}}}

All tools only read. Every claim comes with article, version, span and exact words.")]
pub(crate) struct McpArgs {
    #[command(flatten)]
    place: Place,
}

/// Serves until the program is told to stop.
pub(crate) fn run(args: &Args, shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    let folder = if args.demo { Some(tempfile::tempdir().map_err(Failure::nothing)?) } else { None };
    let store = match &folder {
        Some(folder) => {
            console.doing("making the invented example");
            let place = folder.path().join("demo.db");
            rashomon_serve::fill_demo(&place).map_err(Failure::nothing)?;
            place
        }
        None => {
            drop(args.place.open()?);
            args.place.path()?
        }
    };
    let given = |it: &str| !it.trim().is_empty();
    let mut token = args.token.clone().or_else(|| std::env::var("RASHOMON_TOKEN").ok()).filter(|t| given(t));
    if token.is_none() && !args.listen.ip().is_loopback() {
        let made = rashomon_serve::new_token().map_err(Failure::nothing)?;
        eprintln!("token: {made}");
        token = Some(made);
    }
    let options = Options {
        store,
        listen: args.listen,
        token,
        read_token: args.read_token.clone().filter(|t| given(t)),
        hosts: args.hosts.clone(),
        demo: args.demo,
        inputs: inputs(shared)?,
    };
    console.finish();
    rashomon_serve::serve(&options, |address| eprintln!("{address}"))
        .map_err(|e| Failure::Nothing(format!("{}: {e}", args.listen)))
}

/// What opens dropped files and addresses: all that is built in.
#[cfg(feature = "watch")]
fn inputs(shared: &Shared) -> Result<Arc<dyn Inputs>, Failure> {
    let settings = shared.net.over(rashomon_watch::Settings::default());
    let fetcher = crate::net::fetcher(&settings)?;
    Ok(Arc::new(Net { fetcher, pause: settings.pause() }))
}

#[cfg(not(feature = "watch"))]
fn inputs(_: &Shared) -> Result<Arc<dyn Inputs>, Failure> {
    Ok(Arc::new(rashomon_serve::Plain))
}

/// Asks the net as the watcher does.
#[cfg(feature = "watch")]
struct Net {
    fetcher: rashomon_watch::Fetcher,
    pause: std::time::Duration,
}

#[cfg(feature = "watch")]
impl Inputs for Net {
    fn in_file(&self, bytes: Vec<u8>, name: &str, most: usize) -> Result<Vec<Record>, String> {
        let all = rashomon_inputs::records_in(bytes, name, &rashomon_inputs::Options::default());
        let all = all.map_err(|e| e.to_string())?.filter_map(Result::ok).filter(|it| !it.is_gone());
        Ok(all.take(most).map(|it| it.record).collect())
    }

    fn at_address(&self, url: &str, most: usize) -> Result<Vec<(Record, Option<String>)>, String> {
        let mut once = rashomon_watch::Once::new(&self.fetcher, self.pause);
        let mut out = Vec::new();
        for it in once.sources(url, &rashomon_inputs::Options::default()).into_iter().take(most) {
            let it = it.map_err(|e| e.to_string())?;
            out.push((it.record, it.url));
        }
        Ok(out)
    }

    fn feeds_in(&self, bytes: &[u8]) -> Result<Vec<(String, Option<String>)>, String> {
        let (feeds, wrong) = rashomon_inputs::opml(bytes).ok_or("not a list of feeds (OPML)")?;
        match wrong {
            Some(why) => Err(format!("the list is broken: {why}")),
            None => Ok(feeds),
        }
    }

    fn asks_the_net(&self) -> bool {
        true
    }
}

/// Speaks the protocol until standard input is closed.
pub(crate) fn mcp(args: &McpArgs) -> Result<(), Failure> {
    drop(args.place.read()?);
    rashomon_serve::mcp(args.place.path()?).map_err(Failure::nothing)
}
