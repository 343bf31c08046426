//! Generates the events of a working endpoint: machines are provisioned, leases renewed, people sign in. The same seed
//! gives the same events; time is an argument.

mod machine;
mod rng;

use std::collections::VecDeque;

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::event::{Event, timestamp};
use machine::Machine;
use rng::Rng;

/// How many machines the endpoint has.
pub(crate) const MACHINES: usize = 8;

/// An endless sequence of events.
#[derive(Debug)]
pub(crate) struct EventSource {
    rng: Rng,
    machines: Vec<Machine>,
    queue: VecDeque<Event>,
    log_lines: u64,
}

impl EventSource {
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let machines = (0..MACHINES).map(|number| Machine::new(number, &mut rng)).collect();
        Self { rng, machines, queue: VecDeque::new(), log_lines: 0 }
    }

    pub(crate) fn next(&mut self, now: OffsetDateTime) -> Event {
        loop {
            if let Some(mut event) = self.queue.pop_front() {
                event.time = timestamp(now);
                return event;
            }
            let events = self.batch(now);
            self.queue.extend(events);
        }
    }

    fn batch(&mut self, now: OffsetDateTime) -> Vec<Event> {
        match self.rng.below(100) {
            0..70 => self.work(now),
            70..80 => self.lease(now),
            80..82 => self.reservation(),
            82..94 => vec![self.log_line(now)],
            94..97 => vec![self.user()],
            _ => vec![self.preference()],
        }
    }

    fn work(&mut self, now: OffsetDateTime) -> Vec<Event> {
        let number = self.rng.index(self.machines.len());
        self.machines.get_mut(number).map_or_else(Vec::new, |machine| machine.step(&mut self.rng, now))
    }

    fn lease(&mut self, now: OffsetDateTime) -> Vec<Event> {
        let Some(machine) = self.rng.pick(&self.machines) else { return Vec::new() };
        let lease = |state: &str, expires: OffsetDateTime| {
            json!({
                "Validated": true, "Available": true, "Errors": [], "ReadOnly": false, "Meta": {}, "Endpoint": "",
                "Addr": machine.address(), "NextServer": "10.0.0.1", "Via": "10.0.0.1", "Token": machine.mac(),
                "Strategy": "MAC", "State": state, "ExpireTime": timestamp(expires), "Duration": 7200,
                "Options": [{"Code": 3, "Value": "10.0.0.1"}, {"Code": 6, "Value": "10.0.0.1"}],
            })
        };
        let mut event = Event::new("leases", "update", &machine.address());
        event.principal = "system".to_owned();
        event.original = lease("ACK", now + Duration::minutes(5));
        event.object = lease("ACK", now + Duration::hours(2));
        vec![event]
    }

    fn reservation(&mut self) -> Vec<Event> {
        let Some(machine) = self.rng.pick(&self.machines) else { return Vec::new() };
        let object = json!({
            "Validated": true, "Available": true, "Errors": [], "ReadOnly": false, "Meta": {}, "Endpoint": "",
            "Addr": machine.address(), "Token": machine.mac(), "Strategy": "MAC", "NextServer": "10.0.0.1",
            "Description": "", "Documentation": "", "Options": [], "Scoped": false, "Duration": 7200, "Subnet": "racks",
        });
        let mut created = Event::new("reservations", "create", &machine.address());
        created.principal = "user:rocketskates".to_owned();
        created.object = object.clone();
        let mut deleted = Event { action: "delete".to_owned(), ..created.clone() };
        deleted.original = object;
        vec![created, deleted]
    }

    fn log_line(&mut self, now: OffsetDateTime) -> Event {
        self.log_lines += 1;
        let (level, service, line, message) = self.rng.pick(&LOG_LINES).copied().unwrap_or_default();
        let mut event = Event::new("log", level, service);
        event.object = json!({
            "Group": self.rng.below(900), "Seq": self.log_lines, "Time": timestamp(now), "Service": service,
            "Level": level, "File": format!("/go/src/provision/{service}/{service}.go"), "Line": line,
            "Message": message, "Data": [], "Principal": "", "IgnorePublish": false,
        });
        event
    }

    /// DRP really puts a user's secret into its events; programs that show events must leave it out.
    fn user(&mut self) -> Event {
        let mut event = Event::new("users", "save", "rocketskates");
        event.principal = "user:rocketskates".to_owned();
        let user = |secret: &str| {
            json!({
                "Validated": true, "Available": true, "Errors": [], "ReadOnly": false, "Meta": {}, "Endpoint": "",
                "Bundle": "", "Name": "rocketskates", "Description": "", "Secret": secret, "Roles": ["superuser"],
                "Profiles": [], "Params": {}, "PasswordHash": "",
            })
        };
        event.original = user(&self.rng.hex(32));
        event.object = user(&self.rng.hex(32));
        event
    }

    fn preference(&mut self) -> Event {
        let (name, [from, to]) = self.rng.pick(&PREFERENCES).copied().unwrap_or_default();
        let (from, to) = if self.rng.below(2) == 0 { (from, to) } else { (to, from) };
        let mut event = Event::new("preferences", "save", name);
        event.principal = "user:rocketskates".to_owned();
        let preference = |value: &str| -> Value { json!({"Name": name, "Val": value}) };
        (event.original, event.object) = (preference(from), preference(to));
        event
    }
}

