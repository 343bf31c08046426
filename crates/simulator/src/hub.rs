//! The open sockets and what each has registered for. Events reach a socket through a bounded queue, as in DRP; commands
//! from the control bypass the queue.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::{Bytes, Message, Utf8Bytes};

use crate::counters::{Counters, lock};
use crate::event::Event;
use crate::pattern::Pattern;
use crate::protocol::QUEUE_LENGTH;

/// A command from the control to a socket.
#[derive(Debug, Clone)]
pub(crate) enum SocketCommand {
    /// Send a close frame, with any code or empty.
    Close(Option<(u16, String)>),
    /// Send a message.
    Say(Message),
    /// Write these bytes, whether or not the protocol allows them.
    Bytes(Bytes),
}

/// Every open socket.
#[derive(Debug)]
pub(crate) struct Hub {
    subscribers: Mutex<Subscribers>,
    counters: Arc<Counters>,
}

#[derive(Debug, Default)]
struct Subscribers {
    by_id: BTreeMap<u64, Subscriber>,
    next: u64,
}

#[derive(Debug)]
struct Subscriber {
    events: mpsc::Sender<Utf8Bytes>,
    commands: mpsc::UnboundedSender<SocketCommand>,
    registrations: BTreeMap<String, Option<Pattern>>,
}

/// What a socket owns while it is open.
#[derive(Debug)]
pub(crate) struct Subscription {
    pub(crate) registration: Registration,
    pub(crate) events: mpsc::Receiver<Utf8Bytes>,
    pub(crate) commands: mpsc::UnboundedReceiver<SocketCommand>,
}

/// A guard: dropping it removes the subscriber from the hub.
#[derive(Debug)]
pub(crate) struct Registration {
    id: u64,
    hub: Arc<Hub>,
}

impl Hub {
    pub(crate) fn new(counters: Arc<Counters>) -> Self {
        Self { subscribers: Mutex::default(), counters }
    }

    /// Adds a subscriber. Call it before the upgrade is answered: a command given right after a client saw its socket
    /// open must not miss it.
    pub(crate) fn join(self: &Arc<Self>) -> Subscription {
        let (event_sender, events) = mpsc::channel(QUEUE_LENGTH);
        let (command_sender, commands) = mpsc::unbounded_channel();
        let mut subscribers = lock(&self.subscribers);
        let id = subscribers.next;
        subscribers.next += 1;
        let subscriber = Subscriber { events: event_sender, commands: command_sender, registrations: BTreeMap::new() };
        subscribers.by_id.insert(id, subscriber);
        Subscription { registration: Registration { id, hub: Arc::clone(self) }, events, commands }
    }

    /// Queues an event for every socket that registered for it.
    pub(crate) fn publish(&self, event: &Event) {
        let (mut delivered, mut dropped) = (0, 0);
        let mut json: Option<Utf8Bytes> = None;
        for subscriber in lock(&self.subscribers).by_id.values().filter(|subscriber| subscriber.wants(event)) {
            let text = json.get_or_insert_with(|| event.to_json().into()).clone();
            match subscriber.events.try_send(text) {
                Ok(()) => delivered += 1,
                Err(_) => dropped += 1,
            }
        }
        self.counters.count(|counts| {
            counts.events_emitted += 1;
            counts.events_delivered += delivered;
            counts.events_dropped += dropped;
        });
    }

    /// Sends a command to every socket and returns how many there are.
    pub(crate) fn command(&self, command: &SocketCommand) -> usize {
        lock(&self.subscribers)
            .by_id
            .values()
            .filter(|subscriber| subscriber.commands.send(command.clone()).is_ok())
            .count()
    }

    pub(crate) fn sockets(&self) -> usize {
        lock(&self.subscribers).by_id.len()
    }

    pub(crate) fn registrations(&self) -> usize {
        lock(&self.subscribers).by_id.values().map(|subscriber| subscriber.registrations.len()).sum()
    }
}

impl Subscriber {
    fn wants(&self, event: &Event) -> bool {
        self.registrations.values().flatten().any(|pattern| pattern.matches(event))
    }
}

impl Registration {
    /// Executes a client's message and returns the acknowledgement; `None` for a message that DRP ignores.
    pub(crate) fn command(&self, message: &str) -> Option<Event> {
        let (verb, pattern) = message.trim().split_once(' ')?;
        let mut subscribers = lock(&self.hub.subscribers);
        let registrations = &mut subscribers.by_id.get_mut(&self.id)?.registrations;
        match verb {
            "register" => drop(registrations.insert(pattern.to_owned(), Pattern::parse(pattern))),
            "deregister" => drop(registrations.remove(pattern)),
            _ => return None,
        }
        self.hub.counters.count(|counts| counts.commands_acknowledged += 1);
        Some(Event::acknowledgement(verb, pattern))
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        lock(&self.hub.subscribers).by_id.remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hub() -> Arc<Hub> {
        Arc::new(Hub::new(Arc::default()))
    }

    #[test]
    fn a_socket_hears_only_what_it_registered_for() {
        let hub = hub();
        let mut subscription = hub.join();
        assert!(subscription.registration.command("register machines.*.*").is_some());
        hub.publish(&Event::new("jobs", "create", "1"));
        hub.publish(&Event::new("machines", "update", "2"));
        assert!(subscription.events.try_recv().unwrap().contains("machines"));
        assert!(subscription.events.try_recv().is_err());
    }

    #[test]
    fn overlapping_registrations_deliver_one_copy() {
        let hub = hub();
        let mut subscription = hub.join();
        subscription.registration.command("register machines.*.*");
        subscription.registration.command("register *.*.*");
        hub.publish(&Event::new("machines", "update", "2"));
        assert!(subscription.events.try_recv().is_ok());
        assert!(subscription.events.try_recv().is_err());
    }

    #[test]
    fn deregistering_the_same_string_stops_the_events() {
        let hub = hub();
        let mut subscription = hub.join();
        subscription.registration.command("register jobs.*.*");
        assert_eq!(subscription.registration.command("  deregister jobs.*.*\n").unwrap().action, "deregister");
        hub.publish(&Event::new("jobs", "create", "1"));
        assert!(subscription.events.try_recv().is_err());
    }

    #[test]
    fn unknown_verbs_and_single_words_get_no_answer() {
        let hub = hub();
        let subscription = hub.join();
        for message in ["hello shared", "register", "Register *.*.*", "", "   "] {
            assert!(subscription.registration.command(message).is_none(), "{message:?} was answered");
        }
    }

    #[test]
    fn a_full_queue_drops_events_and_counts_them() {
        let hub = hub();
        let mut subscription = hub.join();
        subscription.registration.command("register *.*.*");
        for number in 0..300 {
            hub.publish(&Event::new("machines", "update", &number.to_string()));
        }
        let counts = hub.counters.read();
        assert_eq!((counts.events_delivered, counts.events_dropped), (256, 44));
        assert!(subscription.events.try_recv().unwrap().contains(r#""Key":"0""#));
    }

    #[test]
    fn dropping_the_subscription_removes_the_subscriber() {
        let hub = hub();
        drop(hub.join());
        assert_eq!(hub.sockets(), 0);
    }
}
