#! /bin/sh
# --dry-run of a program whose name holds = or is a word of the shell is quoted, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir bin
for name in 'a=b' if '{' '!' time; do
    printf '#! /bin/sh\necho "ran <$1>"\n' >"bin/$name"
    chmod +x "bin/$name"
    PATH=$PWD/bin:$PATH expect_status 0 cpool -q --dry-run "$name" ::: x
    mv out script
    PATH=$PWD/bin:$PATH expect_status 0 sh script
    expect_out 'ran <x>'
done
