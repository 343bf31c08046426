//! The kind and size of a public key.

use x509_parser::public_key::PublicKey;
use x509_parser::x509::SubjectPublicKeyInfo;

/// As people call it, such as `RSA 2048`, `P-256` or `Ed25519`; the object identifier of a kind without a name here.
pub(super) fn text(info: &SubjectPublicKeyInfo<'_>) -> String {
    let algorithm = info.algorithm.algorithm.to_id_string();
    match algorithm.as_str() {
        "1.2.840.113549.1.1.1" => format!("RSA {}", bits(info)),
        "1.2.840.113549.1.1.10" => format!("RSA-PSS {}", bits(info)),
        "1.2.840.10045.2.1" => curve(info),
        "1.2.840.10040.4.1" => "DSA".to_owned(),
        "1.3.101.112" => "Ed25519".to_owned(),
        "1.3.101.113" => "Ed448".to_owned(),
        _ => algorithm,
    }
}

/// Whether Chromium and Safari can use a key of this kind in TLS.
pub(super) fn is_of_browsers(key: &str) -> bool {
    rsa_bits(key).is_some() || matches!(key, "P-256" | "P-384")
}

/// Whether Firefox can.
pub(super) fn is_of_firefox(key: &str) -> bool {
    is_of_browsers(key) || key == "P-521"
}

/// Whether it is shorter than some browser accepts.
pub(super) fn is_weak(key: &str) -> bool {
    rsa_bits(key).is_some_and(|bits| bits < 2_048)
}

fn rsa_bits(key: &str) -> Option<usize> {
    key.strip_prefix("RSA ")?.parse().ok()
}

fn bits(info: &SubjectPublicKeyInfo<'_>) -> usize {
    match info.parsed() {
        // The leading zero that keeps the number positive does not count.
        Ok(PublicKey::RSA(rsa)) => {
            let number = rsa.modulus.iter().position(|byte| *byte != 0).and_then(|start| rsa.modulus.get(start..));
            number.map_or(0, |number| {
                let leading = number.first().map_or(0, |byte| byte.leading_zeros() as usize);
                number.len() * 8 - leading
            })
        }
        Ok(_) | Err(_) => 0,
    }
}

fn curve(info: &SubjectPublicKeyInfo<'_>) -> String {
    let named = info.algorithm.parameters.as_ref().and_then(|parameters| parameters.as_oid().ok());
    let Some(curve) = named.map(|curve| curve.to_id_string()) else { return "EC".to_owned() };
    let name = match curve.as_str() {
        "1.2.840.10045.3.1.1" => "P-192",
        "1.3.132.0.33" => "P-224",
        "1.2.840.10045.3.1.7" => "P-256",
        "1.3.132.0.34" => "P-384",
        "1.3.132.0.35" => "P-521",
        "1.3.132.0.10" => "secp256k1",
        "1.3.36.3.3.2.8.1.1.7" => "brainpoolP256r1",
        "1.3.36.3.3.2.8.1.1.11" => "brainpoolP384r1",
        "1.3.36.3.3.2.8.1.1.13" => "brainpoolP512r1",
        _ => return format!("EC {curve}"),
    };
    name.to_owned()
}
