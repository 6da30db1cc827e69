#! /bin/sh
# The program itself may depend on the item; one that is not there fails that item alone.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for name in a b; do
    printf '#!/bin/sh\necho I am %s\n' "$name" >"$name"
    chmod +x "$name"
done
expect_status 1 cpool ./{} ::: a nowhere b
expect_out 'I am a' 'I am b'
expect_err_match "^cpool: 'nowhere': .*No such file"
expect_err_match "^cpool: 1 of 3 tasks failed\$"
