//! The side navigation of the console: for each duty what it may open.

use super::{Duty, Me};
use crate::ui::{DeskGroup, DeskItem};

fn item(label: &'static str, href: &'static str, shown: bool) -> Option<DeskItem> {
    shown.then_some(DeskItem { label, href, count: None, urgent: false })
}

/// Who sees how the rules of the scanner do.
pub const RATES: &[Duty] = &[Duty::Supervision, Duty::LegalityReview, Duty::Publication];

pub fn nav(me: &Me) -> Vec<DeskGroup> {
    let content = me.duties.iter().any(|d| d.is_content()) || me.has(Duty::Supervision);
    let groups = [
        (
            "我的工作",
            vec![
                item("待办", "/desk", true),
                item("签批", "/desk/approve", me.has(Duty::Approval)),
                item("成批审查", "/desk/review/table", Duty::REVIEW.iter().any(|d| me.has(*d))),
                item("代办", "/desk/deputy", true),
            ],
        ),
        (
            "事项",
            vec![
                item("信息公开件", "/desk/record", content),
                item("其他渠道", "/desk/outlet", content),
                item("依申请公开", "/desk/request", content),
                item("重大行政决策", "/desk/decision", decides(me)),
                item("年度报告", "/desk/report/annual", content),
                item("公开指南", "/desk/report/guide", content),
                item("更正申请", "/desk/correction", content),
                item("发文登记簿", "/desk/number", content),
                item("办公系统交接", "/desk/handover", content),
                item("上级文件", "/desk/superior", content),
                item("旧页补录", "/desk/backfill", content),
            ],
        ),
        (
            "期限",
            vec![
                item("公开义务", "/desk/obligation", content),
                item("期限看板", "/desk/board", content),
                item("巡检预警", "/desk/watch", content),
                item("在办期限", "/desk/rule/clock", content),
                item("期限推算", "/desk/rule/due", content),
                item("不予公开清单", "/desk/ground", content),
                item("规则包", "/desk/rule", content),
            ],
        ),
    ];
    let group = |(title, items): (&'static str, Vec<Option<DeskItem>>)| DeskGroup {
        title,
        items: items.into_iter().flatten().collect(),
    };
    groups.into_iter().chain(watch_and_house(me, content)).map(group).filter(|g| !g.items.is_empty()).collect()
}

/// Whose work decisions are (the duties that slice `decision` lets look).
fn decides(me: &Me) -> bool {
    let duties = [Duty::Draft, Duty::Publication, Duty::SectionCheck, Duty::Approval, Duty::LegalityReview];
    duties.into_iter().any(|duty| me.has(duty))
}

/// What watches over the work, and what keeps the house.
fn watch_and_house(me: &Me, content: bool) -> [(&'static str, Vec<Option<DeskItem>>); 2] {
    [
        (
            "监督",
            vec![
                item("操作留痕", "/desk/journal", me.has(Duty::Supervision)),
                item("审查统计", "/desk/reviewers", me.has(Duty::Supervision)),
                item("没有结果的检索", "/desk/search/unanswered", content),
                item("机检词表和名册", "/desk/check/settings", content),
                item("机检规则的结果", "/desk/check/rules", RATES.iter().any(|duty| me.has(*duty))),
            ],
        ),
        (
            "管理",
            vec![
                item("人员与岗位", "/desk/staff", me.has(Duty::Administration)),
                item("公开主体", "/desk/body", me.has(Duty::Administration)),
                item("办公系统", "/desk/office", me.has(Duty::Administration)),
                item("通知", "/desk/notice", me.has(Duty::Administration)),
                item("检索说明", "/desk/search", me.has(Duty::Administration)),
                item("同义词", "/desk/search/synonyms", me.has(Duty::Administration)),
            ],
        ),
    ]
}
