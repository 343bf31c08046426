//! The app's start.

/// The standard library's for wasm, dlmalloc, is a few kilobytes more of the first part.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    portal::run();
}
