#! /bin/sh
# Separators of a later version are refused, not taken for arguments.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for separator in :::: :::+ ::::+; do
    expect_status 125 cpool echo "$separator" x
    expect_out_empty
    expect_err_match '^cpool: .*: not supported yet'
done
