//! What goes between the processes: a header in JSON, and bytes behind it as they are.
//!
//! A frame is the number of the question, the lengths of header and bytes (`u64`, little-endian), the
//! header, the bytes.

use std::io::{self, Read, Write};

use onrecord::Envelope;
use onrecord::intake::{ColumnMap, Member};
use onrecord::model::{self, Problem, Record, Report};
use serde::{Deserialize, Serialize};

/// What is said first: it holds for all questions.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Greeting {
    pub(crate) given: Envelope,
    pub(crate) map: ColumnMap,
}

/// A question.
#[derive(Clone, Copy, Serialize)]
pub(crate) enum Ask<'a> {
    TakeIn(&'a Member),
    Read(&'a Report, &'a [Problem]),
    MadeBy,
}

/// A question as it arrives.
#[derive(Deserialize)]
pub(crate) enum Asked {
    TakeIn(Box<Member>),
    Read(Box<Report>, Vec<Problem>),
    MadeBy,
}

/// A report that was taken in and is not yet read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Taken {
    pub(crate) report: Report,
    pub(crate) problems: Vec<Problem>,
}

/// An answer.
#[derive(Serialize, Deserialize)]
pub(crate) enum Answer {
    Taken(Vec<Taken>),
    /// The record, and where its sentences stand, in bytes.
    Read(Box<Record>, Vec<[u32; 2]>),
    MadeBy(model::Reader),
    /// The reader gave up; why.
    Failed(String),
}

/// One message.
pub(crate) struct Frame {
    pub(crate) number: u64,
    pub(crate) header: Vec<u8>,
    pub(crate) raw: Vec<u8>,
}

/// A header as it is sent.
///
/// # Errors
/// When it cannot be written as JSON.
pub(crate) fn header(of: &impl Serialize) -> io::Result<Vec<u8>> {
    Ok(serde_json::to_vec(of)?)
}

/// Sends a frame.
///
/// # Errors
/// When nobody reads at the other end.
pub(crate) fn send(to: &mut impl Write, number: u64, header: &[u8], raw: &[u8]) -> io::Result<()> {
    for n in [number, header.len() as u64, raw.len() as u64] {
        to.write_all(&n.to_le_bytes())?;
    }
    to.write_all(header)?;
    to.write_all(raw)?;
    to.flush()
}

/// The next frame; `None` when the other end is closed.
///
/// # Errors
/// When a frame is cut short.
pub(crate) fn receive(from: &mut impl Read) -> io::Result<Option<Frame>> {
    let mut head = [0; 24];
    if from.read(&mut head[..1])? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut head[1..])?;
    let n = |i: usize| {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&head[i * 8..i * 8 + 8]);
        u64::from_le_bytes(bytes)
    };
    let bytes = |from: &mut dyn Read, len: u64| {
        let mut out = Vec::new();
        let read = from.take(len).read_to_end(&mut out)?;
        if (read as u64) < len {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        Ok(out)
    };
    let header = bytes(from, n(1))?;
    let raw = bytes(from, n(2))?;
    let number = n(0);
    Ok(Some(Frame {
        number,
        header,
        raw,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_comes_as_it_was_sent_and_one_cut_short_does_not() {
        let mut sent = Vec::new();
        send(&mut sent, 7, b"{}", b"\x00\xff").unwrap();
        let frame = receive(&mut &sent[..]).unwrap().unwrap();
        assert_eq!(
            (frame.number, frame.header, frame.raw),
            (7, b"{}".to_vec(), vec![0, 255])
        );
        assert!(receive(&mut &sent[..sent.len() - 1]).is_err());
        assert!(receive(&mut &b""[..]).unwrap().is_none());
    }
}
