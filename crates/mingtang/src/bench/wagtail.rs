//! Wagtail with the same texts: what a user's own CMS would spend on this machine in the same minutes. Its pages show
//! what ours do (navigation from the tree, the office from the settings, elements, keywords, attachments) by its own
//! means, as its documentation teaches, without a cache. Installed from PyPI into the benchmark's folder, at versions
//! that stand here.

use super::client::{Expect, Request};
use super::data::Data;
use super::server::{self, Server};
use crate::fail::Fail;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What row W4 and W5 name.
pub const NAME: &str = "Wagtail 8.0.1";
const PACKAGES: [&str; 3] = ["wagtail==8.0.1", "Django==5.2.19", "gunicorn==27.0.1"];
/// As many pages as its list has at most, and as ours has.
const PER_PAGE: u64 = 50;
/// One for each of two cores.
const WORKERS: &str = "2";
/// Of a worker: with threads it keeps connections open, as ours does.
const THREADS: &str = "4";

/// Runs until it is dropped.
pub struct Wagtail {
    pub server: Server,
    pub details: Vec<Request>,
    pub lists: Vec<Request>,
}

/// Installs it once and fills it with the texts of `data`; the folder goes with the data's.
pub fn make(data: &Data) -> Result<Site, Fail> {
    let folder = data.folder.join("wagtail");
    if !folder.join("env").is_dir() {
        fs::create_dir_all(&folder)?;
        run(Command::new("python3").args(["-m", "venv"]).arg(folder.join("env")))?;
        run(Command::new(folder.join("env/bin/pip")).args(["install", "--quiet"]).args(PACKAGES))?;
    }
    let site = folder.join(format!("site-{}", data.records.len()));
    let peer = site.join("peer");
    fs::create_dir_all(&peer)?;
    fs::write(peer.join("__init__.py"), "")?;
    fs::write(peer.join("settings.py"), include_str!("wagtail/settings.py"))?;
    fs::write(peer.join("models.py"), include_str!("wagtail/models.py"))?;
    fs::write(peer.join("pages.py"), include_str!("wagtail/pages.py"))?;
    let titles = written(data, &site.join("texts.jsonl"))?;
    let programs = folder.join("env/bin");
    run(Command::new(programs.join("python")).arg(peer.join("pages.py")))?;
    Ok(Site { folder: site, programs, titles })
}

/// The texts as lines of JSON. Returns their titles.
fn written(data: &Data, path: &Path) -> Result<Vec<String>, Fail> {
    let (mut to, mut titles) = (BufWriter::new(fs::File::create(path)?), vec![]);
    for (paper, issued) in data.papers() {
        let body = kernel::notation::write(&paper.body);
        let f = &paper.fields;
        let keywords: Vec<&str> = f.keywords.split('、').collect();
        let line = serde_json::json!({"title": paper.title, "issued": issued, "number": "", "issuer": f.issuer,
            "section": f.author, "summary": f.summary, "keywords": keywords, "body": body});
        writeln!(to, "{line}")?;
        titles.push(paper.title);
    }
    to.flush()?;
    Ok(titles)
}

/// A site that is filled and not served yet.
pub struct Site {
    folder: PathBuf,
    programs: PathBuf,
    titles: Vec<String>,
}

impl Site {
    /// Serves it, as many workers as cores. Returns once it answers.
    pub async fn serve(&self) -> Result<Wagtail, Fail> {
        let at = server::free_port()?;
        let mut command = Command::new(self.programs.join("gunicorn"));
        command.args(["--workers", WORKERS, "--threads", THREADS, "--bind", &at.to_string()]);
        command.arg("--chdir").arg(&self.folder).env("HOME", &self.folder);
        command.env("DJANGO_SETTINGS_MODULE", "peer.settings");
        command.arg("django.core.wsgi:get_wsgi_application()");
        let details: Vec<Request> = self.titles.iter().enumerate().map(|(n, title)| detail(n, title)).collect();
        let pages = (self.titles.len() as u64 / PER_PAGE).max(1);
        let links = usize::try_from(PER_PAGE).unwrap_or(usize::MAX).min(self.titles.len());
        let list = |n| Request::get(&format!("/records/?page={n}"), Expect::Contains("/records/t".into(), links));
        let lists: Vec<Request> = (1..=pages).map(list).collect();
        let server = Server::started(at, &mut command, &self.folder.join("log"))?;
        let server = server.answers(lists.first().unwrap_or(&list(1))).await?;
        Ok(Wagtail { server, details, lists })
    }
}

fn detail(n: usize, title: &str) -> Request {
    Request::get(&format!("/records/t{n}/"), Expect::Contains(title.to_owned().into(), 1))
}

fn run(command: &mut Command) -> Result<(), Fail> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| Fail::fault(e).during("python3"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(Fail::fault(format!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr).trim())))
}
