#! /bin/sh
# Which word is the script is known for each shell's options; where shells differ, the command is refused.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

hostile='$(touch PWNED)"; touch PWNED; "'
while IFS= read -r shell; do
    command -v "${shell%% *}" >/dev/null || continue
    # shellcheck disable=SC2086 # they are words
    expect_status 0 cpool $shell 'echo "<{}>"' ::: "$hostile"
    expect_out "<$hostile>"
    [ ! -e PWNED ] || fail "$shell: the item was run"
done <<'SHELLS'
sh +e -c
dash +c
bash +c
bash -norc -c
bash -rcfile /dev/null -c
bash --init-file /dev/null -c
bash +O extglob -ec
sh -o errexit -c
sh -co errexit
sh -c --
sh -c -e
mksh -o errexit -c
ksh -ec
zsh --emulate sh -c
zsh -fc
yash --rcfile /dev/null -c
yash --cmdline
posh -ec
busybox ash -c
SHELLS
for shell in 'bash -oc errexit' 'zsh -oc errexit' 'yash -o cmdline' 'sh {} -c'; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $shell 'touch ran; echo {}' ::: "$hostile"
    expect_err_match 'where an item would be code'
    [ ! -e ran ] || fail 'it was run'
done
