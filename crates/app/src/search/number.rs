//! Document numbers and index numbers, whoever writes them how: `株牧渔发[2017]12号`, `株牧渔发〔2017〕第012号` and
//! `株牧渔发 2017 12` are one. Pure.

use super::fold::{Sign, sign};

/// A number in the one form under which it is looked up, or `None` where the words are no number.
pub fn key(text: &str) -> Option<String> {
    let mut parts: Vec<String> = vec![];
    let mut apart = true;
    for c in text.trim().chars() {
        let (c, digit) = match sign(c) {
            Sign::Digit(c) => (c, true),
            Sign::Letter(c) | Sign::Han(c) => (c, false),
            Sign::Nothing | Sign::Stop => {
                apart = true;
                continue;
            }
        };
        match parts.last_mut().filter(|_| !apart) {
            Some(last) if last.ends_with(|l: char| l.is_ascii_digit()) == digit => last.push(c),
            _ => parts.push(c.into()),
        }
        apart = false;
    }
    of_parts(&parts)
}

/// Who, year, serial.
fn of_parts(parts: &[String]) -> Option<String> {
    let parts: Vec<&str> = parts.iter().map(|p| p.trim_matches(['第', '号', '年'])).filter(|p| !p.is_empty()).collect();
    let is_digits = |p: &str| p.bytes().all(|b| b.is_ascii_digit());
    let (who, year, serial) = match parts.as_slice() {
        [who @ .., year, serial] if is_year(year) && is_digits(serial) => (who.concat(), *year, *serial),
        // Written without brackets, year and serial run together.
        [who @ .., run] if !who.is_empty() && is_digits(run) && run.len() > 4 && is_year(run.get(..4)?) => {
            (who.concat(), &run[..4], &run[4..])
        }
        _ => return None,
    };
    let serial = serial.trim_start_matches('0');
    (serial.len() <= 6 && !serial.is_empty()).then(|| format!("{who}/{year}/{serial}"))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Under which a record is looked up: its document number, its index number, and that without the body's code.
pub fn keys(number: &str, index_no: &str) -> Vec<String> {
    let short = index_no.rsplit_once('/').map_or("", |(_, short)| short);
    [number, index_no, short].into_iter().filter_map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_however_it_is_written() {
        for text in [
            "株牧渔发〔2017〕12号",
            "株牧渔发[2017]12号",
            "株牧渔发【2017】12",
            "株牧渔发（2017）第012号",
            "株牧漁發〔２０１７〕１２號",
            "株牧渔发 2017年 12号",
            "株牧渔发201712号",
            "株牧渔发2017-12",
        ] {
            assert_eq!(key(text).as_deref(), Some("株牧渔发/2017/12"), "{text}");
        }
        assert_eq!(key("4302SHILI/2017-00001").as_deref(), Some("4302shili/2017/1"));
        assert_eq!(keys("", "4302SHILI/2017-00001"), ["4302shili/2017/1", "/2017/1"]);
        for text in [
            "2017年度政务公开实施方案",
            "养猪 2017",
            "2017",
            "12号",
            "〔2017〕号",
            "",
            "2017年5月26日",
            "1234567890123",
        ] {
            assert_eq!(key(text), None, "{text}");
        }
    }
}
