#! /bin/sh
# A log in JSON can be gone on from like the other one, also when a tool has written it anew.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
expect_status 1 cpool -j1 --joblog log --joblog-format=json sh -c 'echo "$1"; [ "$1" != b ]' sh ::: a b
expect_status 0 cpool -j1 --joblog log --joblog-format=json --resume sh -c 'echo "$1"; [ "$1" != b ]' sh ::: c b a
expect_out c
expect_status 1 cpool -j1 --joblog log --joblog-format=json --resume-failed sh -c 'echo "$1"; [ "$1" != b ]' sh ::: c b a
expect_out b
expect_status 125 cpool --joblog log --resume echo ::: a
expect_err_match '^cpool: --joblog: log: line 1 is none of a log in GNU parallel.s columns; is it one of --joblog-format=json'
need jq
jq -cS . log >other
expect_status 0 cpool -j1 --joblog other --joblog-format=json --resume sh -c 'echo "$1"; [ "$1" != b ]' sh ::: c b a d
expect_out d
