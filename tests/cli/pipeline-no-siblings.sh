#! /bin/sh
# Where a process can't start a sibling (an emulator and some sandboxes refuse it, each with an error of its own), the
# programs of a pipeline are started one after the other; what can't be started still says why.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

deny=$CPOOL_BUILDDIR/tests/tools/deny
[ -x "$deny" ] || skip "$deny is not built"
"$deny" EINVAL sibling true || skip 'no system call can be denied here'
printf '#! /no/such/interpreter\n' >script
chmod +x script
for error in EINVAL EPERM ENOSYS; do
    sandbox="timeout 20 $deny $error sibling"
    # shellcheck disable=SC2086
    {
        expect_status 0 $sandbox cpool -k -j2 seq {} '|' tail -n 1 '|' cat ::: 1 2 3 4
        expect_out 1 2 3 4
        expect_err_empty
        expect_status 2 $sandbox cpool -j1 echo {} '|' sh -c 'read -r item; exit "$item"' ::: 0 2 3
        expect_status 1 $sandbox cpool -j1 echo {} '|' ./script ::: 1
        expect_err_match "^cpool: '1': ./script: No such file or directory; its first line asks for '/no/such/interpreter'\$"
        expect_status 1 $sandbox cpool -j1 --timeout 0.3 --grace 0.1 sleep {} '|' sh -c 'trap "" TERM; sleep 1000' '|' cat ::: 1000
        expect_err_match 'timed out after 300 ms$'
    }
done
