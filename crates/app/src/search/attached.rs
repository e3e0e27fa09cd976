//! The words of public files, with their page. They are read once, after publication, from the file that everybody can
//! fetch; the index and the snippets know them from the floor alone.

use super::snippet::{self, Bit};
use crate::floor::{FileLine, public_file_text, public_page};
use crate::record::clear::note_change;
use crate::record::public::place::encoded;
use crate::record::{file, texts};
use crate::{App, JobFn};
use ::store::{Act, Actor, Done, Error, Job, Public};
use kernel::Hash;
use paper::{Spot, Words};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, Set};
use std::collections::{BTreeMap, HashMap};

pub const JOB: (&str, JobFn) = (texts::READ, |app, job| Box::pin(read(app, job)));

/// Characters that are kept of one file: more than a reader turns through.
const LONG: usize = 1_000_000;
/// Rows of one statement.
const TOGETHER: usize = 500;
/// Pages of files that one answer looks through for its snippets.
const LOOKED_THROUGH: u64 = 2_000;

/// The words of a file by page, sheet or slide; only what a reader sees.
fn by_page(words: Vec<Words>) -> BTreeMap<i64, String> {
    let (mut all, mut left): (BTreeMap<i64, String>, usize) = (BTreeMap::new(), LONG);
    let mut n = 0;
    for Words { spot, text } in words {
        match spot {
            Spot::Text { section, .. } => n = i64::try_from(section).unwrap_or(0),
            Spot::Hidden | Spot::Property(_) => continue,
            Spot::Header | Spot::Footer | Spot::TextBox | Spot::Stamp | Spot::Note => {}
        }
        let some: String = text.chars().take(left).collect();
        left -= some.chars().count();
        if !some.is_empty() {
            let page = all.entry(n).or_default();
            page.push_str(&some);
            page.push('\n');
        }
    }
    all
}

/// What a machine reads of a file; nothing where it cannot.
async fn words_of(app: &App, line: &FileLine) -> Result<BTreeMap<i64, String>, Error> {
    let hash = Hash::parse(&line.sha256).ok_or_else(|| Error::fault("a file without a digest"))?;
    let bytes = match app.blobs.get(&hash).await {
        // It went meanwhile: the act that follows sees that the page went too.
        Err(Error::NotFound) => return Ok(BTreeMap::new()),
        other => other?,
    };
    match app.reader.read(&line.name, bytes.clone()).await {
        Ok(read) => Ok(by_page(read.words)),
        Err(why) if why.code == "file-reader" => Err(Error::fault("the reader of files did not start")),
        Err(_) => {
            let text = file::text(&line.name, &bytes).map(|(_, text)| text.chars().take(LONG).collect());
            Ok(text.map(|text| (0, text)).into_iter().collect())
        }
    }
}

/// The files of a public page that have words.
fn files_of(row: &public_page::Model) -> Result<Vec<FileLine>, Error> {
    let all: Vec<FileLine> = match row.files.as_str() {
        "" => vec![],
        json => serde_json::from_str(json).map_err(|e| Error::Fault(e.into()))?,
    };
    Ok(all.into_iter().filter(|f| texts::has_words(&f.name)).collect())
}

async fn known(public: &Public, page: &str, digest: &str) -> Result<bool, Error> {
    let find = public.find::<public_file_text::Entity>().filter(public_file_text::Column::Page.eq(page));
    Ok(find.filter(public_file_text::Column::Sha256.eq(digest)).count().await? > 0)
}

/// Reads what of a page's files is not read yet. What is no longer public when it was read is not kept.
async fn read(app: App, job: Job) -> Result<(), Error> {
    let public = app.store.public();
    let row = public.find::<public_page::Entity>().filter(public_page::Column::Id.eq(&job.arg)).one().await?;
    let mut told = vec![];
    for line in row.as_ref().map_or(Ok(vec![]), files_of)? {
        if !known(&public, &job.arg, &line.sha256).await? {
            told.push((line.sha256.clone(), words_of(&app, &line).await?));
        }
    }
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        let row = public_page::Entity::find_by_id(&job.arg).one(act).await?;
        let lines = row.as_ref().map_or(Ok(vec![]), files_of)?;
        let mut rows: BTreeMap<String, public_file_text::ActiveModel> = BTreeMap::new();
        for (digest, pages) in told.iter().filter(|(digest, _)| lines.iter().any(|f| f.sha256 == *digest)) {
            let body = row.as_ref().map(|row| row.body.clone()).unwrap_or_default();
            rows.extend(rows_of(&job.arg, &body, digest, pages));
            let old = public_file_text::Entity::delete_many().filter(public_file_text::Column::Page.eq(&job.arg));
            old.filter(public_file_text::Column::Sha256.eq(digest)).exec(act).await?;
        }
        let rows: Vec<_> = rows.into_values().collect();
        for some in rows.chunks(TOGETHER) {
            public_file_text::Entity::insert_many(some.to_vec()).exec_without_returning(act).await?;
        }
        if !rows.is_empty() {
            note_change(act, &job.arg).await?;
        }
        act.journal(texts::READ, &format!("record:{}", job.arg));
        Ok(())
    };
    app.store.act(Actor::Job(texts::READ), app.clock.now(), work).await.map(Done::into_inner)
}

