//! Names of natural persons where they should be hidden: parties to a penalty, people on an aid list, and the full
//! name in a text whose title hides it.

use crate::cue::Sentence;
use crate::fold::Folded;
use crate::hunt::Hunt;
use crate::name::{hidden, is_name};
use crate::place::Place;
use crate::{Finding, Rule};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) const PARTIES: &[&str] = &[
    "当事人",
    "被处罚人",
    "违法行为人",
    "被执行人",
    "申请人",
    "被申请人",
    "受害人",
    "经营者",
    "姓名",
    "户主",
    "户主姓名",
    "受助人",
    "救助对象",
    "补助对象",
    "领款人",
    "受益人",
    "申请人姓名",
    "享受人",
    "被征收人",
    "农户姓名",
];
pub(crate) const LISTS: &[&str] = &["名单", "花名册", "公示表", "明细表", "发放表", "登记表"];
/// Names of an open list that are reported one by one; the rest is one list.
const NAMED: &[&str] = &["当事人", "被处罚人", "违法行为人", "被执行人"];

static PENALTY: LazyLock<Regex> = LazyLock::new(|| pattern("行政处罚|处罚决定|罚款|罚没|没收|强制执行|不予处罚"));
static AID: LazyLock<Regex> = LazyLock::new(|| {
    pattern("补贴|补助|救助|低保|五保|特困|贫困|扶贫|脱贫|慰问|资助|助学|抚恤|优抚|危房改造|困难|养老金|生育")
});
static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| pattern("[、，,; 　]+"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// Names found on the way, judged when the whole paper is known.
#[derive(Default)]
pub(crate) struct Leak {
    /// Piece, byte range, label.
    parties: Vec<(usize, Range<usize>, String)>,
    lists: Vec<Vec<(usize, Range<usize>)>>,
}

impl Leak {
    /// The full name behind a label, or the cells under it.
    pub fn party(&mut self, hunt: &Hunt, sentence: &Sentence, at: Range<usize>) {
        let (text, piece) = (sentence.text(), sentence.piece);
        let label = text[at.clone()].to_owned();
        match sentence.name_at(at.end) {
            Some(name) => self.parties.push((piece, sentence.source(name), label)),
            None if text[at.end..].trim_matches([':', ' ']).is_empty() => self.cells(hunt, piece, label),
            None => {}
        }
    }

    fn cells(&mut self, hunt: &Hunt, head: usize, label: String) {
        let name = |cell: &usize| {
            let folded = Folded::new(hunt.text(*cell));
            is_name(&folded.text).then(|| (*cell, folded.source(0..folded.text.len())))
        };
        let below: Vec<_> = hunt.labels.tables.below(head).iter().filter_map(name).collect();
        match hunt.labels.tables.right(head).as_ref().and_then(name) {
            Some((cell, span)) => self.parties.push((cell, span, label)),
            None if !below.is_empty() => self.lists.push(below),
            None => {}
        }
    }

    /// 名单：张三、李四、王五 — two names at least.
    pub fn list(&mut self, _: &Hunt, sentence: &Sentence, at: Range<usize>) {
        let rest = &sentence.text()[at.end..];
        let open = rest.trim_start_matches(['如', '下', ' ', ':', '(', ')']);
        let mut names = Vec::new();
        for word in SEPARATOR.split(open) {
            if is_name(word) {
                let offset = word.as_ptr() as usize - sentence.text().as_ptr() as usize;
                names.push((sentence.piece, sentence.source(offset..offset + word.len())));
            }
        }
        if names.len() > 1 && open.len() < rest.len() {
            self.lists.push(names);
        }
    }

    /// What of it the paper gives a reason to report.
    pub fn finish(mut self, hunt: &mut Hunt) {
        let title = title(hunt);
        let allowed = |hunt: &Hunt, piece: usize, span: &Range<usize>| {
            hunt.settings.public_names.contains(hunt.text(piece)[span.clone()].trim())
        };
        self.parties.retain(|(piece, span, _)| !allowed(hunt, *piece, span));
        self.lists.iter_mut().for_each(|list| list.retain(|(piece, span)| !allowed(hunt, *piece, span)));
        let surnames = hidden(&title);
        let penalty = !self.parties.is_empty() && said(hunt, &PENALTY);
        for (piece, span, label) in self.parties {
            let name = hunt.text(piece)[span.clone()].to_owned();
            if surnames.iter().any(|surname| name.starts_with(surname.as_str())) {
                note(hunt, Rule::Unmasked, vec![(piece, span)]);
            } else if penalty && NAMED.contains(&label.as_str()) {
                note(hunt, Rule::NamedPerson, vec![(piece, span)]);
            }
        }
        let aid = self.lists.iter().any(|list| !list.is_empty()) && said(hunt, &AID);
        for list in self.lists.into_iter().filter(|list| aid && !list.is_empty()) {
            note(hunt, Rule::NamedPerson, list);
        }
    }
}

/// The title, or the first line of the text.
fn title(hunt: &Hunt) -> String {
    let pieces = hunt.pieces();
    let titled = pieces.iter().find(|p| p.place == Place::Title);
    let first = || pieces.iter().find(|p| !p.text.trim().is_empty());
    let text = titled.or_else(first).map_or("", |p| p.text);
    Folded::new(text.trim_start().lines().next().unwrap_or_default()).text
}

fn said(hunt: &Hunt, pattern: &Regex) -> bool {
    hunt.pieces().iter().any(|piece| pattern.is_match(piece.text))
}

fn note(hunt: &mut Hunt, rule: Rule, spots: Vec<(usize, Range<usize>)>) {
    let (piece, span) = spots[0].clone();
    let name = hunt.text(piece)[span].to_owned();
    let masked = format!("{}某", name.chars().take(1).collect::<String>());
    let says = match rule {
        Rule::Unmasked => "标题已经隐去这个名字，正文却写了全名。请改成与标题一致的写法。".to_owned(),
        _ if spots.len() > 1 => {
            format!("名单列有{}个自然人的姓名。请核对是否依法应当公开，不应公开的请隐去。", spots.len())
        }
        _ => "疑似行政处罚当事人（自然人）的姓名。请隐去名字；依法应当公开的，请写明依据。".to_owned(),
    };
    let finding = Finding::new(hunt.pieces(), rule, &spots, &name);
    let finding = finding.excerpt(masked.clone()).says(says);
    hunt.add(piece, if spots.len() == 1 { finding.suggest(masked) } else { finding });
}
