//! Whose case it is, as a table.

use super::*;
use crate::account::Lent;

fn person(id: &str, section: &str, duties: &[Duty]) -> Me {
    let (id, section) = (id.to_owned(), section.to_owned());
    Me { name: id.clone(), section_name: section.clone(), id, section, duties: duties.into(), ..Me::default() }
}

fn hand(role: Role, staff: &str, section: &str) -> Hand {
    let (id, until, ended) = (format!("{staff}{section}"), None, None);
    let (staff, section) = (staff.into(), section.into());
    Hand { id, role, section, staff, until, given_by: "head".into(), given_at: Instant(0), ended }
}

/// Two clerks of one section, one of another, a head, a leader; `gone` left, and `other` followed.
fn crew() -> Crew {
    let lent = Lent { duty: Duty::SectionCheck, of: "head".into(), name: "head".into(), until: Instant(9) };
    let leader = Me { lent: vec![lent], ..person("leader", "办公室", &[Duty::Approval]) };
    Crew {
        people: vec![
            person("clerk", "养殖科", &[Duty::Draft]),
            person("mate", "养殖科", &[Duty::Draft]),
            person("other", "办公室", &[Duty::Draft]),
            person("head", "养殖科", &[Duty::SectionCheck]),
            leader,
            person("watch", "办公室", &[Duty::Supervision]),
        ],
        heirs: vec![("gone".into(), "other".into())],
        sections: vec![("养殖科".into(), "养殖科".into()), ("办公室".into(), "办公室".into())],
    }
}

#[test]
fn a_case_stands_in_the_inbox_of_who_has_it() {
    let (crew, clerks, heads) = (crew(), [Duty::Draft, Duty::Publication], [Duty::SectionCheck, Duty::Approval]);
    let (mine, section) = (Some(Turn::Mine), Some(Turn::Section));
    let (handler, second) = (hand(Role::Handler, "clerk", "养殖科"), hand(Role::Second, "other", "办公室"));
    let (whole, left) = (hand(Role::Handler, "", "养殖科"), hand(Role::Handler, "gone", "养殖科"));
    let of_head = hand(Role::Handler, "head", "养殖科");
    type Row<'a> = (&'a str, &'a [Duty], &'a [Hand], [(&'a str, Option<Turn>); 5]);
    #[rustfmt::skip]
    let table: &[Row] = &[
        ("nobody has it", &clerks, &[],
         [("clerk", mine), ("mate", mine), ("other", mine), ("head", None), ("watch", None)]),
        ("a handler", &clerks, std::slice::from_ref(&handler),
         [("clerk", mine), ("mate", section), ("other", None), ("head", None), ("watch", None)]),
        ("and a second", &clerks, &[handler.clone(), second],
         [("clerk", mine), ("mate", section), ("other", mine), ("head", None), ("watch", None)]),
        ("a section", &clerks, &[whole],
         [("clerk", mine), ("mate", mine), ("other", None), ("head", None), ("watch", None)]),
        ("whoever followed", &clerks, &[left],
         [("clerk", None), ("mate", None), ("other", mine), ("head", None), ("watch", None)]),
        ("a clerk cannot sign", &heads, std::slice::from_ref(&handler),
         [("clerk", None), ("mate", None), ("other", None), ("head", mine), ("leader", mine)]),
        ("who stands in", &heads, &[of_head],
         [("clerk", None), ("mate", None), ("other", None), ("head", mine), ("leader", mine)]),
    ];
    for (what, with, hands, wanted) in table {
        for (who, wanted) in wanted {
            let me = crew.people.iter().find(|p| p.id == *who).expect(who);
            assert_eq!(turn(with, hands, me, &crew), *wanted, "{what}: {who}");
        }
    }
}

#[test]
fn it_is_said_with_whom_it_is() {
    let crew = crew();
    let clerks = [By::Duty(Duty::Draft), By::Duty(Duty::Publication)];
    for (with, hands, wanted) in [
        (&clerks[..], vec![], "等起草、发布岗位办理"),
        (&clerks, vec![hand(Role::Handler, "clerk", "养殖科")], "等clerk办理"),
        (&clerks, vec![hand(Role::Handler, "", "养殖科")], "等clerk、mate办理"),
        (&clerks, vec![hand(Role::Handler, "watch", "办公室")], "等起草、发布岗位办理"),
        (&[By::Holder], vec![hand(Role::Handler, "clerk", "养殖科")], "等申请人办理"),
    ] {
        assert_eq!(whom(with, &hands, &crew), wanted);
    }
    assert_eq!(crew.name(&hand(Role::Handler, "gone", "养殖科")), "other（办公室）", "who left is followed");
    assert_eq!(crew.name(&hand(Role::Handler, "unknown", "养殖科")), "已停用的账号（养殖科）");
}

#[test]
fn who_gives_takes_and_returns() {
    let crew = crew();
    let had = [hand(Role::Handler, "clerk", "养殖科"), hand(Role::Second, "other", "办公室")];
    let second = had[1].clone();
    for (who, deed, hands, wanted) in [
        ("clerk", Deed::Assign(Some("clerk")), &had[..0], None),
        ("clerk", Deed::Assign(Some("mate")), &had[..0], Some("not-yours")),
        ("clerk", Deed::Assign(None), &had[..0], Some("not-yours")),
        ("head", Deed::Assign(None), &had[..0], None),
        ("clerk", Deed::Assign(Some("mate")), &had, None),
        ("mate", Deed::Assign(Some("mate")), &had, Some("not-yours")),
        ("other", Deed::Join, &had, Some("not-yours")),
        ("clerk", Deed::Join, &had, None),
        ("head", Deed::Join, &had[..0], Some("no-handler")),
        ("other", Deed::End(&second), &had, None),
        ("mate", Deed::End(&second), &had, Some("not-yours")),
        ("head", Deed::TakeBack, &had, None),
        ("clerk", Deed::TakeBack, &had, Some("not-yours")),
        ("clerk", Deed::Return, &had, None),
        ("other", Deed::Return, &had, Some("not-yours")),
        ("clerk", Deed::Return, &had[..0], Some("no-handler")),
    ] {
        let me = crew.people.iter().find(|p| p.id == who).expect(who);
        assert_eq!(may(deed, hands, me, &crew).err().map(|r| r.code), wanted, "{who} {deed:?}");
    }
}

#[test]
fn a_hand_holds_through_its_last_day_and_gives_no_duty() {
    let day = |n| Day::new(2026, 11, n).expect("a day");
    let mut for_a_while = hand(Role::Second, "mate", "养殖科");
    for_a_while.until = Some(day(25));
    assert!(for_a_while.holds(day(25)) && !for_a_while.holds(day(26)));
    for_a_while.ended = Some((Instant(1), How::Ended));
    assert!(!for_a_while.holds(day(25)));
    let crew = crew();
    let had = [hand(Role::Handler, "clerk", "养殖科")];
    let codes = |who: &str, field| {
        let to = crew.people.iter().find(|p| p.id == who).expect(who);
        fits(to, &[Duty::Draft], &had, field).iter().map(|r| r.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("watch", "to"), ["no-duty"]);
    assert_eq!((codes("clerk", "to"), codes("clerk", "second")), (vec!["has-it"], vec!["has-it"]));
    assert!(codes("mate", "to").is_empty());
}
