#! /bin/sh
# The folders of src are as the table in src/README says: each in a row, each using no others than its row names, which stand above it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# What is wrong in the tree DIR, a line each.
check_layers () { # DIR
    (cd "$1" && awk '
        function complain(text) { if (!(text in said)) print text; said[text] = 1 }

        # ---- the table ----
        FILENAME == "src/README" && /^    src\/[a-z]+\/ / {
            row = substr($1, 5, length($1) - 5)
            place[row] = ++rows
            next
        }
        FILENAME == "src/README" && $1 == "uses" && row != "" {
            for (i = 2; i <= NF; i++) {
                listed[row, $i] = 1
                if (!($i in place) || $i == row)
                    complain("src/README: " row " uses " $i ", which does not stand above it")
            }
            next
        }
        FILENAME == "src/README" { row = ""; next }

        # ---- the files ----
        FNR == 1 {
            split(FILENAME, path, "/")
            folder = path[2]
            folders[folder] = 1
            if (!(folder in place))
                complain("src/" folder ": is in no row of src/README")
        }
        /^[ \t]*#[ \t]*include[ \t]*"[a-z]+\// {
            split($0, part, "\"")
            other = substr(part[2], 1, index(part[2], "/") - 1)
            if (other == folder)
                next
            uses[folder, other] = 1
            if (!((folder, other) in listed))
                complain(FILENAME ": includes " part[2] ", which the row of " folder " in src/README does not allow")
        }

        # Those that use nobody who is left are taken away, until nothing changes: who is left then is in a circle, or uses one.
        function find_circle(   name, other, next_name, changed, uses_any, seen, text) {
            for (changed = 1; changed; ) {
                changed = 0
                for (name in folders) {
                    uses_any = 0
                    for (other in folders)
                        uses_any += (name, other) in uses
                    if (!uses_any) {
                        delete folders[name]
                        changed = 1
                    }
                }
            }
            for (name in folders)
                break
            if (name == "" || !(name in folders))
                return
            for (; !(name in seen); name = next_name) {
                seen[name] = ++seen_count
                order[seen_count] = name
                for (other in folders)
                    if ((name, other) in uses)
                        next_name = other
            }
            text = name
            for (i = seen[name] + 1; i <= seen_count; i++)
                text = text " -> " order[i]
            complain("a circle: " text " -> " name)
        }
        END {
            for (name in place)
                if (!(name in folders))
                    complain("src/README: " name ": there is no such folder")
            for (pair in listed) {
                split(pair, two, SUBSEP)
                if (!(pair in uses))
                    complain("src/README: " two[1] " does not use " two[2])
            }
            find_circle()
        }' src/README src/*/*.[ch])
}

# A copy of the sources to be spoilt.
copy_sources () { # DIR
    (cd "$CPOOL_SRCDIR" && tar cf - src/README src/*/*.[ch]) >sources.tar
    mkdir "$1"
    (cd "$1" && tar xf - && chmod -R u+w src) <sources.tar || fail "$CPOOL_SRCDIR/src: can't be copied"
}

expect_complaint () { # DIR TEXT
    check_layers "$1" >complaints
    grep -Fqx "$2" complaints || fail "$1: no complaint says: $2; but: $(cat complaints)"
}

check_layers "$CPOOL_SRCDIR" >complaints
[ ! -s complaints ] || fail "$(cat complaints)"

# Would it be seen?
copy_sources up
echo '#include "cli/run.h"' >>up/src/base/io.c
expect_complaint up 'src/base/io.c: includes cli/run.h, which the row of base in src/README does not allow'
grep -q '^a circle: .*base.*cli' complaints || fail "base and cli use each other: $(cat complaints)"

copy_sources circle
sed '/^    src\/ipc\//,/uses/s/uses base/uses base proc/; /^    src\/proc\//,/uses/s/uses base/uses base ipc/' \
    "$CPOOL_SRCDIR/src/README" >circle/src/README
echo '#include "proc/spawn.h"' >>circle/src/ipc/items.c
echo '#  include "ipc/items.h"' >>circle/src/proc/spawn.c
expect_complaint circle 'src/README: ipc uses proc, which does not stand above it'
grep -Eqx 'a circle: (ipc -> proc -> ipc|proc -> ipc -> proc)' complaints || fail "ipc and proc use each other: $(cat complaints)"

copy_sources stray
mkdir stray/src/attic
echo '#include "base/base.h"' >stray/src/attic/old.c
expect_complaint stray 'src/attic: is in no row of src/README'

copy_sources unused
sed '/^    src\/collector\//,/uses/s/uses base/uses base ipc/' "$CPOOL_SRCDIR/src/README" >unused/src/README
expect_complaint unused 'src/README: collector does not use ipc'
