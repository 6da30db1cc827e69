#! /bin/sh
# A table as GNU parallel has it, with quotes, commas and newlines where they were.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need python3
printf 'a,"b"\nc\0plain\0' >items
expect_status 2 cpool -0 --results t.csv 'printf "%s,\n" {}; echo "e\"" >&2; exit {2}' :::: items ::: 0 3
expect_out_empty
cat >check <<'END'
import csv
rows = list(csv.reader(open("t.csv", newline="")))
assert rows[0] == ["Seq", "Host", "Starttime", "JobRuntime", "Send", "Receive", "Exitval", "Signal", "Command",
                   "V1", "V2", "Stdout", "Stderr"], rows[0]
assert len(rows) == 5 and all(len(row) == 13 for row in rows), rows
item = 'a,"b"\nc'
assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4"]
assert [row[6] for row in rows[1:]] == ["0", "3", "0", "3"]
assert [row[9] for row in rows[1:]] == [item, item, "plain", "plain"]
assert rows[1][11] == item + ",\n" + "0,\n", rows[1]
assert rows[1][12] == 'e"\n', rows[1]
assert int(rows[1][5]) == len(rows[1][11])
END
python3 check || fail "$(cat t.csv)"
