#! /bin/sh
# With --filter=0 items and answers end in NUL and may hold newlines; one that holds a NUL is refused.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a\nb\0\n\0\0last' >in
{ cat in && printf '\0'; } >wanted
for jobs in 1 2; do
    expect_status 0 cpool -j$jobs -0 --filter=0 cat <in
    expect_out_file wanted
done
expect_status 0 cpool --filter=0 tr '\n' - ::: 'x
y' z
printf 'x-y\0z\0' >wanted
expect_out_file wanted
printf 'a\0b\nc\n' | expect_status 1 cpool --filter=0 cat
printf 'c\0' >wanted
expect_out_file wanted
expect_err_match '^cpool: .a.x00b.: it holds a NUL'
