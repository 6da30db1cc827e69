#! /bin/sh
# What is wrong in CPOOL_OPTS is told as being there, with status 125; a command or an action can't be there.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

export CPOOL_OPTS
for CPOOL_OPTS in '-j x' --nonsense 'echo' '-n2 echo' '::: a' --help --version --functions '-n' "-I 'X" '-I "X' '--completion bash'; do
    expect_status 125 cpool touch ran ::: a
    expect_out_empty
    expect_err_match '^cpool: .*CPOOL_OPTS'
    expect_status 0 cpool --no-opts echo ::: a
    expect_out a
done
[ ! -e ran ] || fail 'a task was run'
