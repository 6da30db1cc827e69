#! /bin/sh
# So few descriptors that not all workers, or none, can be started: fewer workers and one warning, or a clear message.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

sanitized && skip 'the sanitizers need descriptors of their own'
seq 100 >in
for limit in 6 7 8 9 10 11 12 14 16 20 24; do
    for program in 'sh -c "echo \$1" _' identity; do
        timeout 60 sh -c "ulimit -n $limit; exec cpool -j16 $program" <in >out 2>err
        status=$?
        echo "ulimit -n $limit; cpool -j16 $program" >"$_work/command"
        case $status in
            0)
                expect_out_file in
                [ "$(wc -l <err)" -le 1 ] || fail "more than one warning: $(cat err)"
                ;;
            125) expect_err_match '^cpool: ' ;;
            127) ;; # not even the loader could open the C library
            *) _check_status 0 $status ;;
        esac
    done
done
