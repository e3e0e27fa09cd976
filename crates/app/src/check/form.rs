//! The scanner's settings as a form, lines of words, and as a file. Pure.

use crate::posted::Posted;
use crate::rule::rules::SCANNER;
use kernel::{Day, Refusal};
use scan::{Is, Leader, RULES, Rule, Settings, Severity, Word};
use std::collections::BTreeSet;

pub const FILE: &str = SCANNER;
/// What begins the file that the form writes.
const HEAD: &str = "# Written by the console: /desk/check/settings.\n";
/// The fields of words, with what their words are.
pub const WORDS: [(&str, Is); 3] = [("serious", Is::Serious), ("misprint", Is::Misprint), ("former", Is::FormerName)];
/// The choice of a rule that is not looked for.
pub const OFF: &str = "off";

/// What stands in the form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Form {
    /// `词｜改为｜理由` a line, in the order of [`WORDS`].
    pub words: [String; 3],
    pub numbers: String,
    pub mailboxes: String,
    pub names: String,
    /// `姓名｜职务、职务｜起始日` a line, in their order.
    pub leaders: String,
    /// For each rule of [`RULES`] a severity's word, [`OFF`], or nothing.
    pub levels: Vec<String>,
}

/// The name of a rule's choice in the form.
pub fn level_name(rule: Rule) -> String {
    format!("level-{}", rule.id())
}

fn word_line(word: &Word) -> String {
    let all = [&word.text, &word.suggestion, &word.why].map(String::as_str);
    all.join("｜").trim_end_matches('｜').to_owned()
}

fn leader_line(leader: &Leader) -> String {
    let from = leader.from.map_or(String::new(), |day| day.to_string());
    [leader.name.clone(), leader.posts.join("、"), from].join("｜").trim_end_matches('｜').to_owned()
}

impl Form {
    pub fn of(settings: &Settings) -> Form {
        let lines = |all: &BTreeSet<String>| all.iter().cloned().collect::<Vec<_>>().join("\n");
        let level = |id: &str| match settings.severities.get(id) {
            _ if settings.off.contains(id) => OFF.to_owned(),
            set => set.map_or(String::new(), |set| set.word().to_owned()),
        };
        Form {
            words: WORDS.map(|(_, is)| {
                let own = settings.words.iter().filter(|word| word.is == is);
                own.map(word_line).collect::<Vec<_>>().join("\n")
            }),
            numbers: lines(&settings.public_numbers),
            mailboxes: lines(&settings.public_mailboxes),
            names: lines(&settings.public_names),
            leaders: settings.leaders.iter().map(leader_line).collect::<Vec<_>>().join("\n"),
            levels: RULES.iter().map(|info| level(info.id)).collect(),
        }
    }

    pub fn read(posted: &Posted) -> Form {
        Form {
            words: WORDS.map(|(name, _)| posted.text(name)),
            numbers: posted.text("numbers"),
            mailboxes: posted.text("mailboxes"),
            names: posted.text("names"),
            leaders: posted.text("leaders"),
            levels: RULES.iter().map(|info| posted.get(&level_name(info.rule)).to_owned()).collect(),
        }
    }

    /// What the form says, or every fault at its field.
    pub fn settings(&self) -> Result<Settings, Vec<Refusal>> {
        let mut why = vec![];
        let mut settings = Settings::default();
        for ((name, is), text) in WORDS.iter().zip(&self.words) {
            let words: Vec<Word> = lines(text).map(|line| word(*is, line)).collect();
            let only = Settings { words: words.clone(), ..Settings::default() };
            why.extend(only.faults().into_iter().map(|(_, says)| Refusal::new("scanner-list", says).at(name)));
            settings.words.extend(words);
        }
        let digits = |line: &str| line.chars().filter(|c| !" -－—（）()".contains(*c)).collect::<String>();
        settings.public_numbers = lines(&self.numbers).map(digits).collect();
        settings.public_mailboxes = lines(&self.mailboxes).map(str::to_lowercase).collect();
        settings.public_names = self.names.split(['\n', '、']).map(str::trim).map(str::to_owned).collect();
        settings.public_names.remove("");
        for line in lines(&self.leaders) {
            match leader(line) {
                Ok(leader) => settings.leaders.push(leader),
                Err(says) => why.push(Refusal::new("scanner-leader", says).at("leaders")),
            }
        }
        for (info, level) in RULES.iter().zip(&self.levels) {
            match level.as_str() {
                "" => {}
                OFF => drop(settings.off.insert(info.id.to_owned())),
                word => match severity(word) {
                    Some(set) => drop(settings.severities.insert(info.id.to_owned(), set)),
                    None => {
                        why.push(Refusal::new("scanner-level", format!("请选择“{}”怎样处理。", info.zh)).at("levels"))
                    }
                },
            }
        }
        let others = Settings { words: vec![], ..settings.clone() };
        why.extend(others.faults().into_iter().map(|(list, says)| Refusal::new("scanner-list", says).at(field(list))));
        if why.is_empty() { Ok(settings) } else { Err(why) }
    }
}

