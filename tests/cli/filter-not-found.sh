#! /bin/sh
# A filter that can not be run: nothing is done, and the status says why.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

: >plain
expect_status 127 cpool --filter nosuchprogram ::: a
expect_err_match '^cpool: nosuchprogram: not found'
expect_status 126 cpool --filter ./plain ::: a
expect_err_match '^cpool: ./plain: .*Permission denied'
expect_status 127 cpool --filter cat '|' nosuchprogram ::: a
expect_err_match '^cpool: nosuchprogram: not found'
echo '#! /no/such/interpreter' >script
chmod +x script
expect_status 125 timeout 20 cpool --filter ./script ::: a b c
expect_err_match '^cpool: .*script.*the filter can.t be started: No such file or directory|^cpool: script: .*the filter can.t be started'
expect_out_empty
