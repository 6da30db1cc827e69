#! /bin/sh
# A torn line behind which another run had appended has become a blank one, which says nothing.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
expect_status 0 cpool --joblog log echo ::: a b
sed '2s/$/\n          /' log >blank
for joblog in blank '+blank'; do
    expect_status 0 cpool --joblog "$joblog" --resume echo ::: a b c
done
[ "$(wc -l <blank)" -eq 5 ] || fail "$(cat blank)"
# While another run appends, what is torn is blanked: what is behind it stays.
mkfifo gate
start cpool --joblog=+log sh -c ': >running; read -r _ <gate' ::: a
wait_for test -e running
printf torn >>log
expect_status 0 cpool --joblog=+log echo ::: d
expect_err_match '^cpool: warning: --joblog: log: its last line is torn'
[ "$(sed -n 4p log)" = '   ' ] || fail "$(cat log)"
echo >gate
expect_end_soon 0
[ "$(wc -l <log)" -eq 6 ] || fail "$(cat log)"
