#! /bin/sh
# --help fits a screen of 80 columns, shows common uses, and lists the options.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --help
expect_err_empty
awk 'length > 80 { print; wide = 1 } END { exit wide }' out >wide || fail "wider than 80 columns: $(cat wide)"
for option in '-j, --jobs' '-a, --arg-file' '-0, --null' '-d, --delimiter' '-n, --max-args' --command --chunk --grace \
    --tmpdir --functions '-h, --help' '-V, --version'; do
    grep -Fq -e "$option" out || fail "$option is missing"
done
[ "$(grep -c '^  cpool \|| cpool ' out)" -ge 5 ] || fail 'the five commonest uses are missing'
mv out long
expect_status 0 cpool -h
expect_out_file long
