//! `rashomon watch --once` and what its end says of feeds, against a server on this machine.

use crate::desk::rashomon;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

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
