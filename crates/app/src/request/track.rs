//! The applicant's case by its code: how far it is, until when, what is asked of them; and what they may do themselves.

use super::desk::name_of;
use super::jobs::{TAKE_IN, field, holder};
use super::kind::{self, KIND};
use super::letter::{self, Reply};
use super::papers::{self, Made};
use super::public::{APPLY, follow};
use super::table::request_file;
use super::{files, kin};
use crate::App;
use crate::account::store::Secret;
use crate::edge::{Failure, private, see, status_of, unkept};
use crate::matter::case::Moment;
use crate::matter::desk as cases;
use crate::matter::shown;
use crate::matter::step::{Input, Wish};
use crate::matter::store::{Loaded, about};
use crate::matter::views::Said;
use crate::matter::work;
use crate::portal::Portal;
use crate::posted::Posted;
use crate::submission::model::{FOLLOW_UP, REQUEST, WEB, Words};
use crate::submission::remedy;
use crate::submission::rules::{is_token, secret_mark, too_long};
use crate::submission::store::{self as submissions, New, submission};
use crate::ui::{self, Days, Fact, Frame, Link, Receipt, Step, Tag, Tone, Value};
use ::store::{Act, Actor, Error};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use kernel::{Code, Day, Hash, Refusal};
use std::collections::HashMap;

pub const TRACK: &str = "/disclosure/track";
const WORDS_MAX: usize = 2000;

pub fn routes() -> Router<App> {
    Router::new()
        .route(TRACK, get(track_form).post(track))
        .route("/disclosure/track/{code}", get(status))
        .route("/disclosure/track/{code}/{move}", post(act))
        .route("/disclosure/track/{code}/papers/{paper}", get(paper))
        .route("/disclosure/track/{code}/files/{file}", get(file))
}

#[derive(Template)]
#[template(path = "request/track.html")]
struct TrackPage {
    frame: Frame,
    code: String,
}

fn frame(portal: &Portal, title: &str, errors: Vec<Refusal>) -> Frame {
    let steps = [("政府信息公开", "/disclosure"), ("依申请公开", APPLY)];
    let mut frame = portal.frame(title).under("/disclosure", &steps).refused(errors);
    frame.path = TRACK.into();
    frame
}

async fn track_form(portal: Portal) -> Result<Response, Failure> {
    private(StatusCode::OK, &TrackPage { frame: frame(&portal, "查申请进度", vec![]), code: String::new() })
}

fn unknown(portal: &Portal, status: StatusCode, typed: &str) -> Result<Response, Failure> {
    let says = "查询码不对。它印在回执上，形如 7K4M-2XQ9-R3TW，请核对后再试。";
    let errors = vec![Refusal::new("code-unknown", says).at("code")];
    private(status, &TrackPage { frame: frame(portal, "查申请进度", errors), code: typed.into() })
}

async fn track(portal: Portal, form: Posted) -> Result<Response, Failure> {
    match find(&portal, form.get("code")).await? {
        Some((code, _)) => Ok(see(&format!("{TRACK}/{}", code.plain()))),
        None => unknown(&portal, StatusCode::UNPROCESSABLE_ENTITY, form.get("code")),
    }
}

async fn find(portal: &Portal, typed: &str) -> Result<Option<(Code, submission::Model)>, Error> {
    let Some(code) = Code::parse(typed) else { return Ok(None) };
    let app = &portal.app;
    let row = submissions::by_code(app.store.read(), &app.sealer, &portal.body.id, &code).await?;
    Ok(row.filter(|row| row.kind == REQUEST).map(|row| (code, row)))
}

/// The clock that counts for the applicant.
struct Clock {
    zh: &'static str,
    cite: &'static str,
    days: Option<Days>,
    until: Option<Day>,
}

#[derive(Template)]
#[template(path = "request/status.html")]
struct StatusPage {
    frame: Frame,
    /// In groups.
    code: String,
    /// For the addresses of this page's own forms.
    plain: String,
    slip: Receipt,
    tag: Tag,
    head: &'static str,
    says: &'static str,
    clocks: Vec<Clock>,
    steps: Vec<Step>,
    his: Vec<Said>,
    reply: Option<Reply>,
    /// Those of the case that are addressed to the applicant.
    papers: Vec<Link>,
    /// The copies that come with the reply.
    files: Vec<Link>,
    /// Every case of this code, where there are several, and which one is shown.
    cases: Vec<Link>,
    here: String,
    slug: String,
    once: String,
    /// What may be done: 补正, 确认收到, 撤回.
    can_supplement: bool,
    can_collect: bool,
    can_withdraw: bool,
    /// What was being written.
    text: String,
}

