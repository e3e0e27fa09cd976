//! Internal affairs that are public: personnel, procurement, state assets, the three public expenses (方案三（三））.

use crate::record::field::{Field, Is, Words, host, wan};
use crate::record::publicity::{AFTER, KEPT, PERIOD};
use crate::record::typed::Checked;
use kernel::Refusal;

const MATTERS: Words = &[
    ("proposed", "任前公示"),
    ("appointment", "任免"),
    ("recruitment", "公开招录"),
    ("to-recruit", "拟录用公示"),
    ("recruited", "录用结果"),
    ("award", "表彰奖励"),
];
const PROPOSED: &[&str] = &["proposed", "appointment"];
const ON_SHOW: &[&str] = &["proposed", "to-recruit"];
const CHANGES: Words = &[("appointed", "任命"), ("removed", "免去")];
const RECRUITMENT: &str = "《政府信息公开条例》第二十条第十四项";

pub const PERSONNEL: &[Field] = &[
    Field::new("matter", "人事事项", Is::Choice(MATTERS), "").must("").column().filter(),
    Field::new("appointee", "任免人员", Is::Person, "任前公示、任免须填；只写姓名，几个人用顿号分开。").must_where(
        "matter",
        PROPOSED,
        "《公务员法》第四十条",
    ),
    Field::new("tenure", "任或免", Is::Choice(CHANGES), "任免须填。").must_where("matter", &["appointment"], ""),
    Field::new("post", "职务", Is::Text(60), "如 党组书记、局长。").must_where("matter", PROPOSED, "").column(),
    PERIOD.hint("任前公示按工作日计，不填的按法定最短期限；拟录用公示按自然日计，须填。"),
    AFTER.must_where("matter", ON_SHOW, ""),
    KEPT,
    Field::new("decided", "决定日期", Is::Day, "任免、录用由哪一天的决定作出。").column(),
    Field::new("positions", "招录职位", Is::Lines(500), "公开招录须填：职位名称。").must_where(
        "matter",
        &["recruitment"],
        RECRUITMENT,
    ),
    Field::new("headcount", "招录名额", Is::Number("人"), "公开招录须填。").must_where(
        "matter",
        &["recruitment"],
        RECRUITMENT,
    ),
    Field::new("conditions", "报考条件", Is::Lines(1000), "公开招录须填。").must_where(
        "matter",
        &["recruitment"],
        RECRUITMENT,
    ),
    Field::new("dossier", "人事卷号", Is::Text(60), "便于日后查卷。").staff(),
];

pub fn personnel(on: &Checked) -> Vec<Refusal> {
    future(on, "decided", "决定日期").into_iter().collect()
}

/// A thing that is said to have happened on a day to come.
fn future(on: &Checked, name: &'static str, zh: &str) -> Option<Refusal> {
    let late = on.day(name).is_some_and(|day| day > on.today);
    late.then(|| Refusal::new("date-future", format!("{zh}不能晚于今天。")).at(name))
}

const STAGES: Words = &[
    ("intent", "采购意向"),
    ("notice", "采购公告"),
    ("single-source", "单一来源公示"),
    ("change", "更正"),
    ("ended", "终止"),
    ("result", "中标（成交）结果"),
    ("contract", "合同"),
    ("acceptance", "验收结果"),
];
const METHODS: Words = &[
    ("open", "公开招标"),
    ("invited", "邀请招标"),
    ("negotiation", "竞争性谈判"),
    ("consultation", "竞争性磋商"),
    ("inquiry", "询价"),
    ("single", "单一来源"),
    ("framework", "框架协议"),
];
/// The media named by the finance department, each with the domain of its addresses.
const MEDIA: Words = &[("ccgp", "中国政府采购网"), ("ccgp-hunan", "湖南省政府采购网")];
const DOMAINS: &[(&str, &str)] = &[("ccgp", "ccgp.gov.cn"), ("ccgp-hunan", "ccgp-hunan.gov.cn")];

const MEDIUM_FIRST: &str = "《政府采购法》第十一条";
const RESULT: &str = "《政府采购法实施条例》第四十三条";
const CONTRACT: &str = "《政府采购法实施条例》第五十条";
const INTENT: &str = "财库〔2020〕10号";
const NUMBERED: &[&str] = &["notice", "single-source", "change", "ended", "result", "contract", "acceptance"];
const WON: &[&str] = &["result", "contract", "acceptance"];

