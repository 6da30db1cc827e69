#! /bin/sh
# The manual pages are right for both formatters that systems have.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# An empty path, so that mandoc does not look in the system's pages (and their index) for what ours refer to.
MANPATH=$PWD
export MANPATH

checked=no
for page in "$CPOOL_SRCDIR"/man/*.[1-8]; do
    if command -v mandoc >/dev/null; then
        mandoc -T lint -W warning "$page" >out 2>&1
        [ ! -s out ] || fail "mandoc $page: $(cat out)"
        checked=yes
    fi
    if command -v groff >/dev/null; then
        groff -man -Tutf8 -ww -z "$page" >out 2>&1
        [ ! -s out ] || fail "groff $page: $(cat out)"
        checked=yes
    fi
done
[ "$checked" = yes ] || skip "neither mandoc nor groff is installed"
