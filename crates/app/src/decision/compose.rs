//! Papers that are made from what the case holds: what was adopted of the public's opinions, and of the experts'. They
//! begin as drafts; a person reads them, and the gate lets them through. Pure.

use super::kind::{KIND, RECEIVED};
use super::model::{ADOPTION, EXPERTS, Way};
use super::rules::{ART_15, ART_18, ART_19, PLAN_2, closed_on};
use crate::matter::case::{Matter, Moment};
use crate::matter::step::demand;
use kernel::block::{Block, Cell, Row};
use kernel::{Refusal, notation};
use std::collections::BTreeMap;

/// Why a paper cannot be made yet.
pub fn lacks(m: &Matter, role: &str, at: Moment) -> Vec<Refusal> {
    let c = KIND.case(m, m.body.clone(), "", at, None);
    match role {
        ADOPTION => demand(&[
            (closed_on(&c).is_some(), "comments-open", "征求意见截止以后才能汇总。", ART_15),
            (c.at.unsorted == 0, "comments-unsorted", "还有意见没有归类。", ART_18),
            (c.body.points.iter().all(|p| !p.at(RECEIVED)), "points-unanswered", "还有意见要点没有答复。", ART_18),
        ]),
        EXPERTS => demand(&[
            (!c.body.remarks.is_empty(), "remarks-none", "还没有登记专家意见。", ART_19),
            (c.body.remarks.iter().all(|r| !r.at(RECEIVED)), "remarks-unanswered", "还有专家意见没有答复。", PLAN_2),
        ]),
        _ => vec![],
    }
}

fn row(cells: &[&str], head: bool) -> Row {
    Row { cells: cells.iter().map(|text| Cell { head, ..Cell::new(*text) }).collect() }
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph { text: text.into() }
}

/// 意见收集和采纳情况: how many came by which way, and each point with its answer. `counts`: comments under each point.
pub fn adoption(m: &Matter, at: Moment, ways: &[(Way, u64)], counts: &BTreeMap<u32, u64>) -> String {
    let c = KIND.case(m, m.body.clone(), "", at, None);
    let all: u64 = ways.iter().map(|(_, n)| n).sum();
    let until = closed_on(&c).map(|day| day.zh()).unwrap_or_default();
    let by: Vec<String> = ways.iter().map(|(way, n)| format!("{} {n} 条", way.choice().zh)).collect();
    let by = if by.is_empty() { String::new() } else { format!("：{}", by.join("，")) };
    let mut rows = vec![row(&["序号", "针对条款", "意见要点", "条数", "采纳情况", "说明"], true)];
    for p in &c.body.points {
        let (no, n) = (p.no.to_string(), counts.get(&p.no).copied().unwrap_or(0).to_string());
        let answer = p.answer.map_or("", |a| a.choice().zh);
        rows.push(row(&[&no, &p.passage, &line(&p.gist), &n, answer, &line(&p.reason)], false));
    }
    let mut blocks = vec![paragraph(format!("征求意见于{until}截止，共收到意见 {all} 条{by}。"))];
    match c.body.points.is_empty() {
        true => blocks.push(paragraph("没有收到意见。")),
        false => blocks.push(Block::Table { caption: "意见采纳情况".into(), rows }),
    }
    notation::write(&blocks)
}

/// 专家论证意见和采纳情况, under the three heads.
pub fn experts(m: &Matter, at: Moment) -> String {
    let c = KIND.case(m, m.body.clone(), "", at, None);
    let names: Vec<&str> = c.body.experts.iter().map(|e| &*e.name as &str).collect();
    let mut blocks = vec![paragraph(format!(
        "参加论证的专家和机构共 {} 位：{}。均申报与决策事项没有利害关系。",
        names.len(),
        names.join("、")
    ))];
    let mut rows = vec![row(&["专家", "针对", "论证意见", "采纳情况", "说明"], true)];
    for r in &c.body.remarks {
        let name = c.body.experts.iter().find(|e| Some(e.no) == r.expert).map_or("", |e| &*e.name as &str);
        let (heading, answer) = (r.heading.map_or("", |h| h.choice().zh), r.answer.map_or("", |a| a.choice().zh));
        rows.push(row(&[name, heading, &line(&r.says), answer, &line(&r.reason)], false));
    }
    blocks.push(Block::Table { caption: "论证意见和采纳情况".into(), rows });
    notation::write(&blocks)
}

/// A cell of the notation holds no line breaks of a form.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
