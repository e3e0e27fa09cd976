//! Copies of uploaded files: nothing hidden goes along, what is taken out is gone, and all else is there.

use super::given;
use super::make::{docx, ofd, pack, wp, xlsx};
use paper::{Area, Imported, Order, Passage, Spot, copy};
use proptest::prelude::*;
use std::io::Read;

const MARK: &str = "依据第十五条，个人隐私";

pub fn order(passages: &[&str]) -> Order {
    let passages = passages.iter().map(|text| Passage { text: (*text).into(), mark: MARK.into() }).collect();
    Order { passages, areas: vec![] }
}

fn cleaned(name: &str, bytes: &[u8]) -> (Imported, Vec<u8>) {
    assert!(!given(name, bytes).hidden.is_empty(), "{name} hides something");
    let made = copy(name, bytes, &Order::default()).unwrap_or_else(|why| panic!("{name}: {}", why.says));
    let read = given(name, &made.bytes);
    assert_eq!((read.hidden.len(), made.taken), (0, 0), "{name}");
    assert!(!made.cleaned.is_empty(), "{name}");
    (read, made.bytes)
}

fn seen(read: &Imported) -> String {
    let seen = read.words.iter().filter(|w| matches!(w.spot, Spot::Text { .. } | Spot::TextBox | Spot::Stamp));
    seen.map(|w| w.text.as_str()).collect::<Vec<_>>().join("|")
}

/// Every part of a container, unpacked, one after another.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a container");
    let mut all = vec![];
    for n in 0..zip.len() {
        let mut part = zip.by_index(n).expect("a part");
        all.extend_from_slice(part.name().expect("a name").as_bytes());
        part.read_to_end(&mut all).expect("reads");
    }
    all
}

pub fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

fn rels(all: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/relationships/{kind}\" Target=\"{target}\"/>")
    };
    format!("<Relationships>{}</Relationships>", all.iter().map(one).collect::<String>())
}

fn word() -> Vec<u8> {
    let body = format!(
        "<w:p w:rsidR=\"00AB12CD\"><w:r><w:t>拟</w:t></w:r><w:del w:author=\"甲\"><w:r>\
         <w:delText>不</w:delText></w:r></w:del>\
         <w:ins w:author=\"甲\"><w:r><w:t>予以公开</w:t></w:r></w:ins><w:commentRangeStart w:id=\"0\"/>\
         <w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>底价八百万</w:t></w:r>\
         <w:r><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr><w:t>白字</w:t></w:r>\
         <w:r><w:object><o:OLEObject r:id=\"r7\"/></w:object></w:r></w:p>{}",
        wp("第二段。")
    );
    let more = [
        (
            "_rels/.rels",
            rels(&[("a", "officeDocument", "word/document.xml"), ("b", "core-properties", "docProps/core.xml")]),
        ),
        (
            "word/_rels/document.xml.rels",
            rels(&[
                ("r1", "comments", "comments.xml"),
                ("r7", "oleObject", "embeddings/a.bin"),
                ("r8", "settings", "settings.xml"),
            ]),
        ),
        (
            "word/comments.xml",
            "<w:comments><w:comment w:id=\"0\" w:author=\"乙\"><w:p><w:r><w:t>再议</w:t>\
         </w:r></w:p></w:comment></w:comments>"
                .into(),
        ),
        ("word/embeddings/a.bin", "内部测算".into()),
        (
            "word/settings.xml",
            "<w:settings><w:rsids><w:rsid w:val=\"00AB12CD\"/></w:rsids><w:zoom/>\
         </w:settings>"
                .into(),
        ),
        ("docProps/core.xml", "<cp:coreProperties><dc:creator>经办人</dc:creator></cp:coreProperties>".into()),
        ("word/orphan.xml", "<a>没有人引用</a>".into()),
    ];
    docx(&body, &more)
}

#[test]
fn a_text_is_cleaned() {
    let (read, bytes) = cleaned("a.docx", &word());
    assert_eq!(seen(&read), "拟予以公开|第二段。");
    let all = unpacked(&bytes);
    for gone in ["底价", "白字", "再议", "测算", "经办人", "没有人引用", "00AB12CD", "delText", "comments", "甲"]
    {
        assert!(!holds(&all, gone), "{gone}");
    }
    assert!(holds(&all, "w:zoom"));
}

