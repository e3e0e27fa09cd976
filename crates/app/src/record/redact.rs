//! 遮盖: what may not be opened is taken out of the text or of an attachment, each place with its ground (条例 37). The
//! scanner's findings are offered; words and places can be written down freely.

use super::check::{self, Mine};
use super::copied;
use super::draft as drafts;
use super::findings;
use super::model::Typed;
use super::source;
use super::table::draft_file;
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::ground;
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame, Link};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;
use law::{Effect, Law};
use paper::{Area, Order, Passage};

const WRITE: Who = Who::Duty(&[Duty::Draft]);
/// Rows for words and for places that a person writes down; more of them come with the next copy.
const ROWS: usize = 5;
/// The ground of state secrets: a paper that holds one is not mended here.
const SECRET: &str = "N1";
/// What is proposed: most of what is taken out is about persons.
const USUAL: &str = "N5";
const CITE: &str = "《政府信息公开条例》第三十七条";

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/record/{id}/redact", WRITE, text_page),
        post("/desk/record/{id}/redact", WRITE, redact_text),
        get("/desk/record/{id}/redact/{file}", WRITE, file_page),
        post("/desk/record/{id}/redact/{file}", WRITE, redact_file),
    ]
}

/// A finding that may be ticked. Its words stay on this side: the form sends its key.
struct Found {
    key: String,
    excerpt: String,
    says: String,
    place: String,
    words: Vec<String>,
}

/// A file of which something is taken out, wherever it is kept.
pub struct Source<'a> {
    pub name: &'a str,
    /// Its media type.
    pub kind: &'a str,
    /// Its digest.
    pub blob: &'a str,
}

/// Where the form stands.
pub struct Place<'a> {
    /// The part of the console.
    pub list: &'a str,
    pub back: Link,
    /// The address that takes the form.
    pub action: String,
    /// That of the file, for a picture on which places are drawn.
    pub src: String,
}

#[derive(Template)]
#[template(path = "record/redact.html")]
struct Page {
    frame: DeskFrame,
    back: Link,
    action: String,
    src: String,
    /// A file; else the text itself.
    is_file: bool,
    found: Vec<Found>,
    grounds: Vec<Choice>,
    rows: Vec<usize>,
    /// Words can be taken out; of pictures only places.
    by_words: bool,
    /// Millimetres or pixels, where places can be taken out.
    unit: &'static str,
    is_picture: bool,
    /// What the reader reads, to copy words from.
    text: String,
    unread: Vec<String>,
    typed: Posted,
}

impl Page {
    fn get(&self, name: &str, n: &usize) -> &str {
        self.typed.get(&format!("{name}-{n}"))
    }

    fn ticked(&self, key: &str) -> bool {
        self.typed.all("cut").any(|one| one == key)
    }

    /// The ground chosen in a row, or the usual one.
    fn ground(&self, row: &str) -> &str {
        let chosen = self.typed.get(&format!("ground-{row}"));
        if chosen.is_empty() { USUAL } else { chosen }
    }

    fn ground_at(&self, kind: &str, n: &usize) -> &str {
        self.ground(&format!("{kind}{n}"))
    }
}

/// The grounds for which something may be withheld on a day, by the name people know them.
fn grounds(law: &Law, desk: &Desk) -> Vec<Choice> {
    let all = ground::rules::in_force(law, desk.now.day(), Effect::Withhold).into_iter();
    all.filter(|g| g.code != SECRET && !g.code.starts_with('W')).map(|g| Choice::new(&g.code, mark(g))).collect()
}

/// The reason as readers of the paper are told it: `依据第十五条，个人隐私`.
fn mark(ground: &law::Ground) -> String {
    format!("依据{}，{}", ground.article, ground.name)
}

async fn text_page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let mine = check::mine(&desk, &id).await?;
    show(&desk, mine, None, Posted::default(), vec![]).await
}

async fn file_page(desk: Desk, Path((id, file)): Path<(String, String)>) -> Result<Response, Failure> {
    let mine = check::mine(&desk, &id).await?;
    let file = of(&mine, &file)?;
    show(&desk, mine, Some(file), Posted::default(), vec![]).await
}

fn of(mine: &Mine, file: &str) -> Result<draft_file::Model, Error> {
    let found = mine.files.iter().find(|f| f.id == file).cloned();
    found.filter(|f| copied::may_copy(&f.name)).ok_or(Error::NotFound)
}

async fn show(
    desk: &Desk,
    mine: Mine,
    file: Option<draft_file::Model>,
    typed: Posted,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let id = &mine.on.row.id;
    let (last, label) = if file.is_some() { ("files", "回到附件") } else { ("check", "回到机检与修改") };
    let place = Place {
        list: "/desk/record",
        back: Link::new(label, format!("/desk/record/{id}/{last}")),
        action: format!("/desk/record/{id}/redact{}", file.as_ref().map(|f| format!("/{}", f.id)).unwrap_or_default()),
        src: file.as_ref().map(|f| href(&format!("/desk/record/{id}/file/"), &f.name)).unwrap_or_default(),
    };
    match &file {
        None => draw(desk, place, None, (in_text(desk, &mine), String::new(), vec![]), (typed, errors)),
        Some(file) => show_file(desk, place, &source_of(file), (typed, errors)).await,
    }
}

