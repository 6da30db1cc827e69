#! /bin/sh
# A tag is one line, whatever the item is; other bytes are as they came.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a\nb\0\0c\377\0' | expect_status 0 cpool -0 --tag echo x
printf 'a b\tx a\na b\tb\n\tx \nc\377\tx c\377\n' >wanted
expect_out_file wanted
