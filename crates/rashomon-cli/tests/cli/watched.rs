//! `rashomon watch --once` and what its end says of feeds, against a server on this machine.

use crate::desk::{command, rashomon, succeed};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

const HEAD: &str = "<rss version='2.0'><channel><title>Harbour Post</title>";

/// Begins to answer by path, whatever host it is asked as; gives the port.
fn serve(answer: impl Fn(&str) -> (u16, String) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut line = String::new();
            let mut lines = BufReader::new(stream.try_clone().unwrap());
            let _ = lines.read_line(&mut line);
            let mut rest = String::new();
            while lines.read_line(&mut rest).is_ok_and(|n| n > 2) {
                rest.clear();
            }
            let (status, body) = answer(line.split(' ').nth(1).unwrap_or_default());
            let head = format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = stream.write_all((head + &body).as_bytes());
        }
    });
    port
}

#[test]
fn a_feed_that_is_left_out_is_named_and_the_exit_code_says_so() {
    let desk = tempfile::tempdir().unwrap();
    let port = serve(|path| match path {
        "/robots.txt" => (200, "User-agent: *\nDisallow: /closed\n".into()),
        "/whole" => (200, format!("{HEAD}</channel></rss>")),
        "/broken" => (
            200,
            format!("{HEAD}\n<item><title>Ferry</title></item>\n<item><title>Lo & ck</title></item></channel></rss>"),
        ),
        "/page" => (200, "<!doctype html><html><body>Please log in.</body></html>".into()),
        _ => (404, String::new()),
    });
    let cases = [
        ("whole", 0, ""),
        ("broken", 3, "1 of 2 items cannot be read, the first at line 3"),
        ("page", 3, "not a feed, but a page in HTML"),
        ("closed", 3, "robots.txt asks that it not be fetched"),
        ("missing", 3, "the server answers 404"),
    ];
    for (path, code, said) in cases {
        let url = format!("http://127.0.0.1:{port}/{path}");
        let store = format!("{path}.db");
        let run = rashomon(
            desk.path(),
            &["watch", &url, "--once", "--quiet", "--allow-private", "127.0.0.0/8", "--store", &store],
        );
        let told = text(&run.stderr);
        assert_eq!(run.status.code(), Some(code), "{path}: {told}");
        assert!(told.contains(said) && told.matches("left out").count() == usize::from(code == 3), "{path}: {told}");
        assert!(code == 0 || told.contains(&url), "{told}");
    }
    let status = text(&rashomon(desk.path(), &["watch", "--status", "--store", "page.db"]).stdout);
    assert!(status.contains("/page  failing since "), "{status}");
}

/// A watch whose server has not answered yet is told to end, once or `twice`; how it ends, after how long, and its lines from
/// then on.
#[cfg(unix)]
fn interrupted(twice: bool, options: &[&str]) -> (Option<i32>, Duration, String) {
    let desk = tempfile::tempdir().unwrap();
    let (asked, wait) = std::sync::mpsc::channel();
    let port = serve(move |_| {
        let _ = asked.send(());
        std::thread::sleep(Duration::from_secs(6));
        (404, String::new())
    });
    let url = format!("http://127.0.0.1:{port}/feed");
    let args = [&["watch", &url, "--allow-private", "127.0.0.0/8", "--store", "news.db"], options].concat();
    let mut child = command(desk.path(), &args).spawn().unwrap();
    wait.recv_timeout(Duration::from_secs(60)).unwrap();
    let id = child.id().to_string();
    let interrupt = || std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
    let began = Instant::now();
    interrupt();
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    let mut told = String::new();
    while !told.contains("ending") && lines.read_line(&mut told).unwrap() > 0 {}
    if twice {
        // The line is there at once, not with the answer.
        assert!(began.elapsed() < Duration::from_secs(4), "{told}");
        interrupt();
    }
    lines.read_to_string(&mut told).unwrap();
    let code = child.wait().unwrap().code();
    let took = began.elapsed();
    let check = text(&succeed(desk.path(), &["store", "check", "--store", "news.db"]).stdout);
    assert!(check.contains("all is well"), "{check}");
    let names = std::fs::read_dir(desk.path()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    let beside: Vec<String> = names.filter(|name| !name.starts_with("news.db")).collect();
    assert!(beside.is_empty(), "{beside:?}");
    (code, took, told)
}

#[cfg(unix)]
#[test]
fn a_watch_that_is_to_end_says_what_it_waits_for_and_ends_at_once_when_told_twice() {
    let (code, took, told) = interrupted(true, &[]);
    assert!(told.contains("ending: waiting for the answer of 127.0.0.1") && told.contains("again"), "{told}");
    assert_eq!(code, Some(130), "{told}");
    assert!(took < Duration::from_secs(5), "{took:?}");
    let (code, took, told) = interrupted(false, &["--quiet"]);
    assert_eq!((code, told.as_str()), (Some(0), ""));
    assert!(took >= Duration::from_secs(3), "the answer is waited for: {took:?}");
}
