//! Subject and issuer as text that cannot be made to look like another name.

use x509_parser::objects::{oid_registry, oid2abbrev};
use x509_parser::oid_registry::OID_X509_ORGANIZATION_NAME;
use x509_parser::prelude::FromDer;
use x509_parser::x509::{AttributeTypeAndValue, RelativeDistinguishedName, X509Name};

use super::printable::printable;

/// The name by RFC 4514: the most particular part first, special characters escaped.
pub(super) fn text(name: &X509Name<'_>) -> String {
    let mut parts: Vec<String> =
        name.iter_rdn().map(|part| part.iter().map(attribute).collect::<Vec<_>>().join("+")).collect();
    parts.reverse();
    printable(&parts.join(","))
}

/// Whether a name, given as the content of its DER, belongs to an organisation.
pub(super) fn holds_organisation(content: &[u8], organisation: &str) -> bool {
    // The parts of a name stand one after another; the tag around them all was taken off.
    let mut rest = content;
    while let Ok((after, part)) = RelativeDistinguishedName::from_der(rest) {
        let is = |attribute: &AttributeTypeAndValue<'_>| {
            *attribute.attr_type() == OID_X509_ORGANIZATION_NAME
                && attribute.as_str().is_ok_and(|value| value == organisation)
        };
        if part.iter().any(is) {
            return true;
        }
        rest = after;
    }
    false
}

fn attribute(attribute: &AttributeTypeAndValue<'_>) -> String {
    let oid = attribute.attr_type();
    let kind = oid2abbrev(oid, oid_registry()).map_or_else(|_| oid.to_id_string(), ToOwned::to_owned);
    let value = attribute.as_str().map_or_else(|_| String::from_utf8_lossy(attribute.as_slice()), Into::into);
    format!("{kind}={}", escaped(&value))
}

/// RFC 4514 section 2.4.
fn escaped(value: &str) -> String {
    let last = value.chars().count().saturating_sub(1);
    let mut text = String::with_capacity(value.len());
    for (place, c) in value.chars().enumerate() {
        let at_the_edge = (place == 0 && matches!(c, ' ' | '#')) || (place == last && c == ' ');
        if at_the_edge || matches!(c, '"' | '+' | ',' | ';' | '<' | '>' | '\\') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_pass_for_another_part_of_the_name() {
        assert_eq!(escaped("Acme Co"), "Acme Co");
        assert_eq!(escaped("Acme, CN=Trusted Root"), "Acme\\, CN=Trusted Root");
        assert_eq!(escaped(" #x "), "\\ #x\\ ");
        assert_eq!(escaped("#"), "\\#");
    }
}
