//! Signing in, and who may hold which duties together. Pure.

use super::model::Duty;
use kernel::{Instant, Refusal};

/// Wrong passwords in a row before an account rests.
pub const FAILURES: i64 = 5;
/// How long it rests, in milliseconds.
pub const REST_MS: i64 = 15 * 60_000;
/// How long a session lasts at most: a working day and its evening, in milliseconds.
pub const SESSION_MS: i64 = 12 * 3_600_000;
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

    #[test]
    fn administration_and_supervision_stand_apart() {
        use Duty::*;
        assert!(duties(&[Draft, Approval]).is_empty());
        assert!(duties(&[Administration]).is_empty() && duties(&[Supervision, Administration]).is_empty());
        assert_eq!(duties(&[Administration, Draft]).len(), 1);
        assert_eq!(duties(&[Supervision, SecrecyReview, Administration]).len(), 2);
    }
}
