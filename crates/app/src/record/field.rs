//! Typed fields of a record kind: how what was typed is read, kept and shown. Pure.

use kernel::Day;
use std::collections::BTreeMap;

/// The typed fields of a paper: canonical text by the field's name. Empty ones are left out.
pub type Data = BTreeMap<String, String>;

/// A word that is kept, and the Chinese that people see.
pub type Words = &'static [(&'static str, &'static str)];

/// What a field holds. Kept as canonical text: a day as ISO, money as whole 分, a choice as its word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Is {
    /// One line of at most so many characters.
    Text(usize),
    /// Several lines, together of at most so many characters.
    Lines(usize),
    Choice(Words),
    YesNo,
    Day,
    /// Typed and shown in 万元.
    Money,
    /// A whole number with its unit.
    Number(&'static str),
    /// A person's name, where the law makes it public.
    Person,
    /// An address of the web.
    Web,
    /// Other records, by index number or document number; several are parted by 、.
    Reference,
    /// A line for each document: its number, and what became of it ([`OUTCOMES`]).
    Outcomes,
}

/// Who may see a field. What is for staff stands beside the revision and outside its digest: nobody can try out values
/// against a digest that is public.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    Public,
    Staff,
}

/// When a field must be filled in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    Optional,
    Always,
    /// Where another field has one of these words.
    Where(&'static str, &'static [&'static str]),
}

/// A field of a kind. One name means one field in all kinds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field {
    /// Part of a revision's bytes, of addresses and of the API: never changes.
    pub name: &'static str,
    pub zh: &'static str,
    pub is: Is,
    pub need: Need,
    /// The article that asks for it; empty where it is our own.
    pub cite: &'static str,
    pub audience: Audience,
    pub hint: &'static str,
    /// Stands in lists.
    pub is_column: bool,
    /// Lists can be narrowed down by it. Choices only.
    pub is_filter: bool,
    /// The page tag that it adds to (国办发〔2017〕47号 附件), or empty.
    pub meta: &'static str,
}

impl Field {
    pub const fn new(name: &'static str, zh: &'static str, is: Is, hint: &'static str) -> Field {
        let (need, audience) = (Need::Optional, Audience::Public);
        Field { name, zh, is, need, cite: "", audience, hint, is_column: false, is_filter: false, meta: "" }
    }

    pub const fn hint(mut self, hint: &'static str) -> Field {
        self.hint = hint;
        self
    }

    pub const fn must(mut self, cite: &'static str) -> Field {
        self.need = Need::Always;
        self.cite = cite;
        self
    }

    pub const fn must_where(
        mut self,
        field: &'static str,
        words: &'static [&'static str],
        cite: &'static str,
    ) -> Field {
        self.need = Need::Where(field, words);
        self.cite = cite;
        self
    }

    pub const fn staff(mut self) -> Field {
        self.audience = Audience::Staff;
        self
    }

    pub const fn column(mut self) -> Field {
        self.is_column = true;
        self
    }

    pub const fn filter(mut self) -> Field {
        self.is_filter = true;
        self
    }

    pub const fn meta(mut self, tag: &'static str) -> Field {
        self.meta = tag;
        self
    }

    pub fn is_public(&self) -> bool {
        self.audience == Audience::Public
    }

    /// Whether it names other records, so that pages lead from one to the other.
    pub fn is_relation(&self) -> bool {
        matches!(self.is, Is::Reference | Is::Outcomes)
    }

    /// Whether it must be filled in beside these others.
    pub fn is_needed(&self, data: &Data) -> bool {
        match self.need {
            Need::Optional => false,
            Need::Always => true,
            Need::Where(field, words) => data.get(field).is_some_and(|w| words.contains(&w.as_str())),
        }
    }

    /// With its unit: the head of a column of figures.
    pub fn head(&self) -> String {
        match self.is {
            Is::Money => format!("{}（万元）", self.zh),
            Is::Number(unit) if unit != "年" && !unit.is_empty() => format!("{}（{unit}）", self.zh),
            _ => self.zh.into(),
        }
    }
}

pub const YES_NO: Words = &[("yes", "是"), ("no", "否")];

/// What a clean-up says of a document.
pub const OUTCOMES: Words = &[("kept", "继续有效"), ("amended", "修改"), ("repealed", "废止"), ("lapsed", "失效")];

const PERSON_MAX: usize = 30;
const WEB_MAX: usize = 300;
const LISTED_MAX: usize = 200;
/// 分 in 1 万元.
const WAN: u64 = 1_000_000;

