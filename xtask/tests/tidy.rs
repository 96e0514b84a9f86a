//! The shape of the repository: arrows between crates, module headers, paths in the documentation.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// All files below `folder` with one of the endings, without build output.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(it) = todo.pop() {
        for entry in fs::read_dir(&it).unwrap().map(|e| e.unwrap().path()) {
            let name = entry.file_name().unwrap().to_string_lossy().into_owned();
            if entry.is_dir() {
                if !name.starts_with('.') && !["target", "node_modules", "venv"].contains(&name.as_str()) {
                    todo.push(entry);
                }
            } else if endings.iter().any(|e| name.ends_with(e)) {
                out.push(entry);
            }
        }
    }
    out.sort();
    out
}

/// Each crate may use those listed beside it and no other of ours. The list is in order: arrows only point up.
const ARROWS: &[(&str, &[&str])] = &[
    ("rashomon-model", &[]),
    ("rashomon-tables", &[]),
    ("rashomon-language", &["rashomon-model"]),
    // Without its feature `findings`, which is off there, the wire knows the model only.
    ("rashomon-read", &["rashomon-model", "rashomon-language", "rashomon-wire"]),
    ("rashomon-annotate", &["rashomon-model", "rashomon-language"]),
    ("rashomon-group", &["rashomon-model", "rashomon-language", "rashomon-annotate"]),
    ("rashomon-lineage", &["rashomon-model", "rashomon-language", "rashomon-annotate"]),
    (
        "rashomon-compare",
        &["rashomon-model", "rashomon-language", "rashomon-annotate", "rashomon-group", "rashomon-lineage"],
    ),
    (
        "rashomon-wire",
        &["rashomon-model", "rashomon-annotate", "rashomon-group", "rashomon-lineage", "rashomon-compare"],
    ),
    (
        "rashomon-report",
        &[
            "rashomon-model",
            "rashomon-annotate",
            "rashomon-group",
            "rashomon-lineage",
            "rashomon-compare",
            "rashomon-wire",
        ],
    ),
    (
        "rashomon",
        &[
            "rashomon-model",
            "rashomon-language",
            "rashomon-read",
            "rashomon-annotate",
            "rashomon-group",
            "rashomon-lineage",
            "rashomon-compare",
            "rashomon-wire",
            "rashomon-report",
        ],
    ),
    ("rashomon-inputs", &["rashomon-model", "rashomon-read"]),
    ("rashomon-store", &["rashomon"]),
    ("rashomon-watch", &["rashomon", "rashomon-store", "rashomon-inputs"]),
    ("rashomon-serve", &["rashomon", "rashomon-store"]),
    (
        "rashomon-cli",
        &["rashomon", "rashomon-tables", "rashomon-store", "rashomon-watch", "rashomon-inputs", "rashomon-serve"],
    ),
    ("rashomon-eval", &["rashomon", "rashomon-tables"]),
    ("rashomon-python", &["rashomon", "rashomon-cli", "rashomon-inputs", "rashomon-store"]),
    ("xtask", &[]),
];

#[test]
fn arrows_between_crates_point_one_way() {
    let allowed: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    let beside = ["python/Cargo.toml", "xtask/Cargo.toml"].map(|it| root().join(it));
    for manifest in files(&root().join("crates"), &["Cargo.toml"]).into_iter().chain(beside) {
        let text = fs::read_to_string(&manifest).unwrap();
        let named = |l: &str| l.strip_prefix("name = \"").and_then(|l| l.strip_suffix('"')).map(str::to_owned);
        let Some(name) = text.lines().find_map(named) else { continue };
        let Some(uses) = allowed.get(name.as_str()) else {
            wrong.push(format!("{name} is not in the list of arrows"));
            continue;
        };
        seen += 1;
        let product = text.split("[dev-dependencies]").next().unwrap();
        for line in product.lines().filter(|l| l.starts_with("rashomon")) {
            let used = line.split(['.', ' ', '=']).next().unwrap();
            if !uses.contains(&used) {
                wrong.push(format!("{name} must not use {used}"));
            }
        }
    }
    assert!(seen >= 10, "only {seen} crates were looked at");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `--no-default-features` is a program that only reads files: no store, no net, no server, nothing in C but zstd.
#[test]
fn the_lean_program_stays_lean() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let tree = |more: &[&str]| -> std::collections::BTreeSet<String> {
        let args = ["tree", "-p", "rashomon-cli", "-e", "normal", "--prefix", "none", "--locked", "--offline"];
        let run = std::process::Command::new(&cargo).current_dir(root()).args(args).args(more).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let text = String::from_utf8_lossy(&run.stdout).into_owned();
        text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
    };
    let (lean, full) = (tree(&["--no-default-features"]), tree(&[]));
    for name in
        ["rusqlite", "ureq", "rustls", "tokio", "axum", "rmcp", "feed-rs", "quick-xml", "toml", "rashomon-store"]
    {
        assert!(full.contains(name), "{name} is in the whole program");
        assert!(!lean.contains(name), "{name} is in the lean program");
    }
}

