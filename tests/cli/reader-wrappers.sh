#! /bin/sh
# The script of a shell behind a program that hands on its words, as env does, gets items as data, as it does by itself.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

hostile='$(touch PWNED)"; touch PWNED; "'
while IFS= read -r wrapper; do
    command -v "${wrapper%% *}" >/dev/null || continue
    for shell in 'sh -c' '/bin/sh -ec' 'bash -O extglob -c' 'bash --rcfile /dev/null -c' 'busybox sh -c'; do
        command -v "${shell%% *}" >/dev/null || continue
        # shellcheck disable=SC2086 # they are words
        expect_status 0 cpool $wrapper $shell 'echo "<{}>" "$1"' name own ::: "$hostile" </dev/null
        expect_out "<$hostile> own"
        [ ! -e PWNED ] || fail "$wrapper $shell: the item was run"
    done
done <<'WRAPPERS'
env
env -u A -C . B=c D=
env -S nice
timeout 60
timeout -k 1 --signal TERM 60
nice -n 1 nohup
setsid -w
stdbuf -o L
flock lock
flock -w 9 {#}.lock
xargs -n 9
ionice -c 3
taskset -c 0
busybox env
env timeout 60 nice
WRAPPERS
