#! /bin/sh
# An item that could be an option by which a program runs it, as -S of env, needs a -- before it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for program in env su strace; do
    command -v "$program" >/dev/null || continue
    expect_status 2 cpool "$program" {} x ::: '-Stouch PWNED' '-ctouch PWNED'
    expect_err_match "^cpool: '-Stouch PWNED': can't be an argument: it could be an option that runs code; write -- before it"
done
expect_status 125 cpool 'env {} true' ::: '-Stouch PWNED'
expect_status 125 cpool env ::: '-Stouch PWNED'
expect_status 1 cpool env -- {} true ::: '-Stouch PWNED'
expect_status 0 cpool env -- {} sh -c 'echo $A' ::: A=1
expect_out 1
expect_status 0 cpool env {} sh -c 'echo $A' ::: A=1
expect_out 1
expect_status 0 cpool env A={} sh -c 'echo "$A" {}' ::: '-Stouch PWNED'
expect_out '-Stouch PWNED -Stouch PWNED'
[ ! -e PWNED ] || fail 'an item was run'
