//! Copies of PDF: letters gone from the streams, pixels from the pictures, remarks and older versions from the file.

use super::copies::{holds, order};
use super::given;
use super::make::{pdf, plan_pdf};
use lopdf::{Document, Object, Stream, dictionary};
use paper::{Area, Order, copy};
use proptest::prelude::*;

/// Every stream of a PDF unpacked, one after another, and every string.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let document = Document::load_mem(bytes).expect("a PDF");
    let mut all = vec![];
    for object in document.objects.values() {
        match object {
            Object::Stream(stream) => all.extend(stream.get_plain_content().unwrap_or_default()),
            other => all.extend(format!("{other:?}").into_bytes()),
        }
    }
    all
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// The codes of a string as they stand in a stream: in hexadecimal.
fn coded(text: &str) -> String {
    utf16(text).iter().map(|b| format!("{b:02X}")).collect()
}

fn area(page: usize, left: f64, top: f64, width: f64, height: f64) -> Order {
    let area = Area { page, left, top, width, height, mark: "依据第十五条，个人隐私".into() };
    Order { passages: vec![], areas: vec![area] }
}

#[test]
fn a_pdf_is_cleaned() {
    let page = vec![(80.0, 500.0, "正文。")];
    let bytes = pdf(&[page], |document| {
        let note = dictionary! { "Type" => "Annot", "Subtype" => "Text", "Contents" => lopdf::text_string("再核对") };
        let line = dictionary! {
            "Type" => "Annot", "Subtype" => "Highlight", "Contents" => lopdf::text_string("此处存疑"),
            "T" => lopdf::text_string("审稿人"),
        };
        let first = document.page_iter().next().expect("a page");
        let all: Vec<Object> = vec![note.into(), line.into()];
        document.get_dictionary_mut(first).expect("a page").set("Annots", all);
        let info = document.add_object(dictionary! { "Author" => lopdf::text_string("经办人") });
        document.trailer.set("Info", info);
        let told = document.add_object(Stream::new(dictionary! { "Type" => "Metadata" }, "<x>拟稿处</x>".into()));
        document.catalog_mut().expect("a catalog").set("Metadata", told);
    });
    assert_eq!(given("a.pdf", &bytes).hidden.len(), 3);
    // An older version of the file stands before the new one.
    let made = copy("a.pdf", &bytes, &Order::default()).expect("cleans");
    let read = given("a.pdf", &made.bytes);
    assert_eq!((read.hidden.len(), made.cleaned.len(), made.taken), (0, 3, 0));
    assert_eq!(read.blocks, given("a.pdf", &bytes).blocks);
    let all = unpacked(&made.bytes);
    for gone in ["再核对", "此处存疑", "审稿人", "经办人", "拟稿处"] {
        assert!(!holds(&all, gone) && !holds(&all, &format!("{:?}", utf16(gone))), "{gone}");
    }
}

#[test]
fn older_versions_of_a_pdf_are_gone() {
    let first = pdf(&[vec![(80.0, 500.0, "申请人张三丰。")]], |_| {});
    let document = Document::load_mem(&first).expect("a PDF");
    let page = document.page_iter().next().expect("a page");
    let content = document.get_page_contents(page)[0];
    let mut newer = lopdf::IncrementalDocument::create_from(first.clone(), document);
    newer.opt_clone_object_to_new_document(content).expect("clones");
    let words = format!("BT /F1 10 Tf 80 500 Td <{}> Tj ET", coded("申请人已定。"));
    newer.new_document.set_object(content, Stream::new(dictionary! {}, words.into_bytes()));
    let mut bytes = vec![];
    newer.save_to(&mut bytes).expect("saves");
    assert!(bytes.starts_with(&first));
    let made = copy("a.pdf", &bytes, &Order::default()).expect("cleans");
    assert!(given("a.pdf", &made.bytes).text().contains("申请人已定"));
    assert!(!holds(&unpacked(&made.bytes), &coded("张三丰")));
}

#[test]
fn words_go_from_the_streams_and_marks_stand_there() {
    let page = vec![(40.0, 500.0, "申请人张三"), (40.0, 484.0, "丰，电话13800138000。"), (40.0, 468.0, "其余照旧。")];
    let bytes = pdf(&[page, vec![(40.0, 500.0, "张三丰签收")]], |_| {});
    let made = copy("a.pdf", &bytes, &order(&["张三丰", "13800138000"])).expect("takes out");
    assert_eq!(made.taken, 3);
    let text = given("a.pdf", &made.bytes).text();
    for there in ["申请人", "，电话", "其余照旧。", "签收", "依据第十五条，个人隐私"] {
        assert!(text.contains(there), "{there} in {text}");
    }
    let all = unpacked(&made.bytes);
    for gone in ["张三", "三丰", "13800", "38000"] {
        assert!(!text.contains(gone) && !holds(&all, &coded(gone)), "{gone}");
    }
    assert_eq!(copy("a.pdf", &bytes, &order(&["李四光"])).expect_err("refused").code, "copy-missing");
}

