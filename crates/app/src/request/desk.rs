//! The desk pages of this kind's own: taking down what came on paper or by word of mouth, the reply as a letter,
//! another tracking code. The rest comes from the table.

use super::application::{self, By};
use super::jobs::WORD;
use super::kind::{HANDLES, KIND};
use super::letter::{self, Reply};
use super::model::{Channel, Class};
use super::papers::{self, Made, Paper};
use super::{files, kin, split};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::store::Secret;
use crate::edge::{Failure, html, html_as, see};
use crate::matter::case::{Matter, Moment};
use crate::matter::desk as cases;
use crate::matter::step::{Input, Verdict, Wish};
use crate::matter::store::{self, Birth, Loaded};
use crate::matter::{AnyKind, work};
use crate::posted::Posted;
use crate::submission;
use crate::submission::model::REQUEST;
use crate::submission::store::New;
use crate::ui::{Choice, DeskFrame, Link};
use ::store::{Act, Error, Read, Sealer};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;

pub const LIST: &str = "/desk/request";

pub fn routes() -> Vec<Route> {
    let pages = KIND.pages();
    let of = |last: &str| Who::Duty(pages.iter().find(|(_, l, _)| *l == last).map_or(&[][..], |(.., duties)| *duties));
    let mut all = vec![
        get("/desk/request/new", Who::Duty(HANDLES), new_page),
        post("/desk/request/new", Who::Duty(HANDLES), enter),
        get("/desk/request/{id}/letter", of("letter"), letter_page),
        get("/desk/request/{id}/papers", of("papers"), papers_page),
        get("/desk/request/{id}/papers/{paper}", of("papers"), paper_file),
        get("/desk/request/{id}/code", of("code"), code_page),
        post("/desk/request/{id}/code", of("code"), new_code),
        get("/desk/request/{id}/split", Who::Duty(HANDLES), split::page),
        post("/desk/request/{id}/split", Who::Duty(HANDLES), split::split),
        get("/desk/request/{id}/join", Who::Duty(HANDLES), kin::page),
        post("/desk/request/{id}/join", Who::Duty(HANDLES), kin::join),
    ];
    all.extend(files::routes());
    all.extend(cases::routes(&KIND));
    all
}

/// The choices that the forms of portal and desk offer.
pub struct Offers {
    pub who: Vec<Choice>,
    pub id_kinds: Vec<Choice>,
    pub classes: Vec<Choice>,
    pub forms: Vec<Choice>,
    pub deliveries: Vec<Choice>,
    pub channels: Vec<Choice>,
}

pub fn offers() -> Offers {
    let of = |all: &[(&str, &str)]| all.iter().map(|(code, zh)| Choice::new(*code, *zh)).collect();
    let classes = Class::ALL.iter().filter(|c| **c != Class::Person).map(|c| c.choice());
    let channels = Channel::ALL.iter().filter(|c| **c != Channel::Web).map(|c| c.choice());
    Offers {
        who: vec![Choice::new("person", "公民"), Choice::new("organisation", "法人或者其他组织")],
        id_kinds: of(application::ID_KINDS),
        classes: classes.map(|c| Choice::new(c.code, c.zh)).collect(),
        forms: of(application::FORMS),
        deliveries: of(application::DELIVERIES),
        channels: channels.map(|c| Choice::new(c.code, c.zh)).collect(),
    }
}

#[derive(Template)]
#[template(path = "request/new.html")]
struct NewPage {
    frame: DeskFrame,
    form: Posted,
    once: String,
    offers: Offers,
}

async fn new_page(desk: Desk) -> Result<Response, Failure> {
    show_new(&desk, Posted::default(), Secret::random().0, vec![])
}

fn show_new(desk: &Desk, form: Posted, once: String, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let (status, frame) = desk.form("登记收到的申请", LIST, errors);
    html_as(status, &NewPage { frame, form, once, offers: offers() })
}

async fn enter(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let once = form.get("once").to_owned();
    let application = match application::read(&form, By::Staff, desk.now.day()) {
        Ok(application) => application,
        Err(why) => return show_new(&desk, form, once, why),
    };
    let (sealer, body, at) = (desk.app.sealer.clone(), desk.body.id.clone(), work::moment(&desk));
    let doer = work::doer(&desk, &Matter::new());
    let sending = application::sending(&format!("{}/{once}", desk.me.id), &application);
    let work = async move |act: &mut Act| {
        let id = receive(act, &sealer, &body, &application, &sending).await?;
        let input = Input::from([
            ("application".into(), id.clone()),
            ("class".into(), application.class.choice().code.into()),
            ("channel".into(), application.channel.choice().code.into()),
            ("submitted".into(), application.submitted.to_string()),
        ]);
        let wish = Wish { name: "enter", row: None, input: &input, doer: &doer, token: &id };
        match KIND.step(&Matter::new(), &wish, at) {
            Ok(Verdict::Step(step)) => {
                store::begin_case(act, &sealer, &KIND, &Birth { body: &body, word: WORD, holder: &id, at }, &step).await
            }
            Ok(Verdict::Again(_)) => Err(Error::Conflict),
            Err(refused) => Err(refused.why.into()),
        }
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => Ok(see(&format!("{LIST}/{}?said=entered", done.into_inner()))),
        Err(Error::Refused(why)) => show_new(&desk, form, once, why),
        // The same form was sent twice: the first one stands in the list.
        Err(Error::Conflict) => Ok(see(&format!("{LIST}?said=entered"))),
        Err(e) => Err(e.into()),
    }
}

