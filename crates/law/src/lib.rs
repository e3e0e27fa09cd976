//! The law as data: instruments, dated clauses, the working-day calendar, the catalogue, columns and grounds.
//!
//! Pure: the files of the folder `law/` are built in, nothing is read at run time, and the day is always an argument.

mod calendar;
mod catalogue;
mod clause;
mod due;
mod ground;
mod instrument;
mod load;
mod negative;

pub use calendar::{Calendar, Holiday, Year};
pub use catalogue::{Class, Column};
pub use clause::{Clause, Direction, Nature, Sure, Unit, Wording};
pub use due::{Due, due, due_at, explain};
pub use ground::{Effect, Force, Ground};
pub use instrument::Instrument;
pub use load::Sources;
pub use negative::{Also, How, Negative, NegativeList};

use kernel::Hash;
use std::sync::OnceLock;

/// Everything the folder `law/` says, checked.
#[derive(Debug)]
pub struct Law {
    /// Working days, holidays and make-up days.
    pub calendar: Calendar,
    /// The acts that everything else cites.
    pub instruments: Vec<Instrument>,
    /// The clocks, in the order of the file.
    pub clauses: Vec<Clause>,
    /// The fifteen classes of 政府信息公开条例 article 20, in order.
    pub classes: Vec<Class>,
    /// The columns that list records, sections before their sub-columns.
    pub columns: Vec<Column>,
    /// Why a thing is public or withheld.
    pub grounds: Vec<Ground>,
    /// 不予公开清单.
    pub negative: NegativeList,
    /// SHA-256 over all the files read; stored beside a due date to say what it was computed from.
    pub hash: Hash,
}

impl Law {
    /// The law that came with this release.
    pub fn built_in() -> &'static Law {
        static LAW: OnceLock<Law> = OnceLock::new();
        LAW.get_or_init(|| {
            Law::load(&Sources::built_in()).expect("the built-in law passes check(), which a test asserts")
        })
    }

    /// Reads and checks the files. Strict: the error lists every unknown key, doubled id, overlap and dangling
    /// reference.
    pub fn load(sources: &Sources) -> Result<Law, Vec<String>> {
        load::load(sources)
    }

    /// By its id or one of its former ids: `OGI-ACTIVE`.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|c| c.id == id || c.also.iter().any(|also| also == id))
    }

    /// By its slug: `laws-rules`.
    pub fn class(&self, slug: &str) -> Option<&Class> {
        self.classes.iter().find(|c| c.slug == slug)
    }

    /// By its path without the leading slash: `results/policies`.
    pub fn column(&self, path: &str) -> Option<&Column> {
        self.columns.iter().find(|c| c.path == path)
    }

    /// The column whose path is the longest proper beginning of this one's; `None` for a section.
    pub fn parent(&self, column: &Column) -> Option<&Column> {
        self.columns.iter().filter(|above| column.is_below(above)).max_by_key(|above| above.path.len())
    }

    /// The columns directly below, in order.
    pub fn children<'a>(&'a self, column: &'a Column) -> impl Iterator<Item = &'a Column> {
        self.columns.iter().filter(|below| self.parent(below).is_some_and(|above| above.path == column.path))
    }

    /// The columns that nothing stands above, in order: the five 公开 and 互动交流.
    pub fn sections(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|c| self.parent(c).is_none())
    }

    /// By its code: `N5`.
    pub fn ground(&self, code: &str) -> Option<&Ground> {
        self.grounds.iter().find(|g| g.code == code)
    }
}

/// What is wrong with the built-in law; empty when it is sound.
pub fn check() -> Vec<String> {
    Law::load(&Sources::built_in()).err().unwrap_or_default()
}
