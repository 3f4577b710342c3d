# shellcheck shell=bash
# The compiler target of the runtime, and how to build it where rustup cannot download it: from the
# compiler's own source as Debian packages it. Sourced by setup.sh.

wasm_target=wasm32v1-none

# Whether the compiler in use has the target, however it came there.
wasm_target_installed() {
	local libraries
	libraries="$(rustc --print sysroot)/lib/rustlib/$wasm_target/lib"
	compgen -G "$libraries/libcore-*.rlib" >/dev/null && compgen -G "$libraries/liballoc-*.rlib" >/dev/null
}

# Downloads the Debian package with the source of compiler version $1 into the current directory.
fetch_rust_source() {
	command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 1
	download_rust_source "$1" && return 0
	# The release that has it need not be one that this machine installs from. Its index goes to a
	# directory of our own, so that the machine's configuration stays as it is.
	local mirror
	# shellcheck disable=SC2016 # apt's own placeholders
	mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
		awk '$1 == "Debian" && $2 !~ /security/ { print $2; exit }')
	mkdir -p apt/lists/partial apt/cache/archives/partial
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]" \
		"${mirror:-http://deb.debian.org/debian} trixie-backports main" >apt/sources.list
	local -a own=(
		-o "Dir::Etc::SourceList=$PWD/apt/sources.list" -o Dir::Etc::SourceParts=-
		-o "Dir::State::Lists=$PWD/apt/lists" -o "Dir::Cache=$PWD/apt/cache"
		-o APT::Sandbox::User=
	)
	apt-get -qq "${own[@]}" update >&2 && download_rust_source "$1" "${own[@]}"
}

# As above, from the sources that the further arguments make apt use.
download_rust_source() {
	local version=$1 package found
	shift
	for package in rust-src rust-web-src; do
		found=$(apt-cache "$@" madison "$package" 2>/dev/null |
			awk -v wanted="$version" 'index($3, wanted "+") == 1 || index($3, wanted "~") == 1 { print $3; exit }')
		[ -n "$found" ] || continue
		apt-get -qq "$@" download "$package=$found" >&2 && return 0
	done
	return 1
}

# Builds core, alloc and compiler_builtins for the target and puts them beside the compiler's own.
build_wasm_target() (
	sysroot=$(rustc --print sysroot)
	work=$(mktemp -d)
	source_link="$sysroot/lib/rustlib/src/rust/library"
	made_link=
	# shellcheck disable=SC2317 # the trap calls it
	leave() {
		if [ -n "$made_link" ]; then
			rm -f "$source_link"
			rmdir "${source_link%/library}" 2>/dev/null || true
		fi
		rm -rf "$work"
	}
	trap leave EXIT
	cd "$work" || return 1

	if [ ! -e "$source_link" ]; then
		fetch_rust_source "$(rust_wanted)" || return 1
		dpkg -x ./*.deb unpacked || return 1
		library=$(echo "$work"/unpacked/usr/src/rustc-*/library)
		[ -f "$library/Cargo.lock" ] || return 1
		mkdir -p "$(dirname "$source_link")" || return 1
		# Only for as long as the build lasts: `rustup component add rust-src` wants this place.
		ln -s "$library" "$source_link" || return 1
		made_link=yes
	fi

	mkdir -p crate/src
	printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >crate/Cargo.toml
	printf '#![no_std]\n' >crate/src/lib.rs
	# The runtime is linked with LTO, which needs the bitcode.
	(cd crate && CARGO_TARGET_DIR=$work/target RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
		cargo build -q --release --target "$wasm_target" -Z build-std=core,alloc >&2) || return 1
	libraries="$sysroot/lib/rustlib/$wasm_target/lib"
	mkdir -p "$libraries" || return 1
	for name in core alloc compiler_builtins; do
		cp "$work/target/$wasm_target/release/deps/lib$name-"*.rlib "$libraries/" || return 1
	done
)
