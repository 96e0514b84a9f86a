//! A fault of the program itself, met on one input: it costs what was asked of this input, and not the run.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether faults are survived: in builds with debug assertions a test or a fuzzer wants to see them.
static SURVIVED: AtomicBool = AtomicBool::new(!cfg!(debug_assertions));

thread_local! {
    /// How many calls of [`survive`] this thread is within.
    static WITHIN: Cell<usize> = const { Cell::new(0) };
    /// Where the last fault of this thread happened, as [`survive_faults`] learns it.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A fault of the program: a panic that was survived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a fault of the program itself, worth a report: {}", self.message)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    fn new(payload: &(dyn Any + Send)) -> Self {
        let said = payload.downcast_ref::<&str>().copied();
        let said = said.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no words");
        // A message of a note has one line.
        let mut message: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(place) = PLACE.take() {
            message = format!("{message} ({place})");
        }
        Self { message }
    }
}

/// What `work` gives, or the fault that ended it. What `work` changes must be given up with it.
///
/// In builds with debug assertions faults go on until [`survive_faults`] is called, so that tests and fuzzers see them.
///
/// # Errors
/// If `work` panics. An overflow of the stack, or a lack of memory, still ends the process.
///
/// ```
/// use rashomon_model::{survive, survive_faults};
///
/// survive_faults();
/// let lengths = ["four", ""].map(|it| survive(|| it.chars().next().expect("a letter").len_utf8()));
/// assert_eq!(lengths[0], Ok(1));
/// assert!(lengths[1].as_ref().unwrap_err().to_string().contains("a letter"));
/// ```
pub fn survive<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    if !SURVIVED.load(Ordering::Relaxed) {
        return Ok(work());
    }
    WITHIN.set(WITHIN.get() + 1);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    WITHIN.set(WITHIN.get() - 1);
    result.map_err(|payload| Fault::new(payload.as_ref()))
}

/// From now on faults are survived in every build, and one that is survived is told by its caller alone, with the place in the
/// source, and not on the standard error output too. For programs: it changes the process's hook for panics.
pub fn survive_faults() {
    static ONCE: Once = Once::new();
    SURVIVED.store(true, Ordering::Relaxed);
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if WITHIN.get() == 0 {
                before(info);
            } else {
                let place = info.location().map(|it| format!("{}:{}", it.file(), it.line()));
                PLACE.set(place);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_in_one_line_with_its_place_and_the_next_work_goes_on() {
        survive_faults();
        let fault = survive(|| -> usize { panic!("span of {}\nbytes", 7) }).unwrap_err().to_string();
        assert!(fault.contains("span of 7 bytes (") && fault.contains("fault.rs:"), "{fault}");
        assert_eq!(survive(|| 3), Ok(3));
        let outer = survive(|| survive(|| -> usize { panic!("inner") }).is_err());
        assert_eq!(outer, Ok(true));
    }
}
