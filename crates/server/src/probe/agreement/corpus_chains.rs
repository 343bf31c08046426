//! Cases about what stands above the endpoint's certificate.

use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DistinguishedName, ExtendedKeyUsagePurpose as Purpose,
    GeneralSubtree, IsCa, KeyPair, KeyUsagePurpose as Usage, NameConstraints, PKCS_ECDSA_P384_SHA384, PKCS_ED25519,
};

use super::authority::{Authority, HOST, authority, day, named, self_signed, server, with};
use super::corpus::Corpus;
use super::openssl;

pub(super) fn add(corpus: &mut Corpus) {
    let root = Authority::root(authority("Chain Root"));
    corpus.roots.push(root.der.clone());
    dates(corpus, &root);
    orders(corpus, &root);
    powers(corpus, &root);
    constraints(corpus, &root);
    signatures(corpus, &root);
    itself(corpus);
}

fn within(params: CertificateParams, from: i64, to: i64) -> CertificateParams {
    with(params, |params| {
        params.not_before = day(from).into();
        params.not_after = day(to).into();
    })
}

fn dates(corpus: &mut Corpus, root: &Authority) {
    let expired = root.below(within(authority("Expired Intermediate"), -400, -2));
    let future = root.below(within(authority("Future Intermediate"), 2, 400));
    let renewed = root.below(within(authority("Renewed Intermediate"), -1, 400));
    let old = || within(server(&[HOST]), -60, -3);
    corpus.cases.extend([
        expired.case("an expired intermediate", server(&[HOST]), &[&expired]),
        expired.case("an expired intermediate, other name", server(&["other.test"]), &[&expired]),
        expired.case("an expired intermediate and leaf", old(), &[&expired]),
        future.case("a future intermediate", server(&[HOST]), &[&future]),
        renewed.case("expired before its intermediate was renewed", old(), &[&renewed]),
        renewed.case(
            "expired before its intermediate was renewed, other name",
            within(server(&["other.test"]), -60, -3),
            &[&renewed],
        ),
    ]);
    for (name, from, to) in [("expired", -800, -2), ("future", 2, 800)] {
        let root = Authority::root(within(authority(&format!("Root {name}")), from, to));
        let intermediate = root.below(authority(&format!("Below root {name}")));
        corpus.roots.push(root.der.clone());
        corpus.cases.push(root.case(format!("by a trusted root that is {name}"), server(&[HOST]), &[]));
        corpus.cases.push(intermediate.case(
            format!("below a trusted root that is {name}"),
            server(&[HOST]),
            &[&intermediate],
        ));
    }
    // One key, signed by two roots.
    let pem = KeyPair::generate().unwrap().serialize_pem();
    let key = || KeyPair::from_pem(&pem).unwrap();
    let other = Authority::root(authority("Other Chain Root"));
    corpus.roots.push(other.der.clone());
    let valid = root.below_with(authority("Crossed"), key());
    let lapsed = other.below_with(within(authority("Crossed"), -400, -2), key());
    corpus.cases.extend([
        valid.case("cross-signed, the expired one last", server(&[HOST]), &[&valid, &lapsed]),
        valid.case("cross-signed, the expired one first", server(&[HOST]), &[&lapsed, &valid]),
        valid.case("cross-signed, the expired one alone", server(&[HOST]), &[&lapsed]),
    ]);
}

fn orders(corpus: &mut Corpus, root: &Authority) {
    let first = root.below(authority("First"));
    let second = first.below(authority("Second"));
    let third = second.below(authority("Third"));
    let stranger = Authority::root(authority("Stranger"));
    let by = |name: &str, above: &[&Authority]| third.case(name, server(&[HOST]), above);
    corpus.cases.extend([
        by("three intermediates", &[&third, &second, &first]),
        by("three intermediates and the root", &[&third, &second, &first, root]),
        by("three intermediates in the wrong order", &[&first, &second, &third]),
        by("the same intermediate twice", &[&third, &third, &second, &first]),
        by("a stranger among them", &[&third, &stranger, &second, &first]),
        by("the second of three missing", &[&third, &first]),
        by("the last of three missing", &[&third, &second]),
        by("nothing but the root sent", &[root]),
        root.case("the root sent along", server(&[HOST]), &[root]),
        by("the leaf twice", &[&third, &second, &first]).sending(|chain| chain.insert(1, chain[0].clone())),
    ]);
    let mut long: Vec<Authority> = Vec::new();
    for depth in 0..7 {
        let next = long.last().unwrap_or(root).below(authority(&format!("Depth {depth}")));
        long.push(next);
    }
    let above: Vec<&Authority> = long.iter().rev().collect();
    let last = long.last().unwrap();
    corpus.cases.push(last.case("seven intermediates", server(&[HOST]), &above));
}

