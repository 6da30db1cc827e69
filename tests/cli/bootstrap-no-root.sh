#! /bin/sh
# Without root and sudo nothing can be installed: one message says what lacks, by the names of packages, and what root
# has to run, without the sudo that is not there.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/bootstrap-lib.inc"

machine apt-get make autoreconf aclocal
expect_status 1 bootstrap
expect_err_match '^bootstrap: not installed: gcc libc6-dev automake check: installing needs root, and there is no sudo; run as root: apt-get '
[ "$(wc -l <err)" -eq 1 ] || fail "one line should do: $(cat err)"
[ "$(grep -o sudo err | wc -l)" -eq 1 ] || fail "sudo is named more than once: $(cat err)"
grep -q apt-get calls && fail 'apt-get was called all the same'

# With sudo it is used.
machine apt-get sudo make autoreconf aclocal automake gcc
expect_status 0 bootstrap
grep -q '^sudo apt-get -q update' calls || fail "sudo was not used: $(cat calls)"

# Where no manager is known, too, it is packages that are named.
machine make autoreconf aclocal automake
expect_status 1 bootstrap
expect_err_match '^bootstrap: not installed: gcc check: no apt-get, dnf'
