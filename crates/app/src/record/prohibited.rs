//! What this body may not publish itself (`law/prohibitions.toml`), found in a paper when it is submitted. Pure. Found
//! words are a finding like the scanner's: the gate waits until the reviewer of secrecy has settled it.

use super::model::Typed;
use super::rules;
use kernel::{Block, Hash};
use law::Law;
use scan::{Part, Place};

/// Characters of a finding's excerpt.
const EXCERPT: usize = 60;

/// A place of a paper that gives away what others alone may publish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// `prohibited.EPIDEMIC`: no rule of the scanner's, so only the reviewer of secrecy may keep it.
    pub rule: String,
    pub place: String,
    pub excerpt: String,
    /// The rule, who may publish it, what to do, the article.
    pub says: String,
}

impl Found {
    pub fn key(&self) -> Hash {
        Hash::of(format!("{}\n{}\n{}", self.rule, self.place, self.excerpt).as_bytes())
    }
}

/// A file that is plain text, by its name.
pub type Text = (String, String);

/// Every such place of title, fields and body, and of the attachments that are plain text.
pub fn find(law: &Law, title: &str, fields: &Typed, body: &[Block], files: &[Text]) -> Vec<Found> {
    let mut found = hits(law, &paper_lines(title, fields, body));
    for (name, text) in files {
        let place = |block| {
            let part = Part::Text { section: 0, block, cell: None };
            Place::Attachment { name: name.as_str().into(), part }.to_string()
        };
        let lines: Vec<Line> = text.lines().enumerate().map(|(n, line)| (place(n), line.to_owned())).collect();
        found.extend(hits(law, &lines));
    }
    found
}

/// Where a line stands, and its words.
type Line = (String, String);

/// A paper as lines. A field carries its name, because an exception may ask for `来源：农业农村部`; the cells of a row
/// stand side by side, because that is how a reader takes them.
fn paper_lines(title: &str, fields: &Typed, body: &[Block]) -> Vec<Line> {
    let heads = rules::pieces(title, fields, &[]).into_iter().map(|piece| match piece.place {
        Place::Field(name) => (piece.place.to_string(), format!("{name}：{}", piece.text)),
        _ => (piece.place.to_string(), piece.text.to_string()),
    });
    heads.chain(body.iter().enumerate().flat_map(|(n, block)| block_lines(n, block))).collect()
}

fn block_lines(n: usize, block: &Block) -> Vec<Line> {
    let place = Place::body(n).to_string();
    let Block::Table { caption, rows } = block else {
        let texts = kernel::block::pieces(std::slice::from_ref(block));
        return texts.map(|(_, _, text)| (place.clone(), text.to_owned())).collect();
    };
    let row = |(r, row): (usize, &kernel::block::Row)| {
        let cells: Vec<&str> = row.cells.iter().map(|c| c.text.trim()).filter(|t| !t.is_empty()).collect();
        (Place::body_cell(n, r, 0).to_string(), cells.join("，"))
    };
    std::iter::once((place.clone(), caption.clone())).chain(rows.iter().enumerate().map(row)).collect()
}

/// The hits of the lines taken as one text, each at the line in which it begins.
fn hits(law: &Law, lines: &[Line]) -> Vec<Found> {
    let (mut whole, mut starts) = (String::new(), vec![]);
    for (_, line) in lines {
        starts.push(whole.len());
        whole.push_str(&line.replace('\n', " "));
        whole.push('\n');
    }
    let found = |hit: law::Hit| {
        let at = starts.partition_point(|start| *start <= hit.range.start).saturating_sub(1);
        Found {
            rule: format!("prohibited.{}", hit.entry.code),
            place: lines[at].0.clone(),
            excerpt: shortened(&whole[hit.range.clone()]),
            says: hit.zh(),
        }
    };
    law.prohibitions.hits(&whole).into_iter().map(found).collect()
}

fn shortened(text: &str) -> String {
    let mut out: String = text.chars().take(EXCERPT).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::notation;

    #[test]
    fn a_paper_is_searched_in_all_its_parts() {
        let outbreak = "6月3日，攸县某养殖场确诊非洲猪瘟疫情。";
        let lesson = "培训班讲解非洲猪瘟防控知识：如发现疑似症状，应当立即报告。";
        let table = "|养殖场|结果|\n|---|---|\n|攸县某养殖场|6月3日确诊非洲猪瘟|";
        let cases: &[(&str, &str, &str, &str, &[&str])] = &[
            ("关于放假的通知", "", "放假三天。", "", &[]),
            ("非洲猪瘟防控培训", "", lesson, "", &[]),
            ("情况通报", "", outbreak, "", &["正文"]),
            ("情况通报", outbreak, "见附件。", "", &["“内容概述”一栏"]),
            ("攸县确诊非洲猪瘟疫情", "", "见附件。", "", &["标题"]),
            ("情况通报", "", "见附件。", outbreak, &["附件“名单.txt”"]),
            ("情况通报", "", table, "", &["正文"]),
            ("转载", "", &format!("据农业农村部新闻办公室消息，{outbreak}"), "", &[]),
        ];
        for (title, summary, text, file, places) in cases {
            let fields = Typed::from([("summary".to_owned(), (*summary).to_owned())]);
            let files = [("名单.txt".to_owned(), (*file).to_owned())];
            let found = find(Law::built_in(), title, &fields, &notation::parse(text), &files);
            let at: Vec<&str> = found.iter().map(|f| f.place.as_str()).collect();
            let same = at.len() == places.len() && at.iter().zip(*places).all(|(at, place)| at.starts_with(place));
            assert!(same, "{title} {text}: {found:#?}");
            assert!(found.iter().all(|f| f.rule == "prohibited.EPIDEMIC" && f.says.contains('《')), "{found:#?}");
        }
    }

    #[test]
    fn the_source_excuses_a_reprint_that_is_named_as_such() {
        let body = notation::parse("6月3日，攸县某养殖场确诊非洲猪瘟疫情。");
        let fields = |source: &str| Typed::from([("source".to_owned(), source.to_owned())]);
        assert_eq!(find(Law::built_in(), "通报", &fields("本局"), &body, &[]).len(), 1);
        assert_eq!(find(Law::built_in(), "通报", &fields("农业农村部"), &body, &[]).len(), 0);
    }

    #[test]
    fn an_excerpt_is_cut_between_characters() {
        assert_eq!(shortened("短"), "短");
        assert_eq!(shortened(&"长".repeat(61)).chars().count(), EXCERPT + 1);
    }
}
