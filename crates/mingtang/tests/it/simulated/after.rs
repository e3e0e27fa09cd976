//! What holds after each day, whatever happened on it.

use super::{Bureau, CANARY};
use crate::copies::floor;
use crate::crawl::crawl;
use crate::proof::monitored;
use crate::year::check_public;
use app::matter::case::Moment;
use app::matter::store as matters;
use app::proof::{Round, integrate};
use app::record::table::revision;
use app::rule::rules::reckoned;
use app::rule::table::{clock, clock_change};
use ledger::{Hashes, Salt};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};

/// All that `rebuild public` derives.
const FLOOR: [&str; 10] = [
    "public_page",
    "public_listing",
    "public_version",
    "public_file",
    "public_gone",
    "public_gone_digest",
    "public_reference",
    "public_submission",
    "public_matter",
    "public_outlet",
];

impl Bureau {
    pub async fn check(&mut self) {
        let shown = check_public(&self.site, self.today).await;
        if shown > 0 {
            *self.tally.entry("versions").or_default() += shown;
        }
        let floor = floor(self.site.app.store.read(), &FLOOR).await;
        self.nothing_closed_is_open(&floor);
        // Where nobody did anything, only clocks may have moved it: once a week is enough.
        if self.tally != self.derived || self.today.0 % 7 == 0 {
            self.the_floor_is_derived(&floor).await;
            self.derived = self.tally.clone();
        }
        self.every_clock_has_its_article().await;
        self.the_log_proves(&floor).await;
    }

    /// No word of an application, a comment, an opinion or a meeting; no number of an application; nothing of what was
    /// taken down.
    fn nothing_closed_is_open(&self, floor: &[String]) {
        let hidden = self.hidden.iter().map(|(id, _)| id);
        let down: Vec<&String> = hidden.chain(&self.withdrawn).filter_map(|id| self.marks.get(id)).collect();
        for row in floor {
            let told = [CANARY, "依申请〔"].into_iter().find(|word| row.contains(word));
            let told = told.or_else(|| down.iter().find(|mark| row.contains(**mark)).map(|mark| mark.as_str()));
            assert!(told.is_none(), "{told:?} is public: {row}");
        }
    }

    /// The acts wrote what deriving writes.
    async fn the_floor_is_derived(&self, before: &[String]) {
        let app = &self.site.app;
        app::record::jobs::rebuild(app).await.expect("derives");
        app::outlet::store::rebuild(app).await.expect("derives");
        app::submission::store::rebuild(app).await.expect("derives");
        app::matter::shown::rebuild(app).await.expect("derives");
        let after = floor(app.store.read(), &FLOOR).await;
        let (old, new): (BTreeSet<&String>, BTreeSet<&String>) = (before.iter().collect(), after.iter().collect());
        let (gone, come): (Vec<_>, Vec<_>) = (old.difference(&new).collect(), new.difference(&old).collect());
        assert!(gone.is_empty() && come.is_empty(), "the acts wrote {gone:#?}, deriving writes {come:#?}");
    }

    /// Each clock that runs rests on an article of the law in force on its day, and ends when this very law says.
    async fn every_clock_has_its_article(&self) {
        let (read, law, now) = (self.site.app.store.read(), self.site.app.law(), self.site.app.clock.now());
        let rows = clock::Entity::find().filter(clock::Column::ClosedAt.is_null()).all(read).await.expect("reads");
        for row in rows {
            let wording = law.clause(&row.clause).and_then(|c| c.on(row.event().day()));
            assert!(wording.is_some_and(|w| !w.cite.is_empty()), "{} has no article", row.about);
            let told = reckoned(law, &row.clause, row.event(), &row.happened().expect("facts"), now).expect("a rule");
            assert_eq!(told.due, row.due, "{} by {}", row.about, row.clause);
        }
        let at = Moment { law, now, offices: true };
        for kind in app::kinds() {
            let open = matters::open(read, &self.site.app.sealer, *kind, &self.body, now).await.expect("reads");
            for on in open {
                for (told, _) in kind.clocks_of(&on.case, at) {
                    assert!(!told.cite.is_empty(), "{} {} has no article", on.row.number, told.zh);
                    assert!(told.waits || told.due.is_some(), "{} {} never ends", on.row.number, told.zh);
                }
            }
        }
    }

    /// The log goes on from yesterday's, holds every statement, and has the salted digest of every public version.
    async fn the_log_proves(&mut self, floor: &[String]) {
        let app = &self.site.app;
        while integrate(app).await.expect("a round") != Round::Idle {}
        let (head, all) = monitored(&self.site).await;
        assert_eq!(head.size, app.store.statements().await.expect("reads"), "a statement is not in the log");
        assert!(all.starts_with(&self.log), "what was in the log is another today");
        let salts: BTreeMap<String, Salt> = revision::Entity::find()
            .all(app.store.read())
            .await
            .expect("reads")
            .into_iter()
            .filter_map(|r| Some((r.hash, Salt::parse(&r.salt)?)))
            .collect();
        let stated: BTreeSet<&str> =
            all.iter().filter_map(|s| s.split_once(r#""revision":""#)).filter_map(|(_, rest)| rest.get(..64)).collect();
        for row in floor.iter().filter(|row| row.starts_with("public_version ")) {
            let hash = column(row, "hash");
            let digest = kernel::Hash::parse(hash).expect("a digest");
            let salt = salts.get(hash).unwrap_or_else(|| panic!("no salt: {row}"));
            let told = Hashes::new(salt, &digest, None).revision;
            assert!(stated.contains(told.as_str()), "not in the log: {row}");
        }
        self.log = all;
    }

    /// How often a clock was moved by another law.
    pub async fn moved_clocks(&self) -> usize {
        let count = clock_change::Entity::find().count(self.site.app.store.read()).await.expect("counts");
        usize::try_from(count).expect("few")
    }

    /// A walk over all that anyone can reach, at the end of the year.
    pub async fn nothing_leaks(&self) {
        let hidden = self.hidden.iter().map(|(id, _)| id);
        let down = hidden.chain(&self.withdrawn).filter_map(|id| self.marks.get(id)).map(String::as_str);
        let words: Vec<&str> = down.chain([CANARY]).collect();
        let starts = ["/", "/api/v1/records", "/feeds", "/decisions/cases", "/disclosure/track", "/verify", "/search"];
        let report = crawl(&self.site, "http://demo.invalid", &starts, &words).await;
        assert!(report.leaks.is_empty(), "{:#?}", report.leaks);
        assert!(report.broken.is_empty(), "{:#?}", report.broken);
        println!("{} public addresses walked over", report.pages);
    }
}

/// A column of a row as `copies::floor` writes it.
fn column<'a>(row: &'a str, name: &str) -> &'a str {
    let rest = row.split_once(' ').map_or(row, |(_, rest)| rest);
    let find = |part: &&str| part.split_once('=').is_some_and(|(n, _)| n == name);
    rest.split('|').find(find).and_then(|part| part.split_once('=')).map_or("", |(_, value)| value)
}
