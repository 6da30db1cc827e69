#! /bin/sh
# cpool is killed in the midst of a row, wherever that is: the row is taken out, the task is run again, and each has one row.
# shellcheck disable=SC2086 # $run is several words
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
need python3
cat >rows.py <<'END'
import csv, json, sys
for name in sys.argv[1:]:
    with open(name, newline='') as table:
        if name.endswith('.json'):
            rows = [json.loads(line)['item'] for line in table]
        else:
            rows = [row['V1'] for row in csv.DictReader(table, delimiter='\t' if name.endswith('.tsv') else ',')]
    assert sorted(rows) == ['x\n"1,:,2\n', 'y'], (name, rows)
END
text=$(printf 'x\n"1,:,2\n.')
text=${text%.}
for form in csv tsv json; do
    run="cpool -j1 --joblog log --resume --results t.$form printf %s"
    rm -f log "t.$form"
    expect_status 0 $run ::: "$text" y
    cp log whole.log
    cp "t.$form" whole
    size=$(wc -c <whole)
    # The last row is torn, and has no line in the log, as one that is being written.
    sed '$d' whole.log >one.log
    for less in 0 1 2 3 5 8 13 21; do
        cp one.log log
        head -c $((size - less)) whole >"t.$form"
        expect_status 0 $run ::: "$text" y
        [ "$less" -gt 0 ] || expect_err_match "^cpool: warning: --results: t.$form: the log does not know"
        [ "$less" -eq 0 ] || expect_err_match "^cpool: warning: --results: t.$form: its last row is torn"
        cp "t.$form" "less-$less.$form"
        [ "$(grep -c . log)" -eq "$(grep -c . whole.log)" ] || fail "$(cat log)"
    done
    # So is the first, within the quotes in which its newlines stand; or there is no more than a part of the names.
    for length in 1 20 120 200 $((size / 2)); do
        head -n 1 whole.log | grep '^Seq' >log
        head -c "$length" whole >"t.$form"
        expect_status 0 $run ::: "$text" y
        cp "t.$form" "length-$length.$form"
    done
done
python3 rows.py less-* length-* 2>err || fail "$(cat err)"
