//! The frame of every page: layouts, components, tokens. Knows no feature and reads no database.
//!
//! A page is a template that extends `ui/portal.html` (field `frame: Frame`) or `ui/console.html` (field
//! `frame: DeskFrame`). Both layouts show `frame.errors` as the error summary, first in `main`, and put their number
//! before the title; the field macros of `ui/fields.html` read the same list. A slice hands over refusals once.

mod assets;
mod days;
mod error;
mod parts;
mod pref;
mod qr;
#[cfg(test)]
mod tests;
mod text;

pub use assets::{Asset, Assets};
pub use days::{Days, DaysState, Unit};
pub use error::{Extra, desk_error_page, error_page};
pub use parts::{
    Choice, Fact, Figure, FileRow, Finding, Gate, GateState, Pager, Receipt, Row, Severity, Step, StepState, Tag, Tone,
    Value, Version,
};
pub use pref::{Mode, Pref, Size, Theme};
pub use qr::Qr;
pub use text::{Html, break_title, cell, date, hash_lines, hash_short, href, moment, size, thousands, until};

use kernel::{Instant, Refusal};
use std::sync::Arc;

/// What the macros of `ui/fields.html` look through for the error of a field.
pub type Errors = [Refusal];

/// A public body as its pages show it: built from the body's row. Empty text is left out of the page.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The segment of addresses: `/records/{org}/…`.
    pub org: String,
    /// `株洲市畜牧兽医水产局`.
    pub name: String,
    /// `政务公开平台`.
    pub subtitle: String,
    /// Stands on every page while it is not empty: `演示数据：机构按2017年设置`.
    pub as_of_note: String,
    /// Without a slash at the end: `https://xmj.example.gov.cn`.
    pub base_url: String,
    /// Of the base address, for the page meta tags.
    pub domain: String,
    /// 政府网站标识码, ten digits.
    pub id_code: String,
    /// Superior governments, shown in the top bar from 720 pixels on.
    pub superior: Vec<Link>,
    /// 政府信息公开工作机构.
    pub office: String,
    pub address: String,
    pub hours: String,
    pub phone: String,
    pub fax: String,
    pub email: String,
    /// 互联网备案号.
    pub icp: String,
    /// 公安备案号.
    pub police: String,
}

/// A link with its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    pub label: String,
    pub href: String,
}

impl Link {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Link {
        Link { label: label.into(), href: href.into() }
    }
}

/// One step of the path to a page. The last one has an empty `href`: a reader stands there.
pub type Crumb = Link;

/// A column of the main navigation. The caller leaves out columns that hold no public item.
pub type NavItem = Link;

/// A titled column of links in the footer.
#[derive(Clone, Debug)]
pub struct LinkGroup {
    pub title: String,
    pub links: Vec<Link>,
}

/// A page meta tag of the government website guideline (国办发〔2017〕47号 附件): `PubDate`, `ArticleTitle`, ….
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Meta {
    pub name: &'static str,
    pub content: String,
}

/// The same page in another form: `text/csv`, `application/json`, `application/atom+xml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alt {
    pub kind: &'static str,
    pub href: String,
    pub title: String,
}

/// One sentence over the page (公告条), with a link where there is more to read.
#[derive(Clone, Debug)]
pub struct Notice {
    pub says: String,
    pub link: Option<Link>,
}

/// What all pages of a body share at one moment. Built when the epoch changes, then only pointed at.
#[derive(Clone, Debug)]
pub struct Shell {
    pub site: Site,
    pub nav: Vec<NavItem>,
    pub foot: Vec<LinkGroup>,
    /// The search box stands in the head only if there is a search to ask.
    pub search: bool,
    pub assets: Arc<Assets>,
}

/// The frame of a portal page.
#[derive(Clone, Debug)]
pub struct Frame {
    pub shell: Arc<Shell>,
    pub pref: Pref,
    pub title: String,
    /// The page's own path and query: canonical address, and the way back from the preferences.
    pub path: String,
    /// The `href` of the current column; empty where a page belongs to none.
    pub here: String,
    pub crumbs: Vec<Crumb>,
    pub metas: Vec<Meta>,
    pub alternates: Vec<Alt>,
    pub notice: Option<Notice>,
    /// Refusals of the form on this page; the answer is then 422.
    pub errors: Vec<Refusal>,
    /// Receipts, forms and errors are not for search engines.
    pub noindex: bool,
    pub generated: Instant,
}

impl Frame {
    /// A page at `path`. `generated` is printed in the footer.
    pub fn new(shell: &Arc<Shell>, pref: Pref, path: &str, title: impl Into<String>, generated: Instant) -> Frame {
        Frame {
            shell: Arc::clone(shell),
            pref,
            title: title.into(),
            path: own_path(path).into(),
            here: String::new(),
            crumbs: Vec::new(),
            metas: Vec::new(),
            alternates: Vec::new(),
            notice: None,
            errors: Vec::new(),
            noindex: false,
            generated,
        }
    }

