//! The words of public files stand beside the files on the floor, page by page, for whoever looks for them. Reading a
//! file takes longer than an act may: a job reads what is new; what is no longer public goes in the act itself.

use super::source;
use crate::floor::{FileLine, public_file_text};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;
use store::{Act, Error};

/// The job of slice `search` that reads the files of a page; the argument is the record.
pub const READ: &str = "read-public-files";

/// Whether a machine can read the words of a file.
pub fn has_words(name: &str) -> bool {
    source::media_type(name).is_some()
}

/// Lets go of the words of files that are no longer public, and has those read that are new.
pub async fn follow(act: &mut Act, page: &str, files: &[FileLine]) -> Result<(), Error> {
    use public_file_text::Column::{Page, Sha256};
    let wanted: BTreeSet<&str> = files.iter().filter(|f| has_words(&f.name)).map(|f| f.sha256.as_str()).collect();
    let gone = public_file_text::Entity::delete_many().filter(Page.eq(page));
    gone.filter(Sha256.is_not_in(wanted.iter().copied())).exec(act).await?;
    for digest in wanted {
        let known = public_file_text::Entity::find().filter(Page.eq(page)).filter(Sha256.eq(digest));
        if known.limit(1).one(act).await?.is_none() {
            act.queue(READ, page, act.now);
            break;
        }
    }
    Ok(())
}

/// Forgets what was read of some pages, so that it is read again.
pub async fn forget(act: &Act, pages: &[String]) -> Result<(), Error> {
    let all = public_file_text::Entity::delete_many();
    all.filter(public_file_text::Column::Page.is_in(pages)).exec(act).await?;
    Ok(())
}
