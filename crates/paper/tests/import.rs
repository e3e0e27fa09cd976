//! Whole papers, as bureaus publish them.

use kernel::{Block, Day, Refusal, block};
use paper::{Imported, html, text};
use proptest::prelude::*;

const PLAN: &str = include_str!("data/plan.txt");

fn headings(blocks: &[Block]) -> Vec<(u8, &str)> {
    let heading =
        |block| if let &Block::Heading { level, ref text } = block { Some((level, text.as_str())) } else { None };
    blocks.iter().filter_map(heading).collect()
}

fn p(text: &str) -> Block {
    Block::Paragraph { text: text.into() }
}

fn page(body: &str) -> Imported {
    html(body.as_bytes()).expect("a page")
}

fn code(result: Result<Imported, Refusal>) -> &'static str {
    result.expect_err("refused").code
}

#[test]
fn the_plan_is_imported_whole() {
    let plan = text(PLAN.as_bytes()).expect("the plan");
    assert_eq!(plan.title.as_deref(), Some("株洲市畜牧兽医水产局2017年度政务公开工作实施方案"));
    let fields: Vec<_> = plan.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let expected =
        [("作者", "市畜牧局"), ("信息来源", "株洲市畜牧局"), ("发布日期", "2017-05-26"), ("责任编辑", "数据导入")];
    assert_eq!(fields, expected);
    let found = headings(&plan.blocks);
    let first: Vec<_> = found.iter().filter(|(level, _)| *level == 1).map(|(_, text)| *text).collect();
    assert_eq!(first, ["一、指导思想", "二、工作目标", "三、工作内容", "四、保障措施"]);
    let second: Vec<_> = found.iter().filter(|(level, _)| *level == 2).map(|(_, text)| *text).collect();
    assert_eq!(second.len(), 6);
    assert_eq!(second[5], "(六)不断提升政务公开能力");
    let lines: Vec<&str> = PLAN.lines().collect();
    let body = lines[2..lines.len() - 1].iter().map(|line| format!("{}\n", line.trim())).collect::<String>();
    assert_eq!(block::plain_text(&plan.blocks), body);
    assert_eq!(kernel::notation::parse(&kernel::notation::write(&plan.blocks)), plan.blocks);
    assert_eq!(block::validate(&plan.blocks), []);
}

