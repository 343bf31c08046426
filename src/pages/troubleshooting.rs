//! What “Unable to access DRP” means and what to do about it, with the table of close codes: the knowledge-base article
//! as a living page, which knows the person's own endpoint and last loss.

use connection::close_code::CloseCode;
use connection::endpoint::{DEFAULT_PORT, Endpoint};
use leptos::prelude::*;

use crate::app::Portal;
use crate::components::{CodeTable, Command, Decoder, Heading, OpenLink, RowLink, press};

/// The page.
#[component]
pub fn Troubleshooting() -> impl IntoView {
    let portal = expect_context::<Portal>();
    let state = portal.machine;
    let endpoint = Memo::new(move |_| state.with(|machine| machine.endpoint().map(Endpoint::to_string)));
    let last = Memo::new(move |_| {
        state.with(|machine| machine.close_code().or(machine.history().last().map(|loss| loss.code)))
    });
    let press = press(portal);
    view! {
        <article>
            <div class="prose">
                <Heading tab="Troubleshooting" alarm=move || state.with(|machine| machine.alarm())>
                    "Unable to access DRP"
                </Heading>
                <p class="text-lg">
                    "The portal keeps one WebSocket open to your endpoint. When it is lost, this page says what that means and what to do."
                </p>
                <WhatHappens />
                <UsualCause />
                <EasiestFix endpoint />
                <h2 id="console">"What the console says"</h2>
                <p>
                    "The browser tells the reason of a 1006 to nobody but you: press F12, open “Console”, and paste the line that names the endpoint."
                </p>
                <Decoder state browser=portal.browser press />
                <h2>"Close codes"</h2>
                <p>
                    "Every WebSocket ends with a code. Here is what each one means, and what it means when it ends a connection to DRP."
                </p>
            </div>
            <CodeTable last />
            <div class="prose">
                <SeeAlso />
            </div>
        </article>
    }
}

#[component]
fn WhatHappens() -> impl IntoView {
    view! {
        <h2>"What happens"</h2>
        <p>
            "The megaphone at the top left turns red, flashes and says “Unable to access DRP”. Press it: it shows the close code, what was checked, the likely cause, and the steps for it."
        </p>
        <p>
            "The code is nearly always "
            <RowLink code=CloseCode::ABNORMAL>"1006"</RowLink>
            ". With it a browser says that the connection failed or was cut, and keeps the reason to itself: a page is not told whether a certificate was refused, a name did not resolve or nothing listened. That is why the portal makes checks of its own and says how sure it is."
        </p>
        <p>"Meanwhile the portal tries again by itself, less and less often, up to every 20 seconds."</p>
    }
}

#[component]
fn UsualCause() -> impl IntoView {
    view! {
        <h2>"The usual cause"</h2>
        <p>
            "The endpoint's certificate. DRP makes its own at its first start, self-signed and valid for a year. For a page, a browser asks whether you accept such a certificate. For a WebSocket it does not ask, it only refuses. It can also forget after some days what you accepted before."
        </p>
        <p>
            "Other causes are an endpoint that is down or restarting, a sign-in that ran out, a proxy that does not pass WebSockets on, and a browser that does not let pages reach local networks."
        </p>
    }
}

#[component]
fn EasiestFix(endpoint: Memo<Option<String>>) -> impl IntoView {
    view! {
        <h2>"The easiest fix"</h2>
        <ol class="steps">
            <li>
                <p>"Open the endpoint itself in a new tab, and accept its certificate there."</p>
                {move || match endpoint.get() {
                    Some(address) => view! { <OpenLink address /> }.into_any(),
                    None => {
                        view! {
                            <p class="hint">"Its address looks like https://drp.example.com:" {DEFAULT_PORT}</p>
                        }
                            .into_any()
                    }
                }}
            </li>
            <li>"Come back to this tab: the portal notices and connects."</li>
            <li>"If no warning appears, close the browser completely, open it again, and repeat the first step."</li>
            <li>
                <p>"To be rid of it for good, give the endpoint a certificate that your browsers trust."</p>
                <Command
                    command="drpcli system certs set server.crt server.key".to_owned()
                    note="DRP 4.6 and later, for new connections at once. Before 4.6, start dr-provision with --tls-cert and --tls-key."
                />
            </li>
        </ol>
    }
}

#[component]
fn SeeAlso() -> impl IntoView {
    const LINKS: [(&str, &str); 4] = [
        ("https://portal.rackn.io", "The RackN portal, stable"),
        ("https://tip.rackn.io", "The RackN portal, tip"),
        ("https://docs.rackn.io", "The documentation of Digital Rebar"),
        ("https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number", "The registry of close codes"),
    ];
    let link = |(address, name): (&'static str, &'static str)| {
        view! {
            <li>
                <a href=address target="_blank" rel="noopener">
                    {name}
                    <span class="sr-only">", in a new tab"</span>
                </a>
            </li>
        }
    };
    view! {
        <h2>"See also"</h2>
        <ul>{LINKS.map(link).into_iter().collect_view()}</ul>
        <h2>"Applies to"</h2>
        <p>
            "DRP endpoints of every version with the WebSocket API (/api/v3/ws). The megaphone came to the RackN portal with version 1.18. Commands name the versions that they need."
        </p>
        <p class="hint">
            "Keywords: DRP, portal, megaphone, WebSocket, close code, 1006, certificate, self-signed, TLS, connection lost, unable to access"
        </p>
    }
}
