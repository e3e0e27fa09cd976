//! What a record must be before it is submitted, reviewed and published. Pure.

use super::field::{self, Data};
use super::kind::{Kind, Step};
use super::mend;
use super::model::{Backfilled, Fields, Hold, Late, Mark, Openness, Paper, Reason, Review, Revision, Typed, Verdict};
use super::publicity;
pub use super::turn::{in_whose_stead, may_take_back};
use super::typed::{self, Checked};
use crate::account::{Duty, Me};
use crate::ground;
use kernel::{Day, Hash, Refusal};
use law::Law;
use scan::{Piece, Place};

/// Longest title and longest summary, in characters.
const TITLE_MAX: usize = 120;
const SUMMARY_MAX: usize = 200;

pub const REVIEW_FIRST: &str = "《保守国家秘密法实施条例》第四十二条";
const REVIEW_DUTY: &str = "《政府信息公开条例》第十七条";

/// A form, read. `internal` is what is for staff only.
#[derive(Debug)]
pub struct Filled {
    pub title: String,
    pub fields: Fields,
    pub late: Late,
    pub internal: Data,
}

/// Reads the form of a draft of a kind. Every fault at once, each at its field.
pub fn read_fields(law: &'static Law, kind: &Kind, typed: &Typed, today: Day) -> Result<Filled, Vec<Refusal>> {
    let mut why = vec![];
    let get = |name: &str| typed.get(name).map(|v| v.trim().to_owned()).unwrap_or_default();
    let title = get("title");
    why.extend(title_faults(&title));
    let mut fields = Fields {
        column: get("column"),
        also: get("also").split_whitespace().map(str::to_owned).collect(),
        class: get("class"),
        openness: Openness::parse(&get("openness")).unwrap_or_default(),
        ground: get("ground"),
        issuer: get("issuer"),
        source: get("source"),
        author: get("author"),
        keywords: get("keywords"),
        summary: get("summary"),
        formed: day(typed, "formed", "形成日期", &mut why),
        effective: day(typed, "effective", "施行日期", &mut why),
        expires: day(typed, "expires", "有效期至", &mut why),
        note: get("note"),
        correction: Some(get("correction")).filter(|c| c != "ordinary").unwrap_or_default(),
        change: get("change"),
        data: Data::new(),
    };
    let number = field::document_number(&get("number")).unwrap_or_else(|| get("number"));
    let issued = day(typed, "issued", "成文日期", &mut why);
    let late = Late { number, issued, ..Late::default() };
    why.extend(place_faults(law, &fields));
    why.extend(ground_faults(law, &fields, today));
    why.extend(date_faults(&fields, &late, today));
    if fields.summary.chars().count() > SUMMARY_MAX {
        let says = format!("内容概述最多 {SUMMARY_MAX} 字，现在是 {} 字。", fields.summary.chars().count());
        why.push(Refusal::new("summary-long", says).at("summary"));
    }
    let change = fields.change.chars().count();
    if change > SUMMARY_MAX {
        let says = format!("更正说明最多 {SUMMARY_MAX} 字，现在是 {change} 字。");
        why.push(Refusal::new("change-long", says).at("change"));
    }
    let data = typed::read(kind, typed, &mut why);
    why.extend((kind.check)(&Checked { law, title: &title, fields: &fields, late: &late, data: &data, today }));
    why.extend(publicity::faults(law, kind, &data, today));
    let (public, internal) = typed::parted(kind, data);
    fields.data = public;
    if why.is_empty() { Ok(Filled { title, fields, late, internal }) } else { Err(why) }
}

/// What a revision lacks that replaces a public version. `hidden` is the class under which the record was pulled down,
/// empty while nobody has given one: a leak is not mended by a correction that leaves the old version to be read.
pub fn correction_faults(fields: &Fields, corrects: bool, hidden: Option<&str>) -> Vec<Refusal> {
    let mut why = vec![];
    let fault = |code, says: String, at| Refusal::new(code, says).at(at);
    if !fields.correction.is_empty() && Reason::protective(&fields.correction).is_none() {
        why.push(fault("correction-unknown", "没有这一类更正。请重新选择。".into(), "correction"));
    }
    if corrects && fields.change.is_empty() {
        let says = "更正已公开的信息，要写更正说明。读者在版本记录里看到它。";
        why.push(fault("change-missing", says.into(), "change"));
    }
    match hidden {
        Some("") => {
            let says = "本件已被隐藏，还没有写明原因。请先写明原因，再更正。";
            why.push(fault("hide-unsaid", says.into(), "correction"));
        }
        Some(class) if Reason::protective(class).is_some() && fields.correction.is_empty() => {
            let zh = Reason::parse(class).map_or("", |r| r.zh);
            let says = format!("本件因“{zh}”被隐藏，旧版不能再公开。请在“更正的种类”里选对应的一类。");
            why.push(fault("correction-ordinary", says, "correction"));
        }
        _ => {}
    }
    why
}

