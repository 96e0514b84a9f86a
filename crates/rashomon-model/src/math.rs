//! What are the logarithm and the power of a number, to the last bit the same on every machine?
//!
//! The functions of the standard library are those of the C library of the system, which differ from system to system.
//! `clippy.toml` forbids them; addition, multiplication, division and the square root are exact everywhere.

/// A number of either width, with the functions of `libm`. Called through the functions of this module, as numbers have
/// methods of the same names.
pub trait Real: Copy {
    /// See [`ln`].
    fn natural_logarithm(self) -> Self;
    /// See [`exp`].
    fn natural_power(self) -> Self;
    /// See [`log2`].
    fn logarithm_of_two(self) -> Self;
    /// See [`exp2`].
    fn power_of_two(self) -> Self;
}

/// By way of the wider number: so the result is the nearest there is, but for one case in some hundred million.
#[allow(clippy::cast_possible_truncation, reason = "rounded on purpose")]
impl Real for f32 {
    fn natural_logarithm(self) -> Self {
        libm::log(self.into()) as Self
    }
    fn natural_power(self) -> Self {
        libm::exp(self.into()) as Self
    }
    fn logarithm_of_two(self) -> Self {
        libm::log2(self.into()) as Self
    }
    fn power_of_two(self) -> Self {
        libm::exp2(self.into()) as Self
    }
}

impl Real for f64 {
    fn natural_logarithm(self) -> Self {
        libm::log(self)
    }
    fn natural_power(self) -> Self {
        libm::exp(self)
    }
    fn logarithm_of_two(self) -> Self {
        libm::log2(self)
    }
    fn power_of_two(self) -> Self {
        libm::exp2(self)
    }
}

/// The natural logarithm.
#[must_use]
pub fn ln<T: Real>(x: T) -> T {
    x.natural_logarithm()
}

/// `e` to the power of `x`.
#[must_use]
pub fn exp<T: Real>(x: T) -> T {
    x.natural_power()
}

/// The logarithm to the base of 2.
#[must_use]
pub fn log2<T: Real>(x: T) -> T {
    x.logarithm_of_two()
}

/// 2 to the power of `x`.
#[must_use]
pub fn exp2<T: Real>(x: T) -> T {
    x.power_of_two()
}

/// The natural logarithm of `1 + x`, precise near 0.
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// `x` to the power of `y`.
#[must_use]
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits that any machine has to give; a change of them changes what comes out.
    #[test]
    fn bits() {
        let doubles = [ln(0.3), exp(-1.7), log2(0.3), ln_1p(0.75), pow(0.9, 3.5)];
        let singles = [ln(0.3f32), exp(-1.7f32), exp2(-4.0625f32)];
        assert_eq!(
            doubles.map(f64::to_bits),
            [
                0xbff3_4378_fcbd_a721,
                0x3fc7_622c_78a9_8a07,
                0xbffb_ca9c_6f53_897b,
                0x3fe1_e85f_5e70_40d0,
                0x3fe6_2181_9cc0_73bb
            ]
        );
        assert_eq!(singles.map(f32::to_bits), [0xbf9a_1bc8, 0x3e3b_1163, 0x3d75_257d]);
    }

    #[test]
    fn edges() {
        assert_eq!((ln(1.0f32), exp(0.0f32), log2(8.0f64), exp2(-2.0f32)), (0.0, 1.0, 3.0, 0.25));
        assert_eq!((ln(0.0f64), exp(f64::NEG_INFINITY)), (f64::NEG_INFINITY, 0.0));
        assert!(ln(-1.0f32).is_nan());
    }
}
