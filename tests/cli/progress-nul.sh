#! /bin/sh
# NUL bytes in items' separators and in output go through as they are.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

printf 'a\0b\0c\0' >items
expect_status 0 "$terminal" -p cpool --bar -0 -a items 'printf "%s\0\n" {}'
printf 'a\0\nb\0\nc\0\n100%% [#####################################] 3/3\n' >expected
expect_out_file expected