pub const PROCUREMENT: &[Field] = &[
    Field::new("stage", "公开阶段", Is::Choice(STAGES), "").must(MEDIUM_FIRST).column().filter(),
    Field::new("project-number", "项目编号", Is::Text(60), "意向阶段还没有编号的，可以不填。")
        .must_where("stage", NUMBERED, RESULT),
    PERIOD.hint("单一来源公示的工作日数；不填的，按法定最短期限。"),
    Field::new("method", "采购方式", Is::Choice(METHODS), "").must_where("stage", &["notice", "result"], ""),
    Field::new("budget", "预算金额", Is::Money, "意向、公告须填。").must_where("stage", &["intent", "notice"], INTENT),
    Field::new("expected", "预计采购日期", Is::Day, "意向须填；意向最迟在采购开始的 30 日前公开。").must_where(
        "stage",
        &["intent"],
        INTENT,
    ),
    Field::new("supplier", "供应商", Is::Text(120), "结果、合同、验收须填全称。")
        .must_where("stage", WON, RESULT)
        .column(),
    Field::new("supplier-address", "供应商地址", Is::Text(120), "结果须填。").must_where("stage", &["result"], RESULT),
    Field::new("award", "成交金额", Is::Money, "结果、合同须填。")
        .must_where("stage", &["result", "contract"], RESULT)
        .column(),
    Field::new("settled", "确定日期", Is::Day, "结果须填；确定之日起 2 个工作日内公告。").must_where(
        "stage",
        &["result"],
        RESULT,
    ),
    Field::new("signed", "签订日期", Is::Day, "合同须填；签订之日起 2 个工作日内公告。").must_where(
        "stage",
        &["contract"],
        CONTRACT,
    ),
    Field::new("medium", "财政部门指定的媒体", Is::Choice(MEDIA), "先在那里发布，再在这里公开。").must(MEDIUM_FIRST),
    Field::new("medium-day", "媒体发布日期", Is::Day, "那里登出的日期。").must(MEDIUM_FIRST),
    Field::new("medium-address", "媒体上的网址", Is::Web, "打开那一页，从地址栏复制。").must(MEDIUM_FIRST),
    Field::new("purchase-file", "采购档案卷号", Is::Text(60), "采购文件从采购结束之日起至少保存十五年。").staff(),
];

/// A notice is refused before the medium named by the finance department has it: a date that has come and an address
/// of that medium are the evidence.
pub fn procurement(on: &Checked) -> Vec<Refusal> {
    let mut why: Vec<Refusal> =
        [("settled", "确定日期"), ("signed", "签订日期")].iter().filter_map(|(n, zh)| future(on, n, zh)).collect();
    if on.day("medium-day").is_some_and(|day| day > on.today) {
        let says = "媒体发布日期还没有到。采购信息先在财政部门指定的媒体发布，再在这里公开。";
        why.push(Refusal::new("medium-first", says).cite(MEDIUM_FIRST).at("medium-day"));
    }
    let domain = DOMAINS.iter().find(|(medium, _)| *medium == on.get("medium")).map(|(_, domain)| *domain);
    if let (Some(domain), address) = (domain, host(on.get("medium-address")))
        && !address.is_empty()
        && address != domain
        && !address.ends_with(&format!(".{domain}"))
    {
        let says = format!("这个网址不在所选的媒体（{domain}）。请填那里登出的那一页的网址。");
        why.push(Refusal::new("medium-address", says).cite(MEDIUM_FIRST).at("medium-address"));
    }
    why
}

const ASSETS: Words = &[("land", "房屋土地"), ("vehicle", "车辆"), ("equipment", "设备"), ("other", "其他")];
const WAYS: Words = &[
    ("sale", "出售、出让"),
    ("exchange", "置换"),
    ("donation", "对外捐赠"),
    ("transfer", "无偿划转"),
    ("scrap", "报废"),
    ("loss", "报损"),
];
const STATE_ASSETS: &str = "《行政事业性国有资产管理条例》";

