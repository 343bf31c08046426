//! A page of the app below a base path: the build writes addresses from the root of the host, and one build must do for
//! every path that operators put it under.

use crate::base_path::BasePath;

/// The page with every address of the app below `base`. Only addresses for which `is_own` holds are changed.
pub(super) fn below(html: &str, base: &BasePath, is_own: impl Fn(&str) -> bool) -> String {
    let mut page = String::with_capacity(html.len() + 256);
    let mut rest = html;
    while let Some(at) = rest.find("\"/").into_iter().chain(rest.find("'/")).min() {
        let (before, quoted) = rest.split_at(at);
        let (quote, address) = quoted.split_at(1);
        let path = address.split(['"', '\'', '#', '?']).next().unwrap_or_default();
        page.push_str(before);
        page.push_str(quote);
        page.push_str(if is_own(path) { base.without_slash() } else { "" });
        page.push('/');
        rest = address.get(1..).unwrap_or_default();
    }
    page.push_str(rest);
    with_base_element(&page, base)
}

/// The page whose `<base>` names the base path; relative addresses and the app's own requests start from there.
fn with_base_element(html: &str, base: &BasePath) -> String {
    let Some((before, element)) = html.split_once("<base ") else { return html.to_owned() };
    let Some((_, after)) = element.split_once('>') else { return html.to_owned() };
    format!("{before}<base href=\"{}\">{after}", base.with_slash())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<base href=\"/\" /><link href=\"fonts/lato.woff2\"><link href=\"/main.css\"><a href=\"/troubleshooting#1006\">\
                        <a href=\"//other.example\"><a href=\"/elsewhere\"><script>import init from '/portal.js'; a = '/'</script>";

    fn below(base: &str) -> String {
        super::below(PAGE, &BasePath::parse(base).unwrap(), |path| {
            ["/main.css", "/portal.js", "/troubleshooting"].contains(&path)
        })
    }

    #[test]
    fn the_addresses_of_the_app_are_below_the_base_path_and_no_others() {
        assert_eq!(
            below("/portal/"),
            "<base href=\"/portal/\"><link href=\"fonts/lato.woff2\"><link href=\"/portal/main.css\">\
             <a href=\"/portal/troubleshooting#1006\"><a href=\"//other.example\"><a href=\"/elsewhere\">\
             <script>import init from '/portal/portal.js'; a = '/'</script>"
        );
    }

    #[test]
    fn at_the_root_only_the_base_element_is_rewritten() {
        assert_eq!(below("/"), PAGE.replace("<base href=\"/\" />", "<base href=\"/\">"));
    }
}
