//! Where a node keeps compiled runtimes: they are found again, and nobody else may put any there.

use hdx_tests::{
	binaries, chains,
	client::{self, Run},
	node::Node,
	report,
};
use std::{
	collections::BTreeMap,
	fs::{self, Permissions},
	os::unix::fs::{chown, PermissionsExt},
	path::{Path, PathBuf},
	time::SystemTime,
};

/// Everything in a directory that is not a note about how often it was used, and when it was written.
fn written(directory: &Path) -> BTreeMap<PathBuf, SystemTime> {
	let mut found = BTreeMap::new();
	for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
		let path = entry.path();
		if path.is_dir() {
			found.extend(written(&path));
		} else if path.extension().is_none() {
			found.insert(path, entry.metadata().unwrap().modified().unwrap());
		}
	}
	found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runtime_is_compiled_once() {
	let first = Node::development();
	let compiled = written(&chains::compiled_runtimes());
	assert!(!compiled.is_empty(), "nothing is kept");
	first.stop();
	drop(Node::development());
	assert_eq!(written(&chains::compiled_runtimes()), compiled);
}

/// A node that is told to keep them there.
async fn start(directory: &Path) -> Run {
	let data = tempfile::tempdir().unwrap();
	let mut node = tokio::process::Command::new(binaries::node());
	node.args(["--dev", "--rpc-port", "0", "--port", "0", "--no-prometheus", "--base-path"]);
	node.arg(data.path()).arg("--chain").arg(chains::spec("dev"));
	node.arg("--compiled-runtimes").arg(directory);
	client::run(node).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_where_others_may_put_programs_is_refused() {
	let place = tempfile::tempdir().unwrap();
	let file = place.path().join("file");
	fs::write(&file, "").unwrap();
	start(&file).await.expect_error(1, &["--compiled-runtimes", file.to_str().unwrap()]);

	let shared = place.path().join("shared");
	fs::create_dir(&shared).unwrap();
	for mode in [0o777, 0o1777, 0o775] {
		fs::set_permissions(&shared, Permissions::from_mode(mode)).unwrap();
		start(&shared).await.expect_error(1, &["others may write there", shared.to_str().unwrap()]);
	}

	fs::set_permissions(&shared, Permissions::from_mode(0o755)).unwrap();
	if chown(&shared, Some(65_534), None).is_err() {
		report::say("skipped: only root can give a directory to another user");
		return;
	}
	start(&shared).await.expect_error(1, &["belongs to another user"]);
	assert_eq!(fs::read_dir(&shared).unwrap().count(), 0, "something was left there");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_is_overwritten_by_asking_who_we_are() {
	let place = tempfile::tempdir().unwrap();
	let (shared, key) = (place.path().join("shared"), place.path().join("node.key"));
	fs::create_dir(&shared).unwrap();
	// So it is refused, after it was asked.
	fs::set_permissions(&shared, Permissions::from_mode(0o775)).unwrap();
	fs::write(&key, "a key").unwrap();
	let data = tempfile::tempdir().unwrap();
	// The number of the shell becomes that of the node.
	let links = "for name in $$ $$-0; do ln -s \"$0\" \"$1/.probe-$name\" || exit 9; done; \
	             node=$2; shift 2; exec \"$node\" \"$@\"";
	let mut node = tokio::process::Command::new("sh");
	node.arg("-c").arg(links).arg(&key).arg(&shared).arg(binaries::node());
	node.args(["--dev", "--rpc-port", "0", "--port", "0", "--no-prometheus", "--base-path"]);
	node.arg(data.path()).arg("--chain").arg(chains::spec("dev"));
	node.arg("--compiled-runtimes").arg(&shared);
	client::run(node).await.expect_error(1, &["others may write there"]);
	assert_eq!(fs::read_to_string(&key).unwrap(), "a key");
	assert_eq!(fs::read_dir(&shared).unwrap().count(), 2, "the links, and nothing else");
}
