//! Civil days and moments. The zone is always +08:00 (北京时间); nothing here reads a clock.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const ZONE_MS: i64 = 8 * HOUR_MS;

/// A civil date in +08:00, counted in days since 1970-01-01. Written and stored as ISO text (`2017-05-26`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(pub i32);

impl Day {
    /// The date of the Gregorian calendar, or `None` where there is no such day. Years 1 to 9999.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        if year < 1 {
            return None;
        }
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        let days = date.since((jiff::Unit::Day, epoch())).ok()?.get_days();
        Some(Day(days))
    }

    /// Reads what people write: `2017-05-26`, `2017-5-26`, `2017/5/26`, `2017.5.26`, `20170526`, `2017年5月26日`;
    /// full-width digits are understood. `None` where it is no date.
    pub fn parse(text: &str) -> Option<Day> {
        let plain: String = text.trim().chars().map(half_width).collect();
        if plain.len() == 8 && plain.bytes().all(|b| b.is_ascii_digit()) {
            return Day::new(plain[..4].parse().ok()?, plain[4..6].parse().ok()?, plain[6..].parse().ok()?);
        }
        let mut parts = plain.trim_end_matches('日').split(['-', '/', '.', '年', '月']).map(str::trim);
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 {
            return None;
        }
        Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Year, month (1–12), day of the month.
    pub fn ymd(self) -> (i16, i8, i8) {
        let date = epoch().saturating_add(jiff::Span::new().days(self.0));
        (date.year(), date.month(), date.day())
    }

    pub fn year(self) -> i16 {
        self.ymd().0
    }

    /// Monday is 1, Sunday is 7.
    pub fn weekday(self) -> u8 {
        ((self.0 + 3).rem_euclid(7) + 1) as u8
    }

    pub fn plus(self, days: i32) -> Day {
        Day(self.0 + days)
    }

    /// The moment at which the day begins.
    pub fn start(self) -> Instant {
        Instant(i64::from(self.0) * DAY_MS - ZONE_MS)
    }

    /// For reading text: `2017年5月26日`.
    pub fn zh(self) -> String {
        let (y, m, d) = self.ymd();
        format!("{y}年{m}月{d}日")
    }

    /// `星期五`.
    pub fn zh_weekday(self) -> &'static str {
        ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"][usize::from(self.weekday() - 1)]
    }
}

fn epoch() -> jiff::civil::Date {
    jiff::civil::date(1970, 1, 1)
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '－' | '—' => '-',
        '／' => '/',
        '．' => '.',
        _ => c,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Day, D::Error> {
        let text = String::deserialize(d)?;
        Day::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("not a date: {text}")))
    }
}

/// A moment: milliseconds since 1970-01-01T00:00Z. An argument everywhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instant(pub i64);

impl Instant {
    /// The civil day in +08:00.
    pub fn day(self) -> Day {
        Day((self.0 + ZONE_MS).div_euclid(DAY_MS) as i32)
    }

    /// Hour and minute in +08:00.
    pub fn hm(self) -> (u8, u8) {
        let ms = (self.0 + ZONE_MS).rem_euclid(DAY_MS);
        ((ms / HOUR_MS) as u8, (ms % HOUR_MS / 60_000) as u8)
    }

    pub fn plus_ms(self, ms: i64) -> Instant {
        Instant(self.0 + ms)
    }

    /// Reads `2017-05-26 10:00` (+08:00), or a date alone, which is its beginning.
    pub fn parse(text: &str) -> Option<Instant> {
        let (day, time) = text.trim().split_once([' ', 'T']).unwrap_or((text, "00:00"));
        let (h, m) = time.trim().split_once(':')?;
        let (h, m): (i64, i64) = (h.parse().ok()?, m.parse().ok()?);
        let start = Day::parse(day)?.start();
        ((0..24).contains(&h) && (0..60).contains(&m)).then(|| start.plus_ms(h * HOUR_MS + m * 60_000))
    }

    /// `2017-05-26T10:00:00+08:00`, as feeds and sitemaps want it (RFC 3339).
    pub fn rfc3339(self) -> String {
        let ms = (self.0 + ZONE_MS).rem_euclid(DAY_MS);
        let (s, m, h) = (ms / 1000 % 60, ms / 60_000 % 60, ms / HOUR_MS);
        format!("{}T{h:02}:{m:02}:{s:02}+08:00", self.day())
    }
}

/// `2017-05-26 10:00`: the form the website guideline asks for (国办发〔2017〕47号 附件).
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (h, m) = self.hm();
        write!(f, "{} {h:02}:{m:02}", self.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_dates_in_many_ways() {
        let may26 = Day::new(2017, 5, 26);
        for text in
            ["2017-05-26", "2017-5-26", "2017/5/26", "20170526", "2017年5月26日", "２０１７年５月２６日", " 2017.5.26 "]
        {
            assert_eq!(Day::parse(text), may26, "{text}");
        }
        for text in ["", "2017", "2017-02-29", "2017-13-01", "17-05-26", "2017-5", "2017-5-26-1", "明天", "0000-01-01"]
        {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_beijing() {
        let day = Day::new(2017, 5, 26).expect("a day");
        assert_eq!(day.start().day(), day);
        assert_eq!(day.start().plus_ms(-1).day(), day.plus(-1));
        assert_eq!(day.start().rfc3339(), "2017-05-26T00:00:00+08:00");
        assert_eq!(
            (day.to_string(), day.zh(), day.zh_weekday()),
            ("2017-05-26".into(), "2017年5月26日".into(), "星期五")
        );
        assert_eq!(Instant::parse("2017-05-26 10:30").map(|i| i.to_string()), Some("2017-05-26 10:30".into()));
        assert_eq!(Instant::parse("2017-05-26 24:00"), None);
    }

    #[test]
    fn every_day_of_two_centuries_survives_its_own_text() {
        for n in -20_000..60_000 {
            assert_eq!(Day::parse(&Day(n).to_string()), Some(Day(n)));
        }
    }
}
