//! Who is connected, and what each of them wants to hear. Events reach a socket through a queue of bounded length, as in
//! DRP; what the control orders goes past it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::{Bytes, Message, Utf8Bytes};

use crate::counters::{Counters, lock};
use crate::event::Event;
use crate::pattern::Pattern;
use crate::protocol::QUEUE_LENGTH;

/// What the control can make a socket do.
#[derive(Debug, Clone)]
pub(crate) enum Order {
    /// A close frame: with any code at all, or empty.
    Close(Option<(u16, String)>),
    /// An ordinary message.
    Say(Message),
    /// These very bytes, lawful or not.
    Bytes(Bytes),
}

/// Every open socket.
#[derive(Debug)]
pub(crate) struct Hub {
    seats: Mutex<Seats>,
    counters: Arc<Counters>,
}

#[derive(Debug, Default)]
struct Seats {
    taken: BTreeMap<u64, Seat>,
    next: u64,
}

#[derive(Debug)]
struct Seat {
    events: mpsc::Sender<Utf8Bytes>,
    orders: mpsc::UnboundedSender<Order>,
    registrations: BTreeMap<String, Option<Pattern>>,
}

/// What a socket holds while it is open.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) pass: Pass,
    pub(crate) events: mpsc::Receiver<Utf8Bytes>,
    pub(crate) orders: mpsc::UnboundedReceiver<Order>,
}

/// The seat's key: dropping it leaves the hub.
#[derive(Debug)]
pub(crate) struct Pass {
    id: u64,
    hub: Arc<Hub>,
}

impl Hub {
    pub(crate) fn new(counters: Arc<Counters>) -> Self {
        Self { seats: Mutex::default(), counters }
    }

    /// Takes a seat. It is taken before the upgrade is answered, so that an order given right after a client saw its
    /// socket open cannot miss it.
    pub(crate) fn join(self: &Arc<Self>) -> Member {
        let (event_sender, events) = mpsc::channel(QUEUE_LENGTH);
        let (order_sender, orders) = mpsc::unbounded_channel();
        let mut seats = lock(&self.seats);
        let id = seats.next;
        seats.next += 1;
        let seat = Seat { events: event_sender, orders: order_sender, registrations: BTreeMap::new() };
        seats.taken.insert(id, seat);
        Member { pass: Pass { id, hub: Arc::clone(self) }, events, orders }
    }

    /// Puts an event in the queue of every socket that registered for it.
    pub(crate) fn publish(&self, event: &Event) {
        let (mut delivered, mut dropped) = (0, 0);
        let mut json: Option<Utf8Bytes> = None;
        for seat in lock(&self.seats).taken.values().filter(|seat| seat.wants(event)) {
            let text = json.get_or_insert_with(|| event.to_json().into()).clone();
            match seat.events.try_send(text) {
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

    /// Gives an order to every socket and says how many they are.
    pub(crate) fn order(&self, order: &Order) -> usize {
        lock(&self.seats).taken.values().filter(|seat| seat.orders.send(order.clone()).is_ok()).count()
    }

    pub(crate) fn sockets(&self) -> usize {
        lock(&self.seats).taken.len()
    }

    pub(crate) fn registrations(&self) -> usize {
        lock(&self.seats).taken.values().map(|seat| seat.registrations.len()).sum()
    }
}

impl Seat {
    fn wants(&self, event: &Event) -> bool {
        self.registrations.values().flatten().any(|pattern| pattern.matches(event))
    }
}

impl Pass {
    /// Obeys a client's message and returns the acknowledgement that DRP owes it; `None` for everything that DRP
    /// ignores without a word.
    pub(crate) fn command(&self, message: &str) -> Option<Event> {
        let (verb, pattern) = message.trim().split_once(' ')?;
        let mut seats = lock(&self.hub.seats);
        let registrations = &mut seats.taken.get_mut(&self.id)?.registrations;
        match verb {
            "register" => drop(registrations.insert(pattern.to_owned(), Pattern::parse(pattern))),
            "deregister" => drop(registrations.remove(pattern)),
            _ => return None,
        }
        self.hub.counters.count(|counts| counts.commands_acknowledged += 1);
        Some(Event::acknowledgement(verb, pattern))
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        lock(&self.hub.seats).taken.remove(&self.id);
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
        let mut member = hub.join();
        assert!(member.pass.command("register machines.*.*").is_some());
        hub.publish(&Event::new("jobs", "create", "1"));
        hub.publish(&Event::new("machines", "update", "2"));
        assert!(member.events.try_recv().unwrap().contains("machines"));
        assert!(member.events.try_recv().is_err());
    }

    #[test]
    fn overlapping_registrations_deliver_one_copy() {
        let hub = hub();
        let mut member = hub.join();
        member.pass.command("register machines.*.*");
        member.pass.command("register *.*.*");
        hub.publish(&Event::new("machines", "update", "2"));
        assert!(member.events.try_recv().is_ok());
        assert!(member.events.try_recv().is_err());
    }

    #[test]
    fn deregistering_the_same_string_stops_the_events() {
        let hub = hub();
        let mut member = hub.join();
        member.pass.command("register jobs.*.*");
        assert_eq!(member.pass.command("  deregister jobs.*.*\n").unwrap().action, "deregister");
        hub.publish(&Event::new("jobs", "create", "1"));
        assert!(member.events.try_recv().is_err());
    }

    #[test]
    fn unknown_verbs_and_single_words_get_no_answer() {
        let hub = hub();
        let member = hub.join();
        for message in ["hello world", "register", "Register *.*.*", "", "   "] {
            assert!(member.pass.command(message).is_none(), "{message:?} was answered");
        }
    }

    #[test]
    fn a_full_queue_drops_events_and_counts_them() {
        let hub = hub();
        let mut member = hub.join();
        member.pass.command("register *.*.*");
        for number in 0..300 {
            hub.publish(&Event::new("machines", "update", &number.to_string()));
        }
        let counts = hub.counters.read();
        assert_eq!((counts.events_delivered, counts.events_dropped), (256, 44));
        assert!(member.events.try_recv().unwrap().contains(r#""Key":"0""#));
    }

    #[test]
    fn leaving_frees_the_seat() {
        let hub = hub();
        drop(hub.join());
        assert_eq!(hub.sockets(), 0);
    }
}
