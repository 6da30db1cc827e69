#! /bin/sh
# A here-document or a string that a shell reads its commands from is a script; for other programs it is data.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

shell='sh'
! command -v bash >/dev/null || shell=bash
for script in 'sh <<E
echo {}
E' 'bash -s x <<E
echo {}
E' 'env sh -x <<-E
echo {}
E' 'cat <<E | sh
echo {}
E' '<<E sh
echo {}
E' 'ssh host <<E
echo {}
E' 'bash <<<{}' '. /dev/stdin <<<{}' 'sh /dev/stdin x <<E
echo {}
E' 'sh /dev/fd/3 3<<E
echo {}
E' 'source /dev/stdin <<E
echo {}
E' '. <(echo {})' 'bash <(echo {})'; do
    expect_status 125 cpool "$shell" -c "touch ran; $script" ::: 'a;touch PWNED'
    expect_err_match '^cpool: .\{\}. in the script: '
    [ ! -e ran ] || fail "$script: it was started"
done
expect_status 0 cpool 'cat <<E | sh -c "cat"
{}
E
sh -s {} <<"E"
echo "$1"
E' ::: 'a;touch PWNED'
expect_out 'a;touch PWNED' 'a;touch PWNED'
echo cat >filter
expect_status 0 cpool 'sh ./filter <<E
{}
E' ::: 'a;touch PWNED'
expect_out 'a;touch PWNED'
[ ! -e PWNED ] || fail 'an item was run'
