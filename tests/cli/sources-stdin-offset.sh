#! /bin/sh
# Standard input that is a file is others' too: it stands right behind the end word of -E, and at its end where all of it
# was read, as xargs leaves it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

left () { # REST OPTION...: what is left behind of ./in
    rest=$1
    shift
    { expect_status 0 cpool -j2 "$@"; cat >rest; } <in
    [ "$(cat rest)" = "$rest" ] || fail "$*: left: $(head -3 rest)"
}
seq 100000 >in
after=$(seq 51 100000)
left "$after" -E 50 true
left "$after" -n 7 -E 50 true
left "$after" -X -E 50 true
left "$after" --filter -E 50 cat
left "$after" -E 50 identity
left "$after" --link -E 50 echo :::: - ::: a
left "$after" --header : -E 50 true
left '' identity
left '' -n 700 true
left '' --pipe cat
seq 100 >in
left '' true
printf 'a\0b\0E\0c\0' >in
{ expect_status 0 cpool -0 -E E echo; tr '\0' x >rest; } <in
expect_out a b
[ "$(cat rest)" = cx ] || fail "$(cat rest)"
printf 'a\nE' >in
left '' -E E echo
expect_out a
# Others may have read some of it, and the list may be of several: what is taken of each is its own.
printf 'x\na\nE\nb\n' >in
{ read -r _; expect_status 0 cpool -E E echo ::: 1 E 2 :::: -; cat >rest; } <in
expect_out '1 a'
[ "$(cat rest)" = b ] || fail "$(cat rest)"