fn powers(corpus: &mut Corpus, root: &Authority) {
    let no_authority = with(authority("No Authority"), |params| {
        params.is_ca = IsCa::ExplicitNoCa;
    });
    let silent = with(authority("Silent Authority"), |params| {
        params.is_ca = IsCa::NoCa;
    });
    let no_signing = with(authority("Not For Certificates"), |params| {
        params.key_usages = vec![Usage::CrlSign];
    });
    let unsaid = with(authority("Usage Unsaid"), |params| {
        params.key_usages = vec![];
    });
    let short = with(authority("Path Length 0"), |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    });
    let purpose = |name: &str, purpose| {
        with(authority(name), |params| {
            params.extended_key_usages = vec![purpose];
        })
    };
    for (name, params) in [
        ("an intermediate with CA:FALSE", no_authority),
        ("an intermediate without basicConstraints", silent),
        ("an intermediate without keyCertSign", no_signing),
        ("an intermediate without key usage", unsaid),
        ("an intermediate of path length 0", short.clone()),
        ("an intermediate for servers", purpose("For Servers", Purpose::ServerAuth)),
        ("an intermediate for clients", purpose("For Clients", Purpose::ClientAuth)),
        ("an intermediate for any purpose", purpose("For Any", Purpose::Any)),
    ] {
        let intermediate = root.below(params);
        corpus.cases.push(intermediate.case(name, server(&[HOST]), &[&intermediate]));
    }
    let upper = root.below(short);
    let lower = upper.below(authority("Below Path Length 0"));
    corpus.cases.push(lower.case("below path length 0", server(&[HOST]), &[&lower, &upper]));
    let self_issued = root.below(with(authority("Chain Root"), |params| {
        params.distinguished_name = named("Chain Root");
    }));
    corpus.cases.push(self_issued.case("a self-issued intermediate", server(&[HOST]), &[&self_issued]));
    let nameless = root.below(with(authority(""), |params| {
        params.distinguished_name = DistinguishedName::new();
    }));
    corpus.cases.push(nameless.case("an intermediate without a name", server(&[HOST]), &[&nameless]));
    let critical = |name: &str| {
        let mut extension = CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 99_999, 1], vec![5, 0]);
        extension.set_criticality(true);
        with(authority(name), |params| {
            params.custom_extensions = vec![extension];
        })
    };
    let intermediate = root.below(critical("Critical Intermediate"));
    corpus.cases.push(intermediate.case(
        "an unknown critical extension in the intermediate",
        server(&[HOST]),
        &[&intermediate],
    ));
    let odd = Authority::root(critical("Critical Root"));
    corpus.roots.push(odd.der.clone());
    corpus.cases.push(odd.case("an unknown critical extension in the root", server(&[HOST]), &[]));
}

fn constraints(corpus: &mut Corpus, root: &Authority) {
    let dns = |name: &str| GeneralSubtree::DnsName(name.to_owned());
    let permitted = |list| NameConstraints { permitted_subtrees: list, excluded_subtrees: vec![] };
    let excluded = |list| NameConstraints { permitted_subtrees: vec![], excluded_subtrees: list };
    let constrained = |name: &str, constraints| {
        with(authority(name), |params| {
            params.name_constraints = Some(constraints);
        })
    };
    for (name, constraints) in [
        ("permitted: the domain", permitted(vec![dns("test")])),
        ("permitted: the host", permitted(vec![dns("drp.test")])),
        ("permitted: another domain", permitted(vec![dns("corp.example")])),
        ("permitted: two domains", permitted(vec![dns("corp.example"), dns("test")])),
        ("excluded: another domain", excluded(vec![dns("corp.example")])),
        ("excluded: the host", excluded(vec![dns("drp.test")])),
        ("excluded: the domain", excluded(vec![dns("test")])),
    ] {
        let intermediate = root.below(constrained(name, constraints.clone()));
        corpus.cases.push(intermediate.case(
            format!("names {name}, in the intermediate"),
            server(&[HOST]),
            &[&intermediate],
        ));
        let root = Authority::root(constrained(&format!("Root {name}"), constraints));
        corpus.roots.push(root.der.clone());
        corpus.cases.push(root.case(format!("names {name}, in the root"), server(&[HOST]), &[]));
    }
}

