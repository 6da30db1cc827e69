#! /bin/sh
# Commands whose workers die run once all the same, as do all the others; what they were told to do shows it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 200 >in
expect_status 20 cpool -j4 sh -c 'echo "$1" >>ran; case $1 in *5) kill -KILL $PPID; exit 9 ;; esac; echo "$1"' _ <in
sort -n ran | cmp -s - in || fail "not each was run once: $(sort -n ran | uniq -c | awk '$1 != 1')"
grep -v '5$' in >wanted
expect_out_file wanted
sed -n 's/^cpool: item \([0-9]*\) .*: lost: .*SIGKILL.*/\1/p' err | sort -n >lost
grep '5$' in | cmp -s - lost || fail "$(cat lost) are said to be lost"
