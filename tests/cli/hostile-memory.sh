#! /bin/sh
# Less and less address space: correct, or a clear message and 125.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

sanitized && skip 'the sanitizers take terabytes of address space'
seq 300 >in
for limit in 3000 4000 5000 6000 8000 10000 14000 20000 40000 100000; do
    for program in 'sh -c "echo \$1" _' identity; do
        timeout 60 sh -c "ulimit -v $limit; exec cpool -j4 $program <in" >out 2>err
        status=$?
        echo "ulimit -v $limit; cpool -j4 $program" >"$_work/command"
        case $status in
            0) expect_out_file in ;;
            125) expect_err_match '^cpool: ' ;;
            126 | 127 | 137 | 139) [ "$limit" -le 5000 ] || _check_status 0 $status ;; # the loader itself found no room
            *) grep -q '^cpool: ' err || _check_status 0 $status ;;
        esac
    done
done
