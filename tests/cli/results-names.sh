#! /bin/sh
# Whatever an item is, its folder is within DIR, and no other item has it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

long=$(head -c 300 /dev/zero | tr '\0' x)
printf '%s\0' ../x a/b a_b 'a\_b' '' . .. 'new
line' "$long" "${long}y" '-n' >items
expect_status 0 cpool -0 --results DIR printf %s <items
expect_out_empty
[ "$(ls -A)" = "$(printf '%s\n' DIR err items out)" ] || fail "outside of DIR: $(ls -A)"
[ "$(find DIR -name stdout | wc -l)" -eq 11 ] || fail "$(find DIR -name stdout)"
# The names by which they can be found, and that what is there is theirs.
[ "$(cat 'DIR/1/..\_x/stdout')" = ../x ] || fail ../x
[ "$(cat 'DIR/1/a\_b/stdout')" = a/b ] || fail a/b
[ "$(cat 'DIR/1/a\\_b/stdout')" = 'a\_b' ] || fail 'a\_b'
[ "$(cat 'DIR/1/\/seq')" = 5 ] || fail 'the empty one'
[ "$(cat 'DIR/1/\./stdout')" = . ] || fail .
[ "$(cat 'DIR/1/\../stdout')" = .. ] || fail ..
[ "$(tail -n 1 'DIR/1/new\nline/stdout')" = line ] || fail 'the newline'
cat DIR/1/xxx*/stdout | tr -d '\n' >both
[ "$(wc -c <both)" -eq 601 ] || fail 'the long ones'
find DIR -type d | sort >names
expect_status 0 cpool -0 --results DIR printf %s <items
find DIR -type d | sort | cmp -s - names || fail 'the names of another run are others'
