//! A server on this machine that publishes a status list, as boards do, or something broken.

use std::sync::{
	atomic::{AtomicUsize, Ordering},
	Arc, Mutex,
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::{TcpListener, TcpStream},
	task::JoinHandle,
};

/// Longest request that is read, in bytes.
const MAX_REQUEST: usize = 16 * 1024;

/// What every request is answered with.
#[derive(Clone, Debug)]
struct Answer {
	status: u16,
	body: Arc<Vec<u8>>,
}

/// The server. It ends when it is dropped.
pub struct ListServer {
	url: String,
	answer: Arc<Mutex<Answer>>,
	asked: Arc<AtomicUsize>,
	running: JoinHandle<()>,
}

impl ListServer {
	/// Starts it, on a free port. Until it has something to publish, it answers 503.
	pub async fn start() -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
		let address = listener.local_addr().expect("a port");
		let answer = Arc::new(Mutex::new(Answer { status: 503, body: Arc::default() }));
		let asked = Arc::new(AtomicUsize::new(0));
		let running = tokio::spawn({
			let (answer, asked) = (answer.clone(), asked.clone());
			async move {
				loop {
					let Ok((stream, _)) = listener.accept().await else { return };
					asked.fetch_add(1, Ordering::Relaxed);
					let answer = answer.lock().expect("nobody panics with the lock").clone();
					tokio::spawn(serve(stream, answer));
				}
			}
		});
		Self { url: format!("http://{address}/status/3"), answer, asked, running }
	}

	/// Where the list is.
	pub fn url(&self) -> &str {
		&self.url
	}

	/// Publishes this.
	pub fn publish(&self, body: impl Into<Vec<u8>>) {
		self.set(200, body.into());
	}

	/// Answers with this status and nothing else.
	pub fn fail(&self, status: u16) {
		self.set(status, Vec::new());
	}

	/// How often it was asked.
	pub fn asked(&self) -> usize {
		self.asked.load(Ordering::Relaxed)
	}

	fn set(&self, status: u16, body: Vec<u8>) {
		let mut answer = self.answer.lock().expect("nobody panics with the lock");
		*answer = Answer { status, body: Arc::new(body) };
	}
}

impl Drop for ListServer {
	fn drop(&mut self) {
		self.running.abort();
	}
}

/// Answers one request. Whoever asks may go away at any time.
async fn serve(mut stream: TcpStream, answer: Answer) {
	let mut request = Vec::new();
	while !request.ends_with(b"\r\n\r\n") && request.len() < MAX_REQUEST {
		match stream.read_u8().await {
			Ok(byte) => request.push(byte),
			Err(_) => return,
		}
	}
	let head = format!(
		"HTTP/1.1 {} Answer\r\nContent-Type: application/vc+jwt\r\nContent-Length: {}\r\n\
		 Connection: close\r\n\r\n",
		answer.status,
		answer.body.len(),
	);
	drop(stream.write_all(&[head.as_bytes(), &answer.body].concat()).await);
}
