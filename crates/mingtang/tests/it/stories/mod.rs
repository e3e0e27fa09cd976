//! Stories: plain text that plays whole features over HTTP. A `*.story` lies beside the slice it tells of.
//!
//! ```text
//! # One changed character voids the review.
//! AT 2017-05-26 10:00
//! AS 经办人
//! GET /desk/record/new -> 200
//!   has 新建
//! POST /desk/record title="产地检疫办法" file:attachment=@list.txt:"甲 乙" body=<<END -> 303
//! # 一、总则
//! END
//!   saves id from location /desk/record/{id}
//! AS anyone
//! GET /records/zz/2017-0001 -> 404
//! ```
//!
//! Lines: `# comment`; `AT day time` sets the clock; `JOBS` runs the background
//! work that is due; `AS role` changes the actor (`anyone` is not signed in); a request
//! is `METHOD /path field=value … -> status`. A value may be quoted (`"…"`, with `\n`, `\"`, `\\`) or come from the
//! lines below up to a line with the word alone (`=<<WORD`); a `\` at the end of a line continues it. Special fields:
//! `file:name=@file.txt:content`, `load:name=@file` (a file of `tests/data`), `header:Name=value`,
//! `raw:media/type=body`; `...` sends all else as the form shows it.
//! `{name}` stands for a saved value. Under a request, indented: `has text`, `lacks text` (the page's text, without
//! tags), `header name: value`, `location /path`, `field name=value` (a form comes back filled), `counts pages N fields
//! M` (at most so many pages were shown, and so many fields filled in, since a line `COUNT`; buttons, and what the form
//! shows already, are no fields), and `saves name from location|text|page pattern` (the pattern holds one `{name}`;
//! `page` is the page with its tags).
//!
//! Cookies, `csrf`, and a form's `once` and `version` go along by themselves, unless the story gives them.

mod actor;
mod parse;
mod play;
mod toy;

pub use actor::{Answer, in_ascii};
pub use play::{play, read};
pub use toy::Toy;

use axum::body::Body;
use axum::http::{Request, Response};
use std::path::{Path, PathBuf};

/// The program under test, as a story sees it.
pub trait Site {
    async fn send(&self, request: Request<Body>) -> Response<Body>;

    /// Sets the time that all acts and reads from now on are given.
    fn set_clock(&self, now: kernel::Instant);

    /// Runs the background work that is due by now.
    async fn run_jobs(&self) {}

    /// The password of a demo account.
    fn password(&self, login: &str) -> String;

    /// The sign-in name for a role; the demo names its accounts after their roles.
    fn login(&self, role: &str) -> String {
        role.to_string()
    }
}

/// Every story below a folder, in order.
pub fn find(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of stories") {
        let path = entry.expect("an entry of a folder").path();
        if path.is_dir() {
            out.extend(find(&path));
        } else if path.extension().is_some_and(|e| e == "story") {
            out.push(path);
        }
    }
    out.sort();
    out
}

/// Plays every story of crate `app`, each on a site of its own; returns their number, or every failure.
/// `MINGTANG_STORY=part-of-a-path` plays only those.
pub async fn play_all<S: Site>(open: impl AsyncFn() -> S) -> Result<usize, String> {
    let root = crate::tidy::root().canonicalize().expect("the workspace has a root");
    let wanted = std::env::var("MINGTANG_STORY").unwrap_or_default();
    let (mut played, mut failures) = (0, Vec::new());
    for path in find(&root.join("crates/app/src")) {
        let name = path.strip_prefix(&root).expect("found below the root").display().to_string();
        if !name.contains(&wanted) {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a story is UTF-8");
        failures.extend(play(&name, &text, &open().await).await.err());
        played += 1;
    }
    if failures.is_empty() { Ok(played) } else { Err(failures.join("\n\n")) }
}
