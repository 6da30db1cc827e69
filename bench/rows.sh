# The rows of the benchmark, sourced by run. A row is a function that runs each of its contenders once:
#
#     try NAME COMMAND [ARG]...
#
# after setting what goes in (input) and what must come out (expect; order=any where a contender keeps none).
# "limit" is the row's floor, "cpool" is us. repeat=N runs the command N times and reports one; scale=N
# marks a contender given an Nth of the work, whose time is multiplied. run resets all of these for each row.
# shellcheck shell=sh disable=SC2034,SC2154 # these are run's variables

rows='true static-true echo square fib1 fibn one version bulk items spawns jobs filter wc-file grep-file tr-file wc-pipe grep-pipe tr-pipe'

describe() {
    case $1 in
    true) say "$tasks x /bin/true; limit: bare vfork+execve+waitpid" ;;
    static-true) say "$tasks x a static program that does nothing; limit: the same" ;;
    echo) say "$tasks x echo ITEM, captured and in order (xargs: in no order); limit: the same with pipes" ;;
    square) say "squares of 1 to $squares; limit: one process, no pool, numbers by hand" ;;
    fib1) say "6 x fib($fib), one job; limit: the bare recursion" ;;
    fibn) say "6 x fib($fib), $JOBS jobs; limit: the bare recursion in $JOBS processes" ;;
    one) say "start-up: one item, one /bin/true; limit: /bin/true alone" ;;
    filter) say "squares of 1 to $squares by mawk; limit: one mawk alone" ;;
    wc-file | grep-file | tr-file) say "${1%-file}: blocks of 1 MiB of a file, $lines lines; limit: $JOBS bare processes that splice" ;;
    wc-pipe | grep-pipe | tr-pipe) say "${1%-pipe}: the same from a pipe; limit: cat FILE | COMMAND, one process" ;;
    bulk) say "4 x $bulk MB of output, in order, to a reader; limit: cat writes them one after the other to the same reader" ;;
    items) say "square of $many items; cpool-10th, cpool-100th: of so many fewer, the time multiplied: is it the same for each item?" ;;
    spawns) say "$spawns x a static program that does nothing; cpool-4th, cpool-40th: so many fewer, the time multiplied" ;;
    jobs) say "$sleepers x sleep 0.5, all at a time (-j $sleepers): does a job cost the same, however many there are?" ;;
    version) say "start-up: --version; limit: /bin/true alone" ;;
    esac
}

row_true() {
    spawn_row "$(program true)"
}

row_static_true() {
    if [ -x "$BENCH_DIR/static_true" ]; then
        spawn_row "$BENCH_DIR/static_true"
    fi
}

spawn_row() {
    input=$(numbers "$tasks")
    try limit "$BENCH_DIR/limit_spawn" -j "$JOBS" "$tasks" "$1"
    try cpool "$CPOOL" -j "$JOBS" "$1"
    try xargs xargs -P "$JOBS" -n 1 "$1"
    input=$(numbers $((tasks / 10))) scale=10
    try parallel parallel --will-cite -j "$JOBS" "$1"
}

row_echo() {
    echo=$(program echo)
    input=$(numbers "$tasks") expect=$(numbers "$tasks")
    try limit "$BENCH_DIR/limit_spawn" -o -j "$JOBS" "$tasks" "$echo"
    try cpool "$CPOOL" -j "$JOBS" "$echo"
    order=any
    try xargs xargs -P "$JOBS" -n 1 "$echo"
    input=$(numbers $((tasks / 10))) expect=$input order=same scale=10
    try parallel parallel --will-cite -k -j "$JOBS" "$echo"
}

row_square() {
    input=$(numbers "$squares") expect=$(squares_of "$squares")
    try limit "$BENCH_DIR/limit_square"
    try cpool "$CPOOL" -j "$JOBS" square
    # shellcheck disable=SC2016 # awk's $; %.0f, for mawk's %d stops at 2^31
    try mawk mawk '{printf "%.0f\n", $1 * $1}'
    try python "$python" "$here/pool_map.py" "$JOBS"
}

row_fib1() {
    expect=$(fibs)
    fib_arguments
    # shellcheck disable=SC2086 # a list of numbers
    {
        try limit "$BENCH_DIR/limit_fib" $arguments
        try cpool "$CPOOL" -j 1 fib $arguments
    }
}

row_fibn() {
    expect=$(fibs)
    fib_arguments
    # shellcheck disable=SC2086 # a list of numbers
    {
        try limit "$BENCH_DIR/limit_fib" -j "$JOBS" $arguments
        try cpool "$CPOOL" -j "$JOBS" fib $arguments
    }
    input=$BENCH_DIR/fib-items
    try xargs xargs -P "$JOBS" -n 1 "$BENCH_DIR/limit_fib"
}

fib_arguments() {
    arguments="$fib $fib $fib $fib $fib $fib"
    # shellcheck disable=SC2086
    printf '%s\n' $arguments >"$BENCH_DIR/fib-items"
}

row_one() {
    true=$(program true)
    repeat=$starts
    try limit "$true"
    try cpool "$CPOOL" "$true" ::: 1
    input=$(numbers 1)
    try xargs xargs "$true"
    input=/dev/null repeat=$((starts / 20))
    try parallel parallel --will-cite "$true" ::: 1
}

row_version() {
    repeat=$starts
    try limit "$(program true)"
    expect=any
    try cpool "$CPOOL" --version
    try xargs xargs --version
}

