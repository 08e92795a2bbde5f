//! Which addresses may be asked: those of the public internet.
//!
//! A feed can name any URL, so whoever writes one could have this program ask the machines beside
//! it: a router, a database, a cloud's metadata service. So each address is checked, in three
//! places: a literal one in the URL (`http://127.0.0.1/`, and `http://0x7f.1/`, which the `url` crate
//! reads as browsers do), each one a name resolves to, before it is connected to, and the one
//! that answered. The check and the connection use the same look-up, so a name that
//! changes its address in between (DNS rebinding) gains nothing.
//!
//! The ranges are those of IANA's special-purpose registries (RFC 6890) that are not globally
//! reachable. Left out: names. `localhost` is refused for its address, not for its name.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::failure::Failure;

/// An address that is not on the public internet, and what it is instead.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{address}` is {kind}, not on the public internet; `--allow-private` lets it through")]
pub(crate) struct NotPublic {
    address: IpAddr,
    kind: &'static str,
}

/// Ranges of IPv4 that nobody on the public internet has: base, length of the prefix, kind.
const V4: &[([u8; 4], u32, &str)] = &[
    ([0, 0, 0, 0], 8, "an address of this network"),
    ([10, 0, 0, 0], 8, "a private address"),
    ([100, 64, 0, 0], 10, "a carrier's shared address"),
    ([127, 0, 0, 0], 8, "a loopback address"),
    // Azure's metadata service, on an address that looks public.
    ([168, 63, 129, 16], 32, "a metadata service"),
    ([169, 254, 169, 254], 32, "a metadata service"),
    ([169, 254, 0, 0], 16, "a link-local address"),
    ([172, 16, 0, 0], 12, "a private address"),
    ([192, 0, 0, 0], 24, "a reserved address"),
    ([192, 0, 2, 0], 24, "an address for documentation"),
    ([192, 88, 99, 0], 24, "a reserved address"),
    ([192, 168, 0, 0], 16, "a private address"),
    ([198, 18, 0, 0], 15, "an address for benchmarks"),
    ([198, 51, 100, 0], 24, "an address for documentation"),
    ([203, 0, 113, 0], 24, "an address for documentation"),
    ([224, 0, 0, 0], 4, "a multicast address"),
    ([240, 0, 0, 0], 4, "a reserved address"),
];

/// The same for IPv6. What no line takes in is public only within 2000::/3.
const V6: &[([u16; 8], u32, &str)] = &[
    ([0, 0, 0, 0, 0, 0, 0, 1], 128, "a loopback address"),
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7, "a unique local address"),
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10, "a link-local address"),
    ([0xff00, 0, 0, 0, 0, 0, 0, 0], 8, "a multicast address"),
    // Teredo, ORCHID and benchmarks among them.
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, "a reserved address"),
    (
        [0x2001, 0x0db8, 0, 0, 0, 0, 0, 0],
        32,
        "an address for documentation",
    ),
    (
        [0x3fff, 0, 0, 0, 0, 0, 0, 0],
        20,
        "an address for documentation",
    ),
];

/// Lets public addresses through.
///
/// # Errors
/// With what the address is, when it is not public.
pub(crate) fn check(address: IpAddr) -> Result<(), NotPublic> {
    let kind = match address {
        IpAddr::V4(v4) => kind_v4(v4),
        IpAddr::V6(v6) => kind_v6(v6),
    };
    kind.map_or(Ok(()), |kind| Err(NotPublic { address, kind }))
}

fn kind_v4(address: Ipv4Addr) -> Option<&'static str> {
    let bits = address.to_bits();
    let within =
        |base: [u8; 4], length: u32| (bits ^ u32::from_be_bytes(base)).leading_zeros() >= length;
    V4.iter()
        .find(|(base, length, _)| within(*base, *length))
        .map(|(.., kind)| *kind)
}

fn kind_v6(address: Ipv6Addr) -> Option<&'static str> {
    if let Some(v4) = carried(address) {
        return kind_v4(v4);
    }
    let bits = address.to_bits();
    let within = |base: [u16; 8], length: u32| {
        (bits ^ Ipv6Addr::from(base).to_bits()).leading_zeros() >= length
    };
    let listed = V6.iter().find(|(base, length, _)| within(*base, *length));
    match listed {
        Some((.., kind)) => Some(kind),
        None if bits >> 125 == 1 => None,
        None => Some("a reserved address"),
    }
}

/// The IPv4 address that an IPv6 address leads to: mapped (::ffff:0:0/96), by NAT64
/// (64:ff9b::/96) or by 6to4 (2002::/16).
fn carried(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let join = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(join(high, low))
        }
        [0x2002, high, low, ..] => Some(join(high, low)),
        _ => None,
    }
}

