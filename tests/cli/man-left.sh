#! /bin/sh
# What ITEMS AND SHELLS in cpool.1 leaves to the user can be written as it says: then any item is data there, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need awk xargs
unset MAKEFLAGS MFLAGS MAKELEVEL # of the make that runs the tests
mkdir bin
printf '#! /bin/sh\nshift\nexec sh -c "$*"\n' >bin/ssh
printf '#! /bin/sh\nexec sh -c "$2"\n' >bin/script
chmod +x bin/ssh bin/script
PATH=$PWD/bin:$PATH
printf 'all:\n\t@printf "%%s\\n" "$$X"\n' >Makefile

sed -n '/^\.Sh ITEMS AND SHELLS$/,/^\.Sh /s/^\.It Li //p' "$CPOOL_SRCDIR/man/cpool.1" |
    awk -F '" Ta Li "' 'NF == 2 { print substr($1, 2); print substr($2, 1, length($2) - 1) }' |
    sed "s/\\\\(aq/'/g; s/\\\\(dq/\"/g; s/\\\\-/-/g; s/\\\\e/\\\\/g" >rows
count=0
while IFS= read -r not && IFS= read -r but; do
    for item in '$(touch PWNED)' "'; touch PWNED; '" '"; system("touch PWNED"); "' '-n'; do
        printf 'a\n%s\n' "$item" >list.txt
        printf 'a\n' >"$item"
        program=${but#[xX]=* }
        command -v "${program%% *}" >/dev/null || continue
        expect_status 0 cpool "$but" ::: "$item"
        expect_err_empty
        [ ! -e PWNED ] || fail "$but: '$item' was run"
    done
    [ -n "$not" ] || fail 'an empty row'
    count=$((count + 1))
done <rows
[ "$count" -ge 8 ] || fail "cpool.1: only $count rows can be read: $(cat rows)"
# What is printed is the item.
for script in "perl -e 'print shift' -- {}" "python3 -c 'import sys; print(sys.argv[1])' {}" 'X={} make -e'; do
    command -v "${script%% -*}" >/dev/null || continue
    expect_status 0 cpool "$script" ::: '$(touch PWNED)'
    [ "$(cat out)" = '$(touch PWNED)' ] || fail "$script: $(cat out)"
done