#[test]
fn every_source_file_says_what_it_answers() {
    let bare: Vec<_> = files(&root().join("crates"), &[".rs"])
        .into_iter()
        .chain(files(&root().join("xtask"), &[".rs"]))
        .chain(files(&root().join("python/src"), &[".rs"]))
        .filter(|f| !fs::read_to_string(f).unwrap().starts_with("//!"))
        .collect();
    assert!(bare.is_empty(), "without a module header: {bare:#?}");
}

#[test]
fn core_stages_do_no_io() {
    let fence =
        ["std::fs", "std::env", "std::net", "SystemTime", "Instant::now", "Timestamp::now", "println!(", "thread_rng"];
    let mut wrong = Vec::new();
    for name in ["model", "language", "annotate", "group", "lineage", "compare", "wire", "report"] {
        for file in files(&root().join(format!("crates/rashomon-{name}/src")), &[".rs"]) {
            let text = fs::read_to_string(&file).unwrap();
            let product = text.split("#[cfg(test)]").next().unwrap();
            for (n, line) in product.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
                for word in fence.iter().filter(|w| line.contains(**w)) {
                    wrong.push(format!("{}:{}: {word}", file.display(), n + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_path_in_the_documentation_exists() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for file in files(&root(), &[".md"]) {
        let text = fs::read_to_string(&file).unwrap();
        let mut fenced = false;
        for line in text.lines() {
            if line.starts_with("```") {
                fenced = !fenced;
            }
            if fenced {
                continue;
            }
            for piece in line.split('`').skip(1).step_by(2).chain(links(line)) {
                let path = piece.split(['#', ':']).next().unwrap();
                let ours = ["crates/", "docs/", "xtask/", "examples/", "fuzz/", "benches/", ".ci/"];
                let at_root = ours.iter().any(|o| path.starts_with(o));
                if !at_root || path.contains(['*', '<', ' ', '{', '…']) {
                    continue;
                }
                seen += 1;
                if !root().join(path).exists() {
                    missing.push(format!("{}: {path}", file.strip_prefix(root()).unwrap().display()));
                }
            }
        }
    }
    assert!(seen > 5, "only {seen} paths were looked at");
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The targets of Markdown links in a line.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|l| l.split(')').next())
}

#[test]
fn every_model_is_named_in_what_it_made() {
    let named: String = ["read/src", "annotate/src", "group/src", "compare/src", "lineage/src"]
        .iter()
        .flat_map(|f| files(&root().join(format!("crates/rashomon-{f}")), &[".rs"]))
        .map(|f| fs::read_to_string(f).unwrap())
        .collect();
    let models = files(&root().join("crates"), &[".bin"]);
    assert!(models.len() >= 8);
    for file in models {
        let name = file.file_stem().unwrap().to_string_lossy();
        assert!(named.contains(&format!("name: \"{name}\"")), "{} has no `ModelFile`", file.display());
    }
}

#[test]
fn a_rule_is_made_by_its_entry_and_asked_for_by_its_constant() {
    let mut wrong = Vec::new();
    let mut lists = 0;
    for file in files(&root(), &[".rs"]).iter().filter(|f| !f.ends_with("xtask/tests/tidy.rs")) {
        let text = fs::read_to_string(file).unwrap();
        lists += usize::from(file.ends_with("src/rules.rs") && text.contains("\nrules! {"));
        let asks = ["rule == \"", "rule != \"", "rule() == \"", "rule.name == \"", "rule.name() == \""];
        let makes = ["Rule::registered(", "RuleEntry {"];
        let is_model = file.ends_with("rashomon-model/src/rule.rs");
        // Addresses of the store have rules of their own, which make no statements.
        let stored = file.components().any(|c| c.as_os_str() == "rashomon-store");
        let product = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let found =
            asks.iter().filter(|_| !stored && !file.components().any(|c| c.as_os_str() == "tests")).chain(&makes);
        wrong.extend(found.filter(|m| !is_model && product.contains(**m)).map(|m| format!("{}: {m}", file.display())));
    }
    assert_eq!(lists, 4, "four stages have rules");
    assert!(wrong.is_empty(), "use the constants that `rules!` makes: {wrong:#?}");
}

#[test]
fn every_relative_link_in_the_documentation_leads_somewhere() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for file in files(&root(), &[".md"]) {
        let text = fs::read_to_string(&file).unwrap();
        let mut fenced = false;
        for line in text.lines() {
            fenced ^= line.trim_start().starts_with("```");
            if fenced {
                continue;
            }
            for link in links(line) {
                let path = link.split(['#', ' ']).next().unwrap();
                if path.is_empty() || path.contains("://") || path.starts_with("mailto:") {
                    continue;
                }
                seen += 1;
                if !file.parent().unwrap().join(path).exists() {
                    missing.push(format!("{}: {path}", file.strip_prefix(root()).unwrap().display()));
                }
            }
        }
    }
    assert!(seen > 10, "only {seen} links were looked at");
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn files_of_a_crate_use_each_other_one_way() {
    let mut new = Vec::new();
    for entry in fs::read_dir(root().join("crates")).unwrap().map(|e| e.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        let uses = uses(&entry.join("src"));
        for file in uses.keys() {
            let circle: Vec<&str> = reached(&uses, file)
                .into_iter()
                .filter(|other| reached(&uses, other).contains(file.as_str()))
                .collect();
            if circle.len() > 1 {
                new.push(format!("{name}: {}", circle.join(", ")));
            }
        }
    }
    new.sort();
    new.dedup();
    assert!(new.is_empty(), "circles: {new:#?}");
}

/// For each file below `src`, as a path of modules, the files that it names; parents aside, which gather their children.
fn uses(src: &Path) -> BTreeMap<String, Vec<String>> {
    let module = |file: &Path| {
        let path = file.strip_prefix(src).unwrap().with_extension("").to_string_lossy().replace('\\', "/");
        match path.rsplit_once('/') {
            Some((folder, "mod")) => folder.to_owned(),
            _ => path,
        }
    };
    let all: BTreeMap<String, PathBuf> = files(src, &[".rs"]).into_iter().map(|f| (module(&f), f)).collect();
    let nearest = |mut path: String| loop {
        if all.contains_key(&path) {
            return Some(path);
        }
        path.truncate(path.rfind('/')?);
    };
    let mut out = BTreeMap::new();
    for (own, file) in &all {
        let text = fs::read_to_string(file).unwrap();
        let product = text.split("#[cfg(test)]").next().unwrap();
        let mut named = Vec::new();
        for line in product.lines().filter(|l| !l.trim_start().starts_with("//")) {
            let parent = own.rsplit_once('/').map_or("", |(folder, _)| folder);
            for (mark, base) in [("crate::", ""), ("super::", parent)] {
                for piece in line.split(mark).skip(1) {
                    let words = piece.split("::").take_while(|w| w.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
                    let last =
                        piece.split("::").map(|w| w.split(|c: char| !(c.is_ascii_lowercase() || c == '_')).next());
                    let whole = words.count();
                    let path: Vec<&str> = last.take(whole + 1).map(Option::unwrap_or_default).collect();
                    let path = [base, &path.join("/")].join("/").trim_matches('/').to_owned();
                    named.extend(nearest(path).filter(|it| it != own && !own.starts_with(&format!("{it}/"))));
                }
            }
        }
        named.sort();
        named.dedup();
        out.insert(own.clone(), named);
    }
    out
}

/// The files that one leads to, itself among them if it does.
fn reached<'a>(uses: &'a BTreeMap<String, Vec<String>>, from: &str) -> std::collections::BTreeSet<&'a str> {
    let mut seen = std::collections::BTreeSet::new();
    let mut todo: Vec<&str> = uses[from].iter().map(String::as_str).collect();
    while let Some(it) = todo.pop() {
        if seen.insert(it) {
            todo.extend(uses[it].iter().map(String::as_str));
        }
    }
    seen
}

/// Stages whose lists of words belong to a language, and so to `rashomon-language`.
const STAGES: [&str; 6] = ["annotate", "group", "lineage", "compare", "read", "store"];

/// So many words of English in one constant make a list.
const FEW: usize = 12;

/// Longer texts are no phrases.
const LONGEST_PHRASE: usize = 60;

#[test]
fn lists_of_words_lie_in_the_language() {
    const ALLOWED: &[(&str, &str, &str)] = &[
        ("annotate/src/numbers/currencies.rs", "PREFIXES", "codes of ISO 4217"),
        ("annotate/src/numbers/lexicon.rs", "AREAS", "symbols and names of units"),
        ("annotate/src/numbers/lexicon.rs", "COMPOUNDS", "symbols and names of units"),
        ("annotate/src/numbers/lexicon.rs", "GLUED", "symbols of units"),
        ("annotate/src/persons.rs", "RULES", "spellings of other scripts, no words"),
        ("group/src/cluster.rs", "NAMES", "names of a model's features"),
        ("compare/src/joins/measures.rs", "NAMES", "names of a model's features"),
        ("compare/src/meaning/features.rs", "NAMES", "names of a model's features"),
        ("compare/src/meaning/surface.rs", "NAMES", "names of a model's features"),
        ("compare/src/meaning/words.rs", "ENDINGS", "rules of spelling, no words"),
        ("read/src/html/authors.rs", "OTHER", "names in HTML"),
        ("read/src/html/lines.rs", "UNREAD", "names in HTML"),
        ("read/src/html/measures.rs", "NAMES", "names in HTML"),
        ("read/src/html/measures.rs", "OWN", "names in HTML"),
        ("read/src/html/times.rs", "PUBLISHED", "names in HTML"),
        ("read/src/html/times.rs", "UPDATED", "names in HTML"),
        ("read/src/jsonl.rs", "KEYS", "keys of JSON"),
        ("store/src/address.rs", "TRACKING", "parameters of addresses"),
    ];
    let mut wrong = Vec::new();
    let mut met = Vec::new();
    for stage in STAGES {
        for file in files(&root().join(format!("crates/rashomon-{stage}/src")), &[".rs"]) {
            let path = file.to_string_lossy().replace('\\', "/");
            if path.ends_with("tests.rs") {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            for (name, words) in lists(text.split("#[cfg(test)]").next().unwrap()) {
                let known = ALLOWED.iter().position(|it| path.ends_with(it.0) && name == it.1);
                met.extend(known);
                if known.is_none() && words > FEW {
                    wrong.push(format!("{path}: {name} holds {words} words"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "move into crates/rashomon-language/data: {wrong:#?}");
    let gone: Vec<_> = (0..ALLOWED.len()).filter(|n| !met.contains(n)).map(|n| ALLOWED[n]).collect();
    assert!(gone.is_empty(), "allowed and no longer there: {gone:#?}");
}

#[test]
fn words_of_a_condition_are_a_list_too() {
    const ALLOWED: [(&str, usize, &str); 2] = [
        ("compare/src/statements/clauses.rs", 15, "an arm of the grammar of clauses"),
        ("read/src/html/linear.rs", 29, "names in HTML"),
    ];
    let mut wrong = Vec::new();
    for stage in STAGES {
        for file in files(&root().join(format!("crates/rashomon-{stage}/src")), &[".rs"]) {
            let path = file.to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&file).unwrap();
            let most = alternatives(text.split("#[cfg(test)]").next().unwrap());
            let allowed = ALLOWED.iter().find(|it| path.ends_with(it.0)).map_or(FEW, |it| it.1);
            if most > allowed && !path.ends_with("tests.rs") {
                wrong.push(format!("{path}: {most} words in one condition"));
            }
        }
    }
    assert!(wrong.is_empty(), "move into crates/rashomon-language/data: {wrong:#?}");
    assert_eq!(alternatives("matches!(word, \"pier\" | \"quay\"\n    | \"mole\") || word == \"dock\""), 3);
}

/// The most words in small letters that one pattern of a source file names.
fn alternatives(source: &str) -> usize {
    let code: Vec<&str> = source.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
    let code = code.join("\n").replace("\\\"", "").replace("'\"'", "");
    let (mut most, mut run, mut between) = (0, 0, "");
    for (n, piece) in code.split('"').enumerate() {
        if n % 2 == 0 {
            between = piece.trim();
        } else if !piece.is_empty() && piece.chars().all(|c| c.is_ascii_lowercase() || " '’-".contains(c)) {
            run = if between == "|" { run + 1 } else { 1 };
            most = most.max(run);
        }
    }
    most
}

#[test]
fn a_list_is_seen_however_it_is_written() {
    let many = |n: usize| vec!["\"harbour\""; n].join(", ");
    let source = format!(
        "const A: [&str; 13] = [{}];\nfn f() {{\n    static B: &[(&str, u8)] = &[\n        {},\n    ];\n}}\nconst C: &str = \"pier quay\n  mole\";\nconst D: u8 = 1;\n",
        many(13),
        many(2),
    );
    assert_eq!(lists(&source), [("A", 13), ("B", 2), ("C", 3), ("D", 0)]);
}

/// The constants of a source file, each with how many words in small letters stand in its texts.
fn lists(source: &str) -> Vec<(&str, usize)> {
    let mut out: Vec<(&str, usize)> = Vec::new();
    // How many brackets are open within a constant.
    let mut within: Option<i32> = None;
    let mut in_text = false;
    for line in source.lines().filter(|l| !l.trim_start().starts_with("//")) {
        let bare = line.trim_start().trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
        let bare = bare.trim_start_matches("pub ");
        let declared = bare.strip_prefix("const ").or_else(|| bare.strip_prefix("static "));
        if within.is_none()
            && let Some((name, _)) = declared.and_then(|d| d.split_once(':'))
            && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        {
            out.push((name, 0));
            within = Some(0);
        }
        let (Some(open), Some(last)) = (within.as_mut(), out.last_mut()) else { continue };
        let signs = ["\\\"", "'\"'", "'('", "')'", "'['", "']'", "'{'", "'}'"];
        let line = signs.iter().fold(line.to_owned(), |l, sign| l.replace(sign, ""));
        let whole = line.matches('"').count() > 1;
        for (n, piece) in line.split('"').enumerate() {
            in_text ^= n > 0;
            if !in_text {
                *open += i32::try_from(piece.matches(['(', '[', '{']).count()).unwrap();
                *open -= i32::try_from(piece.matches([')', ']', '}']).count()).unwrap();
            }
            let small = piece.chars().all(|c| c.is_ascii_lowercase() || " '’-".contains(c));
            let words = piece.split_whitespace().count();
            if in_text && words > 0 && small {
                // A phrase is one entry; a long text without capitals and marks is a list in disguise.
                last.1 += if whole && piece.len() < LONGEST_PHRASE { 1 } else { words };
            }
        }
        if !in_text && line.ends_with(';') && *open == 0 {
            within = None;
        }
    }
    out
}

#[test]
fn every_flag_that_is_asked_for_stands_in_its_list() {
    let facts = fs::read_to_string(root().join("crates/rashomon-language/src/fact.rs")).unwrap();
    let file_of: BTreeMap<&str, &str> =
        facts.lines().filter_map(|l| l.trim().strip_suffix("\",")?.split_once(" = \"")).collect();
    assert!(file_of.len() > 50, "only {} facts were found", file_of.len());
    let mut wrong = Vec::new();
    let mut seen = 0;
    for stage in STAGES {
        for file in files(&root().join(format!("crates/rashomon-{stage}/src")), &[".rs"]) {
            let text = fs::read_to_string(&file).unwrap();
            for mark in ["WordSet::english(Fact::", "words_of(Fact::"] {
                for piece in text.split(mark).skip(1) {
                    let Some((fact, rest)) = piece.split_once(", \"") else { continue };
                    let flag = rest.split('"').next().unwrap();
                    let list = format!("crates/rashomon-language/data/en/{}.txt", file_of[fact]);
                    let list = fs::read_to_string(root().join(list)).unwrap();
                    seen += 1;
                    let has = |l: &str| l.split_once('\t').is_some_and(|it| it.1.split(' ').any(|f| f == flag));
                    if !list.lines().filter(|l| !l.starts_with('#')).any(has) {
                        wrong.push(format!("{}: {fact} has no `{flag}`", file.display()));
                    }
                }
            }
        }
    }
    assert!(seen > 60, "only {seen} flags were looked at");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
