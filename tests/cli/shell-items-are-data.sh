#! /bin/sh
# Whatever an item holds, a script gets it as data.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cat >in <<'END'
; touch hacked
$(touch hacked)
`touch hacked`
"; touch hacked; "
'; touch hacked; '
\
-n
* ?
a  b
~
#x
END
printf '\n' >>in
expect_status 0 cpool 'printf "%s\n" {} "{}" '"'{}'"' "$(printf "%s" "{}")"' <in
sed 'p;p;p' in >wanted
expect_out_file wanted
! command -v bash >/dev/null || expect_status 0 cpool bash -c 'printf "%s\n" {}' <in
! command -v bash >/dev/null || expect_out_file in
[ ! -e hacked ] || fail 'an item was run'
