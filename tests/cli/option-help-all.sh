#! /bin/sh
# --help=all has a line for every option, also for those that change nothing, and fits 80 columns; --help names them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --help=all
expect_err_empty
awk 'length > 80 { print; wide = 1 } END { exit wide }' out >wide || fail "wider than 80 columns: $(cat wide)"
for option in -k -r -X -m --group --csv --shuf --no-opts --nice; do
    grep -Eq -e "^ +(-., )?$option([ =,]|\$)" out || fail "$option has no line"
done
mv out all
expect_status 0 cpool --help
sed -n 's/^ *\(-., *\)*\(--[a-z-]*\).*/\2/p' all >names
[ "$(wc -l <names)" -ge 40 ] || fail "only $(wc -l <names) long options"
while read -r option; do
    grep -Eq -e "(^|[ ,])$option([ ,=[]|\$)" out || fail "--help does not name $option"
done <names
[ "$(wc -l <out)" -le 50 ] || fail "--help has $(wc -l <out) lines"