pub const ASSET: &[Field] = &[
    Field::new("asset-type", "资产类别", Is::Choice(ASSETS), "").must(STATE_ASSETS).column().filter(),
    Field::new("way", "处置方式", Is::Choice(WAYS), "").must(STATE_ASSETS).column().filter(),
    Field::new("book-value", "账面原值", Is::Money, "").must(STATE_ASSETS),
    Field::new("assessed", "评估价值", Is::Money, "出售、出让、置换须填。").must_where(
        "way",
        &["sale", "exchange"],
        STATE_ASSETS,
    ),
    Field::new("proceeds", "处置收入", Is::Money, "出售、出让、报废有残值的填。")
        .must_where("way", &["sale"], STATE_ASSETS)
        .column(),
    Field::new("approver", "批准单位", Is::Text(80), "").must(STATE_ASSETS),
    Field::new("approved", "批准日期", Is::Day, "").must(STATE_ASSETS),
    Field::new("asset-card", "资产卡片编号", Is::Text(60), "便于与资产账核对。").staff(),
];

pub fn asset(on: &Checked) -> Vec<Refusal> {
    future(on, "approved", "批准日期").into_iter().collect()
}

const ACCOUNTS: Words = &[("budget", "预算"), ("final", "决算")];
const EXPENSES: &str = "《机关事务管理条例》第七条";
const PROCEDURE: &str = "财预〔2016〕143号";

pub const EXPENSE: &[Field] = &[
    Field::new("account", "口径", Is::Choice(ACCOUNTS), "").must(EXPENSES).column().filter(),
    Field::new("fiscal-year", "年度", Is::Number("年"), "如 2026。").must(EXPENSES).column(),
    Field::new("abroad", "因公出国（境）费", Is::Money, "没有发生的填 0。").must(EXPENSES),
    Field::new("cars-bought", "公务用车购置费", Is::Money, "没有发生的填 0。").must(EXPENSES),
    Field::new("cars-run", "公务用车运行费", Is::Money, "没有发生的填 0。").must(EXPENSES),
    Field::new("reception", "公务接待费", Is::Money, "没有发生的填 0。").must(EXPENSES),
    Field::new("expenses", "合计", Is::Money, "四项之和。").must(EXPENSES).column(),
    Field::new("abroad-before", "上年因公出国（境）费", Is::Money, "没有发生的填 0。").must(PROCEDURE),
    Field::new("cars-bought-before", "上年公务用车购置费", Is::Money, "没有发生的填 0。").must(PROCEDURE),
    Field::new("cars-run-before", "上年公务用车运行费", Is::Money, "没有发生的填 0。").must(PROCEDURE),
    Field::new("reception-before", "上年公务接待费", Is::Money, "没有发生的填 0。").must(PROCEDURE),
    Field::new("expenses-before", "上年合计", Is::Money, "四项之和。").must(PROCEDURE),
    Field::new("difference", "增减变化原因", Is::Lines(500), "合计与上年不同的须填。"),
];

/// The four items, each with that of the year before; the last is their sum.
pub const ITEMS: &[(&str, &str)] = &[
    ("abroad", "abroad-before"),
    ("cars-bought", "cars-bought-before"),
    ("cars-run", "cars-run-before"),
    ("reception", "reception-before"),
    ("expenses", "expenses-before"),
];

/// The sums hold in both years, and a change is explained.
pub fn expense(on: &Checked) -> Vec<Refusal> {
    let mut why = vec![];
    let this: Vec<Option<u64>> = ITEMS.iter().map(|(name, _)| on.money(name)).collect();
    let last: Vec<Option<u64>> = ITEMS.iter().map(|(_, before)| on.money(before)).collect();
    for (name, zh, figures) in [("expenses", "合计", &this), ("expenses-before", "上年合计", &last)] {
        let parts: Option<Vec<u64>> = figures[..4].iter().copied().collect();
        if let (Some(parts), Some(told)) = (parts, figures[4])
            && parts.iter().sum::<u64>() != told
        {
            let sum = wan(parts.iter().sum());
            let says = format!("{zh}与四项之和不等：四项之和是 {sum} 万元，填的是 {} 万元。请核对。", wan(told));
            why.push(Refusal::new("sum", says).cite(PROCEDURE).at(name));
        }
    }
    if this[4].is_some() && last[4].is_some() && this[4] != last[4] && on.get("difference").is_empty() {
        let says = "合计与上年不同，请写明增减变化的原因。";
        why.push(Refusal::new("difference-missing", says).cite(PROCEDURE).at("difference"));
    }
    if on
        .number("fiscal-year")
        .is_some_and(|year| !(2000..=u64::from(on.today.year().unsigned_abs()) + 1).contains(&year))
    {
        why.push(Refusal::new("year", "年度写成四位年份，如 2026。").at("fiscal-year"));
    }
    why
}
