//! Resident and mobile numbers, cut and labelled as people write them.

use scan::{Finding, Piece, Place, Settings, Severity, scan, scan_with};

const ID: &str = "person.resident_id";
const MOBILE: &str = "person.mobile";

fn found(text: &str) -> Vec<Finding> {
    scan(&[Piece::new(Place::body(0), text)])
}

#[test]
fn resident_numbers_as_people_write_them() {
    let table: [(&str, &[&str]); 22] = [
        ("身份证号：430203190703150022", &["430203190703150022"]),
        ("身份证号：４３０２０３１９０７０３１５００２２", &["４３０２０３１９０７０３１５００２２"]),
        ("证件号 4302 0319 0703 1500 22", &["4302 0319 0703 1500 22"]),
        ("430203—19070315—0022", &["430203—19070315—0022"]),
        ("序号1、43022519040229002x。", &["43022519040229002x"]),
        ("4 3 0 2 0 3 1 9 0 7 0 3 1 5 0 0 2 2", &["4 3 0 2 0 3 1 9 0 7 0 3 1 5 0 0 2 2"]),
        ("身份证号\r\n430203190703\r\n150022", &["430203190703\r\n150022"]),
        ("身份证号：430203070315002", &["430203070315002"]),
        ("王某某，430203070315002，某某村", &["430203070315002"]),
        ("430203190703150022 430211191202290101", &["430203190703150022", "430211191202290101"]),
        ("身份证号：430203190703150021", &[]),
        ("耳标号：143020280101001", &[]),
        ("许可证编号：430202210101001", &[]),
        ("采购编号：430203190703150022", &[]),
        ("统一社会信用代码：430203190703150022", &[]),
        ("4302031907031500221", &[]),
        ("14302031907031500", &[]),
        ("430203190703150022A", &[]),
        ("430203190703150022.50", &[]),
        ("4302030703150022", &[]),
        ("430203 070315 002", &[]),
        ("430202 001001 GB00001 F00010001", &[]),
    ];
    for (text, want) in table {
        let found = found(text);
        let spans: Vec<&str> = found.iter().map(|f| &text[f.span.clone()]).collect();
        assert_eq!(spans, want, "{text}");
        assert!(found.iter().all(|f| f.rule.id() == ID && f.excerpt.contains("****")), "{text}");
    }
}

#[test]
fn a_number_cut_by_cells_and_paragraphs_is_one_number() {
    let cell = Place::body_cell;
    let tables = [
        [(cell(2, 4, 1), "430203 1907"), (cell(2, 4, 2), "03150022")],
        [(cell(2, 4, 1), "430203 1907"), (cell(2, 5, 1), "03150022")],
        [(Place::body(2), "身份证号4302031907"), (Place::body(3), "03150022，男")],
    ];
    for [(a, first), (b, second)] in tables {
        let found = scan(&[Piece::new(a.clone(), first), Piece::new(b.clone(), second)]);
        assert_eq!(found.len(), 1, "{a}");
        let (f, rest) = (&found[0], &found[0].rest[0]);
        assert_eq!((&f.place, &rest.place), (&a, &b));
        assert!(first.ends_with(&first[f.span.clone()]) && &second[rest.span.clone()] == "03150022");
        assert_eq!(f.excerpt, "4302************22");
    }
    let apart = [Piece::new(cell(2, 4, 1), "4302031907"), Piece::new(cell(3, 0, 0), "03150022")];
    assert!(scan(&apart).is_empty(), "two tables");
}

#[test]
fn a_column_head_names_its_numbers() {
    for (head, severity) in [("身份证号", Some(Severity::Block)), ("备注", Some(Severity::Warn)), ("耳标号", None)]
    {
        let place = |row, col| Place::body_cell(0, row, col);
        let pieces = [
            Piece::new(place(0, 0), "姓名"),
            Piece::new(place(0, 1), head),
            Piece::new(place(1, 0), "王某某"),
            Piece::new(place(1, 1), "430203070315002"),
        ];
        assert_eq!(scan(&pieces).first().map(|f| f.severity), severity, "{head}");
    }
}

#[test]
fn mobile_numbers_but_no_hotlines_codes_or_amounts() {
    let table: [(&str, &[&str]); 17] = [
        ("联系人王某，手机13973312345", &["13973312345"]),
        ("手机：+86 139 7331 2345", &["139 7331 2345"]),
        ("1 13973312345 2 13807330000", &["13973312345", "13807330000"]),
        ("手机：139-7331-2345", &["139-7331-2345"]),
        ("举报电话：王某 13973312345", &["13973312345"]),
        ("手机 8613973312345", &["8613973312345"]),
        ("举报电话：13973312345", &[]),
        ("24小时值班手机：13973312345", &[]),
        ("农业服务热线12316", &[]),
        ("咨询电话：073128681234", &[]),
        ("总投资13500000000元", &[]),
        ("运单号：13973312345", &[]),
        ("139****2345", &[]),
        ("6222 1397 3312 3456 789", &[]),
        ("2101-13973312345-01", &[]),
        ("15412345678", &[]),
        ("139733123456", &[]),
    ];
    for (text, want) in table {
        let found = found(text);
        let spans: Vec<&str> = found.iter().map(|f| &text[f.span.clone()]).collect();
        assert_eq!(spans, want, "{text}");
        assert!(found.iter().all(|f| f.rule.id() == MOBILE && f.severity == Severity::Warn), "{text}");
    }
}

#[test]
fn a_public_number_is_allowed() {
    let pieces = [Piece::new(Place::body(0), "联系电话：139 7331 2345")];
    let settings = Settings { public_numbers: ["13973312345".to_owned()].into(), ..Settings::default() };
    assert_eq!((scan(&pieces).len(), scan_with(&pieces, &settings).len()), (1, 0));
}

#[test]
fn a_finding_keeps_its_key_and_no_number() {
    let at = |block, text| scan(&[Piece::new(Place::body(block), text)]).remove(0);
    let (a, b) = (at(0, "身份证号430203190703150022"), at(0, "前面多了字，身份证号 430203-19070315-0022"));
    assert_eq!(a.key(), b.key());
    assert_ne!(a.key(), at(1, "身份证号430203190703150022").key());
    assert_ne!(a.key(), at(0, "身份证号430211191202290101").key());
    assert!(!format!("{a:?}{a}").contains("0703150"), "no part of the birth date");
}
