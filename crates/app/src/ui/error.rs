//! Pages for when something did not work: what happened, what is safe, what to do, whom to call.

use super::{DeskFrame, Frame, Html, Link};
use askama::Template;
use kernel::Refusal;

/// What only the caller knows of a failure.
#[derive(Clone, Debug, Default)]
pub struct Extra {
    /// Stands instead of the general sentence: who took it down, when, why; until when the maintenance lasts.
    pub says: String,
    /// The article it rests on.
    pub cite: String,
    /// Where to go from here, before the general links.
    pub links: Vec<Link>,
}

impl Extra {
    pub fn says(says: impl Into<String>) -> Extra {
        Extra { says: says.into(), ..Extra::default() }
    }

    /// Every reason of a refusal, one after another.
    pub fn refusals(refusals: &[Refusal]) -> Extra {
        let says = refusals.iter().map(|refusal| refusal.says.as_str()).collect::<Vec<_>>().join("");
        let cite = refusals.iter().map(|refusal| refusal.cite).find(|cite| !cite.is_empty());
        Extra { says, cite: cite.unwrap_or_default().into(), links: Vec::new() }
    }
}

/// The words of a status.
struct Words {
    title: &'static str,
    happened: &'static str,
    safe: &'static str,
    advice: &'static str,
}

/// A whole portal page for a status: 400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503; others read as 500.
/// Takes shell, preferences, path and time from `frame`.
pub fn error_page(status: u16, frame: &Frame, extra: Extra) -> String {
    let words = words(status);
    let mut frame = Frame::new(&frame.shell, frame.pref, &frame.path, words.title, frame.generated);
    frame.noindex = true;
    let site = &frame.shell.site;
    let body =
        Body {
            status, words: &words, extra: &extra, phone: &site.phone, hours: &site.hours, home: ("/", "回到首页")
        };
    let body = Html::rendered(written(body.render()));
    written(PortalError { frame, body }.render())
}

/// The same in the console; `frame` keeps the person and the navigation.
pub fn desk_error_page(status: u16, frame: &DeskFrame, extra: Extra) -> String {
    let words = words(status);
    let mut frame = frame.clone();
    frame.title = words.title.into();
    frame.errors.clear();
    let body = Body { status, words: &words, extra: &extra, phone: "", hours: "", home: ("/desk", "回到待办") };
    let body = Html::rendered(written(body.render()));
    written(DeskError { frame, body }.render())
}

#[derive(Template)]
#[template(path = "ui/error.html")]
struct Body<'a> {
    status: u16,
    words: &'a Words,
    extra: &'a Extra,
    phone: &'a str,
    hours: &'a str,
    home: (&'a str, &'a str),
}

#[derive(Template)]
#[template(source = r#"{% extends "ui/portal.html" %}{% block main %}{{ body }}{% endblock %}"#, ext = "html")]
struct PortalError {
    frame: Frame,
    body: Html,
}

#[derive(Template)]
#[template(source = r#"{% extends "ui/console.html" %}{% block main %}{{ body }}{% endblock %}"#, ext = "html")]
struct DeskError {
    frame: DeskFrame,
    body: Html,
}

fn written(page: askama::Result<String>) -> String {
    page.expect("writing into a String does not fail")
}

/// Title, what happened, what is safe, what to do. The last one serves for what is not listed.
const WORDS: [(u16, [&str; 4]); 12] = [
    (
        400,
        [
            "这个请求看不懂",
            "地址或提交的内容不完整，我们没有办理。",
            "您提交的内容没有存下来。",
            "请返回上一页，检查后再提交一次。从别处复制的地址，请核对是否复制完整。",
        ],
    ),
    (
        401,
        [
            "请先登录",
            "这一页只对已登录的人开放，或者登录已经过期。",
            "没有任何内容被改动。您填的内容，返回上一页通常还能看到。",
            "请登录后再打开这一页。",
        ],
    ),
    (
        403,
        [
            "您不能打开这一页",
            "您现在的岗位没有这项权限。",
            "没有任何内容被改动。",
            "确实需要办理的，请找本单位管理员调整岗位，或转给有权限的同事。",
        ],
    ),
    (
        404,
        [
            "没有找到这一页",
            "地址可能写错了，或者这一页从来没有公开过。",
            "没有任何内容被改动。",
            "请核对地址，或者从栏目导航里找。要的信息没有公开的，可以依法申请公开。",
        ],
    ),
    (
        409,
        [
            "别人刚刚改过",
            "您打开这一页以后，另一个人改了同一份内容。",
            "对方的内容没有被覆盖，您这次的改动没有写入。",
            "请返回上一页，把您的改动复制下来，再重新打开对照修改。",
        ],
    ),
    (
        410,
        [
            "这份信息已撤下",
            "这份信息曾经公开，后来撤下了，内容不再展示。",
            "什么时候撤下、为什么撤下，留有记录。",
            "对撤下有疑问的，请致电本局，或者依法申请公开。",
        ],
    ),
    (
        413,
        [
            "文件太大",
            "您上传的内容超过了大小上限。",
            "这次上传没有存下来。",
            "可以拆成几个文件分别上传，或者改为邮寄、当面提交。",
        ],
    ),
    (
        415,
        [
            "不能接收这种文件",
            "您上传的文件格式不在可接收的范围内。",
            "这次上传没有存下来。",
            "请改用 PDF、OFD、DOCX、XLSX、JPG 或 PNG，再提交一次。",
        ],
    ),
    (
        422,
        [
            "有内容需要修改",
            "提交的内容还不能办理。",
            "您填的内容，返回上一页通常还能看到。",
            "请按下面的说明修改后再提交。",
        ],
    ),
    (
        429,
        [
            "请稍等一会儿",
            "短时间内来自同一网络的请求太多，我们暂时放慢了。",
            "这一次的请求没有办理，您可以重新提交。",
            "请等一分钟再试。着急的请打电话，不受影响。",
        ],
    ),
    (
        503,
        [
            "正在维护",
            "网站暂时不能访问。",
            "已经收到的申请和意见都在。没有收到回执的，请恢复后再提交一次。",
            "请过一会儿再来。法定期限不因网站维护缩短，也可以当面、邮寄或打电话办理。",
        ],
    ),
    (
        500,
        [
            "我们这边出错了",
            "办理这个请求时出了故障，已经记录下来。",
            "已经给出回执的都在，不会只存一半。",
            "没有看到回执的，请过几分钟再提交一次。还是不行的，请打电话告诉我们。",
        ],
    ),
];

fn words(status: u16) -> Words {
    let known = WORDS.iter().find(|(code, _)| *code == status).unwrap_or(&WORDS[WORDS.len() - 1]);
    let [title, happened, safe, advice] = known.1;
    Words { title, happened, safe, advice }
}
