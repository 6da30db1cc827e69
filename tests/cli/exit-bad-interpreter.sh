#! /bin/sh
# A script whose interpreter is missing: each task fails, and says so.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '#!/no/such/interpreter\n' >script
chmod +x script
expect_status 2 cpool ./script ::: a b
expect_out_empty
expect_err_match "^cpool: 'a': .*No such file"
