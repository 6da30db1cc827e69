#! /bin/sh
# -d takes escapes for what is hard to type.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

while read -r escape octal; do
    # shellcheck disable=SC2059
    printf "a${octal}b" >in
    expect_status 0 cpool -d "$escape" printf '<%s>' <in
    [ "$(cat out)" = '<a><b>' ] || fail "-d $escape: $(cat out)"
done <<'END'
\n \012
\t \011
\0 \000
\x2c ,
\x2C ,
\xff \377
\\ \134
END
