#! /bin/sh
# Where no more processes may be started there are fewer workers, or a clear message; never a hang.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ "$(id -u)" -eq 0 ] || skip 'only root can become a user without other processes'
need setpriv timeout bash
seq 30 >in
chmod 755 "$_work" . 2>/dev/null
setpriv --reuid 64123 --clear-groups sh -c 'exec "$CPOOL" true ::: x' 2>/dev/null || skip 'another user can not run cpool here'
timeout 60 setpriv --reuid 64123 --clear-groups bash -c 'ulimit -u 4; exec "$CPOOL" -j16 nap 0.01 0.01 0.01 0.01 0.01 0.01 0.01 0.01' >out 2>err
status=$?
case $status in
    0) [ "$(wc -l <out)" -eq 8 ] || fail "$(wc -l <out) answers" ;;
    124) fail 'it hung' ;;
    *) grep -q '^cpool: ' err || fail "ended with $status without a word" ;;
esac
