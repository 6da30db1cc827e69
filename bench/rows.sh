# The rows of the benchmark, sourced by run. A row is a function that runs each of its contenders once:
#
#     try NAME COMMAND [ARG]...
#
# after setting what goes in (input) and what must come out (expect; order=any where a contender keeps none).
# "limit" is the row's floor, "cpool" is us. repeat=N runs the command N times and reports one; scale=N
# marks a contender given an Nth of the work, whose time is multiplied. run resets all of these for each row.
# shellcheck shell=sh disable=SC2034,SC2154 # these are run's variables

rows='true static-true echo square fib1 fibn one version'

describe() {
    case $1 in
    true) say "$tasks x /bin/true; limit: bare vfork+execve+waitpid" ;;
    static-true) say "$tasks x a static program that does nothing; limit: the same" ;;
    echo) say "$tasks x echo ITEM, captured and in order (xargs: in no order); limit: the same with pipes" ;;
    square) say "squares of 1 to $squares; limit: one process, no pool, numbers by hand" ;;
    fib1) say "6 x fib($fib), one job; limit: the bare recursion" ;;
    fibn) say "6 x fib($fib), $JOBS jobs; limit: the bare recursion in $JOBS processes" ;;
    one) say "start-up: one item, one /bin/true; limit: /bin/true alone" ;;
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
