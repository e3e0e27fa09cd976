//! `mingtang import`: files into the drafts of a person. A broken item never stops the rest; it is listed at the end.

use crate::args::Import;
use crate::config::Config;
use crate::fail::Fail;
use crate::house;
use crate::item::{self, Item};
use app::App;
use app::account::{Duty, Me, store as accounts};
use app::body::Body;
use app::record::draft;
use app::record::kind::Kind;
use indicatif::{ProgressBar, ProgressStyle};
use kernel::Refusal;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use store::{Act, Actor};

/// Drafts that one act makes.
const TOGETHER: usize = 100;
/// Reasons printed before the rest is only counted.
const TOLD: usize = 200;

pub async fn run(config: &Config, asked: &Import) -> Result<(), Fail> {
    house::must_exist(config)?;
    if let Some(kind) = asked.kind.as_deref().filter(|k| Kind::parse(k).is_none()) {
        let known: Vec<&str> = app::record::kind::KINDS.iter().map(|k| k.name).collect();
        return Err(Fail::usage(format!("没有信息种类 {kind}。可以写：{}。", known.join("、"))));
    }
    let files = find(&asked.paths)?;
    let app = house::open(config).await?;
    let (me, body) = author(&app, asked.user.as_deref()).await?;
    let bar = bar(files.known.iter().map(|(_, size)| size).sum());
    let mut into = Drafts { app, me, body, bar, waiting: vec![], made: 0, refused: vec![], unread: vec![] };
    for (path, size) in &files.known {
        let before = into.bar.position();
        into.read(path, asked.kind.as_deref()).await?;
        into.bar.set_position(before + size);
    }
    into.flush().await?;
    into.bar.finish_and_clear();
    report(&into, files.unknown)
}

fn bar(bytes: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {msg} 剩余 {eta}");
    ProgressBar::new(bytes).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn report(done: &Drafts, unknown: usize) -> Result<(), Fail> {
    eprintln!("已导入 {} 件，记为 {}（{}）的草稿。", done.made, done.me.name, done.me.login);
    if unknown > 0 {
        eprintln!("另有 {unknown} 个文件不是 {}，没有导入。", known());
    }
    if !done.unread.is_empty() {
        eprintln!("{} 件有机器没有识读的地方，请对照原件补全：", done.unread.len());
        told(&done.unread);
    }
    if done.refused.is_empty() {
        return Ok(());
    }
    told(&done.refused);
    Err(Fail::no(format!("{} 件没有导入，原因在上面。", done.refused.len())))
}

/// Places with what is to be said of each.
fn told(all: &[(String, String)]) {
    for (place, says) in all.iter().take(TOLD) {
        eprintln!("· {place}：{says}");
    }
    if all.len() > TOLD {
        eprintln!("……");
    }
}

/// Whose drafts they become: the named account, or the only one that drafts.
async fn author(app: &App, login: Option<&str>) -> Result<(Me, Body), Fail> {
    let mut found = vec![];
    for body in app.bodies().iter() {
        for row in accounts::all_staff(app.store.read(), &body.id).await? {
            let Some((_, me)) = accounts::me(app.store.read(), &row.id).await? else { continue };
            let wanted = login.map_or_else(|| me.has(Duty::Draft), |login| me.login == login);
            if wanted {
                found.push((me, body.clone()));
            }
        }
    }
    match (found.len(), login) {
        (1, _) if found[0].0.has(Duty::Draft) => Ok(found.remove(0)),
        (1, Some(login)) => Err(Fail::no(format!("{login} 没有起草岗位，不能有草稿。请换一个账号。"))),
        (_, Some(login)) => Err(Fail::no(format!("没有登录名为 {login} 的账号，或者它已停用。"))),
        (0, None) => Err(Fail::no("还没有能起草的账号。请先用 mingtang user add 新增一个。")),
        (_, None) => Err(Fail::usage("有不止一位经办人。请用 --as 写明记为谁的草稿。")),
    }
}

/// The files to read, each with its size; how many others lie among them.
#[derive(Default)]
pub struct Found {
    pub known: Vec<(PathBuf, u64)>,
    pub unknown: usize,
}

/// Files as they are named, folders with all that they hold of the formats that we read.
pub fn find(paths: &[PathBuf]) -> Result<Found, Fail> {
    let mut found = Found::default();
    for path in paths {
        let meta = std::fs::metadata(path).map_err(|e| Fail::usage(format!("打不开 {}：{e}", path.display())))?;
        if meta.is_dir() {
            walk(path, &mut found)?;
        } else {
            found.known.push((path.clone(), meta.len()));
        }
    }
    Ok(found)
}

/// In order of name, links not followed: the same folder gives the same drafts in the same order.
fn walk(folder: &Path, found: &mut Found) -> Result<(), Fail> {
    let mut entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (kind, path) = (entry.file_type()?, entry.path());
        if kind.is_dir() {
            walk(&path, found)?;
        } else if kind.is_file() && ENDINGS.contains(&ending(&path).as_str()) {
            found.known.push((path, entry.metadata()?.len()));
        } else {
            found.unknown += 1;
        }
    }
    Ok(())
}

