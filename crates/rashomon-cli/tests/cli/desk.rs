//! A folder to run the program in.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// `rashomon ARGS` in `dir`, not yet started; it reads nothing and its output is kept.
pub(crate) fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rashomon"));
    command.current_dir(dir).args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// `rashomon ARGS` in `dir`, however it ends.
pub(crate) fn rashomon(dir: &Path, args: &[&str]) -> Output {
    command(dir, args).output().unwrap()
}

/// `rashomon ARGS` in `dir`, which has to end well.
pub(crate) fn succeed(dir: &Path, args: &[&str]) -> Output {
    let run = rashomon(dir, args);
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    run
}

/// What a file in `dir` holds.
pub(crate) fn read(dir: &Path, name: &str) -> String {
    std::fs::read_to_string(dir.join(name)).unwrap()
}
