//! Notes in the database: sealed, told with the step they were written at, emptied with their case.

use crate::matter::store::about;
use crate::matter::table::{matter_file, matter_note};
use ::store::{Act, BlobRef, Error, Sealed, Sealer};
use kernel::{Hash, Instant};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde::{Deserialize, Serialize};

pub const BLOB: BlobRef = BlobRef { table: "matter_file", column: "blob" };

/// Why a note was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    Note,
    Assign,
    TakeBack,
    Return,
}

impl Sort {
    const ALL: [Sort; 4] = [Sort::Note, Sort::Assign, Sort::TakeBack, Sort::Return];

    pub fn word(self) -> &'static str {
        match self {
            Sort::Note => "note",
            Sort::Assign => "assign",
            Sort::TakeBack => "take-back",
            Sort::Return => "return",
        }
    }

    fn parse(word: &str) -> Option<Sort> {
        Sort::ALL.into_iter().find(|sort| sort.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Sort::Note => "备注",
            Sort::Assign => "交办意见",
            Sort::TakeBack => "收回理由",
            Sort::Return => "退回理由",
        }
    }
}

/// A file as its note names it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Named {
    pub id: String,
    pub name: String,
    pub kind: String,
    /// In bytes.
    pub size: u64,
    /// What no machine could read of it.
    pub unread: Vec<String>,
}

/// A file that was read, sealed and put away.
#[derive(Clone, Debug)]
pub struct Kept {
    pub named: Named,
    pub blob: Hash,
    pub key: String,
}

#[derive(Serialize, Deserialize)]
struct Words {
    text: String,
    files: Vec<Named>,
}

/// A note, opened.
pub struct Note {
    pub step: usize,
    pub sort: Sort,
    pub who: String,
    pub at: Instant,
    /// `None` once erased.
    pub words: Option<(String, Vec<Named>)>,
}

/// What is written.
#[derive(Clone)]
pub struct New {
    pub matter: String,
    /// How many steps the case has made.
    pub step: usize,
    pub sort: Sort,
    pub who: String,
    pub text: String,
    pub files: Vec<Kept>,
    /// Of the sending: a repetition is the same note.
    pub token: String,
}

/// What a note and a file of it are sealed for.
fn note_about(id: &str) -> String {
    format!("matter-note:{id}")
}

pub fn file_about(id: &str) -> String {
    format!("matter-file:{id}")
}

/// Writes a note; nothing where this very sending wrote it already.
pub async fn write(act: &mut Act, sealer: &Sealer, new: &New) -> Result<(), Error> {
    let known = matter_note::Entity::find().filter(matter_note::Column::Matter.eq(&new.matter));
    if known.filter(matter_note::Column::Token.eq(&new.token)).one(act).await?.is_some() {
        act.journal("note-again", &about(&new.matter));
        return Ok(());
    }
    let id = act.id();
    let words = Words { text: new.text.clone(), files: new.files.iter().map(|f| f.named.clone()).collect() };
    let bytes = serde_json::to_vec(&words).map_err(|e| Error::Fault(e.into()))?;
    let sealed = sealer.seal(&note_about(&id), &bytes);
    let row = matter_note::ActiveModel {
        id: Set(id.clone()),
        matter: Set(new.matter.clone()),
        token: Set(new.token.clone()),
        step: Set(i64::try_from(new.step).unwrap_or(i64::MAX)),
        sort: Set(new.sort.word().into()),
        who: Set(new.who.clone()),
        at: Set(act.now.0),
        sealed_text: Set(sealed.text),
        sealed_key: Set(sealed.key),
        erased_at: Set(None),
    };
    matter_note::Entity::insert(row).exec_without_returning(act).await?;
    for file in &new.files {
        let row = matter_file::ActiveModel {
            id: Set(file.named.id.clone()),
            note: Set(id.clone()),
            matter: Set(new.matter.clone()),
            blob: Set(file.blob.to_string()),
            sealed_key: Set(file.key.clone()),
        };
        matter_file::Entity::insert(row).exec_without_returning(act).await?;
    }
    let facts = serde_json::json!({ "sort": new.sort.word(), "files": new.files.len() });
    act.journal_with("note-matter", &about(&new.matter), facts);
    Ok(())
}

/// The notes of a case, the newest first. Whoever shows them journals that first.
pub async fn of(db: &impl ConnectionTrait, sealer: &Sealer, matter: &str) -> Result<Vec<Note>, Error> {
    let find = matter_note::Entity::find().filter(matter_note::Column::Matter.eq(matter));
    let rows = find.order_by_desc(matter_note::Column::Id).all(db).await?;
    rows.into_iter().map(|row| opened(sealer, row)).collect()
}

fn opened(sealer: &Sealer, row: matter_note::Model) -> Result<Note, Error> {
    let words = match row.erased_at {
        Some(_) => None,
        None => {
            let sealed = Sealed { text: row.sealed_text, key: row.sealed_key };
            let bytes = sealer.open_sealed(&note_about(&row.id), &sealed)?;
            let words: Words = serde_json::from_slice(&bytes).map_err(|e| Error::Fault(e.into()))?;
            Some((words.text, words.files))
        }
    };
    Ok(Note {
        step: usize::try_from(row.step).unwrap_or_default(),
        sort: Sort::parse(&row.sort).ok_or_else(|| Error::fault("a note of an unknown sort"))?,
        who: row.who,
        at: Instant(row.at),
        words,
    })
}

/// A file of a case, as it lies sealed.
pub async fn file(db: &impl ConnectionTrait, matter: &str, id: &str) -> Result<matter_file::Model, Error> {
    let found = matter_file::Entity::find_by_id(id).one(db).await?;
    found.filter(|row| row.matter == matter).ok_or(Error::NotFound)
}

/// With the case goes what was said of it: without their keys the files are noise, and the next sweep takes them.
pub async fn erase(act: &Act, matter: &str) -> Result<(), Error> {
    matter_file::Entity::delete_many().filter(matter_file::Column::Matter.eq(matter)).exec(act).await?;
    let gone = matter_note::ActiveModel {
        sealed_text: Set(String::new()),
        sealed_key: Set(String::new()),
        erased_at: Set(Some(act.now.0)),
        ..Default::default()
    };
    matter_note::Entity::update_many().set(gone).filter(matter_note::Column::Matter.eq(matter)).exec(act).await?;
    Ok(())
}
