//! Numbers as a sheet shows them: decimals, thousands, percents, dates.

use crate::xml::Xml;
use kernel::{Day, Refusal};
use std::collections::BTreeMap;

/// The formats of the cells, by the number of their style.
#[derive(Default)]
pub struct Formats {
    codes: Vec<String>,
    from_1904: bool,
}

/// The formats that a file names by number only (ECMA-376, 18.8.30, with the dates as a Chinese program shows them).
const BUILT_IN: &[(u32, &str)] = &[
    (1, "0"),
    (2, "0.00"),
    (3, "#,##0"),
    (4, "#,##0.00"),
    (9, "0%"),
    (10, "0.00%"),
    (14, "yyyy/m/d"),
    (15, "d-mmm-yy"),
    (16, "d-mmm"),
    (17, "mmm-yy"),
    (18, "h:mm AM/PM"),
    (19, "h:mm:ss AM/PM"),
    (20, "h:mm"),
    (21, "h:mm:ss"),
    (22, "yyyy/m/d h:mm"),
    (27, "yyyy年m月"),
    (28, "m月d日"),
    (29, "m月d日"),
    (30, "m-d-yy"),
    (31, "yyyy年m月d日"),
    (32, "h时mm分"),
    (33, "h时mm分ss秒"),
    (36, "yyyy年m月"),
    (37, "#,##0"),
    (38, "#,##0"),
    (39, "#,##0.00"),
    (40, "#,##0.00"),
    (45, "mm:ss"),
    (46, "h:mm:ss"),
    (50, "yyyy年m月"),
    (51, "m月d日"),
    (52, "yyyy年m月"),
    (53, "m月d日"),
    (54, "m月d日"),
    (57, "yyyy年m月"),
    (58, "m月d日"),
];

