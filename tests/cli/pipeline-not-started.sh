#! /bin/sh
# If one of the programs turns out not to be executable, nothing of the others is left.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_subreaper
printf '#!/no/such/interpreter\n' >bad
chmod +x bad
for _ in 1 2 3 4 5; do
    expect_status 1 timeout 20 cpool ./bad '|' sh -c 'sleep 1000 & wait' ::: a
    expect_err_match "^cpool: 'a': ./bad: No such file or directory; its first line asks for '/no/such/interpreter'\$"
    expect_status 1 timeout 20 cpool sh -c 'sleep 1000 & wait' '|' ./bad ::: a
done
