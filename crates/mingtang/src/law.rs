//! `mingtang due`, `calendar`, `law check`: the law on the command line. They need no data; where there is some, they
//! speak of the law that is in force there: over the files of the release lie those of the folder `law` in the data
//! folder, and over these the versions that came into force in the console.

mod say;

use crate::args::Due;
use crate::clock;
use crate::config::Config;
use crate::fail::Fail;
use kernel::Day;
use law::{Clause, Law, Report, Sources, Start};
use sea_orm::{ConnectionTrait, Statement};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::Path;
use store::Store;

/// Texts by their path in the folder `law`.
type Files = BTreeMap<String, String>;

/// The bureau's own files: what lies below `law` in the data folder, by path from there. Empty where there is none.
fn own(data: &Path) -> Result<Files, Fail> {
    let mut files = BTreeMap::new();
    let root = data.join("law");
    if root.exists() {
        collect(&root, "", &mut files)?;
    }
    Ok(files)
}

/// Hidden files are somebody else's: an editor's, or version control's.
fn collect(folder: &Path, above: &str, files: &mut Files) -> Result<(), Fail> {
    let cannot = |e: std::io::Error, path: &Path| Fail::fault(e).during(&format!("读不了 {}", path.display()));
    for entry in std::fs::read_dir(folder).map_err(|e| cannot(e, folder))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let below = format!("{above}{name}");
        if path.is_dir() {
            collect(&path, &format!("{below}/"), files)?;
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(|e| match e.kind() {
            ErrorKind::InvalidData => Fail::usage(format!("{} 不是 UTF-8 文本。", path.display())),
            _ => cannot(e, &path),
        })?;
        files.insert(below, text);
    }
    Ok(())
}

/// The files of the law for a program that opens the data: those of the release with the bureau's own laid over them.
/// They live as long as the process. Strict: a folder that does not load is a fault of the configuration, and all of it
/// is told. The versions of the console are the app's to lay over them.
pub fn sources(config: &Config) -> Result<Sources<'static>, Fail> {
    let own = own(&config.data)?;
    if own.is_empty() {
        return Ok(Sources::built_in());
    }
    let own = Box::leak(Box::new(own));
    let loads = |sources: Sources<'static>| Law::load(&sources).map(|_| sources);
    Sources::built_in().overlay(own).and_then(loads).map_err(|faults| unfit(config, &faults))
}

fn laid<'a>(own: &'a Files, versions: &'a Files) -> Result<Sources<'a>, Vec<String>> {
    Sources::built_in().overlay(own)?.overlay(versions)
}

/// The law in force here, as the program that serves this data has it.
pub async fn in_force(config: &Config) -> Result<Law, Fail> {
    let (own, versions) = (own(&config.data)?, versions(config).await?);
    laid(&own, &versions).and_then(|sources| Law::load(&sources)).map_err(|faults| unfit(config, &faults))
}

/// What came into force in the console; nothing where there is no database yet, or one from before there were versions.
/// The database is read as it stands, and not made or changed.
async fn versions(config: &Config) -> Result<Files, Fail> {
    if config.is_own_file() && !config.sqlite_file().exists() {
        return Ok(Files::new());
    }
    let store = Store::open(&config.database()?).await?;
    let read = store.read();
    let sql = "SELECT name FROM migration WHERE name = 'rule-0001'";
    let known = read.query_one_raw(Statement::from_string(read.get_database_backend(), sql)).await;
    match known {
        Ok(Some(_)) => Ok(app::rule::store::files(read).await?),
        _ => Ok(Files::new()),
    }
}

fn unfit(config: &Config, faults: &[String]) -> Fail {
    let folder = config.data.join("law");
    let faults = faults.join("\n  ");
    Fail::usage(format!("法律数据有误，请改正。本单位的文件在 {}。\n  {faults}", folder.display()))
}

/// When something is due.
pub async fn due(config: &Config, asked: &Due) -> Result<(), Fail> {
    let law = in_force(config).await?;
    let clause = the_clause(&law, &asked.clause)?;
    let now = asked.on.unwrap_or_else(|| clock::system().now());
    let Some(clock) = law::clock(clause, Start::known(asked.from), &[], now, &law.calendar) else {
        return Err(Fail::no(say::no_rule(clause, asked.from.day())));
    };
    if asked.json {
        print_json(&clock.answer(&law.calendar))
    } else {
        print(&say::due(&clock, now, &law.calendar, asked.explain))
    }
}

