#! /bin/sh
# A record that is too long for memory is an error that says so, from a file as from a pipe, for any --block.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

head -c 40M /dev/zero >in
for size in 1M 16M; do
    expect_status 125 cpool --pipe --block $size wc -c <in
    expect_err_match '^cpool: standard input: a record is longer than 32 MiB'
    # shellcheck disable=SC2002
    cat in 2>/dev/null | expect_status 125 cpool --pipe --block $size wc -c
    expect_err_match '^cpool: standard input: a record is longer than 32 MiB'
done
