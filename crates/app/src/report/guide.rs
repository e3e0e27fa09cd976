//! 公开指南: the text of 政府信息公开指南 from the settings of the body and the law in force (《政府信息公开条例》第十二条).
//! Pure.

use crate::body::{Body, Profile};
use crate::submission::remedy;
use kernel::{Block, Day, notation};
use law::{Channel, Law};

pub const ART_12: &str = "《政府信息公开条例》第十二条";
/// The table that follows the settings.
pub const OFFICE: &str = "政府信息公开工作机构";
/// Fax goes by the rule of the internet.
const CHANNELS: [Channel; 4] = [Channel::InPerson, Channel::Registered, Channel::Post, Channel::Internet];
/// The answers that a guide explains, as `law/remedies.toml` calls them.
const ANSWERS: [&str; 10] = [
    "already-public",
    "disclosed",
    "partial",
    "withheld",
    "not-held",
    "not-ours",
    "repeat",
    "special-access",
    "needs-making",
    "petition",
];

/// What article 12 wants of the office, with what the settings say.
pub fn office(p: &Profile) -> [(&'static str, &str); 7] {
    [
        ("机构名称", &p.office),
        ("办公地址", &p.address),
        ("邮政编码", &p.post_code),
        ("办公时间", &p.hours),
        ("联系电话", &p.phone),
        ("传真号码", &p.fax),
        ("电子邮箱", &p.email),
    ]
}

/// What the settings leave open; a body without a fax writes 无.
pub fn gaps(p: &Profile) -> Vec<&'static str> {
    let office = office(p).into_iter().filter(|(_, value)| value.is_empty()).map(|(zh, _)| zh);
    office.chain(remedy::gaps(p)).collect()
}

/// The whole guide in the notation.
pub fn text(law: &Law, body: &Body, day: Day) -> String {
    let parts = [lead(law, body, day), arranged(law, body, day), found(law, body, day), asked(law, body, day)];
    let rest = [
        "# 四、哪些信息不公开\n\n不公开的范围由《政府信息公开条例》第十四条、第十五条、第十六条规定，说明见“不予公开清单”。\
         不予公开的，我们写明依据和理由。"
            .to_owned(),
        format!("# 五、{OFFICE}\n\n{}", notation::write(&[contact(&body.profile)]).trim_end()),
        remedies(law, body, day),
        format!(">> {}\n\n>>> {}", body.name, day.zh()),
    ];
    parts.into_iter().chain(rest).collect::<Vec<_>>().join("\n\n") + "\n"
}

fn lead(law: &Law, body: &Body, day: Day) -> String {
    let from = law.instruments.iter().find(|i| i.id == "ogi-2019").and_then(|i| i.from).filter(|from| *from <= day);
    let since = from.map_or(String::new(), |from| format!("（{}起施行）", from.zh()));
    format!(
        "为了方便公民、法人和其他组织获取{}的政府信息，根据《政府信息公开条例》{since}第十二条，编写本指南。\
         内容有变化的随时更新，旧版仍可查看。",
        body.name
    )
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|s| (*s).to_owned()).collect();
    let rule = format!("|{}", "---|".repeat(head.len()));
    [line(&head), rule].into_iter().chain(rows.map(|cells| line(&cells))).collect::<Vec<_>>().join("\n")
}

fn arranged(law: &Law, body: &Body, day: Day) -> String {
    let classes = table(
        &["类别", "包括什么"],
        law.classes.iter().map(|c| vec![c.name.clone(), c.gist.trim_end_matches('。').to_owned()]),
    );
    format!(
        "# 一、信息怎样分类、怎样编号\n\n政府信息公开栏目设四个部分：政府信息公开指南、政府信息公开制度、法定主动公开内容、\
         政府信息公开年报。法定主动公开内容按《政府信息公开条例》第二十条分为下列各类，没有内容的类别写明原因：\n\n{classes}\n\n\
         每条信息有一个索引号，由机构代码、年份和当年的流水号组成，公开时生成，以后不变。例如 {}/{}-00001。",
        body.org,
        day.year()
    )
}