fn title_faults(title: &str) -> Vec<Refusal> {
    let long = title.chars().count();
    if title.is_empty() {
        return vec![Refusal::new("title-missing", "请填写标题。").at("title")];
    }
    if long > TITLE_MAX {
        return vec![Refusal::new("title-long", format!("标题最多 {TITLE_MAX} 字，现在是 {long} 字。")).at("title")];
    }
    vec![]
}

/// An empty date is no fault; a date that cannot be read is.
fn day(typed: &Typed, name: &'static str, zh: &str, why: &mut Vec<Refusal>) -> Option<Day> {
    let text = typed.get(name).map(|v| v.trim()).filter(|v| !v.is_empty())?;
    let day = Day::parse(text);
    if day.is_none() {
        why.push(Refusal::new("date", format!("{zh}写成 2017-05-26 这样的日期。")).at(name));
    }
    day
}

fn place_faults(law: &Law, fields: &Fields) -> Vec<Refusal> {
    let mut why = vec![];
    if fields.column.is_empty() {
        why.push(Refusal::new("column-missing", "请选择栏目。").at("column"));
    } else if column_name(law, &fields.column).is_none() {
        why.push(Refusal::new("column-unknown", "没有这个栏目。请重新选择。").at("column"));
    }
    if fields.also.iter().any(|c| column_name(law, c).is_none()) {
        why.push(Refusal::new("column-unknown", "“同时列入”里有不存在的栏目。请重新填写。").at("also"));
    }
    if !fields.class.is_empty() && law.class(&fields.class).is_none() {
        why.push(Refusal::new("class-unknown", "没有这个法定类别。请重新选择。").at("class"));
    }
    why
}

/// The statutory parts of the platform that are columns too (国办公开办函〔2019〕61号).
pub const STATUTORY: &[(&str, &str)] = &[
    ("disclosure/guide", "政府信息公开指南"),
    ("disclosure/rules", "政府信息公开制度"),
    ("disclosure/reports", "政府信息公开年报"),
    ("disclosure/standards", "公开事项标准目录"),
    ("disclosure/negative-list", "不予公开清单"),
];

/// The Chinese name of a column; the statutory parts and classes are columns too.
pub fn column_name<'a>(law: &'a Law, path: &str) -> Option<&'a str> {
    if let Some((_, name)) = STATUTORY.iter().find(|(p, _)| *p == path) {
        return Some(name);
    }
    match path.strip_prefix("disclosure/catalogue/") {
        Some(class) => law.class(class).map(|c| c.name.as_str()),
        None => law.column(path).map(|c| c.name.as_str()),
    }
}

fn ground_faults(law: &'static Law, fields: &Fields, today: Day) -> Option<Refusal> {
    match fields.openness {
        Openness::Open => ground::rules::open(law, &fields.ground, today).err(),
        Openness::OnRequest => None,
        Openness::Withheld => ground::rules::withhold(law, &fields.ground, today).err(),
    }
}

fn date_faults(fields: &Fields, late: &Late, today: Day) -> Vec<Refusal> {
    let mut why = vec![];
    for (name, zh, day) in [("formed", "形成日期", fields.formed), ("issued", "成文日期", late.issued)] {
        if day.is_some_and(|d| d > today) {
            why.push(Refusal::new("date-future", format!("{zh}不能晚于今天。")).at(name));
        }
    }
    if let (Some(from), Some(to)) = (fields.effective, fields.expires)
        && to < from
    {
        why.push(Refusal::new("date-order", "有效期至不能早于施行日期。").at("expires"));
    }
    why
}

/// What a paper of this kind lacks before it can be submitted.
pub fn paper_faults(paper: &Paper) -> Vec<Refusal> {
    let mut why: Vec<Refusal> = kernel::block::validate(&paper.body).into_iter().map(|r| r.at("text")).collect();
    // Typed fields can be all there is to say: a leader, a purchase, a year's figures.
    if paper.body.is_empty() && paper.files.is_empty() && paper.fields.data.is_empty() {
        why.push(Refusal::new("text-missing", "正文和附件都是空的。请粘贴正文，或上传附件。").at("text"));
    }
    for block in &paper.body {
        if let kernel::Block::Image { file, .. } = block
            && !paper.files.iter().any(|f| f.name == *file)
        {
            let says = format!("正文里的图片“{file}”不在附件里。请上传这个文件，或从正文删去。");
            why.push(Refusal::new("image-missing", says).at("text"));
        }
    }
    why
}

