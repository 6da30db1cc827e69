#! /bin/sh
# A row whose output has several lines stays in one piece, also where lines take turns.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
need python3
expect_status 0 cpool -j3 --results t.csv --interleave 'seq {}' ::: 3 3 2 5
python3 - <<'END' || fail "$(cat t.csv)"
import csv
rows = list(csv.DictReader(open('t.csv', newline='')))
assert [(row['V1'], row['Stdout'].count('\n')) for row in rows] == [('3', 3), ('3', 3), ('2', 2), ('5', 5)], rows
END
# So the first row comes first, and its task can tell how many columns there are.
expect_status 0 cpool -j2 --results t.csv --interleave -C , echo ::: a,b c,d
head -n 1 t.csv | grep -q ',V1,V2,Stdout,Stderr$' || fail "$(cat t.csv)"