fn book() -> Vec<u8> {
    let rows = "<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols><sheetData>\
        <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><f>1+1</f><v>2</v></c><c r=\"C1\" t=\"s\">\
         <v>1</v></c></row>\
        <row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"s\"><v>2</v></c></row>\
        <row r=\"3\"><c r=\"A3\"><v>13800138000</v></c><c r=\"B3\" t=\"s\"><v>3</v></c></row></sheetData>\
        <autoFilter ref=\"A1:B3\"><filterColumn><filters><filter val=\"筛选值\"/></filters></filterColumn></autoFilter>";
    let secret = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>4</v></c></row></sheetData>";
    let sheets = [("name=\"公示\" sheetId=\"1\"", rows), ("name=\"底稿\" sheetId=\"2\" state=\"hidden\"", secret)];
    let strings = ["户主", "隐藏列", "隐藏行", "张三丰", "隐藏表"];
    let more = [
        ("_rels/.rels", rels(&[("a", "officeDocument", "xl/workbook.xml")])),
        (
            "xl/pivotCache/pivotCacheDefinition1.xml",
            "<pivotCacheDefinition>缓存里的名字</pivotCacheDefinition>".to_owned(),
        ),
        (
            "xl/comments1.xml",
            "<comments><comment ref=\"A1\"><text><t>看不见的批注</t></text></comment></comments>".into(),
        ),
    ];
    typed(xlsx(&sheets, &strings, "", &more))
}

/// The relations of a made workbook with their kinds.
fn typed(bytes: Vec<u8>) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a container");
    let mut all = vec![];
    for n in 0..zip.len() {
        let (mut part, mut text) = (zip.by_index(n).expect("a part"), String::new());
        part.read_to_string(&mut text).expect("text");
        if part.name().expect("a name") == "xl/_rels/workbook.xml.rels" {
            text = text.replace("Target=\"worksheets", "Type=\"x/worksheet\" Target=\"worksheets").replace(
                "</Relationships>",
                "<Relationship Id=\"s\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/>\
                 <Relationship Id=\"t\" Type=\"x/styles\" Target=\"styles.xml\"/>\
                 <Relationship Id=\"p\" Type=\"x/pivotCacheDefinition\" \
                 Target=\"pivotCache/pivotCacheDefinition1.xml\"/>\
                 </Relationships>",
            );
        }
        all.push((part.name().expect("a name").into_owned(), text));
    }
    let all: Vec<(&str, &str)> = all.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    pack(&all)
}

#[test]
fn a_workbook_is_cleaned() {
    let (read, bytes) = cleaned("a.xlsx", &book());
    assert_eq!(seen(&read), "公示|户主|2|13800138000|张三丰");
    let all = unpacked(&bytes);
    for gone in ["隐藏列", "隐藏行", "隐藏表", "底稿", "缓存里的名字", "看不见的批注", "筛选值", "<f>"]
    {
        assert!(!holds(&all, gone), "{gone}");
    }
}

#[test]
fn a_presentation_is_cleaned() {
    let slide = |more: &str, text: &str| {
        format!("<p:sld{more}><p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp></p:sld>")
    };
    let list = "<p:presentation><p:sldIdLst><p:sldId id=\"1\" r:id=\"r1\"/><p:sldId id=\"2\" r:id=\"r2\"/>\
         </p:sldIdLst></p:presentation>";
    let bytes = pack(&[
        ("_rels/.rels", rels(&[("a", "officeDocument", "ppt/presentation.xml")])),
        ("ppt/presentation.xml", list.into()),
        (
            "ppt/_rels/presentation.xml.rels",
            rels(&[("r1", "slide", "slides/slide1.xml"), ("r2", "slide", "slides/slide2.xml")]),
        ),
        ("ppt/slides/slide1.xml", slide("", "看得见")),
        ("ppt/slides/slide2.xml", slide(" show=\"0\"", "不放映")),
        ("ppt/slides/_rels/slide1.xml.rels", rels(&[("n", "notesSlide", "../notesSlides/notesSlide1.xml")])),
        ("ppt/notesSlides/notesSlide1.xml", "<p:notes><a:p><a:r><a:t>只有讲的人看</a:t></a:r></a:p></p:notes>".into()),
    ]);
    let (read, made) = cleaned("a.pptx", &bytes);
    assert_eq!(seen(&read), "看得见");
    let all = unpacked(&made);
    assert!(!holds(&all, "不放映") && !holds(&all, "只有讲的人看") && !holds(&all, "r2"));
}

#[test]
fn an_ofd_is_cleaned_unless_it_is_sealed() {
    let annots =
        "<ofd:Annotations><ofd:Page PageID=\"0\"><ofd:FileLoc>Annot_0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>";
    let annot =
        "<ofd:PageAnnot><ofd:Annot Type=\"Highlight\"><ofd:Remark>再核对</ofd:Remark></ofd:Annot></ofd:PageAnnot>";
    let files = "<ofd:Attachments><ofd:Attachment Name=\"表\"><ofd:FileLoc>Attachs/a.bin</ofd:FileLoc>\
         </ofd:Attachment></ofd:Attachments>";
    let more = [
        ("Doc_0/Annots.xml", annots.to_owned()),
        ("Doc_0/Annot_0.xml", annot.to_owned()),
        ("Doc_0/Attachments.xml", files.to_owned()),
        ("Doc_0/Attachs/a.bin", "附表内容".to_owned()),
    ];
    let page = vec![vec![(20.0, 60.0, "正文。".to_owned())]];
    let (read, made) = cleaned("a.ofd", &ofd(&page, &more));
    assert_eq!(seen(&read), "正文。");
    let all = unpacked(&made);
    assert!(!holds(&all, "再核对") && !holds(&all, "附表内容") && !holds(&all, "经办人"));
    let sealed = [
        ("Doc_0/Attachments.xml", "<ofd:Attachments/>".to_owned()),
        ("Doc_0/S.xml", "<a><ofd:Signatures>S</ofd:Signatures></a>".to_owned()),
    ];
    let refused = |bytes: &[u8], order: &Order| copy("a.ofd", bytes, order).expect_err("refused").code;
    assert_eq!(refused(&ofd(&page, &sealed), &Order::default()), "copy-unfit");
    assert_eq!(refused(&ofd(&page, &[]), &order(&["正文"])), "copy-unfit");
}

