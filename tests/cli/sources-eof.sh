#! /bin/sh
# -E STR ends a list of items where STR stands; each source for itself; without -E nothing does.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -E stop echo ::: a stop b
expect_out a
expect_status 0 cpool --eof=stop echo ::: a b stop c ::: 1 stop 2
expect_out 'a 1' 'b 1'
printf 'a\nxstop\nstop x\nstop\nb\n' | expect_status 0 cpool -E stop echo
expect_out a xstop 'stop x'
expect_status 0 cpool echo ::: a _ b
expect_out a _ b
printf 'a\n\nb\n' | expect_status 0 cpool -E '' echo
expect_out a '' b
printf '1\nx\n2\n' | expect_status 0 cpool -E x square
expect_out 1
