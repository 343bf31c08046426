//! Cases about the endpoint's own certificate: issuer, dates and names in every combination; keys, usages, names.

use std::fs;

use rcgen::{
    BasicConstraints, CustomExtension, DnType, ExtendedKeyUsagePurpose as Purpose, IsCa, KeyPair,
    KeyUsagePurpose as Usage, PKCS_ECDSA_P384_SHA384, PKCS_RSA_SHA256, PKCS_RSA_SHA384, PKCS_RSA_SHA512, SanType,
};

use super::authority::{Authority, HOST, authority, day, self_signed, self_signed_with, server, with};
use super::corpus::Corpus;
use super::openssl;

pub(super) fn add(corpus: &mut Corpus) {
    let trusted = Authority::root(authority("Trusted Root"));
    corpus.roots.push(trusted.der.clone());
    combinations(corpus, &trusted);
    keys(corpus, &trusted);
    usages(corpus, &trusted);
    names(corpus, &trusted);
    oddities(corpus, &trusted);
    bytes(corpus, &trusted);
}

/// Issuer × dates × names.
fn combinations(corpus: &mut Corpus, trusted: &Authority) {
    let intermediate = trusted.below(authority("Trusted Intermediate"));
    let unknown = Authority::root(authority("Unknown Root"));
    let unknown_intermediate = unknown.below(authority("Unknown Intermediate"));
    let namesake = Authority::root(authority("Trusted Root"));
    let dates = [("valid", -30, 60), ("expired", -60, -3), ("future", 3, 60)];
    let names: [(&str, &[&str]); 4] = [
        ("right name", &[HOST]),
        ("other name", &["other.test"]),
        ("no name", &[]),
        ("several names", &["other.test", HOST, "10.0.0.5"]),
    ];
    for (date, from, to) in dates {
        for (which, list) in names {
            let params = || {
                let mut params = server(list);
                (params.not_before, params.not_after) = (day(from).into(), day(to).into());
                params
            };
            let with_aia = || {
                let mut params = params();
                params.custom_extensions.push(ca_issuers());
                params
            };
            let authority_itself = || {
                let mut params = params();
                params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
                params.key_usages.clear();
                params
            };
            let name = |issuer: &str| format!("{issuer}, {date}, {which}");
            corpus.cases.extend([
                trusted.case(name("by a trusted root"), params(), &[]),
                intermediate.case(name("by a trusted intermediate"), params(), &[&intermediate]),
                self_signed(name("self-signed"), params()),
                self_signed(name("self-signed CA:TRUE"), authority_itself()),
                unknown.case(name("by an unknown root"), params(), &[]),
                unknown_intermediate.case(name("unknown root sent"), params(), &[&unknown_intermediate, &unknown]),
                intermediate.case(name("intermediate not sent"), with_aia(), &[]),
                namesake.case(name("by a namesake of a trusted root"), params(), &[]),
            ]);
        }
    }
}

/// Authority information access with an address at which nothing answers.
fn ca_issuers() -> CustomExtension {
    let url = b"http://127.0.0.1:9/ca.crt";
    let mut access = vec![0x06, 8, 0x2b, 6, 1, 5, 5, 7, 0x30, 2, 0x86, url.len() as u8];
    access.extend(url);
    let mut content = vec![0x30, access.len() as u8 + 2, 0x30, access.len() as u8];
    content.extend(access);
    CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], content)
}

fn keys(corpus: &mut Corpus, trusted: &Authority) {
    let folder = corpus.folder().to_owned();
    let rsa = |bits: &str| {
        let file = format!("rsa-{bits}.key");
        openssl::run(
            &folder,
            &["genpkey", "-algorithm", "RSA", "-pkeyopt", &format!("rsa_keygen_bits:{bits}"), "-out", &file],
        );
        fs::read_to_string(folder.join(file)).unwrap()
    };
    for bits in ["2048", "3072", "4096"] {
        let pem = rsa(bits);
        let key = || KeyPair::from_pem(&pem).unwrap();
        corpus.cases.push(trusted.case_with(format!("trusted, key RSA {bits}"), server(&[HOST]), key(), &[]));
        corpus.cases.push(self_signed_with(format!("self-signed, key RSA {bits}"), server(&[HOST]), key()));
    }
    let pem = rsa("2048");
    for (name, algorithm) in
        [("SHA-256", &PKCS_RSA_SHA256), ("SHA-384", &PKCS_RSA_SHA384), ("SHA-512", &PKCS_RSA_SHA512)]
    {
        let root = Authority::root_with(
            authority(&format!("RSA Root {name}")),
            KeyPair::from_pem_and_sign_algo(&pem, algorithm).unwrap(),
        );
        corpus.roots.push(root.der.clone());
        corpus.cases.push(root.case(format!("by a trusted RSA root with {name}"), server(&[HOST]), &[]));
    }
    let key = || KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).unwrap();
    corpus.cases.push(trusted.case_with("trusted, key P-384", server(&[HOST]), key(), &[]));
    corpus.cases.push(self_signed_with("self-signed, key P-384", server(&[HOST]), key()));
    let files = openssl::files(&folder, "trusted", trusted);
    for kind in ["P-521", "P-224", "ed25519", "ed448", "rsa:1024"] {
        let name = kind.replace("rsa:", "RSA ").replace("ed", "Ed");
        let by = (files.0.as_path(), files.1.as_path());
        corpus.cases.push(openssl::issued(&folder, &format!("trusted, key {name}"), kind, &["-sha256"], by, &[]));
        corpus.cases.push(openssl::self_signed(&folder, &format!("self-signed, key {name}"), kind, "-sha256"));
    }
}