/// What is taken from a folder.
const ENDINGS: &[&str] = &["jsonl", "csv", "txt", "html", "htm", "docx", "xlsx", "pptx", "pdf", "ofd"];

/// The endings, for people.
fn known() -> String {
    ENDINGS.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join("、")
}

fn ending(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

struct Drafts {
    app: App,
    me: Me,
    body: Body,
    bar: ProgressBar,
    waiting: Vec<Item>,
    made: usize,
    /// Place and reason.
    refused: Vec<(String, String)>,
    /// Place, and what no machine can read of it.
    unread: Vec<(String, String)>,
}

impl Drafts {
    async fn read(&mut self, path: &Path, kind: Option<&str>) -> Result<(), Fail> {
        let place = path.display().to_string();
        match ending(path).as_str() {
            "jsonl" => return self.lines(path, kind).await,
            "csv" => return self.table(path, kind).await,
            _ => {}
        }
        let name = |part: Option<&std::ffi::OsStr>| part.map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let (stem, name) = (name(path.file_stem()), name(path.file_name()));
        let read = match whole(path) {
            Err(why) => Err(why),
            // Our own readers of text are linear and safe, and old pages come in thousands.
            Ok(bytes) if matches!(ending(path).as_str(), "txt" | "html" | "htm") => {
                paper::read(&name, &bytes).map_err(|why| vec![why])
            }
            Ok(bytes) => self.app.reader.read(&name, bytes.into()).await.map_err(|why| vec![why]),
        };
        if let Ok(read) = &read
            && !read.unread.is_empty()
        {
            self.unread.push((place.clone(), read.unread.join("；")));
        }
        self.take(place, read.and_then(|read| item::document(read, &stem, kind))).await
    }

    /// A table of records of one kind, a draft for each line.
    async fn table(&mut self, path: &Path, kind: Option<&str>) -> Result<(), Fail> {
        let place = path.display().to_string();
        match whole(path).and_then(|bytes| item::csv(&bytes, kind)) {
            Err(why) => self.take(place, Err(why)).await,
            Ok(all) => {
                for (n, read) in all {
                    self.take(format!("{place} 第 {n} 行"), read).await?;
                }
                Ok(())
            }
        }
    }

    /// A line that is no text is refused like any other broken one.
    async fn lines(&mut self, path: &Path, kind: Option<&str>) -> Result<(), Fail> {
        let mut file = match File::open(path) {
            Ok(file) => BufReader::new(file),
            Err(e) => return self.take(path.display().to_string(), Err(unreadable(&e))).await,
        };
        let mut bytes = vec![];
        for n in 1_usize.. {
            bytes.clear();
            let length = file.read_until(b'\n', &mut bytes)?;
            if length == 0 {
                return Ok(());
            }
            let line = String::from_utf8_lossy(&bytes);
            let line = line.trim_start_matches('\u{feff}').trim();
            if !line.is_empty() {
                let read = match std::str::from_utf8(&bytes) {
                    Ok(_) => item::jsonl(line, kind),
                    Err(_) => Err(vec![Refusal::new("file-charset", "不是 UTF-8 编码。")]),
                };
                self.take(format!("{} 第 {n} 行", path.display()), read).await?;
            }
            self.bar.inc(length as u64);
        }
        Ok(())
    }

    async fn take(&mut self, place: String, read: Result<Item, Vec<Refusal>>) -> Result<(), Fail> {
        match read {
            Ok(item) => self.waiting.push(item),
            Err(why) => {
                if why.iter().any(|r| r.code == "secret-mark") {
                    self.note_secret().await?;
                }
                let why: Vec<String> = why.into_iter().map(|r| r.says).collect();
                self.refused.push((place, why.join(" ")));
            }
        }
        if self.waiting.len() >= TOGETHER { self.flush().await } else { Ok(()) }
    }

    /// Makes the drafts that wait, in one act.
    async fn flush(&mut self) -> Result<(), Fail> {
        let items = std::mem::take(&mut self.waiting);
        if items.is_empty() {
            return Ok(());
        }
        let (more, mut blobs) = (items.len(), vec![]);
        for picture in items.iter().flat_map(|item| &item.pictures) {
            let (actor, now) = (Actor::Staff(self.me.id.clone()), self.app.clock.now());
            blobs
                .push(self.app.blobs.put(&self.app.store, picture.bytes.clone().into(), actor, now).await?.to_string());
        }
        let (me, body) = (self.me.clone(), self.body.clone());
        let work = async move |act: &mut Act| {
            let mut blobs = blobs.iter();
            for item in &items {
                let kind = Kind::parse(item.kind).ok_or_else(|| store::Error::fault("a kind vanished"))?;
                let mut typed = item.typed.clone();
                let defaults = [("issuer", &body.name), ("source", &body.name), ("author", &me.section_name)];
                for (name, value) in defaults {
                    typed.entry(name.into()).or_insert_with(|| value.clone());
                }
                let record = draft::create(act, &body.id, kind, &me.section, &me.id, &typed, &item.text).await?;
                let made = draft::my_draft(act, &record, &me.id).await?.ok_or(store::Error::NotFound)?;
                for (picture, blob) in item.pictures.iter().zip(&mut blobs) {
                    let size = picture.bytes.len() as i64;
                    draft::add_file(act, &made.id, &picture.name, &picture.kind, size, blob).await?;
                }
            }
            Ok(())
        };
        let actor = Actor::Staff(self.me.id.clone());
        self.app.store.act(actor, self.app.clock.now(), work).await?.into_inner();
        self.made += more;
        self.bar.set_message(format!("{} 件", self.made));
        Ok(())
    }

    /// Only the fact is journalled, never the words.
    async fn note_secret(&self) -> Result<(), Fail> {
        let work = async move |act: &mut Act| {
            act.journal("secret-mark-refused", "record:import");
            Ok(())
        };
        let actor = Actor::Staff(self.me.id.clone());
        self.app.store.act(actor, self.app.clock.now(), work).await?.into_inner();
        Ok(())
    }
}

fn whole(path: &Path) -> Result<Vec<u8>, Vec<Refusal>> {
    let large = std::fs::metadata(path).is_ok_and(|m| m.len() > paper::MAX_INPUT as u64);
    if large {
        return Err(vec![Refusal::new("file-size", "文件超过 50 MB，不能作为正文导入。")]);
    }
    std::fs::read(path).map_err(|e| unreadable(&e))
}

fn unreadable(e: &std::io::Error) -> Vec<Refusal> {
    vec![Refusal::new("file-unreadable", format!("读不出来：{e}"))]
}