impl Is {
    /// The canonical text of what was typed, which is not empty. The error follows the field's name in a sentence.
    pub fn read(self, text: &str) -> Result<String, String> {
        match self {
            Is::Text(most) => within(text, most).filter_lines(),
            Is::Lines(most) => within(text, most),
            Is::Choice(words) => word(words, text),
            Is::YesNo => word(YES_NO, text),
            Is::Day => Day::parse(text).map(|d| d.to_string()).ok_or_else(|| "写成 2026-05-20 这样的日期。".into()),
            Is::Money => money(text).map(|fen| fen.to_string()).ok_or_else(|| "写成万元数，如 12.50。".into()),
            Is::Number(unit) => number(text, unit).ok_or_else(|| "写成整数，如 12。".into()),
            Is::Person => person(text),
            Is::Web => web(text).ok_or_else(|| "写完整的网址，以 https:// 或 http:// 开头。".into()),
            Is::Reference => references(text),
            Is::Outcomes => outcomes(text),
        }
    }

    /// As a form has it: what [`Is::read`] reads back.
    pub fn typed(self, kept: &str) -> String {
        match self {
            Is::Money => kept.parse().map(wan).unwrap_or_default(),
            Is::Outcomes => pairs(kept)
                .map(|(target, word)| format!("{target} {}", zh_of(OUTCOMES, word)))
                .collect::<Vec<_>>()
                .join("\n"),
            _ => kept.into(),
        }
    }

    /// As people read it, with its unit.
    pub fn shown(self, kept: &str) -> String {
        match self {
            Is::Choice(words) => zh_of(words, kept).into(),
            Is::YesNo => zh_of(YES_NO, kept).into(),
            Is::Money => kept.parse().map(|fen| format!("{} 万元", grouped(&wan(fen)))).unwrap_or_default(),
            Is::Number("年") => format!("{kept}年"),
            Is::Number(unit) => format!("{kept} {unit}").trim_end().into(),
            Is::Outcomes => self.typed(kept).replace('\n', "；"),
            _ => kept.into(),
        }
    }

    /// For a cell of a table for programs: figures without their unit.
    pub fn cell(self, kept: &str) -> String {
        match self {
            Is::Money => self.typed(kept),
            Is::Number(_) => kept.into(),
            _ => self.shown(kept),
        }
    }
}

/// The Chinese of a kept word.
pub fn zh_of(words: Words, word: &str) -> &'static str {
    words.iter().find(|(w, _)| *w == word).map_or("", |(_, zh)| zh)
}

trait OneLine {
    fn filter_lines(self) -> Self;
}

impl OneLine for Result<String, String> {
    /// Line ends become blanks.
    fn filter_lines(self) -> Self {
        self.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

fn within(text: &str, most: usize) -> Result<String, String> {
    let text = text.trim().replace("\r\n", "\n");
    let long = text.chars().count();
    if long > most { Err(format!("最多 {most} 字，现在是 {long} 字。")) } else { Ok(text) }
}

/// The word itself or its Chinese: tables for import have the latter.
fn word(words: Words, text: &str) -> Result<String, String> {
    let found = words.iter().find(|(word, zh)| *word == text || *zh == text);
    let known = || words.iter().map(|(_, zh)| *zh).collect::<Vec<_>>().join("、");
    found.map(|(word, _)| (*word).to_owned()).ok_or_else(|| format!("从这些里选一项：{}。", known()))
}

fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '．' => '.',
        '，' => ',',
        _ => c,
    };
    text.chars().map(half).filter(|c| !c.is_whitespace()).collect()
}

