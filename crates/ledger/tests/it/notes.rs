//! Signed notes, keys and checkpoints.

use crate::log::{Log, ORIGIN, key};
use ed25519_dalek::Signer;
use ledger::{Algorithm, Checkpoint, Error, Head, Note, Signature, SigningKey, VerifierKey, clear};
use proptest::prelude::*;

/// The example of C2SP signed-note.
const VKEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const NOTE: &str = "This is an example message.\n\n— example.com/foo \
    Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

fn sm2() -> SigningKey {
    SigningKey::sm2(ORIGIN, &[9; 32]).expect("a scalar below the order")
}

#[test]
fn the_example_of_the_specification_verifies() {
    let key = VerifierKey::parse(VKEY).expect("the specification's");
    assert_eq!((key.name(), key.id(), key.algorithm()), ("example.com/foo", 0x530d_903a, Algorithm::Ed25519));
    assert_eq!(key.to_string(), VKEY);
    let note = Note::parse(NOTE.as_bytes()).expect("the specification's");
    assert_eq!(note.to_string(), NOTE);
    let keys = [key.clone()];
    let signed = note.verify(&keys).expect("signed");
    assert_eq!((signed.len(), signed[0].key, signed[0].time), (1, &key, None));
}

#[test]
fn every_flipped_bit_of_a_note_is_refused() {
    let log = Log::of(5, 5);
    let (keys, bytes) = ([key().verifier().clone()], log.note().to_string().into_bytes());
    let open = |bytes: &[u8]| Checkpoint::open(&Note::parse(bytes)?, ORIGIN, &keys);
    assert_eq!(open(&bytes), Ok(log.checkpoint()));
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(open(&flipped).is_err(), "bit {bit}: {}", String::from_utf8_lossy(&flipped));
    }
}

/// A second line never lets another text through; a reader who knows only Ed25519 does not mind it.
#[test]
fn an_sm2_line_may_stand_beside() {
    let log = Log::of(5, 5);
    let clearance = clear(None, log.checkpoint(), &[]).expect("never signed");
    let note = clearance.sign(&[&key(), &sm2()]).expect("keys of this origin");
    let (ed25519, both) = (key().verifier().clone(), [key().verifier().clone(), sm2().verifier().clone()]);
    assert_eq!(note.verify(&[ed25519]).map(|s| s.len()), Ok(1));
    assert_eq!(note.verify(&both[1..]).map(|s| s[0].key.algorithm()), Ok(Algorithm::Sm2));
    assert_eq!(note.verify(&both).map(|s| s.len()), Ok(2));
    let bytes = note.to_string().into_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let opened = Note::parse(&flipped).and_then(|note| Checkpoint::open(&note, ORIGIN, &both));
        assert!(opened.is_err() || opened == Ok(log.checkpoint()), "bit {bit}");
    }
}

/// Golden: keys and signatures that readers hold must mean the same for ever.
#[test]
fn the_bytes_of_keys_and_signatures_are_fixed() {
    let clearance = clear(None, Log::of(5, 5).checkpoint(), &[]).expect("never signed");
    let note = clearance.sign(&[&key(), &sm2()]).expect("keys of this origin");
    let text = format!("{}\n{}\n\n{note}", key().verifier(), sm2().verifier());
    assert_eq!(text, include_str!("../data/keys-and-note.txt"));
    for key in [key(), sm2()] {
        assert_eq!(VerifierKey::parse(&key.verifier().to_string()).as_ref(), Ok(key.verifier()));
        assert!(!format!("{key:?}").contains("07070707") && format!("{key:?}").starts_with("SigningKey(… of "));
    }
}

