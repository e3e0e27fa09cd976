//! The demo's files, built into the program so that it works from anywhere. What their keys mean stands in
//! `demo/README.md`.

use crate::fail::Fail;
use kernel::Instant;
use serde::Deserialize;
use serde::de::DeserializeOwned;

macro_rules! files {
    ($($path:literal),+ $(,)?) => { &[$(($path, include_str!(concat!("../../../../demo/", $path)))),+] };
}

const FILES: &[(&str, &str)] = files![
    "body.toml",
    "sections.toml",
    "staff.toml",
    "source-plan.txt",
    "decision/about.txt",
    "decision/case.toml",
    "decision/draft.txt",
    "decision/explain.txt",
    "records/2017-plan.toml",
    "records/2017-plan.txt",
    "records/demo-begins.toml",
    "records/demo-begins.txt",
    "records/disclosure-guide.toml",
    "records/disclosure-guide.txt",
    "records/disclosure-items.toml",
    "records/disclosure-items.txt",
    "records/enforcement-disclosure.toml",
    "records/enforcement-disclosure.txt",
    "records/hotline-and-letters.toml",
    "records/hotline-and-letters.txt",
    "records/leading-group.toml",
    "records/leading-group.txt",
    "records/legality-review.toml",
    "records/legality-review.txt",
    "records/negative-list-notes.toml",
    "records/negative-list-notes.txt",
    "records/plan-and-law-today.toml",
    "records/plan-and-law-today.txt",
    "records/publication-rules.toml",
    "records/publication-rules.txt",
    "records/request-procedure.toml",
    "records/request-procedure.txt",
    "records/safety-information-sources.toml",
    "records/safety-information-sources.txt",
    "records/secrecy-review-rules.toml",
    "records/secrecy-review-rules.txt",
    "records/working-calendar-2026.toml",
    "records/working-calendar-2026.txt",
];

/// A file of the demo, named as a record names it: from the folder of records.
pub fn file(name: &str) -> Option<&'static str> {
    let path = name.strip_prefix("../").map_or_else(|| format!("records/{name}"), str::to_owned);
    whole(&path)
}

fn whole(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(p, _)| *p == path).map(|(_, text)| *text)
}

#[derive(Clone, Deserialize)]
pub struct BodyFile {
    pub org: String,
    pub name: String,
    pub subtitle: String,
    pub note: String,
    pub site_domain: String,
    pub site_id_code: String,
    pub icp: String,
    pub police: String,
    pub office: String,
    pub address: String,
    pub post_code: String,
    pub hours: String,
    pub phone: String,
    pub fax: String,
    pub email: String,
    pub reading_point: String,
    pub reconsideration: String,
    pub reconsideration_address: String,
    pub court: String,
    pub court_address: String,
    pub obligations_from: String,
    pub superior: Vec<Superior>,
}

#[derive(Clone, Deserialize)]
pub struct Superior {
    pub name: String,
    pub url: String,
}

#[derive(Deserialize)]
pub struct SectionFile {
    pub code: String,
    pub name: String,
}

#[derive(Deserialize)]
pub struct StaffFile {
    pub sign_in: String,
    pub name: String,
    pub section: String,
    pub duties: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct RecordFile {
    pub id: String,
    pub kind: String,
    pub title: String,
    pub columns: Vec<String>,
    pub class: String,
    pub section: String,
    pub text: String,
    pub publish_at: String,
    pub original_date: String,
    pub ground: String,
    pub document_number: String,
    pub issuer: String,
    pub issued: String,
    pub issued_note: String,
    pub effective: String,
    pub source: String,
    pub author: String,
    pub keywords: Vec<String>,
    pub summary: String,
    pub printed_header: String,
    pub printed_footer: String,
    pub editor_note_intro: String,
    pub attachments: Vec<FileLine>,
    pub editor_notes: Vec<EditorNote>,
    pub law_notes: Vec<LawNote>,
}

#[derive(Deserialize)]
pub struct FileLine {
    pub file: String,
    pub name: String,
}

/// A slip in the paper as it was printed.
#[derive(Deserialize)]
pub struct EditorNote {
    pub at: String,
    pub printed: String,
    pub read: String,
    pub sureness: String,
    pub note: String,
}

/// A rule that changed after the paper.
#[derive(Deserialize)]
pub struct LawNote {
    pub at: String,
    pub quote: String,
    pub note: String,
}

impl RecordFile {
    /// The hour of the demo's story.
    pub fn at(&self) -> Result<Instant, Fail> {
        Instant::parse(&self.publish_at).ok_or_else(|| Fail::fault(format!("{}: no publish_at", self.id)))
    }
}

fn read<T: DeserializeOwned>(path: &str) -> Result<T, Fail> {
    let text = whole(path).ok_or_else(|| Fail::fault(format!("demo/{path} is missing")))?;
    toml::from_str(text).map_err(|e| Fail::fault(e).during(path))
}

/// A case of 重大行政决策, with its papers by role.
#[derive(Deserialize)]
pub struct CaseFile {
    pub name: String,
    pub why: String,
    pub experts_least: u32,
    pub paper: Vec<PaperFile>,
}

#[derive(Deserialize)]
pub struct PaperFile {
    pub role: String,
    #[serde(flatten)]
    pub record: RecordFile,
}

pub fn case() -> Result<CaseFile, Fail> {
    read("decision/case.toml")
}

pub fn body() -> Result<BodyFile, Fail> {
    read("body.toml")
}

pub fn sections() -> Result<Vec<SectionFile>, Fail> {
    #[derive(Deserialize)]
    struct All {
        section: Vec<SectionFile>,
    }
    read::<All>("sections.toml").map(|all| all.section)
}

pub fn staff() -> Result<Vec<StaffFile>, Fail> {
    #[derive(Deserialize)]
    struct All {
        staff: Vec<StaffFile>,
    }
    read::<All>("staff.toml").map(|all| all.staff)
}

/// In the order of publication.
pub fn records() -> Result<Vec<RecordFile>, Fail> {
    let paths = FILES.iter().map(|(path, _)| *path).filter(|p| p.starts_with("records/") && p.ends_with(".toml"));
    let mut all = paths.map(read).collect::<Result<Vec<RecordFile>, _>>()?;
    all.sort_by(|a, b| a.publish_at.cmp(&b.publish_at).then_with(|| a.id.cmp(&b.id)));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::FILES;

    #[test]
    fn no_record_of_the_demo_is_forgotten() {
        for part in ["records", "decision"] {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(part);
            let there = std::fs::read_dir(folder).expect("the demo's folder").map(|e| e.expect("an entry").file_name());
            let mut there: Vec<String> = there.map(|name| format!("{part}/{}", name.to_string_lossy())).collect();
            there.sort();
            let mut built: Vec<&str> = FILES.iter().map(|(p, _)| *p).filter(|p| p.starts_with(part)).collect();
            built.sort_unstable();
            assert_eq!(built, there);
        }
    }
}
