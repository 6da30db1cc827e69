#! /bin/sh
# --halt and commands that go on reading blocks: all blocks are handed out, and a failure ends the run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 300 >in
for rule in now,fail=1 soon,fail=2 soon,success=5; do
    expect_status 0 timeout 20 cpool --pipe --filter -n3 -j2 --halt "$rule" cat <in
    [ "$(sort -n out | cksum)" = "$(cksum <in)" ] || fail "$rule: $(wc -l <out) lines"
done
expect_status 3 timeout 20 cpool --pipe --filter -n3 -j2 --halt now,fail=1 sh -c 'read -r _; exit 3' <in
