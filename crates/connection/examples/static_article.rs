//! Puts the article and the table of close codes into the page's frame: it is read from the first paint on, until the program
//! has drawn its own, and by those whose browser runs no program. Reads the built page on stdin and writes it to stdout. A step
//! of the build, so that the page is served as it is.

use std::io::{self, Read, Write};

use connection::close_code::{CLOSE_CODES, CloseCode, CloseCodeRow, Range};
use connection::words::article::{self, Section, Span};

fn main() -> io::Result<()> {
    let mut page = String::new();
    io::stdin().read_to_string(&mut page)?;
    let page = fill(&page).ok_or_else(|| io::Error::other("the page has no <main> to fill"))?;
    io::stdout().write_all(page.as_bytes())
}

/// The page with its keywords, and the article at the end of its `<main>`, below what is said there of the program, if it has one.
fn fill(page: &str) -> Option<String> {
    let (head, rest) = page.split_once("</head>")?;
    let (before, after) = rest.split_once("</main>")?;
    let keywords = format!("<meta name=\"keywords\" content=\"{}\" />\n", escape(article::KEYWORDS));
    Some([head, &keywords, "</head>", before, &html(), "</main>", after].concat())
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
        table(article::USUAL_CODES, true),
        table(article::RARE_CODES, false),
        "<div class=\"prose\">\n<h2>See also</h2>\n<ul>\n".to_owned(),
        article::SEE_ALSO
            .map(|(address, name)| format!("<li><a href=\"{}\" rel=\"noopener\">{}</a></li>\n", escape(address), escape(name)))
            .concat(),
        "</ul>\n<h2>Applies to</h2>\n".to_owned(),
        element("p", article::APPLIES_TO),
        "</div>\n".to_owned(),
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

/// The roles keep it a table for screen readers where the style makes a list of the rows.
fn table(name: &str, usual: bool) -> String {
    let head = ["Code", "Name", "Meaning", "What the portal does"]
        .map(|name| format!("<th scope=\"col\" role=\"columnheader\">{name}</th>"));
    let rows = rows().filter(|(it, _)| CloseCode(it.code).is_usual() == usual).map(|(it, number)| row(it, number));
    format!(
        "<section class=\"card codes-card\"><h2 class=\"codes-group\">{}</h2>\n\
         <table class=\"codes\" role=\"table\">\n\
         <thead role=\"rowgroup\"><tr role=\"row\">{}</tr></thead>\n<tbody role=\"rowgroup\">\n{}</tbody>\n</table></section>\n",
        escape(name),
        head.concat(),
        rows.collect::<String>(),
    )
}

/// Every row with the number or numbers that it stands for.
fn rows() -> impl Iterator<Item = (&'static CloseCodeRow, String)> {
    let ranges = Range::ALL.into_iter().map(|range| {
        let (first, last) = range.bounds();
        (range.row(), format!("{first}–{last}"))
    });
    CLOSE_CODES.iter().map(|row| (row, row.code.to_string())).chain(ranges)
}

fn row(row: &CloseCodeRow, number: String) -> String {
    let alias = row.alias.map(|alias| format!(" <span class=\"code\">{}</span>", escape(alias)));
    let steps = row.remedy.iter().map(|step| format!("<li>{}</li>", escape(step))).collect::<String>();
    format!(
        "<tr id=\"{}\" role=\"row\"><th scope=\"row\" role=\"rowheader\" class=\"number\">{number}</th>\
         <td role=\"cell\" class=\"name\"><p>{}</p>{}</td>\
         <td role=\"cell\" class=\"what\"><p class=\"font-bold\">{}</p><ol class=\"steps\">{steps}</ol><p>{}</p><p>{}</p></td>\
         <td role=\"cell\" class=\"does\"><span class=\"badge\">{}</span></td></tr>\n",
        row.code,
        escape(row.name),
        alias.unwrap_or_default(),
        escape(row.gist),
        escape(row.for_drp),
        escape(row.meaning),
        escape(row.retry.short()),
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
        let (_, rest) = page.split_once("<main class=\"page\">").unwrap();
        let (block, _) = rest.split_once("</main>").unwrap();
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
    fn every_code_and_every_range_is_a_row_with_name_meaning_and_steps() {
        let shown = shown();
        let lines: Vec<&str> = shown.lines().filter(|line| line.starts_with("<tr id=")).collect();
        assert_eq!(lines.len(), CLOSE_CODES.len() + Range::ALL.len());
        for (row, number) in rows() {
            let start = format!("<tr id=\"{}\"", row.code);
            let line = lines.iter().find(|line| line.starts_with(&start)).unwrap();
            let texts = [&number, row.name, row.alias.unwrap_or_default(), row.gist, row.meaning, row.for_drp];
            for text in texts.iter().chain(row.remedy) {
                assert!(line.contains(text), "{}: {text}", row.code);
            }
        }
    }

    #[test]
    fn no_sentence_of_the_article_is_written_in_the_page_by_hand() {
        // The page's scripts are no words for anybody.
        let body = PAGE.split_once("<body>").unwrap().1;
        for word in ["WebSocket", "1006", "certificate"] {
            assert!(!body.contains(word), "{word}");
        }
    }

    #[test]
    fn the_rest_of_the_page_stays_as_it_is() {
        let (page, (head, _), (_, after)) =
            (fill(PAGE).unwrap(), PAGE.split_once("</head>").unwrap(), PAGE.split_once("</main>").unwrap());
        assert!(page.starts_with(head) && page.ends_with(after));
        assert!(page.contains("<meta name=\"keywords\" content=\"DRP, portal"));
        assert_eq!(fill("<p>no such place</p>"), None);
    }

    #[test]
    fn texts_cannot_be_markup() {
        assert_eq!(escape("<b title=\"a\">R&D"), "&lt;b title=&quot;a&quot;&gt;R&amp;D");
    }
}
