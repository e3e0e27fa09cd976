//! The law as data: instruments, dated clauses, the working-day calendar, the catalogue, columns and grounds.
//!
//! Pure: the files of the folder `law/` are built in, nothing is read at run time, and the day is always an argument.

mod answer;
mod basis;
mod calendar;
mod case;
mod catalogue;
mod check;
mod clause;
mod clock;
mod count;
mod due;
mod forecast;
mod fulfil;
mod ground;
mod instrument;
mod load;
mod negative;
mod obligation;
mod prohibition;
mod receipt;
mod remedy;
mod run;
mod sign;
mod statutory;
mod strip;
mod watch;

pub use answer::{Answer, CalendarDay};
pub use basis::Basis;
pub use calendar::{Calendar, Holiday, Year};
pub use case::Case;
pub use catalogue::{Class, Column};
pub use check::{Note, Report, check};
pub use clause::{Clause, Direction, Extension, Nature, ReceiptRule, Restart, Sure, Unit, Wording};
pub use clock::{Clock, Fact, Pause, Refused, Start, State, What, clock};
pub use due::{Due, at_least, due, due_at, explain};
pub use fulfil::{Account, Fulfilment, Item, Late, Span, Tally, account, accounts, tally};
pub use ground::{Effect, Force, Ground};
pub use instrument::Instrument;
pub use load::Sources;
pub use negative::{Also, How, Negative, NegativeChange, NegativeList, negative_changes};
pub use obligation::{About, CHANNELS, Cadence, Limit, MetBy, Mode, MonthDay, Obligation, PARTS, check_obligations};
pub use prohibition::{Exception, Hit, Prohibition, ProhibitionRules, Sign, Within};
pub use receipt::{Channel, Receipt};
pub use remedy::{Office, Offices, Order, OrderRule, Outcome, Remedies, RemedyRules, Right, RightKind, Way, remedies};
pub use strip::StripDay;
pub use watch::{Group, Indicator, IndicatorKind, Measure, Reading, Seen, Site, Standing, watch};

use kernel::Hash;
use std::sync::OnceLock;

/// The clause by which the bureau has pledged to answer letters: from its first day on it gives a number, or the law
/// does not load.
pub const PLEDGE_LETTER: &str = "PLEDGE-LETTER";

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
    /// 不予公开清单, one list after the other; see [`Law::negative_on`].
    pub negative: Vec<NegativeList>,
    /// 公开事项标准目录: who owes what to the public.
    pub obligations: Vec<Obligation>,
    /// What adverse papers must say about remedies.
    pub remedies: RemedyRules,
    /// What this body may not publish itself.
    pub prohibitions: ProhibitionRules,
    /// The inspection's indicators.
    pub indicators: Vec<Indicator>,
    /// What the bureau sets for its scanner (lists, leaders, severities), with the terms of the clauses above.
    pub scanner: scan::Settings,
    /// SHA-256 over all the files read; stored beside a due date to say what it was computed from.
    pub hash: Hash,
}

impl Law {
    /// The law that came with this release.
    pub fn built_in() -> &'static Law {
        static LAW: OnceLock<Law> = OnceLock::new();
        LAW.get_or_init(|| Law::load(&Sources::built_in()).expect("the built-in law loads, which a test asserts"))
    }

    /// Reads and checks the files. Strict: the error lists every unknown key, doubled id, overlap and dangling
    /// reference.
    pub fn load(sources: &Sources) -> Result<Law, Vec<String>> {
        load::load(sources)
    }

    /// By its id or a former one: `OGI-ACTIVE`. Where a former id finds several, the first; see [`Law::clauses_of`].
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.is_called(id))
    }

    /// Every clause of this id or former id: `OGI-ANNUAL-2008` is an older wording of two.
    pub fn clauses_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Clause> {
        self.clauses.iter().filter(move |clause| clause.is_called(id))
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
