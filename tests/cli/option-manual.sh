#! /bin/sh
# Every long option of --help stands in the manual.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

manual=$CPOOL_SRCDIR/man/cpool.1
[ -s "$manual" ] || skip 'there is no manual yet'
cpool --help | grep -Eo -e ' --[a-z-]+' | sort -u >options
while read -r option; do
    sed 's/\\-/-/g; s/\\(hy/-/g' "$manual" | grep -Fq -e "$option" -e "${option#--}" || fail "$option is not in the manual"
done <options
cpool --functions | while read -r name _; do
    grep -q "$name" "$manual" || fail "the function $name is not in the manual"
done
