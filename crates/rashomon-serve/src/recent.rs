//! What was made of the store and is kept in memory, until there is too much of it: then what was not asked for longest goes.

use hashlink::LruCache;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Values by key, each made of a state of the store that its stamp names.
pub(crate) struct Recent<T> {
    kept: Mutex<Kept<T>>,
    most: usize,
}

struct Kept<T> {
    all: LruCache<String, Value<T>>,
    weight: usize,
}

struct Value<T> {
    stamp: String,
    weight: usize,
    it: Arc<T>,
}

impl<T> Recent<T> {
    /// Keeps values of `most` weight together.
    pub(crate) fn new(most: usize) -> Self {
        Self { kept: Mutex::new(Kept { all: LruCache::new_unbounded(), weight: 0 }), most }
    }

    /// What is kept of that state.
    pub(crate) fn get(&self, key: &str, stamp: &str) -> Option<Arc<T>> {
        self.lock().all.get(key).filter(|it| it.stamp == stamp).map(|it| it.it.clone())
    }

    /// What is kept, of whatever state.
    pub(crate) fn any(&self, key: &str) -> Option<Arc<T>> {
        self.lock().all.get(key).map(|it| it.it.clone())
    }

    /// Keeps `it` in place of what was kept under the key. One heavier than all together may be is not kept.
    pub(crate) fn keep(&self, key: &str, stamp: String, weight: usize, it: T) -> Arc<T> {
        let it = Arc::new(it);
        let mut kept = self.lock();
        if let Some(before) = kept.all.remove(key) {
            kept.weight -= before.weight;
        }
        if weight > self.most {
            return it;
        }
        kept.weight += weight;
        kept.all.insert(key.to_owned(), Value { stamp, weight, it: it.clone() });
        while kept.weight > self.most
            && let Some((_, oldest)) = kept.all.remove_lru()
        {
            kept.weight -= oldest.weight;
        }
        it
    }

    /// Lets go of all.
    pub(crate) fn clear(&self) {
        let mut kept = self.lock();
        kept.all.clear();
        kept.weight = 0;
    }

    /// Whole whatever befell the thread that held it: no step in between panics.
    fn lock(&self) -> MutexGuard<'_, Kept<T>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_longest_goes_first() {
        let it = Recent::new(10);
        for key in ["a", "b", "c"] {
            it.keep(key, "1".into(), 3, key.to_owned());
        }
        assert_eq!(it.get("a", "1").as_deref().map(String::as_str), Some("a"));
        it.keep("d", "1".into(), 3, "d".to_owned());
        let left: Vec<&str> = ["a", "b", "c", "d"].into_iter().filter(|key| it.any(key).is_some()).collect();
        assert_eq!(left, ["a", "c", "d"]);
    }

    #[test]
    fn what_is_of_another_state_is_not_given_and_what_is_too_heavy_not_kept() {
        let it = Recent::new(10);
        it.keep("a", "1".into(), 3, 1);
        assert_eq!(it.get("a", "2"), None);
        it.keep("a", "2".into(), 9, 2);
        assert_eq!(it.get("a", "2").as_deref(), Some(&2));
        assert_eq!(*it.keep("b", "1".into(), 11, 3), 3);
        assert!(it.any("b").is_none() && it.any("a").is_some());
        it.clear();
        assert!(it.any("a").is_none());
        it.keep("c", "1".into(), 10, 4);
        assert!(it.any("c").is_some(), "nothing is left of the weight");
    }
}
