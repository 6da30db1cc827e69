#! /bin/sh
# {%} is the number of the slot, from 1 to the number of jobs.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 echo '{%}' '{}' ::: a b
expect_out '1 a' '1 b'
seq 200 | expect_status 0 cpool -j3 echo '{%}' '{}'
! cut -d ' ' -f 1 out | grep -qvx '[123]' || fail "a slot beyond 3: $(cut -d ' ' -f 1 out | sort -u)"
