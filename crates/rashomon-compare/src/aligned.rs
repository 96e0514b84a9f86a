//! What has to be taken out and put in to make one row of words the other.

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};
use std::hash::Hash;

/// The words, by their hashes, that stay, go and come, in order (Myers' algorithm, cleaned up for reading).
///
/// One algorithm: a choice among all of them is a quarter of a megabyte of program for each place that makes it.
pub(crate) fn aligned<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<DiffOp> {
    let mut hook = Compact::new(Replace::new(Capture::new()), old, new);
    let Ok(()) = myers::diff(&mut hook, old, 0..old.len(), new, 0..new.len());
    hook.into_inner().into_inner().into_ops()
}

#[cfg(test)]
mod tests {
    proptest::proptest! {
        #[test]
        fn words_are_aligned_as_the_whole_library_does(old in "[a-d]{0,40}", new in "[a-d]{0,40}") {
            let words = |text: &str| text.bytes().map(u64::from).collect::<Vec<_>>();
            let (old, new) = (words(&old), words(&new));
            let all = similar::capture_diff_slices(similar::Algorithm::Myers, &old, &new);
            proptest::prop_assert_eq!(super::aligned(&old, &new), all);
        }
    }
}