    /// Marks the current column and starts the crumbs: 首页, then the given steps, then the page's title.
    pub fn under(mut self, here: &str, steps: &[(&str, &str)]) -> Frame {
        self.here = here.into();
        self.crumbs =
            std::iter::once(&("首页", "/")).chain(steps).map(|(label, href)| Link::new(*label, *href)).collect();
        self.crumbs.push(Link::new(self.title.clone(), ""));
        self
    }

    /// Adds a meta tag unless its content is empty.
    pub fn meta(mut self, name: &'static str, content: impl Into<String>) -> Frame {
        let content = content.into();
        if !content.is_empty() {
            self.metas.push(Meta { name, content });
        }
        self
    }

    /// Adds a twin of the page.
    pub fn alternate(mut self, kind: &'static str, href: impl Into<String>, title: impl Into<String>) -> Frame {
        self.alternates.push(Alt { kind, href: href.into(), title: title.into() });
        self
    }

    /// The page again after a refused form.
    pub fn refused(mut self, errors: Vec<Refusal>) -> Frame {
        self.errors = errors;
        self.noindex = true;
        self
    }

    /// The whole address, for `<link rel=canonical>` and the `Url` meta tag.
    pub fn url(&self) -> String {
        format!("{}{}", self.shell.site.base_url, self.path)
    }

    /// The text of `<title>`.
    pub fn head_title(&self) -> String {
        head_title(&self.errors, &[&self.title, &self.shell.site.name])
    }

    /// The box stands in the head of every page but those that have it in their middle.
    pub fn has_search(&self) -> bool {
        let own = self.path == "/" || self.path == "/search" || self.path.starts_with("/search?");
        self.shell.search && !own
    }

    /// Whether the page may say how it is reached by the other preferences (`?mode=elder`).
    pub fn is_elder(&self) -> bool {
        self.pref.mode == Mode::Elder
    }
}

/// An entry of the console's side navigation.
#[derive(Clone, Debug)]
pub struct DeskItem {
    pub label: &'static str,
    pub href: &'static str,
    /// Shown beside the label; `None` where a number means nothing.
    pub count: Option<u64>,
    /// Something in it is late or due today.
    pub urgent: bool,
}

/// A titled group of the side navigation.
#[derive(Clone, Debug)]
pub struct DeskGroup {
    pub title: &'static str,
    pub items: Vec<DeskItem>,
}

/// What the last act did, said once after the redirect (`role=status`).
#[derive(Clone, Debug)]
pub struct Flash {
    pub tone: Tone,
    pub says: String,
}

/// The frame of a console page.
#[derive(Clone, Debug)]
pub struct DeskFrame {
    pub shell: Arc<Shell>,
    pub pref: Pref,
    pub title: String,
    pub path: String,
    /// The `href` of the current entry.
    pub here: String,
    /// Empty before sign-in: the bar then shows neither person nor navigation.
    pub staff: String,
    /// 科室.
    pub section: String,
    /// Duties as the person reads them: `起草`, `保密审查`, ….
    pub duties: Vec<String>,
    pub nav: Vec<DeskGroup>,
    /// Goes into a hidden field of every form: `{{ f::csrf() }}`.
    pub csrf: String,
    /// A decision asks for the password once more: `{{ f::prove() }}`.
    pub prove: bool,
    pub flash: Option<Flash>,
    /// What is wrong with the installation and everybody here must know; empty where all is well.
    pub alarm: String,
    pub errors: Vec<Refusal>,
    pub generated: Instant,
}

impl DeskFrame {
    /// A console page for nobody yet; the caller fills in the person.
    pub fn new(shell: &Arc<Shell>, pref: Pref, path: &str, title: impl Into<String>, generated: Instant) -> DeskFrame {
        DeskFrame {
            shell: Arc::clone(shell),
            pref,
            title: title.into(),
            path: path.into(),
            here: String::new(),
            staff: String::new(),
            section: String::new(),
            duties: Vec::new(),
            nav: Vec::new(),
            csrf: String::new(),
            prove: false,
            flash: None,
            alarm: String::new(),
            errors: Vec::new(),
            generated,
        }
    }

    /// The text of `<title>`.
    pub fn head_title(&self) -> String {
        head_title(&self.errors, &[&self.title, "公开工作台", &self.shell.site.name])
    }

    /// `办公室 · 经办人 · 起草、科室审核`.
    pub fn who(&self) -> String {
        let duties = self.duties.join("、");
        let parts = [self.section.as_str(), &self.staff, &duties];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// For forms that hold no files back from an earlier try.
pub const NO_FILES: &[String] = &[];

/// Pages that lead back to a page would otherwise lead back to themselves, longer each time.
fn own_path(path: &str) -> &str {
    let leads_back = path.starts_with("/correction") || path.starts_with("/preferences");
    if leads_back { path.split('?').next().unwrap_or(path) } else { path }
}

/// The error of a form field, if it has one.
pub fn field_error<'a>(errors: &'a Errors, name: &str) -> Option<&'a Refusal> {
    errors.iter().find(|refusal| refusal.field == Some(name))
}

fn head_title(errors: &Errors, parts: &[&str]) -> String {
    let title = parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" - ");
    match errors.len() {
        0 => title,
        n => format!("错误：{n} 处需要修改 - {title}"),
    }
}
