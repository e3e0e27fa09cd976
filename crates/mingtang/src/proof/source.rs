//! Where a log is read: a folder, or an address that serves one.

use crate::fail::Fail;
use app::proof::folder::Folder;
use ledger::{Note, Tile};
use std::path::PathBuf;
use std::time::Duration;

/// A server that says nothing for so long is not asked again.
const PATIENCE: Duration = Duration::from_secs(30);
/// No tile or bundle is larger: 256 statements of 65,535 bytes with their lengths.
const LONGEST: usize = 256 * 65_537;

pub enum Source {
    Folder(Folder),
    /// Without a slash at the end.
    Address(reqwest::Client, String),
}

impl Source {
    /// An address that begins with `http`, else a folder. Either is the log's own: it holds `checkpoint` and `tile`.
    pub fn of(text: &str) -> Result<Source, Fail> {
        if !text.starts_with("http://") && !text.starts_with("https://") {
            return Ok(Source::Folder(Folder(PathBuf::from(text))));
        }
        let client = reqwest::Client::builder().timeout(PATIENCE).build().map_err(Fail::fault)?;
        Ok(Source::Address(client, text.trim_end_matches('/').to_owned()))
    }

    pub async fn checkpoint(&self) -> Result<Note, Fail> {
        let bytes = self.read("checkpoint").await?.ok_or_else(|| Fail::no("那里没有签发记录（checkpoint）。"))?;
        Note::parse(&bytes).map_err(|e| Fail::no(format!("签发记录读不懂：{e}")))
    }

    /// The public keys that stand beside the log. They show that it agrees with itself, not whose it is.
    pub async fn key(&self) -> Result<Option<String>, Fail> {
        Ok(self.read("key").await?.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    /// A tile, or what a full one has of it.
    pub async fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, Fail> {
        match self {
            Source::Folder(folder) => Ok(folder.read(tile)),
            Source::Address(..) => self.read(&tile.to_string()).await,
        }
    }

    async fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Fail> {
        match self {
            Source::Folder(folder) => match std::fs::read(folder.0.join(path)) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(e) => Err(e.into()),
            },
            Source::Address(client, base) => {
                let asked = client.get(format!("{base}/{path}")).send().await;
                let mut answer = asked.map_err(|e| Fail::fault(e).during(&format!("{base} 连不上")))?;
                if answer.status() == reqwest::StatusCode::NOT_FOUND {
                    return Ok(None);
                }
                if !answer.status().is_success() {
                    return Err(Fail::fault(format!("{base}/{path}: {}", answer.status())));
                }
                let mut bytes = vec![];
                while let Some(more) = answer.chunk().await.map_err(Fail::fault)? {
                    bytes.extend_from_slice(&more);
                    if bytes.len() > LONGEST {
                        return Err(Fail::no(format!("{base}/{path} 太长，不是登记簿的文件。")));
                    }
                }
                Ok(Some(bytes))
            }
        }
    }
}