/// 万元 with at most six decimals, as 分; less than 10 亿万元.
fn money(text: &str) -> Option<u64> {
    let plain = half_width(text).replace(',', "");
    let plain = plain.strip_suffix("万元").unwrap_or(&plain);
    let (whole, rest) = plain.split_once('.').unwrap_or((plain, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || rest.len() > 6 || !digits(whole) || !digits(rest) {
        return None;
    }
    let rest: u64 = format!("{rest:0<6}").parse().ok()?;
    Some(whole.parse::<u64>().ok()? * WAN + rest)
}

/// 分 as 万元, with two decimals, or with as many more as there are.
pub fn wan(fen: u64) -> String {
    let rest = format!("{:06}", fen % WAN);
    let rest = rest.trim_end_matches('0');
    format!("{}.{rest:0<2}", fen / WAN)
}

/// `1234567.50` as `1,234,567.50`.
fn grouped(figure: &str) -> String {
    let (whole, rest) = figure.split_once('.').unwrap_or((figure, "00"));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{out}.{rest}")
}

fn number(text: &str, unit: &str) -> Option<String> {
    let plain = half_width(text).replace(',', "");
    let plain = if unit.is_empty() { &plain } else { plain.strip_suffix(unit).unwrap_or(&plain) };
    let good = !plain.is_empty() && plain.len() <= 9 && plain.bytes().all(|b| b.is_ascii_digit());
    good.then(|| plain.parse::<u64>().ok()).flatten().map(|n| n.to_string())
}

fn person(text: &str) -> Result<String, String> {
    let name = within(text, PERSON_MAX).filter_lines()?;
    let good = name.chars().all(|c| c.is_alphabetic() || matches!(c, '·' | ' ' | '、'));
    if good { Ok(name) } else { Err("只写姓名，不写号码和别的信息；几个人用顿号分开。".into()) }
}

fn web(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let good = host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let plain = text.len() <= WEB_MAX && text.bytes().all(|b| b.is_ascii_graphic());
    (good && plain).then(|| text.into())
}

/// The host name of an address of the web.
pub fn host(url: &str) -> &str {
    url.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#', ':']).next().unwrap_or_default())
}

/// What `target` names: an index number, or a document number in its proper form.
fn reference(target: &str) -> Option<String> {
    let plain = half_width(target);
    let back = plain.split_once('/').map(|(org, back)| (org, back.split_once('-')));
    match back {
        Some((org, Some((year, serial)))) if is_code(org) && is_number(year) && is_number(serial) => Some(plain),
        Some(_) => None,
        None => document_number(target),
    }
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_number(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// `株牧渔发〔2017〕12号`, whatever brackets were typed, or `国务院令第711号`. `None` where it is neither.
pub fn document_number(text: &str) -> Option<String> {
    let one = |c: char| match c {
        '[' | '［' | '【' | '(' | '（' | '﹝' | '〔' => '〔',
        ']' | '］' | '】' | ')' | '）' | '﹞' | '〕' => '〕',
        c => c,
    };
    let plain: String = half_width(text).chars().map(one).collect();
    let before = plain.strip_suffix('号')?;
    if let Some((issuer, rest)) = before.split_once('〔') {
        let (year, serial) = rest.split_once('〕')?;
        let serial = serial.strip_prefix('第').unwrap_or(serial);
        let good = !issuer.is_empty() && year.len() == 4 && is_number(year) && is_number(serial);
        return good.then(|| format!("{issuer}〔{year}〕{}号", serial.trim_start_matches('0')));
    }
    let (issuer, serial) = before.rsplit_once('第')?;
    (!issuer.is_empty() && is_number(serial)).then_some(plain)
}

fn references(text: &str) -> Result<String, String> {
    let parts = text.split(['、', '；', ';', '\n']).map(str::trim).filter(|p| !p.is_empty());
    let read = parts.map(|p| reference(p).ok_or(p)).collect::<Result<Vec<_>, _>>();
    match read {
        Ok(all) if all.len() <= LISTED_MAX => Ok(all.join("、")),
        Ok(_) => Err(format!("最多 {LISTED_MAX} 件。")),
        Err(part) => Err(format!("里的“{part}”看不懂。写文号或者索引号，如 株牧渔发〔2017〕12号；几件用顿号分开。")),
    }
}

/// The records that a kept reference names.
pub fn targets(kept: &str) -> impl Iterator<Item = &str> {
    kept.split('、').filter(|t| !t.is_empty())
}

fn outcomes(text: &str) -> Result<String, String> {
    let mut all: Vec<String> = vec![];
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let says = || format!("里的“{line}”看不懂。一行一件，先写文号，空一格，再写继续有效、修改、废止或者失效。");
        let (target, outcome) = line.rsplit_once([' ', '\t', '　', '，', '：']).ok_or_else(says)?;
        let target = reference(target).ok_or_else(says)?;
        let word = word(OUTCOMES, outcome.trim_end_matches('。')).map_err(|_| says())?;
        if all.iter().any(|known| known.split('\t').next() == Some(&target)) {
            return Err(format!("里的“{target}”写了两次。"));
        }
        all.push(format!("{target}\t{word}"));
    }
    if all.len() > LISTED_MAX { Err(format!("最多 {LISTED_MAX} 件。")) } else { Ok(all.join("\n")) }
}

/// Document and word of each line of kept outcomes.
pub fn pairs(kept: &str) -> impl Iterator<Item = (&str, &str)> {
    kept.lines().filter_map(|line| line.split_once('\t'))
}
