//! What the scanner finds in a draft: in its text and fields, and in its attachments as far as a machine reads them.

use super::file;
use super::mend::Spot;
use super::model::Typed;
use super::prohibited::{self, Found as Barred};
use super::rules;
use super::source;
use super::table::{draft_file, finding, record, revision};
use crate::account::desk::Desk;
use crate::ui::Severity;
use ::store::{Act, Error};
use kernel::{Block, Day, Hash, Instant};
use law::Law;
use paper::{HiddenKind, Imported};
use scan::{Piece, Place};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Set};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

::store::table! {
    kept = "kept" { id: String, record: String, key: String, reason: String, staff: String, at: i64 }
}

/// Hidden places of a file that its finding names.
const HIDDEN_SHOWN: usize = 3;

/// A finding of a draft, numbered as it is shown: the gravest first.
#[derive(Clone, Debug)]
pub struct Found {
    pub no: usize,
    pub key: String,
    /// The id of its rule.
    pub rule: String,
    pub severity: Severity,
    pub place: String,
    pub excerpt: String,
    pub says: String,
    /// Where it stands in the draft; `None` in attachments, and where a person has to look for it.
    pub at: Option<(Place, Range<usize>)>,
    pub rest: Vec<(Place, Range<usize>)>,
    /// The words as they stand; what may stand in their place.
    pub was: String,
    pub suggestion: String,
    /// The author may keep it, with a reason; what is graver is for the reviewer of secrecy.
    pub author_may: bool,
    /// Why it was kept.
    pub kept: Option<String>,
}

impl Found {
    /// It waits for somebody.
    pub fn is_open(&self) -> bool {
        self.kept.is_none() && self.severity != Severity::Word
    }

    /// Other words may be put in its place: it stands in one stretch of the draft.
    pub fn may_replace(&self) -> bool {
        self.at.is_some() && self.rest.is_empty()
    }
}

fn severity(of: scan::Severity) -> Severity {
    match of {
        scan::Severity::Block => Severity::Block,
        scan::Severity::Warn => Severity::Warn,
        scan::Severity::Text => Severity::Word,
    }
}

/// What a finding of this rule and severity leaves to the author (条例 17: the reviewer decides on the rest).
pub fn author_may(rule: Option<scan::Rule>, severity: &str) -> bool {
    severity != "block" && rule.is_some_and(|r| !r.info().stops)
}

/// All findings of a draft's words and fields, then of its attachments, by the body's settings of a day.
pub fn find(
    law: &Law,
    today: Day,
    title: &str,
    typed: &Typed,
    blocks: &[Block],
    read: &[(String, Imported)],
    kept: &BTreeMap<String, String>,
) -> Vec<Found> {
    let (pieces, settings) = (rules::pieces(title, typed, blocks), law.scanner.on(today));
    let words = |place: &Place, span: &Range<usize>| {
        pieces
            .iter()
            .filter(|p| p.place == *place)
            .find_map(|p| p.text.get(span.clone()))
            .unwrap_or_default()
            .to_owned()
    };
    let own = scan::scan_with(&pieces, &settings).into_iter().map(|f| Found {
        was: words(&f.place, &f.span),
        at: Some((f.place.clone(), f.span.clone())),
        rest: f.rest.iter().map(|s| (s.place.clone(), s.span.clone())).collect(),
        ..of(f)
    });
    let images = wordless(blocks, &settings).into_iter().map(of);
    let in_files = in_files(read, &settings).into_iter().map(of);
    let texts: Vec<(String, String)> = read.iter().map(|(name, read)| (name.clone(), read.text())).collect();
    let barred = prohibited::find(law, title, typed, blocks, &texts).into_iter().chain(hidden(read)).map(|f| Found {
        no: 0,
        key: f.key().to_string(),
        rule: f.rule.clone(),
        severity: Severity::Warn,
        place: f.place,
        excerpt: f.excerpt,
        says: f.says,
        at: None,
        rest: vec![],
        was: String::new(),
        suggestion: String::new(),
        author_may: false,
        kept: None,
    });
    let mut all: Vec<Found> = own.chain(images).chain(in_files).chain(barred).collect();
    all.sort_by_key(|f| f.severity);
    for (n, found) in all.iter_mut().enumerate() {
        found.no = n + 1;
        found.kept = kept.get(&found.key).filter(|_| found.author_may).cloned();
    }
    all
}

