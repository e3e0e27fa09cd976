use super::*;
use crate::block::{Cell, Row, validate};
use proptest::prelude::*;

fn p(text: &str) -> Block {
    Block::Paragraph { text: text.into() }
}

fn h(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.into() }
}

fn list(ordered: bool, items: &[&str]) -> Block {
    Block::List { ordered, items: items.iter().map(|s| (*s).to_owned()).collect() }
}

fn image(alt: &str, file: &str, caption: &str) -> Block {
    Block::Image { file: file.into(), alt: alt.into(), caption: caption.into() }
}

/// A cell by its text, columns and rows; a text that begins with `*` is a heading's.
fn cell(text: &str, cols: u16, rows: u16) -> Cell {
    let words = text.trim_start_matches('*');
    Cell { text: words.into(), head: words.len() < text.len(), cols, rows }
}

fn table(caption: &str, rows: &[&[(&str, u16, u16)]]) -> Block {
    let row = |cells: &&[(&str, u16, u16)]| Row { cells: cells.iter().map(|&(t, c, r)| cell(t, c, r)).collect() };
    Block::Table { caption: caption.into(), rows: rows.iter().map(row).collect() }
}

#[test]
fn lines_are_read_by_their_beginnings() {
    let cases: &[(&str, Vec<Block>)] = &[
        ("", vec![]),
        (
            "　　第一段,逗号不改。  \r\n\r\n　　第二段，也不改。\r\n",
            vec![p("第一段,逗号不改。"), p("第二段，也不改。")],
        ),
        ("一、指导思想\n(一)总则\n1、扩大公众参与。", vec![p("一、指导思想"), p("(一)总则"), p("1、扩大公众参与。")]),
        ("# 一\n## 二\n#### 四\n##### 五\n#1 楼", vec![h(1, "一"), h(2, "二"), h(4, "四"), p("##### 五"), p("#1 楼")]),
        ("- 甲\n- 乙\n\n- 丙\n-丁\n-", vec![list(false, &["甲", "乙"]), list(false, &["丙"]), p("-丁"), p("-")]),
        ("1. 甲\n2. 乙\n4. 丁", vec![list(true, &["甲", "乙"]), p("4. 丁")]),
        ("1. 甲\n说明\n2. 乙\n3.5 公里\n01. 丙", vec![p("1. 甲"), p("说明"), p("2. 乙"), p("3.5 公里"), p("01. 丙")]),
        (
            ">> 株洲市畜牧兽医水产局\n》》》2017年5月26日",
            vec![
                Block::Signature { text: "株洲市畜牧兽医水产局".into() },
                Block::Date { text: "2017年5月26日".into() },
            ],
        ),
        ("【编者注】原文如此。", vec![Block::Note { text: "原文如此。".into() }]),
        (
            "![流程图](图(1).png)\n\n图：办理流程\n![四步](b.png)",
            vec![image("流程图", "图(1).png", ""), image("四步", "b.png", "办理流程")],
        ),
        ("![说明](a.png)见图\n图：没有图\n表：没有表", vec![p("![说明](a.png)见图"), p("图：没有图"), p("表：没有表")]),
        ("\\# 井号\n\\普通\n\\\\- 减号\nC:\\new", vec![p("# 井号"), p("\\普通"), p("\\- 减号"), p("C:\\new")]),
        ("|\n||\n| 没有结尾\n| 结尾 \\|", vec![p("|"), p("||"), p("| 没有结尾"), p("| 结尾 \\|")]),
        ("甲\u{b}乙\u{feff}\t丙\u{202e}", vec![p("甲"), p("乙 丙")]),
    ];
    for (text, blocks) in cases {
        assert_eq!(&parse(text), blocks, "{text:?}");
        assert_eq!(&parse(&write(blocks)), blocks, "{text:?}");
    }
}

