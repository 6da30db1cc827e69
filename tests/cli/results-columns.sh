#! /bin/sh
# A table has a column for each of the fields, whatever their number and their names.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

header () { head -n 1 "$1" | sed 's/.*Command,//; s/,Stdout,Stderr//'; }
expect_status 0 cpool --results a.csv -n3 echo ::: a b c d
[ "$(header a.csv)" = V1,V2,V3 ] || fail "$(cat a.csv)"
grep -q ',"echo d",d,,,"d$' a.csv || fail "$(cat a.csv)"
expect_status 0 cpool --results b.csv --header : echo '{n}' ::: n 1 ::: m 2
[ "$(header b.csv)" = n,m ] || fail "$(cat b.csv)"
expect_status 0 cpool --results c.csv -C , echo '{2}' ::: a,b c,d
[ "$(header c.csv)" = V1,V2 ] || fail "$(cat c.csv)"
printf 'a b\n' | expect_status 0 cpool --results d.tsv echo
printf 'Command\tV1\tStdout\tStderr\n' >wanted
head -n 1 d.tsv | cut -f 9- | cmp -s - wanted || fail "$(cat d.tsv)"
seq 4 >lines
expect_status 0 cpool --results e.csv --pipe --block 4 cat <lines
[ "$(head -n 1 e.csv | sed 's/.*Command,//')" = Stdout,Stderr ] || fail "$(cat e.csv)"
grep -q '^1,:,[0-9.]*,[0-9.]*,4,4,0,0,cat,"1$' e.csv || fail "$(cat e.csv)"
expect_status 0 cpool --results f.csv true </dev/null
[ "$(header f.csv)" = V1 ] || fail "$(cat f.csv)"
