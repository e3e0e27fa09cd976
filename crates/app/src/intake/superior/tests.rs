//! The rules of superior documents as tables.

use super::rules::{Came, stops};
use scan::{Part, Piece, Place};

fn came(number: &str, address: &str, text: &str) -> Came {
    let (title, issuer) = ("关于做好防疫工作的通知".to_owned(), "省农业农村厅".to_owned());
    Came { guid: String::new(), title, number: number.into(), issuer, address: address.into(), text: text.into() }
}

#[test]
fn a_public_source_or_the_note_lets_it_pass_and_a_mark_stops_it() {
    const WEB: &str = "https://nyt.example/1";
    for (number, address, text, code) in [
        ("湘农发〔2026〕31号", WEB, "正文。", ""),
        ("湘农发〔2026〕31号", "", "正文。\n\n（此件公开发布）", ""),
        ("湘农发〔2026〕31号", "", "正文。\n\n（此件公 开 发布）", ""),
        ("湘农发〔2026〕31号", "", "正文。", "no-source"),
        ("湘农发〔2026〕31号", WEB, "正文。\n\n（此件不公开）", "not_public"),
        ("湘农发〔2026〕31号", WEB, "正文。\n\n（此件依申请公开）", "not_public"),
        ("湘农发〔2026〕31号", WEB, "内部资料 注意保存\n\n正文。", "internal"),
        ("株办发〔2026〕5号", WEB, "正文。", "party"),
        ("", WEB, "株办发〔2026〕5号\n\n正文。", "party"),
    ] {
        let codes: Vec<String> = stops(&came(number, address, text), (&[], &[])).into_iter().map(|s| s.code).collect();
        let found = codes.first().map_or("", String::as_str);
        assert!(if code.is_empty() { found.is_empty() } else { found.contains(code) }, "{number} {text}: {codes:?}");
    }
}

#[test]
fn what_a_file_hides_and_what_no_machine_reads_stop_it_too() {
    let open = came("湘农发〔2026〕31号", "https://nyt.example/1", "正文。");
    let hidden = Place::Attachment { name: "通知.docx".into(), part: Part::Hidden };
    let codes = |pieces: &[Piece], unread: &[String]| -> Vec<String> {
        stops(&open, (pieces, unread)).into_iter().map(|s| s.code).collect()
    };
    assert_eq!(codes(&[], &[]), [""; 0]);
    let found = codes(&[Piece::new(hidden, "此件不公开")], &[]);
    assert!(found.len() == 1 && found[0].contains("not_public"), "{found:?}");
    assert_eq!(codes(&[], &["第 1 页是图片".to_owned()]), ["unread"]);
}

#[test]
fn a_document_is_named_by_its_feed_its_address_or_number_and_issuer() {
    let one = came("湘农发〔2026〕31号", "https://nyt.example/1", "正文。");
    let spaced = Came { number: "湘农发 〔2026〕31号".into(), address: String::new(), ..one.clone() };
    assert_eq!(one.named(), spaced.named());
    assert_eq!(Came { number: String::new(), ..one.clone() }.named(), "", "half a name is none");
    let fed = Came { guid: "tag:1".into(), ..one.clone() };
    let moved = Came { address: "https://nyt.example/2".into(), ..fed.clone() };
    assert_eq!(fed.id("b"), moved.id("b"), "the feed's own id stays");
    assert_ne!(fed.id("b"), fed.id("c"), "of a body each");
    assert_ne!(one.id("b"), Came { address: "https://nyt.example/2".into(), ..one.clone() }.id("b"));
}
