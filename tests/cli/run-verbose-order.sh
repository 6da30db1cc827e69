#! /bin/sh
# -t tells a task's command when what came before it is out, and before all that the task writes.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 30 | awk '{ print "echo " $0; print }' >wanted
for words in -j1 -j4 '-j4 --tag' '-j4 --retries 2' '-j4 --line-buffer -k' '-j1 -u' '-j4 --lb' '-j4 --as-completed'; do
    case $words in
        *--lb | *--as-*) order='sort -n -k 2' ;;
        *) order='cat' ;;
    esac
    # shellcheck disable=SC2086
    seq 30 | cpool $words -t echo 2>&1 | sed 's/.*	//' >all
    [ "$order" = cat ] && cmp -s all wanted && continue
    [ "$order" != cat ] && [ "$(sort all)" = "$(sort wanted)" ] && continue
    diff wanted all >difference
    fail "$words: $(cat difference)"
done
# Of those that cannot be started, too; and of commands that read blocks.
expect_status 1 cpool -t ./{} ::: nosuch
[ "$(head -n 1 err)" = ./nosuch ] || fail "$(cat err)"
seq 2 | cpool --pipe -N1 -t cat >all 2>&1
printf 'cat\n1\ncat\n2\n' | cmp -s - all || fail "$(cat all)"
printf 'a\nb\n' | cpool -j1 --pipe --filter -t cat >all 2>&1
printf 'cat\na\nb\n' | cmp -s - all || fail "$(cat all)"
# It is no output of the task.
expect_status 0 cpool -t --results res --json echo ::: a
[ "$(cat err)" = 'echo a' ] || fail "$(cat err)"
[ ! -s res/1/a/stderr ] || fail "$(cat res/1/a/stderr)"
grep -q '"stderr":""' out || fail "$(cat out)"
