//! `mingtang ledger verify`: the whole log, or one proof file. It trusts nothing that it reads: statements are hashed
//! again, every tile is held against ours, the root against the signature.

use super::source::Source;
use crate::args::Verify;
use crate::config::Config;
use crate::fail::Fail;
use app::proof::keys;
use app::proof::verify::read_proof;
use ledger::{Checkpoint, Tile, Tree, VerifierKey, statements};
use serde_json::json;
use std::path::Path;
use store::Store;

pub async fn run(config: &Config, asked: &Verify) -> Result<(), Fail> {
    match (&asked.file, &asked.url) {
        (Some(_), Some(_)) => Err(Fail::usage("凭证文件和 --url 写一个。")),
        (Some(file), None) => one(config, asked, file).await,
        (None, Some(url)) => {
            let source = Source::of(&format!("{}/ledger", url.trim_end_matches('/')))?;
            let found = whole(&source, asked).await?;
            said(asked, &found)
        }
        (None, None) => here(config, asked).await,
    }
}

/// What a whole log came to.
struct Found {
    origin: String,
    size: u64,
    root: String,
    /// Whether the key was given, or only stood beside the log.
    pinned: bool,
}

fn said(asked: &Verify, found: &Found) -> Result<(), Fail> {
    if asked.json {
        let all = json!({"ok": true, "origin": found.origin, "size": found.size, "root": found.root,
            "pinned": found.pinned});
        println!("{all}");
        return Ok(());
    }
    println!("登记簿 {} 完整：{} 条，汇总值 {}，签名正确。", found.origin, found.size, found.root);
    if !found.pinned {
        println!("公钥取自同一个地方。要核对是不是那一家的，用 --key 写明您另外得到的公钥。");
    }
    Ok(())
}

/// The folder of this installation, and the database beside it.
async fn here(config: &Config, asked: &Verify) -> Result<(), Fail> {
    let row = match config.database().map(|url| (url, config.is_own_file() && !config.sqlite_file().exists()))? {
        (_, true) => None,
        (url, false) => {
            let store = Store::open(&url).await?;
            store.log().await?.map(|row| (store, row))
        }
    };
    let part = row.as_ref().map(|(_, row)| keys::part(&row.origin)).unwrap_or_default();
    let folder = config.data.join("ledger").join(part.trim_end_matches('/'));
    let source = Source::of(&folder.to_string_lossy())?;
    let found = whole(&source, asked).await?;
    if let Some((store, _)) = &row {
        same_as_database(store, &source, found.size).await?;
    }
    said(asked, &found)
}

fn keys_from(text: &str) -> Result<Vec<VerifierKey>, Fail> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| VerifierKey::parse(line).map_err(|e| Fail::usage(format!("公钥读不懂：{e}")))).collect()
}

/// `--key` is a file of vkeys, or a vkey.
fn given(asked: &Verify) -> Result<Option<Vec<VerifierKey>>, Fail> {
    let Some(key) = &asked.key else { return Ok(None) };
    let text = if Path::new(key).is_file() { std::fs::read_to_string(key)? } else { key.clone() };
    keys_from(&text).map(Some)
}

/// Reads all statements, grows the tree anew, and compares every file on the way.
async fn whole(source: &Source, asked: &Verify) -> Result<Found, Fail> {
    let note = source.checkpoint().await?;
    let pinned = given(asked)?;
    let is_pinned = pinned.is_some();
    let keys = match pinned {
        Some(keys) => keys,
        None => keys_from(&source.key().await?.ok_or_else(|| Fail::usage("那里没有公钥。请用 --key 写明。"))?)?,
    };
    let no = |what: String| Fail::no(format!("核验不通过：{what}"));
    let parsed = Checkpoint::parse(note.text()).map_err(|e| no(format!("签发记录读不懂：{e}")))?;
    let checkpoint = Checkpoint::open(&note, parsed.origin(), &keys).map_err(|e| no(format!("签名不对：{e}")))?;
    let head = *checkpoint.head();
    let mut tree = Tree::new();
    while tree.size() < head.size {
        let tile = Tile::of_statement(tree.size(), head.size).ok_or_else(|| Fail::fault("no such bundle"))?;
        let bundle = wanted(source, tile).await?;
        let some = statements(&bundle).map_err(|e| no(format!("{tile} 读不懂：{e}")))?;
        let growth = tree.grow(&some).map_err(|e| no(format!("{tile}：{e}")))?;
        // Partial tiles on the way are not the ones that the checkpoint asks for.
        let edge = growth.tree.size() == head.size;
        for file in growth.files.iter().filter(|file| file.tile.is_full() || edge) {
            if wanted(source, file.tile).await? != file.bytes {
                return Err(no(format!("{} 与条目对不上。", file.tile)));
            }
        }
        tree = growth.tree;
    }
    if tree.head() != head {
        return Err(no("条目与签发的汇总值对不上。".into()));
    }
    let (origin, root) = (checkpoint.origin().to_owned(), head.root.to_string());
    Ok(Found { origin, size: head.size, root, pinned: is_pinned })
}

async fn wanted(source: &Source, tile: Tile) -> Result<Vec<u8>, Fail> {
    source.tile(tile).await?.ok_or_else(|| Fail::no(format!("核验不通过：缺 {tile}。")))
}

/// What the database says stands at each position is what the log has there.
async fn same_as_database(store: &Store, source: &Source, size: u64) -> Result<(), Fail> {
    let mut next = 0;
    while next < size {
        let tile = Tile::of_statement(next, size).ok_or_else(|| Fail::fault("no such bundle"))?;
        let (bundle, end) = (wanted(source, tile).await?, size.min(next + 256));
        let rows = store
            .placed(next, end)
            .await
            .map_err(|_| Fail::no(format!("核验不通过：数据库里缺第 {} 条到第 {end} 条中的条目。", next + 1)))?;
        let some = statements(&bundle).map_err(|e| Fail::no(format!("核验不通过：{tile} 读不懂：{e}")))?;
        if let Some(n) = rows.iter().zip(&some).position(|(row, text)| row.bytes.as_bytes() != *text) {
            return Err(Fail::no(format!("核验不通过：数据库里的第 {} 条与登记簿不同。", next + 1 + n as u64)));
        }
        next = end;
    }
    Ok(())
}

/// One proof file. Without `--key`, the keys of this installation.
async fn one(config: &Config, asked: &Verify, file: &Path) -> Result<(), Fail> {
    let bytes = std::fs::read(file).map_err(|e| Fail::usage(format!("读不了 {}：{e}", file.display())))?;
    let keys = match given(asked)? {
        Some(keys) => keys,
        None => {
            let beside = Source::of(&config.data.join("ledger").to_string_lossy())?.key().await?;
            let kept = keys::Place(config.data.join("keys")).secrets()?.map(|secrets| secrets.keys()).transpose()?;
            match (kept, beside) {
                (Some(kept), _) => kept.verifiers,
                (None, Some(text)) => keys_from(&text)?,
                (None, None) => return Err(Fail::usage("请用 --key 写明登记簿的公钥（/verify/keys 页上有）。")),
            }
        }
    };
    let opening = read_proof(&bytes, &keys).map_err(|why| Fail::no(format!("核验不通过：{why}")))?;
    let content = opening.content.clone().filter(|_| opening.fits() == Some(true));
    if asked.json {
        println!("{}", json!({"ok": true, "statement": opening.statement, "content": content}));
    } else {
        println!("凭证有效。登记条目：{}", opening.statement);
        if let Some(content) = content {
            println!("被登记的内容，SHA-256：{content}");
        }
    }
    Ok(())
}
