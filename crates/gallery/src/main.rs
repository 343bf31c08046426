//! The gallery's start: a program of its own, so that only those download it who open it.

fn main() {
    gallery::run();
}
