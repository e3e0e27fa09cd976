//! Half-width marks in Chinese text, made full. Numbers, addresses of the web, Latin text and document numbers stay.

/// The marks that are repaired, and what stands for them in Chinese.
const MARKS: &[(char, char)] =
    &[(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！'), ('(', '（'), (')', '）')];

/// The text with full-width marks beside Han, and how many were changed. Repairing twice changes nothing more: what a
/// repair writes is no reason for another.
pub fn repair(text: &str) -> (String, usize) {
    let chars: Vec<char> = text.chars().collect();
    let keep = addresses(&chars);
    let mut make = vec![false; chars.len()];
    pairs(&chars, &keep, &mut make);
    for (i, c) in chars.iter().enumerate() {
        let plain = matches!(c, ',' | ';' | ':' | '?' | '!') && !keep[i];
        make[i] |= plain && is_chinese(&chars, i);
    }
    let full = |c: char| MARKS.iter().find(|(half, _)| *half == c).map_or(c, |(_, full)| *full);
    let out = chars.iter().zip(&make).map(|(c, make)| if *make { full(*c) } else { *c }).collect();
    (out, make.iter().filter(|made| **made).count())
}

/// How many marks a repair would change.
pub fn count(text: &str) -> usize {
    repair(text).1
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// Han, or a mark that only Chinese text has and no repair writes.
fn speaks_chinese(c: Option<&char>) -> bool {
    c.is_some_and(|c| is_han(*c) || "“”‘’《》〔〕、。".contains(*c))
}

/// Whether a mark stands in Chinese: Chinese on one side of it. Between figures and Latin words it does not.
fn is_chinese(chars: &[char], at: usize) -> bool {
    let (before, after) = (at.checked_sub(1).and_then(|i| chars.get(i)), chars.get(at + 1));
    speaks_chinese(before) || speaks_chinese(after)
}

/// The places of addresses: `https://…`, `www.…`, `name@host`.
fn addresses(chars: &[char]) -> Vec<bool> {
    let mut keep = vec![false; chars.len()];
    let mut from = 0;
    while from < chars.len() {
        let end = (from..chars.len()).find(|&i| !chars[i].is_ascii_graphic()).unwrap_or(chars.len());
        let word: String = chars[from..end].iter().collect();
        if word.contains("://") || word.contains("www.") || word.contains('@') {
            keep[from..end].fill(true);
        }
        from = end + 1;
    }
    keep
}

/// Brackets are changed in pairs or not at all: `1)` has no other half, and `(2017)12号` is a document number.
fn pairs(chars: &[char], keep: &[bool], make: &mut [bool]) {
    let mut open = vec![];
    for i in 0..chars.len() {
        match chars[i] {
            '(' if !keep[i] => open.push(i),
            ')' if !keep[i] => {
                let Some(from) = open.pop() else { continue };
                let (inner, after) = (&chars[from + 1..i], &chars[i + 1..]);
                if is_year(inner) && is_number(after) {
                    continue;
                }
                let chinese = inner.iter().any(|c| is_han(*c)) || is_chinese_before(chars, from) || begins(after);
                make[from] = chinese;
                make[i] = chinese;
            }
            _ => {}
        }
    }
}

fn is_chinese_before(chars: &[char], at: usize) -> bool {
    speaks_chinese(at.checked_sub(1).and_then(|i| chars.get(i)))
}

fn begins(after: &[char]) -> bool {
    speaks_chinese(after.first())
}

fn is_year(inner: &[char]) -> bool {
    inner.len() == 4 && inner.iter().all(char::is_ascii_digit)
}

/// `12号`.
fn is_number(after: &[char]) -> bool {
    let digits = after.iter().take_while(|c| c.is_ascii_digit()).count();
    digits > 0 && after.get(digits) == Some(&'号')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_beside_han_become_full() {
        for (text, right, count) in [
            ("各县市区,各单位:", "各县市区，各单位：", 2),
            ("是否同意?请说明!", "是否同意？请说明！", 2),
            ("见附件(略);其余不变", "见附件（略）；其余不变", 3),
            ("(1)总则", "（1）总则", 2),
            ("1)总则", "1)总则", 0),
            ("本局(BUREAU)负责", "本局（BUREAU）负责", 2),
            ("共1,000元,分2次", "共1,000元，分2次", 1),
            ("上午9:30,请到场", "上午9:30，请到场", 1),
            ("见 https://a.cn/x?y=1,2 的说明", "见 https://a.cn/x?y=1,2 的说明", 0),
            ("发到office@a.cn,谢谢", "发到office@a.cn,谢谢", 0),
            ("Hello, world (again)!", "Hello, world (again)!", 0),
            ("株牧渔发(2017)12号", "株牧渔发(2017)12号", 0),
            ("株牧渔发〔2017〕12号,印发", "株牧渔发〔2017〕12号，印发", 1),
            ("已经，是全角。", "已经，是全角。", 0),
            ("“好”,他说", "“好”，他说", 1),
            ("", "", 0),
        ] {
            assert_eq!(repair(text), (right.to_owned(), count), "{text}");
        }
    }

    proptest! {
        #[test]
        fn repairing_is_idempotent_and_changes_marks_only(text in "[甲乙，。“”《》〔〕a-c0-9,;:?!() @/.]{0,40}") {
            let (once, count) = repair(&text);
            prop_assert_eq!(repair(&once), (once.clone(), 0));
            let changed = text.chars().zip(once.chars()).filter(|(a, b)| a != b).collect::<Vec<_>>();
            prop_assert_eq!(text.chars().count(), once.chars().count());
            prop_assert_eq!(changed.len(), count);
            prop_assert!(changed.iter().all(|pair| MARKS.contains(pair)));
        }

        #[test]
        fn text_without_han_is_never_touched(text in "[a-zA-Z0-9,;:?!() @/.-]{0,60}") {
            prop_assert_eq!(repair(&text), (text.clone(), 0));
        }

        #[test]
        fn digits_and_their_marks_stay(a in 0u32..100_000, b in 0u32..1000, mark in "[,:]") {
            let text = format!("共{a}{mark}{b}元");
            prop_assert_eq!(repair(&text), (text.clone(), 0));
        }
    }
}
