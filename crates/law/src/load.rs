//! Reads the files strictly and checks what ties them together. Collects every fault before giving up.

mod clauses;
mod duties;
mod negatives;
mod scanner;

use crate::negative::NegativeFile;
use crate::{Calendar, Class, Clause, Column, Ground, Instrument, Law, Year};
use duties::Duties;
use kernel::{Day, Hash};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// The texts of the folder `law/`: the built-in ones, or those with a bureau's own laid over them.
#[derive(Clone, Debug)]
pub struct Sources<'a> {
    /// File stem (`2026`) and text.
    pub calendar: Vec<(&'a str, &'a str)>,
    pub instruments: &'a str,
    pub clauses: &'a str,
    /// Name and text of files that each amend or add clauses: none are built in.
    pub clause_files: Vec<(&'a str, &'a str)>,
    /// Name and text of the worked cases. They are played by [`crate::check`] and decide nothing.
    pub cases: Vec<(&'a str, &'a str)>,
    pub catalogue: &'a str,
    pub columns: &'a str,
    pub grounds: &'a str,
    pub negative: &'a str,
    pub obligations: &'a str,
    pub remedies: &'a str,
    pub prohibitions: &'a str,
    pub watch: &'a str,
    pub scanner: &'a str,
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

macro_rules! cases {
    ($($name:literal)*) => {
        vec![$((concat!($name, ".case"), file!("cases/", $name, ".case"))),*]
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
            clause_files: Vec::new(),
            cases: cases!(
                "budget" "calendar-edges" "closing" "credit" "decision" "farming" "hours" "licence"
                "ogi-active" "ogi-parties" "ogi-receipt" "ogi-reply" "old-and-new" "penalty" "personnel"
                "petition" "plan-and-law" "procurement" "proposal" "provisional" "reconsideration" "restart-extension"
                "secrets-archives" "suspension" "website"
            ),
            catalogue: file!("catalogue.toml"),
            columns: file!("columns.toml"),
            grounds: file!("grounds.toml"),
            negative: file!("negative.toml"),
            obligations: file!("obligations.toml"),
            remedies: file!("remedies.toml"),
            prohibitions: file!("prohibitions.toml"),
            watch: file!("watch.toml"),
            scanner: file!("scanner.toml"),
        }
    }
}

impl<'a> Sources<'a> {
    /// Lays a bureau's own folder over these files, each text under its path in `law/`: `grounds.toml` replaces the
    /// file, `calendar/2027.toml` and `cases/own.case` replace or add one, `clauses/hotline.toml` replaces or adds the
    /// clauses it lists and adds the instruments. The error lists the paths that name no file of the law.
    pub fn overlay(mut self, files: &'a BTreeMap<String, String>) -> Result<Sources<'a>, Vec<String>> {
        let mut faults = Vec::new();
        for (path, text) in files {
            match (self.single(path), path.split_once('/')) {
                (Some(file), _) => *file = text,
                (None, Some(("calendar", name))) if name.ends_with(".toml") => {
                    put(&mut self.calendar, name.trim_end_matches(".toml"), text);
                }
                (None, Some(("clauses", name))) if name.ends_with(".toml") => put(&mut self.clause_files, name, text),
                (None, Some(("cases", name))) if name.ends_with(".case") => put(&mut self.cases, name, text),
                _ => faults.push(format!("{path}: no file of the law")),
            }
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }

    /// The files of which there is one.
    fn single(&mut self, path: &str) -> Option<&mut &'a str> {
        Some(match path {
            "instruments.toml" => &mut self.instruments,
            "clauses.toml" => &mut self.clauses,
            "catalogue.toml" => &mut self.catalogue,
            "columns.toml" => &mut self.columns,
            "grounds.toml" => &mut self.grounds,
            "negative.toml" => &mut self.negative,
            "obligations.toml" => &mut self.obligations,
            "remedies.toml" => &mut self.remedies,
            "prohibitions.toml" => &mut self.prohibitions,
            "watch.toml" => &mut self.watch,
            "scanner.toml" => &mut self.scanner,
            _ => return None,
        })
    }

    fn hash(&self) -> Hash {
        let plain = [self.instruments, self.clauses, self.catalogue, self.columns, self.grounds, self.negative];
        let duties = [self.obligations, self.remedies, self.prohibitions, self.watch, self.scanner];
        let dated = self.calendar.iter().chain(&self.clause_files).map(|(_, text)| *text);
        let texts = dated.chain(plain).chain(duties);
        Hash::of(texts.map(|text| Hash::of(text.as_bytes()).to_string()).collect::<String>().as_bytes())
    }
}

fn put<'a>(files: &mut Vec<(&'a str, &'a str)>, name: &'a str, text: &'a str) {
    match files.iter_mut().find(|(known, _)| *known == name) {
        Some(file) => file.1 = text,
        None => files.push((name, text)),
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

/// A file of clauses may bring the acts that it cites.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnClauses {
    #[serde(default)]
    instrument: Vec<Instrument>,
    #[serde(default)]
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
    let mut own = Vec::new();
    let clauses = clauses(sources, &mut own, &mut faults);
    let instruments = faults.read("instruments.toml", sources.instruments);
    let instruments = instruments.map(|f: Instruments| f.instrument.into_iter().chain(own).collect::<Vec<_>>());
    let classes = faults.read("catalogue.toml", sources.catalogue).map(|f: Classes| f.class);
    let columns = faults.read("columns.toml", sources.columns).map(|f: Columns| f.column);
    let grounds = faults.read("grounds.toml", sources.grounds).map(|f: Grounds| f.ground);
    let negative = faults.read("negative.toml", sources.negative).map(|f: NegativeFile| f.lists);
    let duties = faults.read_duties(sources);
    let (Some(calendar), Some(instruments), Some(clauses)) = (calendar, instruments, clauses) else {
        return Err(faults.0);
    };
    let (Some(classes), Some(columns), Some(grounds), Some(negative)) = (classes, columns, grounds, negative) else {
        return Err(faults.0);
    };
    let scanner = faults.read("scanner.toml", sources.scanner);
    let (Some(duties), Some(scanner)) = (duties, scanner) else { return Err(faults.0) };
    let Duties { obligations, remedies, prohibitions, indicators } = duties;
    let hash = sources.hash();
    let mut law = Law {
        calendar,
        instruments,
        clauses,
        classes,
        columns,
        grounds,
        negative,
        obligations,
        remedies,
        prohibitions,
        indicators,
        scanner,
        hash,
    };
    faults.check(&mut law);
    if faults.0.is_empty() { Ok(law) } else { Err(faults.0) }
}

fn clauses(sources: &Sources, acts: &mut Vec<Instrument>, faults: &mut Faults) -> Option<Vec<Clause>> {
    let mut clauses = faults.read::<Clauses>("clauses.toml", sources.clauses)?.clause;
    for (name, text) in &sources.clause_files {
        let file = faults.read::<OwnClauses>(&format!("clauses/{name}"), text)?;
        acts.extend(file.instrument);
        for own in file.clause {
            match clauses.iter_mut().find(|clause| clause.id == own.id) {
                Some(clause) => *clause = own,
                None => clauses.push(own),
            }
        }
    }
    Some(clauses)
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
        self.duties(law);
        self.scanner(law);
    }

    fn instruments(&mut self, instruments: &[Instrument]) {
        self.doubled("instrument", instruments.iter().map(|i| i.id.as_str()));
        for Instrument { id, title, cite, from, until, .. } in instruments {
            self.filled("instrument", id, &[title, cite]);
            self.ordered("instrument", id, *from, *until);
        }
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
