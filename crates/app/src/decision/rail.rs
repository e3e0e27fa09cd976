//! The seven steps of a decision as anyone may see them, from the facts of the case and from what is public. Pure.

use super::kind::{C, COMMENT, DECIDED, MEETING, PUBLISHED, STOPPED};
use super::model::{ADOPTION, Dimension, EXPERTS, Legal, NO_EXPERTS, Outcome};
use super::rules::{closed_on, open_until};
use crate::ui::{Step, StepState};
use kernel::Day;

/// What one step says: how far, when, and a sentence.
type Told = (StepState, String, String);

pub fn steps(c: &C) -> Vec<Step> {
    let all: [(&str, Told); 7] = [
        ("启动", begun(c)),
        ("公众参与", participation(c)),
        ("专家论证", experts(c)),
        ("风险评估", risks(c)),
        ("合法性审查", legality(c)),
        ("集体讨论", discussion(c)),
        ("公布与解读", publication(c)),
    ];
    let stopped = c.is_in(STOPPED);
    let step = |(title, (state, when, says)): (&str, Told)| {
        let state = if stopped && state != StepState::Done { StepState::Stopped } else { state };
        Step { title: title.into(), state, when, says }
    };
    all.into_iter().map(step).collect()
}

fn ahead(says: &str) -> Told {
    (StepState::Ahead, String::new(), says.into())
}

fn now(when: String, says: &str) -> Told {
    (StepState::Now, when, says.into())
}

fn done(day: Option<Day>, says: String) -> Told {
    (StepState::Done, day.map(Day::zh).unwrap_or_default(), says)
}

fn begun(c: &C) -> Told {
    done(c.did("major").map(|e| e.at.day()), "认定为重大行政决策，列入目录。".into())
}

fn participation(c: &C) -> Told {
    match (open_until(c), closed_on(c)) {
        (Some(until), _) => now(format!("到{}", until.zh()), "正在征求意见。"),
        (None, Some(closed)) => match c.public(ADOPTION).filter(|day| *day > closed) {
            Some(day) => done(Some(day), "意见收集和采纳情况已公布。".into()),
            None => now(format!("{}截止", closed.zh()), "征求意见已截止，正在整理。采纳情况将在这里公布。"),
        },
        (None, None) if c.clock(&COMMENT).is_some() => now(String::new(), "正在整理意见。"),
        _ => ahead("公布草案和起草说明以后，在这里公开征求意见，一般不少于30日。"),
    }
}

fn experts(c: &C) -> Told {
    match (c.public(EXPERTS), c.public(NO_EXPERTS)) {
        (_, Some(day)) => (StepState::Skipped, day.zh(), "不组织专家论证，理由已公布。".into()),
        (Some(day), _) => done(Some(day), "论证意见和采纳情况已公布。".into()),
        _ if !c.body.experts.is_empty() => now(String::new(), "正在论证。"),
        _ => ahead("专家就必要性、可行性、科学性提出意见，采纳情况和理由一并公布。"),
    }
}

fn risks(c: &C) -> Told {
    let rated = |d: &&Dimension| c.body.risks.iter().any(|r| r.dimension == Some(**d));
    let n = Dimension::ALL.iter().filter(rated).count();
    match c.body.controllable {
        Some(true) if n == Dimension::ALL.len() => {
            done(c.did("assess").map(|e| e.at.day()), "八类风险都已评估，结论是可控。".into())
        }
        Some(false) => now(String::new(), "评估结论是不可控。调整草案以后再评估。"),
        _ if n > 0 => now(String::new(), &format!("已评估 {n} 类，共 8 类。")),
        _ => ahead("从八个方面逐项评估。"),
    }
}

fn legality(c: &C) -> Told {
    let day = |name| c.did(name).map(|e| e.at.day());
    let confirmed = day("settle").filter(|d| day("send").is_some_and(|sent| sent <= *d));
    match c.body.legal {
        Some(Legal::Lawful) => done(day("opine"), "审查结论：合法。".into()),
        Some(Legal::Conditional) if confirmed.is_some() => {
            done(confirmed, "审查结论：修改后合法。修改之处已逐条确认。".into())
        }
        Some(Legal::Conditional) => now(String::new(), "审查结论：修改后合法。正在修改。"),
        Some(Legal::Unlawful) => now(String::new(), "审查结论：不合法。未通过合法性审查，不得提交讨论。"),
        None if day("send").is_some() => now(String::new(), "正在审查，不少于7个工作日。"),
        None => ahead("未经合法性审查，不得提交讨论。"),
    }
}

fn discussion(c: &C) -> Told {
    let body = c.body.meeting.map_or("", |m| m.choice().zh);
    match c.body.outcome {
        _ if c.is_in(MEETING) => now(String::new(), "材料齐全，已提请讨论。"),
        Some(Outcome::Passed) => done(c.body.discussed, format!("{body}讨论通过。")),
        Some(outcome) => {
            let day = c.body.discussed.map(Day::zh).unwrap_or_default();
            (StepState::Now, day, format!("{body}讨论，结果：{}。", outcome.choice().zh))
        }
        None => ahead("前面各步的材料齐全，才能提请讨论。"),
    }
}

fn publication(c: &C) -> Told {
    match () {
        () if c.is_in(PUBLISHED) => done(c.did("publish").map(|e| e.at.day()), "决定和解读已公布。".into()),
        () if c.is_in(DECIDED) => now(String::new(), "讨论已通过，正在办理公布。"),
        () => ahead("决定和解读同日公布。"),
    }
}
