//! Texts of Word and WPS.

use super::make::{docx, pack, wp};
use super::{PNG, given, h, hidden, p, words};
use kernel::{Block, block};
use paper::{HiddenKind, Spot};

pub const STYLES: &str = "<w:styles><w:style w:styleId=\"T\"><w:name w:val=\"Title\"/></w:style>\
    <w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>\
    <w:style w:styleId=\"2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"1\"/></w:style>\
    <w:style w:styleId=\"Z\"><w:name w:val=\"条\"/><w:basedOn w:val=\"2\"/>\
    <w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style></w:styles>";

pub const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId=\"0\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/>\
    <w:lvlText w:val=\"%1、\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%2.\"/></w:lvl>\
    </w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/>\
    <w:lvlText w:val=\"-\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"4\">\
    <w:abstractNumId w:val=\"1\"/></w:num>\
    </w:numbering>";

pub fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

pub fn numbered(list: u8, level: u8, text: &str) -> String {
    let number = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    format!("<w:p><w:pPr>{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn docx_keeps_its_structure() {
    let body = [
        styled("T", "关于公开工作的"),
        styled("T", "通知"),
        wp("索 引 号：ZZ-1"),
        wp("株牧发〔2026〕1号"),
        styled("1", "总的要求"),
        styled("2", "目标"),
        styled("Z", "细目"),
        numbered(3, 0, "工作内容"),
        numbered(3, 1, "扩大参与。各科室按此办理。"),
        numbered(3, 1, "及时回应。"),
        numbered(3, 0, "保障措施"),
        numbered(4, 0, "甲"),
        numbered(4, 0, "乙"),
        wp("某某局"),
        wp("2026年11月23日"),
    ];
    let more = [("word/styles.xml", STYLES.to_owned()), ("word/numbering.xml", NUMBERING.to_owned())];
    let found = given("通知.docx", &docx(&body.concat(), &more));
    assert_eq!(found.title.as_deref(), Some("关于公开工作的通知"));
    assert_eq!((found.fields["索引号"].as_str(), found.fields["文号"].as_str()), ("ZZ-1", "株牧发〔2026〕1号"));
    let list = Block::List { ordered: false, items: vec!["甲".into(), "乙".into()] };
    let expected = [
        h(1, "总的要求"),
        h(2, "目标"),
        h(3, "细目"),
        p("一、工作内容"),
        p("1. 扩大参与。各科室按此办理。"),
        p("2. 及时回应。"),
        p("二、保障措施"),
        list,
        Block::Signature { text: "某某局".into() },
        Block::Date { text: "2026年11月23日".into() },
    ];
    assert_eq!(found.blocks, expected);
    assert_eq!(block::validate(&found.blocks), []);
}

pub fn drawing(alt: &str, inside: &str) -> String {
    format!(
        "<w:p><w:r><w:t>见图</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr descr=\"{alt}\"/>\
         {inside}</w:drawing></mc:Choice><mc:Fallback><w:pict><w:t>旧</w:t></w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r></w:p>"
    )
}

#[test]
fn docx_keeps_tables_pictures_and_notes() {
    let table = "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/>\
        </w:tcPr>PA</w:tc>\
        <w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>PB</w:tc></w:tr>\
        <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>PN</w:tc><w:tc>PC</w:tc><w:tc>PD</w:tc></w:tr></w:tbl>";
    let cells = [("PA", "项目"), ("PB", "2017年"), ("PC", "预算"), ("PD", "1")];
    let mut table = table.replace("PN", &wp(""));
    for (mark, text) in cells {
        table = table.replace(mark, &wp(text));
    }
    let note = "<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id=\"7\"/></w:r></w:p>";
    let body = [wp("标题"), note.into(), table, drawing("一张图", "<a:blip r:embed=\"r1\"/>")].concat();
    let more = [
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Target=\"media/i.png\"/></Relationships>".to_owned(),
        ),
        (
            "word/footnotes.xml",
            format!(
                "<w:footnotes><w:footnote w:id=\"0\"/><w:footnote w:id=\"7\">{}</w:footnote></w:footnotes>",
                wp("脚注")
            ),
        ),
        ("word/media/i.png", String::from_utf8_lossy(PNG).into_owned()),
    ];
    let mut more: Vec<(&str, Vec<u8>)> = more.iter().map(|(name, text)| (*name, text.clone().into_bytes())).collect();
    more[2].1 = PNG.to_vec();
    let plain = docx(&body, &[]);
    assert_eq!(given("a.docx", &plain).pictures.len(), 0, "a picture that is not there is none");
    let names = "xmlns:w=\"w\"";
    more.push(("word/document.xml", format!("<w:document {names}><w:body>{body}</w:body></w:document>").into_bytes()));
    let found = given("a.docx", &pack(&more));
    let written = "正文[1]\n\n| # 项目 | # 2017年 | < |\n| ^ | 预算 | 1 |\n\n见图\n\n![一张图](图1.png)\n\n[1] 脚注";
    assert_eq!(kernel::notation::write(&found.blocks).replace("|---|---|---|\n", ""), written.replace("# ", ""));
    let picture = &found.pictures[0];
    assert_eq!(
        (picture.name.as_str(), picture.kind.as_str(), picture.alt.as_str()),
        ("图1.png", "image/png", "一张图")
    );
    assert_eq!(picture.bytes, PNG);
}

