#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use std::{
	io::Write,
	net::{TcpListener, TcpStream},
	thread::{self, JoinHandle},
};

/// A server that gives each request the next of its answers, and what it was asked.
struct Server {
	address: String,
	running: JoinHandle<Vec<String>>,
}

impl Server {
	fn with(answers: Vec<Vec<u8>>) -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let address = listener.local_addr().unwrap().to_string();
		let running = thread::spawn(move || {
			let serve = |answer: Vec<u8>| {
				let (mut stream, _) = listener.accept().unwrap();
				let asked = request(&mut stream);
				stream.write_all(&answer).unwrap();
				asked
			};
			answers.into_iter().map(serve).collect()
		});
		Self { address, running }
	}

	fn url(&self, path: &str) -> String {
		format!("http://{}{path}", self.address)
	}
}

/// Reads a request, which has no body.
fn request(stream: &mut TcpStream) -> String {
	let mut asked = Vec::new();
	let mut byte = [0];
	while !asked.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
		asked.push(byte[0]);
	}
	String::from_utf8(asked).unwrap()
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
	let length = body.len();
	let head = format!(
		"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
	);
	[head.as_bytes(), body].concat()
}

fn list(body: &[u8]) -> Vec<u8> {
	answer("200 OK", "Content-Type: application/vc+jwt\r\n", body)
}

fn sent_to(location: &str) -> Vec<u8> {
	answer("302 Found", &format!("Location: {location}\r\n"), b"")
}

fn get(url: &str) -> Result<String, FetchError> {
	Fetcher::new(Limits { bytes: 1_000, time: Duration::from_secs(20) }).get(url)
}

fn refused(answer: Vec<u8>) -> FetchError {
	let server = Server::with(vec![answer]);
	let error = get(&server.url("/list")).unwrap_err();
	assert!(error.to_string().contains(&server.address), "{error}");
	error
}

#[test]
fn a_list_is_fetched_and_its_type_asked_for() {
	let server = Server::with(vec![list(b"a.b.c")]);
	assert_eq!(get(&server.url("/status/3?x=1")).unwrap(), "a.b.c");
	let asked = server.running.join().unwrap().remove(0);
	assert!(asked.starts_with("GET /status/3?x=1 HTTP/1.1\r\n"), "{asked}");
	assert!(asked.to_lowercase().contains("accept: application/vc+jwt"), "{asked}");
}

#[test]
fn only_tls_or_this_machine_is_asked() {
	for url in [
		"http://board.example/list",
		"http://127.0.0.1.board.example/list",
		"http://localhost.board.example/list",
		"http://10.0.0.1/list",
		"http://0.0.0.0/list",
		"http://[::2]/list",
		"ftp://127.0.0.1/list",
		"file:///etc/passwd",
		"data:,x",
	] {
		let error = get(url).unwrap_err();
		assert!(matches!(error, FetchError::NotAllowed { .. }), "{url}: {error}");
	}
	for url in ["https://board.example", "http://localhost:1", "http://127.8.8.8", "http://[::1]"] {
		check_url(url).unwrap();
	}
}

#[test]
fn a_password_is_not_sent_nor_repeated() {
	let error = get("https://user:secret@board.example/list").unwrap_err();
	assert_eq!(error, FetchError::HasPassword { host: "board.example".into() });
	assert!(!error.to_string().contains("secret"), "{error}");
}

#[test]
fn fails_when_it_is_no_url() {
	for url in ["", "list", "https://", "http://[::1"] {
		assert!(matches!(get(url), Err(FetchError::NotAUrl { .. })), "{url}");
	}
}

#[test]
fn fails_when_nobody_answers() {
	// The system never gives this port to somebody who asks for a free one.
	let error = get("http://127.0.0.1:1/list").unwrap_err();
	assert!(matches!(error, FetchError::Unreachable { .. }), "{error}");
}