/// The field in which a list of the settings is typed.
fn field(list: &str) -> &'static str {
    match list {
        "public-numbers" => "numbers",
        "public-mailboxes" => "mailboxes",
        "leaders" => "leaders",
        _ => "levels",
    }
}

fn severity(word: &str) -> Option<Severity> {
    [Severity::Block, Severity::Warn, Severity::Text].into_iter().find(|severity| severity.word() == word)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The parts of a line: bars of either width stand between them.
fn parts(line: &str) -> [&str; 3] {
    let mut all = line.splitn(3, ['|', '｜']).map(str::trim);
    [(); 3].map(|()| all.next().unwrap_or_default())
}

fn word(is: Is, line: &str) -> Word {
    let [text, suggestion, why] = parts(line).map(str::to_owned);
    Word { is, text, suggestion, why }
}

fn leader(line: &str) -> Result<Leader, String> {
    let [name, posts, from] = parts(line);
    let posts: Vec<String> = posts.split('、').map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect();
    if posts.is_empty() {
        return Err(format!("“{line}”没有写职务。一行写“姓名｜职务”，几个职务用顿号隔开。"));
    }
    let day = Day::parse(from);
    if !from.is_empty() && day.is_none() {
        return Err(format!("“{line}”里的起始日写成 2026-12-01。"));
    }
    Ok(Leader { name: name.into(), posts, from: day })
}

/// The file that says the same.
pub fn text(settings: &Settings) -> Result<String, toml::ser::Error> {
    Ok(format!("{HEAD}{}", toml::to_string_pretty(settings)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use law::{Law, Sources};
    use std::collections::BTreeMap;

    fn filled() -> Form {
        let mut form = Form::of(&Settings::default());
        form.words = ["弱势群体｜困难群众｜称呼不妥。", "兽医所站|兽医站所", ""].map(str::to_owned);
        form.numbers = "0731-2868 1234\n13973312345".into();
        form.mailboxes = "Office@Example.cn\n@zhuzhou.gov.cn".into();
        form.names = "张三、李四\n王五".into();
        form.leaders = "赵某某｜局长、党组书记\n钱某某｜副局长｜2026-12-01".into();
        let misprint = RULES.iter().position(|info| info.rule == Rule::Misprint).expect("a rule");
        form.levels[misprint] = "warn".into();
        form.levels[misprint + 1] = OFF.into();
        form
    }

    #[test]
    fn a_form_becomes_a_file_and_comes_back() {
        let settings = filled().settings().expect("settings");
        assert!(settings.public_numbers.contains("073128681234") && settings.public_names.len() == 3);
        let file = text(&settings).expect("a file");
        let files = BTreeMap::from([(FILE.to_owned(), file)]);
        let law = Law::load(&Sources::built_in().overlay(&files).expect("a file of the law")).expect("loads");
        assert!(!law.scanner.terms.is_empty(), "the terms of the law come with it");
        let again = Settings { terms: BTreeMap::new(), ..law.scanner };
        assert_eq!(again, settings);
        assert_eq!(Form::of(&again).settings().expect("settings"), settings);
    }

    #[test]
    fn every_fault_is_told_at_its_field() {
        let secret = RULES.iter().position(|info| info.rule == Rule::SecretMark).expect("a rule");
        type Spoil = fn(&mut Form);
        let table: [(Spoil, &str, &str); 6] = [
            (|f| f.words[1] = "甲".into(), "misprint", "太短"),
            (|f| f.numbers = "值班室".into(), "numbers", "只能写数字"),
            (|f| f.mailboxes = "example".into(), "mailboxes", "写成"),
            (|f| f.leaders = "赵某某".into(), "leaders", "没有写职务"),
            (|f| f.leaders = "赵某某｜局长｜下月".into(), "leaders", "起始日"),
            (|f| f.leaders = "赵某某｜局长\n赵某某｜书记".into(), "leaders", "有两个"),
        ];
        for (spoil, at, says) in table {
            let mut form = filled();
            spoil(&mut form);
            let why = form.settings().expect_err("a fault");
            assert!(why.iter().any(|w| w.field == Some(at) && w.says.contains(says)), "{why:?}");
        }
        for level in ["warn", "suggest", OFF] {
            let mut form = filled();
            form.levels[secret] = level.into();
            let why = form.settings().expect_err("a fault");
            assert!(why[0].says.contains("《保守国家秘密法》") && why[0].field == Some("levels"), "{why:?}");
        }
    }
}
