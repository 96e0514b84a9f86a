//! One polite request over the net, within limits.
//!
//! Redirects are followed here, one hop at a time, so that each is looked at before it is made: its scheme, its address if it
//! is written as a number, every address its name resolves to. Limits hold for what a body unpacks to.

use crate::guard::Guard;
use std::fmt;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::{Host, Url};

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Where.
    pub url: String,
    /// `If-None-Match`.
    pub etag: Option<String>,
    /// `If-Modified-Since`.
    pub last_modified: Option<String>,
}

impl Ask {
    /// A request without conditions.
    #[must_use]
    pub fn plain(url: &str) -> Self {
        Self { url: url.to_owned(), ..Self::default() }
    }
}

/// An answer, whatever its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Where it came from in the end.
    pub url: String,
    /// The redirects on the way: status and where it led.
    pub hops: Vec<(u16, String)>,
    /// Headers as they came.
    pub headers: Vec<(String, String)>,
    /// The body, unpacked.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of that name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// Where it has moved for good: every redirect on the way says so.
    #[must_use]
    pub fn moved_to(&self) -> Option<&str> {
        let for_good = !self.hops.is_empty() && self.hops.iter().all(|(status, _)| matches!(status, 301 | 308));
        for_good.then_some(self.url.as_str())
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failed {
    /// It was not asked for: the address may not be reached.
    Refused(String),
    /// It was asked for and no whole answer came.
    Broken(String),
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Refused(why) | Self::Broken(why)) = self;
        f.write_str(why)
    }
}

/// Whatever answers requests: the net, or a world made up for a test.
pub trait Net: Send + Sync {
    /// The answer to one request.
    ///
    /// # Errors
    /// If there is none.
    fn get(&self, ask: &Ask) -> Result<Answer, Failed>;
}

/// How far a request may go.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of a body, unpacked.
    pub body: u64,
    /// Bytes of the headers.
    pub headers: usize,
    /// Time for all of one hop.
    pub time: Duration,
    /// Time to connect.
    pub connect: Duration,
    /// Redirects.
    pub hops: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 15 << 20,
            headers: 64 << 10,
            time: Duration::from_secs(30),
            connect: Duration::from_secs(10),
            hops: 5,
        }
    }
}

/// Asks the net.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
    guard: Arc<Guard>,
    limits: Limits,
    /// Cookies by host, for subscriptions.
    cookies: Vec<(String, String)>,
}

impl Fetcher {
    /// A fetcher that says it is `user_agent` and reaches what `guard` allows, through `proxy` if there is one.
    ///
    /// # Errors
    /// If the proxy is no address.
    pub fn new(
        user_agent: &str,
        guard: Guard,
        limits: Limits,
        proxy: Option<&str>,
        cookies: Vec<(String, String)>,
    ) -> Result<Self, String> {
        let proxy = proxy.map(|it| ureq::Proxy::new(it).map_err(|e| format!("{it}: {e}"))).transpose()?;
        let proxied = proxy.is_some();
        let config = Config::builder()
            .user_agent(user_agent)
            .proxy(proxy)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_response_header_size(limits.headers)
            .timeout_global(Some(limits.time))
            .timeout_connect(Some(limits.connect))
            // A connection that waits may be closed by the other side: each request makes its own.
            .max_idle_connections(0)
            .max_idle_connections_per_host(0)
            .build();
        let guard = Arc::new(guard);
        // The proxy is trusted, and what lies behind it is its own affair.
        let inner = Checked { guard: (!proxied).then(|| guard.clone()), inner: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), inner);
        Ok(Self { agent, guard, limits, cookies })
    }

    /// One request without redirects.
    fn hop(&self, url: &Url, ask: &Ask) -> Result<Answer, Failed> {
        self.may_reach(url)?;
        let mut request = self.agent.get(url.as_str()).header("accept", ACCEPT);
        for (name, value) in [("if-none-match", &ask.etag), ("if-modified-since", &ask.last_modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let host = url.host_str().unwrap_or_default();
        if let Some((_, cookie)) = self.cookies.iter().find(|(it, _)| it.eq_ignore_ascii_case(host)) {
            request = request.header("cookie", cookie);
        }
        let response = request.call().map_err(|e| failed(&e))?;
        let (parts, mut body) = response.into_parts();
        let headers: Vec<(String, String)> = parts
            .headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let mut out = Vec::new();
        let most = self.limits.body;
        let read = body.with_config().limit(most.saturating_add(1)).reader().take(most + 1).read_to_end(&mut out);
        if out.len() as u64 > most {
            return Err(Failed::Broken(format!("the answer is larger than {most} bytes")));
        }
        if let Err(e) = read {
            return Err(Failed::Broken(format!("the answer breaks off: {e}")));
        }
        Ok(Answer { status: parts.status.as_u16(), url: url.to_string(), hops: Vec::new(), headers, body: out })
    }

    /// Whether the address may be reached, as far as it can be told before its name is resolved.
    fn may_reach(&self, url: &Url) -> Result<(), Failed> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Failed::Refused(format!("{}: only http and https are fetched", url.scheme())));
        }
        let ip = match url.host() {
            Some(Host::Ipv4(it)) => it.into(),
            Some(Host::Ipv6(it)) => it.into(),
            Some(Host::Domain(_)) => return Ok(()),
            None => return Err(Failed::Refused("an address without a host".into())),
        };
        self.guard.refuses(ip).map_or(Ok(()), |why| Err(refused(&ip.to_string(), why)))
    }
}