/// `20个工作日` and the article, as they stand on the day.
fn term(law: &Law, id: &str, day: Day) -> Option<(String, String)> {
    law.clause(id)?.on(day).map(|w| (w.term(), w.cite.clone()))
}

fn sentence(law: &Law, id: &str, day: Day, says: impl Fn(&str) -> String) -> Option<String> {
    term(law, id, day).map(|(term, cite)| format!("{}（{cite}）。", says(&term)))
}

fn found(law: &Law, body: &Body, day: Day) -> String {
    let p = &body.profile;
    let point = if p.reading_point.is_empty() { String::new() } else { format!("- 查阅点：{}\n", p.reading_point) };
    let term = sentence(law, "OGI-ACTIVE", day, |term| {
        format!("属于主动公开范围的信息，自形成或者变更之日起{term}内公开；法律、法规另有规定的，从其规定")
    });
    format!(
        "# 二、到哪里看主动公开的信息\n\n- 本平台：按栏目浏览，也可以检索，可以查阅和下载\n{point}\
         - 国家档案馆和公共图书馆：依照《政府信息公开条例》第二十五条设置的政府信息查阅场所\n\n{}",
        term.unwrap_or_default()
    )
}

fn asked(law: &Law, body: &Body, day: Day) -> String {
    let days = table(
        &["提交方式", "哪一天算收到"],
        CHANNELS.into_iter().map(|c| {
            let (how, when) = c.rule().split_once('，').unwrap_or((c.zh(), c.rule()));
            vec![how.trim_end_matches('的').to_owned(), when.to_owned()]
        }),
    );
    let terms = [
        sentence(law, "OGI-CORRECT", day, |t| {
            format!(
                "内容不明确的，我们在收到之日起{t}内一次性告知需要补正的事项和补正的期限；答复期限从收到补正之日起计算"
            )
        }),
        sentence(law, "OGI-REPLY", day, |t| format!("能当场答复的当场答复；不能当场答复的，自收到申请之日起{t}内答复")),
        sentence(law, "OGI-REPLY-EXT", day, |t| format!("需要延长的，经同意后告知您，延长最多{t}")),
        sentence(law, "OGI-3RD", day, |t| {
            format!(
                "公开可能损害第三方合法权益的，先征求第三方意见。第三方自收到征求意见书之日起{t}内提出，这段时间不算在内"
            )
        }),
    ];
    let terms: Vec<String> =
        terms.into_iter().flatten().map(|says| format!("- {}", says.trim_end_matches('。'))).collect();
    format!(
        "# 三、怎样申请公开\n\n主动公开的信息里没有您要的内容，可以申请，不需要说明用途。\
         向本机关的政府信息公开工作机构提出，即{}，联系方式见第五部分。\n\n## （一）写什么\n\n\
         申请采用书面形式；书写确有困难的，可以口头提出，由工作人员代为填写（《政府信息公开条例》第二十九条）。应当写明：\n\n\
         1. 您的姓名或者单位名称、身份证明、联系方式；\n2. 您要的信息的名称、文号，或者便于查找的其他描述；\n\
         3. 您希望以什么形式、通过什么途径得到。\n\n## （二）哪一天算收到\n\n{days}\n\n\
         依据：《政府信息公开条例》第三十一条。\n\n## （三）多久答复\n\n{}\n\n## （四）会得到什么答复\n\n{}\n\n## （五）收不收费\n\n\
         不收费。申请的数量、频次明显超过合理范围的，可以收取信息处理费（《政府信息公开条例》第四十二条），\
         标准由《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）规定。\n\n## （六）需要帮助\n\n\
         阅读有困难，或者有视听障碍的，请告诉我们，我们提供必要的帮助（《政府信息公开条例》第四十三条）。",
        body.profile.office,
        terms.join("\n"),
        answers(law, day)
    )
}

fn answers(law: &Law, day: Day) -> String {
    let row = |code: &&str| law::remedies(law, code, day).map(|r| vec![r.outcome.name.clone(), r.basis.cite.clone()]);
    table(&["答复", "依据"], ANSWERS.iter().filter_map(row))
}

