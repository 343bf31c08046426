//! Limits the app's size, part by part: what every visitor downloads until the megaphone is live, until all of the overview
//! works, and after that. Says what the gallery costs beside it. Holds the framework out of the first part.

use crate::failure::{Failure, Outcome};
use crate::size;
use crate::size::sent::Files;

/// Bytes after brotli 11, the best that a server can send. Lower them with each gain.
const FIRST_PART: u64 = 50_000;
const UNTIL_LIVE: u64 = 64_000;
const UNTIL_OVERVIEW: u64 = 170_000;

/// What the first part does without: the framework, and what makes values of JSON.
const LATER: [&str; 7] =
    ["leptos", "leptos_dom", "leptos_router", "reactive_graph", "tachys", "serde_core", "serde_json"];

/// Fails when something in `dist` is over its budget, or when there is nothing.
pub(super) fn check() -> Outcome {
    let files = Files::of_dist()?;
    let first = files.sum("portal_bg-", ".wasm");
    let scripts = files.sum("portal-", ".js") + files.sum("parts-", ".js");
    let page = files.sum("index", ".html");
    let app = files.sum("portal_app-", ".bin");
    println!("  first part {first}, its scripts {scripts}, page with its styles {page}; then the app {app}");
    let later = files.sum("portal_", ".bin") - app;
    println!("  after that, unseen: other parts {later}, fonts {}", files.sum("lato-", ".woff2"));
    let [wasm, script, css] =
        [("gallery-", ".wasm"), ("gallery-", ".js"), ("preview-", ".css")].map(|(start, end)| files.sum(start, end));
    println!("  the gallery, for those who open it: wasm {wasm}, JavaScript {script}, styles {css}");

    let live = first + scripts + page;
    let budgets = [
        ("first part", first, FIRST_PART),
        ("all until the megaphone is live", live, UNTIL_LIVE),
        ("all until the overview is there", live + app, UNTIL_OVERVIEW),
    ];
    let mut over = Vec::new();
    for (what, bytes, budget) in budgets {
        println!("  {what}: {bytes} bytes, of {budget}");
        if bytes > budget {
            over.push(format!("{what}: {bytes} bytes as brotli, over the budget of {budget}"));
        }
    }
    if first == 0 || app == 0 {
        over.push("a part of the program is missing in dist".to_owned());
    }
    let crates = size::crates_of_first_part()?;
    if !crates.contains("portal") {
        over.push("the functions of the first part in target/portal have no names".to_owned());
    }
    over.extend(
        LATER.iter().filter(|it| crates.contains(**it)).map(|it| format!("the first part has functions of {it}")),
    );
    if over.is_empty() { Ok(()) } else { Err(Failure::step(over.join("\n"))) }
}
