//! The index: what it has of a page, and one opened for reading. It stores no text; it is derived, and may be thrown
//! away at any time.

use super::gram::Grams;
use super::number;
use super::rank::Days;
use crate::floor::{FileLine, first_at, public_page};
use kernel::{Block, Instant, block};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering::SeqCst};
use store::Error;
use tantivy::schema::{FAST, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, SegmentMeta, TantivyDocument, Term};

/// Grows whenever fields or tokens change: an index of another format is built again.
const FORMAT: i64 = 2;
/// The least that the library takes: a change of a few pages needs no more.
pub const FEW: usize = 15_000_000;
/// Memory for building the whole.
pub const MANY: usize = 64_000_000;

/// The fields.
#[derive(Clone, Copy)]
pub struct Fields {
    pub page: Field,
    pub stamp: Field,
    pub body: Field,
    pub number: Field,
    pub title: Field,
    /// Everything that a reader can read of a page, its title included.
    pub text: Field,
    pub kind: Field,
    pub section: Field,
    pub facts: Field,
    pub days: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let grams = TextFieldIndexing::default().set_tokenizer("grams");
    let grams =
        TextOptions::default().set_indexing_options(grams.set_index_option(IndexRecordOption::WithFreqsAndPositions));
    let fields = Fields {
        page: schema.add_text_field("page", STRING | FAST),
        stamp: schema.add_text_field("stamp", STRING),
        body: schema.add_text_field("body", STRING),
        number: schema.add_text_field("number", STRING),
        title: schema.add_text_field("title", grams.clone()),
        text: schema.add_text_field("text", grams),
        kind: schema.add_text_field("kind", FAST),
        section: schema.add_text_field("section", FAST),
        facts: schema.add_u64_field("facts", FAST),
        days: schema.add_u64_field("days", FAST),
    };
    (schema.build(), fields)
}

/// What the library says went wrong, without the words of a reader.
pub fn fault(e: tantivy::TantivyError) -> Error {
    Error::fault(format!("search index: {e}"))
}

/// How a page became public, as facets have it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Mode {
    /// Of the statutory content (条例 19–21).
    Statutory,
    Other,
}

impl Mode {
    pub const ALL: [Mode; 2] = [Mode::Statutory, Mode::Other];

    pub fn word(self) -> &'static str {
        match self {
            Mode::Statutory => "statutory",
            Mode::Other => "other",
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            Mode::Statutory => "法定主动公开",
            Mode::Other => "其他公开信息",
        }
    }

    pub fn parse(word: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|m| m.word() == word)
    }
}

/// Moment, year and mode of a page, in one number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Facts {
    pub published: Instant,
    pub year: i16,
    pub mode: Mode,
}

const MINUTE: i64 = 60_000;

impl Facts {
    pub fn packed(self) -> u64 {
        let minutes = (self.published.0 / MINUTE).clamp(0, 0xffff_ffff) as u64;
        let year = (i64::from(self.year) - 1900).clamp(0, 0x3ff) as u64;
        minutes << 12 | year << 2 | u64::from(self.mode == Mode::Other)
    }

    pub fn unpacked(n: u64) -> Facts {
        let mode = if n & 1 == 1 { Mode::Other } else { Mode::Statutory };
        Facts { published: Instant((n >> 12) as i64 * MINUTE), year: (n >> 2 & 0x3ff) as i16 + 1900, mode }
    }
}

/// Everything that a reader can read of a page; `attached` are the words of its files.
fn text_of(row: &public_page::Model, attached: &[String]) -> Result<String, Error> {
    fn list<T: serde::de::DeserializeOwned>(json: &str) -> Result<Vec<T>, Error> {
        if json.is_empty() { Ok(vec![]) } else { serde_json::from_str(json).map_err(|e| Error::Fault(e.into())) }
    }
    let (body, note): (Vec<Block>, Vec<Block>) = (list(&row.content)?, list(&row.note)?);
    let files: Vec<FileLine> = list(&row.files)?;
    let data = crate::record::public::data(&row.data)?;
    let fields = [&row.title, &row.number, &row.index_no, &row.issuer, &row.summary, &row.keywords, &row.author];
    let mut parts: Vec<String> = fields.into_iter().filter(|f| !f.is_empty()).cloned().collect();
    parts.extend(data.into_values());
    parts.extend([block::plain_text(&body), block::plain_text(&note)]);
    parts.extend(files.into_iter().map(|file| file.name));
    parts.extend(attached.iter().cloned());
    Ok(parts.join("\n"))
}

