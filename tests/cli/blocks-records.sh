#! /bin/sh
# -N is records in a block, -L lines in a record, --header: the first one before each block; from a file as from a pipe.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

ends='cat; echo --'
same () { # OPTION...
    expect_status 0 cpool --pipe "$@" sh -c "$ends" <in
    cp out by_file
    # shellcheck disable=SC2002
    cat in | expect_status 0 cpool --pipe "$@" sh -c "$ends"
    expect_out_file by_file
    expect_status 0 cpool --pipe -a in "$@" sh -c "$ends"
    expect_out_file by_file
}
printf '1\n2\n3\n4\n5\n6\n7' >in
same -N 3
expect_out 1 2 3 -- 4 5 6 -- 7--
same -L 3
expect_out 1 2 3 -- 4 5 6 -- 7--
same -N 2 -L 2
expect_out 1 2 3 4 -- 5 6 7--
same --header : -N 4
expect_out 1 2 3 4 5 -- 1 6 7--
same --header : -N 2 --recend 3 -j3
expect_out 1 2 3 4 5 6 7--
printf '>a\nb\n>c\n>d\n>e\n' >in
same --recstart '>' -N 2
expect_out '>a' b '>c' -- '>d' '>e' --
printf 'a\0b\0c\0' >in
expect_status 0 cpool --pipe -0 -N 2 sh -c 'tr "\0" ,; echo' <in
expect_out a,b, c,