#[test]
fn fails_when_the_server_has_no_tls() {
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	let url = format!("https://{}/", listener.local_addr().unwrap());
	let server = thread::spawn(move || {
		let (mut stream, _) = listener.accept().unwrap();
		// What is asked in TLS has no end that plain text knows.
		stream.read_exact(&mut [0]).unwrap();
		stream.write_all(&list(b"a.b.c")).unwrap();
	});
	let error = get(&url).unwrap_err();
	assert!(matches!(error, FetchError::Unreachable { .. }), "{error}");
	server.join().unwrap();
}

#[test]
fn fails_when_the_status_is_another() {
	for (status, code) in [("404 Not Found", 404), ("500 Oops", 500), ("204 No Content", 204)] {
		let error = refused(answer(status, "Content-Type: application/vc+jwt\r\n", b""));
		assert!(matches!(error, FetchError::Status { status, .. } if status == code), "{error}");
	}
}

#[test]
fn fails_when_something_else_is_served() {
	for headers in ["", "Content-Type: text/html\r\n", "Content-Type: application/json\r\n"] {
		let error = refused(answer("200 OK", headers, b"<html>"));
		assert!(matches!(error, FetchError::ContentType { .. }), "{error}");
	}
	let server =
		Server::with(vec![answer("200 OK", "Content-Type: Application/JWT; a=b\r\n", b"a.b.c")]);
	assert_eq!(get(&server.url("/")).unwrap(), "a.b.c");
}

#[test]
fn fails_when_it_is_too_large_whether_announced_or_not() {
	let error = refused(list(&[b'a'; 1_001]));
	assert!(matches!(error, FetchError::TooLarge { limit: 1_000, .. }), "{error}");
	let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/jwt\r\n\r\n";
	let error = refused([head.as_bytes(), &[b'a'; 1_001]].concat());
	assert!(matches!(error, FetchError::TooLarge { limit: 1_000, .. }), "{error}");
	let server = Server::with(vec![list(&[b'a'; 1_000])]);
	assert_eq!(get(&server.url("/")).unwrap().len(), 1_000);
}

#[test]
fn fails_when_it_is_no_text_or_ends_early() {
	assert!(matches!(refused(list(&[0xff, 0xfe])), FetchError::NotText { .. }));
	let mut early = list(b"a.b.c");
	early.truncate(early.len() - 2);
	let error = refused(early);
	assert!(matches!(error, FetchError::Unreachable { .. }), "{error}");
}

#[test]
fn fails_when_it_takes_too_long() {
	for begun in [
		&b""[..],
		b"HTTP/1.1 200 OK\r\nContent-Type: application/jwt\r\nContent-Length: 9\r\n\r\na",
	] {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let url = format!("http://{}/", listener.local_addr().unwrap());
		let server = thread::spawn(move || {
			let (mut stream, _) = listener.accept().unwrap();
			request(&mut stream);
			stream.write_all(begun).unwrap();
			// Until the other side gives up.
			stream.read(&mut [0]).map(drop).ok();
		});
		let limit = Duration::from_millis(300);
		let error = Fetcher::new(Limits { bytes: 1_000, time: limit }).get(&url).unwrap_err();
		assert!(matches!(error, FetchError::TimedOut { .. }), "{error}");
		server.join().unwrap();
	}
}

#[test]
fn a_redirect_is_followed_on_the_same_server() {
	let server = Server::with(vec![sent_to("/new?a=1"), list(b"a.b.c")]);
	assert_eq!(get(&server.url("/old")).unwrap(), "a.b.c");
	assert!(server.running.join().unwrap()[1].starts_with("GET /new?a=1 "));
}

#[test]
fn fails_when_it_sends_elsewhere() {
	for to in [
		"https://127.0.0.1/x",
		"http://127.0.0.1:1/x",
		"http://board.example/x",
		"//x",
		"file:///x",
	] {
		let error = refused(sent_to(to));
		assert!(matches!(error, FetchError::SentElsewhere { .. }), "{to}: {error}");
	}
}

#[test]
fn fails_when_it_sends_on_and_on() {
	let server = Server::with(vec![sent_to("/a"); 4]);
	let error = get(&server.url("/")).unwrap_err();
	assert!(matches!(error, FetchError::TooManyRedirects { .. }), "{error}");
	assert_eq!(server.running.join().unwrap().len(), 4);
}
