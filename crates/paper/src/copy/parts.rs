//! The parts of a container, changed and packed again.

use crate::pack::Pack;
use crate::refuse;
use crate::wire::broken;
use kernel::Refusal;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Parts by name.
pub type Parts = BTreeMap<String, Vec<u8>>;

pub fn open(bytes: &[u8]) -> Result<Parts, Refusal> {
    let mut pack = Pack::open(bytes)?;
    let names: Vec<String> = pack.names().filter(|name| !name.ends_with('/')).map(str::to_owned).collect();
    names.into_iter().map(|name| Ok((name.clone(), pack.part(&name)?))).collect()
}

/// Packs parts. Nothing but their names and bytes goes in: no time, no remark, no owner.
pub fn close(parts: &Parts, first: &str) -> Result<Vec<u8>, Refusal> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let ordered = parts.get_key_value(first).into_iter().chain(parts.iter().filter(|(name, _)| *name != first));
    for (name, bytes) in ordered {
        zip.start_file(name.as_str(), options).map_err(|_| broken())?;
        zip.write_all(bytes).map_err(|_| broken())?;
    }
    let made = zip.finish().map_err(|_| broken())?.into_inner();
    if made.len() > crate::MAX_INPUT {
        return Err(refuse("file-size", "副本超过 50 MB。请拆分后再办理。"));
    }
    Ok(made)
}