fn usages(corpus: &mut Corpus, trusted: &Authority) {
    let key_usages: [(&str, &[Usage]); 7] = [
        ("none", &[]),
        ("digitalSignature, keyEncipherment", &[Usage::DigitalSignature, Usage::KeyEncipherment]),
        ("keyEncipherment", &[Usage::KeyEncipherment]),
        ("keyEncipherment, dataEncipherment", &[Usage::KeyEncipherment, Usage::DataEncipherment]),
        ("keyAgreement", &[Usage::KeyAgreement]),
        ("keyCertSign", &[Usage::KeyCertSign]),
        ("contentCommitment", &[Usage::ContentCommitment]),
    ];
    for (name, usages) in key_usages {
        let params = || {
            with(server(&[HOST]), |params| {
                params.key_usages = usages.to_vec();
            })
        };
        corpus.cases.push(trusted.case(format!("trusted, key usage {name}"), params(), &[]));
        corpus.cases.push(self_signed(format!("self-signed, key usage {name}"), params()));
    }
    let purposes: [(&str, &[Purpose]); 6] = [
        ("none", &[]),
        ("server and client", &[Purpose::ServerAuth, Purpose::ClientAuth]),
        ("client", &[Purpose::ClientAuth]),
        ("code signing", &[Purpose::CodeSigning]),
        ("any", &[Purpose::Any]),
        ("any and client", &[Purpose::Any, Purpose::ClientAuth]),
    ];
    for (name, purposes) in purposes {
        let params = || {
            with(server(&[HOST]), |params| {
                params.extended_key_usages = purposes.to_vec();
            })
        };
        corpus.cases.push(trusted.case(format!("trusted, purpose {name}"), params(), &[]));
        corpus.cases.push(self_signed(format!("self-signed, purpose {name}"), params()));
    }
    let authority_itself = with(server(&[HOST]), |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    });
    corpus.cases.push(trusted.case("trusted, CA:TRUE", authority_itself, &[]));
    let unsaid = with(server(&[HOST]), |params| {
        params.is_ca = IsCa::NoCa;
    });
    corpus.cases.push(trusted.case("trusted, no basicConstraints", unsaid, &[]));
}

fn names(corpus: &mut Corpus, trusted: &Authority) {
    let dns = [
        ("wildcard", "*.lab.test", "drp.lab.test"),
        ("wildcard, too deep", "*.lab.test", "a.drp.lab.test"),
        ("wildcard, the domain itself", "*.lab.test", "lab.test"),
        ("wildcard for a top label", "*.test", "drp.test"),
        ("a star alone", "*", "drp.test"),
        ("a star within a label", "d*.lab.test", "drp.lab.test"),
        ("a star in the second label", "drp.*.test", "drp.lab.test"),
        ("capitals", "DRP.TEST", "drp.test"),
        ("underscore", "drp_1.lab.test", "drp_1.lab.test"),
        ("punycode", "xn--drp-tna.test", "xn--drp-tna.test"),
        ("a single label", "drp", "drp"),
        ("a trailing dot in the certificate", "drp.test.", "drp.test"),
        ("an address as a DNS name", "127.0.0.1", "127.0.0.1"),
        ("asked by address", "drp.test", "127.0.0.1"),
        ("a parent domain", "test", "drp.test"),
        ("a longest label", LONGEST, LONGEST),
    ];
    for (name, certified, asked) in dns {
        let mut params = server(&[]);
        params.subject_alt_names = vec![SanType::DnsName(certified.try_into().unwrap())];
        corpus.cases.push(trusted.case(format!("name: {name}"), params, &[]).at(asked));
    }
    let other: [(&str, SanType, &str); 4] = [
        ("its address", SanType::IpAddress([127, 0, 0, 1].into()), "127.0.0.1"),
        ("another address", SanType::IpAddress([127, 0, 0, 2].into()), "127.0.0.1"),
        ("e-mail alone", SanType::Rfc822Name("root@drp.test".try_into().unwrap()), "drp.test"),
        ("URI alone", SanType::URI("https://drp.test".try_into().unwrap()), "drp.test"),
    ];
    for (name, certified, asked) in other {
        let mut params = server(&[]);
        params.subject_alt_names = vec![certified];
        corpus.cases.push(trusted.case(format!("name: {name}"), params, &[]).at(asked));
    }
    let many = |number: usize| {
        let mut params = server(&[]);
        let each = |n: usize| SanType::DnsName(format!("host-{n}.test").as_str().try_into().unwrap());
        params.subject_alt_names = (0..number).map(each).chain([SanType::DnsName(HOST.try_into().unwrap())]).collect();
        params
    };
    corpus.cases.push(trusted.case("name: a thousand of them", many(1_000), &[]));
    let only_common = with(server(&[]), |params| {
        params.subject_alt_names = vec![];
    });
    corpus.cases.push(self_signed("name: common name alone, self-signed", only_common));
}