const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, \
    application/xml;q=0.9, */*;q=0.5";

fn refused(what: &str, why: &str) -> Failed {
    Failed::Refused(format!("{what} is {why}; --allow-private lets it be reached"))
}

impl Net for Fetcher {
    fn get(&self, ask: &Ask) -> Result<Answer, Failed> {
        let mut url = Url::parse(&ask.url).map_err(|e| Failed::Refused(format!("{}: {e}", ask.url)))?;
        let mut hops: Vec<(u16, String)> = Vec::new();
        loop {
            url.set_fragment(None);
            let mut answer = self.hop(&url, ask)?;
            let to = matches!(answer.status, 301 | 302 | 303 | 307 | 308).then(|| answer.header("location")).flatten();
            let Some(to) = to else {
                answer.hops = hops;
                return Ok(answer);
            };
            let next = url.join(to).map_err(|e| Failed::Broken(format!("a redirect to {to:?}: {e}")))?;
            if hops.len() >= self.limits.hops {
                return Err(Failed::Broken(format!("more than {} redirects", self.limits.hops)));
            }
            if next == url || hops.iter().any(|(_, it)| *it == next.as_str()) || next.as_str() == ask.url {
                return Err(Failed::Broken("redirects go round in a circle".into()));
            }
            hops.push((answer.status, next.to_string()));
            url = next;
        }
    }
}

/// Resolves names and hands on only addresses that may be reached: the connection is made to one of these and no other.
#[derive(Debug)]
struct Checked {
    guard: Option<Arc<Guard>>,
    inner: DefaultResolver,
}

impl Resolver for Checked {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let Some(guard) = &self.guard else { return Ok(found) };
        for it in found.iter() {
            if let Some(why) = guard.refuses(it.ip()) {
                let host = uri.host().unwrap_or_default();
                let refused = refused(&format!("{host} ({})", it.ip()), why);
                return Err(ureq::Error::Io(std::io::Error::other(Forbidden(refused.to_string()))));
            }
        }
        Ok(found)
    }
}

/// Carries a refusal through the library.
#[derive(Debug)]
struct Forbidden(String);

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Forbidden {}

fn failed(e: &ureq::Error) -> Failed {
    if let ureq::Error::Io(io) = e
        && let Some(Forbidden(why)) = io.get_ref().and_then(|it| it.downcast_ref::<Forbidden>())
    {
        return Failed::Refused(why.clone());
    }
    Failed::Broken(e.to_string())
}
