#! /bin/sh
# --results with replacement strings: where each task's output goes, as GNU parallel has it; but no item leads out of the folder that
# stands in front of them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

check () { # FILE TEXT
    [ "$(cat "$1")" = "$2" ] || fail "$1: $(cat "$1"); $(find kept)"
}
expect_status 1 cpool --results 'kept/x/{}.log' sh -c 'echo "<$1>"; echo error >&2; [ "$1" != b ]' _ ::: 'a c' b dir/d
expect_out_empty
check 'kept/x/a c.log' '<a c>'
check 'kept/x/a c.log.err' error
check kept/x/b.log.seq 2
check kept/x/dir/d.log '<dir/d>'
[ "$(find kept -type f | wc -l)" -eq 9 ] || fail "$(find kept)"
# One that ends in / is a folder.
expect_status 0 cpool --results 'kept/{#}-{2}/' echo ::: a b ::: c d
check kept/3-c/stdout 'b c'
check kept/3-c/seq 3
[ -e kept/3-c/stderr ] || fail "$(find kept)"
# Names of columns, the current folder, functions, filters, blocks.
printf '%s\n' n,m 1,2 | expect_status 0 cpool -C, --header : --results '{n}_{m}' echo '{m}'
check 1_2 2
expect_status 0 cpool --results 'kept/{}.f' square 7
check kept/7.f 49
printf '%s\n' one two | cpool --results 'kept/{}.f' --filter cat || fail 'a filter'
check kept/two.f two
printf '%s\n' one two | cpool --pipe -N1 --results 'kept/block{#}' cat || fail 'blocks'
check kept/block2 two
expect_status 0 cpool -I % --results 'kept/%{}' echo % ::: a
check 'kept/a{}' a
# Out of it leads nothing.
expect_status 0 cpool --results 'kept/sub/{}.x' echo ::: ../../out1 /tmp/absolute .. ''
for path in out1.x ../out1.x /tmp/absolute.x; do
    [ ! -e $path ] || fail "$path: it was left"
done
check 'kept/sub/\../\../out1.x' ../../out1
check kept/sub/tmp/absolute.x /tmp/absolute
ln -s "$PWD" kept/link
expect_status 125 cpool --results 'kept/{}/y' echo ::: link
[ ! -e y ] || fail 'a link was followed'
# One place for two: the first has it, the other a name of its own. What was done before stays.
expect_status 0 cpool -j1 --joblog log --results 'kept/all{1//}.z' echo ::: a b
check kept/all..z a
check 'kept/all..z\~2' b
expect_status 0 cpool -j1 --joblog log --resume --results 'kept/all{1//}.z' echo ::: a b c
check kept/all..z a
check 'kept/all..z\~3' c
