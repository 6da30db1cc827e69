#! /bin/sh
# A script that begins with #! gets the interpreter's words in front: there is room for them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

folder=$PWD/$(printf '%0200d' 0)
mkdir "$folder"
printf '#! /bin/sh -eu\nprintf "%%s\\n" "$@"\n' >"$folder/show"
printf 'printf "%%s\\n" "$@"\n' >"$folder/plain"
chmod +x "$folder/show" "$folder/plain"
seq 500000 >many
for program in show plain; do
    expect_status 0 cpool -X "$folder/$program" <many
    expect_out_file many
    expect_err_empty
done