#[test]
fn passages_go_from_every_place() {
    let body = format!(
        "<w:p><w:r><w:t>申请人张</w:t></w:r><w:r><w:b/><w:t>三丰，电话138</w:t></w:r><w:r><w:t>00138000。</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:p><w:r><w:drawing><wp:docPr descr=\"张三丰照片\"/>\
         </w:drawing></w:r></w:p>",
        wp("张三丰")
    );
    let links = "<Relationships>\
         <Relationship Id=\"l\" Type=\"x/hyperlink\" \
         TargetMode=\"External\" Target=\"mailto:张三丰\"/></Relationships>";
    let bytes = docx(&body, &[("word/_rels/document.xml.rels", links.into())]);
    let made = copy("a.docx", &bytes, &order(&["张三丰", "13800138000"])).expect("takes out");
    let mark = paper::marked(MARK);
    assert_eq!(made.taken, 3);
    assert_eq!(seen(&given("a.docx", &made.bytes)), format!("申请人{mark}，电话{mark}。|{mark}"));
    let all = unpacked(&made.bytes);
    assert!(!holds(&all, "张三丰") && !holds(&all, "三丰") && !holds(&all, "00138000"));

    let made = copy("a.xlsx", &book(), &order(&["张三丰", "13800138000"])).expect("takes out");
    assert_eq!(seen(&given("a.xlsx", &made.bytes)), format!("公示|户主|2|{mark}|{mark}"));
    assert!(!holds(&unpacked(&made.bytes), "13800138000"));

    let made = copy("a.csv", "\u{feff}户主,电话\n张三丰,1".as_bytes(), &order(&["张三丰"])).expect("takes out");
    assert_eq!(String::from_utf8(made.bytes).expect("text"), format!("\u{feff}户主,电话\n{mark},1"));
}

#[test]
fn what_cannot_be_done_is_refused() {
    let refused = |name: &str, bytes: &[u8], order: &Order| copy(name, bytes, order).expect_err("refused").code;
    let bytes = docx(&wp("申请人张三丰。"), &[]);
    assert_eq!(refused("a.docx", &bytes, &order(&["李四光"])), "copy-missing");
    assert_eq!(refused("a.docx", &bytes, &order(&["丰"])), "copy-short");
    assert_eq!(refused("a.docx", &bytes, &order(&["138"])), "copy-short");
    let area = Area { page: 1, left: 0.0, top: 0.0, width: 9.0, height: 9.0, mark: MARK.into() };
    assert_eq!(refused("a.docx", &bytes, &Order { passages: vec![], areas: vec![area] }), "copy-unfit");
    // Two paragraphs are no passage of one.
    let split = docx(&format!("{}{}", wp("张三"), wp("丰来了")), &[]);
    assert_eq!(refused("a.docx", &split, &order(&["张三丰"])), "copy-missing");
    let sheet =
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>甲</v></c><c r=\"B1\"><f>1+1</f></c></row></sheetData>";
    let unsaved = typed(xlsx(&[("name=\"甲\"", sheet)], &[], "", &[]));
    assert_eq!(refused("a.xlsx", &unsaved, &Order::default()), "copy-unfit");
    let video = docx(&wp("甲。"), &[("word/_rels/document.xml.rels", rels(&[("v", "video", "media/a.mp4")]))]);
    assert_eq!(refused("a.docx", &video, &Order::default()), "copy-unfit");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Whatever the paragraphs and however they are cut into runs: the passage is gone, the rest is there.
    #[test]
    fn any_passage_of_any_text_goes(
        runs in prop::collection::vec("[甲乙丙丁]{1,6}", 1..8), from in 0_usize..20, long in 2_usize..6,
    ) {
        let whole: Vec<char> = runs.concat().chars().collect();
        let from = from % whole.len();
        let passage: String = whole[from..(from + long).min(whole.len())].iter().collect();
        prop_assume!(passage.chars().count() >= 2);
        let body: String = runs.iter().map(|run| format!("<w:r><w:t>{run}</w:t></w:r>")).collect();
        let bytes = docx(&format!("<w:p>{body}</w:p>"), &[]);
        let made = copy("a.docx", &bytes, &order(&[&passage])).expect("takes out");
        let read = given("a.docx", &made.bytes);
        prop_assert_eq!(seen(&read), runs.concat().replace(&passage, &paper::marked(MARK)));
    }
}
