//! A server on this machine that behaves like the world: it packs, moves, stalls, lies, forbids and forgets.

use jiff::{Timestamp, ToSpan};
use rashomon_store::{Outcome, Store};
use rashomon_watch::{Ask, Failed, Fetcher, Guard, Limits, Manners, Net, Next, Watcher};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

type Answers = Arc<Mutex<HashMap<String, Box<dyn FnMut(&Request) -> Act + Send>>>>;

struct Request {
    headers: Vec<(String, String)>,
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1.as_str())
    }
}

enum Act {
    /// Status, headers, body.
    Say(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// Bytes as they are, then silence of so long between each.
    Drip(Vec<u8>, Duration),
    /// Headers and a body without end.
    Endless,
    /// Closes at once.
    Nothing,
}

fn say(status: u16, body: &str) -> Act {
    Act::Say(status, vec![("Content-Type", "text/html; charset=utf-8".into())], body.into())
}

/// A server; what it answers can be changed while it runs.
struct World {
    base: String,
    answers: Answers,
    asked: Arc<Mutex<Vec<(String, Instant)>>>,
}

impl World {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (answers, asked): (Answers, Arc<Mutex<Vec<(String, Instant)>>>) = Default::default();
        let (a, b) = (answers.clone(), asked.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answers, asked) = (a.clone(), b.clone());
                std::thread::spawn(move || {
                    let _ = serve(stream, &answers, &asked);
                });
            }
        });
        Self { base, answers, asked }
    }

    fn on(&self, path: &str, answer: impl FnMut(&Request) -> Act + Send + 'static) {
        self.answers.lock().unwrap().insert(path.to_owned(), Box::new(answer));
    }

    fn page(&self, path: &str, body: &str) {
        let body = body.to_owned();
        self.on(path, move |_| say(200, &body));
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn count(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|it| it.0 == path).count()
    }
}

fn serve(mut stream: TcpStream, answers: &Answers, asked: &Mutex<Vec<(String, Instant)>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split_whitespace().nth(1).unwrap_or("/").to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim().split_once(':') {
            Some((name, value)) => headers.push((name.to_owned(), value.trim().to_owned())),
            None => break,
        }
    }
    asked.lock().unwrap().push((path.clone(), Instant::now()));
    let act = match answers.lock().unwrap().get_mut(&path) {
        Some(answer) => answer(&Request { headers }),
        None => say(404, "nothing here"),
    };
    match act {
        Act::Say(status, headers, body) => {
            write!(stream, "HTTP/1.1 {status} X\r\n")?;
            for (name, value) in &headers {
                write!(stream, "{name}: {value}\r\n")?;
            }
            if status != 304 {
                write!(stream, "Content-Length: {}\r\n", body.len())?;
            }
            write!(stream, "Connection: close\r\n\r\n")?;
            stream.write_all(if status == 304 { &[] } else { &body })?;
        }
        Act::Drip(bytes, pause) => {
            for byte in bytes {
                stream.write_all(&[byte])?;
                stream.flush()?;
                std::thread::sleep(pause);
            }
        }
        Act::Endless => {
            write!(stream, "HTTP/1.1 200 X\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[b'a'; 65536])?;
            }
        }
        Act::Nothing => {}
    }
    Ok(())
}

fn fetcher() -> Fetcher {
    let guard = Guard { allowed: vec!["127.0.0.0/8".parse().unwrap()] };
    let limits = Limits { body: 1 << 20, time: Duration::from_secs(3), ..Limits::default() };
    Fetcher::new("rashomon/test", guard, limits, None, Vec::new()).unwrap()
}

