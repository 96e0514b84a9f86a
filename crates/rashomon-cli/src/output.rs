//! Where results go: standard output, or a file that appears only when all is written.

use crate::args;
use crate::exit::Failure;
use std::fs;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// An open place for results.
pub(crate) struct Output {
    to: To,
    place: String,
}

enum To {
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A new file beside the one it will replace.
    File(BufWriter<NamedTempFile>, PathBuf),
    /// A device or a pipe that must not be replaced.
    Special(BufWriter<fs::File>),
}

impl Output {
    /// Opens the place that was asked for.
    pub(crate) fn open(asked: &args::Output) -> Result<Self, Failure> {
        let Some(path) = &asked.output else {
            return Ok(Self { to: To::Stdout(BufWriter::new(io::stdout().lock())), place: "standard output".into() });
        };
        let place = path.display().to_string();
        let to = open_file(path).map_err(|e| Failure::write(&place, &e))?;
        Ok(Self { to, place })
    }

    /// Writes `bytes`, which on standard output are seen when the buffer is full or the run ends.
    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
        self.writer().write_all(bytes.as_ref()).map_err(|e| Failure::write(&self.place, &e))
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, line: &str) -> Result<(), Failure> {
        self.write(line)?;
        self.write("\n")
    }

    /// Ends the output; a file appears under its name.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.writer().flush().map_err(|e| Failure::write(&self.place, &e))?;
        if let To::File(file, path) = self.to {
            let file = file.into_inner().map_err(|e| Failure::write(&self.place, e.error()))?;
            file.persist(path).map_err(|e| Failure::write(&self.place, &e.error))?;
        }
        Ok(())
    }

    fn writer(&mut self) -> &mut dyn Write {
        match &mut self.to {
            To::Stdout(it) => it,
            To::File(it, _) => it,
            To::Special(it) => it,
        }
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
    Ok(To::File(BufWriter::new(builder.tempfile_in(folder)?), path.to_owned()))
}
