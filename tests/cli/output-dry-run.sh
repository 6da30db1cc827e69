#! /bin/sh
# --dry-run shows the commands, and makes no file.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for words in '' '--results DIR' '--results x.csv' '--joblog log' '--failed todo' --line-buffer --interleave --as-completed; do
    # shellcheck disable=SC2086
    expect_status 0 cpool -j1 --dry-run $words echo ::: a b
    expect_out 'echo a' 'echo b'
    [ -z "$(find . -name '[!oe]*' ! -name .)" ] || fail "$words: something was made: $(ls)"
done
expect_status 0 cpool --dry-run --tag echo ::: a b
expect_out 'a	echo a' 'b	echo b'
expect_status 0 cpool --dry-run --tagstring '{#}' square 3 4
expect_out '1	square 3' '2	square 4'
expect_status 0 cpool -j2 --dry-run --interleave echo ::: 'a
b' c
expect_out "echo 'a" "b'" 'echo c'
# What would be run, for a program to read.
expect_status 0 cpool --dry-run --json echo x ::: 'a b' "$(printf '\377')"
expect_out '{"seq":1,"item":"a b","fields":["a b"],"command":"echo x '"'a b'"'","argv":["echo","x","a b"]}' \
    '{"seq":2,"item_base64":"/w==","fields_base64":["/w=="],"command":"echo x $'"'"'\\377'"'"'","argv_base64":["ZWNobw==","eA==","/w=="]}'
expect_status 0 cpool --dry-run --json square 3
expect_out '{"seq":1,"item":"3","fields":["3"],"command":"square 3","argv":["square","3"]}'
printf 'a\0\n' >items
expect_status 1 cpool -a items --dry-run --json echo
grep -q '"outcome":"not started".*"stderr":"cpool: .*NUL' out || fail "$(cat out)"
