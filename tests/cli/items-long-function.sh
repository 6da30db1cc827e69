#! /bin/sh
# A line of 1 MiB, and its neighbours, go through a function.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ echo before && head -c 1048576 /dev/zero | tr '\0' x && printf '\nafter\n'; } >in
expect_status 0 cpool identity <in
expect_out_file in
# shellcheck disable=SC2002 # a pipe is what is wanted
cat in | expect_status 0 cpool -j2 identity
expect_out_file in
