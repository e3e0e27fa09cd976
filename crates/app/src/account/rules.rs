//! Signing in, and who may hold which duties together. Pure.

use super::model::{Duty, Me};
use kernel::{Day, Instant, Refusal};

/// Wrong passwords in a row before an account rests.
pub const FAILURES: i64 = 5;
/// How long it rests, in milliseconds.
pub const REST_MS: i64 = 15 * 60_000;
/// How long a session lasts at most: a working day and its evening, in milliseconds.
pub const SESSION_MS: i64 = 12 * 3_600_000;
/// For how long a proof of who one is holds before a decision, in milliseconds.
pub const PROOF_MS: i64 = 15 * 60_000;
/// For how many days a duty may be lent: longer is no absence but a change of post.
const LENT_DAYS: i32 = 92;
/// How long a bearer token may last, in milliseconds.
pub const TOKEN_MS: i64 = 365 * 24 * 3_600_000;

/// What a wrong password does: the count, and until when the account rests.
pub fn after_failure(failures: i64, now: Instant) -> (i64, i64) {
    let failures = failures + 1;
    if failures >= FAILURES { (0, now.0 + REST_MS) } else { (failures, 0) }
}

/// A password that is worth its hash: ten characters, not the name it protects.
pub fn password(new: &str, login: &str) -> Vec<Refusal> {
    let mut why = vec![];
    if new.chars().count() < 10 {
        why.push(Refusal::new("password-short", "密码至少 10 个字符。可以用几个词连起来。").at("new"));
    }
    if new.chars().count() > 200 {
        why.push(Refusal::new("password-long", "密码最多 200 个字符。").at("new"));
    }
    if !login.is_empty() && new.contains(login) {
        why.push(Refusal::new("password-name", "密码里不能有登录名。").at("new"));
    }
    why
}

