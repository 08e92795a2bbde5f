//! gzip of one member or many, and zstd.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use super::{Headed, Source};

/// Bytes of gzip read at once.
const CHUNK: usize = 64 << 10;

/// Reads gzip members one after the other; behind a broken one, [`Source::resume`] goes on with
/// the next that begins like one.
pub(super) struct Gunzip<R: Read> {
    state: State<R>,
}

enum State<R: Read> {
    Inside(Box<GzDecoder<BufReader<R>>>),
    Between(BufReader<R>),
    Done,
}

impl<'a> Gunzip<Headed<'a>> {
    pub(super) fn new(stream: Headed<'a>) -> Self {
        Self {
            state: State::Between(BufReader::with_capacity(CHUNK, stream)),
        }
    }
}

impl<R: Read> Gunzip<R> {
    /// Opens the member that begins here, if one does.
    fn open(&mut self) -> io::Result<bool> {
        let State::Between(mut reader) = std::mem::replace(&mut self.state, State::Done) else {
            return Ok(false);
        };
        // Tapes and some writers pad members with zeros.
        loop {
            let ahead = reader.fill_buf()?;
            let zeros = ahead.iter().take_while(|b| **b == 0).count();
            if zeros == 0 {
                break;
            }
            reader.consume(zeros);
        }
        if reader.fill_buf()?.is_empty() {
            return Ok(false);
        }
        self.state = State::Inside(Box::new(GzDecoder::new(reader)));
        Ok(true)
    }
}

impl<R: Read> Read for Gunzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match &mut self.state {
                State::Done => return Ok(0),
                State::Between(_) => {
                    if !self.open()? {
                        return Ok(0);
                    }
                }
                State::Inside(decoder) => match decoder.read(buffer)? {
                    0 if !buffer.is_empty() => {
                        if let State::Inside(d) = std::mem::replace(&mut self.state, State::Done) {
                            self.state = State::Between(d.into_inner());
                        }
                    }
                    n => return Ok(n),
                },
            }
        }
    }
}

impl<R: Read> Source for Gunzip<R> {
    fn resume(&mut self) -> bool {
        let mut reader = match std::mem::replace(&mut self.state, State::Done) {
            State::Inside(decoder) => decoder.into_inner(),
            State::Between(reader) => reader,
            State::Done => return false,
        };
        loop {
            let Ok(ahead) = reader.fill_buf() else {
                return false;
            };
            if ahead.is_empty() {
                return false;
            }
            // ID1, ID2, CM = deflate, and no reserved flag (RFC 1952). A mark across two chunks
            // is missed and the next found.
            let begins = |w: &[u8]| matches!(w, [0x1f, 0x8b, 8, flags] if flags & 0xe0 == 0);
            if let Some(at) = ahead.windows(4).position(begins) {
                reader.consume(at);
                self.state = State::Between(reader);
                return true;
            }
            let len = ahead.len();
            reader.consume(len);
        }
    }
}

/// Reads zstd frames one after the other.
///
/// # Errors
/// When the library cannot set itself up.
pub(super) fn unzstd(stream: Headed<'_>) -> io::Result<impl Read + '_> {
    zstd::stream::read::Decoder::new(stream)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::super::Whole;
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    fn member(words: &str) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::default());
        out.write_all(words.as_bytes()).unwrap();
        out.finish().unwrap()
    }

    fn gunzip(bytes: Vec<u8>) -> Gunzip<Headed<'static>> {
        Gunzip::new(Headed {
            head: Cursor::new(bytes),
            fault: None,
            rest: Box::new(Whole(io::empty())),
        })
    }

    #[test]
    fn members_follow_each_other() {
        let bytes = [member("one"), vec![0; 20], member("two")].concat();
        let mut text = String::new();
        gunzip(bytes).read_to_string(&mut text).unwrap();
        assert_eq!(text, "onetwo");
    }

    #[test]
    fn a_broken_member_is_passed() {
        let mut broken = member(&"words that are long enough to hold a fault ".repeat(20));
        let middle = broken.len() / 2;
        broken[middle..middle + 8].fill(0xff);
        let bytes = [broken, member("two")].concat();
        let mut source = gunzip(bytes);
        let mut lost = Vec::new();
        assert!(source.read_to_end(&mut lost).is_err());
        assert!(source.resume());
        let mut text = String::new();
        source.read_to_string(&mut text).unwrap();
        assert_eq!(text, "two");
    }
}
