#! /bin/sh
# Much output of several tasks, small ones between, comes whole and in order: to a pipe, a file, and behind what is in a file.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1 400000 >expected-one
for i in 1 2 3 4 5 6; do
    echo "begin $i"
    cat expected-one
    echo "end $i"
done >expected
task='echo begin $1; cat expected-one; echo end $1; echo errors $1 >&2'
cpool -j3 sh -c "$task" sh ::: 1 2 3 4 5 6 2>err | cat >piped
cmp piped expected || fail 'a pipe'
printf 'errors %s\n' 1 2 3 4 5 6 | cmp - err || fail 'standard error'
cpool -j3 sh -c "$task" sh ::: 1 2 3 4 5 6 2>err >filed
cmp filed expected || fail 'a file'
echo before >behind
cpool -j3 sh -c "$task" sh ::: 1 2 3 4 5 6 2>err >>behind
{ echo before; cat expected; } | cmp - behind || fail 'behind what was there'
