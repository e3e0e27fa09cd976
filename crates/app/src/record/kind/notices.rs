//! What the office announces, and who it is: notices, news, press, leaders, institutions.

use crate::record::field::{Field, Is, Words};
use crate::record::publicity::{AFTER, KEPT, PERIOD};
use crate::record::typed::Checked;
use kernel::Refusal;

const SHOWS: Words = &[("no", "不是公示"), ("aid", "帮扶、衔接资金项目公示"), ("other", "其他公示")];

pub const NOTICE: &[Field] = &[
    Field::new("shows", "公示类别", Is::Choice(SHOWS), "公示有起止日期，到期自动结束。"),
    PERIOD.hint("资金项目公示按自然日计，不填的按规定的最短期限；其他公示须填。"),
    AFTER.must_where("shows", &["aid", "other"], ""),
    KEPT,
    Field::new("addressed", "面向对象", Is::Text(80), "如 全市水产养殖场。"),
    Field::new("closes", "截止日期", Is::Day, "有报名、申报、征集期限的填。").column(),
    Field::new("telephone", "咨询电话", Is::Text(40), "写办公电话。"),
];

pub const NEWS: &[Field] = &[
    Field::new("held", "举行日期", Is::Day, "会议、活动是哪一天。").column(),
    Field::new("venue", "地点", Is::Text(80), "").column(),
];

pub const PRESS: &[Field] = &[
    Field::new("held", "举行日期", Is::Day, "会议、活动是哪一天。").column().must("国办发〔2016〕61号"),
    Field::new("venue", "地点", Is::Text(80), "").column(),
    Field::new("speaker", "发布人", Is::Person, "只写姓名；几个人用顿号分开。").column(),
    Field::new("speaker-post", "发布人职务", Is::Text(60), "如 局党组成员、副局长。"),
    Field::new("press-contact", "媒体联络人", Is::Text(60), "便于记者联系时查。").staff(),
];

pub fn press(on: &Checked) -> Vec<Refusal> {
    let nameless = !on.get("speaker-post").is_empty() && on.get("speaker").is_empty();
    nameless
        .then(|| Refusal::new("speaker-missing", "写了发布人职务，请写明发布人。").at("speaker"))
        .into_iter()
        .collect()
}

const UNITS: Words = &[("organ", "机关"), ("section", "内设机构"), ("affiliate", "直属单位"), ("group", "领导小组")];

/// 条例20(2): functions, address, hours, contact, the name of the person in charge.
pub const INSTITUTION: &[Field] = &[
    Field::new("unit-type", "机构类型", Is::Choice(UNITS), "").column().filter(),
    Field::new("head", "负责人", Is::Person, "只写姓名。").column(),
    Field::new("address", "办公地址", Is::Text(120), "").column(),
    Field::new("hours", "办公时间", Is::Text(120), "如 工作日 9:00 到 17:00。"),
    Field::new("telephone", "咨询电话", Is::Text(40), "写办公电话。"),
];

const OGI_20_2: &str = "《政府信息公开条例》第二十条第二项";

pub const LEADER: &[Field] = &[
    Field::new("leader", "姓名", Is::Person, "只写姓名。").must(OGI_20_2).meta("Keywords"),
    Field::new("post", "职务", Is::Text(60), "如 党组书记、局长。").must(OGI_20_2).column(),
    Field::new("portfolio", "分工", Is::Lines(500), "分管的工作和科室。").must(OGI_20_2).column(),
    Field::new("rank", "排序", Is::Number(""), "按任职文件的次序，1 在最前。").must("").column(),
    Field::new("liaison", "联络员电话", Is::Text(40), "便于办公室联系。").staff(),
];
