//! Reads the files strictly and checks what ties them together. Collects every fault before giving up.

use crate::{Calendar, Class, Clause, Column, Effect, Ground, Instrument, Law, NegativeList, Unit, Wording, Year};
use kernel::{Day, Hash};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// The texts of the folder `law/`: the built-in ones, or those with a bureau's own laid over them.
#[derive(Clone, Debug)]
pub struct Sources<'a> {
    /// File stem (`2026`) and text.
    pub calendar: Vec<(&'a str, &'a str)>,
    pub instruments: &'a str,
    pub clauses: &'a str,
    pub catalogue: &'a str,
    pub columns: &'a str,
    pub grounds: &'a str,
    pub negative: &'a str,
}

macro_rules! file {
    ($($name:expr),+) => {
        include_str!(concat!("../../../law/", $($name),+))
    };
}

macro_rules! years {
    ($($year:literal)*) => {
        vec![$((stringify!($year), file!("calendar/", $year, ".toml"))),*]
    };
}

impl Sources<'static> {
    /// The files that came with this release.
    pub fn built_in() -> Sources<'static> {
        Sources {
            calendar: years!(
                2004 2005 2006 2007 2008 2009 2010 2011 2012 2013 2014 2015
                2016 2017 2018 2019 2020 2021 2022 2023 2024 2025 2026 2027
            ),
            instruments: file!("instruments.toml"),
            clauses: file!("clauses.toml"),
            catalogue: file!("catalogue.toml"),
            columns: file!("columns.toml"),
            grounds: file!("grounds.toml"),
            negative: file!("negative.toml"),
        }
    }
}

