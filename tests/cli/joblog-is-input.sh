#! /bin/sh
# A slip of the hand does not cost the list: no file that is written can be it.
# They are the same file, and that is the point.
# shellcheck disable=SC2094
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
printf '%s\n' a b c >list
ln -s list link
for option in --joblog --failed; do
    expect_status 125 cpool -a list $option list echo
    expect_err_match "^cpool: $option: list: is the list that is read, which would be lost; give another name\$"
    expect_status 125 cpool -a list $option link echo
    expect_status 125 cpool $option list echo <list
    expect_status 125 cpool $option list echo :::: - <list
    expect_status 125 cpool --pipe $option list cat <list
    expect_out_empty
done
for option in '--results list.csv' '--trace list.svg' '--trace list.json'; do
    file=${option#* }
    ln list "$file"
    # shellcheck disable=SC2086 # two words
    expect_status 125 cpool -a list $option echo
    expect_err_match "^cpool: ${option% *}: $file: is the list that is read, which would be lost; give another name\$"
    # shellcheck disable=SC2086
    expect_status 125 cpool $option echo <list
    expect_out_empty
done
[ "$(cat list)" = "$(printf 'a\nb\nc')" ] || fail 'the list is lost'
