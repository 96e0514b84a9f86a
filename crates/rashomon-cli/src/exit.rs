//! How a run ends: the one place that turns what happened into an exit code.

use crate::console::Console;
use std::fmt;
use std::io::{self, ErrorKind};

/// Why a run stopped before its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nothing could be done, and why.
    Nothing(String),
    /// What was asked for makes no sense, and why.
    Usage(String),
    /// Done; the code is the answer.
    Answer(u8),
    /// Whoever read our results has seen enough.
    Closed,
}

impl Failure {
    /// Nothing could be done because of `why`.
    pub(crate) fn nothing(why: impl fmt::Display) -> Self {
        Self::Nothing(why.to_string())
    }

    /// Results could not be written to `place`.
    pub(crate) fn write(place: impl fmt::Display, error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Nothing(format!("{place}: {error}")),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing(why) | Self::Usage(why) => f.write_str(why),
            Self::Answer(_) | Self::Closed => Ok(()),
        }
    }
}

/// The exit code of a run: 0 all read, 1 nothing could be done, 2 wrong usage, 3 done but some inputs were left out;
/// `check` answers with codes of its own.
pub(crate) fn code(result: Result<(), Failure>, console: &mut Console) -> u8 {
    console.finish();
    match result {
        Ok(()) if console.left_out() > 0 => 3,
        Ok(()) | Err(Failure::Closed) => 0,
        Err(Failure::Nothing(why)) => {
            console.error(&why);
            1
        }
        Err(Failure::Answer(code)) => code,
        Err(Failure::Usage(why)) => {
            console.error(&why);
            2
        }
    }
}
