//! 其他渠道 of one record: each outlet with state, address and time, and what a person can do about it.

use super::model::{Fault, Found, State, Way};
use super::table::outlet_copy;
use super::{paper, rules, store};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::record::public::Shown;
use crate::record::store as records;
use crate::ui::{Choice, DeskFrame, Tag, Tone, href};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Instant, Refusal};

pub const LOOK: Who = Who::Duty(Duty::LOOK);
pub const WORK: &[Duty] = &[Duty::Draft, Duty::Publication];
pub const HERE: &str = "/desk/outlet";

pub fn routes() -> Vec<Route> {
    vec![get("/desk/record/{id}/outlet", LOOK, page), post("/desk/record/{id}/outlet", Who::Duty(WORK), change)]
}

pub fn may_work(desk: &Desk) -> bool {
    WORK.iter().any(|duty| desk.me.has(*duty))
}

/// A record as the pages about its outlets see it.
pub struct About {
    pub id: String,
    /// Empty before it was first public.
    pub index_no: String,
    /// `None` while nothing of it is public.
    pub shown: Option<Shown>,
    /// When the version of today became public.
    pub changed: Instant,
}

impl About {
    /// Of this body only: another body's record does not exist.
    pub async fn load(desk: &Desk, id: &str) -> Result<About, Error> {
        let on = records::load(desk.read(), &desk.body.id, id).await?;
        let shown = paper::shown(&desk.app, id).await?;
        let changed = Instant(shown.as_ref().map_or(0, |s| s.row.changed_at));
        Ok(About { id: on.row.id, index_no: on.row.index_no.unwrap_or_default(), shown, changed })
    }

    /// The public title; what is no longer public is named by its number alone.
    pub fn title(&self) -> String {
        match &self.shown {
            Some(shown) => shown.row.title.clone(),
            None if self.index_no.is_empty() => "还没有公开的信息".into(),
            None => format!("{}（已撤下）", self.index_no),
        }
    }

    pub fn href(&self, page: &str) -> String {
        format!("/desk/record/{}/outlet{page}", self.id)
    }
}

/// A copy as a line of a page.
pub struct Line {
    pub outlet: String,
    pub way: Way,
    pub tag: Tag,
    pub says: String,
    pub address: String,
    pub at: Instant,
    /// Where a person goes to place it; empty where nothing is to be placed.
    pub place: String,
    /// The buttons: the word of the form, and the label.
    pub buttons: Vec<(&'static str, &'static str)>,
}

impl Line {
    pub fn of(copy: &outlet_copy::Model, wired: bool) -> Result<Line, Error> {
        let (state, way) = (copy.state()?, copy.way()?);
        let found = Found::parse(&copy.found);
        let tag = found.map_or_else(|| state.tag(), |found| Tag::new(found.zh(), Tone::Late));
        Ok(Line {
            outlet: copy.outlet.clone(),
            way,
            tag,
            says: says(copy, state, way),
            address: copy.address.clone(),
            at: Instant(copy.at),
            place: place(copy, state, way),
            buttons: buttons(copy, state, way, wired && way == Way::Interface, found),
        })
    }
}

/// Why it stands where it stands, and what is to be done.
fn says(copy: &outlet_copy::Model, state: State, way: Way) -> String {
    let gone = copy.wanted == 0;
    match state {
        State::Waiting if gone => "正在请对方撤下".into(),
        State::Waiting => format!("正在发送第 {} 版", copy.wanted),
        State::Sent => format!("第 {} 版", copy.sent),
        State::Gone if copy.wanted > 0 => "不发".into(),
        State::Gone => "对方已经撤下".into(),
        State::ByHand if gone && way == Way::Poster => "请到张贴的地方揭下".into(),
        State::ByHand if gone && way.is_packed() => "随下一包通知撤下".into(),
        State::ByHand if gone => "请到对方那里撤下".into(),
        State::ByHand if way.is_packed() => "等下一包".into(),
        State::ByHand if copy.sent > 0 => format!("那边还是第 {} 版，请换成第 {} 版", copy.sent, copy.wanted),
        State::ByHand => "请登载后填回网址".into(),
        State::Failed => failure(copy),
    }
}

fn failure(copy: &outlet_copy::Model) -> String {
    let fault = Fault::parse(&copy.fault);
    let what = fault.map_or("没有成功", Fault::zh);
    let words = if copy.says.is_empty() { String::new() } else { format!("：{}", copy.says) };
    let then = match fault.filter(|f| f.passes()).and_then(|_| rules::back_off(copy.tries)) {
        Some(wait) => format!("。已试 {} 次，{} 自动再试", copy.tries, Instant(copy.at + wait)),
        None if fault == Some(Fault::Refused) => "。改正后请再发一次".into(),
        None => format!("。已试 {} 次，每晚核对时再试", copy.tries),
    };
    format!("{what}{words}{then}")
}

