#! /bin/sh
# Each line of both streams begins with the item of its task and a tab.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --tag 'printf "%s\n\n" {} x; echo e >&2' ::: a 'b c'
printf 'a\ta\na\t\na\tx\na\t\nb c\tb c\nb c\t\nb c\tx\nb c\t\n' >wanted
expect_out_file wanted
printf 'a\te\nb c\te\n' | cmp -s - err || fail "$(cat err)"
