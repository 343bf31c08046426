//! Builds the program again when the app that it carries changes.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_EMBED_APP").is_some() {
        println!("cargo::rerun-if-changed=../../dist");
    }
}