/// The pieces of a paper in reading order, as the scanner wants them. The fields carry the names that people see.
pub fn pieces<'a>(title: &'a str, fields: &'a Typed, body: &'a [kernel::Block]) -> Vec<Piece<'a>> {
    let mut all = vec![Piece::new(Place::Title, title)];
    let field = |(name, zh): &(&str, &'static str)| fields.get(*name).map(|v| Piece::new(Place::Field(zh), v));
    all.extend(mend::NAMES.iter().filter_map(field));
    let of_kind = |(name, text): (&'a String, &'a String)| Some(Piece::new(Place::Field(typed::field(name)?.zh), text));
    all.extend(fields.iter().filter_map(of_kind));
    all.extend(kernel::block::pieces(body).map(|(block, cell, text)| {
        let place = match cell {
            Some((row, col)) => Place::body_cell(block, row, col),
            None => Place::body(block),
        };
        Piece::new(place, text)
    }));
    all
}

/// A mark in mark position is refused before anything is stored: this is no system for secrets.
pub fn secret_refusals(pieces: &[Piece]) -> Vec<Refusal> {
    let blocking = scan::marks(pieces).into_iter().filter(scan::Finding::blocks);
    let refuse = |f: scan::Finding| {
        let says = format!(
            "{}有密级标志“{}”，没有保存。涉密文件不得录入本系统。请立即报告保密工作机构，并清理本机上的副本。",
            f.place, f.excerpt
        );
        Refusal::new("secret-mark", says).cite("《保守国家秘密法》第三十一条").at("text")
    };
    blocking.map(refuse).collect()
}

/// Which step of the route waits, if the paper is under way.
pub fn next_step(kind: &Kind, reviews: &[Review]) -> Option<Step> {
    if reviews.iter().any(|r| r.verdict == Verdict::Return) {
        return None;
    }
    kind.route.iter().copied().find(|step| !reviews.iter().any(|r| r.step == *step))
}

/// Whether this person may take this step on this revision: every reason why not.
pub fn may_review(
    kind: &Kind,
    revision: &Revision,
    reviews: &[Review],
    step: Step,
    me: &Me,
    seen: &Hash,
) -> Vec<Refusal> {
    let mut why = vec![];
    if revision.authors.contains(&me.id) {
        let says = "您是本件经办人，不能审查。请转给另一位审查人。";
        why.push(Refusal::new("own-review", says).cite(REVIEW_FIRST));
    }
    why.extend(in_whose_stead(revision, step, me).err());
    if *seen != revision.hash {
        let says = "您打开后，稿子又改过。请看过最新的一稿再审查。";
        why.push(Refusal::new("reviewed-another-text", says).cite(REVIEW_FIRST));
    }
    match next_step(kind, reviews) {
        Some(next) if next == step => {}
        Some(next) => {
            why.push(Refusal::new("not-this-step", format!("现在轮到{}，还没有到{}。", next.zh(), step.zh())));
        }
        None => why.push(Refusal::new("review-over", "这一稿的审查已经结束。改动后重新提交，才有新的审查。")),
    }
    why
}

/// The route of a page that was public elsewhere before.
const BACKFILL: &[Step] = &[Step::Secrecy];

/// Whether the signer of a 补录 decision may review a text by it today: every reason why not.
pub fn may_sign_backfill(revision: &Revision, signer: &Me, listed: &Backfilled, today: Day) -> Vec<Refusal> {
    let mut why = vec![];
    if revision.authors.contains(&signer.id) {
        why.push(Refusal::new("own-review", "准备补录的人不能签署补录决定。请换一位签署人。").cite(REVIEW_FIRST));
    }
    if revision.hash != listed.hash || signer.id != listed.signer {
        why.push(Refusal::new("reviewed-another-text", "与补录决定所列的不一致，不能凭它公开。").cite(REVIEW_FIRST));
    }
    if !signer.has(Duty::SecrecyReview) {
        why.push(Refusal::new("wrong-duty", "补录决定由保密审查岗位签署。").cite(REVIEW_FIRST));
    }
    if today > listed.until {
        why.push(Refusal::new("until", format!("这份补录决定的有效期到 {} 为止。请重新准备。", listed.until)));
    }
    why
}

