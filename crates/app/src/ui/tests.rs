use super::*;
use kernel::{Day, Hash};

fn shell() -> Arc<Shell> {
    let site = Site {
        org: "xm".into(),
        name: "株洲市畜牧兽医水产局".into(),
        subtitle: "政务公开平台".into(),
        as_of_note: "演示数据：机构按2017年设置".into(),
        base_url: "https://demo.invalid".into(),
        phone: "0731-00000000".into(),
        ..Site::default()
    };
    let nav = vec![Link::new("政府信息公开", "/disclosure"), Link::new("决策公开", "/decisions")];
    Arc::new(Shell { site, nav, foot: Vec::new(), search: false, assets: Arc::new(Assets::build(&[".x{y:z}"])) })
}

fn frame() -> Frame {
    Frame::new(&shell(), Pref::default(), "/disclosure", "政府信息公开", Instant(1_495_764_000_000))
        .under("/disclosure", &[])
}

#[test]
fn titles_break_at_phrases() {
    for (title, broken) in [
        ("关于印发《株洲市动物防疫条件审查办事规程》的通知", "关于|印发|《株洲市|动物防疫条件审查|办事规程》|的通知"),
        ("株洲市畜牧兽医水产局2017年度政务公开工作实施方案", "株洲市|畜牧兽医水产局|2017年度|政务公开工作|实施方案"),
        ("2026年4月全市水产品质量安全监督抽检结果", "2026年4月|全市|水产品质量安全监督抽检结果"),
        ("活禽市场环境整治（征求意见稿）", "活禽市场环境整治|（征求意见稿）"),
        ("目的", "目的"),
        ("", ""),
    ] {
        assert_eq!(break_title(title).as_str(), broken.replace('|', "<wbr>"), "{title}");
    }
    assert_eq!(break_title("<b>的'\"&").as_str(), "&lt;b&gt;的<wbr>&#39;&quot;&amp;");
}

#[test]
fn a_broken_title_copies_as_issued() {
    let title = "关于“三公”经费、会议费的公告：第1号（试行），株洲市〔2017〕5号";
    assert_eq!(break_title(title).as_str().replace("<wbr>", ""), title);
}

#[test]
fn sizes_and_numbers() {
    for (bytes, shown) in
        [(0, "0 B"), (830, "830 B"), (1024, "1 KB"), (28_000, "28 KB"), (1_468_006, "1.4 MB"), (52_428_800, "50.0 MB")]
    {
        assert_eq!(size(bytes), shown);
    }
    for (n, shown) in [(0, "0"), (999, "999"), (1286, "1,286"), (1_000_000, "1,000,000")] {
        assert_eq!(thousands(n), shown);
    }
    assert_eq!(hash_short(&Hash([0xab; 32])), "abab…abab");
    assert_eq!(hash_lines(&Hash([0xab; 32])).as_str().matches("<br>").count(), 2);
    assert_eq!(href("/a", &[("q", "渔业 油补"), ("page", "")]), "/a?q=%E6%B8%94%E4%B8%9A%20%E6%B2%B9%E8%A1%A5");
}

#[test]
fn preferences_survive_their_cookie() {
    let mut keys = std::collections::BTreeSet::new();
    for size in ["standard-size", "large", "huge"] {
        for theme in ["system", "light", "dark", "contrast"] {
            for mode in ["standard", "elder"] {
                let mut pref = Pref::default();
                assert!([size, theme, mode].iter().all(|word| pref.set(word)));
                let cookie = pref.cookie(false);
                assert_eq!(Pref::parse(&format!("a=b; {}", cookie.split(';').next().expect("a pair"))), pref);
                keys.insert(pref.key());
            }
        }
    }
    assert_eq!(keys.into_iter().collect::<Vec<_>>(), (0..24).collect::<Vec<_>>());
    for odd in ["", "pref", "pref=<script>", "prefs=large", "pref=.."] {
        assert_eq!(Pref::parse(odd), Pref::default(), "{odd}");
    }
    assert_eq!(
        Pref::parse("pref=huge.dark.elder").attrs().as_str(),
        r#" data-size="huge" data-theme="dark" data-mode="elder""#
    );
    assert_eq!(Pref::default().attrs().as_str(), "");
}