impl Sources<'_> {
    fn hash(&self) -> Hash {
        let plain = [self.instruments, self.clauses, self.catalogue, self.columns, self.grounds, self.negative];
        let texts = self.calendar.iter().map(|(_, text)| *text).chain(plain);
        Hash::of(texts.map(|text| Hash::of(text.as_bytes()).to_string()).collect::<String>().as_bytes())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Instruments {
    instrument: Vec<Instrument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clauses {
    clause: Vec<Clause>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Classes {
    class: Vec<Class>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    column: Vec<Column>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grounds {
    ground: Vec<Ground>,
}

pub(crate) fn load(sources: &Sources) -> Result<Law, Vec<String>> {
    let mut faults = Faults::default();
    let calendar = calendar(sources, &mut faults);
    let instruments = faults.read("instruments.toml", sources.instruments).map(|f: Instruments| f.instrument);
    let clauses = faults.read("clauses.toml", sources.clauses).map(|f: Clauses| f.clause);
    let classes = faults.read("catalogue.toml", sources.catalogue).map(|f: Classes| f.class);
    let columns = faults.read("columns.toml", sources.columns).map(|f: Columns| f.column);
    let grounds = faults.read("grounds.toml", sources.grounds).map(|f: Grounds| f.ground);
    let negative = faults.read("negative.toml", sources.negative);
    let (Some(calendar), Some(instruments), Some(clauses)) = (calendar, instruments, clauses) else {
        return Err(faults.0);
    };
    let (Some(classes), Some(columns), Some(grounds), Some(negative)) = (classes, columns, grounds, negative) else {
        return Err(faults.0);
    };
    let mut law = Law { calendar, instruments, clauses, classes, columns, grounds, negative, hash: sources.hash() };
    faults.check(&mut law);
    if faults.0.is_empty() { Ok(law) } else { Err(faults.0) }
}

fn calendar(sources: &Sources, faults: &mut Faults) -> Option<Calendar> {
    let mut years = Vec::new();
    for (stem, text) in &sources.calendar {
        let file = format!("calendar/{stem}.toml");
        let Some(year) = faults.read::<Year>(&file, text) else { continue };
        if year.year.to_string() != *stem {
            faults.0.push(format!("{file}: speaks of the year {}", year.year));
        }
        years.push(year);
    }
    Calendar::new(years).map_err(|found| faults.0.extend(found)).ok()
}

#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn read<T: DeserializeOwned>(&mut self, file: &str, text: &str) -> Option<T> {
        toml::from_str(text).map_err(|e| self.0.push(format!("{file}: {e}"))).ok()
    }

    fn check(&mut self, law: &mut Law) {
        self.instruments(&law.instruments);
        self.clauses(law);
        self.classes(law);
        self.columns(law);
        self.grounds(law);
        self.negative(law);
    }

    fn instruments(&mut self, instruments: &[Instrument]) {
        self.doubled("instrument", instruments.iter().map(|i| i.id.as_str()));
        for Instrument { id, title, cite, from, until, .. } in instruments {
            self.filled("instrument", id, &[title, cite]);
            self.ordered("instrument", id, *from, *until);
        }
    }

    fn clauses(&mut self, law: &mut Law) {
        let ids = law.clauses.iter().flat_map(|c| std::iter::once(&c.id).chain(&c.also));
        self.doubled("clause", ids.map(String::as_str));
        for clause in &mut law.clauses {
            self.filled("clause", &clause.id, &[&clause.name]);
            if clause.wordings.is_empty() {
                self.0.push(format!("clause {}: no wording", clause.id));
            }
            for wording in &mut clause.wordings {
                self.wording(&clause.id, wording, &law.instruments);
            }
            for pair in clause.wordings.windows(2) {
                let apart = matches!((pair[0].until, pair[1].from), (Some(until), Some(from)) if until < from);
                if !apart {
                    self.0.push(format!("clause {}: wordings overlap or are out of order", clause.id));
                }
            }
        }
    }

    fn wording(&mut self, clause: &str, wording: &mut Wording, instruments: &[Instrument]) {
        self.filled("clause", clause, &[&wording.counts_from, &wording.gist]);
        if wording.unit == Unit::Promptly && wording.amount > 0 {
            self.0.push(format!("clause {clause}: promptly has no amount"));
        }
        if !matches!(wording.unit, Unit::Promptly | Unit::WorkingDays) && wording.amount == 0 {
            self.0.push(format!("clause {clause}: no amount"));
        }
        let Some(act) = self.instrument("clause", clause, &wording.instrument, instruments) else { return };
        wording.from = wording.from.or(act.from);
        wording.until = wording.until.or(act.until);
        let early = matches!((wording.from, act.from), (Some(wording), Some(act)) if wording < act);
        let late = matches!((wording.until, act.until), (Some(wording), Some(act)) if wording > act);
        if early || late {
            self.0.push(format!("clause {clause}: a wording outlives {}", act.id));
        }
        self.ordered("clause", clause, wording.from, wording.until);
        wording.cite = act.article(&wording.article);
    }

    fn classes(&mut self, law: &mut Law) {
        self.doubled("class", law.classes.iter().map(|c| c.slug.as_str()));
        for (i, class) in law.classes.iter_mut().enumerate() {
            self.filled("class", &class.slug, &[&class.name, &class.article, &class.gist, &class.empty]);
            if usize::from(class.number) != i + 1 {
                self.0.push(format!("class {}: number {} out of order", class.slug, class.number));
            }
            if let Some(act) = self.instrument("class", &class.slug, &class.instrument, &law.instruments) {
                class.cite = act.article(&class.article);
            }
        }
    }

    fn columns(&mut self, law: &Law) {
        self.doubled("column", law.columns.iter().map(|c| c.path.as_str()));
        for column in &law.columns {
            let path = &column.path;
            self.filled("column", path, &[&column.name, &column.kind, &column.description]);
            if column.keywords.iter().all(String::is_empty) {
                self.0.push(format!("column {path}: no keywords"));
            }
            if path.starts_with('/') || path.ends_with('/') {
                self.0.push(format!("column {path}: a slash at an end"));
            }
            if path.contains('/') && law.parent(column).is_none() {
                self.0.push(format!("column {path}: no column above it"));
            }
            if let Some(class) = column.class.as_deref().filter(|slug| law.class(slug).is_none()) {
                self.0.push(format!("column {path}: no class {class}"));
            }
        }
    }

    fn grounds(&mut self, law: &mut Law) {
        self.doubled("ground", law.grounds.iter().map(|g| g.code.as_str()));
        let codes: BTreeSet<String> = law.grounds.iter().map(|g| g.code.clone()).collect();
        for ground in &mut law.grounds {
            self.filled("ground", &ground.code, &[&ground.name, &ground.text, &ground.article]);
            for other in ground.refuse_by.iter().filter(|code| !codes.contains(*code)) {
                self.0.push(format!("ground {}: no ground {other}", ground.code));
            }
            if let Some(act) = self.instrument("ground", &ground.code, &ground.instrument, &law.instruments) {
                ground.cite = act.article(&ground.article);
                ground.from = ground.from.or(act.from);
                ground.until = ground.until.or(act.until);
            }
            self.ordered("ground", &ground.code, ground.from, ground.until);
        }
    }

    fn negative(&mut self, law: &mut Law) {
        let NegativeList { version, entries } = &mut law.negative;
        if *version == 0 {
            self.0.push("negative list: versions count from 1".to_owned());
        }
        self.doubled("negative list entry", entries.iter().map(|e| e.code.as_str()));
        for entry in entries {
            self.filled("negative list entry", &entry.code, &[&entry.withheld]);
            let mut cites = Vec::new();
            match law.grounds.iter().find(|g| g.code == entry.ground) {
                Some(g) if g.effect == Effect::Withhold && g.refuse_by.is_empty() => cites.push(g.cite.clone()),
                Some(g) => self.0.push(format!("negative list entry {}: {} cannot be cited", entry.code, g.code)),
                None => self.0.push(format!("negative list entry {}: no ground {}", entry.code, entry.ground)),
            }
            for also in &entry.also {
                let act = self.instrument("negative list entry", &entry.code, &also.instrument, &law.instruments);
                cites.extend(act.map(|act| act.article(&also.article)));
            }
            entry.cite = cites.join("、");
        }
    }

    fn doubled<'a>(&mut self, what: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for id in ids.filter(|id| !seen.insert(*id)) {
            self.0.push(format!("{what} {id}: listed twice"));
        }
    }

    fn filled(&mut self, what: &str, id: &str, texts: &[&String]) {
        if id.is_empty() || texts.iter().any(|text| text.trim().is_empty()) {
            self.0.push(format!("{what} {id}: an empty text"));
        }
    }

    fn ordered(&mut self, what: &str, id: &str, from: Option<Day>, until: Option<Day>) {
        if matches!((from, until), (Some(from), Some(until)) if until < from) {
            self.0.push(format!("{what} {id}: ends before it begins"));
        }
    }

    fn instrument<'a>(&mut self, what: &str, id: &str, wanted: &str, all: &'a [Instrument]) -> Option<&'a Instrument> {
        let found = all.iter().find(|i| i.id == wanted);
        if found.is_none() {
            self.0.push(format!("{what} {id}: no instrument {wanted}"));
        }
        found
    }
}
