//! A field is declared once: the macro `body!` makes the typed struct *and* the table of its fields. Typed code says
//! `b.received`; a table says `Request::received`; forms and storage see the same body as JSON. serde is the only
//! bridge between the two, and [`Type::read`] the only place that reads what a person typed.
//!
//! A free text that calls itself a fact does not compile:
//! ```compile_fail
//! use app::matter::field::{Body, Field, Open, Text};
//! app::matter::field::body! { Leak { why: Text<200> = "理由", Open::Fact; } }
//! const _: &[Field] = <Leak as Body>::FIELDS;
//! ```

use kernel::Day;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::ops::Deref;

/// Who may ever see a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Open {
    /// Staff only, by this article.
    Never(&'static str),
    /// Staff, and the person whose case it is; nobody else, by this article.
    Holder(&'static str),
    /// Typed, and public without review.
    Fact,
}

/// What a value is. [`Type::is_free`] alone decides whether it may be a fact, whether it is a typed column, and whether
/// the public view can hold it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Type {
    /// At most so many characters.
    Text(usize),
    /// A sealed submission, named by its id. What staff take down for somebody is typed as a text and sealed.
    Sealed,
    Day,
    Flag,
    Count,
    One(&'static [Choice]),
}

/// One of a list: its stored code, its Chinese and, where one applies, its article.
#[derive(PartialEq, Eq, Debug)]
pub struct Choice {
    pub code: &'static str,
    pub zh: &'static str,
    pub cite: &'static str,
}

/// A value with no words of a person in it: `Copy`, so it owns no text. Public facts and report rows are made of these.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plain {
    Day(Day),
    Flag(bool),
    Count(u32),
    Code(&'static Choice),
}

impl Plain {
    /// As a body stores it.
    pub fn json(self) -> Value {
        match self {
            Plain::Day(day) => json!(day),
            Plain::Flag(flag) => json!(flag),
            Plain::Count(n) => json!(n),
            Plain::Code(choice) => json!(choice.code),
        }
    }

    /// As a page shows it.
    pub fn zh(self) -> String {
        match self {
            Plain::Day(day) => day.zh(),
            Plain::Flag(flag) => if flag { "是" } else { "否" }.into(),
            Plain::Count(n) => n.to_string(),
            Plain::Code(choice) => choice.zh.into(),
        }
    }
}

impl Type {
    /// Whether a person's own words may stand in it.
    pub const fn is_free(self) -> bool {
        matches!(self, Type::Text(_) | Type::Sealed)
    }

    /// What a person typed, or in Chinese why it cannot be that. Nothing typed is nothing said.
    pub fn read(self, typed: &str) -> Result<Value, String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(if matches!(self, Type::Text(_)) { json!("") } else { Value::Null });
        }
        match self {
            Type::Text(most) => {
                let now = typed.chars().count();
                if now > most { Err(format!("最多 {most} 字，现在是 {now} 字")) } else { Ok(json!(typed)) }
            }
            Type::Sealed => Ok(json!(typed)),
            Type::Day => Day::parse(typed).map(|day| json!(day)).ok_or("这不是日期，请写成 2026-05-09".into()),
            Type::Flag => match typed {
                "yes" => Ok(json!(true)),
                "no" => Ok(json!(false)),
                _ => Err("请选择是或者否".into()),
            },
            Type::Count => typed.parse::<u32>().map(|n| json!(n)).map_err(|_| "请填写整数".into()),
            Type::One(all) => {
                let one = all.iter().find(|choice| choice.code == typed);
                one.map(|choice| json!(choice.code)).ok_or("请从所列各项中选择".into())
            }
        }
    }

    /// The typed value; `None` for words, and where nothing is said.
    pub fn plain(self, value: &Value) -> Option<Plain> {
        match self {
            Type::Day => Day::parse(value.as_str()?).map(Plain::Day),
            Type::Flag => value.as_bool().map(Plain::Flag),
            Type::Count => value.as_u64()?.try_into().ok().map(Plain::Count),
            Type::One(all) => all.iter().find(|choice| Some(choice.code) == value.as_str()).map(Plain::Code),
            Type::Text(_) | Type::Sealed => None,
        }
    }
}

/// A field as tables, forms and the lint see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field {
    /// The name of the struct it is in.
    pub of: &'static str,
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub ty: Type,
    pub open: Open,
}

impl Field {
    pub const fn new(of: &'static str, name: &'static str, label: &'static str, ty: Type, open: Open) -> Field {
        assert!(!(ty.is_free() && matches!(open, Open::Fact)), "a person's words are never a fact");
        Field { of, name, label, hint: "", ty, open }
    }

