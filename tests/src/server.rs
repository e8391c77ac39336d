//! A server on loopback that says what it is told to say, and keeps what it heard.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use errbook::http::{HeaderMap, HeaderName, HeaderValue, Method};

/// How long a reply waits for the signal to go on.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server with a reply for each request, in order. Every connection is closed after one; there is none for a request too many.
pub struct Server {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<Request>>>,
}

/// A request that it got.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path with the query.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header, where it was sent.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl Server {
    /// Starts it, on a port that is free.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub fn start(replies: impl IntoIterator<Item = Reply>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let heard = Arc::new(Mutex::new(Vec::new()));
        let mut replies: VecDeque<Reply> = replies.into_iter().collect();
        let log = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                // A client that went away is no fault of a test.
                let _ = serve(stream, &log, &mut replies);
            }
        });
        Server { address, heard }
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// All requests so far.
    ///
    /// # Panics
    ///
    /// Where the server did.
    pub fn requests(&self) -> Vec<Request> {
        self.heard.lock().expect("the server runs").clone()
    }
}

/// What it says.
#[derive(Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    length: Option<usize>,
    last: Option<(Receiver<()>, Vec<u8>)>,
}

impl Reply {
    /// A reply with this status and body.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Reply {
        Reply { status, headers: Vec::new(), body: body.into(), length: None, last: None }
    }

    /// One of JSON.
    pub fn json(status: u16, body: &str) -> Reply {
        Reply::new(status, body).header("content-type", "application/json")
    }

    /// None: the connection breaks off in the midst of the head.
    pub fn cut_head() -> Reply {
        Reply::new(0, "")
    }

    /// A further header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Reply {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Announces a body of this length, whatever is sent of it.
    #[must_use]
    pub fn announcing(mut self, length: usize) -> Reply {
        self.length = Some(length);
        self
    }

    /// Sends the rest of the body when it gets the signal.
    #[must_use]
    pub fn and_on(mut self, signal: Receiver<()>, rest: impl Into<Vec<u8>>) -> Reply {
        let rest = rest.into();
        self.length = Some(self.body.len() + rest.len());
        self.last = Some((signal, rest));
        self
    }

    fn send(self, stream: &mut TcpStream) -> std::io::Result<()> {
        if self.status == 0 {
            return stream.write_all(b"HTTP/1.1 200 ");
        }
        let length = self.length.unwrap_or(self.body.len());
        let mut head = format!("HTTP/1.1 {} Said\r\nconnection: close\r\ncontent-length: {length}\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(format!("{head}\r\n").as_bytes())?;
        stream.write_all(&self.body)?;
        stream.flush()?;
        if let Some((signal, rest)) = self.last {
            // A client that waits for the end of the body gets none, and its test fails instead of hanging.
            if signal.recv_timeout(PATIENCE).is_ok() {
                stream.write_all(&rest)?;
            }
        }
        stream.flush()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<Request>>, replies: &mut VecDeque<Reply>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let request = read(&mut reader)?;
    log.lock().expect("the test runs").push(request);
    match replies.pop_front() {
        Some(reply) => reply.send(&mut stream),
        None => Ok(()),
    }
}

fn read(reader: &mut impl BufRead) -> std::io::Result<Request> {
    let invalid = || std::io::Error::from(std::io::ErrorKind::InvalidData);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split(' ');
    let method = words.next().and_then(|word| word.parse().ok()).ok_or_else(invalid)?;
    let path = words.next().ok_or_else(invalid)?.to_owned();
    let mut headers = HeaderMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        let name: HeaderName = name.parse().map_err(|_| invalid())?;
        headers.append(name, HeaderValue::from_str(value.trim()).map_err(|_| invalid())?);
    }
    let length = headers.get("content-length").and_then(|value| value.to_str().ok()?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    Ok(Request { method, path, headers, body })
}
