//! The names of functions: as people read them, and the module that each belongs to.

/// How the functions are called with which the portal's parts begin: they are exported by a name without a path.
const PART: &str = "__wasm_split_";

/// The name as Rust writes it, without the hashes and numbers that tell copies of one function apart.
pub(super) fn plain(symbol: &str) -> String {
    // The cut gives a small function that only calls another the name of that, and a word behind it. In the first part,
    // names come from wasm-bindgen as Rust writes them, but with their hashes.
    let name = match rustc_demangle::try_demangle(symbol.split(' ').next().unwrap_or(symbol)) {
        Ok(name) => format!("{name:#}"),
        Err(_) => without_crate_hashes(symbol),
    };
    // wasm-opt's number for the second of two equal names.
    let name = name.trim_end_matches(|it: char| it.is_ascii_digit()).strip_suffix('.').unwrap_or(&name);
    let hashed = name.rsplit_once("::h").filter(|(_, hash)| hash.len() == 16 && is_hash(hash));
    hashed.map_or(name, |(name, _)| name).to_owned()
}

/// `core[c5930c85a12de822]::fmt::write` without what stands in the brackets. `<[f64]>::fill` has a type in them.
fn without_crate_hashes(name: &str) -> String {
    let mut pieces = name.split('[');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once(']') {
            Some((hash, after)) if plain.ends_with(is_of_word) && is_hash(hash) => plain.push_str(after),
            Some(_) | None => plain.extend(["[", piece]),
        }
    }
    plain
}

fn is_hash(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_ascii_hexdigit())
}

/// The module of a function, by the path with which its name begins: `<alloc::vec::Vec<T> as …>::clone` is in `alloc::vec`,
/// `portal::start::start::{{closure}}` in `portal::start`. Where a trait is implemented for a type without a path, such as
/// `T`, the path is that of the trait. A function inside another counts that as a module too: nothing tells them apart.
pub(super) fn module_of(name: &str) -> &str {
    let of_trait = name.split_once(" as ").map_or("", |(_, of_trait)| of_trait);
    match [name, of_trait].map(modules) {
        // What types have that come with the language: `<char>::is_alphanumeric`.
        ["", ""] if name.starts_with('<') && name.contains(">::") => "core",
        ["", ""] if name.starts_with(PART) => "portal",
        ["", ""] => "(no crate)",
        ["", path] | [path, _] => path,
    }
}

/// The crate of a function: where its module's path begins.
pub(super) fn crate_of(name: &str) -> &str {
    let module = module_of(name);
    module.split_once("::").map_or(module, |(name, _)| name)
}

/// The modules with which a path begins: each is a word in small letters, and another name follows it.
fn modules(text: &str) -> &str {
    let path = ["mut ", "const ", "dyn "]
        .iter()
        .fold(without_signs(text), |path, word| without_signs(path.strip_prefix(word).unwrap_or(path)));
    let (mut end, mut rest) = (0, path);
    while let Some((segment, after)) = rest.split_once("::") {
        let is_word = segment != "_" && segment.chars().all(is_of_word);
        let is_small = segment.starts_with(|it: char| it.is_ascii_lowercase() || it == '_');
        if !is_word || !is_small || !(after.starts_with(is_of_word) || after.starts_with("<impl ")) {
            break;
        }
        end = path.len() - after.len() - "::".len();
        rest = after;
    }
    path.get(..end).unwrap_or_default()
}

fn without_signs(text: &str) -> &str {
    text.trim_start_matches(['<', '&', '[', '(', '*'])
}

fn is_of_word(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_one_function_have_one_name() {
        for (symbol, name) in [
            ("_ZN6portal6driver6Driver8dispatch17hee99313d4c5ecbc0E", "portal::driver::Driver::dispatch"),
            (
                "_ZN6portal6driver6Driver8dispatch17hee99313d4c5ecbc0E indirect_call_shim",
                "portal::driver::Driver::dispatch",
            ),
            ("_RNvNtCs5cOc02OMXlo_5alloc5boxed14box_new_uninit.732", "alloc::boxed::box_new_uninit"),
            ("portal::driver::Driver::dispatch::hee99313d4c5ecbc0", "portal::driver::Driver::dispatch"),
            ("<core[c5930c85a12de822]::fmt::Formatter>::pad.7", "<core::fmt::Formatter>::pad"),
            ("<[f64] as core[c5930c85a12de822]::fmt::Debug>::fmt", "<[f64] as core::fmt::Debug>::fmt"),
            ("portal::page::head", "portal::page::head"),
            ("memcmp", "memcmp"),
        ] {
            assert_eq!(plain(symbol), name, "{symbol}");
        }
    }

    #[test]
    fn a_function_counts_for_the_module_that_its_name_begins_with() {
        for (name, module) in [
            ("portal::driver::Driver::dispatch", "portal::driver"),
            ("portal::driver::socket::handler::{{closure}}", "portal::driver::socket"),
            ("portal::start::start::{{closure}}", "portal::start"),
            ("portal::main", "portal"),
            ("connection::machine::sockets::<impl connection::machine::Machine>::lost", "connection::machine::sockets"),
            ("core::ptr::drop_in_place<alloc::rc::Rc<portal::driver::Driver>>", "core::ptr"),
            ("<core::net::parser::Parser>::read_number::<u16>::{closure#0}", "core::net::parser"),
            ("core::str::parse::<u16>", "core::str"),
            ("wasm_bindgen::convert::closures::_::invoke", "wasm_bindgen::convert::closures"),
            ("web_sys::features::gen_Node::Node::base_uri", "web_sys::features::gen_Node"),
            ("<alloc::vec::Vec<T,A> as core::clone::Clone>::clone", "alloc::vec"),
            ("<&mut leptos::View as core::fmt::Debug>::fmt", "leptos"),
            ("<T as tachys::view::any_view::IntoAny>::into_any", "tachys::view::any_view"),
            ("<() as tachys::html::attribute::NextAttribute>::add_any_attr", "tachys::html::attribute"),
            ("<u32 as core::fmt::Display>::fmt", "core::fmt"),
            ("<char>::escape_debug_ext", "core"),
            ("__wasm_split_00app00_export_2ae6662004a378d9_mount", "portal"),
            ("<unknown> externref shim_668", "(no crate)"),
            ("memcmp", "(no crate)"),
            ("(no name)", "(no crate)"),
        ] {
            assert_eq!(module_of(name), module, "{name}");
        }
    }

    #[test]
    fn a_crate_is_the_first_name_of_a_path() {
        for (name, of) in [
            ("portal::driver::Driver::dispatch", "portal"),
            ("portal::main", "portal"),
            ("<T as tachys::view::any_view::IntoAny>::into_any", "tachys"),
            ("main", "(no crate)"),
        ] {
            assert_eq!(crate_of(name), of, "{name}");
        }
    }
}
