//! Connections: how many there are, and how long each may last.

use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum_core::body::Body;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use super::service::Mock;
use super::stop::Stop;

/// How many connections are served at a time; others wait until one ends.
const MOST_CONNECTIONS: usize = 512;

/// How long a connection may say nothing, and the head of a request may take.
const HEAD_TIME: Duration = Duration::from_secs(30);

/// For how long a connection takes requests.
const LIFE: Duration = Duration::from_secs(600);

/// How long what is under way then may take still: the longest body and the longest delay, with some time to read the answer.
const LAST: Duration = Duration::from_secs(120);

/// How long answers that are being sent when the signal comes are waited for.
const GRACE: Duration = Duration::from_secs(1);

/// Serves until a signal says to stop.
pub(super) async fn serve(listener: TcpListener, mock: Arc<Mock>, stop: Stop) {
    let slots = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let (told, heard) = watch::channel(false);
    let mut stop = pin!(stop.wait());
    loop {
        let accepted = async { (Arc::clone(&slots).acquire_owned().await, accept(&listener).await) };
        let (slot, stream) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let (mock, heard) = (Arc::clone(&mock), heard.clone());
        tokio::spawn(async move {
            connection(stream, mock, heard).await;
            drop(slot);
        });
    }
    drop((listener, heard));
    // All can have gone already.
    let _ = told.send(true);
    let _ = timeout(GRACE, told.closed()).await;
}

/// The next connection. Where there are too many of something for another one, it is tried again later.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_of_client(error.kind()) => {}
            Err(_) => sleep(Duration::from_secs(1)).await,
        }
    }
}

/// Whether it was the client that went away.
fn is_of_client(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(kind, ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Serves a connection to its end, which comes in any case: a client that sends or reads nothing does not keep it.
async fn connection<T>(stream: T, mock: Arc<Mock>, mut stop: watch::Receiver<bool>)
where
    T: AsyncRead + AsyncWrite + Unpin + 'static,
{
    let service = service_fn(|request: Request<Incoming>| {
        let mock = Arc::clone(&mock);
        async move { Ok::<_, Infallible>(mock.handle(request.map(Body::new)).await) }
    });
    let mut builder = http1::Builder::new();
    // Who has sent all can say so, and is answered all the same.
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).half_close(true);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let enough = async {
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            () = sleep(LIFE) => {}
        }
    };
    // However it ends, there is nobody to tell.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = enough => connection.as_mut().graceful_shutdown(),
    }
    let _ = timeout(LAST, connection).await;
}

#[cfg(test)]
mod tests {
    use errbook_codegen::project::load;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
    use tokio::time::Instant;

    use super::*;
    use crate::mock::answer::Answer;
    use crate::mock::book::Book;
    use crate::mock::page::Here;

    const CATALOG: &str = "errbook: 1
api: { id: small, title: Small, version: 0.1.0, sources: { errors: { url: undocumented, read: 2026-11-25 } } }
responses:
  - { code: /code }
errors:
  - { code: BUSY, status: 429, when: undocumented, fix: undocumented, retry: never }
";

    /// The client's end of a connection. Time goes on at once where all wait for it.
    fn connect() -> DuplexStream {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("small.yaml");
        std::fs::write(&file, CATALOG).unwrap();
        let book = Book::new(load(folder.path(), &[&file]).catalogs.unwrap());
        let here = Here::new("127.0.0.1:1".parse().unwrap(), "127.0.0.1:1");
        let (client, server) = duplex(1 << 10);
        // A body that is longer than what lies between client and server.
        let mock = Mock::new(book, Answer::ok(vec![b'x'; 1 << 20]), None, here);
        tokio::spawn(async move {
            let (_told, heard) = watch::channel(false);
            connection(server, mock, heard).await;
        });
        client
    }

    /// What comes back until the server hangs up.
    async fn read(client: &mut DuplexStream) -> String {
        let mut back = Vec::new();
        // It can hang up in the middle.
        let _ = client.read_to_end(&mut back).await;
        String::from_utf8(back).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn heads_are_not_waited_for_for_ever() {
        let began = Instant::now();
        for begun in ["", "GET /small/BUSY HTTP/1.1\r\nhost: m\r\n"] {
            let mut client = connect();
            client.write_all(begun.as_bytes()).await.unwrap();
            assert_eq!(read(&mut client).await, "", "{begun:?}");
        }
        // One that comes bit by bit is as late as one that never comes.
        let (mut reads, mut writes) = tokio::io::split(connect());
        let trickle = async {
            while writes.write_all(b"x").await.is_ok() {
                sleep(HEAD_TIME / 10).await
            }
        };
        let (_, back) = tokio::join!(trickle, async { reads.read_to_end(&mut Vec::new()).await });
        assert_eq!(back.ok(), Some(0));
        // By the clock of this test, which none of it moves but timers.
        assert!(began.elapsed() < 4 * HEAD_TIME);
    }

    #[tokio::test(start_paused = true)]
    async fn bodies_are_not_waited_for_for_ever() {
        for head in ["content-length: 100\r\n\r\n", "transfer-encoding: chunked\r\n\r\n"] {
            let mut client = connect();
            client.write_all(format!("POST /small/BUSY HTTP/1.1\r\nhost: m\r\n{head}").as_bytes()).await.unwrap();
            let back = read(&mut client).await;
            assert!(back.starts_with("HTTP/1.1 408 "), "{head}: {back}");
        }
        let (mut reads, mut writes) = tokio::io::split(connect());
        writes.write_all(b"POST /small/BUSY HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n").await.unwrap();
        let trickle = async {
            while writes.write_all(b"1\r\nx\r\n").await.is_ok() {
                sleep(HEAD_TIME / 10).await
            }
        };
        let mut back = Vec::new();
        let (_, _) = tokio::join!(trickle, async { reads.read_to_end(&mut back).await });
        assert!(back.starts_with(b"HTTP/1.1 408 "), "{}", String::from_utf8_lossy(&back));
    }

    /// Neither a client that always asks once more nor one that does not read its answer keeps a connection.
    #[tokio::test(start_paused = true)]
    async fn connections_end() {
        let mut client = connect();
        let mut answers = 0;
        while client.write_all(b"GET /small/BUSY HTTP/1.1\r\nhost: m\r\n\r\n").await.is_ok() {
            if client.read(&mut [0; 1 << 10]).await.is_ok_and(|bytes| bytes > 0) {
                answers += 1;
            }
            sleep(HEAD_TIME / 2).await;
        }
        assert!(answers > 1);

        let mut client = connect();
        client.write_all(b"GET /small/ok HTTP/1.1\r\nhost: m\r\n\r\n").await.unwrap();
        sleep(LIFE + LAST + Duration::from_secs(1)).await;
        let back = read(&mut client).await;
        assert!(back.starts_with("HTTP/1.1 200 ") && back.len() < 1 << 20, "{}", back.len());
    }
}
