#! /bin/sh
# --trim n, l, r, lr and rl take blanks off the items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

item='	 a b 	'
for row in "n|$item" "l|a b 	" "r|	 a b" 'lr|a b' 'rl|a b'; do
    expect_status 0 cpool --trim "${row%%|*}" printf '<%s>\n' ::: "$item"
    expect_out "<${row#*|}>"
done
expect_status 0 cpool --trim lr printf '<%s>\n' ::: '  ' ''
expect_out '<>' '<>'
for bad in x '' lrl L; do
    expect_status 125 cpool --trim "$bad" touch ran ::: a
    expect_err_match '^cpool: --trim: '
done
[ ! -e ran ] || fail 'a task was run'
