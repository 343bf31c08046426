//! The app's start.

fn main() {
    portal::run();
}
