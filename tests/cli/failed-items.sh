#! /bin/sh
# --failed FILE holds what is to be tried again, and nothing else; cpool -a FILE tries it.
# A backslash at the end of a word.
# shellcheck disable=SC1003
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
printf '%s\n' ok 'bad one' "ba'd" ' ok' 'bad\' >list
expect_status 3 cpool -a list --failed todo sh -c 'case $1 in bad*|ba?d) exit 1;; esac' sh
[ "$(sort todo)" = "$(printf '%s\n' 'bad one' "ba'd" 'bad\' | sort)" ] || fail "$(cat todo)"
expect_status 0 cpool -a todo --failed again echo
[ "$(sort out)" = "$(sort todo)" ] || fail "$(cat out)"
[ -e again ] || fail 'there is no file'
[ ! -s again ] || fail "$(cat again)"
