//! The portal's static page, for the states in which no program of it runs. It is the page that the server sends, so that
//! nothing of it is drawn a second time.

use gloo_net::http::Request;
use leptos::prelude::*;
use portal::base_path::below_base;
use states::Shell;
use wasm_bindgen::JsCast;
use web_sys::{DomParser, SupportedType};

/// Puts the portal's page, without its programs, in the place of this page. False if it cannot be had.
pub(crate) async fn load() -> bool {
    load_page().await.is_some()
}

async fn load_page() -> Option<()> {
    let page = Request::get(&below_base("/")).header("accept", "text/html").send().await.ok()?.text().await.ok()?;
    let page = DomParser::new().ok()?.parse_from_string(&page, SupportedType::TextHtml).ok()?;
    let (source, target) = (page.body()?, document().body()?);
    target.set_text_content(None);
    while let Some(node) = source.first_child() {
        // Appending adopts the node. What a parser made does not run, but it is not part of what is seen either.
        let script = node.dyn_ref::<web_sys::Element>().is_some_and(|element| element.tag_name() == "SCRIPT");
        source.remove_child(&node).ok()?;
        if !script {
            target.append_child(&node).ok()?;
        }
    }
    Some(())
}

/// Shows the page as it is before the program starts, or instead of it.
pub(crate) fn show(shell: Shell) {
    match shell {
        // As the page is; the message of a broken program lies over what it last rendered.
        Shell::Starting | Shell::Broken => {}
        Shell::Welcome => mark("data-welcome"),
        Shell::CannotStart => mark("data-failed"),
        Shell::NoScript => {
            // Where programs run, the browser does not render this block.
            let block = document().query_selector("noscript").ok().flatten();
            let shown = document().create_element("div").ok();
            if let (Some(block), Some(shown)) = (block, shown) {
                shown.set_inner_html(&block.inner_html());
                let _ = block.replace_with_with_node_1(&shown);
            }
            if let Some(starting) = document().get_element_by_id("starting") {
                starting.remove();
            }
        }
    }
}

/// Sets a mark of the page's own script, which does not run here.
fn mark(name: &str) {
    let _ = document().document_element().map(|root| root.set_attribute(name, ""));
}