/// Whoever administers decides nothing about content, and who supervises does not take part either.
pub fn duties(all: &[Duty]) -> Vec<Refusal> {
    let content = all.iter().any(|d| d.is_content());
    let apart = |duty: Duty, says: &str| {
        (all.contains(&duty) && content).then(|| Refusal::new("duties-apart", says).at("duties"))
    };
    [
        apart(Duty::Administration, "系统管理不能兼任起草、审查、签批、发布。请换一个账号。"),
        apart(Duty::Supervision, "监督不能兼任起草、审查、签批、发布。请换一个账号。"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Who administers or supervises takes part in no decision, not in somebody's stead either.
pub fn stands_apart(person: &Me) -> bool {
    person.owns(Duty::Administration) || person.owns(Duty::Supervision)
}

/// Whether `holder` may lend a duty to `deputy` from the first to the second day, both included, when `by` asks.
pub fn lending(duty: Duty, holder: &Me, deputy: &Me, term: (Day, Day), by: &Me, today: Day) -> Vec<Refusal> {
    let (from, until) = term;
    let zh = duty.zh();
    let faults = [
        (!Duty::REVIEW.contains(&duty), "duty-not-lent", "duty", format!("{zh}岗位不能借出。")),
        (!holder.owns(duty), "not-holder", "duty", format!("{}没有{zh}岗位，不能借出。", holder.name)),
        (holder.id == deputy.id, "own-deputy", "deputy", "不能借给本人。请选另一位同事。".into()),
        (deputy.owns(duty), "has-duty", "deputy", format!("{}本来就有{zh}岗位，不用借。", deputy.name)),
        (stands_apart(deputy), "duties-apart", "deputy", "系统管理、监督不能兼任审查。请选另一位同事。".into()),
        (
            by.id != holder.id && !by.owns(Duty::Administration),
            "not-yours",
            "duty",
            "只能借出自己的岗位。替别人登记，请找系统管理员。".into(),
        ),
        (from < today, "from-past", "from", "开始日不能早于今天。".into()),
        (until < from, "until-early", "until", "截止日不能早于开始日。".into()),
        (
            until > from.plus(LENT_DAYS - 1),
            "until-late",
            "until",
            format!("最长借 {LENT_DAYS} 天。更久的，请系统管理员调整岗位。"),
        ),
    ];
    let refused = faults.into_iter().filter(|(is_fault, ..)| *is_fault);
    refused.map(|(_, code, field, says)| Refusal::new(code, says).at(field)).collect()
}

/// What an administrator entered for somebody is confirmed by a third person.
pub fn may_confirm(made_by: &str, deputy: &str, by: &Me) -> Result<(), Refusal> {
    if by.id == made_by || by.id == deputy {
        return Err(Refusal::new("third-person", "登记的人和代办的人都不能确认。请另一位同事确认。"));
    }
    let knows = by.duties.iter().any(|d| d.is_content() || *d == Duty::Supervision);
    if knows {
        Ok(())
    } else {
        Err(Refusal::new("third-person", "请有审查、签批、发布或监督岗位的同事确认。"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_wrong_password_lets_the_account_rest() {
        let mut failures = 0;
        for _ in 1..FAILURES {
            let (n, until) = after_failure(failures, Instant(7));
            assert_eq!(until, 0);
            failures = n;
        }
        assert_eq!(after_failure(failures, Instant(7)), (0, 7 + REST_MS));
    }

    #[test]
    fn a_password_is_long_and_not_the_name() {
        let codes = |p: &str| password(p, "jingban").iter().map(|r| r.code).collect::<Vec<_>>();
        assert_eq!(codes("short"), ["password-short"]);
        assert_eq!(codes("my jingban pass"), ["password-name"]);
        assert_eq!(codes("湘江边的水产站看得见"), [""; 0]);
    }

    fn person(id: &str, duties: &[Duty]) -> Me {
        Me { id: id.into(), name: id.into(), duties: duties.into(), ..Me::default() }
    }

    #[test]
    fn a_duty_is_lent_by_its_holder_for_a_term_and_to_nobody_who_stands_apart() {
        use Duty::*;
        let (leader, clerk, admin) =
            (person("leader", &[Approval]), person("clerk", &[Draft]), person("admin", &[Administration]));
        let day = |n: i32| Day::new(2026, 11, 23).expect("a day").plus(n);
        type Case<'a> = (Duty, &'a Me, &'a Me, (i32, i32), &'a Me, &'a [&'a str]);
        let cases: &[Case] = &[
            (Approval, &leader, &clerk, (0, 0), &leader, &[]),
            (Approval, &leader, &clerk, (3, 94), &admin, &[]),
            (Approval, &leader, &clerk, (3, 95), &leader, &["until-late"]),
            (Approval, &leader, &clerk, (-1, -2), &leader, &["from-past", "until-early"]),
            (Approval, &leader, &clerk, (0, 1), &clerk, &["not-yours"]),
            (Approval, &leader, &leader, (0, 1), &leader, &["own-deputy", "has-duty"]),
            (Approval, &leader, &admin, (0, 1), &leader, &["duties-apart"]),
            (SecrecyReview, &leader, &clerk, (0, 1), &leader, &["not-holder"]),
            (Draft, &clerk, &leader, (0, 1), &clerk, &["duty-not-lent"]),
        ];
        for (duty, holder, deputy, (from, until), by, wanted) in cases {
            let got = lending(*duty, holder, deputy, (day(*from), day(*until)), by, day(0));
            assert_eq!(got.iter().map(|r| r.code).collect::<Vec<_>>(), *wanted, "{duty:?} {from} {until} {}", by.id);
        }
        for (by, allowed) in [(&leader, true), (&clerk, false), (&admin, false), (&person("x", &[]), false)] {
            assert_eq!(may_confirm("admin", "clerk", by).is_ok(), allowed, "{}", by.id);
        }
    }

    #[test]
    fn administration_and_supervision_stand_apart() {
        use Duty::*;
        assert!(duties(&[Draft, Approval]).is_empty());
        assert!(duties(&[Administration]).is_empty() && duties(&[Supervision, Administration]).is_empty());
        assert_eq!(duties(&[Administration, Draft]).len(), 1);
        assert_eq!(duties(&[Supervision, SecrecyReview, Administration]).len(), 2);
    }
}
