#! /bin/sh
# An answer of a filter has the tag of its item, long or short.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

head -c 100000 /dev/zero | tr '\0' x >long
{ seq 1000; cat long; echo; } >items
expect_status 0 cpool -j2 --tagstring '{#}' --filter cat <items
awk '{ print NR "\t" $0 }' items >wanted
expect_out_file wanted
