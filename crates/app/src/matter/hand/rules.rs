//! Whose case it is, and who may give it to whom. Pure.

use crate::account::{Duty, Me};
use crate::matter::kind::By;
use kernel::{Day, Instant, Refusal};

/// What somebody is to a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Handler,
    Second,
}

impl Role {
    pub fn word(self) -> &'static str {
        match self {
            Role::Handler => "handler",
            Role::Second => "second",
        }
    }

    pub fn parse(word: &str) -> Option<Role> {
        [Role::Handler, Role::Second].into_iter().find(|role| role.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Role::Handler => "承办",
            Role::Second => "协办",
        }
    }
}

/// How a hand ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    HandedOver,
    TakenBack,
    Returned,
    Ended,
}

impl How {
    pub const ALL: [How; 4] = [How::HandedOver, How::TakenBack, How::Returned, How::Ended];

    pub fn word(self) -> &'static str {
        match self {
            How::HandedOver => "handed-over",
            How::TakenBack => "taken-back",
            How::Returned => "returned",
            How::Ended => "ended",
        }
    }

    pub fn parse(word: &str) -> Option<How> {
        How::ALL.into_iter().find(|how| how.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            How::HandedOver => "转办",
            How::TakenBack => "收回",
            How::Returned => "退回",
            How::Ended => "协办结束",
        }
    }
}

/// A person or a section that has a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hand {
    pub id: String,
    pub role: Role,
    pub section: String,
    /// Empty for the section as a whole.
    pub staff: String,
    /// The last day of who acts for somebody absent.
    pub until: Option<Day>,
    pub given_by: String,
    pub given_at: Instant,
    pub ended: Option<(Instant, How)>,
}

impl Hand {
    /// It was not ended, and its last day is not over: by the clock, nothing has to switch it.
    pub fn holds(&self, today: Day) -> bool {
        self.ended.is_none() && self.until.is_none_or(|until| today <= until)
    }
}

/// The handler among the hands that hold.
pub fn handler(hands: &[Hand]) -> Option<&Hand> {
    hands.iter().find(|h| h.role == Role::Handler)
}

/// Everybody of a body whose account is open, who follows those who left, and the sections by id.
#[derive(Clone, Default, Debug)]
pub struct Crew {
    pub people: Vec<Me>,
    /// Who left, and who answers for what they had.
    pub heirs: Vec<(String, String)>,
    pub sections: Vec<(String, String)>,
}

impl Crew {
    /// The person behind an id now: whoever left is followed by their successor.
    fn now<'c>(&'c self, staff: &'c str) -> &'c str {
        if self.people.iter().any(|p| p.id == staff) {
            return staff;
        }
        self.heirs.iter().find(|(left, _)| left == staff).map_or(staff, |(_, heir)| heir)
    }

    /// Whether a person acts for this hand: it is theirs, they followed its person, stand in for them, or are of the
    /// section that has it.
    pub fn acts(&self, hand: &Hand, me: &Me) -> bool {
        if hand.staff.is_empty() {
            return me.section == hand.section;
        }
        self.now(&hand.staff) == me.id || me.lent.iter().any(|l| l.of == hand.staff)
    }

    pub fn section(&self, id: &str) -> &str {
        self.sections.iter().find(|(s, _)| s == id).map_or("", |(_, name)| name)
    }

    /// `经办人（局办公室）`, or the section alone; of somebody who left, the successor.
    pub fn name(&self, hand: &Hand) -> String {
        let section = self.section(&hand.section);
        match self.people.iter().find(|p| !hand.staff.is_empty() && p.id == self.now(&hand.staff)) {
            Some(p) => format!("{}（{}）", p.name, p.section_name),
            None if hand.staff.is_empty() => section.to_owned(),
            None => format!("已停用的账号（{section}）"),
        }
    }
}

/// The duties among those who may make a move.
pub fn duties(with: &[By]) -> Vec<Duty> {
    with.iter().filter_map(|by| if let By::Duty(duty) = by { Some(*duty) } else { None }).collect()
}

/// Those whose case it is and who may make the next move; empty where nobody has it, or none of them may.
fn workers<'c>(with: &[Duty], hands: &[Hand], crew: &'c Crew) -> Vec<&'c Me> {
    let may = |p: &&Me| with.iter().any(|duty| p.has(*duty));
    crew.people.iter().filter(may).filter(|p| hands.iter().any(|h| crew.acts(h, p))).collect()
}

/// Who is to be reminded: the workers; where there are none, everybody who may make the next move.
pub fn answerable<'c>(with: &[Duty], hands: &[Hand], crew: &'c Crew) -> Vec<&'c Me> {
    let workers = workers(with, hands, crew);
    if !workers.is_empty() {
        return workers;
    }
    crew.people.iter().filter(|p| with.iter().any(|duty| p.owns(*duty))).collect()
}