#[test]
fn a_place_takes_letters_and_pixels() {
    let bytes = pdf(&[vec![(40.0, 500.0, "留下"), (200.0, 500.0, "去掉")]], |document| {
        let image = Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => 40, "Height" => 40, "ColorSpace" => "DeviceGray",
                "BitsPerComponent" => 8,
            },
            vec![200; 1600],
        );
        let image = document.add_object(image);
        let page = document.page_iter().next().expect("a page");
        let resources = document.get_dictionary_mut(page).expect("a page").get_mut(b"Resources").expect("resources");
        let forms = dictionary! { "I2" => image };
        resources.as_dict_mut().expect("resources").set("XObject", forms);
        document.add_page_contents(page, b"q 400 0 0 400 0 200 cm /I2 Do Q".to_vec()).expect("adds");
    });
    // The page is 400 by 600 points; 200 points from the left are 70.6 mm, 90 to 105 from the top 31.8 to 37 mm.
    let made = copy("a.pdf", &bytes, &area(1, 70.0, 31.0, 10.0, 6.0)).expect("takes out");
    let text = given("a.pdf", &made.bytes).text();
    assert!(text.contains("留下") && !text.contains("去掉") && text.contains("个人隐私"), "{text}");
    let document = Document::load_mem(&made.bytes).expect("a PDF");
    let pixels = document.objects.values().find_map(|object| match object {
        Object::Stream(stream) if stream.dict.has(b"Width") && stream.dict.get(b"Width").ok()?.as_i64().ok()? == 40 => {
            stream.get_plain_content().ok()
        }
        _ => None,
    });
    let pixels = pixels.expect("the picture");
    let black = pixels.iter().filter(|p| **p == 0).count();
    assert!((6..=40).contains(&black) && pixels.iter().filter(|p| **p == 200).count() == 1600 - black, "{black}");
    for wrong in [area(9, 1.0, 1.0, 5.0, 5.0), area(1, 900.0, 1.0, 5.0, 5.0)] {
        assert_eq!(copy("a.pdf", &bytes, &wrong).expect_err("refused").code, "copy-missing");
    }
}

#[test]
fn what_cannot_be_proved_is_refused() {
    // Numbers of glyphs, and nobody says of which letters.
    let bytes = pdf(&[vec![(40.0, 500.0, "张三丰")], vec![(40.0, 500.0, "正文")]], |document| {
        let page = document.page_iter().next().expect("a page");
        let font =
            dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "X", "Encoding" => "Identity-H" };
        let resources = document.get_dictionary_mut(page).expect("a page").get_mut(b"Resources").expect("resources");
        resources.as_dict_mut().expect("resources").set("Font", dictionary! { "F1" => font });
    });
    assert_eq!(copy("a.pdf", &bytes, &order(&["正文"])).expect_err("refused").code, "copy-unfit");
    assert!(copy("a.pdf", &bytes, &Order::default()).is_ok());
    let video = pdf(&[vec![(40.0, 500.0, "正文")]], |document| {
        let page = document.page_iter().next().expect("a page");
        let all: Vec<Object> = vec![dictionary! { "Type" => "Annot", "Subtype" => "RichMedia" }.into()];
        document.get_dictionary_mut(page).expect("a page").set("Annots", all);
    });
    assert_eq!(copy("a.pdf", &video, &Order::default()).expect_err("refused").code, "copy-unfit");
}

/// What stood on both sides of a passage may read like the passage: something must stand between.
#[test]
fn what_is_left_does_not_close_up() {
    let bytes = pdf(&[vec![(40.0, 500.0, "丁丙丙丁丁")]], |_| {});
    let made = copy("a.pdf", &bytes, &order(&["丙丁"])).expect("takes out");
    let text = given("a.pdf", &made.bytes).text();
    assert!(text.contains("丁丙■ 丁"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Whatever the lines: the passage is gone from every stream, and the other letters are drawn as before.
    #[test]
    fn any_passage_of_any_page_goes(
        lines in prop::collection::vec("[甲乙丙丁]{1,9}", 1..6), from in 0_usize..9, long in 2_usize..5,
    ) {
        let line: Vec<char> = lines[0].chars().collect();
        let from = from % line.len();
        let passage: String = line[from..(from + long).min(line.len())].iter().collect();
        prop_assume!(passage.chars().count() >= 2);
        let words = lines.iter().enumerate().map(|(n, text)| (40.0, 500.0 - 30.0 * n as f64, text.as_str())).collect();
        let bytes = pdf(&[words], |_| {});
        let made = copy("a.pdf", &bytes, &order(&[&passage])).expect("takes out");
        prop_assert!(!holds(&unpacked(&made.bytes), &coded(&passage)));
        let letters = |bytes: &[u8]| given("a.pdf", bytes).text().chars().filter(|c| "甲乙丙丁".contains(*c)).count();
        let gone = lines.concat().matches(&passage).count() * passage.chars().count();
        prop_assert_eq!(letters(&made.bytes), lines.concat().chars().count() - gone);
    }
}

#[test]
fn the_plan_is_taken_apart_and_put_together() {
    let made = copy("plan.pdf", &plan_pdf(), &order(&["株洲市"])).expect("takes out");
    assert!(made.taken > 1 && !given("plan.pdf", &made.bytes).text().contains("株洲市"));
}
