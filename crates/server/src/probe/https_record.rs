//! Beside the steps: the HTTPS record of the endpoint's name (type 65, RFC 9460), which browsers follow and this server
//! does not. Whatever goes wrong with it, nothing is known of it, and that is no finding.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use connection::endpoint::Endpoint;
use connection::probe::{HINTS_LIMIT, HttpsRecord};
use resolv_conf::Config;
use ring::rand::{SecureRandom, SystemRandom};
use simple_dns::rdata::{HTTPS, OPT, RData, SVCParam};
use simple_dns::{CLASS, Name, Packet, PacketFlag, Question, RCODE, TYPE};
use tokio::net::UdpSocket;
use tokio::time::timeout;

use super::limits;
use super::name::is_below;
use super::printable::printable;

/// Names the name servers of this system.
const RESOLV_CONF: &str = "/etc/resolv.conf";

/// The port of name servers.
const DNS: u16 = 53;

/// What the records of a name hold together.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found {
    ech: bool,
    hints: Vec<IpAddr>,
    target: Option<String>,
}

impl Found {
    /// What of it differs from these addresses of the name.
    pub(super) fn beside(self, addresses: &[String]) -> HttpsRecord {
        let own: Vec<IpAddr> = addresses.iter().filter_map(|address| address.parse().ok()).collect();
        let foreign = self.hints.iter().filter(|hint| !own.contains(hint));
        let hints = foreign.take(HINTS_LIMIT).map(ToString::to_string).collect();
        HttpsRecord { ech: self.ech, hints, target: self.target }
    }

    fn add(&mut self, record: &HTTPS<'_>) {
        for parameter in record.iter_params() {
            match parameter {
                SVCParam::Ech(_) => self.ech = true,
                SVCParam::Ipv4Hint(hints) => self.hints.extend(hints.iter().map(|it| IpAddr::V4(Ipv4Addr::from(*it)))),
                SVCParam::Ipv6Hint(hints) => self.hints.extend(hints.iter().map(|it| IpAddr::V6(Ipv6Addr::from(*it)))),
                SVCParam::Mandatory(_)
                | SVCParam::Alpn(_)
                | SVCParam::NoDefaultAlpn
                | SVCParam::Port(_)
                | SVCParam::InvalidKey
                | SVCParam::Unknown(..) => {}
            }
        }
        // The root stands for the name itself.
        let other = (!record.target.get_labels().is_empty()).then(|| printable(&record.target.to_string()));
        self.target = self.target.take().or(other);
    }
}

/// Asks the first of the system's name servers, once, where browsers would ask for the record as well.
pub(super) async fn ask(endpoint: Endpoint) -> Option<Found> {
    let name = HttpsRecord::name(&endpoint).filter(|name| !is_below("invalid", name))?;
    // As the system's own resolver, which passes over what it does not understand.
    let (config, _) = Config::parse_with_errors(&std::fs::read(RESOLV_CONF).ok()?);
    let server = SocketAddr::new(config.nameservers.first()?.into(), DNS);
    ask_at(server, &name).await
}

async fn ask_at(server: SocketAddr, name: &str) -> Option<Found> {
    timeout(limits::HTTPS_RECORD, asked(server, name)).await.ok().flatten()
}

/// One datagram there and one back, from an address and a port that the operating system chooses.
async fn asked(server: SocketAddr, name: &str) -> Option<Found> {
    let mut id = [0; 2];
    SystemRandom::new().fill(&mut id).ok()?;
    let id = u16::from_be_bytes(id);
    let question = Question::new(Name::new(name).ok()?, TYPE::HTTPS.into(), CLASS::IN.into(), false);

    let any: IpAddr = if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0)).await.ok()?;
    socket.connect(server).await.ok()?;
    socket.send(&query(id, question.clone())?).await.ok()?;
    let mut answer = [0; limits::NAME_ANSWER];
    let length = socket.recv(&mut answer).await.ok()?;
    read(answer.get(..length)?, id, &question)
}

fn query(id: u16, question: Question<'_>) -> Option<Vec<u8>> {
    let mut packet = Packet::new_query(id);
    packet.set_flags(PacketFlag::RECURSION_DESIRED);
    packet.questions.push(question);
    let udp_packet_size = u16::try_from(limits::NAME_ANSWER).ok()?;
    *packet.opt_mut() = Some(OPT { opt_codes: Vec::new(), udp_packet_size, version: 0 });
    packet.build_bytes_vec().ok()
}

/// Reads an answer to this question. Aliases (CNAME) stand before the record that they lead to.
fn read(answer: &[u8], id: u16, question: &Question<'_>) -> Option<Found> {
    let packet = Packet::parse(answer).ok()?;
    let answers = packet.id() == id && packet.has_flags(PacketFlag::RESPONSE) && packet.rcode() == RCODE::NoError;
    let asked = packet.questions.first()?;
    if !answers || asked.qname != question.qname || asked.qtype != question.qtype {
        return None;
    }
    let mut found = None;
    for record in &packet.answers {
        if let RData::HTTPS(record) = &record.rdata {
            found.get_or_insert_with(Found::default).add(record);
        }
    }
    found
}

#[cfg(test)]
mod tests;
