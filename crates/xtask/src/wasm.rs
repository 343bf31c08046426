//! Modules of WebAssembly as bytes: their sections, and the numbers and texts in these.

/// The magic number and the version, with which every module begins.
const HEADER: &[u8] = b"\0asm\x01\0\0\0";

/// Bytes that are still to be read. Every method is `None` where they end too early.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// The sections of a module: for each a byte, its id, and what has its length before it.
    pub(crate) fn of_module(wasm: &'a [u8]) -> Option<Self> {
        wasm.strip_prefix(HEADER).map(Self)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number in LEB128, of 32 bits at the most.
    pub(crate) fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// What has its length before it.
    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        let (inside, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(inside)
    }

    /// The same, to be read further.
    pub(crate) fn sized(&mut self) -> Option<Self> {
        self.bytes().map(Self)
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }
}

/// The module with another content in its section of this id. `None` where it is no module, or `change` knows not what to do.
pub(crate) fn changed(
    wasm: &[u8],
    section: u8,
    mut change: impl FnMut(Reader<'_>) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let mut out = HEADER.to_vec();
    let mut rest = Reader::of_module(wasm)?;
    while let Some(id) = rest.byte() {
        let content = rest.bytes()?;
        out.push(id);
        match id == section {
            true => put_bytes(&mut out, &change(Reader(content))?),
            false => put_bytes(&mut out, content),
        }
    }
    Some(out)
}

pub(crate) fn put_number(out: &mut Vec<u8>, mut number: usize) {
    while number > 0x7F {
        out.push(u8::try_from(number & 0x7F).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or_default());
}

/// With their length before them.
pub(crate) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// A module of one section, with a custom one behind it.
#[cfg(test)]
pub(crate) fn module_of(section: u8, content: &[u8]) -> Vec<u8> {
    let mut module = HEADER.to_vec();
    module.push(section);
    put_bytes(&mut module, content);
    module.extend([0, 2, 1, b'x']);
    module
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_length_are_written_and_read() {
        for number in [0, 127, 128, 16_383, 16_384, 4_000_000_000] {
            let mut bytes = Vec::new();
            put_number(&mut bytes, number);
            assert_eq!(Reader(&bytes).number(), Some(number));
        }
        assert_eq!(Reader(&[0xFF; 9]).number(), None);
    }

    #[test]
    fn one_section_changes_and_no_other() {
        let module = module_of(7, b"old");
        assert_eq!(changed(&module, 7, |_| Some(b"new and longer".to_vec())), Some(module_of(7, b"new and longer")));
        assert_eq!(changed(&module, 2, |_| None), Some(module.clone()));
        assert_eq!(changed(&module, 7, |_| None), None);
        assert_eq!(changed(module.get(..10).unwrap(), 2, |_| None), None);
    }
}
