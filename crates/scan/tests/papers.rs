//! Whole papers: what the development documents expect, what a body's settings change, and names across a paper.

use scan::{Finding, Part, Piece, Place, Settings, Severity, document, persons};

fn about_persons(found: &[Finding]) -> Vec<&'static str> {
    found.iter().map(|f| f.rule.id()).filter(|id| id.starts_with("person.")).collect()
}

fn settings(json: &str) -> Settings {
    serde_json::from_str(json).expect("settings")
}

/// The text of markup: tags gone, blocks as lines.
fn plain(html: &str) -> String {
    let lines = html.replace("</p>", "\n").replace("</h1>", "\n");
    lines.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

#[test]
fn the_development_documents_hold_no_personal_data_and_nothing_blocks() {
    let json = include_str!("data/gov_docs_dev.json");
    let papers: Vec<serde_json::Value> = serde_json::from_str(json).expect("documents");
    for paper in &papers {
        let text = plain(paper["raw"].as_str().expect("text"));
        let found = document(&text, &Settings::default());
        let expected = paper["expect"]["pii"].as_array().expect("a list").len();
        assert_eq!(about_persons(&found).len(), expected, "{}: {found:?}", paper["id"]);
        assert!(!found.iter().any(Finding::blocks), "{}: {found:?}", paper["id"]);
    }
    assert_eq!(papers.len(), 5);
}

#[test]
fn a_body_allows_raises_and_switches_off() {
    let text = "联系人：张三，手机13912345678，邮箱zhangsan@qq.com，车牌湘B12345";
    let table: [(&str, &[&str]); 6] = [
        ("{}", &["person.mobile", "person.email", "person.plate"]),
        (r#"{"public-numbers":["13912345678"]}"#, &["person.email", "person.plate"]),
        (r#"{"public-mailboxes":["zhangsan@qq.com"]}"#, &["person.mobile", "person.plate"]),
        (r#"{"public-mailboxes":["@qq.com"]}"#, &["person.mobile", "person.plate"]),
        (r#"{"off":["person.plate","person.email"]}"#, &["person.mobile"]),
        (r#"{"off":["of.a.later.version"]}"#, &["person.mobile", "person.email", "person.plate"]),
    ];
    for (json, want) in table {
        assert_eq!(about_persons(&document(text, &settings(json))), want, "{json}");
    }
    let raised = document(text, &settings(r#"{"severities":{"person.mobile":"block"}}"#));
    assert_eq!(raised.iter().filter(|f| f.blocks()).count(), 1);
    assert!(serde_json::from_str::<Settings>(r#"{"puplic-numbers":[]}"#).is_err(), "a slip of the pen");
}

#[test]
fn a_mark_of_secrecy_blocks_whatever_a_body_sets() {
    let lenient = settings(r#"{"off":["mark.secret"],"severities":{"mark.secret":"suggest"}}"#);
    let found = document("机密★20年\n关于印发方案的通知", &lenient);
    assert_eq!((found.len(), found[0].severity), (1, Severity::Block));
}

#[test]
fn settings_keep_what_they_were() {
    let json =
        r#"{"public-names":["张三"],"words":[{"text":"某词","why":"口径已变"}],"severities":{"person.mobile":"warn"}}"#;
    let once = settings(json);
    let again: Settings = serde_json::from_str(&serde_json::to_string(&once).expect("JSON")).expect("settings");
    assert_eq!(once, again);
}

#[test]
fn one_list_is_one_finding() {
    let text = "2017年困难群众慰问名单\n姓名\t金额\n张三\t500\n李四\t500\n王五\t500";
    let found = document(text, &Settings::default());
    let names: Vec<&Finding> = found.iter().filter(|f| f.rule.id() == "person.name").collect();
    assert_eq!(names.len(), 1);
    assert_eq!((&text[names[0].span.clone()], names[0].rest.len()), ("张三", 2));
    assert_eq!(&text[names[0].rest[1].span.clone()], "王五");
    assert!(!format!("{:?}", names[0]).contains("李四"), "no name but masked");
    let public = settings(r#"{"public-names":["张三","李四","王五"]}"#);
    assert!(about_persons(&document(text, &public)).is_empty());
}

#[test]
fn a_title_that_hides_what_the_text_says() {
    let body = "当事人：孙小明，男，无兽药经营许可证经营兽药，罚款500元。";
    for (title, want) in [
        ("关于孙某无证经营兽药案的行政处罚决定书", ["person.unmasked"]),
        ("关于孙**无证经营兽药案的行政处罚决定书", ["person.unmasked"]),
        ("行政处罚决定书", ["person.name"]),
        ("关于李某无证经营兽药案的行政处罚决定书", ["person.name"]),
    ] {
        let pieces = [Piece::new(Place::Title, title), Piece::new(Place::body(0), body)];
        assert_eq!(about_persons(&persons(&pieces, &Settings::default())), want, "{title}");
    }
}

#[test]
fn attachments_are_read_like_the_text() {
    let name = std::sync::Arc::<str>::from("名单.xlsx");
    let cell = |row, col| Place::Attachment {
        name: name.clone(),
        part: Part::Text { section: 1, block: 0, cell: Some(scan::Cell { row, col }) },
    };
    let pieces = [
        Piece::new(cell(0, 0), "姓名"),
        Piece::new(cell(0, 1), "家庭住址"),
        Piece::new(cell(0, 2), "出生日期"),
        Piece::new(cell(1, 0), "张三"),
        Piece::new(cell(1, 1), "攸县某某镇某某村3组"),
        Piece::new(cell(1, 2), "1985-04-12"),
    ];
    let found = persons(&pieces, &Settings::default());
    assert_eq!(about_persons(&found), ["person.address", "person.birth_date"]);
    assert_eq!(found[0].place.to_string(), "附件“名单.xlsx”第1页第1段第2行第2格");
}
