//! A public text as PDF, for keeping and printing: every block of it, and where it was taken from.

use super::Press;
use kernel::{Block, Day, Refusal};
use serde::Serialize;

const TEMPLATE: &str = include_str!("text.typ");

/// A text that anybody may have.
#[derive(Clone, PartialEq, Debug)]
pub struct Text<'a> {
    pub organ: &'a str,
    pub title: &'a str,
    /// Name and value of what stands under the title.
    pub facts: Vec<(String, String)>,
    pub blocks: &'a [Block],
    /// The day of this version: the document's own date.
    pub made: Day,
    /// The lines below the text.
    pub foot: Vec<String>,
}

/// What the template reads.
#[derive(Serialize)]
struct Data<'a> {
    organ: &'a str,
    title: &'a str,
    facts: &'a [(String, String)],
    blocks: &'a [Block],
    foot: &'a [String],
    year: i16,
    month: i8,
    day: i8,
}

impl Press {
    /// A text as PDF.
    ///
    /// # Errors
    /// As [`Press::letter`].
    pub fn text(&self, text: &Text) -> Result<Vec<u8>, Refusal> {
        let (year, month, day) = text.made.ymd();
        let Text { organ, title, facts, blocks, foot, .. } = text;
        let data = Data { organ, title, facts, blocks, foot, year, month, day };
        self.set("/text.typ", TEMPLATE, &data, &format!("{title}{}", foot.concat()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::words;
    use super::*;
    use kernel::notation;

    #[test]
    fn a_text_keeps_every_word_of_every_block() {
        let body = "第一段，#read(\"x\") 照写。\n# 一、标题\n- 甲项\n- 乙项\n1. 子\n2. 丑\n表：一张表\n| # 名称 | # 数 |\n|---|---|\n\
                    | 鮰鱼 | 300㎡ |\n| 合并 | < |\n![一张图](a.png)\n>> 某局\n>>> 2026年3月2日\n【编者注】有误";
        let blocks = notation::parse(body);
        let text = Text {
            organ: "某局",
            title: "关于某事的通知",
            facts: vec![("索引号".into(), "430200001/2026-00001".into())],
            blocks: &blocks,
            made: Day::parse("2026-03-02").expect("a day"),
            foot: vec!["取自 https://example.invalid/records/1".into()],
        };
        let press = Press::open(None).expect("package fonts-noto-cjk is installed");
        let pdf = press.text(&text).expect("a document");
        assert_eq!(pdf, press.text(&text).expect("a document"), "the same facts give the same bytes");
        let read = words(&pdf);
        for word in [
            "关于某事的通知",
            "430200001/2026-00001",
            "#read",
            "一、标题",
            "甲项",
            "子",
            "一张表",
            "名称",
            "鮰鱼",
            "300㎡",
            "合并",
            "一张图",
            "某局",
            "2026年3月2日",
            "【编者注】有误",
            "example.invalid",
        ] {
            assert!(read.contains(word), "{word} in {read}");
        }
        assert!(String::from_utf8_lossy(&pdf).contains("/StructTreeRoot"));
        if let Ok(folder) = std::env::var("MINGTANG_PAPERS") {
            std::fs::write(std::path::Path::new(&folder).join("text.pdf"), &pdf).expect("a folder to look at");
        }
    }
}
