//! Who may ask for what: the one layer that every request passes before any route sees it.
//!
//! In this order: the `Host` must be one of ours (a name that an attacker points at this machine is not), a browser must
//! not be sent here by another site, a form must carry the secret that only our pages know, and where a token is set it
//! must be shown. After the route has answered, the same headers are put on every answer.

use crate::digest::hex;
use crate::problem::Problem;
use crate::words;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use sha2::{Digest, Sha256};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// Bytes of a request's body: some hundred pasted articles.
pub(crate) const BODY: usize = 16 << 20;
/// Time in which a body must have arrived.
const UPLOAD: Duration = Duration::from_secs(30);
/// Time in which a route must have answered.
const ANSWER: Duration = Duration::from_secs(60);

/// Nothing inline, nothing from elsewhere, no string turned into markup, no frame around it.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

/// The name of the cookie that holds a session.
const COOKIE: &str = "rashomon_session";

/// The one route that pages of other origins may post to. It has a key of its own and only ever adds a page.
pub(crate) const CAPTURE: &str = "/capture";

/// Where a list of feeds is sent as a file; the route looks for the secret itself.
const LISTS: &str = "/sources/list";

/// What a request is held against.
#[derive(Debug)]
pub(crate) struct Guard {
    port: u16,
    /// Names besides those of this machine.
    names: Vec<String>,
    token: Option<[u8; 32]>,
    read_token: Option<[u8; 32]>,
    session: String,
    /// The secret in our forms.
    pub(crate) form: String,
    /// The key of the bookmarklet.
    pub(crate) capture: String,
}

impl Guard {
    /// `secret` is new with every start.
    pub(crate) fn new(
        listen: SocketAddr,
        names: &[String],
        token: Option<&str>,
        read: Option<&str>,
        secret: &[u8; 32],
    ) -> Self {
        let derived =
            |what: &str| hex(&Sha256::new().chain_update(secret).chain_update(what).finalize())[..40].to_owned();
        Self {
            port: listen.port(),
            names: names.iter().map(|n| n.trim_end_matches('.').to_ascii_lowercase()).collect(),
            token: token.map(digest),
            read_token: read.map(digest),
            session: derived("session"),
            form: derived("form"),
            capture: token
                .map_or_else(|| derived("capture"), |t| hex(&digest(&format!("capture {t}")))[..40].to_owned()),
        }
    }

    /// Whether `host` (name or address, perhaps with port) is this server: an address, `localhost`, or a name it was given.
    ///
    /// An address cannot be rebound, so any will do; of names only those that are known.
    fn is_ours(&self, host: &str) -> bool {
        let (name, port) = match host.strip_prefix('[').and_then(|h| h.split_once(']')) {
            Some((name, "")) => (name, None),
            Some((name, rest)) => (name, rest.strip_prefix(':')),
            None => host.rsplit_once(':').map_or((host, None), |(n, p)| (n, Some(p))),
        };
        if host.contains(['@', '/', '\\', ' ']) || port.is_some_and(|p| p.parse() != Ok(self.port)) {
            // Behind a proxy a name may come with the proxy's port, or with none.
            return port.is_some() && self.names.iter().any(|n| n == &host.to_ascii_lowercase());
        }
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        name == "localhost" || name.parse::<IpAddr>().is_ok() || self.names.contains(&name)
    }

