//! The signals that end a program.

use std::{future::Future, io};

/// Waits until the system asks the program to end.
#[cfg(unix)]
pub fn end() -> io::Result<impl Future<Output = ()>> {
	use tokio::signal::unix::{signal, SignalKind};
	let mut terminate = signal(SignalKind::terminate())?;
	let mut interrupt = signal(SignalKind::interrupt())?;
	Ok(async move {
		tokio::select! {
			_ = terminate.recv() => {},
			_ = interrupt.recv() => {},
		}
	})
}

/// Waits until somebody presses Ctrl-C.
#[cfg(not(unix))]
pub fn end() -> io::Result<impl Future<Output = ()>> {
	Ok(async {
		drop(tokio::signal::ctrl_c().await);
	})
}
