#! /bin/sh
# Offline a package manager fails once for each mirror and package: of that a few lines are enough, and one says what to do.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/bootstrap-lib.inc"

: >offline
machine root apt-get make autoreconf aclocal automake check
expect_status 1 bootstrap
expect_err_match '^bootstrap: not installed: gcc libc6-dev: .* failed \(its last lines stand above\); is there a network\?'
[ "$(wc -l <err)" -le 7 ] || fail "more than one wants to read: $(cat err)"

# For want of check alone it is built all the same.
machine root apt-get make autoreconf aclocal automake gcc
expect_status 0 bootstrap
expect_err_match 'building without it, but make check needs it'