/// Checks an address that stands in the URL itself; it is connected to without a look-up.
///
/// # Errors
/// With what the address is, when it is not public.
pub(crate) fn check_literal(url: &Url) -> Result<(), NotPublic> {
    match url.host() {
        Some(Host::Ipv4(v4)) => check(v4.into()),
        Some(Host::Ipv6(v6)) => check(v6.into()),
        Some(Host::Domain(_)) | None => Ok(()),
    }
}

/// Looks names up and hands on public addresses only.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolver {
    /// Whether all addresses may be asked.
    pub(crate) allow_private: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let every = self.allow_private;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0))
                .await
                .map_err(|_| Failure::UnknownHost(name.as_str().into()))?
                .collect();
            let usable = if every { found } else { public(&found)? };
            Ok(Box::new(usable.into_iter()) as Addrs)
        })
    }
}

/// The public ones among the addresses of a name.
///
/// # Errors
/// When there are addresses and none is public.
fn public(found: &[SocketAddr]) -> Result<Vec<SocketAddr>, Failure> {
    let mut refused = None;
    let mut usable = Vec::new();
    for address in found {
        match check(address.ip()) {
            Ok(()) => usable.push(*address),
            Err(why) => refused = refused.or(Some(why)),
        }
    }
    match refused {
        Some(why) if usable.is_empty() => Err(why.into()),
        _ => Ok(usable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart() {
        let table = [
            ("8.8.8.8", None),
            ("100.63.255.255", None),
            ("100.128.0.0", None),
            ("172.15.255.255", None),
            ("172.32.0.0", None),
            ("192.167.255.255", None),
            ("223.255.255.255", None),
            ("2606:4700:4700::1111", None),
            ("2a00:1450:4001:81b::200e", None),
            ("::ffff:8.8.8.8", None),
            ("64:ff9b::8.8.8.8", None),
            ("0.0.0.0", Some("this network")),
            ("10.1.2.3", Some("private")),
            ("100.64.0.1", Some("carrier")),
            ("100.127.255.255", Some("carrier")),
            ("127.0.0.1", Some("loopback")),
            ("127.255.255.254", Some("loopback")),
            ("168.63.129.16", Some("metadata")),
            ("169.254.1.1", Some("link-local")),
            ("169.254.169.254", Some("metadata")),
            ("172.16.0.1", Some("private")),
            ("172.31.255.255", Some("private")),
            ("192.0.0.192", Some("reserved")),
            ("192.168.1.1", Some("private")),
            ("198.19.0.1", Some("benchmarks")),
            ("224.0.0.1", Some("multicast")),
            ("239.255.255.250", Some("multicast")),
            ("255.255.255.255", Some("reserved")),
            ("::", Some("reserved")),
            ("::1", Some("loopback")),
            ("::127.0.0.1", Some("reserved")),
            ("::ffff:127.0.0.1", Some("loopback")),
            ("::ffff:10.0.0.1", Some("private")),
            ("::ffff:169.254.169.254", Some("metadata")),
            ("64:ff9b::10.0.0.1", Some("private")),
            ("64:ff9b:1::1", Some("reserved")),
            ("2002:7f00:1::", Some("loopback")),
            ("2001::1", Some("reserved")),
            ("2001:db8::1", Some("documentation")),
            ("3fff::1", Some("documentation")),
            ("4000::1", Some("reserved")),
            ("fc00::1", Some("unique local")),
            ("fd00:ec2::254", Some("unique local")),
            ("fe80::1", Some("link-local")),
            ("fec0::1", Some("reserved")),
            ("ff02::1", Some("multicast")),
        ];
        for (words, expected) in table {
            let found = check(words.parse().unwrap()).err().map(|e| e.kind);
            let as_expected = match (found, expected) {
                (None, None) => true,
                (Some(kind), Some(part)) => kind.contains(part),
                _ => false,
            };
            assert!(as_expected, "{words}: {found:?}");
        }
    }

    #[test]
    fn odd_notations_are_the_address_they_mean() {
        for url in [
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://0x7f.1/",
            "http://127.1/",
            "http://127.0.0.1./",
            "http://%31%32%37.0.0.1/",
            "http://①②⑦.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:7f00:1]/",
            "http://[0:0:0:0:0:ffff:127.0.0.1]/",
        ] {
            let url = Url::parse(url).unwrap();
            let kind = check_literal(&url).map_err(|e| e.kind);
            assert_eq!(kind, Err("a loopback address"), "{url}");
        }
    }

    #[test]
    fn a_name_with_a_public_and_a_private_address_is_asked_at_the_public_one() {
        let at = |words: &str| SocketAddr::new(words.parse().unwrap(), 0);
        let usable = public(&[at("10.0.0.1"), at("8.8.8.8"), at("::1")]).unwrap();
        assert_eq!(usable, [at("8.8.8.8")]);
        assert!(public(&[at("10.0.0.1"), at("::1")]).is_err());
        assert_eq!(public(&[]).unwrap(), []);
    }
}