/// The images of a body that have neither alternative text nor a caption.
pub fn wordless(body: &[Block], settings: &scan::Settings) -> Vec<scan::Finding> {
    let blank = |text: &str| text.trim().is_empty();
    let mut images = vec![];
    for (n, block) in body.iter().enumerate() {
        match block {
            Block::Image { file, alt, caption } if blank(alt) && blank(caption) => {
                images.push(Piece::new(Place::body(n), file));
            }
            _ => {}
        }
    }
    scan::wordless(&images, settings)
}

/// The scanner's findings in what a machine reads of the attachments.
pub fn in_files(read: &[(String, Imported)], settings: &scan::Settings) -> Vec<scan::Finding> {
    read.iter().flat_map(|(name, read)| scan::scan_with(&read.pieces(name), settings)).collect()
}

fn of(f: scan::Finding) -> Found {
    Found {
        no: 0,
        key: f.key().to_string(),
        rule: f.rule.id().into(),
        severity: severity(f.severity),
        place: f.place.to_string(),
        author_may: author_may(Some(f.rule), f.severity.word()),
        at: None,
        rest: vec![],
        was: String::new(),
        suggestion: f.suggestion.unwrap_or_default(),
        excerpt: f.excerpt,
        says: f.says,
        kept: None,
    }
}

/// The stretches of the draft that are marked, with the number of their finding.
pub fn spots(found: &[Found]) -> Vec<Spot> {
    let mut all = vec![];
    for f in found {
        let class = match f.severity {
            Severity::Block => "r",
            Severity::Warn => "a",
            Severity::Word => "t",
        };
        let places = f.at.iter().chain(&f.rest).enumerate();
        all.extend(places.map(|(n, (place, span))| Spot {
            place: place.clone(),
            span: span.clone(),
            no: f.no,
            class,
            first: n == 0,
        }));
    }
    all
}

/// What a machine reads of a draft's attachments. A file that it cannot read at all is left to people.
pub async fn read_files(desk: &Desk, files: &[draft_file::Model]) -> Result<Vec<(String, Imported)>, Error> {
    let mut all = vec![];
    for f in files.iter().filter(|f| source::media_type(&f.name).is_some()) {
        let hash = Hash::parse(&f.blob).ok_or_else(|| Error::fault("a file without a digest"))?;
        let bytes = desk.app.blobs.get(&hash).await?;
        if let Ok(read) = desk.app.reader.read(&f.name, bytes.clone()).await {
            all.push((f.name.clone(), read));
        } else if let Some((name, text)) = file::text(&f.name, &bytes) {
            all.push((name, paper::recognise(kernel::notation::parse(&text), false)));
        }
    }
    Ok(all)
}

/// What each attachment hides (条例 17): one finding a file, and none for the properties that every office program
/// writes.
pub fn hidden(read: &[(String, Imported)]) -> Vec<Barred> {
    let told = |hidden: &&paper::Hidden| hidden.kind != HiddenKind::Property;
    let of = |(name, read): &(String, Imported)| {
        let all: Vec<String> = read.hidden.iter().filter(told).map(paper::Hidden::says).collect();
        let first = all.iter().take(HIDDEN_SHOWN).cloned().collect::<Vec<_>>().join("；");
        let says =
            format!("附件里有 {} 处看不见的内容，会随文件一起公开。请删去后重新上传，或者写明保留的理由。", all.len());
        let found = Barred { rule: "file.hidden".into(), place: format!("附件“{name}”"), excerpt: first, says };
        (!all.is_empty()).then_some(found)
    };
    read.iter().filter_map(of).collect()
}

/// The reasons for which a draft's findings are kept, by key.
pub async fn kept_of(db: &impl ConnectionTrait, record: &str) -> Result<BTreeMap<String, String>, Error> {
    let rows = kept::Entity::find().filter(kept::Column::Record.eq(record)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.key, row.reason)).collect())
}

/// The findings of a revision as rows, numbered: the scanner's, then what this body may not publish itself.
pub fn rows(act: &Act, revision: &str, found: &[scan::Finding], barred: &[Barred]) -> Vec<finding::ActiveModel> {
    let row =
        |n: usize, key: Hash, rule: &str, severity: &str, [place, excerpt, says]: [String; 3]| finding::ActiveModel {
            id: Set(act.id()),
            revision: Set(revision.into()),
            n: Set(n as i64),
            key: Set(key.to_string()),
            rule: Set(rule.into()),
            severity: Set(severity.into()),
            place: Set(place),
            excerpt: Set(excerpt),
            says: Set(says),
            settled_by: Set(None),
            reason: Set(String::new()),
        };
    let first_barred = found.len() + 1;
    let own = found.iter().zip(1..).map(|(f, n)| {
        let words = [f.place.to_string(), f.excerpt.clone(), f.says.clone()];
        row(n, f.key(), f.rule.info().id, f.severity.word(), words)
    });
    // Of no rule of the scanner's, so that it stops the paper until the reviewer of secrecy has decided.
    let warn = scan::Severity::Warn.word();
    let barred = barred
        .iter()
        .zip(first_barred..)
        .map(|(f, n)| row(n, f.key(), &f.rule, warn, [f.place.clone(), f.excerpt.clone(), f.says.clone()]));
    own.chain(barred).collect()
}