#[test]
fn unknown_signatures_are_ignored_and_wrong_ones_are_not() {
    let note = Log::of(5, 5).note();
    let (keys, ours) = ([key().verifier().clone()], note.signatures()[0].clone());
    let (elsewhere, wrong) = ("w.invalid".to_owned(), [&[ours.bytes[0] ^ 1], &ours.bytes[1..]].concat());
    let bad = || Err(Error::BadSignature(ORIGIN.to_owned()));
    let beside = [
        (ours.clone(), Ok(2), "the same again"),
        (Signature { name: elsewhere, ..ours.clone() }, Ok(1), "another name"),
        (Signature { id: ours.id ^ 1, ..ours.clone() }, Ok(1), "another id"),
        (Signature { id: ours.id ^ 1, bytes: vec![0; 5000], ..ours.clone() }, Ok(1), "another algorithm"),
        (Signature { bytes: wrong, ..ours.clone() }, bad(), "a wrong one"),
        (Signature { bytes: ours.bytes[..63].to_vec(), ..ours.clone() }, bad(), "a short one"),
        (Signature { bytes: [&ours.bytes[..], &[0]].concat(), ..ours }, bad(), "a long one"),
    ];
    let verify = |text: String| Note::parse(text.as_bytes()).expect("a note").verify(&keys).map(|s| s.len());
    for (signature, answer, what) in beside {
        assert_eq!(verify(format!("{note}{signature}\n")), answer, "{what}");
    }
    assert_eq!(verify(note.to_string().replace("\n5\n", "\n6\n")), bad());
}

/// A witness's key has type 04; its signature carries the time and covers it (tlog-cosignature).
#[test]
fn a_witness_cosigns() {
    let (secret, log) = (ed25519_dalek::SigningKey::from_bytes(&[3; 32]), Log::of(5, 5));
    let witness = vkey("w.invalid/1", 4, &secret.verifying_key().to_bytes());
    assert_eq!(witness.algorithm(), Algorithm::Cosignature);
    let line = |time: u64, text: &str| {
        let bytes = secret.sign(format!("cosignature/v1\ntime {time}\n{text}").as_bytes()).to_bytes();
        let bytes = [&time.to_be_bytes()[..], &bytes].concat();
        format!("{}\n", Signature { name: "w.invalid/1".to_owned(), id: witness.id(), bytes })
    };
    let (note, keys) = (log.note(), [witness.clone()]);
    let both = note.cosigned(&line(1_679_315_147, note.text()), &keys).expect("a good line");
    assert_eq!(both.verify(&keys).map(|s| s[0].time), Ok(Some(1_679_315_147)));
    assert_eq!(both.cosigned(&line(9, note.text()), &keys).as_ref(), Ok(&both), "once is enough");
    assert_eq!(Note::parse(both.to_string().as_bytes()).as_ref(), Ok(&both));
    // A witness does not speak for the log.
    assert_eq!(Checkpoint::open(&both, ORIGIN, &[key().verifier().clone()]), Ok(log.checkpoint()));
    assert_eq!(note.verify(&keys), Err(Error::Unsigned));
    for (lines, why) in [
        (line(u64::MAX, note.text()), "a time beyond 2^63"),
        (line(1, "another\n"), "another text"),
        (format!("x\n\n{}", line(1, &format!("{}\nx\n", note.text()))), "a text smuggled in"),
        (String::new(), "nothing"),
        ("— other AAAAAAA=\n".to_owned(), "only an unknown key"),
    ] {
        assert!(note.cosigned(&lines, &keys).is_err(), "{why}");
    }
}

fn vkey(name: &str, kind: u8, public: &[u8]) -> VerifierKey {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let key = [&[kind], public].concat();
    let id = &kernel::Hash::of(&[name.as_bytes(), b"\n", &key].concat()).to_string()[..8];
    VerifierKey::parse(&format!("{name}+{id}+{}", STANDARD.encode(key))).expect("a key")
}

#[test]
fn no_other_spelling_of_a_key_is_read() {
    let bad = [
        "",
        "+",
        "++",
        "example.com/foo+530d903a",
        VKEY.trim_end_matches('k'),
        &VKEY.replace("530d903a", "530D903A"),
        &VKEY.replace("530d903a", "530d903b"),
        &VKEY.replace("530d903a", "0530d903a"),
        &VKEY.replace("com", "org"),
        &VKEY.replace("AeK", "BeK").replace("+Aek", "+Bek"),
        &format!("{VKEY}="),
        &format!(" {VKEY}"),
    ];
    for vkey in bad {
        assert!(VerifierKey::parse(vkey).is_err(), "{vkey}");
    }
    assert!(SigningKey::ed25519("a+b", &[1; 32]).is_err() && SigningKey::ed25519("", &[1; 32]).is_err());
    // Not scalars of SM2: nothing, and more than the order.
    assert!(SigningKey::sm2(ORIGIN, &[0; 32]).is_err() && SigningKey::sm2(ORIGIN, &[255; 32]).is_err());
    let order_less_one = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122";
    assert!(SigningKey::sm2(ORIGIN, &kernel::Hash::parse(order_less_one).expect("hex").0).is_err());
}