fn signatures(corpus: &mut Corpus, root: &Authority) {
    let folder = corpus.folder().to_owned();
    for (name, algorithm) in [("P-384", &PKCS_ECDSA_P384_SHA384), ("Ed25519", &PKCS_ED25519)] {
        let key = || KeyPair::generate_for(algorithm).unwrap();
        let intermediate = root.below_with(authority(&format!("Intermediate {name}")), key());
        corpus.cases.push(intermediate.case(
            format!("an intermediate with a key {name}"),
            server(&[HOST]),
            &[&intermediate],
        ));
        let root = Authority::root_with(authority(&format!("Root {name}")), key());
        // A store of certificates does not take a root with a key that its program cannot verify with.
        if name == "P-384" {
            corpus.roots.push(root.der.clone());
        }
        corpus.cases.push(root.case(format!("a root with a key {name}"), server(&[HOST]), &[]));
    }
    let rsa = openssl::root(&folder, "Old RSA Root", "rsa:2048");
    corpus.roots.push(openssl::read(&rsa.0));
    let by = (rsa.0.as_path(), rsa.1.as_path());
    for (name, digest) in [("SHA-1", "-sha1"), ("MD5", "-md5"), ("SHA-224", "-sha224"), ("SHA-512", "-sha512")] {
        corpus.cases.push(openssl::issued(
            &folder,
            &format!("RSA and {name} by a trusted root"),
            "P-256",
            &[digest],
            by,
            &[],
        ));
    }
    let pss = ["-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"];
    corpus.cases.push(openssl::issued(&folder, "RSA-PSS and SHA-256 by a trusted root", "P-256", &pss, by, &[]));
    corpus.cases.push(openssl::self_signed(&folder, "self-signed with SHA-1", "rsa:2048", "-sha1"));
    let files = openssl::files(&folder, "chain-root", root);
    let by_root = (files.0.as_path(), files.1.as_path());
    corpus.cases.push(openssl::issued(&folder, "ECDSA and SHA-1 by a trusted root", "P-256", &["-sha1"], by_root, &[]));
    for kind in ["P-521", "rsa:1024"] {
        let name = kind.replace("rsa:", "RSA ");
        let root = openssl::root(&folder, &format!("Root {name}"), kind);
        corpus.roots.push(openssl::read(&root.0));
        let digest: &[&str] = if kind == "P-521" { &["-sha512"] } else { &["-sha256"] };
        let by = (root.0.as_path(), root.1.as_path());
        corpus.cases.push(openssl::issued(&folder, &format!("a root with a key {name}"), "P-256", digest, by, &[]));
    }
    let intermediate = "Intermediate with SHA-1";
    let extensions = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n";
    openssl::issued_with(&folder, intermediate, "rsa:2048", &["-sha1"], by, extensions);
    let file = |kind: &str| folder.join(format!("{}.{kind}", openssl::file(intermediate)));
    let above = [openssl::read(&file("crt"))];
    let by = (file("crt"), file("key"));
    let by = (by.0.as_path(), by.1.as_path());
    corpus.cases.push(openssl::issued(&folder, "an intermediate signed with SHA-1", "P-256", &["-sha256"], by, &above));
    openssl::issued_with(&folder, "version 1", "P-256", &["-sha256"], (rsa.0.as_path(), rsa.1.as_path()), "");
    corpus.cases.push(openssl::case(&folder, "version 1", "version-1", &[]));
}

/// Certificates that sign themselves and that the operator added as they are.
fn itself(corpus: &mut Corpus) {
    for (name, is_ca) in [("CA:TRUE", IsCa::Ca(BasicConstraints::Unconstrained)), ("CA:FALSE", IsCa::ExplicitNoCa)] {
        let mut params = with(server(&[HOST]), |params| {
            params.is_ca = is_ca;
            params.key_usages = vec![];
        });
        params.distinguished_name = named(&format!("added as it is {name}"));
        let case = self_signed(format!("self-signed {name}, trusted as an authority"), params);
        corpus.roots.push(case.chain[0].clone());
        corpus.cases.push(case);
    }
}
