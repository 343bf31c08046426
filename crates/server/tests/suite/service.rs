//! The service unit, and how a certificate that root alone may read gets to its user.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::Command;

use rcgen::{CertificateParams, KeyPair};

use crate::support::folder::Folder;

const UNIT: &str = include_str!("../../ops/megaphone.service");
const HOOK: &str = include_str!("../../ops/certbot-deploy-hook");
const POSTINST: &str = include_str!("../../debian/postinst");
const GUIDE: &str = include_str!("../../../../docs/operations.md");

/// A group that every Debian has, in place of the one that the package makes.
const GROUP: &str = "daemon";

#[test]
fn the_unit_the_hook_the_package_and_the_guide_mean_the_same_group() {
    assert!(UNIT.contains("\nSupplementaryGroups=megaphone-tls\n") && !UNIT.contains("LoadCredential=tls"));
    assert!(HOOK.contains("-g megaphone-tls ") && POSTINST.contains("groupadd --system megaphone-tls"));
    assert!(GUIDE.contains("groupadd --system megaphone-tls") && GUIDE.contains("-m 640 -g megaphone-tls"));
}

#[test]
fn systemd_understands_the_unit_and_rates_it_as_the_guide_says() {
    let folder = Folder::new();
    let unit = UNIT.replace("/usr/bin/megaphone", env!("CARGO_BIN_EXE_megaphone"));
    let unit = folder.write("megaphone.service", unit.as_bytes());
    let analyze = |arguments: &[&str]| Command::new("systemd-analyze").args(arguments).arg(&unit).output();
    let Ok(verified) = analyze(&["verify", "--man=no"]) else {
        eprintln!("skipped: systemd-analyze is not installed");
        return;
    };
    let said = String::from_utf8_lossy(&verified.stderr);
    // The machine that runs this may lack units that others have; only what is said of this one counts.
    let of_ours: Vec<_> = said.lines().filter(|line| line.contains("megaphone.service")).collect();
    assert!(of_ours.is_empty(), "{said}");
    let rated = analyze(&["security", "--offline=yes", "--no-pager"]).unwrap();
    let said = String::from_utf8_lossy(&rated.stdout).into_owned();
    let rating = said.lines().find_map(|line| line.split_once("exposure level for megaphone.service: "));
    let (rating, _) = rating.unwrap_or_else(|| panic!("{said}")).1.split_once(' ').unwrap();
    assert!(GUIDE.contains(&format!("rates its exposure at {rating}")), "{rating}");
}

/// What certbot keeps: a certificate for `localhost`, and a key that root alone may read.
fn renew(live: &Path) -> String {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    std::fs::write(live.join("privkey.pem"), key.serialize_pem()).unwrap();
    std::fs::set_permissions(live.join("privkey.pem"), std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(live.join("fullchain.pem"), certificate.pem()).unwrap();
    certificate.pem()
}

/// `megaphone check` as the service's user: nobody, with the group.
fn check(tls: &Path, groups: &str) -> (bool, String) {
    let app = Folder::app();
    std::fs::set_permissions(app.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let program = app.path().join("program");
    // Where the build lies nobody else may look.
    std::fs::copy(env!("CARGO_BIN_EXE_megaphone"), &program).unwrap();
    let output = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", groups])
        .arg(&program)
        .args(["check", "--endpoint", "drp", "--app"])
        .arg(app.path())
        .args([Path::new("--tls-cert"), &tls.join("cert.pem"), Path::new("--tls-key"), &tls.join("key.pem")])
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn the_hook_gives_the_service_each_certificate_and_nobody_else() {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !is_root {
        eprintln!("skipped: only root can act as the user of the service");
        return;
    }
    let folder = Folder::new();
    let (live, tls) = (folder.path().join("live"), folder.path().join("tls"));
    std::fs::create_dir(&live).unwrap();
    let hook = HOOK
        .replace("/etc/letsencrypt/live/portal.example.com", live.to_str().unwrap())
        .replace("/etc/megaphone/tls", tls.to_str().unwrap())
        .replace("megaphone-tls", GROUP)
        .replace("systemctl reload megaphone", "true");
    let run = |lineage: &Path| {
        let status = Command::new("sh").args(["-c", &hook]).env("RENEWED_LINEAGE", lineage).status().unwrap();
        assert!(status.success());
    };
    run(Path::new("/etc/letsencrypt/live/another.example.com"));
    assert!(!tls.exists(), "the hook leaves other certificates alone");
    for _ in 0..2 {
        let certificate = renew(&live);
        run(&live);
        assert_eq!(std::fs::read_to_string(tls.join("cert.pem")).unwrap(), certificate);
        assert_eq!(std::fs::metadata(tls.join("key.pem")).unwrap().mode() & 0o777, 0o640);
    }
    let (is_right, said) = check(&tls, &format!("--groups={GROUP}"));
    assert!(is_right, "{said}");
    let (is_right, said) = check(&tls, "--clear-groups");
    assert!(!is_right && said.contains("cannot read it"), "{said}");
}
