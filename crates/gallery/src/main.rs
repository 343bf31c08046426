//! The gallery's start: a program of its own, so that nobody downloads it who does not open it.

fn main() {
    portal::gallery::run();
}
