//! The index: what it has of a page, and one opened for reading. It stores no text; it is derived, and may be thrown
//! away at any time.

use super::gram::Grams;
use super::number;
use super::rank;
use crate::floor::{Dates, FileLine, public_page};
use kernel::{Block, Day, Instant, block};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use store::Error;
use tantivy::schema::{FAST, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

/// Grows whenever fields or tokens change: an index of another format is built again.
const FORMAT: i64 = 1;
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

/// Everything that a reader can read of a page.
fn text_of(row: &public_page::Model) -> Result<String, Error> {
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
    Ok(parts.join("\n"))
}

fn dates(row: &public_page::Model) -> Dates<'_> {
    Dates {
        effective: Day::parse(&row.effective),
        expires: Day::parse(&row.expires),
        ending: &row.ending,
        ended: Day::parse(&row.ended),
        shown_until: Day::parse(&row.shown_until),
    }
}

/// A page as the index has it.
pub fn document(fields: &Fields, row: &public_page::Model, stamp: &str) -> Result<TantivyDocument, Error> {
    let mut doc = TantivyDocument::default();
    doc.add_text(fields.page, &row.id);
    doc.add_text(fields.stamp, stamp);
    doc.add_text(fields.body, &row.body);
    number::keys(&row.number, &row.index_no).iter().for_each(|key| doc.add_text(fields.number, key));
    doc.add_text(fields.title, &row.title);
    doc.add_text(fields.text, text_of(row)?);
    doc.add_text(fields.kind, &row.kind);
    doc.add_text(fields.section, &row.section);
    let published = Instant(row.published_at);
    let mode = if row.class.is_empty() && !row.place.starts_with("disclosure") { Mode::Other } else { Mode::Statutory };
    doc.add_u64(fields.facts, Facts { published, year: published.day().year(), mode }.packed());
    doc.add_u64(fields.days, rank::packed(&dates(row)));
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