# What the tasks print must not be held up, and not be held: 256 MB are more than cpool may keep.
row_bulk() {
    file=$BENCH_DIR/bulk
    [ -e "$file" ] || head -c "${bulk}000000" /dev/zero >"$file"
    say "$((4 * bulk))000000" >"$BENCH_DIR/bulk-size"
    expect=$BENCH_DIR/bulk-size
    # shellcheck disable=SC2016 # $0 and $1 are those of the script
    {
        try limit sh -c 'cat "$0" "$0" "$0" "$0" | wc -c' "$file"
        try cpool sh -c '"$1" -j "$2" cat ::: "$0" "$0" "$0" "$0" | wc -c' "$file" "$CPOOL" "$JOBS"
        try parallel sh -c 'parallel --will-cite -k -j "$1" cat ::: "$0" "$0" "$0" "$0" | wc -c' "$file" "$JOBS"
    }
}

# The same work for each item, however many there are.
row_items() {
    expect=any
    input=$(numbers "$many")
    try cpool "$CPOOL" -j "$JOBS" square
    input=$(numbers $((many / 10))) scale=10
    try cpool-10th "$CPOOL" -j "$JOBS" square
    input=$(numbers $((many / 100))) scale=100
    try cpool-100th "$CPOOL" -j "$JOBS" square
}

row_spawns() {
    [ -x "$BENCH_DIR/static_true" ] || return 0
    input=$(numbers "$spawns")
    try cpool "$CPOOL" -j "$JOBS" "$BENCH_DIR/static_true"
    input=$(numbers $((spawns / 4))) scale=4
    try cpool-4th "$CPOOL" -j "$JOBS" "$BENCH_DIR/static_true"
    input=$(numbers $((spawns / 40))) scale=40
    try cpool-40th "$CPOOL" -j "$JOBS" "$BENCH_DIR/static_true"
}

# Where descriptors or processes do not suffice, the row fails, and says so.
row_jobs() {
    input=$(numbers "$sleepers")
    try cpool "$CPOOL" -n0 -j "$sleepers" sleep 0.5
    # shellcheck disable=SC2016 # $0 is the script's
    try xargs xargs -P "$sleepers" -n 1 sh -c 'exec sleep 0.5' _
    input=$(numbers $((sleepers / 4)))
    scale=4
    try cpool-4th "$CPOOL" -n0 -j $((sleepers / 4)) sleep 0.5
}

row_filter() {
    input=$(numbers "$squares") expect=$(squares_of "$squares")
    # shellcheck disable=SC2016 # awk's $; %.0f, for mawk's %d stops at 2^31
    set -- mawk '{printf "%.0f\n", $1 * $1}'
    try limit "$@"
    try cpool "$CPOOL" -j "$JOBS" --filter "$@"
    try parallel parallel --will-cite -q -k -j "$JOBS" --pipe "$@"
}

# Where a command runs for each block its numbers are many; where it runs once there is one.
row_wc_file() {
    file_row any "$(program wc)" -l
}

row_grep_file() {
    file_row any "$(program grep)" -c 7
}

row_tr_file() {
    file_row same "$(program tr)" 0-9 a-j
}

row_wc_pipe() {
    pipe_row any "$(program wc)" -l
}

row_grep_pipe() {
    pipe_row any "$(program grep)" -c 7
}

row_tr_pipe() {
    pipe_row same "$(program tr)" 0-9 a-j
}

file_row() { # ORDER COMMAND...
    blocks_of=file
    blocks_row "$@"
}

pipe_row() { # ORDER COMMAND...
    blocks_of=pipe
    blocks_row "$@"
}

# GNU parallel is given a tenth of the lines.
blocks_row() { # ORDER COMMAND...
    expect=$(output_of "$@")
    shift
    file=$(numbers "$lines")
    if [ "$blocks_of" = file ]; then
        try_blocks limit "$BENCH_DIR/limit_blocks" -j "$JOBS" "$file" 1048576 "$@"
    else
        try_input limit "$@"
    fi
    try_input cpool "$CPOOL" -j "$JOBS" --pipe "$@"
    try_input cpool-filter "$CPOOL" -j "$JOBS" --pipe --filter "$@"
    file=$(numbers $((lines / 10))) scale=10
    if [ "$blocks_of" = file ]; then
        try_blocks pipepart parallel --will-cite -k -j "$JOBS" -a "$file" --pipepart --block 1M "$@"
    else
        try_input parallel parallel --will-cite -k -j "$JOBS" --pipe --block 1M "$@"
    fi
}

# The contender's standard input is the file, or a pipe that brings it.
try_input() { # NAME COMMAND...
    if [ "$blocks_of" = file ]; then
        input=$file
        try_blocks "$@"
        return
    fi
    name=$1
    shift
    # shellcheck disable=SC2016 # the inner shell's
    try_blocks "$name" sh -c 'file=$1; shift; cat "$file" | "$@"' sh "$file" "$@"
}

# What the command says of the file must come out whole where there is one process, or the blocks are put together in
# order; of many counts only that there are some is checked.
try_blocks() { # NAME COMMAND...
    expected=$expect
    case $1,$expect in
    *,any) ;;
    limit,* | cpool-filter,*) [ "${row%-pipe}" != "$row" ] && [ "$1" = limit ] || expect=any ;;
    pipepart,* | parallel,*) expect=any ;;
    esac
    try "$@"
    expect=$expected
}

# The output of the command for all lines, or "any" where each block has its own.
output_of() { # ORDER COMMAND...
    if [ "$1" = any ]; then
        say any
        return
    fi
    shift
    file=$BENCH_DIR/output-of-${1##*/}-$lines
    [ -e "$file" ] || "$@" <"$(numbers "$lines")" >"$file"
    say "$file"
}
