//! 发文字号: gapless registers of document numbers, one for each issuer's word (株牧渔发), counted anew every year. A number is
//! taken in the act that uses it; a cancelled one stays, with its reason. There is no gap, whatever fails.

use super::table::{document_number, register};
use ::store::{Act, Error};
use kernel::Refusal;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// GB/T 9704-2012: 机关代字, the year in hexagonal brackets, the serial without leading zeros and without 第.
const FORM: &str = "《党政机关公文格式》（GB/T 9704-2012）";
const WORD_MAX: usize = 12;
const ABOUT_MAX: usize = 120;
const REASON_MAX: usize = 200;

/// `株牧渔发〔2017〕12号`.
pub fn text(word: &str, year: i64, serial: i64) -> String {
    format!("{word}〔{year}〕{serial}号")
}

/// A number taken apart: word, year, serial. `None` for what is not written so (令, 公告第3号), which other offices use.
pub fn parse(text: &str) -> Option<(&str, i64, i64)> {
    let (word, rest) = text.split_once('〔')?;
    let (year, rest) = rest.split_once('〕')?;
    let serial = rest.strip_suffix('号')?;
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let plain = !word.is_empty() && year.len() == 4 && digits(year) && digits(serial);
    let serial: i64 = Some(serial).filter(|s| plain && !s.starts_with('0'))?.parse().ok()?;
    Some((word, year.parse().ok()?, serial))
}

/// What is wrong with a number as it was typed: it may be of another form, but not nearly of this one.
pub fn form_faults(text: &str) -> Option<Refusal> {
    let brackets = text.chars().any(|c| "〔〕[]【】［］（）()".contains(c));
    let wrong = brackets && parse(text).is_none();
    let says = "文号写成“机关代字〔年份〕序号号”，如 株牧渔发〔2017〕12号：六角括号，序号不加“第”，不编虚位。";
    wrong.then(|| Refusal::new("number-form", says).cite(FORM).at("number"))
}

/// What is wrong with a new register.
pub fn register_faults(word: &str, purpose: &str, first: Option<i64>, known: &[register::Model]) -> Vec<Refusal> {
    let mut why = vec![];
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let long = word.chars().count();
    if word.is_empty() || long > WORD_MAX || !word.chars().all(han) {
        let says = format!("机关代字只写汉字，最多 {WORD_MAX} 个，如 株牧渔发。");
        why.push(Refusal::new("word", says).cite(FORM).at("word"));
    }
    if known.iter().any(|r| r.word == word) {
        why.push(Refusal::new("word-doubled", "已有这个机关代字的登记簿。").at("word"));
    }
    if purpose.chars().count() > ABOUT_MAX {
        why.push(Refusal::new("purpose-long", format!("用途最多 {ABOUT_MAX} 字。")).at("purpose"));
    }
    if first.is_none_or(|n| !(1..=99_999).contains(&n)) {
        let says = "起始序号写 1 到 99999 的数。今年已经在别处编到 12 号的，写 13。";
        why.push(Refusal::new("first", says).at("first"));
    }
    why
}

/// What is wrong with the words for which a number is taken.
pub fn about_faults(about: &str) -> Vec<Refusal> {
    let long = about.chars().count();
    match long {
        0 => vec![Refusal::new("about-missing", "请写明为哪份文件取号。").at("about")],
        _ if long > ABOUT_MAX => vec![Refusal::new("about-long", format!("事由最多 {ABOUT_MAX} 字。")).at("about")],
        _ => vec![],
    }
}

/// Why a number cannot be cancelled.
pub fn void_faults(row: &document_number::Model, reason: &str, is_public: bool) -> Vec<Refusal> {
    let mut why = vec![];
    if row.void_at.is_some() {
        why.push(Refusal::new("void", format!("{}已经作废。", row.text)));
    }
    if is_public {
        why.push(Refusal::new("in-use", format!("用{}的文件已经公开，不能作废。先撤下那份文件。", row.text)));
    }
    if reason.is_empty() {
        why.push(Refusal::new("reason-missing", "作废要写明原因，登记簿上一直看得到。").at("reason"));
    }
    if reason.chars().count() > REASON_MAX {
        why.push(Refusal::new("reason-long", format!("原因最多 {REASON_MAX} 字。")).at("reason"));
    }
    why
}

/// The registers of a body, by word.
pub async fn registers(db: &impl ConnectionTrait, body: &str) -> Result<Vec<register::Model>, Error> {
    let find = register::Entity::find().filter(register::Column::Body.eq(body));
    Ok(find.order_by_asc(register::Column::Word).all(db).await?)
}

/// Of this body only.
pub async fn register_of(db: &impl ConnectionTrait, body: &str, id: &str) -> Result<register::Model, Error> {
    let row = register::Entity::find_by_id(id).one(db).await?;
    row.filter(|r| r.body == body).ok_or(Error::NotFound)
}

