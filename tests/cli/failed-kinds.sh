#! /bin/sh
# Failed is what ended with a status, by a signal, by the time limit, what could not be started, and what was lost with its worker;
# retries that then did well are not.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
cat >task <<'END'
case $1 in
    status) exit 3 ;;
    signal) kill -KILL $$ ;;
    lost) kill -KILL $PPID ;;
    time) exec sleep 1000 ;;
    retried) [ -e tried ] || { : >tried; exit 1; } ;;
esac
END
expect_status 4 cpool --retries 2 --retry-delay 0 --timeout 2 --failed todo sh task ::: status ok signal lost time retried
[ "$(sort todo | tr '\n' ' ')" = 'lost signal status time ' ] || fail "$(cat todo)"
expect_status 1 cpool --failed todo ./{} ::: missing
[ "$(cat todo)" = missing ] || fail "$(cat todo)"
expect_status 2 cpool -j1 --failed todo square ::: 1 x 2 y
[ "$(cat todo)" = "$(printf 'x\ny')" ] || fail "$(cat todo)"
