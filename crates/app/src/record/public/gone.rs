//! What a reader is told of what was taken down: when, why, by which article, what remains. Pure.

use super::Shown;
use crate::edge::Failure;
use crate::floor::public_gone;
use crate::record::model::{HIDDEN, Reason};
use axum::http::StatusCode;
use kernel::{Instant, Refusal};

/// When and why, with the article, and what remains; never what it was called or said.
pub fn taken_down(row: &public_gone::Model) -> Failure {
    gone(gone_says(&row.index_no, Instant(row.at), &row.reason), Reason::parse(&row.reason))
}

/// The sentence in place of a record: staff read it before they take one down.
pub fn gone_says(index_no: &str, at: Instant, word: &str) -> String {
    let reason = Reason::parse(word);
    let why = reason.map(|r| format!("原因：{}。", r.zh)).unwrap_or_default();
    let remains = match reason {
        Some(r) if r.word == HIDDEN => "核对的结果会在这个地址公布。",
        Some(r) if r.protective => "登记簿只留下登记的时间，已经不能与内容对上。",
        _ => "撤下前的公开记录仍保留在登记簿。",
    };
    format!("索引号 {index_no} 的信息已于 {at} 撤下，内容不再展示。{why}{remains}")
}

fn gone(says: String, reason: Option<&'static Reason>) -> Failure {
    let refusal = Refusal::new("gone", says).cite(reason.map_or("", |r| r.cite));
    Failure { status: StatusCode::GONE, refusals: vec![refusal], says: String::new() }
}

/// Of a version that a protective correction took down: number, class, day.
pub fn removed(shown: &Shown, n: i64) -> Option<Failure> {
    let line = shown.versions.iter().find(|line| line.n == n)?;
    let removed = line.removed.as_ref()?;
    let reason = Reason::parse(&removed.reason);
    let zh = reason.map_or("", |r| r.zh);
    let day = Instant(removed.at).day().zh();
    Some(gone(format!("第 {n} 版已于{day}撤下，内容不再展示。原因：{zh}。现在的一版仍可查阅。"), reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_down_says_when_and_why_and_not_what() {
        let at = Instant::parse("2026-11-23 10:00").expect("a time").0;
        let row = |reason: &str| public_gone::Model {
            id: "r".into(),
            body: "b".into(),
            path: "/records/zz/2026-00001".into(),
            index_no: "zz/2026-00001".into(),
            at,
            reason: reason.into(),
        };
        for (reason, says, cite) in [
            ("privacy", "原因：涉及个人隐私。登记簿只留下登记的时间", "《政府信息公开条例》第十五条"),
            ("ended", "原因：公示期届满。撤下前的公开记录仍保留在登记簿", ""),
            ("hidden", "原因：正在核对，暂不展示。核对的结果", ""),
            ("unheard-of", "不再展示。撤下前的公开记录", ""),
        ] {
            let failure = taken_down(&row(reason));
            let refusal = &failure.refusals[0];
            assert_eq!((failure.status, refusal.cite), (StatusCode::GONE, cite));
            assert!(refusal.says.contains("2026-11-23 10:00") && refusal.says.contains(says), "{}", refusal.says);
        }
    }
}