/// A name as the last part of an address.
fn href(before: &str, name: &str) -> String {
    let encoded = crate::ui::href("", &[("n", name)]);
    format!("{before}{}", encoded.strip_prefix("?n=").unwrap_or_default())
}

fn source_of(file: &draft_file::Model) -> Source<'_> {
    Source { name: &file.name, kind: &file.kind, blob: &file.blob }
}

/// The form for a file: what the scanner found in it, rows for words and places, and what was typed.
///
/// # Errors
/// Where the file is not there.
pub async fn show_file(
    desk: &Desk,
    place: Place<'_>,
    file: &Source<'_>,
    (typed, errors): (Posted, Vec<Refusal>),
) -> Result<Response, Failure> {
    let found = in_file(desk, file).await?;
    draw(desk, place, Some(file), found, (typed, errors))
}

fn draw(
    desk: &Desk,
    place: Place<'_>,
    file: Option<&Source<'_>>,
    (found, text, unread): (Vec<Found>, String, Vec<String>),
    (typed, errors): (Posted, Vec<Refusal>),
) -> Result<Response, Failure> {
    let kind = file.map_or("", |f| f.kind);
    let is_picture = kind.starts_with("image/");
    let title = file.map_or_else(|| "遮盖正文".to_owned(), |f| format!("遮盖：{}", f.name));
    let (status, frame) = desk.form(title, place.list, errors);
    let page = Page {
        frame,
        back: place.back,
        action: place.action,
        src: place.src,
        is_file: file.is_some(),
        found,
        grounds: grounds(desk.law(), desk),
        rows: (1..=ROWS).collect(),
        by_words: !is_picture,
        unit: match kind {
            "application/pdf" => "毫米",
            _ if is_picture => "像素",
            _ => "",
        },
        is_picture,
        text,
        unread,
        typed,
    };
    html_as(status, &page)
}

/// What the scanner found in the text of the draft.
fn in_text(desk: &Desk, mine: &Mine) -> Vec<Found> {
    let none = std::collections::BTreeMap::new();
    let all = findings::find(desk.law(), desk.now.day(), mine.title(), &mine.typed, &mine.blocks, &[], &none);
    let in_body = |f: &findings::Found| {
        matches!(f.at, Some((scan::Place::Body { .. }, _))) && f.severity != crate::ui::Severity::Word
    };
    let of =
        |f: findings::Found| Found { words: vec![f.was], key: f.key, excerpt: f.excerpt, says: f.says, place: f.place };
    all.into_iter().filter(in_body).map(of).collect()
}

/// What the scanner found in a file, what is read of it, and what no machine can read.
async fn in_file(desk: &Desk, file: &Source<'_>) -> Result<(Vec<Found>, String, Vec<String>), Error> {
    if source::media_type(file.name).is_none() {
        return Ok((vec![], String::new(), vec![]));
    }
    let read = match source::read_again(desk, file.name, file.blob).await? {
        Ok(read) => read,
        Err(why) => return Ok((vec![], String::new(), vec![why.says])),
    };
    let pieces = read.pieces(file.name);
    let words = |place: &scan::Place, span: &std::ops::Range<usize>| {
        let at = pieces.iter().filter(|p| p.place == *place);
        at.filter_map(|p| p.text.get(span.clone())).next().unwrap_or_default().to_owned()
    };
    let found =
        scan::scan(&pieces).into_iter().filter(|f| !matches!(f.severity, scan::Severity::Text)).map(|f| Found {
            key: f.key().to_string(),
            words: std::iter::once(words(&f.place, &f.span))
                .chain(f.rest.iter().map(|s| words(&s.place, &s.span)))
                .collect(),
            place: f.place.to_string(),
            excerpt: f.excerpt,
            says: f.says,
        });
    Ok((found.collect(), read.text(), read.unread))
}

/// What was ticked and written down for a file: what to take out of it, each place with its ground.
///
/// # Errors
/// The inner refusals are for the person who filled in the form.
pub async fn ordered(desk: &Desk, file: &Source<'_>, form: &Posted) -> Result<Result<Order, Vec<Refusal>>, Error> {
    let (found, ..) = in_file(desk, file).await?;
    Ok(read(desk, form, &found, first_field(file.kind)))
}

