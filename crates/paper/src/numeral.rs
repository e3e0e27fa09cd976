//! Numbers as office programs print them before paragraphs.

const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A number in a format of WordprocessingML (ECMA-376, 17.18.59); in digits where the format is none we know.
pub fn numeral(format: &str, n: u32) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => counting(n),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            n.to_string().bytes().map(|b| DIGITS[usize::from(b - b'0')]).collect()
        }
        "ideographTraditional" => cycle("甲乙丙丁戊己庚辛壬癸", n),
        "ideographZodiac" => cycle("子丑寅卯辰巳午未申酉戌亥", n),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&n) => cycle(CIRCLED, n),
        "decimalFullWidth" | "decimalFullWidth2" => n.to_string().bytes().map(|b| wide(b - b'0')).collect(),
        "decimalZero" => format!("{n:02}"),
        "upperLetter" => letters(n, b'A'),
        "lowerLetter" => letters(n, b'a'),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_ascii_lowercase(),
        _ => n.to_string(),
    }
}

const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

fn wide(digit: u8) -> char {
    char::from_u32('０' as u32 + u32::from(digit)).unwrap_or('０')
}

fn cycle(of: &str, n: u32) -> String {
    let length = of.chars().count() as u32;
    of.chars().nth((n.max(1) - 1) as usize % length as usize).map(String::from).unwrap_or_default()
}

/// 十一, 二十, 一百〇五; digits from 1000.
fn counting(n: u32) -> String {
    let digit = |n: u32| DIGITS[n as usize % 10];
    match n {
        0..=9 => digit(n).into(),
        10..=19 => format!("十{}", if n == 10 { "" } else { digit(n) }),
        20..=99 => format!("{}十{}", digit(n / 10), if n.is_multiple_of(10) { "" } else { digit(n) }),
        100..=999 if n.is_multiple_of(100) => format!("{}百", digit(n / 100)),
        100..=999 if n % 100 < 10 => format!("{}百〇{}", digit(n / 100), digit(n)),
        100..=999 if n.is_multiple_of(10) => format!("{}百{}十", digit(n / 100), digit(n / 10)),
        100..=999 => format!("{}百{}十{}", digit(n / 100), digit(n / 10), digit(n)),
        _ => n.to_string(),
    }
}

/// a to z, then aa to zz, as the programs count.
fn letters(n: u32, first: u8) -> String {
    let n = n.max(1) - 1;
    let letter = char::from(first + (n % 26) as u8);
    std::iter::repeat_n(letter, (n / 26 + 1).min(20) as usize).collect()
}

fn roman(n: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let (mut left, mut out) = (n.min(4_999), String::new());
    for (value, sign) in STEPS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numbers_are_printed_as_the_programs_do() {
        let cases: &[(&str, &[(u32, &str)])] = &[
            (
                "chineseCountingThousand",
                &[
                    (1, "一"),
                    (10, "十"),
                    (12, "十二"),
                    (20, "二十"),
                    (35, "三十五"),
                    (105, "一百〇五"),
                    (110, "一百一十"),
                ],
            ),
            ("ideographDigital", &[(10, "一〇")]),
            ("decimal", &[(7, "7")]),
            ("decimalEnclosedCircle", &[(3, "③"), (21, "21")]),
            ("lowerLetter", &[(1, "a"), (27, "aa")]),
            ("upperRoman", &[(4, "IV"), (19, "XIX")]),
            ("ideographTraditional", &[(2, "乙")]),
        ];
        for (format, pairs) in cases {
            pairs.iter().for_each(|(n, text)| assert_eq!(numeral(format, *n), *text, "{format} {n}"));
        }
    }
}
