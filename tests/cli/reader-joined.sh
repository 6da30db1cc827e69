#! /bin/sh
# Programs that make one text of their words, which is read again, as ssh does: a script with {} is refused there, a
# plain {} is warned of, once; what is to be written instead is said, and it hands on any item.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir bin
for program in ssh su watch script flock at parallel sudo; do
    printf '#! /bin/sh\n[ "$1" != -- ] || shift\n[ "$1" = echo ] || shift\nexec sh -c "$*"\n' >"bin/$program"
    chmod +x "bin/$program"
done
PATH=$PWD/bin:$PATH
hostile='a;touch PWNED'
while IFS= read -r words; do
    # shellcheck disable=SC2086 # they are words
    expect_status 125 cpool $words 'touch ran; echo {}' ::: "$hostile"
    expect_out_empty
    expect_err_match "^cpool: 'touch ran; echo \\{\\}': ${words%% *} reads it again, .*; write "
    # shellcheck disable=SC2086
    expect_status 125 cpool $words sh -c 'touch ran; echo {}' ::: "$hostile"
    # shellcheck disable=SC2086
    expect_status 0 cpool $words echo {} {}.x ::: a b
    [ "$(grep -c "^cpool: warning: '{}': ${words%% *} could run" err)" -eq 1 ] || fail "$(cat err)"
    # shellcheck disable=SC2086
    expect_status 0 cpool -q $words echo {} ::: a
    expect_err_empty
done <<'WORDS'
ssh host
su user
watch
parallel
at
sudo -s
WORDS
expect_status 125 cpool flock lock -c 'touch ran; echo {}' ::: "$hostile"
expect_status 125 cpool script -c 'touch ran; echo {}' f ::: "$hostile"
expect_status 125 cpool 'ssh host "echo {}"' ::: "$hostile"
expect_err_match 'in the script: its words are read again'
expect_status 0 cpool 'ssh host echo {}' ::: a b
[ "$(grep -c 'warning' err)" -eq 1 ] || fail "$(cat err)"
# Instead:
need xargs
expect_status 0 cpool printf '%s\0' {} '|' ssh host xargs -0 echo ::: "$hostile" '$(touch PWNED)'
expect_out "$hostile" '$(touch PWNED)'
expect_err_empty
expect_status 0 cpool "x={} script -- f 'echo \"\$x\"'" ::: "$hostile"
expect_out "$hostile"
# Nothing of the host is read again, but it could be an option.
expect_status 1 cpool ssh {} echo x ::: host -oProxyCommand=x
expect_out x
expect_err_match 'it could be an option that runs code; write -- before it'
expect_status 0 cpool ssh -- {} echo x ::: host
expect_out x
expect_err_empty
[ ! -e ran ] || fail 'it was run'
[ ! -e PWNED ] || fail 'an item was run'
