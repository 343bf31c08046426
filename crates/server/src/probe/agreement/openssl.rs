//! Certificates that rcgen does not make, by the openssl program: other keys, and signatures of the past.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::authority::{Authority, HOST, pem};
use super::corpus::{Case, Key};

/// Runs openssl in a folder; its complaint is the test's.
pub(super) fn run(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl").args(arguments).current_dir(folder).output();
    let output = output.expect("the openssl program makes certificates that no library here makes");
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// What openssl calls a new key of some kind.
pub(super) fn key(kind: &str) -> Vec<&str> {
    match kind {
        "P-224" => vec!["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-224"],
        "P-521" => vec!["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"],
        "P-256" => vec!["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
        other => vec!["-newkey", other],
    }
}

const EXTENSIONS: &str =
    "basicConstraints=critical,CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:drp.test\n";

/// A certificate that signs itself.
pub(super) fn self_signed(folder: &Path, name: &str, kind: &str, digest: &str) -> Case {
    let file = file(name);
    let (key_file, leaf) = (format!("{file}.key"), format!("{file}.crt"));
    let mut arguments = vec!["req", "-x509", "-nodes", "-days", "60", digest, "-subj", "/CN=drp.test"];
    arguments.extend(key(kind));
    arguments.extend(["-addext", "subjectAltName=DNS:drp.test", "-addext", "basicConstraints=critical,CA:FALSE"]);
    arguments.extend(["-addext", "extendedKeyUsage=serverAuth", "-keyout", &key_file, "-out", &leaf]);
    run(folder, &arguments);
    case(folder, name, &file, &[])
}

/// One that an authority signed, with these above it.
pub(super) fn issued(
    folder: &Path,
    name: &str,
    kind: &str,
    digest: &[&str],
    by: (&Path, &Path),
    above: &[CertificateDer<'static>],
) -> Case {
    issued_with(folder, name, kind, digest, by, EXTENSIONS);
    case(folder, name, &file(name), above)
}

/// The same with extensions of one's own; `""` makes a certificate of version 1. Leaves files in the folder.
pub(super) fn issued_with(
    folder: &Path,
    name: &str,
    kind: &str,
    digest: &[&str],
    (authority, authority_key): (&Path, &Path),
    extensions: &str,
) {
    let file = file(name);
    let (key_file, request, leaf, more) =
        (format!("{file}.key"), format!("{file}.csr"), format!("{file}.crt"), format!("{file}.ext"));
    let subject = format!("/CN={}", if extensions.contains("CA:TRUE") { name } else { HOST });
    let mut arguments = vec!["req", "-new", "-nodes", "-subj", &subject, "-keyout", &key_file, "-out", &request];
    arguments.extend(key(kind));
    run(folder, &arguments);
    fs::write(folder.join(&more), extensions).unwrap();
    let (authority, authority_key) = (authority.to_str().unwrap(), authority_key.to_str().unwrap());
    let mut arguments = vec!["x509", "-req", "-days", "60", "-in", &request, "-CA", authority, "-CAkey", authority_key];
    arguments.extend(digest);
    if !extensions.is_empty() {
        arguments.extend(["-extfile", &more]);
    }
    arguments.extend(["-out", &leaf]);
    run(folder, &arguments);
}

/// A root with a key of some kind: its certificate and its key.
pub(super) fn root(folder: &Path, name: &str, kind: &str) -> (PathBuf, PathBuf) {
    let file = file(name);
    let (key_file, root) = (format!("{file}.key"), format!("{file}.crt"));
    let subject = format!("/CN={name}");
    let mut arguments =
        vec!["req", "-x509", "-nodes", "-days", "3650", "-subj", &subject, "-keyout", &key_file, "-out", &root];
    arguments.extend(key(kind));
    arguments.extend(["-addext", "keyUsage=critical,keyCertSign,cRLSign"]);
    run(folder, &arguments);
    (folder.join(root), folder.join(key_file))
}

/// The files of an authority that rcgen made.
pub(super) fn files(folder: &Path, name: &str, authority: &Authority) -> (PathBuf, PathBuf) {
    let (certificate, key) = (folder.join(format!("{name}.crt")), folder.join(format!("{name}.key")));
    fs::write(&certificate, pem("CERTIFICATE", &authority.der)).unwrap();
    fs::write(&key, &authority.key).unwrap();
    (certificate, key)
}

pub(super) fn read(file: &Path) -> CertificateDer<'static> {
    CertificateDer::from_pem_file(file).unwrap()
}

pub(super) fn case(folder: &Path, name: &str, file: &str, above: &[CertificateDer<'static>]) -> Case {
    let leaf = read(&folder.join(format!("{file}.crt")));
    let chain = std::iter::once(leaf).chain(above.iter().cloned()).collect();
    Case { name: name.to_owned(), host: HOST.to_owned(), chain, key: Key::File(folder.join(format!("{file}.key"))) }
}

pub(super) fn file(name: &str) -> String {
    name.replace([' ', ',', '/'], "-")
}
