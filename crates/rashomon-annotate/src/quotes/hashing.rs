//! Features as hashes of their values, and what takes them.

/// What features are given to: a list to learn from, or a sum of their weights.
pub trait Take {
    /// One more feature.
    fn take(&mut self, feature: u32);
}

impl Take for Vec<u32> {
    #[inline]
    fn take(&mut self, feature: u32) {
        self.push(feature);
    }
}

/// Makes features of values: a sum of products with odd numbers, one for each place (multilinear hashing: Carter & Wegman
/// 1979), mixed once at the end.
pub(crate) struct Sink<'a, T> {
    pub(crate) out: &'a mut T,
    pub(crate) salt: u32,
}

const FACTORS: [u64; 5] =
    [0x9e37_79b9_7f4a_7c15, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x85eb_ca77_c2b2_ae63, 0x27d4_eb2f_1656_67c5];

#[inline]
fn times(value: u32, place: usize) -> u64 {
    u64::from(value).wrapping_mul(FACTORS[place])
}

#[inline]
fn mixed(sum: u64) -> u32 {
    ((sum ^ (sum >> 32)).wrapping_mul(0x9fb2_1c65_1e98_df25) >> 32) as u32
}

/// A hash of two numbers.
#[inline]
pub(crate) fn mix(a: u32, b: u32) -> u32 {
    mixed(times(a, 1).wrapping_add(times(b, 2)))
}

impl<T: Take> Sink<'_, T> {
    #[inline]
    pub(crate) fn put(&mut self, template: u32, values: u64) {
        self.out.take(mixed(times(self.salt.wrapping_add(template), 0).wrapping_add(values)));
    }
    #[inline]
    pub(crate) fn one(&mut self, template: u32, a: u32) {
        self.put(template, times(a, 1));
    }
    #[inline]
    pub(crate) fn two(&mut self, template: u32, a: u32, b: u32) {
        self.put(template, times(a, 1).wrapping_add(times(b, 2)));
    }
    #[inline]
    pub(crate) fn three(&mut self, template: u32, a: u32, b: u32, c: u32) {
        self.put(template, times(a, 1).wrapping_add(times(b, 2)).wrapping_add(times(c, 3)));
    }
    #[inline]
    pub(crate) fn four(&mut self, template: u32, a: u32, b: u32, c: u32, d: u32) {
        let sum = times(a, 1).wrapping_add(times(b, 2)).wrapping_add(times(c, 3)).wrapping_add(times(d, 4));
        self.put(template, sum);
    }
}