#[test]
fn text_is_read_in_the_charsets_of_old_files() {
    let expected = text(PLAN.as_bytes()).expect("utf-8");
    let (gbk, _, lossy) = encoding_rs::GB18030.encode(PLAN);
    assert!(!lossy);
    let utf16 =
        |bytes: fn(u16) -> [u8; 2]| "\u{feff}".encode_utf16().chain(PLAN.encode_utf16()).flat_map(bytes).collect();
    let files: [Vec<u8>; 5] = [
        gbk.into_owned(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        format!("\u{feff}{PLAN}").into_bytes(),
        PLAN.replace('\n', "\r\n　　").into_bytes(),
    ];
    for file in files {
        assert_eq!(text(&file), Ok(expected.clone()));
    }
    let whole = "<meta charset=gb2312><title>一</title><p>株洲市䶮";
    let (gbk, ..) = encoding_rs::GB18030.encode(whole);
    assert_eq!(html(&gbk).expect("gbk").blocks, [p("株洲市䶮")]);
    assert_eq!(page(whole).blocks, [p("株洲市䶮")], "a wrong label is not believed");
}

#[test]
fn what_cannot_be_read_is_refused() {
    assert_eq!(code(text(b"\xff\xfe\x00\xd8")), "file-charset");
    assert_eq!(code(text(b"PK\x03\x04\x00\x00")), "file-charset");
    assert_eq!(code(text(b"\x81")), "file-charset");
    assert_eq!(code(text(" \n　".as_bytes())), "file-empty");
    assert_eq!(code(html(b"<script>1</script>")), "file-empty");
    assert_eq!(code(html(&vec![b' '; paper::MAX_INPUT + 1])), "file-size");
    assert_eq!(code(text("甲\n".repeat(paper::MAX_PIECES + 1).as_bytes())), "file-long");
    assert_eq!(code(html("<td>".repeat(paper::MAX_PIECES + 1).as_bytes())), "file-long");
    let padded = format!("<table><td colspan=100>甲{}</table>", "<tr><td>".repeat(4_000)).repeat(3);
    assert_eq!(code(html(padded.as_bytes())), "file-long", "few bytes may not become many cells");
}

/// The samples say what must be found; each of our expectations is compared where the importer answers for it.
#[test]
fn sample_pages_give_what_they_promise() {
    let samples: Vec<serde_json::Value> = serde_json::from_str(include_str!("data/pages.json")).expect("json");
    let mut compared = 0;
    for sample in &samples {
        let (raw, id) = (sample["raw"].as_str().expect("raw"), &sample["id"]);
        let found = page(raw);
        assert_eq!(block::validate(&found.blocks), [], "{id}");
        let signed = found
            .blocks
            .iter()
            .find_map(|block| if let Block::Date { text } = block { Day::parse(text) } else { None });
        let field = |name: &str| found.fields.get(name).cloned();
        let stated = |name: &str| field(name).and_then(|value| Day::parse(value.split(' ').next()?));
        let answers = [
            ("index_no", field("索引号")),
            ("doc_no", field("文号")),
            ("date_published", stated("发布日期").map(|day| day.to_string())),
            ("date_signed", signed.map(|day| day.to_string())),
            ("date", signed.or(stated("成文日期")).map(|day| day.to_string())),
        ];
        for (name, answer) in answers {
            if let Some(expected) = sample["expect"][name].as_str() {
                assert_eq!(answer.as_deref(), Some(expected), "{id} {name}");
                compared += 1;
            }
        }
        let title = raw.split_once("<h1>").and_then(|(_, rest)| rest.split_once("</h1>")).map(|(title, _)| title);
        assert_eq!(found.title.as_deref(), title, "{id}");
    }
    assert_eq!((samples.len(), compared), (5, 7));
}

#[test]
fn a_sample_page_is_cut_into_its_blocks() {
    let samples: Vec<serde_json::Value> = serde_json::from_str(include_str!("data/pages.json")).expect("json");
    let reply = page(samples[0]["raw"].as_str().expect("raw"));
    let expected = [
        p("委员:"),
        p("您提出的建议已交我局研究办理,现答复如下:"),
        Block::Heading { level: 1, text: "一、基本情况".into() },
        p("1-9月份制作青贮饲料7420吨。"),
        Block::Signature { text: "株洲市畜牧兽医水产局".into() },
        Block::Date { text: "2020年10月14日".into() },
    ];
    assert_eq!(reply.blocks, expected);
    let letter = page(samples[2]["raw"].as_str().expect("raw"));
    assert!(block::plain_text(&letter.blocks).contains("化粪池60m³"));
    assert_eq!(letter.blocks.last(), Some(&Block::Date { text: "2017年12月1日".into() }));
}

#[test]
fn markup_becomes_blocks() {
    let list = |ordered, items: &[&str]| Block::List { ordered, items: items.iter().map(|s| (*s).into()).collect() };
    let h = |level, text: &str| Block::Heading { level, text: text.into() };
    let cases: &[(&str, Vec<Block>)] = &[
        ("<p>&nbsp;&nbsp;甲&amp;乙&#20013;&x;<br>丙</p>丁", vec![p("甲&乙中&x;"), p("丙"), p("丁")]),
        ("<p>断\n  开 a\nb</p><pre>一\n二</pre>", vec![p("断开 a b"), p("一"), p("二")]),
        ("60m<sup>3</sup>、CO<sub>2</sub>、注<sup>[1]</sup>", vec![p("60m³、CO₂、注[1]")]),
        ("<h2>甲<br>乙</h2><h4>丙</h4><p>一、不改", vec![h(1, "甲乙"), h(3, "丙"), p("一、不改")]),
        ("<ul><li>甲<li><p>乙</p><p>二</p><ul><li>丙</ul></ul>丁", vec![list(false, &["甲", "乙 二", "丙"]), p("丁")]),
        ("<ol><li>甲<li>乙</ol><ol start=3><li>丙<li>丁</ol>", vec![list(true, &["甲", "乙"]), p("3. 丙"), p("4. 丁")]),
        (
            "<p>甲<script>if(a<b){'</p>'}</script>乙<style>p{}</style><!-- <p>丙 --><p hidden>丁<p>戊",
            vec![p("甲乙"), p("戊")],
        ),
        ("<nav><p>首页</p></nav><div style='DISPLAY : none'><div>甲</div>乙</div>丙<footer>丁</footer>", vec![p("丙")]),
        ("菜单<article><p>正文</p></article>推荐", vec![p("正文")]),
        ("a < b，3<5 <3 <", vec![p("a < b，3<5 <3 <")]),
        (
            "<img src='/a/b%20c.png?x=1' alt='图'>",
            vec![Block::Image { file: "b%20c.png".into(), alt: "图".into(), caption: String::new() }],
        ),
        (
            "<table><tr><td><table><tr><td>甲<td>乙</table><td>丙</table>",
            vec![
                Block::Table {
                    caption: String::new(),
                    rows: vec![block::Row { cells: ["甲", "乙"].map(block::Cell::new).into() }],
                },
                p("丙"),
            ],
        ),
        ("<table><td>只有一格<br>两行</table>", vec![p("只有一格"), p("两行")]),
    ];
    for (source, blocks) in cases {
        assert_eq!(&page(source).blocks, blocks, "{source}");
        assert_eq!(block::validate(blocks), [], "{source}");
    }
}

#[test]
fn tables_keep_their_heads_and_spans() {
    let found = page(
        "<table><caption>三公经费</caption><thead><tr><th rowspan=2>项目<th colspan=2>2017年</tr><tr><th>预算<th>决算</thead>\
         <tr><td>会议<br>培训<td>1<td rowspan=9><ol><li>甲<li>乙</ol></tr><tr><td>短</tr><tr></tr></table>",
    );
    let text = "表：三公经费\n| 项目 | 2017年 | < |\n| ^ | 预算 | 决算 |\n|---|---|---|\n| 会议<br>培训 | 1 | 1. 甲<br>2. 乙 |\n\
                | 短 |  | ^ |";
    assert_eq!(kernel::notation::write(&found.blocks), text);
    assert_eq!(block::validate(&found.blocks), []);
}

#[test]
fn header_lines_are_read_with_their_spaces() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("索 引 号：ZZ-1 | 文　号:株牧发〔2026〕1号", &[("文号", "株牧发〔2026〕1号"), ("索引号", "ZZ-1")]),
        ("株牧发[2026]12号", &[("文号", "株牧发[2026]12号")]),
        ("来源：市局 浏览次数：12 字体：大 中 小", &[("信息来源", "市局")]),
        ("文 号:|", &[]),
    ];
    for (line, expected) in cases {
        let found = page(&format!("<h1>标题</h1><p>{line}</p><p>正文。</p>"));
        let fields: Vec<_> = found.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(&fields, expected, "{line}");
        assert_eq!(found.blocks, [p("正文。")], "{line}");
    }
    for line in ["文号不清的退回。", "关于作者：见下", "株牧发〔2026〕12号文件"] {
        assert_eq!(page(&format!("<p>{line}</p><p>正文。</p>")).blocks, [p(line), p("正文。")], "{line}");
    }
    let meta = "<title>站名</title><meta name=ArticleTitle content='标题'>\
                <meta name=PubDate content='2026-05-19 10:02'><p>正文。";
    let found = page(meta);
    assert_eq!((found.title.as_deref(), found.fields["发布日期"].as_str()), (Some("标题"), "2026-05-19 10:02"));
}