#[test]
fn no_other_form_of_a_note_is_read() {
    for (from, to) in [
        ("\n\n", "\n"),
        ("\n\n—", "\n\n-"),
        ("— ", "—  "),
        ("— ", "—\u{a0}"),
        ("foo ", "foo  "),
        ("foo ", "f+o "),
        ("foo ", "f\u{3000}o "),
        ("This", "Th\tis"),
        ("This", "Th\ris"),
        ("This", "Th\0is"),
        ("yaQM=\n", "yaQM=\n\n"),
        ("yaQM=\n", "yaQM="),
        ("yaQM=\n", "yaQM\n"),
        ("yaQM=\n", "yaQN=\n"),
        ("yaQM=\n", "yaQM=\n— example.com/foo AAAAAA==\n"),
        ("yaQM=\n", &format!("yaQM=\n{}", "— a AAAAAAA=\n".repeat(100))),
    ] {
        assert!(NOTE.contains(from), "{from:?}");
        assert!(Note::parse(NOTE.replace(from, to).as_bytes()).is_err(), "{from:?} to {to:?}");
    }
    assert!(Note::parse(b"a\n\n\xff").is_err());
    assert!(Note::parse(NOTE.replace("This", &"a".repeat(1_000_000)).as_bytes()).is_err());
    let empty_lines = NOTE.replace("This is", "\n\nThis\n\nis\n\n");
    assert_eq!(Note::parse(empty_lines.as_bytes()).map(|n| n.to_string()), Ok(empty_lines));
}

#[test]
fn no_other_form_of_a_checkpoint_is_read() {
    const GOOD: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let read = Checkpoint::parse(GOOD).expect("the specification's");
    assert_eq!((read.origin(), read.head().size), ("example.com/behind-the-sofa", 20_852_163));
    assert_eq!(read.to_string(), GOOD);
    let extended = format!("{GOOD}one\n二\n");
    assert_eq!(Checkpoint::parse(&extended).map(|c| (c.extensions().len(), c.to_string())), Ok((2, extended)));
    for (from, to) in [
        ("example.com/behind-the-sofa", ""),
        ("20852163", "020852163"),
        ("20852163", "+20852163"),
        ("20852163", "-1"),
        ("20852163", ""),
        ("20852163", "9223372036854775808"),
        ("q2I=", "q2J="),
        ("q2I=", "q2I"),
        ("q2I=", "q2I=AAAA"),
        ("I=\n", "I="),
        ("I=\n", "I=\n\n"),
        ("I=\n", "I=\r\n"),
        ("CsUY", ""),
    ] {
        assert!(Checkpoint::parse(&GOOD.replace(from, to)).is_err(), "{from:?} to {to:?}");
    }
    let head = Head::empty();
    for origin in ["", "a b", "a+b", "a\nb"] {
        assert!(Checkpoint::new(origin, head).is_err(), "{origin:?}");
    }
    assert_eq!(Checkpoint::new("a", Head { size: 1 << 63, ..head }), Err(Error::OutOfRange));
}

proptest! {
    #[test]
    fn what_is_read_is_what_was_written(
        text in "[a-z0-9 é\n]{0,30}", lines in "(— [a-zé+ ]{0,3} [A-Za-z0-9+/]{6,10}={0,2}\n){0,3}", bytes: Vec<u8>,
    ) {
        let _ = Note::parse(&bytes);
        let all = format!("{text}\n\n{lines}");
        if let Ok(note) = Note::parse(all.as_bytes()) {
            prop_assert_eq!(note.to_string(), all);
            let keys = [key().verifier().clone()];
            prop_assert_eq!(note.verify(&keys), Err(Error::Unsigned));
        }
        if let Ok(checkpoint) = Checkpoint::parse(&text) {
            prop_assert_eq!(checkpoint.to_string(), text);
        }
    }

    #[test]
    fn any_key_text_is_read_without_panic(text in ".*", name in "[a-z]{1,5}", key in "[A-Za-z0-9+/]{40,48}={0,2}") {
        let _ = VerifierKey::parse(&text);
        let _ = VerifierKey::parse(&format!("{name}+00000000+{key}"));
    }
}
