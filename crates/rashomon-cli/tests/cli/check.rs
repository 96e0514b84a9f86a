//! `check`: an answer for people and programs, and a code for scripts.

use crate::desk::rashomon;
use serde_json::Value;

const TEXT: &str = "Captain Oskar Reyd denied that the ferry was overloaded. “The boats stay where they are until the storm is \
                    over,” Ada Stone said on Monday. Stone said that the nets were safe at the pier.\n";

#[test]
fn every_answer_has_its_code() {
    let desk = tempfile::tempdir().unwrap();
    std::fs::write(desk.path().join("a.txt"), TEXT).unwrap();
    for (sentence, speaker, verdict, code) in [
        ("The boats stay where they are until the storm is over", None, "verbatim", 0),
        ("Nobody asked the fishermen about their nets", None, "absent", 1),
        ("The boats stay where they are", None, "truncated", 4),
        ("The ships stay where they are until the storm is over", None, "altered", 5),
        ("The boats do not stay where they are until the storm is over", None, "negated", 5),
        ("The boats stay where they are until the storm is over", Some("Oskar Reyd"), "other-speaker", 6),
        ("the nets were safe at the pier", None, "reported", 7),
        ("the ferry was overloaded", None, "denied", 8),
    ] {
        let mut args = vec!["check", sentence, "a.txt", "--format", "json"];
        args.extend(speaker.iter().flat_map(|name| ["--speaker", name]));
        let run = rashomon(desk.path(), &args);
        let answer: Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(
            (answer["verdict"].as_str(), run.status.code()),
            (Some(verdict), Some(code)),
            "{sentence}: {answer}"
        );
        for form in answer["forms"].as_array().unwrap() {
            let span: Vec<usize> =
                form["span"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap() as usize).collect();
            assert_eq!(&TEXT[span[0]..span[1]], form["quotation"].as_str().unwrap());
            assert!(form["speaker"].is_string() && form["relation"].is_string() && form["differences"].is_array());
        }
        let told = rashomon(desk.path(), &["check", sentence, "a.txt", "--format", "text"]);
        assert!(!told.stdout.is_empty());
    }
}

#[test]
fn that_nobody_could_look_is_no_answer() {
    let desk = tempfile::tempdir().unwrap();
    std::fs::write(desk.path().join("a.txt"), TEXT).unwrap();
    for (args, code, named) in [
        (&["check", "the ferry was overloaded", "missing.txt"][..], 9, "missing.txt"),
        (&["check", "the ferry was overloaded", "a.txt", "missing.txt"][..], 8, "missing.txt"),
        (&["check", "…", "a.txt"][..], 2, "no words"),
    ] {
        let run = rashomon(desk.path(), args);
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(code), "{args:?}: {told}");
        assert!(told.contains(named), "{args:?}: {told}");
    }
}
