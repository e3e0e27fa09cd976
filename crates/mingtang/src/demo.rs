//! `serve --demo`: a demo body with accounts and real content, brought to the public by the way that everything takes.

mod data;
mod note;

use crate::fail::Fail;
use app::account::store::{self as accounts, NewStaff};
use app::account::{Duty, Me, password};
use app::body::{Body, Profile};
use app::posted::Upload;
use app::record::carry::{Carried, carry};
use app::record::kind::Kind;
use app::record::model::Typed;
use app::record::rules;
use app::{App, body, decision};
use data::{BodyFile, CaseFile, PaperFile, RecordFile, SectionFile, StaffFile};
use kernel::Instant;
use law::Law;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use store::{Act, Actor};

/// Where the demo's passwords are kept, in the data folder.
pub const PASSWORDS: &str = "demo-passwords.txt";
/// Stands in the data folder while the demo is being made.
const UNFINISHED: &str = "demo-unfinished";
const KEPT: &str = "演示资料，已核对";
/// The accounts are there before the first paper is written, in milliseconds.
const BEFORE_MS: i64 = 3_600_000;

/// A demo account, with its password in clear.
pub struct Account {
    pub login: String,
    pub name: String,
    pub password: String,
}

/// The accounts as lines: sign-in name, role, password.
pub fn listed(accounts: &[Account]) -> String {
    accounts.iter().map(|a| format!("  {:<10}{}  {}\n", a.login, a.password, a.name)).collect()
}

/// Makes the demo in an empty installation and returns its accounts; finds it again later and returns none.
pub async fn furnish(app: &App, data: &Path) -> Result<Vec<Account>, Fail> {
    let unfinished = data.join(UNFINISHED);
    if unfinished.exists() {
        let says = format!("{} 里的演示数据没有建完。请删除这个目录，再启动一次。", data.display());
        return Err(Fail::no(says));
    }
    let wanted = data::body()?;
    match app.bodies().first() {
        None => {}
        Some(found) if found.org == wanted.org => return Ok(vec![]),
        Some(found) => {
            let says = format!(
                "{} 里已有{}的数据，不是演示数据。请去掉 --demo，或换一个数据目录。",
                data.display(),
                found.name
            );
            return Err(Fail::no(says));
        }
    }
    std::fs::write(&unfinished, "")?;
    let accounts = make(app, &wanted, data).await?;
    std::fs::remove_file(&unfinished)?;
    Ok(accounts)
}

async fn make(app: &App, wanted: &BodyFile, data: &Path) -> Result<Vec<Account>, Fail> {
    let records = data::records()?;
    let first = records.first().map(|r| r.at()).transpose()?;
    let begun = first.unwrap_or_else(|| app.clock.now()).plus_ms(-BEFORE_MS);
    let accounts = people(app, wanted, begun).await?;
    write_passwords(&data.join(PASSWORDS), &accounts)?;
    app.reload_bodies().await?;
    let house = House::read(app).await?;
    for record in &records {
        let paper = house.carried(record, record.at()?)?;
        let path = carry(app, paper).await.map_err(|e| Fail::from(e).during(&record.id))?;
        tracing::info!(record = record.id, path, "published");
    }
    let case = house.case(data::case()?, app.clock.now())?;
    decision::carry::carry(app, case).await.map_err(|e| Fail::from(e).during("decision"))?;
    Ok(accounts)
}

/// Only the owner of the data folder may read them.
fn write_passwords(file: &Path, accounts: &[Account]) -> Result<(), Fail> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(file)?;
    write!(out, "登录名      密码                 岗位\n{}", listed(accounts))?;
    Ok(out.sync_all()?)
}

/// Body, sections and accounts, in one act.
async fn people(app: &App, wanted: &BodyFile, at: Instant) -> Result<Vec<Account>, Fail> {
    let (sections, staff) = (data::sections()?, data::staff()?);
    let account = |s: &StaffFile| (s.sign_in.clone(), s.name.clone(), password::random());
    let accounts: Vec<_> = staff.iter().map(account).collect();
    let mut hashes = vec![];
    for (.., plain) in &accounts {
        hashes.push(password::hash(plain.clone()).await?);
    }
    let (org, name, profile) = (wanted.org.clone(), wanted.name.clone(), wanted.profile());
    let work = async move |act: &mut Act| {
        let body = accounts::add_body(act, &org, "", &name, &profile).await?;
        add_staff(act, &body, &sections, &staff, &hashes).await
    };
    app.store.act(Actor::Clock, at, work).await?.into_inner();
    Ok(accounts.into_iter().map(|(login, name, password)| Account { login, name, password }).collect())
}

async fn add_staff(
    act: &mut Act,
    body: &str,
    sections: &[SectionFile],
    staff: &[StaffFile],
    hashes: &[String],
) -> Result<(), store::Error> {
    let mut ids = HashMap::new();
    for section in sections {
        ids.insert(section.code.as_str(), accounts::add_section(act, body, &section.code, &section.name).await?);
    }
    for (person, hash) in staff.iter().zip(hashes) {
        let section = ids.get(person.section.as_str()).ok_or_else(|| store::Error::fault("a section is missing"))?;
        let new = NewStaff {
            body: body.into(),
            section: section.clone(),
            login: person.sign_in.clone(),
            name: person.name.clone(),
            password: hash.clone(),
            duties: person.duties.iter().filter_map(|word| Duty::parse(word)).collect(),
        };
        accounts::add_staff(act, &new).await?;
    }
    Ok(())
}