/// Everything the gate looks at.
pub struct Case<'a> {
    /// In force where the gate is asked.
    pub law: &'static Law,
    pub kind: &'a Kind,
    pub revision: &'a Revision,
    pub reviews: &'a [Review],
    pub findings: &'a [Mark],
    /// The signed 补录 decision by which it came, if it came by one.
    pub backfilled: Option<&'a Backfilled>,
    /// Of whoever asks; empty where a job asks.
    pub asker: Option<&'a Me>,
    pub today: Day,
    /// Whether it would replace a public version.
    pub corrects: bool,
    /// The class under which the public version was pulled down, if it is.
    pub hidden: Option<&'a str>,
    pub holds: &'a [Hold],
}

impl Case<'_> {
    /// What has been public elsewhere needs the one review that a signed decision wrote in its term, of this very text.
    /// Any other text of the record goes the way of its kind.
    fn route(&self) -> &'static [Step] {
        let stands = |b: &&Backfilled| {
            let by_signer = |r: &Review| r.step == Step::Secrecy && r.staff == b.signer && r.at.day() <= b.until;
            b.hash == self.revision.hash && self.reviews.iter().any(by_signer)
        };
        self.backfilled.filter(stands).map_or(self.kind.route, |_| BACKFILL)
    }
}

/// Proof that the gate said yes to these very bytes. Only [`gate`] can make one, and publishing consumes it.
#[derive(Debug, PartialEq, Eq)]
pub struct PublishOrder {
    revision: String,
    hash: Hash,
}

impl PublishOrder {
    pub fn revision(&self) -> &str {
        &self.revision
    }

    pub fn hash(&self) -> Hash {
        self.hash
    }
}

/// The only way to the public. Every reason against, or an order bound to the content's digest.
pub fn gate(case: &Case) -> Result<PublishOrder, Vec<Refusal>> {
    let revision = case.revision;
    let fields = &revision.paper.fields;
    let mut why = vec![];
    if revision.paper.hash() != revision.hash {
        why.push(Refusal::new("content-changed", "存下的内容与登记的摘要不一致，不能公开。请联系系统管理员。"));
    }
    match fields.openness {
        Openness::Open => why.extend(ground::rules::open(case.law, &fields.ground, case.today).err()),
        other => {
            let says = format!("本件定为{}，不能主动公开。要公开，请改公开属性后重新提交审查。", other.zh());
            why.push(Refusal::new("not-open", says).cite("《政府信息公开条例》第十三条").at("openness"));
        }
    }
    why.extend(review_faults(case));
    why.extend(correction_faults(fields, case.corrects, case.hidden));
    why.extend(case.holds.iter().filter_map(|hold| hold.against(&revision.hash)));
    let open = case.findings.iter().filter(|f| f.is_open()).count();
    if open > 0 {
        let says = format!("还有 {open} 项机检发现没有处理。请逐项改正，或写明保留的理由。");
        why.push(Refusal::new("finding-open", says).cite(REVIEW_DUTY));
    }
    let may_ask = |me: &Me| me.has(Duty::Publication) || case.route().iter().any(|s| me.has(s.duty()));
    if case.asker.is_some_and(|me| !may_ask(me)) {
        why.push(Refusal::new("wrong-duty", "您的岗位不能发布。请转给发布或审查岗位的同事。").cite(REVIEW_DUTY));
    }
    why.extend(paper_faults(&revision.paper));
    why.extend(typed::strays(case.kind, &fields.data));
    why.extend(publicity::faults(case.law, case.kind, &fields.data, case.today));
    if why.is_empty() { Ok(PublishOrder { revision: revision.id.clone(), hash: revision.hash }) } else { Err(why) }
}

/// Each step of the route: taken, on this very text, by somebody else than its authors, and passed.
fn review_faults(case: &Case) -> Vec<Refusal> {
    let mut why = vec![];
    for step in case.route() {
        let zh = step.zh();
        let fault = match case.reviews.iter().find(|r| r.step == *step) {
            None => Some(("not-reviewed", format!("还没有经过{zh}。先审查、后公开。"))),
            Some(r) if r.hash != case.revision.hash => {
                Some(("reviewed-another-text", format!("{zh}看的是另一稿，内容已改动。请重新审查。")))
            }
            Some(r) if std::iter::once(&r.staff).chain(&r.acting_for).any(|s| case.revision.authors.contains(s)) => {
                Some(("own-review", format!("{zh}是经办人自己做的，不算数。请换一位审查人。")))
            }
            Some(r) if r.verdict != Verdict::Pass => {
                Some(("review-refused", format!("{zh}没有通过。请按意见修改后重新提交。")))
            }
            Some(_) => None,
        };
        why.extend(fault.map(|(code, says)| Refusal::new(code, says).cite(REVIEW_FIRST)));
    }
    why
}
