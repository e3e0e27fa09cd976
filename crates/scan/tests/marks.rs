//! Marks in mark position block; the same words in a sentence do not.

use scan::{Cell, Finding, Part, Piece, Place, Severity, marks, scan};

const BLOCK: &str = "mark.secret";
const QUOTED: &str = "mark.quoted";
const INTERNAL: &str = "mark.internal";
const NOT_PUBLIC: &str = "mark.not_public";
const PARTY: &str = "mark.party_number";

fn ids(found: &[Finding]) -> Vec<&'static str> {
    found.iter().map(|f| f.rule.id()).collect()
}

fn file(part: Part) -> Place {
    Place::Attachment { name: "附件1.docx".into(), part }
}

fn property(name: &str) -> Place {
    Place::Property { file: None, name: name.into() }
}

fn check(place: Place, table: &[(&str, &[&str])]) {
    for (text, want) in table {
        assert_eq!(ids(&marks(&[Piece::new(place.clone(), text)])), *want, "{place}：{text}");
    }
}

#[test]
fn first_lines_of_a_text() {
    check(
        Place::body(0),
        &[
            ("机密★20年", &[BLOCK]),
            ("秘密 ★ 6个月", &[BLOCK]),
            ("绝　密", &[BLOCK]),
            ("绝\u{a0}密★长期", &[BLOCK]),
            ("機密☆２０年", &[BLOCK]),
            ("秘\u{200b}密＊１年", &[BLOCK]),
            ("绝密★启用前", &[BLOCK]),
            ("机密★", &[BLOCK]),
            ("秘密★五年", &[BLOCK]),
            ("密级：机密", &[BLOCK]),
            ("密级和保密期限：秘密★1年", &[BLOCK]),
            ("【机密】", &[BLOCK]),
            ("（秘密）", &[BLOCK]),
            ("★机密★20年", &[BLOCK]),
            ("000012　机密★1年　特急", &[BLOCK]),
            ("株洲市农业委员会文件　　秘密★1年", &[BLOCK]),
            ("株农发〔2017〕5号　　秘密★1年", &[BLOCK]),
            ("000012\n秘密\n特急\n株洲市农业委员会文件", &[BLOCK]),
            ("密级：\n机密", &[BLOCK]),
            ("机密★ 关于印发实施方案的通知", &[BLOCK]),
            ("机密★20年关于印发实施方案的通知", &[BLOCK]),
            ("保守国家秘密是公民的义务。", &[]),
            ("对标有“秘密”级的文件应当登记。", &[]),
            ("涉及国家秘密、商业秘密或者个人隐私的除外。", &[]),
            ("关于印发秘密级文件的管理办法的通知", &[]),
            ("机密、秘密级文件的管理办法", &[]),
            ("有机 密度 试验", &[]),
            ("司机 密切配合", &[]),
            ("密级标志由密级和期限组成，如“机密★20年”。", &[QUOTED]),
            ("机密★20年的文件应当专柜存放。", &[QUOTED]),
            ("密级标志示例：\n机密★20年", &[QUOTED]),
            ("密级标志为：机密★20年", &[QUOTED]),
            ("[机密]★20年", &[BLOCK]),
            ("★★★机密★★★", &[BLOCK]),
            ("机密☆☆☆20年", &[BLOCK]),
            ("秘密·1年", &[BLOCK]),
            ("密级 秘密 期限 1年", &[BLOCK]),
            ("绝密件　阅后即焚", &[BLOCK]),
            ("秘密★1年，请勿外传", &[BLOCK]),
            ("国家秘密★1年", &[QUOTED]),
            ("**秘密**是指关系国家安全和利益的事项", &[]),
            ("密级：非密", &[]),
            ("密级：无", &[]),
        ],
    );
}

#[test]
fn deep_in_a_text() {
    let table: [(&str, &[&str]); 7] = [
        ("机密★20年", &[BLOCK]),
        ("密级：秘密", &[BLOCK]),
        ("秘密", &[QUOTED]),
        ("属于 机密★20年 的事项", &[QUOTED]),
        ("严守党和国家秘密", &[]),
        ("依申请公开", &[]),
        ("株办发〔2017〕5号", &[]),
    ];
    for (text, want) in table {
        let long = format!("{}{text}\n{}", "正文一行。\n".repeat(30), "正文一行。\n".repeat(30));
        let found = marks(&[Piece::new(Place::body(0), &long)]);
        assert_eq!(ids(&found), want, "{text}");
        if let Some(f) = found.first() {
            assert!(text.contains(&long[f.span.clone()]), "{text}: the span leads back to the text");
        }
    }
}