impl Formats {
    pub fn read(bytes: &[u8], from_1904: bool) -> Result<Formats, Refusal> {
        let mut known: BTreeMap<u32, String> = BUILT_IN.iter().map(|(id, code)| (*id, (*code).to_owned())).collect();
        let (mut xml, mut codes) = (Xml::new(bytes), vec![]);
        while let Some(tag) = xml.open(0)? {
            match tag.name() {
                "numFmt" => {
                    drop(known.insert(tag.number("numFmtId").unwrap_or(0), tag.get("formatCode").unwrap_or_default()))
                }
                "cellXfs" => {
                    let depth = xml.depth();
                    while let Some(tag) = xml.open(depth)? {
                        if tag.name() == "xf" {
                            let id = tag.number("numFmtId").unwrap_or(0);
                            codes.push(known.get(&id).cloned().unwrap_or_default());
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(Formats { codes, from_1904 })
    }

    /// A number in a style.
    pub fn shown(&self, number: f64, style: usize) -> String {
        shown(number, self.codes.get(style).map(String::as_str).unwrap_or_default(), self.from_1904)
    }
}

/// A piece of a format: a character that stands for digits, or words as they are.
#[derive(PartialEq, Debug)]
enum Token {
    Sign(char),
    Words(String),
}

fn shown(number: f64, code: &str, from_1904: bool) -> String {
    // The long date of whoever looks: ours.
    let code = if code.starts_with("[$-F800]") { "yyyy年m月d日" } else { code };
    let sections: Vec<Vec<Token>> = sections(code);
    let (section, number) = match (sections.get(1), sections.get(2)) {
        (Some(negative), _) if number < 0.0 && !negative.is_empty() => (negative, -number),
        (_, Some(zero)) if number == 0.0 && !zero.is_empty() => (zero, number),
        _ => match sections.first() {
            Some(first) => (first, number),
            None => return general(number),
        },
    };
    let has = |signs: &str| section.iter().any(|token| matches!(token, Token::Sign(c) if signs.contains(*c)));
    if has("0#?") && has("eE") {
        return general(number);
    }
    if has("yYdDhHsS") || code.to_ascii_lowercase().contains("aaa") || (has("mM") && !has("0#?")) {
        return date(number, section, from_1904).unwrap_or_else(|| general(number));
    }
    if has("0#?") { decimal(number, section) } else { worded(number, section) }
}

/// The sections of a format, without colours, languages, fillers and conditions.
fn sections(code: &str) -> Vec<Vec<Token>> {
    let (mut all, mut chars) = (vec![vec![]], code.chars().peekable());
    if code.trim().is_empty() || code.eq_ignore_ascii_case("general") {
        return vec![];
    }
    while let Some(c) = chars.next() {
        let words = match c {
            ';' => {
                all.push(vec![]);
                continue;
            }
            '"' => chars.by_ref().take_while(|c| *c != '"').collect(),
            '\\' => chars.next().into_iter().collect(),
            '_' => {
                chars.next();
                continue;
            }
            '*' => {
                chars.next();
                continue;
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // `[$¥-804]` shows its sign, `[h]` its hours; the rest shows nothing.
                match inside.strip_prefix('$') {
                    Some(sign) => sign.split('-').next().unwrap_or_default().to_owned(),
                    None if inside.chars().all(|c| "hHmMsS".contains(c)) && !inside.is_empty() => {
                        let unit = inside.chars().take(1).map(Token::Sign);
                        all.last_mut().into_iter().for_each(|s| s.extend(unit.clone()));
                        continue;
                    }
                    None => continue,
                }
            }
            c if "0#?.,%yYmMdDhHsSaA@eE".contains(c) => {
                all.last_mut().into_iter().for_each(|s| s.push(Token::Sign(c)));
                continue;
            }
            c => c.to_string(),
        };
        all.last_mut().into_iter().for_each(|s| s.push(Token::Words(words.clone())));
    }
    all
}

/// As a cell without a format shows it: at most eleven digits.
fn general(number: f64) -> String {
    if number == 0.0 {
        return "0".into();
    }
    let size = number.abs().log10().floor();
    if !(-5.0..11.0).contains(&size) {
        // Long numbers are kept whole: an account or an identity number must be seen by the scanner.
        return if number.fract() == 0.0 && size < 18.0 { format!("{number:.0}") } else { format!("{number:E}") };
    }
    let decimals = (10 - size as i32).clamp(0, 10) as usize;
    let text = format!("{number:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn decimal(number: f64, section: &[Token]) -> String {
    let signs: String = section.iter().map(|t| if let Token::Sign(c) = t { *c } else { '\0' }).collect();
    let percents = signs.matches('%').count() as i32;
    let digits = |c: char| "0#?".contains(c);
    let point = signs.find('.');
    let whole = &signs[..point.unwrap_or(signs.len())];
    let after = point.map(|at| &signs[at + 1..]).unwrap_or_default();
    let (most, least) = (after.chars().filter(|c| digits(*c)).count().min(30), after.matches('0').count());
    let end = |of: &str| of.rfind(digits).map_or(0, |at| at + 1);
    // A comma behind the last digit shows thousands as one.
    let thousand_divisions = signs[end(&signs)..].chars().take_while(|c| *c == ',').count() as i32;
    let grouped = whole[..end(whole)].contains(',');
    let scaled = number * 100_f64.powi(percents) / 1000_f64.powi(thousand_divisions);
    let mut text = rounded(scaled.abs(), most);
    while text.contains('.') && text.len() - text.find('.').unwrap_or(0) - 1 > least && text.ends_with('0') {
        text.pop();
    }
    let text = text.trim_end_matches('.');
    let (int, fraction) = text.split_once('.').unwrap_or((text, ""));
    let width = whole.matches('0').count();
    let int = format!("{int:0>width$}");
    let int = if grouped { thousands(&int) } else { int };
    let point = if fraction.is_empty() { "" } else { "." };
    let sign = if scaled < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) { "-" } else { "" };
    placed(section, &format!("{sign}{int}{point}{fraction}"))
}

/// Rounded as people round: a half goes up, and 2.675 is a half although its binary is a little less.
fn rounded(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let up = format!("{:.decimals$}", number * (1.0 + 4.0 * f64::EPSILON));
    if up == text { text } else { up }
}

fn thousands(int: &str) -> String {
    let first = int.len() % 3;
    let mut parts: Vec<&str> = if first > 0 { vec![&int[..first]] } else { vec![] };
    parts.extend((first..int.len()).step_by(3).map(|at| &int[at..at + 3]));
    parts.join(",")
}

/// The number among the words of its format; a percent sign where it stands.
fn placed(section: &[Token], number: &str) -> String {
    let (mut out, mut done) = (String::new(), false);
    for token in section {
        match token {
            Token::Words(words) => out.push_str(words),
            Token::Sign('%') => out.push('%'),
            Token::Sign(_) if !done => {
                out.push_str(number);
                done = true;
            }
            Token::Sign(_) => {}
        }
    }
    out.trim().to_owned()
}

/// A format without digits: `@`, or words alone.
fn worded(number: f64, section: &[Token]) -> String {
    let words = section.iter().filter_map(|t| if let Token::Words(w) = t { Some(w.as_str()) } else { None });
    if section.contains(&Token::Sign('@')) { general(number) } else { words.collect() }
}

/// A date or a time of day; `None` where the number is none.
fn date(number: f64, section: &[Token], from_1904: bool) -> Option<String> {
    let base = if from_1904 { Day::new(1904, 1, 1)? } else { Day::new(1899, 12, 30)? };
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    let seconds = (number.fract() * 86_400.0).round() as i64;
    let day = base.plus(number.trunc() as i32 + (seconds / 86_400) as i32);
    let (hour, minute, second) = (seconds % 86_400 / 3600, seconds % 3600 / 60, seconds % 60);
    let (year, month, day_of) = day.ymd();
    let noon = section.windows(2).any(|w| matches!(w, [Token::Sign('A' | 'a'), Token::Words(w)] if w == "M"))
        || section.iter().any(|t| matches!(t, Token::Sign('A')));
    let (mut out, mut at, mut timed) = (String::new(), 0, false);
    while let Some(token) = section.get(at) {
        let Token::Sign(sign) = token else {
            let Token::Words(words) = token else { break };
            out.push_str(words);
            at += 1;
            continue;
        };
        let sign = sign.to_ascii_lowercase();
        let run =
            section[at..].iter().take_while(|t| matches!(t, Token::Sign(c) if c.to_ascii_lowercase() == sign)).count();
        let two = |n: i64| if run > 1 { format!("{n:02}") } else { n.to_string() };
        let rest = &section[at + run..];
        let next = rest.iter().find_map(|t| if let Token::Sign(c) = t { Some(c.to_ascii_lowercase()) } else { None });
        match sign {
            'y' | 'e' => out.push_str(&if run == 2 { format!("{:02}", year % 100) } else { year.to_string() }),
            'm' if timed || next == Some('s') => out.push_str(&two(minute)),
            'm' => out.push_str(&two(i64::from(month))),
            'd' => out.push_str(&two(i64::from(day_of))),
            'h' => out.push_str(&two(if noon && hour > 12 { hour - 12 } else { hour })),
            's' => out.push_str(&two(second)),
            'a' if run >= 3 => out.push_str(day.zh_weekday()),
            'a' => out.push_str(if hour < 12 { "AM" } else { "PM" }),
            '.' | ',' => out.push(sign),
            _ => {}
        }
        timed = matches!(sign, 'h') || (timed && sign != 'm' && sign != 's');
        at += run;
        // The rest of AM/PM.
        if sign == 'a' && run < 3 {
            while matches!(section.get(at), Some(Token::Sign('M' | 'm')))
                || matches!(section.get(at), Some(Token::Words(w)) if w == "/" || w == "P")
            {
                at += 1;
            }
        }
    }
    Some(out.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_the_sheet_shows_them() {
        for (number, code, text) in [
            (1234.5, "", "1234.5"),
            (0.1 + 0.2, "General", "0.3"),
            (123_456_789_012_345.0, "", "123456789012345"),
            (123.0, "0.00E+00", "123"),
            (13_973_312_345.0, "", "13973312345"),
            (1234567.891, "#,##0.00", "1,234,567.89"),
            (-1234.5, "#,##0.00", "-1,234.50"),
            (-5.0, "0.00;(0.00)", "(5.00)"),
            (0.0, "0;-0;\"无\"", "无"),
            (0.256, "0%", "26%"),
            (0.2564, "0.00%", "25.64%"),
            (2.675, "0.00", "2.68"),
            (7.0, "000", "007"),
            (12345.0, "0.0,\"万\"", "12.3万"),
            (12.5, "¥#,##0.00", "¥12.50"),
            (12.5, "[$¥-804]#,##0.00", "¥12.50"),
            (12.5, "[Red]0.0_ ;[Red]\\-0.0\\ ", "12.5"),
            (42_881.0, "yyyy/m/d", "2017/5/26"),
            (42_881.0, "yyyy\"年\"m\"月\"d\"日\";@", "2017年5月26日"),
            (42_881.0, "[$-F800]dddd, mmmm dd, yyyy", "2017年5月26日"),
            (42_881.0, "yyyy-mm-dd", "2017-05-26"),
            (42_881.604_166_67, "yyyy/m/d h:mm", "2017/5/26 14:30"),
            (0.604_166_67, "h:mm:ss", "14:30:00"),
            (0.604_166_67, "h:mm AM/PM", "2:30 PM"),
            (42_881.0, "m月d日", "5月26日"),
            (42_881.0, "aaaa", "星期五"),
            (5.0, "@", "5"),
            (-1.0, "yyyy/m/d", "-1"),
        ] {
            assert_eq!(shown(number, code, false), text, "{number} as {code}");
        }
        assert_eq!(shown(41_419.0, "yyyy-m-d", true), "2017-5-26");
    }
}
