#! /bin/sh
# What SCRIPTS in cpool.1 says is refused in a script is refused, and what is to be written instead is taken.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

sed -n '/^\.Sh SCRIPTS$/,/^\.Sh /{ /Em refused/,/^\.El/s/^\.It Li //p; }' "$CPOOL_SRCDIR/man/cpool.1" |
    awk -F '" Ta Li "' 'NF == 2 { print substr($1, 2); print substr($2, 1, length($2) - 1) }' |
    sed "s/\\\\(aq/'/g; s/\\\\(dq/\"/g; s/\\\\(ga/\`/g; s/\\\\-/-/g; s/\\\\e/\\\\/g" >rows

count=0
while IFS= read -r refused && IFS= read -r taken; do
    count=$((count + 1))
    expect_status 125 cpool "$refused" ::: 1
    expect_err_match '^cpool: .\{\}. in the script: '
    expect_status 0 cpool --dry-run "$taken" ::: 1
    expect_err_empty
done <rows
[ "$count" -ge 10 ] || fail "cpool.1: only $count rows can be read: $(cat rows)"
