//! 立即隐藏: two taps take a publication from the public; the reason follows; another person decides.

use super::hiding::{self, MAY_HIDE};
use super::model::{HIDDEN, Reason, Revision, Typed};
use super::store::{self, Loaded};
use super::table::{evidence, hide, publication};
use super::{evidence as sealing, public, publish, withdraw};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{self, again};
use crate::edge::{Failure, html, html_as, see};
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::{Day, Hash, Instant, Refusal};
use sea_orm::EntityTrait;

const HIDE: Who = Who::Duty(MAY_HIDE);
const DECIDE: Who = Who::Duty(hiding::DECIDES);

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/record/{id}/hide", HIDE, page),
        post("/desk/record/{id}/hide", HIDE, hide),
        post("/desk/record/{id}/hide/reason", HIDE, reason),
        post("/desk/record/{id}/hide/decide", DECIDE, decide),
        get("/desk/record/{id}/hide/report", HIDE, report),
    ]
}

#[derive(Template)]
#[template(path = "record/hide.html")]
struct Page {
    frame: DeskFrame,
    id: String,
    /// Empty once the words are under seal.
    title: String,
    effects: Vec<String>,
    /// What the public reads instead.
    notice: String,
    hidden: Option<Hidden>,
    reasons: Vec<Choice>,
    outcomes: Vec<Choice>,
    typed: Typed,
}

/// An open pull-down, in words.
struct Hidden {
    by: String,
    at: Instant,
    reason: &'static str,
    says: String,
    due: Option<Day>,
    late: bool,
    sealed: bool,
    is_secret: bool,
    /// Whether the person may give the reason now, and whether decide.
    unsaid: bool,
    barred: Vec<Refusal>,
}

impl Page {
    fn get(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    show(&desk, on, vec![], Typed::new()).await
}

async fn show(desk: &Desk, on: Loaded, errors: Vec<Refusal>, typed: Typed) -> Result<Response, Failure> {
    on.stands().ok_or_else(|| Failure::new(StatusCode::NOT_FOUND, "这一件现在没有公开，不用隐藏。"))?;
    let (status, frame) =
        desk.form(if on.hidden.is_some() { "已隐藏，待复核" } else { "立即隐藏" }, "/desk/record", errors);
    let hidden = match &on.hidden {
        Some(hide) => Some(in_words(desk, hide).await?),
        None => None,
    };
    let reasons = Reason::chosen().map(|r| Choice::new(r.word, r.zh).hint(r.cite)).collect();
    let outcomes = vec![
        Choice::new(hiding::RESTORED, "恢复公开").hint("没有问题。再过一次公开前的各道关，版本号和地址不变"),
        Choice::new(hiding::WITHDRAWN, "撤下").hint("不该公开。按上面的原因撤下，不再恢复"),
    ];
    let index_no = on.row.index_no.clone().unwrap_or_default();
    let page = Page {
        title: on.title(),
        effects: withdraw::effects(&on),
        notice: public::gone_says(&index_no, desk.now, HIDDEN),
        id: on.row.id,
        frame,
        hidden,
        reasons,
        outcomes,
        typed,
    };
    html_as(status, &page)
}

async fn in_words(desk: &Desk, hide: &hide::Model) -> Result<Hidden, Error> {
    let by = account::store::names(desk.read(), std::slice::from_ref(&hide.hidden_by)).await?;
    let due = Day::parse(&hide.due);
    Ok(Hidden {
        by: by.into_iter().next().map_or_else(|| "恢复备份时".into(), |(_, name)| name),
        at: Instant(hide.at),
        reason: Reason::parse(&hide.reason).map_or("", |r| r.zh),
        says: hide.says.clone(),
        late: due.is_some_and(|due| due < desk.now.day()),
        due,
        sealed: sealing::is_sealed(desk.read(), &hide.id).await?,
        is_secret: hide.reason == hiding::SECRET,
        unsaid: hide.reason.is_empty(),
        barred: hiding::may_decide(hide, &desk.me),
    })
}

/// The second tap. Whoever comes second finds it hidden already.
async fn hide(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let (law, org, body, record) = (desk.law(), desk.body.org.clone(), desk.body.id.clone(), id.clone());
    let work = async move |act: &mut Act| {
        let on = store::load(act, &body, &record).await?;
        hiding::hide(act, law, &on, &org).await
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(_) => Ok(see(&format!("/desk/record/{id}/hide?said=hidden"))),
        Err(Error::Conflict) => Ok(see(&format!("/desk/record/{id}/hide"))),
        Err(e) => Err(e.into()),
    }
}

async fn reason(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let hidden = on.hidden.clone().ok_or(Error::NotFound)?;
    let (word, says) = (form.get("reason").to_owned(), form.text("says").trim().to_owned());
    let mut why = hiding::reason_faults(&word, &says);
    if !hidden.reason.is_empty() {
        why.push(Refusal::new("hide-said", "原因已经写过。要改的，请在复核意见里写明。"));
    }
    if !why.is_empty() {
        return show(&desk, on, why, typed(&form)).await;
    }
    let (row, class) = (hidden.clone(), word.clone());
    let work = async move |act: &mut Act| hiding::give_reason(act, &row, &class, &says).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    if word == hiding::SECRET {
        sealing::seal(&desk.app, &hidden, desk.actor()).await?;
    }
    Ok(see(&format!("/desk/record/{id}/hide?said=hide-reason")))
}

fn typed(form: &Posted) -> Typed {
    ["reason", "says", "outcome", "opinion"].iter().map(|n| ((*n).to_owned(), form.text(n))).collect()
}

/// What is wrong with a decision.
fn decision_faults(desk: &Desk, hidden: &hide::Model, outcome: &str, opinion: &str) -> Vec<Refusal> {
    let mut why = hiding::may_decide(hidden, &desk.me);
    if !matches!(outcome, hiding::RESTORED | hiding::WITHDRAWN) {
        why.push(Refusal::new("outcome-missing", "请选择复核的结论。").at("outcome"));
    }
    if opinion.is_empty() {
        why.push(Refusal::new("opinion-missing", "请写复核意见。").at("opinion"));
    }
    if opinion.chars().count() > 500 {
        why.push(Refusal::new("opinion-long", "复核意见最多 500 字。").at("opinion"));
    }
    why
}

async fn decide(mut desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let hidden = on.hidden.clone().ok_or(Error::NotFound)?;
    let (outcome, opinion) = (form.get("outcome").to_owned(), form.text("opinion").trim().to_owned());
    let mut why = decision_faults(&desk, &hidden, &outcome, &opinion);
    why.extend(again::prove(&mut desk, &form).await?);
    if !why.is_empty() {
        return show(&desk, on, why, typed(&form)).await;
    }
    let done = match outcome.as_str() {
        hiding::RESTORED => restore(&desk, &hidden, opinion).await,
        _ => withdraw_hidden(&desk, &hidden, opinion).await,
    };
    match done {
        Ok(said) => Ok(see(&format!("/desk/record/{id}?said={said}"))),
        Err(Error::Refused(why)) => show(&desk, on, why, typed(&form)).await,
        Err(e) => Err(e.into()),
    }
}

/// The gate is asked again; what was sealed is opened in the same act, or not at all.
async fn restore(desk: &Desk, hidden: &hide::Model, opinion: String) -> Result<&'static str, Error> {
    let opened = sealing::open(&desk.app, &hidden.id, desk.actor()).await?;
    let opened = std::sync::Arc::new(opened);
    let (law, org, body, record) = (desk.law(), desk.body.org.clone(), desk.body.id.clone(), hidden.record.clone());
    let back = opened.clone();
    let work = async move |act: &mut Act| {
        if let Some(opened) = back.as_ref() {
            opened.put_back(act, &record).await?;
        }
        let on = store::load(act, &body, &record).await?;
        let order = hiding::as_published(act, &on).await?.ask_gate(law, None, act.now.day())?;
        hiding::restore(act, law, &on, &org, order, &opinion).await
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => {
            done.into_inner();
            Ok("restored")
        }
        Err(e) => {
            if let Some(opened) = opened.as_ref() {
                opened.shut(&desk.app).await?;
            }
            Err(e)
        }
    }
}

