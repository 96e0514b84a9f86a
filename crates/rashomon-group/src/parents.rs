//! Sets that are joined: each thing names another of its set, or itself.

/// The set `it` is in, paths halved on the way (Tarjan & van Leeuwen 1984).
pub(crate) fn root(parent: &mut [u32], mut it: u32) -> u32 {
    while parent[it as usize] != it {
        parent[it as usize] = parent[parent[it as usize] as usize];
        it = parent[it as usize];
    }
    it
}
