#! /bin/sh
# What is no expression, or no separator for --csv, is told at once, with the reason; nothing is run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# shellcheck disable=SC1003
for bad in '(' '[' 'a{2' '*' '\' '[[:nonsense:]]'; do
    cpool -C "$bad" touch ran ::: a >out 2>err
    status=$?
    [ "$status" -ne 0 ] || { rm ran && continue; } # some C libraries take it
    [ "$status" -eq 125 ] || fail "-C '$bad' ended with $status"
    expect_err_match "^cpool: -C: .*no expression to split by: "
    [ "$(wc -l <err)" -eq 1 ] || fail 'more than one line'
done
expect_status 125 cpool -C '(' touch ran ::: a
for bad in ',;' '' '"'; do
    expect_status 125 cpool --csv -C "$bad" touch ran ::: a
    expect_err_match '^cpool: -C: .*one byte'
done
[ ! -e ran ] || fail 'a task was run'
