//! Against a name server of the test's own, on loopback.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use simple_dns::ResourceRecord;
use simple_dns::rdata::{CNAME, SVCB};

use super::*;

const NAME: &str = "_8092._https.drp.example.com";

/// Answers one datagram with what `answer` makes of it; with nothing, where that makes none.
async fn name_server(answer: impl FnOnce(Packet<'_>) -> Option<Vec<u8>> + Send + 'static) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut query = [0; 512];
        let (length, from) = socket.recv_from(&mut query).await.unwrap();
        if let Some(answer) = answer(Packet::parse(&query[..length]).unwrap()) {
            socket.send_to(&answer, from).await.unwrap();
        }
        // Kept open: a closed port would be an answer.
        std::future::pending::<()>().await;
    });
    address
}

fn record(owner: &'static str, target: &'static str, parameters: Vec<SVCParam<'static>>) -> ResourceRecord<'static> {
    let mut record = SVCB::new(1, Name::new(target).unwrap());
    parameters.into_iter().for_each(|parameter| record.set_param(parameter));
    ResourceRecord::new(Name::new(owner).unwrap(), CLASS::IN, 60, RData::HTTPS(HTTPS(record)))
}

fn answered(query: Packet<'_>, records: Vec<ResourceRecord<'static>>) -> Option<Vec<u8>> {
    let mut reply = query.into_reply();
    reply.answers = records;
    reply.build_bytes_vec_compressed().ok()
}

/// What is found where the name server has these records.
async fn found(records: Vec<ResourceRecord<'static>>) -> Option<Found> {
    let server = name_server(move |query| answered(query, records)).await;
    ask_at(server, NAME).await
}

fn ech() -> SVCParam<'static> {
    SVCParam::Ech(vec![0xfe, 0x0d, 0, 1, 0].into())
}

#[tokio::test]
async fn a_record_with_a_key_and_hints_is_read() {
    let four = SVCParam::Ipv4Hint(vec![Ipv4Addr::new(104, 16, 1, 1).into(), Ipv4Addr::new(10, 0, 0, 7).into()]);
    let six = SVCParam::Ipv6Hint(vec![Ipv6Addr::new(0x2606, 0x4700, 0, 0, 0, 0, 0, 1).into()]);
    let found = found(vec![record(NAME, ".", vec![ech(), four, six])]).await.unwrap();
    let beside = found.beside(&["10.0.0.7".to_owned()]);
    let hints = vec!["104.16.1.1".to_owned(), "2606:4700::1".to_owned()];
    assert_eq!(beside, HttpsRecord { ech: true, hints, target: None });
}

#[tokio::test]
async fn hints_that_are_the_names_own_addresses_lead_nowhere_else() {
    let four = SVCParam::Ipv4Hint(vec![Ipv4Addr::new(10, 0, 0, 7).into()]);
    let found = found(vec![record(NAME, ".", vec![four])]).await.unwrap();
    let own = found.beside(&["10.0.0.7".to_owned(), "fd00::7".to_owned()]);
    assert!(!own.leads_elsewhere());
}

#[tokio::test]
async fn hints_are_listed_as_far_as_a_person_reads_them() {
    let many = SVCParam::Ipv4Hint((1..=9).collect());
    let found = found(vec![record(NAME, ".", vec![many])]).await.unwrap();
    assert_eq!(found.beside(&[]).hints.len(), HINTS_LIMIT);
}

#[tokio::test]
async fn another_target_and_what_stands_behind_an_alias_are_read() {
    let alias = CNAME(Name::new("edge.example.net").unwrap());
    let alias = ResourceRecord::new(Name::new(NAME).unwrap(), CLASS::IN, 60, RData::CNAME(alias));
    let found = found(vec![alias, record("edge.example.net", "pool.example.net", vec![ech()])]).await.unwrap();
    assert_eq!(found, Found { ech: true, hints: vec![], target: Some("pool.example.net".to_owned()) });
}

#[tokio::test]
async fn a_name_without_the_record_says_nothing() {
    assert_eq!(found(vec![]).await, None);
    let server = name_server(|query| {
        let mut reply = query.into_reply();
        *reply.rcode_mut() = RCODE::NameError;
        reply.build_bytes_vec().ok()
    });
    assert_eq!(ask_at(server.await, NAME).await, None);
}

#[tokio::test]
async fn garbage_and_answers_to_something_else_say_nothing() {
    for garbage in [vec![], vec![0xff], vec![0xff; 12], vec![0; 1_232], vec![0xc0; 600]] {
        let server = name_server(move |_| Some(garbage)).await;
        assert_eq!(ask_at(server, NAME).await, None);
    }
    let another_id = name_server(|mut query| {
        query.set_id(query.id().wrapping_add(1));
        answered(query, vec![record(NAME, ".", vec![ech()])])
    });
    assert_eq!(ask_at(another_id.await, NAME).await, None);
    let another_question = name_server(|mut query| {
        query.questions[0].qname = Name::new("other.example.com").unwrap();
        answered(query, vec![record(NAME, ".", vec![ech()])])
    });
    assert_eq!(ask_at(another_question.await, NAME).await, None);
    // The parameter says that it is longer than the record.
    let cut_short = name_server(|query| {
        let mut answer = answered(query, vec![record(NAME, ".", vec![ech()])])?;
        let length = answer.iter().rposition(|byte| *byte == 0xfe)? - 1;
        answer[length] = 200;
        Some(answer)
    });
    assert_eq!(ask_at(cut_short.await, NAME).await, None);
}

#[tokio::test]
async fn a_name_server_that_is_silent_or_away_costs_no_more_than_the_limit() {
    let silent = name_server(|_| None).await;
    let began = Instant::now();
    assert_eq!(ask_at(silent, NAME).await, None);
    assert!(began.elapsed() >= limits::HTTPS_RECORD);
    assert!(began.elapsed() < limits::HTTPS_RECORD + Duration::from_secs(2));

    let closed = std::net::UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(ask_at(closed, NAME).await, None);
}

#[tokio::test]
async fn nobody_is_asked_about_what_has_no_such_record() {
    for endpoint in ["https://10.0.0.7:8092", "https://localhost:8092", "https://drp:8092", "https://drp.invalid:8092"]
    {
        assert_eq!(ask(Endpoint::parse(endpoint).unwrap()).await, None, "{endpoint}");
    }
}

proptest! {
    #[test]
    fn an_answer_may_hold_anything(bytes in proptest::collection::vec(any::<u8>(), 0..600), cut in any::<u16>()) {
        let question = Question::new(Name::new(NAME).unwrap(), TYPE::HTTPS.into(), CLASS::IN.into(), false);
        let _ = read(&bytes, 7, &question);
        let query = query(7, question.clone()).unwrap();
        let whole = answered(Packet::parse(&query).unwrap(), vec![record(NAME, ".", vec![ech()])]).unwrap();
        // A real answer with other bytes from somewhere on.
        let kept = usize::from(cut) % whole.len();
        let _ = read(&[&whole[..kept], &bytes].concat(), 7, &question);
    }
}
