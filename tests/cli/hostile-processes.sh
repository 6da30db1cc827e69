#! /bin/sh
# So few processes that not all workers, or none of their tasks, can be started: never a hang, never an item that is
# lost in silence.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ "$(id -u)" -eq 0 ] || skip 'only root can become a user without other processes'
need setpriv
chmod 755 "$_work" .
user () { setpriv --reuid 64124 --clear-groups "$@"; }
user cpool true ::: x 2>/dev/null || skip 'another user can not run cpool here'
seq 30 >in
chmod 644 in
for limit in 1 2 3 4 5 6 8 12; do
    for program in 'sh -c "echo \$1" _' identity 'nap 0.01 0.02 0.03 0.04 0.05 0.06 0.07 0.08'; do
        timeout 60 setpriv --reuid 64124 --clear-groups sh -c "ulimit -u $limit; exec cpool -j16 $program <in" >out 2>err
        status=$?
        echo "ulimit -u $limit; cpool -j16 $program" >"$_work/command"
        case $status in
            0) case $program in
                nap*) expect_out 0.01 0.02 0.03 0.04 0.05 0.06 0.07 0.08 ;;
                *) expect_out_file in ;;
               esac
               [ "$(grep -c '^cpool' err)" -le 1 ] || fail "more than one warning: $(cat err)" ;;
            125) expect_err_match '^cpool: ' ;;
            *) _check_status 0 $status ;;
        esac
    done
done
