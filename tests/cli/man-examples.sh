#! /bin/sh
# The examples of cpool.1 and of README work as they stand there, and print what they are shown to print.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need gzip find seq sort cksum paste bc

# run_example WHERE: run what stands in the file example; what it prints, errors included, goes to the file out.
run_example () {
    sh ./example >out 2>&1 || fail "$1: '$(cat example)' failed: $(cat out)"
    count=$((count + 1))
}

# ---- cpool.1 ----------------------------------------------------------------------------------------------

mkdir page page/photos
cd page || fail "page: can't enter it"
printf '%s\n' one two three >list.txt
printf '%s\n' Grace Edsger Ada >names.txt
echo tree >photos/tree.jpg
echo lake >photos/lake.jpg
echo 'x y' >'photos/a  name
of two lines'
seq 100 >a.log
seq 200 >'b c.log'
printf '%s\n' name,year '"Lovelace, Ada",1815' '"Hopper, Grace",1906' >people.csv
echo draft >'a draft.tmp'
echo draft >photos/b.tmp

# In a literal display "$ " begins a command, "> " continues it, anything else is output. Where none is shown
# there must be none.
sed -n '/^\.Sh EXAMPLES$/,/^\.Sh DIAGNOSTICS$/{ /^\.Bd -literal/,/^\.Ed/p; }' "$CPOOL_SRCDIR/man/cpool.1" |
    sed "/^\\.[BE]d/d
        s/\\\\(aq/'/g; s/\\\\(dq/\"/g; s/\\\\(ti/~/g; s/\\\\(ha/^/g; s/\\\\(ga/\`/g
        s/\\\\&//g; s/\\\\-/-/g; s/\\\\e/\\\\/g" >"$_work/examples"
finish_page_example () {
    [ -e example ] || return 0
    run_example cpool.1
    cmp -s expected out ||
        fail "cpool.1: '$(cat example)' printed: $(cat out); the page shows: $(cat expected)"
    rm example
}

count=0
while IFS= read -r line; do
    case $line in
        '$ '*)
            finish_page_example
            printf '%s\n' "${line#??}" >"example"
            : >expected
            ;;
        '> '*) printf '%s\n' "${line#??}" >>"example" ;;
        *) printf '%s\n' "$line" >>expected ;;
    esac
done <"$_work/examples"
finish_page_example
[ "$count" -ge 10 ] || fail "cpool.1: only $count examples were found"

# What they are said to do.
for file in a.log.gz 'b c.log.gz' list.bak names.bak list.copy.gz names.copy.gz; do
    [ -e "$file" ] || fail "cpool.1: no $file was made: $(ls)"
done
left=$(find . -name '*.tmp')
[ -z "$left" ] || fail "cpool.1: rm has left $left"
[ "$(wc -l <sums)" -eq 4 ] || fail "cpool.1: sums: $(cat sums)" # the name of one has two lines
cd ..

# ---- README -----------------------------------------------------------------------------------------------

# What a clone has of the sources, and the program.
mkdir clone clone/src
cd clone || fail "clone: can't enter it"
for file in "$CPOOL_SRCDIR"/src/*.[ch] "$CPOOL_SRCDIR"/src/*/*.[ch]; do
    copy=src${file#"$CPOOL_SRCDIR/src"}
    mkdir -p "${copy%/*}"
    cp "$file" "$copy"
done
ln -s "$CPOOL" src/cpool

# An indented line with src/cpool is a command; a line "-> OUTPUT" behind it has its lines, joined by blanks.
finish_readme_example () {
    [ -e example ] || return 0
    run_example README
    joined=$(tr '\n' ' ' <out | sed 's/ $//')
    [ -z "$expected" ] || [ "$joined" = "$expected" ] ||
        fail "README: '$(cat example)' printed: $(cat out); README shows: $expected"
    rm example
}

count=0 expected=
while IFS= read -r line; do
    case $line in
        '      -> '*) expected=${line#*-> } ;;
        '    '*src/cpool*)
            finish_readme_example
            expected=
            printf '%s\n' "${line#    }" >"example"
            ;;
    esac
done <"$CPOOL_SRCDIR/README"
finish_readme_example
[ "$count" -ge 6 ] || fail "README: only $count examples were found"
