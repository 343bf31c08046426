//! Numbers that look random and are the same for the same seed: splitmix64, which needs no crate and no state but one
//! word.

#[derive(Debug)]
pub(super) struct Rng(u64);

impl Rng {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to below `end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or(0)
    }

    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.index(items.len()))
    }

    /// An index into something of this length; 0 into nothing.
    pub(super) fn index(&mut self, length: usize) -> usize {
        // An index below a `usize` is one again.
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// So many hexadecimal digits.
    pub(super) fn hex(&mut self, digits: usize) -> String {
        (0..digits).map(|_| char::from_digit((self.next() >> 60) as u32, 16).unwrap_or('0')).collect()
    }

    pub(super) fn uuid(&mut self) -> String {
        let (variant, rest) = (["8", "9", "a", "b"], self.hex(3));
        let variant = self.pick(&variant).copied().unwrap_or("8");
        format!("{}-{}-4{}-{variant}{rest}-{}", self.hex(8), self.hex(4), self.hex(3), self.hex(12))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_below_their_end() {
        let mut rng = Rng::new(1);
        assert!((0..1_000).all(|_| rng.below(7) < 7));
        assert_eq!(rng.below(0), 0);
    }

    #[test]
    fn a_uuid_has_the_form_of_version_4() {
        let uuid = Rng::new(5).uuid();
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(uuid.as_bytes()[14], b'4');
    }

    #[test]
    fn nothing_is_picked_from_nothing() {
        assert_eq!(Rng::new(1).pick::<u8>(&[]), None);
    }
}
