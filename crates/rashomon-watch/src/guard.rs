//! Which addresses a fetch may reach: none that is not of the public net, unless a list allows it.
//!
//! Asked at every hop, of the address in the URL if it is one, and of every address a name resolves to, just before the
//! connection is made to that very address.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A block of addresses: `10.0.0.0/8`, `fd00::/8`, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    base: IpAddr,
    bits: u8,
}

impl FromStr for Block {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no block of addresses such as 10.0.0.0/8 or ::1");
        let (base, bits) = match text.split_once('/') {
            Some((base, bits)) => (base, Some(bits)),
            None => (text, None),
        };
        let base: IpAddr = base.parse().map_err(|_| wrong())?;
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |it| it.parse::<u8>().map_err(|_| wrong()))?;
        if bits > most { Err(wrong()) } else { Ok(Self { base, bits }) }
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.bits)
    }
}

impl Block {
    /// Whether the block holds `ip`.
    #[must_use]
    pub fn holds(self, ip: IpAddr) -> bool {
        let (a, b) = match (self.base, ip) {
            (IpAddr::V4(a), IpAddr::V4(b)) => (u128::from(a.to_bits()) << 96, u128::from(b.to_bits()) << 96),
            (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits(), b.to_bits()),
            _ => return false,
        };
        self.bits == 0 || (a ^ b) >> (128 - u32::from(self.bits)) == 0
    }
}

/// What may be reached.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// Blocks that are allowed although they are not public.
    pub allowed: Vec<Block>,
}

impl Guard {
    /// Why `ip` may not be reached; nothing if it may.
    #[must_use]
    pub fn refuses(&self, ip: IpAddr) -> Option<&'static str> {
        if self.allowed.iter().any(|it| it.holds(ip)) {
            return None;
        }
        let inner = embedded(ip);
        if let Some(inner) = inner
            && self.allowed.iter().any(|it| it.holds(IpAddr::V4(inner)))
        {
            return None;
        }
        match ip {
            IpAddr::V4(it) => not_public_4(it),
            IpAddr::V6(it) => match inner {
                // A mapped address is the IPv4 address; the ways of tunnelling are not needed by any outlet.
                Some(inner) if it.to_ipv4_mapped().is_some() => not_public_4(inner),
                Some(_) => Some("an address that stands for another one"),
                None => not_public_6(it),
            },
        }
    }
}

/// The IPv4 address that an IPv6 address stands for: mapped, compatible, NAT64, 6to4, Teredo.
fn embedded(ip: IpAddr) -> Option<Ipv4Addr> {
    let IpAddr::V6(ip) = ip else { return None };
    let s = ip.segments();
    let last = Ipv4Addr::from_bits(u32::from(s[6]) << 16 | u32::from(s[7]));
    if let Some(it) = ip.to_ipv4_mapped() {
        return Some(it);
    }
    match s {
        [0, 0, 0, 0, 0, 0, a, b] if a != 0 || b > 1 => Some(last),
        [0x64, 0xff9b, 0, 0, 0, 0, ..] | [0x64, 0xff9b, 1, ..] => Some(last),
        [0x2002, a, b, ..] => Some(Ipv4Addr::from_bits(u32::from(a) << 16 | u32::from(b))),
        [0x2001, 0, ..] => Some(Ipv4Addr::from_bits(!last.to_bits())),
        _ => None,
    }
}

/// The special blocks of the IANA registry for IPv4 (RFC 6890 and its updates).
fn not_public_4(ip: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, _] = ip.octets();
    match (a, b, c) {
        (0, ..) => Some("this network"),
        (127, ..) => Some("this machine"),
        (10, ..) | (192, 168, _) | (172, 16..=31, _) => Some("a private network"),
        (100, 64..=127, _) => Some("a provider's inner network"),
        (169, 254, _) => Some("this link, where clouds keep their secrets"),
        (192, 0, 0) | (192, 0, 2) | (198, 51, 100) | (203, 0, 113) | (192, 88, 99) => Some("a reserved block"),
        (198, 18..=19, _) => Some("a block for measuring"),
        (224..=239, ..) => Some("many machines at once"),
        (240.., ..) => Some("a reserved block"),
        _ => None,
    }
}

fn not_public_6(ip: Ipv6Addr) -> Option<&'static str> {
    let s = ip.segments();
    match s[0] {
        _ if ip.is_loopback() => Some("this machine"),
        _ if ip.is_unspecified() => Some("this network"),
        0xfc00..=0xfdff => Some("a private network"),
        0xfe80..=0xfeff => Some("this link or site"),
        0xff00.. => Some("many machines at once"),
        0x2001 if s[1] == 0xdb8 => Some("a reserved block"),
        // Only 2000::/3 is given out for use in the public net.
        0x2000..=0x3fff => None,
        _ => Some("a reserved block"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inside_is_reached() {
        let guard = Guard::default();
        for ip in [
            "127.0.0.1",
            "127.8.9.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "100.64.0.1",
            "169.254.169.254",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.2.7",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::808:808",
            "2002:7f00:1::",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "::7f00:1",
            "2001:db8::1",
            "5f00::1",
            "fec0::1",
        ] {
            assert!(guard.refuses(ip.parse().unwrap()).is_some(), "{ip}");
        }
        for ip in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1", "::ffff:8.8.8.8", "192.169.0.1"] {
            assert_eq!(guard.refuses(ip.parse().unwrap()), None, "{ip}");
        }
    }

    #[test]
    fn a_list_allows_what_it_names_and_no_more() {
        let guard = Guard { allowed: vec!["127.0.0.0/8".parse().unwrap(), "fd12::/16".parse().unwrap()] };
        for (ip, reached) in [
            ("127.0.0.1", true),
            ("::ffff:127.0.0.1", true),
            ("10.0.0.1", false),
            ("fd12::7", true),
            ("fd13::7", false),
            ("::1", false),
        ] {
            assert_eq!(guard.refuses(ip.parse().unwrap()).is_none(), reached, "{ip}");
        }
        for text in ["", "10.0.0.0/33", "10.0.0/8", "x", "::/129"] {
            assert!(text.parse::<Block>().is_err(), "{text}");
        }
        assert!("0.0.0.0/0".parse::<Block>().unwrap().holds("8.8.8.8".parse().unwrap()));
    }
}
