//! A year's holiday notice as a clerk types it, a line for each stretch of days, and the file made of it. Pure.

use super::wording::quoted;
use kernel::{Day, Refusal};
use law::Year;

/// The longest stretch of days off that any notice has given is eleven.
const STRETCH_MAX: i32 = 31;

/// The fields of the form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct YearForm {
    pub year: i16,
    /// 国办发明电〔2026〕5号.
    pub number: String,
    /// The notice's address, and those of its amendments, a line each.
    pub source: String,
    /// `2027-02-05 至 2027-02-11 休 春节`, `2027-02-14 班 春节`.
    pub days: String,
}

/// Some days of one holiday, off or worked.
struct Stretch {
    first: Day,
    last: Day,
    working: bool,
    name: String,
}

impl YearForm {
    /// The form as it would have been filled for a year that the law has.
    pub fn of(year: &Year) -> YearForm {
        YearForm {
            year: year.year,
            number: if year.announced { year.note.clone() } else { String::new() },
            source: year.source.join("\n"),
            days: lines(year),
        }
    }

    /// The file. Every line that is not understood is told.
    pub fn file(&self) -> Result<String, Vec<Refusal>> {
        let (stretches, mut why) = self.stretches();
        let sources: Vec<&str> = self.source.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if sources.is_empty() || sources.iter().any(|s| !s.starts_with("https://") && !s.starts_with("http://")) {
            let says = "请填写通知的网址，以 https:// 或者 http:// 开头，一行一个。";
            why.push(Refusal::new("address", says).at("source"));
        }
        if stretches.is_empty() && why.is_empty() {
            why.push(Refusal::new("days", "请填写放假和调休的日子，一行一段。").at("days"));
        }
        if why.is_empty() { Ok(self.toml(&sources, &stretches)) } else { Err(why) }
    }

    fn stretches(&self) -> (Vec<Stretch>, Vec<Refusal>) {
        let (mut all, mut why) = (vec![], vec![]);
        for (i, line) in self.days.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match stretch(line) {
                Some(stretch) => all.push(stretch),
                None => why.push(unread(i + 1, line)),
            }
        }
        (all, why)
    }

    fn toml(&self, sources: &[&str], stretches: &[Stretch]) -> String {
        let addresses: Vec<String> = sources.iter().map(|s| quoted(s)).collect();
        let mut out = format!("year = {}\nannounced = true\nsource = [{}]\n", self.year, addresses.join(", "));
        if !self.number.trim().is_empty() {
            out += &format!("note = {}\n", quoted(self.number.trim()));
        }
        let mut names: Vec<&str> = vec![];
        for stretch in stretches {
            if !names.contains(&stretch.name.as_str()) {
                names.push(&stretch.name);
            }
        }
        for name in names {
            let days = |working: bool| {
                let of = stretches.iter().filter(|s| s.name == name && s.working == working);
                let days = of.flat_map(|s| (s.first.0..=s.last.0).map(Day)).map(|day| quoted(&day.to_string()));
                days.collect::<Vec<_>>().join(", ")
            };
            out +=
                &format!("\n[[holiday]]\nname = {}\nrest = [{}]\nwork = [{}]\n", quoted(name), days(false), days(true));
        }
        out
    }
}

fn unread(number: usize, line: &str) -> Refusal {
    let says = format!(
        "第 {number} 行“{}”看不懂。请写成“2027-02-05 至 2027-02-11 休 春节”或者“2027-02-14 班 春节”。",
        line.trim()
    );
    Refusal::new("line", says).at("days")
}

/// `2027-02-05 至 2027-02-11 休 春节`; a single day stands alone.
fn stretch(line: &str) -> Option<Stretch> {
    let plain = line.replace('至', " 至 ");
    let mut words = plain.split_whitespace();
    let first = Day::parse(words.next()?)?;
    let (last, kind) = match words.next()? {
        "至" => (Day::parse(words.next()?)?, words.next()?),
        kind => (first, kind),
    };
    let name = words.next()?.to_owned();
    let working = match kind {
        "休" => false,
        "班" => true,
        _ => return None,
    };
    let sound = words.next().is_none() && first <= last && last.0 - first.0 < STRETCH_MAX;
    sound.then_some(Stretch { first, last, working, name })
}

/// The lines that a year would have been typed as: stretches of days off, and single days worked.
fn lines(year: &Year) -> String {
    let mut out = vec![];
    for holiday in &year.holidays {
        let mut rest = holiday.rest.clone();
        rest.sort_unstable();
        for run in rest.chunk_by(|a, b| a.plus(1) == *b) {
            out.push(match run {
                [day] => format!("{day} 休 {}", holiday.name),
                [first, .., last] => format!("{first} 至 {last} 休 {}", holiday.name),
                [] => continue,
            });
        }
        out.extend(holiday.work.iter().map(|day| format!("{day} 班 {}", holiday.name)));
    }
    out.join("\n")
}
