use super::*;
use crate::canonical;

fn cell(text: &str, cols: u16, rows: u16) -> Cell {
    Cell { cols, rows, ..Cell::new(text) }
}

fn table(rows: Vec<Vec<Cell>>) -> Block {
    Block::Table { caption: String::new(), rows: rows.into_iter().map(|cells| Row { cells }).collect() }
}

fn p(text: &str) -> Block {
    Block::Paragraph { text: text.into() }
}

fn image(file: &str, alt: &str) -> Block {
    Block::Image { file: file.into(), alt: alt.into(), caption: String::new() }
}

#[test]
fn the_stored_bytes_are_short_and_strict() {
    let head = Cell { head: true, ..cell("项目", 2, 1) };
    let blocks = vec![
        Block::Heading { level: 1, text: "一".into() },
        p("二"),
        Block::List { ordered: true, items: vec!["甲".into(), "乙".into()] },
        table(vec![vec![head]]),
        image("a.png", "图"),
    ];
    let json = "[{\"level\":1,\"t\":\"h\",\"text\":\"一\"},{\"t\":\"p\",\"text\":\"二\"},\
                {\"items\":[\"甲\",\"乙\"],\"ordered\":true,\"t\":\"list\"},\
                {\"rows\":[[{\"cols\":2,\"head\":true,\"text\":\"项目\"}]],\"t\":\"table\"},\
                {\"alt\":\"图\",\"file\":\"a.png\",\"t\":\"image\"}]";
    assert_eq!(String::from_utf8(canonical::bytes(&blocks)).expect("utf-8"), json);
    assert_eq!(serde_json::from_str::<Vec<Block>>(json).expect("json"), blocks);
    for bad in [
        "{\"t\":\"p\",\"text\":\"一\",\"style\":\"x\"}",
        "{\"t\":\"script\",\"text\":\"一\"}",
        "{\"text\":\"一\"}",
        "{\"t\":\"table\",\"rows\":[[{\"text\":\"一\",\"id\":1}]]}",
        "{\"t\":\"h\",\"text\":\"一\",\"level\":-1}",
    ] {
        assert!(serde_json::from_str::<Block>(bad).is_err(), "{bad}");
    }
}

#[test]
fn what_may_not_be_stored_is_named() {
    let wide = |n: u16| table(vec![vec![cell("宽", n, 1)]]);
    let long = |n: usize| table(vec![vec![cell("长", 1, 1)]; n]);
    let cases: Vec<(Block, Option<&str>)> = vec![
        (p("好"), None),
        (p(""), Some("text-empty")),
        (p(" 前"), Some("text-space")),
        (p("后　"), Some("text-space")),
        (p("换\n行"), Some("text-control")),
        (p("反\u{202e}写"), Some("text-control")),
        (Block::Heading { level: 4, text: "四".into() }, None),
        (Block::Heading { level: 0, text: "零".into() }, Some("heading-level")),
        (Block::Heading { level: 5, text: "五".into() }, Some("heading-level")),
        (Block::List { ordered: false, items: vec!["甲".into()] }, None),
        (Block::List { ordered: true, items: vec!["甲".into()] }, Some("list-short")),
        (Block::List { ordered: false, items: vec![] }, Some("list-short")),
        (image("图 1.png", "说明"), None),
        (image("a.png", ""), Some("image-alt")),
        (image("../a.png", "说明"), Some("image-file")),
        (image("", "说明"), Some("image-file")),
        (table(vec![]), Some("table-rows")),
        (table(vec![vec![]]), Some("table-short")),
        (table(vec![vec![cell("一\n二", 1, 1)]]), None),
        (table(vec![vec![cell("一\n 二", 1, 1)]]), Some("text-space")),
        (table(vec![vec![cell("一", 1, 2), cell("二", 1, 1)], vec![cell("三", 1, 1)]]), None),
        (table(vec![vec![cell("一", 2, 1)], vec![cell("二", 1, 1)]]), Some("table-short")),
        (table(vec![vec![cell("一", 1, 2)]]), Some("table-span")),
        (table(vec![vec![cell("一", 0, 1)]]), Some("table-span")),
        (table(vec![vec![cell("一", 1, 0)]]), Some("table-span")),
        (
            table(vec![
                vec![cell("一", 1, 1), cell("二", 1, 2), cell("三", 1, 1)],
                vec![cell("四", 2, 1), cell("五", 1, 1)],
            ]),
            Some("table-span"),
        ),
        (wide(100), None),
        (wide(101), Some("table-span")),
        (wide(u16::MAX), Some("table-span")),
        (long(MAX_ROWS), None),
        (long(MAX_ROWS + 1), Some("table-rows")),
    ];
    for (block, code) in cases {
        let codes: Vec<_> = validate(std::slice::from_ref(&block)).iter().map(|refusal| refusal.code).collect();
        assert_eq!(codes, Vec::from_iter(code), "{block:?}");
    }
}

#[test]
fn a_body_has_a_greatest_size_and_reasons_are_counted() {
    assert_eq!(validate(&[p(&"a".repeat(MAX_BYTES - 21))]), []);
    assert_eq!(validate(&[p(&"a".repeat(MAX_BYTES))])[0].code, "body-size");
    assert_eq!(validate(&vec![p(""); 1000]).len(), 50);
    assert_eq!(validate(&[p("一"), p("")])[0].says, "正文第 2 块没有文字。请填写或者删除。");
}

#[test]
fn every_word_is_a_piece_and_stands_in_the_plain_text() {
    let blocks = vec![
        Block::Heading { level: 1, text: "标题".into() },
        Block::List { ordered: true, items: vec!["甲".into(), "乙".into()] },
        Block::Table {
            caption: "表名".into(),
            rows: vec![
                Row { cells: vec![cell("一\n二", 1, 1), cell("三", 1, 1)] },
                Row { cells: vec![cell("四", 2, 1)] },
            ],
        },
        Block::Image { file: "a.png".into(), alt: "说明".into(), caption: "图名".into() },
        Block::Note { text: "注".into() },
        Block::Date { text: "日".into() },
    ];
    let found: Vec<_> = pieces(&blocks).collect();
    let expected = [
        (0, None, "标题"),
        (1, Some((0, 0)), "甲"),
        (1, Some((1, 0)), "乙"),
        (2, None, "表名"),
        (2, Some((0, 0)), "一\n二"),
        (2, Some((0, 1)), "三"),
        (2, Some((1, 0)), "四"),
        (3, None, "图名"),
        (3, None, "说明"),
        (4, None, "注"),
        (5, None, "日"),
    ];
    assert_eq!(found, expected);
    let plain = "标题\n1. 甲\n2. 乙\n表名\n一 二\t三\n四\n图名\n说明\n【编者注】注\n日\n";
    assert_eq!(plain_text(&blocks), plain);
}

#[test]
fn any_string_can_be_made_a_text() {
    for (from, to) in
        [("　　一 二　\r\n", "一 二"), ("一\t二\n三", "一 二 三"), ("\u{feff}一\u{0}\u{202e}", "一"), ("\u{feff} ", "")]
    {
        assert_eq!(clean(from), to, "{from:?}");
    }
}