fn contact(p: &Profile) -> Block {
    let rows = table(&["项目", "内容"], office(p).into_iter().map(|(zh, value)| vec![zh.into(), value.to_owned()]));
    let blocks = notation::parse(&format!("表：{OFFICE}\n{rows}"));
    blocks.into_iter().next().unwrap_or(Block::Paragraph { text: rows })
}

fn remedies(law: &Law, body: &Body, day: Day) -> String {
    let way = |code: &str| remedy::paragraph(law, &body.profile, code, day);
    let says = |zh: &str, code: &str| way(code).map(|text| format!("{zh}：{text}"));
    let all = [says("不予公开或者部分不予公开的", "withheld"), says("其他答复", "already-public")];
    format!(
        "# 六、监督和救济\n\n认为本机关没有依法公开的，可以向上一级行政机关或者政府信息公开工作主管部门投诉、举报\
         （《政府信息公开条例》第五十一条）。\n\n{}",
        all.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
    )
}

/// The settings that a guide does not repeat; empty where it has the table with all of them.
pub fn stale(guide: &[Block], p: &Profile) -> Vec<&'static str> {
    let words = kernel::block::plain_text(guide);
    office(p).into_iter().filter(|(_, value)| !value.is_empty() && !words.contains(value)).map(|(zh, _)| zh).collect()
}

/// A guide with the table of the office as the settings have it now, every other word as it was; `None` where it has no
/// table of that caption.
pub fn renewed(guide: &[Block], p: &Profile) -> Option<Vec<Block>> {
    let is_it = |b: &Block| matches!(b, Block::Table { caption, .. } if caption == OFFICE);
    let found = guide.iter().any(is_it);
    found.then(|| guide.iter().map(|b| if is_it(b) { contact(p) } else { b.clone() }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body() -> Body {
        let profile = Profile {
            office: "某局办公室".into(),
            address: "示例路1号".into(),
            post_code: "412000".into(),
            hours: "工作日 9:00—17:00".into(),
            phone: "0731-28680000".into(),
            fax: "无".into(),
            email: "xxgk@example.invalid".into(),
            reconsideration: "某市人民政府".into(),
            reconsideration_address: "示例路2号".into(),
            court: "某市某区人民法院".into(),
            court_address: "示例路3号".into(),
            ..Profile::default()
        };
        Body { id: "b".into(), org: "430200001".into(), host: String::new(), name: "某局".into(), profile }
    }

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn a_guide_has_all_that_article_12_wants_and_the_terms_of_its_day() {
        let text = text(Law::built_in(), &body(), day("2026-11-24"));
        for wanted in [
            "索引号",
            "某局办公室",
            "示例路1号",
            "0731-28680000",
            "自收到申请之日起20个工作日内答复（《政府信息公开条例》第三十三条）",
            "当面提交",
            "提交之日为收到申请之日",
            "应当先申请行政复议",
            "某市某区人民法院",
            "财政预算",
        ] {
            assert!(text.contains(wanted), "{wanted} is missing in\n{text}");
        }
        let blocks = notation::parse(&text);
        assert_eq!(notation::parse(&notation::write(&blocks)), blocks);
        assert!(stale(&blocks, &body().profile).is_empty(), "{:?}", stale(&blocks, &body().profile));
    }

    #[test]
    fn a_moved_office_is_noticed_and_put_right_without_touching_a_word() {
        let guide = notation::parse(&text(Law::built_in(), &body(), day("2026-11-24")));
        let mut moved = body().profile;
        (moved.address, moved.phone) = ("新示例路9号".into(), "0731-28689999".into());
        assert_eq!(stale(&guide, &moved), ["办公地址", "联系电话"]);
        let fresh = renewed(&guide, &moved).expect("the table is there");
        assert!(stale(&fresh, &moved).is_empty());
        assert_eq!(fresh.len(), guide.len());
        assert_eq!(fresh.iter().zip(&guide).filter(|(a, b)| a != b).count(), 1, "one table");
        assert!(renewed(&[Block::Paragraph { text: "一段".into() }], &moved).is_none());
    }

    #[test]
    fn what_the_settings_leave_open_is_named() {
        let mut open = body().profile;
        (open.fax, open.court) = (String::new(), String::new());
        assert_eq!(gaps(&open), ["传真号码", "管辖法院"]);
    }
}
