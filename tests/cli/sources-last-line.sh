#! /bin/sh
# A last line without a newline is an item, and an empty line is one, in every source of a product.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a\n\nb' >first
printf '\n1' >second
expect_status 0 cpool echo '<{1}|{2}>' :::: first second
expect_out '<a|>' '<a|1>' '<|>' '<|1>' '<b|>' '<b|1>'