/// An id that was given up may stand for several clauses; which of them is meant must be said.
fn the_clause<'a>(law: &'a Law, id: &'a str) -> Result<&'a Clause, Fail> {
    let found: Vec<&Clause> = law.clauses_of(id).collect();
    match found.as_slice() {
        [only] => Ok(only),
        [] => {
            let family = id.split('-').next().unwrap_or_default();
            let like = law.clauses.iter().map(|clause| clause.id.as_str()).filter(|known| known.starts_with(family));
            let like: Vec<&str> = like.filter(|_| !family.is_empty()).collect();
            let like = if like.is_empty() { String::new() } else { format!("相近的有：{}。", like.join("、")) };
            Err(Fail::no(format!("没有编号为 {id} 的条款。{like}")))
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|clause| clause.id.as_str()).collect();
            Err(Fail::usage(format!("{id} 现在分为几个条款。请写明是哪一个：{}。", ids.join("、"))))
        }
    }
}

/// Every day of a year.
pub async fn calendar(config: &Config, year: i16, as_json: bool) -> Result<(), Fail> {
    let calendar = &in_force(config).await?.calendar;
    let Some(days) = calendar.days_of(year) else {
        let years = calendar.years();
        let (first, last) = (years.first().map_or(0, |y| y.year), years.last().map_or(0, |y| y.year));
        return Err(Fail::no(format!("没有{year}年的工作日历，只有{first}年到{last}年的。")));
    };
    if Day::new(year, 12, 31).is_some_and(|last| last > calendar.known_to()) {
        eprintln!("暂定：{year}年的放假通知还没有公布，现在只有法定放假日，不含调休。");
    }
    if as_json { print_json(&days) } else { print(&say::calendar(year, &days, calendar)) }
}

/// Whether the files are fit for use, and what a lawyer should look at.
pub async fn check(config: &Config, as_json: bool) -> Result<(), Fail> {
    let report = checked(&own(&config.data)?, &versions(config).await?);
    if as_json {
        print_json(&report)?;
    } else {
        print(&say::report(&report))?;
    }
    match report.faults.len() {
        0 => Ok(()),
        n => Err(Fail::no(format!("法律数据有 {n} 处错误，改正以前不能使用。"))),
    }
}

/// The cases of the release are worked by its own calendar: a notice that came out or was revised since makes none of
/// them wrong, a wording that was rewritten does. A bureau's own cases are worked by the calendar here.
fn checked(own: &Files, versions: &Files) -> Report {
    let undated = |files: &Files| -> Files {
        let kept = files.iter().filter(|(path, _)| !path.starts_with("calendar/"));
        kept.map(|(path, text)| (path.clone(), text.clone())).collect()
    };
    let (own_undated, versions_undated) = (undated(own), undated(versions));
    let (mut here, mut released) = match (laid(own, versions), laid(&own_undated, &versions_undated)) {
        (Ok(here), Ok(released)) => (here, released),
        (Err(faults), _) | (_, Err(faults)) => return Report { faults, ..Report::default() },
    };
    let is_own = |name: &str| [own, versions].iter().any(|files| files.contains_key(&format!("cases/{name}")));
    here.cases.retain(|(name, _)| is_own(name));
    released.cases.retain(|(name, _)| !is_own(name));
    let (mut report, played) = (law::check(&here), law::check(&released));
    let more: Vec<_> = played.faults.into_iter().filter(|fault| !report.faults.contains(fault)).collect();
    report.faults.extend(more);
    report.cases += played.cases;
    report
}

fn print_json(value: &impl serde::Serialize) -> Result<(), Fail> {
    print(&[serde_json::to_string(value).map_err(Fail::fault)?])
}

/// Lines on stdout. Who stops reading, as `head` does, has had enough.
fn print(lines: &[String]) -> Result<(), Fail> {
    let written = std::io::stdout().lock().write_all((lines.join("\n") + "\n").as_bytes());
    match written {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(e.into()),
        _ => Ok(()),
    }
}
