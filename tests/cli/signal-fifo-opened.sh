#! /bin/sh
# Whoever waits for the other end of a FIFO, whichever option names it, hears signals.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in out.csv out.svg
is_waiting () {
    # It handles TERM by now, and sleeps.
    case $(sed -n 's/^SigCgt:.*\(.\)...$/\1/p' "/proc/$started/status") in
        [4-7c-f]) [ "$(state "$started")" = S ] ;;
        *) return 1 ;;
    esac
}
ends_by () { # SIGNAL STATUS ARGUMENT...
    _signal=$1 _status_wanted=$2
    shift 2
    start cpool "$@"
    wait_for is_waiting
    kill -s "$_signal" "$started"
    expect_end_soon "$_status_wanted"
    expect_out_empty
}
[ -e /proc/self/status ] || skip 'there is no /proc'
ends_by TERM 143 -a in echo
ends_by INT 130 echo :::: in
ends_by HUP 129 --pipe -a in cat
ends_by QUIT 131 --csv --header : -a in echo
ends_by TERM 143 --joblog in echo ::: a
ends_by TERM 143 --joblog +in echo ::: a
ends_by INT 130 --failed in echo ::: a
ends_by TERM 143 --results out.csv echo ::: a
ends_by HUP 129 --trace out.svg echo ::: a