    pub const fn hint(mut self, hint: &'static str) -> Field {
        self.hint = hint;
        self
    }
}

/// A state of a case, or of a row of a part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    pub name: &'static str,
    pub zh: &'static str,
    pub end: bool,
}

pub const fn state(name: &'static str, zh: &'static str) -> State {
    State { name, zh, end: false }
}

pub const fn end(name: &'static str, zh: &'static str) -> State {
    State { name, zh, end: true }
}

/// What repeats in a case and is written by staff: third parties, disputes. At most about a hundred rows, each with a
/// small table of states; what has a receipt of its own is no part but a kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    pub name: &'static str,
    pub label: &'static str,
    pub of: &'static str,
    pub fields: &'static [Field],
    pub states: &'static [State],
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Row<P> {
    pub no: u32,
    pub state: String,
    #[serde(flatten)]
    pub is: P,
}

impl<P> Row<P> {
    pub fn at(&self, state: State) -> bool {
        self.state == state.name
    }
}

impl<P> Deref for Row<P> {
    type Target = P;
    fn deref(&self) -> &P {
        &self.is
    }
}

/// What `body!` makes of a struct.
pub trait Body: Serialize + DeserializeOwned + Default + 'static {
    const NAME: &'static str;
    const FIELDS: &'static [Field];
    const PARTS: &'static [Part];
}

/// A Rust type that a field may have. Everything but text is optional: not yet said is not the same as no.
pub trait Typed {
    const TYPE: Type;
}

/// Words of staff, at most so many characters.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Text<const MAX: usize>(pub String);

impl<const MAX: usize> Deref for Text<MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

/// The id of a sealed submission.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Sealed(pub Option<String>);

impl<const MAX: usize> Typed for Text<MAX> {
    const TYPE: Type = Type::Text(MAX);
}
impl Typed for Sealed {
    const TYPE: Type = Type::Sealed;
}
impl Typed for Option<Day> {
    const TYPE: Type = Type::Day;
}
impl Typed for Option<bool> {
    const TYPE: Type = Type::Flag;
}
impl Typed for Option<u32> {
    const TYPE: Type = Type::Count;
}

/// `field: Type = "label", openness[, "hint"];` and then, if any, `parts { rows: Struct = "label", STATES; }`.
#[macro_export]
macro_rules! matter_body {
    ($(#[$m:meta])* $B:ident { $($f:ident: $t:ty = $label:literal, $open:expr $(, $hint:literal)?;)* }
     $(parts { $($p:ident: $P:ident = $plabel:literal, $states:expr;)* })?) => {
        $(#[$m])*
        #[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $B { $(pub $f: $t,)* $($(pub $p: Vec<$crate::matter::field::Row<$P>>,)*)? }
        #[allow(non_upper_case_globals)] // a field and its constant carry one name
        impl $B {
            $(pub const $f: $crate::matter::field::Field = $crate::matter::field::Field::new(stringify!($B),
                stringify!($f), $label, <$t as $crate::matter::field::Typed>::TYPE, $open)$(.hint($hint))?;)*
            $($(pub const $p: $crate::matter::field::Part = $crate::matter::field::Part {
                name: stringify!($p), label: $plabel, of: stringify!($P),
                fields: <$P as $crate::matter::field::Body>::FIELDS, states: $states };)*)?
        }
        impl $crate::matter::field::Body for $B {
            const NAME: &'static str = stringify!($B);
            const FIELDS: &'static [$crate::matter::field::Field] = &[$($B::$f),*];
            const PARTS: &'static [$crate::matter::field::Part] = &[$($($B::$p),*)?];
        }
    };
}

/// An enumeration with its stored codes, its Chinese and, where one applies, its article:
/// `Variant "code" "中文" "cite",`. Codes are stored and never change.
#[macro_export]
macro_rules! matter_choice {
    ($(#[$m:meta])* $E:ident { $($V:ident $code:literal $zh:literal $($cite:literal)?,)* }) => {
        $(#[$m])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
        pub enum $E { $(#[serde(rename = $code)] $V,)* }
        impl $E {
            pub const CHOICES: &'static [$crate::matter::field::Choice] =
                &[$($crate::matter::field::Choice { code: $code, zh: $zh, cite: concat!("" $(, $cite)?) },)*];
            pub const ALL: &'static [$E] = &[$($E::$V,)*];
            pub fn choice(self) -> &'static $crate::matter::field::Choice { &Self::CHOICES[self as usize] }
        }
        impl $crate::matter::field::Typed for Option<$E> {
            const TYPE: $crate::matter::field::Type = $crate::matter::field::Type::One($E::CHOICES);
        }
    };
}

pub use crate::{matter_body as body, matter_choice as choice};
