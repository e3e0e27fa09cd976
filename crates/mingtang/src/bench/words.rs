//! Plausible official text from a seed: the same seed gives the same records. No person and no real place is named.

/// SplitMix64: small, even, and repeatable from a printed seed. Not for secrets.
pub struct Dice(u64);

impl Dice {
    /// The dice of one thing (a record's number) under a seed, whatever was thrown before.
    pub fn of(seed: u64, n: u64) -> Dice {
        let mut dice = Dice(seed ^ n.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        dice.next();
        dice
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to `n - 1`; `n` is at least 1.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap_or(0)
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// Puts a list into a random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            let j = self.below(i + 1);
            list.swap(i, j);
        }
    }
}

const TASKS: &[&str] = &[
    "春季动物疫病集中免疫",
    "生猪屠宰质量安全监管",
    "畜禽养殖废弃物资源化利用",
    "兽药经营使用专项整治",
    "水产品质量安全抽检",
    "禁渔期巡查",
    "饲料生产企业监督检查",
    "养殖水域滩涂规划",
    "动物检疫证明电子出证",
    "病死畜禽无害化处理",
    "渔业船舶安全检查",
    "行政执法公示",
    "政务公开标准化",
    "稳产保供项目申报",
    "基层兽医人员培训",
    "水生生物增殖放流",
];
const WHO: &[&str] =
    &["局属各单位", "各县市区主管部门", "各科室", "综合行政执法支队", "动物疫病预防控制中心", "相关企业"];
const VERBS: &[&str] = &["做好", "开展", "规范", "加强", "推进", "落实"];
const MEANS: &[&str] = &[
    "建立工作台账，逐项销号管理",
    "按照职责分工抓好落实",
    "公开办理依据、条件、期限和结果",
    "组织业务骨干到一线指导",
    "对发现的问题限期整改并复查",
    "把检查结果记入信用档案",
    "通过公示栏和门户网站同步公开",
    "按月汇总进展情况",
    "加强与市场监管、生态环境等部门的信息共享",
    "明确责任人和完成时限",
];
const ENDS: &[&str] = &[
    "确保各项任务按期完成",
    "切实保护群众合法权益",
    "自觉接受社会监督",
    "不断提高服务水平",
    "防止发生区域性风险",
    "做到底数清、情况明",
];
const HEADS: &[&str] =
    &["总体要求", "主要任务", "工作步骤", "职责分工", "监督检查", "信息公开", "有关要求", "保障措施"];
const NUMERALS: &[&str] = &["一", "二", "三", "四", "五", "六", "七", "八"];

/// A title that says which record it is, so that an answer can be checked.
pub fn title(dice: &mut Dice, year: i16, form: &str, n: u64) -> String {
    format!("关于{}{year}年{}工作的{form}（第{n}件）", dice.pick(VERBS), dice.pick(TASKS))
}

pub fn summary(dice: &mut Dice) -> String {
    format!("就{}作出安排，{}，{}。", dice.pick(TASKS), dice.pick(MEANS), dice.pick(ENDS))
}

/// One of some forms, with what the dice put into it.
pub fn sentence(dice: &mut Dice) -> String {
    let (who, verb, task, means) = (dice.pick(WHO), dice.pick(VERBS), dice.pick(TASKS), dice.pick(MEANS));
    match dice.below(3) {
        0 => format!("{who}要{verb}{task}工作，{means}，{}。", dice.pick(ENDS)),
        1 => {
            let (month, day, count) = (dice.below(12) + 1, dice.below(28) + 1, dice.below(900) + 12);
            format!("{month}月{day}日前完成{task}{count}家（次），{means}。")
        }
        _ => format!("{verb}{task}，由{who}负责，{means}；没有按时完成的，说明原因，{}。", dice.pick(ENDS)),
    }
}

/// A text of 2 to 6 KB (UTF-8) in the notation of texts: headings, paragraphs, sometimes a table.
pub fn text(dice: &mut Dice) -> String {
    let wanted = 2_000 + dice.below(4_000);
    let mut out = format!("{}：\n\n", dice.pick(WHO));
    for part in 0.. {
        if part < NUMERALS.len() {
            out.push_str(&format!("{}、{}\n\n", NUMERALS[part], HEADS[(part + dice.below(2)) % HEADS.len()]));
        }
        for _ in 0..2 + dice.below(3) {
            (0..1 + dice.below(3)).for_each(|_| out.push_str(&sentence(dice)));
            out.push_str("\n\n");
            if out.len() >= wanted {
                return out;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_text_of_the_size_that_was_promised() {
        for n in 0..200 {
            let text = text(&mut Dice::of(7, n));
            assert_eq!(text, super::text(&mut Dice::of(7, n)));
            assert!((2_000..7_000).contains(&text.len()), "{} bytes", text.len());
        }
        assert_ne!(text(&mut Dice::of(7, 1)), text(&mut Dice::of(7, 2)));
        assert_ne!(text(&mut Dice::of(7, 1)), text(&mut Dice::of(8, 1)));
    }
}
