use encoding_rs::{Encoding, GB18030, UTF_8};
use kernel::Refusal;

/// Decodes a file without loss: by its byte order mark, else as UTF-8, else as `declared`, else as GB 18030 (which
/// holds GBK and GB 2312). UTF-8 goes before the label, for text of another charset is hardly ever UTF-8 by chance,
/// while pages saved again often keep an old label.
pub fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<String, Refusal> {
    crate::check_size(bytes)?;
    let marked = Encoding::for_bom(bytes);
    let (tries, skip) = match marked {
        Some((encoding, length)) => ([Some(encoding), None, None], length),
        None => ([Some(UTF_8), declared, Some(GB18030)], 0),
    };
    let read =
        |encoding: &'static Encoding| encoding.decode_without_bom_handling_and_without_replacement(&bytes[skip..]);
    match tries.into_iter().flatten().find_map(read) {
        Some(text) if !text.contains('\0') => Ok(text.into_owned()),
        _ => {
            let says = "无法识别文件的文字编码。请另存为 UTF-8 编码后再导入。";
            Err(Refusal::new("file-charset", says).at("file"))
        }
    }
}

/// The encoding a page names in its first 4096 bytes (`charset=gb2312`).
pub fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = head.windows(8).position(|window| window.eq_ignore_ascii_case(b"charset="))? + 8;
    let label = head[at..].trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_".contains(b)).unwrap_or(label.len());
    Encoding::for_label(&label[..end])
}
