//! Dates of birth of natural persons, to the day. A month alone stands in every curriculum vitae that must be public.

use crate::Rule;
use crate::cue::Sentence;
use crate::fold::Folded;
use crate::hunt::Hunt;
use kernel::Day;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

const EARLIEST: i16 = 1850;
const DATE: &str = "(?<date>(?:1[89]|20)[0-9]{2} ?(?:[年./-] ?[0-9]{1,2} ?[月./-] ?[0-9]{1,2} ?日?|\
                    (?:0[1-9]|1[0-2])[0-3][0-9])|\
                    [一二][零〇一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)";

static AFTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!("^(?:年月日?|日期|时间)?[:为是于 (]*{DATE}(?:[^0-9]|$)")));
static BEFORE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?:^|[^0-9]){DATE}[ (]*$")));
static WHOLE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^ *{DATE} *$")));
/// Animals are born too, and works of art.
static NO_PERSON: LazyLock<Regex> =
    LazyLock::new(|| pattern("牛|猪|羊|犊|羔|雏|禽|鸡|鸭|鹅|马匹|犬|种畜|耳标|胎次|品种|存栏|圈舍|公司|诞生地"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// The date behind 出生日期 or before 出生, or in the cells under it.
pub(crate) fn find(hunt: &mut Hunt, sentence: &Sentence, at: Range<usize>) {
    let text = sentence.text();
    if NO_PERSON.is_match(text) && sentence.names.is_empty() {
        return;
    }
    // 日生 takes its 日 from the date; 日生产 is something else.
    let (end, before) = match &text[at.clone()] {
        "日生" if text[at.end..].starts_with(['产', '效', '长', '成', '活', '育', '态']) => return,
        "日生" => (at.end, at.start + "日".len()),
        _ => (at.end, at.start),
    };
    let after =
        AFTER.captures(&text[end..]).and_then(|hit| real(hunt, hit.name("date")?)).map(|d| end + d.start..end + d.end);
    let found = after.or_else(|| real(hunt, BEFORE.captures(&text[..before])?.name("date")?));
    match found {
        Some(span) => note(hunt, sentence.piece, sentence.source(span)),
        None if text[end..].trim_matches(|c| r"年月日期时间: ".contains(c)).is_empty() => {
            cells(hunt, sentence.piece)
        }
        None => {}
    }
}

fn cells(hunt: &mut Hunt, label: usize) {
    let tables = &hunt.labels.tables;
    if tables.row(label).any(|n| NO_PERSON.is_match(hunt.text(n))) {
        return;
    }
    let cells: Vec<usize> = tables.right(label).into_iter().chain(tables.below(label).iter().copied()).collect();
    for cell in cells {
        let folded = Folded::new(hunt.text(cell));
        if let Some(span) = WHOLE.captures(&folded.text).and_then(|hit| real(hunt, hit.name("date")?)) {
            note(hunt, cell, folded.source(span));
        }
    }
}

/// The stretch of a date that exists and lies in a life.
fn real(hunt: &Hunt, date: regex::Match) -> Option<Range<usize>> {
    let plain: String = date.as_str().chars().filter(|c| *c != ' ').collect();
    let chinese = plain.starts_with(['一', '二']);
    let lived = |day: Day| day.year() >= EARLIEST && day <= hunt.settings.today;
    (chinese || Day::parse(&plain).is_some_and(lived)).then(|| date.range())
}

fn note(hunt: &mut Hunt, piece: usize, span: Range<usize>) {
    let text = &hunt.text(piece)[span.clone()];
    let year: String = text.chars().take(4).collect();
    hunt.note(Rule::BirthDate, piece, span, format!("{year}****"), "疑似自然人的出生日期。请删去，或者只写到年月。");
}
