//! One machine on its way through a workflow: stages with their boot environments, tasks with their jobs, and now and
//! then a task that fails.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::rng::Rng;
use crate::event::{Event, timestamp};

/// A stage: its name, its boot environment, its tasks.
type Stage = (&'static str, &'static str, &'static [&'static str]);

/// The workflow that every machine goes through, over and over.
const WORKFLOW: &str = "ubuntu-22.04";
const STAGES: [Stage; 5] = [
    ("discover", "sledgehammer", &["gohai", "set-hostname", "ssh-access"]),
    ("inventory", "sledgehammer", &["inventory-check", "ipmi-inventory"]),
    ("ubuntu-22.04-install", "ubuntu-22.04-install", &["ubuntu-drp-only-repos", "ssh-access"]),
    ("drp-agent", "local", &["drp-agent"]),
    ("complete", "local", &[]),
];

const NAMES: [&str; 4] = ["web", "db", "build", "edge"];

/// One task in so many fails.
const ONE_FAILS_IN: u64 = 12;

#[derive(Debug)]
pub(super) struct Machine {
    number: usize,
    uuid: String,
    name: String,
    mac: String,
    stage: usize,
    task: usize,
    runnable: bool,
    job: Option<Job>,
}

#[derive(Debug, Clone)]
struct Job {
    uuid: String,
    task: &'static str,
    started: String,
}

impl Machine {
    pub(super) fn new(number: usize, rng: &mut Rng) -> Self {
        let role = NAMES.iter().cycle().nth(number).copied().unwrap_or_default();
        Self {
            number,
            uuid: rng.uuid(),
            name: format!("{role}-{:02}.example.com", number + 1),
            mac: format!("52:54:00:{}:{}:{}", rng.hex(2), rng.hex(2), rng.hex(2)),
            stage: number % STAGES.len(),
            task: 0,
            runnable: true,
            job: None,
        }
    }

    pub(super) fn address(&self) -> String {
        format!("10.0.0.{}", 101 + self.number)
    }

    pub(super) fn mac(&self) -> &str {
        &self.mac
    }

    /// The next thing that happens to this machine, with every event that DRP sends about it.
    pub(super) fn step(&mut self, rng: &mut Rng, now: OffsetDateTime) -> Vec<Event> {
        let before = self.object();
        let mut events = match self.job.take() {
            Some(job) if rng.below(ONE_FAILS_IN) == 0 => {
                self.runnable = false;
                vec![self.job_event("update", &job, "running", "failed", now)]
            }
            Some(job) => {
                self.task += 1;
                vec![self.job_event("update", &job, "running", "finished", now)]
            }
            None if !self.runnable => {
                self.runnable = true;
                Vec::new()
            }
            None => match self.tasks().get(self.task) {
                Some(task) => self.begin(task, rng, now),
                None => {
                    (self.stage, self.task) = ((self.stage + 1) % STAGES.len(), 0);
                    Vec::new()
                }
            },
        };
        events.push(self.updated(before));
        events
    }

    fn begin(&mut self, task: &'static str, rng: &mut Rng, now: OffsetDateTime) -> Vec<Event> {
        let job = Job { uuid: rng.uuid(), task, started: timestamp(now) };
        let created = self.job_event("create", &job, "", "created", now);
        let running = self.job_event("update", &job, "created", "running", now);
        self.job = Some(job);
        vec![created, running]
    }

    fn updated(&self, before: Value) -> Event {
        let mut event = Event::new("machines", "update", &self.uuid);
        event.principal = format!("machine:{}", self.uuid);
        (event.original, event.object) = (before, self.object());
        event
    }

    fn job_event(&self, action: &str, job: &Job, from: &str, to: &str, now: OffsetDateTime) -> Event {
        let mut event = Event::new("jobs", action, &job.uuid);
        event.principal = format!("machine:{}", self.uuid);
        event.object = self.job_object(job, to, now);
        if action == "update" {
            event.original = self.job_object(job, from, now);
        }
        event
    }

    fn stage(&self) -> Stage {
        STAGES.get(self.stage).copied().unwrap_or(STAGES[0])
    }

    fn tasks(&self) -> &'static [&'static str] {
        self.stage().2
    }

    fn object(&self) -> Value {
        let (stage, boot_env, tasks) = self.stage();
        json!({
            "Validated": true, "Available": true, "Errors": [], "ReadOnly": false, "Endpoint": "", "Bundle": "",
            "Partial": false,
            "Meta": {"color": "black", "icon": "server", "machine-os": "linux"},
            "Name": self.name, "Description": "", "Uuid": self.uuid, "Address": self.address(),
            "CurrentJob": self.job.as_ref().map_or("", |job| &job.uuid),
            "Workflow": WORKFLOW, "Stage": stage, "BootEnv": boot_env, "Tasks": tasks, "CurrentTask": self.task,
            "RetryTaskAttempt": 0, "Runnable": self.runnable, "Locked": false, "Context": "",
            "OS": "ubuntu-22.04", "Arch": "amd64", "HardwareAddrs": [self.mac],
            "Profiles": ["rack-1"],
            "Params": {
                "hostname": self.name, "detected-bios-mode": "uefi", "access-keys-shared": {}, "cpus": 8,
                "memory-gb": 32,
            },
            "Pool": "default", "PoolAllocated": false, "PoolStatus": "Free", "WorkOrderMode": false,
        })
    }

    fn job_object(&self, job: &Job, state: &str, now: OffsetDateTime) -> Value {
        let (stage, boot_env, _) = self.stage();
        let ended = match state {
            "finished" | "failed" => timestamp(now),
            _ => "0001-01-01T00:00:00Z".to_owned(),
        };
        let exit_state = match state {
            "finished" => "complete",
            "failed" => "failed",
            _ => "",
        };
        json!({
            "Validated": true, "Available": true, "Errors": [], "ReadOnly": false, "Endpoint": "", "Meta": {},
            "Uuid": job.uuid, "Previous": "00000000-0000-0000-0000-000000000000", "Machine": self.uuid,
            "Task": job.task, "Workflow": WORKFLOW, "Stage": stage, "BootEnv": boot_env, "State": state,
            "ExitState": exit_state, "StartTime": job.started, "EndTime": ended, "Archived": false,
            "Current": true, "CurrentIndex": self.task, "NextIndex": self.task + 1, "Context": "", "Token": "",
            "Independent": false, "ExtraClaims": [], "LogPath": "",
        })
    }
}
