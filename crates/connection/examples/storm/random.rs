//! Random bits that are the same on every run: xorshift64*, which needs no crate.

pub(super) struct Random(u64);

impl Random {
    /// Takes any seed; 0, which xorshift cannot leave, is replaced.
    pub(super) fn new(seed: u64) -> Self {
        Self(if seed == 0 { 0x9E37_79B9_7F4A_7C15 } else { seed })
    }

    /// 32 random bits.
    pub(super) fn next_u32(&mut self) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_are_evenly_spread() {
        let mut random = Random::new(1);
        let mut eighths = [0_u32; 8];
        for _ in 0..80_000 {
            eighths[(random.next_u32() >> 29) as usize] += 1;
        }
        assert!(eighths.iter().all(|count| count.abs_diff(10_000) < 500), "{eighths:?}");
    }

    #[test]
    fn no_seed_stands_still() {
        let mut random = Random::new(0);
        assert_ne!(random.next_u32(), random.next_u32());
    }
}
