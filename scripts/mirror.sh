# shellcheck shell=bash
# Where the scripts build: a mirror of the checkout beside what was built, so that a fresh clone of a
# text that was built before compiles nothing (docs/adr/0011-builds-from-a-mirror.md).
#
# Cargo takes a file for changed when it is newer than what was built from it, and the files of a clone
# are all new. In the mirror, only files whose content changed are written.
#
# Sourced by setup.sh, after `project` and CARGO_TARGET_DIR are set.

# Where cargo runs. The checkout, until `mirror_sources` found a better place.
# shellcheck disable=SC2154 # of whoever sources this
sources=$project
# The file descriptor that keeps others out.
mirror_lock=

# Every file of the checkout that git tracks or would track, NUL-separated and sorted.
mirror_files() {
	local file
	git -C "$project" ls-files -z --cached --others --exclude-standard | LC_ALL=C sort -zu |
		while IFS= read -r -d '' file; do
			# What was deleted may still be in git's index.
			if [ -e "$project/$file" ] || [ -L "$project/$file" ]; then printf '%s\0' "$file"; fi
		done
}

# Whether something was compiled since the scripts' last build: from this or another checkout, which
# may hold other contents in older files.
mirror_is_outdated() {
	[ -e "$1/.built" ] || return 0
	[ -n "$(find "$CARGO_TARGET_DIR" -maxdepth 6 -path '*/.fingerprint/*' -name invoked.timestamp \
		-newer "$1/.built" -print -quit)" ]
}

# Brings the mirror up to date and lets `sources` name it. Whoever calls this builds there, and then
# says `mirror_built`. Until `mirror_release`, or the script's end, other scripts wait. Without git, or
# where the mirror cannot be written, the checkout itself is built.
mirror_sources() {
	local mirror=$CARGO_TARGET_DIR/mirror
	# A script that runs in the mirror was called by one that holds the lock.
	[ "$project" != "$mirror/source" ] || return 0
	if ! { git -C "$project" rev-parse --is-inside-work-tree && command -v flock comm &&
		mkdir -p "$mirror/source"; } >/dev/null 2>&1; then
		return 0
	fi
	# Closed when the script ends, however it ends.
	exec {mirror_lock}>"$mirror/lock"
	if ! flock --nonblock "$mirror_lock"; then
		say "waiting: another script builds in $CARGO_TARGET_DIR"
		flock "$mirror_lock"
	fi
	mirror_copy "$mirror"
	# Material of others that tests read lies beside the checkout, not beside the mirror.
	if [ -z "${HDX_CONFORMANCE:-}" ] && [ -d "$project/../shared/conformance" ]; then
		HDX_CONFORMANCE=$(cd "$project/../shared/conformance" && pwd)
		export HDX_CONFORMANCE
	fi
	sources=$mirror/source
}

# Makes $1/source equal to the checkout, leaving alone what is equal.
mirror_copy() {
	local mirror=$1 file outdated=
	if mirror_is_outdated "$mirror"; then
		# For good, until the next build: an interrupted copy must not pass for what was built.
		rm -f "$mirror/.built"
		outdated=yes
	fi
	# Without the list of what is there, nothing there can be trusted.
	[ -e "$mirror/files" ] || { rm -rf "$mirror/source" && : >"$mirror/files"; }
	mirror_files >"$mirror/files.new"
	while IFS= read -r -d '' file; do
		rm -rf "${mirror:?}/source/$file"
	done < <(LC_ALL=C comm -z -23 "$mirror/files" "$mirror/files.new")
	while IFS= read -r -d '' file; do
		if [ -z "$outdated" ] && mirror_has "$project/$file" "$mirror/source/$file"; then continue; fi
		mkdir -p "$(dirname "$mirror/source/$file")"
		rm -rf "${mirror:?}/source/$file"
		cp --no-dereference --preserve=mode "$project/$file" "$mirror/source/$file"
	done <"$mirror/files.new"
	mv "$mirror/files.new" "$mirror/files"
}

# Whether the mirror's file $2 is what the checkout's file $1 is.
mirror_has() {
	[ ! -L "$1" ] && [ ! -L "$2" ] && [ -f "$2" ] && cmp -s "$1" "$2" &&
		{ if [ -x "$1" ]; then [ -x "$2" ]; else [ ! -x "$2" ]; fi; }
}

# Notes that what lies in the target directory was built from the mirror.
mirror_built() {
	case "$sources" in
	"$CARGO_TARGET_DIR/mirror/source") touch "$CARGO_TARGET_DIR/mirror/.built" ;;
	esac
}

# Lets other scripts build.
mirror_release() {
	[ -n "$mirror_lock" ] || return 0
	exec {mirror_lock}>&-
	mirror_lock=
}
