#! /bin/sh
# Behind a program that is not known a shell's name, -c and a word with {} are refused: it may be that shell's script.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '#! /bin/sh\n: >ran\nexec "$@"\n' >runs
chmod +x runs
for words in './runs sh -c' './runs bash -ec' 'timeout 60 ./runs sh -c' 'grep bash -c' './runs x sh -x -c'; do
    # shellcheck disable=SC2086 # they are words
    expect_status 125 cpool $words '{}' ::: 'touch PWNED'
    expect_out_empty
    expect_err_match "^cpool: '\\{\\}': it may be a script for (ba)?sh, .*; write sh -c"
    [ "$(wc -l <err)" -eq 1 ] || fail "$(cat err)"
    [ ! -e ran ] || fail 'it was started'
done
expect_status 125 cpool 'grep bash -c {}' ::: a
expect_err_match "in the script: it may be a shell's script"
expect_status 125 cpool '{1}' -c 'echo {2}' ::: sh ::: 'a;touch PWNED'
expect_err_match 'a shell that an item names'
expect_status 125 cpool '$SHELL -c "echo {}"' ::: 'a;touch PWNED'
# What to write instead; and what is none.
expect_status 0 cpool ./runs sh -c 'echo "$1"' _ {} ::: 'a;touch PWNED'
expect_out 'a;touch PWNED'
printf 'a\nbash\n' >file
expect_status 0 cpool grep -c bash {} ::: file
expect_out 1
expect_status 0 cpool echo sh -c 'x {}' ::: 'y;z'
expect_out 'sh -c x y;z'
expect_status 0 cpool '{1}' -c '{2}' ::: echo ::: a
expect_out '-c a'
[ ! -e PWNED ] || fail 'an item was run'
