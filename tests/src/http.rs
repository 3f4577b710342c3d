//! Asking over HTTP, as Prometheus and load balancers do.

use std::{
	io::{Read, Write},
	net::{Ipv4Addr, TcpStream},
	time::Duration,
};

/// How long an answer may take.
const LIMIT: Duration = Duration::from_secs(60);

/// Gets a path from a port of this machine: status and body.
///
/// # Panics
///
/// Where nobody answers, or not in HTTP.
pub fn get(port: u16, path: &str) -> (u16, String) {
	let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("somebody listens");
	stream.set_read_timeout(Some(LIMIT)).expect("a limit");
	// Version 1.0: the answer comes in one piece, and ends with the connection.
	write!(stream, "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")
		.expect("the question is sent");
	let mut answer = String::new();
	stream.read_to_string(&mut answer).expect("an answer in text");
	parse(&answer).unwrap_or_else(|| panic!("no HTTP: {answer}"))
}

/// Status and body of an answer.
fn parse(answer: &str) -> Option<(u16, String)> {
	let (head, body) = answer.split_once("\r\n\r\n")?;
	let status = head.split_whitespace().nth(1)?.parse().ok()?;
	Some((status, body.to_owned()))
}

#[cfg(test)]
mod tests {
	use super::parse;

	#[test]
	fn reads_status_and_body() {
		let answer = "HTTP/1.0 500 Internal Server Error\r\ncontent-length: 2\r\n\r\nno";
		assert_eq!(parse(answer), Some((500, "no".into())));
		assert_eq!(parse("HTTP/1.0 200 OK\r\n\r\n"), Some((200, String::new())));
		assert_eq!(parse("anything else"), None);
	}
}
