#! /bin/sh
# A file for all tasks has one name; "-" is no name, and the message says how to write what was meant.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for option in '--joblog=log.{}' '--joblog=+{#}.log' '--failed={}.txt' '--trace={/.}.svg' '--results={}.csv' '--results=x{1}.json'; do
    expect_status 125 cpool $option touch ran ::: a
    expect_err_match "^cpool: ${option%%=*}: '.*[{].*[}].*': is one file for all tasks, and no item can stand in its name"
done
for option in --joblog --failed; do
    expect_status 125 cpool $option - touch ran ::: a
    expect_err_match "^cpool: $option: '-': is no name of a file here; standard output is /dev/stdout, and a file that is called so is ./-\$"
done
expect_status 125 cpool --joblog=+- touch ran ::: a
expect_status 125 cpool --results=- touch ran ::: a
expect_err_match "^cpool: --results: '-': is no name of a file here; a table goes to standard output as -.csv, and a file that is called so is ./-\$"
expect_status 125 cpool --header : --joblog='{name}.log' touch ran '{name}' ::: name a
[ "$(ls)" = "$(printf 'err\nout')" ] || fail "$(ls)"
# So it is written.
expect_status 0 cpool -I % --joblog='log.{}' --results=./- echo % ::: a
[ -f 'log.{}' ] || fail "$(ls)"
[ -d ./- ] || fail "$(ls)"