/// The numbers of a register and year, the newest first.
pub async fn numbers(
    db: &impl ConnectionTrait,
    register: &str,
    year: i64,
) -> Result<Vec<document_number::Model>, Error> {
    let find = document_number::Entity::find()
        .filter(document_number::Column::Register.eq(register))
        .filter(document_number::Column::Year.eq(year));
    Ok(find.order_by_desc(document_number::Column::Serial).all(db).await?)
}

/// The number that a record has taken and that is not cancelled.
pub async fn of_record(db: &impl ConnectionTrait, record: &str) -> Result<Option<document_number::Model>, Error> {
    let find = document_number::Entity::find()
        .filter(document_number::Column::Record.eq(record))
        .filter(document_number::Column::VoidAt.is_null());
    Ok(find.one(db).await?)
}

pub async fn open_register(
    act: &mut Act,
    body: &str,
    staff: &str,
    word: &str,
    purpose: &str,
    first: i64,
) -> Result<String, Error> {
    let id = act.id();
    let row = register::ActiveModel {
        id: Set(id.clone()),
        body: Set(body.into()),
        word: Set(word.into()),
        purpose: Set(purpose.into()),
        first_year: Set(act.now.day().year().into()),
        first: Set(first),
        made_by: Set(staff.into()),
        made_at: Set(act.now.0),
    };
    register::Entity::insert(row).exec_without_returning(act).await?;
    act.journal("open-register", &format!("register:{id}"));
    Ok(id)
}

/// Takes the next number of this year. An act that is undone gives it back: there is no gap.
pub async fn take(
    act: &mut Act,
    register: &register::Model,
    staff: &str,
    about: &str,
    record: Option<&str>,
) -> Result<String, Error> {
    if let Some(record) = record {
        super::evidence::takes_words(act, record).await?;
    }
    let year = i64::from(act.now.day().year());
    let n = act.number(&format!("number/{}/{year}", register.id)).await?;
    let serial = if year == register.first_year { register.first - 1 + n } else { n };
    let (id, text) = (act.id(), text(&register.word, year, serial));
    let row = document_number::ActiveModel {
        id: Set(id.clone()),
        register: Set(register.id.clone()),
        year: Set(year),
        serial: Set(serial),
        text: Set(text.clone()),
        about: Set(about.into()),
        record: Set(record.map(str::to_owned)),
        taken_by: Set(staff.into()),
        at: Set(act.now.0),
        void_at: Set(None),
        void_by: Set(String::new()),
        reason: Set(String::new()),
        version: Set(1),
    };
    document_number::Entity::insert(row).exec_without_returning(act).await?;
    let facts = serde_json::json!({ "year": year, "serial": serial });
    act.journal_with("take-number", &format!("register:{}", register.id), facts);
    Ok(text)
}

/// 作废: the number stays in its place and is never given again.
pub async fn void(act: &mut Act, row: &document_number::Model, staff: &str, reason: &str) -> Result<(), Error> {
    act.bump(row, row.version).await?;
    document_number::Entity::update_many()
        .col_expr(document_number::Column::VoidAt, Expr::value(act.now.0))
        .col_expr(document_number::Column::VoidBy, Expr::value(staff))
        .col_expr(document_number::Column::Reason, Expr::value(reason))
        .filter(document_number::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    let facts = serde_json::json!({ "year": row.year, "serial": row.serial });
    act.journal_with("void-number", &format!("register:{}", row.register), facts);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_written() {
        for (written, wanted) in [
            ("株牧渔发〔2017〕12号", Some(("株牧渔发", 2017, 12))),
            ("株牧渔发〔2017〕012号", None),
            ("株牧渔发〔2017〕第12号", None),
            ("株牧渔发[2017]12号", None),
            ("株牧渔发〔17〕12号", None),
            ("〔2017〕12号", None),
            ("公告第3号", None),
        ] {
            assert_eq!(parse(written), wanted, "{written}");
            let nearly = written.contains('〔') || written.contains('[');
            assert_eq!(form_faults(written).is_some(), nearly && wanted.is_none(), "{written}");
        }
        assert_eq!(text("株牧渔发", 2017, 12), "株牧渔发〔2017〕12号");
    }

    #[test]
    fn a_register_has_a_word_of_its_own() {
        let known = register::Model {
            id: "r".into(),
            body: "b".into(),
            word: "株牧渔发".into(),
            purpose: String::new(),
            first_year: 2026,
            first: 1,
            made_by: "s".into(),
            made_at: 0,
        };
        for (word, first, wanted) in [
            ("株牧渔函", Some(13), &[][..]),
            ("株牧渔发", Some(1), &["word-doubled"][..]),
            ("ZMY", Some(1), &["word"][..]),
            ("", Some(1), &["word"][..]),
            ("株牧渔函", Some(0), &["first"][..]),
            ("株牧渔函", None, &["first"][..]),
        ] {
            let why = register_faults(word, "", first, std::slice::from_ref(&known));
            assert_eq!(why.iter().map(|r| r.code).collect::<Vec<_>>(), wanted, "{word} {first:?}");
        }
    }
}