/// `?case=2026-3`: which of several cases of a code.
type Asked = Query<HashMap<String, String>>;

async fn status(portal: Portal, Path(typed): Path<String>, Query(asked): Asked) -> Result<Response, Failure> {
    match find(&portal, &typed).await? {
        Some((code, row)) => {
            let cases = of_code(&portal, &row).await?;
            let on = chosen(&cases, asked.get("case").map_or("", String::as_str));
            show(&portal, (&code, &row), (&cases, on), vec![], String::new()).await
        }
        None => unknown(&portal, StatusCode::NOT_FOUND, ""),
    }
}

fn moment(portal: &Portal) -> Moment {
    let offices = remedy::gaps(&portal.body.profile).is_empty();
    Moment { law: portal.law, now: portal.now, offices }
}

async fn of_code(portal: &Portal, row: &submission::Model) -> Result<Vec<Loaded>, Error> {
    kin::of_code(portal.app.store.read(), &portal.app.sealer, &portal.body.id, &row.id).await
}

/// The case that was asked for; else the first. `None` before there is one, in the moment after the form.
fn chosen<'a>(cases: &'a [Loaded], slug: &str) -> Option<&'a Loaded> {
    cases.iter().find(|on| slug_of(on) == slug).or(cases.first())
}

/// `2026-3` for 依申请〔2026〕3号.
fn slug_of(on: &Loaded) -> String {
    shown::slug(&on.row.number).map(|(_, slug)| slug).unwrap_or_default()
}

async fn show(
    portal: &Portal,
    (code, row): (&Code, &submission::Model),
    (cases, on): (&[Loaded], Option<&Loaded>),
    errors: Vec<Refusal>,
    text: String,
) -> Result<Response, Failure> {
    let at = moment(portal);
    let given = match on {
        Some(on) => files::given(portal.app.store.read(), on).await?,
        None => vec![],
    };
    let state = on.map_or(kind::ARRIVED, |on| KIND.state(&on.row.state));
    let (head, says) = told(on);
    let moves: Vec<&str> = on.iter().flat_map(|on| KIND.buttons(&on.case, &holder(), at)).map(|b| b.name).collect();
    let (his, steps, clocks) = match on {
        Some(on) => (KIND.held(&on.case, at).1, cases::steps(&KIND, on, at), clocks(on, at)),
        None => (vec![], vec![], vec![]),
    };
    let today = portal.now.day();
    let reply = on.and_then(|on| letter::reply(portal.law, &portal.body.profile, &on.case, today));
    let status = status_of(&errors);
    private(
        status,
        &StatusPage {
            frame: frame(portal, head, errors),
            code: code.to_string(),
            plain: code.plain().to_owned(),
            slip: slip(row, code, on)?,
            tag: Tag::new(state.zh, if state.end { Tone::Done } else { Tone::Info }),
            head,
            says,
            clocks,
            steps,
            his,
            reply: reply.filter(|r| r.signed.is_some()),
            papers: on.map(|on| papers_of(code, on)).unwrap_or_default(),
            cases: if cases.len() > 1 { cases.iter().map(|on| tab(code, on)).collect() } else { vec![] },
            here: on.map(|on| tab(code, on).href).unwrap_or_default(),
            slug: on.map(slug_of).unwrap_or_default(),
            files: on.map(|on| given.iter().map(|f| file_link(code, on, f)).collect()).unwrap_or_default(),
            once: Secret::random().0,
            can_supplement: moves.contains(&"supplement"),
            can_collect: moves.contains(&"collect"),
            can_withdraw: moves.contains(&"withdraw"),
            text,
        },
    )
}

fn tab(code: &Code, on: &Loaded) -> Link {
    let href = ui::href(&format!("{TRACK}/{}", code.plain()), &[("case", &slug_of(on))]);
    Link::new(format!("{}（{}）", on.row.number, KIND.state(&on.row.state).zh), href)
}

