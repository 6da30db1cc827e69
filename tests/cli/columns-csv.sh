#! /bin/sh
# --csv reads RFC 4180: quotes, doubled quotes, separators and newlines within quotes.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cat >in <<'END'
plain,"with, comma","say ""hi"""
"two
lines",,"last"
END
expect_status 0 cpool --csv printf '<%s|%s|%s>\n' '{1}' '{2}' '{3}' <in
expect_out '<plain|with, comma|say "hi">' '<two' 'lines||last>'
expect_status 0 cpool --csv -C ';' echo '{2}' ::: 'a;"b;c";d'
expect_out 'b;c'
expect_status 0 cpool --csv -C '\t' echo '{2}' ::: 'a	"b	c"	d'
expect_out 'b	c'
