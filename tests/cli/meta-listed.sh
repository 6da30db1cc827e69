#! /bin/sh
# A test that nobody listed never runs, and a source that nobody listed is missing in the release.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cd "$CPOOL_SRCDIR" || fail "$CPOOL_SRCDIR: can't enter it"

# not_listed FILE...: those of the names on stdin that are no whole word in any: pool.sh must not be taken for worker-pool.sh.
not_listed () {
    awk 'FILENAME != "-" { for (n = 1; n <= NF; n++) listed[$n]; next } !($1 in listed)' "$@" -
}

left=$(find tests/cli tests/fuzz tests/stress -name '*.sh' ! -name lib.sh | not_listed tests/cli/tests.am Makefile.am)
[ -z "$left" ] || fail "not listed in tests/cli/tests.am: $left"

left=$(find tests/unit -name 'check_*.c' | sed 's/\.c$//' | not_listed Makefile.am)
[ -z "$left" ] || fail "not in UNIT_TESTS in Makefile.am: $left"

left=$(find src/ -name '*.[ch]' | not_listed Makefile.am)
[ -z "$left" ] || fail "not in Makefile.am: $left"