#[test]
fn a_hostile_page_costs_no_more_than_its_length() {
    let bombs = [
        "<div>",
        "<table><td>",
        "<table>",
        "<ul><li>",
        "<ol>",
        "<b><p>",
        "<font a=",
        "<a b=\"",
        "<a x",
        "<!--",
        "<script>",
        "<sup>",
        "&",
        "&#",
        "<",
        "</",
        "</p",
        "<p hidden>",
        "<td rowspan=9999 colspan=99>",
        "<tr><td>",
        "<h1>",
        "<pre>\n",
        "\n甲",
    ];
    for bomb in bombs {
        let source = format!("<p>正文</p><table>{}", bomb.repeat(500_000 / bomb.len()));
        let found = html(source.as_bytes()).expect(bomb);
        assert_eq!(block::plain_text(&found.blocks).lines().next(), Some("正文"), "{bomb}");
    }
}

proptest! {
    #[test]
    fn any_page_gives_valid_blocks(parts in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", "<td colspan=3>", "<th rowspan=2>", "</td>", "<ul>",
        "<ol>", "<li>", "</ul>", "</ol>", "<h1>", "</h1>", "<h3>", "<br>", "<sup>", "</sup>", "<pre>", "甲", "3", " ",
        "\n", "&nbsp;", "<img src=a.png alt=图>", "<div hidden>", "</div>", "<caption>", "\u{202e}", "发布日期：",
        "2017年5月26日", "<main>", "</main>",
    ]), 0..40), any in any::<Vec<u8>>()) {
        let _ = html(&any);
        let _ = text(&any);
        if let Ok(found) = html(parts.concat().as_bytes()) {
            prop_assert_eq!(block::validate(&found.blocks), vec![]);
            let text = kernel::notation::write(&found.blocks);
            prop_assert_eq!(kernel::notation::parse(&text), found.blocks, "{}", text);
        }
    }
}
