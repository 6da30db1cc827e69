#! /bin/sh
# --dry-run prints a pipeline that a shell takes as it stands.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --dry-run printf '%s\n' {} '|' tr a-z A-Z '|' sed 's/$/ | {}/' ::: "it's" 'b c' '|'
sh out >ran
cp out line
expect_status 0 cpool printf '%s\n' {} '|' tr a-z A-Z '|' sed 's/$/ | {}/' ::: "it's" 'b c' '|'
expect_out_file ran
grep -q "|.*|" line || fail "$(cat line)"