#[test]
fn tables_are_read_with_heads_and_spans() {
    let cases: &[(&str, Block)] = &[
        (
            "|项目|金额|\n|---|:-:|\n|甲|1|",
            table("", &[&[("*项目", 1, 1), ("*金额", 1, 1)], &[("甲", 1, 1), ("1", 1, 1)]]),
        ),
        (
            "表：三公经费\n| 项目 | 2017年 | < |\n| ^ | 预算 | 决算 |\n|---|---|---|\n| # 合计 | 1 | 2 |",
            table(
                "三公经费",
                &[
                    &[("*项目", 1, 2), ("*2017年", 2, 1)],
                    &[("*预算", 1, 1), ("*决算", 1, 1)],
                    &[("*合计", 1, 1), ("1", 1, 1), ("2", 1, 1)],
                ],
            ),
        ),
        ("| a | < |\n| ^ | ^ |\n| ^ | < |", table("", &[&[("a", 2, 3)], &[], &[]])),
        ("| < | ^ |\n| a | \\^ |", table("", &[&[("<", 1, 1), ("^", 1, 1)], &[("a", 1, 1), ("^", 1, 1)]])),
        (
            "| 一 | 二 | 三 |\n| 短 |",
            table("", &[&[("一", 1, 1), ("二", 1, 1), ("三", 1, 1)], &[("短", 1, 1), ("", 2, 1)]]),
        ),
        (
            "| a\\|b | c\\d | 一<br>二 | \\<br> |",
            table("", &[&[("a|b", 1, 1), ("c\\d", 1, 1), ("一\n二", 1, 1), ("<br>", 1, 1)]]),
        ),
        ("|---|\n| - |", table("", &[&[("---", 1, 1)], &[("-", 1, 1)]])),
    ];
    for (text, block) in cases {
        let blocks = parse(text);
        assert_eq!(blocks, std::slice::from_ref(block), "{text}");
        assert_eq!(validate(&blocks), [], "{text}");
        assert_eq!(parse(&write(&blocks)), blocks, "{text}");
    }
}

#[test]
fn a_written_body_is_pleasant_to_edit() {
    let text = "# 一、目标\n\n第一段。\n1. 单独一项\n\\# 不是标题\n\n- 甲\n- 乙\n\n表：经费\n| 项目 | 金额 | < |\n|---|---|---|\n\
                | 甲 | 1 | 2 |\n\n>> 市局\n>>> 2017年5月26日";
    assert_eq!(write(&parse(text)), text);
}

#[test]
fn a_huge_text_is_read_in_time() {
    for line in ["| < |\n", "| a | < | < | < | < |\n", "|^|^|^|^|\n", "\\", "- a\n", "1. a\n", "![", "| a", "#"] {
        let text = line.repeat(200_000 / line.len());
        let blocks = parse(&text);
        assert_eq!(parse(&write(&blocks)), blocks, "{line:?}");
    }
    let wide = "|".repeat(200_000);
    assert_eq!(parse(&wide), [p(&wide)]);
}

#[test]
fn numbering_makes_headings_of_short_lines_only() {
    let cases = [
        ("一、指导思想", Some(1)),
        ("十二、保障措施", Some(1)),
        ("（一）全面推进决策公开", Some(2)),
        ("(一)全面推进决策公开", Some(2)),
        ("第一章 总则", Some(1)),
        ("第二节　受理", Some(2)),
        ("第一条 为规范审查，制定本规程。", None),
        ("一、提高认识。各科室要重视。", None),
        ("（三）身份证复印件；", None),
        ("一、", None),
        ("一是认识到位", None),
        ("、指导思想", None),
        ("1、扩大公众参与", None),
        ("(一、二)", None),
        ("一、一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十", None),
    ];
    for (text, level) in cases {
        let expected = level.map_or_else(|| p(text), |level| h(level, text));
        assert_eq!(tidy_numbering(vec![p(text)]), [expected], "{text}");
    }
}

