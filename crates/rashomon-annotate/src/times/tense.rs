//! Whether what is said around a time expression lies behind or ahead.

use super::lexicon::{Class, Verb};
use super::scan::Word;

/// Which way to look for the nearest fitting day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    /// Nothing in the sentence tells.
    Unknown,
}

/// The direction at the expression `words[first..end]`: the nearest verb before it in the sentence decides, else the
/// nearest after it.
pub(super) fn direction(words: &[Word], first: usize, end: usize) -> Direction {
    // "by Friday", "until Monday", "ahead of" look ahead unless a past verb says otherwise.
    let preposition = first.checked_sub(1).map_or(Class::Break, |i| words[i].class);
    let attributive = !matches!(preposition, Class::On | Class::In | Class::By)
        && words.get(end).is_some_and(|w| matches!(w.class, Class::Other) && !w.joined);
    let until = matches!(preposition, Class::By) || first > 0 && words[first - 1].class == Class::Until;
    let as_soon_as = first > 2
        && words[first - 1].class == Class::As
        && matches!(words[first - 2].class, Class::Soon | Class::Early);
    if as_soon_as {
        return Direction::Future;
    }
    let mut past = false;
    let mut modal = false;
    for i in (0..first).rev() {
        match words[i].class {
            Class::Break => break,
            Class::Verb(Verb::Future | Verb::Plan) => return Direction::Future,
            // "agreed to meet Friday", but "agreed on Friday".
            Class::Verb(Verb::Promise) if words.get(i + 1).is_some_and(|w| w.class == Class::To) => {
                return Direction::Future;
            }
            Class::Verb(Verb::Cancel) => {
                if attributive {
                    return Direction::Future;
                }
                past = true;
                break;
            }
            Class::Verb(Verb::Past | Verb::Promise) => {
                // "was due", "had planned" come first when read backwards; a plain past verb ends the search.
                past = true;
                break;
            }
            Class::Verb(Verb::Present) => {
                // "is to meet", "are meeting Friday".
                return if words.get(i + 1).is_some_and(|w| w.class == Class::To) {
                    Direction::Future
                } else {
                    Direction::Unknown
                };
            }
            Class::Verb(Verb::Modal) => {
                modal = true;
                break;
            }
            _ => {}
        }
    }
    if modal {
        return Direction::Future;
    }
    if past {
        return if until { Direction::Unknown } else { Direction::Past };
    }
    for w in &words[end..] {
        match w.class {
            Class::Break => break,
            Class::Verb(Verb::Future | Verb::Modal) => return Direction::Future,
            Class::Verb(Verb::Past | Verb::Cancel | Verb::Promise) => return Direction::Past,
            Class::Verb(Verb::Plan) => return Direction::Future,
            Class::Verb(Verb::Present) => return Direction::Unknown,
            _ => {}
        }
    }
    Direction::Unknown
}
