# shellcheck shell=bash
# The runtime to which upgrades are rehearsed, one version ahead, with a migration of the log that takes several blocks.
#
# Sourced, after setup.sh and when `mirror_sources` was said.

# Builds it, and copies it to the file $1. In a target directory of its own: no node is built with it.
build_next_runtime() {
	local -r target="$CARGO_TARGET_DIR/upgrade"
	# shellcheck disable=SC2154 # of setup.sh
	(cd "$sources" && env -u SKIP_WASM_BUILD CARGO_TARGET_DIR="$target" cargo build --release \
		--locked -p hdx-runtime --features upgrade-rehearsal >&2) ||
		die "the build of the next runtime failed; the compiler's words are above"
	mirror_built
	cp "$target/release/wbuild/hdx-runtime/hdx_runtime.compact.compressed.wasm" "$1"
}
