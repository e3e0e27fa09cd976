//! Which ground carries a publication on a day. Pure.

use kernel::{Day, Refusal};
use law::{Effect, Ground, Law};

/// The grounds of one effect that are in force on a day, in the order of the law.
pub fn in_force(law: &Law, day: Day, effect: Effect) -> Vec<&Ground> {
    law.grounds.iter().filter(|g| g.effect == effect && g.in_force(day)).collect()
}

/// The ground on which a record goes out: it exists, it opens, and it is in force on the day of publication. A refusal
/// cites the law and outlives the asking.
pub fn open(law: &'static Law, code: &str, day: Day) -> Result<&'static Ground, Refusal> {
    let refuse = |code, says: &str| Err(Refusal::new(code, says).cite("《政府信息公开条例》第二十条").at("ground"));
    match law.ground(code) {
        None if code.is_empty() => refuse("ground-missing", "没有选公开依据。请选择这条信息依据哪一条主动公开。"),
        None => refuse("ground-missing", "所选的公开依据不存在。请重新选择。"),
        Some(ground) if ground.effect != Effect::Open => {
            refuse("ground-missing", "所选的是不予公开的依据，不能据此公开。请重新选择。")
        }
        Some(ground) if !ground.in_force(day) => {
            let says = format!("所选的公开依据（{}）在{}不在施行期内。请改选当日有效的依据。", ground.cite, day.zh());
            Err(Refusal::new("ground-not-in-force", says).cite(&ground.cite).at("ground"))
        }
        Some(ground) => Ok(ground),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_must_exist_open_and_be_in_force() {
        let today = Day::new(2026, 11, 23).expect("a day");
        let then = Day::new(2017, 5, 26).expect("a day");
        let code = |c: &str, day| open(Law::built_in(), c, day).map(|g| g.code.as_str()).map_err(|r| r.code);
        assert_eq!(code("O20-1", today), Ok("O20-1"));
        assert_eq!(code("O20-1", then), Err("ground-not-in-force"));
        assert_eq!(code("O9-2008", then), Ok("O9-2008"));
        assert_eq!(code("O9-2008", today), Err("ground-not-in-force"));
        assert_eq!(code("N5", today), Err("ground-missing"));
        assert_eq!(code("", today), Err("ground-missing"));
        assert_eq!(code("X", today), Err("ground-missing"));
    }
}
