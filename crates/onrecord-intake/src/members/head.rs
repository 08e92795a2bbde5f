//! The first bytes of a stream, which tell what it is.

use std::io::{self, Read};

/// How much is looked at to tell what something is.
pub(super) const HEAD: usize = 64 << 10;

/// The first bytes of a stream, no more than tell what it is, with the fault that ends them.
///
/// # Errors
/// When there are none for a fault.
pub(super) fn head(
    stream: &mut impl Read,
    is_told: impl Fn(&[u8]) -> bool,
) -> io::Result<(Vec<u8>, Option<io::Error>)> {
    let mut head = Vec::new();
    // What unpacks loses with a fault all of the read that meets it.
    let mut some = [0; 64];
    while head.len() < HEAD && !is_told(&head) {
        match stream.read(&mut some) {
            Ok(0) => break,
            Ok(n) => head.extend_from_slice(&some[..n]),
            Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
            Err(why) if head.is_empty() => return Err(why),
            Err(why) => return Ok((head, Some(why))),
        }
    }
    Ok((head, None))
}
