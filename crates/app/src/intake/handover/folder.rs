//! The watched folder: an office system without a network way to us leaves a JSON file with its papers beside it. Each
//! is taken in as over the API, then moved to `done/`, or to `refused/` with the reasons in a file of its own.

use super::hand::{Handing, hand, holder};
use super::model::Sent;
use super::store;
use crate::App;
use crate::posted::Upload;
use ::store::Error;
use kernel::{Hash, Refusal};
use std::fs;
use std::path::{Path, PathBuf};

/// A paper's JSON, and a file beside it, in bytes.
const JSON_MAX: u64 = 8 << 20;
const FILE_MAX: u64 = 50 << 20;

/// What one look at the folder did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Looked {
    pub taken: usize,
    pub refused: usize,
}

/// Takes in every `*.json` in the folder, in order of name, in the name of the account that speaks for its system. The
/// act comes before the move: a crash between the two means that the same paper is looked at again, and is the same.
///
/// # Errors
/// `Fault` where the folder or the database cannot be used; what was not looked at stays where it is.
pub async fn look(app: &App, folder: &Path) -> Result<Looked, Error> {
    let mut looked = Looked::default();
    let mut papers: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    papers.retain(|p| p.extension().is_some_and(|e| e == "json") && is_plain(p));
    papers.sort();
    for paper in papers {
        let bytes = fs::read(&paper)?;
        let (outcome, beside) = take(app, folder, &paper, &bytes).await;
        match outcome {
            Ok(()) => looked.taken += 1,
            Err(Error::Refused(ref why)) => {
                looked.refused += 1;
                tracing::warn!(reasons = why.len(), "a paper in the watched folder was refused");
            }
            Err(e) => return Err(e),
        }
        put_away(folder, &paper, &beside, &bytes, outcome)?;
    }
    Ok(looked)
}

fn is_plain(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|m| m.is_file())
}

/// What became of it, and which files beside it belong to it.
async fn take(app: &App, folder: &Path, paper: &Path, bytes: &[u8]) -> (Result<(), Error>, Vec<PathBuf>) {
    let large = fs::metadata(paper).is_ok_and(|m| m.len() > JSON_MAX);
    let sent: Result<Sent, Refusal> = if large {
        Err(Refusal::new("file-size", "JSON 超过 8 MB。附件请放在旁边，不要写在 JSON 里。"))
    } else {
        serde_json::from_slice(bytes).map_err(|e| Refusal::new("json", format!("JSON 读不懂：{e}")))
    };
    let sent = match sent {
        Ok(sent) => sent,
        Err(why) => return (Err(why.into()), vec![]),
    };
    let (files, beside) = match read_beside(folder, &sent) {
        Ok(read) => read,
        Err(why) => return (Err(why.into()), vec![]),
    };
    (deposit(app, sent, files).await, beside)
}

fn read_beside(folder: &Path, sent: &Sent) -> Result<(Vec<Upload>, Vec<PathBuf>), Refusal> {
    let (mut files, mut beside) = (vec![], vec![]);
    for file in &sent.files {
        let path = folder.join(&file.name);
        let is_name = !file.name.contains(['/', '\\']) && !file.name.starts_with('.') && !file.name.ends_with(".json");
        if !is_name || file.base64.is_some() || !is_plain(&path) {
            let says = format!("旁边没有文件“{}”。请先放附件，最后放 JSON。", file.name);
            return Err(Refusal::new("file-missing", says).at("files"));
        }
        if fs::metadata(&path).is_ok_and(|m| m.len() > FILE_MAX) {
            return Err(Refusal::new("file-size", format!("“{}”超过 50 MB。", file.name)).at("files"));
        }
        let unreadable = |e| Refusal::new("file-unreadable", format!("“{}”读不出来：{e}", file.name));
        let bytes = fs::read(&path).map_err(unreadable)?.into();
        files.push(Upload { field: "files".into(), name: file.name.clone(), bytes });
        beside.push(path);
    }
    Ok((files, beside))
}

async fn deposit(app: &App, sent: Sent, files: Vec<Upload>) -> Result<(), Error> {
    let unknown = || Refusal::new("source-unknown", "没有登记这个系统。请系统管理员在“办公系统”里登记。");
    let (now, read) = (app.clock.now(), app.store.read());
    for body in app.bodies().iter() {
        let Some(source) = store::source(read, &body.id, &sent.source).await? else { continue };
        let holder = holder(app, &source.staff).await?.ok_or_else(unknown)?;
        let from = Handing { body, holder: &holder, key: None, now };
        return hand(app, from, sent, files).await.map(drop);
    }
    Err(unknown().into())
}

/// Moved under the JSON's digest, so that a second file of the same name hides no first one.
fn put_away(
    folder: &Path,
    paper: &Path,
    beside: &[PathBuf],
    bytes: &[u8],
    outcome: Result<(), Error>,
) -> Result<(), Error> {
    let digest = Hash::of(bytes).to_string();
    let into = folder.join(if outcome.is_ok() { "done" } else { "refused" }).join(&digest[..16]);
    fs::create_dir_all(&into)?;
    if let Err(Error::Refused(why)) = outcome {
        let lines: Vec<String> = why.iter().map(|r| format!("{}：{}{}", r.code, r.says, r.cite)).collect();
        fs::write(into.join("reasons.txt"), lines.join("\n") + "\n")?;
    }
    for path in beside.iter().map(PathBuf::as_path).chain([paper]) {
        if let Some(name) = path.file_name() {
            fs::rename(path, into.join(name))?;
        }
    }
    Ok(())
}
