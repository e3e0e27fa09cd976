//! What may be signed after what.

use crate::log::{Log, ORIGIN, key};
use kernel::Hash;
use ledger::{Checkpoint, Doubt, Error, Head, Plan, SigningKey, clear};
use proptest::prelude::*;

#[test]
fn only_what_extends_the_last_signed_head_is_cleared() {
    let (old, new) = (Log::of(200, 200), Log::of(300, 300));
    let proof = new.prove(Plan::consistency(200, 300));
    let (last, next) = (old.checkpoint(), new.checkpoint());
    let judge = |last: Option<&Checkpoint>, next: &Checkpoint, proof: &[Hash]| clear(last, next.clone(), proof).err();
    let elsewhere = Checkpoint::new("elsewhere.invalid", *next.head()).expect("a good origin");
    let forked = Checkpoint::new(ORIGIN, Head { size: 200, root: Hash::of(b"fork") }).expect("a good origin");
    let unproven = Doubt::Unproven { signed: 200, tree: 300 };
    for (last, next, proof, doubt, what) in [
        (None, &next, &[][..], None, "the first"),
        (Some(&last), &next, &proof, None, "a larger one"),
        (Some(&last), &last, &[], None, "the same again"),
        (Some(&next), &last, &proof, Some(Doubt::Behind { signed: 300, tree: 200 }), "a smaller one"),
        (Some(&last), &forked, &[], Some(Doubt::Forked { size: 200 }), "another of the same size"),
        (Some(&forked), &next, &proof, Some(unproven.clone()), "one that grew from another"),
        (Some(&last), &next, &proof[1..], Some(unproven.clone()), "one with half a proof"),
        (Some(&last), &next, &[], Some(unproven), "one without a proof"),
        (Some(&last), &last, &proof, Some(Doubt::Unproven { signed: 200, tree: 200 }), "one with a needless proof"),
    ] {
        assert_eq!(judge(last, next, proof), doubt, "{what}");
    }
    let other = Doubt::OtherLog { signed: ORIGIN.to_owned(), next: "elsewhere.invalid".to_owned() };
    assert_eq!(judge(Some(&last), &elsewhere, &proof), Some(other));
}

#[test]
fn the_empty_tree_may_be_signed_and_then_any() {
    let (empty, one) = (Log::default(), Log::of(1, 1));
    assert!(clear(None, empty.checkpoint(), &[]).is_ok());
    assert!(clear(Some(&empty.checkpoint()), one.checkpoint(), &[]).is_ok());
    let lie = Checkpoint::new(ORIGIN, Head { size: 0, root: Hash::of(b"lie") }).expect("a good origin");
    assert_eq!(clear(Some(&lie), one.checkpoint(), &[]).err(), Some(Doubt::Unproven { signed: 0, tree: 1 }));
}

#[test]
fn an_ed25519_key_of_the_origin_must_sign() {
    let cleared = || clear(None, Log::of(1, 1).checkpoint(), &[]).expect("never signed");
    let sm2 = SigningKey::sm2(ORIGIN, &[9; 32]).expect("a scalar below the order");
    let other = SigningKey::ed25519("elsewhere.invalid", &[7; 32]).expect("a good name");
    assert!(matches!(cleared().sign(&[]), Err(Error::Key(_))));
    assert!(matches!(cleared().sign(&[&sm2]), Err(Error::Key(_))));
    assert!(matches!(cleared().sign(&[&key(), &other]), Err(Error::Key(_))));
    assert_eq!(cleared().sign(&[&sm2, &key()]).map(|n| n.signatures().len()), Ok(2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The integrator's round: open the edge, grow, prove, clear. It never meets a doubt of its own making.
    #[test]
    fn a_log_that_only_grows_is_always_cleared(batches in prop::collection::vec(0u64..150, 1..10)) {
        let mut log = Log::default();
        let mut last: Option<Checkpoint> = None;
        for count in batches {
            let old = log.tree.size();
            log.grow(count);
            let proof = log.prove(Plan::consistency(old, log.tree.size()));
            let proof = if last.is_some() { proof } else { Vec::new() };
            let clearance = clear(last.as_ref(), log.checkpoint(), &proof).expect("it only grew");
            let note = clearance.sign(&[&key()]).expect("our key");
            last = Some(Checkpoint::open(&note, ORIGIN, &[key().verifier().clone()]).expect("our signature"));
        }
    }
}
