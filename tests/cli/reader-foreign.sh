#! /bin/sh
# In a script for a shell whose quoting is not known an item has no place; behind it, it is an argument.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for shell in fish csh tcsh rc es nu elvish pwsh; do
    for script in 'touch ran; echo {}' '{}'; do
        expect_status 125 cpool "$shell" -c "$script" ::: 'touch PWNED'
        expect_err_match "how $shell quotes is not known"
        expect_status 125 cpool env "$shell" -c "$script" ::: 'touch PWNED'
    done
    expect_status 125 cpool "$shell -c 'echo {}'" ::: a
    expect_err_match "in the script: that shell's quoting is not known"
done
expect_status 125 cpool fish --command='echo {}' ::: a
if command -v fish >/dev/null; then
    expect_status 0 cpool fish -c 'echo $argv' {} ::: 'a;touch PWNED'
    expect_out 'a;touch PWNED'
    expect_status 0 cpool fish -c ::: 'echo x'
    expect_out x
fi
[ ! -e ran ] || fail 'it was run'
[ ! -e PWNED ] || fail 'an item was run'
