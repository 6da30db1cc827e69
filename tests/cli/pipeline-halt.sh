#! /bin/sh
# Halting ends the other pipelines as whole tasks; the status is that of the program that failed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
expect_status 7 timeout 20 cpool -j2 --grace 0.1 --halt now,fail=1 sh -c '[ "$1" = a ] && exec sleep 1000; :' _ '{}' '|' sh -c 'if [ {} = a ]; then echo >go; sleep 1000; else read -r _ <go; exit 7; fi' ::: a b
expect_err_match 'exit status 7 of program 2'
