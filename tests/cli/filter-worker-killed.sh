#! /bin/sh
# A worker killed in the middle: its item is reported, all others are answered, each once, in order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 2000 >in
for jobs in 1 3; do
    rm -rf once
    expect_status 1 timeout 30 cpool -j$jobs --filter 'while read -r x; do if [ "$x" = 900 ] && mkdir once 2>/dev/null; then kill -KILL $PPID; exit; fi; echo "$x"; done' <in
    expect_err_match '^cpool: item [0-9]* .*: lost: its worker was ended by SIGKILL; the other items go on$'
    lost=$(sed -n 's/^cpool: item \([0-9]*\) .*: lost: .*/\1/p' err)
    sed "${lost}d" in >wanted
    expect_out_file wanted
done
