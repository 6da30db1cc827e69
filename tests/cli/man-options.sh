#! /bin/sh
# cpool.1 has every option of the table and of --help, with its argument, and none that does not exist; every
# function that --functions lists, and no other.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

page=$CPOOL_SRCDIR/man/cpool.1

same () { # WHAT FILE FILE
    cmp -s "$2" "$3" || fail "$1: $(diff "$2" "$3")"
}

# The items of a section of the page, one a line, without the macros' names.
items_of () {
    sed -n "/^\.Sh $1\$/,/^\.Sh /s/^\.It //p" "$page"
}

# ---- options ----------------------------------------------------------------------------------------------

# "Fl j Ar N , Fl Fl jobs Ns = Ns Ar N" is -j N and --jobs=N; --jobs=N will do for -j, too, in --help.
items_of OPTIONS | sed 's/ , /\
/g' | sed 's/^Fl Fl /--/; s/^Fl /-/; s/ Ns = Ns Ar /=/; s/ Ar / /' | LC_ALL=C sort >documented
[ "$(wc -l <documented)" -gt 20 ] || fail "$page: OPTIONS can't be read"

# A row of the table: {"jobs", 'j', "N", ...}; 0 for no letter, NULL for no argument; perhaps over several lines.
sed -n '/option_row rows\[\] = {/,/^};/p' "$CPOOL_SRCDIR/src/cli/options.c" | tr '\n' ' ' | sed 's/{"/\
{"/g' | awk -F ', *' '
    /^{"/ {
        name = substr($1, 3, length($1) - 3)
        letter = $2 == "0" ? "" : substr($2, 2, 1)
        argument = $3 == "NULL" ? "" : substr($3, 2, length($3) - 2)
        print "--" name (argument == "" ? "" : "=" argument)
        if (letter != "")
            print "-" letter (argument == "" ? "" : " " argument)
    }' | LC_ALL=C sort >in_table
same "the table in options.c and OPTIONS in cpool.1 differ" in_table documented

# --help: "  -j, --jobs=N   what it does".
expect_status 0 cpool --help
sed -n 's/^ *\(-.\), \(--[^ ]*\)  .*/\1\
\2/p; s/^ *\(--[^ ]*\)  .*/\1/p' out >in_help
[ "$(wc -l <in_help)" -gt 12 ] || fail "the options in cpool --help can't be read"
sed 's/^\(-.\) .*/\1/' documented >words
while read -r option; do
    grep -qxF -e "$option" words || fail "cpool --help has $option, cpool.1 has not"
done <in_help

# And the program knows each: what is missing then is an argument, or what to run.
sed 's/=.*//' words | while read -r option; do
    cpool "$option" >out 2>&1
    ! grep -Eq 'no such option|not supported' out || fail "cpool.1 has $option, but: $(cat out)"
done

# ---- functions --------------------------------------------------------------------------------------------

items_of FUNCTIONS | sed 's/^Cm \([^ ]*\) Ar /\1 /' | LC_ALL=C sort >documented
expect_status 0 cpool --functions
awk '{ print $1, $2 }' out | LC_ALL=C sort >exist
[ -s exist ] || fail "cpool --functions is empty"
same "cpool --functions and FUNCTIONS in cpool.1 differ" exist documented
