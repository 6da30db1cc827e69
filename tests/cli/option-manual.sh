#! /bin/sh
# Whatever option cpool.1 names anywhere, cpool takes, but for those of other programs that are compared with; and
# cpool.1 names every option, by each of its names.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

page=$CPOOL_SRCDIR/man/cpool.1

# "Fl Fl name" and "Fl n", also "Fl n , m", in the lines of macros; of the whole page, or where `here` holds.
named () {
    awk -v all="$1" '
        /^\.Sh / { here = all || $0 !~ /COMING FROM/ }
        !here || !/^\./ || /^\.\\"/ { next }
        {
            flags = 0
            for (i = 1; i <= NF; i++) {
                word = i == 1 ? substr($i, 2) : $i
                if (word == "Fl" && $(i + 1) == "Fl") {
                    print "--" $(i + 2)
                    i += 2
                    flags = 0
                } else if (word == "Fl") {
                    flags = 1
                } else if (flags && word ~ /^[A-Za-z0-9]$/) {
                    print "-" word
                } else if (word !~ /^[,.;:)]$/) {
                    flags = 0
                }
            }
        }' "$page" | LC_ALL=C sort -u
}

named 0 >words
[ "$(wc -l <words)" -gt 60 ] || fail "the options in cpool.1 can't be read: $(cat words)"

# What is missing then is an argument, or what to run; or else it is all that is wanted.
while read -r option; do
    cpool "$option" >out 2>&1 ||
        grep -Eq 'needs an argument|no FUNCTION or COMMAND given' out || fail "cpool.1 has $option, but: $(cat out)"
done <words

# Those of --help=all, and the more names that the table has for some.
expect_status 0 cpool --help=all
grep -Eo -e '^  (-.|   ),? (--[a-z-]+)?|^  -.' out | grep -Eo -e '--[a-z-]+|-[A-Za-z0-9]' >options
[ "$(wc -l <options)" -gt 60 ] || fail "the options of cpool --help=all can't be read: $(cat options)"
sed -n '/option_alias aliases\[\] = {/,/^};/p' "$CPOOL_SRCDIR/src/options/option_table.c" |
    grep -Eo '\{"[a-z-]+", [^,]+,' | sed "s/^{\"\(.*\)\", 0,/--\1/; s/^{\"\(.*\)\", '\(.\)',/--\1 -\2/" |
    tr ' ' '\n' >aliases
[ "$(wc -l <aliases)" -gt 10 ] || fail "the other names in option_table.c can't be read: $(cat aliases)"
named 1 >words
cat options aliases | while read -r option; do
    grep -qxF -e "$option" words || fail "$option is not in cpool.1"
done
