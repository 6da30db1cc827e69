#! /bin/sh
# Every input in the corpus, those that once crashed something included, goes through the decoder again.

corpus=${CPOOL_SRCDIR:?}/tests/fuzz/corpus

# A glob that matches nothing stays as it is: without inputs this test would prove nothing, so it fails.
set -- "$corpus"/*
if [ ! -e "$1" ]; then
    echo "replay-corpus: $corpus: the corpus is empty" >&2
    exit 1
fi
exec "${CPOOL_BUILDDIR:?}/tests/fuzz/replay_message" "$@"
