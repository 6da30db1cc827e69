#! /bin/sh
# Other spellings that GNU parallel takes for the same option are taken.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir d
printf '1,x\n2,y\n' >in
for words in '--max-procs 2' '--argfile in' '--col-sep ;' --keeporder '--workdir .' '--work-dir .' '--maxargs 1' '--maxchars 100'; do
    # shellcheck disable=SC2086
    expect_status 0 cpool $words echo <in
    expect_out 1,x 2,y
done
expect_status 0 cpool --dryrun touch ran ::: a
expect_out 'touch ran a'
expect_status 0 cpool --xapply echo ::: 1 2 ::: a
expect_out '1 a' '2 a'
[ ! -e ran ] || fail 'it was run'
