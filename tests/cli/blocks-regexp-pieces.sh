#! /bin/sh
# What an expression matches does not depend on how much of the input has come yet.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
come () { grep -q '^A' out; }
pieces () { # EXPRESSION FIRST REST: the first piece has a whole record, A, and begins another
    exec 8<>in
    start cpool --pipe -N 1 --regexp --recend "$1" sh -c 'cat; echo' <in 8>&-
    printf %s "$2" >&8
    wait_for come
    printf %s "$3" >&8
    exec 8>&-
    expect_end_soon 0
}
pieces ';+' 'A;b;' ';;c'
expect_out 'A;' 'b;;;' c
pieces '1|b$' A1b cb
expect_out A1 bcb
