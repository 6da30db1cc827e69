# Medians and ratios of the runs that bench/run wrote, as a table on stdout and as tab-separated values in
# the file `results`. Fields of a run:
#   1 row  2 contender  3 round (0: warm-up)  4 scale  5 repeat
#   6 wall_ns  7 user_us  8 sys_us  9 maxrss_kib  10 minor_faults  11 status  12 verdict

BEGIN { FS = "\t" }

{
    key = $1 FS $2
    if (!(key in verdict)) {
        order[++keys] = key
        verdict[key] = "ok"
    }
    if ($12 != "ok")
        verdict[key] = $12
    scale[key] = $4
    repeat[key] = $5
    if ($3 == 0)
        next
    n = ++count[key]
    wall[key, n] = $6 / 1e6 * $4 / $5
    cpu[key, n] = ($7 + $8) / 1e3 * $4 / $5
    if ($9 > maxrss[key])
        maxrss[key] = $9
}

# The median of value[key, 1 ... count]; sorts in place.
function median(value, key,    n, i, j, x) {
    n = count[key]
    for (i = 2; i <= n; i++) {
        x = value[key, i]
        for (j = i - 1; j >= 1 && value[key, j] > x; j--)
            value[key, j + 1] = value[key, j]
        value[key, j + 1] = x
    }
    return n % 2 ? value[key, (n + 1) / 2] : (value[key, n / 2] + value[key, n / 2 + 1]) / 2
}

function usable(key) {
    return key in ms && ms[key] > 0 && verdict[key] != "FAILED"
}

function ratio(key, base) {
    return usable(key) && usable(base) ? sprintf("%.2f", ms[key] / ms[base]) : "-"
}

function efficiency(who,    one, many) {
    one = "fib1" FS who
    many = "fibn" FS who
    if (usable(one) && usable(many))
        printf "fib with %d jobs, %s: %.1f %% of %d times one job\n", jobs, who, 100 * ms[one] / (jobs * ms[many]), jobs
}

END {
    for (k = 1; k <= keys; k++) {
        ms[order[k]] = median(wall, order[k])
        cpu_ms[order[k]] = median(cpu, order[k])
    }
    print "row\tcontender\tmedian_ms\tmin_ms\tmax_ms\tcpu_ms\tmaxrss_kib\trounds\tscale\trepeat\tto_limit\tto_cpool\tverdict" >results
    printf "%-12s %-10s %11s %11s %9s %9s  %s\n", "row", "contender", "median ms", "cpu ms", "x limit", "x cpool", "note"
    for (k = 1; k <= keys; k++) {
        key = order[k]
        split(key, part, FS)
        note = ""
        if (scale[key] != 1)
            note = "estimate: a run of 1/" scale[key] " of the tasks, times " scale[key]
        if (repeat[key] != 1)
            note = "mean of " repeat[key] " in each round"
        if (verdict[key] != "ok")
            note = verdict[key] == "WRONG" ? "*** WRONG OUTPUT ***" : "*** FAILED ***"
        limit = part[1] FS "limit"
        cpool = part[1] FS "cpool"
        if (part[1] != previous && previous != "")
            print ""
        printf "%-12s %-10s %10.2f%s %11.2f %9s %9s  %s\n", part[1], part[2], ms[key], scale[key] != 1 ? "~" : " ",
            cpu_ms[key], ratio(key, limit), ratio(key, cpool), note
        printf "%s\t%.3f\t%.3f\t%.3f\t%.3f\t%d\t%d\t%d\t%d\t%s\t%s\t%s\n", key, ms[key], wall[key, 1],
            wall[key, count[key]], cpu_ms[key], maxrss[key], count[key], scale[key], repeat[key],
            ratio(key, limit), ratio(key, cpool), verdict[key] >results
        previous = part[1]
    }
    if (("fib1" FS "cpool") in ms && ("fibn" FS "cpool") in ms)
        print ""
    efficiency("limit")
    efficiency("cpool")
}