    fn is_our_origin(&self, origin: &str, host: &str) -> bool {
        let Some(authority) = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")) else {
            return false;
        };
        authority.eq_ignore_ascii_case(host)
    }

    /// Whether a browser was sent here by another site in a way that no link does.
    fn is_foreign(&self, request: &Request, host: &str) -> bool {
        let headers = request.headers();
        let value = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
        if let Some(origin) = value("origin") {
            // A form that our own page sends under `no-referrer` may say `null`; Sec-Fetch-Site then tells.
            let blank = origin == "null" && value("sec-fetch-site") == Some("same-origin");
            if !blank && !self.is_our_origin(origin, host) {
                return true;
            }
        }
        match value("sec-fetch-site") {
            None | Some("same-origin" | "none") => false,
            Some(_) => {
                let follows_link =
                    value("sec-fetch-mode") == Some("navigate") && value("sec-fetch-dest") == Some("document");
                !(request.method() == Method::GET && follows_link)
            }
        }
    }

    /// What a request may do.
    fn rights(&self, request: &Request) -> Rights {
        let Some(token) = &self.token else { return Rights::All };
        let headers = request.headers();
        let bearer =
            text(headers, header::AUTHORIZATION).and_then(|v| v.strip_prefix("Bearer ")).map(|t| digest(t.trim()));
        let key = request
            .uri()
            .path()
            .starts_with("/feeds/")
            .then(|| query(request.uri(), "key"))
            .flatten()
            .map(|k| digest(&k));
        for shown in [bearer, key].into_iter().flatten() {
            if equal(&shown, token) {
                return Rights::All;
            }
            if self.read_token.as_ref().is_some_and(|r| equal(&shown, r)) {
                return Rights::Read;
            }
        }
        match cookie(headers, COOKIE) {
            Some(c) if equal(&digest(c), &digest(&self.session)) => Rights::All,
            Some(c) if equal(&digest(c), &digest(&self.reader())) => Rights::Read,
            _ => Rights::None,
        }
    }

    /// Whether `key` is that of the bookmarklet.
    pub(crate) fn is_capture_key(&self, key: &str) -> bool {
        equal(&digest(key), &digest(&self.capture))
    }

    /// Whether `token` is the secret of our forms.
    pub(crate) fn is_form_token(&self, token: &str) -> bool {
        equal(&digest(token), &digest(&self.form))
    }

    fn reader(&self) -> String {
        hex(&digest(&format!("read {}", self.session)))[..40].to_owned()
    }

    /// The cookie for somebody who showed `token`; `None` if it is not ours.
    pub(crate) fn login(&self, token: &str) -> Option<HeaderValue> {
        let shown = digest(token.trim());
        let session = if self.token.as_ref().is_some_and(|t| equal(t, &shown)) {
            self.session.clone()
        } else if self.read_token.as_ref().is_some_and(|t| equal(t, &shown)) {
            self.reader()
        } else {
            return None;
        };
        HeaderValue::from_str(&format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000")).ok()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rights {
    None,
    Read,
    All,
}

/// The outer layer: checks a request, lets the route answer, and puts our headers on the answer.
pub(crate) async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let seen = request.headers().get(header::IF_NONE_MATCH).cloned();
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_api = is_for_programs(request.uri().path());
    let login = format!("/login?to={}", words::part(request.uri().path()));
    let mut response = match admit(&guard, request).await {
        Ok(request) => {
            let streams = request.uri().path() == "/api/v1/events" || request.uri().path() == "/mcp";
            if streams {
                next.run(request).await
            } else {
                match tokio::time::timeout(ANSWER, next.run(request)).await {
                    Ok(response) => response,
                    Err(_) => Problem::new(StatusCode::GATEWAY_TIMEOUT, "the answer took too long").show(is_api),
                }
            }
        }
        Err(refused) if refused.status() == StatusCode::UNAUTHORIZED && !is_api => Redirect::to(&login).into_response(),
        Err(refused) => refused.show(is_api),
    };
    if is_read && response.status() == StatusCode::OK && is_seen(seen.as_ref(), response.headers()) {
        let mut short = StatusCode::NOT_MODIFIED.into_response();
        for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
            if let Some(value) = response.headers().get(&name) {
                short.headers_mut().insert(name, value.clone());
            }
        }
        response = short;
    }
    dress(response.headers_mut());
    response
}

/// Whether the asker has just this answer already.
fn is_seen(seen: Option<&HeaderValue>, headers: &HeaderMap) -> bool {
    let (Some(seen), Some(tag)) = (seen.and_then(|s| s.to_str().ok()), text(headers, header::ETAG)) else {
        return false;
    };
    seen.split(',').any(|s| s.trim().trim_start_matches("W/") == tag)
}

fn dress(headers: &mut HeaderMap) {
    let fixed: [(HeaderName, &str); 7] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
}

