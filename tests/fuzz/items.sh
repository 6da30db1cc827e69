#! /bin/sh
# Random command lines with hostile items, see fuzz_items.c, in a pid and mount namespace of their own or not at all.
#
#     items.sh [LINES [SEED]]     500 and 1, if they are not given
#
# Left over from it is nothing: the folder that it works in is gone with the namespace.

: "${CPOOL:?}" "${CPOOL_BUILDDIR:?}"
exec </dev/null
fuzzer=$CPOOL_BUILDDIR/tests/fuzz/fuzz_items
lines=${1:-500} seed=${2:-1}

if unshare --mount --pid --fork --mount-proc true 2>/dev/null; then
    set -- --mount --pid --fork --mount-proc
elif unshare --user --map-root-user --mount --pid --fork --mount-proc true 2>/dev/null; then
    set -- --user --map-root-user --mount --pid --fork --mount-proc
else
    echo 'skipped: needs namespaces of its own (unshare)' >&2
    exit 77
fi
folder=$(mktemp -d "${TMPDIR:-/tmp}/cpool-items.XXXXXX") || exit 1
unshare "$@" sh -c '
    mount -t tmpfs tmpfs "$1" && cd "$1" && mkdir tmp && TMPDIR=$1/tmp && export TMPDIR || exit 77
    exec "$2" "$3" "$4" "$5"' sh "$folder" "$fuzzer" "$CPOOL" "$lines" "$seed"
status=$?
rmdir "$folder"
exit "$status"