async fn receive(
    act: &mut Act,
    sealer: &Sealer,
    body: &str,
    application: &application::Application,
    sending: &str,
) -> Result<String, Error> {
    let (topic, channel) = (application.class.choice().code, application.channel.choice().code);
    let bytes = application.words.bytes();
    let new = New { body, kind: REQUEST, topic, about: "", channel, bytes: &bytes, sending, objects: false };
    submission::store::append(act, sealer, &new).await
}

#[derive(Template)]
#[template(path = "request/letter.html")]
struct LetterPage {
    frame: DeskFrame,
    back: String,
    number: String,
    to: String,
    from: String,
    reply: Option<Reply>,
}

/// A case opened for one of its papers, with the applicant's name: it is addressed to them, so it is journalled like
/// the case.
pub async fn opened(desk: &Desk, id: &str) -> Result<(Loaded, String), Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, id).await?;
    let about = on.about();
    let work = async move |act: &mut Act| {
        act.journal("open-matter", &about);
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    let name = name_of(desk.read(), &desk.app.sealer, &desk.body.id, &on.row.holder).await?;
    Ok((on, name))
}

/// The first line of an application is its applicant's name; empty where the words are erased.
pub async fn name_of(db: &Read, sealer: &Sealer, body: &str, holder: &str) -> Result<String, Error> {
    let row = submission::store::any(db, body, holder).await?;
    let first = row.words(sealer)?.and_then(|w| w.lines.into_iter().next());
    Ok(first.map(|(_, name)| name).unwrap_or_default())
}

async fn letter_page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let (on, to) = opened(&desk, &id).await?;
    let Moment { law, .. } = work::moment(&desk);
    html(&LetterPage {
        back: format!("{LIST}/{id}"),
        number: on.row.number.clone(),
        to,
        from: desk.body.name.clone(),
        reply: letter::reply(law, &desk.body.profile, &on.case, desk.now.day()),
        frame: desk.frame("答复书", LIST),
    })
}

#[derive(Template)]
#[template(path = "request/papers.html")]
struct PapersPage {
    frame: DeskFrame,
    back: String,
    number: String,
    papers: Vec<Link>,
}

/// Which papers there are is a fact; their words are opened one by one.
async fn papers_page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, &id).await?;
    let link = |p: Paper| Link::new(p.label(), format!("{LIST}/{id}/papers/{}", p.word()));
    let papers = papers::all(&on.case, false).into_iter().map(link).collect();
    let number = on.row.number;
    html(&PapersPage { frame: desk.frame("文书", LIST), back: format!("{LIST}/{id}"), number, papers })
}

async fn paper_file(desk: Desk, Path((id, word)): Path<(String, String)>) -> Result<Response, Failure> {
    let (on, name) = opened(&desk, &id).await?;
    let made = Made {
        law: desk.law(),
        body: &desk.body,
        case: &on.case,
        number: &on.row.number,
        name: &name,
        today: desk.now.day(),
        site: &desk.app.base_url,
    };
    let (paper, letter) = made.find(&word, false).and_then(|p| Some((p, made.letter(p)?))).ok_or(Error::NotFound)?;
    desk.app.press.answer(&format!("{}.pdf", paper.zh()), letter).await
}

#[derive(Template)]
#[template(path = "request/code.html")]
struct CodePage {
    frame: DeskFrame,
    back: String,
    action: String,
    number: String,
    /// The new one, shown once.
    code: Option<String>,
}

async fn code_page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    show_code(&desk, &id, None).await
}

async fn show_code(desk: &Desk, id: &str, code: Option<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, id).await?;
    let back = format!("{LIST}/{id}");
    let (frame, action) = (desk.frame("补发查询码", LIST), format!("{back}/code"));
    html(&CodePage { frame, action, back, number: on.row.number, code })
}

/// For an applicant who came on paper, or who lost the code and was identified. The former code opens nothing any more.
async fn new_code(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, &id).await?;
    let sealer = desk.app.sealer.clone();
    let work = async move |act: &mut Act| submission::store::new_code(act, &sealer, &on.row.holder).await;
    let code = desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    show_code(&desk, &id, Some(code.to_string())).await
}
