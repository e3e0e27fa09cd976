//! What goes where, what follows a change, and what may be typed. Pure.

use super::model::{Found, Outlet, State, Table, Way};
use kernel::{Hash, Refusal};
use law::{Item, Law};

/// 图文稿: the digest that the platform accepts, in characters.
pub const DIGEST_MAX: usize = 120;
/// Of the platform's title field, in characters.
pub const WECHAT_TITLE_MAX: usize = 64;
/// A poster of one sheet holds so many characters of text; what is longer is shown by its digest.
pub const POSTER_MAX: usize = 1600;
const ADDRESS_MAX: usize = 500;
/// The first wait after a failure, in milliseconds; it doubles each time, up to the longest.
const FIRST_WAIT: i64 = 30_000;
const LONGEST_WAIT: i64 = 6 * 3_600_000;
/// Tries before only the nightly check tries again: the waits sum up to nearly two days.
const TRIES: i64 = 16;

/// The city's site, as the obligations name it.
pub const CITY: &str = "市政府网站";

/// What goes where as long as nobody has said otherwise: the outlets that obligations name get what those count (条例
/// article 26 and the special rules); the archive and the library get everything (article 25); the gazette gets policy
/// documents (article 23); the rest is added record by record.
pub fn usual(law: &Law) -> Table {
    let plain = |name: &str, way: Way| Outlet {
        name: name.into(),
        way,
        site: String::new(),
        duty: false,
        all: false,
        kinds: vec![],
        columns: vec![],
    };
    let mut named: Vec<&String> = law.obligations.iter().flat_map(|entry| &entry.outlets).collect();
    named.sort();
    named.dedup();
    let way = |name: &str| if name == CITY { Way::Interface } else { Way::Hand };
    let mut outlets: Vec<Outlet> =
        named.into_iter().map(|name| Outlet { duty: true, ..plain(name, way(name)) }).collect();
    outlets.sort_by_key(|outlet| outlet.way != Way::Interface);
    outlets.push(Outlet { kinds: vec!["policy".into()], ..plain("政府公报", Way::Gazette) });
    outlets.push(Outlet { site: "https://mp.weixin.qq.com/".into(), ..plain("微信公众号", Way::Wechat) });
    outlets.push(plain("村务公开栏", Way::Poster));
    outlets.push(Outlet { all: true, ..plain("档案馆和图书馆", Way::Archive) });
    Table { outlets }
}

/// Whether a record that is public goes to an outlet.
pub fn goes(law: &Law, outlet: &Outlet, item: &Item) -> bool {
    let below = |column: &String| item.columns.iter().any(|path| is_below(path, column));
    let counted = || law.obligations.iter().any(|entry| entry.outlets.contains(&outlet.name) && entry.counts(item));
    outlet.all
        || outlet.kinds.iter().any(|kind| kind == item.kind)
        || outlet.columns.iter().any(below)
        || (outlet.duty && counted())
}

fn is_below(path: &str, column: &str) -> bool {
    path.strip_prefix(column).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Where a copy stood before something changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Before {
    pub state: State,
    pub sent: i64,
    pub touched: bool,
}

/// Where a copy stands when version `wanted` (0 for none) shall stand there; `None` where nothing is to be done.
/// `wired` says that the way's interface can be asked.
pub fn next(before: Option<Before>, wanted: i64, wired: bool) -> Option<State> {
    let todo = if wired { State::Waiting } else { State::ByHand };
    match (before, wanted) {
        (None, 0) => None,
        (Some(b), 0) if b.state == State::Gone => None,
        (Some(b), 0) if !b.touched => Some(State::Gone),
        (Some(b), n) if n > 0 && b.state == State::Sent && b.sent == n => None,
        _ => Some(todo),
    }
}

/// How long to wait after so many tries, in milliseconds; `None` where only the nightly check tries again.
pub fn back_off(tries: i64) -> Option<i64> {
    (tries < TRIES).then(|| (FIRST_WAIT << tries.clamp(1, 20).saturating_sub(1)).min(LONGEST_WAIT))
}

/// The key under which one version of a record is sent to one outlet: the same however often it is tried.
pub fn key(record: &str, version: i64, outlet: &str) -> String {
    Hash::of(format!("{record}\n{version}\n{outlet}").as_bytes()).to_string()
}

/// The digest of what stands at an outlet: of the title, a line feed, and the plain text.
pub fn digest_of(title: &str, text: &str) -> String {
    Hash::of(format!("{title}\n{text}").as_bytes()).to_string()
}

/// What a look at the outlet says against what shall stand there. `there` is the digest found, `None` where nothing
/// stands there.
pub fn compare(wanted: Option<&str>, there: Option<&str>) -> Option<Found> {
    match (wanted, there) {
        (None, Some(_)) => Some(Found::Still),
        (Some(_), None) => Some(Found::Missing),
        (Some(ours), Some(theirs)) if ours != theirs => Some(Found::Different),
        _ => None,
    }
}

/// An address on the web as a person brings it back.
pub fn address(outlet: &str, site: &str, typed: &str) -> Result<String, Refusal> {
    let no = |code, says: String| Err(Refusal::new(code, says).at("address"));
    let host = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
    let host = host.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    match host {
        _ if typed.is_empty() => no("address-missing", format!("请填写它在{outlet}的网址。")),
        _ if typed.len() > ADDRESS_MAX => no("address-long", format!("网址太长，最多 {ADDRESS_MAX} 个字符。")),
        Some(host) if !host.is_empty() && !host.contains('@') && typed.chars().all(|c| c.is_ascii_graphic()) => {
            if typed.starts_with(site) {
                return Ok(typed.to_owned());
            }
            no("address-site", format!("{outlet}的网址以 {site} 开头。请核对后再填。"))
        }
        _ => no("address-form", "这不是完整的网址。请从浏览器地址栏复制，以 https:// 开头，中间没有空格。".into()),
    }
}

/// A digest of at most [`DIGEST_MAX`] characters: the summary, else the beginning of the text, ended at a sentence
/// where one ends in time.
pub fn digest(summary: &str, text: &str) -> String {
    let source = if summary.trim().is_empty() { text } else { summary };
    let flat: Vec<char> = source.split_whitespace().collect::<Vec<_>>().join("").chars().collect();
    if flat.len() <= DIGEST_MAX {
        return flat.into_iter().collect();
    }
    let ends = flat[..DIGEST_MAX].iter().rposition(|c| matches!(c, '。' | '！' | '？' | '；'));
    match ends.filter(|at| *at >= DIGEST_MAX / 3) {
        Some(at) => flat[..=at].iter().collect(),
        None => flat[..DIGEST_MAX - 1].iter().chain(['…'].iter()).collect(),
    }
}

/// 转发用一句话: who says what, and where it can be read. Many titles begin with who says it.
pub fn one_line(body: &str, title: &str, url: &str) -> String {
    if title.starts_with(body) { format!("{title} {url}") } else { format!("{body}：{title} {url}") }
}

/// A title that the platform accepts, and whether it had to be cut.
pub fn wechat_title(title: &str) -> (String, bool) {
    if title.chars().count() <= WECHAT_TITLE_MAX {
        return (title.to_owned(), false);
    }
    (title.chars().take(WECHAT_TITLE_MAX - 1).chain(['…']).collect(), true)
}
