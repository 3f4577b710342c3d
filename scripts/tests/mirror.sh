#!/usr/bin/env bash
# Tests of scripts/mirror.sh on a checkout of a few files, in the directory $1: what is written to the
# mirror, and what is left alone. Cargo's part is played by the file that it writes when it compiles.
set -euo pipefail

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$1/mirror
mkdir -p "$work/checkout" "$work/target/release/.fingerprint/some-crate"
project=$work/checkout
export CARGO_TARGET_DIR=$work/target
compiled=$CARGO_TARGET_DIR/release/.fingerprint/some-crate/invoked.timestamp

say() { :; }

# shellcheck source-path=SCRIPTDIR/.. source=mirror.sh
source "$scripts/mirror.sh"

fail() {
	echo "FAIL  $*"
	exit 1
}

# A script that builds, from a checkout whose files are all new.
build() {
	find "$project" -type f -not -path '*/.git/*' -exec touch {} +
	sources=$project
	mirror_sources
	[ "$sources" = "$work/target/mirror/source" ] || fail "builds in $sources"
	touch "$compiled"
	mirror_built
	mirror_release
}

# Makes everything in the mirror a minute old: file systems do not tell apart what happens at once.
age() {
	find "$CARGO_TARGET_DIR/mirror/source" -type f -exec touch -d '1 minute ago' {} +
	touch -d '30 seconds ago' "$work/between"
}
# Whether cargo would leave the file alone.
is_untouched() { [ ! "$sources/$1" -nt "$work/between" ]; }
# Something is compiled, after whatever happened before.
compile_elsewhere() { touch -d '1 minute' "$compiled"; }

git -C "$project" init -q
printf 'target\n' >"$project/.gitignore"
for file in kept changed removed 'with a space'; do echo one >"$project/$file"; done
touch "$project/target"
git -C "$project" add .
build
for file in kept changed removed 'with a space' .gitignore; do
	cmp -s "$project/$file" "$sources/$file" || fail "$file is not in the mirror"
done
[ ! -e "$sources/target" ] || fail "what git ignores is in the mirror"

# A clone of the same text, with a change.
age
echo two >"$project/changed"
chmod +x "$project/with a space"
rm "$project/removed"
echo new >"$project/new"
build
is_untouched kept || fail "a file of the same content was written again"
[ "$(cat "$sources/changed")" = two ] || fail "a change is not in the mirror"
! is_untouched changed || fail "a change passes for old"
[ -x "$sources/with a space" ] || fail "a mode is not in the mirror"
[ ! -e "$sources/removed" ] || fail "a removed file is in the mirror"
[ -e "$sources/new" ] || fail "a file that git does not know yet is missing"

# Something else was compiled into the same directory: whatever is there may come from other contents.
compile_elsewhere
age
build
! is_untouched kept || fail "what another build left passes for this one's"

# An interrupted build is not one.
age
mirror_sources
compile_elsewhere
mirror_release
build
! is_untouched kept || fail "an interrupted build passes for a whole one"

# A directory that became a file, and a link.
mkdir "$project/place"
echo one >"$project/place/file"
ln -s kept "$project/link"
build
rm -r "$project/place"
echo two >"$project/place"
ln -sf changed "$project/link"
build
[ "$(cat "$sources/place")" = two ] || fail "a directory that became a file did not"
[ "$(readlink "$sources/link")" = changed ] || fail "a link points elsewhere"

# Two scripts at once: the second waits for the first.
mirror_sources
if (exec 9>"$CARGO_TARGET_DIR/mirror/lock" && flock --nonblock 9); then
	fail "two scripts build at once"
fi
mirror_release
flock --nonblock "$CARGO_TARGET_DIR/mirror/lock" true || fail "the lock is held on"

# Without git there is no mirror.
rm -rf "$project/.git"
sources=$project
mirror_sources
[ "$sources" = "$project" ] || fail "without git, builds are elsewhere: $sources"
