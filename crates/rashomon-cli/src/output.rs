//! Where results go: standard output, or a file that appears only when all is written.

use crate::exit::Failure;
use crate::interrupt;
use crate::options;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::NamedTempFile;

/// An open place for results.
pub(crate) struct Output {
    to: To,
    place: String,
    sink: io::Sink,
}

enum To {
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A new file beside the one it will replace.
    File(BufWriter<NamedTempFile>, PathBuf),
    /// What somebody reads in: started with the first words, so that notes before them are seen.
    Pager(String, Option<Child>),
    /// A device or a pipe that must not be replaced.
    Special(BufWriter<fs::File>),
    /// Ended.
    Done,
}

impl Output {
    /// Opens the place that was asked for.
    pub(crate) fn open(asked: &options::Output) -> Result<Self, Failure> {
        let Some(path) = &asked.output else {
            return Ok(Self {
                to: To::Stdout(BufWriter::new(io::stdout().lock())),
                place: "standard output".into(),
                sink: io::sink(),
            });
        };
        let place = path.display().to_string();
        let to = open_file(path).map_err(|e| Failure::write(&place, &e))?;
        Ok(Self { to, place, sink: io::sink() })
    }

    /// The same; text for a terminal goes through a pager.
    pub(crate) fn shown(asked: &options::Output, shared: &options::Shared, text: bool) -> Result<Self, Failure> {
        match shared.pager(asked).filter(|_| text) {
            Some(pager) => Ok(Self { place: pager.clone(), to: To::Pager(pager, None), sink: io::sink() }),
            None => Self::open(asked),
        }
    }

    /// Writes `bytes`, which on standard output are seen when the buffer is full or the run ends.
    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
        self.page();
        let written = self.writer().write_all(bytes.as_ref());
        if let (Err(_), To::Pager(_, child)) = (&written, &mut self.to)
            && let Some(child) = child.take()
        {
            // It was left, or was not there: then nobody has read anything.
            read_out(child).map_err(|e| Failure::write(&self.place, &e))?;
        }
        written.map_err(|e| Failure::write(&self.place, &e))
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, line: &str) -> Result<(), Failure> {
        self.write(line)?;
        self.write("\n")
    }

    /// Ends the output; a file appears under its name.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.writer().flush().map_err(|e| Failure::write(&self.place, &e))?;
        let place = self.place.clone();
        match std::mem::replace(&mut self.to, To::Done) {
            To::File(file, path) => {
                let file = file.into_inner().map_err(|e| Failure::write(&place, e.error()))?;
                let begun = file.path().to_owned();
                file.persist(path).map_err(|e| Failure::write(&place, &e.error))?;
                interrupt::ended(&begun);
            }
            To::Pager(_, Some(child)) => read_out(child).map_err(|e| Failure::write(&place, &e))?,
            _ => {}
        }
        Ok(())
    }

    /// Starts the pager, if there is to be one; where `less` is not installed, text goes out as it is.
    fn page(&mut self) {
        if let To::Pager(name, child @ None) = &mut self.to {
            match pager(name).spawn() {
                Ok(it) => {
                    interrupt::paging(true);
                    *child = Some(it);
                }
                Err(_) => self.to = To::Stdout(BufWriter::new(io::stdout().lock())),
            }
        }
    }

    fn writer(&mut self) -> &mut dyn Write {
        match &mut self.to {
            To::Stdout(it) => it,
            To::File(it, _) => it,
            To::Special(it) => it,
            To::Pager(_, child) => match child.as_mut().and_then(|it| it.stdin.as_mut()) {
                Some(it) => it,
                None => &mut self.sink,
            },
            To::Done => &mut self.sink,
        }
    }
}

impl Drop for Output {
    /// A run that fails leaves nothing half-written, and a pager gets its end.
    fn drop(&mut self) {
        match &mut self.to {
            To::File(file, _) => interrupt::ended(file.get_ref().path()),
            To::Pager(_, child) => {
                if let Some(child) = child.take() {
                    let _ = read_out(child);
                }
            }
            _ => {}
        }
    }
}

/// The pager as a command. One that was named may have options; `less` gets those that git gives it: colours, no paging of
/// what fits, the screen as it was.
fn pager(name: &str) -> Command {
    let mut command = if name == "less" || cfg!(not(unix)) {
        let mut words = name.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or("less"));
        command.args(words);
        command
    } else {
        let mut command = Command::new("sh");
        command.args([OsStr::new("-c"), OsStr::new(name)]);
        command
    };
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    command.stdin(Stdio::piped());
    command
}

/// Tells the pager that there is no more, and waits until it has been read.
fn read_out(mut child: Child) -> io::Result<()> {
    drop(child.stdin.take());
    let ended = child.wait();
    interrupt::paging(false);
    match ended?.code() {
        // What a shell says of a program that is not there, or cannot be run.
        Some(126 | 127) => Err(io::Error::new(io::ErrorKind::NotFound, "no such pager; --no-pager does without")),
        _ => Ok(()),
    }
}

fn open_file(path: &Path) -> io::Result<To> {
    if fs::metadata(path).is_ok_and(|it| !it.is_file() && !it.is_dir()) {
        return Ok(To::Special(BufWriter::new(fs::OpenOptions::new().write(true).open(path)?)));
    }
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
    }
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rashomon-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = interrupt::make(|| builder.tempfile_in(folder), |file| file.path())?;
    Ok(To::File(BufWriter::new(file), path.to_owned()))
}
