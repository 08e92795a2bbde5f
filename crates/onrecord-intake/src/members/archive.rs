//! ZIP and tar.

use std::io::{Read, Seek};
use std::ops::ControlFlow;

use super::{Source, Walk, Whole};

/// Files that systems leave in archives.
fn is_hidden(name: &str) -> bool {
    name.split(['/', '\\'])
        .any(|part| part.starts_with('.') && part.len() > 1 && part != ".." || part == "__MACOSX")
}

impl Walk<'_> {
    /// Hands on each file of a ZIP archive, in the order of its table.
    pub(super) fn zip(&mut self, name: &str, file: impl Read + Seek) -> ControlFlow<()> {
        let mut archive = match zip::ZipArchive::new(file) {
            Ok(archive) => archive,
            Err(why) => return self.broken(name, &why),
        };
        let office = ["[Content_Types].xml", "mimetype", "META-INF/container.xml"];
        if office
            .iter()
            .any(|part| archive.index_for_name(part).is_some())
        {
            return self.broken(name, &"it is an office file or e-book, which is not read");
        }
        for index in 0..archive.len() {
            match archive.by_index(index) {
                Ok(entry) => {
                    let path = String::from_utf8_lossy(entry.name_raw()).into_owned();
                    if !entry.is_dir() && !is_hidden(&path) {
                        self.meter.opened();
                        self.unpacked(&format!("{name}: {path}"), Whole(entry))?;
                    }
                }
                Err(why) => self.broken(&format!("{name}: file {}", index + 1), &why)?,
            }
        }
        ControlFlow::Continue(())
    }

    /// Hands on each file of a tar archive.
    pub(super) fn tar(&mut self, name: &str, stream: impl Source) -> ControlFlow<()> {
        let mut archive = tar::Archive::new(stream);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(why) => return self.broken(name, &why),
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(why) => return self.broken(name, &why),
            };
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if !is_hidden(&path) {
                self.meter.opened();
                self.unpacked(&format!("{name}: {path}"), Whole(entry))?;
            }
        }
        ControlFlow::Continue(())
    }
}
