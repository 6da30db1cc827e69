#! /bin/sh
# OPTIONS in cpool.1 has every option that --help=all has, with the same argument, and no other but more names of
# these; FUNCTIONS has every function that --functions lists, and no other.
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

# "  -j, --jobs=N   what it does" is -j N and --jobs=N; some have only one of the two names. This is made from the
# option table, as the parser is.
expect_status 0 cpool --help=all
sed -n 's/^  \(-.\), \(--[^ =[]*\)\(=[^ ]*\)  *[^ ].*/\1\3\
\2\3/p
s/^  \(-.\), \(--[^ =[]*\)\(\[[^ ]*\)*  *[^ ].*/\1\
\2\3/p
s/^  \(-[^ ,]\)  *[^ ].*/\1/p
s/^      \(--[^ ]*\)  *[^ ].*/\1/p' out | sed 's/^\(-[^-]\)=/\1 /' | LC_ALL=C sort >in_help
[ "$(wc -l <in_help)" -gt 60 ] || fail "the options in cpool --help=all can't be read: $(cat in_help)"
for option in -X -m '-j N' --jobs=N -r --csv '--env=K=V' -h '--help[=all]'; do
    grep -qxF -e "$option" in_help || fail "cpool --help=all: $option is missing, or can't be read: $(cat in_help)"
done

# "Fl j Ar N , Fl Fl jobs Ns = Ns Ar N" is -j N and --jobs=N.
items_of OPTIONS | sed 's/ , /\
/g' | sed 's/^Fl Fl /--/; s/^Fl /-/; s/ Ns = Ns Ar /=/; s/ Ns Op = Ns [AC][rm] \(.*\)/[=\1]/; s/ Ar / /' |
    LC_ALL=C sort >documented
[ "$(wc -l <documented)" -gt 60 ] || fail "$page: OPTIONS can't be read"

# More names of an option that is there stand behind it; option-manual.sh sees to it that the program takes them.
items_of OPTIONS | grep -F -e 'Fl j ' | sed 's/ , /\
/g' | sed -n 's/^Fl Fl max-procs Ns = Ns Ar /--max-procs=/p; s/^Fl P Ar /-P /p' | LC_ALL=C sort >names
[ "$(wc -l <names)" -eq 2 ] || fail "$page: -P and --max-procs do not stand beside -j"
LC_ALL=C sort in_help names >expected
same "cpool --help=all and OPTIONS in cpool.1 differ" expected documented

# ---- functions --------------------------------------------------------------------------------------------

items_of FUNCTIONS | sed 's/^Cm \([^ ]*\) Ar /\1 /' | LC_ALL=C sort >documented
expect_status 0 cpool --functions
awk '{ print $1, $2 }' out | LC_ALL=C sort >exist
[ -s exist ] || fail "cpool --functions is empty"
same "cpool --functions and FUNCTIONS in cpool.1 differ" exist documented
