#! /bin/sh
# A filter may be a script whose programs buffer, though the shell waits for them and not for input.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 5000 >in
tr 0-4 a-e <in | sed 's/^/x/' >wanted
for jobs in 1 3; do
    for script in 'tr 0-4 a-e | sed "s/^/x/"' 'tr 0-4 a-e | sed "s/^/x/"; true' '(tr 0-4 a-e) | (sed "s/^/x/")'; do
        expect_status 0 timeout 10 cpool -j$jobs --grace 0.1 --filter "$script" <in
        expect_out_file wanted
    done
done
expect_status 0 timeout 10 cpool -j1 --grace 0.1 --filter 'sort; true' ::: c b a
expect_out a b c