/// The page on which a person places it.
fn place(copy: &outlet_copy::Model, state: State, way: Way) -> String {
    if copy.wanted == 0 || !matches!(state, State::ByHand | State::Failed) {
        return String::new();
    }
    let page = match way {
        Way::Interface | Way::Hand => "sheet",
        Way::Wechat => "wechat",
        Way::Poster => "poster",
        Way::Gazette | Way::Archive => return href("/desk/outlet/package", &[("outlet", &copy.outlet)]),
    };
    href(&format!("/desk/record/{}/outlet/{page}", copy.record), &[("outlet", &copy.outlet)])
}

fn buttons(
    copy: &outlet_copy::Model,
    state: State,
    way: Way,
    wired: bool,
    found: Option<Found>,
) -> Vec<(&'static str, &'static str)> {
    let open = matches!(state, State::ByHand | State::Failed);
    let mut all = vec![];
    if wired && (state == State::Failed || found.is_some()) {
        all.push(("again", "再发一次"));
    }
    if open && copy.wanted == 0 {
        all.push(("removed", "已经撤下"));
    }
    if open && copy.wanted > 0 && way == Way::Poster {
        all.push(("placed", "已经张贴"));
    }
    if state == State::ByHand && copy.wanted > 0 && copy.touched == 0 && copy.sent == 0 {
        all.push(("skip", "不发"));
    }
    all
}

#[derive(Template)]
#[template(path = "outlet/record.html")]
struct Page {
    frame: DeskFrame,
    about: About,
    lines: Vec<Line>,
    /// 转发用一句话; empty while nothing is public.
    line: String,
    /// Whether the installation knows the address at which it is read.
    addressed: bool,
    more: Vec<Choice>,
    may_work: bool,
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    show(&desk, &id, vec![]).await
}

async fn show(desk: &Desk, id: &str, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let about = About::load(desk, id).await?;
    let copies = store::copies(desk.read(), id).await?;
    let table = store::table(desk.read(), desk.law(), &desk.body.id).await?;
    let wired = desk.app.outlet.is_wired();
    let lines = copies.iter().map(|copy| Line::of(copy, wired)).collect::<Result<Vec<_>, _>>()?;
    let free = table.outlets.iter().filter(|o| about.shown.is_some() && !copies.iter().any(|c| c.outlet == o.name));
    let (status, frame) = desk.form(format!("其他渠道：{}", about.title()), HERE, errors);
    let line = about.shown.as_ref().map_or_else(String::new, |shown| {
        rules::one_line(&desk.body.name, &shown.row.title, &paper::url(&desk.app, shown))
    });
    let page = Page {
        frame,
        lines,
        line,
        addressed: !desk.app.base_url.is_empty(),
        more: free.map(|o| Choice::new(&o.name, format!("{}（{}）", o.name, o.way.zh()))).collect(),
        may_work: may_work(desk),
        about,
    };
    html_as(status, &page)
}

/// One button of the page: what it does is the value of `do`.
async fn change(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    About::load(&desk, &id).await?;
    let (what, outlet) = (form.get("do").to_owned(), form.get("outlet").to_owned());
    if !matches!(what.as_str(), "add" | "again" | "removed" | "placed" | "skip") {
        return Err(Failure::bad("表单不完整。请返回上一页，刷新后再提交。"));
    }
    let table = store::table(desk.read(), desk.law(), &desk.body.id).await?;
    let (body, record, wired) = (desk.body.id.clone(), id.clone(), desk.app.outlet.is_wired());
    let work = async move |act: &mut Act| {
        if what == "add" {
            return add(act, &table, &body, &record, &outlet, wired).await;
        }
        let copy = store::copy(act, &body, &record, &outlet).await?;
        let line = Line::of(&copy, wired)?;
        if !line.buttons.iter().any(|(word, _)| *word == what) {
            // Somebody else was faster, or the page was old.
            return Err(Error::Conflict);
        }
        match what.as_str() {
            "again" => {
                store::turn(act, &copy, State::Waiting, copy.wanted).await?;
                act.journal("outlet-again", &format!("record:{record}"));
                Ok(())
            }
            "skip" => store::skip(act, &copy).await,
            _ => store::done(act, &copy, "").await,
        }
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => done.into_inner(),
        Err(Error::Refused(why)) => return show(&desk, &id, why).await,
        Err(e) => return Err(e.into()),
    }
    Ok(see(&format!("/desk/record/{id}/outlet?said=outlet-noted")))
}

async fn add(
    act: &mut Act,
    table: &super::model::Table,
    body: &str,
    record: &str,
    outlet: &str,
    wired: bool,
) -> Result<(), Error> {
    use crate::floor::public_page;
    use sea_orm::EntityTrait;
    let Some(to) = table.find(outlet) else {
        return Err(vec![Refusal::new("outlet-missing", "请选择要加发的渠道。").at("outlet")].into());
    };
    let page = public_page::Entity::find_by_id(record).one(act).await?;
    let Some(page) = page else {
        let says = "这件还没有公开，或者已经撤下，不能发到别处。";
        return Err(vec![Refusal::new("not-public", says).at("outlet")].into());
    };
    if store::copies(act, record).await?.iter().any(|copy| copy.outlet == outlet) {
        return Err(Error::Conflict);
    }
    store::add(act, body, record, to, page.version, wired).await?;
    act.journal("outlet-added", &format!("record:{record}"));
    Ok(())
}