/// The request if it may go on, with its body read where the guard had to look into it.
async fn admit(guard: &Guard, request: Request) -> Result<Request, Problem> {
    let host = host(&request).ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "one Host header is needed"))?;
    if !guard.is_ours(&host) {
        return Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "this server does not answer to that name; start it with --host NAME if it should",
        ));
    }
    let path = request.uri().path().to_owned();
    let captures = path == CAPTURE && *request.method() == Method::POST;
    if !captures && guard.is_foreign(&request, &host) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "a page of another site may not ask for this"));
    }
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let open = path == "/login" || path.starts_with("/assets/") || captures;
    if !open {
        match guard.rights(&request) {
            Rights::All => {}
            // Asking in the body changes nothing.
            Rights::Read
                if is_read
                    || ["/api/v1/check", "/api/v1/collate", "/compare"].contains(&path.as_str())
                    || path == "/mcp" => {}
            Rights::Read => return Err(Problem::new(StatusCode::FORBIDDEN, "this token may only read")),
            Rights::None => return Err(Problem::new(StatusCode::UNAUTHORIZED, "a token is needed")),
        }
    }
    if is_read {
        return Ok(request);
    }
    if !matches!(*request.method(), Method::POST | Method::DELETE | Method::PUT) {
        return Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this method is not used here"));
    }
    let kind = text(request.headers(), header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (head, body) = request.into_parts();
    let body = match tokio::time::timeout(UPLOAD, axum::body::to_bytes(body, BODY)).await {
        Err(_) => return Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "the request came too slowly")),
        Ok(Err(_)) => return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "the request is larger than 16 MiB")),
        Ok(Ok(body)) => body,
    };
    if is_for_programs(&path) {
        // A page of another site cannot send this type without asking first, and it is never told yes.
        if kind != "application/json" && !body.is_empty() {
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body must be application/json"));
        }
    } else {
        match kind.as_str() {
            "application/x-www-form-urlencoded" if captures => {}
            "application/x-www-form-urlencoded"
                if field(&body, "token").is_some_and(|t| equal(&digest(&t), &digest(&guard.form))) => {}
            // Dropped files are compared and forgotten; a list of feeds brings the secret among its parts.
            "multipart/form-data" if path == "/compare" || path == LISTS => {}
            "application/x-www-form-urlencoded" => {
                return Err(Problem::new(
                    StatusCode::FORBIDDEN,
                    "the form is out of date; go back, load the page again and send it once more",
                ));
            }
            _ => return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body must be a form")),
        }
    }
    Ok(Request::from_parts(head, Body::from(body)))
}

/// Whether what stands there is for programs.
fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || path == "/mcp" || path.starts_with("/mcp/")
}

/// The host that was asked for, if there is exactly one answer to that.
fn host(request: &Request) -> Option<String> {
    let mut all = request.headers().get_all(header::HOST).iter();
    let named = all.next().and_then(|h| h.to_str().ok());
    if all.next().is_some() {
        return None;
    }
    match (request.uri().authority(), named) {
        (Some(a), Some(h)) if a.as_str() != h => None,
        (Some(a), _) => Some(a.as_str().to_owned()),
        (None, h) => h.map(str::to_owned),
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|v| v.split(';')).find_map(|c| c.trim().strip_prefix(name)?.strip_prefix('='))
}

/// A value in the query of an address.
fn query(uri: &Uri, name: &str) -> Option<String> {
    field(uri.query()?.as_bytes(), name)
}

/// A value in a form as it is sent.
fn field(form: &[u8], name: &str) -> Option<String> {
    form_urlencoded::parse(form).find(|(k, _)| k == name).map(|(_, v)| v.into_owned())
}

/// SHA-256, so that values of any length take the same time to compare.
fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

fn equal(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.iter().zip(b).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

/// The body of a request that the guard has let through.
pub(crate) type Sent = Bytes;

#[cfg(test)]
mod tests {
    use super::*;

    fn guard() -> Guard {
        Guard::new("127.0.0.1:8787".parse().unwrap(), &["desk.example".to_owned()], None, None, &[7; 32])
    }

    #[test]
    fn only_names_that_cannot_be_rebound_are_ours() {
        let ours = [
            "localhost:8787",
            "127.0.0.1:8787",
            "[::1]:8787",
            "LOCALHOST.:8787",
            "192.168.1.7:8787",
            "desk.example",
            "Desk.Example:8787",
            "localhost",
        ];
        ours.iter().for_each(|h| assert!(guard().is_ours(h), "{h}"));
        let foreign = [
            "attacker.example",
            "attacker.example:8787",
            "localhost:80",
            "localhost.attacker.example",
            "127.0.0.1.attacker.example:8787",
            "",
            "a@localhost:8787",
            "localhost:8787/x",
            "[::1",
            "desk.example.attacker.example",
        ];
        foreign.iter().for_each(|h| assert!(!guard().is_ours(h), "{h}"));
    }

    #[test]
    fn a_token_and_its_like_are_told_apart() {
        let it = Guard::new("0.0.0.0:1".parse().unwrap(), &[], Some("right"), Some("reader"), &[7; 32]);
        assert!(it.login("right").is_some());
        assert!(it.login("righ").is_none());
        assert!(it.login("").is_none());
        assert_ne!(it.login("right"), it.login("reader"));
    }
}
