#! /bin/sh
# What --pipe can not do is said in one line, before anything is read or started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a\nb\n' >in
refused () {
    expect_status 125 cpool --pipe "$@" <in
    expect_out_empty
    [ "$(wc -l <err)" -eq 1 ] || fail "$*: $(cat err)"
    [ ! -e made ] || fail "$*: it was started"
}
for size in x 0 17M -1 '' nan inf 1KB 1e99 99999999999999999999G; do refused --block "$size" touch made; done
refused --recend '' touch made
expect_err_match '^cpool: .*--recend'
for expression in '(' '[' 'a{2'; do refused --regexp --recend "$expression" touch made; done
refused -X touch made
refused -m touch made
refused -C , touch made
refused --header x touch made
refused -n 0 touch made
refused -L 0 touch made
refused -I @ touch made
refused touch made ::: x
refused -a in -a in touch made
refused fib
expect_err_match 'fib is a function'
refused -a no-such touch made
refused -a . touch made
