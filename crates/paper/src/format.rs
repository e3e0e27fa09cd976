//! Which format a file has, by its bytes.

use crate::pack::Pack;
use crate::refuse;
use kernel::Refusal;

/// A format that we read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    Docx,
    Xlsx,
    Pptx,
    Ofd,
    Pdf,
    Html,
    Text,
}

/// What other files begin with, and what they are called.
const OTHERS: &[(&[u8], &str)] = &[
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版或者加了密码的 Office 文件"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"\x7fELF", "程序"),
];

/// How many bytes of a text tell whether it is a page.
const HEAD: usize = 1024;

impl Format {
    /// # Errors
    /// `file-format` where it is none that we read.
    pub fn of(name: &str, bytes: &[u8]) -> Result<Format, Refusal> {
        if bytes.starts_with(b"PK\x03\x04") {
            return Format::of_pack(&Pack::open(bytes)?);
        }
        // Some programs write a line of their own before the file begins.
        if bytes[..bytes.len().min(HEAD)].windows(5).any(|window| window == b"%PDF-") {
            return Ok(Format::Pdf);
        }
        if let Some((_, zh)) = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            let says = format!("这是{zh}，不能识读。请另存为 DOCX、XLSX、PDF、OFD、HTML 或者 TXT。");
            return Err(refuse("file-format", says));
        }
        Ok(if is_page(name, bytes) { Format::Html } else { Format::Text })
    }

    /// By the part that every document of a format has.
    fn of_pack(pack: &Pack) -> Result<Format, Refusal> {
        let has = |begin: &str| pack.names().any(|name| name.starts_with(begin));
        let known = [("OFD.xml", Format::Ofd), ("word/", Format::Docx), ("xl/", Format::Xlsx), ("ppt/", Format::Pptx)];
        let found = known.into_iter().find(|(begin, _)| has(begin)).map(|(_, format)| format);
        let says = "这是压缩包，不能识读。请解压以后逐个上传。";
        found.ok_or_else(|| refuse("file-format", says))
    }

    /// Other formats may not go by the name of one that has a look of its own.
    pub(crate) fn check_name(self, name: &str) -> Result<(), Refusal> {
        let ending = ending(name);
        let (zh, endings): (&str, &[&str]) = match self {
            Format::Docx => (" DOCX 文档", &["docx"]),
            Format::Xlsx => (" XLSX 表格", &["xlsx"]),
            Format::Pptx => (" PPTX 演示文稿", &["pptx"]),
            Format::Ofd => (" OFD 文件", &["ofd"]),
            Format::Pdf => (" PDF 文件", &["pdf"]),
            Format::Html => ("网页", &["html", "htm", "mht", "doc", "xls"]),
            Format::Text => ("文本", &["txt", "csv", "md", "html", "htm"]),
        };
        let known = ["pdf", "ofd", "docx", "xlsx", "pptx", "txt", "csv", "html", "htm"];
        if endings.contains(&ending.as_str()) || !known.contains(&ending.as_str()) {
            return Ok(());
        }
        Err(refuse("file-mismatch", format!("文件名以 .{ending} 结尾，内容却是{zh}。请核对文件，改正文件名后再上传。")))
    }
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

/// Whether a text is a web page: it says so at its beginning, or its name says so.
fn is_page(name: &str, bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let head: String = head.iter().filter(|b| **b != 0).map(|b| char::from(b.to_ascii_lowercase())).collect();
    let begins = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| head.contains(tag));
    begins || matches!(ending(name).as_str(), "html" | "htm")
}