/// In whose inbox a case stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    Mine,
    /// A colleague of the same section has it.
    Section,
}

/// Whether the next move is this person's, or that of a colleague in the section. `None`: somebody else's.
pub fn turn(with: &[Duty], hands: &[Hand], me: &Me, crew: &Crew) -> Option<Turn> {
    if !with.iter().any(|duty| me.has(*duty)) {
        return None;
    }
    let workers = workers(with, hands, crew);
    match () {
        () if workers.is_empty() || workers.iter().any(|p| p.id == me.id) => Some(Turn::Mine),
        () if workers.iter().any(|p| p.section == me.section) => Some(Turn::Section),
        () => None,
    }
}

/// Names beyond these are a number.
const NAMED: usize = 3;

/// With whom it is: persons where the case has hands, otherwise the duties.
pub fn whom(with: &[By], hands: &[Hand], crew: &Crew) -> String {
    let duties = duties(with);
    if duties.is_empty() {
        return if with.contains(&By::Holder) { "等申请人办理".into() } else { String::new() };
    }
    let workers = workers(&duties, hands, crew);
    let names: Vec<&str> = workers.iter().take(NAMED).map(|p| p.name.as_str()).collect();
    match (names.is_empty(), workers.len() > NAMED) {
        (true, _) => format!("等{}岗位办理", duties.iter().map(|d| d.zh()).collect::<Vec<_>>().join("、")),
        (false, false) => format!("等{}办理", names.join("、")),
        (false, true) => format!("等{}等 {} 位同事办理", names.join("、"), workers.len()),
    }
}

/// What somebody wants to do with the hands of a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed<'a> {
    /// Give it to a person, or to a section (`None`).
    Assign(Option<&'a str>),
    Join,
    End(&'a Hand),
    TakeBack,
    Return,
}

/// Who gives out the work of others.
const LEADS: &[Duty] = &[Duty::SectionCheck, Duty::Approval, Duty::Publication];

/// Whether this person may. `hands` are those that hold.
pub fn may(deed: Deed, hands: &[Hand], me: &Me, crew: &Crew) -> Result<(), Refusal> {
    let leads = LEADS.iter().any(|duty| me.has(*duty));
    let had = handler(hands);
    let mine = had.is_some_and(|h| crew.acts(h, me));
    let refused = |code, says: &str| Err(Refusal::new(code, says));
    match (deed, had) {
        (Deed::Assign(to), None) if leads || to == Some(&me.id) => Ok(()),
        (Deed::Assign(_), None) => {
            refused("not-yours", "您可以认领这一件。交给别人，请科室审核、签批或者发布岗位的同事分办。")
        }
        (Deed::Assign(_) | Deed::Join, Some(_)) if leads || mine => Ok(()),
        (Deed::Assign(_) | Deed::Join, Some(_)) => {
            refused("not-yours", "这一件由别人承办。请承办人或者科室审核、签批、发布岗位的同事办理。")
        }
        (Deed::End(hand), _) if leads || mine || crew.acts(hand, me) => Ok(()),
        (Deed::End(_), _) => refused("not-yours", "只有承办人、协办人和分办的同事能结束协办。"),
        (Deed::Join, None) => refused("no-handler", "请先定承办，再定协办。"),
        (_, None) => refused("no-handler", "这一件还没有人承办，不用收回或者退回。"),
        (Deed::TakeBack, Some(hand)) if leads || hand.given_by == me.id => Ok(()),
        (Deed::TakeBack, Some(_)) => refused("not-yours", "只有分办的人和科室审核、签批、发布岗位的同事能收回。"),
        (Deed::Return, Some(_)) if mine => Ok(()),
        (Deed::Return, Some(_)) => refused("not-yours", "只有承办人能退回。"),
    }
}

/// What is wrong with who is named: a hand gives no duty, so the person must have one that the kind needs.
pub fn fits(to: &Me, needs: &[Duty], hands: &[Hand], field: &'static str) -> Vec<Refusal> {
    let mut why = vec![];
    if !needs.iter().any(|duty| to.has(*duty)) {
        let says = format!("{}没有办理这类事项的岗位。请选另一位同事，或者先调整岗位。", to.name);
        why.push(Refusal::new("no-duty", says).at(field));
    }
    let has = |h: &&Hand| h.staff == to.id && (h.role == Role::Handler || field == "second");
    if let Some(hand) = hands.iter().find(has) {
        why.push(Refusal::new("has-it", format!("{}已经在{}这一件。", to.name, hand.role.zh())).at(field));
    }
    why
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
