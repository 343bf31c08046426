//! Fills the page's `<noscript>` with the article and the table of close codes, for those whose browser runs no program:
//! reads the built page on stdin and writes it to stdout. A step of the build, so that the page is served as it is.

use std::io::{self, Read, Write};

use connection::close_code::{CLOSE_CODES, CloseCode, CloseCodeRow, Range};
use connection::words::article::{self, Section, Span};

fn main() -> io::Result<()> {
    let mut page = String::new();
    io::stdin().read_to_string(&mut page)?;
    let page = fill(&page).ok_or_else(|| io::Error::other("the page has no <noscript> to fill"))?;
    io::stdout().write_all(page.as_bytes())
}

/// The page with the article at the end of its `<noscript>`, if it has one.
fn fill(page: &str) -> Option<String> {
    let (before, after) = page.split_once("</noscript>")?;
    Some([before, &html(), "</noscript>", after].concat())
}

fn html() -> String {
    let [there, back, restart, for_good] = article::FIX.map(escape);
    let (command, note) = article::FIX_COMMAND;
    [
        "<div class=\"prose\">\n".to_owned(),
        element("h2", article::TITLE),
        element("p", article::LEAD),
        section(article::WHAT_HAPPENS),
        section(article::USUAL_CAUSE),
        element("h2", article::EASIEST_FIX),
        format!(
            "<ol class=\"steps\">\n<li><p>{there}</p><p class=\"hint\">Its address looks like {}</p></li>\n\
             <li>{back}</li>\n<li>{restart}</li>\n\
             <li><p>{for_good}</p><div class=\"command\"><code>{}</code></div><p class=\"hint mt-1\">{}</p></li>\n</ol>\n",
            escape(article::ADDRESS_EXAMPLE),
            escape(command),
            escape(note),
        ),
        section(article::CODES),
        "</div>\n".to_owned(),
        table(),
        "<div class=\"prose\">\n<h2>See also</h2>\n<ul>\n".to_owned(),
        article::SEE_ALSO
            .map(|(address, name)| format!("<li><a href=\"{}\" rel=\"noopener\">{}</a></li>\n", escape(address), escape(name)))
            .concat(),
        "</ul>\n<h2>Applies to</h2>\n".to_owned(),
        element("p", article::APPLIES_TO),
        format!("<p class=\"hint\">Keywords: {}</p>\n</div>\n", escape(article::KEYWORDS)),
    ]
    .concat()
}

fn section(section: Section) -> String {
    let span = |span: &Span| match *span {
        Span::Text(text) => escape(text),
        Span::Code(CloseCode(code)) => format!("<a href=\"/troubleshooting#{code}\">{code}</a>"),
    };
    let paragraph = |spans: &&[Span]| ["<p>", &spans.iter().map(span).collect::<String>(), "</p>\n"].concat();
    element("h2", section.heading) + &section.paragraphs.iter().map(paragraph).collect::<String>()
}

/// The roles keep it a table for screen readers where the style makes cards of the rows.
fn table() -> String {
    let head = [("Code", ""), ("Name", " class=\"w-56\""), ("Meaning", ""), ("For DRP", "")]
        .map(|(name, width)| format!("<th scope=\"col\" role=\"columnheader\"{width}>{name}</th>"));
    let codes = CLOSE_CODES.iter().map(|it| row(it, it.code.to_string()));
    let ranges = Range::ALL.map(|range| {
        let (first, last) = range.bounds();
        row(range.row(), format!("{first}–{last}"))
    });
    format!(
        "<div class=\"card mt-5 overflow-hidden\"><table class=\"codes\" role=\"table\">\n\
         <thead role=\"rowgroup\"><tr role=\"row\">{}</tr></thead>\n<tbody role=\"rowgroup\">\n{}</tbody>\n</table></div>\n",
        head.concat(),
        codes.chain(ranges).collect::<String>(),
    )
}

fn row(row: &CloseCodeRow, number: String) -> String {
    let alias = row.alias.map(|alias| format!("<p class=\"mt-1\"><span class=\"code\">{}</span></p>", escape(alias)));
    format!(
        "<tr id=\"{}\" role=\"row\"><th scope=\"row\" role=\"rowheader\"><span class=\"number\">{number}</span></th>\
         <td role=\"cell\"><p class=\"font-bold\">{}</p>{}</td><td role=\"cell\">{}</td><td role=\"cell\">{}</td></tr>\n",
        row.code,
        escape(row.name),
        alias.unwrap_or_default(),
        escape(row.meaning),
        escape(row.for_drp),
    )
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", escape(text))
}

/// A text as HTML, inside an element or a quoted attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page that is built.
    const PAGE: &str = include_str!("../../../index.html");

    /// What the browser shows without a program, with the characters that were escaped as they were.
    fn shown() -> String {
        let page = fill(PAGE).unwrap();
        let (_, rest) = page.split_once("<noscript>").unwrap();
        let (block, _) = rest.split_once("</noscript>").unwrap();
        block.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn every_sentence_of_the_article_stands_in_the_page() {
        let shown = shown();
        let sections = [article::WHAT_HAPPENS, article::USUAL_CAUSE, article::CODES];
        let spans = sections.iter().flat_map(|section| section.paragraphs.iter().copied().flatten());
        let texts = spans.filter_map(|span| match span {
            Span::Text(text) => Some(*text),
            Span::Code(_) => None,
        });
        for text in texts.chain(article::FIX).chain([
            article::TITLE,
            article::LEAD,
            article::FIX_COMMAND.0,
            article::APPLIES_TO,
        ]) {
            assert!(shown.contains(text), "{text}");
        }
        assert!(shown.contains("<a href=\"/troubleshooting#1006\">1006</a>"));
    }

    #[test]
    fn every_code_and_every_range_is_a_row_with_name_and_meaning() {
        let shown = shown();
        let rows: Vec<&str> = shown.lines().filter(|line| line.starts_with("<tr id=")).collect();
        assert_eq!(rows.len(), CLOSE_CODES.len() + Range::ALL.len());
        for (row, line) in CLOSE_CODES.iter().chain(Range::ALL.map(Range::row)).zip(rows) {
            assert!(line.starts_with(&format!("<tr id=\"{}\"", row.code)), "{line}");
            for text in [row.name, row.alias.unwrap_or_default(), row.meaning, row.for_drp] {
                assert!(line.contains(text), "{}: {text}", row.code);
            }
        }
    }

    #[test]
    fn no_sentence_of_the_article_is_written_in_the_page_by_hand() {
        for word in ["WebSocket", "1006", "certificate"] {
            assert!(!PAGE.contains(word), "{word}");
        }
    }

    #[test]
    fn the_rest_of_the_page_stays_as_it_is() {
        let (page, (before, after)) = (fill(PAGE).unwrap(), PAGE.split_once("</noscript>").unwrap());
        assert!(page.starts_with(before) && page.ends_with(after));
        assert_eq!(fill("<p>no such place</p>"), None);
    }

    #[test]
    fn texts_cannot_be_markup() {
        assert_eq!(escape("<b title=\"a\">R&D"), "&lt;b title=&quot;a&quot;&gt;R&amp;D");
    }
}