async fn withdraw_hidden(desk: &Desk, hidden: &hide::Model, opinion: String) -> Result<&'static str, Error> {
    let reason = Reason::parse(&hidden.reason).ok_or(Error::NotFound)?;
    let (law, org, body, record) = (desk.law(), desk.body.org.clone(), desk.body.id.clone(), hidden.record.clone());
    let work = async move |act: &mut Act| {
        let on = store::load(act, &body, &record).await?;
        publish::withdraw_saying(act, law, &on, &org, reason, &opinion).await
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok("withdrawn")
}

#[derive(Template)]
#[template(path = "record/hide_report.html")]
struct Report {
    frame: DeskFrame,
    id: String,
    index_no: String,
    url: String,
    body: String,
    n: i64,
    since: Option<Instant>,
    hidden: Hidden,
    /// How long anyone could read it.
    open_for: String,
    digest: Option<Hash>,
    sealed: Option<Hash>,
}

/// For the office of secrecy, on paper: facts, and not a word of the content.
async fn report(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let hide = on.hidden.as_ref().ok_or(Error::NotFound)?;
    let hidden = in_words(&desk, hide).await?;
    if !hidden.is_secret {
        return Err(Failure::new(StatusCode::NOT_FOUND, "只有怀疑涉及国家秘密的，才打印报告单。"));
    }
    let public = hiding::public_since(&on);
    let revision = match public.and_then(|p| p.revision.as_deref()) {
        Some(id) => Some(store::load_revision(desk.read(), id).await?),
        None => None,
    };
    let sealed = evidence::Entity::find_by_id(&hide.id).one(desk.read()).await.map_err(Error::from)?;
    html(&Report {
        frame: desk.frame("疑似涉密信息报告单", "/desk/record"),
        id,
        index_no: on.row.index_no.clone().unwrap_or_default(),
        url: format!("{}{}", desk.app.base_url, on.row.path.clone().unwrap_or_default()),
        body: desk.body.name.clone(),
        n: hide.n,
        since: public.map(|p| Instant(p.at)),
        open_for: public.map_or_else(String::new, |p| open_for(p, hide)),
        digest: revision.map(|r: Revision| r.hash),
        sealed: sealed.and_then(|row| Hash::parse(&row.digest)),
        hidden,
    })
}

fn open_for(public: &publication::Model, hide: &hide::Model) -> String {
    let minutes = (hide.at - public.at).max(0) / 60_000;
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, minutes) => format!("{minutes} 分钟"),
        (0, hours, minutes) => format!("{hours} 小时 {minutes} 分钟"),
        (days, hours, _) => format!("{days} 天 {hours} 小时"),
    }
}
