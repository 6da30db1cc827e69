#! /bin/sh
# A filter that never answers, however often it is started, ends the run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for way in 'exit 3' 'kill -KILL $$' 'read -r x; exit 0' 'exec head -c 20M /dev/zero'; do
    rm -f starts
    seq 1000 | expect_status 125 timeout 30 cpool -j1 --filter sh -c "echo >>starts; $way"
    expect_out_empty
    expect_err_match '^cpool: the filter has been started 10 times in a row without an answer; the run is ended$'
    [ "$(wc -l <starts)" -eq 10 ] || fail "it was started $(wc -l <starts) times"
done
