#! /bin/sh
# A shell runs what is in some variables of its environment: an item in one of them is refused, for env, sudo and --env.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for name in BASH_ENV ENV PS4 PROMPT_COMMAND ZDOTDIR 'BASH_FUNC_ls%%'; do
    for words in "env $name={}" "env -i A=b $name=x{}" "sudo $name={}"; do
        # shellcheck disable=SC2086
        expect_status 125 cpool $words sh -c 'touch ran' ::: '$(touch PWNED)'
        expect_err_match "^cpool: '$name=x?\\{\\}': (env|sudo) reads it again, .* a shell runs what is in this variable"
    done
    expect_status 125 cpool --env "$name={}" sh -c 'touch ran' ::: '$(touch PWNED)'
    expect_err_match "^cpool: --env: '$name=\\{\\}': a shell runs what is in that variable"
done
[ ! -e ran ] || fail 'it was started'
expect_status 0 cpool --env ENVIRONMENT={} --env ENV=none env A={} sh -c 'echo "$A $ENVIRONMENT"' ::: 'a;touch PWNED'
expect_out 'a;touch PWNED a;touch PWNED'
[ ! -e PWNED ] || fail 'an item was run'