fn rows_of<'a>(
    page: &'a str,
    body: &'a str,
    digest: &'a str,
    pages: &'a BTreeMap<i64, String>,
) -> impl Iterator<Item = (String, public_file_text::ActiveModel)> + 'a {
    let none = pages.is_empty().then(|| (0, String::new()));
    pages.iter().map(|(n, text)| (*n, text.clone())).chain(none).map(move |(n, text)| {
        let id = format!("{page}#{digest}#{n:05}");
        let row = public_file_text::ActiveModel {
            id: Set(id.clone()),
            body: Set(body.into()),
            page: Set(page.into()),
            sha256: Set(digest.into()),
            n: Set(n),
            text: Set(text),
        };
        (id, row)
    })
}

/// All words of the files of some pages, by page.
pub async fn texts(public: &Public, rows: &[public_page::Model]) -> Result<HashMap<String, Vec<String>>, Error> {
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for row in rows.iter().filter(|row| row.files.len() > 2) {
        let find = public.find::<public_file_text::Entity>().filter(public_file_text::Column::Page.eq(&row.id));
        let found = find.order(public_file_text::Column::Id, Order::Asc).all().await?;
        all.insert(row.id.clone(), found.into_iter().map(|text| text.text).collect());
    }
    Ok(all)
}

/// Where in a file the words stand, and what they say.
pub struct Place {
    pub name: String,
    /// The page, sheet or slide from 1; 0 where the format has none.
    pub n: i64,
    /// The file's address, at its page where a browser can go there.
    pub path: String,
    pub kind: String,
    pub snippet: Vec<Bit>,
}

impl Place {
    /// `附件《…》第 3 页`.
    pub fn zh(&self) -> String {
        let ending = self.name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
        let unit = match ending.as_str() {
            "xlsx" => "个工作表",
            "pptx" => "张幻灯片",
            _ => "页",
        };
        let at = if self.n > 0 { format!("第 {} {unit}", self.n) } else { String::new() };
        format!("附件《{}》{at}", self.name)
    }

    pub fn href(&self) -> String {
        let page =
            if self.n > 1 && self.kind == "application/pdf" { format!("#page={}", self.n) } else { String::new() };
        format!("{}{page}", encoded(&self.path))
    }
}

/// For each of some pages the place in its files with the most different words.
pub async fn places(
    public: &Public,
    pages: &[(String, Vec<FileLine>)],
    needles: &[String],
) -> Result<HashMap<String, Place>, Error> {
    let mut best: HashMap<String, (usize, Place)> = HashMap::new();
    if pages.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = pages.iter().map(|(id, _)| id.as_str());
    let find = public.find::<public_file_text::Entity>().filter(public_file_text::Column::Page.is_in(ids));
    for row in find.order(public_file_text::Column::Id, Order::Asc).limit(LOOKED_THROUGH).all().await? {
        let files = pages.iter().find(|(id, _)| *id == row.page).map(|(_, files)| files);
        let Some(line) = files.and_then(|all| all.iter().find(|f| f.sha256 == row.sha256)) else { continue };
        let snippet = snippet::snippet(std::iter::once(row.text.as_str()), needles);
        let words = snippet::words(&snippet);
        if words > best.get(&row.page).map_or(0, |(n, _)| *n) {
            let (name, path, kind) = (line.name.clone(), line.path.clone(), line.kind.clone());
            best.insert(row.page, (words, Place { name, n: row.n, path, kind, snippet }));
        }
    }
    Ok(best.into_iter().map(|(id, (_, place))| (id, place)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_stands_under_its_page() {
        let word = |spot: Spot, text: &str| Words { spot, text: text.into() };
        let at = |section| Spot::Text { section, block: 0, cell: None };
        let all = by_page(vec![
            word(at(1), "第一页"),
            word(Spot::Footer, "页脚"),
            word(at(3), "第三页"),
            word(Spot::Hidden, "看不见"),
            word(Spot::Property("author".into()), "作者"),
        ]);
        assert_eq!(all, BTreeMap::from([(1, "第一页\n页脚\n".into()), (3, "第三页\n".into())]));
        let long = by_page(vec![word(at(0), &"长".repeat(LONG + 5)), word(at(1), "没有了")]);
        assert_eq!(long.iter().map(|(n, text)| (*n, text.chars().count())).collect::<Vec<_>>(), [(0, LONG + 1)]);
    }

    #[test]
    fn a_place_is_told_as_its_format_counts() {
        let told = |name: &str, n| {
            Place { name: name.into(), n, path: "/f".into(), kind: "application/pdf".into(), snippet: vec![] }.zh()
        };
        assert_eq!(told("方案.pdf", 3), "附件《方案.pdf》第 3 页");
        assert_eq!(told("名单.XLSX", 2), "附件《名单.XLSX》第 2 个工作表");
        assert_eq!(told("通知.docx", 0), "附件《通知.docx》");
    }
}
