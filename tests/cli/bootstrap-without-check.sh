#! /bin/sh
# Only tests need the library check: where it is not to be had cpool is built without.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/bootstrap-lib.inc"

tools='make autoreconf aclocal automake gcc'
for others in '' apt-get; do
    # shellcheck disable=SC2086
    machine $tools $others
    expect_status 0 bootstrap
    expect_err_match '^bootstrap: not installed: check: .*; building without it, but make check needs it: '
    grep -q '^make ' calls || fail 'it was not built'
done

# The same with --no-install; something else is still an error.
# shellcheck disable=SC2086
machine $tools apt-get
expect_status 0 bootstrap --no-install
expect_err_match '^bootstrap: not installed: check: nothing is to be installed; .* apt-get .* install check'
machine make autoreconf apt-get
expect_status 1 bootstrap --no-install
expect_err_match '^bootstrap: not installed: gcc libc6-dev automake check: '

# When it is there, nothing is said of it.
# shellcheck disable=SC2086
machine $tools check
expect_status 0 bootstrap
grep -q check err && fail "$(cat err)"
exit 0
