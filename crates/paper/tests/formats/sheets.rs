//! Workbooks and presentations.

use super::make::{pack, xlsx};
use super::{given, hidden, words};
use kernel::block;
use paper::{HiddenKind, Spot};

pub const SHEET: &str = "<cols><col min=\"5\" max=\"5\" hidden=\"1\"/></cols><sheetData>\
    <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>\
    <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>项目</t></is></c><c r=\"B2\" t=\"str\"><f>A</f><v>日期</v></c>\
    <c r=\"C2\" t=\"inlineStr\"><is><t>比例</t></is></c><c r=\"D2\" t=\"inlineStr\"><is><t>备注</t></is></c>\
    <c r=\"E2\" t=\"inlineStr\"><is><t>藏列</t></is></c></row>\
    <row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\" s=\"1\"><v>42881</v></c><c r=\"C3\" s=\"2\">\
    <v>0.256</v></c></row>\
    <row r=\"4\" hidden=\"1\"><c r=\"A4\" t=\"inlineStr\"><is><t>藏行</t></is></c></row>\
    <row r=\"5\"><c r=\"B5\"><v>7</v></c><c r=\"C5\" s=\"3\"><v>1234.5</v></c></row></sheetData>\
    <mergeCells><mergeCell ref=\"A1:E1\"/><mergeCell ref=\"A3:A5\"/></mergeCells>\
    <headerFooter><oddHeader>&amp;C&amp;\"宋体\"内部</oddHeader></headerFooter>";

pub const FORMATS: &str = "<numFmts>\
    <numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/></numFmts>\
    <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"176\"/><xf numFmtId=\"10\"/><xf numFmtId=\"4\"/></cellXfs>";

#[test]
fn xlsx_keeps_what_is_shown_and_tells_what_is_not() {
    let secret = "<sheetData><row><c t=\"inlineStr\"><is><t>藏表</t></is></c></row></sheetData>";
    let sheets =
        [("name=\"收支\"", SHEET), ("name=\"空\"", "<sheetData/>"), ("name=\"底稿\" state=\"hidden\"", secret)];
    let comments =
        "<comments><commentList><comment ref=\"B3\"><text><t>核对</t></text></comment></commentList></comments>";
    let bytes = xlsx(&sheets, &["三公经费", "会议\n培训"], FORMATS, &[("xl/comments1.xml", comments.into())]);
    let found = given("a.xlsx", &bytes);
    let written = "# 收支\n\n表：三公经费\n| 项目 | 日期 | 比例 | 备注 |\n| 会议<br>培训 | 2017年5月26日 | 25.60% |  |\n\
        | ^ | 7 | 1,234.50 |  |";
    assert_eq!(kernel::notation::write(&found.blocks), written);
    assert_eq!(block::validate(&found.blocks), []);
    let expected = [
        (HiddenKind::Row, "工作表“收支”第 4 行", "藏行"),
        (HiddenKind::Column, "工作表“收支”第 E 列", "藏列"),
        (HiddenKind::Sheet, "工作表“底稿”", "藏表"),
        (HiddenKind::Comment, "单元格 B3", "核对"),
    ];
    assert_eq!(hidden(&found), expected);
    assert_eq!(words(&found, &Spot::Header), ["内部"]);
    let at = Spot::Text { section: 1, block: 1, cell: Some((2, 1)) };
    assert_eq!(words(&found, &at), ["2017年5月26日"]);
}

#[test]
fn pptx_gives_the_words_of_its_slides() {
    let ap = |text: &str| format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>");
    let shape = |kind: &str, text: &str| {
        format!(
            "<p:sp><p:nvSpPr><p:nvPr><p:ph type=\"{kind}\"/></p:nvPr></p:nvSpPr><p:txBody>{}</p:txBody></p:sp>",
            ap(text)
        )
    };
    let table = format!(
        "<a:tbl><a:tr><a:tc gridSpan=\"2\">{}</a:tc><a:tc hMerge=\"1\"/></a:tr><a:tr><a:tc>{}</a:tc>\
        <a:tc>{}</a:tc></a:tr></a:tbl>",
        ap("表头"),
        ap("甲"),
        ap("乙")
    );
    let slide = |attributes: &str, inside: String| {
        format!("<p:sld {attributes}><p:cSld><p:spTree>{inside}</p:spTree></p:cSld></p:sld>")
    };
    let relation = |id: &str, target: &str| {
        format!("<Relationships><Relationship Id=\"{id}\" Target=\"{target}\"/></Relationships>")
    };
    let list = "<Relationships><Relationship Id=\"r1\" Target=\"slides/slide1.xml\"/>\
        <Relationship Id=\"r2\" Target=\"slides/slide2.xml\"/></Relationships>";
    let first = shape("body", "内容一") + &shape("title", "年度报告") + &table + &shape("sldNum", "1");
    let notes = format!("<n>{}{}</n>", ap("讲稿"), ap("1"));
    let bytes = pack(&[
        (
            "ppt/presentation.xml",
            "<p:presentation><p:sldIdLst><p:sldId id=\"256\" r:id=\"r1\"/>\
            <p:sldId id=\"257\" r:id=\"r2\"/></p:sldIdLst></p:presentation>"
                .into(),
        ),
        ("ppt/_rels/presentation.xml.rels", list.to_owned()),
        ("ppt/slides/slide1.xml", slide("", first)),
        ("ppt/slides/_rels/slide1.xml.rels", relation("r9", "../notesSlides/notesSlide1.xml")),
        ("ppt/notesSlides/notesSlide1.xml", notes),
        ("ppt/slides/slide2.xml", slide("show=\"0\"", shape("title", "不放的一页"))),
    ]);
    let found = given("a.pptx", &bytes);
    assert_eq!(found.title.as_deref(), Some("年度报告"));
    assert_eq!(kernel::notation::write(&found.blocks), "内容一\n\n| 表头 | < |\n| 甲 | 乙 |");
    assert_eq!(
        hidden(&found),
        [(HiddenKind::Notes, "第 1 页", "讲稿"), (HiddenKind::Slide, "第 2 页", "不放的一页\n")]
    );
}
