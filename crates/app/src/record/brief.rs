//! What is said of a record at the review desk: the reviews that were made, a leader's brief, the facts of the form.

use super::field::Data;
use super::model::{Paper, Reason, Review, Verdict};
use super::store::Loaded;
use super::table::{referral, viewing};
use super::{aside, rules, verdict};
use crate::account::desk::Desk;
use crate::account::{Duty, store as accounts};
use crate::ground;
use ::store::Error;
use kernel::{Day, Instant};
use law::Law;
use std::collections::HashMap;

/// A review that was made, with the name of who made it.
pub struct Made {
    pub step: &'static str,
    /// `发布员 代 分管领导`.
    pub by: String,
    pub passed: bool,
    pub conclusion: &'static str,
    pub on_paper: bool,
    pub opinion: String,
    pub at: Instant,
}

/// Names of people, the gone ones too.
pub fn joined(ids: &[String], names: &HashMap<String, String>) -> String {
    let all: Vec<&str> = ids.iter().map(|id| names.get(id).map_or("已不在册的账号", String::as_str)).collect();
    all.join("、")
}

pub fn made(on: &Loaded, names: &HashMap<String, String>) -> Vec<Made> {
    let name = |id: &String| names.get(id).cloned().unwrap_or_default();
    let one = |r: &Review| Made {
        step: r.step.zh(),
        by: match &r.acting_for {
            Some(holder) => format!("{} 代 {}", name(&r.staff), name(holder)),
            None => name(&r.staff),
        },
        passed: r.verdict == Verdict::Pass,
        conclusion: verdict::conclusion_zh(r.verdict, &r.answers),
        on_paper: r.paper.is_some(),
        opinion: r.opinion.clone(),
        at: r.at,
    };
    let mut all: Vec<_> = on.reviews.iter().collect();
    all.sort_by_key(|r| r.step);
    all.into_iter().map(one).collect()
}

/// A leader's second and third line: what it is and who passed it; what the machine found.
pub fn brief(on: &Loaded, made: &[Made], names: &HashMap<String, String>) -> [String; 2] {
    let authors = on.revision.as_ref().map(|r| joined(&r.authors, names)).unwrap_or_default();
    let passed: Vec<String> = made.iter().filter(|m| m.passed).map(|m| format!("{} {}", m.step, m.by)).collect();
    let passed =
        if passed.is_empty() { "还没有人审过".into() } else { format!("已同意：{}", passed.join("、")) };
    let (all, open) = (on.findings.len(), on.findings.iter().filter(|f| f.is_open()).count());
    let machine = match (all, open) {
        (0, _) => "机检没有发现问题".to_owned(),
        (n, 0) => format!("机检发现 {n} 项，都已处理"),
        (n, open) => format!("机检发现 {n} 项，还有 {open} 项没有处理"),
    };
    let files = if on.files.is_empty() { String::new() } else { format!("，附件 {} 个", on.files.len()) };
    [format!("{}，{authors}拟稿{files}。{passed}。", on.kind.zh), format!("{machine}。")]
}

/// 报请确定 so far: when, why, and the last day for reporting (保守国家秘密法实施条例 25).
pub async fn referred(desk: &Desk, revision: &str) -> Result<Vec<(Instant, String, Option<Day>)>, Error> {
    let (law, rows) = (desk.law(), aside::referrals(desk.read(), revision).await?);
    let last = |day: Day| Some(law::due(law.clause("SEC-DOUBT")?, day, &law.calendar)?.on);
    let line = |r: referral::Model| (Instant(r.at), r.opinion, last(Instant(r.at).day()));
    Ok(rows.into_iter().map(line).collect())
}

/// Who saw what was masked; for those who watch, and those who saw.
pub async fn seen(desk: &Desk, revision: &str) -> Result<Vec<(Instant, String, String)>, Error> {
    let mut rows = aside::viewings(desk.read(), revision).await?;
    rows.retain(|v| desk.me.has(Duty::Supervision) || v.staff == desk.me.id);
    let ids: Vec<String> = rows.iter().map(|v| v.staff.clone()).collect();
    let names: HashMap<String, String> = accounts::names(desk.read(), &ids).await?.into_iter().collect();
    let line = |v: viewing::Model| (Instant(v.at), names.get(&v.staff).cloned().unwrap_or_default(), v.purpose);
    Ok(rows.into_iter().map(line).collect())
}

/// What the form says, as the public will read it.
pub fn facts(law: &Law, on: &Loaded, paper: &Paper, internal: &Data) -> Vec<(&'static str, String)> {
    let Some(revision) = &on.revision else { return vec![] };
    let f = &paper.fields;
    let ground = ground::rules::cite(law, &f.ground, revision.at.day()).to_owned();
    let day = |d: Option<kernel::Day>| d.map(|d| d.to_string()).unwrap_or_default();
    let all = [
        ("公开属性", f.openness.zh().to_owned()),
        ("依据", ground),
        ("栏目", rules::column_name(law, &f.column).unwrap_or_default().to_owned()),
        ("文号", revision.late.number.clone()),
        ("成文日期", day(revision.late.issued)),
        ("形成日期", day(f.formed)),
        ("发布机构", f.issuer.clone()),
        ("来源", f.source.clone()),
        ("责任科室", f.author.clone()),
        ("关键词", f.keywords.clone()),
        ("施行日期", day(f.effective)),
        ("有效期至", day(f.expires)),
        ("内容概述", f.summary.clone()),
        ("编者注", f.note.clone()),
        ("更正的种类", Reason::protective(&f.correction).map(|r| r.zh.to_owned()).unwrap_or_default()),
        ("更正说明", f.change.clone()),
    ];
    let lines = super::typed::lines;
    let aside = lines(on.kind, internal).into_iter().map(|(name, value)| (name, format!("{value}（不公开）")));
    let own = lines(on.kind, &f.data).into_iter().chain(aside);
    all.into_iter().chain(own).filter(|(_, v)| !v.is_empty()).collect()
}
