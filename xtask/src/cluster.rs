//! `cargo xtask cluster`: the rows of one machine on Spark with an executor killed while it links, and with too small a heap.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A longer check than those of `.ci/run`; needs Java, and a Python with pyspark and the package.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many articles, made by `rashomon-eval stream`
    #[arg(long, default_value_t = 10_000)]
    articles: usize,
    /// Days that they lie in
    #[arg(long, default_value_t = 200)]
    days: usize,
    /// JSONL of dated articles to take instead
    #[arg(long)]
    file: Option<PathBuf>,
    /// The Python that has pyspark and the package
    #[arg(long, default_value = "target/venv/bin/python")]
    python: PathBuf,
}

/// Runs both cases; fails if a byte differs.
pub(crate) fn run(root: &Path, args: &Args) -> Result<(), String> {
    let program = |name: &str| root.join("target/release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let file = match &args.file {
        Some(it) => it.clone(),
        None => {
            let file = folder.path().join("articles.jsonl");
            let out = std::fs::File::create(&file).map_err(|e| e.to_string())?;
            let (articles, days) = (args.articles.to_string(), args.days.to_string());
            let mut stream = Command::new(program("rashomon-eval"));
            stream
                .args(["stream", "--articles", &articles, "--days", &days])
                .current_dir(root)
                .stdout(Stdio::from(out));
            succeed(&mut stream)?;
            file
        }
    };
    for case in ["killed", "small"] {
        let mut check = Command::new(root.join(&args.python));
        check.arg(root.join("benches/cluster.py")).arg(case).arg(&file).arg("--program").arg(program("rashomon"));
        succeed(check.current_dir(root))?;
    }
    Ok(())
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name}: {status}")),
        Err(e) => Err(format!("{name}: {e} (build with `cargo build --release -p rashomon-eval -p rashomon-cli`?)")),
    }
}