#[test]
fn a_strip_and_its_sentence_say_the_same() {
    let last = Day::new(2026, 6, 8).expect("a day");
    let days = |unit, total, used, state| Days { unit, total, used, state, last };
    use DaysState::{Closed, Paused, Running};
    for (days, short, says, cells) in [
        (
            days(Unit::Day, 30, 10, Running),
            "剩 19 天",
            "共 30 天，今天是第 11 天，还剩 19 天，6月8日24时截止。",
            [10, 0, 1, 19],
        ),
        (
            days(Unit::WorkingDay, 7, 6, Running),
            "今天 24:00 到期",
            "共 7 个工作日，今天是第 7 个工作日，还剩 0 个工作日，6月8日24时截止。",
            [6, 0, 1, 0],
        ),
        (days(Unit::WorkingDay, 7, 7, Running), "逾期 1 个工作日", "逾期 1 个工作日，应于6月8日前完成。", [7, 0, 1, 0]),
        (
            days(Unit::WorkingDay, 20, 5, Paused),
            "暂停计时",
            "共 20 个工作日，已用 5 个工作日。暂停计时，这段时间不计入时限。",
            [5, 1, 1, 15],
        ),
        (days(Unit::WorkingDay, 8, 4, Closed), "用时 4 个工作日", "期限 8 个工作日，用时 4 个工作日。", [4, 0, 0, 4]),
        (
            days(Unit::Day, 90, 14, Running),
            "剩 75 天",
            "共 90 天，今天是第 15 天，还剩 75 天，6月8日24时截止。每格一周。",
            [2, 0, 1, 10],
        ),
    ] {
        let html = days.cells().to_string();
        let count = |class: &str| html.matches(class).count();
        assert_eq!((days.short().as_str(), days.says().as_str()), (short, says));
        let drawn = [count("class=\"d\""), count("class=\"p\""), count("class=\"now\""), count("<i></i>")];
        assert_eq!(drawn, cells, "{says}");
    }
}

#[test]
fn a_pager_links_neighbours_and_ends() {
    let words = |pager: &Pager| -> String {
        let word = |n: &Option<Link>| {
            n.as_ref()
                .map_or("…".into(), |n| if n.href.is_empty() { format!("[{}]", n.label) } else { n.label.clone() })
        };
        pager.numbers.iter().map(word).collect::<Vec<_>>().join(" ")
    };
    let pager = Pager::numbered(6, 20, 390, "/records", &[("year", "2017")]);
    assert_eq!(words(&pager), "1 … 4 5 [6] 7 8 … 20");
    assert_eq!(pager.prev.as_deref(), Some("/records?year=2017&page=5"));
    assert_eq!(Pager::numbered(2, 2, 21, "/records", &[]).prev.as_deref(), Some("/records"));
    assert_eq!(words(&Pager::numbered(1, 1, 3, "/records", &[])), "[1]");
    assert!(Pager::numbered(1, 1, 3, "/records", &[]).is_empty());
}

#[test]
fn assets_are_named_by_their_content() {
    let (a, b) = (Assets::build(&[]), Assets::build(&[".record{}"]));
    assert_ne!(a.portal.path, b.portal.path);
    assert_eq!((&a.script.path, &a.icon.path), (&b.script.path, &b.icon.path));
    assert!(b.find(&b.desk.path).is_some_and(|asset| asset.bytes.ends_with(b"@layer slices{.record{}}")));
    for asset in b.all().into_iter().filter(|asset| asset.path.ends_with(".css")) {
        let css = String::from_utf8_lossy(&asset.bytes);
        assert_eq!(css.matches('{').count(), css.matches('}').count(), "{}", asset.path);
        assert!(!css.contains("/*") && !css.contains("url("), "{}: a comment, or something fetched", asset.path);
    }
}

#[test]
fn error_pages_help_and_keep_to_the_policy() {
    for status in [400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503] {
        let page = error_page(status, &frame(), Extra::default());
        for must in ["<h1", "noindex", "内容是否还在", "怎么办", "0731-00000000", &format!(">{status}<")] {
            assert!(page.contains(must), "{status}: {must}");
        }
        for never in [" style=", " onclick=", "<style", "http:"] {
            assert!(!page.contains(never), "{status}: {never}");
        }
        assert_eq!((page.matches("<h1").count(), page.matches("<main").count()), (1, 1));
    }
    let gone = error_page(410, &frame(), Extra::says("已于2026年5月20日撤下<b>"));
    assert!(gone.contains("已于2026年5月20日撤下&#60;b&#62;") && !gone.contains("后来撤下了"));
    let desk = DeskFrame::new(&shell(), Pref::default(), "/desk", "", Instant(0));
    assert!(desk_error_page(403, &desk, Extra::default()).contains("回到待办"));
}

#[test]
fn refusals_stand_first_and_in_the_title() {
    let frame = frame().refused(vec![Refusal::new("name", "请填写姓名").at("name")]);
    assert_eq!(frame.head_title(), "错误：1 处需要修改 - 政府信息公开 - 株洲市畜牧兽医水产局");
    assert_eq!(field_error(&frame.errors, "name").map(|refusal| refusal.code), Some("name"));
    assert_eq!(field_error(&frame.errors, "phone"), None);
}

#[test]
fn chinese_has_its_own_punctuation() {
    let files = [
        include_str!("portal.html"),
        include_str!("console.html"),
        include_str!("parts.html"),
        include_str!("fields.html"),
        include_str!("error.html"),
        include_str!("error.rs"),
    ];
    let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    for text in files {
        let chars: Vec<char> = text.chars().collect();
        for pair in chars.windows(2) {
            let odd = |c: &char| ",:;?!()".contains(*c);
            assert!(!(han(&pair[0]) && odd(&pair[1]) || odd(&pair[0]) && han(&pair[1])), "{}{}", pair[0], pair[1]);
        }
    }
}
