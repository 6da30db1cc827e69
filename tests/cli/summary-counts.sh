#! /bin/sh
# --summary tells how many tasks there were, and how they failed, the most frequent way first; what cpool says at the end of
# any run comes after it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 6 cpool -j2 --summary --timeout 5 'case {} in k) kill -KILL $$ ;; *) exit {} ;; esac' ::: 3 0 7 3 k 3 0 9
expect_out_empty
[ "$(grep -v '^cpool: item ' err | head -n 1)" = 'cpool: summary' ] || fail "$(cat err)"
expect_err_match '^  tasks       2 succeeded, 6 failed$'
expect_err_match '^  failed      3 exit status 3, 1 by SIGKILL, 1 exit status 7, 1 exit status 9$'
expect_err_match '^  time        [0-9.]* (us|ms|s), [0-9.]* tasks a (second|minute)$'
expect_err_match '^  processors  [0-9.]* (us|ms|s) user, [0-9.]* (us|ms|s) system: [0-9]* % of [0-9]*$'
expect_err_match '^  speed-up    [0-9.]* by 2 processes, an efficiency of [0-9]* %$'
expect_err_match '^  run times   median [0-9.]* (us|ms|s)$'
expect_err_match "^  longest     [0-9.]* (us|ms|s): item [1-8] '[0379k]'\$"
expect_err_match "^  memory      [0-9.]* [KM]iB at most: item [1-8] '[0379k]'\$"
expect_err_match '^  output      0 bytes$'
expect_err_match '^  worth it[?]   (Yes|In part|No): 2 processes '
[ "$(tail -n 1 err)" = 'cpool: 6 of 8 tasks failed' ] ||
    fail "the last line: $(tail -n 1 err)"
