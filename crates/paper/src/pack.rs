//! The container of office documents: a zip whose parts are read one by one, and never more than may be.

use crate::{refuse, wire::broken};
use kernel::Refusal;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// The most parts that a document may have; real ones have some hundreds.
const PARTS_MOST: usize = 10_000;
/// What all parts together may come to, in bytes.
const INFLATED_MOST: u64 = 256 << 20;

/// An open container. Nothing in it is written to disk, so names of parts need no trust.
pub struct Pack<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Pack<'a> {
    /// # Errors
    /// `file-broken`, `file-locked`; `file-bomb` where parts lie in each other or are too many; `file-macro` where a
    /// part is a program.
    pub fn open(bytes: &'a [u8]) -> Result<Pack<'a>, Refusal> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
        if zip.len() > PARTS_MOST || zip.has_overlapping_files().unwrap_or(true) {
            return Err(bomb());
        }
        let pack = Pack { zip, left: INFLATED_MOST };
        if pack.names().any(is_program) {
            let says = "文件带有宏或者控件，不能上传。请另存为不带宏的格式（.docx、.xlsx、.pptx）后再上传。";
            return Err(refuse("file-macro", says));
        }
        Ok(pack)
    }

    /// The names of all parts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.zip.file_names_raw().filter_map(|name| std::str::from_utf8(name).ok())
    }

    /// The names that begin and end so, in their order.
    pub fn named(&self, begin: &str, end: &str) -> Vec<String> {
        let mut found: Vec<String> =
            self.names().filter(|n| n.starts_with(begin) && n.ends_with(end)).map(str::to_owned).collect();
        found.sort_by_key(|name| (name.len(), name.clone()));
        found
    }

    /// A part whole; empty where there is none. A slash at the beginning means nothing.
    pub fn part(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let part = match self.zip.by_name(name.trim_start_matches('/')) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(vec![]),
            Err(ZipError::UnsupportedArchive(_)) | Err(ZipError::InvalidPassword) => return Err(locked()),
            Err(_) => return Err(broken()),
        };
        let mut bytes = Vec::with_capacity(part.size().min(1 << 20) as usize);
        let read = part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| broken())? as u64;
        self.left = self.left.checked_sub(read).ok_or_else(bomb)?;
        Ok(bytes)
    }
}

fn is_program(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("vbaproject.bin") || name.contains("/activex/") || name.contains("/macrosheets/")
}

/// A file that comes to more than it shows.
pub fn bomb() -> Refusal {
    refuse("file-bomb", "文件展开以后太大或者嵌套太深，不予识读。请另存一份，去掉多余的内容后再上传。")
}

/// A file that only opens with a password.
pub fn locked() -> Refusal {
    refuse("file-locked", "文件加了密码，不能识读。请去掉密码后再上传。")
}
