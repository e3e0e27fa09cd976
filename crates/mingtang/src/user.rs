//! `mingtang user`, `section`, `body`: what a bureau needs before anybody can sign in.

use crate::args::{Body as BodyArgs, Section, User};
use crate::config::Config;
use crate::fail::Fail;
use crate::{house, lock};
use app::App;
use app::account::store::{self as accounts, NewStaff, staff};
use app::account::{Duty, password, rules};
use app::body::Profile;
use serde_json::json;
use std::io::{BufRead, IsTerminal};
use store::{Act, Actor};

pub async fn user(config: &Config, what: User) -> Result<(), Fail> {
    house::must_exist(config)?;
    let app = house::open(config).await?;
    match what {
        User::Add { login, name, section, duties, body, stdin } => {
            let new = Wanted { login, name, section, duties, body: body.as_deref() };
            add(&app, new, stdin).await
        }
        User::List { json } => list(&app, json).await,
        User::Disable { login } => {
            let row = find(&app, &login).await?;
            let work = async move |act: &mut Act| accounts::set_disabled(act, &row, true).await;
            app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
            eprintln!("已停用 {login}，它的登录已经结束。");
            Ok(())
        }
        User::Password { login, stdin } => {
            let row = find(&app, &login).await?;
            let (plain, is_ours) = new_password(&login, stdin)?;
            let hashed = password::hash_now(&plain)?;
            let work = async move |act: &mut Act| accounts::set_password(act, &row, hashed.clone()).await;
            app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
            eprintln!("已重置 {login} 的密码，它的登录已经结束。");
            show(&plain, is_ours);
            Ok(())
        }
    }
}

struct Wanted<'a> {
    login: String,
    name: String,
    section: String,
    duties: Vec<String>,
    body: Option<&'a str>,
}

async fn add(app: &App, new: Wanted<'_>, stdin: bool) -> Result<(), Fail> {
    let plain = new.login.len() >= 3 && new.login.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.'));
    if !plain {
        return Err(Fail::usage("登录名用 3 个以上小写字母或数字。"));
    }
    let duties = new.duties.iter().map(|word| duty(word)).collect::<Result<Vec<_>, _>>()?;
    let body = house::body_of(app, new.body)?;
    let sections = accounts::sections(app.store.read(), &body.id).await?;
    let Some(section) = sections.iter().find(|s| s.code == new.section) else {
        let known: Vec<&str> = sections.iter().map(|s| s.code.as_str()).collect();
        let says = format!("没有代码为 {} 的科室。现有：{}。", new.section, known.join("、"));
        return Err(Fail::no(format!("{says}新增用 mingtang section add。")));
    };
    let (plain, is_ours) = new_password(&new.login, stdin)?;
    let made = NewStaff {
        body: body.id,
        section: section.id.clone(),
        login: new.login.clone(),
        name: new.name,
        password: password::hash_now(&plain)?,
        duties,
    };
    let work = async move |act: &mut Act| accounts::add_staff(act, &made).await;
    match app.store.act(Actor::Clock, app.clock.now(), work).await {
        Ok(done) => drop(done.into_inner()),
        Err(store::Error::Conflict) => return Err(Fail::no(format!("登录名 {} 已有人用。请换一个。", new.login))),
        Err(e) => return Err(e.into()),
    }
    eprintln!("已新增 {}（{}）。", new.login, section.name);
    show(&plain, is_ours);
    Ok(())
}

fn duty(word: &str) -> Result<Duty, Fail> {
    Duty::parse(word).ok_or_else(|| {
        let known: Vec<String> = Duty::ALL.iter().map(|d| format!("{}（{}）", d.word(), d.zh())).collect();
        Fail::usage(format!("没有岗位 {word}。可以写：{}。", known.join("、")))
    })
}

/// From a person or a pipe where that is asked, else drawn by us. Says which.
fn new_password(login: &str, stdin: bool) -> Result<(String, bool), Fail> {
    if !stdin {
        return Ok((password::random(), true));
    }
    let plain = if std::io::stdin().is_terminal() {
        rpassword::prompt_password("密码：")?
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    let why = rules::password(&plain, login);
    if why.is_empty() { Ok((plain, false)) } else { Err(store::Error::from(why).into()) }
}

/// On stdout, so that a script can take it: the one time that it is seen.
fn show(plain: &str, is_ours: bool) {
    if is_ours {
        eprintln!("密码只显示这一次：");
        println!("{plain}");
    }
}

async fn find(app: &App, login: &str) -> Result<staff::Model, Fail> {
    let row = accounts::staff_by_login(app.store.read(), login).await?;
    row.ok_or_else(|| Fail::no(format!("没有登录名为 {login} 的账号。请用 mingtang user list 查看。")))
}

async fn list(app: &App, as_json: bool) -> Result<(), Fail> {
    for body in app.bodies().iter() {
        let sections = accounts::sections(app.store.read(), &body.id).await?;
        for row in accounts::all_staff(app.store.read(), &body.id).await? {
            let section = sections.iter().find(|s| s.id == row.section);
            let code = section.map_or("", |s| s.code.as_str());
            let duties = accounts::duties_of(app.store.read(), &row.id).await?;
            let words: Vec<&str> = duties.iter().map(|d| d.word()).collect();
            let disabled = row.disabled_at.is_some();
            if as_json {
                let line = json!({"login": row.login, "name": row.name, "body": body.org, "section": code,
                    "duties": words, "disabled": disabled});
                println!("{line}");
            } else {
                let note = if disabled { "  已停用" } else { "" };
                println!("{:<12} {}  {}  {}{note}", row.login, row.name, code, words.join(" "));
            }
        }
    }
    Ok(())
}

pub async fn section(config: &Config, what: Section) -> Result<(), Fail> {
    house::must_exist(config)?;
    let app = house::open(config).await?;
    match what {
        Section::Add { code, name, body } => {
            let body = house::body_of(&app, body.as_deref())?;
            let (row, words) = (code.clone(), name.clone());
            let work = async move |act: &mut Act| accounts::add_section(act, &body.id, &row, &words).await;
            app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
            eprintln!("已新增科室 {code}（{name}）。");
        }
        Section::List { json } => {
            for body in app.bodies().iter() {
                for row in accounts::sections(app.store.read(), &body.id).await? {
                    let line = json!({"code": row.code, "name": row.name, "body": body.org}).to_string();
                    println!("{}", if json { line } else { format!("{:<12} {}", row.code, row.name) });
                }
            }
        }
    }
    Ok(())
}

pub async fn body(config: &Config, what: BodyArgs) -> Result<(), Fail> {
    match what {
        BodyArgs::Add { org, name, host } => {
            if org.len() != 9 || !org.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
                return Err(Fail::usage("组织机构代码是九位大写字母和数字，中间不加横线。"));
            }
            house::make_folder(&config.data)?;
            // A program that serves has read its bodies already.
            let _lock = lock::take(&config.data)?;
            let app = house::open(config).await?;
            let said = format!("已新增公开主体 {org}（{name}）。");
            let work =
                async move |act: &mut Act| accounts::add_body(act, &org, &host, &name, &Profile::default()).await;
            app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
            eprintln!("{said}");
        }
        BodyArgs::List { json } => {
            house::must_exist(config)?;
            for body in house::open(config).await?.bodies().iter() {
                let line = json!({"org": body.org, "name": body.name, "host": body.host}).to_string();
                println!("{}", if json { line } else { format!("{}  {}  {}", body.org, body.name, body.host) });
            }
        }
    }
    Ok(())
}
