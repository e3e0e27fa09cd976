//! Documents: policies and what is said of them, plans, reports, clean-ups.

use crate::record::field::{Data, Field, Is, Words, document_number};
use crate::record::model::{Fields, Late};
use crate::record::typed::Checked;
use kernel::{Day, Refusal};
use law::{Due, Law};

/// 主题分类, first level (政府信息公开目录系统实施指引).
const THEMES: Words = &[
    ("organisation", "国务院组织机构"),
    ("general", "综合政务"),
    ("economy", "国民经济管理、国有资产监管"),
    ("finance", "财政、金融、审计"),
    ("land", "国土资源、能源"),
    ("agriculture", "农业、林业、水利"),
    ("industry", "工业、交通"),
    ("commerce", "商贸、海关、旅游"),
    ("market", "市场监管、安全生产监管"),
    ("construction", "城乡建设、环境保护"),
    ("science", "科技、教育"),
    ("culture", "文化、广电、新闻出版"),
    ("health", "卫生、体育"),
    ("family", "人口与计划生育、妇女儿童工作"),
    ("labour", "劳动、人事、监察"),
    ("justice", "公安、安全、司法"),
    ("civil", "民政、扶贫、救灾"),
    ("nations", "民族、宗教"),
    ("foreign", "对外事务"),
    ("overseas", "港澳台侨工作"),
    ("defence", "国防"),
    ("other", "其他"),
];

/// 体裁分类.
const GENRES: Words = &[
    ("order", "命令（令）"),
    ("decision", "决定"),
    ("announcement", "公告"),
    ("circular", "通告"),
    ("notice", "通知"),
    ("bulletin", "通报"),
    ("motion", "议案"),
    ("report", "报告"),
    ("request", "请示"),
    ("reply", "批复"),
    ("opinion", "意见"),
    ("letter", "函"),
    ("minutes", "纪要"),
    ("other", "其他"),
];

const DOCUMENTS: &str = "国办发〔2018〕37号";

pub const POLICY: &[Field] = &[
    Field::new("theme", "主题分类", Is::Choice(THEMES), "按国家的主题分类选一项。").filter().meta("Keywords"),
    Field::new("genre", "体裁分类", Is::Choice(GENRES), "按公文的文种选。").meta("Keywords"),
    Field::new("normative", "规范性文件", Is::YesNo, "涉及公众权利义务、反复适用的，选“是”；有效期据此计算。").filter(),
    Field::new("register-number", "统一登记号", Is::Text(40), "如 ZZCR-2017-00001；规范性文件须有。").must_where(
        "normative",
        &["yes"],
        DOCUMENTS,
    ),
    Field::new("joint", "联合发文单位", Is::Text(120), "联合发文的，写其他单位，用顿号分开。"),
    Field::new("repeals", "本件废止的文件", Is::Reference, "写文号，用顿号分开；本件施行之日，文件库里标明已废止。"),
    Field::new("review-file", "合法性审核卷号", Is::Text(60), "便于日后查卷。").staff(),
];

const PLANS: Words = &[
    ("development", "发展规划"),
    ("special", "专项规划"),
    ("regional", "区域规划"),
    ("yearly", "年度计划"),
    ("scheme", "工作方案"),
];

pub const PLAN: &[Field] = &[
    Field::new("plan-type", "规划计划类型", Is::Choice(PLANS), "").column().filter(),
    Field::new("plan-from", "起始年份", Is::Number("年"), "如 2026。").column(),
    Field::new("plan-until", "截止年份", Is::Number("年"), "一年的计划，与起始年份相同。").column(),
];

const REPORTS: Words =
    &[("yearly", "年度报告"), ("summary", "工作总结"), ("statistics", "统计数据"), ("special", "专项报告")];

pub const REPORT: &[Field] = &[
    Field::new("report-type", "报告类型", Is::Choice(REPORTS), "").column().filter(),
    Field::new("report-year", "报告年份", Is::Number("年"), "说的是哪一年，如 2025。").column(),
];

const FORMS: Words =
    &[("text", "文字"), ("diagram", "图解"), ("video", "音视频"), ("questions", "问答"), ("expert", "专家解读")];

pub const INTERPRETATION: &[Field] = &[
    Field::new("interprets", "解读的文件", Is::Reference, "写文号或索引号；文件和解读的页面互相链接。"),
    Field::new("form", "解读形式", Is::Choice(FORMS), "").column().filter(),
    Field::new("interpreter", "解读单位", Is::Text(60), "如 局办公室。").column(),
];

pub const CLEANUP: &[Field] = &[
    Field::new("scope", "清理范围", Is::Text(120), "如 2016年以来本局印发的规范性文件。").column(),
    Field::new(
        "outcomes",
        "清理结果",
        Is::Outcomes,
        "一行一件，如“株牧渔发〔2012〕3号 废止”。结果写继续有效、修改、废止或者失效。",
    )
    .must(DOCUMENTS),
];

pub fn policy(on: &Checked) -> Vec<Refusal> {
    let mut why = vec![];
    let number = on.late.number.as_str();
    if !number.is_empty() && document_number(number).is_none() {
        let says = "文号写成 株牧渔发〔2017〕12号 这样，有发文代字、年份和序号。";
        why.push(Refusal::new("number-form", says).cite("《党政机关公文处理工作条例》第九条").at("number"));
    }
    let base = on.fields.effective.or(on.late.issued).unwrap_or(on.today);
    if let (Some(last), Some(term)) = (on.fields.expires, term(on.law, on.title, on.data, base))
        && last > term.on
    {
        let says =
            format!("规范性文件的有效期最长 {} 年，最迟到{}。请改早，或者留空由系统计算。", term.amount, term.on.zh());
        why.push(Refusal::new("validity-long", says).cite(CITE).at("expires"));
    }
    why
}

const CITE: &str = "《湖南省规范性文件管理办法》";

/// How long a normative document is in force from `base`: five years, two for 暂行 and 试行. `None` for others.
fn term<'a>(law: &'a Law, title: &str, data: &Data, base: Day) -> Option<Due<'a>> {
    if data.get("normative").map(String::as_str) != Some("yes") {
        return None;
    }
    let trial = ["暂行", "试行"].iter().any(|word| title.contains(word));
    let clause = law.clause(if trial { "DOC-VALID-TRIAL" } else { "DOC-VALID" })?;
    law::due(clause, base, &law.calendar)
}

/// The last day on which a document is in force: as it says itself, else as the law reckons it from the day of effect,
/// of issue or of publication. Empty where it has no term.
pub fn expires(law: &Law, title: &str, fields: &Fields, late: &Late, published: Day) -> Option<Day> {
    let base = fields.effective.or(late.issued).unwrap_or(published);
    fields.expires.or_else(|| term(law, title, &fields.data, base).map(|term| term.on))
}

pub fn plan(on: &Checked) -> Vec<Refusal> {
    match (on.number("plan-from"), on.number("plan-until")) {
        (Some(from), Some(until)) if until < from => {
            vec![Refusal::new("plan-order", "截止年份不能早于起始年份。").at("plan-until")]
        }
        _ => vec![],
    }
}
