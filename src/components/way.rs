//! Draws the picture of the way: one table, which stands on its side where there is room. Its marks differ in shape before
//! they differ in colour.

use connection::view::{Cell, Link, Picture, Row};
use connection::way::{Mark, Vantage};
use connection::words;
use leptos::prelude::*;

use crate::icon::{Icon, icon};

/// The picture. Its sentence is only heard: a heading has just said the same, and the band shows it.
pub fn picture(picture: Picture) -> impl IntoView {
    let certain = picture.certain.map(|certain| certain.to_string());
    let lanes = picture.lanes.len();
    let stations = picture.rows.len();
    view! {
        <figure class="way" data-certain=certain>
            <figcaption class="sr-only">{picture.caption}</figcaption>
            // The roles keep it a table for screen readers where the style lays it out as a grid.
            <table role="table" data-lanes=lanes data-stations=stations>
                <thead role="rowgroup">
                    <tr role="row">
                        <td role="cell"></td>
                        {picture.lanes.into_iter().map(head).collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">{picture.rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </figure>
    }
}

fn head(vantage: Vantage) -> impl IntoView {
    let drawing = match vantage {
        Vantage::Page => Icon::System,
        Vantage::Server => Icon::Server,
        Vantage::Person => Icon::Person,
    };
    view! {
        <th role="columnheader" scope="col">
            {icon(drawing)}
            {heard_alike(words::vantage(vantage), words::vantage_short(vantage))}
        </th>
    }
}

/// What is seen where there is room and where there is none. Screen readers get the same of both.
fn heard_alike(wide: &'static str, narrow: impl IntoView) -> impl IntoView {
    view! {
        <span class="sr-only">{wide}</span>
        <span class="wide" aria-hidden="true">
            {wide}
        </span>
        <span class="narrow" aria-hidden="true">
            {narrow}
        </span>
    }
}

fn row(row: Row) -> impl IntoView {
    view! {
        <tr role="row" data-broken=row.broken.then_some("true") data-fused=row.fused.then_some("true")>
            <th role="rowheader" scope="row">
                {heard_alike(row.name, row.names)}
                {row.remark.map(|remark| view! { <span class="narrow way-remark" aria-hidden="true">{remark}</span> })}
            </th>
            {row.cells.into_iter().map(cell).collect_view()}
        </tr>
    }
}

fn cell(cell: Cell) -> impl IntoView {
    let drawing = match cell.mark {
        Some(Mark::Passed) => icon(Icon::Check),
        Some(Mark::Failed(_)) => icon(Icon::Cross),
        Some(Mark::Asked) => icon(Icon::External),
        Some(Mark::Unknown) => "?".into_any(),
        Some(Mark::Looking) => "…".into_any(),
        Some(Mark::DidNotLook(why)) => (cell.span > 0).then_some(why).into_any(),
        Some(Mark::NotReached | Mark::CannotLook) | None => ().into_any(),
    };
    let remark = match cell.mark {
        Some(Mark::Failed(remark)) => Some(view! { <span class="way-remark" aria-hidden="true">{remark}</span> }),
        Some(_) | None => None,
    };
    let line = |link: Link| (link != Link::None).then(|| link.name());
    view! {
        <td
            role="cell"
            data-mark=cell.mark.map(Mark::name)
            data-covered=(cell.span == 0).then_some("true")
            style:--span=cell.span.max(1).to_string()
            data-before=line(cell.before)
            data-after=line(cell.after)
        >
            <span class="way-mark" aria-hidden="true" title=cell.mark.map(words::mark)>
                <span>{drawing}</span>
            </span>
            {remark}
            <span class="sr-only">{cell.mark.map(words::mark)}</span>
        </td>
    }
}
