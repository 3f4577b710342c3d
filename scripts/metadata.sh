#!/usr/bin/env bash
# Renews the metadata that the SDK is generated from, after a change of the runtime's calls, storage
# or events. Commit the result; a test compares it with what a node serves.
#
#   scripts/metadata.sh           write clients/sdk/artifacts/hdx.scale
#   scripts/metadata.sh --check   change nothing; fail if that file is not the runtime's metadata
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$project"

check=
case "${1:-}" in
"") ;;
--check) check=yes ;;
-h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" && exit 0 ;;
*) die "unknown option: $1 (scripts/metadata.sh --help lists them)" ;;
esac

artifact=clients/sdk/artifacts/hdx.scale
setup install build
# The packages of the tests around the chain, so that the same features are compiled as for those.
# Only the example is built: it does not need the SDK, which may not compile before this is done.
mirror_sources
(cd "$sources" && cargo build --release --locked "${around_chain[@]}" -p hdx-runtime \
	--example metadata >&2) || die "the build failed; the compiler's words are above"
mirror_built

# Beside the file, so that it is replaced at once or not at all.
mkdir -p "$(dirname "$artifact")"
new=$(mktemp "$artifact.XXXXXX") || die "cannot write in $(dirname "$artifact")"
trap 'rm -f "$new"' EXIT
"$CARGO_TARGET_DIR/release/examples/metadata" >"$new" || die "the runtime wrote no metadata"
[ -s "$new" ] || die "the runtime wrote no metadata"

if cmp -s "$new" "$artifact"; then
	say "metadata: $artifact is that of the runtime"
elif [ -n "$check" ]; then
	die "$artifact is not the runtime's metadata: run scripts/metadata.sh"
else
	chmod 644 "$new"
	mv "$new" "$artifact"
	say "metadata: renewed $artifact"
fi