#[test]
fn docx_shows_what_does_not_meet_the_eye() {
    let body = "<w:p><w:r><w:t>标题</w:t></w:r></w:p><w:p><w:r><w:t>留下</w:t></w:r><w:del><w:r>\
        <w:delText>删去的</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>加上的</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏着的</w:t></w:r>\
        <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>。</w:t></w:r></w:p>";
    let body = format!("{body}{}", drawing("", &format!("<w:txbxContent>{}</w:txbxContent>", wp("框里的字"))));
    let more = [
        ("word/header1.xml", format!("<w:hdr>{}</w:hdr>", wp("页眉的字"))),
        ("word/footer1.xml", format!("<w:ftr>{}</w:ftr>", wp("页脚的字"))),
        (
            "word/comments.xml",
            format!("<w:comments><w:comment w:author=\"审核人\">{}</w:comment></w:comments>", wp("改一改")),
        ),
        ("word/embeddings/oleObject1.bin", "x".to_owned()),
        (
            "docProps/core.xml",
            "<cp:coreProperties><dc:creator>经办人</dc:creator><dc:title>内部题目</dc:title></cp:coreProperties>"
                .to_owned(),
        ),
        (
            "docProps/custom.xml",
            "<Properties><property name=\"密级\"><vt:lpwstr>无</vt:lpwstr></property></Properties>".to_owned(),
        ),
    ];
    let found = given("a.docx", &docx(&body, &more));
    assert_eq!(found.blocks, [p("留下加上的。"), p("见图"), p("框里的字")]);
    let expected = [
        (HiddenKind::Deleted, "正文第 2 段", "删去的"),
        (HiddenKind::Inserted, "正文第 2 段", "加上的"),
        (HiddenKind::Text, "正文第 2 段", "藏着的"),
        (HiddenKind::Comment, "", "改一改"),
        (HiddenKind::Property, "作者", "经办人"),
        (HiddenKind::Embedded, "", "oleObject1.bin"),
    ];
    assert_eq!(hidden(&found), expected);
    assert_eq!(words(&found, &Spot::Header), ["页眉的字"]);
    assert_eq!(words(&found, &Spot::Footer), ["页脚的字"]);
    assert_eq!(words(&found, &Spot::TextBox), ["框里的字"]);
    assert_eq!(words(&found, &Spot::Hidden), ["删去的", "加上的", "藏着的", "oleObject1.bin"]);
    assert_eq!(words(&found, &Spot::Property("密级".into())), ["无"]);
    assert_eq!(found.hidden[0].says(), "正文第 2 段的未接受的修订（删去）：删去的");
    assert_eq!(found.hidden[4].says(), "文件属性“作者”：经办人");
}
