#! /bin/sh
# As long as it flushes and does well, a filter is started once for each job.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 5000 | expect_status 0 cpool -j2 --filter sh -c 'echo >>starts; exec sed -u "s/^/x/"'
seq 5000 | sed 's/^/x/' >wanted
expect_out_file wanted
[ "$(wc -l <starts)" -le 2 ] || fail "it was started $(wc -l <starts) times"