fn broken(it: Result<rashomon_watch::Answer, Failed>) -> String {
    match it {
        Err(Failed::Broken(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_inside_is_never_asked() {
    let world = World::new();
    world.page("/", "secret");
    let port = world.base.rsplit(':').next().unwrap();
    let closed = Fetcher::new("x", Guard::default(), Limits::default(), None, Vec::new()).unwrap();
    let mut tried: Vec<String> = [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[::7f00:1]",
        "①②⑦.⓪.⓪.①",
    ]
    .iter()
    .map(|host| format!("http://{host}:{port}/"))
    .collect();
    tried.extend(
        ["file:///etc/passwd", "ftp://127.0.0.1/", "http://169.254.169.254/latest/meta-data/"].map(str::to_owned),
    );
    for url in tried {
        let it = closed.get(&Ask::plain(&url));
        assert!(matches!(it, Err(Failed::Refused(_))), "{url}: {it:?}");
    }
    assert_eq!(world.count("/"), 0);
    // And at every hop: an allowed host that leads to one that is not.
    let to = World::new();
    to.on("/", |_| Act::Say(302, vec![("Location", "http://[::1]:1/".into())], vec![]));
    assert!(matches!(fetcher().get(&Ask::plain(&to.url("/"))), Err(Failed::Refused(_))));
    to.on("/f", |_| Act::Say(302, vec![("Location", "file:///etc/passwd".into())], vec![]));
    assert!(matches!(fetcher().get(&Ask::plain(&to.url("/f"))), Err(Failed::Refused(_))));
}

#[test]
fn bodies_headers_redirects_and_time_have_limits() {
    let world = World::new();
    let net = fetcher();
    let get = |path: &str| net.get(&Ask::plain(&world.url(path)));
    world.on("/endless", |_| Act::Endless);
    assert!(broken(get("/endless")).contains("larger than"));
    let bomb = {
        let mut it = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        it.write_all(&vec![b' '; 20 << 20]).unwrap();
        it.finish().unwrap()
    };
    world.on("/bomb", move |_| {
        Act::Say(200, vec![("Content-Type", "text/html".into()), ("Content-Encoding", "gzip".into())], bomb.clone())
    });
    assert!(broken(get("/bomb")).contains("larger than"));
    let drip = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\nslow, so slow, and slower still, it never comes to an end".to_vec();
    world.on("/drip", move |_| Act::Drip(drip.clone(), Duration::from_millis(200)));
    let started = Instant::now();
    broken(get("/drip"));
    assert!(started.elapsed() < Duration::from_secs(6), "{:?}", started.elapsed());
    world.on("/headers", |_| Act::Say(200, vec![("X", "a".repeat(200_000))], vec![]));
    broken(get("/headers"));
    world.on("/a", |_| Act::Say(302, vec![("Location", "/b".into())], vec![]));
    world.on("/b", |_| Act::Say(302, vec![("Location", "/a".into())], vec![]));
    assert!(broken(get("/a")).contains("circle"));
    for n in 0..9 {
        world.on(&format!("/r{n}"), move |_| Act::Say(307, vec![("Location", format!("/r{}", n + 1))], vec![]));
    }
    assert!(broken(get("/r0")).contains("redirects"));
    world.on("/cut", |_| Act::Say(200, vec![("Content-Length", "900".into())], b"short".to_vec()));
    world.on("/nothing", |_| Act::Nothing);
    broken(get("/nothing"));
    world.on("/bad", |_| Act::Drip(b"this is not HTTP\r\n\r\n".to_vec(), Duration::ZERO));
    broken(get("/bad"));
}

#[test]
fn packing_validators_and_moves_are_understood() {
    let world = World::new();
    let net = fetcher();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all("<p>Fähre</p>".as_bytes()).unwrap();
    let gz = gz.finish().unwrap();
    world.on("/gz", move |it| {
        assert!(it.header("accept-encoding").unwrap().contains("gzip"));
        assert_eq!(it.header("user-agent"), Some("rashomon/test"));
        assert!(it.header("cookie").is_none());
        Act::Say(200, vec![("Content-Type", "text/html".into()), ("Content-Encoding", "gzip".into())], gz.clone())
    });
    assert_eq!(net.get(&Ask::plain(&world.url("/gz"))).unwrap().body, "<p>Fähre</p>".as_bytes());
    // "<p>Ferry</p>" as the reference encoder packs it.
    let br = b"\x8b\x05\x80<p>Ferry</p>\x03".to_vec();
    world.on("/br", move |it| {
        assert!(it.header("accept-encoding").unwrap().contains("br"));
        Act::Say(200, vec![("Content-Type", "text/html".into()), ("Content-Encoding", "br".into())], br.clone())
    });
    assert_eq!(net.get(&Ask::plain(&world.url("/br"))).unwrap().body, b"<p>Ferry</p>");
    world.on("/tag", |it| {
        if it.header("if-none-match") == Some("\"v1\"") { Act::Say(304, vec![], vec![]) } else { say(200, "new") }
    });
    let ask = Ask { url: world.url("/tag"), etag: Some("\"v1\"".into()), last_modified: None };
    assert_eq!(net.get(&ask).unwrap().status, 304);
    for (path, status, for_good) in [("/m1", 301, true), ("/m2", 302, false), ("/m7", 307, false), ("/m8", 308, true)] {
        let to = world.url("/there");
        world.on(path, move |_| Act::Say(status, vec![("Location", to.clone())], vec![]));
        world.page("/there", "here");
        let it = net.get(&Ask::plain(&world.url(path))).unwrap();
        assert_eq!((it.status, it.moved_to().is_some()), (200, for_good), "{path}");
    }
}

const FERRY: &str = "<p>The ferry Lind ran aground off Port Nora on Tuesday with 212 people on board, the harbour office said.</p>\
    <p>Nobody was hurt, and two tugs were on their way from Calder Bay in the early evening, a spokeswoman told reporters.</p>";

fn page(body: &str) -> String {
    format!(
        "<!doctype html><html><head><title>Ferry aground</title></head><body><article><h1>Ferry aground</h1>{body}</article></body></html>"
    )
}

fn feed(world: &World, paths: &[&str]) -> String {
    let items: String =
        paths.iter().map(|it| format!("<item><title>x</title><link>{}</link></item>", world.url(it))).collect();
    format!(
        "<rss version='2.0'><channel><title>Harbour Post</title><link>{}</link><description>d</description>{items}</channel></rss>",
        world.base
    )
}

/// A watcher whose clock is moved by hand; the net is real.
struct Watched {
    watcher: Watcher,
    now: Timestamp,
    net: Fetcher,
    stored: Vec<Outcome>,
}

impl Watched {
    fn new(world: &World) -> Self {
        let mut store = Store::in_memory().unwrap();
        let now: Timestamp = "2031-05-04T08:00:00Z".parse().unwrap();
        store.add_feed(&world.url("/feed"), None, now).unwrap();
        let watcher = Watcher::new(store, Manners { pause: Duration::from_secs(1), ..Manners::default() }).unwrap();
        Self { watcher, now, net: fetcher(), stored: Vec::new() }
    }

    /// Lives on until `until`, doing all that comes due.
    fn live(&mut self, until: Timestamp) {
        loop {
            match self.watcher.next(self.now).unwrap() {
                Next::Ask(job) => {
                    let answer = self.net.get(&job.ask);
                    let done = self.watcher.done(&job, answer, self.now, Duration::ZERO).unwrap();
                    self.stored.extend(done.added.map(|it| it.outcome));
                }
                Next::Wait(at) if at <= until => self.now = at,
                _ => {
                    self.now = until;
                    return;
                }
            }
        }
    }

    fn minutes(&mut self, n: i64) {
        let until = self.now.checked_add(n.minutes()).unwrap();
        self.live(until);
    }

    fn store(&mut self) -> &mut Store {
        self.watcher.store()
    }
}

#[test]
fn an_edit_a_stub_a_disappearance_and_a_return_are_seen() {
    let world = World::new();
    world.page("/robots.txt", "User-agent: *\nDisallow: /private\n");
    let list = feed(&world, &["/ferry", "/private/x"]);
    world.on("/feed", move |_| {
        Act::Say(200, vec![("Content-Type", "application/rss+xml".into())], list.clone().into_bytes())
    });
    world.page("/ferry", &page(FERRY));
    let mut it = Watched::new(&world);
    it.minutes(5);
    assert_eq!(it.stored, [Outcome::New]);
    assert_eq!(world.count("/private/x"), 0);
    world.page("/ferry", &page(&FERRY.replace("212", "214")));
    it.minutes(20);
    assert_eq!(it.stored.last(), Some(&Outcome::Version));
    let key = it.store().find_article(&world.url("/ferry")).unwrap().id;
    let diff = it.store().diff(&key, 1, 2).unwrap();
    assert!(
        diff.rows().iter().any(|it| it.touches.contains(&"number") && it.from.contains("212")),
        "{:?}",
        diff.rows()
    );
    // A counter is no edit.
    world.page("/ferry", &page(&format!("{}<p>12 comments</p>", FERRY.replace("212", "214"))));
    it.minutes(20);
    assert_eq!(it.store().versions(&key).unwrap().iter().filter(|it| !it.trivial).count(), 2);
    world.on("/ferry", |_| say(404, "gone"));
    let before = world.count("/ferry");
    while world.count("/ferry") == before {
        it.minutes(1);
    }
    assert_eq!(it.store().article(&key).unwrap().unwrap().state, "live", "one 404 may be a slip");
    it.minutes(40);
    assert_eq!(it.store().article(&key).unwrap().unwrap().state, "gone");
    world.page(
        "/ferry",
        &page("<p>This article has been withdrawn because the harbour office denied what it said.</p>"),
    );
    it.minutes(36 * 60);
    let article = it.store().article(&key).unwrap().unwrap();
    assert_eq!(article.state, "withdrawn");
    let fetches = it.store().fetches(None, Some(&key), None, 100).unwrap();
    assert!(fetches.items.iter().any(|it| it.outcome == "gone" && it.status == Some(404)));
    assert!(it.store().fetches(None, None, None, 100).unwrap().items.iter().any(|it| it.outcome == "robots"));
}

#[test]
fn a_server_that_asks_for_rest_gets_it() {
    let world = World::new();
    world.page("/robots.txt", "");
    world.on("/feed", |_| Act::Say(429, vec![("Retry-After", "7200".into())], vec![]));
    let mut it = Watched::new(&world);
    it.minutes(115);
    assert_eq!(world.count("/feed"), 1);
    world.on("/feed", |_| {
        Act::Say(
            503,
            vec![
                ("Date", "Sun, 04 May 2031 10:00:00 GMT".into()),
                ("Retry-After", "Sun, 04 May 2031 13:00:00 GMT".into()),
            ],
            vec![],
        )
    });
    it.minutes(10);
    assert_eq!(world.count("/feed"), 2);
    it.minutes(170);
    assert_eq!(world.count("/feed"), 2);
    // Errors slow down and never stop.
    world.on("/feed", |_| say(500, "no"));
    it.minutes(10 * 24 * 60);
    let n = world.count("/feed");
    assert!((8..60).contains(&n), "{n}");
    let feed = it.store().feeds().unwrap().remove(0);
    assert!(feed.failures > 5 && feed.reason.unwrap().contains("500"));
    it.minutes(48 * 60);
    assert!(world.count("/feed") > n);
}

#[test]
fn robots_that_vanish_close_a_host_and_404_opens_it() {
    let world = World::new();
    world.on("/robots.txt", |_| say(503, ""));
    let list = feed(&world, &["/ferry"]);
    world.on("/feed", move |_| {
        Act::Say(200, vec![("Content-Type", "application/rss+xml".into())], list.clone().into_bytes())
    });
    world.page("/ferry", &page(FERRY));
    let mut it = Watched::new(&world);
    it.minutes(60);
    assert_eq!(world.count("/feed"), 0, "what cannot be asked is not fetched");
    assert!(world.count("/robots.txt") > 1);
    world.on("/robots.txt", |_| say(404, ""));
    it.minutes(90);
    assert!(world.count("/feed") > 0 && world.count("/ferry") > 0);
    // A copy that is a day old holds while the file cannot be reached.
    world.on("/robots.txt", |_| say(500, ""));
    let before = world.count("/feed");
    it.minutes(26 * 60);
    assert!(world.count("/feed") > before);
}

#[test]
fn a_move_is_proposed_and_followed_only_when_a_person_says_so() {
    let world = World::new();
    world.page("/robots.txt", "");
    let (list, to) = (feed(&world, &["/ferry"]), world.url("/new"));
    world.on("/feed", move |_| Act::Say(301, vec![("Location", to.clone())], vec![]));
    world.on("/new", move |_| {
        Act::Say(200, vec![("Content-Type", "text/xml".into()), ("ETag", "\"same\"".into())], list.clone().into_bytes())
    });
    world.page("/ferry", &page(FERRY));
    let mut it = Watched::new(&world);
    it.minutes(90);
    let feed = it.store().feeds().unwrap().remove(0);
    assert_eq!((feed.state.as_str(), feed.moved_to.as_deref()), ("moved", Some(&*world.url("/new"))));
    assert_eq!(feed.url, world.url("/feed"));
    let now = it.now;
    it.store().adopt_move(feed.id, now).unwrap();
    assert_eq!(it.store().feeds().unwrap()[0].url, world.url("/new"));
}

#[test]
fn a_feed_that_cannot_be_read_fails_until_it_can_whatever_its_tag_says() {
    let world = World::new();
    world.page("/robots.txt", "");
    world.page("/ferry", &page(FERRY));
    let tagged = |body: String| {
        move |it: &Request| match it.header("if-none-match") {
            Some(_) => Act::Say(304, vec![], vec![]),
            None => Act::Say(200, vec![("ETag", "\"1\"".into())], body.clone().into_bytes()),
        }
    };
    world.on("/feed", tagged(page("<p>Please log in.</p>")));
    let mut it = Watched::new(&world);
    it.minutes(180);
    let feed_of = |it: &mut Watched| it.store().feeds().unwrap().remove(0);
    let found = feed_of(&mut it);
    assert!(found.failures >= 2, "not said to be as it was: {found:?}");
    assert!(found.reason.as_deref().is_some_and(|it| it.contains("a page in HTML")), "{found:?}");
    // One that breaks off is read as far as it goes, and what is missing is written down.
    let list = feed(&world, &["/ferry", "/quay"]).replace("</channel></rss>", "");
    world
        .on("/feed", tagged(list.replace("<title>x</title><link>http", "<title>x</title>\n<link>http") + "<item><tit"));
    it.minutes(24 * 60);
    let found = feed_of(&mut it);
    assert_eq!((found.failures, found.items, found.reason), (0, 2, None));
    assert!(it.store().find_article(&world.url("/ferry")).is_ok());
    let said: Vec<String> =
        it.store().fetches(None, None, None, 100).unwrap().items.into_iter().filter_map(|it| it.reason).collect();
    assert!(said.iter().any(|it| it.starts_with("1 of 3 items cannot be read, the first at line 3: ")), "{said:?}");
}

#[test]
fn what_is_no_page_or_in_the_wrong_letters_breaks_nothing() {
    let world = World::new();
    world.on("/robots.txt", |_| Act::Nothing);
    let mut it = Watched::new(&world);
    it.minutes(30);
    world.on("/robots.txt", |_| say(404, ""));
    let list = feed(&world, &["/latin", "/picture", "/empty", "/ferry"]);
    world.on("/feed", move |_| Act::Say(200, vec![], list.clone().into_bytes()));
    let mut latin = page(&FERRY.replace("Lind", "L\u{00e4}nd")).replace('\u{00e4}', "@").into_bytes();
    latin.iter_mut().filter(|b| **b == b'@').for_each(|b| *b = 0xe4);
    world
        .on("/latin", move |_| Act::Say(200, vec![("Content-Type", "text/html; charset=utf-8".into())], latin.clone()));
    world.on("/picture", |_| Act::Say(200, vec![("Content-Type", "image/png".into())], b"\x89PNG\r\n\x1a\n".to_vec()));
    world.page("/empty", "");
    world.page("/ferry", &page(&FERRY.replace("Tuesday", "Wednesday")));
    it.minutes(120);
    assert!(it.stored.iter().filter(|it| **it == Outcome::New).count() >= 2, "{:?}", it.stored);
    let key = it.store().find_article(&world.url("/latin")).unwrap().id;
    assert!(it.store().read_version(&key, None).unwrap().text.contains("Länd"));
}

#[test]
fn validators_that_lie_cookies_and_clocks_that_jump_hide_no_edit() {
    let world = World::new();
    world.page("/robots.txt", "");
    let list = feed(&world, &["/ferry", "/tug"]);
    world.on("/feed", move |_| {
        Act::Say(200, vec![("Content-Type", "application/rss+xml".into())], list.clone().into_bytes())
    });
    // Says that nothing has changed to everybody who has a tag, whatever stands there.
    let lying = |text: String| {
        move |it: &Request| {
            assert!(it.header("cookie").is_none(), "what a server puts into a cookie does not come back");
            if it.header("if-none-match").is_some() {
                return Act::Say(304, vec![], vec![]);
            }
            let headers = vec![
                ("Content-Type", "text/html".into()),
                ("ETag", "\"1\"".into()),
                ("Set-Cookie", "who=reader".into()),
            ];
            Act::Say(200, headers, page(&text).into_bytes())
        }
    };
    world.on("/ferry", lying(FERRY.to_owned()));
    world.page("/tug", &page(&FERRY.replace("ferry Lind", "tug Gull")));
    let mut it = Watched::new(&world);
    it.minutes(60);
    assert_eq!(it.stored.iter().filter(|it| **it == Outcome::New).count(), 2);
    let versions = |it: &mut Watched, path: &str| {
        let key = it.store().find_article(&world.url(path)).unwrap().id;
        it.store().versions(&key).unwrap().len()
    };
    world.on("/ferry", lying(FERRY.replace("212", "214")));
    it.minutes(24 * 60);
    assert_eq!(versions(&mut it, "/ferry"), 1, "the lie is believed for some days");
    it.minutes(20 * 24 * 60);
    assert_eq!(versions(&mut it, "/ferry"), 2, "and not for ever");
    // The clock of this machine is put back by two hours, and then wakes a month later.
    it.now = it.now.checked_sub(2.hours()).unwrap();
    world.page("/tug", &page(&FERRY.replace("ferry Lind", "tug Gull").replace("212", "213")));
    it.minutes(8 * 24 * 60);
    assert_eq!(versions(&mut it, "/tug"), 2);
    it.now = it.now.checked_add((30 * 24).hours()).unwrap();
    world.page("/tug", &page(&FERRY.replace("ferry Lind", "tug Gull").replace("212", "215")));
    let before = world.count("/tug");
    it.minutes(60);
    assert_eq!(versions(&mut it, "/tug"), 3);
    let looks = world.count("/tug") - before;
    assert!((4..=5).contains(&looks), "one look for all that were missed, then from the top: {looks}");
}
