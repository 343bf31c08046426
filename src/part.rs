//! The parts of the program that come later, each a file of its own. What is written with [`part!`] is compiled with all
//! the rest, and `cargo xtask build` cuts it off: whatever nothing else needs is in that file. Builds without the feature
//! `split` (the gallery's, `cargo xtask dev`'s, the tests') have everything in one.

// The cut is made at functions that are imported and exported by name, which Rust counts as unsafe.
#![cfg_attr(feature = "split", allow(unsafe_code, reason = "see above"))]

/// A part could not be fetched: the network is away, or the server has another release meanwhile. Asking again tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Missing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// A function in a part of its own: `part!(FILE, fetch PREFETCH, VISIBILITY fn NAME(ARGUMENT: TYPE, …) -> RESULT { … })`.
/// The function is async and its result is a `Result<RESULT, Missing>`; `PREFETCH` only has the part fetched.
macro_rules! part {
    ($file:ident, fetch $fetch:ident, $(#[$about:meta])* $visibility:vis fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty $body:block) => {
        #[cfg(feature = "split")]
        $(#[$about])*
        #[wasm_split_helpers::wasm_split($file, fallible, preload($fetch))]
        #[allow(unsafe_code, reason = "see part.rs")]
        $visibility fn $name($($argument: $type),*) -> Result<$result, $crate::part::Missing> {
            Ok($body)
        }
        #[cfg(not(feature = "split"))]
        $(#[$about])*
        $visibility async fn $name($($argument: $type),*) -> Result<$result, $crate::part::Missing> {
            Ok($body)
        }
        #[cfg(not(feature = "split"))]
        #[allow(dead_code, reason = "not every part is fetched ahead")]
        $visibility async fn $fetch() -> Result<(), $crate::part::Missing> {
            Ok(())
        }
    };
}
pub(crate) use part;
