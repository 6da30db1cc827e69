#! /bin/sh
# A file that is not there, or a folder, wherever it is named: one line, status 125, nothing is started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 3 >three
mkdir folder
for file in missing folder three/x; do
    for words in "-a $file" ":::: $file" ":::: three $file" "::: a :::: $file" ":::: three ::::+ $file" \
        "-X -a $file" "--csv :::: $file"; do
        options=$words behind=
        case $words in
            *:::*) options='' behind=$words ;;
        esac
        [ "$words" != "--csv :::: $file" ] || options=--csv behind=":::: $file"
        # shellcheck disable=SC2086
        expect_status 125 cpool $options touch ran $behind
        expect_out_empty
        expect_err_match "^cpool: $file: "
        [ "$(wc -l <err)" -eq 1 ] || fail "$words: $(cat err)"
    done
done
[ ! -e ran ] || fail 'a task was run'
