#! /bin/sh
# Several items where one word is wanted, as behind x=, are never run as a command: they are one text, or refused.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir bin
printf '#! /bin/sh\n: >"%s/hacked"\n' "$PWD" >bin/item
chmod +x bin/item
PATH=$PWD/bin:$PATH
for script in 'x={}; echo "$x"' 'x=a{}; echo "$x"' 'x={}b echo' 'x="{}"; echo "$x"' 'x={.} y={/}; echo "$x"' 'true && x={}'; do
    for options in '-n2' '-m -j1' '-N2' '-X -j1' '-L2'; do
        # shellcheck disable=SC2086
        cpool $options "$script" ::: a item >out 2>err
        [ ! -e hacked ] || fail "an item was run as a command: cpool $options '$script' ::: a item"
    done
    cpool "$script" ::: a ::: item >out 2>err
    [ ! -e hacked ] || fail "an item was run as a command: cpool '$script' ::: a ::: item"
    cpool -C , "$script" ::: a,item >out 2>err
    [ ! -e hacked ] || fail "an item was run as a command: cpool -C , '$script' ::: a,item"
done
