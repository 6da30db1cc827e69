#! /bin/sh
# What a task has left behind and goes on writing is not listened to for ever, whatever holds its output: the run goes on, the task has
# its own status, and the writer finds its pipe closed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cat >talk.sh <<'END_OF_TALK'
trap '' PIPE
while echo x 2>/dev/null; do sleep 0.01; done
: >"closed.$1"
END_OF_TALK

talks () { # NAME STATUS OPTION...
    name=$1 status=$2
    shift 2
    expect_status "$status" timeout 20 cpool "$@" ::: "$name"
    wait_for test -e "closed.$name"
}

talks plain 0 sh -c 'echo first; sh talk.sh "$1" &' _
[ "$(head -n 1 out)" = first ] || fail 'what the task wrote itself is missing'
[ "$(sort -u out)" = "$(printf 'first\nx')" ] || fail 'something else came out'
talks errors 0 sh -c 'sh talk.sh "$1" >&2 &' _
expect_out_empty
talks fails 1 sh -c 'sh talk.sh "$1" & exit 3' _
talks limit 0 --timeout 0.5 sh -c 'sh talk.sh "$1" &' _
talks tag 0 --tag sh -c 'sh talk.sh "$1" &' _
talks pipeline 0 true "|" sh -c 'sh talk.sh "$1" &' _ {}