/// A page as the index has it; `attached` are the words of its files.
pub fn document(
    fields: &Fields,
    row: &public_page::Model,
    attached: &[String],
    stamp: &str,
) -> Result<TantivyDocument, Error> {
    let mut doc = TantivyDocument::default();
    doc.add_text(fields.page, &row.id);
    doc.add_text(fields.stamp, stamp);
    doc.add_text(fields.body, &row.body);
    number::keys(&row.number, &row.index_no).iter().for_each(|key| doc.add_text(fields.number, key));
    doc.add_text(fields.title, &row.title);
    doc.add_text(fields.text, text_of(row, attached)?);
    doc.add_text(fields.kind, &row.kind);
    doc.add_text(fields.section, &row.section);
    let published = Instant(first_at(row.first_public.as_deref(), row.published_at));
    let mode = if row.class.is_empty() && !row.place.starts_with("disclosure") { Mode::Other } else { Mode::Statutory };
    doc.add_u64(fields.facts, Facts { published, year: published.day().year(), mode }.packed());
    doc.add_u64(fields.days, Days::of(row.term()).packed());
    Ok(doc)
}

/// An index in its folder, open for reading.
pub struct Live {
    pub index: Index,
    pub reader: IndexReader,
    pub fields: Fields,
    pub folder: PathBuf,
    /// How far it has followed the changes of the floor.
    pub turn: AtomicI64,
    /// The epoch that it is at least as new as; 0 where that is not known.
    pub epoch: AtomicI64,
    /// Stamps near the end that are in it already.
    pub applied: Mutex<HashSet<String>>,
    /// What went for good may still stand in its files, marked as deleted.
    pub soiled: AtomicBool,
}

impl Live {
    /// An empty one in a new folder.
    pub fn create(folder: &Path) -> Result<Live, Error> {
        std::fs::create_dir_all(folder)?;
        let index = Index::create_in_dir(folder, schema().0).map_err(fault)?;
        Live::of(index, folder, 0)
    }

    /// The one in a folder; `None` where it is of another format, or cannot be read.
    pub fn open(folder: &Path) -> Option<Live> {
        let index = Index::open_in_dir(folder).ok()?;
        let payload = index.load_metas().ok()?.payload?;
        let (format, turn) = payload.split_once(' ')?;
        let turn = turn.parse().ok().filter(|_| format == FORMAT.to_string() && index.schema() == schema().0)?;
        Live::of(index, folder, turn).ok()
    }

    fn of(index: Index, folder: &Path, turn: i64) -> Result<Live, Error> {
        index.tokenizers().register("grams", Grams);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(fault)?;
        Ok(Live {
            index,
            reader,
            fields: schema().1,
            folder: folder.to_owned(),
            turn: AtomicI64::new(turn),
            epoch: AtomicI64::new(0),
            applied: Mutex::default(),
            // Whoever ended before it was clean left it so.
            soiled: AtomicBool::new(turn > 0),
        })
    }

    pub fn writer(&self, memory: usize) -> Result<IndexWriter, Error> {
        self.index.writer_with_num_threads(1, memory).map_err(fault)
    }

    /// Makes what was written durable and seen. `turn`: how far it has followed.
    pub fn commit(&self, mut writer: IndexWriter, turn: i64) -> Result<(), Error> {
        let mut prepared = writer.prepare_commit().map_err(fault)?;
        prepared.set_payload(&format!("{FORMAT} {turn}"));
        prepared.commit().map_err(fault)?;
        writer.wait_merging_threads().map_err(fault)?;
        self.reader.reload().map_err(fault)?;
        self.turn.store(turn, SeqCst);
        Ok(())
    }

    /// Writes the segments with deleted pages anew without them, and removes the old files: none of their words stays.
    pub fn expunge(&self) -> Result<(), Error> {
        let metas = self.index.searchable_segment_metas().map_err(fault)?;
        let with_deleted: Vec<_> = metas.iter().filter(|m| m.has_deletes()).map(SegmentMeta::id).collect();
        if !with_deleted.is_empty() {
            let mut writer = self.writer(FEW)?;
            writer.merge(&with_deleted).wait().map_err(fault)?;
            self.reader.reload().map_err(fault)?;
            writer.garbage_collect_files().wait().map_err(fault)?;
            writer.wait_merging_threads().map_err(fault)?;
        }
        self.soiled.store(false, SeqCst);
        Ok(())
    }

    /// Whether a word (one token) stands in any of its files, of pages that are marked as deleted too.
    pub fn knows(&self, word: &str) -> bool {
        let term = Term::from_field_text(self.fields.text, word);
        self.reader.searcher().doc_freq(&term).is_ok_and(|n| n > 0)
    }

    /// Whether a change is in it.
    pub fn has(&self, stamp: &str) -> bool {
        let term = Term::from_field_text(self.fields.stamp, stamp);
        self.reader.searcher().doc_freq(&term).is_ok_and(|n| n > 0)
    }

    /// How many pages it has.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_survive_their_number() {
        let published = Instant::parse("2017-05-26 10:30").expect("a time");
        for mode in Mode::ALL {
            let facts = Facts { published, year: 2017, mode };
            assert_eq!(Facts::unpacked(facts.packed()), facts);
        }
    }
}