/// The papers that the applicant may have.
fn papers_of(code: &Code, on: &Loaded) -> Vec<Link> {
    let his = papers::all(&on.case, true).into_iter().filter(|p| p.is_his());
    let href = |word: String| ui::href(&format!("{TRACK}/{}/papers/{word}", code.plain()), &[("case", &slug_of(on))]);
    his.map(|p| Link::new(p.zh(), href(p.word()))).collect()
}

async fn paper(
    portal: Portal,
    Path((typed, word)): Path<(String, String)>,
    Query(asked): Asked,
) -> Result<Response, Failure> {
    let Some((_, row)) = find(&portal, &typed).await? else { return unknown(&portal, StatusCode::NOT_FOUND, "") };
    let (app, cases) = (&portal.app, of_code(&portal, &row).await?);
    let on = chosen(&cases, asked.get("case").map_or("", String::as_str)).ok_or(Error::NotFound)?;
    let name = name_of(app.store.read(), &app.sealer, &portal.body.id, &row.id).await?;
    let made = Made {
        law: portal.law,
        body: &portal.body,
        case: &on.case,
        number: &on.row.number,
        name: &name,
        today: portal.now.day(),
        site: &app.base_url,
    };
    let paper = made.find(&word, true).filter(|p| p.is_his()).ok_or(Error::NotFound)?;
    let letter = made.letter(paper).ok_or(Error::NotFound)?;
    Ok(unkept(app.press.answer(&format!("{}.pdf", paper.zh()), letter).await?))
}

/// A copy that came with the reply: `名单（区分处理）.txt，3 KB`.
fn file_link(code: &Code, on: &Loaded, file: &request_file::Model) -> Link {
    let path = format!("{TRACK}/{}/files/{}", code.plain(), file.id);
    let label = format!("{}，{}", file.name, ui::size(files::bytes(file)));
    Link::new(label, ui::href(&path, &[("case", &slug_of(on))]))
}

async fn file(
    portal: Portal,
    Path((typed, id)): Path<(String, String)>,
    Query(asked): Asked,
) -> Result<Response, Failure> {
    let Some((_, row)) = find(&portal, &typed).await? else { return unknown(&portal, StatusCode::NOT_FOUND, "") };
    let (app, cases) = (&portal.app, of_code(&portal, &row).await?);
    let on = chosen(&cases, asked.get("case").map_or("", String::as_str)).ok_or(Error::NotFound)?;
    let found = files::given(app.store.read(), on).await?.into_iter().find(|f| f.id == id).ok_or(Error::NotFound)?;
    Ok(unkept(files::answer(app, found).await?))
}

/// One sentence for the state, and what the applicant has to do.
fn told(on: Option<&Loaded>) -> (&'static str, &'static str) {
    let waits = on.is_some_and(|on| on.case.clocks.iter().any(|c| c.waits()));
    let joined = on.is_some_and(|on| on.case.past.iter().any(|e| e.name == "join"));
    match on.map_or(kind::ARRIVED.name, |on| on.row.state.as_str()) {
        "open" if waits => ("正在征求意见", "等意见的时间不计入答复期限。您现在不用做什么。"),
        "open" => ("正在办理", "您现在不用做什么。"),
        "correcting" => ("请您补正", "申请写得不够明确，请按下面的要求补正。逾期不补正又没有正当理由的，不再办理。"),
        "paying" => ("请您缴费", "请按收费通知缴费。逾期不缴的，不再办理。"),
        "signing" => ("正在审核答复", "您现在不用做什么。"),
        "serving" => ("答复已作出", "答复在下面。看过以后请确认收到。"),
        "closed" if joined => ("已并入另一件", "内容相同的几件申请一并办理、一并答复。请看并入的那一件。"),
        "closed" => ("已办结", "这件申请已经办结。"),
        _ => ("申请已收到", "我们会与您联系，确认收到。确认之日为收到申请之日，答复期限从次日起算。"),
    }
}

fn clocks(on: &Loaded, at: Moment) -> Vec<Clock> {
    let of_case = KIND.clocks_of(&on.case, at).into_iter().filter(|(_, row)| row.is_none());
    let own = ["答复", "补正", "缴费", "与申请人确认"];
    let shown = |told: crate::matter::views::Told| Clock {
        zh: told.zh,
        cite: told.cite,
        days: work::days(&told, at.today()),
        until: told.due,
    };
    of_case.map(|(told, _)| told).filter(|told| own.contains(&told.zh)).map(shown).collect()
}