/// Words made of every mark there is, so that each meets each.
fn words() -> impl Strategy<Value = String> {
    let parts = [
        "#",
        "##",
        " ",
        "- ",
        "1. ",
        "2. ",
        "|",
        "||",
        "---",
        ":",
        "<",
        "^",
        "<br>",
        "!",
        "![",
        "[",
        "]",
        "](",
        "(",
        ")",
        "\\",
        ">",
        ">>",
        "》》",
        "【编者注】",
        "表：",
        "图：",
        "　",
        "\u{a0}",
        "中",
        "文。",
        "a",
        "1",
        "😀",
        "𠮷",
    ];
    prop::collection::vec(prop::sample::select(parts.to_vec()), 1..7).prop_map(|parts| clean(&parts.concat()))
}

fn full() -> impl Strategy<Value = String> {
    words().prop_filter("not empty", |text| !text.is_empty())
}

fn cell_text() -> impl Strategy<Value = String> {
    prop::collection::vec(words(), 0..3).prop_map(|lines| lines.join("\n").trim().to_owned())
}

/// Fills a grid with cells, each as large as it asks and as there is room for.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let cell = (cell_text(), any::<bool>(), 1..4usize, 1..4usize);
    (1..6usize, 1..6usize, prop::collection::vec(cell, 25), 0..4usize).prop_map(|(width, height, cells, heads)| {
        let mut taken = vec![vec![false; width]; height];
        let mut cells = cells.into_iter();
        let mut rows = vec![Row::default(); height];
        for r in 0..height {
            for c in 0..width {
                if taken[r][c] {
                    continue;
                }
                let (text, head, cols, deep) = cells.next().expect("a cell for each place");
                let cols = (c..width.min(c + cols)).take_while(|&x| !taken[r][x]).count();
                let deep = deep.min(height - r);
                taken[r..r + deep].iter_mut().for_each(|line| line[c..c + cols].fill(true));
                rows[r].cells.push(Cell { text, head: head || r < heads, cols: cols as u16, rows: deep as u16 });
            }
        }
        rows
    })
}

fn block() -> impl Strategy<Value = Block> {
    let name = full().prop_map(|name| name.replace(['/', '\\'], "_"));
    prop_oneof![
        3 => full().prop_map(|text| Block::Paragraph { text }),
        1 => (1..5u8, full()).prop_map(|(level, text)| Block::Heading { level, text }),
        1 => (any::<bool>(), prop::collection::vec(full(), 2..4))
            .prop_map(|(ordered, items)| Block::List { ordered, items }),
        1 => full().prop_map(|item| Block::List { ordered: false, items: vec![item] }),
        2 => (words(), rows()).prop_map(|(caption, rows)| Block::Table { caption, rows }),
        1 => (name, full(), words()).prop_map(|(file, alt, caption)| Block::Image { file, alt, caption }),
        1 => full().prop_map(|text| Block::Signature { text }),
        1 => full().prop_map(|text| Block::Date { text }),
        1 => full().prop_map(|text| Block::Note { text }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_body_has_a_text(blocks in prop::collection::vec(block(), 0..6)) {
        prop_assert_eq!(validate(&blocks), vec![]);
        let text = write(&blocks);
        prop_assert_eq!(parse(&text), blocks.clone(), "{}", text);
        prop_assert_eq!(parse(&text.replace('\n', "\r\n")), blocks.clone());
        let bytes = crate::canonical::bytes(&blocks);
        prop_assert_eq!(serde_json::from_slice::<Vec<Block>>(&bytes).expect("json"), blocks);
    }

    #[test]
    fn every_text_settles_at_once(lines in prop::collection::vec(words(), 0..9), any in any::<String>()) {
        for text in [lines.join("\n"), any] {
            let blocks = parse(&text);
            let written = write(&blocks);
            prop_assert_eq!(parse(&written), blocks, "{}", &written);
            prop_assert_eq!(write(&parse(&written)), written);
        }
    }

    #[test]
    fn no_word_is_lost(text in "[一二三，。、：；！（）〈〉“”a-z0-9,.;:?%()~*_+=/\n　]{0,80}") {
        let kept = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(kept(&crate::block::plain_text(&parse(&text))), kept(&text));
    }
}
