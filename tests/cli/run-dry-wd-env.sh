#! /bin/sh
# --dry-run shows --env and --wd as well: pasted into a shell it does the same.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir d
for options in '--env A={}' '--wd d' '--env A=b --wd d'; do
    # shellcheck disable=SC2086
    expect_status 0 cpool $options sh -c 'echo "$A" "${PWD##*/}" $1' _ {} ::: a
    mv out wanted
    # shellcheck disable=SC2086
    expect_status 0 cpool --dry-run $options sh -c 'echo "$A" "${PWD##*/}" $1' _ {} ::: a
    mv out script
    expect_status 0 sh script
    expect_out_file wanted
done