#[test]
fn headers_stamps_properties_and_names() {
    for part in [Part::Header, Part::Footer, Part::TextBox, Part::Stamp] {
        check(
            file(part),
            &[
                ("机密★20年", &[BLOCK]),
                ("绝 密", &[BLOCK]),
                ("秘密", &[BLOCK]),
                ("内部资料 注意保存", &[INTERNAL]),
                ("（此件不公开）", &[NOT_PUBLIC]),
                ("依申请公开", &[NOT_PUBLIC]),
                ("株洲市保守国家秘密工作手册", &[]),
            ],
        );
    }
    check(
        file(Part::Name),
        &[("机密.docx", &[BLOCK]), ("【秘密】实施方案.docx", &[BLOCK]), ("保密工作制度.docx", &[])],
    );
    check(property("密级"), &[("机密", &[BLOCK]), ("公开", &[])]);
    check(property("关键词"), &[("规划;机密", &[BLOCK]), ("国家秘密;保密审查", &[]), ("秘密★1年", &[BLOCK])]);
    check(Place::Title, &[("【机密】关于上报名单的函", &[BLOCK]), ("商业秘密保护指引", &[]), ("依申请公开", &[])]);
}

#[test]
fn cells_of_a_table() {
    let cell = |row, col| Place::body_cell(3, row, col);
    let pieces = [
        Piece::new(cell(0, 0), "密级"),
        Piece::new(cell(0, 1), "秘密"),
        Piece::new(cell(1, 0), "写法"),
        Piece::new(cell(1, 1), "机密★20年"),
        Piece::new(cell(2, 0), "公开方式"),
        Piece::new(cell(2, 1), "依申请公开"),
        Piece::new(cell(3, 0), "主动公开"),
        Piece::new(cell(3, 1), "依申请公开"),
    ];
    let found = marks(&pieces);
    assert_eq!(ids(&found), [BLOCK, QUOTED, NOT_PUBLIC]);
    assert_eq!(found[0].place, Place::Body { block: 3, cell: Some(Cell { row: 0, col: 1 }) });
    assert_eq!(found[2].place.to_string(), "正文第4段第3行第2格");
}

#[test]
fn internal_and_disclosure_marks() {
    check(
        Place::body(0),
        &[
            ("内部资料，注意保存", &[INTERNAL]),
            ("【内部资料　不得外传】", &[INTERNAL]),
            ("工作秘密", &[INTERNAL]),
            ("供内部使用", &[INTERNAL]),
            ("严禁将内部资料外传。", &[]),
            ("加强内部资料管理", &[]),
            ("妥善保管", &[]),
            ("此件不公开", &[NOT_PUBLIC]),
            ("（此件依申请公开）", &[NOT_PUBLIC]),
            ("公开方式：依申请公开", &[NOT_PUBLIC]),
            ("（此件公开发布）", &[]),
            ("做好依申请公开工作", &[]),
            ("凡标注“此件不公开”的文件不得上网。", &[]),
        ],
    );
    check(Place::Field("公开属性"), &[("依申请公开", &[NOT_PUBLIC]), ("主动公开", &[])]);
}

#[test]
fn a_party_number_counts_as_the_papers_own_only() {
    check(Place::Field("文号"), &[("株办发〔2017〕5号", &[PARTY]), ("株牧渔发〔2017〕5号", &[])]);
    check(Place::Field("摘要"), &[("株办发〔2017〕5号", &[])]);
    check(
        Place::body(0),
        &[
            ("株办发〔2017〕5号", &[PARTY]),
            ("中共株洲市委办公室文件\n株办发[2017]5号　　签发人：某某", &[PARTY]),
            ("发文字号：株办发〔2017〕5号", &[PARTY]),
            ("根据《关于全面推进政务公开工作的实施意见》（株办发〔2017〕5号）文件精神，制定本方案。", &[]),
            ("国办发〔2016〕80号", &[]),
        ],
    );
}

#[test]
fn severity_says_what_the_caller_does() {
    for (text, severity) in [("机密★20年", Severity::Block), ("内部资料 注意保存", Severity::Warn)] {
        let found = scan(&[Piece::new(Place::body(0), text)]);
        assert_eq!((found.len(), found[0].severity), (1, severity), "{text}");
        assert!(found[0].says.ends_with('。') && !found[0].says.contains([',', ':', ';', '(', ')', '!']));
    }
}