/// Who and what a record needs on its way.
struct House {
    body: Body,
    sections: HashMap<String, String>,
    staff: Vec<Me>,
    law: &'static Law,
}

impl House {
    async fn read(app: &App) -> Result<House, Fail> {
        let body = app.bodies().first().cloned().ok_or_else(|| Fail::fault("the demo has no body"))?;
        let sections = accounts::sections(app.store.read(), &body.id).await?;
        let mut staff = vec![];
        for row in accounts::all_staff(app.store.read(), &body.id).await? {
            staff.extend(accounts::me(app.store.read(), &row.id).await?.map(|(_, me)| me));
        }
        let sections = sections.into_iter().map(|s| (s.code, s.id)).collect();
        Ok(House { body, sections, staff, law: app.law() })
    }

    /// Its papers are written, reviewed and published at one moment.
    fn case(&self, case: CaseFile, at: Instant) -> Result<decision::carry::Carried, Fail> {
        let somebody = |duty: Duty| {
            let found = self.staff.iter().find(|s| s.has(duty)).cloned();
            found.ok_or_else(|| Fail::fault(format!("the demo has nobody for {}", duty.zh())))
        };
        let mut papers = vec![];
        for PaperFile { role, record } in case.paper {
            let record = RecordFile {
                id: role.clone(),
                columns: vec!["decisions".into()],
                class: "other".into(),
                section: "office".into(),
                text: format!("../decision/{}", record.text),
                original_date: at.day().to_string(),
                ground: "O20-13".into(),
                issuer: self.body.name.clone(),
                source: "本平台（演示文本）".into(),
                author: "局办公室".into(),
                ..record
            };
            papers.push((role, self.carried(&record, at)?));
        }
        Ok(decision::carry::Carried {
            body: self.body.clone(),
            name: case.name,
            why: case.why,
            experts_least: case.experts_least,
            papers,
            clerk: somebody(Duty::Draft)?,
            head: somebody(Duty::SectionCheck)?,
            at,
        })
    }

    fn carried(&self, record: &RecordFile, at: Instant) -> Result<Carried, Fail> {
        let missing = |what: &str| Fail::fault(format!("the demo record {} has no {what}", record.id));
        let author = self.staff.iter().find(|s| s.has(Duty::Draft)).ok_or_else(|| missing("author"))?;
        let upload = |f: &data::FileLine| {
            let bytes = data::file(&f.file).ok_or_else(|| missing("attachment"))?;
            Ok(Upload { field: "file".into(), name: f.name.clone(), bytes: bytes.into() })
        };
        Ok(Carried {
            body: self.body.clone(),
            kind: Kind::parse(&record.kind).ok_or_else(|| missing("kind"))?,
            section: self.sections.get(&record.section).cloned().ok_or_else(|| missing("section"))?,
            typed: typed(self.law, record),
            text: data::file(&record.text).ok_or_else(|| missing("text"))?.to_owned(),
            files: record.attachments.iter().map(upload).collect::<Result<_, Fail>>()?,
            author: author.clone(),
            reviewers: self.staff.iter().filter(|s| s.id != author.id).cloned().collect(),
            kept_because: KEPT.into(),
            at,
        })
    }
}

/// The form as a clerk would have filled it in. Columns that no slice serves yet are left out.
fn typed(law: &Law, record: &RecordFile) -> Typed {
    let mut columns = record.columns.iter().filter(|c| rules::column_name(law, c).is_some()).map(String::as_str);
    let (main, also) = (columns.next().unwrap_or_default(), columns.collect::<Vec<_>>().join(" "));
    let formed = if record.original_date.is_empty() { &record.issued } else { &record.original_date };
    let all = [
        ("title", record.title.as_str()),
        ("column", main),
        ("also", &also),
        ("class", &record.class),
        ("openness", "open"),
        ("ground", &record.ground),
        ("issuer", &record.issuer),
        ("source", &record.source),
        ("author", &record.author),
        ("keywords", &record.keywords.join("、")),
        ("summary", &record.summary),
        ("formed", formed),
        ("effective", &record.effective),
        ("note", &note::of(record)),
        ("number", &record.document_number),
        ("issued", &record.issued),
    ];
    all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

impl BodyFile {
    fn profile(&self) -> Profile {
        let b = self.clone();
        body::Profile {
            subtitle: b.subtitle,
            note: b.note,
            domain: b.site_domain,
            site_id_code: b.site_id_code,
            icp: b.icp,
            police: b.police,
            office: b.office,
            address: b.address,
            post_code: b.post_code,
            hours: b.hours,
            phone: b.phone,
            fax: b.fax,
            email: b.email,
            reading_point: b.reading_point,
            superior: b.superior.into_iter().map(|s| (s.name, s.url)).collect(),
            reconsideration: b.reconsideration,
            reconsideration_address: b.reconsideration_address,
            court: b.court,
            court_address: b.court_address,
            obligations_from: b.obligations_from,
        }
    }
}

#[cfg(test)]
mod tests;
