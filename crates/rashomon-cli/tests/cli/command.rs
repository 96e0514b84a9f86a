//! The program from outside: what it prints, where, and how it ends.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// An end of the program.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A folder of inputs to run the program in.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Self {
        let desk = Self(TempDir::new().unwrap());
        for (name, bytes) in files {
            let path = desk.path(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rashomon"));
        command.current_dir(&self.0).args(args).env_remove("NO_COLOR").env_remove("COLUMNS");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ended {
        ended(self.command(args).stdin(Stdio::null()).output().unwrap())
    }

    fn run_with(&self, args: &[&str], input: &[u8]) -> Ended {
        let mut child =
            self.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        ended(child.wait_with_output().unwrap())
    }
}

fn ended(it: std::process::Output) -> Ended {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("all output is UTF-8");
    let ended = Ended {
        code: it.status.code().expect("no signal ended the program"),
        out: text(it.stdout),
        err: text(it.stderr),
    };
    assert!(!ended.err.contains("panicked"), "{}", ended.err);
    ended
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut it = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    it.write_all(bytes).unwrap();
    it.finish().unwrap()
}

const NEWS: &[u8] = b"Gate jams at Orrin dam\n\nA gate of the Orrin dam jammed on Monday, the operator said. \
\"We could have lost the whole valley,\" said engineer Mara Quill.\n";
const MORE: &[u8] = b"Families leave valley\n\nFourteen families left their homes after a gate of the Orrin dam \
jammed on Monday. \"We could have lost the valley,\" engineer Mara Quill said.\n";

#[test]
fn all_read_is_zero() {
    let desk = Desk::new(&[("a.txt", NEWS), ("b.txt", MORE)]);
    for command in ["read", "annotate"] {
        let it = desk.run(&[command, "a.txt", "b.txt"]);
        assert_eq!((it.code, it.err.as_str()), (0, ""), "{command}");
        assert_eq!(it.out.lines().count(), 2);
        assert!(it.out.lines().all(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["text"].is_string()));
    }
    let it = desk.run(&["collate", "a.txt", "b.txt"]);
    let found: serde_json::Value = serde_json::from_str(&it.out).unwrap();
    assert_eq!((it.code, found["schema"].as_str()), (0, Some("rashomon/collation/2")));
    assert_eq!(found["articles"].as_array().unwrap().len(), 2);
}

#[test]
fn what_goes_out_comes_back_as_the_same_bytes() {
    let page = b"<html><head><title>Gate held</title><meta property=\"article:published_time\" content=\"2031-05-05T23:10:00-05:00\">\
</head><body><article><h1>Gate held</h1><p>By Ada Lorne</p><p>The gate of the Orrin dam that jammed on Monday held, \
Vell News reported today.</p><p>\"We could have lost the valley,\" said Mara Quill.</p></article></body></html>";
    let row = b"{\"id\":\"r\",\"text\":\"A gate of the Orrin dam jammed on Monday. (Vell News)\",\"date\":\"2031-05-06\",\"mood\":1e5}\n";
    let desk = Desk::new(&[("a.txt", NEWS), ("b.txt", MORE), ("c.html", page), ("d.jsonl", row)]);
    let inputs = ["a.txt", "b.txt", "c.html", "d.jsonl"];
    for format in ["json", "jsonl", "text", "md", "html"] {
        let wanted = desk.run(&[&["collate", "--format", format], &inputs[..]].concat());
        assert_eq!(wanted.code, 0, "{}", wanted.err);
        for command in ["read", "annotate", "collate"] {
            let sent = desk.run(&[&[command], &inputs[..]].concat()).out;
            let got = desk.run_with(&["collate", "--format", format, "-"], sent.as_bytes());
            assert_eq!(
                (got.code, got.out == wanted.out),
                (0, true),
                "{command} | collate --format {format}: {}",
                got.err
            );
        }
    }
    let annotated = desk.run(&[&["annotate"], &inputs[..]].concat()).out;
    assert_eq!(desk.run_with(&["annotate", "-"], annotated.as_bytes()).out, annotated);
    assert_eq!(
        desk.run_with(&["quotes", "-"], annotated.as_bytes()).out,
        desk.run(&[&["quotes"], &inputs[..]].concat()).out
    );
}

#[test]
fn what_another_version_made_is_refused_by_name() {
    let old = b"{\"schema\":\"rashomon/collation/1\",\"articles\":[{\"id\":\"a\",\"text\":\"A gate jammed.\"}],\"stories\":[]}\n";
    let later = b"{\"schema\":\"rashomon/article/3\",\"id\":\"a\",\"text\":\"A gate jammed.\"}\n";
    let desk = Desk::new(&[("old.json", old), ("later.jsonl", later), ("a.txt", NEWS)]);
    let it = desk.run(&["collate", "a.txt", "old.json", "later.jsonl"]);
    assert_eq!(it.code, 3, "{}", it.err);
    assert!(it.err.contains("old.json:1: rashomon/collation/1 is an earlier version"), "{}", it.err);
    assert!(it.err.contains("later.jsonl:1: rashomon/article/3 is a later version"), "{}", it.err);
}

#[test]
fn one_article_is_shown_to_people() {
    let news = "By Ada Lorne\n\nGate jams at Orrin dam\n\nA gate of the Orrin dam jammed on May 5, 2031, the operator said. \
                \"We could have lost the whole valley,\" said engineer Mara Quill, who leads a crew of 40 people.\n\nShare this article\n";
    let desk = Desk::new(&[("a.txt", news.as_bytes())]);
    let read = desk.run(&["read", "--format", "text", "a.txt"]);
    assert_eq!(read.code, 0, "{}", read.err);
    assert!(read.out.contains("\n┆ Share this article\n"), "furniture is marked:\n{}", read.out);
    assert!(read.out.contains("\nA gate of the Orrin dam jammed"), "{}", read.out);
    let annotated = desk.run(&["annotate", "--format", "text", "a.txt"]).out;
    assert_eq!(desk.run(&["annotate", "a.txt", "-o", "a-read.txt"]).code, 0);
    assert_eq!(
        std::fs::read_to_string(desk.path("a-read.txt")).unwrap(),
        annotated,
        "the ending of the file says what is wanted"
    );
    for words in [
        "• Mara Quill: “We could have lost the whole valley,” · direct, “said”, line 5",
        "May 5, 2031  DATE 2031-05-05, Mon 5 May 2031 · line 5",
        "person        Mara Quill",
        "40 people",
    ] {
        let found = annotated.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(found.contains(&wanted), "{words} in\n{annotated}");
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_done() {
    let cut = {
        let whole = gzip(&NEWS.repeat(40));
        whole[..whole.len() / 2].to_vec()
    };
    let rows =
        b"{\"text\":\"A gate jammed on Monday.\"}\n{\"text\": \nnot json\n{\"id\":\"x\",\"text\":\"It held.\"}\n";
    let desk = Desk::new(&[("good.txt", NEWS), ("cut.gz", &cut), ("rows.jsonl", rows)]);
    for (input, place) in [("nowhere.txt", "nowhere.txt"), ("cut.gz", "cut.gz"), ("rows.jsonl", "rows.jsonl:2")] {
        for command in ["read", "annotate", "collate"] {
            let it = desk.run(&[command, "good.txt", input]);
            assert_eq!(it.code, 3, "{command} {input}: {}", it.err);
            assert!(it.err.contains(&format!("left out: {place}")), "{command} {input}: {}", it.err);
            assert!(it.out.contains("Mara Quill"), "{command} {input}");
            let quiet = desk.run(&["-q", command, "good.txt", input]);
            assert_eq!((quiet.code, quiet.err), (3, it.err), "what is left out is named even if quiet");
        }
    }
    let it = desk.run(&["read", "rows.jsonl"]);
    assert!(it.err.contains("rows.jsonl:3"), "{}", it.err);
    assert_eq!(it.out.lines().count(), 2, "rows 1 and 4 are read");
}

#[test]
fn nothing_readable_is_one() {
    let desk = Desk::new(&[("rows.jsonl", b"{\"text\": \n"), ("cut.gz", &gzip(NEWS)[..20])]);
    for input in ["nowhere.txt", "rows.jsonl", "cut.gz"] {
        for command in ["read", "annotate", "collate"] {
            let it = desk.run(&[command, input]);
            assert_eq!(it.code, 1, "{command} {input}: {}", it.err);
            assert!(it.err.contains(input) && it.err.contains("error: "), "{}", it.err);
        }
    }
}

#[test]
fn odd_input_is_survived_and_told_apart_by_the_exit_code() {
    let binary: Vec<u8> = (0..20_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let deep = format!("<html><body>{}A gate jammed.{}</body></html>", "<div>".repeat(10_000), "</div>".repeat(10_000));
    let cases: [(&str, &[u8]); 9] = [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n\t\n"),
        ("binary.dat", &binary),
        ("zeros.dat", &[0; 4096]),
        ("mixed.txt", b"caf\xe9 au lait, \xe2\x82\xac5, a gate jammed on Monday\n"),
        ("utf16.txt", b"\xff\xfeA\0 \0g\0a\0t\0e\0 \0j\0a\0m\0m\0e\0d\0.\0"),
        ("cut.html", b"<html><head><title>Gate jams</title><body><p>A gate of the dam jam"),
        ("deep.html", deep.as_bytes()),
        ("undated.txt", b"A gate jammed yesterday."),
    ];
    let desk = Desk::new(&cases);
    for (name, _) in cases {
        for command in ["read", "annotate", "collate"] {
            let it = desk.run(&[command, name]);
            let expected = if it.out.is_empty() { 1 } else { i32::from(it.err.contains("left out")) * 3 };
            assert_eq!(it.code, expected, "{command} {name}: {}", it.err);
            if it.code == 1 {
                assert!(it.err.contains(name), "{command} {name} is named: {}", it.err);
            }
        }
    }
}

#[test]
fn a_line_of_100_megabytes_is_survived() {
    let line = b"A gate of the Orrin dam jammed. ".repeat(100 * 1024 * 1024 / 32);
    let desk = Desk::new(&[("long.txt", &line), ("good.txt", NEWS)]);
    let it = desk.run(&["read", "long.txt", "good.txt", "-o", "out.jsonl"]);
    assert!(matches!(it.code, 0 | 3), "{}", it.err);
    assert!(std::fs::read_to_string(desk.path("out.jsonl")).unwrap().contains("Mara Quill"));
}

#[test]
fn the_same_file_twice_counts_once() {
    let desk = Desk::new(&[("a.txt", NEWS), ("b.txt", MORE)]);
    let it = desk.run(&["collate", "a.txt", "b.txt", "a.txt"]);
    assert_eq!(it.code, 0, "{}", it.err);
    assert!(it.err.contains("counted once"), "{}", it.err);
    assert_eq!(it.out, desk.run(&["-q", "collate", "b.txt", "a.txt"]).out, "nor does the order matter");
}

#[test]
fn neither_order_nor_threads_change_a_byte() {
    let desk = Desk::new(&[("a.txt", NEWS), ("b.txt", MORE)]);
    for format in ["json", "jsonl", "text", "md", "html"] {
        let one = desk.run(&["collate", "a.txt", "b.txt", "--format", format, "--threads", "1"]);
        let two = desk.run(&["collate", "b.txt", "a.txt", "--format", format, "--threads", "2"]);
        assert!(!one.out.is_empty());
        assert_eq!(one.out, two.out, "{format}");
    }
}

#[test]
fn wrong_usage_is_two() {
    let desk = Desk::new(&[("a.txt", NEWS)]);
    let cases: &[&[&str]] = &[
        &[],
        &["read"],
        &["collate", "a.txt", "--format", "pdf"],
        &["collate", "a.txt", "--threads", "0"],
        &["collate", "a.txt", "--threads", "many"],
        &["nonsense"],
        &["man", "nonsense"],
    ];
    for args in cases {
        assert_eq!(desk.run(args).code, 2, "{args:?}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let rows: String =
        (0..20_000).map(|n| format!("{{\"text\":\"Gate {n} of the dam jammed on Monday.\"}}\n")).collect();
    let desk = Desk::new(&[("rows.jsonl", rows.as_bytes()), ("a.txt", NEWS)]);
    let cases: &[&[&str]] = &[&["read", "rows.jsonl"], &["completions", "bash"], &["man"], &["schema"], &["--help"]];
    for args in cases {
        let mut child = desk.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut [0; 8]).unwrap();
        drop(out);
        let it = ended(child.wait_with_output().unwrap());
        assert_eq!((it.code, it.err.as_str()), (0, ""), "{args:?}");
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let desk = Desk::new(&[("a.txt", NEWS), ("old.json", b"old")]);
    assert_eq!(desk.run(&["collate", "a.txt", "-o", "new.html"]).code, 0);
    assert!(std::fs::read_to_string(desk.path("new.html")).unwrap().starts_with("<!doctype html>"), "by its ending");
    assert_eq!(desk.run(&["collate", "nowhere.txt", "-o", "old.json"]).code, 1);
    assert_eq!(std::fs::read(desk.path("old.json")).unwrap(), b"old", "a run that fails leaves what was there");
    assert_eq!(desk.run(&["read", "a.txt", "-o", "no/such/folder.jsonl"]).code, 1);
    let left: Vec<_> = std::fs::read_dir(&desk.0).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "nothing half-written stays behind: {left:?}");
}

#[test]
fn standard_input_and_compressed_files_are_read() {
    let desk = Desk::new(&[("a.txt.gz", &gzip(NEWS)), ("folder/b.txt", MORE)]);
    assert!(desk.run(&["read", "a.txt.gz"]).out.contains("Mara Quill"));
    assert!(desk.run_with(&["read", "-"], NEWS).out.contains("Mara Quill"));
}

#[test]
fn colour_is_for_terminals() {
    let desk = Desk::new(&[("a.txt", NEWS), ("b.txt", MORE)]);
    let text = |more: &[&str]| desk.run(&[&["collate", "a.txt", "b.txt", "--format", "text"], more].concat()).out;
    assert!(!text(&[]).contains('\u{1b}'));
    assert!(!text(&["--color", "never"]).contains('\u{1b}'));
    assert!(text(&["--color", "always"]).contains('\u{1b}'));
}

#[test]
fn every_subcommand_has_help_with_an_example_and_a_page() {
    let desk = Desk::new(&[]);
    for command in subcommands(&desk) {
        let help = desk.run(&[&command, "--help"]);
        assert_eq!(help.code, 0);
        assert!(help.out.contains("Examples:") && help.out.contains(&format!("rashomon {command}")), "{command}");
        let page = desk.run(&["man", &command]);
        assert!(page.out.contains(&format!(".TH rashomon-{command} ")), "{command}");
    }
    assert!(desk.run(&["--version"]).out.starts_with("rashomon "));
}

fn subcommands(desk: &Desk) -> Vec<String> {
    let help = desk.run(&["-h"]).out;
    let list = help.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap();
    let first = list.lines().filter(|l| l.starts_with("  ") && !l.starts_with("   "));
    let names: Vec<_> = first.filter_map(|l| l.split_whitespace().next()).map(str::to_owned).collect();
    assert!(names.len() >= 6);
    names.into_iter().filter(|it| it != "help").collect()
}

#[test]
fn real_output_is_as_the_schema_says() {
    let desk = Desk::new(&[]);
    let schema: serde_json::Value = serde_json::from_str(&desk.run(&["schema"]).out).unwrap();
    let check = jsonschema::validator_for(&schema).unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/ferry/articles");
    let mut inputs: Vec<_> = std::fs::read_dir(example).unwrap().map(|it| it.unwrap().path()).collect();
    inputs.sort();
    let inputs: Vec<_> = inputs.iter().map(|it| it.to_str().unwrap()).collect();
    let found: serde_json::Value = serde_json::from_str(&desk.run(&[&["collate"], &inputs[..]].concat()).out).unwrap();
    let errors: Vec<_> = check.iter_errors(&found).map(|e| format!("{} {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(!check.is_valid(&serde_json::json!({"schema": "rashomon/collation/2", "articles": [{}], "stories": []})));
}

const BAKERY: &[u8] =
    b"Bread is dear\n\nBakers in the capital ask more for bread than ever, the guild said on Monday.\n";

#[test]
fn reports_told_apart_are_one_story_where_somebody_says_so() {
    let desk = Desk::new(&[("a.txt", NEWS), ("b.txt", MORE), ("c.txt", BAKERY)]);
    let inputs = ["a.txt", "b.txt", "c.txt"];
    let stories = |args: &[&str]| -> Vec<serde_json::Value> {
        let it = desk.run(&[&["collate", "--format", "json"], args, &inputs[..]].concat());
        assert_eq!(it.code, 0, "{}", it.err);
        let found: serde_json::Value = serde_json::from_str(&it.out).unwrap();
        found["stories"].as_array().unwrap().clone()
    };
    assert_eq!(stories(&[]).len(), 2);
    let one = stories(&["--one-story"]);
    assert_eq!(one.len(), 1);
    assert_eq!(one[0]["articles"].as_array().unwrap().len(), 3);
    // The join that somebody made names itself; those that were found keep their own rule.
    let rules: Vec<&str> = one[0]["joins"].as_array().unwrap().iter().map(|j| j["rule"].as_str().unwrap()).collect();
    assert_eq!(rules.iter().filter(|it| **it == "pinned").count(), 1, "{rules:?}");
    assert_eq!(rules.iter().filter(|it| **it == "same-event").count(), 1, "{rules:?}");
    for format in ["text", "md", "html"] {
        let it = desk.run(&[&["collate", "--one-story", "--format", format], &inputs[..]].concat());
        assert_eq!(
            it.out.split_whitespace().collect::<Vec<_>>().join(" ").matches("you said so (pinned)").count(),
            1,
            "{}",
            it.out
        );
    }
    let explained = desk.run(&["explain", "pinned"]);
    assert_eq!(explained.code, 0);
    assert_eq!(desk.run(&["collate", "--one-story", "--story", "x", "--store", "none.db"]).code, 2);
}

#[test]
fn help_lists_all_that_is_read() {
    let desk = Desk::new(&[]);
    let rss = "<rss version='2.0'><channel><title>Orrin Courier</title><item><title>Gate</title><link>https://orrin.example/1</link>\
               <description>A gate of the dam jammed.</description></item></channel></rss>";
    let mut commands = vec!["read", "annotate", "collate", "quotes", "check", "group", "why"];
    commands.extend(cfg!(feature = "store").then_some("add"));
    let mut kinds = vec!["plain text", "HTML", "JSONL", ".gz or .zst"];
    if cfg!(feature = "inputs") {
        kinds.extend(["RSS", "Atom", "JSON Feed", "WARC", "WACZ", "CSV", "Parquet", "ninjs", "NewsML-G2"]);
    }
    for command in commands {
        let help = desk.run(&[command, "--help"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
        for kind in &kinds {
            assert!(help.contains(kind), "{command} does not say that it reads {kind}: {help}");
        }
        assert_eq!(help.contains("addresses"), cfg!(feature = "watch"), "{help}");
    }
    let desk = Desk::new(&[("feed.xml", rss.as_bytes())]);
    assert!(!cfg!(feature = "inputs") || desk.run(&["read", "feed.xml"]).code == 0);
}