const LOG_LINES: [(&str, &str, u32, &str); 6] = [
    ("audit", "frontend", 262, "Authenticated user rocketskates from 10.0.0.21"),
    ("audit", "frontend", 262, "Authenticated user rocketskates from 127.0.0.1"),
    ("info", "dhcp", 611, "10.0.0.1: handing out lease, subnet racks"),
    ("info", "static", 88, "sent sledgehammer/stage1.img, 612 MB in 7.1 s"),
    ("warn", "dhcp", 655, "xid 0x7f3a9c21: ignoring request from an unknown relay 10.9.9.9"),
    ("error", "backend", 1204, "template select-kickseed.tmpl: missing param access-keys, using none"),
];

const PREFERENCES: [(&str, [&str; 2]); 3] = [
    ("debugDhcp", ["warn", "info"]),
    ("defaultStage", ["discover", "sledgehammer-wait"]),
    ("knownTokenTimeout", ["3600", "7200"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn generate(seed: u64, count: usize) -> Vec<Event> {
        let mut source = EventSource::new(seed);
        (0..count).map(|second| source.next(OffsetDateTime::UNIX_EPOCH + Duration::seconds(second as i64))).collect()
    }

    #[test]
    fn the_same_seed_generates_the_same_events() {
        assert_eq!(generate(7, 500), generate(7, 500));
        assert_ne!(generate(7, 500), generate(8, 500));
    }

    #[test]
    fn every_kind_of_event_comes_up() {
        let kinds: BTreeSet<String> = generate(1, 2_000).into_iter().map(|event| event.kind).collect();
        for kind in ["machines", "jobs", "leases", "reservations", "log", "users", "preferences"] {
            assert!(kinds.contains(kind), "no {kind} in {kinds:?}");
        }
    }

    #[test]
    fn jobs_run_finish_and_fail_and_machines_change_stage() {
        let events = generate(1, 2_000);
        for state in ["created", "running", "finished", "failed"] {
            assert!(events.iter().any(|event| event.kind == "jobs" && event.object["State"] == state), "no {state}");
        }
        let machines = || events.iter().filter(|event| event.kind == "machines");
        assert!(machines().any(|event| event.object["BootEnv"] != event.original["BootEnv"]));
        assert!(machines().any(|event| event.object["Runnable"] == false));
        assert!(machines().all(|event| event.key == event.object["Uuid"]));
    }

    #[test]
    fn an_update_shows_what_was_before() {
        for event in generate(3, 1_000).into_iter().filter(|event| event.action == "update" || event.action == "save") {
            assert_ne!(event.original, event.object, "{} {}", event.kind, event.key);
            assert!(event.original.is_object(), "{} {}", event.kind, event.key);
        }
    }

    #[test]
    fn a_users_event_holds_a_secret() {
        let events = generate(1, 2_000);
        let secret = events.iter().find(|event| event.kind == "users").unwrap().object["Secret"].as_str().unwrap();
        assert_eq!(secret.len(), 32);
    }
}