const LONGEST: &str = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff123.test";

fn oddities(corpus: &mut Corpus, trusted: &Authority) {
    for (name, days) in [("1,500 days", 1_500), ("ten years", 3_650), ("twenty-five years", 9_125)] {
        let params = with(server(&[HOST]), |params| {
            params.not_after = day(days).into();
        });
        corpus.cases.push(trusted.case(format!("trusted, for {name}"), params, &[]));
    }
    let extension = |oid: &[u64], content: &[u8], critical: bool| {
        let mut extension = CustomExtension::from_oid_content(oid, content.to_vec());
        extension.set_criticality(critical);
        with(server(&[HOST]), |params| {
            params.custom_extensions = vec![extension];
        })
    };
    let unknown = [1, 3, 6, 1, 4, 1, 99_999, 1];
    let key_identifier: &[u8] = &[0x30, 6, 0x80, 4, 1, 2, 3, 4];
    let cases = [
        ("an unknown extension", extension(&unknown, &[5, 0], false)),
        ("an unknown critical extension", extension(&unknown, &[5, 0], true)),
        ("a critical authority key identifier", extension(&[2, 5, 29, 35], key_identifier, true)),
        ("a foreign authority key identifier", extension(&[2, 5, 29, 35], key_identifier, false)),
        ("a critical subject key identifier", extension(&[2, 5, 29, 14], &[4, 4, 1, 2, 3, 4], true)),
        ("a malformed AIA", extension(&[1, 3, 6, 1, 5, 5, 7, 1, 1], &[0x30, 5, 1], false)),
        ("must-staple", extension(&[1, 3, 6, 1, 5, 5, 7, 1, 24], &[0x30, 3, 2, 1, 5], false)),
        ("a policy", extension(&[2, 5, 29, 32], &[0x30, 8, 0x30, 6, 6, 4, 0x2a, 3, 4, 5], false)),
    ];
    for (name, params) in cases {
        corpus.cases.push(trusted.case(format!("trusted, {name}"), params, &[]));
    }
    let empty = with(server(&[HOST]), |params| {
        params.distinguished_name = rcgen::DistinguishedName::new();
    });
    corpus.cases.push(trusted.case("trusted, empty subject", empty, &[]));
    let mut long = server(&[HOST]);
    long.distinguished_name.push(DnType::OrganizationName, "x".repeat(20_000));
    corpus.cases.push(trusted.case("trusted, a subject of 20 kB", long, &[]));
    for (name, serial) in [("serial 0", vec![0]), ("serial 1", vec![1]), ("serial of 20 bytes", vec![0x7f; 20])] {
        let params = with(server(&[HOST]), |params| {
            params.serial_number = Some(serial.into());
        });
        corpus.cases.push(trusted.case(format!("trusted, {name}"), params, &[]));
    }
}

/// Certificates whose bytes were changed after they were signed.
fn bytes(corpus: &mut Corpus, trusted: &Authority) {
    let case = |name: &str| trusted.case(name, server(&[HOST]), &[]);
    let last = |chain: &mut Vec<rustls::pki_types::CertificateDer<'static>>, change: fn(&mut Vec<u8>)| {
        let mut bytes = chain[0].to_vec();
        change(&mut bytes);
        chain[0] = bytes.into();
    };
    corpus.cases.push(
        case("a signature with one bit changed").sending(|chain| last(chain, |bytes| *bytes.last_mut().unwrap() ^= 1)),
    );
    corpus.cases.push(case("bytes after the certificate").sending(|chain| last(chain, |bytes| bytes.extend([0, 0]))));
    corpus.cases.push(case("a truncated certificate").sending(|chain| last(chain, |bytes| bytes.truncate(200))));
    corpus.cases.push(case("no certificate but zeros").sending(|chain| last(chain, |bytes| bytes.fill(0))));
    corpus.cases.push(case("an empty certificate").sending(|chain| last(chain, Vec::clear)));
}
