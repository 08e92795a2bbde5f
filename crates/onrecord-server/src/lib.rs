//! The reading room: what a ledger knows, in a browser, and every page as data for a program.
//!
//! Pages are made here and read without a script; style, scripts and icon are in the program, and
//! nothing is fetched. What a report says is decided by the reader, what belongs together by the
//! ledger, how words are marked by `onrecord-page`: this crate asks and shows.
//!
//! ```text
//! GET /                     the front page         GET /find?by=Noriega     .json .csv
//! GET /report/3fa9c2d1      .json .parquet         GET /thread/3fa9c2d1:c1  .json .csv
//! GET /tracker?in=EUR       .json .csv .xlsx       GET /who/Alba%20Noriega  .json
//! POST /api/read            a report's record      POST /api/file           and files it
//! ```
//!
//! Whoever can reach it may look and file; [`Options::token`] keeps others out. Left out: roles,
//! certificates (a proxy in front has them), and judging entries.

mod access;
mod assets;
mod desk;
mod examples;
mod filters;
mod form;
mod guard;
mod pages;
mod problem;
mod shown;

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use jiff::Timestamp;
use onrecord_ledger::{Ledger, LedgerError};
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;

pub use access::{SHORTEST, Token};
pub use examples::file as file_examples;

use desk::Desk;

/// Bytes of a body at most: a long report as a form sends it.
const LARGEST: usize = 4 << 20;
/// How long a request may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long open requests are waited for at the end.
const GRACE: Duration = Duration::from_secs(5);

/// What is served, and to whom.
pub struct Options {
    /// What is shown.
    pub ledger: Ledger,
    /// Whether the ledger holds the examples alone: pages say so.
    pub examples: bool,
    /// What every request must show; none where whoever reaches the address may look.
    pub token: Option<Token>,
    /// Names under which it is reached, besides `localhost` and addresses in figures.
    pub hosts: Vec<String>,
    /// The clock: what is filed is filed now, and what was due before today is overdue.
    pub now: fn() -> Timestamp,
    /// Who hears of failures, a line each. No words of a report are in it.
    pub tell: fn(&str),
}

/// Why it could not be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// An address others can reach, and no token.
    #[error("`{0}` can be reached from other machines; give `--token`, or listen on 127.0.0.1")]
    Open(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on `{0}`: {1}")]
    Listen(SocketAddr, io::Error),
    /// No random bytes, or no runtime.
    #[error("cannot start the server: {0}")]
    Start(io::Error),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// Serves until `stop` comes to an end, on one thread and those that reading and looking need. What
/// is being answered then is answered. `ready` is told the address, with the port that was taken.
///
/// # Errors
/// When it cannot listen there, or others could reach it and there is no token.
pub fn serve<S: Future<Output = ()> + Send + 'static>(
    options: Options,
    listen: SocketAddr,
    ready: impl FnOnce(SocketAddr),
    stop: impl FnOnce() -> S,
) -> Result<(), ServeError> {
    if options.token.is_none() && !listen.ip().is_loopback() {
        return Err(ServeError::Open(listen));
    }
    let listener = TcpListener::bind(listen).map_err(|e| ServeError::Listen(listen, e))?;
    let bound = listener.local_addr().map_err(ServeError::Start)?;
    listener.set_nonblocking(true).map_err(ServeError::Start)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(desk::THREADS)
        .build()
        .map_err(ServeError::Start)?;
    let desk = Arc::new(Desk::new(options));
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        desk.warm();
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let stop = stop();
        let stopped = async move {
            stop.await;
            // Nobody waits for it only when serving has ended already.
            let _ = end.send(());
        };
        ready(bound);
        let serving = axum::serve(listener, router(desk)).with_graceful_shutdown(stopped);
        let late = async {
            if ended.await.is_ok() {
                tokio::time::sleep(GRACE).await;
            } else {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            done = serving => done,
            () = late => Ok(()),
        }
    });
    // A report that is being read is let go.
    runtime.shutdown_background();
    served.map_err(ServeError::Start)
}

/// Comes to an end when the process is asked to: SIGINT, SIGTERM.
pub async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let ended = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => drop(signals.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let ended = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = ended => {}
    }
}

fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/", get(pages::front::page))
        .route("/report/{handle}", get(pages::report::page))
        .route("/find", get(pages::find::page))
        .route("/find.json", get(pages::find::page))
        .route("/find.csv", get(pages::find::page))
        .route("/find.parquet", get(pages::find::page))
        .route("/tracker", get(pages::tracker::page))
        .route("/tracker.json", get(pages::tracker::page))
        .route("/tracker.csv", get(pages::tracker::page))
        .route("/tracker.parquet", get(pages::tracker::page))
        .route("/tracker.xlsx", get(pages::tracker::page))
        .route("/thread/{handle}", get(pages::thread::page))
        .route("/who", get(pages::who::asked))
        .route("/who/{name}", get(pages::who::page))
        .route("/read", get(pages::read::form).post(pages::read::shown))
        .route("/read/file", post(pages::read::filed))
        .route("/api/read", post(pages::read::api_read))
        .route("/api/file", post(pages::read::api_file))
        .route("/login", get(access::form).post(access::enter))
        .route("/logout", post(access::leave))
        .route("/healthz", get(pages::health))
        .route("/assets/{name}", get(assets::asset))
        .fallback(pages::nowhere)
        .layer(from_fn_with_state(Arc::clone(&desk), access::known))
        .layer(from_fn_with_state(Arc::clone(&desk), guard::addressed))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(TimeoutLayer::with_status_code(
            axum::http::StatusCode::SERVICE_UNAVAILABLE,
            PATIENCE,
        ))
        .layer(from_fn_with_state(Arc::clone(&desk), problem::told))
        .layer(CompressionLayer::new())
        .layer(from_fn(guard::headers))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .with_state(desk)
}
