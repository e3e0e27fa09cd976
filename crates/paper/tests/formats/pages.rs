//! PDF and OFD: pages of placed words.

use super::make::{ofd, pdf};
use super::{given, hidden, p, words};
use lopdf::dictionary;
use paper::{HiddenKind, Spot};

#[test]
fn pdf_tells_scans_notes_and_properties() {
    let page = vec![(150.0, 560.0, "关于某事的通知"), (80.0, 500.0, "正文。")];
    let bytes = pdf(&[page, vec![]], |document| {
        let note = dictionary! {
            "Type" => "Annot", "Subtype" => "Text", "Contents" => lopdf::text_string("再核对"),
        };
        let stamp = dictionary! {
            "Type" => "Annot", "Subtype" => "Stamp", "Contents" => lopdf::text_string("作废"),
        };
        let first = document.page_iter().next().expect("a page");
        let all: Vec<lopdf::Object> = vec![note.into(), stamp.into()];
        document.get_dictionary_mut(first).expect("a page").set("Annots", all);
        let info = document.add_object(dictionary! { "Author" => lopdf::text_string("经办人") });
        document.trailer.set("Info", info);
        document.add_object(dictionary! {
            "Type" => "Filespec", "UF" => lopdf::text_string("附表.xlsx"), "EF" => dictionary! {},
        });
    });
    let found = given("a.pdf", &bytes);
    assert_eq!((found.title.as_deref(), &found.blocks[..]), (Some("关于某事的通知"), &[p("正文。")][..]));
    assert_eq!(found.unread, ["第 2 页是扫描图像"]);
    let expected = [
        (HiddenKind::Embedded, "", "附表.xlsx"),
        (HiddenKind::Property, "作者", "经办人"),
        (HiddenKind::Comment, "第 1 页", "再核对"),
    ];
    assert_eq!(hidden(&found), expected);
    assert_eq!(words(&found, &Spot::Stamp), ["作废"]);
    let scan = given("scan.pdf", &pdf(&[vec![]], |_| {}));
    assert_eq!((scan.blocks.len(), scan.unread), (0, vec!["第 1 页是扫描图像".to_owned()]));
}

#[test]
fn ofd_tells_scans_notes_and_attachments() {
    let annots =
        "<ofd:Annotations><ofd:Page PageID=\"0\"><ofd:FileLoc>Annot_0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>";
    let annot = "<ofd:PageAnnot><ofd:Annot Type=\"Stamp\"><ofd:Appearance>\
        <ofd:TextObject Boundary=\"0 0 9 9\" Size=\"5\">\
        <ofd:TextCode X=\"0\" Y=\"5\">骑缝章</ofd:TextCode></ofd:TextObject></ofd:Appearance></ofd:Annot>\
        <ofd:Annot Type=\"Highlight\"><ofd:Remark>再核对</ofd:Remark></ofd:Annot></ofd:PageAnnot>";
    let attachments = "<ofd:Attachments><ofd:Attachment Name=\"附表.xlsx\"/></ofd:Attachments>";
    let more = [
        ("Doc_0/Annots.xml", annots.to_owned()),
        ("Doc_0/Annot_0.xml", annot.to_owned()),
        ("Doc_0/Attachments.xml", attachments.to_owned()),
    ];
    let found =
        given("a.ofd", &ofd(&[vec![(100.0, 20.0, "通知".into()), (20.0, 60.0, "正文。".into())], vec![]], &more));
    assert_eq!(found.unread, ["第 2 页是扫描图像"]);
    let expected = [
        (HiddenKind::Property, "作者", "经办人"),
        (HiddenKind::Comment, "", "再核对"),
        (HiddenKind::Embedded, "", "附表.xlsx"),
    ];
    assert_eq!(hidden(&found), expected);
    assert_eq!(words(&found, &Spot::Stamp), ["骑缝章"]);
}