/// How many findings of each rule stand in the papers of a body that were submitted since a moment. One that came again
/// with a later version of its paper is one.
pub async fn count(db: &impl ConnectionTrait, body: &str, since: Instant) -> Result<BTreeMap<String, usize>, Error> {
    let ours = record::Entity::find().filter(record::Column::Body.eq(body));
    let ours = ours.select_only().column(record::Column::Id).into_query();
    let papers = revision::Entity::find().filter(revision::Column::At.gte(since.0));
    let papers = papers.filter(revision::Column::Record.in_subquery(ours));
    let papers = papers.select_only().column(revision::Column::Id).into_query();
    let rows = finding::Entity::find().filter(finding::Column::Revision.in_subquery(papers)).all(db).await?;
    let distinct: BTreeSet<(String, String)> = rows.into_iter().map(|row| (row.rule, row.key)).collect();
    let mut all = BTreeMap::new();
    distinct.into_iter().for_each(|(rule, _)| *all.entry(rule).or_default() += 1);
    Ok(all)
}

/// An author keeps a finding of their draft.
pub async fn keep(
    act: &mut Act,
    record: &str,
    (key, rule): (&str, &str),
    reason: &str,
    staff: &str,
) -> Result<(), Error> {
    super::evidence::takes_words(act, record).await?;
    let of_record = kept::Entity::delete_many().filter(kept::Column::Record.eq(record));
    of_record.filter(kept::Column::Key.eq(key)).exec(act).await?;
    let row = kept::ActiveModel {
        id: Set(act.id()),
        record: Set(record.into()),
        key: Set(key.into()),
        reason: Set(reason.into()),
        staff: Set(staff.into()),
        at: Set(act.now.0),
    };
    kept::Entity::insert(row).exec_without_returning(act).await?;
    act.journal_with("keep-finding", &format!("record:{record}"), serde_json::json!({ "rule": rule }));
    Ok(())
}

/// What the author kept in the draft is settled in the revision that it became; never what is the reviewer's to decide.
pub async fn settle_kept(act: &mut Act, record: &str, revision: &str) -> Result<(), Error> {
    let kept = kept::Entity::find().filter(kept::Column::Record.eq(record)).all(act).await?;
    if kept.is_empty() {
        return Ok(());
    }
    let rows = finding::Entity::find().filter(finding::Column::Revision.eq(revision)).all(act).await?;
    for row in rows.into_iter().filter(|r| author_may(scan::Rule::parse(&r.rule), &r.severity)) {
        let Some(why) = kept.iter().find(|k| k.key == row.key) else { continue };
        finding::Entity::update_many()
            .col_expr(finding::Column::SettledBy, Expr::value(why.staff.clone()))
            .col_expr(finding::Column::Reason, Expr::value(why.reason.clone()))
            .filter(finding::Column::Id.eq(&row.id))
            .exec(act)
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use paper::Hidden;

    #[test]
    fn a_file_that_hides_something_is_one_finding() {
        let hides = |kinds: &[HiddenKind]| {
            let one = |kind: &HiddenKind| Hidden { kind: *kind, place: "第 2 段".into(), text: "改".into() };
            let read = Imported { hidden: kinds.iter().map(one).collect(), ..Imported::default() };
            hidden(&[("表.docx".into(), read)])
        };
        assert!(hides(&[]).is_empty() && hides(&[HiddenKind::Property, HiddenKind::Property]).is_empty());
        let found = hides(&[HiddenKind::Property, HiddenKind::Comment, HiddenKind::Row]);
        let [one] = &found[..] else { panic!("{found:?}") };
        assert_eq!((&*one.place, &*one.excerpt), ("附件“表.docx”", "第 2 段的批注：改；第 2 段的隐藏行：改"));
        assert!(one.says.contains("有 2 处"), "{}", one.says);
    }
}