fn slip(row: &submission::Model, code: &Code, on: Option<&Loaded>) -> Result<Receipt, Error> {
    let commitment = Hash::parse(&row.commitment).ok_or_else(|| Error::fault("a submission without a commitment"))?;
    let mut facts = vec![Fact::code("查询码", code.to_string())];
    facts.extend(on.map(|on| Fact::code("编号", on.row.number.clone())));
    facts.push(Fact::new("提交时间", Value::Moment(row.received())));
    facts.push(Fact::code("登记摘要", commitment.grouped()));
    let says = "请打印、拍下或者抄下查询码。丢了查询码的，带身份证件到本局补发。";
    Ok(Receipt { title: "回执".into(), says: says.into(), facts, hash: None, action: None })
}

/// 补正, 确认收到, 撤回: a submission like any other, which the case follows.
async fn act(portal: Portal, Path((typed, name)): Path<(String, String)>, form: Posted) -> Result<Response, Failure> {
    let Some((code, row)) = find(&portal, &typed).await? else {
        return unknown(&portal, StatusCode::NOT_FOUND, "");
    };
    let (app, once, text) = (&portal.app, form.get("once").to_owned(), form.text("text").trim().to_owned());
    let Some(field) = field(&name) else { return Err(Failure::not_found()) };
    let cases = of_code(&portal, &row).await?;
    let on = chosen(&cases, form.get("case")).ok_or(Error::NotFound)?;
    let mut here = format!("{TRACK}/{}", code.plain());
    if cases.len() > 1 {
        here = tab(&code, on).href;
    }
    let sending = format!("{}\n{name}\n{once}", on.row.id);
    if submissions::is_in(app.store.read(), &app.sealer, &sending).await? {
        return Ok(see(&here));
    }
    let why = refused(&portal, on, (&name, field), &once, &text);
    if !why.is_empty() {
        return show(&portal, (&code, &row), (&cases, Some(on)), why, text).await;
    }
    let (sealer, body, matter) = (app.sealer.clone(), portal.body.id.clone(), about(&on.row.id));
    let label = KIND.moves.iter().find(|v| v.name == name).map_or("", |v| v.zh).to_owned();
    let work = async move |act: &mut Act| {
        let bytes = Words::new(vec![(label.clone(), text.clone())]).bytes();
        let (topic, about) = (name.as_str(), matter.as_str());
        let new = New {
            body: &body,
            kind: FOLLOW_UP,
            topic,
            about,
            channel: WEB,
            bytes: &bytes,
            sending: &sending,
            objects: false,
        };
        let id = submissions::append(act, &sealer, &new).await?;
        act.queue(TAKE_IN, &id, act.now);
        Ok(id)
    };
    match app.store.act(Actor::Holder(row.id.clone()), portal.now, work).await {
        Ok(done) => follow(app, &done.into_inner()).await,
        Err(Error::Conflict) => {}
        Err(e) => return Err(e.into()),
    }
    Ok(see(&here))
}

/// What the table and the form say against it, before anything is stored.
fn refused(portal: &Portal, on: &Loaded, (name, field): (&str, &str), once: &str, text: &str) -> Vec<Refusal> {
    let mut why = vec![];
    if !is_token(once) {
        why.push(Refusal::new("once", "这个页面开得太久，已失效。您填的内容还在，请再提交一次。"));
    }
    if name == "supplement" && text.is_empty() {
        why.push(Refusal::new("missing", "请写明补正的内容。").cite("《政府信息公开条例》第三十条").at("text"));
    }
    why.extend(too_long(text, WORDS_MAX, "内容").map(|r| r.at("text")));
    why.extend(secret_mark(&[("内容", text)]).map(|r| r.at("text")));
    let input = Input::from([(field.to_owned(), "to-come".to_owned())]);
    let doer = holder();
    let wish = Wish { name, row: None, input: &input, doer: &doer, token: "to-come" };
    why.extend(KIND.step(&on.case, &wish, moment(portal)).err().into_iter().flat_map(|refused| refused.why));
    why
}
