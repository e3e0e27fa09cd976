//! What is typed from a signed sheet, and the picture of it. Pure.

use super::model::{Revision, Verdict};
use super::verdict;
use crate::posted::{Posted, Upload};
use kernel::{Day, Hash, Refusal};

/// A picture of a sheet, in bytes.
const IMAGE_MAX: usize = 20 << 20;

/// What stands on the sheet and is typed from it, so that nobody enters a signature under another text: the first
/// twelve digits of the digest, `3F2A-90C1-77DE`.
pub fn code(hash: &Hash) -> String {
    hash.to_string()[..12]
        .to_uppercase()
        .as_bytes()
        .chunks(4)
        .map(String::from_utf8_lossy)
        .collect::<Vec<_>>()
        .join("-")
}

fn same_code(typed: &str, hash: &Hash) -> bool {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    plain(typed) == plain(&code(hash))
}

/// The media type of a picture, by its first bytes, or what is wrong with it.
pub fn read_image(upload: &Upload) -> Result<&'static str, Refusal> {
    let fault = |code, says: String| Err(Refusal::new(code, says).at("image"));
    let kind = match &upload.bytes[..] {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        _ => return fault("image-type", format!("“{}”不是 JPG、PNG 或 PDF。请拍照或扫描后再上传。", upload.name)),
    };
    if upload.bytes.len() > IMAGE_MAX {
        return fault("image-size", format!("“{}”超过 {} MB。请压缩后再上传。", upload.name, IMAGE_MAX >> 20));
    }
    Ok(kind)
}

/// What was typed from the sheet.
pub struct Entry {
    pub leader: String,
    pub verdict: Verdict,
    pub opinion: String,
    pub signed_on: Day,
}

pub fn read(form: &Posted, revision: &Revision, today: Day) -> Result<Entry, Vec<Refusal>> {
    let (verdict, opinion) = (Verdict::parse(form.get("verdict")), form.get("opinion").to_owned());
    let signed_on = Day::parse(form.get("signed_on")).filter(|d| *d <= today && *d >= revision.at.day());
    let other = "纸上的编号与现在这一稿对不上。稿子改过的，请重新打印、签字；打错的，请照纸上再输一次。";
    let faults = [
        (!same_code(form.get("code"), &revision.hash), "code", other.to_owned()),
        (form.get("leader").is_empty(), "leader", "请选择签字的领导。".into()),
        (verdict.is_none(), "verdict", "请照纸上选择同意或退回。".into()),
        (verdict == Some(Verdict::Return) && opinion.is_empty(), "opinion", "退回的，请照纸上写明理由。".into()),
        (opinion.chars().count() > verdict::OPINION_MAX, "opinion", format!("意见最多 {} 字。", verdict::OPINION_MAX)),
        (signed_on.is_none(), "signed_on", "签字日期在提交审查之后、今天以前，写成 2026-11-23。".into()),
    ];
    let why: Vec<Refusal> = faults
        .into_iter()
        .filter(|(bad, ..)| *bad)
        .map(|(_, field, says)| Refusal::new(field, says).at(field))
        .collect();
    match (verdict, signed_on) {
        (Some(verdict), Some(signed_on)) if why.is_empty() => {
            Ok(Entry { leader: form.get("leader").into(), verdict, opinion, signed_on })
        }
        _ => Err(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_on_the_sheet_is_that_of_the_text() {
        let hash = Hash::of(b"text");
        let code = code(&hash);
        assert_eq!(code.len(), 14);
        assert!(same_code(&code.to_lowercase().replace('-', " "), &hash));
        assert!(!same_code(&code, &Hash::of(b"another text")) && !same_code("", &hash));
    }

    #[test]
    fn a_picture_is_known_by_its_first_bytes() {
        let sent = |bytes: &'static [u8]| Upload { field: "image".into(), name: "a".into(), bytes: bytes.into() };
        for (bytes, wanted) in [
            (&b"\xff\xd8\xff\xe0"[..], Ok("image/jpeg")),
            (b"\x89PNG\r\n", Ok("image/png")),
            (b"%PDF-1.7", Ok("application/pdf")),
            (b"<svg onload=x>", Err("image-type")),
            (b"", Err("image-type")),
        ] {
            assert_eq!(read_image(&sent(bytes)).map_err(|r| r.code), wanted);
        }
    }
}
