//! A form as it was sent, read whole before anything else happens.

use crate::edge::Failure;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use std::collections::BTreeMap;

/// The fields in the order of the form, and the files.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    fields: Vec<(String, String)>,
    pub files: Vec<Upload>,
}

/// A file in memory. It is scanned before anything of it is stored.
#[derive(Clone, Debug)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

impl Posted {
    /// The value of a field, trimmed; empty where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The value as it was typed, with the line ends of browsers made plain.
    pub fn text(&self, name: &str) -> String {
        self.raw(name).replace("\r\n", "\n")
    }

    fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// All fields in the order of the form.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(n, _)| n == name)
    }

    /// All values of a field that may be ticked several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.trim())
    }

    /// The number in a field; a form of ours always has it, so anything else is a bad request.
    pub fn number(&self, name: &str) -> Result<i64, Failure> {
        self.get(name).parse().map_err(|_| Failure::bad("表单不完整。请返回上一页，刷新后再提交。"))
    }

    /// The fields whose names begin with `prefix`, without it.
    pub fn with_prefix(&self, prefix: &str) -> BTreeMap<String, String> {
        let strip = |(n, v): &(String, String)| Some((n.strip_prefix(prefix)?.to_owned(), v.trim().to_owned()));
        self.fields.iter().filter_map(strip).collect()
    }

    /// For tests and for forms that programs fill.
    pub fn of(fields: &[(&str, &str)]) -> Posted {
        Posted { fields: fields.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect(), files: vec![] }
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Failure;
    async fn from_request(mut request: Request, state: &S) -> Result<Posted, Failure> {
        // The desk's layer has read it already, to check its token.
        if let Some(posted) = request.extensions_mut().remove::<Posted>() {
            return Ok(posted);
        }
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            return multipart(request, state).await;
        }
        if !kind.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, ""));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|e| Failure::new(e.status(), ""))?;
        let fields = serde_urlencoded::from_bytes(&bytes).map_err(|_| Failure::bad(""))?;
        Ok(Posted { fields, files: vec![] })
    }
}

async fn multipart<S: Send + Sync>(request: Request, state: &S) -> Result<Posted, Failure> {
    let mut parts = Multipart::from_request(request, state).await.map_err(|e| Failure::new(e.status(), ""))?;
    let mut posted = Posted::default();
    while let Some(part) = parts.next_field().await.map_err(|e| Failure::new(e.status(), ""))? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(name) => {
                let bytes = part.bytes().await.map_err(|e| Failure::new(e.status(), ""))?;
                // A browser sends an empty part for a file that nobody chose.
                if !name.is_empty() || !bytes.is_empty() {
                    posted.files.push(Upload { field, name: file_name(&name), bytes });
                }
            }
            None => {
                let text = part.text().await.map_err(|e| Failure::new(e.status(), ""))?;
                posted.fields.push((field, text));
            }
        }
    }
    Ok(posted)
}

/// Without folders, control characters and what file systems refuse; at most 120 characters, the ending kept.
fn file_name(sent: &str) -> String {
    let name = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control() && !r#"<>:"|?*"#.contains(*c)).collect();
    let name = name.trim().trim_start_matches('.');
    let long = name.chars().count();
    if long <= 120 {
        return if name.is_empty() { "文件".into() } else { name.into() };
    }
    let (stem, ending) = name.rsplit_once('.').filter(|(_, e)| e.chars().count() <= 10).unwrap_or((name, ""));
    let stem: String = stem.chars().take(105).collect();
    if ending.is_empty() { stem } else { format!("{stem}.{ending}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_keeps_its_ending_and_nothing_dangerous() {
        for (sent, kept) in [
            ("附件1.docx", "附件1.docx"),
            (r"C:\桌面\名单.xlsx", "名单.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("a\u{0}b<c>.pdf", "abc.pdf"),
            (".htaccess", "htaccess"),
            ("", "文件"),
        ] {
            assert_eq!(file_name(sent), kept);
        }
        let long = file_name(&format!("{}.pdf", "长".repeat(300)));
        assert!(long.ends_with(".pdf") && long.chars().count() < 120);
    }
}