/// The order as it was ticked and written down.
fn read(desk: &Desk, form: &Posted, found: &[Found], at: &'static str) -> Result<Order, Vec<Refusal>> {
    let (mut order, mut why) = (Order::default(), vec![]);
    let mut reason = |row: &str| {
        let code = form.get(&format!("ground-{row}"));
        let known = ground::rules::in_force(desk.law(), desk.now.day(), Effect::Withhold);
        let chosen = known.into_iter().find(|g| g.code == code && g.code != SECRET).map(mark);
        if chosen.is_none() {
            let says = "每一处都要选现行的依据（条例第十四条至第十六条）。";
            why.push(Refusal::new("ground-withhold", says).cite(CITE).at(at));
        }
        chosen.unwrap_or_default()
    };
    for key in form.all("cut") {
        let Some(found) = found.iter().find(|f| f.key == key) else { continue };
        let mark = reason(key);
        order.passages.extend(found.words.iter().map(|text| Passage { text: text.clone(), mark: mark.clone() }));
    }
    for n in 1..=ROWS {
        let text = form.get(&format!("passage-{n}"));
        if !text.is_empty() {
            order.passages.push(Passage { text: text.to_owned(), mark: reason(&format!("p{n}")) });
        }
    }
    let mut odd = None;
    for n in 1..=ROWS {
        let field = |name: &str| form.get(&format!("{name}-{n}")).to_owned();
        let all = ["left", "top", "width", "height"].map(field);
        if all.iter().all(String::is_empty) {
            continue;
        }
        let number = |text: &String| text.parse::<f64>().ok().filter(|n| n.is_finite() && (0.0..=1e6).contains(n));
        let [left, top, width, height] = all.each_ref().map(number);
        let page = if field("page").is_empty() { Some(1) } else { field("page").parse::<usize>().ok() };
        let (Some(page), Some(left), Some(top), Some(width), Some(height)) = (page, left, top, width, height) else {
            odd = odd.or(Some(n));
            continue;
        };
        order.areas.push(Area { page, left, top, width, height, mark: reason(&format!("a{n}")) });
    }
    if let Some(n) = odd {
        let says = format!("第 {n} 个位置的四个数没有填全，或者不是数。请填左、上、宽、高。");
        why.push(Refusal::new("area-odd", says).at("left-1"));
    }
    if order.is_empty() && why.is_empty() {
        let says = "没有选要遮盖的内容。请勾选，或者写出文字。";
        why.push(Refusal::new("nothing-chosen", says).at(at));
    }
    if why.is_empty() { Ok(order) } else { Err(why) }
}

async fn redact_file(desk: Desk, Path((id, file)): Path<(String, String)>, form: Posted) -> Result<Response, Failure> {
    let mine = check::mine(&desk, &id).await?;
    let file = of(&mine, &file)?;
    let order = match ordered(&desk, &source_of(&file), &form).await? {
        Ok(order) => order,
        Err(why) => return show(&desk, mine, Some(file), form, why).await,
    };
    let shown = mine.blocks.iter().any(|b| matches!(b, kernel::Block::Image { file: f, .. } if *f == file.name));
    let name = if shown { file.name.clone() } else { renamed(&file.name) };
    if name != file.name && mine.files.iter().any(|f| f.name == name) {
        let says = format!("已有名为“{name}”的附件。请先移除或者改名。");
        let why = vec![Refusal::new("file-doubled", says).at("passage-1")];
        return show(&desk, mine, Some(file), form, why).await;
    }
    match copied::make(&desk, &mine.row, &file, &name, &order).await? {
        Ok(()) => Ok(see(&format!("/desk/record/{id}/files?said=copy-redacted"))),
        Err(why) => {
            let at = first_field(&file.kind);
            show(&desk, mine, Some(file), form, vec![why.at(at)]).await
        }
    }
}

/// The field to which a refusal leads.
pub fn first_field(kind: &str) -> &'static str {
    if kind.starts_with("image/") { "left-1" } else { "passage-1" }
}

/// The name by which readers see that something was taken out.
pub fn renamed(name: &str) -> String {
    let mark = "（区分处理）";
    match name.rsplit_once('.') {
        Some((stem, _)) if stem.ends_with(mark) => name.to_owned(),
        Some((stem, ending)) => format!("{stem}{mark}.{ending}"),
        None => format!("{name}{mark}"),
    }
}

/// The text is the draft's own: the words are taken out of it, and what went before stays in the versions and the
/// source.
async fn redact_text(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let mine = check::mine(&desk, &id).await?;
    let order = match read(&desk, &form, &in_text(&desk, &mine), first_field("")) {
        Ok(order) => order,
        Err(why) => return show(&desk, mine, None, form, why).await,
    };
    let lines = mine.row.text.split('\n').map(|line| paper::replaced(line, &order.passages));
    let (lines, counts): (Vec<String>, Vec<usize>) = lines.unzip();
    let (text, taken) = (lines.join("\n"), counts.into_iter().sum::<usize>());
    if let Some(missing) =
        order.passages.iter().find(|p| paper::replaced(&mine.row.text, std::slice::from_ref(p)).1 == 0)
    {
        let says = format!("正文里没有找到“{}”，或者太短。请照正文抄写，跨段的分开写。", missing.text);
        let why = vec![Refusal::new("copy-missing", says).at("passage-1")];
        return show(&desk, mine, None, form, why).await;
    }
    let (row, typed): (_, Typed) = (mine.row, mine.typed);
    let work = async move |act: &mut Act| {
        drafts::save_draft(act, &row, row.version, &typed, &text).await?;
        let facts = serde_json::json!({ "taken": taken });
        act.journal_with("redact-text", &format!("record:{}", row.record), facts);
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}/check?said=text-redacted")))
}
