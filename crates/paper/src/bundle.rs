//! Files in, one ZIP archive out.

use bytes::Bytes;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A ZIP archive of named files, in their order. It carries no time and no owner: the same files make the same bytes.
///
/// # Errors
/// Where a name is given twice, or is longer than the format allows.
pub fn bundle(files: &[(String, Bytes)]) -> std::io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_goes_in_comes_out_and_twice_the_same() {
        let files = [("甲/index.html", "正文"), ("b.txt", "")].map(|(n, t)| (n.to_owned(), Bytes::from(t)));
        let bytes = bundle(&files).expect("packs");
        assert_eq!(bytes, bundle(&files).expect("packs again"));
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("opens");
        assert_eq!(zip.len(), 2);
        let mut text = String::new();
        zip.by_name("甲/index.html").expect("there").read_to_string(&mut text).expect("reads");
        assert_eq!(text, "正文");
        let doubled = [files[0].clone(), files[0].clone()];
        assert!(bundle(&doubled).is_err(), "a name given twice");
    }
}
