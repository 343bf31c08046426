//! The program that operators run: it serves the portal's app, looks at DRP endpoints from its own vantage when a page asks
//! why it lost one, and counts the losses.
//!
//! | address | answers |
//! | --- | --- |
//! | `GET /`, `/troubleshooting`, `/preview`, `/preview/…` | the app; any other page gets it with status 404 |
//! | `GET /FILE` | a file of the app: compressed, cached for ever if its name holds a hash |
//! | `GET /api/config` | [`connection::service::Config`]: the endpoints offered, and what the server can do |
//! | `GET /api/diagnosis?endpoint=…` | [`connection::probe::Probe`]: what is seen of a named endpoint, within 10 s |
//! | `POST /api/losses` | 204: a [`connection::service::LossCount`] was counted |
//! | `GET /metrics` | Prometheus text: losses, looks, ends of validity of certificates |
//! | `GET /healthz` | 200 while the server runs |
//! | `GET /readyz` | 200 while the server takes requests, 503 once it was asked to stop |
//!
//! Everything under `/api` is for the portal's own pages and for programs, never for pages of other sites, and refuses
//! with a [`connection::service::Problem`].
//!
//! | module | holds |
//! | --- | --- |
//! | [`options`] | the command line, the environment and the configuration file |
//! | [`prepared`] | what can be wrong before the server listens |
//! | [`logging`] | the log |
//! | [`server`] | from options to a listening server, and to its end |
//! | `transport` | connections: how many, how long, how they end |
//! | `routes` | every address on one screen |
//! | `address` | the server's own addresses |
//! | `site` | what stands around every request |
//! | `api` | the addresses under `/api` |
//! | `app` | the built app in memory, its compressed forms, the hashes of its inline scripts |
//! | `probe_cache` | probes named endpoints, once for all who ask |
//! | `probe` | one look: name, TCP, TLS, HTTP, upgrade |
//! | `metrics` | what is counted |
//! | `refusal` | how the API refuses a request |
//! | `requester` | who sent a request |

mod address;
mod api;
mod app;
mod app_state;
pub mod base_path;
mod health;
pub mod logging;
mod metrics;
pub mod options;
pub mod prepared;
mod probe;
mod probe_cache;
mod rate_limit;
mod refusal;
mod requester;
mod routes;
pub mod server;
mod site;
mod transport;

pub use app::AppError;
pub use probe::TrustFileError;
pub use transport::IdentityError;
