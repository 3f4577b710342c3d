# shellcheck shell=bash
# Validators of a consortium in network namespaces of their own; sourced by scripts/consortium.sh.
#
# Each has two cables. One goes to a bridge, where it finds the other validators. There is a bridge for each side of a
# partition, so a partition is that cables are plugged into the other one: packets do not arrive, and nobody is told. The
# other cable goes to this machine, for RPC. The bridges are in a namespace as well; with the namespaces all is gone.

# Names and addresses are those of the directory: consortiums of several directories go side by side. The networks are those
# that are kept for tests of networks (RFC 2544), which nobody's machine is in.
readonly peers_net=198.18
readonly rpc_net=198.19

# Notes what the directory has of its own: a part of its names, and the third number of its addresses.
choose_namespaces() {
	local sum number
	sum=$(cksum <<<"$dir" | cut -d ' ' -f 1)
	number=$((sum % 256))
	for _ in $(seq 255); do
		[ -n "$(ip -o address show to "$rpc_net.$number.0/24")" ] || break
		number=$(((number + 1) % 256))
	done
	printf '%08x %d\n' "$sum" "$number" >"$dir/namespaces"
}

# Reads it, where the consortium has namespaces.
find_namespaces() {
	namespaces=
	[ -f "$dir/namespaces" ] || return 0
	read -r namespaces third <"$dir/namespaces"
}

# What is in the way of namespaces on this machine.
check_namespaces() {
	local program without="without --namespaces a partition needs no rights on the machine"
	for program in ip nsenter cksum; do
		command -v "$program" >/dev/null || die "--namespaces needs the program $program; $without"
	done
	[ "$(id -u)" = 0 ] || die "--namespaces needs root; $without"
	ip netns add hdx-probe 2>/dev/null && ip netns delete hdx-probe ||
		die "this machine makes no network namespaces; $without"
}

namespace_of() { echo "hdx-$namespaces-$1"; }

# Where a validator is for the others, and for this machine.
peer_host() { if [ -n "$namespaces" ]; then echo "$peers_net.$third.$1"; else echo 127.0.0.1; fi; }
rpc_host() { if [ -n "$namespaces" ]; then echo "$rpc_net.$third.$((4 * $1 + 2))"; else echo 127.0.0.1; fi; }

# The one with the bridges is 0.
make_namespaces() {
	local k hub own made="the network of the consortium was not made; the words of \`ip\` are above"
	hub=$(namespace_of 0)
	ip netns add "$hub" || die "$made"
	for k in 1 2; do
		ip -n "$hub" link add name "side$k" type bridge && ip -n "$hub" link set "side$k" up || die "$made"
	done
	for k in $(seq "$count"); do
		own=$(namespace_of "$k")
		{
			ip netns add "$own" && ip -n "$own" link set lo up &&
				ip -n "$hub" link add name "port$k" type veth peer name peers netns "$own" &&
				ip -n "$hub" link set "port$k" master side1 up &&
				ip -n "$own" address add "$(peer_host "$k")/24" dev peers && ip -n "$own" link set peers up &&
				ip link add name "hdx$namespaces$k" type veth peer name rpc netns "$own" &&
				ip address add "$rpc_net.$third.$((4 * k + 1))/30" dev "hdx$namespaces$k" &&
				ip link set "hdx$namespaces$k" up &&
				ip -n "$own" address add "$(rpc_host "$k")/30" dev rpc && ip -n "$own" link set rpc up
		} || die "$made"
	done
}

# Plugs each validator into the bridge of its side.
plug_sides() {
	local k
	for k in $(seq "$count"); do
		ip -n "$(namespace_of 0)" link set "port$k" master "side$(group_of "$k")" ||
			die "validator $k is not on its side; the words of \`ip\` are above"
	done
}

# Cables go with the namespace at one of their ends.
delete_namespaces() {
	local k
	for k in $(seq 0 "$count"); do ip netns delete "$(namespace_of "$k")" 2>/dev/null || true; done
}
